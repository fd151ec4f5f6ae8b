import Database
import TestSupport
import Testing

@testable import CompanyAccess

struct MappingFileTests {
  private func problems(_ json: String) -> [String] {
    do {
      _ = try SchemaMapping(json: Array(json.utf8))
      return []
    } catch {
      return error.problems.map(\.description)
    }
  }

  private let small = """
    {"users": {"table": "u", "key": "k", "username": "n"},
      "companies": {"table": "c", "key": "k", "name": "n"}}
    """

  @Test func whatMayBeLeftOutHasAMeaning() throws {
    let mapping = try SchemaMapping(json: Array(small.utf8))
    #expect(mapping.name == "custom")
    #expect(mapping.users.fullName == [] && mapping.users.email == nil)
    #expect(mapping.users.role == .none && mapping.users.active == .always)
    #expect(mapping.home == nil && mapping.scope == nil && mapping.allCompaniesRoles == [])
    #expect(mapping.access.table.text == "user_company_access")
    #expect(mapping.settings.first?.value == small)
  }

  @Test func everythingCanBeSaid() throws {
    let mapping = try SchemaMapping(
      json: Array(
        """
        {"users": {"table": "u", "key": "k", "username": "n", "full_name": ["a", "b"],
            "email": "e", "role": {"column": "r", "table": "t", "key": "i", "name": "w"},
            "active": {"column": "s", "equals": 1}, "created_at": "x", "modified_at": null},
          "companies": {"table": "c", "key": "k", "name": "n", "code": "o", "active": "f"},
          "home": {"table": "h", "user": "hu", "company": "hc"},
          "all_companies_roles": ["Boss"], "scope": {"user": "su", "company": "sc"},
          "access_table": "may"}
        """.utf8))
    #expect(mapping.users.fullName.map(\.text) == ["a", "b"])
    #expect(mapping.users.active == .equals(SQLName(foreign: "s"), .integer(1)))
    #expect(mapping.users.createdAt?.text == "x" && mapping.users.modifiedAt == nil)
    #expect(mapping.companies.active == .flag(SQLName(foreign: "f")))
    #expect(mapping.home?.company.text == "hc" && mapping.scope?.user.text == "su")
    #expect(mapping.allCompaniesRoles == ["Boss"] && mapping.access.table.text == "may")
    guard case .lookup(_, let roles) = mapping.users.role else {
      Issue.record("the role is in a table of its own")
      return
    }
    #expect(roles.table.text == "t" && roles.key.text == "i" && roles.name.text == "w")
  }

  @Test func theGuideDescribesAMapping() throws {
    let folder = "/" + #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
    let guide = String(decoding: try readFile(folder + "/docs/guide.md"), as: UTF8.self)
    let mappings = try guide.split(separator: "```json\n").dropFirst().map { rest in
      try SchemaMapping(json: Array(#require(rest.split(separator: "```").first).utf8))
    }
    #expect(mappings.count == 2)
    #expect(mappings.first?.access.table.text == "person_branch_access")
    #expect(mappings.first?.users.createdAt?.text == "hired_at")
    let access = try #require(mappings.last).access
    #expect(access.isDescribed && access.company.text == "organization_id")
    #expect(access.live?.equals == .null && access.end.map(\.content) == [.now])
    #expect(access.new.map(\.content) == [.constant(.integer(0)), .constant(.text("Viewer"))])
  }

  @Test("Mistakes in what is said of the access table are told with their places")
  func mistakesOfAccess() {
    func access(_ json: String) -> [String] {
      problems(String(small.dropLast()) + ", \"access\": \(json)}")
    }
    #expect(access("3") == ["access: an object is expected"])
    #expect(
      access(#"{"table": "t", "user": "u"}"#) == ["access.company: it is missing"])
    let pair = #"{"table": "t", "user": "u", "company": "c""#
    #expect(
      access(pair + #", "end": {"gone": true}}"#) == [
        "access.end: it must name the column of 'live', so that the row no longer counts"
      ])
    #expect(
      access(pair + #", "new": {"role": ["x"]}}"#) == [
        "access.new.role: a text, a whole number, true, false or null is expected"
      ])
    #expect(
      access(pair + #", "new": {"at": {"now": 3}}}"#) == ["access.new.at.now: true is expected"])
    #expect(access(pair + #", "live": {"column": "x"}}"#) == ["access.live.equals: it is missing"])
    #expect(
      access(pair + #"}, "access_table": "y""#).contains(
        "access_table: it cannot stand beside access"))
  }

  @Test func everyMistakeIsToldWithItsPlace() {
    #expect(
      problems(#"{"users": {"table": "u", "kay": "k"}, "companies": 3, "scoop": {}}"#) == [
        "users.key: it is missing", "users.username: it is missing",
        "companies: an object is expected", "scoop: there is no such key",
        "users.kay: there is no such key",
      ])
    #expect(problems("[]").first == "an object is expected")
    #expect(problems("{\n\"users\": x}") == ["line 2: this is no JSON: 'x' is no value"])
    #expect(problems(small + small).count == 1)
    let twice = small.replacing(
      "\"key\": \"k\", \"username\"", with: "\"key\": \"k\", \"key\": \"k\", \"username\"")
    #expect(problems(twice) == ["users.key: it is there twice"])
  }

  @Test(arguments: ["u", "C", "company_access_change"])
  func theAccessTableIsNoneThatIsThereForSomethingElse(_ name: String) {
    let json = small.dropLast() + ", \"access_table\": \"\(name)\"}"
    #expect(
      problems(String(json)) == ["access_table: '\(name.lowercased())' is another table"])
  }

  @Test func namesAreTextAndNeverSQL() throws {
    let folder = try TemporaryFolder()
    let fixture = try MappingFixture.make(.crm, in: folder)
    let other = try fixture.application().file
    let hostile = small.replacing("\"u\"", with: #""users; DROP TABLE users; --""#)
      .replacing("\"c\"", with: #""companies\" AS x; --""#)
    let mapping = try SchemaMapping(json: Array(hostile.utf8))
    let found = try mapping.problems(in: other)
    #expect(
      found.map(\.place) == ["users.table", "companies.table"]
        && found.allSatisfy {
          if case .noTable = $0.kind { true } else { false }
        })
    #expect(try other.count("SELECT count(*) FROM users") == 12)
  }

  @Test func whatTheDatabaseLacksIsToldWithItsPlace() throws {
    let folder = try TemporaryFolder()
    let other = try MappingFixture.make(.crm, in: folder).application().file
    try other.execute("CREATE VIEW clients AS SELECT id, name FROM companies")
    func problems(_ users: String, _ companies: String) throws -> [String] {
      let json = "{\"users\": {\(users)}, \"companies\": {\(companies)}}"
      return try SchemaMapping(json: Array(json.utf8)).problems(in: other).map(\.description)
    }
    let fine = #""table": "companies", "key": "id", "name": "name""#
    #expect(
      try problems(#""table": "USERS", "key": "ID", "username": "Email""#, fine) == [])
    #expect(
      try problems(#""table": "users", "key": "id", "username": "login""#, fine) == [
        "users.username: the table 'users' has no column 'login'"
      ])
    #expect(
      try problems(
        #""table": "users", "key": "id", "username": "email""#,
        #""table": "clients", "key": "id", "name": "name""#) == [
          "companies.table: 'clients' is a view or a virtual table"
        ])
    #expect(
      try problems(#""table": "users", "key": "full_name", "username": "email""#, fine) == [
        "users.key: the column 'full_name' of the table 'users' is neither its primary key nor UNIQUE"
      ])
  }

  @Test func aFileThatIsNoneIsRefused() throws {
    let folder = try TemporaryFolder()
    #expect(throws: AccessError.noSuchFile(path: folder.file("x.json"))) {
      try SchemaMapping(file: folder.file("x.json"))
    }
    let path = try folder.write("mapping.json", "{}")
    let error = #expect(throws: AccessError.self) { try SchemaMapping(file: path) }
    #expect(error?.description.contains("users: it is missing; companies: it is missing") == true)
    #expect(throws: AccessError.self) {
      try SchemaMapping(file: try folder.write("long.json", String(repeating: " ", count: 70_000)))
    }
  }
}
