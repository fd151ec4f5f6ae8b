internal import Database
internal import DatabasePostgres

/// Rows on their way to a temporary table, many at a time: a file takes a hundred by one statement, a
/// server thousands by COPY.
struct TemporaryRows {
  private let connection: any DatabaseSession
  private let table: SQLName
  private let columns: [SQLName]
  private var values: [Value] = []
  /// How many values are written at once.
  private let full: Int
  /// The statements for that many rows of a file, and for one.
  private let statement: String
  private let single: String

  private static let rowsOfFile = 100
  private static let rowsOfServer = 5_000

  init(_ connection: any DatabaseSession, _ table: SQLName, _ columns: [SQLName]) {
    (self.connection, self.table, self.columns) = (connection, table, columns)
    let rows =
      connection is PostgresConnection ? TemporaryRows.rowsOfServer : TemporaryRows.rowsOfFile
    full = rows * columns.count
    statement = TemporaryRows.insert(table, columns, rows: TemporaryRows.rowsOfFile)
    single = TemporaryRows.insert(table, columns, rows: 1)
  }

  /// Adds a row: a value for each column.
  mutating func add(_ row: Value...) throws {
    values += row
    if values.count == full { try flush() }
  }

  /// Writes what has not been written yet.
  mutating func flush() throws {
    guard !values.isEmpty else { return }
    let width = columns.count
    if let server = connection as? PostgresConnection {
      try server.copyIn(SQLRelation(stringLiteral: server.native("\(table)")), columns) { writer in
        for start in stride(from: 0, to: values.count, by: width) {
          try writer.add(Array(values[start..<start + width]))
        }
      }
    } else if values.count == full {
      try connection.execute(statement, values)
    } else {
      for start in stride(from: 0, to: values.count, by: width) {
        try connection.execute(single, Array(values[start..<start + width]))
      }
    }
    values.removeAll(keepingCapacity: true)
  }

  private static func insert(_ table: SQLName, _ columns: [SQLName], rows: Int) -> String {
    let names = columns.map(\.description).joined(separator: ", ")
    let row = "(" + Array(repeating: "?", count: columns.count).joined(separator: ", ") + ")"
    let places = Array(repeating: row, count: rows).joined(separator: ", ")
    return "INSERT INTO \(table) (\(names)) VALUES \(places)"
  }
}
