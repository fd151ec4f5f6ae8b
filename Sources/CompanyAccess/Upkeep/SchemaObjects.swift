internal import Database

/// An object of a database's schema, as SQLite keeps it.
struct SchemaObject: Hashable, Sendable {
  /// table, index, trigger or view.
  var kind: String
  var name: String
  /// The table that an index or trigger belongs to; else its own name.
  var table: String
  /// The statement that made it; nil for the index of a constraint.
  var sql: String?

  /// The object in words.
  var words: String { "\(kind) \(name)" }
  var isVirtual: Bool { SQLTokens(sql ?? "").tokens.dropFirst().first?.isWord("virtual") == true }
}

/// Everything in a database's schema.
struct SchemaObjects: Hashable, Sendable {
  let all: [SchemaObject]
  /// The objects by their names in lower case; where two have the same, the first of `all`.
  private let names: [String: SchemaObject]

  init(_ connection: Connection) throws {
    all = try connection.rows(
      "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name"
    ) {
      SchemaObject(
        kind: $0.text(0), name: $0.text(1), table: $0.text(2), sql: $0.optionalText(3))
    }
    names = Dictionary(all.map { ($0.name.lowercased(), $0) }) { first, _ in first }
    // SQLite passes over rows of another kind, and over what they stood for.
    if let odd = all.first(where: { !["table", "index", "trigger", "view"].contains($0.kind) }) {
      throw DatabaseError(corrupt: "malformed database schema (\(odd.name)) - \"\(odd.kind)\"")
    }
  }

  /// The object of this name; SQLite does not tell the case of names apart.
  func named(_ name: String) -> SchemaObject? {
    names[name.lowercased()]
  }

  /// The tables with rows, but for SQLite's own.
  var tables: [SchemaObject] {
    all.filter { $0.kind == "table" && !$0.name.hasPrefix("sqlite_") && !$0.isVirtual }
  }

  /// The triggers on a table.
  func triggers(on table: String) -> [SchemaObject] {
    let wanted = table.lowercased()
    return all.filter { $0.kind == "trigger" && $0.table.lowercased() == wanted }
  }

  /// Tables that a migration of another program has left when it stopped half-way.
  var unfinished: [String] {
    all.filter { $0.kind == "table" && $0.name.hasPrefix("_alembic_tmp_") }.map(\.name)
  }
}

/// The settings that the file keeps about itself.
enum SchemaSetting {
  static let table = "company_access_setting"
  static let version = "schema_version"
  static let mapping = "mapping"
  /// Which records are of one family: those of copies of one file.
  static let database = "database"
  static let recordBegins = "record_begins"
  /// The definition of the access table that the application had made before.
  static let accessFound = "access_found"
  /// The change with which the record of an earlier version was brought over.
  static let upgraded = "upgraded_change"
  /// The newest restoration after which the record of the backup took the place of that of the file.
  static let recordReplaced = "record_replaced"
  /// What is trusted of the application's schema, as a hash of its text.
  static let trust = "trust_schema"

  /// The value of a setting; nil if there is none.
  static func value(_ key: String, _ connection: any DatabaseSession) throws -> Value? {
    try connection.first("SELECT value FROM \(table) WHERE key = ?", [.text(key)]) { $0.value(0) }
  }

  /// The version of the tables; nil if the setting does not say.
  static func version(_ connection: any DatabaseSession) throws -> Int? {
    if case .integer(let number) = try value(version, connection) { Int(number) } else { nil }
  }
}
