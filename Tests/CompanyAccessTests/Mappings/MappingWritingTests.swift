import Database
import TestSupport
import Testing

@testable import CompanyAccess

/// Writing, and what the record keeps of it, works on the tables of every application.
@Suite(.onEachEngine)
struct MappingWritingTests {
  @Test(arguments: MappingFixture.Kind.allCases)
  func grantsComeAndGo(_ kind: MappingFixture.Kind) throws {
    let desk = try MappingDesk(kind)
    let result = try desk.grant([2, 4], [1, 3])
    #expect(result.added == 4 && result.results.count == 4)
    #expect(try desk.pairs() == [[2, 1], [2, 3], [4, 1], [4, 3]])
    #expect(try desk.grant([2], [1, 3]).added == 0)
    let revoked = try desk.revoke([4], [3, 5])
    #expect(revoked.removed == 1 && revoked.unchanged == 1)
    #expect(try desk.pairs() == [[2, 1], [2, 3], [4, 1]])
    #expect(
      try desk.store.plan(.revoke(desk.users([4]), desk.companies([1]))).usersLeftWithNone.count
        == 1)
  }

  /// Ids of grants have the form in which the file stores UUIDs.
  @Test(arguments: MappingFixture.Kind.allCases)
  func newIdsHaveTheFormOfTheFile(_ kind: MappingFixture.Kind) throws {
    // The access table of a server has UUIDs.
    guard TestEngine.isForFiles() else { return }
    let desk = try MappingDesk(kind)
    try desk.application.grant(2, 3, id: .text("made up"))
    let store = try AccessStore.open(desk.fixture.path)
    try store.apply(store.plan(.grant(desk.users([2, 4]), desk.companies([1]))))
    for row in try desk.rows() where row[0] != .text("made up") {
      switch (kind, row[0]) {
      case (.hrm, .text(let id)), (.guarding, .text(let id)), (.crm, .text(let id)):
        #expect(id.utf8.count == 32 && !id.contains("-"))
      case (.workcards, .text(let id)): #expect(id.utf8.count == 36 && id.contains("-7"))
      case (.custom, .blob(let id)): #expect(id.count == 16 && id[6] >> 4 == 7)
      default: Issue.record("\(kind) has the id \(row[0])")
      }
      #expect(row[1] == kind.user(2) || row[1] == kind.user(4))
      #expect(row[2] == kind.company(1))
    }
  }

  @Test(arguments: MappingFixture.Kind.allCases)
  func whoIsUnknownIsNamed(_ kind: MappingFixture.Kind) throws {
    let desk = try MappingDesk(kind)
    #expect(throws: AccessError.noSuchUser(desk.user(99))) { try desk.grant([99], [1]) }
    #expect(throws: AccessError.noSuchCompany(desk.company(99))) { try desk.revoke([2], [99]) }
  }

  @Test(arguments: MappingFixture.Kind.allCases)
  func everyChangeCanBeTakenBack(_ kind: MappingFixture.Kind) throws {
    let desk = try MappingDesk(kind)
    try desk.grant([2, 4], [1, 3])
    let before = try desk.rows()
    let bulk = try desk.apply(.bulkGrant(.all, .all))
    #expect(bulk.added == (kind == .guarding ? 32 : 68))
    let gone = try #require(try desk.apply(.revoke(.all, desk.companies([1]))).change)
    try desk.apply(.undo(gone))
    try desk.apply(.undo(try #require(bulk.change)))
    #expect(try desk.rows() == before)
    #expect(try desk.store.isUndone(try #require(bulk.change)))
  }

  @Test(arguments: MappingFixture.Kind.allCases)
  func selectionsByQueryPickRows(_ kind: MappingFixture.Kind) throws {
    let desk = try MappingDesk(kind)
    var active = UserQuery()
    active.activity = .active
    let users = UserSelection.matching(active, except: [desk.user(2)])
    let plan = try desk.store.plan(.grant(users, .all))
    #expect(plan.selectedUsers == 10)
    #expect(try desk.store.apply(plan).added == (kind == .guarding ? 30 : 60))
    #expect(try desk.store.user(desk.user(2))?.companies == 0)
    #expect(try desk.store.user(desk.user(10))?.companies == 0)
  }

  @Test(arguments: MappingFixture.Kind.allCases)
  func whatTheApplicationDeletesIsOnTheRecord(_ kind: MappingFixture.Kind) throws {
    let desk = try MappingDesk(kind)
    let granted = try #require(try desk.grant([2, 4], [1, 3]).change)
    try desk.application.deleteUser(4)
    let end = try #require(try desk.store.changes(limit: 1).first)
    #expect(end.origin == .external && end.removed == 2)
    #expect(try desk.store.entities(of: end.id).map(\.name) == [kind.username(4)])
    #expect(try desk.store.deletedUsers(named: kind.username(4)).count == 1)
    try desk.application.deleteCompany(3)
    #expect(try desk.store.deletedCompanies(named: "Company 3").count == 1)
    #expect(try desk.store.deletedCompanies(named: desk.company(3).description).count == 1)
    #expect(try desk.pairs() == [[2, 1]])
    let pairs = try desk.store.pairs(of: granted, limit: 10).pairs
    #expect(pairs.filter(\.isUserGone).map(\.username) == [kind.username(4), kind.username(4)])
    let life = try desk.store.life(of: desk.user(4), desk.company(1))
    #expect(life.username == kind.username(4) && life.companyName == "Company 1")
    #expect(life.episodes.count == 1 && !life.hasAccess)
    // The user comes back by the name alone, if the table takes that, but not for a company that is
    // gone.
    let back = try desk.store.plan(.undo(end.id))
    let isTaken = kind != .workcards
    #expect(back.entities.map(\.name) == (isTaken ? [kind.username(4)] : []))
    #expect(back.added == (isTaken ? 1 : 0) && back.leftAlone == (isTaken ? 1 : 2))
    #expect(back.entitiesLeftAlone == (isTaken ? 0 : 1))
  }

  @Test(arguments: MappingFixture.Kind.allCases)
  func whatTheApplicationGrantsIsOnTheRecord(_ kind: MappingFixture.Kind) throws {
    let desk = try MappingDesk(kind)
    try desk.application.grant(2, 3, id: .text("one"))
    let change = try #require(try desk.store.changes(limit: 1).first)
    #expect(change.origin == .external && change.added == 1)
    let life = try desk.store.life(of: desk.user(2), desk.company(3))
    #expect(life.hasAccess && life.episodes.first?.grantedBy?.id == change.id)
    var query = ChangeQuery()
    query.user = desk.user(2)
    query.company = desk.company(3)
    #expect(try desk.store.changes(query, limit: 5).map(\.id) == [change.id])
  }

  @Test(arguments: MappingFixture.Kind.allCases)
  func theRecordIsPrunedAndForgets(_ kind: MappingFixture.Kind) throws {
    let desk = try MappingDesk(kind)
    try desk.grant([2, 4], [1, 3])
    try desk.application.deleteUser(4)
    #expect(try desk.store.forget(desk.user(4)).rows == 1)
    #expect(try desk.store.deletedUsers(named: kind.username(4)) == [])
    let file = desk.folder.file("pruned.csv")
    #expect(try desk.store.prune(before: .now, to: file, reason: "old").grants == 2)
    let lines = String(decoding: try readFile(file), as: UTF8.self).split(separator: "\n")
    #expect(lines.count(where: { $0.contains("Company 1") }) == 1)
  }
}
