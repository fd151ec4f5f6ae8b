internal import Database
internal import DatabasePostgres

/// Reads a database from end to end in one state, on a connection of its own.
///
/// Rows are handed over one at a time, to a reader that may be slow, and the store stays free meanwhile.
final class SnapshotReader {
  let connection: any DatabaseSession
  let mapping: SchemaMapping
  let path: String
  private let work: Work?

  /// Begins to read the database of a store.
  ///
  /// - Parameters:
  ///   - store: The store.
  ///   - work: Cancels the reading.
  ///   - makesTables: Whether temporary tables are made beside, which a server allows only where the
  ///     transaction might write.
  /// - Throws: What the database answers.
  init(_ store: AccessStore, _ work: Work?, makesTables: Bool = false) throws(AccessError) {
    path = store.path
    mapping = store.mapping
    self.work = work
    do {
      if let login = store.login {
        let session = try login.open()
        try session.beginReading(makesTables: makesTables)
        connection = session
      } else {
        let file = try Connection(path: store.path, mode: .readOnly)
        file.busyTimeout = 5_000
        try store.session.restrict(file, store.mapping)
        try file.execute("BEGIN")
        try store.session.check(file)
        connection = file
      }
      if let work { connection.watch { work.isCancelled } }
    } catch {
      throw AccessError(any: error, path: store.path)
    }
  }

  func relations(at moment: Moment) throws -> Relations {
    try Relations(mapping: mapping, moment: moment, connection: connection)
  }

  /// Runs a body and gives what the database throws the words of this library.
  func run<T>(_ body: () throws -> T) throws -> T {
    do {
      return try body()
    } catch let error as DatabaseError {
      if work?.isCancelled == true { throw AccessError.cancelled }
      throw AccessError(any: error, path: path)
    }
  }
}
