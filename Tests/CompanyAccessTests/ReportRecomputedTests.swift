import Database
import Glibc
import TestSupport
import Testing

@testable import CompanyAccess

/// Reports beside a script that recomputes every figure from the raw tables, and shares nothing with the
/// program.
@Suite struct ReportRecomputedTests {
  private static let script = #filePath.split(separator: "/").dropLast(2).joined(separator: "/")
  private static let hasPython =
    (try? runProgram("/usr/bin/env", ["python3", "-c", "import sqlite3"]))?.status == 0
  private static let steps = 55
  static let seeds = (0..<2).map { _ in UInt64.random(in: 0..<1_000_000_000) }

  @Test(
    "Every figure of a report of two years of history is what the raw tables give",
    .enabled(if: hasPython), arguments: seeds)
  func recomputed(seed: UInt64) throws {
    let history = try RecordHistory(seed: seed)
    for _ in 1...ReportRecomputedTests.steps { try history.step() }
    let (desk, newest) = (history.desk, try history.newest)
    try desk.other.execute(
      """
      UPDATE company_access_change SET at = strftime('%Y-%m-%d %H:%M:%f', '2024-12-01',
        '+' || (id * 730.0 / \(newest)) || ' days')
      """)
    try compare(desk, seed)
  }

  @Test(
    "The same on a server, with what the application writes beside",
    .enabled(if: hasPython && PostgresServer.isInstalled), arguments: seeds)
  func recomputedOnServer(seed: UInt64) throws {
    try TestEngine.$current.withValue(.postgres) {
      TestEngine.postgres.note()
      let desk = try Desk(users: 12, companies: 5)
      var dice = SeededDice(seed)
      for number in 1...ReportRecomputedTests.steps {
        // What cannot be done, as to undo what was undone, is left out.
        do { try step(number, desk, &dice) } catch is AccessError {}
      }
      let newest = try desk.other.count("SELECT max(id) FROM company_access_change")
      try desk.other.execute(
        """
        UPDATE company_access_change SET at = date_trunc('milliseconds',
          CAST('2024-12-01' AS timestamptz) + id * 730.0 / \(newest) * CAST('1 day' AS interval))
        """)
      try compare(desk, seed)
    }
  }

  /// A write, of this program or of the application, by chance.
  private func step(_ number: Int, _ desk: Desk, _ dice: inout SeededDice) throws {
    let (user, company) = (
      Int64(dice.number(1...12)), dice.number(1...5)
    )
    func edit(_ action: EntityEdit.Action, _ values: [String: String] = [:]) throws {
      try desk.apply(
        .entity(EntityEdit(action, values: values)), reason: ChangeReason("step \(number)"))
    }
    switch dice.number(1...13) {
    case 1, 2: try desk.grant([user, user % 12 + 1], [company, company % 5 + 1])
    case 3: try desk.revoke([user], [company])
    case 4: try desk.apply(.bulkGrant(.all, .companies([company])))
    case 5: try desk.apply(.undo(try #require(try desk.store.newestChange()), overwrite: true))
    case 6: try edit(.edit(.user(UserID(user))), ["username": "named \(number)"])
    case 7: try edit(.delete(.user(UserID(user))))
    case 8: try edit(.deactivate(.company(Desk.company(company))))
    case 9: try edit(.add(.user), ["username": "new \(number)"])
    case 10: try desk.other.execute("DELETE FROM hrm_user_company_access WHERE user_id = \(user)")
    case 11:
      try desk.other.execute("UPDATE hrm_users SET is_active = NOT is_active WHERE id = \(user)")
    case 12:
      // An id that is used again while grants of the former holder stand.
      try desk.other.setForeignKeys(false)
      try desk.other.execute("DELETE FROM hrm_users WHERE id = \(user)")
      if dice.happens(0.5) { try Desk.addUser(Int(user), "heir \(number)", to: desk.other) }
      try desk.other.setForeignKeys(true)
    default:
      try desk.other.execute("DELETE FROM hrm_users WHERE id = \(user)")
      try Desk.addUser(Int(user), "again \(number)", to: desk.other)
    }
  }

  private func compare(_ desk: Desk, _ seed: UInt64) throws {
    for (number, period) in [
      ("2024-12-02", "2026-12-31"), ("2025-03-01", "2025-06-30"), ("2026-01-01", "2026-01-31"),
    ].enumerated() {
      let folder = desk.folder.file("report\(number)")
      try desk.store.report(
        from: Timestamp(stored: period.0 + " 00:00:00.000"),
        to: Timestamp(stored: period.1 + " 23:59:59.999"), into: folder, toolVersion: "test")
      let result = try runProgram(
        "/usr/bin/env",
        ["python3", "-B", "/\(Self.script)/Independent/recompute.py", desk.location, folder])
      #expect(
        result.status == 0 && result.stdout == "", "seed \(seed): \(result.stdout)\(result.stderr)")
      #expect(try AccessStore.verifyReport(folder) == [], "seed \(seed)")
      #expect(try desk.store.verifyReport(folder) == [], "seed \(seed)")
    }
  }
}
