import Database
import DatabasePostgres
import Testing

@testable import CompanyAccess

/// Writes of this program, by chance: statements as its writers run them, and whole plans about
/// users, companies, grants and earlier changes.
final class RandomDesk {
  private let record: PostgresRecord
  private let session: PostgresConnection
  private let mapping: SchemaMapping
  private var dice: Dice
  private var serial = 0
  /// How many plans of each kind were carried out.
  private(set) var done: [String: Int] = [:]

  init(_ fixture: RecordFixture, seed: UInt64) throws {
    record = fixture.record
    session = try fixture.desk()
    mapping = try session.reading { [session] in
      try #require(try SchemaMapping(on: session, named: RecordFixture.mapping))
    }
    dice = Dice(seed: seed &+ 1_000)
  }

  /// A change; "committed", or why it was not made.
  func transaction() throws -> String {
    do {
      if dice.chance(60) { return try carryOut() }
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

  // MARK: - Plans

  /// There was nothing to do.
  private struct Nothing: Error {}

  /// Plans something and carries it out, in one transaction.
  private func carryOut() throws -> String {
    do {
      try session.inTransaction {
        let (name, intent) = try intent()
        let plan = try AccessStore.plan(intent, session, mapping)
        guard !plan.isEmpty else { throw Nothing() }
        let header = ChangeHeader(
          actor: "maria@hq", origin: .library, action: plan.action, reason: nil,
          added: plan.added, removed: plan.removed, undoes: intent.undoes)
        _ = try AccessStore.write(plan, header, session, mapping, Work())
        done[name, default: 0] += 1
      }
      return "committed"
    } catch is Nothing {
      return "nothing"
    } catch is AccessError {
      return "refused"
    }
  }

  private func some(_ column: String, of table: String) throws -> Key {
    let found = try session.rows("SELECT \(column) FROM \(table) ORDER BY 1", []) {
      Key($0.value(0))
    }
    guard let key = found.randomElement(using: &dice) else { throw Nothing() }
    return key
  }

  private func user() throws -> EntityID { .user(UserID(try some("id", of: "users"))) }

  private func company() throws -> EntityID {
    .company(CompanyID(try some("id", of: "companies")))
  }

  private func intent() throws -> (name: String, Intent) {
    serial += 1
    func edit(
      _ action: EntityEdit.Action, _ values: [String: String] = [:], grants: Bool = false
    ) -> Intent {
      .entity(EntityEdit(action, values: values, changesGrants: grants))
    }
    switch dice.number(1...12) {
    case 1:
      let values = ["username": "new\(serial)", "id": "\(dice.number(1...14))"]
      return ("add user", edit(.add(.user), values))
    case 2: return ("add company", edit(.add(.company), ["name": "Firm \(serial)"]))
    case 3: return ("edit user", edit(.edit(try user()), ["username": "named\(serial)"]))
    case 4: return ("edit company", edit(.edit(try company()), ["name": "Called \(serial)"]))
    case 5: return ("deactivate", edit(.deactivate(try user()), grants: dice.chance(50)))
    case 6: return ("activate", edit(.activate(try company())))
    case 7: return ("delete user", edit(.delete(try user())))
    case 8: return ("delete company", edit(.delete(try company())))
    case 9:
      return ("grant", .bulkGrant(.matching(UserQuery(), except: []), .these([try companyID()])))
    default:
      let changes = try session.rows(
        "SELECT id FROM company_access.change ORDER BY id DESC LIMIT 6", []
      ) { ChangeID($0.integer(0)) }
      guard let change = changes.randomElement(using: &dice) else { throw Nothing() }
      if dice.chance(25) { return ("undo to", .undoTo(change)) }
      let overwrites = dice.chance(30)
      return (overwrites ? "overwrite" : "undo", .undo(change, overwrite: overwrites))
    }
  }

  private func companyID() throws -> CompanyID {
    CompanyID(try some("id", of: "companies"))
  }
}
