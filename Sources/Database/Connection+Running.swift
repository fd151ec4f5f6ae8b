internal import CSQLite

extension Connection {
  /// Runs one statement, or, without arguments, several.
  package func execute(_ sql: String, _ arguments: [Value] = []) throws(DatabaseError) {
    guard arguments.isEmpty, sql.utf8.contains(UInt8(ascii: ";")) else {
      let statement = try take(sql, arguments)
      defer { giveBack(statement) }
      while try statement.step() {}
      return
    }
    var rest = sql[...]
    while let statement = try compile(&rest) {
      while try statement.step() {}
    }
  }

  /// Runs a query and hands over its rows one by one.
  package func forEach(
    _ sql: String, _ arguments: [Value] = [], _ body: (borrowing Row) throws -> Void
  ) throws {
    let statement = try take(sql, arguments)
    defer { giveBack(statement) }
    while try statement.step() { try statement.withRow(body) }
  }

  /// All rows of a query.
  package func rows<T>(
    _ sql: String, _ arguments: [Value] = [], _ read: (borrowing Row) throws -> T
  ) throws -> [T] {
    var result: [T] = []
    try forEach(sql, arguments) { result.append(try read($0)) }
    return result
  }

  /// The first row of a query; nil if there is none.
  package func first<T>(
    _ sql: String, _ arguments: [Value] = [], _ read: (borrowing Row) throws -> T
  ) throws -> T? {
    let statement = try take(sql, arguments)
    defer { giveBack(statement) }
    guard try statement.step() else { return nil }
    var result: T?
    try statement.withRow { result = try read($0) }
    return result
  }

  /// The one integer that a query answers; 0 if it answers nothing.
  package func count(_ sql: String, _ arguments: [Value] = []) throws -> Int {
    try first(sql, arguments) { $0.int(0) } ?? 0
  }

  /// Runs the body in a transaction that may write: all of it, or nothing.
  package func inTransaction<T>(_ body: () throws -> T) throws -> T {
    try execute("BEGIN IMMEDIATE")
    do {
      let result = try body()
      try execute("COMMIT")
      return result
    } catch {
      rollBack()
      throw error
    }
  }

  /// Runs the body so that all its queries see the same state; inside a transaction, as it is.
  package func reading<T>(_ body: () throws -> T) throws -> T {
    guard isAutocommit else { return try body() }
    try execute("BEGIN")
    defer { rollBack() }
    return try body()
  }

  /// Ends the transaction, unless SQLite has done so itself: after an interruption, a full disk
  /// or a disk error a second ROLLBACK would be an error of its own.
  private func rollBack() {
    guard !isAutocommit else { return }
    sqlite3_exec(handle, "ROLLBACK", nil, nil, nil)
  }

  /// A number that changes when another connection has committed.
  package func dataVersion() throws -> Int { try count("PRAGMA data_version") }

  /// Copies the whole database into that of another connection, whatever it held.
  ///
  /// The source may be written meanwhile; the copy is of one state.
  ///
  /// - Parameters:
  ///   - destination: A connection that may write and has no open transaction.
  ///   - pages: How many pages to copy between two questions.
  ///   - shallGoOn: Told the pages that remain and all pages; false stops with an error that
  ///     `isInterrupted`, and the destination is as it was.
  /// - Throws: `isBusy` when a lock was not to be had, and whatever the files answer.
  package func copy(
    into destination: Connection, pages: Int32 = 2_000,
    _ shallGoOn: (_ remaining: Int, _ total: Int) -> Bool = { _, _ in true }
  ) throws(DatabaseError) {
    guard let backup = sqlite3_backup_init(destination.handle, "main", handle, "main") else {
      throw DatabaseError(handle: destination.handle)
    }
    var code = SQLITE_OK
    var stopped = false
    while code == SQLITE_OK, !stopped {
      code = sqlite3_backup_step(backup, pages)
      guard code == SQLITE_OK else { break }
      stopped = !shallGoOn(
        Int(sqlite3_backup_remaining(backup)), Int(sqlite3_backup_pagecount(backup)))
    }
    let finished = sqlite3_backup_finish(backup)
    if stopped { throw DatabaseError(extendedCode: SQLITE_INTERRUPT, message: "interrupted") }
    if code != SQLITE_DONE {
      throw DatabaseError(extendedCode: code, message: String(cString: sqlite3_errstr(code)))
    }
    if finished != SQLITE_OK { throw DatabaseError(handle: destination.handle) }
  }
}
