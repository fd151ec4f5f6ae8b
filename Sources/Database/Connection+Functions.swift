internal import CSQLite

/// A Swift closure that SQLite holds.
private final class FunctionBox {
  let body: ([Value]) throws -> Value

  init(_ body: @escaping ([Value]) throws -> Value) { self.body = body }
}

extension Connection {
  /// Makes a function known to the SQL of this connection.
  ///
  /// Triggers, views and indexes cannot call it. An error becomes the error of the statement.
  ///
  /// - Parameters:
  ///   - name: Its name in SQL.
  ///   - arguments: How many arguments it takes; -1 for any number.
  ///   - deterministic: Whether the same arguments always give the same answer.
  ///   - body: What it does.
  /// - Throws: When SQLite refuses the name or the number of arguments.
  package func register(
    function name: String, arguments: Int, deterministic: Bool,
    _ body: @escaping ([Value]) throws -> Value
  ) throws(DatabaseError) {
    let context = Unmanaged.passRetained(FunctionBox(body)).toOpaque()
    let flags =
      SQLITE_UTF8 | SQLITE_DIRECTONLY | (deterministic ? SQLITE_DETERMINISTIC : 0)
    let code = sqlite3_create_function_v2(
      handle, name, Int32(arguments), flags, context,
      { (call, count, values) in Connection.answer(call, count, values) }, nil, nil,
      { context in
        if let context { Unmanaged<FunctionBox>.fromOpaque(context).release() }
      })
    // SQLite has released the closure itself if this failed.
    guard code == SQLITE_OK else { throw DatabaseError(handle: handle) }
  }

  private static func answer(
    _ call: OpaquePointer?, _ count: Int32,
    _ values: UnsafeMutablePointer<OpaquePointer?>?
  ) {
    guard let context = sqlite3_user_data(call) else { return }
    let box = Unmanaged<FunctionBox>.fromOpaque(context).takeUnretainedValue()
    let arguments = (0..<Int(count)).map { value(values?[$0]) }
    do {
      set(try box.body(arguments), call)
    } catch {
      sqlite3_result_error(call, "\(error)", -1)
    }
  }

  private static func value(_ value: OpaquePointer?) -> Value {
    switch sqlite3_value_type(value) {
    case SQLITE_INTEGER: return .integer(sqlite3_value_int64(value))
    case SQLITE_FLOAT: return .real(sqlite3_value_double(value))
    case SQLITE_TEXT:
      guard let start = sqlite3_value_text(value) else { return .text("") }
      let bytes = UnsafeBufferPointer(start: start, count: Int(sqlite3_value_bytes(value)))
      return .text(String(decoding: bytes, as: UTF8.self))
    case SQLITE_BLOB:
      guard let start = sqlite3_value_blob(value) else { return .blob([]) }
      let bytes = UnsafeRawBufferPointer(start: start, count: Int(sqlite3_value_bytes(value)))
      return .blob(Array(bytes))
    default: return .null
    }
  }

  private static func set(_ value: Value, _ call: OpaquePointer?) {
    switch value {
    case .null: sqlite3_result_null(call)
    case .integer(let number): sqlite3_result_int64(call, number)
    case .real(let number): sqlite3_result_double(call, number)
    case .text(var text):
      text.withUTF8 { bytes in
        bytes.withMemoryRebound(to: CChar.self) { characters in
          guard let start = characters.baseAddress, !characters.isEmpty else {
            return sqlite3_result_text(call, "", 0, csqlite_transient())
          }
          sqlite3_result_text64(
            call, start, UInt64(characters.count), csqlite_transient(), UInt8(SQLITE_UTF8))
        }
      }
    case .blob(let bytes):
      guard !bytes.isEmpty else { return sqlite3_result_zeroblob(call, 0) }
      bytes.withUnsafeBytes {
        sqlite3_result_blob64(call, $0.baseAddress, UInt64($0.count), csqlite_transient())
      }
    }
  }
}
