internal import Database

/// A table that only one session sees, in the types of the engine: SQLite takes values of every type, a
/// server wants to know what it is.
struct TemporaryTable {
  /// What a column holds.
  enum Content {
    /// The key of a user, or of a company.
    case user, company
    case number, truth
    /// Where a row of the access table stands.
    case place
    /// A text in the order of its bytes.
    case text
  }

  struct Column {
    let name: String
    let content: Content
    /// Whether it may hold nothing.
    let isOptional: Bool
    let defaultValue: String?

    init(
      _ name: String, _ content: Content, isOptional: Bool = false, defaultValue: String? = nil
    ) {
      (self.name, self.content) = (name, content)
      (self.isOptional, self.defaultValue) = (isOptional, defaultValue)
    }
  }

  /// The name, with that of the attached database or of the temporary one before it.
  let name: String
  private let columns: [Column]
  private let key: [String]

  init(_ name: String, _ columns: [Column], key: [String] = []) {
    (self.name, self.columns, self.key) = (name, columns, key)
  }

  /// Makes the table.
  ///
  /// - Parameters:
  ///   - connection: The session that sees it.
  ///   - mapping: Says how keys are stored.
  ///   - ifMissing: Whether one that is there stays.
  ///   - isFilledFirst: Whether a server has the key from `complete` on, which is faster for many rows.
  /// - Throws: What the database answers.
  func make(
    _ connection: any DatabaseSession, _ mapping: SchemaMapping, ifMissing: Bool = false,
    isFilledFirst: Bool = false
  ) throws {
    let engine = connection.engine
    var parts = columns.map { column in
      var words = [column.name, TemporaryTable.type(column.content, engine, mapping)]
      if !column.isOptional { words.append("NOT NULL") }
      if let value = column.defaultValue { words.append("DEFAULT \(value)") }
      return words.filter { !$0.isEmpty }.joined(separator: " ")
    }
    if !key.isEmpty, engine == .sqlite || !isFilledFirst {
      parts.append("PRIMARY KEY (\(key.joined(separator: ", ")))")
    }
    let isIndex = engine == .sqlite && key.count > 1
    let condition = ifMissing ? "IF NOT EXISTS " : ""
    let ending = isIndex ? " WITHOUT ROWID" : ""
    try connection.execute(
      "CREATE TABLE \(condition)\(name) (\(parts.joined(separator: ", ")))\(ending)")
  }

  /// Gives a table that was filled first what a server makes its plans by.
  func complete(_ connection: any DatabaseSession) throws {
    guard !(connection is Connection) else { return }
    if !key.isEmpty {
      try connection.execute("ALTER TABLE \(name) ADD PRIMARY KEY (\(key.joined(separator: ", ")))")
    }
    try connection.execute("ANALYZE \(name)")
  }

  /// Makes the table anew, empty.
  ///
  /// On a server it is there already, because none is made while a state is read.
  func renew(_ connection: any DatabaseSession, _ mapping: SchemaMapping) throws {
    guard connection is Connection else { return try connection.execute("DELETE FROM \(name)") }
    try connection.execute("DROP TABLE IF EXISTS \(name)")
    try make(connection, mapping)
  }

  /// Makes the table anew, outside of a transaction.
  func replace(_ connection: any DatabaseSession, _ mapping: SchemaMapping) throws {
    try connection.execute("DROP TABLE IF EXISTS \(name)")
    try make(connection, mapping)
  }

  private static func type(
    _ content: Content, _ engine: SQLEngine, _ mapping: SchemaMapping
  ) -> String {
    switch (content, engine) {
    case (.user, _): mapping.users.keys.serverType ?? ""
    case (.company, _): mapping.companies.keys.serverType ?? ""
    case (.number, .sqlite), (.truth, .sqlite), (.place, .sqlite): "INTEGER"
    case (.place, .postgres): "tid"
    case (.number, .postgres): "bigint"
    case (.truth, .postgres): "boolean"
    case (.text, .sqlite): "TEXT"
    case (.text, .postgres): "text COLLATE BINARY"
    }
  }
}

extension SQLEngine {
  /// A truth as a value that is bound.
  func truth(_ isTrue: Bool) -> Value {
    self == .sqlite ? .count(isTrue ? 1 : 0) : .text(isTrue ? "true" : "false")
  }
}

extension DatabaseSession {
  /// Whether each value of a column is there once, and an index leads to it.
  func isUnique(_ column: SQLName, of table: SQLName) throws -> Bool {
    if let file = self as? Connection { return try file.hasUniqueIndex(on: column, of: table) }
    return try catalog().table(table.text)?.isUnique([column.text]) ?? false
  }
}
