/// What a database says of itself, as far as a mapping can be suggested from it: its tables with their
/// columns, keys, references and unique indexes, and samples of their contents.
///
/// It is a value that knows no database engine; each engine reads it in its own way.
struct Catalogue: Hashable, Sendable {
  var tables: [CatalogueTable]

  /// The number of the table of this name; nil if there is none.
  func table(_ name: String) -> Int? { tables.firstIndex { $0.name == name } }

  /// Whether any table is known to have rows, so that it means something if another has none.
  var hasRows: Bool { tables.contains { $0.rows ?? 0 > 0 } }
}

/// A table of a catalogue.
struct CatalogueTable: Hashable, Sendable {
  let name: String
  var columns: [CatalogueColumn]
  var foreignKeys: [CatalogueForeignKey] = []
  /// The unique indexes, the primary key left out.
  var unique: [CatalogueUnique] = []
  /// How many rows it has, counted up to a limit; nil if they were not counted.
  var rows: Int?

  /// The columns of the primary key, in its order.
  var key: [String] {
    columns.filter { $0.keyPlace > 0 }.sorted { $0.keyPlace < $1.keyPlace }.map(\.name)
  }
  /// The only column of the primary key; nil for a composite key and for none.
  var singleKey: CatalogueColumn? {
    let parts = columns.filter { $0.keyPlace > 0 }
    return parts.count == 1 ? parts.first : nil
  }

  func column(_ name: String) -> CatalogueColumn? { columns.first { $0.name == name } }

  /// The sets of columns that no two rows share, the primary key first.
  var uniqueSets: [CatalogueUnique] {
    let key = key
    return (key.isEmpty ? [] : [CatalogueUnique(columns: key, isPartial: false)]) + unique
  }

  /// Whether a set of columns of its own makes this column unique.
  func isUnique(_ column: String) -> Bool {
    uniqueSets.contains { $0.columns == [column] && !$0.isPartial }
  }
}

/// A column of a catalogue.
struct CatalogueColumn: Hashable, Sendable {
  let name: String
  /// The type that it is declared with.
  let type: String
  let isRequired: Bool
  /// The default as the schema has it, as SQL; nil for none.
  let defaultValue: String?
  /// Its place in the primary key, from 1; 0 for a column outside.
  let keyPlace: Int
  /// Values of the first rows, the most frequent first; nil if they were not looked at.
  var sample: [CatalogueValue]?
  /// Of some values, how many are keys of the table to which its name says that it refers; nil if
  /// that was not looked at.
  var keys: CatalogueKeys?

  /// What a declared type holds, as far as names and references depend on it.
  enum Kind: Hashable, Sendable {
    case integer
    case text
    case flag
    case time
    case bytes
    case other
  }

  var kind: Kind {
    let type = type.lowercased()
    func has(_ words: String...) -> Bool { words.contains { type.contains($0) } }
    if has("bool") || type == "bit" || type == "tinyint(1)" { return .flag }
    if has("date", "time") { return .time }
    if has("uuid", "guid", "uniqueidentifier") { return .bytes }
    if has("char", "text", "clob", "string", "enum", "json") { return .text }
    if has("int", "serial", "number", "numeric", "decimal") { return .integer }
    if has("blob", "bytea", "binary") { return .bytes }
    return .other
  }

  /// Whether values of this column may be keys that another column holds.
  func canHoldKeys(of key: CatalogueColumn) -> Bool {
    switch (kind, key.kind) {
    case (.time, _), (.flag, _), (_, .time), (_, .flag): false
    case (.other, _), (_, .other): true
    case (.integer, let other): other == .integer
    case (_, .integer): false
    default: true
    }
  }
}

/// A value of a column and how many of the sampled rows have it.
struct CatalogueValue: Hashable, Sendable {
  let value: MappingConstant
  let count: Int
}

/// How many values of a column are keys of another table.
struct CatalogueKeys: Hashable, Sendable {
  let values: Int
  let found: Int

  /// Whether the column is about something else.
  var areOthers: Bool { values > 0 && found * 2 < values }
}

/// A declared reference.
struct CatalogueForeignKey: Hashable, Sendable {
  let columns: [String]
  let table: String
  let references: [String]
  let deletesRows: Bool
}

/// Columns that no two rows share.
struct CatalogueUnique: Hashable, Sendable {
  let columns: [String]
  /// Whether it holds for some of the rows only.
  let isPartial: Bool
}

/// A constant in a mapping.
package enum MappingConstant: Hashable, Sendable {
  case null
  case integer(Int)
  case text(String)
  case flag(Bool)
  /// The time of the change, in the form of the column.
  case now
}
