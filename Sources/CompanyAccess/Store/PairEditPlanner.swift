internal import Database

/// Plans what some edits of pairs would change.
struct PairEditPlanner {
  private let edited: EditedPairs

  init(_ connection: any DatabaseSession, _ relations: Relations, _ edits: [PairEdit]) {
    edited = EditedPairs(connection, relations, edits)
  }

  private var queries: PlanQueries { edited.queries }
  private var connection: any DatabaseSession { queries.connection }
  private var pairs: String { edited.pairs }

  func plan(_ intent: Intent) throws -> Plan {
    let before = try queries.coverage()
    let unchanged = try edited.fill()
    let removed = try edited.writeDownLeaving()
    let added = try edited.added()
    let (users, companies) = (try count("user_id"), try count("company_id"))
    let acrossScope = try edited.acrossScope()
    var plan = Plan(
      intent: intent, added: added, removed: removed, unchanged: unchanged, leftAlone: 0,
      selectedUsers: users, selectedCompanies: companies,
      pairs: try results(count: added + removed), before: before,
      after: before.changed(added: added, removed: removed),
      usersLeftWithNone: try queries.affectedUsers(edited.leftWithNone("user_id"), Bindings()),
      companiesLeftWithNone: try queries.affectedCompanies(
        edited.leftWithNone("company_id"), Bindings()),
      companiesOfUser: try total("user_id", users, added - removed),
      usersOfCompany: try total("company_id", companies, added - removed),
      notices: try inactive() + (acrossScope > 0 ? [.acrossScope(acrossScope)] : []),
      basis: try queries.newestChange())
    plan.leavesNoAdministrator = try leavesNoAdministrator(plan)
    return plan
  }

  /// How many users, or companies, the changed pairs are of.
  private func count(_ column: String) throws -> Int {
    try connection.count("SELECT count(DISTINCT \(column)) FROM \(pairs)")
  }

  /// For a plan about one user or one company: the grants now and then.
  private func total(_ column: String, _ count: Int, _ difference: Int) throws -> BeforeAfter? {
    guard count == 1 else { return nil }
    let one = "(SELECT p.\(column) FROM \(pairs) AS p LIMIT 1)"
    let conditions = ["a.\(column) = \(one)"] + queries.relations.presence
    let before = try connection.count(
      """
      SELECT count(*) FROM \(queries.access) AS a WHERE \(conditions.joined(separator: " AND "))
      """)
    return BeforeAfter(before: before, after: before + difference)
  }

  /// Each pair that changes, if they are not too many.
  private func results(count: Int) throws -> [PairResult] {
    guard count <= Plan.listedPairs else { return [] }
    return try connection.rows(
      """
      SELECT \(queries.userColumns), \(queries.companyColumns), p.grants
      FROM \(pairs) AS p
      CROSS JOIN \(queries.relations.users()[0]) AS u ON u.id = p.user_id
      CROSS JOIN \(queries.relations.companies()[0]) AS c ON c.id = p.company_id
      ORDER BY u.username, u.id, c.name, c.id
      """
    ) { row in
      PairResult(
        user: row.user(0), company: row.company(6), outcome: row.bool(10) ? .granted : .revoked)
    }
  }

  /// Whether no user would have every company any more.
  private func leavesNoAdministrator(_ plan: Plan) throws -> Bool {
    guard plan.removed > 0, let rule = AdministratorRule(queries.mapping) else { return false }
    let after = rule.holds(
      remaining: "a.rowid NOT IN (SELECT place FROM \(edited.leaving))"
    ) { user, company in
      """
      EXISTS (SELECT 1 FROM \(pairs) AS p
        WHERE p.grants AND p.user_id = \(user) AND p.company_id = \(company))
      """
    }
    return try rule.isBroken(by: after, Bindings(), connection)
  }

  private func inactive() throws -> [PlanNotice] {
    let users = try inactive("user_id", queries.relations.users()[0])
    let companies = try inactive("company_id", queries.relations.companies()[0])
    return (users > 0 ? [.inactiveUsers(users)] : [])
      + (companies > 0 ? [.inactiveCompanies(companies)] : [])
  }

  private func inactive(_ column: String, _ rows: String) throws -> Int {
    try connection.count(
      """
      SELECT count(*) FROM (SELECT DISTINCT \(column) AS id FROM \(pairs) WHERE grants) AS p
      CROSS JOIN \(rows) AS t ON t.id = p.id WHERE NOT t.is_active
      """)
  }
}

extension GrantWriter {
  /// Removes the pairs that edits take away, and adds those that they grant.
  mutating func writeEdits(_ edits: [PairEdit]) throws -> (added: Int, removed: Int) {
    let edited = EditedPairs(connection, relations, edits)
    _ = try edited.fill()
    return try withIndexesDropped(adding: plan.added, removing: plan.removed) { writer in
      let removed = try writer.removeEdited(edited)
      return (try writer.addEdited(edited), removed)
    }
  }

  private mutating func removeEdited(_ edited: EditedPairs) throws -> Int {
    guard plan.removed > 0 else { return 0 }
    _ = try edited.writeDownLeaving()
    total = try collectRowIDs(
      "SELECT place FROM \(edited.leaving)", [], in: GrantWriter.rowsToDelete)
    return try remove()
  }

  private func addEdited(_ edited: EditedPairs) throws -> Int {
    guard plan.added > 0 else { return 0 }
    try registerIDs(pairs: plan.added)
    // The limit keeps the order of the rows, in which the ids are made and the index grows.
    return try add(
      """
      SELECT p.user_id, p.company_id FROM \(edited.pairs) AS p WHERE p.grants
      ORDER BY p.user_id, p.company_id LIMIT -1
      """)
  }
}
