import Database
import DatabasePostgres
import TestSupport
import Testing

@testable import CompanyAccess

/// Random writes of an application and of this program, and every state afterwards: the record says
/// of each moment what a snapshot said at the time.
@Suite(.enabled(if: PostgresServer.isInstalled, Comment(rawValue: PostgresServer.missing)))
struct RecordModelTests {
  @Test("Every moment is as it was", arguments: 1...10 as ClosedRange<UInt64>)
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
      let outcome = dice.chance(15) ? try desk.transaction() : try writer.transaction()
      guard outcome == "committed" else { continue }
      committed += 1
      let number = try fixture.newest().number
      let present = try RecordFixture.present(fixture.owner)
      // What changes nothing that is recorded has no change.
      #expect(snapshots[number, default: present] == present, "after change \(number)")
      snapshots[number] = present
    }
    #expect(committed > 100 && writer.done.count > 20)
    for (number, present) in snapshots {
      let difference = try RecordFixture.moment(number, fixture.owner).symmetricDifference(present)
      #expect(difference.isEmpty, "moment \(number) of seed \(seed)")
    }
    #expect(try fixture.faults().isEmpty)
  }
}

/// Writes of this program, by chance.
final class RandomDesk {
  private let record: PostgresRecord
  private let session: PostgresConnection
  private var dice: Dice

  init(_ fixture: RecordFixture, seed: UInt64) throws {
    record = fixture.record
    session = try fixture.desk()
    dice = Dice(seed: seed &+ 1_000)
  }

  /// A change; "committed", or the SQLSTATE by which it was refused.
  func transaction() throws -> String {
    do {
      try session.inTransaction {
        let change = try PostgresRecord.beginChange(
          session, actor: "maria@hq", origin: "desk", action: "test")
        try write(change)
      }
      return "committed"
    } catch let error as DatabaseError {
      return error.state ?? "lost"
    }
  }

  private func write(_ change: Int64) throws {
    let (user, rest) = (Value.count(dice.number(1...14)), dice.number(0...3))
    switch dice.number(1...7) {
    case 1, 2:
      try PostgresRecord.withoutTriggers(session) {
        try session.execute(
          record.adding(
            """
            SELECT u.id, k.id FROM users AS u CROSS JOIN companies AS k
            WHERE u.id % 4 = \(rest) AND NOT EXISTS (
              SELECT FROM access AS a WHERE a.user_id = u.id AND a.company_id = k.id)
            """, change))
      }
    case 3:
      try PostgresRecord.withoutTriggers(session) {
        try session.execute(record.removing("x.user_id % 4 = \(rest)", change))
      }
    case 4: try session.execute("DELETE FROM access WHERE user_id = \(user)")
    case 5: try session.execute("DELETE FROM users WHERE id = \(user)")
    case 6:
      try session.execute(
        "INSERT INTO users (id, username) VALUES (\(user), 'desk') ON CONFLICT DO NOTHING")
    default:
      try session.execute(
        "UPDATE users SET username = username || '.' WHERE id = \(user) AND length(username) < 70")
    }
  }
}
