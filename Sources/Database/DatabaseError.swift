/// What the database engine answered when it could not do what was asked.
///
/// What to do about an error is decided by its `category` alone. Only the engine's own code looks
/// at the number and the text (`SQLiteText`).
package struct DatabaseError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What kind of failure it is.
  package let category: Category
  /// The engine's own number of the error, for messages; SQLite's extended result code, and 0 of
  /// PostgreSQL.
  package let engineCode: Int32
  /// The five characters by which PostgreSQL names the error (SQLSTATE); nil of SQLite, and where
  /// the server has not answered.
  package let state: String?
  /// The engine's own words, for messages.
  package let message: String
  /// The statement that failed, if it was one.
  package let sql: String?
  /// What the operating system answered to the engine, as `errno` has it; 0 if it was not asked.
  package let systemError: Int32

  /// An error in the terms of all engines.
  ///
  /// - Parameters:
  ///   - category: What kind of failure it is.
  ///   - engineCode: The engine's own number, or 0.
  ///   - state: PostgreSQL's name of the error.
  ///   - message: The engine's own words.
  ///   - sql: The statement that failed, if it was one.
  ///   - systemError: The `errno` that the engine met, or 0.
  package init(
    _ category: Category, engineCode: Int32 = 0, state: String? = nil, message: String,
    sql: String? = nil, systemError: Int32 = 0
  ) {
    self.category = category
    self.engineCode = engineCode
    self.state = state
    self.message = message
    self.sql = sql
    self.systemError = systemError
  }

  /// The words, the number and the statement.
  package var description: String {
    let place = sql.map { " in: \($0)" } ?? ""
    return "\(message) (\(state ?? "\(engineCode)"))\(place)"
  }
}

// MARK: - Categories

extension DatabaseError {
  /// A kind of failure, the same for every engine.
  package enum Category: Hashable, Sendable {
    /// Another program holds a lock and did not let go in time.
    case busy
    /// The watcher of the connection stopped the statement.
    case interrupted
    /// A rule of a table forbids the row.
    case constraint(Constraint)
    /// Nothing can be written.
    case readOnly(WriteObstacle)
    /// No room is left on the disk.
    case full
    /// The file holds what cannot be.
    case damaged
    /// The file is of another kind.
    case notADatabase
    /// The file cannot be opened; `systemError` tells why.
    case cannotOpen
    /// The disk reports an error.
    case inputOutput
    /// Memory ran out.
    case outOfMemory
    /// A table, column, function, collation or module is not there.
    case missingObject
    /// Rows of a view, values of a generated column or a table of the engine's own are not written.
    case notWritable
    /// A view, trigger, index or foreign key refers to something that is not there or does not fit.
    case brokenSchema
    /// The statement would run something of the schema that is not trusted.
    case unsafe
    /// The transaction met another one and was rolled back; the same may succeed when it is done
    /// again.
    case conflict
    /// The login may not do this, or not enter.
    case notPermitted
    /// The connection to the server has gone, or there was none to be had.
    case connectionLost
    /// The connection has gone while the server committed: it is not known whether it did.
    case outcomeUnknown
    /// The server asks for a password, and none is to be had.
    case passwordNeeded
    /// The engine itself is not there: its library is not installed.
    case unavailable
    /// The statement itself is at fault.
    case statement
    /// Anything else.
    case other
  }

  /// A kind of rule that a table has for its rows.
  package enum Constraint: Hashable, Sendable {
    case unique
    case primaryKey
    case notNull
    case check
    case foreignKey
    /// A trigger raised an error.
    case trigger
    case other
  }

  /// What keeps a database from being written.
  package enum WriteObstacle: Hashable, Sendable {
    /// The file or the connection is only for reading.
    case permissions
    /// No journal can be made in the folder of the file.
    case folder
    /// A journal must be rolled back before anything can be read, and this connection may not
    /// write.
    case unfinishedWrite
    /// An index to the log of a file in WAL mode must be made, or read, before anything can be
    /// read, and this connection may not write.
    case log
    /// The file was moved away or replaced while it was open.
    case moved
  }
}

// MARK: - Questions about the category

extension DatabaseError {
  /// Another program holds a lock and did not let go in time.
  package var isBusy: Bool { category == .busy }

  /// The watcher of the connection stopped the statement.
  package var isInterrupted: Bool { category == .interrupted }

  /// The same may succeed when the whole transaction is done again.
  package var isWorthRetrying: Bool { category == .busy || category == .conflict }

  /// The login may not do this, or not enter.
  package var isNotPermitted: Bool { category == .notPermitted }

  /// The connection to the server has gone.
  package var isConnectionLost: Bool { category == .connectionLost }

  /// A rule of a table forbids the row.
  package var isConstraint: Bool { if case .constraint = category { true } else { false } }

  /// Nothing can be written.
  package var isReadOnly: Bool { if case .readOnly = category { true } else { false } }

  /// The file is not, or no longer, what SQLite can read.
  package var isDamage: Bool { category == .damaged || category == .notADatabase }

  /// The statement is at fault, or the schema that it meets.
  package var isStatementError: Bool {
    switch category {
    case .statement, .missingObject, .notWritable, .brokenSchema, .unsafe: true
    default: false
    }
  }
}
