import Database
import TestSupport
import Testing

@testable import CompanyAccess

/// A database whose application has an access table of its own, which has been adopted.
struct ApplicationDesk {
  let table: ApplicationTable
  let folder: TemporaryFolder
  private let database: ApplicationDatabase
  let store: AccessStore

  init(_ table: ApplicationTable, _ choices: AdoptionChoices = []) throws {
    self.table = table
    folder = try TemporaryFolder()
    database = try table.make(in: folder)
    let file = try folder.write("mapping.json", table.mapping)
    try AccessStore.adopt(database.location, mappingFile: file, choices: choices)
    store = try AccessStore.open(database.location)
  }

  var location: String { database.location }
  /// The application.
  var other: any DatabaseSession { database.other }

  /// What the doctor finds that is wrong.
  func problems() throws -> [String] {
    let diagnosis = try store.isOnServer ? store.examine() : AccessStore.examine(location)
    return diagnosis.findings.filter { $0.severity == .problem }.map(\.id)
  }

  func user(_ number: Int) -> UserID { UserID(Key(table.userKey(number))) }
  func company(_ number: Int) -> CompanyID { CompanyID(Key(table.companyKey(number))) }

  @discardableResult
  func apply(_ intent: Intent) throws -> ChangeResult { try store.apply(store.plan(intent)) }

  func users(_ numbers: [Int]) -> UserSelection { .these(numbers.map(user)) }
  func companies(_ numbers: [Int]) -> CompanySelection { .these(numbers.map(company)) }

  /// The pairs that the program says there are at a moment.
  func pairs(at moment: Moment = .now) throws -> Set<[Int]> {
    var pairs: Set<[Int]> = []
    for one in 1...ApplicationTable.people {
      for other in 1...ApplicationTable.firms
      where try store.mayEnter(user(one), company(other), at: moment) {
        pairs.insert([one, other])
      }
    }
    return pairs
  }

  var newest: ChangeID {
    get throws {
      ChangeID(
        try other.first(
          "SELECT max(id) FROM company_access_change"
        ) { $0.integer(0) } ?? 0)
    }
  }

  /// Whether the program, the record and the application say the same, and figures agree.
  func check(_ pairs: Set<[Int]>, _ about: Comment? = nil) throws {
    #expect(try table.pairs(other) == pairs, about)
    #expect(try self.pairs() == pairs, about)
    #expect(try self.pairs(at: .after(newest)) == pairs, about)
    #expect(try store.coverage().grants == pairs.count, about)
    #expect(try store.coverage(at: .after(newest)).grants == pairs.count, about)
    let mapping = store.mapping
    let counts = try other.reading { [other] in try Reconciliation(mapping: mapping).counts(other) }
    #expect(counts.isEmpty, "\(counts) \(about ?? "")")
    try checkFigures(pairs, about)
  }

  /// Whether statistics and lists count each pair once.
  func checkFigures(_ pairs: Set<[Int]>, _ about: Comment? = nil) throws {
    let ofUsers = Dictionary(grouping: pairs) { user($0[0]) }.mapValues(\.count)
    let ofCompanies = Dictionary(grouping: pairs) { company($0[1]) }.mapValues(\.count)
    let figures = try store.statistics()
    #expect(figures.coverage.grants == pairs.count, about)
    #expect(figures.usersWithAccess == ofUsers.count, about)
    for bar in figures.histogram where bar.companies > 0 {
      #expect(bar.users == ofUsers.values.count { $0 == bar.companies }, about)
    }
    #expect(figures.histogram.reduce(0) { $0 + $1.companies * $1.users } == pairs.count, about)
    #expect(
      Dictionary(uniqueKeysWithValues: figures.largest.map { ($0.company.id, $0.users) })
        == ofCompanies, about)
    for user in try store.users(UserQuery(), limit: 50).rows {
      #expect(user.companies == ofUsers[user.user.id] ?? 0, about)
    }
    for company in try store.companies(CompanyQuery(), limit: 50).rows {
      #expect(company.users == ofCompanies[company.company.id] ?? 0, about)
    }
  }
}

/// Access tables of applications are managed in place.
@Suite(.onEachEngine) struct ApplicationTableTests {
  private static let start: Set = [[1, 1], [2, 1], [3, 1]]

  /// Applications whose tables are known, with the names of their mappings.
  static let known: [(table: ApplicationTable, name: String)] = [
    (.djangoOrganizations, "django-organizations"), (.openwisp, "openwisp-users"),
    (.labelStudio, "label-studio"), (.grafana, "grafana"), (.tryton, "tryton"),
    (.djangoManyToMany, "custom"),
  ]

  @Test("Known applications are adopted without a mapping file", arguments: known)
  func withoutFile(table: ApplicationTable, name: String) throws {
    let folder = try TemporaryFolder()
    let database = try table.make(in: folder)
    let (path, other) = (database.location, database.other)
    try AccessStore.adopt(path)
    let store = try AccessStore.open(path)
    #expect(store.mapping.name == name && store.mapping.access.isDescribed)
    let (user, company) = (UserID(Key(table.userKey(4))), CompanyID(Key(table.companyKey(2))))
    try store.apply(store.plan(.grant(.these([user]), .these([company]))))
    #expect(try table.pairs(other) == Self.start.union([[4, 2]]))
    // As it was found again by its name, or by what the file says.
    #expect(try AccessStore.open(path).mapping == store.mapping)
  }

  @Test(
    "Where only the application can make rows, grants are refused and the rest works",
    arguments: [ApplicationTable.composite, .labelStudio])
  func revokeOnly(table: ApplicationTable) throws {
    let folder = try TemporaryFolder()
    let database = try table.make(in: folder)
    let (path, other) = (database.location, database.other)
    let mapping = table.mapping.replacing(
      "\"access\": {", with: "\"access\": {\"revoke_only\": \"rows hold a key\", ")
    try AccessStore.adopt(path, mappingFile: try folder.write("mapping.json", mapping))
    let store = try AccessStore.open(path)
    let company = CompanySelection.these([CompanyID(Key(table.companyKey(1)))])
    func users(_ numbers: Int...) -> UserSelection {
      .these(numbers.map { UserID(Key(table.userKey($0))) })
    }
    let refusal = AccessError.revokeOnly(reason: "rows hold a key")
    #expect(throws: refusal) { try store.apply(store.plan(.grant(users(4), company))) }
    let revoked = try #require(try store.apply(store.plan(.revoke(users(1, 2), company))).change)
    #expect(try table.pairs(other) == [[3, 1]])
    // A row that is still there gets its mark back.
    let keepsRows = store.mapping.access.live != nil
    if keepsRows {
      try store.apply(store.plan(.undo(revoked)))
    } else {
      #expect(throws: refusal) { try store.apply(store.plan(.undo(revoked))) }
    }
    #expect(try table.pairs(other) == (keepsRows ? Self.start : [[3, 1]]))
    #expect(try Reconciliation(mapping: store.mapping).counts(other).isEmpty)
  }

  @Test("What refers to the access table is named at adoption, and when it keeps a grant")
  func references() throws {
    guard TestEngine.isForFiles() else { return }
    let folder = try TemporaryFolder()
    let path = folder.file("app.db")
    let other = try ApplicationTable.djangoOrganizations.make(in: folder).other
    try other.execute(
      """
      CREATE TABLE organizations_organizationowner (id INTEGER PRIMARY KEY,
        organization_user_id integer NOT NULL REFERENCES organizations_organizationuser (id)
          DEFERRABLE INITIALLY DEFERRED)
      """)
    try other.execute(
      """
      INSERT INTO organizations_organizationowner (organization_user_id)
      SELECT id FROM organizations_organizationuser WHERE user_id = 1
      """)
    let adopted = try AccessStore.adopt(path)
    #expect(
      adopted.upgrade.notes.contains(
        .accessReferenced(
          by: "organizations_organizationowner", access: "organizations_organizationuser")))
    let store = try AccessStore.open(path)
    let refused = #expect(throws: AccessError.self) {
      try store.apply(
        store.plan(
          .revoke(.these([UserID(Key(.integer(1)))]), .these([CompanyID(Key(.integer(1)))]))))
    }
    guard case .refusedByDatabase(let detail) = refused else {
      Issue.record("\(String(describing: refused))")
      return
    }
    #expect(detail.contains("organizations_organizationowner"))
    let findings = try AccessStore.examine(path).findings.map(\.id)
    #expect(!findings.contains("other-index"))
  }

  @Test("Indexes come only where they are asked for, and go again")
  func indexes() throws {
    guard TestEngine.isForFiles() else { return }
    let folder = try TemporaryFolder()
    let table = ApplicationTable.rails
    let path = folder.file("app.db")
    let other = try table.make(in: folder).other
    let dump = try runSqlite3(path, ".dump")
    let file = try folder.write("mapping.json", table.mapping)
    let notes = try AccessStore.adoptionPlan(path, mappingFile: file).status.notes
    #expect(notes.contains(.noUserIndex(table: "companies_users")))
    try AccessStore.adopt(path, mappingFile: file, choices: .addsIndex)
    let indexes = try other.rows(
      "SELECT name FROM sqlite_schema WHERE type = 'index' AND tbl_name = 'companies_users'"
    ) { $0.text(0) }
    #expect(Set(indexes) == ["ix_companies_users_user", "ix_companies_users_company"])
    #expect(try AccessStore.verifySchema(path) == [])
    try AccessStore.downgradeSchema(path, acceptsLoss: true)
    #expect(try runSqlite3(path, ".dump") == dump)
  }

  @Test("A table beside the application's own is only made when that is said")
  func beside() throws {
    guard TestEngine.isForFiles() else { return }
    let folder = try TemporaryFolder()
    let table = ApplicationTable.composite
    let path = folder.file("app.db")
    _ = try table.make(in: folder)
    let bytes = try folder.read("app.db")
    let people = """
      {"users": {"table": "users", "key": "id", "username": "username"},
       "companies": {"table": "companies", "key": "id", "name": "name"}}
      """
    let file = try folder.write("mapping.json", people)
    let error = #expect(throws: AccessError.self) { try AccessStore.adopt(path, mappingFile: file) }
    #expect(try #require(error).description.contains("user_companies refers to both"))
    #expect(try folder.read("app.db") == bytes)
    try AccessStore.adopt(path, mappingFile: file, choices: .makesTableBeside)
    #expect(try AccessStore.open(path).mapping.access.table.text == "user_company_access")
  }

  @Test(
    "What the application has granted is kept, and what is granted here lets users in there",
    arguments: ApplicationTable.all)
  func granting(table: ApplicationTable) throws {
    let desk = try ApplicationDesk(table)
    try desk.check(Self.start)
    let granted = try desk.apply(.grant(desk.users([1, 4]), desk.companies([1, 2, 3])))
    #expect(granted.added == 5)
    let all = Self.start.union([[1, 2], [1, 3], [4, 1], [4, 2], [4, 3]])
    try desk.check(all)
    let revoked = try desk.apply(.revoke(desk.users([1, 2]), desk.companies([1, 3])))
    #expect(revoked.removed == 3)
    let left = all.subtracting([[1, 1], [1, 3], [2, 1]])
    try desk.check(left)
    try desk.apply(.undo(try #require(revoked.change)))
    try desk.check(all)
    try desk.apply(.undo(try #require(granted.change)))
    try desk.check(Self.start)
    #expect(try desk.pairs(at: .after(#require(granted.change))) == all)
    #expect(try desk.pairs(at: .after(#require(revoked.change))) == left)
    #expect(try desk.problems() == [])
  }

  @Test("What the application grants and revokes is on the record", arguments: ApplicationTable.all)
  func external(table: ApplicationTable) throws {
    let desk = try ApplicationDesk(table)
    try table.run(table.grant, 5, 2, desk.other)
    let first = try desk.newest
    try desk.check(Self.start.union([[5, 2]]))
    try table.run(table.revoke, 2, 1, desk.other)
    try desk.check(Self.start.union([[5, 2]]).subtracting([[2, 1]]))
    #expect(try desk.pairs(at: .after(first)) == Self.start.union([[5, 2]]))
    // Again, and once more, which may make a second row of the pair.
    try table.run(table.grant, 2, 1, desk.other)
    try table.run(table.grant, 2, 1, desk.other)
    try desk.check(Self.start.union([[5, 2]]))
    try desk.apply(.revoke(desk.users([2]), desk.companies([1])))
    try desk.check(Self.start.union([[5, 2]]).subtracting([[2, 1]]))
    try desk.apply(.grant(desk.users([2]), desk.companies([1])))
    try desk.check(Self.start.union([[5, 2]]))
    let log = try desk.store.changes(ChangeQuery(), limit: 50)
    #expect(log.contains { $0.origin == .external })
  }

  @Test(
    "A pair that has several rows counts once, beside a grant of a company that has gone",
    arguments: ApplicationTable.all)
  func severalRows(table: ApplicationTable) throws {
    let desk = try ApplicationDesk(table)
    try desk.other.execute(
      desk.other is Connection
        ? "PRAGMA foreign_keys = OFF" : "SET session_replication_role = replica")
    // As many rows are of a company that is not there as repeat a pair.
    try? table.run(table.grant, 2, 1, desk.other)
    try table.run(table.grant, 5, 2, desk.other)
    let companies = desk.store.mapping.companies
    try desk.other.execute(
      "DELETE FROM \(companies.table) WHERE \(companies.key) = ?", [table.companyKey(2)])
    try desk.checkFigures(Self.start)
    #expect(try desk.store.coverage().grants == 3)
    let plan = try desk.store.plan(.grant(desk.users([4]), desk.companies([1])))
    #expect(plan.before.grants == 3 && plan.after.grants == 4)
  }

  @Test("Further columns come back as they were", arguments: ApplicationTable.all)
  func furtherColumns(table: ApplicationTable) throws {
    let desk = try ApplicationDesk(table)
    let name = desk.store.mapping.access.table
    func rows() throws -> [[Value]] {
      let all = try desk.other.catalog().table(name.text)?.columns ?? []
      let columns = all.map { SQLName(foreign: $0.name) }.filter {
        $0.text != desk.store.mapping.access.modifiedAt?.text
      }
      let list = columns.map(\.description).joined(separator: ", ")
      return try desk.other.rows("SELECT \(list) FROM \(name) ORDER BY \(list)") { row in
        columns.indices.map { row.value($0) }
      }
    }
    let before = try rows()
    let revoked = try desk.apply(.revoke(desk.users([1, 2, 3]), desk.companies([1])))
    try desk.check([])
    try desk.apply(.undo(try #require(revoked.change)))
    try desk.check(Self.start)
    #expect(try rows() == before)
  }

  @Test(
    "A user and a company are deleted with their rows, and come back",
    arguments: ApplicationTable.all)
  func deleting(table: ApplicationTable) throws {
    let desk = try ApplicationDesk(table)
    for id in [EntityID.user(desk.user(2)), .company(desk.company(1))] {
      let edit = EntityEdit(.delete(id), changesGrants: true)
      let change = try #require(try desk.apply(.entity(edit)).change)
      #expect(try desk.store.coverage().grants == (id.kind == .user ? 2 : 0))
      try desk.apply(.undo(change))
      try desk.check(Self.start, "\(id)")
    }
  }

  @Test(
    "Large grants and revocations keep the record themselves", arguments: ApplicationTable.all)
  func large(table: ApplicationTable) throws {
    // A server leaves the record of such a table to its triggers, whatever the size.
    guard TestEngine.isForFiles() else { return }
    // Without indexes by user and by company this would take minutes.
    let desk = try ApplicationDesk(table, .addsIndex)
    try desk.other.inTransaction {
      for number in 100..<4_200 { try table.addUser(number, desk.other) }
    }
    let granted = try desk.apply(.bulkGrant(.all, .matching(CompanyQuery(), except: [])))
    #expect(granted.added == 4_108 * 5 - 3)
    func agree(_ grants: Int) throws {
      #expect(try desk.store.coverage().grants == grants)
      #expect(try desk.store.coverage(at: .after(desk.newest)).grants == grants)
      #expect(try Reconciliation(mapping: desk.store.mapping).counts(desk.other).isEmpty)
    }
    try agree(4_108 * 5)
    let revoked = try desk.apply(.revoke(.all, .matching(CompanyQuery(), except: [])))
    try agree(0)
    try desk.apply(.undo(try #require(revoked.change)))
    try agree(4_108 * 5)
    try desk.apply(.bulkGrant(.all, .matching(CompanyQuery(), except: [])))
    try desk.apply(.undo(try #require(granted.change)))
    try desk.check(Self.start)
    #expect(try desk.problems() == [])
  }

  @Test(
    "Only triggers come to the application's tables, and all of it goes again",
    arguments: ApplicationTable.all)
  func downgrade(table: ApplicationTable) throws {
    guard TestEngine.isForFiles() else { return }
    let folder = try TemporaryFolder()
    let path = folder.file("app.db")
    let other = try table.make(in: folder).other
    func theirs() throws -> [String] {
      try other.rows(
        """
        SELECT sql FROM sqlite_schema WHERE type <> 'trigger' AND sql IS NOT NULL
          AND tbl_name NOT LIKE 'company_access_%' ORDER BY rowid
        """
      ) { $0.text(0) }
    }
    let dump = try runSqlite3(path, ".dump")
    let schema = try theirs()
    let file = try folder.write("mapping.json", table.mapping)
    try AccessStore.adopt(path, mappingFile: file)
    #expect(try theirs() == schema)
    #expect(try AccessStore.verifySchema(path) == [])
    try AccessStore.downgradeSchema(path, acceptsLoss: true)
    #expect(try runSqlite3(path, ".dump") == dump)
  }
}
