import Database
import DatabasePostgres
import Glibc
import Synchronization
import TestSupport
import Testing

@testable import CompanyAccess

/// Databases of applications on a server, taken over and given back.
@Suite(.enabled(if: PostgresServer.isInstalled, Comment(rawValue: PostgresServer.missing)))
struct ServerAdoptionTests {
  /// The founding tables with some users and companies, and nothing of ours.
  private final class Application {
    let database: PostgresDatabase
    let other: PostgresConnection
    var location: String { database.text() }

    deinit { try? other.run(#"ROLLBACK; DROP SCHEMA IF EXISTS "Sales", people CASCADE"#) }

    init(_ statements: [String] = Application.founding) throws {
      database = try PostgresDatabase()
      other = try database.open()
      for statement in statements { try other.run(statement) }
    }

    static let founding =
      PostgresFounding.statements.filter { !$0.contains("hrm_user_company_access") } + [
        "INSERT INTO hrm_role (name) VALUES ('Super Admin'), ('Clerk')",
        """
        INSERT INTO hrm_users (username, full_name, role_id)
        SELECT 'user' || n, 'User ' || n, CASE WHEN n = 1 THEN 1 ELSE 2 END
        FROM generate_series(1, 40) AS n
        """,
        """
        INSERT INTO hrm_company (id, name)
        SELECT ('00000000-0000-0000-0000-0000000000' || lpad(n::text, 2, '0'))::uuid, 'Company ' || n
        FROM generate_series(1, 6) AS n
        """,
        """
        INSERT INTO hrm_employee (id, user_id, company_id, full_name)
        SELECT gen_random_uuid(), u.id,
          ('00000000-0000-0000-0000-0000000000' || lpad((u.id % 6 + 1)::text, 2, '0'))::uuid, u.full_name
        FROM hrm_users AS u WHERE u.id <= 30
        """,
      ]

    func count(_ query: String) throws -> Int {
      try other.count(SQLStatement(stringLiteral: query))
    }

    /// What the server has of schemas, tables, columns, indexes, constraints and triggers.
    func schema() throws -> [String] {
      try other.rows(
        """
        SELECT 'table ' || c.oid::regclass || ' ' || a.attname || ' '
          || format_type(a.atttypid, a.atttypmod) FROM pg_class AS c
          JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0
          WHERE c.relnamespace::regnamespace::text !~ '^(pg_|information_schema)'
        UNION ALL SELECT pg_get_constraintdef(oid) FROM pg_constraint
        UNION ALL SELECT pg_get_triggerdef(oid) FROM pg_trigger
        UNION ALL SELECT nspname FROM pg_namespace WHERE nspname NOT LIKE 'pg_%'
        UNION ALL SELECT proname FROM pg_proc WHERE pronamespace::regnamespace::text LIKE 'company%'
        ORDER BY 1
        """ as SQLStatement
      ) { $0.text(0) }
    }
  }

  private static func refused(
    _ location: String, mapping: String? = nil, sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> AccessError {
    try #require(
      #expect(throws: AccessError.self, sourceLocation: sourceLocation) { () throws in
        try AccessStore.adopt(location, by: mapping.map(MappingSource.document))
      }, sourceLocation: sourceLocation)
  }

  // MARK: - What is added

  @Test("The access table and the record come beside the founding tables, and go again")
  func thereAndBack() throws {
    let application = try Application()
    let before = try application.schema()
    let plan = try AccessStore.adoptionPlan(application.location)
    #expect(plan.status.mapping == "hrm" && plan.status.problems == [] && plan.users == 40)
    #expect(plan.added == 6 + 29 && plan.backfill?.leftOutCount == 10)
    try AccessStore.rehearseAdoption(application.location)
    #expect(try application.schema() == before)
    let done = try AccessStore.adopt(application.location, reason: "new")
    #expect(done.differences == [] && done.backfill.added == 35 && done.upgrade.backup == nil)
    #expect(try application.count("SELECT count(*) FROM hrm_user_company_access") == 35)
    let store = try AccessStore.open(application.location)
    #expect(try store.examine().isInOrder)
    #expect(try store.changes(ChangeQuery(), limit: 9).map(\.action) == [.backfill, .recordBegan])
    #expect(try store.coverage(at: .after(try #require(done.upgrade.change))).grants == 0)
    #expect(try store.coverage().grants == 35)
    // What refers to users and companies takes grants along.
    try application.other.run("DELETE FROM hrm_users WHERE id = 1")
    #expect(try store.coverage().grants == 29)
    #expect(try store.coverage(at: .after(try #require(done.backfill.change))).grants == 35)
    #expect(try AccessStore.schemaStatus(application.location).isCurrent)
    #expect(try AccessStore.adoptionPlan(application.location).isDone)
    #expect(try AccessStore.adopt(application.location).backfill.change == nil)
    let loss = try AccessStore.downgradePlan(application.location).loss
    #expect(loss.grants == 29 && loss.ended == 6 && loss.changes == 2)
    #expect(throws: AccessError.wouldLose(loss)) {
      try AccessStore.downgradeSchema(application.location)
    }
    try AccessStore.downgradeSchema(application.location, acceptsLoss: true)
    #expect(try application.schema() == before)
    #expect(try AccessStore.downgradePlan(application.location).steps == [])
  }

  @Test("An access table that is there is kept, and is made so that no pair is there twice")
  func foundTable() throws {
    let table = """
      CREATE TABLE hrm_user_company_access (
        id varchar(36) PRIMARY KEY, user_id integer NOT NULL REFERENCES hrm_users ON DELETE CASCADE,
        company_id uuid NOT NULL REFERENCES hrm_company ON DELETE CASCADE,
        created_at timestamp NOT NULL, modified_at timestamp NOT NULL);
      INSERT INTO hrm_user_company_access
      SELECT gen_random_uuid(), 3, id, now(), now() FROM hrm_company LIMIT 2
      """
    let application = try Application(Application.founding + [table])
    let before = try application.schema()
    let done = try AccessStore.adopt(application.location)
    #expect(done.differences == [] && done.backfill.added > 30)
    let store = try AccessStore.open(application.location)
    try store.apply(store.plan(.grant(.these([UserID(40)]), .matching(CompanyQuery(), except: []))))
    #expect(try store.examine().isInOrder)
    let grants = try store.coverage().grants
    try AccessStore.downgradeSchema(application.location, acceptsLoss: true)
    let left = Set(try application.schema()).symmetricDifference(before)
    #expect(left.isEmpty, "\(left)")
    #expect(try application.count("SELECT count(*) FROM hrm_user_company_access") == grants)
    try application.other.run(
      "INSERT INTO hrm_user_company_access SELECT gen_random_uuid(), user_id, company_id, now(), now() "
        + "FROM hrm_user_company_access LIMIT 2")
    let error = try Self.refused(application.location)
    #expect(error.description.contains("2 pairs of user and company"))
  }

  // MARK: - Schemas and names

  private static let elsewhere = [
    #"CREATE SCHEMA "Sales""#, "CREATE SCHEMA people",
    "CREATE TYPE people.rank AS ENUM ('boss', 'clerk')",
    "CREATE DOMAIN people.mail AS varchar(100) CHECK (VALUE LIKE '%@%')",
    """
    CREATE TABLE people."User" ("Id" serial PRIMARY KEY, "Login" text NOT NULL UNIQUE, "E-Mail" people.mail,
      rank people.rank NOT NULL DEFAULT 'clerk', "isActive" boolean, born date, "since" timestamp)
    """,
    #"CREATE TABLE "Sales"."Company" (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, "Name" varchar(9))"#,
    "CREATE TABLE public.\"User\" (nothing integer)",
    """
    INSERT INTO people."User" ("Login", "E-Mail", rank, "isActive")
    VALUES ('ann', 'ann@x', 'boss', TRUE), ('bob', 'bob@x', 'clerk', NULL), ('cid', NULL, 'clerk', FALSE)
    """,
    #"INSERT INTO "Sales"."Company" ("Name") VALUES ('one'), ('two')"#,
  ]
  private static let elsewhereMapping = """
    {"schema": ["people", "Sales"],
     "users": {"table": "User", "key": "Id", "username": "Login", "email": "E-Mail", "role": "rank",
       "active": "isActive", "created_at": "since"},
     "companies": {"table": "Company", "key": "id", "name": "Name"},
     "all_companies_roles": ["boss", "president"]}
    """

  @Test("Other schemas, mixed case, enumerations, domains and identities")
  func elsewhere() throws {
    let application = try Application(Self.elsewhere)
    let done = try AccessStore.adopt(
      application.location, by: .document(Self.elsewhereMapping))
    #expect(done.differences == [] && done.backfill.added == 2)
    #expect(try application.count("SELECT count(*) FROM people.user_company_access") == 2)
    let store = try AccessStore.open(application.location)
    #expect(try store.user(UserID(1))?.user.role == "boss")
    #expect(try store.user(UserID(1))?.user.email == "ann@x")
    #expect(try store.user(UserID(3))?.user.isActive == false)
    #expect(try store.examine().isInOrder)
    var query = UserQuery()
    query.role = "nobody"
    #expect(try store.count(query) == 0)
    let edit = EntityEdit(.add(.company), values: ["name": "three"])
    try store.apply(store.plan(.entity(edit)))
    #expect(try application.count(#"SELECT max(id) FROM "Sales"."Company""#) == 3)
    try application.other.run(
      #"UPDATE people."User" SET rank = 'boss' WHERE "Id" = 2; DELETE FROM people."User" WHERE "Id" = 3"#
    )
    #expect(try AccessStore.verifySchema(application.location) == [])
    #expect(try store.changes(ChangeQuery(), limit: 1).first?.origin == .external)
  }

  @Test("A schema that is not there is named")
  func noSchema() throws {
    let application = try Application(Self.elsewhere)
    let mapping = Self.elsewhereMapping.replacing("\"people\"", with: "\"persons\"")
    let error = try Self.refused(application.location, mapping: mapping)
    #expect(error.description.contains("there is no schema 'persons'"))
  }

  // MARK: - What is in the way

  private static let plain = """
    {"users": {"table": "u", "key": "id", "username": "name"},
     "companies": {"table": "c", "key": "id", "name": "name"}}
    """
  private static let companies = "CREATE TABLE c (id integer PRIMARY KEY, name text NOT NULL)"

  @Test(
    "What cannot be used is refused with the reason, and nothing is added",
    arguments: [
      (
        "CREATE TABLE b (id integer PRIMARY KEY, name text); CREATE VIEW u AS SELECT * FROM b",
        "'u' is a view"
      ),
      (
        "CREATE TABLE u (id integer PRIMARY KEY, name text) PARTITION BY RANGE (id)",
        "'u' is a partitioned table"
      ),
      (
        "CREATE TABLE u (id integer PRIMARY KEY, name text); CREATE TABLE v () INHERITS (u)",
        "other tables inherit from u"
      ),
      (
        "CREATE TABLE u (id integer, name text)", "neither its primary key nor UNIQUE"
      ),
      (
        "CREATE TABLE u (id numeric PRIMARY KEY, name text)",
        "the column 'id' of the table 'u' must be a whole number, a UUID, a text or bytes, but is numeric"
      ),
      (
        "CREATE TABLE u (id integer PRIMARY KEY, name integer)",
        "the column 'name' of the table 'u' must be a text, but is integer"
      ),
      (
        "CREATE TABLE u (id integer PRIMARY KEY, name text); CREATE SCHEMA company_access",
        "the schema company_access, of the role postgres, has no whole record"
      ),
      (
        """
        CREATE TABLE u (id integer PRIMARY KEY, name text);
        CREATE SCHEMA company_access CREATE TABLE change (id bigint)
        """, "has no whole record"
      ),
    ])
  func refusals(tables: String, words: String) throws {
    let application = try Application([Self.companies, tables])
    let before = try application.schema()
    let error = try Self.refused(application.location, mapping: Self.plain)
    #expect(error.description.contains(words), "\(error)")
    #expect(try application.schema() == before)
  }

  @Test("A value that a column cannot hold is named before it stops a trigger")
  func cannotHold() throws {
    let application = try Application([
      Self.companies, "CREATE TYPE state AS ENUM ('on', 'off')",
      "CREATE TABLE u (id integer PRIMARY KEY, name text, state state)",
    ])
    let mapping = Self.plain.replacing(
      "\"username\": \"name\"",
      with: "\"username\": \"name\", \"active\": {\"column\": \"state\", \"equals\": \"active\"}")
    let error = try Self.refused(application.location, mapping: mapping)
    #expect(error.description.contains("'state' of the table 'u' cannot hold 'active'"))
  }

  @Test("Without the rights of the tables' owner it is said whose they are")
  func rights() throws {
    let application = try Application()
    try application.other.run(
      """
      DO $$ BEGIN CREATE ROLE visitor LOGIN; EXCEPTION WHEN duplicate_object THEN END $$;
      GRANT SELECT ON ALL TABLES IN SCHEMA public TO visitor
      """)
    let error = try Self.refused(application.database.text(user: "visitor"))
    guard case .serverRefuses(_, let detail) = error else {
      return #expect(Bool(false), "\(error)")
    }
    #expect(detail.contains("hrm_users belongs to postgres, whose rights visitor has not"))
  }

  @Test("Another description than that of the record is refused")
  func otherDescription() throws {
    let application = try Application(Self.elsewhere)
    try AccessStore.adopt(application.location, by: .document(Self.elsewhereMapping))
    let other = Self.elsewhereMapping.replacing("\"president\"", with: "\"chair\"")
    let error = try Self.refused(application.location, mapping: other)
    guard case .schemaRefused(_, [.otherDescription]) = error else {
      return #expect(Bool(false), "\(error)")
    }
  }

  @Test("A column that changed its type after adoption is named, and the record goes on")
  func changedType() throws {
    let application = try Application(Self.elsewhere)
    try AccessStore.adopt(application.location, by: .document(Self.elsewhereMapping))
    try application.other.run(
      """
      ALTER TABLE people."User" ALTER "isActive" TYPE text;
      INSERT INTO people."User" ("Login") VALUES ('eve')
      """)
    let error = #expect(throws: AccessError.self) { try AccessStore.open(application.location) }
    #expect(
      error?.description.contains(
        "the column 'isActive' of the table 'User' must be boolean or a whole number, but is text")
        == true)
    #expect(
      try application.count("SELECT count(*) FROM company_access.user_lifetime") == 4)
  }

  // MARK: - Beside the application

  @Test("Adopted while the application writes, which loses nothing")
  func live() throws {
    let application = try Application()
    try application.other.run(
      """
      INSERT INTO hrm_users (username, role_id) SELECT 'many' || n, 2 FROM generate_series(1, 20000) AS n
      """)
    let writer = WritingApplication(application.database)
    writer.wait(for: 10)
    let done = try AccessStore.adopt(application.location)
    writer.wait(for: 20)
    try writer.stop()
    #expect(done.differences == [])
    #expect(try AccessStore.verifySchema(application.location) == [])
    let longest = writer.longest.load(ordering: .relaxed)
    Sweep.figure(
      "adoption beside an application that writes", swept: 1, good: 1,
      note: "its longest wait \(longest) ms")
    let store = try AccessStore.open(application.location)
    #expect(try store.examine().isInOrder)
    let newest = try store.changes(ChangeQuery(), limit: 1)
    #expect(newest.first?.actor == "postgres with the application")
  }

  @Test("An application that holds its table is waited for some seconds, and nothing is left")
  func held() throws {
    let application = try Application()
    let before = try application.schema()
    try application.other.run("BEGIN; UPDATE hrm_users SET username = 'x' WHERE id = 1")
    let error = try Self.refused(application.location)
    guard case .busy = error else { return #expect(Bool(false), "\(error)") }
    try application.other.run("COMMIT")
    #expect(try application.schema() == before)
    #expect(try AccessStore.adopt(application.location).differences == [])
  }

  /// A session that is handed to another thread.
  private final class Held: Sendable {
    private let session: Mutex<PostgresConnection>
    init(_ session: sending PostgresConnection) { self.session = Mutex(session) }
    func run(_ script: String) throws { try session.withLock { try $0.run(script) } }
  }

  @Test("What is written between the look and the lock is caught up with")
  func catchingUp() throws {
    let application = try Application()
    let holding = Held(try application.database.open())
    try holding.run("BEGIN; UPDATE hrm_users SET username = 'held' WHERE id = 2")
    let (location, database) = (application.location, application.database)
    let errors = runTogether([
      {
        let done = try AccessStore.adopt(location)
        #expect(done.differences == [])
      },
      {
        // The tables are waited for; what was read of them is older.
        let other = try database.open()
        while try other.count(
          "SELECT count(*) FROM pg_locks WHERE NOT granted" as SQLStatement) == 0
        { usleep(2_000) }
        try database.open().run(
          """
          UPDATE hrm_users SET full_name = 'later' WHERE id = 3;
          INSERT INTO hrm_users (username) VALUES ('new');
          DELETE FROM hrm_employee WHERE user_id = 4; DELETE FROM hrm_users WHERE id = 4;
          UPDATE hrm_users SET id = 1000 WHERE id = 40
          """)
        try holding.run("COMMIT")
      },
    ])
    #expect(errors.isEmpty, "\(errors)")
    #expect(try AccessStore.verifySchema(application.location) == [])
    let store = try AccessStore.open(application.location)
    #expect(try store.examine().isInOrder)
    // What was granted to the user who went has gone, too.
    #expect(try store.coverage().grants == 34)
    let backfill = try store.changes(ChangeQuery(), limit: 9).first { $0.action == .backfill }
    #expect(backfill?.added == 34)
  }

  // MARK: - Indexes and suggestions

  @Test("Indexes that are asked for come after it, and go again")
  func indexes() throws {
    let application = try Application([
      "CREATE TABLE u (id integer PRIMARY KEY, name text)", Self.companies,
      "CREATE TABLE m (u integer REFERENCES u, c integer REFERENCES c)",
      "INSERT INTO u VALUES (1, 'ann')", "INSERT INTO c VALUES (1, 'one')",
      "INSERT INTO m VALUES (1, 1)",
    ])
    let before = try application.schema()
    let mapping =
      Self.plain.dropLast() + #", "access": {"table": "m", "user": "u", "company": "c"}}"#
    let source = MappingSource.document(String(mapping))
    let plan = try AccessStore.adoptionPlan(application.location, by: source)
    #expect(plan.status.notes.contains(.noUserIndex(table: "m")))
    try AccessStore.adopt(application.location, by: source, choices: .addsIndex)
    let indexes = "SELECT count(*) FROM pg_index WHERE indrelid = 'm'::regclass AND indisvalid"
    #expect(try application.count(indexes) == 2)
    #expect(try AccessStore.verifySchema(application.location) == [])
    try AccessStore.downgradeSchema(application.location, acceptsLoss: true)
    #expect(try application.count(indexes) == 0)
    #expect(try application.schema() == before)
  }

  @Test("A mapping is suggested from the tables of a server, and can be used")
  func suggestion() throws {
    let application = try Application([
      """
      CREATE TABLE staff (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), username varchar(50) NOT NULL UNIQUE,
        email text, is_active boolean NOT NULL DEFAULT TRUE)
      """,
      "CREATE TABLE organization (id serial PRIMARY KEY, name text NOT NULL UNIQUE)",
      """
      CREATE TABLE membership (staff_id uuid NOT NULL REFERENCES staff ON DELETE CASCADE,
        organization_id integer NOT NULL REFERENCES organization ON DELETE CASCADE,
        PRIMARY KEY (staff_id, organization_id))
      """,
      "INSERT INTO staff (username) VALUES ('ann')",
      "INSERT INTO organization (name) VALUES ('one')",
      "INSERT INTO membership SELECT s.id, o.id FROM staff AS s, organization AS o",
    ])
    let mapping = try #require(try AccessStore.suggestMapping(application.location).mapping)
    #expect(mapping.contains("\"membership\"") && mapping.contains("\"staff\""))
    try AccessStore.adopt(application.location, by: .document(mapping))
    #expect(try AccessStore.open(application.location).coverage().grants == 1)
  }
}
