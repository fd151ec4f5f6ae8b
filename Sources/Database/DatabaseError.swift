internal import CSQLite

/// What SQLite answered when it could not do what was asked.
package struct DatabaseError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The extended result code.
  package let extendedCode: Int32
  /// SQLite's own words.
  package let message: String
  /// The statement that failed, if it was one.
  package let sql: String?
  /// What the system answered to SQLite, as `errno` has it; 0 if it was not asked.
  package let systemError: Int32

  /// An error with this extended result code.
  package init(
    extendedCode: Int32, message: String, sql: String? = nil, systemError: Int32 = 0
  ) {
    self.extendedCode = extendedCode
    self.message = message
    self.sql = sql
    self.systemError = systemError
  }

  /// The log of a file in WAL mode cannot be read without writing beside the file.
  init(needsLogOf path: String) {
    self.init(
      extendedCode: SQLITE_READONLY | (5 << 8), message: "the log of \(path) has no index")
  }

  /// What is in the file cannot be.
  package init(corrupt message: String) {
    self.init(extendedCode: SQLITE_CORRUPT, message: message)
  }

  init(handle: OpaquePointer?, sql: String? = nil) {
    let code = sqlite3_extended_errcode(handle)
    self.init(
      extendedCode: code == SQLITE_OK ? SQLITE_ERROR : code,
      message: sqlite3_errmsg(handle).map { String(cString: $0) } ?? "out of memory", sql: sql,
      systemError: code & 0xff == SQLITE_CANTOPEN ? sqlite3_system_errno(handle) : 0)
  }

  /// The primary result code, without the details of the extended one.
  package var code: Int32 { extendedCode & 0xff }

  /// Another program holds a lock and did not let go in time.
  package var isBusy: Bool { code == SQLITE_BUSY || code == SQLITE_LOCKED }
  /// The watcher of the connection stopped the statement.
  package var isInterrupted: Bool { code == SQLITE_INTERRUPT }
  /// The statement itself is at fault, or the schema that it meets.
  package var isPlain: Bool { code == SQLITE_ERROR }
  /// The statement would run something that the schema says and that is not trusted.
  package var isUnsafe: Bool { isPlain && message.contains("unsafe use of ") }
  package var isReadOnly: Bool { code == SQLITE_READONLY }
  /// The file was moved away or replaced while it was open.
  package var wasMoved: Bool { extendedCode == SQLITE_READONLY | (4 << 8) }
  package var isCorrupt: Bool {
    code == SQLITE_CORRUPT || code == SQLITE_FORMAT
      || isPlain && message == "unsupported file format"
  }
  /// The file is not, or no more, what SQLite can read.
  package var isDamage: Bool { isCorrupt || isNotADatabase }
  /// The schema has not what a statement needs, or has something that forbids it.
  package var isMisfit: Bool {
    if isConstraint { return true }
    return isPlain
      && [
        "no such ", "unknown function", "unsafe use of ", "cannot modify ", "cannot INSERT into ",
        "cannot UPDATE ",
        "error in ",
      ].contains { message.hasPrefix($0) } || message.contains(" has no column named ")
      || message.contains(" may not be modified")
  }
  package var isNotADatabase: Bool { code == SQLITE_NOTADB }
  package var isFull: Bool { code == SQLITE_FULL }
  package var isInputOutput: Bool { code == SQLITE_IOERR }
  package var isOutOfMemory: Bool { code == SQLITE_NOMEM }
  package var isConstraint: Bool { code == SQLITE_CONSTRAINT }
  package var cannotOpen: Bool { code == SQLITE_CANTOPEN }
  /// The locks of a file in WAL mode were not to be had.
  package var isProtocol: Bool { code == SQLITE_PROTOCOL }
  /// A journal must be rolled back before anything can be read, and this connection may not write.
  package var needsRollback: Bool { extendedCode == SQLITE_READONLY | (3 << 8) }
  /// No journal can be made in the folder of the file.
  package var isReadOnlyFolder: Bool { extendedCode == SQLITE_READONLY | (6 << 8) }
  /// An index to the log of a file in WAL mode must be made, or read, before anything can be read,
  /// and this connection may not write.
  package var needsLog: Bool {
    [1, 5].map { SQLITE_READONLY | ($0 << 8) }.contains(extendedCode)
  }

  package var description: String {
    let place = sql.map { " in: \($0)" } ?? ""
    return "\(message) (\(extendedCode))\(place)"
  }
}
