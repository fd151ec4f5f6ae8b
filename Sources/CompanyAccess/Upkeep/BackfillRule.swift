internal import Database

/// Who should have what by what the application itself knows, as SQL.
///
/// An active user with a role for all companies should have every active company; any other active
/// user the home company, if that is active. No user is given a company of another organization.
/// This is the only place that knows the rule.
struct BackfillRule: Hashable, Sendable {
  let mapping: SchemaMapping
  /// The roles whose users should have every company.
  let roles: [String]

  /// The rule of a mapping, or with other roles.
  init(_ mapping: SchemaMapping, roles: [String]? = nil) {
    self.mapping = mapping
    self.roles = roles ?? mapping.allCompaniesRoles
  }

  private var users: SchemaMapping.Users { mapping.users }
  private var companies: SchemaMapping.Companies { mapping.companies }

  // MARK: - Conditions on a row of the application's own tables

  /// Whether a user's role gives every company: 1 or 0.
  func hasEverything(_ user: String) -> String {
    guard !roles.isEmpty else { return "FALSE" }
    let names = roles.map(SQLText.literal).joined(separator: ", ")
    return "coalesce(\(users.role(users.role(user), passes: "IN (\(names))")), FALSE)"
  }

  /// Whether a user is active; a row without a key is no user.
  private func isActive(_ user: String) -> String {
    let active = "(\(users.active.condition(user)))"
    return users.hasKey(user).map { "(\(active) AND \($0))" } ?? active
  }

  /// Whether a company may be given to a user: it is active, and of the same organization.
  private func isGivable(_ company: String, to user: String) -> String {
    let isActive = "(\(companies.active.condition(company)))"
    let active = companies.hasKey(company).map { "\(isActive) AND \($0)" } ?? isActive
    return isInScope(company, of: user).map { "\(active) AND \($0)" } ?? active
  }

  private func isInScope(_ company: String, of user: String) -> String? {
    mapping.scope.map { "\(user).\($0.user) = \(company).\($0.company)" }
  }

  /// Whether the rule gives a user every company that is made: 1 or 0.
  func givesNewCompanies(_ user: String) -> String {
    "\(isActive(user)) AND \(hasEverything(user))"
  }

  // MARK: - What should be

  /// A query with the columns `user_id` and `company_id`: the pairs that should be, each once.
  ///
  /// - Parameter condition: Makes a condition on the row of a user; nil for all users.
  /// - Returns: The query.
  func expected(where condition: ((_ user: String) -> String)? = nil) -> String {
    let filter = condition.map { " AND \($0("u"))" } ?? ""
    let everything = """
      SELECT u.\(users.key) AS user_id, c.\(companies.key) AS company_id
      FROM \(users.rows("u")) CROSS JOIN \(companies.rows("c"))
      WHERE \(isActive("u")) AND \(hasEverything("u")) AND \(isGivable("c", to: "u"))\(filter)
      """
    guard let home = mapping.home else { return everything }
    // Another table may name the same company twice.
    let distinct = home.table == users.table ? "" : "DISTINCT "
    let own = """
      SELECT \(distinct)u.\(users.key) AS user_id, c.\(companies.key) AS company_id
      FROM \(users.rows("u"))
      JOIN \(home.table) AS h ON h.\(home.user) = u.\(users.key)
      JOIN \(companies.rows("c")) ON c.\(companies.key) = h.\(home.company)
      WHERE \(isActive("u")) AND NOT \(hasEverything("u")) AND \(isGivable("c", to: "u"))\(filter)
      """
    return roles.isEmpty ? own : "\(everything) UNION ALL \(own)"
  }

  /// An expression: why the rule gives a user nothing, as the raw value of a `BackfillReason`; NULL
  /// if it gives something or if there is nothing to give.
  func reason(_ user: String) -> String {
    var reasons = ["WHEN NOT \(isActive(user)) THEN '\(BackfillReason.inactive.rawValue)'"]
    reasons.append("WHEN \(hasEverything(user)) THEN NULL")
    guard let home = mapping.home else {
      return "CASE \(reasons.joined(separator: " ")) ELSE '\(BackfillReason.noHome.rawValue)' END"
    }
    let homes = """
      FROM \(home.table) AS h
      LEFT JOIN \(companies.rows("hc")) ON hc.\(companies.key) = h.\(home.company)
      WHERE h.\(home.user) = \(user).\(users.key) AND h.\(home.company) IS NOT NULL
      """
    let tests: [(String, BackfillReason)] = [
      (
        "EXISTS (SELECT 1 \(homes) AND hc.\(companies.key) IS NOT NULL"
          + " AND \(isGivable("hc", to: user)))", .inactive
      ),
      ("NOT EXISTS (SELECT 1 \(homes))", .noHome),
      ("NOT EXISTS (SELECT 1 \(homes) AND hc.\(companies.key) IS NOT NULL)", .homeGone),
      ("NOT EXISTS (SELECT 1 \(homes) AND (\(companies.active.condition("hc"))))", .homeInactive),
    ]
    for (index, (test, reason)) in tests.enumerated() {
      reasons.append("WHEN \(test) THEN " + (index == 0 ? "NULL" : "'\(reason.rawValue)'"))
    }
    return """
      CASE \(reasons.joined(separator: " ")) ELSE '\(BackfillReason.otherScope.rawValue)' END
      """
  }

  /// An expression: whether the rule gives a user a company, by their keys.
  func gives(user: String, company: String) -> String {
    let isHome = isHome(user: "gu.\(users.key)", company: "gc.\(companies.key)")
    return """
      EXISTS (SELECT 1 FROM \(users.rows("gu")) JOIN \(companies.rows("gc"))
        ON gc.\(companies.key) = \(company)
        WHERE gu.\(users.key) = \(user) AND \(isActive("gu")) AND \(isGivable("gc", to: "gu"))
          AND (\(hasEverything("gu")) OR \(isHome)))
      """
  }

  /// An expression: whether a row of the access table is one that a backfill made for a home company
  /// which the user has left since.
  func isLeft(_ row: String) -> String {
    let access = mapping.access.grants
    let relations = Relations(mapping: mapping, moment: .now)
    let change = relations.grantedBy(user: "\(row).user_id", company: "\(row).company_id")
    let changeOfOther = relations.grantedBy(user: "sa.user_id", company: "sa.company_id")
    return """
      (EXISTS (SELECT 1 FROM company_access_change AS bc
          WHERE bc.id = \(change) AND bc.action = '\(ChangeAction.backfill.rawValue)')
        AND 1 = (SELECT count(*) FROM \(access) AS sa
          WHERE sa.user_id = \(row).user_id AND \(changeOfOther) = \(change))
        AND EXISTS (SELECT 1 FROM \(users.rows("lu")) WHERE lu.\(users.key) = \(row).user_id
          AND \(isActive("lu")) AND NOT \(hasEverything("lu")))
        AND \(home(user: "\(row).user_id")) <> \(row).company_id
        AND NOT \(isHome(user: "\(row).user_id", company: "\(row).company_id")))
      """
  }

  /// An expression: whether a company is a home company of a user now, by their keys.
  func isHome(user: String, company: String) -> String {
    guard let home = mapping.home else { return "FALSE" }
    return """
      EXISTS (SELECT 1 FROM \(home.table) AS h
        WHERE h.\(home.user) = \(user) AND h.\(home.company) = \(company))
      """
  }

  /// An expression: a home company of a user, by the user's key; NULL if there is none.
  func home(user: String) -> String {
    guard let home = mapping.home else { return "NULL" }
    return """
      (SELECT \(companies.keys.smallest("h.\(home.company)")) FROM \(home.table) AS h WHERE h.\(home.user) = \(user))
      """
  }
}

/// Why the rule of a backfill gives a user nothing.
public enum BackfillReason: String, Hashable, Sendable, CaseIterable {
  /// The user is inactive.
  case inactive
  /// The application knows no home company.
  case noHome = "no home"
  /// The home company is not there.
  case homeGone = "home gone"
  case homeInactive = "home inactive"
  /// The home company belongs to another organization.
  case otherScope = "other organization"
}

/// What a backfill gives the users of one role.
public struct BackfillRole: Hashable, Sendable {
  /// The role; nil for users without one.
  public let role: String?
  /// Whether the role gives every company.
  public let isForAllCompanies: Bool
  /// How many users have it.
  public let users: Int
  /// How many of these the rule gives nothing.
  public let leftOut: Int
  /// How many pairs the rule gives.
  public let expected: Int
  /// How many of these there are already.
  public let held: Int

  /// How many pairs are missing.
  public var missing: Int { expected - held }
}

/// What a backfill would do, role by role.
public struct BackfillSummary: Hashable, Sendable {
  /// The roles, by name; users without a role come first.
  public let roles: [BackfillRole]
  /// How many users the rule gives nothing, by the reason.
  public let leftOut: [BackfillReason: Int]

  /// How many users the rule gives nothing.
  public var leftOutCount: Int { leftOut.values.reduce(0, +) }
}

/// A user whom the rule of a backfill gives nothing.
public struct UserWithoutRuleGrant: Hashable, Sendable {
  /// The user.
  public let user: User
  /// Why.
  public let reason: BackfillReason
}
