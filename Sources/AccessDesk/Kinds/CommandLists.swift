internal import CompanyAccess
internal import Formats

/// Which users, or companies, a command lists, as typed; `other` is one of the other kind.
struct ListFilter {
  var search = ""
  var role: String?
  var other: EntityID?
  /// Only those without any grant.
  var isWithout = false
  var isInactive = false
  var sort: SortOrder?
}

/// The key and the direction that `--sort` names.
struct SortOrder: Hashable {
  var key: String
  var isDescending = false
}

/// How users, or companies, are listed by commands.
protocol EntityListing {
  /// What `--sort` can name.
  var sortKeys: [String] { get }
  /// The columns of the list.
  var columns: [Column] { get }
  /// The columns of a list of grants, where the other kind is known.
  var grantColumns: [Column] { get }

  /// Calls `body` for each row, in order, with the cells of `columns`.
  ///
  /// - Returns: How many rows there are, however few of them the limit lets through.
  func forEach(
    _ filter: ListFilter, limit: Int?, in store: AccessStore, at moment: Moment,
    do body: ([Cell], GrantInfo?) throws -> Void
  ) throws -> (shown: Int, total: Int)

  /// Calls `body` for each row that a screen lists, in its order, with the cells of `columns`.
  func forEach(
    _ query: EntityQuery, in store: AccessStore, at moment: Moment,
    do body: ([Cell], GrantInfo?) throws -> Void
  ) throws

  /// Calls `body` for each grant of a user, or company, with the cells of `grantColumns`.
  func forEachGrant(
    of other: EntityID, in store: AccessStore, at moment: Moment,
    do body: ([Cell], GrantInfo?) throws -> Void
  ) throws
}

/// The list of one kind: where a filter goes in its query, and what a row shows.
struct EntityList<
  Query, Row: Hashable & Sendable, Other, Sort: CaseIterable & RawRepresentable<String>
>: EntityListing {
  /// The query for all.
  let all: Query
  /// The query for what a screen lists.
  let queryOfScreen: (EntityQuery) -> Query
  let search: WritableKeyPath<Query, String>
  let role: WritableKeyPath<Query, String?>?
  let other: WritableKeyPath<Query, Other?>
  let grants: WritableKeyPath<Query, Presence>
  let activity: WritableKeyPath<Query, Activity>
  let sort: WritableKeyPath<Query, Sort>
  let isDescending: WritableKeyPath<Query, Bool>
  let page: (AccessStore, Query, PageAnchor, Int, Moment) throws -> Page<Row>
  let count: (AccessStore, Query, Moment) throws -> Int
  let otherID: (EntityID) -> Other?
  let columns: [Column]
  let cells: (Row) -> [Cell]
  let grantColumns: [Column]
  let grantCells: (Row) -> [Cell]
  let standing: (Row) -> GrantInfo?

  var sortKeys: [String] { Sort.allCases.map(\.rawValue) }

  func forEach(
    _ filter: ListFilter, limit: Int?, in store: AccessStore, at moment: Moment,
    do body: ([Cell], GrantInfo?) throws -> Void
  ) throws -> (shown: Int, total: Int) {
    let query = query(filter)
    let rows = try Paging.each(limit: limit) { anchor, limit in
      try page(store, query, anchor, limit, moment)
    } do: { row in
      try body(cells(row), standing(row))
    }
    return (rows, rows < limit ?? .max ? rows : try count(store, query, moment))
  }

  func forEach(
    _ query: EntityQuery, in store: AccessStore, at moment: Moment,
    do body: ([Cell], GrantInfo?) throws -> Void
  ) throws {
    let query = queryOfScreen(query)
    _ = try Paging.each(limit: nil) { anchor, limit in
      try page(store, query, anchor, limit, moment)
    } do: { row in
      try body(cells(row), standing(row))
    }
  }

  func forEachGrant(
    of other: EntityID, in store: AccessStore, at moment: Moment,
    do body: ([Cell], GrantInfo?) throws -> Void
  ) throws {
    let query = query(ListFilter(other: other))
    _ = try Paging.each(limit: nil) { anchor, limit in
      try page(store, query, anchor, limit, moment)
    } do: { row in
      try body(grantCells(row), standing(row))
    }
  }

  private func query(_ filter: ListFilter) -> Query {
    var query = all
    query[keyPath: search] = filter.search
    if let role { query[keyPath: role] = filter.role }
    query[keyPath: other] = filter.other.flatMap(otherID)
    query[keyPath: grants] = filter.isWithout ? .none : .any
    query[keyPath: activity] = filter.isInactive ? .inactive : .any
    if let order = filter.sort, let key = Sort(rawValue: order.key) {
      query[keyPath: sort] = key
      query[keyPath: isDescending] = order.isDescending
    }
    return query
  }
}

/// The lists of both kinds.
enum EntityLists {
  static var users: EntityList<UserQuery, UserSummary, CompanyID, UserSort> {
    EntityList(
      all: UserQuery(), queryOfScreen: \.users, search: \.search, role: \.role, other: \.company,
      grants: \.access,
      activity: \.activity, sort: \.sort, isDescending: \.descending,
      page: { try $0.users($1, $2, limit: $3, at: $4) },
      count: { try $0.count($1, at: $2) },
      otherID: { if case .company(let id) = $0 { id } else { nil } },
      columns: [
        Column("id", "ID", number: true), Column("username", "USERNAME"),
        Column("full_name", "NAME"), Column("email", "E-MAIL"), Column("role", "ROLE"),
        Column("active", "STATUS"), Column("companies", "COMPANIES", number: true),
      ],
      cells: { row in
        let user = row.user
        return [
          Cell(user.id), .text(user.username), Cell(user.fullName), Cell(user.email),
          Cell(user.role), Cell(active: user.isActive), Cell(row.companies),
        ]
      },
      grantColumns: [
        Column("user", "USER"), Column("user_id", "ID"), Column("active", "STATUS"),
      ],
      grantCells: { [.text($0.user.username), Cell($0.id), Cell(active: $0.user.isActive)] },
      standing: \.standing)
  }

  static var companies: EntityList<CompanyQuery, CompanySummary, UserID, CompanySort> {
    EntityList(
      all: CompanyQuery(),
      queryOfScreen: {
        var query = $0.companies
        query.countsUsers = true
        return query
      }, search: \.search, role: nil, other: \.user, grants: \.users,
      activity: \.activity, sort: \.sort, isDescending: \.descending,
      page: { try $0.companies($1, $2, limit: $3, at: $4) },
      count: { try $0.count($1, at: $2) },
      otherID: { if case .user(let id) = $0 { id } else { nil } },
      columns: [
        Column("id", "ID"), Column("name", "NAME"), Column("code", "CODE"),
        Column("active", "STATUS"), Column("users", "USERS", number: true),
      ],
      cells: { row in
        let company = row.company
        return [
          Cell(company.id), .text(company.name), Cell(company.code),
          Cell(active: company.isActive), Cell(row.users),
        ]
      },
      grantColumns: [
        Column("company", "COMPANY"), Column("company_id", "ID"), Column("active", "STATUS"),
      ],
      grantCells: { [.text($0.company.name), Cell($0.id), Cell(active: $0.company.isActive)] },
      standing: \.standing)
  }
}
