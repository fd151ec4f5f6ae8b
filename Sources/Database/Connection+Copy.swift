internal import CSQLite

extension Connection {
  /// Copies the whole database into that of another connection, in place of its content.
  ///
  /// Alone it begins anew whenever another program has written to the source between two steps; a
  /// caller whose copy must come to an end, or be of a moment that the caller has seen, calls it in
  /// `reading` after a first query. Locks are waited for as long as the connections wait for any.
  ///
  /// - Parameters:
  ///   - destination: A connection that may write and has no open transaction. Other programs that
  ///     have its file open see either what it held or the whole copy.
  ///   - pages: How many pages to copy between two questions.
  ///   - shallGoOn: Told the pages that remain and all pages, for the first time when the
  ///     destination is locked and nothing has been copied; false stops with an error that
  ///     `isInterrupted`, and the destination is as it was.
  /// - Throws: `isBusy` when a lock was not to be had, and the errors of the files.
  package func copy(
    into destination: Connection, pages: Int32 = 2_000,
    _ shallGoOn: (_ remaining: Int, _ total: Int) -> Bool = { _, _ in true }
  ) throws(DatabaseError) {
    guard let backup = sqlite3_backup_init(destination.handle, "main", handle, "main") else {
      throw DatabaseError(handle: destination.handle)
    }
    // No pages at first: the last page of a small file would be the end of it.
    var code = sqlite3_backup_step(backup, 0)
    var isStopped = false
    while code == SQLITE_OK {
      isStopped = !shallGoOn(
        Int(sqlite3_backup_remaining(backup)), Int(sqlite3_backup_pagecount(backup)))
      if isStopped { break }
      code = sqlite3_backup_step(backup, pages)
    }
    let finished = sqlite3_backup_finish(backup)
    if isStopped { throw DatabaseError(extendedCode: SQLITE_INTERRUPT, message: "interrupted") }
    if code != SQLITE_DONE {
      throw DatabaseError(extendedCode: code, message: String(cString: sqlite3_errstr(code)))
    }
    if finished != SQLITE_OK { throw DatabaseError(handle: destination.handle) }
    try checkStamp()
  }

  /// A number that changes with the content of the file, by any program.
  ///
  /// It tells of other programs what the newest lock of this connection has found.
  package func contentVersion() throws(DatabaseError) -> UInt32 {
    var version: UInt32 = 0
    let code = sqlite3_file_control(handle, "main", SQLITE_FCNTL_DATA_VERSION, &version)
    guard code == SQLITE_OK else { throw DatabaseError(handle: handle) }
    return version
  }

  /// The version of the SQLite library in use, in words.
  package static var libraryVersion: String { String(cString: sqlite3_libversion()) }

  /// The version of the SQLite library in use, as a number: 3040001 for 3.40.1.
  package static var libraryVersionNumber: Int { Int(sqlite3_libversion_number()) }
}
