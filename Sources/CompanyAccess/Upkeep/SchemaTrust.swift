internal import Database

/// What the application's schema runs when a row of its users or companies is written.
///
/// SQLite refuses to run functions that it does not know to be harmless from the schema of a file
/// that is not trusted. The access table never needs it.
struct SchemaTrust {
  private let connection: Connection
  private let mapping: SchemaMapping
  private let objects: SchemaObjects
  private let ours: Set<String>

  init(_ survey: SchemaSurvey) {
    connection = survey.connection
    mapping = survey.schema.mapping
    objects = survey.objects
    ours = survey.schema.objectNames
  }

  private var tables: [SQLName] { [mapping.users.table, mapping.companies.table] }

  /// The tables that can be written only when the schema is trusted.
  func untrusted() throws -> [UntrustedTable] {
    try tables.compactMap { table in
      guard let refusal = try refusal(table), refusal.category == .unsafe else { return nil }
      return UntrustedTable(
        table: table.text, detail: refusal.message, definitions: definitions(of: table.text))
    }
  }

  /// Facts about tables that this program cannot write at all, or that it is trusted to.
  func notes() throws -> [SchemaNote] {
    try tables.compactMap { table in
      guard let refusal = try refusal(table) else { return nil }
      guard refusal.category == .unsafe else {
        return .cannotWrite(table: table.text, detail: refusal.message)
      }
      return .trusted(
        UntrustedTable(
          table: table.text, detail: refusal.message, definitions: definitions(of: table.text)))
    }
  }

  /// A hash of everything that is trusted; another one when any of it is changed.
  func fingerprint() throws -> String {
    var hash = SHA256()
    for table in try untrusted() {
      for text in [table.table] + table.definitions { hash.update(Array(text.utf8) + [0]) }
    }
    return hash.hex()
  }

  /// The file of a session, if what is in its schema now is trusted.
  static func file(_ session: any DatabaseSession, _ mapping: SchemaMapping) throws -> Connection? {
    guard let file = session as? Connection else { return nil }
    return try isGiven(file, mapping) ? file : nil
  }

  /// Whether the operator has said that what is in the schema now is trusted.
  ///
  /// A connection on which it is may run the schema while it writes users and companies.
  static func isGiven(_ connection: Connection, _ mapping: SchemaMapping) throws -> Bool {
    guard case .text(let given) = try SchemaSetting.value(SchemaSetting.trust, connection) else {
      return false
    }
    return try given == SchemaTrust(SchemaSurvey(connection, mapping)).fingerprint()
  }

  /// Why rows of a table cannot be written; nil if they can.
  ///
  /// The statements are only explained: SQLite composes them, with all checks and triggers.
  private func refusal(_ table: SQLName) throws -> DatabaseError? {
    let columns = try connection.rows(
      "SELECT name FROM temp.pragma_table_xinfo(?, 'main') WHERE hidden = 0", [.text(table.text)]
    ) { SQLName(foreign: $0.text(0)) }
    let assignments = columns.map { "\($0) = \($0)" }.joined(separator: ", ")
    for statement in [
      "INSERT INTO \(table) DEFAULT VALUES", "UPDATE \(table) SET \(assignments)",
      "DELETE FROM \(table)",
    ] {
      do throws(DatabaseError) {
        try connection.execute("EXPLAIN \(statement)")
      } catch {
        guard error.isStatementError else { throw error }
        return error
      }
    }
    return nil
  }

  /// The text of a table and of the application's triggers on it.
  private func definitions(of table: String) -> [String] {
    let triggers = objects.triggers(on: table).filter { !ours.contains($0.name.lowercased()) }
    return ([objects.named(table)].compactMap(\.self) + triggers).compactMap(\.sql)
  }
}
