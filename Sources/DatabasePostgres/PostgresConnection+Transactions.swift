internal import CPostgres
internal import Database

extension PostgresConnection {
  /// Runs the body in a transaction that may write: all of it, or nothing.
  ///
  /// The transaction begins with `beforeWriting`, such as a lock, and has its snapshot from the
  /// statement after that.
  ///
  /// - Parameters:
  ///   - commits: Whether what the body wrote stays; else everything is done as for real, the check
  ///     of deferred constraints included, and rolled back at the end.
  ///   - body: What to do.
  /// - Returns: What the body returns.
  /// - Throws: What the body throws, or what the server answers; nothing is written then. Where the
  ///   connection is lost during COMMIT, it is `outcomeUnknown`.
  package func inTransaction<T>(commits: Bool = true, _ body: () throws -> T) throws -> T {
    try run("BEGIN ISOLATION LEVEL REPEATABLE READ")
    hasTransaction = true
    do {
      for statement in beforeWriting { try execute(statement) }
      let result = try body()
      guard transaction == cpostgres_in_transaction else {
        throw DatabaseError(
          .statement, state: "25P02", message: "a statement of the transaction has failed")
      }
      if commits {
        try commit()
      } else {
        try run("SET CONSTRAINTS ALL IMMEDIATE")
        rollBack()
      }
      return result
    } catch {
      rollBack()
      throw error
    }
  }

  /// Does a transaction again where it met another one or waited in vain, with growing pauses.
  ///
  /// - Parameters:
  ///   - limit: How long in all, in milliseconds.
  ///   - body: The whole transaction.
  /// - Returns: What the body returns.
  /// - Throws: What the body throws, once the time is over or the watcher says so; any other error at
  ///   once.
  package func retrying<T>(for limit: Int = 5_000, _ body: () throws -> T) throws -> T {
    let end = Clock.milliseconds + Int64(limit)
    var pause: Int64 = 5
    while true {
      do {
        return try body()
      } catch let error as DatabaseError {
        let left = end - Clock.milliseconds
        guard error.isWorthRetrying, left > 0, shallStop?() != true else { throw error }
        Waiting.pause(min(pause, left))
        pause = min(pause * 2, 500)
      }
    }
  }

  package func again<T>(_ body: () throws -> T) throws -> T { try retrying(for: 5_000, body) }

  private func commit() throws(DatabaseError) {
    do {
      try run("COMMIT")
    } catch  where error.isConnectionLost {
      throw DatabaseError(
        .outcomeUnknown, state: error.state, message: error.message, sql: "COMMIT")
    }
    hasTransaction = false
  }

  /// Runs the body so that all its queries see the same state, and none can write; inside a
  /// transaction, as it is.
  package func reading<T>(_ body: () throws -> T) throws -> T {
    guard !hasTransaction else { return try body() }
    try run("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
    hasTransaction = true
    defer { rollBack() }
    return try body()
  }

  /// Begins to read one state, until the session ends.
  ///
  /// - Parameter makesTables: Whether temporary tables can be made.
  /// - Throws: What the server answers.
  package func beginReading(makesTables: Bool) throws {
    try run("BEGIN ISOLATION LEVEL REPEATABLE READ \(makesTables ? "" : "READ ONLY")")
    hasTransaction = true
  }

  /// Runs the body so that an error of it takes back what it wrote, and not the whole transaction.
  ///
  /// Everything else is refused after an error in a transaction.
  package func atSavepoint<T>(_ body: () throws -> T) throws -> T {
    try run("SAVEPOINT company_access")
    do {
      let result = try body()
      try run("RELEASE SAVEPOINT company_access")
      return result
    } catch {
      if isOpen {
        try run("ROLLBACK TO SAVEPOINT company_access; RELEASE SAVEPOINT company_access")
      }
      throw error
    }
  }

  /// Ends the transaction.
  ///
  /// The watcher is not asked: what was given up must still end.
  private func rollBack() {
    guard hasTransaction else { return }
    hasTransaction = false
    guard isOpen else { return }
    let watcher = shallStop
    shallStop = nil
    defer { shallStop = watcher }
    try? run("ROLLBACK")
  }
}
