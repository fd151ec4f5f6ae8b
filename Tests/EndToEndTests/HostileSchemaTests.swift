import Glibc
import TestSupport
import Testing

/// Schemas that somebody has made to be acted upon, and schemas that applications really have.
@Suite struct HostileSchemaTests {
  struct Case: Sendable, CustomStringConvertible {
    let sql: String
    /// What the refusal must name.
    let named: String
    var description: String { named + ": " + sql.prefix(60) }

    init(_ named: String, _ sql: String) {
      self.named = named
      self.sql = sql
    }
  }

  private static let access = "hrm_user_company_access"
  private static let attack = """
    INSERT INTO hrm_user_company_access (id, user_id, company_id, created_at, modified_at)
    SELECT lower(hex(randomblob(16))), 32, id, '2026-01-01', '2026-01-01' FROM hrm_company
    """

  /// The text of an object is changed behind SQLite's back.
  private static func rewritten(_ name: String, _ old: String, _ new: String) -> String {
    """
    PRAGMA writable_schema = ON;
    UPDATE sqlite_schema SET sql = replace(sql, '\(old)', '\(new)') WHERE name = '\(name)';
    PRAGMA writable_schema = RESET
    """
  }

  /// Another object takes the name of a table, which goes on under another one.
  private static func replaced(_ name: String, by sql: String) -> String {
    "PRAGMA legacy_alter_table = ON; ALTER TABLE \(name) RENAME TO hidden; \(sql)"
  }

  private static let hostile = [
    Case(access, replaced(access, by: "CREATE VIEW \(access) AS SELECT * FROM hidden")),
    Case(
      access,
      replaced(
        access,
        by: """
          CREATE VIEW \(access) AS SELECT * FROM hidden;
          CREATE TRIGGER swallow INSTEAD OF INSERT ON \(access) BEGIN SELECT 1; END
          """)),
    Case("hrm_users", replaced("hrm_users", by: "CREATE VIEW hrm_users AS SELECT * FROM hidden")),
    Case(
      "hrm_company",
      replaced(
        "hrm_company",
        by: """
          CREATE VIEW hrm_company AS WITH RECURSIVE r(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM r)
          SELECT i AS id, i AS name, i AS code, 1 AS is_active, '' AS created_at,
            '' AS modified_at FROM r
          """)),
    Case(
      access, replaced(access, by: "CREATE VIRTUAL TABLE \(access) USING fts5(id, user_id, x)")),
    Case(
      "company_access_change",
      replaced(
        "company_access_change", by: "CREATE VIEW company_access_change AS SELECT * FROM hidden")),
    Case(
      "company_access_row_image",
      replaced(
        "company_access_row_image",
        by: "CREATE VIRTUAL TABLE company_access_row_image USING fts5(change, kind, lifetime)")),
    Case("give", "CREATE TRIGGER give AFTER UPDATE ON hrm_users BEGIN \(attack); END"),
    Case("give", "CREATE TRIGGER give AFTER INSERT ON hrm_role BEGIN \(attack); END"),
    Case(
      "give",
      """
      CREATE TRIGGER give AFTER UPDATE ON hrm_company BEGIN
      UPDATE /* no */ OR IGNORE "HRM_User_Company_Access" SET user_id = 32; END
      """),
    Case(
      "give",
      """
      CREATE VIEW door AS SELECT * FROM \(access);
      CREATE TRIGGER give INSTEAD OF INSERT ON door BEGIN \(attack); END;
      CREATE TRIGGER knock AFTER UPDATE ON hrm_users BEGIN INSERT INTO door (id) VALUES (1); END
      """),
    Case("more", "CREATE TRIGGER more AFTER INSERT ON \(access) BEGIN \(attack); END"),
    Case(
      "keep", "CREATE TRIGGER keep BEFORE DELETE ON \(access) BEGIN SELECT RAISE(IGNORE); END"),
    Case(
      "forget",
      """
      CREATE TRIGGER forget AFTER INSERT ON company_access_change
      BEGIN DELETE FROM company_access_change WHERE id = NEW.id; END
      """),
    Case(
      "blame",
      """
      CREATE TRIGGER blame AFTER UPDATE ON company_access_now
      BEGIN UPDATE company_access_change SET actor = 'somebody'; END
      """),
    Case(
      "wipe",
      "CREATE TRIGGER wipe AFTER UPDATE ON hrm_users BEGIN DELETE FROM company_access_ended_grant; END"
    ),
    Case(
      "company_access_grant_deleted",
      """
      DROP TRIGGER company_access_grant_deleted;
      CREATE TRIGGER company_access_grant_deleted AFTER DELETE ON \(access) BEGIN SELECT 1; END
      """),
    Case(
      "company_access_user_deleted",
      """
      DROP TRIGGER company_access_user_deleted;
      CREATE TRIGGER company_access_user_deleted BEFORE DELETE ON hrm_role BEGIN SELECT 1; END
      """),
    Case(
      "ix_hrm_user_company_access_company",
      """
      DROP INDEX ix_hrm_user_company_access_company;
      CREATE INDEX ix_hrm_user_company_access_company ON \(access) (company_id) WHERE user_id = 1
      """),
    Case(
      "company_access_now",
      rewritten("company_access_now", "CHECK (one = 1)", "CHECK (one > 0)")),
    Case(
      "company_access_ended_grant",
      rewritten("company_access_ended_grant", "created_at, modified_at", "created_at, at_all")),
    Case("user_id", rewritten(access, "user_id INTEGER NOT NULL", "user_id AS (1)")),
    Case("tribute", "ALTER TABLE \(access) ADD COLUMN tribute TEXT; \(requiredTribute)"),
    Case("modified_at", rewritten(access, "modified_at DATETIME", "changed_at DATETIME")),
    Case("one_each", "CREATE UNIQUE INDEX one_each ON \(access) (company_id) WHERE user_id > 99"),
    Case("version 99", "UPDATE company_access_setting SET value = 99 WHERE key = 'schema_version'"),
    Case("version", "DELETE FROM company_access_setting WHERE key = 'schema_version'"),
    Case("_alembic_tmp_hrm_users", "CREATE TABLE _alembic_tmp_hrm_users (id)"),
  ]

  private static let requiredTribute = rewritten(access, "tribute TEXT", "tribute TEXT NOT NULL")

  @Test(arguments: hostile)
  func isRefusedForWriting(_ schema: Case) throws {
    let database = try DeskDatabase()
    try database.sql(schema.sql)
    let before = try database.folder.read("hrm.db")
    for words in [["grant", "h_baker", "NYC"], ["revoke", "john_smith", "--all", "--yes"]] {
      let result = try runProgram(
        builtProduct("company-access"), ["--db", database.path] + words, seconds: 5)
      // Where nothing is found to revoke, nothing is written either.
      let isNothing = words[0] == "revoke" && result.stderr.contains("nothing to change")
      #expect(isNothing || [65, 66, 77].contains(result.status), "\(result.stderr)")
      #expect(isNothing || result.stderr.contains(schema.named), "\(result.stderr)")
      #expect(try database.folder.read("hrm.db") == before)
    }
    // Reading goes on, or is refused in words.
    let listing = try runProgram(
      builtProduct("company-access"), ["--db", database.path, "users", "--limit", "3"], seconds: 5)
    #expect([0, 65, 66].contains(listing.status), "\(listing.stderr)")
    Sweep.figure("hostile schemas", swept: 1, good: 1)
  }

  /// A check that only another program can make keeps grants out, and nothing else.
  @Test func whatCannotBeCheckedIsNotGranted() throws {
    let database = try DeskDatabase()
    try database.sql(
      Self.rewritten(
        Self.access, "modified_at DATETIME NOT NULL,",
        "modified_at DATETIME NOT NULL CHECK (evil_function(id)),"))
    let before = try database.folder.read("hrm.db")
    let result = try runProgram(
      builtProduct("company-access"), ["--db", database.path, "grant", "h_baker", "NYC"])
    #expect([65, 66, 77].contains(result.status))
    #expect(result.stderr.contains("evil_function"))
    #expect(try database.folder.read("hrm.db") == before)
    Sweep.figure("hostile schemas", swept: 1, good: 1)
  }

  // MARK: - What applications have

  private static let ordinary = [
    Case("1", "CREATE TRIGGER touch AFTER UPDATE ON hrm_users BEGIN SELECT NEW.id; END"),
    Case(
      "2",
      """
      CREATE TRIGGER stamp AFTER UPDATE OF email ON hrm_users
      BEGIN UPDATE hrm_users SET modified_at = '2026-01-01' WHERE id = NEW.id; END
      """),
    Case("3", "ALTER TABLE hrm_users ADD COLUMN extra TEXT DEFAULT '{}' CHECK (json_valid(extra))"),
    Case(
      "4",
      """
      CREATE VIRTUAL TABLE people USING fts5(username, content='hrm_users', content_rowid='id');
      CREATE TRIGGER people_in AFTER INSERT ON hrm_users
      BEGIN INSERT INTO people (rowid, username) VALUES (NEW.id, NEW.username); END
      """),
    Case(
      "5",
      """
      CREATE TABLE parent (id INTEGER PRIMARY KEY);
      CREATE TABLE child (id INTEGER PRIMARY KEY, parent_id INTEGER REFERENCES parent (id));
      INSERT INTO child VALUES (1, 99)
      """),
    Case("6", rewritten("hrm_users", "full_name VARCHAR(120)", "full_name TEXT COLLATE german")),
    Case("7", "CREATE VIEW active_users AS SELECT * FROM hrm_users WHERE is_active"),
    Case("8", "CREATE INDEX theirs ON \(access) (created_at)"),
    Case("9", "ALTER TABLE \(access) ADD COLUMN note TEXT DEFAULT 'none'"),
    Case("10", "ALTER TABLE hrm_users ADD COLUMN upper_name TEXT AS (upper(username))"),
    Case(
      "11",
      """
      CREATE TABLE audit (n); INSERT INTO audit VALUES (0);
      CREATE TRIGGER counted AFTER UPDATE ON hrm_company
      BEGIN UPDATE audit SET n = (SELECT count(*) FROM \(access)); END
      """),
    Case("12", "ANALYZE"),
    Case("13", "CREATE TABLE kept (a TEXT PRIMARY KEY, b) WITHOUT ROWID; PRAGMA user_version = 7"),
    Case("14", "CREATE TABLE alembic_version (version_num VARCHAR(32)); PRAGMA journal_mode = WAL"),
  ]

  @Test(arguments: ordinary)
  func isNotShutOut(_ schema: Case) throws {
    let database = try DeskDatabase()
    try database.sql(schema.sql)
    for words in [
      ["grant", "h_baker", "NYC", "LA"], ["revoke", "h_baker", "LA"], ["bulk-grant", "--yes"],
      ["undo"], ["users", "--search", "ann"], ["companies"], ["stats"], ["log"],
      ["users", "--sort", "name"],
    ] {
      let result = try runProgram(builtProduct("company-access"), ["--db", database.path] + words)
      #expect(result.status == 0, "\(words): \(result.stderr)")
    }
    #expect(try database.companies(of: "h_baker") == ["NYC Office"])
    Sweep.figure("ordinary schemas, not shut out", swept: 1, good: 1)
  }
}
