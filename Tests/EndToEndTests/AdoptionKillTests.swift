import Database
import DatabasePostgres
import TestSupport
import Testing

private let strace = "/usr/bin/strace"
private let canKill = (try? readFile(strace)) != nil

/// Adoption on a server, killed at what it sends.
@Suite(
  .enabled(
    if: PostgresServer.isInstalled && canKill,
    "the packages postgresql and strace are needed"))
struct AdoptionKillTests {
  private static let tables = """
    CREATE TABLE hrm_role (id serial PRIMARY KEY, name text NOT NULL);
    CREATE TABLE hrm_users (id serial PRIMARY KEY, username text NOT NULL UNIQUE, full_name text,
      email text, role_id integer, is_active boolean, created_at timestamptz, modified_at timestamptz);
    CREATE TABLE hrm_company (id uuid PRIMARY KEY, name text NOT NULL UNIQUE, code text,
      is_active boolean, created_at timestamptz, modified_at timestamptz);
    CREATE TABLE hrm_employee (user_id integer, company_id uuid);
    INSERT INTO hrm_users (username) SELECT 'user' || n FROM generate_series(1, 20) AS n;
    INSERT INTO hrm_company (id, name) VALUES ('00000000-0000-0000-0000-000000000001', 'one');
    INSERT INTO hrm_employee SELECT id, '00000000-0000-0000-0000-000000000001' FROM hrm_users
    """

  @Test("Killed at what it sends to the server, it leaves all or nothing")
  func killed() throws {
    let database = try PostgresDatabase()
    let session = try database.open()
    let program = builtProduct("company-access")
    let call = [program, "--db", database.text(), "adopt", "--yes"]
    try session.run(Self.tables)
    let traced = try runProgram(
      strace, ["-f", "-c", "-e", "trace=sendto"] + call)
    // Some users have what they need, so the code is that of a success.
    #expect(traced.status == 0, "\(traced)")
    let sent = traced.stderr.split(separator: "\n")
      .first { $0.hasSuffix("sendto") }?.split(separator: " ").compactMap { Int($0) }.last
    let count = try #require(sent)
    #expect(count > 50)
    var outcomes: Set<String> = []
    for number in stride(from: 1, through: count, by: max(1, count / 24)) {
      try session.run("DROP SCHEMA IF EXISTS company_access CASCADE; DROP SCHEMA public CASCADE")
      try session.run("CREATE SCHEMA public; \(Self.tables)")
      let killed = try runProgram(
        strace,
        [
          "-f", "-qq", "-o", "/dev/null", "-e", "trace=sendto", "-e",
          "inject=sendto:signal=KILL:when=\(number)",
        ] + call)
      #expect(killed.status != 0, "\(number) of \(count)")
      // The server notices that nobody is there any more.
      while try session.count(
        """
        SELECT count(*) FROM pg_stat_activity
        WHERE datname = current_database() AND application_name = 'company-access'
          AND pid <> pg_backend_pid()
        """ as SQLStatement) > 0
      {}
      let schema = try session.count(
        "SELECT count(*) FROM pg_namespace WHERE nspname = 'company_access'" as SQLStatement)
      let table = try session.count(
        "SELECT count(to_regclass('hrm_user_company_access'))" as SQLStatement)
      #expect(schema == table, "\(number) of \(count)")
      outcomes.insert(schema == 0 ? "nothing" : "all")
      if schema > 0 {
        let verified = try runProgram(
          program, ["--db", database.text(), "schema", "verify"])
        #expect(verified.status == 0, "\(number) of \(count): \(verified)")
      }
    }
    #expect(outcomes == ["nothing", "all"])
  }
}
