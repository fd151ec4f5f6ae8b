internal import CSQLite

// MARK: Transactions

extension Connection {
  /// Runs the body in a transaction that may write: all of it, or nothing.
  ///
  /// - Parameters:
  ///   - commits: Whether what the body wrote stays; else everything is done as for real, the check of
  ///     deferred foreign keys included, and rolled back at the end.
  ///   - body: What to do.
  /// - Returns: What the body returns.
  /// - Throws: What the body throws, or what the database answers; nothing is written then.
  package func inTransaction<T>(commits: Bool = true, _ body: () throws -> T) throws -> T {
    try execute("BEGIN IMMEDIATE")
    callbacks.missingCollation = nil
    do {
      let result = try body()
      try checkCollations()
      if commits {
        try execute("COMMIT")
      } else {
        try checkDeferredKeys()
        rollBack()
      }
      return result
    } catch {
      rollBack()
      throw error
    }
  }

  /// Refuses what COMMIT would refuse: rows whose deferred foreign keys still lead nowhere.
  private func checkDeferredKeys() throws(DatabaseError) {
    var (open, highest): (Int32, Int32) = (0, 0)
    sqlite3_db_status(handle, SQLITE_DBSTATUS_DEFERRED_FKS, &open, &highest, 0)
    guard open == 0 else {
      throw DatabaseError(
        extendedCode: SQLITE_CONSTRAINT | (3 << 8), message: "FOREIGN KEY constraint failed")
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
  package func dataVersion() throws -> Int {
    if stamp != nil { return FileStamp(path).number }
    return try count("PRAGMA data_version")
  }

  /// Finds something out about the database, or remembers it as long as nothing was written since.
  ///
  /// - Parameters:
  ///   - name: What it is.
  ///   - find: Finds it out.
  /// - Returns: What was found, now or before.
  /// - Throws: What `find` throws, or what the database answers.
  package func remembered<T: Sendable>(_ name: String, _ find: () throws -> T) throws -> T {
    let version = try dataVersion()
    let changes = sqlite3_total_changes64(handle)
    if let kept = callbacks.remembered[name], kept.version == version, kept.changes == changes,
      let value = kept.value as? T
    {
      return value
    }
    let value = try find()
    // What a transaction has written may be taken back.
    if sqlite3_txn_state(handle, "main") != SQLITE_TXN_WRITE {
      callbacks.remembered[name] = (version, changes, value)
    }
    return value
  }

  /// How many bytes of the file are held in memory.
  package var cachedBytes: Int {
    var (current, highest): (Int32, Int32) = (0, 0)
    sqlite3_db_status(handle, SQLITE_DBSTATUS_CACHE_USED, &current, &highest, 0)
    return Int(current)
  }

  /// Forgets what is held of the file.
  package func releaseMemory() { sqlite3_db_release_memory(handle) }
}
