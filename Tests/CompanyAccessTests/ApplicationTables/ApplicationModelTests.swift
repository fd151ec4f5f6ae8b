import Database
import TestSupport
import Testing

@testable import CompanyAccess

/// The record beside a model, for each access table of an application: random operations of the program and
/// of the application, and every moment as the application had it.
@Suite(.onEachEngine) struct ApplicationModelTests {
  @Test("Every moment is as the application had it", arguments: ApplicationTable.all)
  func history(table: ApplicationTable) throws {
    let seed = UInt64.random(in: 0..<1_000_000_000)
    var history = try ApplicationHistory(table, seed: seed)
    for _ in 1...60 { try history.step() }
    #expect(history.done > 10, "seed \(seed)")
    for (change, pairs) in history.states {
      let found = try history.desk.pairs(at: .after(ChangeID(change)))
      #expect(found == pairs, "\(table), seed \(seed), change \(change)")
    }
    let counts = try Reconciliation(mapping: history.desk.store.mapping).counts(history.desk.other)
    #expect(counts.isEmpty, "\(table), seed \(seed): \(counts)")
  }
}

/// A history of random operations on the access table of an application.
private struct ApplicationHistory {
  let desk: ApplicationDesk
  var dice: SeededDice
  /// The pairs after changes, as the application had them.
  var states: [Int64: Set<[Int]>] = [:]
  /// How many operations of this program were carried out.
  var done = 0

  init(_ table: ApplicationTable, seed: UInt64) throws {
    desk = try ApplicationDesk(table)
    dice = SeededDice(seed)
    states[try desk.newest.number] = try table.pairs(desk.other)
  }

  mutating func step() throws {
    switch dice.number(1...10) {
    case 1, 2: try ours(.grant(desk.users(some(of: 8, 0.4)), desk.companies(some(of: 5, 0.4))))
    case 3, 4: try ours(.revoke(desk.users(some(of: 8, 0.4)), desk.companies(some(of: 5, 0.4))))
    case 5, 6:
      let newest = try Int(desk.newest.number)
      try ours(
        .undo(
          ChangeID(Int64(max(1, newest - dice.number(0...6)))), overwrite: dice.happens(0.3)))
    case 7:
      let newest = try Int(desk.newest.number)
      try ours(.undoTo(ChangeID(Int64(max(1, newest - dice.number(1...4))))))
    default: try application()
    }
    states[try desk.newest.number] = try desk.table.pairs(desk.other)
    // The next write of the application is to make a change of its own.
    guard desk.other is Connection else { return }
    let at = try desk.other.first("SELECT max(at) FROM company_access_change") { $0.text(0) } ?? ""
    while Timestamp.now.text <= at {}
  }

  private mutating func some(of count: Int, _ chance: Double) -> [Int] {
    (1...count).filter { _ in dice.happens(chance) }
  }

  private mutating func ours(_ intent: Intent) throws {
    do {
      try desk.apply(intent)
      done += 1
    } catch AccessError.invalid {
    } catch AccessError.noSuchChange where !(desk.other is Connection) {
      // Numbers have gaps there.
    }
  }

  private mutating func application() throws {
    let statement = dice.happens(0.5) ? desk.table.grant : desk.table.revoke
    let isTransaction = dice.happens(0.3)
    if isTransaction { try desk.other.execute("BEGIN") }
    for user in some(of: 8, 0.3) {
      try desk.table.run(statement, user, dice.number(1...5), desk.other)
    }
    if isTransaction { try desk.other.execute(dice.happens(0.8) ? "COMMIT" : "ROLLBACK") }
  }
}
