import Database
import Glibc
import Testing

@testable import CompanyAccess

/// Chance that is the same in every run (SplitMix64).
private struct Dice: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

/// A long history of writes of every kind, of this program and of others, with a replay beside it.
private final class History {
  static let users = 9
  static let companies = 6
  let desk: Desk
  var dice: Dice
  /// The pairs after each change, as the table itself had them.
  var states: [Int64: Set<String>] = [:]
  /// How many grants were replaced.
  var replaced = 0
  let replaces: Bool

  init(seed: UInt64, replaces: Bool) throws {
    desk = try Desk(users: History.users, companies: History.companies)
    dice = Dice(state: seed)
    self.replaces = replaces
    // The disk need not take part.
    for connection in [desk.other] {
      try connection.execute("PRAGMA synchronous = OFF; PRAGMA journal_mode = MEMORY")
    }
    try desk.store.using(nil) {
      try $0.execute("PRAGMA synchronous = OFF; PRAGMA journal_mode = MEMORY")
    }
    try note()
  }

  var newest: Int64 { get throws { try desk.store.newestChange()?.number ?? 0 } }

  func note() throws {
    states[try newest] = Set(try desk.pairs())
    // What another program writes within one millisecond is one change, which is undone as one.
    let at = try desk.other.first("SELECT max(at) FROM company_access_change") { $0.text(0) } ?? ""
    while Timestamp.now.text <= at {}
  }

  private func number(_ limit: Int) -> Int { Int.random(in: 1...limit, using: &dice) }

  private func some(_ limit: Int, atMost most: Int) -> [Int] {
    (0..<number(most)).map { _ in number(limit) }
  }

  func step(_ step: Int) throws {
    let users = some(History.users, atMost: 4).map(Int64.init)
    let companies = some(History.companies, atMost: 3)
    let user = Value.count(number(History.users))
    let company = Value.text(Desk.company(number(History.companies)).stored)
    switch number(100) {
    case ..<25: try write { try desk.grant(users, companies) }
    case ..<43: try write { try desk.revoke(users, companies) }
    case ..<45: try write { try desk.apply(.bulkGrant(.all, .companies(companies))) }
    case ..<62: try undo(overwrite: number(4) == 1)
    case ..<72: try insert("INSERT OR IGNORE", "x\(step)", user, company)
    case ..<80 where replaces: try replace("x\(step)", user, company)
    case ..<84:
      try desk.other.execute(
        "DELETE FROM hrm_user_company_access WHERE user_id = ? AND company_id >= ?",
        [user, company])
    case ..<93:
      try desk.other.execute(
        """
        UPDATE OR IGNORE hrm_user_company_access SET company_id = ?1
        WHERE id = (SELECT min(id) FROM hrm_user_company_access WHERE user_id = ?2)
          AND EXISTS (SELECT 1 FROM hrm_company WHERE id = ?1)
        """, [company, user])
    case ..<97: try deleteUser(number(History.users))
    default: try deleteCompany(number(History.companies))
    }
    try note()
  }

  /// Writes, if all whom it names are there: an undo may have taken them away.
  private func write(_ body: () throws -> Void) throws {
    do { try body() } catch AccessError.noSuchUser { return } catch AccessError.noSuchCompany {
      return
    }
  }

  private func insert(_ verb: String, _ id: String, _ user: Value, _ company: Value) throws {
    try desk.other.execute(
      """
      \(verb) INTO hrm_user_company_access (id, user_id, company_id, created_at, modified_at)
      SELECT ?, u.id, k.id, '2026-01-02', '2026-01-02' FROM hrm_users AS u, hrm_company AS k
      WHERE u.id = ? AND k.id = ?
      """, [.text(id), user, company])
  }

  private func replace(_ id: String, _ user: Value, _ company: Value) throws {
    replaced += try desk.other.count(
      "SELECT count(*) FROM hrm_user_company_access WHERE user_id = ? AND company_id = ?",
      [user, company])
    try insert("INSERT OR REPLACE", id, user, company)
  }

  private func undo(overwrite: Bool) throws {
    let back = number(3) == 1 ? number(Int(try newest)) : number(5)
    let change = ChangeID(max(1, try newest + 1 - Int64(back)))
    try desk.apply(.undo(change, overwrite: overwrite))
  }

  /// What is deleted comes back under its name, so that everything can be undone in the end.
  private func deleteUser(_ user: Int) throws {
    try desk.other.execute("DELETE FROM hrm_users WHERE id = ?", [.count(user)])
    try note()
    try Desk.addUser(user, to: desk.other)
  }

  private func deleteCompany(_ company: Int) throws {
    let id = Value.text(Desk.company(company).stored)
    try desk.other.execute("DELETE FROM hrm_company WHERE id = ?", [id])
    try note()
    try desk.other.execute(
      "INSERT INTO hrm_company VALUES (?, ?, ?, 1, '2026-01-01', '2026-01-01')",
      [id, .text("Company \(company)"), .text("C\(company)")])
  }

  /// The pairs of a moment, as the library reads them.
  func pairs(after change: Int64) throws -> Set<String> {
    try desk.store.read(at: .after(ChangeID(change)), nil) { connection, relations in
      Set(
        try connection.rows(
          "SELECT user_id || '-' || ltrim(company_id, '0') FROM \(relations.grants())"
        ) { $0.text(0) })
    }
  }
}

@Suite struct RecordReplayTests {
  /// 10,000 with `COMPANY_ACCESS_LONG_TESTS`.
  static let steps = getenv("COMPANY_ACCESS_LONG_TESTS") == nil ? 300 : 10_000

  @Test(arguments: [1, 2] as [UInt64])
  func everyMomentIsAsItWasAndEverythingCanBeUndone(seed: UInt64) throws {
    let history = try History(seed: seed, replaces: false)
    try history.desk.grant([1, 2, 3], [1, 2, 3])
    try history.note()
    let first = try history.desk.rows()
    let start = try history.newest
    for step in 1...RecordReplayTests.steps { try history.step(step) }
    let end = try history.newest
    #expect(end > RecordReplayTests.steps / 2)
    for change in 1...end {
      let state = try #require(history.states[change])
      let found = try history.pairs(after: change)
      guard found != state else { continue }
      Issue.record("change \(change): \(found.symmetricDifference(state).sorted())")
      return
    }
    // Backwards, one change after another.
    for change in (start + 1...end).reversed() {
      let plan = try history.desk.plan(.undo(ChangeID(change)))
      if plan.leftAlone > 0 { Issue.record("change \(change): \(plan.notices)") }
      try history.desk.store.apply(plan)
    }
    #expect(try history.desk.rows() == first)
    // In between nothing was lost either.
    for _ in 0..<200 {
      let change = Int64.random(in: 1...end, using: &history.dice)
      #expect(try history.pairs(after: change) == history.states[change])
    }
  }

  @Test("A grant that another program replaces was there at every moment")
  func replaced() throws {
    let history = try History(seed: 3, replaces: true)
    for step in 1...RecordReplayTests.steps { try history.step(step) }
    #expect(history.replaced > 0)
    for (change, state) in history.states {
      let found = try history.pairs(after: change)
      #expect(found == state, "change \(change)")
    }
  }
}
