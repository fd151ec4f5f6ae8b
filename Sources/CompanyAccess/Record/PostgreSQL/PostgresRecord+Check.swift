internal import Database

extension PostgresRecord {
  /// Compares the triggers of a database with those that it must have.
  ///
  /// A trigger that is not ENABLE ALWAYS counts as missing: replication would not run it.
  static func check(
    _ session: any DatabaseSession, _ mapping: SchemaMapping
  ) throws -> SchemaFindings {
    var findings = SchemaFindings()
    findings.hasUniquePair = true
    findings.missing = try missingTriggers(session, mapping).map(\.words)
    return findings
  }

  /// A trigger that is missing.
  struct MissingTrigger: Hashable, Sendable {
    let name: String
    /// The table of the application on which it has to be.
    let table: String

    /// As in "trigger x on y".
    var words: String { "trigger \(name) on \(table)" }
  }

  /// The triggers that a database must have, and has not or not as ENABLE ALWAYS.
  static func missingTriggers(
    _ session: any DatabaseSession, _ mapping: SchemaMapping
  ) throws -> [MissingTrigger] {
    let found = Set(
      try session.rows(
        """
        SELECT c.relname || '.' || t.tgname FROM pg_trigger AS t
        JOIN pg_class AS c ON c.oid = t.tgrelid AND pg_table_is_visible(c.oid)
        WHERE starts_with(t.tgname::text, '_company_access_') AND t.tgenabled = 'A'
        """ as SQLStatement
      ) { $0.text(0) })
    return triggers(of: mapping).filter { !found.contains("\($0.table).\($0.name)") }
  }
}
