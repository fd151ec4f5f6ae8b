internal import Database

/// Reads a database from end to end in one state, on a connection of its own.
///
/// Rows are handed over one at a time, to a reader that may be slow, and the store stays free meanwhile.
final class SnapshotReader {
  let connection: Connection
  let mapping: SchemaMapping
  let path: String
  private let work: Work?

  init(_ store: AccessStore, _ work: Work?) throws(AccessError) {
    path = store.path
    mapping = store.mapping
    self.work = work
    do {
      connection = try Connection(path: store.path, mode: .readOnly)
      connection.busyTimeout = 5_000
      if let work { connection.watch { work.isCancelled } }
      try connection.execute("BEGIN")
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
