import Database
import TestSupport

@testable import CompanyAccess

/// An application's own access table, with users and companies as such an application keeps them.
///
/// Each is written after what the application named makes, of the version in its comment; only what
/// matters for access is there.
struct ApplicationTable: Sendable, CustomStringConvertible {
  let description: String
  /// The tables, without rows.
  let schema: [String]
  /// Where what is: the mapping as JSON.
  let mapping: String
  let users: String
  let companies: String
  /// What the application keeps of a company in other tables, with its key and its name.
  var companyParts: [String] = []
  /// The keys of the numbered user and company.
  var userKey: @Sendable (Int) -> Value = { .integer(Int64($0)) }
  var companyKey: @Sendable (Int) -> Value = { .integer(Int64($0)) }
  /// What the application runs to grant and to revoke, with the keys as `?1` and `?2`.
  let grant: String
  let revoke: String
  /// What it asks to know whether a user may enter a company.
  let mayEnter: String

  /// How many users and companies there are.
  static let (people, firms) = (8, 5)

  /// Makes the database of the engine of the test with its users and companies, and grants the first
  /// companies to some.
  func make(in folder: TemporaryFolder) throws -> ApplicationDatabase {
    let database = try ApplicationDatabase(folder)
    let other = database.other
    if other is Connection {
      try other.execute("PRAGMA synchronous = OFF; PRAGMA journal_mode = MEMORY")
    }
    try other.inTransaction {
      for statement in schema { try run(statement, [], other) }
      for number in 1...ApplicationTable.people { try addUser(number, other) }
      for number in 1...ApplicationTable.firms {
        for statement in companyParts + [companies] {
          try run(statement, [companyKey(number), .text("Firm \(number)")], other)
        }
      }
      for user in 1...3 { try run(grant, user, 1, other) }
    }
    return database
  }

  func addUser(_ number: Int, _ other: any DatabaseSession) throws {
    try run(users, [userKey(number), .text("user\(number)")], other)
  }

  func run(
    _ statement: String, _ user: Int, _ company: Int, _ other: any DatabaseSession
  ) throws {
    try run(statement, [userKey(user), companyKey(company)], other)
  }

  private func run(_ statement: String, _ values: [Value], _ other: any DatabaseSession) throws {
    guard TestEngine.current == .postgres else { return try other.execute(statement, values) }
    // A server takes no more values than the statement names.
    let named = values.indices.filter { statement.contains("?\($0 + 1)") }.count
    try other.execute(ApplicationTable.onServer(statement), Array(values.prefix(named)))
  }

  /// The pairs that the application lets in.
  func pairs(_ other: any DatabaseSession) throws -> Set<[Int]> {
    var pairs: Set<[Int]> = []
    let question = TestEngine.current == .postgres ? ApplicationTable.onServer(mayEnter) : mayEnter
    for user in 1...ApplicationTable.people {
      for company in 1...ApplicationTable.firms
      where try other.first(question, [userKey(user), companyKey(company)], { $0.bool(0) }) == true
      {
        pairs.insert([user, company])
      }
    }
    return pairs
  }
}

/// The database of an application: a file or one of a server, by the engine of the test.
struct ApplicationDatabase {
  /// What `--db` says.
  let location: String
  let other: any DatabaseSession
  private let database: PostgresDatabase?

  init(_ folder: TemporaryFolder) throws {
    database = TestEngine.current == .postgres ? try PostgresDatabase() : nil
    location = database?.text() ?? folder.file("app.db")
    other = try database?.open() ?? Connection(path: location, mode: .create)
  }
}

// MARK: - On a server

extension ApplicationTable {
  /// What the tool of an application says of a server instead of what it says of a file.
  private static let exchanges: [(String, String)] = [
    ("`", "\""), ("INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL", numbered),
    ("integer NOT NULL PRIMARY KEY AUTOINCREMENT", numbered),
    ("INTEGER PRIMARY KEY AUTOINCREMENT", numbered), ("INTEGER NOT NULL PRIMARY KEY", numbered),
    ("bool NOT NULL DEFAULT 1", "bool NOT NULL DEFAULT TRUE"),
    ("BOOLEAN NOT NULL DEFAULT 0", "BOOLEAN NOT NULL DEFAULT FALSE"),
    ("BOOLEAN DEFAULT 1", "BOOLEAN DEFAULT TRUE"), ("datetime('now')", "now()"),
    ("datetime", "timestamptz"), ("DATETIME", "timestamp"), ("char(32)", "uuid"),
    ("lower(hex(randomblob(16)))", "gen_random_uuid()"), ("now(), 1, ?2", "now(), TRUE, ?2"),
    ("'boss', 1,", "'boss', TRUE,"), ("deleted = 0", "deleted = FALSE"),
    ("deleted = 1", "deleted = TRUE"), ("INSERT INTO user ", "INSERT INTO \"user\" "),
    ("VARCHAR(26)", "VARCHAR(40)"), ("?1 % 2,", "?1 % 2 = 1,"),
    ("WHERE ?2 IS NOT NULL", "WHERE CAST(?2 AS TEXT) IS NOT NULL"),
    ("SELECT ?2 WHERE ?1", "SELECT CAST(?2 AS TEXT) WHERE CAST(?1 AS bigint) > 0"),
  ]
  private static let numbered = "bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY"

  static func onServer(_ statement: String) -> String {
    let text = exchanges.reduce(statement) { $0.replacing($1.0, with: $1.1) }
    let ignores = "INSERT OR IGNORE INTO"
    guard text.contains(ignores) else { return text }
    return text.replacing(ignores, with: "INSERT INTO") + " ON CONFLICT DO NOTHING"
  }
}

extension ApplicationTable {
  static let all = [
    djangoManyToMany, djangoOrganizations, openwisp, labelStudio, through, composite, withRole,
    rails,
    odoo, tryton, grafana, mattermost, gitea,
  ]
}
