import Database
import Glibc
import Synchronization
import TestSupport
import Testing

@testable import CompanyAccess

@Suite(.onEachEngine) struct StoreApplyTests {
  @Test func grantsAndPutsItOnTheRecord() throws {
    let desk = try Desk()
    let intent = Intent.grant(.users([1, 2]), .companies([1, 2]))
    let result = try desk.apply(intent, reason: "new office")
    #expect(result.change == ChangeID(2) && result.added == 4 && result.unchanged == 0)
    #expect(result.results.allSatisfy { $0.outcome == .granted })
    #expect(try desk.pairs() == ["1-1", "1-2", "2-1", "2-2"])
    #expect(try desk.grantedBy() == [2, 2, 2, 2])
    let change = try #require(try desk.store.change(ChangeID(2)))
    #expect(change.action == .grant && change.origin == .library)
    #expect(change.actor == desk.store.actor && change.reason == "new office")
    #expect(change.added == 4 && change.removed == 0 && change.undoes == nil)
    #expect(try desk.store.newestChange() == ChangeID(2))
    #expect(try desk.changes() == [change])
    #expect(try desk.history() == [])
  }

  @Test func rowsHaveTheFormOfTheApplication() throws {
    guard TestEngine.isForFiles() else { return }
    let desk = try Desk()
    try desk.grant([1], [1, 2])
    let forms = try desk.other.rows(
      """
      SELECT length(id), id = lower(id), typeof(id), created_at = modified_at,
        created_at GLOB '????-??-?? ??:??:??.???'
      FROM hrm_user_company_access
      """
    ) { row in (0..<5).map { row.value($0) } }
    let form: [Value] = [.integer(32), .integer(1), .text("text"), .integer(1), .integer(1)]
    #expect(forms == [form, form])
  }

  @Test func whatIsThereAlreadyIsLeftAsItIs() throws {
    let desk = try Desk()
    try desk.grant([1], [1])
    let before = try desk.rows()
    let result = try desk.grant([1], [1])
    #expect(result.change == nil && result.added == 0 && result.unchanged == 1)
    #expect(result.results.map(\.outcome) == [.already])
    #expect(try desk.rows() == before)
    try desk.grant([1], [1, 2])
    #expect(try desk.grantedBy() == [2, 3])
    #expect(try desk.changes().map(\.added) == [1, 1])
  }

  @Test func revokesIntoTheHistory() throws {
    let desk = try Desk()
    try desk.grant([1, 2], [1, 2])
    let result = try desk.revoke([1], [1, 3])
    #expect(result.removed == 1 && result.unchanged == 1)
    #expect(result.results.map(\.outcome) == [.revoked, .absent])
    #expect(try desk.pairs() == ["1-2", "2-1", "2-2"])
    #expect(try desk.history() == ["1-1 2 3"])
    #expect(try desk.changes().map(\.removed) == [0, 1])
  }

  @Test func aBulkGrantHasItsOwnWord() throws {
    let desk = try Desk()
    try desk.apply(.bulkGrant(.all, .all))
    #expect(try desk.changes().map(\.action) == [.bulkGrant])
    #expect(try desk.pairs().count == 12)
  }

  @Test func revokesByWhichGrantsThereAre() throws {
    let desk = try Desk()
    try desk.grant([1, 2, 3], [1])
    try desk.grant([2], [2])
    var holders = UserQuery()
    holders.company = Desk.company(2)
    try desk.apply(.revoke(.matching(holders, except: []), .all))
    #expect(try desk.pairs() == ["1-1", "3-1"])
    // Whoever is granted something on the way still is one of those without.
    var without = UserQuery()
    without.access = .none
    #expect(try desk.apply(.grant(.matching(without, except: []), .all)).added == 6)
  }

  @Test func nothingIsDoneWhenTheStateMoved() throws {
    let desk = try Desk()
    let intent = Intent.grant(.users([1]), .companies([1, 2]))
    let plan = try desk.plan(intent)
    try desk.insert("x", 1, 1)
    let error = #expect(throws: AccessError.self) { try desk.store.apply(plan) }
    guard case .planChanged(let renewed) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(renewed.added == 1 && renewed.unchanged == 1 && renewed.basis == ChangeID(2))
    #expect(try desk.pairs() == ["1-1"])
    #expect(try desk.store.apply(renewed).change == ChangeID(3))
  }

  @Test("A plan that does the same after another change is carried out without another question")
  func aPlanThatStillDoesTheSameIsCarriedOut() throws {
    let desk = try Desk()
    let plan = try desk.plan(.grant(.users([1]), .companies([1])))
    try desk.grant([2], [2])
    #expect(try desk.store.apply(plan).change == ChangeID(3))
    #expect(try desk.pairs() == ["1-1", "2-2"])
  }

  @Test("A dry run does everything and leaves nothing, deferred foreign keys included")
  func aDryRunIsTakenBack() throws {
    let desk = try Desk()
    let plan = try desk.plan(.bulkGrant(.all, .all))
    let result = try desk.store.apply(plan, dryRun: true)
    #expect(result.added == 12 && result.change == nil)
    #expect(try desk.pairs() == [] && desk.changes() == [])
    guard desk.engine == .sqlite else { return }
    try desk.other.execute("DROP TRIGGER company_access_grant_inserted")
    #expect(
      throws: AccessError.recordIncomplete(missing: ["trigger company_access_grant_inserted"])
    ) {
      try desk.store.apply(plan, dryRun: true)
    }
  }

  /// Whoever said beforehand that everything may be done need not be faster than other programs.
  @Test func aNewerPlanIsCarriedOutWhereItIsAccepted() throws {
    let desk = try Desk()
    let plan = try desk.plan(.grant(.users([1]), .companies([1, 2])))
    try desk.insert("x", 1, 1)
    let (result, done) = try desk.store.apply(plan, orNewerIf: { $0.added == 1 })
    #expect(result.change == ChangeID(3) && result.added == 1 && done.unchanged == 1)
    #expect(try desk.pairs() == ["1-1", "1-2"])
  }

  @Test func aNewerPlanIsLeftWhereItIsNot() throws {
    let desk = try Desk()
    let plan = try desk.plan(.grant(.users([1]), .companies([1, 2])))
    try desk.insert("x", 1, 1)
    let error = #expect(throws: AccessError.self) {
      try desk.store.apply(plan, orNewerIf: { $0.added == 2 })
    }
    guard case .planChanged(let newer) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(newer.added == 1)
    #expect(try desk.pairs() == ["1-1"])
  }

  @Test func usersWhoCameMeanwhileAreGrantedTooWhereThatIsAccepted() throws {
    let desk = try Desk()
    let plan = try desk.plan(.bulkGrant(.all, .all))
    try Desk.addUser(5, to: desk.other)
    let (result, _) = try desk.store.apply(plan, orNewerIf: { _ in true })
    #expect(result.added == 15)
    #expect(try desk.changes().map(\.added) == [0, 15])
  }

  /// Users come and go without a change on the record.
  @Test func nothingIsDoneWhenTheCountsMoved() throws {
    guard TestEngine.isForFiles() else { return }
    let desk = try Desk()
    let plan = try desk.plan(.bulkGrant(.all, .all))
    try Desk.addUser(5, to: desk.other)
    let error = #expect(throws: AccessError.self) { try desk.store.apply(plan) }
    guard case .planChanged(let renewed) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(renewed.added == 15)
    #expect(try desk.pairs() == [])
    #expect(try desk.changes().map(\.origin) == [.external])
    #expect(try desk.other.count("SELECT count(change_id) FROM company_access_now") == 0)
  }

  @Test func saysThatAnotherProgramHoldsTheFile() throws {
    guard TestEngine.isForFiles() else { return }
    let desk = try Desk()
    let plan = try desk.plan(.bulkGrant(.all, .all))
    try desk.other.execute("BEGIN IMMEDIATE")
    #expect(throws: AccessError.busy(path: desk.store.path)) { try desk.store.apply(plan) }
    try desk.other.execute("ROLLBACK")
    #expect(try desk.store.apply(plan).added == 12)
  }

  @Test func saysThatNoJournalCanBeMade() throws {
    guard TestEngine.isForFiles() else { return }
    let desk = try Desk()
    // With "-journal" behind it the name is longer than a file system takes.
    let long = desk.folder.file(String(repeating: "n", count: 250))
    try #require(rename(desk.store.path, long) == 0)
    let store = try AccessStore.open(long)
    let plan = try store.plan(.bulkGrant(.all, .all))
    #expect(throws: AccessError.readOnly(.folder)) { try store.apply(plan) }
  }

  @Test func saysThatTheFileWasReplaced() throws {
    guard TestEngine.isForFiles() else { return }
    let desk = try Desk()
    let plan = try desk.plan(.bulkGrant(.all, .all))
    try #require(rename(desk.store.path, desk.store.path + ".old") == 0)
    try AccessStore.create(desk.store.path)
    let before = try desk.folder.read("hrm.db")
    #expect(throws: AccessError.replaced(path: desk.store.path)) { try desk.store.apply(plan) }
    #expect(try desk.folder.read("hrm.db") == before)
  }

  @Test func nothingIsWrittenOffTheRecord() throws {
    guard TestEngine.isForFiles() else { return }
    let desk = try Desk()
    let plan = try desk.plan(.bulkGrant(.all, .all))
    try desk.other.execute("DROP TRIGGER company_access_user_deleted")
    #expect(
      throws: AccessError.recordIncomplete(missing: ["trigger company_access_user_deleted"])
    ) { try desk.store.apply(plan) }
    #expect(try desk.pairs() == [])
    #expect(try desk.store.status.missing == ["trigger company_access_user_deleted"])
  }

  @Test func twoStoresSeeEachOther() throws {
    let desk = try Desk()
    let second = try AccessStore.open(desk.location)
    let before = try second.dataVersion()
    #expect(try second.dataVersion() == before)
    try desk.grant([1], [1])
    let after = try second.dataVersion()
    #expect(after != before)
    if desk.engine == .sqlite {
      try desk.other.execute("BEGIN EXCLUSIVE")
      #expect(try second.dataVersion() == after)
      try desk.other.execute("ROLLBACK")
    }
    #expect(try second.newestChange() == ChangeID(2))
  }

  @Test func listsChangesInPages() throws {
    let desk = try Desk()
    for user in 1...4 { try desk.grant([Int64(user)], [1]) }
    #expect(try desk.store.changes(limit: 2).map(\.id.number) == [5, 4])
    #expect(try desk.store.changes(before: ChangeID(4), limit: 2).map(\.id.number) == [3, 2])
    #expect(try desk.store.changes(before: ChangeID(1), limit: 2) == [])
    #expect(try desk.store.change(ChangeID(6)) == nil)
  }
}

/// Writes that are large enough for the index to be made again.
@Suite struct LargeWriteTests {
  /// 150 x 150 pairs.
  let desk: Desk

  init() throws { desk = try Desk(users: 150, companies: 150) }

  @Test func isTheSameAsASmallOne() throws {
    let result = try desk.apply(.bulkGrant(.all, .all))
    #expect(result.added == 22_500 && result.results.isEmpty)
    #expect(try desk.grantedBy() == Array(repeating: 2, count: 22_500))
    #expect(try desk.store.status.missing == [])
    #expect(try desk.other.first("PRAGMA integrity_check") { $0.text(0) } == "ok")
    #expect(try desk.other.rows("PRAGMA foreign_key_check") { $0.text(0) } == [])
    #expect(desk.folder.names == ["hrm.db"])
    // The connection is as it was, and the trigger for other programs works again.
    #expect(try desk.store.connection.withLock { try $0.file.foreignKeys() })
    try desk.revoke([1], [1])
    try desk.insert("x", 1, 1)
    #expect(try desk.changes().map(\.action) == [.bulkGrant, .revoke, .external])
  }

  @Test func reportsHowFarItIs() throws {
    let seen = Mutex<[WorkProgress]>([])
    let work = Work { progress in seen.withLock { $0.append(progress) } }
    let plan = try desk.store.plan(.bulkGrant(.all, .all), work: work)
    try desk.store.apply(plan, work: work)
    let reports = seen.withLock { $0 }
    let phases = reports.map(\.phase)
    #expect(phases.first == .planning && phases.last == .finishing)
    #expect(phases.contains(.indexing))
    #expect(
      reports.filter { $0.phase == .writing }.allSatisfy { $0.total == 22_500 && $0.done < 22_500 })
  }

  @Test(arguments: [WorkPhase.writing, .indexing, .finishing])
  func cancellingLeavesNoTrace(phase: WorkPhase) throws {
    let before = try desk.folder.read("hrm.db")
    let plan = try desk.plan(.bulkGrant(.all, .all))
    #expect(throws: AccessError.cancelled) {
      try desk.store.apply(plan, work: workCancelled(at: phase))
    }
    #expect(try desk.folder.read("hrm.db") == before)
    #expect(desk.folder.names == ["hrm.db"])
    #expect(try desk.store.connection.withLock { try $0.file.foreignKeys() })
    // And the store goes on.
    #expect(try desk.store.apply(plan).added == 22_500)
  }

  @Test func nobodyIsGrantedWhoIsNotThere() throws {
    let plan = try desk.plan(.bulkGrant(.all, .all))
    let small = try desk.plan(.bulkGrant(.users([1]), .all))
    try desk.store.connection.withLock { connection in
      try connection.execute(
        "CREATE TABLE temp.users (id); CREATE TABLE temp.companies (id)")
      try connection.execute("INSERT INTO temp.users VALUES (1), (150), (NULL)")
      try connection.execute(
        "INSERT INTO temp.companies VALUES (?)", [.text(Desk.company(150).stored)])
      func check(_ plan: Plan) throws {
        let relations = Relations(mapping: .hrm, moment: .now)
        try GrantWriter(connection, relations, plan, ChangeID(2), Work())
          .checkParents("temp.users", "temp.companies")
      }
      try check(plan)
      try connection.execute("INSERT INTO temp.companies VALUES ('nobody')")
      let words = "1 of those granted are not in hrm_company"
      #expect(throws: AccessError.unexpected(detail: words)) { try check(plan) }
      // SQLite has looked at each pair of a small one.
      try check(small)
    }
  }

  @Test func cancellingARevocationLeavesNoTrace() throws {
    try desk.apply(.bulkGrant(.all, .all))
    let rows = try desk.rows()
    let plan = try desk.plan(.revoke(.all, .all))
    #expect(throws: AccessError.cancelled) {
      try desk.store.apply(plan, work: workCancelled(at: .writing))
    }
    #expect(try desk.rows() == rows)
    #expect(try desk.history() == [])
    #expect(try desk.store.status.missing == [])
  }

  @Test func undoBringsBackTheSameRows() throws {
    try desk.grant([7], [1, 2, 3])
    let before = try desk.rows()
    try desk.apply(.bulkGrant(.all, .all))
    let full = try desk.rows()
    let plan = try desk.plan(.undo(ChangeID(3)))
    #expect(plan.removed == 22_497 && plan.added == 0 && plan.pairs.isEmpty)
    #expect(plan.usersLeftWithNone.count == 149 && plan.companiesLeftWithNone.count == 147)
    try desk.store.apply(plan)
    #expect(try desk.rows() == before)
    try desk.apply(.undo(ChangeID(4)))
    #expect(try desk.rows() == full)
    #expect(try desk.store.status.missing == [])
    #expect(try desk.other.first("PRAGMA integrity_check") { $0.text(0) } == "ok")
  }
}
