import Database
import TestSupport
import Testing

@testable import CompanyAccess

/// A ticket that a policy requires.
@Suite(.onEachEngine) struct PolicyTests {
  let desk: Desk

  init() throws {
    desk = try Desk()
    try desk.grant([1, 2], [1, 2])
  }

  private func require(_ actions: Policy.Action...) throws {
    try desk.apply(
      .policy(Policy(requiresTicket: Set(actions))), reason: ChangeReason(ticket: "P-1"))
  }

  private func intents() throws -> [(intent: Intent, actions: [Policy.Action])] {
    var sync = StagedPairs.Options()
    sync.isSync = true
    let file = try desk.folder.write("pairs.csv", "user,company\nuser3,C3\n")
    return [
      (.grant(.users([3]), .companies([1])), [.grant]),
      (.bulkGrant(.users([3, 4]), .companies([1])), [.grant]),
      (.revoke(.users([1]), .companies([1])), [.revoke]),
      (
        .edits([PairEdit(users: .users([1]), companies: .companies([1]), grants: false)]), [.revoke]
      ),
      (.undo(ChangeID(2)), [.revoke]), (.undoTo(ChangeID(1)), [.revoke, .policy]),
      (.staged(try desk.store.stage(file, options: sync)), [.grant, .revoke]),
      (.entity(EntityEdit(.delete(.user(UserID(1))))), [.revoke, .delete]),
      (.entity(EntityEdit(.deactivate(.user(UserID(4))))), [.edit]),
      (.policy(Policy()), [.policy]),
    ]
  }

  @Test("every write is asked for the ticket by what it does, and a dry run like the real one")
  func everyWriteIsAsked() throws {
    try require(.grant, .revoke, .edit, .delete, .policy)
    for (intent, actions) in try intents() {
      let plan = try desk.plan(intent)
      #expect(plan.ticketActions == actions, "\(intent)")
      let newest = try desk.newestChange()
      for dryRun in [true, false] {
        #expect(throws: AccessError.ticketRequired(actions), "\(intent)") {
          try desk.store.apply(plan, reason: "because", dryRun: dryRun)
        }
        // Blanks are no ticket.
        #expect(throws: AccessError.ticketRequired(actions)) {
          try desk.store.apply(plan, reason: ChangeReason(ticket: " "), dryRun: dryRun)
        }
      }
      #expect(try desk.newestChange() == newest)
      #expect(
        try desk.store.apply(plan, reason: ChangeReason(ticket: "HR-1"), dryRun: true).change == nil
      )
    }
  }

  @Test("a policy asks for nothing else, and nothing of what changes nothing")
  func othersAreNotAsked() throws {
    try require(.revoke)
    try desk.grant([3], [3])
    #expect(try desk.revoke([4], [1]).change == nil)
    try desk.apply(.entity(EntityEdit(.deactivate(.user(UserID(4))))))
    #expect(throws: AccessError.ticketRequired([.revoke])) { try desk.revoke([3], [3]) }
    try desk.apply(.revoke(.users([3]), .companies([3])), reason: ChangeReason(ticket: "HR-2"))
  }

  @Test("a restoration needs the ticket, by the policy of the file that it replaces")
  func restorations() throws {
    guard TestEngine.isForFiles() else { return }
    let backup = desk.folder.file("backup.db")
    try AccessStore.backup(desk.store.path, to: backup)
    try require(.delete)
    let plan = try AccessStore.planRestore(of: desk.store.path, from: backup)
    #expect(throws: AccessError.ticketRequired([.delete])) {
      try AccessStore.rehearseRestore(plan)
    }
    #expect(throws: AccessError.ticketRequired([.delete])) { try AccessStore.restore(plan) }
    try AccessStore.rehearseRestore(plan, reason: ChangeReason(ticket: "HR-3"))
    _ = try AccessStore.restore(plan, reason: ChangeReason(ticket: "HR-3"))
    let store = try AccessStore.open(desk.location)
    #expect(try store.policy() == Policy(requiresTicket: [.delete]))
  }

  @Test("setting a policy is a change: it is listed, known at every moment, and taken back")
  func aPolicyIsAChange() throws {
    #expect(try desk.store.policy() == Policy())
    try require(.revoke)
    try require(.grant, .revoke)
    #expect(try desk.plan(.policy(Policy(requiresTicket: [.revoke, .grant]))).isEmpty)
    let first = try desk.store.moment(after: ChangeID(3)).moment
    #expect(try desk.store.policy(at: first) == Policy(requiresTicket: [.revoke]))
    #expect(
      try desk.store.policy(at: desk.store.moment(after: ChangeID(2)).moment) == Policy())
    let listed = try desk.store.changes(ChangeQuery(), limit: 1)[0]
    #expect(listed.action == .policy && listed.ticket == "P-1")
    #expect(
      listed.policy
        == PolicyChange(
          before: Policy(requiresTicket: [.revoke]),
          after: Policy(requiresTicket: [.grant, .revoke])))
    // The first one was set again since.
    let late = try desk.plan(.undo(ChangeID(3)))
    #expect(late.isEmpty && late.notices == [.policyChangedSince(by: ChangeID(4))])
    #expect(try desk.plan(.undo(ChangeID(3), overwrite: true)).policy?.after == Policy())
    try desk.apply(.undo(ChangeID(4)))
    #expect(try desk.store.policy() == Policy(requiresTicket: [.revoke]))
    try desk.apply(.undo(ChangeID(5)))
    #expect(try desk.store.policy() == Policy(requiresTicket: [.grant, .revoke]))
    try desk.apply(.undoTo(ChangeID(2)))
    #expect(try desk.store.policy() == Policy())
  }

  @Test("a seal covers what was set")
  func sealed() throws {
    guard TestEngine.isForFiles() else { return }
    try require(.revoke)
    let seal = try #require(try desk.store.seal())
    #expect(try desk.store.verifyRecord([seal]).isTrue)
    try desk.other.execute(
      "UPDATE company_access_setting SET value = '' WHERE key LIKE 'policy:%'")
    #expect(try !desk.store.verifyRecord([seal]).isTrue)
  }

  @Test("late is what was made longer after its decision, whose day counts to its end")
  func lateChanges() throws {
    for (day, decided) in [
      ("2026-03-10 12:00:00.000", "2026-03-06"), ("2026-03-10 12:00:00.000", "2026-03-08"),
      ("2026-03-10 12:00:00.000", "2026-03-07 11:59:59.999"),
      ("2026-03-10 12:00:00.000", "2026-03-07 12:00:00.000"),
    ] {
      try desk.apply(.grant(.users([3]), .companies([1])))
      try desk.apply(.revoke(.users([3]), .companies([1])))
      try desk.other.execute(
        "UPDATE company_access_change SET at = ?, decided_at = ? WHERE id = \(desk.newest)",
        [.text(day), .text(decided)])
    }
    func late(_ span: Duration) throws -> [Int64] {
      var query = ChangeQuery()
      query.late = span
      return try desk.store.changes(query, limit: 100).map(\.id.number)
    }
    #expect(try late(.seconds(3 * 86_400)) == [8, 4])
    #expect(try late(.seconds(2 * 86_400)) == [10, 8, 4])
    #expect(try late(.seconds(1)) == [10, 8, 6, 4])
  }
}

extension Desk {
  func newestChange() throws -> ChangeID? {
    try store.changes(ChangeQuery(), limit: 1).first?.id
  }

  fileprivate var newest: Int64 { (try? newestChange()?.number) ?? 0 }
}
