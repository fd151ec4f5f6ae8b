internal import Database

/// Rows that are written down first, and statements for some of them at a time.
extension GrantWriter {
  static let rowsToDelete = "temp.company_access_picked_leaving"

  /// Writes down the numbers of rows; says how many.
  func collectRowIDs(_ query: String, _ arguments: [Value], in table: String) throws -> Int {
    try connection.execute("CREATE TABLE \(table) (row INTEGER PRIMARY KEY)")
    try connection.execute("INSERT INTO \(table) \(query)", arguments)
    return connection.changes
  }

  /// A statement for some of the rows.
  struct Step {
    let sql: String
    /// Whether each row that it changes is one grant.
    var counts: Bool

    init(_ sql: String, counts: Bool = false) {
      self.sql = sql
      self.counts = counts
    }
  }

  /// Runs statements for some of the rows at a time, until they have been run for all; says how many
  /// rows those that count changed.
  mutating func forEachChunk(of table: String, _ statements: [Step]) throws -> Int {
    var changed = 0
    var last = Int64.min
    while let end = try connection.first(
      """
      SELECT max(row) FROM (SELECT row FROM \(table) WHERE row > ? ORDER BY row LIMIT ?)
      """, [.integer(last), .count(GrantWriter.chunkRows)], { $0.optionalInteger(0) }) ?? nil
    {
      work.report(done, of: total, .writing)
      for statement in statements {
        try connection.execute(statement.sql, [.integer(last), .integer(end)])
        guard statement.counts else { continue }
        changed += connection.changes
        done += connection.changes
      }
      last = end
    }
    try connection.execute("DROP TABLE \(table)")
    return changed
  }

  /// A query for the rows between the two arguments of the statement.
  static func chunk(of table: String) -> String {
    "SELECT row FROM \(table) WHERE row > ?1 AND row <= ?2"
  }
}
