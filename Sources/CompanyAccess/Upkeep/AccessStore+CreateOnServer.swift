internal import Database
internal import DatabasePostgres

extension AccessStore {
  /// What a new database holds: the id of its family, and what fills a file with it.
  typealias Filling = (database: String, fill: (Connection) throws -> Void)

  /// Makes the tables of the `hrm` mapping and the record in an empty database of a server.
  ///
  /// - Parameters:
  ///   - text: The location.
  ///   - filling: What it holds, which is made in a temporary file and copied; nil for nothing but the
  ///     beginning of the record.
  ///   - work: Cancels the work.
  /// - Throws: `.hasTables`, `.cancelled`; what the server answers.
  static func createOnServer(
    _ text: String, filling: Filling?, _ work: Work? = nil
  ) throws(AccessError) {
    let location = try ServerDatabase.location(text)
    do {
      // Nothing is there yet that could be locked.
      let session = try PostgresConnection(location)
      if let work { session.watch { work.isCancelled } }
      try refuseTables(session)
      let content = try filling.map { filling in
        let file = try Connection(temporary: ())
        try build(file, filling.database, nil, filling.fill)
        return ServerFilling(file, session)
      }
      try session.inTransaction {
        try refuseTables(session)
        for statement in PostgresFounding.statements {
          try session.execute(SQLStatement(stringLiteral: statement))
        }
        let record = try PostgresRecord(.hrm, session.catalog())
        try record.make(session, filledBy: content.map { $0.copy })
        if content == nil { try beginRecord(session) }
      }
    } catch {
      if work?.isCancelled == true { throw .cancelled }
      throw AccessError(any: error, path: location.shown)
    }
  }

  private static func refuseTables(_ session: PostgresConnection) throws {
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
  }

  private static func beginRecord(_ session: PostgresConnection) throws {
    let change = try PostgresRecord.beginChange(
      session, actor: Actor.current, origin: Origin.command.rawValue,
      action: ChangeAction.recordBegan.rawValue)
    try PostgresRecord.write(
      [
        (SchemaSetting.version, "\(SchemaStatus.newest)"), ("mapping", SchemaMapping.hrm.name),
        (SchemaSetting.database, TimeOrderedID.next()),
      ], begunBy: change, session)
  }
}
