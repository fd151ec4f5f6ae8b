import Database
import DatabasePostgres
import TestSupport

/// An empty database of an engine, removed when the last reference goes.
final class EngineDatabase {
  let engine: TestEngine
  private let folder: TemporaryFolder?
  private let database: PostgresDatabase?

  init(_ engine: TestEngine) throws {
    self.engine = engine
    engine.note()
    folder = engine == .sqlite ? try TemporaryFolder() : nil
    database = engine == .postgres ? try PostgresDatabase() : nil
    if let path { _ = try Connection(path: path, mode: .create) }
  }

  private var path: String? { folder?.file("a.db") }

  /// A session with it.
  func open() throws -> any DatabaseSession {
    if let database { return try database.open() }
    return try Connection(path: path ?? "", mode: .readWrite)
  }
}
