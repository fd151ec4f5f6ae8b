internal import Database

extension AccessStore {
  /// The figures of the whole table.
  ///
  /// - Parameters:
  ///   - moment: The state to look at.
  ///   - work: Cancels the queries.
  /// - Returns: How many users, companies and grants there are, of how many possible ones.
  /// - Throws: As `users`.
  public func coverage(
    at moment: Moment = .now, work: Work? = nil
  ) throws(AccessError) -> Coverage {
    try read(at: moment, work) { connection, relations in
      try Coverage(connection, relations, orphans: relations.orphans(connection))
    }
  }

  /// The figures of the statistics screen.
  ///
  /// - Parameters:
  ///   - moment: The state to look at.
  ///   - work: Cancels the queries.
  /// - Returns: The figures, all of the same state.
  /// - Throws: As `users`.
  public func statistics(
    at moment: Moment = .now, work: Work? = nil
  ) throws(AccessError) -> Statistics {
    try read(at: moment, work) { connection, relations in
      // Whether a pair has several rows, the users' pass finds out.
      let distinct = relations.takingPairsAsDistinct
      let beside =
        try relations.mapping.seesEverything && Statistics.isLarge(connection)
        ? ConcurrentRead(connection.file, work) { try CompanyFigures($0, distinct) } : nil
      defer { _ = beside?.answer() }
      // One pass over the grants, along their index, gives these figures.
      var users = try UserFigures(connection, relations)
      var companies = try beside?.answer() ?? CompanyFigures(connection, distinct)
      let all = users.grants + users.orphans
      if users.surplus > 0 {
        companies = try CompanyFigures(connection, relations)
      }
      if users.orphans > 0 || companies.grants != all {
        // Only where users or companies of grants are missing, it takes another look to tell apart
        // what belongs to them.
        users = try UserFigures(connection, relations.withoutOrphans)
        companies = try CompanyFigures(connection, relations.withoutOrphans)
      }
      let coverage = try Coverage(
        connection, relations, orphans: all - users.grants, grants: users.grants)
      let without = coverage.users - users.withAccess
      return Statistics(
        coverage: coverage, usersWithAccess: users.withAccess,
        companiesWithUsers: coverage.companies - companies.empty.count,
        inactiveUsersWithAccess: companies.inactiveUsersWithAccess,
        histogram: (without > 0 ? [HistogramBar(companies: 0, users: without)] : []) + users.bars,
        largest: companies.largest, empty: companies.empty)
    }
  }
}

/// What one pass over the grants gives, along the index of the users.
struct UserFigures {
  /// How many users have one company, two, and so on.
  let bars: [HistogramBar]
  /// Grants of users who are there.
  let grants: Int
  /// Grants of users who are not.
  let orphans: Int
  /// Rows that repeat the pair of another.
  let surplus: Int

  var withAccess: Int { bars.reduce(0) { $0 + $1.users } }

  /// Counted here, because SQLite would sort the numbers of all users.
  init(_ connection: any DatabaseSession, _ relations: Relations) throws {
    var users: [Int: Int] = [:]
    var (number, count, orphans, surplus) = (0, 0, 0, 0)
    let isThere = relations.isThere("g.id", relations.withOrphans.users())
    let repeated = relations.mayRepeatPairs ? "g.surplus" : "0"
    try connection.forEach(
      "SELECT g.n, \(isThere), \(repeated) FROM \(relations.countsByUser) AS g"
    ) { row in
      let next = row.int(0)
      surplus += row.int(2)
      guard row.bool(1) else { return orphans += next }
      if next != number {
        users[number, default: 0] += count
        (number, count) = (next, 0)
      }
      count += 1
    }
    users[number, default: 0] += count
    users[0] = nil
    bars = users.sorted { $0.key < $1.key }.map { HistogramBar(companies: $0.key, users: $0.value) }
    grants = bars.reduce(0) { $0 + $1.companies * $1.users }
    self.orphans = orphans
    self.surplus = surplus
  }
}

/// What takes another pass over the grants, along the index of the companies.
struct CompanyFigures: Hashable, Sendable {
  let largest: [CompanySummary]
  /// Grants of companies that are there.
  let grants: Int
  let empty: Affected<Company>
  /// Not of companies, but here the shorter pass has the time for it.
  let inactiveUsersWithAccess: Int

  init(_ connection: any DatabaseSession, _ relations: Relations) throws {
    (largest, grants) = try relations.largestCompanies(connection)
    empty = try relations.companiesWithoutUsers(connection)
    inactiveUsersWithAccess = try relations.inactiveUsersWithAccess(connection)
  }
}

extension Statistics {
  /// From how many pages of the file on two passes at once save more than a second connection takes.
  private static let largePages = 10_000

  fileprivate static func isLarge(_ connection: any DatabaseSession) throws -> Bool {
    guard let file = connection as? Connection else { return false }
    return try file.count("PRAGMA page_count") >= largePages
  }
}

extension Coverage {
  /// Counts users and companies, and the grants if they are not known.
  init(
    _ connection: any DatabaseSession, _ relations: Relations, orphans: Int,
    grants known: Int? = nil
  ) throws {
    let grants = known.map(String.init) ?? "\(relations.withOrphans.count()) - \(orphans)"
    let permitted = relations.permitted(relations.users(), relations.companies()) ?? "NULL"
    let figures = try connection.first(
      "SELECT \(relations.countOfUsers), \(relations.countOfCompanies), \(grants), \(permitted)"
    ) { row in
      Coverage(
        users: row.int(0), companies: row.int(1), grants: row.int(2), orphans: orphans,
        permitted: row.optionalInteger(3).map { Int($0) })
    }
    self = figures ?? Coverage(users: 0, companies: 0, grants: 0, permitted: 0)
  }

  /// The figures of a table in which so many pairs may be granted; nil for all pairs.
  init(users: Int, companies: Int, grants: Int, orphans: Int, permitted: Int?) {
    let all = users.multipliedReportingOverflow(by: companies)
    self.init(
      users: users, companies: companies, grants: grants, orphans: orphans,
      permitted: permitted ?? (all.overflow ? .max : all.partialValue))
  }
}

extension Relations {
  /// The companies that statistics name.
  private static let largest = 10

  fileprivate func inactiveUsersWithAccess(_ connection: any DatabaseSession) throws -> Int {
    let counts = users(.scan).map { arm in
      """
      (SELECT count(*) FROM \(arm) AS u WHERE NOT u.is_active AND \(exists(user: "u.id")))
      """
    }
    return try connection.count("SELECT \(counts.joined(separator: " + "))")
  }

  /// The largest companies, and the grants of all that are there.
  fileprivate func largestCompanies(
    _ connection: any DatabaseSession
  ) throws -> (first: [CompanySummary], grants: Int) {
    let details = Listing.details(ofCompanies: "c", self, users: "g.n")
    let columns = (details + ["sum(g.n) OVER ()"]).joined(separator: ", ")
    let companies = companies().map { "SELECT * FROM \($0)" }.joined(separator: " UNION ALL ")
    let rows = try connection.rows(
      """
      SELECT \(columns) FROM \(countsByCompany) AS g CROSS JOIN (\(companies)) AS c ON c.id = g.id
      ORDER BY g.n DESC, c.name, c.id LIMIT \(Relations.largest)
      """
    ) { (company: CompanySummary($0), grants: $0.int(details.count)) }
    return (rows.map(\.company), rows.first?.grants ?? 0)
  }

  fileprivate func companiesWithoutUsers(_ connection: any DatabaseSession) throws -> Affected<
    Company
  > {
    var query = CompanyQuery()
    query.users = .none
    let list = Listing(query, self)
    let count = try list.count(connection)
    guard count > 0 else { return Affected(count: 0, first: []) }
    let first = try list.page(.first, limit: Plan.namedEntities, connection, CompanySummary.init)
    return Affected(count: count, first: first.rows.map(\.company))
  }
}
