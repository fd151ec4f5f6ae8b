import Database
import DatabasePostgres
import TestSupport
import Testing

/// A database of a server with the users, companies and grants of the sample, as another program
/// has written them.
struct ServerDatabase {
  let database: PostgresDatabase
  var location: String { database.text() }

  private static let sample =
    #filePath.split(separator: "/").dropLast(3).map { "/" + $0 }.joined() + "/sample.db"

  private static let tables: [(name: String, columns: [String])] = [
    ("hrm_role", ["id", "name"]),
    (
      "hrm_users",
      ["id", "username", "full_name", "email", "role_id", "is_active", "created_at", "modified_at"]
    ),
    ("hrm_company", ["id", "name", "code", "is_active", "created_at", "modified_at"]),
    ("hrm_user_company_access", ["id", "user_id", "company_id", "created_at", "modified_at"]),
  ]

  init(on server: PostgresServer? = nil) throws {
    database = try PostgresDatabase(on: server)
    let made = try runProgram(builtProduct("company-access"), ["init", database.text()])
    try #require(made.status == 0, "\(made)")
    let session = try database.open()
    let sample = try Connection(path: Self.sample, mode: .readOnly)
    for table in Self.tables {
      let columns = table.columns.joined(separator: ", ")
      let names = table.columns.map { SQLName(foreign: $0) }
      try session.copyIn(SQLRelation(stringLiteral: table.name), names) { writer in
        try sample.forEach("SELECT \(columns) FROM \(table.name)") { row in
          try writer.add(names.indices.map { row.value($0) })
        }
      }
    }
    try session.execute(
      "SELECT setval(pg_get_serial_sequence('hrm_users', 'id'), max(id)) FROM hrm_users"
        as SQLStatement)
  }

  /// Opens the desk on it, and waits until the menu shows the figures.
  func open(_ options: [String] = [], rows: Int = 24, columns: Int = 80) throws -> TerminalProgram {
    let desk = try TerminalProgram(
      builtProduct("company-access"), options + [location], environment: ["TZ": "UTC"],
      rows: rows, columns: columns)
    try DeskTour.menu.wait(desk)
    return desk
  }

  /// The first column of a query, as another program reads it, over a session of its own.
  @discardableResult
  func sql(_ query: String) throws -> [String] {
    try database.open().rows(SQLStatement(stringLiteral: query)) { $0.optionalText(0) ?? "" }
  }

  func companies(of user: String) throws -> [String] {
    try sql(
      """
      SELECT c.name FROM hrm_user_company_access a JOIN hrm_users u ON u.id = a.user_id
      JOIN hrm_company c ON c.id = a.company_id WHERE u.username = '\(user)'
      ORDER BY c.name COLLATE "C"
      """)
  }

  /// Origin, action and pairs of the changes by this program, oldest first.
  func changes() throws -> [String] {
    try sql(
      """
      SELECT concat_ws('|', origin, action, added, removed) FROM company_access.change
      WHERE origin = 'desk' ORDER BY id
      """)
  }

  /// Grants as another program does.
  func grant(_ user: String, _ company: String) throws {
    try database.open().run(
      """
      INSERT INTO hrm_user_company_access (id, user_id, company_id, created_at, modified_at)
      SELECT gen_random_uuid(), u.id, c.id, now(), now() FROM hrm_users u, hrm_company c
      WHERE u.username = '\(user)' AND c.code = '\(company)'
      """)
  }

  /// The record agrees with the table, and every change tells its pairs.
  func expectSound(sourceLocation: SourceLocation = #_sourceLocation) throws {
    let wrong = try sql(
      """
      SELECT 'grants' WHERE (SELECT count(*) FROM company_access.current_grant)
        <> (SELECT count(*) FROM hrm_user_company_access)
      UNION ALL
      SELECT 'change ' || x.id FROM company_access.change x WHERE x.origin = 'desk' AND (
        x.added <> (SELECT count(*) FROM company_access.current_grant g WHERE g.began_change = x.id)
          + (SELECT count(*) FROM company_access.ended_grant g WHERE g.began_change = x.id)
        OR x.removed
          <> (SELECT count(*) FROM company_access.ended_grant g WHERE g.ended_change = x.id))
      """)
    #expect(wrong == [], sourceLocation: sourceLocation)
  }
}
