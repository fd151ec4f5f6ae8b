internal import Database

extension AccessStore {
  /// A page of a list of companies.
  ///
  /// - Parameters:
  ///   - query: Which companies, and in which order.
  ///   - anchor: Where the page begins or ends.
  ///   - limit: The greatest number of rows, at least 1.
  ///   - moment: The state to look at.
  ///   - work: Cancels the query.
  /// - Returns: The page; its rows carry their `standing` if the query names a user.
  /// - Throws: As `users`.
  public func companies(
    _ query: CompanyQuery, _ anchor: PageAnchor = .first, limit: Int, at moment: Moment = .now,
    work: Work? = nil
  ) throws(AccessError) -> Page<CompanySummary> {
    try read(at: moment, work, byNumber: query.sort == .users) { connection, relations in
      try Listing(query, relations).page(anchor, limit: limit, connection, CompanySummary.init)
    }
  }

  /// The page of a list of companies around one of them; the first page if it is not in the list.
  ///
  /// - Parameters:
  ///   - query: Which companies, and in which order.
  ///   - id: The company that the page is to hold.
  ///   - limit: The greatest number of rows, at least 1.
  ///   - moment: The state to look at.
  ///   - work: Cancels the query.
  /// - Returns: The page.
  /// - Throws: As `users`.
  public func companies(
    _ query: CompanyQuery, holding id: CompanyID, limit: Int, at moment: Moment = .now,
    work: Work? = nil
  ) throws(AccessError) -> Page<CompanySummary> {
    try read(at: moment, work, byNumber: query.sort == .users) { connection, relations in
      try Listing(query, relations)
        .page(holding: id.key, limit: limit, connection, CompanySummary.init)
    }
  }

  /// How many companies a query finds.
  ///
  /// - Parameters:
  ///   - query: Which companies.
  ///   - moment: The state to look at.
  ///   - work: Cancels the query.
  /// - Returns: The number of rows that all pages of the list have together.
  /// - Throws: As `users`.
  public func count(
    _ query: CompanyQuery, at moment: Moment = .now, work: Work? = nil
  ) throws(AccessError) -> Int {
    try read(at: moment, work, byNumber: query.sort == .users) { connection, relations in
      try Listing(counting: query, relations).count(connection)
    }
  }

  /// A company.
  ///
  /// - Parameters:
  ///   - id: The id of the company.
  ///   - moment: The state to look at.
  ///   - work: Cancels the query.
  /// - Returns: The company, with the number of users; nil if there was no such company.
  /// - Throws: As `users`.
  public func company(
    _ id: CompanyID, at moment: Moment = .now, work: Work? = nil
  ) throws(AccessError) -> CompanySummary? {
    try read(at: moment, work, byNumber: false) { connection, relations in
      let arms = relations.companies().map { arm in
        """
        SELECT \(Listing.details(ofCompanies: "c", relations).joined(separator: ", "))
        FROM \(arm) AS c WHERE c.id = ?1
        """
      }
      return try connection.first(
        arms.joined(separator: " UNION ALL "), [id.value], CompanySummary.init)
    }
  }
}

extension Listing {
  /// The list that a query on companies describes.
  init(_ query: CompanyQuery, _ relations: Relations) {
    var arguments = Bindings()
    filter = QueryFilter(query, relations, &arguments)
    let user = filter.other ?? query.user.map { arguments.bind($0.value) }
    let standing = query.relation == .lacking ? nil : user
    let isHeld = user != nil && query.relation == .holding
    arms = relations.companies
    all = { relations.countOfCompanies }
    row = "c"
    columns = relations.companyColumns
    holders =
      isHeld
      ? (
        relation: relations.grants(user: user, details: query.sort == .granted),
        column: "company_id"
      ) : nil
    details = Listing.details(
      ofCompanies: "p", relations,
      users: query.sort == .users ? "p.k" : query.countsUsers ? nil : "0", user: standing)
    isDescending = query.descending
    let byName = ("c.name COLLATE BINARY", Order.indexed)
    (key, order) =
      switch query.sort {
      case .name: byName
      case .code: ("coalesce(c.code, '') COLLATE BINARY", .plain)
      case .status: (relations.number(ofTruth: "NOT c.is_active"), .plain)
      case .users: ("(\(relations.count(company: "c.id")))", .computed)
      case .granted where isHeld: ("coalesce(g.granted_at, \(relations.earliest))", .plain)
      case .granted:
        standing.map {
          (
            "coalesce(\(relations.grantedAt(user: $0, company: "c.id")), \(relations.earliest))",
            .computed
          )
        } ?? byName
      }
    self.arguments = arguments
    engine = relations.mapping.engine
  }

  /// The list of the query, for counting alone: without the marks, which need their argument.
  init(counting query: CompanyQuery, _ relations: Relations) {
    var query = query
    if !QueryFilter.needsOther(query, relations) { query.user = nil }
    self.init(query, relations)
  }

  /// The columns from which `CompanySummary` reads itself, of a row with this name.
  ///
  /// The number of users is counted unless an expression for it is known already; the standing is
  /// that towards one user, given as an expression.
  static func details(
    ofCompanies row: String, _ relations: Relations, users: String? = nil, user: String? = nil
  ) -> [String] {
    let standing = user.map {
      [
        relations.grantedAt(user: $0, company: "\(row).id"),
        relations.grantedBy(user: $0, company: "\(row).id"),
      ] + relations.formerHolders(user: $0, company: "\(row).id")
    }
    return ["id", "name", "code", "is_active"].map { "\(row).\($0)" }
      + [users ?? relations.count(of: .company, row)] + (standing ?? GrantInfo.none)
  }
}

extension CompanySummary {
  /// Reads the columns of `Listing.details(ofCompanies:)`.
  init(_ row: borrowing Row) {
    self.init(company: Company(row), users: row.int(4), standing: GrantInfo(row, at: 5))
  }
}

extension Company {
  /// Reads the first columns of `Listing.details(ofCompanies:)`.
  init(_ row: borrowing Row) {
    self.init(
      id: row.companyID(0), name: row.text(1), code: row.optionalText(2), isActive: row.bool(3))
  }
}

extension AccessStore {
  /// Runs queries on companies and their users, whose numbers count no user who is not there.
  ///
  /// Where the numbers of all companies are needed, or those of a moment, or where the record knows it at
  /// once, it is found out first whether any such user has a grant. Else that takes a look at every user
  /// with a grant, which the numbers of a page do not: for them each grant is looked at. Where pairs may
  /// repeat and the numbers of all companies are needed, a pass over the users says whether any does.
  private func read<T: Sendable>(
    at moment: Moment, _ work: Work?, byNumber: Bool,
    _ body: @Sendable (any DatabaseSession, Relations) throws -> T
  ) throws(AccessError) -> T {
    try read(at: moment, work) { connection, relations in
      let asksFirst = try byNumber || moment != .now || relations.knowsMissingUsers(connection)
      let relations =
        try asksFirst ? relations.leavingOut(.users, connection) : relations.withoutMissingUsers
      return try body(
        connection, byNumber ? relations.knowingRepeatedPairs(connection) : relations)
    }
  }
}
