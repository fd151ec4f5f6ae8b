import Database
import DatabasePostgres
import TestSupport
import Testing

@Suite(.enabled(if: PostgresServer.isInstalled, Comment(rawValue: PostgresServer.missing)))
struct PostgresTransactionTests {
  let database: PostgresDatabase
  let connection: PostgresConnection

  init() throws {
    database = try PostgresDatabase()
    connection = try database.open()
    try connection.run("CREATE TABLE t (a int PRIMARY KEY)")
  }

  private var count: Int { get throws { try connection.count("SELECT count(*) FROM t") } }

  @Test("A transaction is kept whole, or rolled back for an error or a rehearsal")
  func wholeOrNothing() throws {
    struct Stop: Error {}
    try connection.inTransaction { try connection.execute("INSERT INTO t VALUES (1)") }
    #expect(throws: Stop.self) {
      try connection.inTransaction {
        try connection.execute("INSERT INTO t VALUES (2)")
        throw Stop()
      }
    }
    try connection.inTransaction(commits: false) {
      try connection.execute("INSERT INTO t VALUES (3)")
      #expect(try count == 2)
    }
    #expect(try count == 1 && connection.isAutocommit)
  }

  @Test("A rehearsal meets what COMMIT would refuse")
  func rehearsal() throws {
    try connection.run("CREATE TABLE c (a int REFERENCES t DEFERRABLE INITIALLY DEFERRED)")
    for commits in [true, false] {
      let error = #expect(throws: DatabaseError.self) {
        try connection.inTransaction(commits: commits) {
          try connection.execute("INSERT INTO c VALUES (9)")
        }
      }
      #expect(error?.category == .constraint(.foreignKey))
    }
  }

  @Test("A transaction of which a statement failed is not taken for committed")
  func swallowedError() throws {
    #expect(throws: DatabaseError.self) {
      try connection.inTransaction {
        try connection.execute("INSERT INTO t VALUES (1)")
        try? connection.execute("INSERT INTO t VALUES (1)")
      }
    }
    #expect(try count == 0)
  }

  @Test("An error at a savepoint takes back what came after it only")
  func savepoint() throws {
    try connection.inTransaction {
      try connection.execute("INSERT INTO t VALUES (1)")
      #expect(throws: DatabaseError.self) {
        try connection.atSavepoint {
          try connection.execute("INSERT INTO t VALUES (2)")
          try connection.execute("INSERT INTO t VALUES (1)")
        }
      }
    }
    #expect(try count == 1)
  }

  @Test("All that is read together is of one moment, and nothing can be written")
  func snapshot() throws {
    let other = try database.open()
    try connection.reading {
      #expect(try count == 0)
      try other.execute("INSERT INTO t VALUES (1)")
      #expect(try count == 0)
    }
    #expect(try count == 1)
    let error = #expect(throws: DatabaseError.self) {
      try connection.reading { try connection.execute("INSERT INTO t VALUES (2)") }
    }
    #expect(error?.category == .readOnly(.permissions))
  }

  @Test("What begins a transaction that writes comes before its snapshot")
  func beforeTheSnapshot() throws {
    try connection.run("CREATE TABLE write_order (a int PRIMARY KEY)")
    connection.beforeWriting = ["LOCK TABLE write_order IN EXCLUSIVE MODE"]
    let other = try database.open()
    try connection.inTransaction {
      try other.execute("INSERT INTO t VALUES (1)")
      #expect(try count == 1)
      try other.execute("INSERT INTO t VALUES (2)")
      #expect(try count == 1)
      let error = #expect(throws: DatabaseError.self) {
        try other.run("SET lock_timeout = '10ms'; LOCK TABLE write_order IN EXCLUSIVE MODE")
      }
      #expect(error?.isBusy == true)
    }
  }

  @Test("A transaction that met another one is done again, and any other failure is not")
  func retries() throws {
    let other = try database.open()
    try connection.run("INSERT INTO t VALUES (1)")
    var attempts = 0
    try connection.retrying {
      attempts += 1
      try connection.inTransaction {
        _ = try count
        if attempts < 4 { try other.execute("UPDATE t SET a = a + 1") }
        try connection.execute("UPDATE t SET a = a * 100")
      }
    }
    #expect(attempts == 4)
    #expect(try connection.count("SELECT a FROM t") == 400)
    func failing(for limit: Int) -> DatabaseError? {
      attempts = 0
      return #expect(throws: DatabaseError.self) {
        try connection.retrying(for: limit) {
          attempts += 1
          try connection.inTransaction {
            _ = try count
            try other.execute("UPDATE t SET a = a + 1")
            try connection.execute("UPDATE t SET a = 0")
          }
        }
      }
    }
    #expect(failing(for: 0)?.category == .conflict && attempts == 1)
    connection.watch { attempts > 2 }
    #expect(failing(for: 60_000)?.category == .conflict && attempts == 3)
    connection.watch(nil)
    attempts = 0
    #expect(throws: DatabaseError.self) {
      try connection.retrying {
        attempts += 1
        try connection.inTransaction { try connection.execute("SELECT 1 / 0") }
      }
    }
    #expect(attempts == 1)
  }

  @Test("A connection that is cut says so, at once and while rows come")
  func lostConnection() throws {
    let other = try database.open()
    func cut() throws {
      try other.execute(
        """
        SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid()
        """)
    }
    try cut()
    let first = #expect(throws: DatabaseError.self) { try connection.execute("SELECT 1") }
    #expect(first?.isConnectionLost == true && !connection.isOpen)
    let second = #expect(throws: DatabaseError.self) { try connection.execute("SELECT 1") }
    #expect(second?.isConnectionLost == true)

    let reader = try database.open()
    let third = #expect(throws: DatabaseError.self) {
      try reader.forEach("SELECT g FROM generate_series(1, 10000000) AS g") { row in
        if row.int(0) == 1 { try cut() }
      }
    }
    #expect(third?.isConnectionLost == true)
    let writer = try database.open()
    let fourth = #expect(throws: DatabaseError.self) {
      try writer.inTransaction {
        try writer.execute("INSERT INTO t VALUES (5)")
        try cut()
      }
    }
    #expect(fourth?.category == .outcomeUnknown)
    #expect(try other.count("SELECT count(*) FROM t") == 0)
  }
}
