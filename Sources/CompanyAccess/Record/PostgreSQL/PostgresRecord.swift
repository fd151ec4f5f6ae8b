internal import Database

/// The record on PostgreSQL: its tables, functions and triggers, composed from a mapping and from
/// what the database says of the application's tables.
///
/// They are in the schema `company_access`, which the application's migrations do not see. What
/// holds on SQLite holds here: one row for each life of a user or a company, one for each grant,
/// and the change with which it began and ended. The changes of this program and of others are
/// numbered in the order in which they are committed; `PostgresRecord+Changes` says how.
struct PostgresRecord {
  /// A table of the application.
  struct Table: Hashable, Sendable {
    let schema: String
    let name: String
    /// The types of its columns as PostgreSQL writes them.
    let types: [String: String]

    /// The table as SQL refers to it.
    var sql: String { "\(SQLName(foreign: schema)).\(SQLName(foreign: name))" }
  }

  /// What is kept of a kind, and where the application has it.
  struct Kind {
    let recorded: RecordedKind
    let table: Table

    /// The word for it in names of tables and functions.
    var word: String { recorded.kind.rawValue }
    var lifetimes: String { "company_access.\(word)_lifetime" }
    var former: String { "company_access.former_\(word)" }
    var keyColumn: String { PostgresRecord.name(recorded.key) }
    var keyType: ColumnType { ColumnType(table.types[recorded.key.text]) }
    var createdAt: SQLName? { recorded.createdAt }
    var createdType: ColumnType { .time(createdAt.flatMap { table.types[$0.text] }) }

    /// Whether a row of the application is one of the kind, after a word; empty where each is.
    func isOne(_ row: String, after word: String) -> String {
      recorded.only.isEmpty
        ? "" : "\(word) \(PostgresRecord.condition(recorded.only, row))"
    }

    /// An expression: the key of a row of the application; NULL where it is none of the kind.
    func key(of row: String) -> String {
      let key = "\(row).\(keyColumn)"
      return recorded.only.isEmpty
        ? key : "CASE WHEN \(PostgresRecord.condition(recorded.only, row)) THEN \(key) END"
    }

    /// The attributes with the types in which they are kept.
    var attributes: [(name: String, column: String, type: ColumnType)] {
      recorded.attributes.map {
        ($0.name.text, PostgresRecord.name($0.column), ColumnType(table.types[$0.column.text]))
      }
    }

    /// The names of the attributes, each after a text, as a list.
    func list(_ prefix: String = "") -> String {
      attributes.map { prefix + $0.name }.joined(separator: ", ")
    }
  }

  let users: Kind
  let companies: Kind
  let access: SchemaMapping.Access
  let accessTable: Table
  /// The columns of the access table that the server fills by itself.
  private(set) var filled: Set<String> = []

  var kinds: [Kind] { [users, companies] }

  /// Finds the tables of a mapping.
  ///
  /// - Parameters:
  ///   - mapping: Where the application keeps what.
  ///   - catalog: What the database says of its tables.
  /// - Throws: `MissingTable` where one is not there or is no plain table.
  init(_ mapping: SchemaMapping, _ catalog: SchemaCatalog) throws {
    func table(_ name: SQLName) throws -> Table {
      guard let found = catalog.table(name.text), found.kind == .table else {
        throw MissingTable(name: name.text)
      }
      let types = Dictionary(found.columns.map { ($0.name, $0.type) }) { first, _ in first }
      return Table(schema: found.schema, name: found.name, types: types)
    }
    users = Kind(recorded: RecordedKind(users: mapping), table: try table(mapping.users.table))
    companies = Kind(
      recorded: RecordedKind(companies: mapping), table: try table(mapping.companies.table))
    accessTable = try table(mapping.access.table)
    var access = mapping.access
    let found = catalog.table(accessTable.name, in: accessTable.schema)
    access.isPairUnique = found?.isUnique([access.user.text, access.company.text]) ?? false
    if let key = access.key, access.keys.serverType == nil {
      access.keys = KeyStorage(serverType: accessTable.types[key.text] ?? "text")
    }
    self.access = access
    filled = Set(
      (found?.columns ?? []).filter { $0.defaultValue != nil || $0.isIdentity }.map(\.name))
  }

  /// A table that the mapping names and the database does not have as a plain table.
  struct MissingTable: Error, Hashable, Sendable {
    let name: String
  }

  /// A condition: whether a row says what it must say to count; values are as the columns write them.
  static func condition(_ conditions: [SchemaMapping.ColumnCondition], _ row: String) -> String {
    conditions.map { condition in
      let column = "\(row).\(name(condition.column))"
      return "\(column)::text IS NOT DISTINCT FROM \(text(condition.equals))"
    }.joined(separator: " AND ")
  }

  /// A name with its case kept; without quotes PostgreSQL would fold it.
  static func name(_ name: SQLName) -> String { SQLName(foreign: name.text).description }
}

/// The type in which the record keeps a column of the application.
///
/// A type that the application may widen or drop without asking is kept as a wider one of the
/// engine's own: else its migration would fail, or its writes.
struct ColumnType: Hashable, Sendable {
  /// The type in the tables of the record.
  let kept: String
  /// Whether a column of the application compares with it by its own index.
  let isNative: Bool
  /// Whether it is one of texts.
  let isText: Bool

  /// By the type of the application's column as PostgreSQL writes it; nil for no column.
  init(_ type: String?) {
    let plain = type.map { String($0.prefix { $0 != "(" }) } ?? "text"
    switch plain {
    case "smallint", "integer", "bigint": (kept, isNative) = ("bigint", true)
    case "uuid", "boolean", "date", "bytea", "timestamp with time zone",
      "timestamp without time zone":
      (kept, isNative) = (plain, true)
    case "timestamp" where type?.hasSuffix(" with time zone") == true:
      (kept, isNative) = ("timestamp with time zone", true)
    case "timestamp": (kept, isNative) = ("timestamp without time zone", true)
    case "text", "character varying": (kept, isNative) = ("text", true)
    default: (kept, isNative) = ("text", false)
    }
    isText = ["text", "character varying", "character", "bpchar", "citext", "name"].contains(plain)
  }

  /// The type of a column with times; with a zone where there is none.
  static func time(_ type: String?) -> ColumnType {
    let time = ColumnType(type ?? "")
    return time.isTime ? time : ColumnType("timestamp with time zone")
  }

  /// A column of the application, comparable with what is kept.
  func comparable(_ column: String) -> String { isNative ? column : "\(column)::text" }
}
