internal import Database

extension PostgresRecord {
  /// Compares the triggers of a database with those that it must have.
  ///
  /// A trigger that is not ENABLE ALWAYS counts as missing: replication would not run it.
  static func check(
    _ session: any DatabaseSession, _ mapping: SchemaMapping
  ) throws -> SchemaFindings {
    let found = Set(
      try session.rows(
        """
        SELECT c.relname || '.' || t.tgname FROM pg_trigger AS t
        JOIN pg_class AS c ON c.oid = t.tgrelid AND pg_table_is_visible(c.oid)
        WHERE starts_with(t.tgname::text, '_company_access_') AND t.tgenabled = 'A'
        """ as SQLStatement
      ) { $0.text(0) })
    var findings = SchemaFindings()
    findings.hasUniquePair = true
    for table in [mapping.users.table, mapping.companies.table, mapping.access.table] {
      for name in triggerNames where !found.contains("\(table.text).\(name)") {
        findings.missing.append(words(name, table.text))
      }
    }
    return findings
  }
}
