internal import Database

/// What is wrong with users and companies, as far as it concerns access.
extension DoctorCheck {
  static let people = [
    keyless, keylessCompanies, nameless, namelessCompanies, likeUsers, likeCompanies, twoMeanings,
    homeless, roleless, future,
  ]

  private static func isBlank(_ name: String) -> String { "trim(coalesce(\(name), '')) = ''" }

  private static let withoutKey = """
    SQLite lets a primary key be NULL where it does not say NOT NULL. Such a row can be granted \
    nothing and is left out of every list and every figure. Give it a key in the application, or \
    delete it there.
    """

  static let keyless = DoctorCheck(
    "null-user-key", "users without a key", meaning: withoutKey,
    remedy: "sqlite3 {file} 'SELECT * FROM {users} WHERE {user key} IS NULL'"
  ) { mapping in
    let users = mapping.users
    guard users.hasNullableKey else { return nil }
    return """
      SELECT 'user ' || coalesce(u.\(users.username), '?') FROM \(users.rows("u"))
      WHERE u.\(users.key) IS NULL
      """
  }

  static let keylessCompanies = DoctorCheck(
    "null-company-key", "companies without a key", meaning: withoutKey,
    remedy: "sqlite3 {file} 'SELECT * FROM {companies} WHERE {company key} IS NULL'"
  ) { mapping in
    let companies = mapping.companies
    guard companies.hasNullableKey else { return nil }
    return """
      SELECT 'company ' || coalesce(c.\(companies.name), '?') FROM \(companies.rows("c"))
      WHERE c.\(companies.key) IS NULL
      """
  }

  static let nameless = DoctorCheck(
    "nameless-user", "users without a username",
    meaning:
      "They can only be named by their id, and lists show nothing where the name should be."
  ) { mapping in
    let users = mapping.users
    return """
      SELECT 'user id ' || \(users.keys.text(of: "u.\(users.key)")) FROM \(users.rows("u"))
      WHERE \(isBlank("u.\(users.username)"))
      """
  }

  static let namelessCompanies = DoctorCheck(
    "nameless-company", "companies without a name",
    meaning:
      "They can only be named by their id, and lists show nothing where the name should be."
  ) { mapping in
    let companies = mapping.companies
    return """
      SELECT 'company id ' || \(companies.keys.text(of: "c.\(companies.key)"))
      FROM \(companies.rows("c")) WHERE \(isBlank("c.\(companies.name)"))
      """
  }

  private static let likeness = """
    They differ only in case, in blanks, in accents, in what cannot be seen, in the form of letters, \
    or in letters of another alphabet. \
    What is meant for one is easily given to the other: compare the ids.
    """

  static let likeUsers = DoctorCheck(
    "look-alike-user", .rows, "users whose username looks like another's", severity: .note,
    meaning: likeness
  ) { context in
    guard let users = context.mapping?.users else { return CheckResult() }
    return try LookAlikes(
      connection: context.opened(), kind: "user",
      query: """
        SELECT u.\(users.username), \(users.keys.text(of: "u.\(users.key)"))
        FROM \(users.rows("u"))
        """
    ).found()
  }

  static let likeCompanies = DoctorCheck(
    "look-alike-company", .rows, "companies whose name looks like another's", severity: .note,
    meaning: likeness
  ) { context in
    guard let companies = context.mapping?.companies else { return CheckResult() }
    return try LookAlikes(
      connection: context.opened(), kind: "company",
      query: """
        SELECT c.\(companies.name), \(companies.keys.text(of: "c.\(companies.key)"))
        FROM \(companies.rows("c"))
        """
    ).found()
  }

  static let twoMeanings = DoctorCheck(
    "two-meanings", "companies whose name is the code of another", severity: .note,
    meaning: """
      Such a text means both, so that commands and files refuse it and ask for the ids. A company is \
      better called something that is only its own.
      """,
    remedy: "company-access --db {file} company edit id:ID --name NAME"
  ) { mapping in
    let companies = mapping.companies
    guard let code = companies.code else { return nil }
    return """
      SELECT 'company ' || \(companies.named("c")) FROM \(companies.rows("c"))
      WHERE EXISTS (
        SELECT 1 FROM \(companies.rows("o"))
        WHERE o.\(code) = c.\(companies.name) AND o.\(companies.key) <> c.\(companies.key))
      """
  }

  static let homeless = DoctorCheck(
    "no-home", "active users without a home company", severity: .note,
    meaning: "Filling the access table from what the application knows gives them nothing.",
    remedy: "company-access --db {file} backfill --dry-run"
  ) { mapping in
    guard let home = mapping.home else { return nil }
    let users = mapping.users
    let roles = mapping.allCompaniesRoles.map(SQLText.literal).joined(separator: ", ")
    return """
      SELECT 'user ' || \(users.named("u")) FROM \(users.rows("u"))
      WHERE \(users.active.condition("u")) AND NOT EXISTS (
          SELECT 1 FROM \(home.table) AS h
          WHERE h.\(home.user) = u.\(users.key) AND h.\(home.company) IS NOT NULL)
        AND coalesce(\(users.roleName(users.role("u"))), '') NOT IN (\(roles))
      """
  }

  static let roleless = DoctorCheck(
    "no-role", "active users without a role", severity: .note,
    meaning: "What such a user may do in a company is up to the application."
  ) { mapping in
    let users = mapping.users
    if case .none = users.role { return nil }
    return """
      SELECT 'user ' || \(users.named("u")) FROM \(users.rows("u"))
      WHERE \(users.active.condition("u")) AND \(isBlank("CAST(\(users.role("u")) AS TEXT)"))
      """
  }

  /// Times are compared as texts, and a day of grace is for those that are kept in local time.
  static let future = DoctorCheck(
    "future-time", "times that are still to come",
    meaning: """
      A clock was wrong when they were written, or still is. The order of changes does not depend on \
      them, but questions about a time are answered by them.
      """,
    remedy: "timedatectl status"
  ) { mapping in
    let access = mapping.access.table
    var places: [(table: String, column: String)] = [("company_access_change", "at")]
    for column in [mapping.access.createdAt, mapping.access.modifiedAt].compactMap({ $0 }) {
      places.append(("\(access)", "\(column)"))
    }
    for column in [mapping.users.createdAt, mapping.users.modifiedAt].compactMap({ $0 }) {
      places.append(("\(mapping.users.table)", "\(column)"))
    }
    for column in [mapping.companies.createdAt, mapping.companies.modifiedAt].compactMap({ $0 }) {
      places.append(("\(mapping.companies.table)", "\(column)"))
    }
    return places.map { table, column in
      """
      SELECT \(SQLText.literal("\(table).\(column): ")) || max(t.\(column)), count(*)
      FROM \(table) AS t
      WHERE typeof(t.\(column)) = 'text'
        AND t.\(column) > strftime('%Y-%m-%d %H:%M:%f', 'now', '+1 day')
      HAVING count(*) > 0
      """
    }.joined(separator: "\nUNION ALL\n")
  }
}

/// Finds names that look like others, in memory of eight bytes a name.
private struct LookAlikes {
  let connection: Connection
  let kind: String
  /// Names and ids.
  let query: String

  /// The names are read twice: the numbers that two of them share are found first, then the names
  /// that have such a number.
  func found() throws -> CheckResult {
    var numbers = SkeletonHashes()
    try connection.forEach(query) { numbers.add($0.text(0)) }
    let shared = numbers.shared()
    let names = shared.reduce(0) { $0 + $1.names }
    return try examples(of: Set(shared.prefix(Diagnosis.examples).map(\.number)), names)
  }

  private func examples(of shared: Set<Int>, _ names: Int) throws -> CheckResult {
    var found = CheckResult()
    guard names > 0 else { return found }
    var groups: [Int: [String]] = [:]
    var order: [Int] = []
    try connection.forEach(query) { row in
      let number = SkeletonHashes.number(of: row.text(0))
      guard let number, shared.contains(number) else { return }
      if groups[number] == nil { order.append(number) }
      if groups[number, default: []].count < 3 {
        groups[number, default: []].append("\(row.text(0)) (id \(row.text(1)))")
      }
    }
    for number in order {
      let group = groups[number] ?? []
      found.add("\(kind) " + group.joined(separator: " and "), times: group.count)
    }
    found.add(rest: names - found.count)
    return found
  }
}
