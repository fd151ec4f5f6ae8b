internal import CSQLite

/// The arguments of a function, read where SQLite holds them.
package struct TextArguments: ~Copyable {
  fileprivate let values: UnsafeMutablePointer<OpaquePointer?>?
  /// How many there are.
  package let count: Int

  /// Gives the bytes of an argument as text, which are none for NULL; they need not be well-formed.
  package func bytes<T>(
    _ index: Int, _ body: (UnsafeBufferPointer<UInt8>) throws -> T
  ) rethrows -> T {
    precondition((0..<count).contains(index), "there is no such argument")
    let value = values?[index]
    let start = sqlite3_value_text(value)
    return try body(
      UnsafeBufferPointer(start: start, count: start == nil ? 0 : Int(sqlite3_value_bytes(value))))
  }
}

/// A test of texts that SQLite holds.
private final class TestBox {
  let test: (borrowing TextArguments) -> Bool

  init(_ test: @escaping (borrowing TextArguments) -> Bool) { self.test = test }
}

extension Connection {
  /// Makes a test of texts known to the SQL of this connection, as a function that gives 1 or 0.
  ///
  /// It is for tests of every row of a large table: nothing is copied on the way to it. The same texts
  /// must always give the same answer.
  ///
  /// - Parameters:
  ///   - name: Its name in SQL; it takes any number of arguments.
  ///   - body: The test.
  /// - Throws: When SQLite refuses the name.
  package func register(
    test name: String, _ body: @escaping (borrowing TextArguments) -> Bool
  ) throws(DatabaseError) {
    let context = Unmanaged.passRetained(TestBox(body)).toOpaque()
    let code = sqlite3_create_function_v2(
      handle, name, -1, SQLITE_UTF8 | SQLITE_DIRECTONLY | SQLITE_DETERMINISTIC, context,
      { (call, count, values) in
        guard let context = sqlite3_user_data(call) else { return }
        let box = Unmanaged<TestBox>.fromOpaque(context).takeUnretainedValue()
        let holds = box.test(TextArguments(values: values, count: Int(count)))
        sqlite3_result_int(call, holds ? 1 : 0)
      }, nil, nil,
      { context in
        if let context { Unmanaged<TestBox>.fromOpaque(context).release() }
      })
    guard code == SQLITE_OK else { throw DatabaseError(handle: handle) }
  }
}

/// A Swift closure that SQLite holds.
private final class FunctionBox {
  let body: ([Value]) throws -> Value

  init(_ body: @escaping ([Value]) throws -> Value) { self.body = body }
}

extension Connection {
  /// Makes a function known to the SQL of this connection.
  ///
  /// Triggers, views and indexes cannot call it; CHECK constraints can call one that is not
  /// deterministic, because SQLite 3.40 does not refuse it there. An error becomes the error of the
  /// statement.
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
