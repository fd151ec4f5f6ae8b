import Database
import DatabasePostgres
import TestSupport

@testable import CompanyAccess

/// A database as `init` makes it, with three users and three companies that another program has
/// added as change 2, and a store on it.
final class EngineStore {
  let engine: TestEngine
  /// What `--db` says.
  let location: String
  let store: AccessStore
  private let folder: TemporaryFolder?
  private let database: PostgresDatabase?
  /// The session of another program.
  let other: any DatabaseSession

  init(_ engine: TestEngine) throws {
    self.engine = engine
    engine.note()
    folder = engine == .sqlite ? try TemporaryFolder() : nil
    database = engine == .postgres ? try PostgresDatabase() : nil
    location = folder?.file("hrm.db") ?? database?.text() ?? ""
    try AccessStore.create(location)
    if let database {
      other = try database.open()
    } else {
      other = try Connection(path: location, mode: .readWrite)
    }
    try other.inTransaction { [other] in
      for statement in EngineStore.rows { try other.execute(statement) }
    }
    store = try AccessStore.open(location, busyTimeout: 0)
  }

  private static let times = "'2026-01-01 00:00:00', '2026-01-01 00:00:00'"

  private static let rows = [
    "INSERT INTO hrm_role (id, name) VALUES (1, 'Super Admin'), (2, 'Clerk')",
    """
    INSERT INTO hrm_users (id, username, full_name, email, role_id, is_active, created_at, modified_at)
    VALUES (1, 'Zoe', 'Zoé Ámbar', 'zoe@example.com', 1, TRUE, \(times)),
      (2, 'anna', 'Anna Lee', NULL, 2, TRUE, \(times)), (3, 'bert', NULL, NULL, NULL, FALSE, \(times))
    """,
    """
    INSERT INTO hrm_company (id, name, code, is_active, created_at, modified_at)
    VALUES ('\(id(1))', 'beta', 'B', TRUE, \(times)), ('\(id(2))', 'Alpha', 'A', TRUE, \(times)),
      ('\(id(3))', 'gamma', NULL, FALSE, \(times))
    """,
  ]

  /// Both engines understand it: one as text, the other as a UUID, which it writes with dashes.
  private static func id(_ number: Int) -> String { "0190a00000007000800000000000000\(number)" }

  /// The id of a company as the engine stores it.
  func company(_ number: Int) -> CompanyID {
    CompanyID(
      text: engine == .sqlite
        ? EngineStore.id(number) : "0190a000-0000-7000-8000-00000000000\(number)")
  }

  /// Grants as another program does.
  func insert(_ user: Int, _ number: Int) throws {
    try other.execute(
      """
      INSERT INTO hrm_user_company_access (id, user_id, company_id, created_at, modified_at)
      VALUES ('\(user)190a00000007000800000000000010\(number)', \(user), '\(EngineStore.id(number))',
        \(EngineStore.times))
      """)
  }

  @discardableResult
  func apply(_ intent: Intent, _ reason: ChangeReason = nil) throws -> ChangeResult {
    try store.apply(try store.plan(intent), reason: reason)
  }

  func grant(_ users: [Int64], _ companies: [Int]) throws -> ChangeResult {
    try apply(.grant(.these(users.map { UserID($0) }), .these(companies.map(company))))
  }

  func revoke(_ users: [Int64], _ companies: [Int]) throws -> ChangeResult {
    try apply(.revoke(.these(users.map { UserID($0) }), .these(companies.map(company))))
  }

  /// The pairs of a moment, as the user's name and the company's.
  func pairs(_ moment: Moment = .now) throws -> [String] {
    try store.grants(limit: 100, at: moment).map {
      "\($0.user) \(self.number(of: $0.company))"
    }.sorted()
  }

  private func number(of company: CompanyID) -> Int {
    (1...3).first { self.company($0) == company } ?? 0
  }
}
