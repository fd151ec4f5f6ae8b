import CompanyAccess
import TestSupport
import Testing

/// A database of three users and three companies, and the program to use it with.
struct SmallDatabase {
  let folder: TemporaryFolder
  /// The file, or the location on a server.
  let path: String
  let engine: TestEngine
  private let server: PostgresDatabase?

  init() throws {
    engine = TestEngine.current
    folder = try TemporaryFolder()
    server = engine == .postgres ? try PostgresDatabase() : nil
    path = server?.text() ?? folder.file("small.db")
    try AccessStore.create(path)
    if engine == .sqlite { try sql("UPDATE company_access_now SET change_id = 1") }
    try sql(SmallDatabase.rows)
    // Users and companies are there when the record begins; their grants are its second change.
    try sql(
      """
      UPDATE company_access_user_lifetime SET began_change = NULL, since_change = NULL;
      UPDATE company_access_company_lifetime SET began_change = NULL, since_change = NULL
      """)
    try sql(
      engine == .sqlite
        ? "UPDATE company_access_now SET change_id = NULL"
        : """
        DELETE FROM company_access_change WHERE id > 1;
        SELECT setval('company_access.change_number', 1), setval('company_access.last_change', 1);
        SELECT setval('hrm_users_id_seq', 3)
        """)
    let (company, day) = (SmallDatabase.company(1), SmallDatabase.day)
    try sql(
      """
      INSERT INTO hrm_user_company_access (id, user_id, company_id, created_at, modified_at) VALUES
        ('\(row(1))', 1, '\(company)', '2026-02-01 10:00:00.000', \(day)),
        ('\(row(2))', 2, '\(company)', '2026-02-02 10:00:00.000', \(day))
      """)
    try sql(
      """
      UPDATE company_access_change SET at = '2026-01-01 10:00:00.000' WHERE id = 1;
      UPDATE company_access_change SET at = '2026-02-01 10:00:00.000' WHERE id = 2
      """)
  }

  private static let day = "'2026-01-01'"

  private static func company(_ number: Int) -> String {
    "0190a00000007000800000000000000\(number)"
  }

  /// The id of a row of the access table.
  private func row(_ number: Int) -> String {
    engine == .sqlite ? "a\(number)" : "0000000000000000000000000000000\(number)"
  }

  private static let rows = """
    INSERT INTO hrm_role (id, name) VALUES (1, 'Auditor');
    INSERT INTO hrm_users (id, username, full_name, email, role_id, is_active, created_at,
      modified_at) VALUES
      (1, 'ann', 'Ann Lee', 'ann@example.com', 1, TRUE, \(day), \(day)),
      (2, 'bob', NULL, NULL, NULL, FALSE, \(day), \(day)),
      (3, '-x', '=cmd', NULL, 1, TRUE, \(day), \(day));
    INSERT INTO hrm_company (id, name, code, is_active, created_at, modified_at) VALUES
      ('\(company(1))', 'Acme', 'ACM', TRUE, \(day), \(day)),
      ('\(company(2))', 'Bolt, Inc', NULL, TRUE, \(day), \(day)),
      ('\(company(3))', 'Cord', 'CRD', FALSE, \(day), \(day))
    """

  /// Runs SQL as another program does, and says what the shell of SQLite would print.
  @discardableResult
  func sql(_ script: String) throws -> String {
    try server?.run(script) ?? runSqlite3(path, script)
  }

  /// Companies of other programs, `company 10` and so on.
  func addCompanies(_ numbers: ClosedRange<Int>, called name: String = "company") throws {
    let rows = numbers.map { number in
      let zeros = String(repeating: "0", count: 32 - String(number).utf8.count)
      let day = SmallDatabase.day
      return "('\(zeros)\(number)', '\(name) \(number)', TRUE, \(day), \(day))"
    }
    try sql(
      """
      INSERT INTO hrm_company (id, name, is_active, created_at, modified_at)
      VALUES \(rows.joined(separator: ", "))
      """)
  }

  /// The number of the newest change; a server leaves out those of dry runs.
  var newestChange: String {
    get throws { try sql("SELECT max(id) FROM company_access_change") }
  }

  /// Goes before what another program writes that keeps foreign keys.
  var foreignKeys: String { engine == .sqlite ? "PRAGMA foreign_keys = ON; " : "" }

  /// Runs the program on the database.
  func run(_ words: String..., input: String = "") throws -> ProgramResult {
    try runProgram(
      builtProduct("company-access"), words,
      environment: ["COMPANY_ACCESS_DB": path, "TZ": "UTC"], standardInput: input)
  }

  /// All grants as `user company` lines, in order.
  var pairs: [String] {
    get throws {
      let text = try sql(
        """
        SELECT u.username || ' ' || c.name FROM hrm_user_company_access a
        JOIN hrm_users u ON u.id = a.user_id JOIN hrm_company c ON c.id = a.company_id
        ORDER BY 1
        """)
      return text.split(separator: "\n").map(String.init)
    }
  }

  /// Everything in the database, for comparing it before and after.
  var dump: String { get throws { try server?.dump() ?? runSqlite3(path, ".dump") } }
}
