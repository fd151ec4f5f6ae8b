import Database
import TestSupport

@testable import CompanyAccess

/// A database of another application that has been adopted, a store on it, and the application,
/// which goes on working.
struct MappingDesk {
  let folder: TemporaryFolder
  let fixture: MappingFixture
  let application: MappingApplication
  let store: AccessStore

  var kind: MappingFixture.Kind { fixture.kind }
  var other: any DatabaseSession { application.connection }

  init(_ kind: MappingFixture.Kind, users: Int = 12, companies: Int = 6) throws {
    folder = try TemporaryFolder()
    fixture = try MappingFixture.make(kind, in: folder, users: users, companies: companies)
    application = try fixture.application()
    let mapping = try fixture.descriptionFile(in: folder)
    try AccessStore.prepare(fixture.path, mappingFile: mapping)
    store = try AccessStore.open(fixture.path, busyTimeout: 0)
    application.connection.busyTimeout = 0
  }

  func user(_ number: Int) -> UserID { UserID(Key(kind.user(number))) }
  func company(_ number: Int) -> CompanyID { CompanyID(Key(kind.company(number))) }
  func users(_ numbers: [Int]) -> UserSelection { .these(numbers.map(user)) }
  func companies(_ numbers: [Int]) -> CompanySelection { .these(numbers.map(company)) }

  @discardableResult
  func apply(_ intent: Intent, reason: ChangeReason = nil) throws -> ChangeResult {
    try store.apply(store.plan(intent), reason: reason)
  }

  @discardableResult
  func grant(_ numbers: [Int], _ companies: [Int]) throws -> ChangeResult {
    try apply(.grant(users(numbers), self.companies(companies)))
  }

  @discardableResult
  func revoke(_ numbers: [Int], _ companies: [Int]) throws -> ChangeResult {
    try apply(.revoke(users(numbers), self.companies(companies)))
  }

  /// The five columns of every grant that count as "the same row".
  func rows() throws -> [[Value]] {
    try other.rows(
      """
      SELECT id, user_id, company_id, created_at, modified_at FROM \(kind.accessTable)
      ORDER BY user_id, company_id
      """
    ) { row in (0..<5).map { row.value($0) } }
  }

  /// The pairs that hold, as numbers of user and company.
  func pairs() throws -> [[Int]] {
    let rows = try rows()
    return rows.map { row in
      [
        (1...fixture.users + 5).first { kind.user($0) == row[1] } ?? 0,
        (1...fixture.companies + 5).first { kind.company($0) == row[2] } ?? 0,
      ]
    }.sorted { ($0[0], $0[1]) < ($1[0], $1[1]) }
  }
}

extension AccessStore {
  /// Adds the tables to the database of an application, and grants nothing.
  static func prepare(_ location: String, mappingFile: String? = nil) throws {
    guard TestEngine.current == .postgres else {
      try upgradeSchema(location, mappingFile: mappingFile, trustsSchema: true)
      return
    }
    try ServerAdoption(location, mappingFile.map(MappingSource.file))
      .adopt(dryRun: false, grants: false, Work())
  }
}
