internal import Database

extension AccessStore {
  /// The operators of the database that the store's own operator may see: all, or those of lower roles
  /// within the own scope, and the own one.
  ///
  /// They are changed by `plan(.operators(_:))`, each edit one change, which can be undone.
  ///
  /// - Returns: The operators; none where everybody who can write the file may do everything.
  /// - Throws: What the database answers.
  public func operators() throws(AccessError) -> [Operator] {
    let (acting, mapping) = (acting, mapping)
    return try read { connection in
      let all = try RecordedSetting<OperatorList>(connection).value().all
      guard let acting else { return all }
      let check = OperatorCheck(acting: acting, mapping: mapping, connection: connection)
      return try all.filter { try $0.login == acting.login || check.mayChange($0) }
    }
  }

  /// The part of the database that an operator with a scope would see, to be read by a store of its own.
  ///
  /// - Parameter scope: The part.
  /// - Returns: The store.
  /// - Throws: `.operatorForbids` where not everything is seen; `.badOperators` or `.noSuchCompany` for the
  ///   scope; `.notForServers`.
  public func part(_ scope: OperatorScope) throws(AccessError) -> AccessStore {
    guard !isOnServer else { throw .notForServers(what: "a part of a database") }
    try requireEverything()
    let mapping = mapping
    try read { try OperatorListCheck(connection: $0, mapping: mapping).check(scope) }
    return try AccessStore(path, .readOnly, origin, 5_000, session.name, part: scope)
  }

  /// Makes sure that the store's operator may look after the whole database.
  ///
  /// - Throws: `.operatorForbids`.
  func requireMaintenance() throws(AccessError) {
    try acting?.require(.maintain)
  }

  /// Makes sure that the store's operator sees the whole database.
  ///
  /// - Throws: `.operatorForbids`.
  func requireEverything() throws(AccessError) {
    if let acting, acting.scope != .everything { throw .operatorForbids(.needsEverything) }
  }
}

extension AccessStore {
  /// Makes sure that the operator at work may do something with the whole of a file, before it is opened
  /// for that.
  ///
  /// - Parameters:
  ///   - path: The file; one that cannot be read is left to what is to be done with it.
  ///   - isMaintenance: Whether it is to be changed, or only read.
  /// - Throws: `.operatorForbids`.
  package static func checkOperator(
    of path: String, forMaintenance isMaintenance: Bool
  ) throws(AccessError) {
    guard let connection = try? Connection(path: path, mode: .readOnly) else { return }
    do {
      let acting = try ActingSession(connection, as: nil, own: Actor.login).acting
      guard let acting else { return }
      if isMaintenance { try acting.require(.maintain) }
      if acting.scope != .everything { throw AccessError.operatorForbids(.needsEverything) }
    } catch let error as AccessError {
      throw error
    } catch {
      // What kind of file it is, or what is wrong with it, is said by those who work with it.
    }
  }
}

/// For whom a session works: the login of the process, and the operator whose rights it has.
struct ActingSession: Hashable, Sendable {
  /// The operator; nil where there are none.
  let acting: Operator?
  /// The login for which a program acts; nil for the own one.
  let name: String?
  private let own: String
  private let part: OperatorScope?

  /// Decides who acts in a session.
  ///
  /// - Parameters:
  ///   - connection: The database.
  ///   - name: The login for which a program acts; nil for the own one.
  ///   - own: The login of the process.
  ///   - part: The part to which a session that sees everything restricts itself; nil for none.
  /// - Throws: `.operatorForbids` where the login is none of the operators', or may not read.
  init(
    _ connection: any DatabaseSession, as name: String?, own: String, part: OperatorScope? = nil
  ) throws {
    (self.name, self.own, self.part) = (name, own, part)
    let found = try ActingSession.find(connection, as: name, own: own)
    guard let part else {
      acting = found
      return
    }
    acting = Operator(login: found?.login ?? own, role: found?.role ?? .systemAdmin, scope: part)
  }

  private static func find(
    _ connection: any DatabaseSession, as name: String?, own: String
  ) throws -> Operator? {
    guard connection is Connection else {
      guard name == nil else { throw AccessError.notForServers(what: "an operator") }
      return nil
    }
    let list = try RecordedSetting<OperatorList>(connection).value()
    guard !list.isEmpty else {
      if let name { throw AccessError.operatorForbids(.noOperator(login: name)) }
      return nil
    }
    guard let process = list[own], process.role.permissions.contains(.read) else {
      throw AccessError.operatorForbids(.noOperator(login: own))
    }
    guard let name, name != own else { return process }
    // A program that acts for a person is itself allowed everything, or it could widen what it may.
    guard process.isUnrestricted, let other = list[name], other.role.permissions.contains(.read)
    else { throw AccessError.operatorForbids(.noOperator(login: name)) }
    return other
  }

  /// The login of the operator.
  var login: String { name ?? own }

  /// Who is on the record as the maker of changes.
  var actor: String {
    name.map { "\($0)(\(own))@\(Actor.host())" } ?? Actor.current
  }

  /// Makes sure that the session still has the rights that it was opened with.
  ///
  /// - Throws: `.operatorForbids` where they have become others.
  func check(_ connection: any DatabaseSession) throws {
    let now = try ActingSession(connection, as: name, own: own, part: part).rights
    guard now == rights else { throw AccessError.operatorForbids(.changedMeanwhile) }
    guard let acting, acting.scope != .everything else { return }
    let views = try connection.count("SELECT count(*) FROM temp.sqlite_schema WHERE type = 'view'")
    guard views >= OperatorViews.least else {
      throw AccessError.unexpected(detail: "the session has lost its views")
    }
  }

  /// The operator whose rights restrict the session; nil where it may do everything.
  private var rights: Operator? { acting.flatMap { $0.isUnrestricted ? nil : $0 } }

  /// Lets a connection see what the operator may see, and nothing else.
  func restrict(_ connection: Connection, _ mapping: SchemaMapping) throws {
    guard let acting, acting.scope != .everything else { return }
    try OperatorViews(mapping, acting.scope).make(on: connection)
  }
}
