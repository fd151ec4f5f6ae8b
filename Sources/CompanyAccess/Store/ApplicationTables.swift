internal import Database

/// The columns of some tables of a database: of a file by names in lower case, of a server by names as they
/// are.
struct ApplicationTables {
  struct Table {
    /// As the schema spells it.
    let name: String
    /// Whether it is neither a view nor a virtual table.
    let isOrdinary: Bool
    var columns: [String: Column] = [:]
    /// What it is on a server, where it is no ordinary table.
    var kind = SchemaCatalog.Kind.table
    /// How many columns its primary key has.
    var keyColumns = 0
  }

  struct Column {
    let type: String
    let isKey: Bool
  }

  private var tables: [String: Table] = [:]
  private let isOfFile: Bool

  init(_ connection: Connection, _ mapping: SchemaMapping) throws {
    isOfFile = true
    let names = (mapping.applicationTables.map(\.name) + [mapping.access.table]).map {
      SQLText.literal(ApplicationTables.folded($0.text))
    }
    try connection.forEach(
      """
      SELECT s.name, s.type = 'table' AND s.sql NOT LIKE 'CREATE VIRTUAL%', c.name, c.type, c.pk
      FROM sqlite_schema AS s LEFT JOIN temp.pragma_table_xinfo(s.name, 'main') AS c
      WHERE s.type IN ('table', 'view') AND lower(s.name) IN (\(names.joined(separator: ", ")))
      """
    ) { row in
      let key = ApplicationTables.folded(row.text(0))
      var table = tables[key] ?? Table(name: row.text(0), isOrdinary: row.bool(1))
      table.columns[ApplicationTables.folded(row.text(2))] = Column(
        type: row.text(3), isKey: row.bool(4))
      if row.bool(4) { table.keyColumns += 1 }
      tables[key] = table
    }
  }

  /// The tables of a server.
  init(_ catalog: SchemaCatalog) {
    isOfFile = false
    for found in catalog.tables where tables[found.name] == nil {
      var table = Table(name: found.name, isOrdinary: found.kind == .table)
      table.kind = found.kind
      table.keyColumns = found.primaryKey.count
      for column in found.columns {
        table.columns[column.name] = Column(
          type: column.type, isKey: found.primaryKey.contains(column.name))
      }
      tables[found.name] = table
    }
  }

  subscript(name: SQLName) -> Table? { tables[key(name)] }

  func column(_ name: SQLName, of table: SQLName) -> Column? {
    self[table]?.columns[key(name)]
  }

  /// Why a table that is there is none of those that can be used.
  func refusal(of table: SQLName) -> MappingProblem.Kind {
    switch self[table]?.kind {
    case .partitioned: .partitioned(table.text)
    case .foreign: .foreignTable(table.text)
    case .view: .view(table.text)
    case .table, nil: .noOrdinaryTable(table.text)
    }
  }

  private func key(_ name: SQLName) -> String {
    isOfFile ? ApplicationTables.folded(name.text) : name.text
  }

  /// Whether a column alone tells the rows apart, so that others can refer to it.
  func isUnique(_ name: SQLName, of table: SQLName, _ connection: Connection) throws -> Bool {
    if let column = column(name, of: table), column.isKey, self[table]?.keyColumns == 1 {
      return true
    }
    return try connection.hasUniqueIndex(on: name, of: table)
  }

  /// As SQLite compares names: the letters of ASCII without their case.
  private static func folded(_ name: String) -> String {
    String(
      decoding: name.utf8.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }, as: UTF8.self)
  }
}
