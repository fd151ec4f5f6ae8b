internal import CSQLite

/// A compiled SQL statement, used by one connection and given back to its cache.
final class Statement {
  let sql: String
  private let database: OpaquePointer
  private let handle: OpaquePointer

  /// Takes over a compiled statement.
  init(sql: String, database: OpaquePointer, handle: OpaquePointer) {
    self.sql = sql
    self.database = database
    self.handle = handle
  }

  deinit { sqlite3_finalize(handle) }

  /// Gives the parameters their values, all of them.
  func bind(_ arguments: [Value]) throws(DatabaseError) {
    precondition(
      arguments.count == Int(sqlite3_bind_parameter_count(handle)),
      "\(arguments.count) arguments for: \(sql)")
    for (offset, value) in arguments.enumerated() {
      let code = bind(value, at: Int32(offset + 1))
      guard code == SQLITE_OK else { throw DatabaseError(handle: database, sql: sql) }
    }
  }

  private func bind(_ value: Value, at index: Int32) -> Int32 {
    switch value {
    case .null:
      return sqlite3_bind_null(handle, index)
    case .integer(let number):
      return sqlite3_bind_int64(handle, index, number)
    case .real(let number):
      return sqlite3_bind_double(handle, index, number)
    case .text(var text):
      return text.withUTF8 { bytes in
        // A null pointer would bind NULL, and an empty buffer may have one.
        bytes.withMemoryRebound(to: CChar.self) { characters in
          guard let start = characters.baseAddress, !characters.isEmpty else {
            return sqlite3_bind_text(handle, index, "", 0, csqlite_transient())
          }
          return sqlite3_bind_text64(
            handle, index, start, UInt64(characters.count), csqlite_transient(), UInt8(SQLITE_UTF8))
        }
      }
    case .blob(let bytes):
      guard !bytes.isEmpty else { return sqlite3_bind_zeroblob(handle, index, 0) }
      return bytes.withUnsafeBytes {
        sqlite3_bind_blob64(
          handle, index, $0.baseAddress, UInt64($0.count), csqlite_transient())
      }
    }
  }

  /// Runs to the next row; false at the end.
  func step() throws(DatabaseError) -> Bool {
    var code = sqlite3_step(handle)
    if code != SQLITE_ROW, code != SQLITE_DONE, SchemaTrustSwitch.readRefusedSchema(database) {
      // Another program has changed the schema, which had to be read again.
      sqlite3_reset(handle)
      code = sqlite3_step(handle)
    }
    switch code {
    case SQLITE_ROW: return true
    case SQLITE_DONE: return false
    default: throw DatabaseError(handle: database, sql: sql)
    }
  }

  /// Lends the row at which the statement stands.
  func withRow(_ body: (borrowing Row) throws -> Void) rethrows { try body(Row(handle)) }

  /// Makes the statement ready for its next run, and forgets the arguments.
  func reset() {
    sqlite3_reset(handle)
    sqlite3_clear_bindings(handle)
  }
}
