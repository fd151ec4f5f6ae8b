import Database
import TestSupport
import Testing

@testable import CompanyAccess

/// What the doctor finds in a database of a server.
@Suite(.enabled(if: PostgresServer.isInstalled, Comment(rawValue: PostgresServer.missing)))
struct ServerDoctorTests {
  private func findings(_ desk: EngineStore) throws -> [String: [String]] {
    let diagnosis = try desk.store.examine()
    #expect(diagnosis.unchecked == [])
    return Dictionary(uniqueKeysWithValues: diagnosis.findings.map { ($0.id, $0.examples) })
  }

  @Test("A database as init makes it is in order")
  func inOrder() throws {
    let desk = try EngineStore(.postgres)
    _ = try desk.grant([1, 2], [1])
    let diagnosis = try desk.store.examine()
    #expect(diagnosis.isInOrder && diagnosis.checks == 27)
    #expect(diagnosis.findings.map(\.id) == ["no-role"] || diagnosis.findings.isEmpty)
    let facts = Dictionary(uniqueKeysWithValues: diagnosis.facts.map { ($0.name, $0.value) })
    #expect(facts["application"] == "hrm" && facts["triggers of the application"] == "none")
    #expect(facts["owner of the record"] == "postgres")
  }

  @Test(
    "Each thing that was damaged is found, and nothing else",
    arguments: [
      (
        "DROP TRIGGER _company_access_updated ON hrm_users", "missing-trigger",
        "_company_access_updated on hrm_users"
      ),
      (
        "ALTER TABLE hrm_users DISABLE TRIGGER _company_access_deleted", "idle-trigger",
        "hrm_users._company_access_deleted: disabled"
      ),
      (
        "ALTER TABLE hrm_company ENABLE TRIGGER _company_access_inserted", "idle-trigger",
        "hrm_company._company_access_inserted: not for replication"
      ),
      ("ALTER TABLE company_access.change OWNER TO app", "owner", "change, of app"),
      (
        "GRANT USAGE ON SCHEMA company_access TO PUBLIC", "public-rights",
        "schema company_access: USAGE"
      ),
      ("GRANT INSERT ON company_access.change TO PUBLIC", "public-rights", "change: INSERT"),
      (
        "ALTER FUNCTION company_access.user_written() SECURITY INVOKER", "function",
        "user_written()"
      ),
      (
        "DROP INDEX ix_hrm_users_username", "ordering-index",
        "CREATE INDEX CONCURRENTLY ON \"hrm_users\" (\"username\" COLLATE \"C\", \"id\")"
      ),
      (
        "DELETE FROM company_access.setting WHERE key = 'schema_version'", "version",
        "there is no schema_version"
      ),
      (
        "DELETE FROM company_access.current_grant", "not-on-record",
        "grants that the record does not have: 2"
      ),
      (
        "UPDATE company_access.current_grant SET began_change = 77 WHERE user_lifetime = 1",
        "unknown-change", "company_access_current_grant began with change 77"
      ),
    ])
  func damaged(by statement: String, id: String, example: String) throws {
    let desk = try EngineStore(.postgres)
    _ = try desk.grant([1, 2], [1])
    let before = try findings(desk)
    try desk.other.execute(SQLStatement(stringLiteral: statement))
    let after = try findings(desk)
    #expect(Set(after.keys) == Set(before.keys).union([id]), "\(after)")
    #expect(after[id] == [example])
    // The owner of a table of the record has to be a role that stays.
    try desk.other.execute("ALTER TABLE company_access.change OWNER TO postgres")
  }

  @Test("An owner that may not read the tables, replicas and prepared transactions are found")
  func roles() throws {
    let desk = try EngineStore(.postgres)
    let name = try #require(
      try desk.other.first("SELECT current_database()" as SQLStatement) { $0.text(0) })
    try desk.other.execute("ALTER DATABASE \(name) SET session_replication_role = replica")
    try desk.other.execute("ALTER FUNCTION company_access.user_written() OWNER TO app")
    try desk.other.execute(
      """
      BEGIN; LOCK TABLE company_access.write_order IN EXCLUSIVE MODE;
      PREPARE TRANSACTION 'left-\(name)'
      """)
    defer { try? desk.other.execute("ROLLBACK PREPARED 'left-\(name)'") }
    let found = try findings(desk)
    #expect(found["replication-role"] == ["all roles"])
    #expect(found["owner-rights"]?.count == 3 && found["owner"] == ["user_written(), of app"])
    #expect(found["prepared-transaction"]?.first?.hasPrefix("left-\(name), of postgres") == true)
  }
}
