import Database
import TestSupport
import Testing

/// Every kind of failure, as SQLite itself reports it.
@Suite struct DatabaseErrorTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// The category of the error that a statement meets in a database that the `sqlite3` shell made, which
  /// has functions that this program lacks.
  private func category(
    of statement: String, after schema: String
  ) throws -> DatabaseError.Category? {
    let path = folder.file("a.db")
    try ForeignShell(path).ask(schema.replacing("\n", with: " "))
    let connection = try Connection(path: path, mode: .readWrite)
    return #expect(throws: DatabaseError.self) { try connection.execute(statement) }?.category
  }

  @Test(
    "What is not there is a missing object",
    arguments: [
      "SELECT * FROM no_table", "SELECT no_column FROM t", "SELECT no_function(a) FROM t",
      "DROP INDEX no_index", "DROP TRIGGER no_trigger",
      "CREATE VIRTUAL TABLE v USING no_module", "INSERT INTO t (no_column) VALUES (1)",
      "INSERT INTO s VALUES (1)",
    ])
  func missingObjects(statement: String) throws {
    // The shell knows decimal(); this program does not.
    let schema = "CREATE TABLE t (a); CREATE TABLE s (a CHECK (decimal(a) IS NOT NULL));"
    #expect(try category(of: statement, after: schema) == .missingObject)
  }

  @Test(
    "What SQLite makes itself is not writable",
    arguments: [
      "UPDATE v SET a = 1", "DELETE FROM v", "INSERT INTO g (b) VALUES (1)", "UPDATE g SET b = 1",
      "INSERT INTO sqlite_schema (name) VALUES ('x')",
    ])
  func unwritableObjects(statement: String) throws {
    let schema = "CREATE TABLE g (a, b AS (a + 1)); CREATE VIEW v AS SELECT a FROM g;"
    #expect(try category(of: statement, after: schema) == .notWritable)
  }

  @Test(
    "What refers to nothing is a broken schema",
    arguments: ["ALTER TABLE t RENAME TO u", "INSERT INTO c VALUES (1)"])
  func brokenSchemas(statement: String) throws {
    let schema = """
      CREATE TABLE t (a); CREATE VIEW v AS SELECT gone FROM t;
      CREATE TABLE p (a); CREATE TABLE c (a REFERENCES p (a));
      """
    #expect(try category(of: statement, after: schema) == .brokenSchema)
  }

  @Test(
    "What the schema would run untrusted is unsafe",
    arguments: [
      "SELECT * FROM v", "SELECT * FROM w", "INSERT INTO t VALUES (1)",
    ])
  func untrustedSchemas(statement: String) throws {
    let schema = """
      CREATE TABLE t (a); CREATE VIEW v AS SELECT fts5_source_id() AS a;
      CREATE TRIGGER r AFTER INSERT ON t BEGIN SELECT fts5_source_id(); END;
      CREATE VIEW w AS SELECT * FROM dbstat;
      """
    #expect(try category(of: statement, after: schema) == .unsafe)
  }

  @Test(
    "A statement that SQLite does not understand is itself at fault",
    arguments: ["SELEC", "SELECT a FROM t GROUP", "INSERT INTO t VALUES (1)"])
  func wrongStatements(statement: String) throws {
    #expect(try category(of: statement, after: "CREATE TABLE t (a, b);") == .statement)
  }

  @Test(
    "A rule of a table is named by its kind",
    arguments: [
      ("INSERT INTO t (id, a, b) VALUES (1, 2, 2)", DatabaseError.Constraint.primaryKey),
      ("INSERT INTO t (id, a, b) VALUES (2, 1, 2)", .unique),
      ("INSERT INTO t (id, a, b) VALUES (2, 2, NULL)", .notNull),
      ("INSERT INTO t (id, a, b) VALUES (2, 2, -1)", .check),
      ("INSERT INTO t (id, a, b, p) VALUES (2, 2, 2, 7)", .foreignKey),
      ("DELETE FROM t", .trigger),
    ])
  func constraints(statement: String, kind: DatabaseError.Constraint) throws {
    let schema = """
      CREATE TABLE t (id INTEGER PRIMARY KEY, a UNIQUE, b NOT NULL CHECK (b > 0),
        p REFERENCES t (id));
      INSERT INTO t (id, a, b) VALUES (1, 1, 1);
      CREATE TRIGGER r BEFORE DELETE ON t BEGIN SELECT raise(ABORT, 'no such luck'); END;
      """
    #expect(try category(of: statement, after: schema) == .constraint(kind))
  }

  @Test("A file of a later version of SQLite is damaged")
  func laterFileFormat() throws {
    try ForeignShell(folder.file("a.db")).ask("CREATE TABLE t (a);")
    var bytes = try folder.read("a.db")
    bytes[47] = 9
    let path = try folder.write("a.db", bytes)
    let error = #expect(throws: DatabaseError.self) {
      try Connection(path: path, mode: .readWrite).execute("DELETE FROM t")
    }
    #expect(error?.category == .damaged && error?.isDamage == true)
  }

  @Test("A file that is something else is no database")
  func otherFile() throws {
    let path = try folder.write("a.db", String(repeating: "no database ", count: 500))
    let error = #expect(throws: DatabaseError.self) {
      try Connection(path: path, mode: .readWrite).execute("CREATE TABLE t (a)")
    }
    #expect(error?.category == .notADatabase && error?.isDamage == true)
  }

  @Test("A file that is not there cannot be opened, and the system says why")
  func missingFile() {
    let error = #expect(throws: DatabaseError.self) {
      try Connection(path: folder.file("none.db"), mode: .readWrite)
    }
    #expect(error?.category == .cannotOpen && error?.systemError == 2)
  }

  @Test("A connection that only reads writes nothing")
  func readOnlyConnection() throws {
    try ForeignShell(folder.file("a.db")).ask("CREATE TABLE t (a);")
    let connection = try Connection(path: folder.file("a.db"), mode: .readOnly)
    let error = #expect(throws: DatabaseError.self) { try connection.execute("DELETE FROM t") }
    #expect(error?.category == .readOnly(.permissions) && error?.isReadOnly == true)
  }

  @Test("A limit of pages is a full disk")
  func fullDisk() throws {
    let connection = try Connection(path: folder.file("a.db"), mode: .create)
    try connection.execute("CREATE TABLE t (a); PRAGMA max_page_count = 3")
    let error = #expect(throws: DatabaseError.self) {
      try connection.execute("INSERT INTO t VALUES (zeroblob(100000))")
    }
    #expect(error?.category == .full)
  }

  @Test("An integrity check tells rows that break a rule from damage")
  func integrityFindings() throws {
    let path = folder.file("a.db")
    try ForeignShell(path).ask(
      """
      CREATE TABLE t (a, b); INSERT INTO t VALUES (NULL, -1); CREATE INDEX i ON t (b); \
      PRAGMA writable_schema = ON; \
      UPDATE sqlite_schema SET sql = 'CREATE TABLE t (a NOT NULL, b CHECK (b > 0))' WHERE name = 't';
      """)
    let connection = try Connection(path: path, mode: .readWrite)
    let broken = try connection.integrityFindings(limit: 10)
    #expect(broken.count == 2 && broken.allSatisfy(\.isBrokenRule), "\(broken)")
    #expect(try connection.integrityFindings(limit: 10, checksRules: false).count == 1)
    try ForeignShell(path).ask(
      """
      PRAGMA writable_schema = ON; \
      UPDATE sqlite_schema SET sql = 'CREATE INDEX i ON t (a)' WHERE name = 'i';
      """)
    let damaged = try Connection(path: path, mode: .readWrite).integrityFindings(limit: 10)
    #expect(damaged.contains { !$0.isBrokenRule }, "\(damaged)")
  }
}
