import Database
import DatabasePostgres
import Synchronization
import TestSupport
import Testing

@testable import CompanyAccess

/// Several sessions of the application and of this program that write at the same time, while another
/// one takes snapshots: the newest change and the three tables, as of one moment.
@Suite(.enabled(if: PostgresServer.isInstalled, Comment(rawValue: PostgresServer.missing)))
struct RecordConcurrencyTests {
  /// How many sessions write: a quarter of them of this program, the others of the application.
  private static let writers = Sweep.number("COMPANY_ACCESS_SERVER_WRITERS", sample: 5, full: 8)

  @Test(
    "Every moment is as a snapshot saw it, in the order of the commits", arguments: [false, true])
  func writersAtOnce(isDeferrable: Bool) throws {
    let fixture = try RecordFixture(isDeferrable: isDeferrable)
    // The writers meet each other, too.
    let name = fixture.database.name
    try fixture.owner.run("ALTER DATABASE \(name) SET deadlock_timeout = '50ms'")
    let snapshots = Mutex<[Int64: Set<String>]>([:])
    let unequal = Mutex<[Int64]>([])
    let ours = max(1, Self.writers / 4)
    let working = Atomic<Int>(Self.writers)
    nonisolated(unsafe) let shared = fixture
    let outcomes = Mutex<[String: Int]>([:])
    @Sendable func count(_ outcome: String) { outcomes.withLock { $0[outcome, default: 0] += 1 } }
    let applications = (1...Self.writers - ours).map { number -> @Sendable () throws -> Void in
      {
        defer { working.subtract(1, ordering: .acquiringAndReleasing) }
        let writer = RandomWriter(
          try shared.application("shop \(number)"), seed: UInt64(number), isDeferrable: isDeferrable
        )
        for _ in 1...60 { count("shop \(try writer.transaction())") }
      }
    }
    let desks = (1...ours).map { number -> @Sendable () throws -> Void in
      {
        defer { working.subtract(1, ordering: .acquiringAndReleasing) }
        let desk = try RandomDesk(shared, seed: UInt64(8 + number))
        for _ in 1...60 { count("desk \(try desk.transaction())") }
      }
    }
    let errors = runTogether(
      applications + desks + [
        {
          let monitor = try shared.database.open()
          while working.load(ordering: .acquiring) > 0 {
            let (number, present) = try monitor.retrying {
              try monitor.reading {
                // Rows that TRUNCATE takes are gone for an older snapshot, too, so none may come between.
                try monitor.execute("LOCK TABLE users, companies, access IN ACCESS SHARE MODE")
                return (
                  try monitor.count("SELECT coalesce(max(id), 0) FROM company_access.change"),
                  try RecordFixture.present(monitor)
                )
              }
            }
            let before = snapshots.withLock { kept in
              defer { kept[Int64(number)] = present }
              return kept[Int64(number)]
            }
            if let before, before != present { unequal.withLock { $0.append(Int64(number)) } }
          }
        }
      ])
    #expect(errors.isEmpty)
    #expect(unequal.withLock { $0 }.isEmpty)
    for (number, present) in snapshots.withLock({ $0 }) {
      let difference = try RecordFixture.moment(number, fixture.owner).symmetricDifference(present)
      #expect(difference.isEmpty, "moment \(number)")
    }
    #expect(try fixture.agrees() && fixture.faults().isEmpty)
    let counts = outcomes.withLock { $0 }
    #expect(counts["shop committed", default: 0] > 60 && counts["desk committed", default: 0] > 0)
    // Whatever an application met is what it would meet without the record.
    let known =
      ["committed", "rolled back", "40001", "40P01"].map { "shop \($0)" }
      + (isDeferrable ? ["shop 23503"] : [])
    #expect(Set(counts.keys).filter { $0.hasPrefix("shop") }.isSubset(of: known), "\(counts)")
  }
}
