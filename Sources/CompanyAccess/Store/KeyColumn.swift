internal import Database

/// How SQLite treats the values of a column, by the column's declared type.
///
/// The rules, in their order: https://sqlite.org/datatype3.html
enum Affinity: Hashable, Sendable {
  case integer, text, blob, real, numeric

  /// The affinity of a declared type.
  init(type: String) {
    let upper = type.uppercased()
    func has(_ words: String...) -> Bool { words.contains { upper.contains($0) } }
    if has("INT") {
      self = .integer
    } else if has("CHAR", "CLOB", "TEXT") {
      self = .text
    } else if upper.isEmpty || has("BLOB") {
      self = .blob
    } else {
      self = has("REAL", "FLOA", "DOUB") ? .real : .numeric
    }
  }

  /// A type that has the affinity.
  var type: String {
    switch self {
    case .integer: "INTEGER"
    case .text: "TEXT"
    case .blob: "BLOB"
    case .real: "REAL"
    case .numeric: "NUMERIC"
    }
  }
}

/// What the schema says of a column with keys.
struct KeyColumn: Hashable, Sendable {
  /// The declared type.
  let type: String
  /// Whether it is another name of the rowid, so that SQLite gives new rows a number.
  ///
  /// That is a primary key of the type INTEGER alone and of no other type, not even INT.
  let isRowID: Bool
  /// Whether a row may have no key.
  ///
  /// SQLite allows it in a primary key, unless it says NOT NULL or is the rowid.
  let isNullable: Bool
  /// Whether the column alone tells the rows apart.
  let isUnique: Bool

  /// Looks at a column; nil if the table has none of this name.
  init?(_ connection: any DatabaseSession, _ table: SQLName, _ column: SQLName) throws {
    let columns = try connection.rows("PRAGMA main.table_xinfo(\(table))") {
      (name: $0.text(1).lowercased(), type: $0.text(2), isNotNull: $0.bool(3), keyPlace: $0.int(5))
    }
    guard let found = columns.first(where: { $0.name == column.text.lowercased() }) else {
      return nil
    }
    let isKey = found.keyPlace > 0 && columns.count { $0.keyPlace > 0 } == 1
    // The rowid needs no index; the key of a table without rowids is the order of the table.
    let hasIndex = try connection.rows("PRAGMA main.index_list(\(table))") { $0.text(3) }.contains(
      "pk")
    type = found.type
    isRowID = isKey && !hasIndex && found.type.uppercased() == "INTEGER"
    let isImplied = isRowID || (found.keyPlace > 0 && !KeyColumn.hasRowIDs(connection, table))
    isNullable = !found.isNotNull && !isImplied
    isUnique = try isKey || connection.file.hasUniqueIndex(on: column, of: table)
  }

  /// Whether the rows of a table have numbers of their own.
  static func hasRowIDs(_ connection: any DatabaseSession, _ table: SQLName) -> Bool {
    (try? connection.execute("EXPLAIN SELECT rowid FROM \(table)")) != nil
  }
}
