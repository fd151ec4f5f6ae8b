internal import Database

/// The sides of a grant that may lead to a row that is not there: other programs delete users and
/// companies with foreign keys off, as SQLite has them by default.
struct MissingParents: OptionSet, Hashable, Sendable {
  let rawValue: Int

  static let users = MissingParents(rawValue: 1)
  static let companies = MissingParents(rawValue: 2)
  static let both: MissingParents = [.users, .companies]
}

extension Relations {
  /// The same relations with every grant.
  var withOrphans: Relations {
    var relations = self
    relations.leavesOut = []
    return relations
  }

  /// The same relations without the grants whose user or company is not there.
  ///
  /// Where all are there, which is the rule, the statements stay as they are.
  ///
  /// - Parameters:
  ///   - sides: Which of both to look for.
  ///   - connection: Where.
  /// - Returns: The relations.
  /// - Throws: What the database answers.
  func leavingOut(_ sides: MissingParents, _ connection: Connection) throws -> Relations {
    var relations = self
    relations.leavesOut = try missing(sides, connection)
    return relations
  }

  /// The same relations without any grant whose user or company is not there, whether or not some
  /// are known.
  var withoutOrphans: Relations {
    var relations = self
    relations.leavesOut = .both
    return relations
  }

  /// The same relations without the grants whose user is not there, whether or not some are known.
  var withoutMissingUsers: Relations {
    var relations = self
    relations.leavesOut = .users
    return relations
  }

  /// Conditions for the grants `a` that are not left out.
  var presence: [String] {
    let all = withOrphans
    var conditions: [String] = []
    if leavesOut.contains(.users) { conditions.append(all.isThere("a.user_id", all.users())) }
    if leavesOut.contains(.companies) {
      conditions.append(all.isThere("a.company_id", all.companies()))
    }
    return conditions
  }

  /// A condition: whether a row with the id is in one of the relations.
  func isThere(_ id: String, _ arms: [String]) -> String {
    let tests = arms.map { "EXISTS (SELECT 1 FROM \($0) AS o WHERE o.id = \(id))" }
    return tests.count == 1 ? tests[0] : "(\(tests.joined(separator: " OR ")))"
  }

  /// How many grants there are whose user or company is not there.
  func orphans(_ connection: Connection) throws -> Int {
    try leavingOut(.both, connection).orphansLeftOut(connection)
  }

  /// How many grants these relations leave out.
  func orphansLeftOut(_ connection: Connection) throws -> Int {
    guard !leavesOut.isEmpty else { return 0 }
    return try connection.count("SELECT \(withOrphans.count())")
      - connection.count("SELECT \(count())")
  }

  /// The same relations as a plan counts by them.
  ///
  /// Among a million users it takes a second to find out whether any is missing that has a grant. A
  /// plan about named users does not wait for that: of many users its figures are those of the table.
  ///
  /// - Parameters:
  ///   - intent: What is planned.
  ///   - connection: Where.
  /// - Returns: The relations.
  /// - Throws: What the database answers.
  func planning(_ intent: Intent, _ connection: Connection) throws -> Relations {
    let isAboutNamedUsers =
      switch intent {
      case .grant(.these, _), .revoke(.these, _), .entity: true
      default: false
      }
    let many = "SELECT 1 FROM \(mapping.users.table) LIMIT 1 OFFSET \(Relations.manyUsers)"
    let leavesUsersAside =
      try isAboutNamedUsers && connection.count("SELECT EXISTS (\(many))") > 0
    return try leavingOut(leavesUsersAside ? .companies : .both, connection)
  }

  /// More users than these are looked through only where their figures are asked for.
  private static let manyUsers = 50_000

  /// How many of some rows `a` of the access table have no user or company.
  ///
  /// - Parameters:
  ///   - rows: `FROM` and `WHERE` that give the rows.
  ///   - connection: Where.
  ///   - arguments: What they need.
  /// - Returns: The number; 0 without a look where all users and companies are there.
  /// - Throws: What the database answers.
  func orphans(
    among rows: String, _ connection: Connection, _ arguments: Bindings = Bindings()
  ) throws -> Int {
    guard !leavesOut.isEmpty else { return 0 }
    let link = rows.contains(" WHERE ") ? "AND" : "WHERE"
    return try connection.count(
      "SELECT count(*) \(rows) \(link) NOT (\(presence.joined(separator: " AND ")))",
      arguments.values)
  }

  // MARK: - Looking for them

  private func missing(
    _ sides: MissingParents, _ connection: Connection
  ) throws -> MissingParents {
    var found: MissingParents = []
    if sides.contains(.users), try isMissing(.users, connection) { found.insert(.users) }
    if sides.contains(.companies), try isMissing(.companies, connection) {
      found.insert(.companies)
    }
    return found
  }

  private func isMissing(_ side: MissingParents, _ connection: Connection) throws -> Bool {
    let all = withOrphans
    let column = side == .users ? "user_id" : "company_id"
    let arms = side == .users ? all.users() : all.companies()
    guard last == nil else {
      let counts = side == .users ? all.countsByUser : all.countsByCompany
      return try connection.count(
        "SELECT EXISTS (SELECT 1 FROM \(counts) AS g WHERE NOT \(isThere("g.id", arms)))") > 0
    }
    // From one id to the next along the index, over all the grants of each. An id that is not behind
    // the one before ends it: in a damaged index there may be such.
    let access = mapping.access.table
    return try connection.remembered("missing \(column)") {
      try connection.count(
        """
        WITH RECURSIVE d (id, previous) AS (
          SELECT min(a.\(column)), NULL FROM \(access) AS a
          UNION ALL
          SELECT (SELECT min(a.\(column)) FROM \(access) AS a WHERE a.\(column) > d.id), d.id
          FROM d WHERE d.id IS NOT NULL AND (d.previous IS NULL OR d.id > d.previous))
        SELECT EXISTS (SELECT 1 FROM d WHERE d.id IS NOT NULL AND NOT \(isThere("d.id", arms)))
        """) > 0
    }
  }
}
