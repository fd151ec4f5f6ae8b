import Database
import TestSupport
import Testing

@testable import CompanyAccess

/// Access tables that an application has made itself, with keys of all types.
@Suite struct FoundTableTests {
  private static func table(_ id: String, _ more: String = "") -> String {
    """
    CREATE TABLE hrm_user_company_access (
      id \(id), user_id INTEGER NOT NULL REFERENCES hrm_users (id) ON DELETE CASCADE,
      company_id CHAR(32) NOT NULL REFERENCES hrm_company (id) ON DELETE CASCADE,
      created_at DATETIME NOT NULL, modified_at DATETIME NOT NULL\(more));
    """
  }

  /// Rows of users 1 to 3 for the first company, under ids that an expression gives.
  private static func rows(_ id: String) -> String {
    """
    INSERT INTO hrm_user_company_access SELECT \(id), u.id, c.id, '2025-01-01', '2025-01-01'
      FROM hrm_users AS u, hrm_company AS c
      WHERE c.name = (SELECT min(name) FROM hrm_company) AND u.id < 4;
    """
  }

  /// Types, what rows have for ids, and the type of the values.
  static let keys: [[String]] = [
    ["INTEGER PRIMARY KEY", "u.id", "integer"],
    ["integer NOT NULL PRIMARY KEY AUTOINCREMENT", "u.id + 7", "integer"],
    ["INTEGER NOT NULL PRIMARY KEY DESC", "u.id", "integer"],
    ["BIGINT NOT NULL PRIMARY KEY", "u.id", "integer"],
    ["INT NOT NULL UNIQUE", "-u.id", "integer"],
    ["INTEGER(8) NOT NULL PRIMARY KEY", "", "integer"],
    ["NUMERIC NOT NULL PRIMARY KEY", "u.id", "integer"],
    ["NUMERIC NOT NULL PRIMARY KEY", "", "integer"],
    ["UUID NOT NULL PRIMARY KEY", "u.id", "integer"],
    ["UUID NOT NULL PRIMARY KEY", "", "text"],
    ["CHAR(32) NOT NULL PRIMARY KEY", "printf('%032d', u.id)", "text"],
    ["VARCHAR(36) NOT NULL PRIMARY KEY", "", "text"],
    ["TEXT NOT NULL PRIMARY KEY", "'key ' || u.id", "text"],
    ["BLOB NOT NULL PRIMARY KEY", "", "blob"],
  ]

  @Test(arguments: keys) func keysOfEachTypeAreWritten(key: [String]) throws {
    let app = try SchemaFixture(
      Self.table(key[0]) + (key[1].isEmpty ? "" : Self.rows(key[1])))
    try AccessStore.adopt(app.path)
    let store = try AccessStore.open(app.path)
    #expect(try store.status.missing == [] && store.status.readOnlyReason == nil)
    func apply(_ intent: Intent) throws { try store.apply(store.plan(intent)) }
    func kept() throws -> [String] {
      try app.other.rows(
        """
        SELECT user_id || ' ' || company_id FROM hrm_user_company_access
        ORDER BY user_id, company_id
        """
      ) { $0.text(0) }
    }
    let companies = CompanySelection.matching(CompanyQuery(), except: [])
    try apply(.grant(.users([4, 5]), companies))
    let before = try kept()
    let revoked = try #require(
      try store.apply(store.plan(.revoke(.users([5]), companies))).change)
    // What was the greatest number goes to another grant, and the undo still brings all back.
    try apply(.grant(.users([6]), companies))
    let between = try kept()
    try apply(.undo(revoked))
    #expect(try Set(kept()) == Set(before).union(between))
    try apply(.revoke(.users([4, 5, 6]), companies))
    #expect(
      try app.other.count(
        """
        SELECT count(*) FROM hrm_user_company_access
        WHERE id IS NULL OR typeof(id) <> '\(key[2])' AND user_id > 3
        """) == 0)
    let types = try app.other.rows(
      "SELECT DISTINCT typeof(id) FROM company_access_ended_grant"
    ) { $0.text(0) }
    #expect(types == [key[2]])
    #expect(try AccessStore.examine(app.path).problems == 0)
  }

  /// Keys that are refused, with what the refusal says of them.
  static let refused: [[String]] = [
    ["BIGINT PRIMARY KEY", "", "must be NOT NULL"],
    ["INT PRIMARY KEY", "u.id", "must be NOT NULL"],
    ["TEXT PRIMARY KEY", "", "must be NOT NULL"],
    ["INTEGER PRIMARY KEY DESC", "", "must be NOT NULL"],
    ["INTEGER NOT NULL", "", "must be the primary key, or UNIQUE"],
    ["REAL NOT NULL PRIMARY KEY", "u.id", "but is REAL"],
    ["DOUBLE NOT NULL PRIMARY KEY", "", "but is DOUBLE"],
    ["VARCHAR(10) NOT NULL PRIMARY KEY", "", "long enough for 32 characters, but is VARCHAR(10)"],
    ["BIGINT NOT NULL PRIMARY KEY", "'k' || u.id", "must be a whole number in every row"],
  ]

  @Test(arguments: refused) func otherKeysAreRefused(key: [String]) throws {
    let app = try SchemaFixture(
      Self.table(key[0]) + (key[1].isEmpty ? "" : Self.rows(key[1])))
    let bytes = try app.folder.read("app.db")
    let error = #expect(throws: AccessError.self) { try AccessStore.adopt(app.path) }
    let words = try #require(error).description
    #expect(
      words.contains("the column id of hrm_user_company_access \(key[2])")
        || words.contains(key[2]), "\(words)")
    #expect(try app.folder.read("app.db") == bytes)
  }

  /// The application's own constraint is enough, whatever the order and the case of its columns.
  @Test(arguments: ["UNIQUE (user_id, company_id)", "UNIQUE (COMPANY_ID, User_Id)"])
  func theApplicationsOwnConstraintCounts(unique: String) throws {
    let app = try SchemaFixture(Self.table("CHAR(32) NOT NULL PRIMARY KEY", ", \(unique)"))
    let done = try AccessStore.adopt(app.path)
    #expect(!done.upgrade.steps.contains { $0.object.contains("uq_") })
    let store = try AccessStore.open(app.path)
    try store.apply(store.plan(.grant(.users([4]), .matching(CompanyQuery(), except: []))))
    #expect(try AccessStore.examine(app.path).problems == 0)
  }

  @Test func columnsThatEndARowAreKnownByTheirNames() {
    let ending = [
      "deleted_at", "DeletedAt", "is_deleted", "isDeleted", "status", "STATUS", "member_status",
      "state", "expires_at", "expiresAt", "expiry", "active", "IsActive", "revoked", "revoked_on",
      "removed_by", "valid_until", "end_date", "ended_at", "disabled", "archived", "accepted_at",
    ]
    #expect(ending.filter { !EndingColumns.isOne($0) } == [])
    let others = [
      "id", "user_id", "company_id", "created_at", "modified_at", "updated_on", "role", "note",
      "badge", "is_admin", "added_by", "statement", "last_login_at", "sort", "is_owner",
    ]
    #expect(others.filter(EndingColumns.isOne) == [])
  }

  // MARK: - What adoption says

  /// Only triggers come to the application's tables, and what keeps a pair from being there twice.
  @Test(arguments: [", UNIQUE (user_id, company_id)", ""])
  func nothingIsAddedToATableThatIsThere(unique: String) throws {
    let app = try SchemaFixture(Self.table("CHAR(32) NOT NULL PRIMARY KEY", unique))
    func theirs() throws -> [String] {
      try app.other.rows(
        """
        SELECT sql FROM sqlite_schema WHERE type <> 'trigger' AND sql IS NOT NULL
          AND tbl_name NOT LIKE 'company_access_%' ORDER BY rowid
        """
      ) { $0.text(0) }
    }
    let before = try theirs()
    let done = try AccessStore.adopt(app.path)
    let added = try theirs().dropFirst(before.count)
    #expect(try Array(theirs().prefix(before.count)) == before)
    #expect(
      Array(added)
        == (unique.isEmpty ? [Schema(mapping: .hrm).uniqueIndex.sql] : []))
    #expect(done.upgrade.notes.contains(.noCompanyIndex(table: "hrm_user_company_access")))
    let store = try AccessStore.open(app.path)
    #expect(try store.status.missing == [])
    // An application's INSERT that does not name its columns goes on working.
    try app.other.execute(
      """
      INSERT INTO hrm_user_company_access
        SELECT 'x', u.id, c.id, '2026-01-01', '2026-01-01' FROM hrm_users AS u, hrm_company AS c
        WHERE NOT EXISTS (SELECT 1 FROM hrm_user_company_access AS a
          WHERE a.user_id = u.id AND a.company_id = c.id) LIMIT 1
      """)
  }

  @Test("Adoption says what a migration of the application has to do first and afterwards")
  func theLinesForMigrationsAreGiven() throws {
    let app = try SchemaFixture()
    let notes = try AccessStore.adoptionPlan(app.path).status.notes
    let words = try #require(
      notes.first { if case .migrations = $0 { true } else { false } }
    ).description
    #expect(words.contains("schema pause") && words.contains("schema upgrade"))
    #expect(words.contains("error in trigger company_access_...: no such column"))
    try AccessStore.upgradeSchema(app.path)
    #expect(
      try !AccessStore.schemaStatus(app.path).notes.contains {
        if case .migrations = $0 { true } else { false }
      })
  }

  @Test func tablesThatReferToBothAreNamed() throws {
    let app = try SchemaFixture(
      """
      CREATE TABLE memberships (person INTEGER REFERENCES hrm_users (id),
        firm CHAR(32) REFERENCES Hrm_Company (id));
      CREATE TABLE "order lines" (User_ID, company_id);
      CREATE TABLE others (user_id INTEGER REFERENCES hrm_users (id));
      """)
    let plan = try AccessStore.adoptionPlan(app.path)
    let note = SchemaNote.besideTables(
      ["memberships", "order lines"], access: "hrm_user_company_access")
    #expect(plan.status.notes.contains(note))
    #expect(note.description.contains("does not read hrm_user_company_access"))
    // Beside its own access table, which is kept, the application needs no such warning.
    let own = try SchemaFixture(SchemaFixture.accessTable)
    #expect(
      try !AccessStore.adoptionPlan(own.path).status.notes.contains {
        if case .besideTables = $0 { true } else { false }
      })
  }

  @Test func linesForAlembicAreGiven() throws {
    let app = try SchemaFixture("CREATE TABLE alembic_version (version_num)")
    let words = try AccessStore.adoptionPlan(app.path).status.notes.map(\.description)
    let lines = try #require(words.first { $0.contains("include_object") })
    #expect(lines.contains(#"return name not in ("hrm_user_company_access",)"#), "\(lines)")
    let own = try SchemaFixture(
      SchemaFixture.accessTable + "CREATE TABLE alembic_version (version_num)")
    let found = try AccessStore.adoptionPlan(own.path).status.notes.map(\.description)
    let more = try #require(found.first { $0.contains("include_object") })
    #expect(more.contains("uq_hrm_user_company_access"))
    #expect(!more.contains(#"("hrm_user_company_access",)"#), "\(more)")
  }
}
