import Database
import DatabasePostgres
import TestSupport
import Testing

@Suite(.enabled(if: PostgresServer.isInstalled, Comment(rawValue: PostgresServer.missing)))
struct PostgresEnvironmentTests {
  let database: PostgresDatabase

  init() throws { database = try PostgresDatabase() }

  /// Variables that libpq or what it loads would read.
  private static let steering: [String: String] = [
    "PGHOST": "/nothing", "PGHOSTADDR": "192.0.2.1", "PGPORT": "1", "PGDATABASE": "nothing",
    "PGUSER": "nobody-here", "PGOPTIONS": "-c session_replication_role=replica -c search_path=evil",
    "PGAPPNAME": "evil", "PGSSLMODE": "disable", "PGREQUIRESSL": "1", "PGSSLCOMPRESSION": "1",
    "PGSSLCERT": "/nothing", "PGSSLKEY": "/nothing", "PGSSLROOTCERT": "/nothing",
    "PGSSLCRL": "/nothing", "PGSSLCRLDIR": "/nothing", "PGSSLSNI": "0", "PGREQUIREPEER": "evil",
    "PGSSLMINPROTOCOLVERSION": "TLSv1", "PGSSLMAXPROTOCOLVERSION": "TLSv1",
    "PGGSSENCMODE": "require", "PGKRBSRVNAME": "evil", "PGGSSLIB": "gssapi",
    "PGCONNECT_TIMEOUT": "never", "PGCLIENTENCODING": "SQL_ASCII",
    "PGTARGETSESSIONATTRS": "standby", "PGCHANNELBINDING": "require", "PGDATESTYLE": "German",
    "PGTZ": "Asia/Tokyo", "PGGEQO": "off", "PGSYSCONFDIR": "/nothing", "PGLOCALEDIR": "/nothing",
    "PGLOADBALANCEHOSTS": "random", "PGREQUIREAUTH": "none",
  ]

  private static let settings = """
    SELECT current_setting('session_replication_role') || ' ' || current_setting('search_path') \
    || ' ' || current_setting('application_name') || ' ' || current_setting('client_encoding') \
    || ' ' || current_setting('DateStyle') || ' ' || current_setting('TimeZone') || ' ' \
    || current_user || ' ' || current_database()
    """

  @Test("Variables of the environment do not steer a connection")
  func steeringVariables() throws {
    let plain = try probe(Self.settings)
    let steered = try probe(Self.settings, Self.steering.mapValues { $0 })
    #expect(plain.status == 0)
    #expect(
      plain.stdout
        == "origin public, pg_temp probe UTF8 ISO, YMD UTC postgres \(database.name)\n")
    #expect(steered.stdout == plain.stdout && steered.stderr.isEmpty)
  }

  @Test("A program that is hardened loses them, and what libpq's own libraries read")
  func hardening() throws {
    let more = [
      "OPENSSL_CONF": "/nothing", "OPENSSL_MODULES": "/nothing", "OPENSSL_ENGINES": "/nothing",
      "SSL_CERT_FILE": "/nothing", "SSL_CERT_DIR": "/nothing", "SSLKEYLOGFILE": "/nothing",
      "KRB5_CONFIG": "/nothing", "KRB5CCNAME": "/nothing", "LDAPCONF": "/nothing",
      "LDAPRC": "/nothing", "LDAPTLS_REQCERT": "never", "SASL_PATH": "/nothing",
    ]
    let kept = ["PGPASSFILE": "/a", "PGSERVICEFILE": "/b", "PGPASSWORD": "c"]
    let all = Self.steering.merging(more) { $1 }.merging(kept) { $1 }
    let result = try runProgram(
      builtProduct("terminal-probe"), ["--environment"], environment: all.mapValues { $0 })
    let names = Set(
      result.stdout.split(separator: "\n").compactMap {
        $0.split(separator: "=").first.map(String.init)
      })
    #expect(names.intersection(all.keys) == Set(kept.keys))
  }

  @Test("A password comes from the file of passwords, and an open file is passed over in silence")
  func passwordFile() throws {
    let folder = try TemporaryFolder()
    let password = PostgresServer.guarded.password.replacing("\\", with: "\\\\")
    let path = try folder.write("pass", "*:*:*:\(PostgresServer.guarded.login):\(password)\n")
    func status(_ mode: UInt32) throws -> ProgramResult {
      try #require(setMode(path, mode))
      return try probe("SELECT 1", ["PGPASSFILE": path], user: PostgresServer.guarded.login)
    }
    #expect(try status(0o600).stdout == "1\n")
    let open = try status(0o644)
    #expect(
      open.status == 1 && !open.stderr.contains("WARNING") && open.stderr.contains("password"))
  }

  @Test("A service is found in its file, whatever the environment says")
  func service() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write(
      "services",
      """
      # services
      [other]
      host=/nothing
      [hrm]
      host=\(database.server.folder)
      user=postgres
      dbname=\(database.name)
      """)
    let result = try runProgram(
      builtProduct("postgres-probe"), ["service=hrm", Self.settings],
      environment: Self.steering.merging(["PGSERVICEFILE": file]) { $1 }.mapValues { $0 })
    #expect(result.stdout.hasSuffix(" postgres \(database.name)\n"))
    let missing = try runProgram(
      builtProduct("postgres-probe"), ["service=nothing", "SELECT 1"],
      environment: ["PGSERVICEFILE": file])
    #expect(missing.status == 1 && missing.stderr.contains("no service file has nothing"))
  }

  private func probe(
    _ statement: String, _ environment: [String: String?] = [:], user: String = "postgres"
  ) throws -> ProgramResult {
    try runProgram(
      builtProduct("postgres-probe"),
      ["postgres://\(user)@/\(database.name)?host=\(database.server.folder)", statement],
      environment: environment)
  }
}

/// The library is loaded for a PostgreSQL database only.
@Suite struct PostgresLoadingTests {
  @Test("A process that opens a SQLite file does not load libpq")
  func nothingLoaded() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("a.db")
    try runSqlite3(path, "CREATE TABLE t (a)")
    let result = try runProgram(builtProduct("postgres-probe"), [path, "SELECT count(*) FROM t"])
    #expect(result.stdout == "0\nlibpq is not loaded\n")
  }
}
