import Database
import Glibc
import TestSupport
import Testing

@testable import CompanyAccess

/// What has to be put right before anything is changed.
@Suite struct SchemaRefusalTests {
  struct Case: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var sql: String
    /// What the refusal names: the place, and the way out.
    var words: [String]
  }

  private static let table = SchemaFixture.accessTable
  private static let plain = """
    id CHAR(32) NOT NULL PRIMARY KEY,
    user_id INTEGER NOT NULL REFERENCES hrm_users (id) ON DELETE CASCADE,
    company_id CHAR(32) NOT NULL REFERENCES hrm_company (id) ON DELETE CASCADE,
    """

  static let cases = [
    Case(
      testDescription: "pairs that are there twice",
      sql: table
        + "INSERT INTO hrm_user_company_access SELECT 'x', user_id, company_id, '', '', NULL "
        + "FROM hrm_user_company_access WHERE user_id = 2",
      words: ["1 pairs", "hrm_user_company_access more than once (2, ", "delete all but one"]),
    Case(
      testDescription: "an orphan in the access table",
      sql: table + "UPDATE hrm_user_company_access SET user_id = 999 WHERE user_id = 2",
      words: ["1 rows of hrm_user_company_access", "hrm_users that are not there", "delete"]),
    Case(
      testDescription: "an orphan in the users",
      sql: "UPDATE hrm_users SET role_id = 77 WHERE id = 2",
      words: ["1 rows of hrm_users", "hrm_role that are not there"]),
    Case(
      testDescription: "a view",
      sql: "CREATE VIEW hrm_user_company_access AS SELECT 1",
      words: ["the view hrm_user_company_access", "rename or drop it"]),
    Case(
      testDescription: "a virtual table",
      sql: "CREATE VIRTUAL TABLE hrm_user_company_access USING fts5(id, user_id, company_id)",
      words: ["the table hrm_user_company_access", "rename or drop it"]),
    Case(
      testDescription: "a table by the name of an index",
      sql: "CREATE TABLE ix_hrm_user_company_access_company (a)",
      words: ["the table ix_hrm_user_company_access_company", "rename or drop it"]),
    Case(
      testDescription: "tables of the record without a version",
      sql: "CREATE TABLE company_access_change (a)",
      words: ["company_access_setting does not say", "restore a backup"]),
    Case(
      testDescription: "a trigger on the access table",
      sql: table + "CREATE TRIGGER spy AFTER INSERT ON hrm_user_company_access "
        + "BEGIN DELETE FROM hrm_employee; END",
      words: ["the trigger spy on hrm_user_company_access", "drop it"]),
    Case(
      testDescription: "a trigger that writes to the access table",
      sql: table + "CREATE TRIGGER gift AFTER INSERT ON hrm_users "
        + "BEGIN INSERT INTO Hrm_User_Company_Access (id) VALUES (1); END",
      words: ["the trigger gift on hrm_users writes to hrm_user_company_access", "drop it"]),
    Case(
      testDescription: "a column that is missing",
      sql: "CREATE TABLE hrm_user_company_access (\(plain) created_at DATETIME)",
      words: ["hrm_user_company_access has no column modified_at"]),
    Case(
      testDescription: "a column that must be filled",
      sql: "CREATE TABLE hrm_user_company_access (\(plain) created_at, modified_at, why NOT NULL)",
      words: ["the column why of hrm_user_company_access must be filled", "default"]),
    Case(
      testDescription: "grants that would stay behind",
      sql: "CREATE TABLE hrm_user_company_access (id CHAR(32) NOT NULL PRIMARY KEY, "
        + "user_id INTEGER NOT NULL REFERENCES hrm_users (id), company_id CHAR(32) NOT NULL "
        + "REFERENCES hrm_company (id) ON DELETE CASCADE, created_at, modified_at)",
      words: ["the column user_id of hrm_user_company_access must refer to hrm_users ON DELETE"]),
    Case(
      testDescription: "a number that is kept as a text",
      sql: "CREATE TABLE hrm_user_company_access (id CHAR(32) NOT NULL PRIMARY KEY, user_id "
        + "VARCHAR(9) NOT NULL REFERENCES hrm_users (id) ON DELETE CASCADE, company_id CHAR(32) "
        + "NOT NULL REFERENCES hrm_company (id) ON DELETE CASCADE, created_at, modified_at)",
      words: ["the column user_id of hrm_user_company_access must be INTEGER", "is VARCHAR(9)"]),
    Case(
      testDescription: "a second UNIQUE",
      sql: "CREATE TABLE hrm_user_company_access (\(plain) created_at, modified_at);"
        + "CREATE UNIQUE INDEX one_each ON hrm_user_company_access (user_id)",
      words: ["the UNIQUE index one_each on hrm_user_company_access (user_id)", "another"]),
    Case(
      testDescription: "a UNIQUE over another column",
      sql: "CREATE TABLE hrm_user_company_access (\(plain) created_at, modified_at, "
        + "badge TEXT NOT NULL DEFAULT '' UNIQUE, UNIQUE (company_id, user_id))",
      words: ["sqlite_autoindex_hrm_user_company_access_2 on hrm_user_company_access (badge)"]),
    Case(
      testDescription: "a UNIQUE over some of the rows",
      sql: "CREATE TABLE hrm_user_company_access (\(plain) created_at, modified_at, v);"
        + "CREATE UNIQUE INDEX one_live ON hrm_user_company_access (company_id, user_id) WHERE v = 1",
      words: ["the UNIQUE index one_live", "counts only some of the rows"]),
    Case(
      testDescription: "a mark of deletion",
      sql: "CREATE TABLE hrm_user_company_access (\(plain) created_at, modified_at, Deleted_At)",
      words: ["the column Deleted_At of hrm_user_company_access may say", "every row as access"]),
    Case(
      testDescription: "a mark of deletion of the home company",
      sql: "ALTER TABLE hrm_employee ADD COLUMN status TEXT",
      words: ["the column status of hrm_employee may say", "without home"]),
    Case(
      testDescription: "rows without numbers",
      sql: "CREATE TABLE hrm_user_company_access (\(plain) created_at, modified_at) WITHOUT ROWID",
      words: ["the table hrm_user_company_access is WITHOUT ROWID"]),
    Case(
      testDescription: "a migration that stopped half-way",
      sql: "CREATE TABLE _alembic_tmp_hrm_users (id)",
      words: ["left the table _alembic_tmp_hrm_users", "finish that migration"]),
    Case(
      testDescription: "a foreign key that leads nowhere",
      sql: "ALTER TABLE hrm_company ADD COLUMN owner TEXT REFERENCES hrm_users (full_name)",
      words: ["the foreign keys of hrm_company cannot be checked"]),
    Case(
      testDescription: "a schema that has to be trusted",
      sql: "ALTER TABLE hrm_users ADD COLUMN extra TEXT CHECK (extra IS NULL OR json_valid(extra))",
      words: ["writing hrm_users", "json_valid", "--trust-schema"]),
    Case(
      testDescription: "tables of no known application",
      sql: "ALTER TABLE hrm_users RENAME TO people",
      words: ["of no application that is known", "--mapping FILE"]),
  ]

  @Test(arguments: cases) func isRefusedBeforeAnythingIsChanged(_ item: Case) throws {
    let app = try SchemaFixture("PRAGMA foreign_keys = OFF; " + item.sql)
    let before = try app.folder.read("app.db")
    let error = #expect(throws: AccessError.self) { try AccessStore.upgradeSchema(app.path) }
    let words = error?.description ?? ""
    for part in item.words { #expect(words.contains(part), "\(words)") }
    #expect(words.hasPrefix("\(app.path) was left as it is"), "\(words)")
    let status = try AccessStore.schemaStatus(app.path)
    #expect(!status.problems.isEmpty)
    #expect(try app.folder.read("app.db") == before)
    #expect(app.folder.names == ["app.db"])
  }

  @Test func whatIsTrustedIsRemembered() throws {
    let app = try SchemaFixture(
      "ALTER TABLE hrm_users ADD COLUMN extra TEXT CHECK (extra IS NULL OR json_valid(extra))")
    try AccessStore.upgradeSchema(app.path, trustsSchema: true)
    let store = try AccessStore.open(app.path)
    let mapping = store.mapping
    #expect(try store.read { try SchemaTrust.isGiven($0.file, mapping) })
    // Another check is another thing to look at.
    try runSqlite3(
      app.path,
      "ALTER TABLE hrm_users ADD COLUMN more TEXT CHECK (more IS NULL OR json_valid(more))")
    #expect(try !store.read { try SchemaTrust.isGiven($0.file, mapping) })
    #expect(try store.status == StoreStatus(readOnlyReason: nil, missing: []))
    let again = try AccessStore.upgradeSchema(app.path, trustsSchema: true)
    #expect(again.steps.map(\.object) == ["setting trust_schema"] && again.change == nil)
    #expect(try store.read { try SchemaTrust.isGiven($0.file, mapping) })
    #expect(try AccessStore.upgradeSchema(app.path, trustsSchema: true).steps.isEmpty)
  }

  /// What is wrong elsewhere is the application's business, as long as it gets no worse.
  @Test func whatConcernsOthersIsToldAndLeft() throws {
    let app = try SchemaFixture(
      """
      PRAGMA foreign_keys = OFF;
      UPDATE hrm_employee SET company_id = 'none' WHERE user_id IN (2, 3);
      CREATE TRIGGER stamp AFTER UPDATE OF full_name ON hrm_users
        BEGIN UPDATE hrm_users SET modified_at = '2026-01-01' WHERE id = NEW.id; END;
      CREATE TABLE cards (data JSON CHECK (json_valid(data)), of TEXT REFERENCES hrm_users (role));
      INSERT INTO cards VALUES ('{}', NULL);
      """)
    let done = try AccessStore.upgradeSchema(app.path)
    #expect(done.notes.contains(.applicationTrigger(name: "stamp", table: "hrm_users")))
    #expect(done.notes.contains(.orphans(table: "hrm_employee", count: 2)))
    #expect(
      done.notes.contains {
        if case .unusableForeignKeys("cards", _) = $0 { true } else { false }
      })
    try app.other.execute("UPDATE hrm_users SET full_name = 'x' WHERE id = 1")
    // What the application has edited is on the record.
    #expect(
      try AccessStore.downgradePlan(app.path).loss
        == SchemaLoss(grants: 0, ended: 0, changes: 1, entities: 0))
  }

  // MARK: - Files that cannot be worked on at all

  @Test func aFileThatMayNotBeWrittenIsLeft() throws {
    let app = try SchemaFixture()
    chmod(app.path, 0o444)
    #expect(throws: AccessError.readOnly(.modeBits)) { try AccessStore.upgradeSchema(app.path) }
    #expect(try AccessStore.schemaStatus(app.path).steps.count > 10)
    #expect(app.folder.names == ["app.db"])
  }

  @Test func aDamagedOrShortenedFileIsLeft() throws {
    let app = try SchemaFixture()
    var bytes = try app.folder.read("app.db")
    try overwritePage(of: "hrm_employee", as: app.path, in: &bytes, with: 0xA5)
    let damaged = try app.folder.write("damaged.db", bytes)
    #expect(throws: AccessError.self) { try AccessStore.upgradeSchema(damaged) }
    #expect(try app.folder.read("damaged.db") == bytes)
    let short = Array(try app.folder.read("app.db").dropLast(9_000))
    let path = try app.folder.write("short.db", short)
    #expect(throws: AccessError.self) { try AccessStore.upgradeSchema(path) }
    #expect(try app.folder.read("short.db") == short)
    #expect(app.folder.names == ["app.db", "damaged.db", "short.db"])
  }

  // MARK: - Files that are ours, but not as they should be

  static let ours = [
    Case(
      testDescription: "a newer version",
      sql: "UPDATE company_access_setting SET value = 3 WHERE key = 'schema_version'",
      words: ["a newer version", "version 3, this one knows 2"]),
    Case(
      testDescription: "an edited table",
      sql: "ALTER TABLE company_access_change ADD COLUMN approved",
      words: ["the table company_access_change was changed by hand"]),
    Case(
      testDescription: "a foreign trigger",
      sql: "CREATE TRIGGER spy AFTER INSERT ON company_access_change BEGIN SELECT 1; END",
      words: ["the trigger spy on company_access_change"]),
    Case(
      testDescription: "a trigger that gives grants away",
      sql: """
        CREATE TRIGGER gift AFTER UPDATE ON hrm_users BEGIN
        INSERT INTO hrm_user_company_access SELECT 'x', 1, id, '', '' FROM hrm_company; END
        """,
      words: ["the trigger gift on hrm_users writes to hrm_user_company_access"]),
    Case(
      testDescription: "a half-applied migration",
      sql: "CREATE TABLE _alembic_tmp_hrm_company (id)",
      words: ["_alembic_tmp_hrm_company"]),
  ]

  @Test(arguments: ours) func isReadButNotWritten(_ item: Case) throws {
    let app = try SchemaFixture()
    try AccessStore.upgradeSchema(app.path)
    let store = try AccessStore.open(app.path)
    let plan = try store.plan(.bulkGrant(.all, .all))
    try runSqlite3(app.path, item.sql)
    let reason = try #require(try AccessStore.open(app.path).status.readOnlyReason)
    for part in item.words { #expect(reason.description.contains(part), "\(reason)") }
    // One that was open before notices, too.
    #expect(throws: AccessError.readOnly(reason)) { try store.apply(plan) }
    #expect(try store.coverage(at: .now).grants == 0)
    let before = try app.folder.read("app.db")
    let names = app.folder.names
    #expect(throws: AccessError.self) { try AccessStore.upgradeSchema(app.path) }
    #expect(throws: AccessError.self) {
      try AccessStore.downgradeSchema(app.path, acceptsLoss: true)
    }
    #expect(try app.folder.read("app.db") == before)
    #expect(app.folder.names == names)
  }

  @Test(arguments: [
    ("DROP TRIGGER company_access_user_edited", "trigger company_access_user_edited", "is missing"),
    (
      "DROP INDEX ix_company_access_row_image_change; CREATE INDEX "
        + "ix_company_access_row_image_change ON company_access_row_image (kind)",
      "index ix_company_access_row_image_change",
      "is not as it was made"
    ),
    (
      "ALTER TABLE company_access_now ADD COLUMN x", "table company_access_now",
      "is not as it was made"
    ),
    (
      "CREATE TRIGGER spy AFTER INSERT ON company_access_change BEGIN SELECT 1; END",
      "trigger spy", "writes or acts on company_access_change and is not ours"
    ),
    (
      "UPDATE company_access_setting SET value = 3 WHERE key = 'schema_version'",
      "setting schema_version", "is not that of this program"
    ),
    (
      "DELETE FROM company_access_user_lifetime WHERE lifetime = 1", "the record",
      "does not agree with the tables: 1 user or company that the record does not have"
    ),
  ]) func verifyNamesEachDifference(sql: String, object: String, difference: String) throws {
    let app = try SchemaFixture()
    try AccessStore.upgradeSchema(app.path)
    try app.other.execute(sql)
    let found = try AccessStore.verifySchema(app.path)
    #expect(found.map(\.object) == [object] && found.map(\.difference) == [difference])
  }

  /// The text of a rebuilt table may differ; what it says may not.
  @Test func verifyLooksAtWhatARebuiltTableSays() throws {
    let app = try SchemaFixture()
    try AccessStore.upgradeSchema(app.path)
    try app.other.execute(
      """
      PRAGMA foreign_keys = OFF;
      DROP TABLE hrm_user_company_access;
      CREATE TABLE "hrm_user_company_access" (id CHAR(32) PRIMARY KEY, user_id INTEGER,
        company_id CHAR(32) NOT NULL REFERENCES hrm_company ON DELETE CASCADE,
        created_at DATETIME CHECK (created_at > ''), modified_at DATETIME,
        UNIQUE (company_id, user_id))
      """)
    try AccessStore.upgradeSchema(app.path)
    #expect(
      try AccessStore.verifySchema(app.path).map(\.difference) == [
        "lets grants stay when the user_id goes from hrm_users", "lets user_id be NULL",
        "has a CHECK that is not ours",
      ])
  }
}
