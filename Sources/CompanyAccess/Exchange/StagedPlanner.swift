internal import Database

/// Plans what the pairs of a file would change.
struct StagedPlanner {
  let queries: PlanQueries
  let staged: StagedPairs
  static let leaving = "\(Staging.schema).leaving"
  /// Users and new companies that come to them by the rule and not by the file.
  static let given = "\(Staging.schema).given"

  init(_ connection: any DatabaseSession, _ relations: Relations, _ staged: StagedPairs) {
    queries = PlanQueries(connection: connection, relations: relations)
    self.staged = staged
  }

  private var connection: any DatabaseSession { queries.connection }
  private var access: String { queries.access }

  /// Each pair `p` with its user `su` and its company `sc`; new ones have no id.
  static let pairs = """
    \(Staging.schema).pair AS p
    JOIN \(Staging.Kind.user.table) AS su ON su.n = p.u
    JOIN \(Staging.Kind.company.table) AS sc ON sc.n = p.c
    """

  /// Whether the pair is granted now.
  private var isHeld: String {
    """
    EXISTS (SELECT 1 FROM \(access) AS a WHERE a.user_id = su.id AND a.company_id = sc.id)
    """
  }

  func plan(_ intent: Intent) throws -> Plan {
    try checkNames()
    let before = try queries.coverage()
    let wanted = try connection.count("SELECT count(*) FROM \(Staging.schema).pair WHERE grants")
    let held = try connection.count(
      "SELECT count(*) FROM \(StagedPlanner.pairs) WHERE p.grants AND \(isHeld)")
    let removed = try writeDownLeaving()
    let others = try connection.count(
      "SELECT count(*) FROM \(Staging.schema).pair WHERE NOT grants")
    let given = try writeDownGiven()
    let added = wanted - held + given
    let names = StagedNames(connection: connection, mapping: queries.mapping)
    let users = before.users + (try names.missing(.user))
    let companies = before.companies + (try names.missing(.company))
    let isSync = staged.options.isSync
    var plan = Plan(
      intent: intent, added: added, removed: removed,
      unchanged: held + (isSync ? 0 : others - removed), leftAlone: 0,
      selectedUsers: try connection.count("SELECT count(*) FROM \(Staging.Kind.user.table)"),
      selectedCompanies: try connection.count("SELECT count(*) FROM \(Staging.Kind.company.table)"),
      pairs: try results(count: wanted + given + (isSync ? removed : others)), before: before,
      after: try after(before, added: added, removed: removed, users: users, companies: companies),
      usersLeftWithNone: try queries.affectedUsers(leftWithNone("user_id", .user), Bindings()),
      companiesLeftWithNone: try queries.affectedCompanies(
        leftWithNone("company_id", .company), Bindings()),
      companiesOfUser: nil, usersOfCompany: nil,
      notices: try notices() + newNames() + (given > 0 ? [.ruleGrants(given)] : []),
      basis: try queries.newestChange())
    plan.leavesNoAdministrator = try leavesNoAdministrator(
      plan, newCompanies: companies - before.companies)
    return plan
  }

  private func after(
    _ before: Coverage, added: Int, removed: Int, users: Int, companies: Int
  ) throws -> Coverage {
    let gone = try queries.relations.orphans(
      among: "FROM \(StagedPlanner.leaving) AS a", connection)
    let grants = before.changed(added: added, removed: removed, orphans: gone)
    return Coverage(
      users: users, companies: companies, grants: grants.grants, orphans: grants.orphans,
      permitted: queries.mapping.scope == nil ? users * companies : before.permitted)
  }

  /// Whether no user would have every company any more: because grants go, or because companies come
  /// that the administrators are not given.
  private func leavesNoAdministrator(_ plan: Plan, newCompanies: Int) throws -> Bool {
    guard plan.removed > 0 || newCompanies > 0, let rule = AdministratorRule(queries.mapping) else {
      return false
    }
    let user = "u.\(queries.mapping.users.key)"
    let given = """
      (SELECT count(*) FROM \(StagedPlanner.pairs)
        WHERE su.id = \(user) AND sc.id IS NULL AND p.grants)
        + (SELECT count(*) FROM \(StagedPlanner.given) AS g WHERE g.user_id = \(user))
        = \(newCompanies)
      """
    // A server tells the rows that go by their pairs, of which none is granted by the file.
    let isFile = connection is Connection
    let after = rule.holds(
      access: "(SELECT user_id, company_id\(isFile ? ", rowid AS row" : "") FROM \(access) "
        + "UNION ALL SELECT su.id, sc.id\(isFile ? ", 0" : "") FROM \(StagedPlanner.pairs) WHERE p.grants)",
      remaining: isFile
        ? "a.row NOT IN (SELECT row FROM \(StagedPlanner.leaving))"
        : """
        NOT EXISTS (SELECT 1 FROM \(StagedPlanner.leaving) AS l
          WHERE l.user_id = a.user_id AND l.company_id = a.company_id)
        """,
      also: newCompanies > 0 ? given : nil)
    return try rule.isBroken(by: after, Bindings(), connection)
  }

  /// Makes sure that the pairs are those of the file, and that their names still mean something.
  private func checkNames() throws {
    guard try Staging.generation(on: connection) == staged.generation else {
      throw AccessError.unexpected(detail: "the store has taken in another file since")
    }
    let names = StagedNames(connection: connection, mapping: queries.mapping)
    try names.resolve()
    let error = try names.problems(created: staged.options.createsMissing)
    switch error?.problems.first?.kind {
    case .unknownUser(let name, let similar):
      throw AccessError.noUserNamed(name, similar: similar)
    case .unknownCompany(let name, let similar):
      throw AccessError.noCompanyNamed(name, similar: similar)
    case .severalUsers(let name, let found): throw AccessError.severalUsersNamed(name, found)
    case .severalCompanies(let name, let found):
      throw AccessError.severalCompaniesNamed(name, found)
    case .otherName(.user, _, _, let name): throw AccessError.noUserNamed(name, similar: [])
    case .otherName(.company, _, _, let name):
      throw AccessError.noCompanyNamed(name, similar: [])
    case .acrossScope: try checkScope()
    default: break
    }
  }

  /// What is worth a second look in the names of those who would be created.
  ///
  /// A user or company that has come since the file was taken in may have a name that is the same but for its form.
  private func newNames() throws -> [PlanNotice] {
    guard staged.options.createsMissing else { return [] }
    let names = try NewNames(connection: connection, mapping: queries.mapping)
    if let problem = names.problems.first { throw AccessError.invalid([problem.note]) }
    return names.remarks.map { .field($0.note) }
  }

  private func checkScope() throws {
    try queries.checkScope(
      "(SELECT su.id AS user_id, sc.id AS company_id FROM \(StagedPlanner.pairs) WHERE p.grants)",
      Bindings())
  }

  /// Writes down which rows of the access table would go; says how many.
  func writeDownLeaving() throws -> Int {
    try Staging.leavingTable(connection.engine).renew(connection, queries.mapping)
    let rows =
      staged.options.isSync
      ? """
      FROM \(access) AS a WHERE NOT EXISTS (
        SELECT 1 FROM \(Staging.Kind.user.table) AS su
        CROSS JOIN \(Staging.Kind.company.table) AS sc
        CROSS JOIN \(Staging.schema).pair AS p
        WHERE su.id = a.user_id AND sc.id = a.company_id AND p.u = su.n AND p.c = sc.n
          AND p.grants)
      """
      : """
      FROM \(StagedPlanner.pairs) JOIN \(access) AS a
        ON a.user_id = su.id AND a.company_id = sc.id WHERE NOT p.grants
      """
    let row = connection is Connection ? "a.rowid, " : ""
    try connection.execute(
      "INSERT INTO \(StagedPlanner.leaving) SELECT \(row)a.user_id, a.company_id \(rows)")
    return connection.changes
  }

  /// Writes down to whom the rule gives the companies that are about to be created, as it does for
  /// one that is added by itself; says how many pairs that are.
  ///
  /// What the file says of such a pair counts. A sync makes the grants those of the file and no more.
  func writeDownGiven() throws -> Int {
    let given = StagedPlanner.given
    let mapping = queries.mapping
    try Staging.givenTable.renew(connection, mapping)
    // A company of which no more than the name is known belongs to no organization.
    guard staged.options.createsMissing, !staged.options.isSync, mapping.scope == nil else {
      return 0
    }
    try connection.execute(
      """
      INSERT INTO \(given) SELECT u.\(mapping.users.key), sc.n
      FROM \(mapping.users.rows("u")) CROSS JOIN \(Staging.Kind.company.table) AS sc
      WHERE sc.id IS NULL AND \(BackfillRule(mapping).givesNewCompanies("u")) AND NOT EXISTS (
        SELECT 1 FROM \(Staging.schema).pair AS p
        JOIN \(Staging.Kind.user.table) AS su ON su.n = p.u
        WHERE p.c = sc.n AND su.id = u.\(mapping.users.key))
      """)
    return connection.changes
  }

  /// A query for those who lose everything they have and are granted nothing.
  private func leftWithNone(_ column: String, _ kind: Staging.Kind) -> String {
    """
    SELECT l.\(column) FROM \(StagedPlanner.leaving) AS l GROUP BY l.\(column)
    HAVING count(*) = (SELECT count(*) FROM \(access) AS a WHERE a.\(column) = l.\(column))
      AND l.\(column) NOT IN (
        SELECT s.id FROM \(kind.table) AS s WHERE s.id IS NOT NULL
          AND s.n IN (SELECT \(kind.column) FROM \(Staging.schema).pair WHERE grants))
      \(kind == .user ? "AND l.user_id NOT IN (SELECT g.user_id FROM \(StagedPlanner.given) AS g)" : "")
    """
  }

  /// Each pair with what would happen to it, if they are not too many.
  private func results(count: Int) throws -> [PairResult] {
    guard count <= Plan.listedPairs else { return [] }
    let isSync = staged.options.isSync
    let others =
      isSync
      ? """
      UNION ALL SELECT l.user_id, l.company_id, NULL, NULL, 'revoked'
      FROM \(StagedPlanner.leaving) AS l
      """
      : """
      UNION ALL SELECT g.user_id, NULL, NULL, sc.name, 'granted'
      FROM \(StagedPlanner.given) AS g JOIN \(Staging.Kind.company.table) AS sc ON sc.n = g.c
      """
    return try connection.rows(
      """
      SELECT \(queries.userColumns), \(queries.companyColumns), w.outcome,
        coalesce(u.username, w.user) COLLATE BINARY, coalesce(c.name, w.company) COLLATE BINARY
      FROM (
        SELECT su.id AS user_id, sc.id AS company_id, su.name AS user, sc.name AS company,
          CASE WHEN p.grants THEN CASE WHEN \(isHeld) THEN 'already' ELSE 'granted' END
            WHEN \(isHeld) THEN 'revoked' ELSE 'absent' END AS outcome
        FROM \(StagedPlanner.pairs) \(isSync ? "WHERE p.grants" : "") \(others)) AS w
      LEFT JOIN \(queries.relations.users()[0]) AS u ON u.id = w.user_id
      LEFT JOIN \(queries.relations.companies()[0]) AS c ON c.id = w.company_id
      ORDER BY 12, u.id, 13, c.id
      """, [], Self.result)
  }

  private static func result(_ row: borrowing Row) -> PairResult {
    let name = row.text(11)
    let user =
      row.isNull(0)
      ? User(
        id: UserID(text: ""), username: name, fullName: nil, email: nil, role: nil, isActive: true)
      : row.user(0)
    let company =
      row.isNull(6)
      ? Company(id: CompanyID(text: ""), name: row.text(12), code: nil, isActive: true)
      : row.company(6)
    return PairResult(
      user: user, company: company, outcome: PairOutcome(rawValue: row.text(10)) ?? .skipped)
  }

  private func notices() throws -> [PlanNotice] {
    let users = try inactive(.user, queries.relations.users()[0])
    let companies = try inactive(.company, queries.relations.companies()[0])
    return (users > 0 ? [.inactiveUsers(users)] : [])
      + (companies > 0 ? [.inactiveCompanies(companies)] : [])
  }

  private func inactive(_ kind: Staging.Kind, _ rows: String) throws -> Int {
    try connection.count(
      """
      SELECT count(*) FROM \(kind.table) AS s JOIN \(rows) AS t ON t.id = s.id
      WHERE NOT t.is_active AND EXISTS (SELECT 1 FROM \(StagedPlanner.pairs)
        WHERE p.\(kind.column) = s.n AND p.grants AND NOT \(isHeld))
      """)
  }
}
