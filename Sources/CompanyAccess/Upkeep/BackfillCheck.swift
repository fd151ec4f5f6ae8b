internal import Database

/// A pair about which the grants and the rule of a backfill disagree.
public struct RuleDifference: Hashable, Sendable {
  /// How they disagree.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// The rule gives it, and it is not granted.
    case missing
    /// It is granted, and the rule does not give it.
    case beyond
    /// It was granted by a backfill for a home company that the user has left since.
    case moved
  }

  /// How they disagree.
  public let kind: Kind
  /// The user.
  public let user: User
  /// The company.
  public let company: Company
  /// For a user who has moved: the home company now.
  public let home: Company?
}

/// Some of the pairs about which the grants and the rule disagree, user by user.
public struct RuleDifferences: Hashable, Sendable {
  /// The pairs; there may be none although others follow.
  public let pairs: [RuleDifference]
  /// Where the next ones begin; nil after the last.
  public let next: RuleCursor?
}

/// A place between pairs.
public struct RuleCursor: Hashable, Sendable {
  let user: UserID
  /// Nil behind all pairs of the user.
  let company: CompanyID?
}

/// About how many pairs the grants and the rule of a backfill disagree.
public struct RuleDifferenceCounts: Hashable, Sendable {
  /// Pairs that the rule gives and that are not granted.
  public let missing: Int
  /// Pairs that are granted and that the rule does not give, but for those of users who moved.
  public let beyond: Int
  /// Pairs that a backfill granted for a home company that the user has left since.
  public let moved: Int

  /// Whether the grants are exactly what the rule gives.
  public var isEmpty: Bool { missing == 0 && beyond == 0 && moved == 0 }
}

extension AccessStore {
  /// About how many pairs the grants and the rule of a backfill disagree.
  ///
  /// - Parameters:
  ///   - roles: The roles whose users should have every company; nil for those of the mapping.
  ///   - work: Whose cancelling stops the counting.
  /// - Returns: The counts.
  /// - Throws: `.busy`, `.cancelled`, `.damaged` or `.diskError`.
  public func ruleCounts(
    roles: [String]? = nil, work: Work? = nil
  ) throws(AccessError) -> RuleDifferenceCounts {
    let mapping = mapping
    return try read(work: work) { connection in
      let rule = BackfillRule(mapping, roles: roles)
      let relations = Relations(mapping: mapping, moment: .now)
      let summary = try BackfillPlanner(connection, relations, rule).summary()
      let access = mapping.access.grants
      let moved = try connection.count(
        "SELECT count(*) FROM \(access) AS a WHERE \(rule.isLeft("a"))")
      let grants = try connection.count("SELECT count(*) FROM \(access)")
      let held = summary.roles.reduce(0) { $0 + $1.held }
      return RuleDifferenceCounts(
        missing: summary.roles.reduce(0) { $0 + $1.missing }, beyond: grants - held - moved,
        moved: moved)
    }
  }

  /// Some of the pairs about which the grants and the rule of a backfill disagree.
  ///
  /// - Parameters:
  ///   - roles: The roles whose users should have every company; nil for those of the mapping.
  ///   - place: Where to begin; nil for the beginning.
  ///   - limit: How many pairs at most.
  ///   - work: Whose cancelling stops the reading.
  /// - Returns: The pairs, in the order of the keys of users and companies.
  /// - Throws: `.busy`, `.cancelled`, `.damaged` or `.diskError`.
  public func ruleDifferences(
    roles: [String]? = nil, after place: RuleCursor? = nil, limit: Int, work: Work? = nil
  ) throws(AccessError) -> RuleDifferences {
    let mapping = mapping
    return try read(work: work) { connection in
      let relations = Relations(mapping: mapping, moment: .now)
      let reader = RuleReader(
        queries: PlanQueries(connection: connection, relations: relations),
        rule: BackfillRule(mapping, roles: roles))
      return try reader.page(after: place, limit: limit)
    }
  }
}

extension AccessStore {
  /// The companies about which the grants of one user and the rule of a backfill disagree.
  ///
  /// - Parameters:
  ///   - user: The user.
  ///   - limit: How many at most.
  ///   - work: Whose cancelling stops the reading.
  /// - Returns: The pairs.
  /// - Throws: `.busy`, `.cancelled`, `.damaged` or `.diskError`.
  package func ruleDifferences(
    of user: UserID, limit: Int, work: Work? = nil
  ) throws(AccessError) -> [RuleDifference] {
    let mapping = mapping
    return try read(work: work) { connection in
      let relations = Relations(mapping: mapping, moment: .now)
      let reader = RuleReader(
        queries: PlanQueries(connection: connection, relations: relations),
        rule: BackfillRule(mapping))
      return try reader.pairs(
        after: RuleCursor(user: user, company: nil), including: true, through: user.key,
        limit: limit)
    }
  }
}

/// Reads the disagreements a few users at a time, so that no page needs all of them.
private struct RuleReader {
  let queries: PlanQueries
  let rule: BackfillRule

  private static let usersAtOnce = 200
  private var connection: any DatabaseSession { queries.connection }
  private var mapping: SchemaMapping { queries.mapping }

  func page(after place: RuleCursor?, limit: Int) throws -> RuleDifferences {
    guard let last = try lastUser(after: place) else {
      return RuleDifferences(pairs: [], next: nil)
    }
    let pairs = try pairs(after: place, through: last, limit: limit)
    if pairs.count == limit, let end = pairs.last {
      return RuleDifferences(
        pairs: pairs, next: RuleCursor(user: end.user.id, company: end.company.id))
    }
    return RuleDifferences(pairs: pairs, next: RuleCursor(user: UserID(last), company: nil))
  }

  /// The last of the users that the page looks at; nil if none is left.
  private func lastUser(after place: RuleCursor?) throws -> Key? {
    var arguments = Bindings()
    let begin = place.map { begins(at: $0, "u.\(mapping.users.key)", &arguments) }
    let conditions = [mapping.users.hasKey("u"), begin].compactMap(\.self)
    let filter = conditions.isEmpty ? "" : "WHERE " + conditions.joined(separator: " AND ")
    let value = try connection.first(
      """
      SELECT max(id) FROM (SELECT u.\(mapping.users.key) AS id FROM \(mapping.users.rows("u")) \(filter)
        ORDER BY u.\(mapping.users.key) LIMIT \(RuleReader.usersAtOnce))
      """, arguments.values
    ) { $0.value(0) }
    guard let value, value != .null else { return nil }
    return Key(value)
  }

  private func begins(
    at place: RuleCursor, including: Bool = false, _ user: String, _ arguments: inout Bindings
  ) -> String {
    let sign = place.company == nil && !including ? ">" : ">="
    return "\(user) \(sign) \(arguments.bind(place.user.value))"
  }

  /// The pairs after a place, and those of its user if they are included, to the last user.
  func pairs(
    after place: RuleCursor?, including: Bool = false, through last: Key, limit: Int
  ) throws -> [RuleDifference] {
    var arguments = Bindings()
    let end = arguments.bind(last.value)
    let start = place.map { place in
      { begins(at: place, including: including, $0, &arguments) }
    }
    func window(_ user: String) -> String {
      "\(user) <= \(end)" + (start.map { " AND \($0(user))" } ?? "")
    }
    let expected = rule.expected { window("\($0).\(mapping.users.key)") }
    let isHeld = queries.relations.exists(user: "e.user_id", company: "e.company_id")
    let isGiven = rule.gives(user: "a.user_id", company: "a.company_id")
    let held = window("a.user_id")
    var rest = ""
    if let place, let company = place.company {
      let user = arguments.bind(place.user.value)
      rest = "WHERE (d.user_id, d.company_id) > (\(user), \(arguments.bind(company.value)))"
    }
    let users = queries.relations.users()[0]
    let companies = queries.relations.companies()[0]
    return try connection.rows(
      """
      SELECT d.kind, \(queries.userColumns), \(queries.companyColumns), h.id, h.name, h.code,
        h.is_active
      FROM (
        SELECT 'missing' AS kind, e.user_id, e.company_id FROM (\(expected)) AS e WHERE NOT \(isHeld)
        UNION ALL
        SELECT CASE WHEN \(rule.isLeft("a")) THEN 'moved' ELSE 'beyond' END, a.user_id, a.company_id
        FROM \(mapping.access.grants) AS a WHERE \(held) AND NOT \(isGiven)) AS d
      JOIN \(users) AS u ON u.id = d.user_id
      JOIN \(companies) AS c ON c.id = d.company_id
      LEFT JOIN \(companies) AS h ON d.kind = 'moved' AND h.id = \(rule.home(user: "d.user_id"))
      \(rest)
      ORDER BY d.user_id, d.company_id LIMIT \(arguments.bind(.count(limit)))
      """, arguments.values
    ) { row in
      RuleDifference(
        kind: RuleDifference.Kind(rawValue: row.text(0)) ?? .beyond, user: row.user(1),
        company: row.company(7), home: row.isNull(11) ? nil : row.company(11))
    }
  }
}
