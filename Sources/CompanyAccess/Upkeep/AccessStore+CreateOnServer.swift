internal import Database
internal import DatabasePostgres

extension AccessStore {
  /// Makes the tables of the `hrm` mapping and the record in an empty database of a server.
  static func createOnServer(_ text: String, sample: Bool) throws(AccessError) {
    guard !sample else { throw .notForServers(what: "init --sample") }
    let location = try ServerDatabase.location(text)
    do {
      // Nothing is there yet that could be locked.
      let session = try PostgresConnection(location)
      try session.inTransaction { try makeTables(session) }
    } catch {
      throw AccessError(any: error, path: location.shown)
    }
  }

  private static func makeTables(_ session: PostgresConnection) throws {
    let found = try session.first(
      """
      SELECT n.nspname || '.' || c.relname FROM pg_class AS c
      JOIN pg_namespace AS n ON n.oid = c.relnamespace
      WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f')
        AND (n.nspname = ANY (current_schemas(FALSE)) OR n.nspname = 'company_access')
        AND n.nspname <> 'pg_catalog'
      ORDER BY 1 LIMIT 1
      """ as SQLStatement
    ) { $0.text(0) }
    if let found { throw AccessError.hasTables(path: session.place, table: found) }
    for statement in PostgresFounding.statements {
      try session.execute(SQLStatement(stringLiteral: statement))
    }
    try PostgresRecord(.hrm, session.catalog()).make(session)
    let change = try PostgresRecord.beginChange(
      session, actor: Actor.current, origin: Origin.command.rawValue,
      action: ChangeAction.recordBegan.rawValue)
    let settings: [(String, Value)] = [
      (SchemaSetting.version, .text("\(SchemaStatus.newest)")),
      ("mapping", .text(SchemaMapping.hrm.name)),
      (SchemaSetting.database, .text(TimeOrderedID.next())),
    ]
    for (key, value) in settings {
      try session.execute(
        """
        INSERT INTO \(.recordTable("setting")) (key, value) VALUES (\(Value.text(key)), \(value))
        """ as SQLStatement)
    }
    try session.execute(
      """
      INSERT INTO \(.recordTable("setting")) (key, value)
      SELECT 'record_begins', x.at::text FROM \(.recordTable("change")) AS x
      WHERE x.id = \(Value.integer(change))
      """ as SQLStatement)
  }
}
