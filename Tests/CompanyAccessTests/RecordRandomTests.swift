import Database
import Testing

@testable import CompanyAccess

/// Chance that is the same in every run.
private struct Dice: RandomNumberGenerator {
  var state: UInt64

  /// SplitMix64.
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  mutating func some(of count: Int, atMost most: Int) -> [Int] {
    (0..<Int.random(in: 0...most, using: &self)).map { _ in
      Int.random(in: 1...count, using: &self)
    }
  }
}

/// Many operations of every kind, of this program and of others, beside a model of the table.
@Suite struct RecordRandomTests {
  private static let users = 8
  private static let companies = 6

  @Test(arguments: [1, 2] as [UInt64])
  func theRecordIsTheWholeTruth(seed: UInt64) throws {
    let desk = try Desk(users: RecordRandomTests.users, companies: RecordRandomTests.companies)
    // The disk need not take part.
    try desk.other.execute("PRAGMA synchronous = OFF")
    try desk.store.using(nil) { try $0.execute("PRAGMA synchronous = OFF") }
    var dice = Dice(state: seed)
    // What held after each change that is looked at again.
    var snapshots: [Int64: [String]] = [:]
    for step in 1...1_000 {
      try operate(desk, &dice, step)
      if step % 50 == 0, let newest = try desk.store.newestChange() {
        snapshots[newest.number] = try desk.pairs()
        // Or else the next program may join this change within its millisecond.
        try desk.closeChange()
      }
    }
    #expect(snapshots.count == 20)
    for (change, pairs) in snapshots { #expect(try pairsAsOf(change, desk) == pairs) }
    #expect(try replayed(desk) == desk.pairs())
    try countsAddUp(desk)
  }

  private func operate(_ desk: Desk, _ dice: inout Dice, _ step: Int) throws {
    let users = dice.some(of: RecordRandomTests.users, atMost: 4).map(Int64.init)
    let companies = dice.some(of: RecordRandomTests.companies, atMost: 3)
    let user = Int64.random(in: 1...Int64(RecordRandomTests.users), using: &dice)
    let company = Int.random(in: 1...RecordRandomTests.companies, using: &dice)
    switch Int.random(in: 0..<100, using: &dice) {
    case ..<30: try desk.grant(users, companies)
    case ..<50: try desk.revoke(users, companies)
    case ..<52: try desk.apply(.bulkGrant(.all, .all))
    case ..<70: try undoSomething(desk, &dice)
    case ..<80:
      try desk.other.execute(
        """
        INSERT OR IGNORE INTO hrm_user_company_access
          (id, user_id, company_id, created_at, modified_at)
        VALUES (?, ?, ?, '2026-01-02', '2026-01-02')
        """, [.text("x\(step)"), .integer(user), .text(Desk.company(company).stored)])
    case ..<90:
      try desk.other.execute(
        "DELETE FROM hrm_user_company_access WHERE user_id = ? AND company_id >= ?",
        [.integer(user), .text(Desk.company(company).stored)])
    case ..<96:
      try desk.other.execute(
        """
        UPDATE OR IGNORE hrm_user_company_access SET company_id = ?
        WHERE id = (SELECT min(id) FROM hrm_user_company_access WHERE user_id = ?)
        """, [.text(Desk.company(company).stored), .integer(user)])
    default: try replace(user, company, desk)
    }
  }

  /// A user or company is deleted and made again, under the same name or another one.
  private func replace(_ user: Int64, _ company: Int, _ desk: Desk) throws {
    if company % 2 == 0 {
      try desk.other.execute("DELETE FROM hrm_users WHERE id = ?", [.integer(user)])
      try Desk.addUser(Int(user), company == 2 ? nil : "user\(user)b", to: desk.other)
    } else {
      let id = Value.text(Desk.company(company).stored)
      try desk.other.execute("DELETE FROM hrm_company WHERE id = ?", [id])
      try addCompany(company, "INSERT", desk)
    }
  }

  private func undoSomething(_ desk: Desk, _ dice: inout Dice) throws {
    guard let newest = try desk.store.newestChange()?.number else { return }
    // Mostly something recent, where there is much to undo.
    let back = Bool.random(using: &dice) ? 0 : Int64.random(in: 0..<newest, using: &dice)
    let id = ChangeID(newest - back)
    let change = try #require(try desk.store.change(id))
    let before = try desk.rows()
    let plan = try desk.plan(.undo(id))
    try desk.store.apply(plan)
    // Undone and undone again, everything is as it was.
    if back == 0, !plan.isEmpty {
      let again = try desk.plan(.undo(ChangeID(newest + 1)))
      #expect(again.leftAlone == 0)
      #expect(again.added == plan.removed && again.removed == plan.added)
      try desk.store.apply(again)
      #expect(try desk.rows() == before)
    }
    if back == 0, change.action != .recordBegan { #expect(plan.removed == change.added) }
    try addMissing(desk)
  }

  /// The undo of a change by which another program made a user or a company takes them away again.
  private func addMissing(_ desk: Desk) throws {
    for user in 1...RecordRandomTests.users {
      let isThere = try desk.other.count(
        "SELECT count(*) FROM hrm_users WHERE id = ?", [.integer(Int64(user))])
      if isThere == 0 { try Desk.addUser(user, nil, to: desk.other) }
    }
    for company in 1...RecordRandomTests.companies {
      try addCompany(company, "INSERT OR IGNORE", desk)
    }
  }

  private func addCompany(_ company: Int, _ verb: String, _ desk: Desk) throws {
    let id = Value.text(Desk.company(company).stored)
    try desk.other.execute(
      "\(verb) INTO hrm_company VALUES (?, ?, NULL, 1, '2026-01-01', '2026-01-01')",
      [id, .text("Company \(company)")])
  }

  /// The pairs of a moment.
  private func pairsAsOf(_ change: Int64, _ desk: Desk) throws -> [String] {
    try desk.store.read(at: .after(ChangeID(change)), nil) { connection, relations in
      try connection.rows(
        """
        SELECT user_id || '-' || ltrim(company_id, '0') FROM \(relations.grants())
        ORDER BY user_id, company_id
        """
      ) { $0.text(0) }
    }
  }

  /// The pairs that are left when all beginnings and ends are carried out one change after another.
  private func replayed(_ desk: Desk) throws -> [String] {
    var pairs: Set<String> = []
    let events = try desk.other.rows(
      """
      SELECT u.key || '-' || ltrim(k.key, '0'), begins FROM (
        SELECT user_lifetime, company_lifetime, began_change AS change, 1 AS begins
          FROM company_access_current_grant
        UNION ALL SELECT user_lifetime, company_lifetime, began_change, 1
          FROM company_access_ended_grant WHERE began_change <> ended_change
        UNION ALL SELECT user_lifetime, company_lifetime, ended_change, 0
          FROM company_access_ended_grant WHERE began_change <> ended_change) AS g
      JOIN company_access_user_lifetime AS u ON u.lifetime = g.user_lifetime
      JOIN company_access_company_lifetime AS k ON k.lifetime = g.company_lifetime
      ORDER BY change, begins
      """
    ) { (pair: $0.text(0), begins: $0.bool(1)) }
    for event in events {
      if event.begins {
        #expect(pairs.insert(event.pair).inserted)
      } else {
        #expect(pairs.remove(event.pair) != nil)
      }
    }
    return pairs.sorted { one, other in
      one.split(separator: "-").compactMap { Int($0) }.lexicographicallyPrecedes(
        other.split(separator: "-").compactMap { Int($0) })
    }
  }

  /// The counts of every change of this program are the numbers of its rows.
  private func countsAddUp(_ desk: Desk) throws {
    let wrong = try desk.other.rows(
      """
      SELECT id FROM company_access_change AS c WHERE origin <> 'external' AND (
        added <> (SELECT count(*) FROM company_access_current_grant WHERE began_change = c.id)
          + (SELECT count(*) FROM company_access_ended_grant WHERE began_change = c.id)
        OR removed <> (SELECT count(*) FROM company_access_ended_grant WHERE ended_change = c.id))
      """
    ) { $0.int(0) }
    #expect(wrong == [])
  }
}
