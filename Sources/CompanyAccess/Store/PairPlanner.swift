internal import Database

/// Plans what concerns every pair of some users and some companies.
struct PairPlanner {
  let queries: PlanQueries
  let users: PickSQL
  let companies: PickSQL

  init(
    _ connection: Connection, _ relations: Relations, _ users: UserSelection,
    _ companies: CompanySelection
  ) {
    queries = PlanQueries(connection: connection, relations: relations)
    self.users = PickSQL(users, relations)
    self.companies = PickSQL(companies, relations)
  }

  private var connection: Connection { queries.connection }
  private var access: String { queries.access }

  /// What there is, counted.
  struct Counts {
    var users: Int
    var companies: Int
    /// Pairs of both that hold.
    var held: Int
    var before: Coverage

    var pairs: Int { users * companies }
  }

  /// The plan for granting, or for revoking, every pair.
  func plan(_ intent: Intent, grants: Bool) throws -> Plan {
    try checkNamed()
    let before = try queries.coverage()
    var counts = Counts(
      users: try count(users), companies: try count(companies), held: 0, before: before)
    counts.held = try held(counts)
    let added = grants ? counts.pairs - counts.held : 0
    let removed = grants ? 0 : counts.held
    return Plan(
      intent: intent, added: added, removed: removed,
      unchanged: counts.pairs - added - removed, leftAlone: 0, selectedUsers: counts.users,
      selectedCompanies: counts.companies, pairs: try pairs(counts, grants: grants),
      before: before,
      after: Coverage(
        users: before.users, companies: before.companies,
        grants: before.grants + added - removed, permitted: before.permitted),
      usersLeftWithNone: try usersLeftWithNone(counts, removed: removed),
      companiesLeftWithNone: try companiesLeftWithNone(counts, removed: removed),
      companiesOfUser: try total("user_id", users, counts.users, added - removed),
      usersOfCompany: try total("company_id", companies, counts.companies, added - removed),
      notices: added > 0 ? try inactiveNotices(counts) : [],
      basis: try queries.newestChange())
  }

  /// Whoever names an id means it: an unknown one is an error.
  private func checkNamed() throws {
    if let unknown = try unknown(users, queries.shape.users.table, queries.shape.users.id) {
      throw AccessError.noSuchUser(UserID(unknown))
    }
    let table = queries.shape.companies
    if let unknown = try unknown(companies, table.table, table.id) {
      throw AccessError.noSuchCompany(CompanyID(unknown))
    }
  }

  private func unknown(_ pick: PickSQL, _ table: String, _ id: String) throws -> Key? {
    guard let named = pick.named else { return nil }
    var arguments = Arguments()
    let list = KeyList.rows(named, &arguments)
    return try connection.first(
      """
      SELECT k.value FROM (\(list)) AS k
      WHERE NOT EXISTS (SELECT 1 FROM \(table) AS t WHERE t.\(id) = k.value) LIMIT 1
      """, arguments.values
    ) { Key($0.value(0)) }
  }

  private func count(_ pick: PickSQL) throws -> Int {
    var arguments = Arguments()
    let rows = pick.from("p", &arguments)
    return try connection.count("SELECT count(*) \(rows)", arguments.values)
  }

  private func held(_ counts: Counts) throws -> Int {
    if users.isEverything, companies.isEverything { return counts.before.grants }
    var arguments = Arguments()
    let rows = heldRows("a", counts, &arguments)
    return try connection.count("SELECT count(*) \(rows)", arguments.values)
  }

  /// `FROM` and `WHERE` that give the rows of the access table which the plan is about.
  ///
  /// Either the users or the companies lead through their index, whichever are the smaller share,
  /// and the others are only compared, which the `+` tells SQLite. Pairs that are few are looked up
  /// one by one.
  func heldRows(_ row: String, _ counts: Counts, _ arguments: inout Arguments) -> String {
    let grants = Double(counts.before.grants)
    let byUser = grants * Double(counts.users) / Double(max(1, counts.before.users))
    let byCompany = grants * Double(counts.companies) / Double(max(1, counts.before.companies))
    let isFew = Double(counts.pairs) <= min(byUser, byCompany)
    var conditions: [String] = []
    if !users.isEverything {
      let lead = isFew || companies.isEverything || byUser <= byCompany ? "" : "+"
      conditions.append("\(lead)\(row).user_id IN (\(users.ids(&arguments)))")
    }
    if !companies.isEverything {
      let lead = isFew || users.isEverything || byCompany < byUser ? "" : "+"
      conditions.append("\(lead)\(row).company_id IN (\(companies.ids(&arguments)))")
    }
    let filter = conditions.isEmpty ? "" : " WHERE " + conditions.joined(separator: " AND ")
    return "FROM \(access) AS \(row)\(filter)"
  }

  private func pairs(_ counts: Counts, grants: Bool) throws -> [PairResult] {
    guard counts.pairs <= Plan.listedPairs else { return [] }
    var arguments = Arguments()
    let isHeld = queries.relations.exists(user: "u.id", company: "c.id")
    let picked = [users.condition?("u", &arguments), companies.condition?("c", &arguments)]
    let filter = picked.compactMap(\.self).joined(separator: " AND ")
    return try connection.rows(
      """
      SELECT \(queries.userColumns), \(queries.companyColumns), \(isHeld)
      FROM \(users.source) AS u CROSS JOIN \(companies.source) AS c
      WHERE \(filter.isEmpty ? "1" : filter) ORDER BY u.username, u.id, c.name, c.id
      """, arguments.values
    ) { row in
      let outcome: PairOutcome =
        grants ? (row.bool(10) ? .already : .granted) : (row.bool(10) ? .revoked : .absent)
      return PairResult(user: row.user(0), company: row.company(6), outcome: outcome)
    }
  }

  /// For a plan about one user or one company: the grants now and then.
  private func total(
    _ column: String, _ pick: PickSQL, _ count: Int, _ difference: Int
  ) throws -> BeforeAfter? {
    guard count == 1 else { return nil }
    var arguments = Arguments()
    let ids = pick.ids(&arguments)
    let before = try connection.count(
      "SELECT count(*) FROM \(access) WHERE \(column) IN (\(ids))", arguments.values)
    return BeforeAfter(before: before, after: before + difference)
  }
}

// MARK: Who is left with none, who is inactive

extension PairPlanner {
  private func usersLeftWithNone(_ counts: Counts, removed: Int) throws -> Affected<User> {
    guard removed > 0 else { return Affected(count: 0, first: []) }
    var arguments = Arguments()
    let ids = leftWithNone("user_id", "company_id", companies, counts, &arguments)
    return try queries.affectedUsers(ids, arguments)
  }

  private func companiesLeftWithNone(_ counts: Counts, removed: Int) throws -> Affected<Company> {
    guard removed > 0 else { return Affected(count: 0, first: []) }
    var arguments = Arguments()
    let ids = leftWithNone("company_id", "user_id", users, counts, &arguments)
    return try queries.affectedCompanies(ids, arguments)
  }

  /// A query for those who lose something and hold nothing outside of what the plan takes away.
  ///
  /// - Parameters:
  ///   - column: The column of those who lose.
  ///   - other: The column of what they lose.
  ///   - taken: What they lose.
  ///   - counts: What there is.
  ///   - arguments: Gets the arguments of the query.
  /// - Returns: The query.
  private func leftWithNone(
    _ column: String, _ other: String, _ taken: PickSQL, _ counts: Counts,
    _ arguments: inout Arguments
  ) -> String {
    // Grouping walks along the index; the ids come out of it once each.
    let losers =
      "SELECT a.\(column) AS id \(heldRows("a", counts, &arguments)) GROUP BY a.\(column)"
    if taken.isEverything { return losers }
    return """
      SELECT t.id FROM (\(losers)) AS t WHERE NOT EXISTS (
        SELECT 1 FROM \(access) AS b
        WHERE b.\(column) = t.id AND b.\(other) NOT IN (\(taken.ids(&arguments))))
      """
  }

  private func inactiveNotices(_ counts: Counts) throws -> [PlanNotice] {
    var notices: [PlanNotice] = []
    let gaining = try inactive(users, lacking: "user_id", "company_id", companies, counts.companies)
    if gaining > 0 { notices.append(.inactiveUsers(gaining)) }
    let granted = try inactive(companies, lacking: "company_id", "user_id", users, counts.users)
    if granted > 0 { notices.append(.inactiveCompanies(granted)) }
    return notices
  }

  /// How many inactive ones of a pick lack some of the others.
  private func inactive(
    _ pick: PickSQL, lacking column: String, _ other: String, _ others: PickSQL, _ all: Int
  ) throws -> Int {
    var arguments = Arguments()
    let picked = pick.condition.map { " AND " + $0("p", &arguments) } ?? ""
    let among = others.isEverything ? "" : " AND +a.\(other) IN (\(others.ids(&arguments)))"
    return try connection.count(
      """
      SELECT count(*) FROM \(pick.source) AS p WHERE NOT p.is_active\(picked)
        AND (SELECT count(*) FROM \(access) AS a WHERE a.\(column) = p.id\(among)) < \(all)
      """, arguments.values)
  }
}
