import Database
import TestSupport
import Testing

@testable import CompanyAccess

/// Places in lists that change, and how SQLite finds them.
@Suite struct ReadingPlacesTests {
  let folder: TemporaryFolder
  let store: AccessStore
  let other: Connection

  init() throws {
    folder = try TemporaryFolder()
    try AccessStore.create(folder.file("hrm.db"), sample: true)
    store = try AccessStore.open(folder.file("hrm.db"))
    other = try Connection(path: folder.file("hrm.db"), mode: .readWrite)
  }

  @Test func stayValidWhenTheirRowsGo() throws {
    let all = try store.users(UserQuery(), limit: 99).rows.map(\.user.username)
    let page = try store.users(UserQuery(), limit: 10)
    let place = try #require(page.end)
    try other.execute("DELETE FROM hrm_users WHERE username = ?", [.text(all[9])])
    let next = try store.users(UserQuery(), .after(place), limit: 3)
    #expect(next.rows.map(\.user.username) == Array(all[10...12]))
    #expect(next.hasEarlier)
    #expect(
      try store.users(UserQuery(), .from(place), limit: 3).rows.map(\.user.username)
        == Array(all[10...12]))
    #expect(
      try store.users(UserQuery(), .before(place), limit: 3).rows.map(\.user.username)
        == Array(all[6...8]))
  }

  @Test func beyondTheEndsSayWhatIsOnTheOtherSide() throws {
    let end = try #require(try store.users(UserQuery(), .last, limit: 1).end)
    let later = try store.users(UserQuery(), .after(end), limit: 5)
    #expect(later == Page(rows: [], start: nil, end: nil, hasEarlier: true, hasLater: false))
    let start = try #require(try store.users(UserQuery(), limit: 1).start)
    let earlier = try store.users(UserQuery(), .before(start), limit: 5)
    #expect(earlier == Page(rows: [], start: nil, end: nil, hasEarlier: false, hasLater: true))
    var query = UserQuery()
    query.search = "sarah"
    let only = try #require(try store.users(query, limit: 5).end)
    #expect(try store.users(query, .after(only), limit: 5).hasEarlier)
    #expect(try store.users(query, .before(only), limit: 5).hasLater)
    try other.execute("DELETE FROM hrm_users WHERE username = 'sarah_admin'")
    #expect(try !store.users(query, .from(only), limit: 5).hasEarlier)
    try other.execute("DELETE FROM hrm_users")
    let none = try store.users(UserQuery(), .after(start), limit: 5)
    #expect(none == Page(rows: [], start: nil, end: nil, hasEarlier: false, hasLater: false))
  }

  @Test func areFoundAmongNamesThatAreNoUnicode() throws {
    for (number, bytes) in ["ff61", "ff", "fe", "efbfbd", "00", "", "610061"].enumerated() {
      try other.execute(
        """
        INSERT INTO hrm_users (id, username, full_name, created_at, modified_at)
        VALUES (?1, CAST(x'\(bytes)' AS TEXT), CAST(x'\(bytes)' AS TEXT), '2026', '2026')
        """, [.count(100 + number)])
    }
    try other.execute(
      """
      INSERT INTO hrm_users (id, username, full_name, created_at, modified_at)
      VALUES (200, x'00ff', x'00ff', '2026', '2026')
      """)
    for sort in [UserSort.username, .name] {
      var query = UserQuery()
      query.sort = sort
      let all = try store.users(query, limit: 99).rows
      #expect(all.count == 50)
      var rows: [UserSummary] = []
      var anchor = PageAnchor.first
      for _ in 0..<60 {
        let page = try store.users(query, anchor, limit: 1)
        rows += page.rows
        guard page.hasLater, let end = page.end else { break }
        anchor = .after(end)
      }
      #expect(rows == all)
    }
  }

  /// What SQLite does for the rows of a page, before anything is added to them.
  private func plan(
    _ anchor: PageAnchor, _ moment: Moment, _ list: @Sendable @escaping (Relations) -> Listing
  ) throws -> String {
    try store.read(at: moment, nil) { connection, relations in
      let statement = list(relations).statement(anchor, limit: 5)
      let steps = try connection.rows(
        "EXPLAIN QUERY PLAN " + statement.sql, statement.arguments.values
      ) { $0.text(3) }
      return steps.joined(separator: "\n")
    }
  }

  @Test func areFoundByIndexesWithoutSorting() throws {
    let users = try store.users(UserQuery(), limit: 5)
    let companies = try store.companies(CompanyQuery(), limit: 5)
    let (user, company) = (try #require(users.end), try #require(companies.end))
    for descending in [false, true] {
      for sort in [UserSort.username, .id] {
        var query = UserQuery()
        (query.sort, query.descending) = (sort, descending)
        for anchor in [PageAnchor.after(user), .from(user), .before(user)] {
          let plan = try plan(anchor, .now) { [query] in Listing(query, $0) }
          #expect(plan.hasPrefix("SEARCH l USING"), "\(query): \(plan)")
          #expect(!plan.contains("B-TREE"), "\(query): \(plan)")
        }
        let first = try plan(.first, .now) { [query] in Listing(query, $0) }
        #expect(!first.contains("B-TREE"), "\(query): \(first)")
      }
      var query = CompanyQuery()
      query.descending = descending
      for anchor in [PageAnchor.first, .last, .after(company), .before(company)] {
        let plan = try plan(anchor, .now) { [query] in Listing(query, $0) }
        #expect(plan.contains(" l USING INDEX sqlite_autoindex_hrm_company_2"), "\(plan)")
        #expect(!plan.contains("B-TREE"), "\(plan)")
      }
    }
  }

  @Test func ofThePastAreFoundByIndexesToo() throws {
    let place = try #require(try store.users(UserQuery(), limit: 5).end)
    let plan = try plan(.after(place), .after(ChangeID(20))) { Listing(UserQuery(), $0) }
    #expect(plan.contains("MERGE (UNION ALL)"), "\(plan)")
    #expect(plan.contains("SEARCH o USING INDEX ix_company_access_user_lifetime_name"), "\(plan)")
  }

  @Test func ofAFilterAreFoundInTheTableItself() throws {
    var query = UserQuery()
    query.search = "x"
    let plan = try plan(.first, .now) { [query] in
      var list = Listing(query, $0)
      list.nearby = 0
      return list
    }
    #expect(plan.hasPrefix("SCAN l\n"), "\(plan)")
  }
}
