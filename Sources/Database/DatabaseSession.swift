/// A session with a database of any engine, for one thread at a time.
package protocol DatabaseSession: AnyObject {
  /// How the engine writes SQL.
  var dialect: any SQLDialect { get }

  /// Where the database is, as messages name it: without a password.
  var place: String { get }

  /// How many rows the newest INSERT, UPDATE or DELETE touched, without triggers.
  var changes: Int { get }

  /// Whether no transaction is open.
  var isAutocommit: Bool { get }

  /// A statement in the notation of SQLite as the engine reads it.
  func native(_ notation: String) -> String

  /// Runs one statement in the engine's own words, or, without values, several.
  func perform(_ text: String, _ values: [Value], for caller: SQLCaller) throws(DatabaseError)

  /// Runs a query in the engine's own words, and hands over its rows one by one.
  func eachRow(
    _ text: String, _ values: [Value], for caller: SQLCaller,
    _ body: (borrowing Row) throws -> Void) throws

  /// The first row of a query in the engine's own words; nil if there is none.
  func firstRow<T>(
    _ text: String, _ values: [Value], for caller: SQLCaller,
    _ read: (borrowing Row) throws -> T
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

  /// Runs a transaction again where it met another one or waited in vain, for 5 s in all; a file is
  /// waited for by its busy timeout instead.
  ///
  /// - Parameter body: The whole transaction.
  /// - Returns: What the body returns.
  /// - Throws: What the body throws.
  func again<T>(_ body: () throws -> T) throws -> T

  /// Runs the body so that all its queries see the same state; inside a transaction, as it is.
  func reading<T>(_ body: () throws -> T) throws -> T

  /// Runs the body, in a transaction, so that an error of it takes back what it wrote, and not the whole
  /// transaction.
  func atSavepoint<T>(_ body: () throws -> T) throws -> T

  /// Asks the handler now and then while a statement runs or waits for a lock; true stops it.
  func watch(_ handler: (() -> Bool)?)

  /// Finds something out about the database, or remembers it as long as nothing was written since.
  ///
  /// - Parameters:
  ///   - name: What it is.
  ///   - find: Finds it out.
  /// - Returns: What was found, now or before.
  /// - Throws: What `find` throws, or what the database answers.
  func remembered<T: Sendable>(_ name: String, _ find: () throws -> T) throws -> T

  /// What the database says of its tables.
  func catalog() throws -> SchemaCatalog
}

extension DatabaseSession {
  /// Runs a statement.
  package func execute(
    _ sql: SQLStatement, file: StaticString = #fileID, function: StaticString = #function
  ) throws(DatabaseError) {
    let (text, values) = sql.rendered(in: dialect)
    try perform(native(text), values, for: SQLCaller(file, function))
  }

  /// Runs a query and hands over its rows one by one.
  package func forEach(
    _ sql: SQLStatement, file: StaticString = #fileID, function: StaticString = #function,
    _ body: (borrowing Row) throws -> Void
  ) throws {
    let (text, values) = sql.rendered(in: dialect)
    try eachRow(native(text), values, for: SQLCaller(file, function), body)
  }

  /// All rows of a query.
  package func rows<T>(
    _ sql: SQLStatement, file: StaticString = #fileID, function: StaticString = #function,
    _ read: (borrowing Row) throws -> T
  ) throws -> [T] {
    var result: [T] = []
    let (text, values) = sql.rendered(in: dialect)
    try eachRow(native(text), values, for: SQLCaller(file, function)) {
      result.append(try read($0))
    }
    return result
  }

  /// The first row of a query; nil if there is none.
  package func first<T>(
    _ sql: SQLStatement, file: StaticString = #fileID, function: StaticString = #function,
    _ read: (borrowing Row) throws -> T
  ) throws -> T? {
    let (text, values) = sql.rendered(in: dialect)
    return try firstRow(native(text), values, for: SQLCaller(file, function), read)
  }

  /// The one integer that a query answers; 0 if it answers nothing.
  package func count(
    _ sql: SQLStatement, file: StaticString = #fileID, function: StaticString = #function
  ) throws -> Int {
    let (text, values) = sql.rendered(in: dialect)
    return try firstRow(native(text), values, for: SQLCaller(file, function)) { $0.int(0) } ?? 0
  }

  /// Runs the body in a transaction that may write, and keeps what it wrote.
  package func inTransaction<T>(_ body: () throws -> T) throws -> T {
    try inTransaction(commits: true, body)
  }
}

// MARK: Statements as text

/// Statements that are composed as text, in the notation of SQLite.
extension DatabaseSession {
  /// Runs one statement, or, without values, several.
  @_disfavoredOverload
  package func execute(
    _ sql: String, _ arguments: [Value] = [], file: StaticString = #fileID,
    function: StaticString = #function
  ) throws(DatabaseError) {
    try perform(native(sql), arguments, for: SQLCaller(file, function))
  }

  /// Runs a query and hands over its rows one by one.
  @_disfavoredOverload
  package func forEach(
    _ sql: String, _ arguments: [Value] = [], file: StaticString = #fileID,
    function: StaticString = #function, _ body: (borrowing Row) throws -> Void
  ) throws {
    try eachRow(native(sql), arguments, for: SQLCaller(file, function), body)
  }

  /// All rows of a query.
  @_disfavoredOverload
  package func rows<T>(
    _ sql: String, _ arguments: [Value] = [], file: StaticString = #fileID,
    function: StaticString = #function, _ read: (borrowing Row) throws -> T
  ) throws -> [T] {
    var result: [T] = []
    try eachRow(native(sql), arguments, for: SQLCaller(file, function)) {
      result.append(try read($0))
    }
    return result
  }

  /// The first row of a query; nil if there is none.
  @_disfavoredOverload
  package func first<T>(
    _ sql: String, _ arguments: [Value] = [], file: StaticString = #fileID,
    function: StaticString = #function, _ read: (borrowing Row) throws -> T
  ) throws -> T? {
    try firstRow(native(sql), arguments, for: SQLCaller(file, function), read)
  }

  /// The one integer that a query answers; 0 if it answers nothing.
  @_disfavoredOverload
  package func count(
    _ sql: String, _ arguments: [Value] = [], file: StaticString = #fileID,
    function: StaticString = #function
  ) throws -> Int {
    try firstRow(native(sql), arguments, for: SQLCaller(file, function)) { $0.int(0) } ?? 0
  }
}

extension Connection: DatabaseSession {
  package var dialect: any SQLDialect { SQLiteDialect() }

  package var place: String { path }

  package func native(_ notation: String) -> String { notation }

  package func again<T>(_ body: () throws -> T) throws -> T { try body() }

  package func atSavepoint<T>(_ body: () throws -> T) throws -> T {
    try execute("SAVEPOINT company_access")
    do {
      let result = try body()
      try execute("RELEASE company_access")
      return result
    } catch {
      // Some errors have ended the whole transaction.
      if !isAutocommit { try execute("ROLLBACK TO company_access; RELEASE company_access") }
      throw error
    }
  }

  package func perform(
    _ text: String, _ values: [Value], for caller: SQLCaller
  ) throws(DatabaseError) {
    guard values.isEmpty, text.utf8.contains(UInt8(ascii: ";")) else {
      let statement = try take(text, values, for: caller)
      defer { giveBack(statement) }
      while try statement.step() {}
      return
    }
    var rest = text[...]
    while let statement = try compile(&rest, for: caller) {
      while try statement.step() {}
    }
  }

  package func eachRow(
    _ text: String, _ values: [Value], for caller: SQLCaller,
    _ body: (borrowing Row) throws -> Void
  ) throws {
    let statement = try take(text, values, for: caller)
    defer { giveBack(statement) }
    while try statement.step() { try statement.withRow(body) }
    try checkStamp()
  }

  package func firstRow<T>(
    _ text: String, _ values: [Value], for caller: SQLCaller,
    _ read: (borrowing Row) throws -> T
  ) throws -> T? {
    let statement = try take(text, values, for: caller)
    defer { giveBack(statement) }
    guard try statement.step() else { return nil }
    var result: T?
    try statement.withRow { result = try read($0) }
    try checkStamp()
    return result
  }

  package func watch(_ handler: (() -> Bool)?) { watch(everyOperations: 4_000, handler) }
}
