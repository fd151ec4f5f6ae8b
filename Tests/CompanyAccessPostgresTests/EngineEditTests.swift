import Database
import DatabasePostgres
import Synchronization
import TestSupport
import Testing

@testable import CompanyAccess

/// What the grid stages and the policy, on both engines.
@Suite struct EngineEditTests {
  private func edit(
    _ users: [Int64], _ companies: [CompanyID], grants: Bool
  ) -> PairEdit {
    PairEdit(
      users: .these(users.map { UserID($0) }), companies: .these(companies), grants: grants)
  }

  @Test(
    "Edits are counted, planned and carried out, a later one counting more",
    arguments: TestEngine.available)
  func edits(engine: TestEngine) throws {
    let desk = try EngineStore(engine)
    _ = try desk.grant([1, 2], [1])
    let edits = [
      PairEdit(
        users: .matching(UserQuery(), except: []), companies: .these([desk.company(2)]),
        grants: true),
      edit([2], [desk.company(1), desk.company(2)], grants: false),
      edit([1], [desk.company(1)], grants: true),
    ]
    let tally = try desk.store.tally(edits)
    #expect(tally.added == 2 && tally.removed == 1 && tally.usersLeftWithNone == 1)
    let plan = try desk.store.plan(.edits(edits))
    #expect(plan.added == 2 && plan.removed == 1 && plan.unchanged == 2)
    #expect(
      plan.pairs.map { "\($0.user.id) \($0.outcome)" } == ["1 granted", "2 revoked", "3 granted"])
    #expect(plan.usersLeftWithNone.first.map(\.username) == ["anna"])
    let result = try desk.store.apply(plan)
    #expect(result.added == 2 && result.removed == 1)
    #expect(try desk.pairs() == ["1 1", "1 2", "3 2"])
    #expect(try desk.store.changes(ChangeQuery(), limit: 1).first?.action == .grantAndRevoke)
    _ = try desk.apply(.undo(try #require(result.change), overwrite: false))
    #expect(try desk.pairs() == ["1 1", "2 1"])
    #expect(throws: AccessError.noSuchUser(UserID(9))) {
      try desk.store.plan(.edits([edit([9], [desk.company(1)], grants: true)]))
    }
  }

  @Test("A policy is set, enforced and undone", arguments: TestEngine.available)
  func policy(engine: TestEngine) throws {
    let desk = try EngineStore(engine)
    let change = try #require(
      try desk.apply(.policy(Policy(requiresTicket: [.grant])), ChangeReason(ticket: "T-1")).change)
    #expect(try desk.store.policy().ticketActions == [.grant])
    #expect(throws: AccessError.ticketRequired([.grant])) { try desk.grant([1], [1]) }
    _ = try desk.apply(.undo(change, overwrite: false))
    #expect(try desk.grant([1], [1]).added == 1)
  }

  @Test("Grants of missing users are revoked as former ones", arguments: TestEngine.available)
  func former(engine: TestEngine) throws {
    let desk = try EngineStore(engine)
    _ = try desk.grant([1, 2], [1, 2])
    if engine == .postgres {
      // As a program that has no foreign keys leaves them.
      try desk.other.execute(
        """
        BEGIN; SET LOCAL session_replication_role = replica; DELETE FROM hrm_users WHERE id = 2;
        COMMIT
        """)
    } else {
      try desk.other.execute("PRAGMA foreign_keys = OFF; DELETE FROM hrm_users WHERE id = 2")
    }
    let plan = try desk.store.plan(.revokeFormer)
    #expect(plan.removed == 2)
    #expect(try desk.store.apply(plan).removed == 2)
    #expect(try desk.pairs() == ["1 1", "1 2"])
    #expect(try desk.store.coverage().orphans == 0)
  }
}

/// A store whose session has gone.
@Suite(.enabled(if: PostgresServer.isInstalled, Comment(rawValue: PostgresServer.missing)))
struct LostSessionTests {
  private static func endSessions(of location: String) throws {
    let other = try PostgresConnection(try ServerLogin(location, password: nil).location)
    try other.execute(
      """
      SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
      WHERE datname = current_database() AND pid <> pg_backend_pid()
      """)
  }

  @Test("The next question and the next write go over another session")
  func another() throws {
    let desk = try EngineStore(.postgres)
    let plan = try desk.store.plan(.grant(.these([UserID(1)]), .these([desk.company(1)])))
    try Self.endSessions(of: desk.location)
    #expect(try desk.store.coverage().grants == 0)
    try Self.endSessions(of: desk.location)
    #expect(try desk.store.apply(plan).added == 1)
    #expect(try desk.pairs() == ["1 1"])
  }

  @Test("What had begun to answer is not asked again")
  func begun() throws {
    let desk = try EngineStore(.postgres)
    let seen = Sightings()
    let location = desk.location
    let error = #expect(throws: AccessError.self) {
      try desk.store.read { session in
        try session.forEach("SELECT g FROM generate_series(1, 200000) AS g" as SQLStatement) {
          if $0.integer(0) == 1 {
            seen.count.add(1, ordering: .relaxed)
            try Self.endSessions(of: location)
          }
        }
      }
    }
    guard case .serverUnavailable? = error else {
      return #expect(Bool(false), "\(String(describing: error))")
    }
    #expect(seen.count.load(ordering: .relaxed) == 1)
  }

  @Test("A question that waits on the server is stopped at once")
  func stopped() throws {
    let desk = try EngineStore(.postgres)
    let store = desk.store
    nonisolated(unsafe) let other = desk.other
    try other.execute("BEGIN; LOCK TABLE hrm_users IN ACCESS EXCLUSIVE MODE")
    let work = Work()
    let waiting: SQLStatement = """
      SELECT count(*) FROM pg_stat_activity
      WHERE wait_event_type = 'Lock' AND datname = current_database()
      """
    let start = Atomic<Int>(0)
    let end = Atomic<Int>(0)
    let clock = { @Sendable in Int(monotonicSeconds() * 1_000) }
    // Threads, because a task would wait until the tests leave one of theirs.
    let errors = runTogether([
      {
        defer { end.store(clock(), ordering: .releasing) }
        _ = try store.coverage(work: work)
      },
      {
        while try other.count(waiting) == 0 {
          // What a transaction sees of others is kept.
          try other.execute("SELECT pg_stat_clear_snapshot()" as SQLStatement)
        }
        start.store(clock(), ordering: .releasing)
        work.cancel()
      },
    ])
    #expect(errors.map { $0 as? AccessError } == [.cancelled])
    let milliseconds = end.load(ordering: .acquiring) - start.load(ordering: .acquiring)
    Sweep.figure("a question to a server, stopped", swept: 1, good: 1, note: "\(milliseconds) ms")
    try other.execute("COMMIT")
    #expect(try store.coverage().users == 3)
  }

  @Test("Another session is of the same database, and the password is kept")
  func sameDatabase() throws {
    let desk = try EngineStore(.postgres)
    _ = try desk.grant([1], [1])
    let other = try desk.store.another(access: .readOnly)
    #expect(other.path == desk.store.path && other.isOnServer)
    #expect(try other.coverage().grants == 1)
    #expect(ServerLocation.forCommands("postgres://a:b@h/x") == nil)
    #expect(ServerLocation.forCommands("postgres://a@h/x") == "postgres://a@h/x")
  }
}

private final class Sightings: Sendable {
  let count = Atomic<Int>(0)
}
