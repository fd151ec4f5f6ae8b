import Database
import DatabasePostgres
import Synchronization
import TestSupport
import Testing

@testable import CompanyAccess

/// How this program writes on PostgreSQL: table and record at once, beside the application.
@Suite(.enabled(if: PostgresServer.isInstalled, Comment(rawValue: PostgresServer.missing)))
struct RecordOwnWritesTests {
  private typealias Fixture = RecordFixture

  @Test("The triggers stand back for a statement of this program, and for that alone")
  func ownStatements() throws {
    let fixture = try Fixture()
    let desk = try fixture.desk()
    try desk.inTransaction {
      let change = try PostgresRecord.beginChange(
        desk, actor: "maria@hq", origin: "desk", action: "bulk-grant", ticket: "T-1")
      try PostgresRecord.withoutTriggers(desk) {
        try desk.execute(
          fixture.record.adding(
            "SELECT u.id, k.id FROM users AS u CROSS JOIN companies AS k WHERE u.id < 5", change))
        #expect(desk.changes == 8)
      }
      // By the triggers again, with the same change.
      try desk.execute("DELETE FROM users WHERE id = 1")
    }
    #expect(try fixture.agrees())
    #expect(try fixture.newest().actor == "maria@hq")
    try desk.inTransaction {
      let change = try PostgresRecord.beginChange(
        desk, actor: "maria@hq", origin: "desk", action: "bulk-revoke")
      try PostgresRecord.withoutTriggers(desk) {
        try desk.execute(fixture.record.removing("x.user_id = \(Value.integer(2))", change))
      }
    }
    #expect(try fixture.agrees())
    #expect(try fixture.owner.count("SELECT count(*) FROM company_access.current_grant") == 4)
  }

  @Test("While a statement writes both, no trigger on grants runs", arguments: [false, true])
  func triggersStandBack(ours: Bool) throws {
    let fixture = try Fixture()
    let desk = try fixture.desk()
    try desk.inTransaction(commits: false) {
      let change = try PostgresRecord.beginChange(
        desk, actor: "maria@hq", origin: "desk", action: "bulk-grant")
      let adding = fixture.record.adding(
        "SELECT u.id, k.id FROM users AS u CROSS JOIN companies AS k", change)
      let removing = fixture.record.removing("TRUE", change)
      var lines: [String] = []
      func write() throws {
        lines = try desk.rows("EXPLAIN (ANALYZE) \(adding)") { $0.text(0) }
        lines += try desk.rows("EXPLAIN (ANALYZE) \(removing)") { $0.text(0) }
      }
      if ours { try PostgresRecord.withoutTriggers(desk, write) } else { try write() }
      #expect(lines.contains { $0.contains("for constraint") })
      #expect(lines.contains { $0.contains("_company_access_") } == !ours, "\(lines)")
    }
  }

  @Test("Where each holds what the other wants, the desk gives way and the application commits")
  func noDeadlockForTheApplication() throws {
    let fixture = try Fixture()
    let desk = try fixture.desk()
    // The application's session finds the deadlock, several times before the desk has given way; the
    // desk's own would not.
    try desk.run("SET deadlock_timeout = '60s'")
    try fixture.owner.run("ALTER DATABASE \(fixture.database.name) SET deadlock_timeout = '100ms'")
    let shop = try fixture.application()
    try shop.run("BEGIN; UPDATE users SET username = 'x' WHERE id = 1")
    nonisolated(unsafe) let (one, other) = (shop, desk)
    let hasBegun = Atomic<Bool>(false)
    let answers = Mutex<[String: String]>([:])
    let errors = runTogether([
      {
        do {
          try other.inTransaction {
            _ = try PostgresRecord.beginChange(
              other, actor: "maria", origin: "desk", action: "delete")
            hasBegun.store(true, ordering: .releasing)
            try other.execute("DELETE FROM users WHERE id = 1")
          }
        } catch let error as DatabaseError { answers.withLock { $0["desk"] = error.state } }
      },
      {
        while !hasBegun.load(ordering: .acquiring) {}
        let answer = one.attempt("COMMIT")
        answers.withLock { $0["shop"] = answer }
      },
    ])
    #expect(errors.isEmpty && answers.withLock { $0 } == ["shop": "ok", "desk": "55P03"])
    #expect(try fixture.agrees())
  }
}
