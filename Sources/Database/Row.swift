internal import CSQLite

/// What gives out the columns of a row of an engine other than SQLite.
package protocol RowReader: AnyObject {
  /// How many columns the row has.
  var count: Int { get }

  func isNull(_ column: Int) -> Bool

  /// The column as an integer; 0 for NULL and for what is no number.
  func integer(_ column: Int) -> Int64

  /// The column as a number; 0 for NULL and for what is no number.
  func real(_ column: Int) -> Double

  /// The column as text; empty for NULL.
  func text(_ column: Int) -> String

  /// Whether the column holds text, so that `text` is exactly what is stored.
  func isExactText(_ column: Int) -> Bool

  /// The column as bytes; none for NULL.
  func bytes(_ column: Int) -> [UInt8]

  /// The column as it is stored.
  func value(_ column: Int) -> Value
}

/// The row at which a running statement stands; it cannot outlive the step.
///
/// SQLite's columns are read without a detour; those of another engine by its `RowReader`.
package struct Row: ~Copyable {
  private let statement: OpaquePointer?
  private let reader: (any RowReader)?

  init(_ statement: OpaquePointer) {
    self.statement = statement
    reader = nil
  }

  /// A row of an engine other than SQLite.
  ///
  /// - Parameter reader: Gives out its columns.
  package init(_ reader: any RowReader) {
    statement = nil
    self.reader = reader
  }

  /// How many columns it has.
  package var count: Int { reader?.count ?? Int(sqlite3_column_count(statement)) }

  package func isNull(_ column: Int) -> Bool {
    if let reader { return reader.isNull(column) }
    return sqlite3_column_type(statement, Int32(column)) == SQLITE_NULL
  }

  /// The column as an integer; 0 for NULL.
  package func integer(_ column: Int) -> Int64 {
    if let reader { return reader.integer(column) }
    return sqlite3_column_int64(statement, Int32(column))
  }

  /// The column as a count.
  package func int(_ column: Int) -> Int { Int(integer(column)) }

  /// The column as an integer; nil for NULL.
  package func optionalInteger(_ column: Int) -> Int64? {
    isNull(column) ? nil : integer(column)
  }

  /// The column as truth; false for NULL and 0.
  package func bool(_ column: Int) -> Bool { integer(column) != 0 }

  package func real(_ column: Int) -> Double {
    if let reader { return reader.real(column) }
    return sqlite3_column_double(statement, Int32(column))
  }

  /// The column as text, with any NULs in it; empty for NULL.
  package func text(_ column: Int) -> String {
    if let reader { return reader.text(column) }
    guard let start = sqlite3_column_text(statement, Int32(column)) else { return "" }
    let length = Int(sqlite3_column_bytes(statement, Int32(column)))
    return String(decoding: UnsafeBufferPointer(start: start, count: length), as: UTF8.self)
  }

  /// Whether the column holds text that is UTF-8, so that `text` is exactly what is stored.
  package func isExactText(_ column: Int) -> Bool {
    if let reader { return reader.isExactText(column) }
    guard sqlite3_column_type(statement, Int32(column)) == SQLITE_TEXT,
      let start = sqlite3_column_text(statement, Int32(column))
    else { return false }
    let length = Int(sqlite3_column_bytes(statement, Int32(column)))
    let bytes = UnsafeBufferPointer(start: start, count: length)
    return bytes.allSatisfy { $0 < 0x80 } || String(validating: bytes, as: UTF8.self) != nil
  }

  /// The column as text; nil for NULL.
  package func optionalText(_ column: Int) -> String? { isNull(column) ? nil : text(column) }

  package func bytes(_ column: Int) -> [UInt8] {
    if let reader { return reader.bytes(column) }
    guard let start = sqlite3_column_blob(statement, Int32(column)) else { return [] }
    let length = Int(sqlite3_column_bytes(statement, Int32(column)))
    return Array(UnsafeRawBufferPointer(start: start, count: length))
  }

  /// The column as it is stored.
  package func value(_ column: Int) -> Value {
    if let reader { return reader.value(column) }
    return switch sqlite3_column_type(statement, Int32(column)) {
    case SQLITE_INTEGER: .integer(integer(column))
    case SQLITE_FLOAT: .real(real(column))
    case SQLITE_TEXT: .text(text(column))
    case SQLITE_BLOB: .blob(bytes(column))
    default: .null
    }
  }

  /// All columns as they are stored.
  package var values: [Value] {
    var values: [Value] = []
    for column in 0..<count { values.append(value(column)) }
    return values
  }
}
