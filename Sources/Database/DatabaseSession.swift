/// A session with a database of any engine, for one thread at a time.
package protocol DatabaseSession: AnyObject {
  /// How the engine writes SQL.
  var dialect: any SQLDialect { get }

  /// How many rows the newest INSERT, UPDATE or DELETE touched, without triggers.
  var changes: Int { get }

  /// Whether no transaction is open.
  var isAutocommit: Bool { get }

  /// Runs a statement.
  func execute(_ sql: SQLStatement, for caller: SQLCaller) throws(DatabaseError)

  /// Runs a query and hands over its rows one by one.
  func forEach(
    _ sql: SQLStatement, for caller: SQLCaller, _ body: (borrowing Row) throws -> Void) throws

  /// The first row of a query; nil if there is none.
  func first<T>(
    _ sql: SQLStatement, for caller: SQLCaller, _ read: (borrowing Row) throws -> T
  ) throws -> T?

  /// Runs the body in a transaction that may write: all of it, or nothing.
  ///
  /// - Parameters:
  ///   - commits: Whether what the body wrote stays; else everything is done as for real, deferred
  ///     constraints included, and rolled back at the end.
  ///   - body: What to do.
  /// - Returns: What the body returns.
  /// - Throws: What the body throws, or what the engine answers; nothing is written then.
  func inTransaction<T>(commits: Bool, _ body: () throws -> T) throws -> T

  /// Runs the body so that all its queries see the same state; inside a transaction, as it is.
  func reading<T>(_ body: () throws -> T) throws -> T

  /// Asks the handler now and then while a statement runs or waits for a lock; true stops it.
  func watch(_ handler: (() -> Bool)?)

  /// What the database says of its tables.
  func catalog() throws -> SchemaCatalog
}

extension DatabaseSession {
  /// Runs a statement.
  package func execute(
    _ sql: SQLStatement, file: StaticString = #fileID, function: StaticString = #function
  ) throws(DatabaseError) {
    try execute(sql, for: SQLCaller(file, function))
  }

  /// Runs a query and hands over its rows one by one.
  package func forEach(
    _ sql: SQLStatement, file: StaticString = #fileID, function: StaticString = #function,
    _ body: (borrowing Row) throws -> Void
  ) throws {
    try forEach(sql, for: SQLCaller(file, function), body)
  }

  /// All rows of a query.
  package func rows<T>(
    _ sql: SQLStatement, file: StaticString = #fileID, function: StaticString = #function,
    _ read: (borrowing Row) throws -> T
  ) throws -> [T] {
    var result: [T] = []
    try forEach(sql, for: SQLCaller(file, function)) { result.append(try read($0)) }
    return result
  }

  /// The first row of a query; nil if there is none.
  package func first<T>(
    _ sql: SQLStatement, file: StaticString = #fileID, function: StaticString = #function,
    _ read: (borrowing Row) throws -> T
  ) throws -> T? {
    try first(sql, for: SQLCaller(file, function), read)
  }

  /// The one integer that a query answers; 0 if it answers nothing.
  package func count(
    _ sql: SQLStatement, file: StaticString = #fileID, function: StaticString = #function
  ) throws -> Int {
    try first(sql, for: SQLCaller(file, function)) { $0.int(0) } ?? 0
  }

  /// Runs the body in a transaction that may write, and keeps what it wrote.
  package func inTransaction<T>(_ body: () throws -> T) throws -> T {
    try inTransaction(commits: true, body)
  }
}

extension Connection: DatabaseSession {
  package var dialect: any SQLDialect { SQLiteDialect() }

  package func execute(_ sql: SQLStatement, for caller: SQLCaller) throws(DatabaseError) {
    let statement = try take(sql.text, sql.values, for: caller)
    defer { giveBack(statement) }
    while try statement.step() {}
  }

  package func forEach(
    _ sql: SQLStatement, for caller: SQLCaller, _ body: (borrowing Row) throws -> Void
  ) throws {
    let statement = try take(sql.text, sql.values, for: caller)
    defer { giveBack(statement) }
    while try statement.step() { try statement.withRow(body) }
    try checkStamp()
  }

  package func first<T>(
    _ sql: SQLStatement, for caller: SQLCaller, _ read: (borrowing Row) throws -> T
  ) throws -> T? {
    let statement = try take(sql.text, sql.values, for: caller)
    defer { giveBack(statement) }
    guard try statement.step() else { return nil }
    var result: T?
    try statement.withRow { result = try read($0) }
    try checkStamp()
    return result
  }

  package func watch(_ handler: (() -> Bool)?) { watch(everyOperations: 4_000, handler) }
}
