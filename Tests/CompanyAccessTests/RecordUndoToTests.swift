import Database
import TestSupport
import Testing

@testable import CompanyAccess

/// Taking back everything that came after a change.
@Suite(.onEachEngine) struct RecordUndoToTests {
  let desk: Desk

  init() throws {
    desk = try Desk(users: 6, companies: 4)
    try desk.addStaff()
    if desk.engine == .sqlite { try desk.other.execute("PRAGMA synchronous = OFF") }
    try desk.other.setForeignKeys(true)
  }

  private var newest: ChangeID { get throws { try #require(try desk.store.newestChange()) } }

  /// All that rows say, without the times at which they were modified.
  private func state() throws -> [String] {
    let users =
      "SELECT id, username, full_name, email, password_hash, role_id, is_active, created_at"
    let queries = [
      "\(users) FROM hrm_users", "SELECT id, name, code, is_active, created_at FROM hrm_company",
      "SELECT id, user_id, company_id, full_name, created_at FROM hrm_employee",
      "SELECT id, user_id, company_id, created_at, modified_at FROM hrm_user_company_access",
    ]
    return try queries.flatMap { query in
      try desk.other.rows("\(query) ORDER BY 1") { row in
        (0..<row.count).map { "\(row.value($0))" }.joined(separator: ", ")
      }
    }
  }

  @Test("Users, companies and grants become what they were, as one change that can be undone")
  func everythingAtOnce() throws {
    try desk.grant([2, 3], [1, 2])
    let last = try newest
    let before = try state()
    try desk.revoke([2], [1])
    try desk.grant([2, 4], [1, 3])
    try desk.edit(.edit(user(2)), ["username": "lin", "home": "C3"])
    try desk.edit(.delete(user(3)))
    try desk.edit(.add(.user), ["username": "user3", "home": "C2"])
    try desk.edit(.edit(company(2)), ["name": "Nova"])
    try desk.edit(.delete(company(3)))
    let after = try state()
    let plan = try desk.plan(.undoTo(last))
    #expect(plan.entities.count == 5 && plan.leftAlone == 0 && plan.entitiesLeftAlone == 0)
    #expect(plan.undone == nil)
    let result = try desk.store.apply(plan, reason: "a rehearsal")
    #expect(try state() == before)
    let number = try #require(result.change)
    let change = try #require(try desk.store.change(number))
    #expect(change.action == .undoTo && change.undoes == last)
    #expect(change.reason == "a rehearsal" && change.wentBackTo == last)
    #expect((change.added, change.removed) == (result.added, result.removed))
    #expect(try desk.store.isUndone(ChangeID(last.number + 1)) && !desk.store.isUndone(last))
    try desk.apply(.undo(change.id))
    #expect(try !desk.store.isUndone(ChangeID(last.number + 1)))
    #expect(try state() == after)
    try desk.apply(.undoTo(last))
    #expect(try state() == before)
    #expect(try desk.plan(.undoTo(newest)).isEmpty)
  }

  @Test("A grant that stood comes back with the earlier holder of its id, and is counted")
  func grantOfEarlierHolder() throws {
    try desk.grant([2], [1])
    let last = try newest
    func rows() throws -> [String] {
      try desk.other.rows("SELECT * FROM hrm_user_company_access ORDER BY id") { row in
        (0..<row.count).map { "\(row.value($0))" }.joined(separator: ", ")
      }
    }
    let before = try rows()
    let row = "user_id = 2 AND company_id = (SELECT id FROM hrm_company ORDER BY id LIMIT 1)"
    try desk.other.setForeignKeys(false)
    try desk.other.inTransaction {
      try desk.other.execute("DELETE FROM hrm_users WHERE id = 2")
      try desk.other.execute(
        """
        INSERT INTO hrm_users (id, username, is_active, created_at, modified_at)
        VALUES (2, 'zed', TRUE, '2026-01-01', '2026-01-01')
        """)
    }
    let old = try newest
    while try newest == old {
      try desk.other.execute("UPDATE hrm_users SET username = username || 'a' WHERE id = 2")
    }
    let renamed = try newest
    while try newest == renamed {
      try desk.other.execute("UPDATE hrm_users SET username = 'zed' || random() WHERE id = 3")
    }
    try desk.other.execute("DELETE FROM hrm_user_company_access WHERE \(row)")
    let deleted = try newest
    try desk.other.setForeignKeys(true)
    try desk.apply(.undo(deleted, overwrite: true))
    let result = try desk.apply(.undoTo(last))
    #expect(try rows() == before && !before.isEmpty)
    #expect(try desk.store.user(named: "user2").id == UserID(2))
    let number = try #require(result.change)
    let ended = try desk.other.count(
      "SELECT count(*) FROM company_access_ended_grant WHERE ended_change = \(number)")
    let begun = try desk.other.count(
      "SELECT count(*) FROM company_access_current_grant WHERE began_change = \(number)")
    #expect((result.added, result.removed) == (begun, ended) && ended > 0)
    if desk.engine == .sqlite { #expect(try desk.store.verifyRecord([]).isTrue) }
  }

  @Test("Names that went from one to another go back")
  func namesGoBack() throws {
    let last = try newest
    let before = try state()
    try desk.edit(.edit(user(2)), ["username": "x"])
    try desk.edit(.edit(user(3)), ["username": "user2"])
    try desk.edit(.edit(user(2)), ["username": "user3"])
    try desk.edit(.delete(user(4)))
    try desk.edit(.edit(user(5)), ["username": "user4"])
    let after = try state()
    let undone = try #require(try desk.apply(.undoTo(last)).change)
    #expect(try state() == before)
    try desk.apply(.undo(undone))
    #expect(try state() == after)
  }

  @Test("What other programs did goes back too, and an id to its former holder")
  func whatOthersDid() throws {
    try desk.grant([4, 5], [1, 2])
    let last = try newest
    let before = try state()
    try desk.other.execute("DELETE FROM hrm_users WHERE id = 4")
    try Desk.addUser(4, "mallory", to: desk.other)
    try desk.insert("m", 4, 3)
    try desk.other.execute("UPDATE hrm_users SET username = 'five', role_id = NULL WHERE id = 5")
    try desk.other.execute(
      "UPDATE hrm_user_company_access SET company_id = ? WHERE user_id = 5 AND company_id = ?",
      [.text(Desk.company(4).stored), .text(Desk.company(2).stored)])
    let plan = try desk.plan(.undoTo(last))
    #expect(plan.entities.map(\.event).sorted { "\($0)" < "\($1)" } == [.edited, .gone, .made])
    try desk.store.apply(plan)
    #expect(try state() == before)
    #expect(try desk.plan(.undoTo(last)).isEmpty)
  }

  @Test("A change that is not there, and one whose record is not kept, are refused")
  func refusals() throws {
    #expect(throws: AccessError.noSuchChange(ChangeID(99))) { try desk.plan(.undoTo(ChangeID(99))) }
  }

  @Test("Undone changes that were taken back at once do not keep earlier ones from being undone")
  func chain() throws {
    let granted = try #require(try desk.grant([2], [1]).change)
    try desk.revoke([2], [1])
    try desk.apply(.undoTo(granted))
    let plan = try desk.plan(.undo(granted))
    #expect(plan.removed == 1 && plan.leftAlone == 0)
  }

  @Test("Any moment of a random history comes back", arguments: 1...12 as ClosedRange<UInt64>)
  func anyMoment(seed: UInt64) throws {
    guard isWorthIt(seed) else { return }
    var dice = Dice(state: seed)
    var states: [Int64: [String]] = [try newest.number: try state()]
    for step in 1...40 {
      try operate(step, &dice)
      states[try newest.number] = try state()
    }
    let moments = states.keys.sorted().reversed()
    for last in moments where last == moments.last || Bool.random(using: &dice) {
      try desk.apply(.undoTo(ChangeID(last)))
      let found = try state()
      let wanted = states[last] ?? []
      if found != wanted {
        Issue.record("change \(last): \(Set(found).symmetricDifference(wanted).sorted())")
        return
      }
    }
  }

  /// A server takes its time for a history; a few do, unless the sweep is to be full.
  private func isWorthIt(_ seed: UInt64) -> Bool {
    desk.engine == .sqlite || seed <= 3 || Sweep.isFull
  }

  private static let histories = UInt64(
    Sweep.number("COMPANY_ACCESS_SNAPSHOT_HISTORIES", sample: 25, full: 500))

  @Test("A snapshot comes back after anything, whoever wrote", arguments: 1...histories)
  func snapshot(seed: UInt64) throws {
    guard isWorthIt(seed) else { return }
    var dice = Dice(state: seed &* 7_919)
    for step in 1...Int.random(in: 1...15, using: &dice) { try operate(step, &dice) }
    let saved = try #require(try desk.store.saveSnapshot("clean"))
    let before = try state()
    for step in 101...Int.random(in: 101...115, using: &dice) { try operate(step, &dice) }
    let found = try desk.store.snapshot(named: "clean")
    #expect(found.change == saved.change)
    #expect(try found.laterChanges == newest.number - saved.change.number)
    try desk.apply(.undoTo(found.change))
    let difference = try Set(state()).symmetricDifference(before).sorted()
    #expect(difference == [], "seed \(seed)")
  }

  @Test("What others write after a snapshot is a later change, within its millisecond too")
  func snapshotClosesTheChange() throws {
    for number in 1...20 {
      try desk.insert("a\(number)", 2, 1)
      let saved = try #require(try desk.store.saveSnapshot("clean", replacing: true))
      let before = try desk.pairs()
      try desk.other.execute("DELETE FROM hrm_user_company_access")
      #expect(try newest > saved.change)
      try desk.apply(.undoTo(saved.change))
      #expect(try desk.pairs() == before)
      try desk.other.execute("DELETE FROM hrm_user_company_access")
    }
  }

  @Test("Snapshots have names, which are moved only if asked, and are listed and dropped")
  func snapshotNames() throws {
    #expect(try desk.store.saveSnapshot("clean", dryRun: true) == nil)
    #expect(try desk.store.snapshots() == [])
    try desk.store.saveSnapshot("clean")
    try desk.store.dropSnapshot("clean", dryRun: true)
    #expect(throws: AccessError.snapshotIsThere("clean")) { try desk.store.saveSnapshot("clean") }
    try desk.grant([2], [1])
    try desk.store.saveSnapshot("\u{15B}wie\u{17C}y; DROP")
    #expect(try desk.store.snapshots().map(\.name) == ["clean", "\u{15B}wie\u{17C}y; DROP"])
    #expect(try desk.store.snapshots().map(\.laterChanges) == [1, 0])
    try desk.store.saveSnapshot("clean", replacing: true)
    #expect(try desk.store.snapshot(named: "clean").laterChanges == 0)
    try desk.store.dropSnapshot("clean")
    #expect(
      throws: AccessError.noSnapshotNamed("clean", others: ["\u{15B}wie\u{17C}y; DROP"])
    ) { try desk.store.dropSnapshot("clean") }
    for name in ["", " a", "a\nb", String(repeating: "x", count: 201)] {
      #expect(throws: AccessError.badSnapshotName(name)) { try desk.store.saveSnapshot(name) }
    }
    let reader = try AccessStore.open(desk.location, access: .readOnly)
    #expect(throws: AccessError.readOnly(.asked)) { try reader.saveSnapshot("other") }
  }

  private func operate(_ step: Int, _ dice: inout Dice) throws {
    func one(_ limit: Int) -> Int { Int.random(in: 1...limit, using: &dice) }
    let (who, what) = (one(6), one(4))
    let users = [Int64(who), Int64(one(6))]
    let isThere = try desk.store.user(UserID(Int64(who))) != nil
    let hasCompany = try desk.store.company(Desk.company(what)) != nil
    let company = Value.text(Desk.company(what).stored)
    let present = try users.filter { try desk.store.user(UserID($0)) != nil }
    switch one(11) {
    case 1 where hasCompany, 2 where hasCompany: try desk.grant(present, [what])
    case 3 where hasCompany: try desk.revoke(present, [what])
    case 4 where isThere && who > 1: try desk.edit(.delete(user(Int64(who))))
    case 5 where !isThere: try Desk.addUser(who, "again\(step)", to: desk.other)
    case 6 where isThere:
      try desk.edit(
        .edit(user(Int64(who))), ["username": "u\(step)", "email": "e\(step)@x.example"])
    case 7:
      let newest = try newest.number
      try desk.apply(.undo(ChangeID(Int64.random(in: max(3, newest - 4)...newest, using: &dice))))
    case 8 where isThere:
      try desk.other.execute(
        "UPDATE hrm_users SET full_name = ?, is_active = NOT is_active WHERE id = ?",
        [.text("n\(step)"), .count(who)])
    case 9 where isThere && hasCompany:
      try desk.other.execute(
        """
        INSERT INTO hrm_user_company_access VALUES (?, ?, ?, '2026-01-02', '2026-01-02')
        ON CONFLICT DO NOTHING
        """, [.text(desk.rowID("x\(step)")), .count(who), company])
    case 10:
      try desk.other.execute("DELETE FROM hrm_user_company_access WHERE user_id = ?", [.count(who)])
    case 11 where hasCompany && what > 1: try desk.edit(.delete(CompanyAccessTests.company(what)))
    default: try desk.edit(.add(.company), ["name": "New \(step)"])
    }
  }
}

/// Chance that is the same in every run (SplitMix64).
private struct Dice: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
