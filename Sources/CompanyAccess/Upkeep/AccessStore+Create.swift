internal import Database

extension AccessStore {
  /// Makes a new database with the tables of the `hrm` mapping.
  ///
  /// It is built under a name of its own in the same folder and takes its place when it is
  /// complete, so that a half-made database is never found at the path. Only its owner can read it.
  ///
  /// - Parameters:
  ///   - path: Where to put it; there must not be a file yet. Or the location of an empty database of a
  ///     PostgreSQL server.
  ///   - sample: Whether it holds people, companies and a past to try things with, which are the
  ///     same every time, or nothing but the beginning of the record.
  /// - Throws: `.exists`, `.refusedOutput`, `.cannotCreate`, `.diskFull` or `.diskError`; `.hasTables`
  ///   for a database of a server that has tables.
  public static func create(_ path: String, sample: Bool = false) throws(AccessError) {
    if DatabaseLocation.namesServer(path) {
      let filling: Filling = (Sample.database, { try Sample.fill($0) })
      return try createOnServer(path, filling: sample ? filling : nil)
    }
    if sample {
      return try create(path, database: Sample.database, pageSize: 2_048, filling: Sample.fill)
    }
    try create(path, database: TimeOrderedID.next()) { connection in
      try connection.execute(
        """
        INSERT INTO company_access_change (at, actor, origin, action, added, removed)
        VALUES (?, ?, ?, ?, 0, 0)
        """,
        [
          .text(Timestamp.now.text), .text(Actor.current), .text(Origin.command.rawValue),
          .text(ChangeAction.recordBegan.rawValue),
        ])
    }
  }

  /// Makes a new database of the family `database`.
  ///
  /// The closure begins the record and may add what else the database shall hold. Small pages (in
  /// bytes) keep a small database of many tables small; without a size they are of SQLite's own.
  static func create(
    _ path: String, database: String, pageSize: Int? = nil,
    filling fill: (Connection) throws -> Void
  ) throws(AccessError) {
    try FileCheck.refuseServer(path)
    let target = OutputPath(path, for: .database, existing: .kept, databases: [])
    try target.destination()
    let file = try UnfinishedFile(for: target)
    defer { file.discard() }
    do {
      try build(Connection(path: file.path, mode: .readWrite), database, pageSize, fill)
    } catch let error as DatabaseError where error.category == .cannotOpen {
      throw .cannotCreate(path: path, detail: error.message)
    } catch {
      throw AccessError(any: error, path: path)
    }
    try file.place()
  }

  /// Makes all tables of a new database of the family `database`, and fills them.
  static func build(
    _ connection: Connection, _ database: String, _ pageSize: Int?,
    _ fill: (Connection) throws -> Void
  ) throws {
    if let pageSize { try connection.execute("PRAGMA page_size = \(pageSize)") }
    try connection.inTransaction {
      let items = Schema.applicationTables + Schema(mapping: .hrm).additions
      for item in items { try connection.execute(item.sql) }
      try connection.execute("INSERT INTO company_access_now (one) VALUES (1)")
      try fill(connection)
      let begins = "SELECT at FROM company_access_change ORDER BY id LIMIT 1"
      try connection.execute(
        """
        INSERT INTO company_access_setting (key, value)
        VALUES ('schema_version', \(SchemaStatus.newest)), ('mapping', '\(SchemaMapping.hrm.name)'),
          ('record_begins', (\(begins))), ('\(SchemaSetting.database)', '\(database)')
        """)
    }
  }
}
