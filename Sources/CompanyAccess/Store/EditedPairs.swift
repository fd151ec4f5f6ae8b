internal import Database

/// The pairs that some edits change, in a temporary table of a connection.
struct EditedPairs {
  private static let schema = "company_access_edited"
  private let pairTable: TemporaryTable
  private let leavingTable: TemporaryTable

  let queries: PlanQueries
  let edits: [PairEdit]

  init(_ connection: any DatabaseSession, _ relations: Relations, _ edits: [PairEdit]) {
    queries = PlanQueries(connection: connection, relations: relations)
    self.edits = edits
    (pairTable, leavingTable) = EditedPairs.tables(relations.mapping.engine)
  }

  private static func tables(
    _ engine: SQLEngine
  ) -> (pairs: TemporaryTable, leaving: TemporaryTable) {
    let isOnServer = engine == .postgres
    // Of a server, temporary tables are all in one schema.
    let prefix = isOnServer ? "temp.\(schema)_" : "\(schema)."
    let pair: [TemporaryTable.Column] = [.init("user_id", .user), .init("company_id", .company)]
    return (
      TemporaryTable(
        prefix + "pair", pair + [.init("grants", .truth)], key: ["user_id", "company_id"]),
      TemporaryTable(
        prefix + "leaving", [.init("place", .place)] + pair, key: isOnServer ? [] : ["place"])
    )
  }

  /// The pairs that become other than they are: `user_id`, `company_id` and `grants`.
  var pairs: String { pairTable.name }
  /// The rows of the access table that go: `place`, `user_id` and `company_id`.
  var leaving: String { leavingTable.name }

  private var connection: any DatabaseSession { queries.connection }
  private var relations: Relations { queries.relations }

  /// Makes a connection ready, outside of a transaction: the pairs are kept in a temporary file, or in
  /// temporary tables of a server, which a transaction that only reads may fill but not make.
  static func prepare(
    _ connection: any DatabaseSession, _ mapping: SchemaMapping, for intent: Intent
  ) throws {
    guard case .edits = intent else { return }
    try prepare(connection, mapping)
  }

  static func prepare(_ connection: any DatabaseSession, _ mapping: SchemaMapping) throws {
    if mapping.engine == .postgres {
      let (pairs, leaving) = tables(.postgres)
      for table in [pairs, leaving] { try table.make(connection, mapping, ifMissing: true) }
      return
    }
    let isThere = try connection.count(
      "SELECT count(*) FROM temp.pragma_database_list WHERE name = '\(schema)'")
    if isThere == 0 { try Staging.attach(schema, to: connection.file, cachedKilobytes: 4_096) }
  }

  /// Whether a pair `p` is granted now.
  private var isHeld: String { relations.exists(user: "p.user_id", company: "p.company_id") }

  /// Writes down which pairs become other than they are.
  ///
  /// - Returns: How many pairs of the edits are as wanted already.
  /// - Throws: `.noSuchUser` or `.noSuchCompany` for one that is named and not there, `.acrossScope`
  ///   for a named pair that may not be granted, what the database answers.
  func fill() throws -> Int {
    for edit in edits { try planner(edit).checkNamed(grants: edit.grants) }
    try pairTable.renew(connection, relations.mapping)
    for edit in edits { try take(edit) }
    try connection.execute(
      "DELETE FROM \(pairs) AS p WHERE p.grants = \(isHeld)")
    return connection.changes
  }

  private func take(_ edit: PairEdit) throws {
    let users = SelectionSQL(edit.users, relations)
    let companies = SelectionSQL(edit.companies, relations)
    var arguments = Bindings()
    let conditions = [
      users.condition?("u", &arguments), companies.condition?("c", &arguments),
      edit.grants ? relations.permits("u", "c") : nil,
    ].compactMap(\.self)
    try connection.execute(
      """
      INSERT INTO \(pairs) (user_id, company_id, grants)
      SELECT u.id, c.id, \(edit.grants ? "TRUE" : "FALSE")
      FROM \(users.source) AS u CROSS JOIN \(companies.source) AS c
      WHERE \(conditions.isEmpty ? "TRUE" : conditions.joined(separator: " AND "))
      ON CONFLICT (user_id, company_id) DO UPDATE SET grants = excluded.grants
      """, arguments.values)
  }

  private func planner(_ edit: PairEdit) -> GrantPlanner {
    GrantPlanner(connection, relations, edit.users, edit.companies)
  }

  /// How many of the pairs that are to be granted may not be.
  func acrossScope() throws -> Int {
    try edits.filter(\.grants).reduce(0) { try $0 + planner($1).acrossScope() }
  }

  /// Writes down which rows of the access table would go.
  ///
  /// - Returns: How many.
  /// - Throws: What the database answers.
  func writeDownLeaving() throws -> Int {
    try leavingTable.renew(connection, relations.mapping)
    try connection.execute(
      """
      INSERT INTO \(leaving) SELECT a.rowid, a.user_id, a.company_id
      FROM \(pairs) AS p CROSS JOIN \(queries.access) AS a
        ON a.user_id = p.user_id AND a.company_id = p.company_id
      WHERE NOT p.grants
      """)
    return connection.changes
  }

  /// How many pairs would be granted.
  func added() throws -> Int {
    try connection.count("SELECT count(*) FROM \(pairs) WHERE grants")
  }

  /// A query for the users, or the companies, who lose all that they have and are granted nothing.
  func leftWithNone(_ column: String) -> String {
    """
    SELECT l.\(column) FROM \(leaving) AS l GROUP BY l.\(column)
    HAVING count(*) = (SELECT count(*) FROM \(queries.access) AS a WHERE a.\(column) = l.\(column))
      AND l.\(column) NOT IN (SELECT p.\(column) FROM \(pairs) AS p WHERE p.grants)
    """
  }
}

extension AccessStore {
  /// How much some edits would change, counted without the figures of the whole table.
  ///
  /// - Parameters:
  ///   - edits: What is wanted.
  ///   - work: Cancels the counting.
  /// - Returns: The counts.
  /// - Throws: As `plan(_:work:)`.
  package func tally(
    _ edits: [PairEdit], work: Work? = nil
  ) throws(AccessError) -> PairEditTally {
    if let readOnlyReason { throw .readOnly(readOnlyReason) }
    let mapping = mapping
    return try using(work) { connection in
      try EditedPairs.prepare(connection, mapping)
      return try connection.reading {
        let relations = try Relations(mapping: mapping, moment: .now).leavingOut(.both, connection)
        if let edit = edits.first, edits.count == 1 {
          let planner = GrantPlanner(connection, relations, edit.users, edit.companies)
          if planner.isOfWholeRowsOrColumns { return try planner.tally(grants: edit.grants) }
        }
        let edited = EditedPairs(connection, relations, edits)
        _ = try edited.fill()
        let removed = try edited.writeDownLeaving()
        return PairEditTally(
          added: try edited.added(), removed: removed,
          usersLeftWithNone: try connection.count(
            "SELECT count(*) FROM (\(edited.leftWithNone("user_id")))"))
      }
    }
  }
}
