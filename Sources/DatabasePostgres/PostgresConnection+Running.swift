internal import CPostgres
package import Database

extension PostgresConnection: DatabaseSession {
  package var dialect: any SQLDialect { PostgresDialect() }

  package func perform(
    _ text: String, _ values: [Value], for caller: SQLCaller
  ) throws(DatabaseError) {
    noteStatement(text)
    if values.isEmpty, text.utf8.contains(UInt8(ascii: ";")) { return try run(text) }
    let key = try send(text, values)
    do {
      try finish(text)
    } catch {
      guard try isOutdated(error, key) else { throw error }
      _ = try send(text, values)
      try finish(text)
    }
  }

  /// Runs statements that bind no values, one after the other, as one transaction if none is open.
  package func run(_ script: String) throws(DatabaseError) {
    noteStatement(script)
    stream?.keepRest()
    guard script.withCString({ library.pointee.sendQuery(handle, $0) }) == 1 else { throw lost() }
    try flush()
    try finish(script)
  }

  package func eachRow(
    _ text: String, _ values: [Value], for caller: SQLCaller,
    _ body: (borrowing Row) throws -> Void
  ) throws {
    let key = try send(text, values, rowByRow: true)
    do {
      try handOver(stream(text), body)
    } catch let error as DatabaseError {
      guard try isOutdated(error, key) else { throw error }
      _ = try send(text, values, rowByRow: true)
      try handOver(stream(text), body)
    }
  }

  package func firstRow<T>(
    _ text: String, _ values: [Value], for caller: SQLCaller,
    _ read: (borrowing Row) throws -> T
  ) throws -> T? {
    var found: T?
    do {
      try eachRow(text, values, for: caller) { row in
        found = try read(row)
        throw FirstRow()
      }
    } catch is FirstRow {}
    return found
  }

  package func native(_ notation: String) -> String {
    if let known = notations[notation] { return known }
    if notations.count >= 256 { notations.removeAll() }
    let text = PostgresNotation.text(of: notation)
    notations[notation] = text
    return text
  }

  /// Finds something out; what another program writes is not noticed, so nothing is remembered.
  package func remembered<T: Sendable>(_ name: String, _ find: () throws -> T) throws -> T {
    try find()
  }

  /// Ends a query after its first row.
  private struct FirstRow: Error {}

  private func stream(_ text: String) -> PostgresStream {
    let stream = PostgresStream(self, sql: text)
    self.stream = stream
    return stream
  }

  private func handOver(
    _ stream: PostgresStream, _ body: (borrowing Row) throws -> Void
  ) throws {
    do {
      while try stream.next(body) {}
    } catch {
      stream.giveUp()
      throw error
    }
  }

  /// Whether a compiled statement was refused because a table has changed since, or because the
  /// server has forgotten it, and can be compiled anew.
  ///
  /// - Throws: `conflict` where that has cost the transaction.
  private func isOutdated(
    _ error: DatabaseError, _ key: PreparedStatements.Key?
  ) throws(DatabaseError) -> Bool {
    guard let key, ["0A000", "26000"].contains(error.state) else { return false }
    prepared.forget(key)
    guard hasTransaction else { return true }
    throw DatabaseError(.conflict, state: error.state, message: error.message, sql: error.sql)
  }

  /// Sends a statement, which the server compiles if it is new.
  ///
  /// - Returns: The key of one that was compiled before.
  private func send(
    _ text: String, _ values: [Value], rowByRow: Bool = false
  ) throws(DatabaseError) -> PreparedStatements.Key? {
    stream?.keepRest()
    stream = nil
    let arguments = try PostgresArguments(values, sql: text)
    let key = PreparedStatements.Key(text: text, types: arguments.types)
    let known = prepared.name(of: key)
    let name = if let known { known } else { try prepare(key) }
    let wasSent = name.withCString { name in
      arguments.lend { count, values, lengths, formats in
        library.pointee.sendQueryPrepared(handle, name, count, values, lengths, formats, 0)
      }
    }
    guard wasSent == 1 else { throw lost() }
    if rowByRow { _ = library.pointee.setSingleRowMode(handle) }
    try flush()
    return known == nil ? nil : key
  }

  private func prepare(_ key: PreparedStatements.Key) throws(DatabaseError) -> String {
    let name = prepared.newName()
    let wasSent = name.withCString { name in
      key.text.withCString {
        library.pointee.sendPrepare(handle, name, $0, Int32(key.types.count), key.types)
      }
    }
    guard wasSent == 1 else { throw lost() }
    try flush()
    try finish(key.text)
    if let old = prepared.add(key, name) { try run("DEALLOCATE \(old)") }
    return name
  }

  /// Reads the answers up to the last.
  ///
  /// - Throws: The first that is an error.
  func finish(_ sql: String) throws(DatabaseError) {
    var found: DatabaseError?
    while let result = try nextResult() {
      defer { library.pointee.clear(result) }
      found = found ?? error(in: result, sql: sql)
      if let rows = library.pointee.cmdTuples(result), rows.pointee != 0 {
        changes = Int(String(cString: rows)) ?? 0
      }
    }
    if let found { throw found }
  }
}
