import Database
import DatabasePostgres
import TestSupport
import Testing

@testable import CompanyAccess

/// The rules by which the record on PostgreSQL is kept, each of which a fault has taught.
///
/// Paths that only run when a transaction is overtaken by another are forced with two sessions.
@Suite(.enabled(if: PostgresServer.isInstalled, Comment(rawValue: PostgresServer.missing)))
struct RecordRulesTests {
  private typealias Fixture = RecordFixture

  @Test("All rows of a transaction are on the record with one change, not only the first")
  func everyRowOfATransaction() throws {
    let fixture = try Fixture()
    let shop = try fixture.application()
    let before = try fixture.newest().number
    try shop.run(
      "BEGIN; \(Fixture.grant(1)); \(Fixture.grant(2)); DELETE FROM users WHERE id = 3; COMMIT")
    #expect(try fixture.agrees())
    #expect(
      try fixture.owner.count(
        "SELECT count(*) FROM company_access.change WHERE id > \(Value.integer(before))") == 1)
    #expect(try fixture.newest() == (try fixture.newest().number, "external", "app with shop"))
  }

  @Test(
    "A marker that another session sets is not believed, and a stale order to stand back neither")
  func forgedMarkers() throws {
    let fixture = try Fixture()
    let shop = try fixture.application()
    try shop.run(Fixture.grant(1))
    let first = try fixture.newest().number
    try shop.run("SET company_access.change = '\(first)'; \(Fixture.grant(2))")
    #expect(try fixture.newest().number > first)
    try shop.run("RESET company_access.change; SET company_access.skip = '7'; \(Fixture.grant(3))")
    #expect(try fixture.agrees())
  }

  @Test("The application can neither read the record, nor call its functions, nor attach them")
  func rights() throws {
    let fixture = try Fixture()
    let shop = try fixture.application()
    for script in [
      "SELECT * FROM company_access.change", "SELECT company_access.this_change()",
      "SET session_replication_role = replica",
      """
      CREATE TEMP TABLE t (user_id int, company_id uuid); CREATE TRIGGER t AFTER INSERT ON t
      FOR EACH ROW EXECUTE FUNCTION company_access.grant_written()
      """,
    ] { #expect(shop.attempt(script) == "42501") }
    #expect(try fixture.newest().number > 0)
  }

  @Test("An idle transaction holds nobody up, and gets a higher number when it is overtaken")
  func overtaken() throws {
    let fixture = try Fixture()
    let (one, other) = (try fixture.application(), try fixture.application())
    try one.run(
      """
      BEGIN; \(Fixture.grant(1)); UPDATE users SET full_name = 'x' WHERE id = 2;
      DELETE FROM users WHERE id = 3; INSERT INTO users (id, username) VALUES (20, 'new');
      UPDATE companies SET name = 'AA' WHERE name = 'A'; UPDATE users SET full_name = 'y' WHERE id = 2
      """)
    #expect(other.attempt("SET lock_timeout = '500ms'; \(Fixture.grant(2))") == "ok")
    let first = try fixture.newest().number
    try one.run("COMMIT")
    #expect(try fixture.newest().number > first)
    #expect(try fixture.agrees())
  }

  @Test("A grant that was moved and ended by a transaction that is overtaken has its final number")
  func overtakenEndings() throws {
    let fixture = try Fixture()
    let (one, other) = (try fixture.application(), try fixture.application())
    try one.run("\(Fixture.grant(1)); \(Fixture.grant(2))")
    try one.run(
      """
      BEGIN; DELETE FROM access WHERE user_id = 1;
      UPDATE access SET company_id = '\(Fixture.companies[1])' WHERE user_id = 2;
      UPDATE users SET id = 30 WHERE id = 2
      """)
    try other.run("UPDATE users SET full_name = 'z' WHERE id = 9")
    try one.run("COMMIT")
    #expect(try fixture.agrees())
  }

  @Test("A number that was only taken, by a transaction that has not committed, moves nothing")
  func takenIsNotCommitted() throws {
    let fixture = try Fixture()
    let (one, other) = (try fixture.application(), try fixture.application())
    try one.run("BEGIN; \(Fixture.grant(3))")
    let taken = try fixture.owner.count("SELECT last_value FROM company_access.change_number")
    try other.run("BEGIN; \(Fixture.grant(4))")
    try one.run("COMMIT")
    #expect(try fixture.newest().number == Int64(taken))
    try other.run("COMMIT")
    #expect(try fixture.agrees())
  }

  @Test("A change that is settled as it is inserted has one number")
  func settledAtOnce() throws {
    let fixture = try Fixture()
    let shop = try fixture.application()
    try shop.run("BEGIN; SET CONSTRAINTS ALL IMMEDIATE")
    try fixture.owner.run(
      "SELECT setval('company_access.last_change', nextval('company_access.change_number') + 9)")
    try shop.run(
      """
      UPDATE users SET username = 'w' WHERE id = 3; DELETE FROM users WHERE id = 3; \(Fixture.grant(4));
      COMMIT
      """)
    #expect(try fixture.agrees())
  }

  @Test(
    "After a change was settled others wait, what follows is the same change, and a savepoint frees"
  )
  func settledEarly() throws {
    let fixture = try Fixture()
    let (one, other) = (try fixture.application(), try fixture.application())
    try other.run("SET lock_timeout = '50ms'")
    let rename = "UPDATE users SET username = 'y' WHERE id = 2"
    try one.run(
      "BEGIN; UPDATE users SET username = 'x' WHERE id = 1; SET CONSTRAINTS ALL IMMEDIATE")
    #expect(other.attempt(rename) == "55P03")
    try one.run("UPDATE users SET username = 'z' WHERE id = 3; COMMIT")
    #expect(try fixture.agrees())
    try one.run(
      "BEGIN; \(Fixture.grant(5)); SAVEPOINT s; SET CONSTRAINTS ALL IMMEDIATE; ROLLBACK TO s")
    #expect(other.attempt(rename) == "ok")
    try one.run("COMMIT")
    #expect(try fixture.agrees())
    let before = try fixture.newest().number
    try one.run("BEGIN; SAVEPOINT s; \(Fixture.grant(6)); ROLLBACK TO s; COMMIT")
    #expect(try fixture.newest().number == before)
    let name = "record-\(fixture.database.name)"
    try one.run("BEGIN; \(Fixture.grant(7)); PREPARE TRANSACTION '\(name)'")
    #expect(other.attempt("UPDATE users SET username = 'w' WHERE id = 2") == "55P03")
    try one.run("COMMIT PREPARED '\(name)'")
    #expect(try fixture.agrees())
  }

  @Test(
    "TRUNCATE is refused where the snapshot does not show all rows, and goes through the next time")
  func truncation() throws {
    let fixture = try Fixture()
    let (one, other) = (try fixture.application(), try fixture.application())
    let start = "BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT FROM users"
    try one.run(start)
    try other.run(Fixture.grant(2))
    #expect(one.attempt("TRUNCATE access") == "40001")
    #expect(one.attempt("\(start); TRUNCATE access; COMMIT") == "ok")
    #expect(try fixture.agrees())
    try other.run(
      "\(Fixture.grant(3)); BEGIN; \(Fixture.grant(4)); SET CONSTRAINTS ALL IMMEDIATE; ROLLBACK")
    #expect(one.attempt("\(start); TRUNCATE users CASCADE; COMMIT") == "ok")
    #expect(try fixture.agrees())
    #expect(
      try fixture.owner.count("SELECT count(*) FROM company_access.ended_grant WHERE id IS NULL")
        == 0)
    try one.run(
      "INSERT INTO users (id, username) VALUES (1, 'again'); \(Fixture.grant(1)); TRUNCATE companies CASCADE"
    )
    #expect(try fixture.agrees())
  }

  @Test(
    "With a key that was freed after the snapshot, all goes as without the record",
    arguments: [
      "SELECT 1", "UPDATE users SET username = 'n' WHERE id = 1",
      "DELETE FROM users WHERE id = 1 AND username = 'new'", RecordFixture.grant(1),
    ])
  func reusedKey(work: String) throws {
    var answers: [[String]] = []
    for isRecorded in [false, true] {
      let fixture = try Fixture(isRecorded: isRecorded)
      let (one, other) = (try fixture.application(), try fixture.application())
      try one.run("BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT FROM users")
      try other.run("DELETE FROM users WHERE id = 1")
      let steps = ["INSERT INTO users (id, username) VALUES (1, 'new')", work, "COMMIT"]
      answers.append(steps.map { one.attempt($0) })
      if isRecorded { #expect(try fixture.agrees()) }
    }
    #expect(answers[0] == answers[1])
  }

  @Test("A grant that begins and ends in one transaction leaves no row")
  func noLength() throws {
    let fixture = try Fixture()
    let shop = try fixture.application()
    try shop.run(
      """
      BEGIN; INSERT INTO users (id, username) VALUES (100, 'h'); \(Fixture.grant(100)); \(Fixture.grant(1));
      DELETE FROM access; DELETE FROM users WHERE id = 100; COMMIT
      """)
    #expect(try fixture.owner.count("SELECT count(*) FROM company_access.ended_grant") == 0)
    #expect(try fixture.agrees())
  }

  @Test("Pairs and keys that one statement exchanges are followed")
  func exchanged() throws {
    let fixture = try Fixture()
    try fixture.owner.run(
      """
      ALTER TABLE access DROP CONSTRAINT access_user_id_company_id_key,
        ADD CONSTRAINT pair UNIQUE (user_id, company_id) DEFERRABLE;
      ALTER TABLE users DROP CONSTRAINT users_pkey CASCADE, ADD PRIMARY KEY (id) DEFERRABLE
      """)
    let shop = try fixture.application()
    let (a, b) = (Fixture.companies[0], Fixture.companies[1])
    try shop.run("\(Fixture.grant(1)); \(Fixture.grant(1, 1)); \(Fixture.grant(2))")
    try shop.run(
      "UPDATE access SET company_id = CASE company_id WHEN '\(a)' THEN '\(b)'::uuid ELSE '\(a)'::uuid END"
    )
    #expect(try fixture.agrees())
    for script in ["UPDATE users SET id = id + 1", "UPDATE users SET id = 15 - id"] {
      try shop.run(script)
      #expect(try fixture.agrees())
    }
  }

  @Test("The record says what is there after triggers of the application have answered a row")
  func triggersOfTheApplication() throws {
    let fixture = try Fixture()
    let (shop, other) = (try fixture.application(), try fixture.application())
    try shop.run(
      """
      CREATE FUNCTION audit() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF TG_TABLE_NAME = 'users' THEN
          UPDATE users SET username = lower(NEW.username) || '!' WHERE id = NEW.id;
        ELSE DELETE FROM access WHERE id = NEW.id; END IF;
        RETURN NULL; END $$;
      CREATE TRIGGER audit AFTER INSERT ON users FOR EACH ROW EXECUTE FUNCTION audit();
      CREATE TRIGGER audit AFTER INSERT ON access FOR EACH ROW EXECUTE FUNCTION audit();
      INSERT INTO users (id, username) VALUES (50, 'New'); \(Fixture.grant(50))
      """)
    #expect(try fixture.agrees())
    // One that runs at COMMIT, after the change has its final number.
    try shop.run(
      """
      DROP TRIGGER audit ON access;
      CREATE FUNCTION late() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        UPDATE users SET full_name = 'late' WHERE id = NEW.user_id; RETURN NULL; END $$;
      CREATE CONSTRAINT TRIGGER late AFTER INSERT ON access DEFERRABLE INITIALLY DEFERRED
      FOR EACH ROW EXECUTE FUNCTION late()
      """)
    try shop.run("BEGIN; UPDATE users SET username = 'first' WHERE id = 5; \(Fixture.grant(1))")
    try other.run("UPDATE users SET username = 'x' WHERE id = 2")
    try shop.run("COMMIT")
    #expect(try fixture.agrees())
    // What a foreign key refuses leaves nothing behind.
    #expect(shop.attempt(Fixture.grant(77)) == "23503")
    #expect(
      try fixture.owner.count("SELECT count(*) FROM company_access.user_lifetime WHERE key = 77")
        == 0)
  }

  @Test("A migration of the application goes through, and its writes after it")
  func migrations() throws {
    let fixture = try Fixture()
    let shop = try fixture.application()
    for script in [
      "BEGIN; UPDATE users SET username = 'x' WHERE id = 1; ALTER TABLE users ADD more text; COMMIT",
      "ALTER TABLE users ALTER id TYPE bigint",
      "INSERT INTO users (id, username) VALUES (4000000000, 'big')",
      "ALTER TABLE users ALTER username TYPE varchar(300)",
      "INSERT INTO users (id, username) VALUES (59, repeat('x', 290))",
      "ALTER TABLE users DROP full_name", "INSERT INTO users (id, username) VALUES (60, 'n')",
      Fixture.grant(2), "ALTER TABLE access DROP modified_at", "DELETE FROM access",
      Fixture.grant(3),
    ] { #expect(shop.attempt(script) == "ok", "\(script)") }
    #expect(
      try fixture.owner.rows(
        """
        SELECT u.key FROM company_access.current_grant AS g
        JOIN company_access.user_lifetime AS u ON u.lifetime = g.user_lifetime
        """
      ) { $0.int(0) } == [3])
    for script in [
      "ALTER TABLE users RENAME username TO login",
      "INSERT INTO users (id, login) VALUES (61, 'n')",
      "DELETE FROM users WHERE id = 61", "TRUNCATE access",
      "ALTER TABLE users ALTER is_active DROP DEFAULT, ALTER is_active TYPE text",
      "INSERT INTO users (id, login, is_active) VALUES (62, 'n', 'perhaps')",
      "ALTER TABLE access RENAME TO user_access",
      "INSERT INTO user_access (user_id, company_id) VALUES (4, '\(Fixture.companies[0])')",
    ] { #expect(shop.attempt(script) == "ok", "\(script)") }
  }

  @Test("A row of which nothing that is recorded changes makes no change")
  func nothingRecorded() throws {
    let fixture = try Fixture()
    let shop = try fixture.application()
    try shop.run(Fixture.grant(1))
    let before = try fixture.newest().number
    try shop.run(
      """
      UPDATE users SET profile = '{}', last_login = now() WHERE id = 7;
      UPDATE users SET username = username; UPDATE access SET modified_at = now()
      """)
    #expect(try fixture.newest().number == before)
  }

  @Test("No column of the record is named like the login, and every table has a primary key")
  func namesAndKeys() throws {
    let fixture = try Fixture()
    var options = PostgresOptions()
    options.schemas = ["company_access"]
    let tables = try fixture.database.open(options).catalog().tables
    #expect(
      tables.map(\.name) == [
        "change", "company_lifetime", "current_grant", "ended_grant", "former_company",
        "former_user",
        "row_image", "setting", "user_lifetime", "write_order",
      ])
    for table in tables {
      #expect(!table.primaryKey.isEmpty && table.column("user") == nil, "\(table.name)")
    }
    // A publication of all tables refuses changes of a table without a key.
    try fixture.owner.run("CREATE PUBLICATION everything FOR ALL TABLES")
    let (one, other) = (try fixture.application(), try fixture.application())
    try one.run("BEGIN; \(Fixture.grant(1))")
    try other.run("UPDATE users SET username = 'x' WHERE id = 2")
    #expect(one.attempt("DELETE FROM users WHERE id = 3; COMMIT") == "ok")
    #expect(try fixture.agrees())
    try fixture.owner.run("DROP PUBLICATION everything")
  }

  @Test("In a session of replication all is recorded and numbered, and the actor is the login")
  func replication() throws {
    let fixture = try Fixture()
    try fixture.owner.run(
      """
      BEGIN; SET LOCAL session_replication_role = replica; \(Fixture.grant(1));
      DELETE FROM users WHERE id = 1; COMMIT
      """)
    #expect(try fixture.agrees())
    #expect(try fixture.newest().actor == "postgres with company-access")
    try fixture.owner.run("DELETE FROM access")
    #expect(try fixture.agrees())
    let triggers = try fixture.owner.catalog().table("access")?.triggers
    #expect(triggers?.map(\.name) == PostgresRecord.triggerNames.sorted())
    #expect(triggers?.allSatisfy { $0.firing == .always } == true)
    try fixture.owner.run(
      "ALTER TABLE access DISABLE TRIGGER ALL; ALTER TABLE access ENABLE TRIGGER ALL")
    let after = try fixture.owner.catalog().table("access")?.triggers
    #expect(after?.allSatisfy { $0.firing == .usual } == true)
  }

  @Test("The record of a database that is in use begins with what is there")
  func adoption() throws {
    let fixture = try Fixture(isRecorded: false)
    try fixture.owner.run("\(Fixture.grant(1)); \(Fixture.grant(2, 1))")
    let shop = try fixture.application()
    // A reader does not hold it up, a writer does for a second.
    try shop.run("BEGIN; SELECT FROM access")
    let writer = try fixture.application()
    try writer.run("BEGIN; \(Fixture.grant(3))")
    let busy = #expect(throws: DatabaseError.self) { try fixture.record.install(fixture.owner) }
    #expect(busy?.isBusy == true)
    #expect(
      try fixture.owner.count("SELECT count(*) FROM pg_namespace WHERE nspname = 'company_access'")
        == 0)
    try writer.run("COMMIT")
    try fixture.record.install(fixture.owner, owner: "record_owner")
    #expect(try fixture.agrees() && fixture.newest().number == 0)
    try shop.run("COMMIT; DELETE FROM access WHERE user_id = 1")
    #expect(try fixture.agrees())
    #expect(try RecordFixture.moment(0, fixture.owner).filter { $0.hasPrefix("grant") }.count == 3)
  }

  @Test("Where the record is dropped by hand the application goes on")
  func dropped() throws {
    let fixture = try Fixture()
    try fixture.owner.run("DROP SCHEMA company_access CASCADE")
    #expect(try fixture.application().attempt(Fixture.grant(5)) == "ok")
  }
}
