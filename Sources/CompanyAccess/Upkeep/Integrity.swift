internal import Database

/// What SQLite itself finds wrong with a file.
struct Integrity: Hashable, Sendable {
  /// Pages or indexes that are not as they must be, in SQLite's words.
  var damage: [String] = []
  /// Rows that break a NOT NULL or CHECK constraint of their table: wrong, but as they were written.
  var brokenRules: [String] = []

  /// Looks at every page.
  ///
  /// - Parameters:
  ///   - connection: What to check.
  ///   - limit: After how many findings to stop.
  /// - Throws: `DatabaseError`: `.interrupted`, or what keeps the file from being checked at all.
  init(_ connection: Connection, limit: Int) throws {
    for finding in try Integrity.findings(connection, limit) {
      if finding.isBrokenRule {
        brokenRules.append(finding.message)
      } else {
        damage.append(finding.message)
      }
    }
  }

  /// Checks the rows by their CHECK constraints as well, unless these call what is not trusted.
  private static func findings(
    _ connection: Connection, _ limit: Int
  ) throws -> [IntegrityFinding] {
    do {
      return try connection.integrityFindings(limit: limit)
    } catch let error as DatabaseError where error.category == .unsafe {
      return try connection.integrityFindings(limit: limit, checksRules: false)
    }
  }
}

/// What two copies of a database must have in common.
struct DatabaseContent: Hashable, Sendable {
  /// Type, name, table and text of every object.
  var schema: [[String]]
  /// How many rows each table has, without those that are made up by a module.
  var rows: [String: Int]

  init(_ connection: Connection) throws {
    schema = try connection.rows(
      "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name"
    ) { row in (0..<4).map { row.text($0) } }
    let tables = try connection.rows(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND rootpage > 0"
    ) { $0.text(0) }
    rows = [:]
    for table in tables {
      let name = table.split(separator: "\"", omittingEmptySubsequences: false)
        .joined(separator: "\"\"")
      rows[table] = try connection.count("SELECT count(*) FROM \"\(name)\"")
    }
  }
}
