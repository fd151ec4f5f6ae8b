import Database
import DatabasePostgres
import TestSupport
import Testing

@testable import CompanyAccess

/// The statements that make the founding application's tables and the record on PostgreSQL.
@Suite(.enabled(if: PostgresServer.isInstalled, Comment(rawValue: PostgresServer.missing)))
struct PostgresStatementFileTests {
  @Test("An empty database gets the tables and the record by the statements that the page shows")
  func founding() throws {
    let database = try PostgresDatabase()
    let session = try database.open()
    try session.inTransaction {
      for statement in PostgresFounding.statements {
        try session.execute(SQLStatement(stringLiteral: statement))
      }
    }
    let record = try PostgresRecord(.hrm, try session.catalog())
    let statements = record.statements(owner: "company_access_owner")
    let text =
      ([Self.heading] + (PostgresFounding.statements + statements).map { $0 + ";\n" })
      .joined(separator: "\n")
    #expect(try Recorded.difference(of: text, from: "docs/postgresql.sql") == nil)
    try record.install(session, owner: "record_owner")
    try session.run(
      """
      INSERT INTO hrm_users (username) VALUES ('anna');
      INSERT INTO hrm_company (id, name) VALUES (gen_random_uuid(), 'HQ');
      INSERT INTO hrm_user_company_access (id, user_id, company_id)
      SELECT gen_random_uuid(), u.id, k.id FROM hrm_users AS u CROSS JOIN hrm_company AS k
      """)
    try session.run("DELETE FROM hrm_company")
    #expect(
      try session.rows(
        """
        SELECT u.name, k.name, g.ended_change - g.began_change FROM company_access.ended_grant AS g
        JOIN company_access.user_lifetime AS u ON u.lifetime = g.user_lifetime
        JOIN company_access.company_lifetime AS k ON k.lifetime = g.company_lifetime
        """
      ) { "\($0.text(0)) \($0.text(1)) \($0.int(2))" } == ["anna HQ 1"])
    // Without the time of a row the rest of it is still recorded.
    try session.run("ALTER TABLE hrm_users DROP created_at")
    try session.run("INSERT INTO hrm_users (username) VALUES ('bert')")
    #expect(
      try session.rows("SELECT name FROM company_access.user_lifetime ORDER BY lifetime") {
        $0.text(0)
      } == ["anna", "bert"])
  }

  private static let heading = """
    -- The tables of the founding application on PostgreSQL, and the record of changes beside them, as
    -- this program makes them. For another application the names and types are those of its tables.
    -- company_access_owner stands for a role that may read the application's three tables.
    -- The tests write this file: RECORD_GOLDEN=1 swift test --filter PostgresStatementFileTests

    """
}
