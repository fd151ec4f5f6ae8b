import Database
import DatabasePostgres

@testable import CompanyAccess

/// Chance that is the same in every run.
struct Dice: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  /// SplitMix64.
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &self) }

  mutating func chance(_ percent: Int) -> Bool { number(1...100) <= percent }
}

/// What an application does to its tables, by chance: in every way that PostgreSQL has.
final class RandomWriter {
  private let session: PostgresConnection
  private var dice: Dice
  private var serial = 0
  private let isDeferrable: Bool
  /// How many statements of each kind were carried out.
  private(set) var done: [String: Int] = [:]

  init(_ session: PostgresConnection, seed: UInt64, isDeferrable: Bool) {
    (self.session, self.isDeferrable) = (session, isDeferrable)
    dice = Dice(seed: seed)
  }

  /// A transaction of a few statements, of which some are refused and some rolled back.
  ///
  /// - Returns: "committed", "rolled back", or the SQLSTATE by which the whole transaction was
  ///   refused.
  func transaction() throws -> String {
    let level = dice.chance(50) ? "READ COMMITTED" : "REPEATABLE READ"
    try session.run("BEGIN ISOLATION LEVEL \(level)")
    do {
      for _ in 1...dice.number(1...4) { try step(0) }
      if dice.chance(10) {
        try session.run("ROLLBACK")
        return "rolled back"
      }
      try session.run("COMMIT")
      return "committed"
    } catch let error as DatabaseError {
      if session.isOpen, !session.isAutocommit { try session.run("ROLLBACK") }
      return error.state ?? "lost"
    }
  }

  /// A statement in a savepoint, so that one that is refused leaves the others.
  private func step(_ depth: Int) throws {
    let (name, script) = try statement()
    try session.run("SAVEPOINT s\(depth)")
    do {
      try session.run(script)
      if depth < 2, dice.chance(20) { try step(depth + 1) }
      let isKept = !dice.chance(12)
      try session.run(isKept ? "RELEASE SAVEPOINT s\(depth)" : "ROLLBACK TO SAVEPOINT s\(depth)")
      if isKept { done[name, default: 0] += 1 }
    } catch let error as DatabaseError {
      guard error.category != .conflict, session.isOpen else { throw error }
      try session.run("ROLLBACK TO SAVEPOINT s\(depth)")
    }
  }

  private func some(_ query: SQLStatement, else other: String) throws -> String {
    let found = try session.rows(query) { $0.text(0) }
    return found.randomElement(using: &dice) ?? other
  }

  private func statement() throws -> (name: String, script: String) {
    serial += 1
    let values = Values(
      user: try some("SELECT id::text FROM users ORDER BY id", else: "1"),
      otherUser: try some("SELECT id::text FROM users ORDER BY id", else: "2"),
      company: try some(
        "SELECT id::text FROM companies ORDER BY id", else: RecordFixture.companies[0]),
      otherCompany: try some(
        "SELECT id::text FROM companies ORDER BY id", else: RecordFixture.companies[1]),
      // Few keys, so that they come again.
      newUser: dice.number(1...14), newCompany: RecordFixture.companies[dice.number(0...6)],
      name: "\(dice.number(0...999))-\(serial)", rest: dice.number(0...2))
    let all = values.usual + values.rare + (isDeferrable ? values.deferred : [])
    var place = dice.number(1...all.map(\.weight).reduce(0, +))
    for choice in all {
      place -= choice.weight
      if place <= 0 { return (choice.name, choice.script) }
    }
    return ("nothing", "SELECT 1")
  }
}

/// What stands in the statements of one step.
private struct Values {
  let user, otherUser, company, otherCompany: String
  let newUser: Int
  let newCompany, name: String
  let rest: Int

  typealias Choice = (weight: Int, name: String, script: String)

  private func grant(_ user: String) -> String {
    "INSERT INTO access (user_id, company_id) VALUES (\(user), '\(company)')"
  }

  private func insert(_ key: String) -> String {
    "INSERT INTO users (id, username) VALUES (\(key), '\(name)')"
  }

  var usual: [Choice] {
    [
      (4, "insert user", insert("\(newUser)")),
      (3, "insert company", "INSERT INTO companies (id, name) VALUES ('\(newCompany)', '\(name)')"),
      (6, "grant", grant(user)),
      (4, "revoke", "DELETE FROM access WHERE user_id = \(user) AND company_id = '\(company)'"),
      (
        2, "move grant",
        "UPDATE access SET company_id = '\(otherCompany)' WHERE user_id = \(user) AND company_id = '\(company)'"
      ),
      (1, "move grants", "UPDATE access SET user_id = \(otherUser) WHERE user_id = \(user)"),
      (1, "touch", "UPDATE access SET modified_at = clock_timestamp() WHERE user_id = \(user)"),
      (2, "delete user", "DELETE FROM users WHERE id = \(user)"),
      (1, "delete users", "DELETE FROM users WHERE id % 3 = \(rest)"),
      (2, "delete company", "DELETE FROM companies WHERE id = '\(company)'"),
      (
        3, "rename user",
        "UPDATE users SET username = '\(name)', is_active = \(rest == 0) WHERE id = \(user)"
      ),
      (1, "rename users", "UPDATE users SET full_name = '\(name)'"),
      (
        2, "rename company",
        "UPDATE companies SET name = '\(name)', is_active = NOT is_active WHERE id = '\(company)'"
      ),
      (
        1, "log in",
        "UPDATE users SET last_login = clock_timestamp(), profile = '{}' WHERE id = \(user)"
      ),
      (1, "change key", "UPDATE users SET id = \(newUser) WHERE id = \(user)"),
      (
        2, "grant all",
        "INSERT INTO access (user_id, company_id) SELECT id, '\(company)' FROM users ON CONFLICT DO NOTHING"
      ),
    ]
  }

  var rare: [Choice] {
    [
      (
        2, "grant or touch",
        """
        INSERT INTO access (user_id, company_id) SELECT \(user), id FROM companies
        ON CONFLICT (user_id, company_id) DO UPDATE SET modified_at = clock_timestamp()
        """
      ),
      (
        2, "insert or rename",
        """
        \(insert("\(newUser)")) ON CONFLICT (id) DO UPDATE SET username = excluded.username
        """
      ),
      (
        1, "insert users",
        """
        INSERT INTO users (id, username) SELECT g, '\(name)' || g
        FROM generate_series(\(newUser), \(newUser) + 2) AS g ON CONFLICT DO NOTHING
        """
      ),
      (
        2, "merge grants",
        """
        MERGE INTO access AS a USING (SELECT id AS u, '\(company)'::uuid AS k FROM users) AS s
        ON a.user_id = s.u AND a.company_id = s.k WHEN MATCHED AND s.u % 2 = 0 THEN DELETE
        WHEN MATCHED THEN UPDATE SET modified_at = clock_timestamp()
        WHEN NOT MATCHED AND s.u % 3 = 0 THEN INSERT (user_id, company_id) VALUES (s.u, s.k)
        """
      ),
      (
        1, "merge users",
        """
        MERGE INTO users AS t USING (SELECT g AS id, '\(name)' || g AS name
          FROM generate_series(\(newUser), \(newUser) + 3) AS g) AS s ON t.id = s.id
        WHEN MATCHED AND t.id % 2 = 0 THEN DELETE WHEN MATCHED THEN UPDATE SET username = s.name
        WHEN NOT MATCHED THEN INSERT (id, username) VALUES (s.id, s.name)
        """
      ),
      (
        1, "replace grants at once",
        """
        WITH gone AS (DELETE FROM access WHERE user_id = \(user) RETURNING user_id)
        INSERT INTO access (user_id, company_id) SELECT DISTINCT user_id, '\(company)'::uuid FROM gone
        """
      ),
      (
        1, "replace user at once",
        """
        WITH gone AS (DELETE FROM users WHERE id = \(user) RETURNING id)
        INSERT INTO users (id, username) SELECT id, '\(name)' FROM gone
        """
      ),
      (
        1, "delete and insert again",
        "DELETE FROM users WHERE id = \(user); \(insert(user)); \(grant(user))"
      ),
      (1, "constraints now", "SET CONSTRAINTS ALL IMMEDIATE"),
      (1, "constraints later", "SET CONSTRAINTS ALL DEFERRED"),
      (1, "replication", "SET LOCAL session_replication_role = replica"),
      (1, "read the record", "SELECT * FROM company_access.change"),
      (
        1, "truncate",
        [
          "TRUNCATE users CASCADE", "TRUNCATE access", "TRUNCATE companies CASCADE, access",
        ][rest]
      ),
    ]
  }

  var deferred: [Choice] {
    [(2, "grant before its user", "\(grant("\(newUser)")); \(insert("\(newUser)"))")]
  }
}
