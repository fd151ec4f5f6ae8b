import Database
import TestSupport
import Testing

@testable import CompanyAccess

/// Reading works on the tables of every application.
@Suite(.onEachEngine)
struct MappingReadingTests {
  private typealias Kind = MappingFixture.Kind

  @Test(
    "Before the record it is said of whom the application does not say when they were added",
    arguments: MappingFixture.Kind.allCases)
  func unknownBeginningsAreSaid(_ kind: MappingFixture.Kind) throws {
    let desk = try MappingDesk(kind)
    let times: [MappingFixture.Kind: (users: Bool, companies: Bool)] = [
      .guarding: (true, false), .custom: (true, false),
    ]
    let unknown = times[kind] ?? (false, false)
    func notices(_ moment: ResolvedMoment) -> [MomentNotice] {
      moment.notices.filter { if case .beginningsUnknown = $0 { true } else { false } }
    }
    let before = try desk.store.moment(at: Timestamp(stored: "2000-01-01 00:00:00.000"))
    #expect(
      notices(before)
        == (unknown.users || unknown.companies
          ? [.beginningsUnknown(users: unknown.users, companies: unknown.companies)] : []))
    // Since then the record says it.
    #expect(try notices(desk.store.moment(after: ChangeID(1))) == [])
  }

  @Test(arguments: MappingFixture.Kind.allCases)
  func usersHaveTheirFacts(_ kind: MappingFixture.Kind) throws {
    let desk = try MappingDesk(kind)
    let two = try #require(try desk.store.user(desk.user(2))).user
    #expect(two.username == kind.username(2))
    #expect(two.fullName == (kind == .guarding ? "Guard Number 2" : "User 2"))
    #expect(two.email == (kind.hasEmailNames ? kind.username(2) : "user2@example.com"))
    let roles: [MappingFixture.Kind: String] = [
      .hrm: "Super Admin", .guarding: "guard", .workcards: "super_admin", .crm: "super_admin",
      .custom: "Chief",
    ]
    #expect(two.role == roles[kind])
    #expect(two.isActive)
    #expect(try desk.store.user(desk.user(10))?.user.isActive == false)
    // Nobody said that this one was deactivated.
    #expect(try desk.store.user(desk.user(3))?.user.isActive == true)
    #expect(try desk.store.user(desk.user(99)) == nil)
  }

  @Test(arguments: MappingFixture.Kind.allCases)
  func companiesHaveTheirFacts(_ kind: MappingFixture.Kind) throws {
    let desk = try MappingDesk(kind, companies: 8)
    let three = try #require(try desk.store.company(desk.company(3))).company
    #expect(three.name == "Company 3")
    #expect(three.code == (kind == .guarding || kind == .crm ? nil : "C3"))
    #expect(three.isActive)
    #expect(try desk.store.company(desk.company(7))?.company.isActive == (kind == .crm))
  }

  @Test(arguments: MappingFixture.Kind.allCases)
  func idsStandAsPeopleReadThem(_ kind: MappingFixture.Kind) throws {
    let desk = try MappingDesk(kind)
    let company =
      kind == .guarding ? "3" : "0198c0de-0000-7000-800b-000000000003"
    #expect(desk.company(3).description == company)
    let user =
      switch kind {
      case .workcards: "0198c0de-0000-7000-800a-000000000003"
      case .custom: "E-3"
      case .hrm, .guarding, .crm: "3"
      }
    #expect(desk.user(3).description == user)
  }

  @Test(arguments: MappingFixture.Kind.allCases)
  func everyWayToFilterWorks(_ kind: MappingFixture.Kind) throws {
    let desk = try MappingDesk(kind)
    try desk.grant([2, 4], [1, 3])
    func users(_ change: (inout UserQuery) -> Void) throws -> [Int] {
      var query = UserQuery()
      query.sort = .id
      change(&query)
      let page = try desk.store.users(query, limit: 100).rows
      #expect(try desk.store.count(query) == page.count)
      return page.compactMap { row in (1...12).first { desk.user($0) == row.id } }.sorted()
    }
    let all = Array(1...12)
    #expect(try users { _ in } == all)
    #expect(try users { $0.search = kind.username(11) } == [11])
    #expect(try users { $0.search = desk.user(12).description }.contains(12))
    #expect(try users { $0.search = kind == .guarding ? "guard number 7" : "USER 7" }.contains(7))
    #expect(try users { $0.search = "\u{e9}t\u{e9}" } == [])
    let role = try #require(try desk.store.user(desk.user(2))?.user.role)
    #expect(try users { $0.role = role } == (kind == .guarding ? all : [2]))
    #expect(try users { $0.activity = .inactive } == [10])
    #expect(try users { $0.activity = .active } == all.filter { $0 != 10 })
    #expect(try users { $0.access = .some } == [2, 4])
    #expect(try users { $0.access = .none } == all.filter { $0 != 2 && $0 != 4 })
    #expect(try users { $0.company = desk.company(1) } == [2, 4])
  }

  @Test(arguments: MappingFixture.Kind.allCases)
  func theShownIdOfACompanyIsFound(_ kind: MappingFixture.Kind) throws {
    let desk = try MappingDesk(kind)
    func companies(_ search: String) throws -> [String] {
      var query = CompanyQuery()
      query.search = search
      return try desk.store.companies(query, limit: 100).rows.map(\.company.name)
    }
    let shown = desk.company(4).description
    #expect(try companies(shown).contains("Company 4"))
    #expect(try companies(shown + "x") == [])
    guard kind != .guarding else { return }
    #expect(try companies(shown.replacing("-", with: "")) == ["Company 4"])
    #expect(try companies("800b-000000000004") == ["Company 4"])
  }

  @Test(arguments: MappingFixture.Kind.allCases)
  func usersAreSortedByEveryColumn(_ kind: MappingFixture.Kind) throws {
    let desk = try MappingDesk(kind)
    try desk.grant([2, 6, 4], [1, 3])
    for sort in UserSort.allCases {
      for descending in [false, true] {
        var query = UserQuery()
        query.sort = sort
        query.descending = descending
        var seen: [UserID] = []
        var anchor = PageAnchor.first
        while true {
          let page = try desk.store.users(query, anchor, limit: 5)
          seen += page.rows.map(\.id)
          guard page.hasLater, let end = page.end else { break }
          anchor = .after(end)
        }
        #expect(Set(seen).count == 12 && seen.count == 12)
        let around = try desk.store.users(query, holding: desk.user(7), limit: 3).rows
        #expect(around.contains { $0.id == desk.user(7) })
      }
    }
  }

  @Test(arguments: MappingFixture.Kind.allCases)
  func companiesAreSortedByEveryColumn(_ kind: MappingFixture.Kind) throws {
    let desk = try MappingDesk(kind)
    try desk.grant([2], [1, 3])
    for sort in CompanySort.allCases {
      var query = CompanyQuery()
      query.sort = sort
      query.user = desk.user(2)
      query.relation = .marked
      let rows = try desk.store.companies(query, limit: 10).rows
      let held = rows.filter { $0.standing != nil }.map(\.id)
      #expect(Set(held) == [desk.company(1), desk.company(3)])
    }
  }

  @Test(arguments: MappingFixture.Kind.allCases)
  func namesAndIdsInAnyFormAreUnderstood(_ kind: MappingFixture.Kind) throws {
    let desk = try MappingDesk(kind)
    #expect(try desk.store.user(named: kind.username(5)).id == desk.user(5))
    #expect(try desk.store.company(named: "Company 5").id == desk.company(5))
    let user = desk.user(5).description
    let company = desk.company(5).description
    for form in [user, user.uppercased(), "id:" + user, user.replacing("-", with: "")]
    where kind != .custom || form.hasSuffix(user) {
      #expect(try desk.store.user(named: form).id == desk.user(5))
    }
    for form in [
      company, company.uppercased(), "id:" + company, company.replacing("-", with: ""),
      "{\(company)}", "urn:uuid:\(company)",
    ] where kind != .guarding || form.hasSuffix(company) && !form.hasPrefix("urn") {
      #expect(try desk.store.company(named: form).id == desk.company(5))
    }
    let error = #expect(throws: AccessError.self) {
      try desk.store.company(named: "company 5")
    }
    guard case .noCompanyNamed(_, let similar)? = error else { return }
    #expect(similar.contains { $0.name == "Company 5" })
  }

  @Test(arguments: MappingFixture.Kind.allCases)
  func namesAreCompleted(_ kind: MappingFixture.Kind) throws {
    let desk = try MappingDesk(kind)
    let first = String(kind.username(1).prefix(4))
    #expect(try desk.store.usernames(beginningWith: first, limit: 3).count == 3)
    #expect(try desk.store.companyNames(beginningWith: "Com", limit: 9).count == 6)
    let roles = try desk.store.roleNames(beginningWith: "", limit: 9).map(\.name)
    let expected: [MappingFixture.Kind: [String]] = [
      .hrm: ["Finance Manager", "HR Manager", "Super Admin", "Tenant Admin"],
      .guarding: ["guard"], .workcards: ["clerk", "super_admin"], .crm: ["agent", "super_admin"],
      .custom: ["Chief", "Clerk"],
    ]
    #expect(roles == expected[kind])
  }

  @Test(arguments: MappingFixture.Kind.allCases)
  func statisticsAddUp(_ kind: MappingFixture.Kind) throws {
    let desk = try MappingDesk(kind)
    try desk.grant([2, 10], [1, 3])
    let statistics = try desk.store.statistics()
    #expect(statistics.coverage.users == 12 && statistics.coverage.companies == 6)
    #expect(statistics.coverage.grants == 4)
    #expect(statistics.usersWithAccess == 2 && statistics.companiesWithUsers == 2)
    #expect(statistics.inactiveUsersWithAccess == 1)
    #expect(statistics.largest.first?.company.name == "Company 1")
    #expect(statistics.empty.count == 4)
    // Six users and three companies in either of two organizations.
    #expect(statistics.coverage.permitted == (kind == .guarding ? 36 : 72))
  }

  @Test(arguments: MappingFixture.Kind.allCases)
  func thePastIsKnown(_ kind: MappingFixture.Kind) throws {
    let desk = try MappingDesk(kind)
    let granted = try #require(try desk.grant([2, 4], [1, 3]).change)
    try desk.revoke([2], [1])
    try desk.application.deleteUser(4)
    try desk.application.deleteCompany(3)
    let then = Moment.after(granted)
    #expect(try desk.store.coverage(at: then).grants == 4)
    #expect(try desk.store.coverage(at: then).users == 12)
    #expect(try desk.store.coverage(at: then).companies == 6)
    #expect(try desk.store.user(desk.user(4), at: then)?.companies == 2)
    #expect(try desk.store.user(desk.user(4), at: then)?.user.username == kind.username(4))
    #expect(try desk.store.company(desk.company(3), at: then)?.users == 2)
    #expect(try desk.store.mayEnter(desk.user(2), desk.company(1), at: then))
    #expect(try !desk.store.mayEnter(desk.user(2), desk.company(1)))
    #expect(try desk.store.user(named: kind.username(4), at: then).id == desk.user(4))
    #expect(try desk.store.coverage().users == 11)
    #expect(try desk.store.coverage().grants == 0)
  }

  @Test(
    "The record tells who came later, whatever rows say of when they were made",
    arguments: MappingFixture.Kind.allCases)
  func later(_ kind: MappingFixture.Kind) throws {
    let desk = try MappingDesk(kind)
    let begins = try #require(try desk.store.newestChange())
    try desk.application.addUser(13)
    #expect(try desk.store.coverage(at: .after(begins)).users == 12)
    let came = try #require(try desk.store.newestChange())
    #expect(came > begins)
    #expect(try desk.store.coverage(at: .after(came)).users == 13)
  }
}

extension MappingFixture.Kind {
  /// Whether users sign in with their e-mail addresses.
  fileprivate var hasEmailNames: Bool { self == .workcards || self == .crm }
}
