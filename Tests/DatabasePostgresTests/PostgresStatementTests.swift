import Database
import DatabasePostgres
import Synchronization
import TestSupport
import Testing

@Suite(.enabled(if: PostgresServer.isInstalled, Comment(rawValue: PostgresServer.missing)))
struct PostgresStatementTests {
  let database: PostgresDatabase
  let connection: PostgresConnection

  init() throws {
    database = try PostgresDatabase()
    connection = try database.open()
  }

  @Test("The server keeps a bounded number of compiled statements")
  func boundedCache() throws {
    for number in 1...200 {
      #expect(try connection.count("SELECT \(number) + \(Value.integer(1))") == number + 1)
    }
    #expect(connection.keptStatements == 64)
    let atServer = try connection.count("SELECT count(*) FROM pg_prepared_statements")
    #expect(atServer <= 65)
  }

  @Test("One text with values of other kinds is another statement")
  func kindsOfValues() throws {
    func echo(_ value: Value) throws -> Value? {
      try connection.first("SELECT coalesce(\(value), NULL)") { $0.value(0) }
    }
    #expect(try echo(.integer(5)) == .integer(5))
    #expect(try echo(.text("five")) == .text("five"))
    #expect(try echo(.real(0.5)) == .real(0.5))
    #expect(try echo(.integer(6)) == .integer(6))
  }

  @Test("A query may be asked for each row of another one", arguments: [3, 3_000])
  func nestedQueries(rows: Int) throws {
    var sums: [Int] = []
    try connection.forEach("SELECT g FROM generate_series(1, \(rows)) AS g") { row in
      let number = row.int(0)
      try connection.forEach("SELECT x FROM generate_series(1, 2) AS x") { inner in
        sums.append(number * 10 + inner.int(0))
      }
    }
    #expect(sums.count == 2 * rows && sums.last == rows * 10 + 2 && sums.first == 11)
  }

  @Test("An error in the last rows of an outer query is not lost when they are kept")
  func failureInKeptRows() throws {
    var count = 0
    let error = #expect(throws: DatabaseError.self) {
      try connection.forEach("SELECT 1 / (3 - g) FROM generate_series(1, 3) AS g") { _ in
        count += 1
        _ = try connection.count("SELECT 1")
      }
    }
    #expect(error?.state == "22012" && count == 2)
    #expect(try connection.count("SELECT 5") == 5)
  }

  @Test("A session goes on after the body of a query has thrown", arguments: [false, true])
  func throwingBody(inTransaction: Bool) throws {
    struct Enough: Error {}
    func read() throws {
      #expect(throws: Enough.self) {
        try connection.forEach("SELECT g FROM generate_series(1, 20000) AS g") { row in
          if row.int(0) == 3 { throw Enough() }
        }
      }
      #expect(try connection.count("SELECT 5") == 5)
    }
    if inTransaction { try connection.inTransaction { try read() } } else { try read() }
  }

  @Test("A table that changed its columns is read with a statement compiled anew")
  func outdatedStatement() throws {
    try connection.run("CREATE TABLE t (a int); INSERT INTO t VALUES (1)")
    func read() throws -> [String] { try connection.rows("SELECT * FROM t") { $0.text(0) } }
    #expect(try read() == ["1"])
    try connection.run("ALTER TABLE t ALTER a TYPE text USING 'x' || a")
    #expect(try read() == ["x1"])
    try connection.run("DEALLOCATE ALL")
    #expect(try read() == ["x1"])
    try connection.run("ALTER TABLE t ADD b int")
    let error = #expect(throws: DatabaseError.self) {
      try connection.inTransaction { _ = try read() }
    }
    #expect(error?.isWorthRetrying == true)
    #expect(try connection.inTransaction { try read() } == ["x1"])
  }

  @Test("The number of changed rows is told")
  func changedRows() throws {
    try connection.run("CREATE TABLE t (a int)")
    try connection.execute("INSERT INTO t SELECT g FROM generate_series(1, 5) AS g")
    #expect(connection.changes == 5)
    try connection.execute("DELETE FROM t WHERE a > \(Value.integer(3))")
    #expect(connection.changes == 2)
  }

  @Test("A statement that runs ends as stopped when another thread says so")
  func cancellation() throws {
    let shallStop = Atomic<Bool>(false)
    connection.watch { shallStop.load(ordering: .relaxed) }
    nonisolated(unsafe) let connection = connection
    let errors = runTogether([
      { try connection.execute("SELECT pg_sleep(600)") },
      { shallStop.store(true, ordering: .relaxed) },
    ])
    #expect((errors.first as? DatabaseError)?.isInterrupted == true && errors.count == 1)
    shallStop.store(false, ordering: .relaxed)
    #expect(try connection.count("SELECT 3") == 3)
  }

  @Test("One that waits for a lock ends so too, and one that sends rows")
  func cancellationElsewhere() throws {
    try connection.run("CREATE TABLE t (a int)")
    let other = try database.open()
    try other.run("BEGIN; LOCK TABLE t")
    connection.watch { true }
    let waiting = #expect(throws: DatabaseError.self) { try connection.execute("DELETE FROM t") }
    #expect(waiting?.isInterrupted == true)
    let sending = #expect(throws: DatabaseError.self) {
      try connection.forEach("SELECT g FROM generate_series(1, 100000000) AS g") { _ in }
    }
    #expect(sending?.isInterrupted == true)
    connection.watch(nil)
    #expect(try connection.count("SELECT 3") == 3)
  }

  @Test("A stopped transaction leaves nothing, and the session goes on")
  func cancelledTransaction() throws {
    try connection.run("CREATE TABLE t (a int)")
    let error = #expect(throws: DatabaseError.self) {
      try connection.inTransaction {
        try connection.execute("INSERT INTO t VALUES (1)")
        connection.watch { true }
        try connection.execute("SELECT pg_sleep(600)")
      }
    }
    #expect(error?.isInterrupted == true)
    connection.watch(nil)
    #expect(try connection.count("SELECT count(*) FROM t") == 0)
  }
}
