import Database
import TestSupport
import Testing

/// What every engine does alike, as those see it who know a `DatabaseSession` only.
@Suite final class DatabaseSessionTests {
  private var databases: [EngineDatabase] = []

  /// A session with a small database, which stays as long as the test.
  private func open(_ engine: TestEngine) throws -> any DatabaseSession {
    let database = try EngineDatabase(engine)
    databases.append(database)
    let session = try database.open()
    try session.execute("CREATE TABLE t (a integer PRIMARY KEY, b varchar(100), c varchar(100))")
    for (key, text) in [(1, "Zoé"), (2, "anna"), (3, "Über"), (4, "Anna")] {
      try session.execute("INSERT INTO t (a, b) VALUES (\(Value.count(key)), \(Value.text(text)))")
    }
    return session
  }

  @Test("Rows, the first row and counts are read", arguments: TestEngine.available)
  func reading(engine: TestEngine) throws {
    let session = try open(engine)
    #expect(try session.rows("SELECT a FROM t ORDER BY a") { $0.int(0) } == [1, 2, 3, 4])
    #expect(try session.first("SELECT b FROM t WHERE a > 1 ORDER BY a") { $0.text(0) } == "anna")
    #expect(try session.first("SELECT b FROM t WHERE a > 9") { $0.text(0) } == nil)
    #expect(try session.count("SELECT count(*) FROM t WHERE b = \(Value.text("Anna"))") == 1)
    try session.execute("UPDATE t SET c = b WHERE a <= \(Value.integer(3))")
    #expect(session.changes == 3)
  }

  @Test("The fragments mean the same", arguments: TestEngine.available)
  func fragments(engine: TestEngine) throws {
    let session = try open(engine)
    func texts(_ sql: SQLStatement) throws -> [String] { try session.rows(sql) { $0.text(0) } }
    #expect(
      try texts("SELECT b FROM t ORDER BY \(SQLFragment.bytewise("b"))")
        == ["Anna", "Zoé", "anna", "Über"])
    try session.execute("UPDATE t SET c = b WHERE a < 3")
    #expect(
      try session.rows(
        """
        SELECT a FROM t
        WHERE \(SQLFragment.different("c", "NULL")) AND \(SQLFragment.same("b", "c")) ORDER BY a
        """
      ) { $0.int(0) } == [1, 2])
    #expect(
      try texts(
        """
        SELECT \(SQLFragment.joinedTexts("x.b", separator: "+"))
        FROM (SELECT b FROM t WHERE a < 3 ORDER BY a) AS x
        """) == ["Zoé+anna"])
    #expect(try session.count("SELECT \(SQLFragment.position(of: "'nn'", in: "'anna'"))") == 2)
    #expect(try session.count("SELECT \(SQLFragment.position(of: "'x'", in: "'anna'"))") == 0)
    #expect(
      try texts("SELECT \(SQLFragment.hexadecimal("\(Value.blob([1, 0xab]))"))") == ["01ab"])
    let object = try texts(
      "SELECT \(SQLFragment.object([.init("it's", "b"), .init("n", "a")])) FROM t WHERE a = 2")
    #expect(object.map { $0.filter { $0 != " " } } == ["{\"it's\":\"anna\",\"n\":2}"])
    #expect(
      try session.rows(
        """
        SELECT \(SQLFragment.holds("a > 2", else: false)), \(SQLFragment.holds("c = 'x'", else: true))
        FROM t ORDER BY a
        """
      ) { "\($0.bool(0)) \($0.bool(1))" } == [
        "false false", "false false", "true true", "true true",
      ])
    #expect(try texts("SELECT \(SQLFragment.now)").first?.isEmpty == false)
    try session.execute("CREATE TEMPORARY TABLE t2 (a integer)")
    try session.execute("INSERT INTO \(SQLFragment.temporary("t2")) VALUES (1)")
    #expect(try session.count("SELECT count(*) FROM \(SQLFragment.temporary("t2"))") == 1)
  }

  @Test("A transaction is kept or taken back", arguments: TestEngine.available)
  func transactions(engine: TestEngine) throws {
    let session = try open(engine)
    let other = try #require(try databases.last?.open())
    struct Stop: Error {}
    try session.inTransaction { try session.execute("DELETE FROM t WHERE a = 1") }
    try session.inTransaction(commits: false) { try session.execute("DELETE FROM t") }
    #expect(throws: Stop.self) {
      try session.inTransaction {
        try session.execute("DELETE FROM t")
        throw Stop()
      }
    }
    #expect(session.isAutocommit)
    #expect(try other.count("SELECT count(*) FROM t") == 3)
  }

  @Test("A rule that a row breaks is named alike", arguments: TestEngine.available)
  func constraints(engine: TestEngine) throws {
    let session = try open(engine)
    try session.execute("CREATE TABLE u (a integer NOT NULL UNIQUE CHECK (a > 0))")
    try session.execute("INSERT INTO u VALUES (1)")
    for (statement, constraint) in [
      ("INSERT INTO u VALUES (1)", .unique), ("INSERT INTO u VALUES (NULL)", .notNull),
      ("INSERT INTO u VALUES (0)", .check),
    ] as [(SQLStatement, DatabaseError.Constraint)] {
      let error = #expect(throws: DatabaseError.self) { try session.execute(statement) }
      #expect(error?.category == .constraint(constraint))
    }
    let missing = #expect(throws: DatabaseError.self) { try session.execute("SELECT x FROM t") }
    #expect(missing?.category == .missingObject)
  }

  @Test("A statement that is stopped says so", arguments: TestEngine.available)
  func stopping(engine: TestEngine) throws {
    let session = try open(engine)
    session.watch { true }
    let error = #expect(throws: DatabaseError.self) {
      try session.count(
        """
        WITH RECURSIVE x (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM x WHERE n < 1000000000)
        SELECT count(*) FROM x
        """)
    }
    #expect(error?.isInterrupted == true)
    session.watch(nil)
    #expect(try session.count("SELECT count(*) FROM t") == 4)
  }

  @Test("The catalogue tells tables, keys, indexes and triggers", arguments: TestEngine.available)
  func catalogue(engine: TestEngine) throws {
    let session = try open(engine)
    try session.execute(
      """
      CREATE TABLE "or""der" (
        "Key" integer PRIMARY KEY, "a,b" varchar(20) NOT NULL DEFAULT 'x', u integer,
        FOREIGN KEY (u) REFERENCES t (a) ON DELETE CASCADE ON UPDATE SET NULL)
      """)
    try session.execute("CREATE UNIQUE INDEX pair ON \"or\"\"der\" (u, \"a,b\")")
    try session.execute("CREATE INDEX part ON \"or\"\"der\" (lower(\"a,b\"), u) WHERE u > 0")
    try session.execute("CREATE VIEW v AS SELECT a FROM t")
    let catalog = try session.catalog()
    #expect(catalog.tables.map(\.name) == ["or\"der", "t", "v"])
    #expect(catalog.table("v")?.kind == .view)
    let table = try #require(catalog.table("or\"der"))
    #expect(table.kind == .table && table.primaryKey == ["Key"])
    #expect(table.columns.map(\.name) == ["Key", "a,b", "u"])
    #expect(table.columns.map(\.isNullable) == [false, false, true])
    #expect(table.column("a,b")?.defaultValue?.hasPrefix("'x'") == true)
    #expect(
      table.foreignKeys == [
        .init(
          columns: ["u"], table: "t", targets: ["a"], onDelete: .cascade, onUpdate: .setNull,
          isDeferrable: false)
      ])
    let indexes = table.indexes.filter { ["pair", "part"].contains($0.name) }
    #expect(
      indexes == [
        .init(name: "pair", columns: ["u", "a,b"], isUnique: true, isPartial: false),
        .init(name: "part", columns: [nil, "u"], isUnique: false, isPartial: true),
      ])
    #expect(table.isUnique(["u", "a,b"]) && table.isUnique(["Key"]) && !table.isUnique(["u"]))
  }
}
