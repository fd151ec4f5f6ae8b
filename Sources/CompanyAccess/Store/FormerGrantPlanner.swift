internal import Database

/// Plans to revoke all grants that stand and were given to an earlier holder of an id, or whose user or
/// company is not there.
struct FormerGrantPlanner {
  private let queries: PlanQueries
  /// A query with the columns `user_id` and `company_id`: those grants.
  let pairs: String
  /// The same, of those alone whose user or company is not there; nil if there are none.
  private let missing: String?

  private var connection: any DatabaseSession { queries.connection }
  private var mapping: SchemaMapping { queries.mapping }

  init(_ connection: any DatabaseSession, _ relations: Relations) throws {
    queries = PlanQueries(connection: connection, relations: relations)
    let now = Relations(mapping: queries.mapping, moment: .now)
    let presence = try now.leavingOut(.both, connection).presence
    missing =
      presence.isEmpty
      ? nil
      : """
      SELECT a.user_id, a.company_id FROM \(queries.access) AS a
      WHERE a.user_id IS NOT NULL AND a.company_id IS NOT NULL
        AND NOT (\(presence.joined(separator: " AND ")))
      """
    pairs = [now.formerGrants, missing].compactMap(\.self).joined(separator: " UNION ")
  }

  func plan(_ intent: Intent) throws -> Plan {
    let before = try queries.coverage()
    let removed = try connection.count("SELECT count(*) FROM (\(pairs))")
    let orphans = try missing.map { try connection.count("SELECT count(*) FROM (\($0))") } ?? 0
    return Plan(
      intent: intent, added: 0, removed: removed, unchanged: 0, leftAlone: 0, selectedUsers: nil,
      selectedCompanies: nil, pairs: removed <= Plan.listedPairs ? try results() : [],
      before: before,
      after: before.changed(added: 0, removed: removed, orphans: orphans),
      usersLeftWithNone: Affected(count: 0, first: []),
      companiesLeftWithNone: Affected(count: 0, first: []), companiesOfUser: nil,
      usersOfCompany: nil, notices: [], basis: try queries.newestChange())
  }

  private func results() throws -> [PairResult] {
    try connection.rows(
      """
      SELECT \(queries.userColumns), \(queries.companyColumns) FROM (\(pairs)) AS g
      JOIN \(known(.user, queries.relations.users()[0])) AS u ON u.id = g.user_id
      JOIN \(known(.company, queries.relations.companies()[0])) AS c ON c.id = g.company_id
      ORDER BY u.username, u.id, c.name, c.id
      """
    ) { PairResult(user: $0.user(0), company: $0.company(6), outcome: .revoked) }
  }

  /// A relation: those who are there, and of the missing ones of the grants what the record knew last.
  private func known(_ kind: EntityKind, _ present: String) -> String {
    let recorded = RecordedKind(kind, mapping)
    let missing = queries.relations.lastStates(
      kind,
      where: """
        o.key IN (SELECT g.\(recorded.column) FROM (\(pairs)) AS g)
        AND NOT EXISTS (SELECT 1 FROM \(recorded.table) AS t WHERE t.\(recorded.key) = o.key)
        AND o.lifetime = (
          SELECT max(n.lifetime) FROM \(recorded.lifetimes) AS n WHERE n.key = o.key)
        """)
    return "(SELECT * FROM \(present) UNION ALL SELECT * FROM \(missing))"
  }

  /// A query for the numbers of their rows in the access table.
  var rows: String {
    """
    SELECT a.rowid FROM (\(pairs)) AS g CROSS JOIN \(queries.access) AS a
      ON a.user_id = g.user_id AND a.company_id = g.company_id
    """
  }
}

extension GrantWriter {
  /// Takes away the grants that were given to earlier holders of ids, and those of missing users and
  /// companies.
  mutating func revokeFormer() throws -> Int {
    let rows = try FormerGrantPlanner(connection, relations).rows
    total = try collectRowIDs(rows, [], in: GrantWriter.rowsToDelete)
    return try remove()
  }
}
