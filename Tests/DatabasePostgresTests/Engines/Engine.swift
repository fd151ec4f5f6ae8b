import Database
import DatabasePostgres
import TestSupport
import Testing

/// An engine that a test runs on.
enum Engine: String, CaseIterable, CustomTestStringConvertible {
  case sqlite, postgres

  var testDescription: String { rawValue }

  /// Those that are installed; SQLite alone where there is no PostgreSQL.
  static let available = allCases.filter { $0 == .sqlite || PostgresServer.isInstalled }
}

/// An empty database of an engine, removed when the last reference goes.
final class EngineDatabase {
  let engine: Engine
  private let folder: TemporaryFolder?
  private let database: PostgresDatabase?

  init(_ engine: Engine) throws {
    self.engine = engine
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
