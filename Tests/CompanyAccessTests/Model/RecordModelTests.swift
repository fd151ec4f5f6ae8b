import Database
import Glibc
import Testing

@testable import CompanyAccess

/// The record beside a model: histories of random operations, and everything that it says of each moment.
///
/// `COMPANY_ACCESS_MODEL_SEED` repeats the history of a seed, `COMPANY_ACCESS_MODEL_HISTORIES` says how
/// many there are. With either, every figure of every moment is compared; otherwise the rows of every
/// moment are, and the figures of some.
@Suite struct RecordModelTests {
  static let steps = 200
  private static let seed = number("SEED")
  private static let histories = number("HISTORIES")
  /// At how many moments of a history figures are compared.
  private static let moments = seed == nil && histories == nil ? 40 : Int.max

  static let seeds: [UInt64] =
    seed.map { [$0] }
    ?? (0..<(histories ?? 10)).map { _ in UInt64.random(in: 0..<1_000_000_000) }

  private static func number(_ name: String) -> UInt64? {
    getenv("COMPANY_ACCESS_MODEL_\(name)").flatMap { UInt64(String(cString: $0)) }
  }

  @Test("Every moment of a history is as the tables were, whoever wrote", arguments: seeds)
  func history(seed: UInt64) throws {
    let history = try RecordHistory(seed: seed)
    for step in 1...RecordModelTests.steps {
      try history.step()
      if let found = try history.differences(of: 20) {
        Issue.record("step \(step), \(found)")
        return
      }
    }
    #expect(history.faults == [], "seed \(seed)")
    #expect(history.done > RecordModelTests.steps / 10, "seed \(seed)")
    let states = history.states.filter { !history.unseen.contains($0.key) }
    for change in states.keys { #expect(try history.difference(after: change) == nil) }
    let chosen = states.keys.sorted().shuffled(using: &history.dice)
    for change in chosen.prefix(RecordModelTests.moments) {
      if let state = states[change] {
        try history.checkFigures(at: .after(ChangeID(change)), state)
      }
    }
    try history.checkFigures(at: .now, try WorldState(history.desk.file))
    let counts = try Reconciliation(mapping: .hrm).counts(history.desk.other)
    #expect(counts.isEmpty, "seed \(seed): \(counts)")
    try balance(history)
    try history.checkPolicies()
    let verification = try history.desk.store.verifyRecord(history.seals)
    let changes = try verification.isTrue ? "" : changes(history)
    #expect(verification.isTrue, "seed \(seed): \(verification), \(changes)")
  }

  /// The changes as they are on the record, to find out what a history did: another run of its seed may do
  /// something else, because external changes are told apart by milliseconds.
  private func changes(_ history: RecordHistory) throws -> String {
    try history.desk.other.rows(
      """
      SELECT id, origin, action, added, removed, coalesce(undoes, '-') FROM company_access_change
      """
    ) { row in (0..<6).map { row.text($0) }.joined(separator: " ") }.joined(separator: "; ")
  }

  @Test(
    "The comparison sees each trigger that is missing",
    arguments: Schema(mapping: .hrm).triggers.map(\.name))
  func missing(trigger: SQLName) throws {
    let seed = UInt64.random(in: 0..<1_000_000_000)
    let history = try RecordHistory(seed: seed, without: trigger)
    for _ in 1...1_000 {
      try history.step()
      if try history.difference(after: history.newest) != nil { return }
    }
    Issue.record("\(trigger) is not missed, seed \(seed)")
  }

  /// Opening and what began, less what ended, is closing, for any two moments.
  private func balance(_ history: RecordHistory) throws {
    let changes = history.states.keys.filter { !history.unseen.contains($0) }.sorted()
    let other = history.desk.other
    let relations = Relations(mapping: .hrm, moment: .now)
    for _ in 1...50 {
      let (one, two) = (history.dice.pick(changes), history.dice.pick(changes))
      let (from, to) = (min(one, two), max(one, two))
      let (opening, closing) = (history.states[from], history.states[to])
      guard let opening, let closing else { continue }
      func isWithin(_ change: String) -> String { "\(change) > \(from) AND \(change) <= \(to)" }
      let begun = try other.count(
        """
        SELECT (SELECT count(*) FROM company_access_current_grant WHERE \(isWithin("began_change")))
          + (SELECT count(*) FROM company_access_ended_grant WHERE \(isWithin("began_change")))
        """)
      let ended = try other.count(
        "SELECT count(*) FROM company_access_ended_grant WHERE \(isWithin("ended_change"))")
      let about: Comment = "seed \(history.seed), from \(from) to \(to)"
      #expect(opening.grants.count + begun - ended == closing.grants.count, about)
      for (kind, before, after) in [
        (EntityKind.user, opening.users.count, closing.users.count),
        (.company, opening.companies.count, closing.companies.count),
      ] {
        let events = relations.entityEvents([kind], where: isWithin)
        func count(_ event: String) throws -> Int {
          try other.count("SELECT count(*) FROM \(events) AS e WHERE e.event = '\(event)'")
        }
        #expect(try before + count("made") - count("gone") == after, about)
      }
    }
  }
}
