import Database
import TestSupport
import Testing

@testable import CompanyAccess

/// What is read in another way where the table is large.
@Suite struct ReadingBesideTests {
  let desk: Desk

  init() throws {
    desk = try Desk(users: 60, companies: 12)
    try desk.grant(Array(1...40), Array(1...5))
    try desk.grant(Array(20...30), Array(6...9))
  }

  /// Asks for figures on a second connection while the first one reads.
  private func besides(while body: () throws -> Void = {}) throws -> CompanyFigures? {
    let relations = Relations(mapping: .hrm, moment: .now)
    let connection = try Connection(path: desk.other.place, mode: .readOnly)
    return try connection.reading {
      let own = try CompanyFigures(connection, relations)
      try body()
      let beside = ConcurrentRead(connection, nil) { try CompanyFigures($0, relations) }
      let found = beside?.answer()
      #expect(found == nil || found == own)
      return found
    }
  }

  @Test func figuresOfASecondConnectionAreTheSame() throws {
    let figures = try #require(try besides())
    #expect(figures.largest.first?.users == 40)
    #expect(figures.empty.count == 3)
    #expect(figures.inactiveUsersWithAccess == 0)
  }

  @Test func whereAnotherProgramWaitsToWriteThereAreNone() throws {
    let found = try besides {
      try desk.other.execute("BEGIN IMMEDIATE; DELETE FROM hrm_user_company_access")
      // It cannot end as long as somebody reads, and nobody may begin to.
      #expect(throws: DatabaseError.self) { try desk.other.execute("COMMIT") }
    }
    #expect(found == nil)
    try desk.other.execute("ROLLBACK")
    #expect(try besides() != nil)
  }

  @Test func withAWriteAheadLogThereAreNone() throws {
    try desk.other.execute("PRAGMA journal_mode = WAL")
    #expect(try besides() == nil)
    #expect(try desk.store.statistics().usersWithAccess == 40)
  }

  @Test func companiesOfAUserAreReadWithoutNumbersThatNobodySees() throws {
    var query = CompanyQuery()
    query.user = UserID(1)
    let counted = try desk.store.companies(query, limit: 9).rows
    #expect(counted.map(\.users) == [40, 40, 40, 40, 40])
    query.countsUsers = false
    let rows = try desk.store.companies(query, limit: 9).rows
    #expect(rows.map(\.users) == [0, 0, 0, 0, 0])
    #expect(rows.map(\.company) == counted.map(\.company))
    #expect(rows.map(\.standing) == counted.map(\.standing))
  }

  /// Grants whose users another program has taken away without looking at foreign keys.
  @Test(arguments: [false, true]) func grantsOfNobodyAreInNoPage(descending: Bool) throws {
    try desk.other.setForeignKeys(false)
    try desk.other.execute("DELETE FROM hrm_users WHERE id IN (21, 22, 3)")
    var query = UserQuery()
    (query.sort, query.descending) = (.companies, descending)
    var found: [Int64] = []
    var anchor = PageAnchor.first
    while true {
      let page = try desk.store.users(query, anchor, limit: 5)
      found += page.rows.map { $0.user.id }.compactMap(\.number)
      guard page.hasLater, let end = page.end else { break }
      anchor = .after(end)
    }
    let few = Array(41...60).map(Int64.init)
    let some = Array(1...19) + Array(31...40)
    let many = Array(20...30).filter { $0 != 21 && $0 != 22 }.map(Int64.init)
    let rising = few + some.filter { $0 != 3 }.map(Int64.init) + many
    #expect(found == (descending ? rising.reversed() : rising))
  }
}

extension UserID {
  fileprivate var number: Int64? {
    if case .integer(let number) = key { number } else { nil }
  }
}
