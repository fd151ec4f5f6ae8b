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

  /// Makes the database with its users and companies, and grants the first companies to some.
  func make(in folder: TemporaryFolder) throws -> Connection {
    let other = try Connection(path: folder.file("app.db"), mode: .create)
    try other.execute("PRAGMA synchronous = OFF; PRAGMA journal_mode = MEMORY")
    try other.inTransaction {
      for statement in schema { try other.execute(statement) }
      for number in 1...ApplicationTable.people { try addUser(number, other) }
      for number in 1...ApplicationTable.firms {
        for statement in companyParts + [companies] {
          try other.execute(statement, [companyKey(number), .text("Firm \(number)")])
        }
      }
      for user in 1...3 { try run(grant, user, 1, other) }
    }
    return other
  }

  func addUser(_ number: Int, _ other: Connection) throws {
    try other.execute(users, [userKey(number), .text("user\(number)")])
  }

  func run(_ statement: String, _ user: Int, _ company: Int, _ other: Connection) throws {
    try other.execute(statement, [userKey(user), companyKey(company)])
  }

  /// The pairs that the application lets in.
  func pairs(_ other: Connection) throws -> Set<[Int]> {
    var pairs: Set<[Int]> = []
    for user in 1...ApplicationTable.people {
      for company in 1...ApplicationTable.firms
      where try other.first(mayEnter, [userKey(user), companyKey(company)], { $0.bool(0) }) == true
      {
        pairs.insert([user, company])
      }
    }
    return pairs
  }
}

extension ApplicationTable {
  static let all = [
    djangoManyToMany, djangoOrganizations, openwisp, labelStudio, through, composite, withRole,
    rails,
    odoo, tryton, grafana, mattermost, gitea,
  ]
}
