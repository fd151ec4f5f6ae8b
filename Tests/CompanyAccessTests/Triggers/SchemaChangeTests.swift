import Database
import Testing

@testable import CompanyAccess

/// How migrations rebuild a table.
struct Rebuild: CustomTestStringConvertible, Sendable {
  var table: String
  /// Whether the copy is made first and takes the name last, as Alembic and Django do.
  var foreignKeys: Bool
  var legacy: Bool

  static let all = [RecordBench.users, RecordBench.companies, RecordBench.access].flatMap { table in
    [true, false].flatMap { keys in
      [true, false].map { Rebuild(table: table, foreignKeys: keys, legacy: $0) }
    }
  }

  var testDescription: String {
    "\(table), foreign_keys \(foreignKeys ? "on" : "off"), "
      + "legacy_alter_table \(legacy ? "on" : "off")"
  }
}

/// What migrations of the application do to tables that have our triggers.
@Suite struct SchemaChangeTests {
  let bench: RecordBench
  var connection: Connection { bench.connection }

  init() throws {
    bench = try RecordBench(
      .hrm, [.init(RecordBench.users, "role_id INTEGER", "spare TEXT, role_id INTEGER")])
    #expect(try bench.step(TriggerCase.usual, isMarked: false) == [])
  }

  private func triggers(on table: String? = nil) throws -> [String] {
    let filter = table.map { "AND tbl_name = '\($0)'" } ?? ""
    return try connection.rows(
      "SELECT name FROM sqlite_schema WHERE type = 'trigger' \(filter) ORDER BY name"
    ) { $0.text(0) }
  }

  /// Puts our triggers and indexes back and compares, as the upgrade of the schema does.
  private func resume(_ mapping: SchemaMapping = .hrm) throws {
    for item in try Schema(mapping: mapping).check(connection).items {
      try connection.execute("DROP \(item.kind.rawValue) IF EXISTS \(item.name)")
      try connection.execute(item.sql)
    }
    try bench.reconcile()
  }

  @Test(
    "A rebuild of a table succeeds, its loss is seen, and a comparison puts it on the record",
    arguments: Rebuild.all)
  func rebuild(_ rebuild: Rebuild) throws {
    let before = try bench.newest
    try connection.setForeignKeys(rebuild.foreignKeys)
    try connection.execute("PRAGMA legacy_alter_table = \(rebuild.legacy ? "ON" : "OFF")")
    let sql = try #require(
      try connection.first(
        "SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = ?", [.text(rebuild.table)]
      ) { $0.text(0) })
    let lost = try triggers(on: rebuild.table)
    #expect(lost.count == (rebuild.table == RecordBench.access ? 4 : 5))
    let steps = [
      sql.replacing("CREATE TABLE \(rebuild.table)", with: "CREATE TABLE _alembic_tmp"),
      "INSERT INTO _alembic_tmp SELECT * FROM \(rebuild.table)",
      "DROP TABLE \(rebuild.table)",
      "ALTER TABLE _alembic_tmp RENAME TO \(rebuild.table)",
    ]
    for step in steps { #expect(throws: Never.self, "\(step)") { try connection.execute(step) } }
    let missing = try Schema(mapping: .hrm).check(connection).missing
    #expect(Set(missing).isSuperset(of: lost.map { "trigger \($0)" }))
    #expect(missing.count { $0.hasPrefix("trigger") } == lost.count)
    // What is written meanwhile is found.
    try connection.execute("DELETE FROM hrm_user_company_access WHERE id = 'i1'")
    try connection.execute("UPDATE hrm_users SET username = 'anna' WHERE id = 1")
    try connection.execute("INSERT INTO \(companyRow("z", "Z"))")
    try resume()
    try bench.note()
    #expect(try bench.differences(among: [before, bench.newest]) == [])
    #expect(try bench.unseen() == RecordDifference())
    // And the triggers see what comes.
    #expect(try bench.step(["INSERT INTO \(grantRow("i3", "1", "'y'"))"], isMarked: false) == [])
    #expect(try bench.step(["DELETE FROM hrm_users WHERE id = 1"], isMarked: false) == [])
    #expect(try bench.differences() == [])
  }

  @Test("Other tables are renamed and written while a table of the application is away")
  func away() throws {
    try connection.execute("DROP TABLE hrm_user_company_access")
    for statement in [
      "CREATE TABLE z (a)", "ALTER TABLE z RENAME TO zz", "ALTER TABLE zz RENAME COLUMN a TO b",
      "ALTER TABLE zz ADD COLUMN c", "ALTER TABLE zz DROP COLUMN b",
      "DELETE FROM hrm_users WHERE id = 1", "UPDATE hrm_company SET name = 'W' WHERE id = 'x'",
    ] {
      #expect(throws: Never.self, "\(statement)") { try connection.execute(statement) }
    }
  }

  @Test("A column that the record does not have is dropped")
  func unmapped() throws {
    try connection.execute("ALTER TABLE hrm_users DROP COLUMN spare")
    #expect(try bench.step(["INSERT INTO \(userRow(3, "c"))"], isMarked: false) == [])
    #expect(try bench.differences() == [])
  }

  @Test(
    "A column that the record has is dropped where our triggers are away",
    arguments: [
      ("hrm_users", "full_name"), ("hrm_company", "is_active"),
      ("hrm_user_company_access", "modified_at"),
    ])
  func mapped(table: String, column: String) throws {
    let statement = "ALTER TABLE \(table) DROP COLUMN \(column)"
    let error = #expect(throws: DatabaseError.self) { try connection.execute(statement) }
    #expect(error?.message.contains("company_access_") == true)
    for item in Schema(mapping: .hrm).triggers {
      try connection.execute("DROP TRIGGER \(item.name)")
    }
    try connection.execute(statement)
  }

  @Test(
    "A column or a table gets another name, and the triggers go on",
    arguments: [
      "ALTER TABLE hrm_users RENAME COLUMN username TO login",
      "ALTER TABLE hrm_company RENAME COLUMN name TO title",
      "ALTER TABLE hrm_user_company_access RENAME COLUMN user_id TO member",
    ])
  func renamed(statement: String) throws {
    try connection.execute(statement)
    let lifetimes = try connection.count("SELECT count(*) FROM company_access_user_lifetime")
    try connection.execute(
      "INSERT INTO hrm_users VALUES (3, 'c', NULL, NULL, NULL, NULL, NULL, 1, 't', 't')")
    try connection.execute("INSERT INTO \(grantRow("i3", "3", "'y'"))")
    try connection.execute("DELETE FROM hrm_company WHERE id = 'x'")
    #expect(
      try connection.count("SELECT count(*) FROM company_access_user_lifetime") == lifetimes + 1)
    #expect(
      try connection.rows(
        """
        SELECT u.name FROM company_access_current_grant AS g
        JOIN company_access_user_lifetime AS u ON u.lifetime = g.user_lifetime
        """
      ) { $0.text(0) } == ["c"])
    #expect(try connection.count("SELECT count(*) FROM company_access_ended_grant") == 2)
  }

  @Test("A table gets another name, and the triggers go on", arguments: [true, false])
  func renamedTables(legacy: Bool) throws {
    // As before SQLite 3.25, triggers keep the old name then, and writing fails until it is back.
    try connection.execute("PRAGMA legacy_alter_table = \(legacy ? "ON" : "OFF")")
    try connection.execute("ALTER TABLE hrm_users RENAME TO people")
    try connection.execute("ALTER TABLE hrm_user_company_access RENAME TO membership")
    if legacy {
      try connection.execute("ALTER TABLE people RENAME TO hrm_users")
      try connection.execute("ALTER TABLE membership RENAME TO hrm_user_company_access")
      #expect(try bench.step(["DELETE FROM hrm_users WHERE id = 1"], isMarked: false) == [])
      return #expect(try bench.differences() == [])
    }
    try connection.execute("DELETE FROM people WHERE id = 1")
    #expect(try connection.count("SELECT count(*) FROM company_access_current_grant") == 1)
    #expect(try connection.count("SELECT count(*) FROM company_access_ended_grant") == 1)
    #expect(
      try connection.count(
        "SELECT count(*) FROM company_access_user_lifetime WHERE ended_change IS NOT NULL") == 1)
  }
}
