internal import CSQLite

extension DatabaseError {
  /// An error of SQLite.
  ///
  /// - Parameters:
  ///   - extendedCode: The extended result code.
  ///   - message: SQLite's own words.
  ///   - sql: The statement that failed, if it was one.
  ///   - systemError: The `errno` that SQLite met, or 0.
  init(
    extendedCode: Int32, message: String, sql: String? = nil, systemError: Int32 = 0
  ) {
    self.init(
      Category(extendedCode: extendedCode, message: message), engineCode: extendedCode,
      message: message, sql: sql, systemError: systemError)
  }

  /// The newest error of a connection.
  init(handle: OpaquePointer?, sql: String? = nil) {
    let code = sqlite3_extended_errcode(handle)
    self.init(
      extendedCode: code == SQLITE_OK ? SQLITE_ERROR : code,
      message: sqlite3_errmsg(handle).map { String(cString: $0) } ?? "out of memory", sql: sql,
      systemError: code & 0xff == SQLITE_CANTOPEN ? sqlite3_system_errno(handle) : 0)
  }

  /// The log of a file in WAL mode cannot be read without writing beside the file.
  init(needsLogOf path: String) {
    self.init(
      extendedCode: SQLITE_READONLY | (5 << 8), message: "the log of \(path) has no index")
  }

  /// A file holds what cannot be, in these words.
  package init(corrupt message: String) {
    self.init(extendedCode: SQLITE_CORRUPT, message: message)
  }
}

extension DatabaseError.Category {
  /// The category of an error of SQLite, by its code, and by its text where many errors share a code.
  fileprivate init(extendedCode: Int32, message: String) {
    let detail = extendedCode >> 8
    self =
      switch extendedCode & 0xff {
      // The locks of a file in WAL mode answer with a code of their own.
      case SQLITE_BUSY, SQLITE_LOCKED, SQLITE_PROTOCOL: .busy
      case SQLITE_INTERRUPT: .interrupted
      case SQLITE_CONSTRAINT: .constraint(DatabaseError.Constraint(detail))
      case SQLITE_READONLY: .readOnly(DatabaseError.WriteObstacle(detail))
      case SQLITE_FULL: .full
      case SQLITE_CORRUPT, SQLITE_FORMAT: .damaged
      case SQLITE_NOTADB: .notADatabase
      case SQLITE_CANTOPEN: .cannotOpen
      case SQLITE_IOERR: .inputOutput
      case SQLITE_NOMEM: .outOfMemory
      case SQLITE_ERROR:
        switch SQLiteText(message) {
        case .missingObject: .missingObject
        case .notWritable: .notWritable
        case .brokenSchema: .brokenSchema
        case .unsafe: .unsafe
        case .unsupportedFormat: .damaged
        case .brokenRule, nil: .statement
        }
      default: .other
      }
  }
}

extension DatabaseError.Constraint {
  /// The kind by the second byte of SQLite's extended result code.
  fileprivate init(_ detail: Int32) {
    self =
      switch detail {
      case 1: .check
      case 3: .foreignKey
      case 5: .notNull
      case 6, 10: .primaryKey
      case 7: .trigger
      case 8: .unique
      default: .other
      }
  }
}

extension DatabaseError.WriteObstacle {
  /// The obstacle by the second byte of SQLite's extended result code.
  fileprivate init(_ detail: Int32) {
    self =
      switch detail {
      case 1, 5: .log
      case 3: .unfinishedWrite
      case 4: .moved
      case 6: .folder
      default: .permissions
      }
  }
}
