import Database
import Testing

@testable import CompanyAccess

/// Chance that is the same in every run (SplitMix64).
struct SeededDice: RandomNumberGenerator {
  var state: UInt64

  init(_ seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// Whether something of this chance happens.
  mutating func happens(_ chance: Double) -> Bool {
    Double.random(in: 0..<1, using: &self) < chance
  }

  mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &self) }

  mutating func pick<T>(_ values: [T]) -> T { values[number(0...values.count - 1)] }
}

/// Random statements of another program, on its own: no change of ours is open.
struct ForeignStatements {
  private(set) var serial = 0

  /// A statement on what the tables hold now; those that `REPLACE` may displace a row without a trigger
  /// only where they may.
  mutating func next(
    _ dice: inout SeededDice, _ users: [Int], _ companies: [String],
    newCompanies: [String] = Array("abcdefgh").map(String.init)
  ) -> String {
    serial += 1
    let n = serial
    let (u, v) = (dice.pick(users.isEmpty ? [1] : users), dice.pick(users.isEmpty ? [1] : users))
    let names = companies.isEmpty ? ["a"] : companies
    let (k, l) = (dice.pick(names), dice.pick(names))
    let access = RecordBench.access
    let statements = [
      "INSERT INTO \(userRow(dice.number(1...30), "u\(n)"))",
      "INSERT INTO \(companyRow(dice.pick(newCompanies), "c\(n)"))",
      "INSERT INTO \(grantRow("i\(n)", "\(u)", "'\(k)'"))",
      "INSERT INTO \(grantRow("i\(n)", "\(v)", "'\(k)'"))",
      "INSERT INTO \(grantRow("i\(n)", "\(dice.number(1...30))", "'\(k)'"))",
      "DELETE FROM \(access) WHERE user_id = \(u) AND company_id = '\(k)'",
      "UPDATE OR IGNORE \(access) SET company_id = '\(l)' WHERE user_id = \(u)",
      """
      UPDATE OR REPLACE \(access) SET company_id = '\(l)' WHERE user_id = \(u) AND company_id = '\(k)'
      """,
      "DELETE FROM hrm_users WHERE id = \(users.max() ?? 0)",
      "DELETE FROM hrm_company WHERE id = '\(k)'",
      "UPDATE hrm_users SET username = 'x\(n)', is_active = \(dice.number(0...1)) WHERE id = \(u)",
      "UPDATE hrm_company SET name = 'X\(n)' WHERE id = '\(k)'",
      "REPLACE INTO \(userRow(u, "p\(n)", active: 0))",
      "REPLACE INTO \(companyRow(k, "P\(n)"))",
      "REPLACE INTO \(grantRow("i\(n)", "\(u)", "'\(k)'"))",
      """
      INSERT OR IGNORE INTO \(access) SELECT 'z\(n)' || id, id, '\(k)', 't', 't' FROM hrm_users
      """,
      "UPDATE hrm_users SET id = \(dice.number(31...60)) WHERE id = \(u)",
      "UPDATE hrm_company SET id = '\(dice.pick(newCompanies))9' WHERE id = '\(k)'",
      """
      INSERT INTO \(grantRow("i\(n)", "\(u)", "'\(k)'"))
      ON CONFLICT (user_id, company_id) DO UPDATE SET company_id = '\(l)'
      """,
      """
      INSERT INTO \(userRow(u, "s\(n)")) ON CONFLICT (id) DO UPDATE SET username = excluded.username
      """,
      "UPDATE hrm_users SET is_active = 1 - is_active",
      dice.happens(0.2) ? "DELETE FROM \(access)" : "SELECT 1",
    ]
    return dice.pick(statements)
  }
}

/// Random operations of another program, alone and in transactions with savepoints.
@Suite struct TriggerRandomTests {
  static let seeds: [UInt64] = (0..<4).map { _ in UInt64.random(in: 0..<1_000_000) }

  @Test(
    "All moments of random writes of another program are as the tables were",
    arguments: seeds)
  func random(seed: UInt64) throws {
    let access = RecordBench.access
    let bench = try RecordBench(
      .hrm,
      [
        .init(
          access, "hrm_users (id) ON DELETE CASCADE",
          "hrm_users (id) ON DELETE CASCADE ON UPDATE CASCADE"),
        .init(
          access, "hrm_company (id) ON DELETE CASCADE",
          "hrm_company (id) ON DELETE CASCADE ON UPDATE CASCADE"),
      ])
    var dice = SeededDice(seed)
    var foreign = ForeignStatements()
    for _ in 1...150 { try step(bench, &dice, &foreign) }
    #expect(bench.states.count > 75)
    for difference in try bench.differences().prefix(3) {
      Issue.record("seed \(seed), \(difference)")
    }
    #expect(try bench.unseen() == RecordDifference(), "seed \(seed)")
  }

  private func step(
    _ bench: RecordBench, _ dice: inout SeededDice, _ foreign: inout ForeignStatements
  ) throws {
    let connection = bench.connection
    try connection.setForeignKeys(dice.happens(0.5))
    try connection.execute("PRAGMA recursive_triggers = \(dice.happens(0.5) ? "ON" : "OFF")")
    let isTransaction = dice.happens(0.5)
    if isTransaction { try connection.execute("BEGIN") }
    for _ in 1...dice.number(1...4) {
      let users = try connection.rows("SELECT id FROM hrm_users") { $0.int(0) }
      let companies = try connection.rows("SELECT id FROM hrm_company") { $0.text(0) }
      let statement = foreign.next(&dice, users, companies)
      let hasSavepoint = isTransaction && dice.happens(0.3)
      if hasSavepoint { try connection.execute("SAVEPOINT s") }
      do {
        try connection.execute(statement)
      } catch {
        #expect(error.isConstraint, "\(statement): \(error)")
        #expect(!error.message.contains("company_access_"), "\(statement): \(error)")
      }
      guard hasSavepoint else { continue }
      if dice.happens(0.5) { try connection.execute("ROLLBACK TO s") }
      try connection.execute("RELEASE s")
    }
    if isTransaction { try connection.execute("COMMIT") }
    try bench.unmark()
    try bench.note()
  }
}
