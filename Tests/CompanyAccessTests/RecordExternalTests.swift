import Database
import Glibc
import TestSupport
import Testing

@testable import CompanyAccess

/// What other programs write.
@Suite struct RecordExternalTests {
  let desk: Desk

  init() throws { desk = try Desk() }

  /// The users and companies that are gone, as "kind id name change".
  func gone() throws -> [String] {
    try desk.other.rows(
      """
      SELECT 'user ' || key || ' ' || name || ' ' || ended_change
      FROM company_access_user_lifetime WHERE ended_change IS NOT NULL
      UNION ALL SELECT 'company ' || ltrim(key, '0') || ' ' || name || ' ' || ended_change
      FROM company_access_company_lifetime WHERE ended_change IS NOT NULL
      """
    ) { $0.text(0) }
  }

  @Test func anInsertGetsAChange() throws {
    try desk.insert("x", 1, 1)
    let change = try #require(try desk.changes().first)
    #expect(change.origin == .external && change.action == .external)
    #expect(change.actor == "unknown" && change.reason == nil)
    #expect(change.added == 1 && change.removed == 0)
    #expect(change.at.millisecondsSince1970 != nil && change.at.text.utf8.count == 23)
    #expect(try desk.grantedBy() == [change.id.number])
  }

  @Test func aStatementIsOneChange() throws {
    try desk.other.execute(
      """
      INSERT INTO hrm_user_company_access (id, user_id, company_id, created_at, modified_at)
      SELECT u.id || c.code, u.id, c.id, '2026-01-02', '2026-01-02'
      FROM hrm_users AS u, hrm_company AS c
      """)
    #expect(try desk.changes().map(\.added) == [12])
    // A change of our own, so that the next cannot fall into the same millisecond.
    try desk.revoke([4], [3])
    try desk.other.execute("DELETE FROM hrm_user_company_access WHERE user_id < 3")
    #expect(try desk.changes().map(\.removed) == [0, 1, 6])
    #expect(
      try desk.history().sorted() == [
        "1-1 2 4", "1-2 2 4", "1-3 2 4", "2-1 2 4", "2-2 2 4", "2-3 2 4", "4-3 2 3",
      ])
  }

  @Test func statementsJoinOnlyWithinAMillisecond() throws {
    try desk.insert("x", 1, 1)
    try desk.insert("y", 1, 2)
    let changes = try desk.changes()
    #expect(changes.map(\.added) == (changes.count == 1 ? [2] : [1, 1]))
    #expect(Set(changes.map(\.at)).count == changes.count)
    // One of our own in between is never joined, whatever the clock says.
    try desk.grant([2], [1])
    try desk.insert("z", 1, 3)
    #expect(try desk.changes().suffix(2).map(\.action) == [.grant, .external])
    #expect(try desk.changes().suffix(2).map(\.added) == [1, 1])
  }

  @Test func anOlderChangeIsNotJoined() throws {
    try desk.insert("x", 1, 1)
    try desk.closeChange()
    try desk.insert("y", 1, 2)
    #expect(try desk.changes().map(\.added) == [1, 1])
    #expect(try desk.grantedBy() == [2, 3])
  }

  @Test func anUpdateEndsOneGrantAndBeginsAnother() throws {
    try desk.grant([1], [1])
    try desk.other.execute("UPDATE hrm_user_company_access SET user_id = 2")
    #expect(try desk.pairs() == ["2-1"])
    #expect(try desk.grantedBy() == [3])
    #expect(try desk.history() == ["1-1 2 3"])
    let change = try #require(try desk.changes().last)
    #expect(change.action == .external && change.added == 1 && change.removed == 1)
  }

  @Test func anUpdateOfOtherColumnsIsNoChange() throws {
    try desk.grant([1], [1])
    try desk.other.execute(
      "UPDATE hrm_user_company_access SET user_id = user_id, modified_at = '2026-02-02'")
    #expect(try desk.changes().count == 1)
    #expect(try desk.history() == [])
  }

  @Test func aUserWhoGoesTakesTheGrantsAlong() throws {
    try desk.grant([1, 2], [1, 2])
    try desk.other.execute("DELETE FROM hrm_users WHERE id = 1")
    #expect(try desk.pairs() == ["2-1", "2-2"])
    #expect(try desk.history() == ["1-1 2 3", "1-2 2 3"])
    #expect(try gone() == ["user 1 user1 3"])
    #expect(try desk.changes().map(\.action) == [.grant, .external])
    #expect(try desk.changes().last?.removed == 2)
  }

  @Test func aCompanyThatGoesTakesTheGrantsAlong() throws {
    try desk.grant([1, 2], [1, 2])
    try desk.other.execute("DELETE FROM hrm_company WHERE code = 'C2'")
    #expect(try desk.pairs() == ["1-1", "2-1"])
    #expect(try desk.history() == ["1-2 2 3", "2-2 2 3"])
    #expect(try gone() == ["company 2 Company 2 3"])
    #expect(try desk.changes().last?.removed == 2)
  }

  @Test func aUserWithoutGrantsIsMissedToo() throws {
    try desk.other.execute("DELETE FROM hrm_users WHERE id IN (3, 4)")
    #expect(try gone() == ["user 3 user3 2", "user 4 user4 2"])
    #expect(try desk.changes().map(\.removed) == [0])
  }

  @Test func whatIsRolledBackLeavesNothing() throws {
    try desk.grant([1], [1])
    try desk.other.execute("BEGIN; DELETE FROM hrm_users; ROLLBACK")
    #expect(try gone() == [])
    #expect(try desk.changes().count == 1)
    #expect(try desk.history() == [])
  }

  @Test func theCountsOfOtherProgramsAreNotDisturbed() throws {
    try desk.other.execute(
      """
      INSERT INTO hrm_user_company_access (id, user_id, company_id, created_at, modified_at)
      SELECT id, id, '00000000000000000000000000000001', '2026-01-02', '2026-01-02' FROM hrm_users
      """)
    #expect(desk.other.changes == 4)
    #expect(
      try desk.other.rows("DELETE FROM hrm_user_company_access RETURNING user_id") { $0.int(0) }
        == [1, 2, 3, 4])
  }
}

/// Other programs' migrations, which make a table anew under another name.
@Suite struct RecordRebuildTests {
  static let tables = ["hrm_users", "hrm_company", "hrm_user_company_access"]

  /// As Alembic's batch mode does it.
  static func alembic(_ table: String, _ connection: Connection) throws {
    let create = try definition(table, as: "_alembic_tmp_\(table)", connection)
    try connection.setForeignKeys(false)
    try connection.execute(
      """
      BEGIN;
      \(create);
      INSERT INTO _alembic_tmp_\(table) SELECT * FROM \(table);
      DROP TABLE \(table);
      ALTER TABLE _alembic_tmp_\(table) RENAME TO \(table);
      COMMIT
      """)
    try connection.setForeignKeys(true)
  }

  /// As Django does it, with and without the setting that it uses where it may.
  static func django(_ table: String, _ connection: Connection) throws {
    let create = try definition(table, as: "\"new__\(table)\"", connection)
    try connection.setForeignKeys(false)
    try connection.execute(
      """
      PRAGMA legacy_alter_table = ON;
      BEGIN;
      \(create);
      INSERT INTO "new__\(table)" SELECT * FROM "\(table)";
      DROP TABLE "\(table)";
      ALTER TABLE "new__\(table)" RENAME TO "\(table)";
      COMMIT;
      PRAGMA legacy_alter_table = OFF
      """)
    try connection.setForeignKeys(true)
  }

  private static func definition(
    _ table: String, as name: String, _ connection: Connection
  ) throws -> String {
    let sql = try connection.first(
      "SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = ?", [.text(table)]
    ) { $0.text(0) }
    return try #require(sql).replacing("CREATE TABLE \(table) (", with: "CREATE TABLE \(name) (")
  }

  @Test(arguments: tables)
  func alembicSucceedsAndTheLossIsSeen(table: String) throws {
    try rebuild(table, RecordRebuildTests.alembic)
  }

  @Test(arguments: tables)
  func djangoSucceedsAndTheLossIsSeen(table: String) throws {
    try rebuild(table, RecordRebuildTests.django)
  }

  private func rebuild(_ table: String, _ how: (String, Connection) throws -> Void) throws {
    let desk = try Desk()
    try desk.grant([1, 2], [1, 2])
    let rows = try desk.rows()
    try how(table, desk.file)
    #expect(try desk.rows() == rows)
    #expect(try desk.other.rows("PRAGMA foreign_key_check") { $0.text(0) } == [])
    let missing = try AccessStore.open(desk.store.path).status.missing
    switch table {
    case "hrm_users", "hrm_company":
      let kind = table == "hrm_users" ? "user" : "company"
      #expect(
        missing
          == ["inserted", "replaced", "edited", "rekeyed", "deleted"].map {
            "trigger company_access_\(kind)_\($0)"
          })
    default:
      #expect(
        missing == [
          "index ix_hrm_user_company_access_company", "trigger company_access_grant_inserted",
          "trigger company_access_grant_replaced", "trigger company_access_grant_deleted",
          "trigger company_access_grant_moved",
        ])
    }
    // Reading goes on, and the other triggers do not mind.
    #expect(try AccessStore.open(desk.store.path).plan(.revoke(.all, .all)).removed == 4)
    try desk.other.execute("DELETE FROM hrm_users WHERE id = 3")
  }
}

@Suite struct RecordRepairTests {
  let desk: Desk

  init() throws { desk = try Desk() }

  @Test func mendsWhatWasLost() throws {
    try desk.grant([1], [1, 2])
    try RecordRebuildTests.alembic("hrm_user_company_access", desk.file)
    try desk.insert("x", 2, 1)
    try desk.other.execute(
      "DELETE FROM hrm_user_company_access WHERE id <> 'x' AND company_id = ?",
      [.text(Desk.company(1).stored)])
    let missing = try desk.store.status.missing
    #expect(missing.count == 5)
    let done = try AccessStore.upgradeSchema(desk.store.path, origin: .command)
    #expect(done.steps.dropLast(2).map(\.object) == missing)
    #expect(done.change == ChangeID(3) && done.found == 2)
    let store = try AccessStore.open(desk.store.path)
    #expect(try store.status.missing == [])
    let change = try #require(try store.change(ChangeID(3)))
    #expect(change.action == .recordResumed && change.origin == .command)
    #expect(change.reason == "missing: " + missing.joined(separator: ", "))
    // What came and went meanwhile is a change of its own.
    let found = try #require(try store.change(ChangeID(4)))
    #expect(found.action == .found && found.added == 1 && found.removed == 1)
    #expect(try desk.grantedBy() == [2, 4])
    #expect(try store.moment(after: ChangeID(2)).notices == [.gap(before: ChangeID(3))])
    #expect(try store.apply(store.plan(.bulkGrant(.all, .all))).added == 10)
  }

  @Test func doesNothingWhenNothingIsMissing() throws {
    let before = try desk.folder.read("hrm.db")
    let done = try AccessStore.upgradeSchema(desk.store.path)
    #expect(done.steps.isEmpty && done.change == nil && done.backup == nil)
    #expect(desk.folder.names == ["hrm.db"])
    #expect(try desk.folder.read("hrm.db") == before)
    try desk.other.execute("DROP TRIGGER company_access_user_deleted")
    #expect(try AccessStore.upgradeSchema(desk.store.path).change == ChangeID(2))
    #expect(try AccessStore.upgradeSchema(desk.store.path).change == nil)
    #expect(try desk.changes().count == 1)
  }

  @Test func mendsTheConstraint() throws {
    try desk.grant([1], [1])
    try desk.other.execute(
      """
      CREATE TABLE t (id CHAR(32) NOT NULL PRIMARY KEY, user_id INTEGER NOT NULL,
        company_id CHAR(32) NOT NULL, created_at DATETIME, modified_at DATETIME);
      INSERT INTO t SELECT id, user_id, company_id, created_at, modified_at
        FROM hrm_user_company_access;
      DROP TABLE hrm_user_company_access;
      ALTER TABLE t RENAME TO hrm_user_company_access
      """)
    let done = try AccessStore.upgradeSchema(desk.store.path)
    #expect(
      done.steps.prefix(1).map(\.object) == ["index uq_hrm_user_company_access"])
    #expect(try AccessStore.open(desk.store.path).status.missing == [])
    // The rows are the same as before: their grants go on.
    #expect(try desk.grantedBy() == [2])
  }

  @Test func replacesATriggerThatIsNotOurs() throws {
    try desk.other.execute(
      """
      DROP TRIGGER company_access_grant_deleted;
      CREATE TRIGGER company_access_grant_deleted AFTER DELETE ON hrm_user_company_access
        BEGIN SELECT 1; END
      """)
    try AccessStore.upgradeSchema(desk.store.path)
    try desk.insert("x", 1, 1)
    try desk.other.execute("DELETE FROM hrm_user_company_access")
    #expect(try desk.history().count == 1)
  }

  @Test func allOrNothing() throws {
    try desk.other.execute(
      """
      DROP TRIGGER company_access_user_deleted;
      DROP TABLE hrm_user_company_access;
      CREATE TABLE hrm_user_company_access (id CHAR(32) NOT NULL PRIMARY KEY, user_id, company_id,
        created_at, modified_at);
      INSERT INTO hrm_user_company_access VALUES ('a', 1, 1, '', ''), ('b', 1, 1, '', '')
      """)
    let before = try desk.store.status.missing
    #expect(throws: AccessError.self) { try AccessStore.upgradeSchema(desk.store.path) }
    #expect(try desk.store.status.missing == before)
    #expect(try desk.changes() == [])
  }

  @Test func needsTheRightToWrite() throws {
    try #require(chmod(desk.store.path, 0o444) == 0)
    #expect(throws: AccessError.readOnly(.modeBits)) {
      try AccessStore.upgradeSchema(desk.store.path)
    }
  }
}
