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
  func leavingOut(_ sides: MissingParents, _ connection: any DatabaseSession) throws -> Relations {
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

  /// Conditions for the rows `a` of the access table that are not left out.
  var presence: [String] { presence("a.user_id", "a.company_id") }

  /// Conditions for the grants of users and companies, given as expressions, that are not left out.
  func presence(_ user: String, _ company: String) -> [String] {
    let all = withOrphans
    var conditions: [String] = []
    if leavesOut.contains(.users) { conditions.append(all.isThere(user, all.users())) }
    if leavesOut.contains(.companies) { conditions.append(all.isThere(company, all.companies())) }
    return conditions
  }

  /// A condition: whether a row with the id is in one of the relations.
  func isThere(_ id: String, _ arms: [String]) -> String {
    let tests = arms.map { "EXISTS (SELECT 1 FROM \($0) AS m WHERE m.id = \(id))" }
    return tests.count == 1 ? tests[0] : "(\(tests.joined(separator: " OR ")))"
  }

  /// How many grants there are whose user or company is not there.
  func orphans(_ connection: any DatabaseSession) throws -> Int {
    try leavingOut(.both, connection).orphansLeftOut(connection)
  }

  /// How many grants these relations leave out.
  func orphansLeftOut(_ connection: any DatabaseSession) throws -> Int {
    guard !leavesOut.isEmpty else { return 0 }
    return try connection.count("SELECT \(withOrphans.count())")
      - connection.count("SELECT \(count())")
  }

  /// How many of some rows `a` of the access table have no user or company.
  ///
  /// - Parameters:
  ///   - rows: `FROM` and `WHERE` that give the rows.
  ///   - connection: Where.
  ///   - arguments: What they need.
  /// - Returns: The number; 0 without a look where all users and companies are there.
  /// - Throws: What the database answers.
  func orphans(
    among rows: String, _ connection: any DatabaseSession, _ arguments: Bindings = Bindings()
  ) throws -> Int {
    guard !leavesOut.isEmpty else { return 0 }
    let link = rows.contains(" WHERE ") ? "AND" : "WHERE"
    return try connection.count(
      "SELECT count(*) \(rows) \(link) NOT (\(presence.joined(separator: " AND ")))",
      arguments.values)
  }

  // MARK: - Looking for them

  private func missing(
    _ sides: MissingParents, _ connection: any DatabaseSession
  ) throws -> MissingParents {
    var found: MissingParents = []
    if sides.contains(.users), try isMissing(.users, connection) { found.insert(.users) }
    if sides.contains(.companies), try isMissing(.companies, connection) {
      found.insert(.companies)
    }
    return found
  }

  private func isMissing(_ side: MissingParents, _ connection: any DatabaseSession) throws -> Bool {
    let kind: EntityKind = side == .users ? .user : .company
    return try connection.remembered("missing \(kind.rawValue) at \(last ?? .max)") {
      let isOnRecord = try last != nil || Schema(mapping: mapping).isComplete(connection)
      let query = isOnRecord ? missingOnRecord(kind) : missingInTable(kind)
      return try connection.count("SELECT \(query)") > 0
    }
  }

  /// Whether the record says at once which users of now are missing: all triggers are there, and few
  /// users have gone.
  func knowsMissingUsers(_ connection: any DatabaseSession) throws -> Bool {
    try connection.remembered("knows missing users") {
      guard try Schema(mapping: mapping).isComplete(connection) else { return false }
      let few = 10_000
      let absent = try connection.count(
        """
        SELECT count(*) FROM (SELECT 1 FROM \(RecordedKind.lifetimes(of: .user)) AS o
          WHERE \(Schema.isAbsent) LIMIT \(few))
        """)
      return absent < few
    }
  }

  /// A condition: whether a grant of the moment is of one whose row was not there.
  ///
  /// Its lifetime has ended, or had not come yet, and no other one had its key. Those are few, and
  /// indexes have them.
  private func missingOnRecord(_ kind: EntityKind) -> String {
    let all = withOrphans
    let recorded = recorded(kind)
    let rows = kind == .user ? all.users() : all.companies()
    let grant =
      kind == .user ? all.exists(user: "o.key") : all.exists(company: "o.key")
    let absent = Schema.isAbsent.replacing("present", with: "o.present")
      .replacing("ended_change", with: "o.ended_change")
    let isMissing = "NOT \(isThere("o.key", rows)) AND \(grant)"
    let ended = """
      EXISTS (SELECT 1 FROM \(recorded.lifetimes) AS o WHERE (\(absent)) AND \(isMissing))
      """
    guard let last else { return ended }
    // Who has come since was granted before.
    return """
      (\(ended) OR EXISTS (SELECT 1 FROM \(recorded.former) AS f
        CROSS JOIN \(recorded.lifetimes) AS o ON o.lifetime = f.lifetime
        WHERE f.present = 0 AND f.ended_change > \(last) AND \(isMissing)))
      """
  }

  /// The same for now, from the access table alone, where triggers of the record are missing.
  ///
  /// From one id to the next along the index, over all the grants of each. An id that is not behind
  /// the one before ends it: in a damaged index there may be such.
  private func missingInTable(_ kind: EntityKind) -> String {
    let all = withOrphans
    let column = kind == .user ? "user_id" : "company_id"
    let rows = kind == .user ? all.users() : all.companies()
    let access = mapping.access.grants
    if mapping.engine == .postgres {
      // A server joins the two at once, and has no smallest UUID.
      return """
        EXISTS (SELECT 1 FROM \(access) AS a
          WHERE a.\(column) IS NOT NULL AND NOT \(isThere("a.\(column)", rows)))
        """
    }
    return """
      EXISTS (
        WITH RECURSIVE d (id, previous) AS (
          SELECT min(a.\(column)), NULL FROM \(access) AS a
          UNION ALL
          SELECT (SELECT min(a.\(column)) FROM \(access) AS a WHERE a.\(column) > d.id), d.id
          FROM d WHERE d.id IS NOT NULL AND (d.previous IS NULL OR d.id > d.previous))
        SELECT 1 FROM d WHERE d.id IS NOT NULL AND NOT \(isThere("d.id", rows)))
      """
  }
}
