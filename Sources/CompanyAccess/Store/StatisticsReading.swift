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
      try Coverage(connection, relations, grants: relations.count())
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
      // One pass over the grants, along their index, gives these three figures.
      let bars = try connection.rows(
        """
        SELECT n, count(*) FROM \(relations.countsByUser) GROUP BY n ORDER BY n
        """
      ) { HistogramBar(companies: $0.int(0), users: $0.int(1)) }
      let grants = bars.reduce(0) { $0 + $1.companies * $1.users }
      let coverage = try Coverage(connection, relations, grants: "\(grants)")
      let withAccess = bars.reduce(0) { $0 + $1.users }
      let without = coverage.users - withAccess
      let empty = try relations.companiesWithoutUsers(connection)
      return Statistics(
        coverage: coverage, usersWithAccess: withAccess,
        companiesWithUsers: coverage.companies - empty.count,
        inactiveUsersWithAccess: try relations.inactiveUsersWithAccess(connection),
        histogram: (without > 0 ? [HistogramBar(companies: 0, users: without)] : []) + bars,
        largest: try relations.largestCompanies(connection), empty: empty)
    }
  }
}

extension Coverage {
  /// Counts users and companies, and takes the grants from an expression.
  init(_ connection: Connection, _ relations: Relations, grants: String) throws {
    func count(_ arms: [String]) -> String {
      arms.map { "(SELECT count(*) FROM \($0))" }.joined(separator: " + ")
    }
    let figures = try connection.first(
      "SELECT \(count(relations.users())), \(count(relations.companies())), \(grants)"
    ) { ($0.int(0), $0.int(1), $0.int(2)) }
    let (users, companies, grants) = figures ?? (0, 0, 0)
    let permitted = users.multipliedReportingOverflow(by: companies)
    self.init(
      users: users, companies: companies, grants: grants,
      permitted: permitted.overflow ? .max : permitted.partialValue)
  }
}

extension Relations {
  /// The companies that statistics name.
  private static let largest = 10

  fileprivate func inactiveUsersWithAccess(_ connection: Connection) throws -> Int {
    let counts = users(.scan).map { arm in
      """
      (SELECT count(*) FROM \(arm) AS u WHERE NOT u.is_active AND \(exists(user: "u.id")))
      """
    }
    return try connection.count("SELECT \(counts.joined(separator: " + "))")
  }

  fileprivate func largestCompanies(_ connection: Connection) throws -> [CompanySummary] {
    let columns = Listing.details(ofCompanies: "c", self, users: "g.n").joined(separator: ", ")
    let companies = companies().map { "SELECT * FROM \($0)" }.joined(separator: " UNION ALL ")
    return try connection.rows(
      """
      SELECT \(columns) FROM \(countsByCompany) AS g CROSS JOIN (\(companies)) AS c ON c.id = g.id
      ORDER BY g.n DESC, c.name, c.id LIMIT \(Relations.largest)
      """, [], CompanySummary.init)
  }

  fileprivate func companiesWithoutUsers(_ connection: Connection) throws -> Affected<Company> {
    var query = CompanyQuery()
    query.users = .none
    let list = Listing(query, self)
    let count = try list.count(connection)
    guard count > 0 else { return Affected(count: 0, first: []) }
    let first = try list.page(.first, limit: Plan.namedEntities, connection, CompanySummary.init)
    return Affected(count: count, first: first.rows.map(\.company))
  }
}
