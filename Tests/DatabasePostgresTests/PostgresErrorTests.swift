import Database
import DatabasePostgres
import TestSupport
import Testing

@Suite(.enabled(if: PostgresServer.isInstalled, Comment(rawValue: PostgresServer.missing)))
struct PostgresErrorTests {
  let database: PostgresDatabase
  let connection: PostgresConnection

  init() throws {
    database = try PostgresDatabase()
    connection = try database.open()
  }

  @Test(
    "The kind of a failure is told by its SQLSTATE",
    arguments: [
      ("INSERT INTO t VALUES (1, 1)", .constraint(.unique)),
      ("INSERT INTO t VALUES (2, NULL)", .constraint(.notNull)),
      ("INSERT INTO t VALUES (2, -1)", .constraint(.check)),
      ("INSERT INTO c VALUES (9)", .constraint(.foreignKey)),
      ("DELETE FROM t", .constraint(.foreignKey)),
      ("DO $$ BEGIN RAISE EXCEPTION 'no'; END $$", .constraint(.trigger)),
      ("SELECT * FROM nothing", .missingObject), ("SELECT nothing FROM t", .missingObject),
      ("SELECT nothing(1)", .missingObject), ("SELECT 'x' COLLATE nothing", .missingObject),
      ("SELEKT", .statement), ("SELECT 1 / 0", .statement), ("SELECT 'x'::int", .statement),
      ("INSERT INTO g (b) VALUES (1)", .notWritable), ("DROP TABLE t", .brokenSchema),
      ("UPDATE pg_database SET oid = oid", .other), ("VACUUM", .other),
    ] as [(String, DatabaseError.Category)])
  func categories(statement: String, category: DatabaseError.Category) throws {
    try connection.run(
      """
      CREATE TABLE t (a int PRIMARY KEY, b int NOT NULL CHECK (b >= 0)); INSERT INTO t VALUES (1, 1);
      CREATE TABLE c (a int REFERENCES t); INSERT INTO c VALUES (1);
      CREATE TABLE g (a int, b int GENERATED ALWAYS AS (a + 1) STORED)
      """)
    guard category != .other else { return }
    let error = #expect(throws: DatabaseError.self) { try connection.run(statement) }
    #expect(error?.category == category && error?.state != nil)
    #expect(try connection.count("SELECT 4") == 4)
  }

  @Test("The application's login may not do what it was not given")
  func rights() throws {
    try connection.run("CREATE TABLE t (a int)")
    let other = try database.open(user: "app")
    let error = #expect(throws: DatabaseError.self) { try other.execute("SELECT * FROM t") }
    #expect(error?.category == .notPermitted && error?.state == "42501")
  }

  @Test("A lock that is not let go in time is told from a deadlock, and both may be tried again")
  func locks() throws {
    try connection.run("CREATE TABLE t (a int); CREATE TABLE u (a int)")
    let other = try database.open()
    try other.run("SET deadlock_timeout = '10ms'; BEGIN; LOCK TABLE t")
    try connection.run("SET lock_timeout = '20ms'")
    let busy = #expect(throws: DatabaseError.self) { try connection.run("LOCK TABLE t") }
    #expect(busy?.category == .statement)
    try connection.run("BEGIN")
    let waited = #expect(throws: DatabaseError.self) { try connection.run("LOCK TABLE t") }
    #expect(waited?.isBusy == true && waited?.isWorthRetrying == true)
    try connection.run("ROLLBACK; SET lock_timeout = 0; BEGIN; LOCK TABLE u")
    nonisolated(unsafe) let (one, two) = (connection, other)
    let errors = runTogether([{ try one.run("LOCK TABLE t") }, { try two.run("LOCK TABLE u") }])
    let error = errors.first as? DatabaseError
    #expect(error?.category == .conflict && error?.isWorthRetrying == true && errors.count == 1)
  }

  @Test("Two transactions that met are worth another try")
  func serialization() throws {
    try connection.run("CREATE TABLE t (a int); INSERT INTO t VALUES (1)")
    let other = try database.open()
    let error = #expect(throws: DatabaseError.self) {
      try connection.inTransaction {
        _ = try connection.count("SELECT a FROM t")
        try other.execute("UPDATE t SET a = 2")
        try connection.execute("UPDATE t SET a = 3")
      }
    }
    #expect(error?.category == .conflict && error?.state == "40001")
  }

  @Test("A login with a wrong password is refused, and the password is in no message")
  func wrongPassword() throws {
    var options = PostgresOptions()
    options.password = "s3cret-and-wrong"
    let error = #expect(throws: DatabaseError.self) {
      try database.open(user: PostgresServer.guarded.login, options)
    }
    #expect(error?.category == .notPermitted && error?.state == "28P01")
    #expect(error.map { "\($0)" }?.contains("s3cret") == false)
    let none = #expect(throws: DatabaseError.self) {
      try database.open(user: PostgresServer.guarded.login)
    }
    #expect(none?.category == .passwordNeeded)
    options.password = PostgresServer.guarded.password
    #expect(try database.open(user: PostgresServer.guarded.login, options).count("SELECT 1") == 1)
  }

  @Test("A database, a login and a server that are not there are told apart")
  func notThere() throws {
    let server = database.server
    func failure(_ text: String) throws -> DatabaseError? {
      guard case .postgres(let location) = try DatabaseLocation(text, from: .argument) else {
        return nil
      }
      return #expect(throws: DatabaseError.self) { try PostgresConnection(location) }
    }
    let noDatabase = try failure("postgres://postgres@/nothing?host=\(server.folder)")
    #expect(noDatabase?.category == .cannotOpen && noDatabase?.state == "3D000")
    let noLogin = try failure("postgres://nobody-here@/\(database.name)?host=\(server.folder)")
    #expect(noLogin?.category == .notPermitted && noLogin?.state == "28000")
    let noServer = try failure("postgres://postgres@/\(database.name)?host=/nothing/here")
    #expect(noServer?.category == .connectionLost && noServer?.state == nil)
    let noName = try failure("postgres://postgres@no-such-host.invalid/\(database.name)")
    #expect(noName?.category == .connectionLost)
  }

  @Test("A message of the server writes nothing on standard error")
  func notices() throws {
    let result = try runProgram(
      builtProduct("postgres-probe"),
      [
        "postgres://postgres@/\(database.name)?host=\(database.server.folder)",
        "DO $$ BEGIN RAISE WARNING 'look here'; END $$",
      ])
    #expect(result.status == 0 && result.stderr.isEmpty)
  }
}
