import Database
import TestSupport

@testable import CompanyAccess

/// A new database with some users and companies, a store on it, and another program that has it
/// open too.
struct Desk {
  let folder: TemporaryFolder
  let store: AccessStore
  let other: Connection

  init(users: Int = 4, companies: Int = 3) throws {
    folder = try TemporaryFolder()
    let path = folder.file("hrm.db")
    try AccessStore.create(path)
    other = try Connection(path: path, mode: .readWrite)
    try other.inTransaction { [other] in
      // They are there when the record begins, so that the first change of a test is number 2.
      try other.execute("UPDATE company_access_now SET change_id = 1")
      for number in 0..<users { try Desk.addUser(number + 1, to: other) }
      for number in 0..<companies {
        try other.execute(
          "INSERT INTO hrm_company VALUES (?, ?, ?, 1, '2026-01-01', '2026-01-01')",
          [
            .text(Desk.company(number + 1).stored), .text("Company \(number + 1)"),
            .text("C\(number + 1)"),
          ])
      }
      try other.execute(
        """
        UPDATE company_access_user_lifetime SET began_change = NULL, since_change = NULL;
        UPDATE company_access_company_lifetime SET began_change = NULL, since_change = NULL;
        UPDATE company_access_now SET change_id = NULL
        """)
    }
    store = try AccessStore.open(path, busyTimeout: 0)
    other.busyTimeout = 0
  }

  /// Lets no later write of another program join the newest change, which it may within its millisecond.
  func closeChange() throws {
    try other.execute(
      """
      UPDATE company_access_now SET external_day = external_day - 1;
      UPDATE company_access_change SET at = '2026-01-01 00:00:00.000'
      """)
  }

  static func addUser(_ id: Int, _ name: String? = nil, to connection: Connection) throws {
    try connection.execute(
      """
      INSERT INTO hrm_users (id, username, is_active, created_at, modified_at)
      VALUES (?, ?, 1, '2026-01-01', '2026-01-01')
      """, [.count(id), .text(name ?? "user\(id)")])
  }

  static func company(_ number: Int) -> CompanyID {
    let digits = String(number)
    return CompanyID(text: String(repeating: "0", count: 32 - digits.count) + digits)
  }

  @discardableResult
  func apply(_ intent: Intent, reason: ChangeReason = nil) throws -> ChangeResult {
    try store.apply(store.plan(intent), reason: reason)
  }

  @discardableResult
  func grant(_ users: [Int64], _ companies: [Int]) throws -> ChangeResult {
    try apply(.grant(.users(users), .companies(companies)))
  }

  @discardableResult
  func revoke(_ users: [Int64], _ companies: [Int]) throws -> ChangeResult {
    try apply(.revoke(.users(users), .companies(companies)))
  }

  /// The plan of an intent, which is not carried out.
  func plan(_ intent: Intent) throws -> Plan { try store.plan(intent) }

  /// Another program's way to grant.
  func insert(_ id: String, _ user: Int64, _ company: Int) throws {
    try other.execute(
      """
      INSERT INTO hrm_user_company_access (id, user_id, company_id, created_at, modified_at)
      VALUES (?, ?, ?, '2026-01-02', '2026-01-03')
      """, [.text(id), .integer(user), .text(Desk.company(company).stored)])
  }

  /// The five columns of every grant that count as "the same row".
  func rows() throws -> [[Value]] {
    try other.rows(
      """
      SELECT id, user_id, company_id, created_at, modified_at FROM hrm_user_company_access
      ORDER BY user_id, company_id
      """
    ) { row in (0..<5).map { row.value($0) } }
  }

  /// The pairs that hold, as "user-company".
  func pairs() throws -> [String] {
    try other.rows(
      """
      SELECT user_id || '-' || ltrim(company_id, '0') FROM hrm_user_company_access
      ORDER BY user_id, company_id
      """
    ) { $0.text(0) }
  }

  /// Which changes gave the pairs that hold, in the order of `pairs`.
  func grantedBy() throws -> [Int64?] {
    try other.rows(
      """
      SELECT g.began_change FROM company_access_current_grant AS g
      JOIN company_access_user_lifetime AS u ON u.lifetime = g.user_lifetime
      JOIN company_access_company_lifetime AS c ON c.lifetime = g.company_lifetime
      ORDER BY u.key, c.key
      """
    ) { $0.optionalInteger(0) }
  }

  /// The grants that have ended, as "user-company granted ended".
  func history() throws -> [String] {
    try other.rows(
      """
      SELECT u.key || '-' || ltrim(c.key, '0') || ' ' || coalesce(g.began_change, '?')
        || ' ' || g.ended_change FROM company_access_ended_grant AS g
      JOIN company_access_user_lifetime AS u ON u.lifetime = g.user_lifetime
      JOIN company_access_company_lifetime AS c ON c.lifetime = g.company_lifetime
      ORDER BY g.entry
      """
    ) { $0.text(0) }
  }

  /// The changes after the beginning of the record, the oldest first.
  func changes() throws -> [Change] { try store.changes(limit: 1_000).dropLast().reversed() }
}

extension CompanyID {
  /// The text that the database holds.
  var stored: String {
    if case .text(let text) = key { text } else { description }
  }
}

extension UserSelection {
  static func users(_ ids: [Int64]) -> UserSelection { .these(ids.map { UserID($0) }) }
  static var all: UserSelection { .matching(UserQuery(), except: []) }
}

extension CompanySelection {
  static func companies(_ numbers: [Int]) -> CompanySelection {
    .these(numbers.map { Desk.company($0) })
  }
  static var all: CompanySelection { .matching(CompanyQuery(), except: []) }
}
