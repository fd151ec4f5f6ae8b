import Database
import Glibc
import TestSupport
import Testing

@testable import CompanyAccess

/// Files that are damaged in one way each, of which the doctor names exactly that way.
@Suite struct DoctorTests {
  let folder: TemporaryFolder
  let path: String

  init() throws {
    folder = try TemporaryFolder()
    path = folder.file("hrm.db")
    try AccessStore.create(path)
    try runSqlite3(
      path,
      """
      INSERT INTO hrm_role VALUES (1, 'Employee'), (2, 'Super Admin');
      INSERT INTO hrm_users (id, username, role_id, created_at, modified_at)
        VALUES (1, 'ann', 1, '2026-01-01', '2026-01-01'), (2, 'bob', 1, '2026-01-01', '2026-01-01'),
          (3, 'eve', 2, '2026-01-01', '2026-01-01');
      INSERT INTO hrm_company (id, name, code, created_at, modified_at)
        VALUES ('\(Self.company(1))', 'Acme', 'A', '2026-01-01', '2026-01-01'),
          ('\(Self.company(2))', 'Bolt', 'B', '2026-01-01', '2026-01-01');
      INSERT INTO hrm_employee VALUES
        ('e1', 1, '\(Self.company(1))', 'Ann', '2026-01-01', '2026-01-01'),
        ('e2', 2, '\(Self.company(2))', 'Bob', '2026-01-01', '2026-01-01');
      """)
    let store = try AccessStore.open(path)
    try store.apply(store.plan(.grant(.users([1, 2]), .all)))
    try store.apply(store.plan(.revoke(.users([2]), .companies([1]))))
  }

  static func company(_ number: Int) -> String { Desk.company(number).stored }

  func examine(_ name: String = "hrm.db") throws -> Diagnosis {
    try AccessStore.examine(folder.file(name))
  }

  @Test func aSoundFileHasNoFindings() throws {
    let before = try folder.read("hrm.db")
    let diagnosis = try examine()
    #expect(diagnosis.findings == [] && diagnosis.unchecked == [])
    #expect(diagnosis.checks == DoctorCheck.all.count && diagnosis.checks > 30)
    #expect(try folder.read("hrm.db") == before && folder.names == ["hrm.db"])
    #expect(diagnosis.facts.first { $0.name == "application" }?.value == "hrm")
  }

  /// What is done to the file in SQL, by the finding that names it.
  static let statements = [
    "broken-rules":
      "PRAGMA ignore_check_constraints = ON; UPDATE company_access_change SET added = 'x' WHERE id = 2",
    "missing-table": "DROP TABLE company_access_row_image",
    "version": "UPDATE company_access_setting SET value = 7 WHERE key = 'schema_version'",
    "not-a-table": """
    ALTER TABLE company_access_setting RENAME TO s;
    CREATE VIEW company_access_setting AS SELECT * FROM s
    """,
    "missing-index": "DROP INDEX ix_hrm_user_company_access_company",
    "changed-index": """
    DROP INDEX ix_hrm_user_company_access_company;
    CREATE INDEX ix_hrm_user_company_access_company ON hrm_user_company_access (created_at)
    """,
    "missing-trigger": "DROP TRIGGER company_access_grant_deleted",
    "changed-trigger": """
    DROP TRIGGER company_access_user_deleted;
    CREATE TRIGGER company_access_user_deleted AFTER DELETE ON hrm_users BEGIN SELECT 1; END
    """,
    "foreign-trigger": """
    CREATE TRIGGER welcome AFTER INSERT ON hrm_users BEGIN
      INSERT INTO hrm_user_company_access (id, user_id, company_id, created_at, modified_at)
        SELECT hex(randomblob(16)), NEW.id, id, '', '' FROM hrm_company;
    END
    """,
    "other-index": "CREATE INDEX mine ON hrm_user_company_access (created_at)",
    "foreign-key": "DELETE FROM hrm_role WHERE id = 1",
    "foreign-key-definition":
      "CREATE TABLE badge (id INTEGER PRIMARY KEY, user TEXT REFERENCES hrm_users (full_name))",
    "null-company": """
    CREATE TABLE lead (id INTEGER PRIMARY KEY, user_id INTEGER, company_id TEXT);
    INSERT INTO lead (user_id) VALUES (1), (2)
    """,
    "orphan-user": """
    INSERT INTO hrm_user_company_access (id, user_id, company_id, created_at, modified_at)
      VALUES ('x', 99, '\(company(1))', '2026-01-01', '2026-01-01')
    """,
    "orphan-company": """
    INSERT INTO hrm_user_company_access (id, user_id, company_id, created_at, modified_at)
      VALUES ('x', 1, 'nowhere', '2026-01-01', '2026-01-01')
    """,
    "former-holder": """
    CREATE TEMP TABLE kept AS SELECT * FROM hrm_users WHERE id = 1;
    DELETE FROM hrm_users WHERE id = 1; INSERT INTO hrm_users SELECT * FROM kept;
    """,
    "ending-column": "ALTER TABLE hrm_user_company_access ADD COLUMN deleted_at DATETIME",
    "inactive-user": "UPDATE hrm_users SET is_active = 0 WHERE id = 1",
    "inactive-company": "UPDATE hrm_company SET is_active = 0 WHERE code = 'A'",
    "nameless-user": "UPDATE hrm_users SET username = '  ' WHERE id = 1",
    "nameless-company": "UPDATE hrm_company SET name = '' WHERE code = 'A'",
    "look-alike-user": "UPDATE hrm_users SET username = ' A\u{200B}NN' WHERE id = 2",
    "look-alike-company": "UPDATE hrm_company SET name = '\u{410}cme' WHERE code = 'B'",
    "two-meanings": "UPDATE hrm_company SET name = 'A', code = NULL WHERE code = 'B'",
    "no-home": "DELETE FROM hrm_employee WHERE id = 'e1'",
    "no-role": "UPDATE hrm_users SET role_id = NULL WHERE id = 1",
    "future-time":
      "UPDATE hrm_user_company_access SET created_at = '2199-01-01 00:00:00.000' WHERE user_id = 1",
    "unknown-change": "DELETE FROM company_access_change WHERE action = 'grant'",
    "large-number": """
    UPDATE company_access_change SET id = 9007199254740993 WHERE id = (
      SELECT max(id) FROM company_access_change WHERE action = 'revoke');
    UPDATE company_access_ended_grant SET ended_change = 9007199254740993;
    """,
    "unknown-lifetime": "UPDATE company_access_ended_grant SET company_lifetime = 77",
    "backward": """
    UPDATE company_access_ended_grant SET began_change = ended_change, ended_change = began_change
    """,
    "not-on-record": """
    DELETE FROM company_access_current_grant WHERE user_lifetime = 1;
    UPDATE company_access_company_lifetime SET code = 'X' WHERE code = 'A'
    """,
    "open-change": "UPDATE company_access_now SET change_id = 1",
    "wal-race": "PRAGMA journal_mode = wal",
  ]

  @Test(arguments: statements.keys.sorted())
  func whatSQLCanDoIsNamed(id: String) throws {
    try runSqlite3(path, "PRAGMA foreign_keys = OFF; " + #require(Self.statements[id]) + ";")
    let diagnosis = try examine()
    #expect(diagnosis.findings.map(\.id) == [id])
    let finding = try #require(diagnosis.findings.first)
    let isNote = DoctorCheck.all.first { $0.id == id }?.severity == .note
    #expect(diagnosis.problems == (isNote ? 0 : 1))
    #expect(finding.count >= finding.examples.count && !finding.examples.isEmpty)
    #expect(finding.remedy?.contains("{") != true)
  }

  @Test("Two open lifetimes of one key are named") func twoLifetimesAreNamed() throws {
    try runSqlite3(
      path,
      """
      DROP INDEX ix_company_access_user_lifetime_open;
      INSERT INTO company_access_user_lifetime (key, began_change, since_change, present, name, role,
        active) SELECT key, began_change, since_change, 1, name, role, active
        FROM company_access_user_lifetime WHERE key = 3;
      """)
    #expect(try examine().findings.map(\.id) == ["missing-index", "two-lifetimes"])
  }

  @Test("The comparison counts each kind of difference") func differencesAreCounted() throws {
    try runSqlite3(path, #require(Self.statements["not-on-record"]) + ";")
    let finding = try #require(try examine().findings.first)
    #expect(finding.count == 3)
    #expect(
      finding.examples == [
        "user or company with other attributes than on the record: 1",
        "grants that the record does not have: 2",
      ])
    #expect(finding.remedy == "company-access --db \(path) schema reconcile")
  }

  /// The access table as another program would have made it anew, with its indexes and triggers.
  func rebuild(_ change: (String) -> String, _ more: String = "") throws {
    let schema = Schema(mapping: .hrm)
    let made =
      ([schema.companyIndex]
      + schema.triggers.filter {
        $0.sql.contains("ON hrm_user_company_access")
      }).map(\.sql)
    try runSqlite3(
      path,
      """
      PRAGMA foreign_keys = OFF;
      CREATE TABLE kept AS SELECT * FROM hrm_user_company_access;
      DROP TABLE hrm_user_company_access;
      \(change(schema.accessTable.sql));
      INSERT INTO hrm_user_company_access SELECT * FROM kept;
      DROP TABLE kept;
      \(more)
      \(made.joined(separator: ";\n"));
      """)
  }

  private func withoutUnique(_ sql: String) -> String {
    sql.replacing(
      ",\n  CONSTRAINT uq_hrm_user_company_access UNIQUE (user_id, company_id)", with: "")
  }

  @Test func aMissingConstraintIsNamed() throws {
    try rebuild(withoutUnique)
    #expect(try examine().findings.map(\.id) == ["missing-unique"])
  }

  @Test func pairsThatAreThereTwiceAreNamed() throws {
    try rebuild(
      withoutUnique,
      """
      INSERT INTO hrm_user_company_access
        SELECT id || 'x', user_id, company_id, created_at, modified_at
        FROM hrm_user_company_access WHERE user_id = 2;
      """)
    let findings = try examine().findings
    #expect(findings.map(\.id) == ["duplicate-grant"])
    #expect(findings.first?.examples == ["user 2, company \(Self.company(2)): 2 times"])
  }

  @Test func grantsOfNobodyAreNamed() throws {
    try rebuild(
      { $0.replacing("user_id INTEGER NOT NULL", with: "user_id INTEGER") },
      """
      INSERT INTO hrm_user_company_access VALUES ('x', NULL, '\(Self.company(1))', '', '');
      """)
    #expect(try examine().findings.map(\.id) == ["empty-grant"])
  }

  @Test func anotherNameIsNamed() throws {
    link(path, folder.file("other.db"))
    #expect(try examine().findings.map(\.id) == ["hard-link"])
    unlink(folder.file("other.db"))
    symlink(path, folder.file("link.db"))
    #expect(try examine("link.db").findings.map(\.id) == ["link"])
  }

  @Test func permissionsForAllAreNamed() throws {
    chmod(path, 0o666)
    let finding = try #require(try examine().findings.first)
    #expect(finding.id == "permissions" && finding.remedy == "chmod o-w \(path)")
  }

  @Test func anUnfinishedWriteIsNamedAndLeftAlone() throws {
    let other = try Connection(path: path, mode: .readWrite)
    try other.execute(
      """
      PRAGMA cache_size = 1; BEGIN; CREATE TABLE large (v);
      INSERT INTO large SELECT randomblob(3000) FROM hrm_users, hrm_users, hrm_company
      """)
    try folder.write("dead.db", folder.read("hrm.db"))
    try folder.write("dead.db-journal", folder.read("hrm.db-journal"))
    let diagnosis = try examine("dead.db")
    #expect(diagnosis.findings.map(\.id) == ["unfinished-write"])
    #expect(diagnosis.findings.first?.examples == [folder.file("dead.db-journal")])
    #expect(folder.names.contains("dead.db-journal"))
    _ = try AccessStore.open(folder.file("dead.db"))
    #expect(try examine("dead.db").findings == [])
  }

  @Test func damagedPagesAreNamed() throws {
    let bytes = try folder.read("hrm.db")
    var broken = bytes
    try overwritePage(of: "ix_hrm_user_company_access_company", as: path, in: &broken)
    try folder.write("hrm.db", broken)
    let diagnosis = try examine()
    #expect(diagnosis.findings.map(\.id) == ["integrity"])
    #expect(diagnosis.unchecked == ["tables and rows, because pages are damaged"])
    try folder.write("hrm.db", Array(bytes.prefix(6 * pageSize(of: bytes))))
    #expect(try examine().findings.map(\.id) == ["integrity"])
    try folder.write("hrm.db", "no database at all, and long enough to be read as one")
    #expect(throws: AccessError.notADatabase(path: path)) { try examine() }
  }

  /// A column that is computed by a function which only the application has.
  @Test func aCheckThatDoesNotRunIsNamed() throws {
    try runSqlite3(
      path,
      """
      CREATE TABLE lead (id INTEGER PRIMARY KEY, user_id INTEGER, company_id TEXT AS (lower(id)));
      INSERT INTO lead (user_id) VALUES (1);
      PRAGMA writable_schema = ON;
      UPDATE sqlite_schema SET sql = replace(sql, 'lower(', 'theirs(') WHERE name = 'lead';
      """)
    let diagnosis = try examine()
    #expect(diagnosis.problems == 0 && !diagnosis.isInOrder)
    #expect(
      diagnosis.unchecked == [
        "integrity (damage to pages or indexes) did not run: unknown function: theirs()",
        "broken-rules (rows that break a rule of their own table) did not run: "
          + "unknown function: theirs()",
      ])
    #expect(diagnosis.limits == ["rows of lead: unknown function: theirs()"])
  }

  @Test func anotherApplicationIsNamed() throws {
    try runSqlite3(folder.file("other.db"), "CREATE TABLE t (v)")
    #expect(try examine("other.db").findings.map(\.id) == ["application"])
    try runSqlite3(
      path,
      """
      PRAGMA legacy_alter_table = ON; ALTER TABLE hrm_role RENAME TO r;
      CREATE VIEW hrm_role AS SELECT * FROM r;
      """)
    let finding = try #require(try examine().findings.first { $0.id == "description" })
    #expect(finding.remedy?.hasSuffix("schema upgrade --mapping DESCRIPTION") == true)
    #expect(finding.examples.first?.contains("hrm_role") == true)
  }

  @Test func onlyTheFirstPlacesAreNamed() throws {
    try runSqlite3(
      path,
      """
      WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000)
      INSERT INTO hrm_user_company_access
        SELECT 'x' || i, 1000 + i, '\(Self.company(1))', '2026-01-01', '2026-01-01' FROM n;
      """)
    let finding = try #require(try examine().findings.first)
    #expect(finding.id == "orphan-user" && finding.count == 1_000)
    #expect(finding.examples == (1_001...1_005).map { "user \($0)" })
  }

  @Test func theExaminationCanBeCancelled() throws {
    #expect(throws: AccessError.cancelled) {
      try AccessStore.examine(path, work: workCancelled(at: .checking))
    }
    #expect(folder.names == ["hrm.db"])
  }

  @Test func everyCheckSaysWhatItMeans() {
    let checks = DoctorCheck.all
    #expect(Set(checks.map(\.id)).count == checks.count)
    for check in checks {
      #expect(check.meaning.hasSuffix("."), "\(check.id)")
      #expect(!check.what.hasSuffix(".") && !check.what.isEmpty, "\(check.id)")
    }
  }

  @Test func fileSystemsAreKnownByTheirNumbers() {
    #expect(FileSystem("/proc").name != "")
    #expect(FileSystem(type: 0x6969).network == "NFS")
    #expect(FileSystem(type: 0x6573_5546).isFuse && FileSystem(type: 0xEF53).network == nil)
  }
}
