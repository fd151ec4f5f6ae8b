import Database

@testable import CompanyAccess

/// Everything that the tables of an application say, and the figures that follow, made the simple way.
struct WorldState: Hashable {
  struct Pair: Hashable {
    let user: UserID
    let company: CompanyID
  }

  var users: [UserID: User] = [:]
  var companies: [CompanyID: Company] = [:]
  /// All grants, also those whose user or company is not there.
  var grants: Set<Pair> = []
  /// The rows as one text for each table, in an order of their own.
  var texts: [String] = []

  /// What is in the tables of `init` now.
  init(_ connection: Connection) throws {
    try connection.forEach(
      """
      SELECT u.id, username, full_name, email, r.name, is_active
      FROM hrm_users AS u LEFT JOIN hrm_role AS r ON r.id = role_id
      """
    ) {
      users[UserID($0.integer(0))] = User(
        id: UserID($0.integer(0)), username: $0.text(1), fullName: $0.optionalText(2),
        email: $0.optionalText(3), role: $0.optionalText(4), isActive: $0.bool(5))
    }
    try connection.forEach("SELECT id, name, code, is_active FROM hrm_company") {
      companies[CompanyID(text: $0.text(0))] = Company(
        id: CompanyID(text: $0.text(0)), name: $0.text(1), code: $0.optionalText(2),
        isActive: $0.bool(3))
    }
    try connection.forEach("SELECT user_id, company_id FROM hrm_user_company_access") {
      grants.insert(Pair(user: UserID($0.integer(0)), company: CompanyID(text: $0.text(1))))
    }
    texts = try WorldState.texts(
      connection,
      users: [
        """
        (SELECT id, username, full_name, email, role_id AS role, coalesce(is_active, 1) <> 0
          AS is_active FROM hrm_users)
        """
      ],
      companies: [
        "(SELECT id, name, code, coalesce(is_active, 1) <> 0 AS is_active FROM hrm_company)"
      ], grants: "hrm_user_company_access")
  }

  /// The rows of relations as one text for each of the three.
  static func texts(
    _ connection: Connection, users: [String], companies: [String], grants: String
  ) throws -> [String] {
    try texts(connection, query(users: users, companies: companies, grants: grants))
  }

  /// What such a query answers.
  static func texts(
    _ connection: Connection, _ query: String, _ arguments: [Value] = []
  ) throws -> [String] {
    try connection.first(query, arguments) { row in
      (0..<3).map { row.optionalText($0) ?? "" }
    } ?? []
  }

  /// A query for the rows of relations as one text for each of the three.
  static func query(users: [String], companies: [String], grants: String) -> String {
    func all(_ columns: [String], _ arms: [String]) -> String {
      let row = columns.map { "quote(\($0))" }.joined(separator: " || ',' || ")
      let rows = arms.map { "SELECT \(row) AS t FROM \($0)" }.joined(separator: " UNION ALL ")
      return "(SELECT group_concat(t, char(10)) FROM (\(rows) ORDER BY 1))"
    }
    let columns = [
      all(["id", "username", "full_name", "email", "role", "is_active"], users),
      all(["id", "name", "code", "is_active"], companies),
      all(["user_id", "company_id"], [grants]),
    ]
    return "SELECT \(columns.joined(separator: ", "))"
  }

  // MARK: - Figures

  /// The grants whose user and company are there.
  var standing: Set<Pair> {
    grants.filter { users[$0.user] != nil && companies[$0.company] != nil }
  }

  var coverage: Coverage {
    Coverage(
      users: users.count, companies: companies.count, grants: standing.count,
      orphans: grants.count - standing.count, permitted: users.count * companies.count)
  }

  /// The users in the order of their names, with the numbers of their companies.
  var userList: [UserSummary] {
    let counts = Dictionary(standing.map { ($0.user, 1) }, uniquingKeysWith: +)
    return users.values.map { UserSummary(user: $0, companies: counts[$0.id] ?? 0) }
      .sorted { $0.user.username.utf8.lexicographicallyPrecedes($1.user.username.utf8) }
  }

  /// The companies in the order of their names, with the numbers of their users.
  var companyList: [CompanySummary] {
    let counts = Dictionary(standing.map { ($0.company, 1) }, uniquingKeysWith: +)
    return companies.values.map { CompanySummary(company: $0, users: counts[$0.id] ?? 0) }
      .sorted { $0.company.name.utf8.lexicographicallyPrecedes($1.company.name.utf8) }
  }

  var statistics: Statistics {
    let (userList, companyList) = (userList, companyList)
    let bars = Dictionary(userList.map { ($0.companies, 1) }, uniquingKeysWith: +)
    let holders = companyList.filter { $0.users > 0 }
    let empty = companyList.filter { $0.users == 0 }.map(\.company)
    // Of equal numbers the name decides, which is the order that they have.
    let largest = holders.enumerated().sorted {
      ($1.element.users, $0.offset) < ($0.element.users, $1.offset)
    }.map(\.element)
    return Statistics(
      coverage: coverage, usersWithAccess: userList.count { $0.companies > 0 },
      companiesWithUsers: holders.count,
      inactiveUsersWithAccess: userList.count { $0.companies > 0 && !$0.user.isActive },
      histogram: bars.sorted { $0.key < $1.key }
        .map { HistogramBar(companies: $0.key, users: $0.value) },
      largest: Array(largest.prefix(10)), empty: Affected(count: empty.count, first: empty))
  }
}
