import Database
import Glibc
import TestSupport
import Testing

@Suite struct ConnectionTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  func open(_ name: String = "a.db", _ mode: Connection.Mode = .create) throws -> Connection {
    try Connection(path: folder.file(name), mode: mode)
  }

  @Test func memoryIsGivenBack() throws {
    let connection = try open()
    try connection.execute("CREATE TABLE t (x)")
    try connection.execute("INSERT INTO t VALUES (zeroblob(1000000))")
    _ = try connection.count("SELECT sum(length(x)) + sum(x = x'') FROM t")
    #expect(connection.cachedBytes > 500_000)
    connection.releaseMemory()
    #expect(connection.cachedBytes < 100_000)
    #expect(try connection.count("SELECT length(x) FROM t") == 1_000_000)
  }

  @Test func keepsEveryKindOfValue() throws {
    let connection = try open()
    try connection.execute("CREATE TABLE t (v)")
    let values: [Value] = [
      .null, .integer(.min), .integer(.max), .real(1.5), .text(""), .text("a\0b"),
      .text("\u{17B}\u{F3}\u{142}w"), .blob([]), .blob([0, 255]),
    ]
    for value in values { try connection.execute("INSERT INTO t VALUES (?)", [value]) }
    #expect(try connection.rows("SELECT v FROM t ORDER BY rowid") { $0.value(0) } == values)
    #expect(
      try connection.rows("SELECT typeof(v) FROM t ORDER BY rowid") { $0.text(0) } == [
        "null", "integer", "integer", "real", "text", "text", "text", "blob", "blob",
      ])
  }

  @Test func opensWithTheRulesOfTheHouse() throws {
    let connection = try open()
    #expect(try connection.count("PRAGMA foreign_keys") == 1)
    #expect(try connection.count("PRAGMA trusted_schema") == 0)
    #expect(try connection.count("PRAGMA cell_size_check") == 1)
    #expect(try connection.count("PRAGMA temp_store") == 2)
    #expect(try connection.count("PRAGMA mmap_size") == 0)
    // Defensive mode turns this pragma into nothing.
    try connection.execute("PRAGMA writable_schema = ON")
    #expect(throws: DatabaseError.self) {
      try connection.execute("UPDATE sqlite_schema SET sql = '' WHERE name = 't'")
    }
    #expect(throws: DatabaseError.self) {
      try connection.execute("SELECT load_extension('x')")
    }
  }

  @Test func neverOverwritesAndNeverInvents() throws {
    _ = try open()
    #expect(throws: DatabaseError.self) { try open("a.db", .create) }
    #expect(throws: DatabaseError.self) { try open("b.db", .readWrite) }
    #expect(access(folder.file("b.db"), F_OK) != 0)
  }

  @Test func takesAPathAsAPathAndNeverAsAURI() throws {
    let connection = try open("file:a.db?mode=ro")
    #expect(connection.path.hasSuffix("/file:a.db?mode=ro"))
    try connection.execute("CREATE TABLE t (v)")
    #expect(access(folder.file("file:a.db?mode=ro"), F_OK) == 0)
    #expect(throws: DatabaseError.self) { try open("a\0b", .create) }
  }

  @Test func resolvesSymbolicLinks() throws {
    _ = try open()
    symlink(folder.file("a.db"), folder.file("link.db"))
    #expect(try open("link.db", .readWrite).path == open("a.db", .readWrite).path)
  }

  @Test func readOnlyWritesNothing() throws {
    try open().execute("CREATE TABLE t (v)")
    let reader = try open("a.db", .readOnly)
    let error = #expect(throws: DatabaseError.self) {
      try reader.execute("INSERT INTO t VALUES (1)")
    }
    #expect(error?.isReadOnly == true)
    #expect(try reader.count("PRAGMA query_only") == 1)
  }

  @Test func errorsSayWhatAndWhere() throws {
    let connection = try open()
    try connection.execute("CREATE TABLE t (v UNIQUE)")
    try connection.execute("INSERT INTO t VALUES (1)")
    let error = #expect(throws: DatabaseError.self) {
      try connection.execute("INSERT INTO t VALUES (?)", [.integer(1)])
    }
    #expect(error?.isConstraint == true)
    #expect(error?.sql == "INSERT INTO t VALUES (?)")
    #expect(throws: DatabaseError.self) { try connection.execute("SELEC") }
    #expect(throws: DatabaseError.self) { try connection.execute("") }
  }

  @Test func aStatementMayRunWithinItself() throws {
    let connection = try open()
    try connection.execute("CREATE TABLE t (v); INSERT INTO t VALUES (1), (2)")
    var seen: [Int] = []
    try connection.forEach("SELECT v FROM t ORDER BY v") { row in
      seen.append(row.int(0))
      seen += try connection.rows("SELECT v FROM t ORDER BY v") { $0.int(0) * 10 }
    }
    #expect(seen == [1, 10, 20, 2, 10, 20])
  }

  @Test func aStatementIsReadyAgainAfterItsFirstRow() throws {
    let connection = try open()
    try connection.execute("CREATE TABLE t (v); INSERT INTO t VALUES (1), (2)")
    for _ in 0..<3 {
      #expect(try connection.first("SELECT v FROM t ORDER BY v") { $0.int(0) } == 1)
    }
    // A statement still under way would hold its lock.
    try open("a.db", .readWrite).execute("INSERT INTO t VALUES (3)")
    #expect(try connection.count("SELECT count(*) FROM t") == 3)
  }

  @Test func manyDifferentStatementsDoNotFillTheCache() throws {
    let connection = try open()
    for number in 0..<200 {
      #expect(try connection.count("SELECT \(number)") == number)
    }
  }

  /// A rule for sorting that is the application's stops no reading, and no write gets into its order.
  @Test func sortsLikeAnotherProgram() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("a.db")
    let maker = try Connection(path: path, mode: .create)
    try maker.execute("CREATE TABLE t (a TEXT); CREATE INDEX i ON t (a)")
    try maker.execute("INSERT INTO t VALUES ('b'), ('a')")
    try runSqlite3(
      path,
      """
      PRAGMA writable_schema = ON;
      UPDATE sqlite_schema SET sql = 'CREATE INDEX i ON t (a COLLATE german)' WHERE name = 'i';
      PRAGMA writable_schema = RESET
      """)
    let connection = try Connection(path: path, mode: .readWrite)
    let rows = try connection.rows("SELECT a FROM t ORDER BY a COLLATE BINARY") { $0.text(0) }
    #expect(rows == ["a", "b"])
    #expect(throws: DatabaseError.self) {
      try connection.inTransaction { try connection.execute("INSERT INTO t VALUES ('c')") }
    }
    #expect(try connection.count("SELECT count(*) FROM t NOT INDEXED") == 2)
  }
}
