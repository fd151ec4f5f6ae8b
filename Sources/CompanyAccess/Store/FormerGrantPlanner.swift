internal import Database

/// Plans to revoke all grants that stand and were given to an earlier holder of an id.
struct FormerGrantPlanner {
  private let queries: PlanQueries
  private var connection: Connection { queries.connection }
  private var grants: String {
    Relations(mapping: queries.mapping, moment: .now).formerGrants
  }

  init(_ connection: Connection, _ relations: Relations) {
    queries = PlanQueries(connection: connection, relations: relations)
  }

  func plan(_ intent: Intent) throws -> Plan {
    let before = try queries.coverage()
    let removed = try connection.count("SELECT count(*) FROM (\(grants))")
    return Plan(
      intent: intent, added: 0, removed: removed, unchanged: 0, leftAlone: 0, selectedUsers: nil,
      selectedCompanies: nil, pairs: removed <= Plan.listedPairs ? try pairs() : [], before: before,
      after: before.changed(added: 0, removed: removed),
      usersLeftWithNone: Affected(count: 0, first: []),
      companiesLeftWithNone: Affected(count: 0, first: []), companiesOfUser: nil,
      usersOfCompany: nil, notices: [], basis: try queries.newestChange())
  }

  private func pairs() throws -> [PairResult] {
    try connection.rows(
      """
      SELECT \(queries.userColumns), \(queries.companyColumns) FROM (\(grants)) AS g
      JOIN \(queries.relations.users()[0]) AS u ON u.id = g.user_id
      JOIN \(queries.relations.companies()[0]) AS c ON c.id = g.company_id
      ORDER BY u.username, u.id, c.name, c.id
      """
    ) { PairResult(user: $0.user(0), company: $0.company(6), outcome: .revoked) }
  }

  /// A query for the numbers of their rows in the access table.
  var rows: String {
    """
    SELECT a.rowid FROM (\(grants)) AS g CROSS JOIN \(queries.access) AS a
      ON a.user_id = g.user_id AND a.company_id = g.company_id
    """
  }
}

extension GrantWriter {
  /// Takes away the grants that were given to earlier holders of ids.
  mutating func revokeFormer() throws -> Int {
    let rows = FormerGrantPlanner(connection, relations).rows
    total = try collectRowIDs(rows, [], in: GrantWriter.rowsToDelete)
    return try remove()
  }
}
