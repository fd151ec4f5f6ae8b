internal import Database

/// Ends grants.
extension GrantWriter {
  mutating func revoke(_ users: UserSelection, _ companies: CompanySelection) throws -> Int {
    let planner = GrantPlanner(connection, relations, users, companies)
    var arguments = Bindings()
    let rows = planner.rows(endedBy: plan, &arguments)
    total = try collectRowIDs(
      "SELECT a.rowid \(rows)", arguments.values, in: GrantWriter.rowsToDelete)
    return try withIndexesDropped(removing: plan.removed) { try $0.remove() }
  }

  /// Takes the rows away, and off the record where no trigger does.
  mutating func remove() throws -> Int {
    let rows = GrantWriter.chunk(of: GrantWriter.rowsToDelete)
    var statements = access.ending(rows, time: time).map { Step($0) }
    statements[statements.count - 1].counts = true
    let isLarge = isLarge(plan.removed)
    if isLarge { statements = recordEnds(of: rows).map { Step($0) } + statements }
    guard access.keepsRows, !isLarge else {
      return try forEachChunk(of: GrantWriter.rowsToDelete, statements)
    }
    try connection.execute(
      """
      CREATE TABLE \(GrantWriter.endedRows) (number INTEGER PRIMARY KEY, user_lifetime,
        company_lifetime, "row")
      """)
    let removed = try forEachChunk(
      of: GrantWriter.rowsToDelete, [Step(keepRows(rows))] + statements + [Step(recordRows)])
    try connection.execute("DROP TABLE \(GrantWriter.endedRows)")
    return removed
  }

  private static let endedRows = "temp.company_access_ended_row"

  /// Keeps the further columns of rows that are to go, for the trigger cannot.
  private func keepRows(_ rows: String) -> String {
    """
    INSERT INTO \(GrantWriter.endedRows)
    SELECT a.rowid, g.user_lifetime, g.company_lifetime, \(access.keptRow("t")) \(grants(of: rows))
    ON CONFLICT DO NOTHING
    """
  }

  /// Puts them on the record.
  private var recordRows: String {
    let pair = "k.user_lifetime = e.user_lifetime AND k.company_lifetime = e.company_lifetime"
    return """
      UPDATE \(RecordTable.endedGrant.itself) AS e SET "row" = k."row"
      FROM \(GrantWriter.endedRows) AS k WHERE k.number > ?1 AND k.number <= ?2
        AND e.ended_change = \(change) AND \(pair) AND e."row" IS NULL
      """
  }

  /// `FROM` and `WHERE` of the grants `g` on the record of rows `a` that a query gives, with the rows
  /// of the table itself, `t`, where further columns are kept.
  private func grants(of rows: String) -> String {
    let (users, companies) = (relations.recorded(.user), relations.recorded(.company))
    let row = access.keepsRows ? "\nCROSS JOIN \(access.table) AS t ON t.rowid = a.rowid" : ""
    return """
      FROM \(access.grants) AS a CROSS JOIN \(users.lifetimes) AS lu ON lu.key = a.user_id
      CROSS JOIN \(companies.lifetimes) AS lk ON lk.key = a.company_id
      CROSS JOIN \(RecordTable.currentGrant) AS g
        ON g.user_lifetime = lu.lifetime AND g.company_lifetime = lk.lifetime\(row)
      WHERE a.rowid IN (\(rows))
      """
  }

  /// Statements that end on the record the grants of rows that a query gives.
  private func recordEnds(of rows: String) -> [String] {
    let source = grants(of: rows)
    let (column, row) = access.keepsRows ? (", \"row\"", ", " + access.keptRow("t")) : ("", "")
    return [
      """
      INSERT INTO \(RecordTable.endedGrant.itself) (user_lifetime, company_lifetime, began_change,
        ended_change, id, created_at, modified_at\(column))
      SELECT g.user_lifetime, g.company_lifetime, g.began_change, \(change), a.id, a.created_at,
        a.modified_at\(row)
      \(source)
      """,
      """
      DELETE FROM \(RecordTable.currentGrant.itself) WHERE (user_lifetime, company_lifetime) IN (
        SELECT g.user_lifetime, g.company_lifetime \(source))
      """,
    ]
  }
}
