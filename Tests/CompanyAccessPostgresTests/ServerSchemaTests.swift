import Database
import TestSupport
import Testing

@testable import CompanyAccess

/// Pausing, mending and comparing the record of a server.
@Suite(.enabled(if: PostgresServer.isInstalled, Comment(rawValue: PostgresServer.missing)))
struct ServerSchemaTests {
  @Test("Paused for a migration, and brought back with what has changed meanwhile")
  func pause() throws {
    let desk = try EngineStore(.postgres)
    _ = try desk.grant([1, 2], [1])
    #expect(try AccessStore.pauseSchema(desk.location, dryRun: true).count == 12)
    #expect(try AccessStore.verifySchema(desk.location) == [])
    #expect(try AccessStore.pauseSchema(desk.location).count == 12)
    #expect(try AccessStore.pauseSchema(desk.location) == [])
    #expect(try desk.store.coverage().grants == 2)
    #expect(try desk.store.companies(CompanyQuery(), limit: 9).rows.map(\.users) == [0, 2, 0])
    #expect(try desk.store.statistics().coverage.orphans == 0)
    let refused = #expect(throws: AccessError.self) { try desk.grant([3], [1]) }
    guard case .recordIncomplete? = refused else { return #expect(Bool(false), "not refused") }
    try desk.other.execute(
      """
      UPDATE hrm_users SET username = 'anne' WHERE id = 2;
      DELETE FROM hrm_users WHERE id = 1;
      INSERT INTO hrm_users (id, username, is_active) VALUES (4, 'dora', FALSE);
      ALTER TABLE hrm_users ADD COLUMN phone text
      """)
    try desk.insert(3, 3)
    // A user gone with a grant, one edited and one new, and a grant.
    #expect(try AccessStore.verifySchema(desk.location).count == 12 + 5)
    let rehearsal = try AccessStore.upgradeSchema(desk.location, dryRun: true)
    #expect(rehearsal.change == nil && rehearsal.found == 5)
    #expect(try AccessStore.verifySchema(desk.location).count == 17)
    let done = try AccessStore.upgradeSchema(desk.location, reason: "migrated")
    #expect(done.found == 5 && done.steps.count == 14)
    #expect(try AccessStore.verifySchema(desk.location) == [])
    let changes = try desk.store.changes(ChangeQuery(), limit: 2)
    #expect(changes.map(\.action) == [.found, .recordResumed])
    #expect(
      changes.last?.id == done.change && changes.last?.reason?.hasPrefix("migrated; ") == true)
    #expect(changes.first?.added == 1 && changes.first?.removed == 1)
    #expect(try desk.pairs(.after(changes[1].id)) == ["1 1", "2 1"])
    #expect(try desk.pairs(.after(changes[0].id)) == ["2 1", "3 3"])
    #expect(try desk.grant([2], [2]).added == 1)
    #expect(try AccessStore.upgradeSchema(desk.location).steps == [])
  }

  @Test("A trigger that replication would not run is made again")
  func idle() throws {
    let desk = try EngineStore(.postgres)
    try desk.other.execute("ALTER TABLE hrm_users ENABLE TRIGGER ALL")
    #expect(try AccessStore.verifySchema(desk.location).count == 4)
    #expect(try AccessStore.upgradeSchema(desk.location).steps.count == 5)
    #expect(try desk.store.examine().isInOrder)
  }

  @Test("What no trigger saw goes on the record as one change")
  func reconcile() throws {
    let desk = try EngineStore(.postgres)
    _ = try desk.grant([1, 2], [1])
    #expect(try AccessStore.reconcileRecord(desk.location).change == nil)
    try desk.other.execute("DELETE FROM company_access.current_grant WHERE user_lifetime = 1")
    #expect(try AccessStore.reconcileRecord(desk.location, dryRun: true).difference.granted == 1)
    let done = try AccessStore.reconcileRecord(desk.location)
    #expect(done.difference.granted == 1 && done.difference.count == 1)
    #expect(try desk.store.examine().isInOrder)
    #expect(try desk.store.changes(ChangeQuery(), limit: 1).first?.id == done.change)
  }

  @Test("An application that holds its table is waited for some seconds, and not held up")
  func held() throws {
    let desk = try EngineStore(.postgres)
    try desk.other.execute("BEGIN; UPDATE hrm_users SET username = 'x' WHERE id = 1")
    let start = monotonicSeconds()
    let error = #expect(throws: AccessError.self) { try AccessStore.pauseSchema(desk.location) }
    guard case .busy? = error else { return #expect(Bool(false), "\(String(describing: error))") }
    #expect(monotonicSeconds() - start < 9)
    try desk.other.execute("COMMIT")
    #expect(try AccessStore.pauseSchema(desk.location).count == 12)
  }
}
