import Database
import Glibc
import TestSupport
import Testing

@testable import CompanyAccess

@Suite struct SchemaUpgradeTests {
  @Test func addsEverythingAndTakesItAwayAgain() throws {
    let app = try SchemaFixture()
    let before = try app.schema()
    let users = try app.count("hrm_users")
    let status = try AccessStore.schemaStatus(app.path)
    #expect(status.version == 0 && status.mapping == "hrm" && status.problems.isEmpty)
    let done = try AccessStore.upgradeSchema(app.path, origin: .command)
    #expect(done.steps.map(\.object) == status.steps.map(\.object))
    #expect(done.before == 0 && done.change == ChangeID(1) && done.found == 0)
    #expect(try AccessStore.verifySchema(app.path) == [])
    let store = try AccessStore.open(app.path)
    #expect(try store.status == StoreStatus(readOnlyReason: nil, missing: []))
    #expect(try store.change(ChangeID(1))?.action == .recordBegan)
    #expect(try AccessStore.schemaStatus(app.path).isCurrent)
    let back = try AccessStore.downgradeSchema(app.path)
    #expect(back.loss.isEmpty && back.steps.count == status.steps.count - 3)
    #expect(try app.schema() == before)
    #expect(try app.count("hrm_users") == users)
    #expect(app.folder.names.count == 3)
  }

  /// What was made by `init` is what an upgrade makes.
  @Test func makesWhatInitMakes() throws {
    let app = try SchemaFixture()
    try AccessStore.upgradeSchema(app.path)
    let made = app.folder.file("made.db")
    try AccessStore.create(made)
    let sql =
      "SELECT type, name, sql FROM sqlite_schema WHERE name LIKE '%company_access%' ORDER BY 2"
    #expect(try runSqlite3(app.path, sql) == runSqlite3(made, sql))
  }

  @Test func theCopyIsTheFileAsItWas() throws {
    let app = try SchemaFixture()
    let before = try runSqlite3(app.path, ".dump")
    let copy = try #require(try AccessStore.upgradeSchema(app.path).backup)
    #expect(try runSqlite3(copy, ".dump") == before)
    let upgraded = try runSqlite3(app.path, ".dump")
    let second = try #require(try AccessStore.downgradeSchema(app.path).backup)
    #expect(try runSqlite3(second, ".dump") == upgraded)
    #expect(try runSqlite3(app.path, ".dump") == before)
  }

  @Test func theFormOfTheFileStays() throws {
    let app = try SchemaFixture(
      """
      CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY);
      INSERT INTO alembic_version VALUES ('4f1c');
      PRAGMA user_version = 7; PRAGMA application_id = 9;
      """)
    let before = try app.folder.read("app.db")
    try AccessStore.upgradeSchema(app.path)
    let after = try app.folder.read("app.db")
    // Page size, journal mode, encoding, user version and application id.
    for range in [16..<24, 56..<64, 68..<72] { #expect(before[range] == after[range]) }
    #expect(try app.other.first("SELECT version_num FROM alembic_version") { $0.text(0) } == "4f1c")
  }

  @Test func grantsThatWereThereStayAsTheyAre() throws {
    let app = try SchemaFixture(SchemaFixture.accessTable)
    let before = try app.schema()
    let rows =
      "SELECT id, user_id, company_id, created_at, modified_at FROM hrm_user_company_access"
    let kept = try runSqlite3(app.path, rows)
    let done = try AccessStore.upgradeSchema(app.path)
    #expect(done.notes.contains(.keptGrants(table: "hrm_user_company_access", count: 3)))
    #expect(try runSqlite3(app.path, rows) == kept)
    #expect(try app.count("company_access_current_grant WHERE began_change IS NULL") == 3)
    #expect(try AccessStore.verifySchema(app.path) == [])
    let store = try AccessStore.open(app.path)
    #expect(try store.change(ChangeID(1))?.reason == "3 grants were there already")
    // What is granted beside them stays, too, when the rest is taken away.
    try store.apply(store.plan(.bulkGrant(.all, .all)))
    let grants = try app.count("hrm_user_company_access")
    #expect(throws: AccessError.self) { try AccessStore.downgradeSchema(app.path) }
    let back = try AccessStore.downgradeSchema(app.path, acceptsLoss: true)
    #expect(back.loss.grants == 0 && back.loss.changes == 1)
    #expect(try app.schema() == before)
    #expect(try app.count("hrm_user_company_access") == grants)
  }

  /// Those that were there keep their place before the record when it has to be mended.
  @Test func aMendedRecordLeavesTheGrantsBeforeItAlone() throws {
    let app = try SchemaFixture(SchemaFixture.accessTable)
    try AccessStore.upgradeSchema(app.path)
    try app.other.execute(
      """
      DROP TRIGGER company_access_grant_inserted;
      DROP TRIGGER company_access_grant_replaced;
      INSERT INTO hrm_user_company_access SELECT 'new', id, (SELECT max(id) FROM hrm_company),
        '2100-01-01T00:00:00', '2100-01-01', NULL FROM hrm_users WHERE id = 4
      """)
    let done = try AccessStore.upgradeSchema(app.path)
    #expect(done.found == 1 && done.change == ChangeID(2))
    #expect(try app.count("company_access_current_grant WHERE began_change IS NULL") == 3)
    #expect(
      try app.count("company_access_change WHERE id = 3 AND action = 'found' AND added = 1") == 1)
    #expect(try app.count("company_access_current_grant WHERE began_change = 3") == 1)
    #expect(try AccessStore.verifySchema(app.path) == [])
  }

  @Test func refusesToLoseWhatOnlyTheRecordHas() throws {
    let app = try SchemaFixture()
    try AccessStore.upgradeSchema(app.path)
    let store = try AccessStore.open(app.path)
    try store.apply(store.plan(.bulkGrant(.all, .all)))
    try store.apply(store.plan(.revoke(.users([1]), .all)))
    let grants = try app.count("hrm_user_company_access")
    let ended = try app.count("company_access_ended_grant")
    let names = app.folder.names
    let loss = SchemaLoss(grants: grants, ended: ended, changes: 2, entities: 0)
    #expect(throws: AccessError.wouldLose(loss)) { try AccessStore.downgradeSchema(app.path) }
    #expect(app.folder.names == names)
    #expect(try AccessStore.downgradePlan(app.path).loss == loss)
    try AccessStore.downgradeSchema(app.path, acceptsLoss: true)
    #expect(try AccessStore.schemaStatus(app.path).version == 0)
  }

  @Test func nothingOfTheApplicationBreaksByADowngrade() throws {
    let app = try SchemaFixture()
    try AccessStore.upgradeSchema(app.path)
    try app.other.execute("CREATE VIEW v AS SELECT count(*) FROM hrm_user_company_access")
    let error = AccessError.schemaRefused(
      path: app.path,
      [.dependent(kind: "view", name: "v", table: "hrm_user_company_access")])
    #expect(throws: error) { try AccessStore.downgradeSchema(app.path) }
  }

  // MARK: - Two at once, and stopping

  @Test func ofTwoToolsOneWins() throws {
    let app = try SchemaFixture()
    // The other one is in the middle of its work.
    try app.other.execute("BEGIN IMMEDIATE")
    #expect(throws: AccessError.busy(path: app.path)) {
      try AccessStore.upgradeSchema(app.path, busyTimeout: 0)
    }
    try app.other.execute("COMMIT")
    #expect(try AccessStore.upgradeSchema(app.path).before == 0)
    let second = try AccessStore.upgradeSchema(app.path)
    #expect(second.before == SchemaStatus.newest && second.steps.isEmpty && second.backup == nil)
  }

  @Test func eightToolsAtOnceUpgradeOnce() async throws {
    let app = try SchemaFixture()
    let path = app.path
    let results = try await withThrowingTaskGroup(of: SchemaUpgrade.self) { group in
      for _ in 0..<8 {
        group.addTask { try AccessStore.upgradeSchema(path, busyTimeout: 60_000) }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(results.filter { !$0.steps.isEmpty }.count == 1)
    #expect(try AccessStore.verifySchema(path) == [])
    #expect(try app.count("company_access_change") == 1)
    #expect(app.folder.names.filter { $0.contains("before-upgrade") }.count == 1)
  }

  @Test func cancelledItLeavesTheFileAsItWas() throws {
    let app = try SchemaFixture()
    let before = try app.folder.read("app.db")
    let work = Work()
    work.cancel()
    #expect(throws: AccessError.cancelled) { try AccessStore.upgradeSchema(app.path, work: work) }
    #expect(throws: AccessError.cancelled) {
      try AccessStore.upgradeSchema(app.path, work: workCancelled(at: .writing))
    }
    #expect(try app.folder.read("app.db") == before)
  }

  // MARK: - The classic mistake

  /// A table that others refer to is rebuilt, as an ORM does it: with foreign keys on, dropping it
  /// takes all grants with it, and every check of SQLite's is content.
  @Test func aRebuiltTableKeepsWhatRefersToIt() throws {
    let app = try SchemaFixture(SchemaFixture.accessTable)
    let connection = try Connection(path: app.path, mode: .readWrite)
    let migrator = SchemaMigrator(
      connection: connection, ours: ["hrm_users"], rewritten: [], work: Work())
    let sql = try #require(
      connection.first("SELECT sql FROM sqlite_schema WHERE name = 'hrm_users'") { $0.text(0) })
    try migrator.run {
      try connection.execute(
        sql.replacing("CREATE TABLE hrm_users", with: "CREATE TABLE rebuilt_users"))
      try connection.execute(
        """
        INSERT INTO rebuilt_users SELECT * FROM hrm_users; DROP TABLE hrm_users;
        ALTER TABLE rebuilt_users RENAME TO hrm_users
        """)
    }
    #expect(try app.count("hrm_user_company_access") == 3)
    #expect(try connection.foreignKeys())
  }

  /// Rows that go by a step, for whatever reason, stop the whole.
  @Test(arguments: [
    ("DELETE FROM hrm_employee WHERE user_id = 2", "hrm_employee would have "),
    ("DROP TABLE hrm_employee", "table hrm_employee would not be as before"),
    ("CREATE TABLE t (a)", "table t would not be as before"),
    ("CREATE INDEX i ON hrm_users (full_name)", "index i would not be as before"),
    (
      "UPDATE hrm_employee SET company_id = 'x' WHERE user_id = 2",
      "hrm_employee would have 1 rows without"
    ),
  ]) func whatMustStayIsCompared(sql: String, words: String) throws {
    let app = try SchemaFixture()
    let before = try app.folder.read("app.db")
    let connection = try Connection(path: app.path, mode: .readWrite)
    let migrator = SchemaMigrator(
      connection: connection, ours: [], rewritten: [], work: Work())
    let error = #expect(throws: AccessError.self) {
      try migrator.run { try connection.execute(sql) }
    }
    #expect(error?.description.contains(words) == true, "\(String(describing: error))")
    #expect(try app.folder.read("app.db") == before)
  }
}
