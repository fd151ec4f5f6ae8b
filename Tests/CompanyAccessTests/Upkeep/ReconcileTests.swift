import Database
import TestSupport
import Testing

@testable import CompanyAccess

/// What no trigger has seen: counted by the doctor, and put on the record by one change.
@Suite struct ReconcileTests {
  /// A hundred writes of another program, of every kind.
  private func write(_ other: Connection) throws {
    for number in 100..<140 { try Desk.addUser(number, to: other) }
    try other.execute(
      """
      INSERT INTO hrm_user_company_access (id, user_id, company_id, created_at, modified_at)
        SELECT 'n' || u.id, u.id, c.id, '2026-01-02', '2026-01-02' FROM hrm_users AS u, hrm_company AS c
        WHERE u.id BETWEEN 100 AND 129 AND c.code = 'C1';
      UPDATE hrm_users SET username = 'new' || id WHERE id BETWEEN 1 AND 10;
      DELETE FROM hrm_user_company_access WHERE user_id BETWEEN 11 AND 20;
      DELETE FROM hrm_users WHERE id BETWEEN 21 AND 30
      """)
  }

  private func expectAgreement(_ desk: Desk) throws {
    #expect(try AccessStore.verifySchema(desk.store.path) == [])
    let store = try AccessStore.open(desk.store.path)
    let newest = try #require(try store.newestChange())
    #expect(try store.coverage() == store.coverage(at: .after(newest)))
    let now = try store.users(UserQuery(), limit: 1_000).rows
    let then = try store.users(UserQuery(), limit: 1_000, at: .after(newest)).rows
    #expect(now.map(\.user) == then.map(\.user) && now.map(\.companies) == then.map(\.companies))
  }

  private let triggers = Schema(mapping: .hrm).triggers

  /// A desk where a hundred writes were made while there were no triggers.
  private func deskWithUnseenWrites() throws -> Desk {
    let desk = try Desk(users: 40, companies: 2)
    try desk.apply(.bulkGrant(.all, .all))
    for item in triggers { try desk.other.execute("DROP TRIGGER \(item.name)") }
    try write(desk.file)
    for item in triggers { try desk.other.execute(item.sql) }
    return desk
  }

  @Test("An upgrade compares also where no trigger is missing, and says why with the ticket")
  func anUpgradeCompares() throws {
    let desk = try deskWithUnseenWrites()
    #expect(try AccessStore.schemaStatus(desk.store.path).steps.count == 1)
    let reason = ChangeReason("checked", ticket: "HR-7", decidedAt: Timestamp(stored: "2026-01-09"))
    let done = try AccessStore.upgradeSchema(desk.store.path, reason: reason)
    #expect(done.found == 130 && done.onlyFinds && done.steps.count == 1)
    let number = try #require(done.change)
    let change = try #require(try desk.store.change(number))
    #expect(change.action == .found && change.added == 30 && change.removed == 40)
    #expect(change.reason?.hasPrefix("checked; since change 2 of ") == true)
    #expect(change.ticket == "HR-7" && change.decidedAt?.text == "2026-01-09")
    try expectAgreement(desk)
    #expect(try AccessStore.upgradeSchema(desk.store.path).steps == [])
    // And where all triggers were missing the reason does not list them.
    for item in triggers { try desk.other.execute("DROP TRIGGER \(item.name)") }
    let resumed = try AccessStore.upgradeSchema(desk.store.path, reason: reason)
    let resumption = try #require(resumed.change)
    #expect(
      try desk.store.change(resumption)?.reason == "checked; all triggers were missing")
  }

  @Test("Dropped triggers and a hundred writes are one change of what was found")
  func droppedTriggersAreMadeUpFor() throws {
    let desk = try deskWithUnseenWrites()

    // 40 users came, 10 were renamed, 10 have gone, 30 grants came, 20 and those of 10 users went.
    let finding = try #require(
      try AccessStore.examine(desk.store.path).findings.first { $0.id == "not-on-record" })
    #expect(finding.count == 40 + 10 + 10 + 30 + 20 + 20)
    let before = try #require(try desk.store.newestChange())
    let tried = try AccessStore.reconcileRecord(desk.store.path, dryRun: true)
    #expect(tried.change == nil && tried.difference.count == 130)
    #expect(try desk.store.newestChange() == before)
    let done = try AccessStore.reconcileRecord(desk.store.path)
    var difference = RecordDifference()
    (difference.added, difference.deleted, difference.edited) = (40, 10, 10)
    (difference.granted, difference.revoked) = (30, 40)
    #expect(done.difference == difference)
    let number = try #require(done.change)
    let change = try #require(try desk.store.change(number))
    #expect(change.id.number == before.number + 1 && change.action == .found)
    #expect(change.added == 30 && change.removed == 40)
    #expect(change.reason?.hasPrefix("since change \(before) of ") == true)
    try expectAgreement(desk)
    #expect(try AccessStore.reconcileRecord(desk.store.path).steps == [])
  }

  @Test("While paused the application can be migrated and read, and not be written")
  func aPauseLetsMigrationsThrough() throws {
    let desk = try Desk(users: 40, companies: 2)
    try desk.apply(.bulkGrant(.all, .all))
    let plan = try desk.plan(.revoke(.users([1]), .all))
    #expect(throws: DatabaseError.self) {
      try desk.other.execute("ALTER TABLE hrm_users DROP COLUMN full_name")
    }
    let steps = try AccessStore.pauseSchema(desk.store.path)
    #expect(steps.count == Schema(mapping: .hrm).triggers.count)
    #expect(try AccessStore.pauseSchema(desk.store.path).isEmpty)
    try desk.other.execute(
      """
      ALTER TABLE hrm_users DROP COLUMN password_hash;
      ALTER TABLE hrm_company ADD COLUMN country TEXT; ALTER TABLE hrm_company DROP COLUMN country;
      ALTER TABLE hrm_user_company_access ADD COLUMN note TEXT;
      ALTER TABLE hrm_user_company_access DROP COLUMN note
      """)
    try write(desk.file)
    #expect(try desk.store.coverage().users == 70)
    let error = #expect(throws: AccessError.self) { try desk.store.apply(plan) }
    #expect(error?.description.contains("schema upgrade") == true)
    #expect(throws: AccessError.self) { try AccessStore.reconcileRecord(desk.store.path) }

    let done = try AccessStore.upgradeSchema(desk.store.path)
    #expect(done.found == 130)
    let change = try #require(try desk.store.changes(limit: 1).first)
    #expect(change.action == .found && change.added == 30 && change.removed == 40)
    try expectAgreement(desk)
  }

  @Test("Grants of former holders are revoked as one change, and come back by its undo")
  func formerGrantsAreRevoked() throws {
    let desk = try Desk()
    try desk.grant([1, 2], [1, 2])
    try desk.other.setForeignKeys(false)
    try desk.other.execute("DELETE FROM hrm_users WHERE id = 2")
    try Desk.addUser(2, "second", to: desk.other)
    #expect(try desk.store.formerGrants() == 2)
    let plan = try desk.plan(.revokeFormer)
    #expect(plan.removed == 2 && plan.pairs.map(\.user.username) == ["second", "second"])
    #expect(try desk.store.apply(plan, dryRun: true).change == nil)
    let done = try desk.apply(.revokeFormer)
    #expect(done.removed == 2 && done.change != nil)
    #expect(try desk.store.formerGrants() == 0 && desk.pairs() == ["1-1", "1-2"])
    #expect(try desk.plan(.revokeFormer).isEmpty)
    try expectAgreement(desk)
  }
}
