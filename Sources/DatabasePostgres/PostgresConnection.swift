internal import CPostgres
package import Database
internal import Glibc

/// A session with a PostgreSQL server, for one thread at a time.
package final class PostgresConnection {
  let library: UnsafePointer<cpostgres_functions>
  let handle: OpaquePointer
  /// Asked while the server works; true stops the statement.
  var shallStop: (() -> Bool)?
  /// The statements that the server has compiled for this session.
  var prepared = PreparedStatements()
  /// The rows that come while a query runs.
  var stream: PostgresStream?
  /// Whether this program has begun a transaction; while a statement runs, libpq does not tell.
  var hasTransaction = false { didSet { keptCatalog = nil } }
  /// What the database has said of its tables in this transaction, as long as nothing has changed them.
  var keptCatalog: SchemaCatalog?
  /// Statements in the notation of SQLite, with the texts that the server reads.
  var notations: [String: String] = [:]
  /// How many answers of the server have come, errors aside.
  package internal(set) var answers = 0
  /// Where the database is, without a password.
  package let place: String
  /// How many rows the newest INSERT, UPDATE or DELETE touched, without triggers and cascades.
  package internal(set) var changes = 0
  /// Statements that begin every transaction that writes, before it has a snapshot.
  package var beforeWriting: [SQLStatement] = []
  /// The version of the server as it counts: 150020 is 15.20.
  package var serverVersion: Int { Int(library.pointee.serverVersion(handle)) }

  /// The oldest server that has all that is used.
  private static let oldestVersion = 130_000

  /// Opens a session.
  ///
  /// - Parameters:
  ///   - location: The database.
  ///   - options: The rest.
  /// - Throws: `unavailable` without libpq or where the server is too old; `connectionLost` where
  ///   no server answers, `passwordNeeded` without a password, `notPermitted` where it refuses the login, `cannotOpen` where it has no
  ///   such database; `interrupted` if the options say to give up.
  package init(
    _ location: PostgresLocation, _ options: PostgresOptions = PostgresOptions()
  ) throws(DatabaseError) {
    library = try PostgresLibrary.load()
    place = location.shown
    let parameters = try PostgresParameters(location, options, library)
    guard let handle = parameters.text.withCString(library.pointee.connectStart) else {
      throw DatabaseError(.outOfMemory, message: "no memory for a connection")
    }
    self.handle = handle
    _ = library.pointee.setNoticeProcessor(handle, { _, _ in }, nil)
    try Connecting(library, handle, parameters, options).finish()
    guard serverVersion >= Self.oldestVersion else {
      throw DatabaseError(
        .unavailable,
        message: "PostgreSQL 13 or later is needed; this server is \(serverVersion / 10_000)")
    }
    _ = library.pointee.setnonblocking(handle, 1)
    try begin(options)
  }

  deinit { library.pointee.finish(handle) }

  /// Sets what all statements of a session rely on, against what the role or the database has set.
  ///
  /// What PostgreSQL brings along is found before anything in the schemas, and temporary tables
  /// last.
  private func begin(_ options: PostgresOptions) throws(DatabaseError) {
    let path = PostgresConnection.path(options.schemas)
    try run(
      """
      SET DateStyle = 'ISO, YMD'; SET IntervalStyle = 'postgres'; SET TimeZone = 'UTC';
      SET bytea_output = 'hex'; SET extra_float_digits = 1; SET client_min_messages = 'warning';
      SET standard_conforming_strings = on; SET statement_timeout = 0; SET lock_timeout = '5s';
      SET idle_in_transaction_session_timeout = '60s'; SET default_transaction_isolation = 'read committed';
      SET search_path = \(path)
      """)
  }

  private static func path(_ schemas: [String]) -> String {
    (schemas.map { SQLName(foreign: $0).description } + ["pg_temp"]).joined(separator: ", ")
  }

  /// Looks names without a schema up in these schemas from here on; none leaves it as it is.
  package func look(into schemas: [SQLName]) throws(DatabaseError) {
    guard !schemas.isEmpty else { return }
    try run("SET search_path = \(PostgresConnection.path(schemas.map(\.text)))")
  }

  /// Whether the connection still stands, as far as the last answer tells.
  package var isOpen: Bool { library.pointee.status(handle) == Int32(cpostgres_ok.rawValue) }

  /// Whether no transaction is open.
  package var isAutocommit: Bool { transaction == cpostgres_idle }

  /// How many statements the server keeps compiled for this session.
  package var keptStatements: Int { prepared.count }

  var transaction: cpostgres_transaction {
    cpostgres_transaction(rawValue: UInt32(bitPattern: library.pointee.transactionStatus(handle)))
  }

  /// Asks the handler now and then while the server works or waits for a lock; true stops the
  /// statement.
  ///
  /// A stopped statement throws an error that `isInterrupted`. Inside a transaction, that is to be
  /// rolled back then.
  package func watch(_ handler: (() -> Bool)?) { shallStop = handler }
}

/// A connection that is being made.
struct Connecting {
  private let library: UnsafePointer<cpostgres_functions>
  private let handle: OpaquePointer
  private let parameters: PostgresParameters
  private let options: PostgresOptions

  init(
    _ library: UnsafePointer<cpostgres_functions>, _ handle: OpaquePointer,
    _ parameters: PostgresParameters, _ options: PostgresOptions
  ) {
    (self.library, self.handle, self.parameters, self.options) = (
      library, handle, parameters, options
    )
  }

  /// Goes on until the connection stands.
  ///
  /// - Throws: As opening a session does.
  func finish() throws(DatabaseError) {
    _ = library.pointee.setErrorVerbosity(handle, 2)
    var state = cpostgres_polling_writing
    let end = Clock.milliseconds + Int64(options.connectSeconds) * 1_000
    while library.pointee.status(handle) != Int32(cpostgres_bad.rawValue) {
      guard options.shallStop?() != true else {
        throw DatabaseError(.interrupted, message: "the connection was given up")
      }
      guard Clock.milliseconds < end else {
        throw DatabaseError(
          .connectionLost, message: "the server on \(parameters.server) does not answer")
      }
      let events = state == cpostgres_polling_writing ? POLLOUT : POLLIN
      guard Waiting.poll(library.pointee.socket(handle), Int16(events)) else { continue }
      state = cpostgres_polling(UInt32(bitPattern: library.pointee.connectPoll(handle)))
      if state == cpostgres_polling_ok {
        _ = library.pointee.setErrorVerbosity(handle, 1)
        return
      }
      if state == cpostgres_polling_failed { break }
    }
    throw refusal
  }

  /// Why there is no connection.
  private var refusal: DatabaseError {
    let message = library.errorText(handle)
    if let refusal = PostgresText.refusal(message) {
      return DatabaseError(
        .init(state: refusal.state), state: refusal.state, message: refusal.words)
    }
    let words = message.split(separator: "\n").map { $0.drop { $0 == "\t" } }.joined(
      separator: "; ")
    let needsPassword = library.pointee.connectionNeedsPassword(handle) != 0
    return DatabaseError(needsPassword ? .passwordNeeded : .connectionLost, message: words)
  }
}
