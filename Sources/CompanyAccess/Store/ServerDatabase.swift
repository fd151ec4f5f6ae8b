internal import Database
internal import DatabasePostgres

/// A database of a PostgreSQL server, opened, with the mapping that its record names.
struct ServerDatabase {
  let place: String
  let mapping: SchemaMapping
  let session: any DatabaseSession

  /// Opens the database that a text names.
  ///
  /// - Throws: `.badLocation`; `.serverUnavailable`, `.serverRefuses` or `.cannotOpen`;
  ///   `.notAdopted` where there is no record.
  init(_ text: String) throws(AccessError) {
    let location = try ServerDatabase.location(text)
    place = location.shown
    do {
      let session = try ServerDatabase.open(location)
      mapping = try session.reading { try ServerDatabase.mapping(session) }
      self.session = session
    } catch {
      throw AccessError(any: error, path: location.shown)
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

  /// A session that writes as this program does.
  static func open(_ location: PostgresLocation) throws(DatabaseError) -> PostgresConnection {
    let session = try PostgresConnection(location)
    session.beforeWriting = PostgresRecord.beforeWriting
    return session
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
      case .connectionLost, .unavailable: .serverUnavailable(path: path, detail: error.message)
      case .notPermitted, .readOnly: .serverRefuses(path: path, detail: error.message)
      case .busy, .conflict: .busy(path: path)
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

  /// Refuses a location that is not well-formed, or that stands in an argument with a password.
  package static func check(_ text: String, isArgument: Bool) throws(AccessError) {
    do {
      _ = try DatabaseLocation(text, from: isArgument ? .argument : .environment)
    } catch {
      throw .badLocation(detail: error.words)
    }
  }
}
