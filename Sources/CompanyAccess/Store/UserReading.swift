internal import Database

extension AccessStore {
  /// A page of a list of users.
  ///
  /// - Parameters:
  ///   - query: Which users, and in which order.
  ///   - anchor: Where the page begins or ends.
  ///   - limit: The greatest number of rows, at least 1.
  ///   - moment: The state to look at.
  ///   - work: Cancels the query.
  /// - Returns: The page; its rows carry their `standing` if the query names a company.
  /// - Throws: `.noSuchChange` for a moment that is not on the record, `.cancelled`, or what is
  ///   wrong with the file.
  public func users(
    _ query: UserQuery, _ anchor: PageAnchor = .first, limit: Int, at moment: Moment = .now,
    work: Work? = nil
  ) throws(AccessError) -> Page<UserSummary> {
    try read(at: moment, work, leavingOut: .companies) { connection, relations in
      try Listing(query, relations).page(anchor, limit: limit, connection, UserSummary.init)
    }
  }

  /// The page of a list of users around one of them; the first page if it is not in the list.
  ///
  /// - Parameters:
  ///   - query: Which users, and in which order.
  ///   - id: The user that the page is to hold.
  ///   - limit: The greatest number of rows, at least 1.
  ///   - moment: The state to look at.
  ///   - work: Cancels the query.
  /// - Returns: The page.
  /// - Throws: As `users`.
  public func users(
    _ query: UserQuery, holding id: UserID, limit: Int, at moment: Moment = .now,
    work: Work? = nil
  ) throws(AccessError) -> Page<UserSummary> {
    try read(at: moment, work, leavingOut: .companies) { connection, relations in
      try Listing(query, relations)
        .page(holding: id.key, limit: limit, connection, UserSummary.init)
    }
  }

  /// How many users a query finds.
  ///
  /// - Parameters:
  ///   - query: Which users.
  ///   - moment: The state to look at.
  ///   - work: Cancels the query.
  /// - Returns: The number of rows that all pages of the list have together.
  /// - Throws: As `users`.
  public func count(
    _ query: UserQuery, at moment: Moment = .now, work: Work? = nil
  ) throws(AccessError) -> Int {
    try read(at: moment, work, leavingOut: .companies) { connection, relations in
      try Listing(counting: query, relations).count(connection)
    }
  }

  /// A user.
  ///
  /// - Parameters:
  ///   - id: The id of the user.
  ///   - moment: The state to look at.
  ///   - work: Cancels the query.
  /// - Returns: The user, with the number of companies; nil if there was no such user.
  /// - Throws: As `users`.
  public func user(
    _ id: UserID, at moment: Moment = .now, work: Work? = nil
  ) throws(AccessError) -> UserSummary? {
    try read(at: moment, work, leavingOut: .companies) { connection, relations in
      let arms = relations.users().map { arm in
        """
        SELECT \(Listing.details(ofUsers: "u", relations).joined(separator: ", "))
        FROM \(arm) AS u WHERE u.id = ?1
        """
      }
      return try connection.first(
        arms.joined(separator: " UNION ALL "), [id.value], UserSummary.init)
    }
  }

  /// Whether a user may enter a company.
  ///
  /// - Parameters:
  ///   - user: The id of the user.
  ///   - company: The id of the company.
  ///   - moment: The state to look at.
  ///   - work: Cancels the query.
  /// - Returns: Whether there is a grant; false also if there is no such user or company.
  /// - Throws: As `users`.
  public func mayEnter(
    _ user: UserID, _ company: CompanyID, at moment: Moment = .now, work: Work? = nil
  ) throws(AccessError) -> Bool {
    try read(work: work) { connection in
      if case .after(let change) = moment {
        let found = try connection.first(
          checkOfMoment, [user.value, company.value, .integer(change.number)]
        ) { (mayEnter: $0.bool(0), isThere: $0.bool(1), isPruned: $0.bool(2)) }
        if let found, found.isThere, !found.isPruned { return found.mayEnter }
      }
      let relations = try Relations(mapping: mapping, moment: moment, connection: connection)
      return try connection.count(
        "SELECT \(relations.exists(user: "?1", company: "?2"))", [user.value, company.value]) != 0
    }
  }
}

extension AccessStore {
  /// Runs queries that all see the state of a moment.
  ///
  /// - Parameters:
  ///   - moment: The state to look at.
  ///   - work: Cancels the queries.
  ///   - sides: Where grants do not count whose users or companies are missing at the moment.
  ///   - body: Asks.
  /// - Returns: What the body returns.
  /// - Throws: What the body throws.
  func read<T: Sendable>(
    at moment: Moment, _ work: Work?, leavingOut sides: MissingParents = [],
    _ body: @Sendable (any DatabaseSession, Relations) throws -> T
  ) throws(AccessError) -> T {
    try read(work: work) { connection in
      let relations = try Relations(mapping: mapping, moment: moment, connection: connection)
      return try body(
        connection, relations.leavingOut(sides, connection).knowingFormerHolders(connection))
    }
  }
}

extension Listing {
  /// The list that a query on users describes.
  init(_ query: UserQuery, _ relations: Relations) {
    var arguments = Bindings()
    filter = QueryFilter(query, relations, &arguments)
    let company = filter.other ?? query.company.map { arguments.bind($0.value) }
    let standing = query.relation == .lacking ? nil : company
    let isHeld = company != nil && query.relation == .holding
    arms = relations.users
    all = { relations.countOfUsers }
    row = "u"
    columns = relations.userColumns
    holders =
      isHeld
      ? (
        relation: relations.grants(company: company, details: query.sort == .granted),
        column: "user_id"
      ) : nil
    details = Listing.details(
      ofUsers: "p", relations, companies: query.sort == .companies ? "p.k" : nil,
      company: standing)
    isDescending = query.descending
    let byUsername = ("u.username COLLATE BINARY", Order.indexed)
    (key, order) =
      switch query.sort {
      case .username: byUsername
      case .id: (nil, .indexed)
      case .name: ("coalesce(u.full_name, '') COLLATE BINARY", .plain)
      case .status: (relations.number(ofTruth: "NOT u.is_active"), .plain)
      case .role:
        ("coalesce(\(relations.roleName("u.role")), '') COLLATE BINARY", .computed)
      case .companies:
        (
          "(\(relations.count(user: "u.id")))",
          .counted(in: relations.countsByUser, none: "NOT \(relations.exists(user: "u.id"))")
        )
      case .granted where isHeld: ("coalesce(g.granted_at, \(relations.earliest))", .plain)
      case .granted:
        standing.map {
          (
            "coalesce(\(relations.grantedAt(user: "u.id", company: $0)), \(relations.earliest))",
            .computed
          )
        } ?? byUsername
      }
    self.arguments = arguments
    engine = relations.mapping.engine
  }

  /// The list of the query, for counting alone: without the marks, which need their argument.
  init(counting query: UserQuery, _ relations: Relations) {
    var query = query
    if !QueryFilter.needsOther(query, relations) { query.company = nil }
    self.init(query, relations)
  }

  /// The columns from which `UserSummary` reads itself, of a row with this name.
  ///
  /// The number of companies is counted unless an expression for it is known already; the standing is
  /// that towards one company, given as an expression.
  static func details(
    ofUsers row: String, _ relations: Relations, companies: String? = nil,
    company: String? = nil
  ) -> [String] {
    let columns = ["id", "username", "full_name", "email"].map { "\(row).\($0)" }
    let standing = company.map {
      [
        relations.grantedAt(user: "\(row).id", company: $0),
        relations.grantedBy(user: "\(row).id", company: $0),
      ] + relations.formerHolders(user: "\(row).id", company: $0)
    }
    return columns + [
      relations.roleName("\(row).role"), "\(row).is_active",
      companies ?? relations.count(of: .user, row),
    ] + (standing ?? GrantInfo.none)
  }
}

extension UserSummary {
  /// Reads the columns of `Listing.details(ofUsers:)`.
  init(_ row: borrowing Row) {
    self.init(
      user: User(row), companies: row.int(6), standing: GrantInfo(row, at: 7))
  }
}

extension User {
  /// Reads the first columns of `Listing.details(ofUsers:)`.
  init(_ row: borrowing Row) {
    self.init(
      id: row.userID(0), username: row.text(1), fullName: row.optionalText(2),
      email: row.optionalText(3), role: row.optionalText(4), isActive: row.bool(5))
  }
}

extension GrantInfo {
  /// The columns where no grant is asked for.
  static let none = ["NULL", "NULL", "NULL", "NULL"]

  /// Reads four columns: when the row of the grant was made, NULL for no grant; by what; and whether
  /// the ids of the user and of the company had other holders then.
  init?(_ row: borrowing Row, at column: Int) {
    if row.isNull(column) { return nil }
    let former: [EntityKind] =
      (row.bool(column + 2) ? [.user] : []) + (row.bool(column + 3) ? [.company] : [])
    self.init(
      grantedAt: row.timestamp(column), change: row.changeID(column + 1), formerHolders: former)
  }
}
