import Database
import DatabasePostgres
import TestSupport
import Testing

@testable import CompanyAccess

/// Random writes of an application and of this program, and every state afterwards: the record says
/// of each moment what a snapshot said at the time.
@Suite(.enabled(if: PostgresServer.isInstalled, Comment(rawValue: PostgresServer.missing)))
struct RecordModelTests {
  private static let count = Sweep.number("COMPANY_ACCESS_SERVER_HISTORIES", sample: 10, full: 250)
  private static let seeds = (1...UInt64(count)).map { Sweep.seed &* 1_000 &+ $0 }

  @Test("Every moment is as it was", arguments: seeds)
  func histories(seed: UInt64) throws {
    let isDeferrable = seed % 2 == 0
    let fixture = try RecordFixture(isDeferrable: isDeferrable, isFilled: false)
    let writer = RandomWriter(
      try fixture.application(), seed: seed, isDeferrable: isDeferrable)
    let desk = try RandomDesk(fixture, seed: seed)
    var dice = Dice(seed: ~seed)
    var snapshots: [Int64: Set<String>] = [:]
    var committed = 0
    for _ in 1...200 {
      let outcome = dice.chance(25) ? try desk.transaction() : try writer.transaction()
      guard outcome == "committed" else { continue }
      committed += 1
      let number = try fixture.newest().number
      let present = try RecordFixture.present(fixture.owner)
      // What changes nothing that is recorded has no change.
      #expect(snapshots[number, default: present] == present, "after change \(number)")
      snapshots[number] = present
    }
    #expect(committed > 100 && writer.done.count > 20 && desk.done.count > 2)
    for (number, present) in snapshots {
      let difference = try RecordFixture.moment(number, fixture.owner).symmetricDifference(present)
      #expect(difference.isEmpty, "moment \(number) of seed \(seed)")
    }
    #expect(try fixture.faults().isEmpty)
  }
}
