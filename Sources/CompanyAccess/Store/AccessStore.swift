internal import Database
internal import DatabasePostgres
internal import Synchronization

/// An open database, for reading, planning and writing.
///
/// A store may be used from several tasks and threads; it does one thing at a time. Programs that
/// want to read while they write open a second one.
public final class AccessStore: Sendable {
  /// Whether the store may write.
  public enum Access: Hashable, Sendable {
    /// It may, unless the mode bits forbid it.
    case automatic
    case readOnly
    case readWrite
  }

  /// The file, as an absolute path without symbolic links, or the location without a password.
  public let path: String
  /// Who makes the changes of this store, as `name@host`.
  ///
  /// It is asked for when it is wanted, because a question by a command takes less time than that.
  public var actor: String { session.actor }
  /// The operator whose rights the store has; nil where the database has no operators.
  public var acting: Operator? { session.acting }
  /// Whether it is a database of a PostgreSQL server.
  public var isOnServer: Bool { login != nil }
  /// The login by which the store's operator is found.
  public var operatorLogin: String { session.login }
  let origin: Origin
  let mapping: SchemaMapping
  let session: ActingSession
  /// The query of `mayEnter` for a moment of the past.
  let checkOfMoment: String
  let readOnlyReason: ReadOnlyReason?
  /// What opens the database of a server; nil of a file.
  let login: ServerLogin?
  let connection: Mutex<any DatabaseSession>
  let lastDataVersion = Atomic<Int>(0)
  /// How many files have been taken in to be imported.
  let stagedGeneration = Atomic<Int>(0)

  /// Opens a database.
  ///
  /// - Parameters:
  ///   - path: The file, or the location of a database of a PostgreSQL server: `postgres://...` or
  ///     `service=NAME`.
  ///   - access: Whether to write.
  ///   - origin: What the record shall give as the origin of changes made here.
  ///   - busyTimeout: How long to wait for other programs, in milliseconds.
  ///   - login: The operator for whom a program works, by the login; nil for that of the process. It never
  ///     has more rights than the process's own operator.
  /// - Returns: The open database.
  /// - Throws: What is wrong with the file; `.readOnly` if it was to be written and cannot be;
  ///   `.operatorForbids` if there are operators and this is none of them.
  public static func open(
    _ path: String, access: Access = .automatic, origin: Origin = .library,
    busyTimeout: Int = 5_000, operator login: String? = nil
  ) throws(AccessError) -> AccessStore {
    if DatabaseLocation.namesServer(path) {
      guard login == nil else { throw .notForServers(what: "an operator") }
      return try AccessStore(try ServerLogin(path, password: nil), access, origin)
    }
    return try AccessStore(path, access, origin, busyTimeout, login)
  }

  /// Opens a database of a server with a password that was typed.
  ///
  /// - Throws: As `open(_:access:origin:busyTimeout:)`.
  package static func open(
    server text: String, password: String, access: Access, origin: Origin
  ) throws(AccessError) -> AccessStore {
    try AccessStore(try ServerLogin(text, password: password), access, origin)
  }

  /// The same database once more, with a session of its own.
  ///
  /// - Throws: As `open(_:access:origin:busyTimeout:)`.
  package func another(access: Access) throws(AccessError) -> AccessStore {
    if let login { return try AccessStore(login, access, origin) }
    return try AccessStore.open(
      path, access: access, origin: origin, operator: session.name)
  }

  private init(
    _ login: ServerLogin, _ access: Access, _ origin: Origin
  ) throws(AccessError) {
    let opened = try ServerDatabase(login)
    (path, mapping) = (login.location.shown, opened.mapping)
    self.login = login
    do {
      session = try ActingSession(opened.session, as: nil, own: Actor.login)
    } catch {
      throw AccessError(any: error, path: path)
    }
    checkOfMoment = Relations.check(mapping)
    readOnlyReason = access == .readOnly ? .asked : nil
    self.origin = origin
    connection = Mutex(opened.session)
  }

  init(
    _ path: String, _ access: Access, _ origin: Origin, _ busyTimeout: Int, _ name: String?,
    part: OperatorScope? = nil
  ) throws(AccessError) {
    let forbidden = try FileCheck.readOnlyReason(path)
    if access == .readWrite, let forbidden { throw .readOnly(forbidden) }
    let reason = access == .readOnly ? .asked : forbidden
    do {
      let mode: Connection.Mode = reason == nil ? .readWrite : .readOnly
      let connection = try AccessStore.connect(path, mode, busyTimeout)
      let found = try connection.reading {
        (
          try AccessStore.mapping(of: connection, path),
          try ActingSession(connection, as: name, own: Actor.login, part: part)
        )
      }
      session = found.1
      let role = session.acting?.role
      readOnlyReason = reason ?? role.flatMap { $0.onlyReads ? .role($0) : nil }
      mapping = found.0.acted(by: session.acting)
      try session.restrict(connection, mapping)
      checkOfMoment = Relations.check(mapping)
      self.path = connection.path
      self.connection = Mutex(connection)
    } catch {
      throw AccessError(any: error, path: path)
    }
    self.origin = origin
    login = nil
  }

  private static func connect(
    _ path: String, _ mode: Connection.Mode, _ busyTimeout: Int
  ) throws -> Connection {
    let connection = try Connection(path: path, mode: mode)
    connection.busyTimeout = busyTimeout
    try TextSearch.register(on: connection)
    return connection
  }

  /// The mapping of a database that has all tables.
  private static func mapping(of connection: Connection, _ path: String) throws -> SchemaMapping {
    let found = try SchemaMapping(of: connection)
    let mapping = found ?? .hrm
    let schema = Schema(mapping: mapping)
    let findings = try schema.check(connection)
    let unreadable = try SchemaSurvey(connection, schema).obstacles().filter(\.forbidsReading)
    guard unreadable.isEmpty else { throw AccessError.schemaRefused(path: path, unreadable) }
    guard findings.missingTables.isEmpty else {
      throw AccessError.noTables(
        path: path, missing: findings.missingTables, mapping: found?.name)
    }
    return mapping
  }

  /// What the store may do, and what its database lacks.
  ///
  /// It is looked up each time, because another program may have rebuilt its tables meanwhile.
  public var status: StoreStatus {
    get throws(AccessError) {
      let schema = Schema(mapping: mapping)
      let (findings, obstacles) = try read {
        (try schema.check($0), try SchemaSurvey.obstacles($0, schema.mapping))
      }
      var status = StoreStatus(
        readOnlyReason: readOnlyReason ?? obstacles.first.map { .schema($0) },
        missing: findings.missingTables + findings.missing, mapping: mapping.name)
      status.facts = mapping.facts
      return status
    }
  }

  /// Runs queries that all see the same state, until the work is cancelled.
  ///
  /// The queries are in a sendable closure, which answers by its result, because the connection
  /// must not leak from under the lock.
  func read<T: Sendable>(
    work: Work? = nil, _ body: @Sendable (any DatabaseSession) throws -> T
  ) throws(AccessError) -> T {
    try using(work) { [session] connection in
      try connection.reading {
        try session.check(connection)
        return try body(connection)
      }
    }
  }

  /// Lends the connection, stops it when the work is cancelled, and translates its errors.
  func using<T: Sendable>(
    _ work: Work?, _ body: @Sendable (any DatabaseSession) throws -> T
  ) throws(AccessError) -> T {
    do {
      return try connection.withLock { connection in
        if work?.isCancelled == true { throw AccessError.cancelled }
        if let file = connection as? Connection, file.isOutdated {
          let other = try AccessStore.connect(path, .readOnly, file.busyTimeout)
          try session.restrict(other, mapping)
          connection = other
        }
        if let work { connection.watch { work.isCancelled } }
        defer { if work != nil { connection.watch(nil) } }
        guard let login, let server = connection as? PostgresConnection else {
          return try body(connection)
        }
        return try AccessStore.ask(server, body) {
          let other = try login.reopened(until: work, in: mapping.schemas)
          if let work { other.watch { work.isCancelled } }
          connection = other
          return other
        }
      }
    } catch {
      if work?.isCancelled == true, let error = error as? DatabaseError,
        error.isInterrupted || error.isBusy
      {
        throw .cancelled
      }
      throw AccessError(any: error, path: path)
    }
  }
}

extension AccessStore {
  /// Asks a server, and once more over another session where the one at hand has gone before it
  /// answered anything: nothing was done then, and nothing was handed over.
  private static func ask<T>(
    _ server: PostgresConnection, _ body: (any DatabaseSession) throws -> T,
    reopened: () throws -> PostgresConnection
  ) throws -> T {
    guard server.isOpen else { return try body(try reopened()) }
    let answers = server.answers
    do {
      return try body(server)
    } catch let error as DatabaseError where error.isConnectionLost && server.answers == answers {
      return try body(try reopened())
    }
  }
}

extension DatabaseSession {
  /// Runs a body that the work can stop, and translates its errors.
  func attempt<T>(
    _ work: Work, at path: String, _ body: () throws -> T
  ) throws(AccessError) -> T {
    watch { work.isCancelled }
    defer { watch(nil) }
    do {
      if work.isCancelled { throw AccessError.cancelled }
      return try body()
    } catch {
      if work.isCancelled, let error = error as? DatabaseError,
        error.isInterrupted || error.isBusy
      {
        throw .cancelled
      }
      throw AccessError(any: error, path: path)
    }
  }

  /// The engine that the session is with.
  var engine: SQLEngine { self is Connection ? .sqlite : .postgres }

  /// The file of SQLite that the session is with, for what a server does otherwise or not at all.
  ///
  /// - Throws: `.notForServers` where it is with a server.
  var file: Connection {
    get throws(AccessError) {
      guard let file = self as? Connection else { throw .notForServers(what: "this") }
      return file
    }
  }
}

extension AccessError {
  /// An error of any layer in the terms of this library.
  init(any error: any Error, path: String) {
    self =
      switch error {
      case let error as AccessError: error
      case let error as DatabaseError: AccessError(error, path: path)
      default: .unexpected(detail: "\(error)")
      }
  }

  private init(_ error: DatabaseError, path: String) {
    if DatabaseLocation.namesServer(path) {
      self.init(server: error, path: path)
      return
    }
    self =
      switch error.category {
      case .busy, .conflict: .busy(path: path, by: LockHolder.find(path, includingReaders: true))
      case .interrupted: .cancelled
      case .damaged: .damaged(path: path, detail: error.message)
      case .notADatabase: .notADatabase(path: path)
      case .readOnly(.unfinishedWrite): .needsRecovery(path: path)
      case .readOnly(.moved): .replaced(path: path)
      case .readOnly where error.isLogInTheWay(of: path),
        .cannotOpen where error.isLogInTheWay(of: path):
        .needsLog(path: path)
      case .readOnly(.folder): .readOnly(.folder)
      case .readOnly: .readOnly(.modeBits)
      case .full: .diskFull(path: path)
      case .inputOutput: .diskError(path: path, detail: error.message)
      case .outOfMemory: .outOfMemory
      case .cannotOpen: AccessError(opening: path, error.systemError)
      case .notPermitted, .passwordNeeded: .notPermitted(path: path)
      case .connectionLost, .outcomeUnknown, .unavailable:
        .cannotOpen(path: path, detail: error.message)
      case .unsafe:
        .schemaForbids(
          path: path,
          detail: "\(error.message); look at what the application's schema runs there, then say "
            + "\"adopt --trust-schema\"")
      case .constraint, .missingObject, .notWritable, .brokenSchema:
        .schemaForbids(path: path, detail: error.message)
      case .statement, .other: .unexpected(detail: error.description)
      }
  }
}

extension DatabaseError {
  /// Whether a file in WAL mode cannot be used, because its log or the index to it cannot be read, or
  /// cannot be made.
  func isLogInTheWay(of path: String) -> Bool {
    switch category {
    case .readOnly(.unfinishedWrite), .readOnly(.moved): false
    case .readOnly(.log): true
    case .readOnly, .cannotOpen: Connection.isInWALMode(path)
    default: false
    }
  }
}
