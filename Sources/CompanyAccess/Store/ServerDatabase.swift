internal import Database
internal import DatabasePostgres

/// Where the database of a server is, and the password that was typed for it, if one was.
struct ServerLogin: Sendable {
  let location: PostgresLocation
  /// What a command says to name it, for a shell.
  let forCommands: String
  private let password: String?

  /// How long a server that has gone is waited for at a time, in seconds.
  private static let reopeningSeconds = 3

  /// The location that a text says.
  ///
  /// - Throws: `.badLocation`.
  init(_ text: String, password: String?) throws(AccessError) {
    location = try ServerDatabase.location(text)
    forCommands =
      ServerLocation.forCommands(text).map(CheckContext.quoted) ?? "\"$COMPANY_ACCESS_DB\""
    self.password = password
  }

  /// Opens a session that writes as this program does.
  func open() throws(DatabaseError) -> PostgresConnection { try open(PostgresOptions()) }

  /// Opens a session with a database that may have no record yet, so that nothing of it is locked.
  func openForAdoption() throws(DatabaseError) -> PostgresConnection {
    let session = try open()
    session.beforeWriting = []
    return session
  }

  /// Opens another session after one has gone; given up when the work is cancelled.
  ///
  /// - Parameters:
  ///   - work: The work.
  ///   - schemas: The schemas into which it looks.
  /// - Returns: The session.
  /// - Throws: As opening one does.
  func reopened(
    until work: Work?, in schemas: [SQLName]
  ) throws(DatabaseError) -> PostgresConnection {
    var options = PostgresOptions()
    if !schemas.isEmpty { options.schemas = schemas.map(\.text) }
    options.connectSeconds = ServerLogin.reopeningSeconds
    if let work { options.shallStop = { work.isCancelled } }
    return try open(options)
  }

  private func open(_ options: PostgresOptions) throws(DatabaseError) -> PostgresConnection {
    var options = options
    options.password = password
    let session = try PostgresConnection(location, options)
    session.beforeWriting = PostgresRecord.beforeWriting
    return session
  }
}

/// A database of a PostgreSQL server, opened, with the mapping that its record names.
struct ServerDatabase {
  let mapping: SchemaMapping
  let session: any DatabaseSession

  /// Opens a database.
  ///
  /// - Throws: `.serverUnavailable`, `.passwordNeeded`, `.serverRefuses` or `.cannotOpen`;
  ///   `.notAdopted` where there is no record.
  init(_ login: ServerLogin) throws(AccessError) {
    do {
      let session = try login.open()
      mapping = try ServerDatabase.mapping(session)
      self.session = session
    } catch {
      throw AccessError(any: error, path: login.location.shown)
    }
  }

  /// The location that a text says.
  static func location(_ text: String) throws(AccessError) -> PostgresLocation {
    do {
      if case .postgres(let location) = try DatabaseLocation(text, from: .environment) {
        return location
      }
    } catch {
      throw .badLocation(detail: error.words)
    }
    throw .serverLocation
  }

  /// The mapping that the database names, in the session that looks into its schemas from here on.
  static func mapping(_ session: PostgresConnection) throws -> SchemaMapping {
    guard let named = try session.reading({ try SchemaMapping.recorded(on: session) }) else {
      throw AccessError.notAdopted(path: session.place)
    }
    try session.look(into: named.schemas)
    return try session.reading {
      let catalog = try session.catalog()
      let required = named.applicationTables.map(\.name) + [named.access.table]
      let missing = required.filter { catalog.table($0.text) == nil }
      guard missing.isEmpty else {
        throw AccessError.noTables(
          path: session.place, missing: missing.map(\.text), mapping: named.name)
      }
      guard let mapping = try SchemaMapping(on: session, named: named) else {
        throw AccessError.notAdopted(path: session.place)
      }
      return mapping
    }
  }
}

extension AccessError {
  /// What a server answered.
  init(server error: DatabaseError, path: String) {
    self =
      switch error.category {
      case .outcomeUnknown: .outcomeUnknown(path: path, detail: error.message)
      case .connectionLost, .unavailable: .serverUnavailable(path: path, detail: error.message)
      case .passwordNeeded: .passwordNeeded(path: path)
      case .notPermitted, .readOnly: .serverRefuses(path: path, detail: error.message)
      case .busy, .conflict: .busy(path: path)
      case .interrupted where error.state != nil: .stoppedByServer(path: path)
      case .interrupted: .cancelled
      case .full: .diskFull(path: path)
      case .outOfMemory: .outOfMemory
      case .damaged: .damaged(path: path, detail: error.message)
      case .inputOutput: .diskError(path: path, detail: error.message)
      case .cannotOpen, .notADatabase: .cannotOpen(path: path, detail: error.message)
      case .constraint, .missingObject, .notWritable, .brokenSchema, .unsafe:
        .schemaForbids(path: path, detail: error.message)
      case .statement, .other: .unexpected(detail: error.description)
      }
  }
}

/// Where a database is, as an operator says it.
package enum ServerLocation {
  /// Whether a text is the location of a server.
  package static func isOne(_ text: String) -> Bool { DatabaseLocation.namesServer(text) }

  /// A location without its password, or a path as it is.
  static func shown(_ text: String) -> String {
    guard case .postgres(let location)? = try? DatabaseLocation(text, from: .environment) else {
      return text
    }
    return location.shown
  }

  /// The text of a location as a command may say it; nil where it holds a password.
  package static func forCommands(_ text: String) -> String? {
    (try? DatabaseLocation(text, from: .argument)) == nil ? nil : text
  }

  /// Refuses a location that is not well-formed, or that stands in an argument with a password.
  package static func check(_ text: String, isArgument: Bool) throws(AccessError) {
    do {
      _ = try DatabaseLocation(text, from: isArgument ? .argument : .environment)
    } catch {
      throw .badLocation(detail: error.words)
    }
  }
}
