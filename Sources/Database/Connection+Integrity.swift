/// One thing that SQLite itself finds wrong with a file.
package struct IntegrityFinding: Hashable, Sendable {
  /// What it is, in SQLite's words.
  package let message: String
  /// Whether a row breaks a NOT NULL or CHECK constraint of its table.
  ///
  /// Such a row is as it was written. Any other finding is damage to pages or indexes.
  package let isBrokenRule: Bool
}

extension Connection {
  /// What SQLite finds wrong with the file when it looks at every page.
  ///
  /// - Parameters:
  ///   - limit: After how many findings to stop.
  ///   - checksRules: Whether rows are compared with the CHECK constraints of their tables.
  /// - Returns: The findings; none for a file that is whole.
  /// - Throws: `DatabaseError`: `.interrupted`, `.unsafe` where a CHECK constraint calls what is not
  ///   trusted, or what keeps the file from being checked at all.
  package func integrityFindings(
    limit: Int, checksRules: Bool = true
  ) throws -> [IntegrityFinding] {
    if !checksRules { try execute("PRAGMA ignore_check_constraints = ON") }
    defer { if !checksRules { try? execute("PRAGMA ignore_check_constraints = OFF") } }
    let lines = try rows("PRAGMA integrity_check(\(limit))") { $0.text(0) }
    return lines.filter { $0 != "ok" }.map {
      IntegrityFinding(message: $0, isBrokenRule: SQLiteText($0) == .brokenRule)
    }
  }
}
