internal import Database

/// Questions that every kind of plan asks.
struct PlanQueries {
  let connection: any DatabaseSession
  let relations: Relations

  var mapping: SchemaMapping { relations.mapping }
  var access: String { mapping.access.grants }

  /// The figures of the whole table.
  func coverage() throws -> Coverage {
    let users = try connection.count("SELECT \(relations.countOfUsers)")
    let companies = try connection.count("SELECT \(relations.countOfCompanies)")
    let orphans = try relations.orphansLeftOut(connection)
    return Coverage(
      users: users, companies: companies,
      grants: try connection.count("SELECT \(relations.withOrphans.quickCount)") - orphans,
      orphans: orphans,
      permitted: try permitted() ?? users * companies)
  }

  /// How many pairs may be granted; nil if every pair may.
  ///
  /// - Parameters:
  ///   - prefix: Goes before the statement, for tables as they would be.
  ///   - arguments: What the prefix needs.
  /// - Returns: The number.
  /// - Throws: What the database answers.
  func permitted(_ prefix: String = "", _ arguments: Bindings = Bindings()) throws -> Int? {
    try relations.permitted(relations.users(), relations.companies())
      .map { try connection.count("\(prefix)SELECT \($0)", arguments.values) }
  }

  /// The newest change on the record.
  func newestChange() throws -> ChangeID? {
    try connection.first("SELECT max(id) FROM company_access_change") { $0.changeID(0) } ?? nil
  }

  /// What `Row.user` reads, of the row `u` of the users.
  var userColumns: String {
    "u.id, u.username, u.full_name, u.email, \(relations.roleName("u.role")), u.is_active"
  }

  /// What `Row.company` reads, of the row `c` of the companies.
  var companyColumns: String { "c.id, c.name, c.code, c.is_active" }

  /// The user with this key, if there is one.
  func user(_ key: Value) throws -> User? {
    try connection.first(
      "SELECT \(userColumns) FROM \(relations.users()[0]) AS u WHERE u.id = ?", [key]
    ) { $0.user(0) }
  }

  /// The company with this key, if there is one.
  func company(_ key: Value) throws -> Company? {
    try connection.first(
      "SELECT \(companyColumns) FROM \(relations.companies()[0]) AS c WHERE c.id = ?", [key]
    ) { $0.company(0) }
  }

  /// The users whose ids a query gives: their number and the first of them.
  ///
  /// The query is run once for both.
  func affectedUsers(_ ids: String, _ arguments: Bindings) throws -> Affected<User> {
    let users = relations.users()[0]
    let found = try connection.rows(
      """
      WITH affected(id) AS MATERIALIZED (\(ids))
      SELECT \(userColumns),
        (SELECT count(*) FROM \(users) AS n WHERE n.id IN (SELECT id FROM affected))
      FROM \(users) AS u WHERE u.id IN (SELECT id FROM affected)
      ORDER BY u.username, u.id LIMIT \(Plan.namedEntities)
      """, arguments.values
    ) { (user: $0.user(0), count: $0.int(6)) }
    return Affected(count: found.first?.count ?? 0, first: found.map(\.user))
  }

  /// The companies whose ids a query gives: their number and the first of them.
  func affectedCompanies(_ ids: String, _ arguments: Bindings) throws -> Affected<Company> {
    let companies = relations.companies()[0]
    let found = try connection.rows(
      """
      WITH affected(id) AS MATERIALIZED (\(ids))
      SELECT \(companyColumns),
        (SELECT count(*) FROM \(companies) AS n WHERE n.id IN (SELECT id FROM affected))
      FROM \(companies) AS c WHERE c.id IN (SELECT id FROM affected)
      ORDER BY c.name, c.id LIMIT \(Plan.namedEntities)
      """, arguments.values
    ) { (company: $0.company(0), count: $0.int(4)) }
    return Affected(count: found.first?.count ?? 0, first: found.map(\.company))
  }
}

extension Row {
  /// A user, from six columns.
  func user(_ column: Int) -> User {
    User(
      id: userID(column), username: text(column + 1), fullName: optionalText(column + 2),
      email: optionalText(column + 3), role: optionalText(column + 4), isActive: bool(column + 5))
  }

  /// A company, from four columns.
  func company(_ column: Int) -> Company {
    Company(
      id: companyID(column), name: text(column + 1), code: optionalText(column + 2),
      isActive: bool(column + 3))
  }
}
