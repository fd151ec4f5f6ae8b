import Database
import TestSupport
import Testing

@testable import CompanyAccess

@Suite(.onEachEngine) struct RecordPruneTests {
  let desk: Desk

  init() throws { desk = try Desk() }

  func hour(_ number: Int) -> Timestamp {
    Timestamp(stored: "2026-01-01 \(number < 10 ? "0" : "")\(number):30:00.000")
  }

  /// Changes 2 to 6; two grants ended with the third, one with the fifth, a user went with the
  /// fourth.
  func past() throws {
    try desk.grant([1, 2, 3], [1, 2])
    try desk.revoke([1], [1, 2])
    try desk.spreadClock()
    try desk.other.execute("DELETE FROM hrm_users WHERE id = 4")
    try desk.revoke([2], [1])
    try desk.grant([1], [1])
    try desk.spreadClock()
  }

  func count(_ table: String) throws -> Int {
    try desk.other.count("SELECT count(*) FROM \(table)")
  }

  @Test func removesWhatEndedEarlierAndKeepsItInAFile() throws {
    try past()
    let plan = try desk.store.prunePlan(before: hour(4))
    #expect(plan.grants == 2 && plan.entities == 1 && plan.through?.id == ChangeID(4))
    let file = desk.folder.file("pruned.csv")
    let later = try desk.store.users(UserQuery(), limit: 9, at: .after(ChangeID(4)))
    let result = try desk.store.prune(before: hour(4), to: file, reason: "two years")
    let hash = try SHA256.hex(readFile(file))
    let expected = PruneResult(change: ChangeID(7), grants: 2, entities: 1, sha256: hash)
    #expect(result == expected)
    let change = try #require(try desk.store.change(ChangeID(7)))
    #expect(change.action == .prune && change.reason == "two years" && change.removed == 0)
    #expect(try count("company_access_ended_grant") == 1)
    #expect(try count("company_access_user_lifetime") == 3)
    let text = String(decoding: try readFile(file), as: UTF8.self)
    let lines = text.split(separator: "\r\n", omittingEmptySubsequences: false)
    #expect(lines.count == 5 && lines.last == "")
    #expect(lines[0].hasPrefix("kind,id,name,user_lifetime,user_id,user,company_lifetime,"))
    #expect(lines[1].contains(",1,1,user1,1,00000000-0000-0000-0000-000000000001,Company 1,"))
    #expect(lines[3].hasPrefix("user,4,user4,") && lines[3].contains(",4,2026-01-01 04:00"))
    #expect(lines[3].contains("{\"\"name\"\":\"\"user4\"\","))
    let pruned = try #require(try desk.store.prunedRows(of: ChangeID(7)))
    #expect(pruned.before == hour(4) && pruned.through == ChangeID(4) && pruned.rows == 3)
    #expect(pruned.file == file)
    #expect(try pruned.sha256 == SHA256.hex(readFile(file)))
    #expect(try desk.store.prunedRows(of: ChangeID(6)) == nil)
    // From the last change of that time on everything is as it was.
    #expect(try desk.store.users(UserQuery(), limit: 9, at: .after(ChangeID(4))) == later)
    #expect(throws: AccessError.notKept(before: hour(4))) {
      try desk.store.coverage(at: .after(ChangeID(3)))
    }
    #expect(throws: AccessError.notKept(before: hour(4))) { try desk.store.moment(at: hour(3)) }
    #expect(throws: AccessError.notKept(before: hour(4))) {
      try desk.store.moment(at: Timestamp(stored: "2020-01-01 00:00:00.000"))
    }
    #expect(try desk.store.moment(at: hour(4)).moment == .after(ChangeID(4)))
    #expect(try desk.store.keptSince() == hour(4))
    let life = try desk.store.life(of: UserID(1), Desk.company(1))
    #expect(life.episodes.count == 1 && life.notes == [.notKept(before: hour(4))])
    #expect(try desk.store.pairs(of: ChangeID(3), limit: 9).notKept == hour(4))
    #expect(try desk.store.pairs(of: ChangeID(5), limit: 9).notKept == nil)
    #expect(throws: AccessError.notKept(before: hour(4))) { try desk.plan(.undo(ChangeID(3))) }
    #expect(try desk.plan(.undo(ChangeID(5))).added == 1)
  }

  @Test func doesNothingWhenThereIsNothing() throws {
    try past()
    let file = desk.folder.file("pruned.csv")
    let nothing = PruneResult(change: nil, grants: 0, entities: 0, sha256: nil)
    #expect(try desk.store.prune(before: hour(2), to: file, reason: "old") == nothing)
    #expect(try desk.store.prunePlan(before: hour(0)).through == nil)
    #expect(try desk.store.prune(before: hour(0), to: file, reason: "old") == nothing)
    #expect(!desk.folder.names.contains("pruned.csv"))
    #expect(try desk.store.keptSince() == nil)
    try desk.store.prune(before: hour(3), to: file, reason: "old")
    #expect(try desk.store.prune(before: hour(3), to: file + "2", reason: "old") == nothing)
  }

  @Test func neverOverwritesAFileAndLeavesNoneWhenItFails() throws {
    try past()
    let file = try desk.folder.write("pruned.csv", "mine")
    let history = try desk.history()
    #expect(throws: AccessError.exists(path: file)) {
      try desk.store.prune(before: hour(4), to: file, reason: "old")
    }
    #expect(try desk.folder.read("pruned.csv") == Array("mine".utf8))
    let other = desk.folder.file("other.csv")
    try desk.other.execute(
      desk.engine == .sqlite
        ? "DROP TRIGGER company_access_user_deleted"
        : "DROP TRIGGER _company_access_deleted ON hrm_users")
    #expect(throws: AccessError.self) {
      try desk.store.prune(before: hour(4), to: other, reason: "old")
    }
    #expect(desk.folder.names.contains("other.csv") == false)
    #expect(try desk.history() == history)
    let store = try AccessStore.open(desk.location, access: .readOnly)
    #expect(throws: AccessError.readOnly(.asked)) {
      try store.prune(before: hour(4), to: other, reason: "old")
    }
  }

  @Test("pruning without a reason is refused, and nothing is done")
  func needsAReason() throws {
    try past()
    let file = desk.folder.file("pruned.csv")
    #expect(throws: AccessError.reasonRequired(.prune)) {
      try desk.store.prune(before: hour(4), to: file, reason: ChangeReason(ticket: "HR-1"))
    }
    #expect(try desk.store.newestChange() == ChangeID(6))
    #expect(!desk.folder.names.contains("pruned.csv"))
  }

  @Test("images and states before the limit go with what they were kept for")
  func prunesEdits() throws {
    try desk.apply(.entity(EntityEdit(.edit(.user(UserID(1))), values: ["email": "u@x"])))
    try desk.apply(.entity(EntityEdit(.delete(.user(UserID(2))))))
    try desk.spreadClock()
    try desk.apply(.entity(EntityEdit(.edit(.user(UserID(1))), values: ["email": "v@x"])))
    try desk.spreadClock()
    let plan = try desk.store.prunePlan(before: hour(3))
    // A state and an image of the edit, an image and the lifetime of the deletion.
    #expect(plan.grants == 0 && plan.entities == 4)
    try desk.store.prune(before: hour(3), to: desk.folder.file("pruned.csv"), reason: "old")
    #expect(try count("company_access_row_image") == 1)
    #expect(try count("company_access_former_user") == 1)
    #expect(try desk.store.user(UserID(1), at: .after(ChangeID(3)))?.user.email == "u@x")
    #expect(try desk.plan(.undo(ChangeID(4))).entities.count == 1)
  }

  @Test func keepsTheNamesThatAreStillNeeded() throws {
    try past()
    // Deleted without the cascade: the grants still stand.
    try desk.other.setForeignKeys(false)
    try desk.other.execute("DELETE FROM hrm_users WHERE id = 3")
    try desk.spreadClock()
    #expect(try desk.store.prunePlan(before: hour(9)).entities == 1)
    try desk.store.prune(before: hour(9), to: desk.folder.file("pruned.csv"), reason: "old")
    #expect(try desk.store.life(of: UserID(3), Desk.company(1)).username == "user3")
  }
}
