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

  /// Opens another session after one has gone; given up when the work is cancelled.
  func reopened(until work: Work?) throws(DatabaseError) -> PostgresConnection {
    var options = PostgresOptions()
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
      mapping = try session.reading { try ServerDatabase.mapping(session) }
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

  private static func mapping(_ session: PostgresConnection) throws -> SchemaMapping {
    let isThere = try session.count(
      "SELECT count(to_regclass('company_access.setting'))" as SQLStatement)
    guard isThere > 0 else { throw AccessError.notAdopted(path: session.place) }
    let name = try SchemaSetting.value("mapping", session)
    guard name == .text(SchemaMapping.hrm.name) else {
      throw AccessError.notForServers(what: "the mapping of \(session.place)")
    }
    return try SchemaMapping.hrm.onServer(session.catalog(), session.place)
  }
}

extension SchemaMapping {
  /// The mapping with the types that the tables of a server have.
  ///
  /// - Throws: `.noTables` where one is missing.
  func onServer(_ catalog: SchemaCatalog, _ place: String) throws(AccessError) -> SchemaMapping {
    let missing = (applicationTables.map(\.name) + [access.table])
      .filter { catalog.table($0.text)?.kind != .table }
    guard missing.isEmpty else {
      throw .noTables(path: place, missing: missing.map(\.text), mapping: name)
    }
    func type(_ column: SQLName?, _ table: SQLName) -> String? {
      column.flatMap { catalog.table(table.text)?.column($0.text)?.type }
    }
    func fitted(_ active: Active, _ table: SQLName) -> Active {
      guard case .flag(let column) = active, type(column, table) == "boolean" else { return active }
      return .truth(column)
    }
    var mapping = self
    mapping.engine = .postgres
    mapping.users.keys = KeyStorage(serverType: type(users.key, users.table) ?? "text")
    mapping.users.active = fitted(users.active, users.table)
    mapping.companies.keys = KeyStorage(serverType: type(companies.key, companies.table) ?? "text")
    mapping.companies.active = fitted(companies.active, companies.table)
    mapping.access.keys = KeyStorage(serverType: type(access.key, access.table) ?? "text")
    return mapping
  }
}

extension KeyStorage {
  /// Keys as a server stores them, by the type of their column.
  fileprivate init(serverType type: String) {
    let kept = ColumnType(type).kept
    let form: Form =
      switch kept {
      case "bigint": .integer
      case "uuid": .dashed
      default: .text
      }
    self.init(type: type, form: form, serverType: kept)
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
