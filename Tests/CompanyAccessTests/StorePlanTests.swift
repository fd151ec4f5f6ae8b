import Database
import TestSupport
import Testing

@testable import CompanyAccess

@Suite(.onEachEngine) struct StorePlanTests {
  @Test func countsWhatAGrantWouldDo() throws {
    let desk = try Desk()
    try desk.grant([1], [1])
    try desk.other.execute("UPDATE hrm_users SET is_active = FALSE WHERE id IN (1, 2)")
    try desk.other.execute("UPDATE hrm_company SET is_active = FALSE WHERE code = 'C2'")
    let plan = try desk.plan(.grant(.users([1, 2]), .companies([1, 2])))
    #expect(plan.added == 3 && plan.removed == 0 && plan.unchanged == 1 && plan.leftAlone == 0)
    #expect(plan.selectedUsers == 2 && plan.selectedCompanies == 2)
    #expect(plan.before == Coverage(users: 4, companies: 3, grants: 1, permitted: 12))
    #expect(plan.after == Coverage(users: 4, companies: 3, grants: 4, permitted: 12))
    #expect(
      plan.pairs.map { "\($0.user.username) \($0.company.code ?? "") \($0.outcome)" } == [
        "user1 C1 already", "user1 C2 granted", "user2 C1 granted", "user2 C2 granted",
      ])
    #expect(plan.notices == [.inactiveUsers(2), .inactiveCompanies(1)])
    #expect(plan.usersLeftWithNone.count == 0 && plan.companiesLeftWithNone.count == 0)
    #expect(plan.companiesOfUser == nil && plan.usersOfCompany == nil)
    #expect(try plan.basis == desk.store.newestChange())
    #expect(try desk.pairs() == ["1-1"])
  }

  @Test func inactiveOnesWhoGainNothingAreNoNews() throws {
    let desk = try Desk()
    try desk.grant([1], [1, 2])
    try desk.other.execute("UPDATE hrm_users SET is_active = FALSE WHERE id = 1")
    let plan = try desk.plan(.grant(.users([1, 2]), .companies([1, 2])))
    #expect(plan.added == 2)
    #expect(plan.notices == [])
  }

  @Test func namesWhoIsLeftWithNone() throws {
    let desk = try Desk()
    try desk.grant([1, 2], [1, 2])
    try desk.grant([2], [3])
    try desk.grant([4], [2])
    let plan = try desk.plan(.revoke(.users([1, 2, 3]), .companies([1, 2])))
    #expect(plan.removed == 4 && plan.unchanged == 2)
    #expect(plan.usersLeftWithNone.count == 1)
    #expect(plan.usersLeftWithNone.first.map(\.username) == ["user1"])
    #expect(plan.companiesLeftWithNone.count == 1)
    #expect(plan.companiesLeftWithNone.first.map(\.name) == ["Company 1"])
    #expect(
      plan.pairs.map { "\($0.user.username) \($0.company.code ?? "") \($0.outcome)" } == [
        "user1 C1 revoked", "user1 C2 revoked", "user2 C1 revoked", "user2 C2 revoked",
        "user3 C1 absent", "user3 C2 absent",
      ])
  }

  @Test func namesTheFirstOfManyWhoAreLeftWithNone() throws {
    let desk = try Desk(users: 30, companies: 25)
    try desk.apply(.bulkGrant(.all, .all))
    let plan = try desk.plan(.revoke(.all, .all))
    #expect(plan.removed == 750)
    #expect(plan.usersLeftWithNone.count == 30 && plan.companiesLeftWithNone.count == 25)
    #expect(plan.usersLeftWithNone.first.count == Plan.namedEntities)
    #expect(
      plan.usersLeftWithNone.first.prefix(3).map(\.username) == ["user1", "user10", "user11"])
    #expect(plan.companiesLeftWithNone.first.last?.name == "Company 4")
  }

  @Test func aPlanAboutOneUserOrCompanyHasItsTotals() throws {
    let desk = try Desk()
    try desk.grant([1], [1, 2])
    let one = try desk.plan(.revoke(.users([1]), .companies([2, 3])))
    #expect(one.companiesOfUser == BeforeAfter(before: 2, after: 1))
    #expect(one.usersOfCompany == nil)
    let many = try desk.plan(.grant(.all, .companies([2])))
    #expect(many.usersOfCompany == BeforeAfter(before: 1, after: 4))
    #expect(many.companiesOfUser == nil)
  }

  @Test func selectsByQueryAndExcept() throws {
    let desk = try Desk()
    var query = UserQuery()
    query.search = "USER"
    let plan = try desk.plan(
      .grant(.matching(query, except: [UserID(2), UserID(99)]), .companies([1])))
    #expect(plan.selectedUsers == 3)
    #expect(plan.pairs.map(\.user.id) == [UserID(1), UserID(3), UserID(4)])
    try desk.store.apply(plan)
    var without = UserQuery()
    without.access = .none
    #expect(try desk.plan(.grant(.matching(without, except: []), .all)).added == 3)
    var holders = UserQuery()
    holders.company = Desk.company(1)
    #expect(try desk.plan(.revoke(.matching(holders, except: []), .all)).removed == 3)
    var companies = CompanyQuery()
    companies.search = "c3"
    #expect(try desk.plan(.grant(.all, .matching(companies, except: []))).added == 4)
  }

  @Test func theNumbersAreTheSameWhicheverWayTheyAreCounted() throws {
    let desk = try Desk(users: 12, companies: 12)
    for user in 1...12 {
      try desk.grant([Int64(user)], (1...12).filter { ($0 * user) % 5 < 3 })
    }
    let held = Set(try desk.pairs())
    for users in [[1], [2, 3], Array(1...11), Array(1...12)] as [[Int64]] {
      for companies in [[1], [4, 5, 6], Array(1...11), Array(1...12)] {
        let pairs = users.flatMap { user in companies.map { "\(user)-\($0)" } }
        let expected = pairs.count(where: held.contains)
        let plan = try desk.plan(.revoke(.users(users), .companies(companies)))
        #expect(plan.removed == expected)
        #expect(plan.unchanged == pairs.count - expected)
        #expect(
          plan.pairs.filter { $0.outcome == .revoked }.count == expected)
      }
    }
  }

  @Test func unknownIdsAreErrors() throws {
    let desk = try Desk()
    #expect(throws: AccessError.noSuchUser(UserID(9))) {
      try desk.plan(.grant(.users([1, 9]), .companies([1])))
    }
    #expect(throws: AccessError.noSuchCompany(Desk.company(9))) {
      try desk.plan(.revoke(.users([1]), .companies([9])))
    }
    #expect(throws: AccessError.noSuchChange(ChangeID(99))) { try desk.plan(.undo(ChangeID(99))) }
    for text in ["", "a\"b\\c\n\u{1}", "a\0b", "\u{142}"] {
      #expect(throws: AccessError.noSuchCompany(CompanyID(text: text))) {
        try desk.plan(.grant(.users([1]), .these([CompanyID(text: text)])))
      }
    }
  }

  @Test func oddIdsAreFound() throws {
    guard TestEngine.isForFiles() else { return }
    let desk = try Desk()
    for text in ["a\"b\\c\n\u{1}", "a\0b", "\u{142}"] {
      try desk.other.execute(
        "INSERT INTO hrm_company VALUES (?, ?, NULL, 1, '2026-01-01', '2026-01-01')",
        [.text(text), .text("\(text)")])
      #expect(try desk.plan(.grant(.users([1]), .these([CompanyID(text: text)]))).added == 1)
    }
    try desk.other.execute(
      "INSERT INTO hrm_company VALUES (x'00ff', 'Bytes', NULL, 1, '2026-01-01', '2026-01-01')")
    let bytes = CompanyID(.bytes([0, 255]))
    #expect(try desk.apply(.grant(.users([1]), .these([bytes]))).added == 1)
    #expect(try desk.apply(.revoke(.users([1]), .these([bytes]))).removed == 1)
  }

  @Test func selectingNothingChangesNothing() throws {
    let desk = try Desk()
    let plan = try desk.plan(.grant(.users([]), .all))
    #expect(plan.isEmpty && plan.selectedUsers == 0 && plan.pairs == [])
    #expect(try desk.store.apply(plan).change == nil)
    #expect(try desk.changes() == [])
  }

  @Test func plansWithoutTheRightToWrite() throws {
    let desk = try Desk()
    let reader = try AccessStore.open(desk.location, access: .readOnly)
    let plan = try reader.plan(.bulkGrant(.all, .all))
    #expect(plan.added == 12)
    #expect(throws: AccessError.readOnly(.asked)) { try reader.apply(plan) }
  }

  @Test func listsPairsOnlyWhenTheyAreFew() throws {
    let desk = try Desk(users: 26, companies: 40)
    #expect(try desk.plan(.grant(.users(Array(1...25)), .all)).pairs.count == 1_000)
    #expect(try desk.plan(.grant(.users(Array(1...26)), .all)).pairs.isEmpty)
  }

  @Test func aCancelledWorkPlansNothing() throws {
    let desk = try Desk()
    let work = Work()
    work.cancel()
    #expect(throws: AccessError.cancelled) {
      try desk.store.plan(.bulkGrant(.all, .all), work: work)
    }
  }
}
