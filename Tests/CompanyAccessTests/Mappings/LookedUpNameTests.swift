import Database
import TestSupport
import Testing

@testable import CompanyAccess

/// Companies whose names are in another table: the record keeps the key, and the name is looked up.
@Suite struct LookedUpNameTests {
  private let desk: ApplicationDesk

  init() throws { desk = try ApplicationDesk(.tryton) }

  private func edit(_ action: EntityEdit.Action, _ values: [String: String]) throws -> ChangeID {
    let result = try desk.apply(.entity(EntityEdit(action, values: values)))
    return try #require(result.change)
  }

  private func names(at moment: Moment = .now) throws -> [String] {
    try desk.store.companies(CompanyQuery(), limit: 99, at: moment).rows.map(\.company.name)
      .sorted()
  }

  private func compare() throws {
    let counts = try Reconciliation(mapping: desk.store.mapping).counts(desk.other)
    #expect(counts.isEmpty, "\(counts)")
  }

  @Test("A company is found, listed, sorted and searched by the name that is looked up")
  func reading() throws {
    #expect(try names() == (1...5).map { "Firm \($0)" })
    #expect(try desk.store.company(named: "Firm 2").id == desk.company(2))
    var query = CompanyQuery()
    query.search = "irm 3"
    #expect(try desk.store.companies(query, limit: 9).rows.map(\.company.name) == ["Firm 3"])
    #expect(throws: AccessError.self) { try desk.store.company(named: "Firm 9") }
    #expect(try desk.store.companyNames(beginningWith: "Firm", limit: 9).count == 5)
  }

  @Test("A party that the application renames renames its company at every moment")
  func renamedParty() throws {
    let start = try desk.newest
    try desk.other.execute("UPDATE party_party SET name = 'Nova' WHERE name = 'Firm 1'")
    #expect(try desk.store.company(named: "Nova").id == desk.company(1))
    #expect(try desk.store.company(named: "Nova", at: .after(start)).id == desk.company(1))
    #expect(try desk.newest == start)
    try compare()
  }

  @Test("A company that gets another party keeps its former one on the record")
  func otherParty() throws {
    let start = try desk.newest
    try desk.other.execute("INSERT INTO party_party (id, name) VALUES (77, 'Nova')")
    try desk.other.execute("UPDATE company_company SET party = 77 WHERE id = 1")
    #expect(try desk.store.company(named: "Nova").id == desk.company(1))
    #expect(try desk.store.company(named: "Firm 1", at: .after(start)).id == desk.company(1))
    #expect(try names(at: .after(start)) == (1...5).map { "Firm \($0)" })
    #expect(try desk.store.namesakes(.company, named: "Firm 1").map(\.nameNow) == ["Nova"])
    try compare()
  }

  @Test("A company is renamed and added by the name of one row of the other table")
  func writing() throws {
    try desk.other.execute(
      "INSERT INTO party_party (id, name) VALUES (77, 'Nova'), (78, 'Twin'), (79, 'Twin')")
    let one = EntityID.company(desk.company(1))
    #expect(try desk.store.form(.company, of: one).values["name"] == "Firm 1")
    #expect(
      try desk.store.check(EntityEdit(.edit(one), values: ["name": "Nobody"])).map(\.isProblem)
        == [true])
    let several = try desk.store.check(EntityEdit(.edit(one), values: ["name": "Twin"]))
    #expect(several.map(\.finding) == [.severalRows(table: "party_party", keys: ["78", "79"])])
    let change = try edit(.edit(one), ["name": "Nova"])
    #expect(try desk.store.company(named: "Nova").id == desk.company(1))
    let entity = try #require(try desk.store.entities(of: change).first)
    #expect(entity.fields.map(\.before) == ["Firm 1"] && entity.fields.map(\.after) == ["Nova"])
    try desk.apply(.undo(change))
    #expect(try names() == (1...5).map { "Firm \($0)" })
    let added = try edit(.add(.company), ["name": "Nova"])
    #expect(try names().contains("Nova"))
    try desk.apply(.undo(added))
    #expect(try names() == (1...5).map { "Firm \($0)" })
    try compare()
  }

  @Test("A deleted company is named by the key that the record kept, and comes back")
  func deleting() throws {
    let start = try desk.newest
    let change = try edit(.delete(.company(desk.company(1))), [:])
    #expect(try desk.store.deletedCompanies(named: "Firm 1").map(\.change) == [change])
    #expect(try desk.store.entities(of: change).map(\.name) == ["Firm 1"])
    #expect(try desk.pairs(at: .after(start)) == [[1, 1], [2, 1], [3, 1]])
    try desk.apply(.undo(change))
    try desk.check([[1, 1], [2, 1], [3, 1]])
  }

  @Test("A file cannot create companies whose names are in another table")
  func creating() throws {
    let file = try desk.folder.write("new.csv", "username,company\nuser1,Brand New\n")
    var options = StagedPairs.Options()
    options.createsMissing = true
    let error = #expect(throws: ImportError.self) {
      try desk.store.stage(file, options: options)
    }
    let reason = "the database has to know its party"
    #expect(error?.problems.map(\.kind) == [.badName("Brand New", reason: reason)])
  }
}

/// Users and companies that are rows of one table.
@Suite struct SharedTableTests {
  private let desk: ApplicationDesk

  init() throws { desk = try ApplicationDesk(.gitea) }

  private func compare() throws {
    let counts = try Reconciliation(mapping: desk.store.mapping).counts(desk.other)
    #expect(counts.isEmpty, "\(counts)")
  }

  private func figures(at moment: Moment = .now) throws -> [Int] {
    let coverage = try desk.store.coverage(at: moment)
    return [coverage.users, coverage.companies, coverage.grants, coverage.orphans]
  }

  @Test("A row is a user or a company by what it says, and no other")
  func apart() throws {
    #expect(try figures() == [8, 5, 3, 0])
    #expect(try desk.store.user(UserID(1_000_001)) == nil)
    #expect(throws: AccessError.noUserNamed("Firm 1", similar: [])) {
      try desk.store.user(named: "Firm 1")
    }
    #expect(throws: AccessError.noSuchUser(UserID(1_000_001))) {
      try desk.store.plan(.grant(.these([UserID(1_000_001)]), desk.companies([1])))
    }
  }

  @Test("A row that becomes something else ends one lifetime and begins another")
  func becoming() throws {
    let start = try desk.newest
    let before = try figures()
    try desk.other.execute("UPDATE user SET type = 1 WHERE id = 8")
    let converted = try desk.newest
    #expect(converted > start)
    #expect(try figures() == [7, 6, 3, 0] && figures(at: .after(start)) == before)
    #expect(try figures(at: .after(converted)) == [7, 6, 3, 0])
    try compare()
    try desk.other.execute("UPDATE user SET type = 2 WHERE id = 1000001")
    #expect(try figures()[1...] == [5, 0, 3])
    try compare()
    try desk.other.execute("UPDATE user SET type = 1 WHERE id = 1000001")
    #expect(try figures()[1...] == [6, 3, 0])
    try compare()
  }

  @Test("Rows of other kinds come, change and go without a change on the record")
  func others() throws {
    let start = try desk.newest
    try desk.other.execute("INSERT INTO user (id, name, type) VALUES (500, 'bot', 4)")
    try desk.other.execute("UPDATE user SET name = 'robot' WHERE id = 500")
    try desk.other.execute("UPDATE user SET id = 501 WHERE id = 500")
    try desk.other.execute("DELETE FROM user WHERE id = 501")
    #expect(try desk.newest == start)
    try compare()
  }

  @Test("A row that takes the place of another is what it says then")
  func replacing() throws {
    try desk.other.execute("REPLACE INTO user (id, name, type) VALUES (8, 'user8', 1)")
    #expect(try figures() == [7, 6, 3, 0])
    try compare()
    try desk.other.execute("REPLACE INTO user (id, name, type) VALUES (8, 'user8', 4)")
    #expect(try figures() == [7, 5, 3, 0])
    try compare()
  }

  @Test("New users and companies say what makes them so; an undo takes them away")
  func adding() throws {
    let user = try desk.apply(.entity(EntityEdit(.add(.user), values: ["username": "lin"])))
    let company = try desk.apply(.entity(EntityEdit(.add(.company), values: ["name": "Nova"])))
    let types = try desk.other.rows(
      "SELECT type FROM user WHERE name IN ('lin', 'Nova') ORDER BY name"
    ) { $0.int(0) }
    #expect(types == [1, 0])
    #expect(try figures() == [9, 6, 3, 0])
    for change in [company, user] { try desk.apply(.undo(try #require(change.change))) }
    #expect(try figures() == [8, 5, 3, 0])
    try compare()
  }

  @Test("Tables with one name need conditions that no row fulfils twice")
  func conditions() {
    let mapping = ApplicationTable.gitea.mapping
    for changed in [
      mapping.replacing(#""only": {"type": 1}"#, with: #""only": {"type": 0}"#),
      mapping.replacing(#", "only": {"type": 1}"#, with: ""),
    ] {
      #expect(throws: MappingError.self) { try SchemaMapping(json: Array(changed.utf8)) }
    }
  }
}
