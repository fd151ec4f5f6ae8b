internal import Database

/// Plans a backfill by counting; the pairs themselves stay in SQL.
struct BackfillPlanner {
  private let queries: PlanQueries
  private let rule: BackfillRule
  /// Whether there is an access table yet.
  private let hasAccess: Bool

  init(
    _ connection: any DatabaseSession, _ relations: Relations, _ rule: BackfillRule,
    hasAccess: Bool = true
  ) {
    queries = PlanQueries(connection: connection, relations: relations)
    self.rule = rule
    self.hasAccess = hasAccess
  }

  private var connection: any DatabaseSession { queries.connection }
  private var mapping: SchemaMapping { rule.mapping }

  func plan(_ intent: Intent) throws -> Plan {
    let before = try queries.coverage()
    let summary = try summary()
    let held = summary.roles.reduce(0) { $0 + $1.held }
    let added = summary.roles.reduce(0) { $0 + $1.missing }
    return Plan(
      intent: intent, added: added, removed: 0, unchanged: held, leftAlone: 0,
      selectedUsers: nil, selectedCompanies: nil,
      pairs: added + held <= Plan.listedPairs ? try pairs() : [], before: before,
      after: before.changed(added: added, removed: 0),
      usersLeftWithNone: Affected(count: 0, first: []),
      companiesLeftWithNone: Affected(count: 0, first: []), companiesOfUser: nil,
      usersOfCompany: nil, notices: [], basis: try queries.newestChange(), backfill: summary)
  }

  /// The counts by role.
  func summary() throws -> BackfillSummary {
    let users = mapping.users
    let role = users.roleName(users.role("u"))
    var pairs: [String?: (expected: Int, held: Int)] = [:]
    let isHeld =
      hasAccess
      ? queries.relations.exists(user: "e.user_id", company: "e.company_id") : "FALSE"
    try connection.forEach(
      """
      SELECT \(role), count(*), sum(\(queries.relations.number(ofTruth: isHeld)))
      FROM (\(rule.expected())) AS e JOIN \(users.rows("u")) ON u.\(users.key) = e.user_id
      GROUP BY 1
      """
    ) { pairs[$0.optionalText(0)] = ($0.int(1), $0.int(2)) }
    var roles: [BackfillRole] = []
    var leftOut: [BackfillReason: Int] = [:]
    try connection.forEach(
      """
      SELECT role, max(all_companies), reason, count(*) FROM (
        SELECT \(role) AS role,
          \(queries.relations.number(ofTruth: rule.hasEverything("u"))) AS all_companies,
          \(rule.reason("u")) AS reason FROM \(users.rows("u"))
        \(users.hasKey("u").map { "WHERE \($0)" } ?? ""))
      GROUP BY 1, 3 ORDER BY 1, 3
      """
    ) { row in
      let name = row.optionalText(0)
      let reason = row.optionalText(2).flatMap(BackfillReason.init)
      if let reason { leftOut[reason, default: 0] += row.int(3) }
      let known = roles.last.flatMap { $0.role == name ? $0 : nil }
      if known != nil { roles.removeLast() }
      roles.append(
        BackfillRole(
          role: name, isForAllCompanies: row.bool(1), users: (known?.users ?? 0) + row.int(3),
          leftOut: (known?.leftOut ?? 0) + (reason == nil ? 0 : row.int(3)),
          expected: pairs[name]?.expected ?? 0, held: pairs[name]?.held ?? 0))
    }
    return BackfillSummary(roles: roles, leftOut: leftOut)
  }

  private func pairs() throws -> [PairResult] {
    let isHeld = queries.relations.exists(user: "u.id", company: "c.id")
    return try connection.rows(
      """
      SELECT \(queries.userColumns), \(queries.companyColumns), \(isHeld)
      FROM (\(rule.expected())) AS e
      JOIN \(queries.relations.users()[0]) AS u ON u.id = e.user_id
      JOIN \(queries.relations.companies()[0]) AS c ON c.id = e.company_id
      ORDER BY u.username, u.id, c.name, c.id
      """
    ) { row in
      PairResult(
        user: row.user(0), company: row.company(6), outcome: row.bool(10) ? .already : .granted)
    }
  }
}

extension GrantWriter {
  /// Adds every pair that the rule gives and that is not there.
  mutating func backfill(roles: [String]?) throws -> Int {
    let rule = BackfillRule(relations.mapping, roles: roles)
    try registerIDs(pairs: plan.added + plan.unchanged)
    return try withIndexesDropped(adding: plan.added) { writer in
      try writer.add("SELECT e.user_id, e.company_id FROM (\(rule.expected())) AS e")
    }
  }
}

extension AccessStore {
  /// Users whom the rule of a backfill gives nothing, in the order of their usernames.
  ///
  /// - Parameters:
  ///   - roles: The roles whose users should have every company; nil for those of the mapping.
  ///   - place: The last user of the page before; nil for the first page.
  ///   - limit: How many users at most.
  ///   - work: Whose cancelling stops the reading.
  /// - Returns: The users and the reasons.
  /// - Throws: `.busy`, `.cancelled`, `.damaged` or `.diskError`.
  public func backfillLeftOut(
    roles: [String]? = nil, after place: User? = nil, limit: Int, work: Work? = nil
  ) throws(AccessError) -> [UserWithoutRuleGrant] {
    let mapping = mapping
    return try read(work: work) { connection in
      let rule = BackfillRule(mapping, roles: roles)
      let queries = PlanQueries(
        connection: connection, relations: Relations(mapping: mapping, moment: .now))
      var arguments = Bindings()
      let users = mapping.users
      var conditions = ["w.reason IS NOT NULL"]
      if let place {
        let name = arguments.bind(.text(place.username))
        conditions.append("(u.username, u.id) > (\(name), \(arguments.bind(place.id.value)))")
      }
      return try connection.rows(
        """
        SELECT \(queries.userColumns), w.reason
        FROM \(queries.relations.users()[0]) AS u JOIN (
          SELECT r.\(users.key) AS id, \(rule.reason("r")) AS reason FROM \(users.rows("r"))
        ) AS w ON w.id = u.id
        WHERE \(conditions.joined(separator: " AND "))
        ORDER BY u.username, u.id LIMIT \(arguments.bind(.count(limit)))
        """, arguments.values
      ) { row in
        UserWithoutRuleGrant(
          user: row.user(0), reason: BackfillReason(rawValue: row.text(6)) ?? .noHome)
      }
    }
  }
}
