import Database
import TestSupport

@testable import CompanyAccess

/// A new database of the engine of the test with some users and companies, a store on it, and another
/// program that has it open too.
struct Desk {
  let engine: TestEngine
  let folder: TemporaryFolder
  /// What `--db` says.
  let location: String
  private let database: PostgresDatabase?
  let store: AccessStore
  let other: any DatabaseSession

  init(users: Int = 4, companies: Int = 3) throws {
    engine = TestEngine.current
    folder = try TemporaryFolder()
    database = engine == .postgres ? try PostgresDatabase() : nil
    location = database?.text() ?? folder.file("hrm.db")
    try AccessStore.create(location)
    other = try database?.open() ?? Connection(path: location, mode: .readWrite)
    try other.inTransaction { [other] in
      // They are there when the record begins, so that the first change of a test is number 2.
      if other is Connection {
        try other.execute("UPDATE company_access_now SET change_id = 1")
      }
      for number in 0..<users { try Desk.addUser(number + 1, to: other) }
      for number in 0..<companies {
        try other.execute(
          "INSERT INTO hrm_company VALUES (?, ?, ?, TRUE, '2026-01-01', '2026-01-01')",
          [
            .text(Desk.company(number + 1).stored), .text("Company \(number + 1)"),
            .text("C\(number + 1)"),
          ])
      }
      if other is Connection { try other.execute(Desk.beginning + Desk.beginningOfFile) }
    }
    if engine == .postgres { try other.execute(Desk.beginning + Desk.beginningOnServer) }
    store = try AccessStore.open(location, busyTimeout: 0)
    other.busyTimeout = 0
  }

  /// Whoever is there was there before the record.
  private static let beginning = """
    UPDATE company_access_user_lifetime SET began_change = NULL, since_change = NULL;
    UPDATE company_access_company_lifetime SET began_change = NULL, since_change = NULL;
    """
  private static let beginningOfFile = "UPDATE company_access_now SET change_id = NULL"
  private static let beginningOnServer = """
    DELETE FROM company_access_change WHERE id > 1;
    SELECT setval('company_access.change_number', 1), setval('company_access.last_change', 1);
    SELECT setval('hrm_users_id_seq', max(id)) FROM hrm_users
    """

  /// Everything in the database.
  var dump: String { get throws { try database?.dump() ?? runSqlite3(location, ".dump") } }

  /// The file, for what is asked of SQLite alone.
  var file: Connection {
    guard let file = other as? Connection else { preconditionFailure("a database of a server") }
    return file
  }

  /// Lets no later write of another program join the newest change, which it may within its millisecond.
  func closeChange() throws {
    // On a server, each transaction is a change of its own.
    guard engine == .sqlite else { return }
    try other.execute(
      """
      UPDATE company_access_now SET external_day = external_day - 1;
      UPDATE company_access_change SET at = '2026-01-01 00:00:00.000'
      """)
  }

  /// Gives every change an hour of its own: change n the nth of the first of January.
  func spreadClock() throws {
    let time =
      engine == .sqlite
      ? "strftime('%Y-%m-%d %H:%M:%f', '2026-01-01', '+' || id || ' hours')"
      : "CAST('2026-01-01' AS timestamptz) + id * CAST('1 hour' AS interval)"
    try other.execute("UPDATE company_access_change SET at = \(time)")
  }

  /// Edits rows as if they had been so from the first change on.
  func editUnseen(_ statements: String) throws {
    guard engine == .postgres else {
      try other.execute("UPDATE company_access_now SET change_id = 1")
      try other.execute(statements)
      return try other.execute("UPDATE company_access_now SET change_id = NULL")
    }
    let last = try other.count("SELECT max(id) FROM company_access_change")
    try other.execute(statements)
    for kind in ["user", "company"] {
      try other.execute(
        """
        UPDATE company_access_\(kind)_lifetime AS l SET since_change = f.began_change
        FROM company_access_former_\(kind) AS f
        WHERE f.lifetime = l.lifetime AND f.ended_change > \(last);
        DELETE FROM company_access_former_\(kind) WHERE ended_change > \(last)
        """)
    }
    try other.execute(
      """
      DELETE FROM company_access_change WHERE id > \(last);
      SELECT setval('company_access.change_number', \(last)), setval('company_access.last_change', \(last))
      """)
  }

  /// A text, an expression, as a time of the record.
  func time(_ text: String) -> String {
    engine == .sqlite ? text : "CAST(\(text) AS timestamptz)"
  }

  static func addUser(
    _ id: Int, _ name: String? = nil, to connection: any DatabaseSession
  ) throws {
    try connection.execute(
      """
      INSERT INTO hrm_users (id, username, is_active, created_at, modified_at)
      VALUES (?, ?, TRUE, '2026-01-01', '2026-01-01')
      """, [.count(id), .text(name ?? "user\(id)")])
  }

  static func company(_ number: Int) -> CompanyID {
    let digits = String(number)
    return CompanyID(
      text: TestEngine.current == .sqlite
        ? String(repeating: "0", count: 32 - digits.count) + digits
        : "00000000-0000-0000-0000-" + String(repeating: "0", count: 12 - digits.count) + digits)
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
      """, [.text(rowID(id)), .integer(user), .text(Desk.company(company).stored)])
  }

  /// The id of a row for which a test has a short text, in the form of the column.
  func rowID(_ text: String) -> String {
    guard engine == .postgres else { return text }
    let digits = Key.hex(Array(text.utf8))
    return String(repeating: "0", count: 32 - digits.utf8.count) + digits
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
      SELECT user_id || '-' || ltrim(CAST(company_id AS TEXT), '0-') FROM hrm_user_company_access
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
      SELECT u.key || '-' || ltrim(CAST(c.key AS TEXT), '0-') || ' '
        || coalesce(CAST(g.began_change AS TEXT), '?') || ' ' || g.ended_change FROM company_access_ended_grant AS g
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

extension DatabaseSession {
  /// How long to wait for other programs, in milliseconds.
  var busyTimeout: Int {
    get { (self as? Connection)?.busyTimeout ?? 0 }
    set { (self as? Connection)?.busyTimeout = newValue }
  }

  /// Lets another program write with foreign keys off, as far as a server has that: for a superuser.
  func setForeignKeys(_ areOn: Bool) throws {
    if let file = self as? Connection { return try file.setForeignKeys(areOn) }
    try execute("SET session_replication_role = \(areOn ? "origin" : "replica")")
  }
}
