internal import Database

/// Plans what concerns every pair of some users and some companies.
struct GrantPlanner {
  let queries: PlanQueries
  let users: SelectionSQL
  let companies: SelectionSQL
  /// The users with those upon whom the operator may not act; nil where upon every user.
  private let usersOfAnyRank: SelectionSQL?

  init(
    _ connection: any DatabaseSession, _ relations: Relations, _ users: UserSelection,
    _ companies: CompanySelection
  ) {
    queries = PlanQueries(connection: connection, relations: relations)
    self.users = SelectionSQL(users, relations)
    let hasLimit = relations.mapping.mayActUpon(role: "p.role") != nil
    usersOfAnyRank = hasLimit ? SelectionSQL(users, relations, ofAnyRank: true) : nil
    self.companies = SelectionSQL(companies, relations)
  }

  /// Whether the users are those of the plan's one company: then every row of the company is meant,
  /// and the users need not be looked for in a list that may be a million long.
  private var usersFollow: Bool { users.holders.map { [$0] == companies.named } ?? false }
  private var companiesFollow: Bool { companies.holders.map { [$0] == users.named } ?? false }

  private var connection: any DatabaseSession { queries.connection }
  private var access: String { queries.access }

  /// What there is, counted.
  struct Counts {
    var users: Int
    var companies: Int
    /// Pairs of both that hold; of a grant, those that may.
    var held: Int
    var before: Coverage
    /// Pairs that the plan is about: of a grant, those that may be granted.
    var pairs: Int

    init(users: Int, companies: Int, held: Int, before: Coverage, pairs: Int? = nil) {
      self.users = users
      self.companies = companies
      self.held = held
      self.before = before
      self.pairs = pairs ?? users * companies
    }
  }

  /// The plan for granting, or for revoking, every pair.
  func plan(_ intent: Intent, grants: Bool) throws -> Plan {
    let before = try queries.coverage()
    // What is revoked goes also where its user or company is missing.
    let (counts, all) = try counted(grants: grants, orphans: !grants, before)
    let added = grants ? counts.pairs - counts.held : 0
    let removed = grants ? 0 : counts.held
    let orphans = removed > 0 ? try orphans(among: counts) : 0
    let difference = added - removed + orphans
    var plan = Plan(
      intent: intent, added: added, removed: removed,
      unchanged: counts.pairs - added - removed, leftAlone: 0, selectedUsers: counts.users,
      selectedCompanies: counts.companies, pairs: try pairs(counts, grants: grants),
      before: before,
      after: before.changed(added: added, removed: removed, orphans: orphans),
      usersLeftWithNone: try usersLeftWithNone(counts, removed: removed),
      companiesLeftWithNone: try companiesLeftWithNone(counts, removed: removed),
      companiesOfUser: try total("user_id", users, counts.users, difference),
      usersOfCompany: try total("company_id", companies, counts.companies, difference),
      notices: (added > 0 ? try inactiveNotices(counts) : [])
        + (counts.pairs < all ? [.acrossScope(all - counts.pairs)] : [])
        + (try beyondRank(counts.users))
        + (grants && !isNamed && before.orphans > 0 ? [.orphans(before.orphans)] : []),
      basis: try queries.newestChange())
    if plan.pairs.isEmpty {
      plan.user = try counts.users == 1 ? user() : nil
      plan.company = try counts.companies == 1 ? company() : nil
    }
    return plan
  }

  /// How many users the selection would pick beside those upon whom the operator may act.
  private func beyondRank(_ picked: Int) throws -> [PlanNotice] {
    guard let usersOfAnyRank else { return [] }
    let others = try count(usersOfAnyRank) - picked
    return others > 0 ? [.beyondRank(others)] : []
  }

  /// What there is, and how many pairs are picked, whether they may be granted or not.
  ///
  /// - Parameters:
  ///   - grants: Whether the pairs are granted, or revoked.
  ///   - orphans: Whether grants count whose user or company is not there.
  ///   - before: The figures of the whole table.
  /// - Returns: The counts.
  /// - Throws: As `checkNamed`; what the database answers.
  private func counted(
    grants: Bool, orphans: Bool, _ before: Coverage
  ) throws -> (Counts, all: Int) {
    try checkNamed(grants: grants)
    let presence = presence(orphans)
    var counts = Counts(
      users: try usersFollow ? rows("company_id", companies, presence) : count(users),
      companies: try companiesFollow ? rows("user_id", users, presence) : count(companies),
      held: 0,
      before: before)
    let all = counts.pairs
    if grants { counts.pairs = try permitted() ?? all }
    counts.held = try held(counts, grants: grants, orphans: orphans)
    return (counts, all)
  }

  /// Whether the pairs are all of some named users, or of some named companies.
  var isOfWholeRowsOrColumns: Bool {
    users.isEverything && companies.named != nil || companies.isEverything && users.named != nil
  }

  /// How much granting, or revoking, every pair of whole rows or columns would change: only what is shown
  /// while it is staged, found along an index without the figures of the whole table.
  func tally(grants: Bool) throws -> PairEditTally {
    let unknown = Coverage(users: 0, companies: 0, grants: 0, permitted: 0)
    let (counts, _) = try counted(grants: grants, orphans: false, unknown)
    guard !grants, counts.held > 0 else {
      return PairEditTally(
        added: grants ? counts.pairs - counts.held : 0, removed: 0, usersLeftWithNone: 0)
    }
    var arguments = Bindings()
    let losers = usersLeftWithNone(counts, &arguments)
    return PairEditTally(
      added: 0, removed: counts.held,
      usersLeftWithNone: try connection.count(
        "SELECT count(*) FROM (\(losers))", arguments.values))
  }

  /// The picked user, where it is one.
  private func user() throws -> User? {
    var arguments = Bindings()
    let filter = users.condition?("u", &arguments) ?? "TRUE"
    return try connection.first(
      "SELECT \(queries.userColumns) FROM \(users.source) AS u WHERE \(filter)", arguments.values
    ) { $0.user(0) }
  }

  /// The picked company, where it is one.
  private func company() throws -> Company? {
    var arguments = Bindings()
    let filter = companies.condition?("c", &arguments) ?? "TRUE"
    return try connection.first(
      "SELECT \(queries.companyColumns) FROM \(companies.source) AS c WHERE \(filter)",
      arguments.values
    ) { $0.company(0) }
  }

  /// An id that is given must be there, and a named pair may be granted: otherwise it is an error.
  func checkNamed(grants: Bool) throws {
    if let unknown = try unknown(users, queries.mapping.users.rows("t"), queries.mapping.users.key)
    {
      throw AccessError.noSuchUser(UserID(unknown))
    }
    let mapping = queries.mapping.companies
    if let unknown = try unknown(companies, mapping.rows("t"), mapping.key) {
      throw AccessError.noSuchCompany(CompanyID(unknown))
    }
    if grants { try checkScope() }
  }

  private func unknown(_ pick: SelectionSQL, _ rows: String, _ key: SQLName) throws -> Key? {
    guard let named = pick.named else { return nil }
    if let none = named.first(where: { !pick.keys.canHold($0) }) { return none }
    var arguments = Bindings()
    let list = KeyValuesSQL.rows(named, &arguments, as: pick.keyType)
    return try connection.first(
      """
      SELECT k.value FROM (\(list)) AS k
      WHERE NOT EXISTS (SELECT 1 FROM \(rows) WHERE t.\(key) = k.value) LIMIT 1
      """, arguments.values
    ) { Key($0.value(0)) }
  }

  private func count(_ pick: SelectionSQL) throws -> Int {
    var arguments = Bindings()
    let rows = pick.from("p", &arguments)
    return try connection.count("SELECT count(*) \(rows)", arguments.values)
  }

  /// Pairs that were named one by one are all of the same scope.
  private func checkScope() throws {
    guard let named = users.named, let others = companies.named else { return }
    var arguments = Bindings()
    let pairs = """
      (SELECT x.value AS user_id, y.value AS company_id
        FROM (\(KeyValuesSQL.rows(named, &arguments, as: users.keyType))) AS x
        CROSS JOIN (\(KeyValuesSQL.rows(others, &arguments, as: companies.keyType))) AS y)
      """
    try queries.checkScope(pairs, arguments)
  }

  /// How many of the picked pairs may not be granted.
  func acrossScope() throws -> Int {
    guard let permitted = try permitted() else { return 0 }
    return try count(users) * count(companies) - permitted
  }

  /// How many of the picked pairs may be granted; nil if all may.
  private func permitted() throws -> Int? {
    var arguments = Bindings()
    let rows = ["(SELECT p.* \(users.from("p", &arguments)))"]
    let others = ["(SELECT p.* \(companies.from("p", &arguments)))"]
    return try queries.relations.permitted(rows, others)
      .map { try connection.count("SELECT \($0)", arguments.values) }
  }

  private func held(_ counts: Counts, grants: Bool, orphans: Bool) throws -> Int {
    let permits =
      grants
      ? queries.relations.permits(userID: "a.user_id", companyID: "a.company_id") : nil
    if users.isEverything, companies.isEverything, permits == nil {
      return counts.before.grants + (orphans ? counts.before.orphans : 0)
    }
    var arguments = Bindings()
    let rows = heldRows("a", counts, &arguments)
    let conditions = (permits.map { [$0] } ?? []) + presence(orphans)
    let link = rows.contains(" WHERE ") ? " AND " : " WHERE "
    let filter = conditions.isEmpty ? "" : link + conditions.joined(separator: " AND ")
    return try connection.count("SELECT count(*) \(rows)\(filter)", arguments.values)
  }

  /// Conditions for the grants that count: those of the grid, or also those whose user or company is
  /// missing.
  private func presence(_ orphans: Bool) -> [String] { orphans ? [] : queries.relations.presence }

  /// Whether both sides are named one by one.
  private var isNamed: Bool { users.named != nil && companies.named != nil }

  /// How many of the rows that go have no user or company.
  private func orphans(among counts: Counts) throws -> Int {
    var arguments = Bindings()
    let rows = heldRows("a", counts, &arguments)
    return try queries.relations.orphans(among: rows, connection, arguments)
  }

  /// `FROM` and `WHERE` that give the rows of the access table which the plan is about.
  ///
  /// Either the users or the companies lead through their index, whichever are the smaller share,
  /// and the others are only compared, which the `+` tells SQLite. Pairs that are few are looked up
  /// one by one.
  private func heldRows(_ row: String, _ counts: Counts, _ arguments: inout Bindings) -> String {
    let grants = Double(counts.before.grants)
    let byUser = grants * Double(counts.users) / Double(max(1, counts.before.users))
    let byCompany = grants * Double(counts.companies) / Double(max(1, counts.before.companies))
    let isFew = Double(counts.pairs) <= min(byUser, byCompany)
    var conditions: [String] = []
    if !users.isEverything, !usersFollow {
      let leads = isFew || companies.isEverything || companiesFollow || byUser <= byCompany
      let lead = leads ? "" : "+"
      conditions.append("\(lead)\(row).user_id IN (\(users.ids(&arguments)))")
    }
    if !companies.isEverything, !companiesFollow {
      let leads = isFew || users.isEverything || usersFollow || byCompany < byUser
      let lead = leads ? "" : "+"
      conditions.append("\(lead)\(row).company_id IN (\(companies.ids(&arguments)))")
    }
    let filter = conditions.isEmpty ? "" : " WHERE " + conditions.joined(separator: " AND ")
    return "FROM \(access) AS \(row)\(filter)"
  }

  /// `FROM` and `WHERE` of the rows `a` of the access table that a plan takes away.
  func rows(endedBy plan: Plan, _ arguments: inout Bindings) -> String {
    let counts = Counts(
      users: plan.selectedUsers ?? 0, companies: plan.selectedCompanies ?? 0, held: plan.removed,
      before: plan.before)
    return heldRows("a", counts, &arguments)
  }

  private func pairs(_ counts: Counts, grants: Bool) throws -> [PairResult] {
    guard counts.pairs <= Plan.listedPairs else { return [] }
    var arguments = Bindings()
    let isHeld = queries.relations.exists(user: "u.id", company: "c.id")
    let picked = [
      users.condition?("u", &arguments), companies.condition?("c", &arguments),
      grants ? queries.relations.permits("u", "c") : nil,
    ]
    let filter = picked.compactMap(\.self).joined(separator: " AND ")
    return try connection.rows(
      """
      SELECT \(queries.userColumns), \(queries.companyColumns), \(isHeld)
      FROM \(users.source) AS u CROSS JOIN \(companies.source) AS c
      WHERE \(filter.isEmpty ? "TRUE" : filter) ORDER BY u.username, u.id, c.name, c.id
      """, arguments.values
    ) { row in
      let outcome: PairOutcome =
        grants ? (row.bool(10) ? .already : .granted) : (row.bool(10) ? .revoked : .absent)
      return PairResult(user: row.user(0), company: row.company(6), outcome: outcome)
    }
  }

  /// For a plan about one user or one company: the grants now and then.
  private func total(
    _ column: String, _ pick: SelectionSQL, _ count: Int, _ difference: Int
  ) throws -> BeforeAfter? {
    guard count == 1 else { return nil }
    let before = try rows(column, pick, queries.relations.presence)
    return BeforeAfter(before: before, after: before + difference)
  }

  /// How many grants those who are picked have, of those that fulfil some conditions.
  private func rows(_ column: String, _ pick: SelectionSQL, _ conditions: [String]) throws -> Int {
    var arguments = Bindings()
    let all = ["a.\(column) IN (\(pick.ids(&arguments)))"] + conditions
    return try connection.count(
      "SELECT count(*) FROM \(access) AS a WHERE \(all.joined(separator: " AND "))",
      arguments.values)
  }
}

// MARK: The last administrator

extension GrantPlanner {
  /// Whether revoking the pairs takes the last administrator away.
  func leavesNoAdministrator(_ plan: Plan) throws -> Bool {
    guard plan.removed > 0, let rule = AdministratorRule(queries.mapping) else { return false }
    var arguments = Bindings()
    let taken = [
      usersFollow ? nil : "a.user_id IN (\(users.ids(&arguments)))",
      companiesFollow ? nil : "a.company_id IN (\(companies.ids(&arguments)))",
    ].compactMap(\.self).joined(separator: " AND ")
    return try rule.isBroken(
      by: rule.holds(remaining: "NOT (\(taken))"), arguments, connection)
  }
}

// MARK: Who is left with none, who is inactive

extension GrantPlanner {
  private func usersLeftWithNone(_ counts: Counts, removed: Int) throws -> Affected<User> {
    guard removed > 0 else { return Affected(count: 0, first: []) }
    var arguments = Bindings()
    let ids = usersLeftWithNone(counts, &arguments)
    return try queries.affectedUsers(ids, arguments)
  }

  /// A query for the users who would have nothing any more.
  private func usersLeftWithNone(_ counts: Counts, _ arguments: inout Bindings) -> String {
    leftWithNone("user_id", "company_id", companiesFollow ? nil : companies, counts, &arguments)
  }

  private func companiesLeftWithNone(_ counts: Counts, removed: Int) throws -> Affected<Company> {
    guard removed > 0 else { return Affected(count: 0, first: []) }
    var arguments = Bindings()
    let ids = leftWithNone(
      "company_id", "user_id", usersFollow ? nil : users, counts, &arguments)
    return try queries.affectedCompanies(ids, arguments)
  }

  /// A query for those who lose something and hold nothing outside of what the plan takes away.
  ///
  /// - Parameters:
  ///   - column: The column of those who lose.
  ///   - other: The column of what they lose.
  ///   - taken: What they lose; nil if it is all that they have.
  ///   - counts: What there is.
  ///   - arguments: Gets the arguments of the query.
  /// - Returns: The query.
  private func leftWithNone(
    _ column: String, _ other: String, _ taken: SelectionSQL?, _ counts: Counts,
    _ arguments: inout Bindings
  ) -> String {
    // Grouping walks along the index; the ids come out of it once each.
    let losers =
      "SELECT a.\(column) AS id \(heldRows("a", counts, &arguments)) GROUP BY a.\(column)"
    guard let taken, !taken.isEverything else { return losers }
    return """
      SELECT t.id FROM (\(losers)) AS t WHERE NOT EXISTS (
        SELECT 1 FROM \(access) AS b
        WHERE b.\(column) = t.id AND b.\(other) NOT IN (\(taken.ids(&arguments))))
      """
  }

  private func inactiveNotices(_ counts: Counts) throws -> [PlanNotice] {
    var notices: [PlanNotice] = []
    let gaining = try inactive(users, lacking: "user_id", "company_id", companies, counts.companies)
    if gaining > 0 { notices.append(.inactiveUsers(gaining)) }
    let granted = try inactive(companies, lacking: "company_id", "user_id", users, counts.users)
    if granted > 0 { notices.append(.inactiveCompanies(granted)) }
    return notices
  }

  /// How many inactive ones of a pick lack some of the others.
  private func inactive(
    _ pick: SelectionSQL, lacking column: String, _ other: String, _ others: SelectionSQL,
    _ all: Int
  ) throws -> Int {
    var arguments = Bindings()
    let picked = pick.condition.map { " AND " + $0("p", &arguments) } ?? ""
    if let permits = queries.relations.permits("p", "o") {
      // Everyone may have other ones, and so another number of them.
      let more = others.condition.map { " AND " + $0("o", &arguments) } ?? ""
      return try connection.count(
        """
        SELECT count(*) FROM \(pick.source) AS p WHERE NOT p.is_active\(picked)
          AND EXISTS (SELECT 1 FROM \(others.source) AS o WHERE \(permits)\(more)
            AND NOT EXISTS (SELECT 1 FROM \(access) AS a
              WHERE a.\(column) = p.id AND a.\(other) = o.id))
        """, arguments.values)
    }
    let among = others.isEverything ? "" : " AND +a.\(other) IN (\(others.ids(&arguments)))"
    return try connection.count(
      """
      SELECT count(*) FROM \(pick.source) AS p WHERE NOT p.is_active\(picked)
        AND (SELECT count(*) FROM \(access) AS a WHERE a.\(column) = p.id\(among)) < \(all)
      """, arguments.values)
  }
}
