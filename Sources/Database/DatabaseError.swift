internal import CSQLite

/// What SQLite answered when it could not do what was asked.
package struct DatabaseError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The extended result code.
  package let extendedCode: Int32
  /// SQLite's own words.
  package let message: String
  /// The statement that failed, if it was one.
  package let sql: String?

  /// An error with this extended result code.
  package init(extendedCode: Int32, message: String, sql: String? = nil) {
    self.extendedCode = extendedCode
    self.message = message
    self.sql = sql
  }

  /// What is in the file cannot be.
  package init(corrupt message: String) {
    self.init(extendedCode: SQLITE_CORRUPT, message: message)
  }

  init(handle: OpaquePointer?, sql: String? = nil) {
    let code = sqlite3_extended_errcode(handle)
    self.init(
      extendedCode: code == SQLITE_OK ? SQLITE_ERROR : code,
      message: sqlite3_errmsg(handle).map { String(cString: $0) } ?? "out of memory", sql: sql)
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
  package var isUniqueConstraint: Bool {
    extendedCode == SQLITE_CONSTRAINT | (8 << 8) || extendedCode == SQLITE_CONSTRAINT | (6 << 8)
  }
  package var isForeignKeyConstraint: Bool { extendedCode == SQLITE_CONSTRAINT | (3 << 8) }
  package var cannotOpen: Bool { code == SQLITE_CANTOPEN }
  /// A journal must be rolled back before anything can be read, and this connection may not write.
  package var needsRollback: Bool { extendedCode == SQLITE_READONLY | (3 << 8) }
  /// A journal must be rolled back, or an index to it made, before anything can be read, and
  /// this connection may not write.
  package var needsWriting: Bool {
    [1, 3, 5].map { SQLITE_READONLY | ($0 << 8) }.contains(extendedCode)
  }

  package var description: String {
    let place = sql.map { " in: \($0)" } ?? ""
    return "\(message) (\(extendedCode))\(place)"
  }
}
