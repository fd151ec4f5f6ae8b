internal import Database

/// Plans the inverse of a change.
struct UndoPlanner {
  let queries: PlanQueries
  let target: UndoTarget
  let sql: UndoSQL
  let entities: EntityUndo

  init(
    _ connection: any DatabaseSession, _ relations: Relations, _ target: UndoTarget,
    overwrites: Bool
  ) throws {
    queries = PlanQueries(connection: connection, relations: relations)
    self.target = target
    entities = try EntityUndo(connection, relations, target, overwrites: overwrites)
    sql = try UndoSQL(
      connection, relations, target, overwrites: overwrites, steps: entities.steps)
  }

  private var connection: any DatabaseSession { queries.connection }

  func plan(_ intent: Intent) throws -> Plan {
    let change = ChangeID(target.number)
    let undone = try connection.first(
      "SELECT \(Change.columns) FROM \(RecordTable.change) WHERE id = ?",
      [.integer(change.number)]
    ) { Change($0) }
    guard let undone else { throw AccessError.noSuchChange(change) }
    try checkRetention(undone)
    let before = try queries.coverage()
    let basis = try queries.newestChange()
    if case .change = target, undone.action == .recordBegan || undone.action == .recordResumed {
      // What these found was there before: it is not theirs to take away.
      var plan = plan(intent, before, basis, Parts())
      plan.undone = undone
      return plan
    }
    var parts = Parts()
    parts.removed = try connection.count("SELECT count(*) \(sql.standing)")
    let ended = try connection.count("SELECT count(*) \(sql.ended)")
    if ended > 0 {
      parts.added = try connection.count("SELECT count(*) \(sql.ended) AND \(sql.isRestorable)")
    }
    parts.skipped = ended - parts.added
    parts.endedSince = try connection.count("SELECT count(*) \(sql.endedSince)")
    if sql.overwrites { try settle(&parts) }
    parts.notices = try notices(parts)
    parts.pairs = try pairs(parts)
    if parts.removed > 0 {
      parts.orphans = try queries.relations.orphans(among: sql.standing, connection)
      parts.users = try queries.affectedUsers(
        leftWithNone("user_id", parts, before), Bindings())
      parts.companies = try queries.affectedCompanies(
        leftWithNone("company_id", parts, before), Bindings())
    }
    let user = try only("user_id")
    let company = try only("company_id")
    parts.companiesOfUser = try user.map { try total("user_id", $0, parts) }
    parts.usersOfCompany = try company.map { try total("company_id", $0, parts) }
    var plan = plan(intent, before, basis, parts)
    if case .change = target { plan.undone = undone }
    if plan.pairs.isEmpty {
      plan.user = try user.flatMap { try queries.user($0) }
      plan.company = try company.flatMap { try queries.company($0) }
    }
    try entities.describe(&plan)
    try SettingPlanner.describe(&plan, target, overwrites: sql.overwrites, connection)
    plan.leavesNoAdministrator = try leavesNoAdministrator(plan)
    return plan
  }

  /// Makes sure that what was ended is still there to be put back.
  private func checkRetention(_ change: Change) throws {
    guard let kept = try RetentionStart(connection) else { return }
    let isKept =
      switch target {
      case .change:
        kept.change < change.id || (change.removed == 0 && change.origin != .external)
      case .everythingAfter: kept.change <= change.id
      }
    guard isKept else { throw AccessError.notKept(before: kept.time) }
  }

  /// Whether what goes takes the last administrator away, and nothing that comes back makes another.
  private func leavesNoAdministrator(_ plan: Plan) throws -> Bool {
    guard plan.removed > 0 || !plan.entities.isEmpty,
      let rule = AdministratorRule(queries.mapping)
    else { return false }
    var arguments = Bindings()
    let whatIf = try entities.whatIf().prefix(&arguments)
    let table = "access_after_undo"
    // In front, because SQLite does not read what is nested too deeply.
    let after = """
      \(table) AS NOT MATERIALIZED (
        SELECT a.user_id, a.company_id FROM \(queries.access) AS a WHERE NOT (\(sql.isLeaving("a")))
        UNION ALL SELECT hu.key, hk.key \(sql.ended) AND \(sql.isRestorable))
      """
    let prefix = whatIf.isEmpty ? "WITH \(after) " : "\(whatIf.dropLast()), \(after) "
    return try rule.isBroken(by: rule.holds(access: table), prefix: prefix, arguments, connection)
  }

  /// What an undo that overwrites finds as it is to be is not left alone, but right already.
  private func settle(_ parts: inout Parts) throws {
    let gone = try connection.count("SELECT count(*) \(sql.ended) AND \(sql.isLeftAlone)")
    parts.unchanged = parts.skipped - gone
    parts.skipped = gone
    parts.unchanged += try connection.count(
      "SELECT count(*) \(sql.endedSince) AND NOT \(sql.isHeld)")
    parts.endedSince = 0
  }

  private struct Parts {
    var added = 0
    var removed = 0
    /// Of these, how many have no user or company.
    var orphans = 0
    /// As it is to be already.
    var unchanged = 0
    /// Ended by the change and not to be put back.
    var skipped = 0
    /// Granted by the change and ended since.
    var endedSince = 0
    var pairs: [PairResult] = []
    var users = Affected<User>(count: 0, first: [])
    var companies = Affected<Company>(count: 0, first: [])
    var companiesOfUser: BeforeAfter?
    var usersOfCompany: BeforeAfter?
    var notices: [PlanNotice] = []

    var leftAlone: Int { skipped + endedSince }
  }

  private func plan(
    _ intent: Intent, _ before: Coverage, _ basis: ChangeID?, _ parts: Parts
  ) -> Plan {
    Plan(
      intent: intent, added: parts.added, removed: parts.removed, unchanged: parts.unchanged,
      leftAlone: parts.leftAlone, selectedUsers: nil, selectedCompanies: nil, pairs: parts.pairs,
      before: before,
      after: before.changed(added: parts.added, removed: parts.removed, orphans: parts.orphans),
      usersLeftWithNone: parts.users, companiesLeftWithNone: parts.companies,
      companiesOfUser: parts.companiesOfUser, usersOfCompany: parts.usersOfCompany,
      notices: parts.notices, basis: basis)
  }
}

// MARK: What is left alone

extension UndoPlanner {
  private func notices(_ parts: Parts) throws -> [PlanNotice] {
    guard parts.leftAlone > 0 else { return [] }
    var notices = try connection.rows(
      """
      SELECT \(sql.verdict) \(sql.ended) AND \(sql.isLeftAlone)
      ORDER BY hu.key, hk.key LIMIT \(Plan.namedEntities)
      """
    ) { notice($0) }
    guard parts.endedSince > 0 else { return notices + more(parts, notices) }
    notices += try connection.rows(
      """
      SELECT hu.key, hk.key, h.ended_change, \(sql.userName), \(sql.companyName) \(sql.endedSince)
      ORDER BY hu.key, hk.key LIMIT \(Plan.namedEntities - notices.count)
      """
    ) {
      .changedSince(
        $0.userID(0), $0.companyID(1), user: $0.optionalText(3), company: $0.optionalText(4),
        by: $0.changeID(2))
    }
    return notices + more(parts, notices)
  }

  private func more(_ parts: Parts, _ notices: [PlanNotice]) -> [PlanNotice] {
    let rest = parts.leftAlone - notices.count
    return rest > 0 ? [.moreLeftAlone(rest)] : []
  }

  /// Why a row is left alone, from the columns of `UndoSQL.verdict`.
  private func notice(_ row: borrowing Row) -> PlanNotice {
    let user = row.userID(0)
    let company = row.companyID(1)
    let (was, companyWas) = (row.optionalText(6), row.optionalText(7))
    if row.bool(2) { return .userGone(user, name: was) }
    if row.bool(3) { return .companyGone(company, name: companyWas) }
    let (name, companyName) = (row.optionalText(8), row.optionalText(9))
    if !sql.overwrites, !row.bool(4) { return .userReplaced(user, was: was, now: name ?? "?") }
    if !sql.overwrites, !row.bool(5) { return .companyGone(company, name: companyWas) }
    if row.bool(11) { return .divided(user, company, user: name, company: companyName) }
    return .changedSince(
      user, company, user: name, company: companyName, by: row.changeID(10))
  }
}

// MARK: Pairs and totals

extension UndoPlanner {
  private func pairs(_ parts: Parts) throws -> [PairResult] {
    let count = parts.added + parts.removed + parts.leftAlone + parts.unchanged
    guard count <= Plan.listedPairs else { return [] }
    let standing = """
      FROM \(queries.access) AS a
      LEFT JOIN \(queries.relations.users()[0]) AS u ON u.id = a.user_id
      LEFT JOIN \(queries.relations.companies()[0]) AS c ON c.id = a.company_id
      WHERE \(sql.isLeaving("a"))
      """
    let results =
      try pairs(.revoked, standing, ["a.user_id", "a.company_id", "u.username", "c.name"])
      + pairs(.granted, "\(sql.ended) AND \(sql.isRestorable)")
      + pairs(.skipped, "\(sql.ended) AND \(sql.isLeftAlone)")
    guard sql.overwrites else { return try results + pairs(.skipped, sql.endedSince) }
    return try results
      + pairs(.already, "\(sql.ended) AND NOT \(sql.isLeftAlone) AND NOT (\(sql.isRestorable))")
      + pairs(.absent, "\(sql.endedSince) AND NOT \(sql.isHeld)")
  }

  /// The pairs of some rows `h`, with the names that are known of those who are gone.
  private func pairs(
    _ outcome: PairOutcome, _ rows: String, _ columns: [String]? = nil
  ) throws -> [PairResult] {
    let columns = columns ?? ["hu.key", "hk.key", sql.userName, sql.companyName]
    func key(_ place: Int) -> String { queries.relations.keyOfAnyKind(columns[place]) }
    return try connection.rows(
      """
      SELECT \(columns[0]) AS of_user, coalesce(\(columns[2]), \(key(0))) AS who, u.full_name,
        u.email, \(queries.relations.roleName("u.role")), u.is_active,
        \(columns[1]) AS of_company, coalesce(\(columns[3]), \(key(1))) AS what, c.code, c.is_active
      \(rows) ORDER BY who, of_user, what, of_company
      """
    ) { PairResult(user: $0.user(0), company: $0.company(6), outcome: outcome) }
  }

  /// Those who lose something, hold nothing else and get nothing back.
  ///
  /// If all grants go, these are all that have any, which the index knows.
  private func leftWithNone(_ column: String, _ parts: Parts, _ before: Coverage) -> String {
    if parts.removed == before.grants, parts.added == 0 {
      return "SELECT a.\(column) FROM \(queries.access) AS a GROUP BY a.\(column)"
    }
    return """
      SELECT t.id FROM (
        SELECT a.\(column) AS id, count(*) AS lost \(sql.standing) GROUP BY a.\(column)) AS t
      WHERE t.lost = (SELECT count(*) FROM \(queries.access) AS b WHERE b.\(column) = t.id)
        AND t.id NOT IN (SELECT \(keyOfEnded(column)) \(sql.ended) AND \(sql.isRestorable))
      """
  }

  private func keyOfEnded(_ column: String) -> String {
    column == "user_id" ? "hu.key" : "hk.key"
  }

  /// The user, or the company, if everything that changes is of one.
  ///
  /// One look finds the first, and another mostly finds a second one soon.
  private func only(_ column: String) throws -> Value? {
    let standing = "SELECT a.\(column) AS id \(sql.standing)"
    let restorable = "SELECT \(keyOfEnded(column)) AS id \(sql.ended) AND \(sql.isRestorable)"
    let all = "(\(standing) UNION ALL \(restorable))"
    guard let one = try connection.first("SELECT id FROM \(all) LIMIT 1", [], { $0.value(0) }),
      try connection.count("SELECT EXISTS (SELECT 1 FROM \(all) WHERE id <> ?)", [one]) == 0
    else { return nil }
    return one
  }

  /// The grants of one user, or of one company, now and then.
  private func total(_ column: String, _ one: Value, _ parts: Parts) throws -> BeforeAfter {
    let before = try connection.count(
      "SELECT count(*) FROM \(queries.access) WHERE \(column) = ?", [one])
    return BeforeAfter(before: before, after: before + parts.added - parts.removed)
  }
}
