import Database
import TestSupport
import Testing

@testable import CompanyAccess

/// A grant may not cross organizations, where there are some: users with even numbers may
/// enter companies with odd ones.
@Suite(.onEachEngine)
struct MappingScopeTests {
  private func desk() throws -> MappingDesk { try MappingDesk(.guarding) }

  @Test func aNamedPairAcrossOrganizationsIsRefused() throws {
    let desk = try desk()
    let error = #expect(throws: AccessError.self) { try desk.grant([2, 3], [1, 2]) }
    guard case .acrossScope(let user, let company, scope: "org_id", more: 1)? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(user.id == desk.user(2) && company.id == desk.company(2))
    #expect(
      error?.description
        == """
        300000002 (Guard Number 2, id 2) and Company 2 (id 2) differ in org_id, which no grant may \
        cross; 1 more of the pairs do
        """)
    #expect(try desk.pairs() == [])
  }

  @Test func aBulkGrantStaysWithinOrganizations() throws {
    let desk = try desk()
    try desk.grant([2], [1])
    let plan = try desk.store.plan(.bulkGrant(.all, .all))
    #expect(plan.added == 35 && plan.unchanged == 1 && plan.pairs.count == 36)
    #expect(plan.after.tenthsOfPercent == 1_000)
    #expect(plan.notices.contains(.acrossScope(36)))
    try desk.store.apply(plan)
    #expect(try desk.pairs().allSatisfy { !($0[0] - $0[1]).isMultiple(of: 2) })
    #expect(try desk.pairs().count == 36)
    #expect(try desk.store.plan(.bulkGrant(.all, .all)).isEmpty)
  }

  /// What another program has granted across organizations is seen, and can be taken away.
  @Test func whatOthersGrantAcrossOrganizationsGoes() throws {
    let desk = try desk()
    try desk.application.grant(2, 2, id: .text("a"))
    #expect(try desk.store.mayEnter(desk.user(2), desk.company(2)))
    #expect(try desk.store.plan(.bulkGrant(.all, .all)).added == 36)
    let change = try #require(try desk.revoke([2], [2]).change)
    #expect(try desk.pairs() == [])
    let undo = try desk.store.plan(.undo(change))
    #expect(undo.isEmpty && undo.leftAlone == 1)
    let user = try #require(try desk.store.user(desk.user(2))?.user.username)
    let company = try #require(try desk.store.company(desk.company(2))?.company.name)
    #expect(
      undo.notices == [
        .divided(desk.user(2), desk.company(2), user: user, company: company)
      ])
    #expect(try desk.store.plan(.undo(change, overwrite: true)).isEmpty)
  }

  @Test func listsForTickingShowTheSameOrganization() throws {
    let desk = try desk()
    try desk.grant([2], [1])
    try desk.application.grant(2, 2, id: .text("a"))
    func companies(_ relation: Relation) throws -> [String] {
      var query = CompanyQuery()
      query.user = desk.user(2)
      query.relation = relation
      let names = try desk.store.companies(query, limit: 10).rows.map(\.company.name)
      #expect(try desk.store.count(query) == names.count)
      return names
    }
    #expect(try companies(.lacking) == ["Company 3", "Company 5"])
    #expect(try companies(.marked) == ["Company 1", "Company 2", "Company 3", "Company 5"])
    #expect(try companies(.holding) == ["Company 1", "Company 2"])
    func users(_ relation: Relation) throws -> Int {
      var query = UserQuery()
      query.company = desk.company(1)
      query.relation = relation
      let rows = try desk.store.users(query, limit: 20).rows
      #expect(try desk.store.count(query) == rows.count)
      #expect(rows.allSatisfy { Int($0.id.description)?.isMultiple(of: 2) == true })
      return rows.count
    }
    #expect(try users(.lacking) == 5)
    #expect(try users(.marked) == 6)
  }

  @Test func whatAnotherUserHasIsGivenWithinTheOrganization() throws {
    let desk = try desk()
    try desk.grant([2], [1, 3])
    var query = CompanyQuery()
    query.user = desk.user(2)
    let all = CompanySelection.matching(query, except: [])
    let same = try desk.store.plan(.grant(desk.users([4]), all))
    #expect(same.added == 2 && same.notices == [])
    let other = try desk.store.plan(.grant(desk.users([3]), all))
    #expect(other.isEmpty && other.notices == [.acrossScope(2)])
  }

  @Test func inactiveOnesAreToldOnlyIfTheyGain() throws {
    let desk = try desk()
    try desk.grant([10], [1, 3, 5])
    #expect(!(try desk.store.plan(.bulkGrant(.all, .all)).notices.contains(.inactiveUsers(1))))
    try desk.revoke([10], [3])
    #expect(try desk.store.plan(.bulkGrant(.all, .all)).notices.contains(.inactiveUsers(1)))
  }

  @Test func aFileAcrossOrganizationsIsRefused() throws {
    let desk = try desk()
    let file = try desk.folder.write(
      "pairs.csv",
      "user,company\n300000002,Company 1\n300000002,Company 2\n300000003,Company 1\n")
    for isSync in [false, true] {
      var options = StagedPairs.Options()
      options.isSync = isSync
      let error = #expect(throws: ImportError.self) {
        try desk.store.stage(file, options: options)
      }
      #expect(error?.isAcrossScope == true && error?.count == 2)
      #expect(
        error?.description.hasPrefix(
          "line 3: '300000002' and 'Company 2' are not of the same organization") == true)
    }
    let gone = try desk.folder.write(
      "gone.csv", "user,company,action\n300000002,Company 2,revoke\n")
    try desk.application.grant(2, 2, id: .text("a"))
    #expect(try desk.apply(.staged(desk.store.stage(gone))).removed == 1)
  }

  /// Between reading a file and writing it somebody may have moved.
  @Test func whoeverMovesAfterwardsIsNotGranted() throws {
    let desk = try desk()
    let file = try desk.folder.write("pairs.csv", "user,company\n300000002,Company 1\n")
    let staged = try desk.store.stage(file)
    try desk.other.execute("UPDATE employees SET org_id = 2 WHERE employee_id = 2")
    #expect(throws: AccessError.self) { try desk.store.plan(.staged(staged)) }
  }

  @Test func permittedPairsAreThoseOfEachOrganization() throws {
    let desk = try MappingDesk(.guarding, users: 7, companies: 5)
    // Three users and three companies in the first organization, four and two in the second.
    #expect(try desk.store.coverage().permitted == 3 * 3 + 4 * 2)
    let granted = try #require(try desk.grant([2, 4], [1]).change)
    #expect(try desk.store.statistics().coverage.permitted == 17)
    try desk.application.deleteUser(4)
    #expect(try desk.store.coverage().permitted == 2 * 3 + 4 * 2)
    #expect(try desk.store.coverage(at: .after(granted)).permitted == 17)
    try desk.other.execute("UPDATE employees SET org_id = 2")
    try desk.other.execute("UPDATE clients SET org_id = 1")
    #expect(try desk.store.coverage().tenthsOfPercent == nil)
  }
}
