internal import Database

extension Cursor {
  /// The place of a row, of which a query gives the id and then the `columns` of the sort value.
  init(_ row: borrowing Row, at column: Int) {
    key = Key(row.value(column))
    value = SortValue(row, at: column + 1)
  }
}

extension Cursor.SortValue {
  /// The columns that give a sort value: its type, where text may be no UTF-8, and the value itself.
  static func columns(_ key: String, _ engine: SQLEngine) -> String {
    if engine == .postgres { return "NULL, \(key)" }
    return
      "typeof(\(key)), CASE typeof(\(key)) WHEN 'text' THEN CAST(\(key) AS BLOB) ELSE \(key) END"
  }

  fileprivate init(_ row: borrowing Row, at column: Int) {
    let isText = row.text(column) == "text"
    self =
      switch row.value(column + 1) {
      case .null: .null
      case .integer(let number): .integer(number)
      case .real(let number): .real(number)
      case .text(let text): .text(Array(text.utf8))
      case .blob(let bytes): isText ? .text(bytes) : .bytes(bytes)
      }
  }

  /// Binds the value and gives an expression for it.
  func bound(_ arguments: inout Bindings, _ engine: SQLEngine) -> String {
    switch self {
    case .null: arguments.bind(.null)
    case .integer(let number): arguments.bind(.integer(number))
    case .real(let number): arguments.bind(.real(number))
    case .text(let bytes) where engine == .postgres:
      arguments.bind(.text(String(decoding: bytes, as: UTF8.self)))
    case .text(let bytes): "CAST(\(arguments.bind(.blob(bytes))) AS TEXT)"
    case .bytes(let bytes): arguments.bind(.blob(bytes))
    }
  }
}
