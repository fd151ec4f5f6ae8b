import Database
import Glibc
import TestSupport
import Testing

@testable import CompanyAccess

/// The figures, compared with those that are counted the simple way.
@Suite struct ReadingStatisticsTests {
  let folder: TemporaryFolder
  var path: String { folder.file("hrm.db") }

  init() throws { folder = try TemporaryFolder() }

  private func check(_ found: Statistics, _ model: ReadingModel) {
    let counts = model.users.map { model.companies(of: $0.id) }
    let grants = counts.reduce(0, +)
    #expect(
      found.coverage
        == Coverage(
          users: model.users.count, companies: model.companies.count, grants: grants,
          permitted: model.users.count * model.companies.count))
    #expect(found.usersWithAccess == counts.count { $0 > 0 })
    #expect(found.usersWithoutAccess == counts.count { $0 == 0 })
    var bars: [Int: Int] = [:]
    for count in counts { bars[count, default: 0] += 1 }
    #expect(
      found.histogram
        == bars.sorted { $0.key < $1.key }.map { HistogramBar(companies: $0.key, users: $0.value) })
    let inactive = model.users.filter { !$0.isActive && model.companies(of: $0.id) > 0 }
    #expect(found.inactiveUsersWithAccess == inactive.count)

    var query = CompanyQuery()
    query.users = .some
    let byName = model.list(query)
    #expect(found.companiesWithUsers == byName.count)
    #expect(found.companiesWithoutUsers == model.companies.count - byName.count)
    let largest = byName.enumerated().sorted { one, other in
      (-one.element.users, one.offset) < (-other.element.users, other.offset)
    }
    #expect(found.largest == largest.prefix(10).map(\.element))
    query.users = .none
    let empty = model.list(query).map(\.company)
    #expect(found.empty == Affected(count: empty.count, first: Array(empty.prefix(20))))
  }

  @Test func ofTheSampleAreThoseOfItsTables() throws {
    try AccessStore.create(path, sample: true)
    let store = try AccessStore.open(path)
    let figures = try store.statistics()
    check(figures, try ReadingModel(Connection(path: path, mode: .readOnly)))
    #expect(try store.coverage() == figures.coverage)
    #expect(figures.coverage.tenthsOfPercent == 339)
    // Nothing has happened after its last change.
    let last = ChangeID(Int64((SampleChange.all + SampleChange.later).count))
    #expect(try store.statistics(at: .after(last)) == figures)
  }

  @Test func ofTheSampleThenAreThoseOfTheGrantsOfThen() throws {
    try AccessStore.create(path, sample: true)
    let store = try AccessStore.open(path)
    for number in [1, 3, 19, 20, 27] as [Int64] {
      let moment = Moment.after(ChangeID(number))
      var model = ReadingModel()
      model.users = try store.users(UserQuery(), limit: 99, at: moment).rows.map(\.user)
      model.companies = try store.companies(CompanyQuery(), limit: 99, at: moment)
        .rows.map(\.company)
      var query = CompanyQuery()
      for user in model.users {
        query.user = user.id
        for row in try store.companies(query, limit: 99, at: moment).rows {
          model.grants[user.id, default: [:]][row.id] = row.standing
        }
      }
      check(try store.statistics(at: moment), model)
    }
  }

  @Test func ofARandomTableAreThoseOfItsTables() throws {
    try ReadingPagesTests.makeRandom(path)
    check(
      try AccessStore.open(path).statistics(),
      try ReadingModel(Connection(path: path, mode: .readOnly)))
  }

  @Test func ofAnEmptyDatabaseAreNone() throws {
    try AccessStore.create(path)
    let store = try AccessStore.open(path)
    let figures = try store.statistics()
    check(figures, ReadingModel())
    #expect(figures.coverage.tenthsOfPercent == nil)
    #expect(figures.histogram.isEmpty)
    for anchor in [PageAnchor.first, .last] {
      let page = try store.users(UserQuery(), anchor, limit: 5)
      #expect(page == Page(rows: [], start: nil, end: nil, hasEarlier: false, hasLater: false))
    }
    #expect(try store.count(CompanyQuery()) == 0)
    #expect(try store.user(UserID(1)) == nil)
    #expect(try !store.mayEnter(UserID(1), CompanyID(1)))
  }

  @Test func areNotCountedForWorkThatIsCancelled() throws {
    try AccessStore.create(path, sample: true)
    let work = Work()
    work.cancel()
    let store = try AccessStore.open(path)
    #expect(throws: AccessError.cancelled) { try store.statistics(work: work) }
    #expect(throws: AccessError.cancelled) { try store.users(UserQuery(), limit: 1, work: work) }
    #expect(try store.users(UserQuery(), limit: 1, work: Work()).rows.count == 1)
  }

  struct Matrix: Sendable {
    let name: String
    let users: Int
    let companies: Int
    let grants: Int
  }

  static let matrices = getenv("COMPANY_ACCESS_MATRICES").map { String(cString: $0) }

  /// Real assignments of users to permissions, one "user permission" a line, in a folder that
  /// `COMPANY_ACCESS_MATRICES` names.
  @Test(
    .enabled(if: matrices != nil, "COMPANY_ACCESS_MATRICES names no folder"),
    arguments: [
      Matrix(name: "hc", users: 46, companies: 46, grants: 1_486),
      Matrix(name: "domino", users: 79, companies: 231, grants: 730),
      Matrix(name: "emea", users: 35, companies: 3_046, grants: 7_220),
      Matrix(name: "customer", users: 10_021, companies: 277, grants: 45_427),
    ])
  func ofRealMatricesAreKnown(_ matrix: Matrix) throws {
    let text = try readFile("\(try #require(Self.matrices))/\(matrix.name).txt")
    let pairs = text.split(separator: UInt8(ascii: "\n")).compactMap { line -> (Int, Int)? in
      let numbers = String(decoding: line, as: UTF8.self).split(separator: " ").compactMap {
        Int($0)
      }
      return numbers.count == 2 ? (numbers[0], numbers[1]) : nil
    }
    try load(pairs)
    let store = try AccessStore.open(path)
    let figures = try store.statistics()
    #expect(
      figures.coverage
        == Coverage(
          users: matrix.users, companies: matrix.companies, grants: matrix.grants,
          permitted: matrix.users * matrix.companies))
    #expect(figures.usersWithoutAccess == 0)
    #expect(figures.companiesWithoutUsers == 0)

    var perCompany: [Int: Int] = [:]
    for (_, company) in pairs { perCompany[company, default: 0] += 1 }
    #expect(figures.largest.map(\.users) == Array(perCompany.values.sorted(by: >).prefix(10)))
    var query = UserQuery()
    query.company = try #require(figures.largest.first).id
    let largest = try #require(figures.largest.first).users
    var seen: Set<UserID> = []
    var anchor = PageAnchor.first
    while true {
      let page = try store.users(query, anchor, limit: 997)
      seen.formUnion(page.rows.map(\.id))
      guard page.hasLater, let end = page.end else { break }
      anchor = .after(end)
    }
    #expect(seen.count == largest)
    query.relation = .lacking
    #expect(try store.count(query) == matrix.users - largest)
  }

  private func load(_ pairs: [(Int, Int)]) throws {
    try AccessStore.create(path)
    let connection = try Connection(path: path, mode: .readWrite)
    let at = "'2026-01-01 00:00:00.000', '2026-01-01 00:00:00.000'"
    try connection.inTransaction {
      for user in Set(pairs.map(\.0)) {
        try connection.execute(
          """
          INSERT INTO hrm_users (id, username, created_at, modified_at)
          VALUES (?1, format('user %05d', ?1), \(at))
          """, [.count(user)])
      }
      for company in Set(pairs.map(\.1)) {
        try connection.execute(
          """
          INSERT INTO hrm_company (id, name, created_at, modified_at)
          VALUES (format('%032x', ?1), format('company %04d', ?1), \(at))
          """, [.count(company)])
      }
      for (user, company) in pairs {
        try connection.execute(
          """
          INSERT INTO hrm_user_company_access VALUES
            (format('%016x%016x', ?1, ?2), ?1, format('%032x', ?2), \(at))
          """, [.count(user), .count(company)])
      }
    }
  }
}
