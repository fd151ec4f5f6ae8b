import Database
import TestSupport
import Testing

@testable import CompanyAccess

/// Pages of every order and relation, compared with lists that are made the simple way.
@Suite struct ReadingPagesTests {
  /// A table with keys that are equal or missing, and a sequence of chance that is always the same.
  struct Chance: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state ^ state >> 29
    }
  }

  static func makeRandom(_ path: String) throws {
    try AccessStore.create(path)
    let connection = try Connection(path: path, mode: .readWrite)
    var chance = Chance(state: 7)
    func sometimes(_ values: [String]) -> Value { .optional(values.randomElement(using: &chance)) }
    let at: Value = .text("2026-01-01 00:00:00.000")
    try connection.inTransaction {
      try connection.execute("UPDATE company_access_now SET change_id = 1")
      for role in ["b", "a"] {
        try connection.execute("INSERT INTO hrm_role (name) VALUES (?)", [.text(role)])
      }
      for number in 1...40 {
        let name: Value =
          number % 4 == 0 ? .null : sometimes(["", "Ann", "ann", "\u{15B}", "\u{1F600}"])
        let role: Value = number % 3 == 0 ? .null : .integer(.random(in: 1...2, using: &chance))
        try connection.execute(
          """
          INSERT INTO hrm_users (id, username, full_name, role_id, is_active, created_at, modified_at)
          VALUES (?, ?, ?, ?, ?, ?, ?)
          """,
          [
            .count(number * 7 % 41 + 8), .text(String(number * 3, radix: 36)), name, role,
            .integer(.random(in: 0...1, using: &chance)), at, at,
          ])
      }
      for number in 1...15 {
        try connection.execute(
          """
          INSERT INTO hrm_company (id, name, code, is_active, created_at, modified_at)
          VALUES (?, ?, ?, ?, ?, ?)
          """,
          [
            .text(String(repeating: String(number, radix: 16), count: 32)), .text("C\(number)"),
            number % 2 == 0 ? .null : .text("c\(number % 5)\(number)"),
            .integer(.random(in: 0...1, using: &chance)), at, at,
          ])
      }
      try connection.execute(
        """
        INSERT INTO company_access_change (id, at, actor, origin, action, added, removed)
        VALUES (2, '2026-01-02 00:00:00.000', 'a@b', 'desk', 'grant', 0, 0),
          (3, '2026-01-01 00:00:00.000', 'a@b', 'desk', 'grant', 0, 0),
          (4, '2026-01-03 00:00:00.000', 'a@b', 'desk', 'grant', 0, 0)
        """)
      for change in 2...4 {
        try connection.execute("UPDATE company_access_now SET change_id = \(change)")
        try connection.execute(
          """
          INSERT INTO hrm_user_company_access
            (id, user_id, company_id, created_at, modified_at)
          SELECT u.id || c.id, u.id, c.id, '2026-01-01', '2026-01-01'
          FROM hrm_users AS u, hrm_company AS c
          WHERE (u.id * 7 + unicode(c.id)) % 5 < 2 AND u.id % 6 > 0 AND c.name <> 'C9'
            AND u.id % 3 = \(change - 2)
          """)
      }
      try connection.execute("UPDATE company_access_now SET change_id = NULL")
    }
  }

  struct Case: CustomStringConvertible, Sendable {
    let isSample: Bool
    /// How many rows are looked at before the whole table is.
    let nearby: Int
    let limit: Int

    var description: String {
      "\(isSample ? "sample" : "random"), \(nearby) nearby, pages of \(limit)"
    }

    static let all = [
      Case(isSample: true, nearby: 5_000, limit: 9), Case(isSample: true, nearby: 4, limit: 14),
      Case(isSample: false, nearby: 5_000, limit: 7), Case(isSample: false, nearby: 5, limit: 10),
      Case(isSample: false, nearby: 5_000, limit: 50),
    ]
  }

  private func open(_ test: Case, _ folder: TemporaryFolder) throws -> (AccessStore, ReadingModel) {
    let path = folder.file("hrm.db")
    if test.isSample {
      try AccessStore.create(path, sample: true)
    } else {
      try Self.makeRandom(path)
    }
    return (try .open(path), try ReadingModel(Connection(path: path, mode: .readOnly)))
  }

  private static func relations(_ matter: Bool) -> [Relation] {
    matter ? [.holding, .lacking, .marked] : [.holding]
  }

  @Test(arguments: Case.all) func usersAreListedInFull(_ test: Case) throws {
    let folder = try TemporaryFolder()
    let (store, model) = try open(test, folder)
    let companies = model.companies.sorted { model.users(of: $0.id) < model.users(of: $1.id) }
    for company in [nil, companies.first?.id, companies.last?.id] {
      for relation in Self.relations(company != nil) {
        for sort in UserSort.allCases {
          for descending in [false, true] {
            var query = UserQuery()
            (query.company, query.relation) = (company, relation)
            (query.sort, query.descending) = (sort, descending)
            try check(model.list(query), "\(query)", test) { [query] anchor in
              try store.read(at: .now, nil) { connection, relations in
                var list = Listing(query, relations)
                list.nearby = test.nearby
                return try list.page(anchor, limit: test.limit, connection, UserSummary.init)
              }
            }
            #expect(try store.count(query) == model.list(query).count)
          }
        }
      }
    }
  }

  @Test(arguments: Case.all) func companiesAreListedInFull(_ test: Case) throws {
    let folder = try TemporaryFolder()
    let (store, model) = try open(test, folder)
    let users = model.users.sorted { model.companies(of: $0.id) < model.companies(of: $1.id) }
    for user in [nil, users.first?.id, users.last?.id] {
      for relation in Self.relations(user != nil) {
        for sort in CompanySort.allCases {
          for descending in [false, true] {
            var query = CompanyQuery()
            (query.user, query.relation) = (user, relation)
            (query.sort, query.descending) = (sort, descending)
            try check(model.list(query), "\(query)", test) { [query] anchor in
              try store.read(at: .now, nil) { connection, relations in
                var list = Listing(query, relations)
                list.nearby = test.nearby
                return try list.page(anchor, limit: test.limit, connection, CompanySummary.init)
              }
            }
            #expect(try store.count(query) == model.list(query).count)
          }
        }
      }
    }
  }

  @Test(arguments: Case.all) func filtersPickTheSameRows(_ test: Case) throws {
    let folder = try TemporaryFolder()
    let (store, model) = try open(test, folder)
    for activity in [Activity.any, .active, .inactive] {
      for presence in [Presence.any, .some, .none] {
        for role in [nil, "a", "Employee"] {
          for sort in [UserSort.username, .name, .companies] {
            var query = UserQuery()
            (query.activity, query.access) = (activity, presence)
            (query.role, query.sort) = (role, sort)
            #expect(try store.users(query, limit: 100).rows == model.list(query))
            query.company = model.companies[2].id
            #expect(try store.users(query, limit: 100).rows == model.list(query))
            #expect(try store.count(query) == model.list(query).count)
          }
        }
        var query = CompanyQuery()
        (query.activity, query.users) = (activity, presence)
        #expect(try store.companies(query, limit: 100).rows == model.list(query))
        (query.user, query.relation) = (model.users[4].id, .lacking)
        #expect(try store.companies(query, limit: 100).rows == model.list(query))
      }
    }
  }

  /// Reads all pages forward and backward, and one from each row.
  private func check<T: Identifiable & Hashable & Sendable>(
    _ expected: [T], _ about: String, _ test: Case, _ read: (PageAnchor) throws -> Page<T>
  ) throws {
    var places: [Cursor] = []
    var forward: [T] = []
    var anchor = PageAnchor.first
    repeat {
      let page = try read(anchor)
      #expect(page.hasEarlier == !forward.isEmpty, "\(about)")
      forward += page.rows
      #expect(page.hasLater == (forward.count < expected.count), "\(about)")
      #expect((page.start == nil) == page.rows.isEmpty)
      guard let end = page.end, page.hasLater else { break }
      places.append(end)
      anchor = .after(end)
    } while forward.count <= expected.count
    #expect(forward == expected, "\(about)")

    var backward: [T] = []
    anchor = .last
    repeat {
      let page = try read(anchor)
      #expect(page.hasLater == !backward.isEmpty, "\(about)")
      backward = page.rows + backward
      #expect(page.hasEarlier == (backward.count < expected.count), "\(about)")
      guard let start = page.start, page.hasEarlier else { break }
      anchor = .before(start)
    } while backward.count <= expected.count
    #expect(backward == expected, "\(about)")

    for (index, place) in places.prefix(2).enumerated() {
      let page = try read(.from(place))
      let rest = expected.dropFirst((index + 1) * test.limit - 1)
      #expect(page.rows == Array(rest.prefix(test.limit)), "\(about)")
      #expect(page.hasEarlier == ((index + 1) * test.limit > 1), "\(about)")
      #expect(page.hasLater == (rest.count > test.limit), "\(about)")
    }
  }
}
