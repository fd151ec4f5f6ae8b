import Database
import TestSupport
import Testing

@Suite struct TransactionTests {
  struct Refusal: Error {}

  let folder: TemporaryFolder
  let connection: Connection

  init() throws {
    folder = try TemporaryFolder()
    connection = try Connection(path: folder.file("a.db"), mode: .create)
    try connection.execute("CREATE TABLE t (v)")
  }

  func another() throws -> Connection {
    try Connection(path: connection.path, mode: .readWrite)
  }

  @Test func isAllOrNothing() throws {
    #expect(throws: Refusal.self) {
      try connection.inTransaction {
        try connection.execute("INSERT INTO t VALUES (1)")
        throw Refusal()
      }
    }
    #expect(try connection.count("SELECT count(*) FROM t") == 0)
    #expect(connection.isAutocommit)
    try connection.inTransaction { try connection.execute("INSERT INTO t VALUES (1)") }
    #expect(try another().count("SELECT count(*) FROM t") == 1)
  }

  @Test("What is taken back has met all that a commit would have met")
  func takenBackInsteadOfCommitted() throws {
    try connection.execute(
      """
      CREATE TABLE child (t INTEGER REFERENCES parent (id) DEFERRABLE INITIALLY DEFERRED);
      CREATE TABLE parent (id INTEGER PRIMARY KEY)
      """)
    let count = try connection.inTransaction(commits: false) {
      try connection.execute("INSERT INTO child VALUES (1); INSERT INTO parent VALUES (1)")
      return try connection.count("SELECT count(*) FROM child")
    }
    #expect(count == 1)
    #expect(try connection.count("SELECT count(*) FROM child") == 0)
    #expect(connection.isAutocommit)
    for commits in [true, false] {
      let error = #expect(throws: DatabaseError.self) {
        try connection.inTransaction(commits: commits) {
          try connection.execute("INSERT INTO child VALUES (2)")
        }
      }
      #expect(error?.isConstraint == true && error?.message == "FOREIGN KEY constraint failed")
      #expect(connection.isAutocommit)
    }
    #expect(try connection.count("SELECT count(*) FROM child") == 0)
  }

  @Test func readingSeesOneState() throws {
    let other = try another()
    try connection.reading {
      let before = try connection.count("SELECT count(*) FROM t")
      other.busyTimeout = 0
      // In a rollback journal a reader holds off the commit.
      #expect(throws: DatabaseError.self) { try other.execute("INSERT INTO t VALUES (1)") }
      let after = try connection.count("SELECT count(*) FROM t")
      #expect(before == 0 && after == 0)
    }
    #expect(connection.isAutocommit)
    try other.execute("INSERT INTO t VALUES (1)")
  }

  @Test func saysBusyWhenTheTimeIsUp() throws {
    let other = try another()
    other.busyTimeout = 0
    try connection.inTransaction {
      let error = #expect(throws: DatabaseError.self) { try other.inTransaction {} }
      #expect(error?.isBusy == true)
    }
    try other.inTransaction {}
  }

  @Test func waitingEndsWhenNobodyWantsItAnyMore() throws {
    let other = try another()
    other.busyTimeout = 3_600_000
    var asked = 0
    other.watch {
      asked += 1
      return asked == 3
    }
    try connection.inTransaction {
      let error = #expect(throws: DatabaseError.self) { try other.inTransaction {} }
      #expect(error?.isBusy == true)
    }
    #expect(asked == 3)
  }

  @Test func aWatcherStopsAWriteAndTheWholeTransaction() throws {
    try connection.execute("INSERT INTO t VALUES (0)")
    connection.watch(everyOperations: 100) { true }
    let error = #expect(throws: DatabaseError.self) {
      try connection.inTransaction {
        try connection.execute(
          """
          INSERT INTO t WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n
            LIMIT 100000) SELECT i FROM n
          """)
      }
    }
    #expect(error?.isInterrupted == true)
    connection.watch(nil)
    #expect(try connection.count("SELECT count(*) FROM t") == 1)
    try connection.inTransaction { try connection.execute("INSERT INTO t VALUES (1)") }
  }

  @Test func foreignKeysAreNotSwitchedInATransaction() throws {
    #expect(throws: DatabaseError.self) {
      try connection.inTransaction { try connection.setForeignKeys(false) }
    }
    try connection.setForeignKeys(false)
    #expect(try connection.foreignKeys() == false)
  }

  @Test func dataVersionMovesWithTheCommitsOfOthers() throws {
    let other = try another()
    let before = try connection.dataVersion()
    try connection.execute("INSERT INTO t VALUES (1)")
    #expect(try connection.dataVersion() == before)
    try other.execute("INSERT INTO t VALUES (2)")
    #expect(try connection.dataVersion() != before)
  }
}

@Suite struct FunctionTests {
  struct Refusal: Error, CustomStringConvertible { var description: String { "I will not" } }

  let folder: TemporaryFolder
  let connection: Connection

  init() throws {
    folder = try TemporaryFolder()
    connection = try Connection(path: folder.file("a.db"), mode: .create)
  }

  @Test func takesAndGivesEveryKindOfValue() throws {
    try connection.register(function: "same", arguments: 1, deterministic: true) { $0[0] }
    let values: [Value] = [
      .null, .integer(-1), .real(0.5), .text(""), .text("a\0b"), .text("\u{142}"), .blob([]),
      .blob([1, 0]),
    ]
    for value in values {
      let answer = try connection.first("SELECT same(?), typeof(same(?1))", [value]) {
        $0.value(0)
      }
      #expect(answer == value)
    }
  }

  @Test func itsErrorIsTheErrorOfTheStatement() throws {
    try connection.register(function: "never", arguments: 0, deterministic: false) { _ in
      throw Refusal()
    }
    let error = #expect(throws: DatabaseError.self) { try connection.execute("SELECT never()") }
    #expect(error?.message == "I will not")
  }

  @Test func cannotBeCalledFromASchema() throws {
    try connection.register(function: "same", arguments: 1, deterministic: true) { $0[0] }
    try connection.execute(
      "CREATE TABLE t (v); CREATE TRIGGER r AFTER INSERT ON t BEGIN SELECT same(1); END")
    #expect(throws: DatabaseError.self) { try connection.execute("INSERT INTO t VALUES (1)") }
  }
}

@Suite struct CopyTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test func copiesEverythingAndReportsPages() throws {
    let source = try Connection(path: folder.file("a.db"), mode: .create)
    try source.execute("CREATE TABLE t (v)")
    for _ in 0..<50 { try source.execute("INSERT INTO t VALUES (randomblob(1000))") }
    let target = try Connection(path: folder.file("b.db"), mode: .create)
    var left: [Int] = []
    try source.copy(into: target, pages: 5) { remaining, total in
      left.append(remaining)
      return total >= remaining
    }
    #expect(left.count > 2 && left == left.sorted(by: >))
    #expect(
      try target.rows("SELECT v FROM t") { $0.bytes(0) }
        == source.rows("SELECT v FROM t") { $0.bytes(0) })
  }

  @Test func aStoppedCopyLeavesTheTargetAsItWas() throws {
    let source = try Connection(path: folder.file("a.db"), mode: .create)
    try source.execute("CREATE TABLE t (v)")
    for _ in 0..<50 { try source.execute("INSERT INTO t VALUES (randomblob(1000))") }
    let target = try Connection(path: folder.file("b.db"), mode: .create)
    try target.execute("CREATE TABLE mine (v); INSERT INTO mine VALUES (7)")
    let error = #expect(throws: DatabaseError.self) {
      try source.copy(into: target, pages: 1) { _, _ in false }
    }
    #expect(error?.isInterrupted == true)
    #expect(try target.count("SELECT v FROM mine") == 7)
  }
}
