import Database
import TestSupport
import Testing

@testable import CompanyAccess

struct MappingDetectionTests {
  private static let known = MappingFixture.Kind.allCases.filter { $0 != .custom }

  @Test(arguments: known) func theTablesShowWhoseTheyAre(_ kind: MappingFixture.Kind) throws {
    let folder = try TemporaryFolder()
    let fixture = try MappingFixture.make(kind, in: folder)
    let mapping = try #require(try SchemaMapping(of: fixture.application().file))
    #expect(mapping.name == kind.rawValue)
    #expect {
      try AccessStore.open(fixture.path)
    } throws: { error in
      guard case .noTables(_, let missing, kind.rawValue)? = error as? AccessError else {
        return false
      }
      return missing.contains("company_access_change")
    }
  }

  @Test func anApplicationThatNobodyKnowsIsNotGuessed() throws {
    let folder = try TemporaryFolder()
    let fixture = try MappingFixture.make(.custom, in: folder)
    #expect(try SchemaMapping(of: fixture.application().file) == nil)
    #expect {
      try AccessStore.open(fixture.path)
    } throws: { error in
      if case .noTables(_, _, nil)? = error as? AccessError { true } else { false }
    }
  }

  @Test func aTableWithoutOneOfItsColumnsIsOfAnotherApplication() throws {
    let folder = try TemporaryFolder()
    let fixture = try MappingFixture.make(.guarding, in: folder)
    let other = try fixture.application().file
    try other.execute("DROP INDEX ix_employees_org_id")
    try other.execute("ALTER TABLE employees DROP COLUMN last_name")
    #expect(try SchemaMapping(of: other) == nil)
  }

  @Test(arguments: MappingFixture.Kind.allCases)
  func theDatabaseSaysOfWhichMappingItIs(_ kind: MappingFixture.Kind) throws {
    let desk = try MappingDesk(kind)
    let status = try desk.store.status
    #expect(status.mapping == kind.rawValue && status.missing == [] && !status.isReadOnly)
    #expect(status.facts.hasCodes == (kind != .guarding && kind != .crm))
    #expect(desk.store.mapping.users.keys.form == desk.userForm)
    #expect(desk.store.mapping.companies.keys.form == desk.companyForm)
  }

  /// Before there are rows only the types tell.
  @Test(arguments: MappingFixture.Kind.allCases)
  func theTypesTellHowKeysAreStored(_ kind: MappingFixture.Kind) throws {
    let desk = try MappingDesk(kind, users: 0, companies: 0)
    #expect(desk.store.mapping.users.keys.form == desk.userForm)
    #expect(desk.store.mapping.companies.keys.form == desk.companyForm)
    #expect(try desk.store.coverage().tenthsOfPercent == nil)
  }

  @Test(arguments: MappingFixture.Kind.allCases)
  func theKeysOfGrantsHaveTheTypesOfTheirParents(_ kind: MappingFixture.Kind) throws {
    let desk = try MappingDesk(kind)
    let types = try desk.other.rows(
      "SELECT type FROM pragma_table_info(?) WHERE name IN ('id', 'user_id', 'company_id')",
      [.text(desk.store.mapping.access.table.text)]
    ) { $0.text(0) }
    let expected: [String] =
      switch kind {
      case .hrm, .crm: ["CHAR(32)", "INTEGER", "CHAR(32)"]
      case .guarding: ["CHAR(32)", "INTEGER", "INTEGER"]
      case .workcards: ["VARCHAR(36)", "VARCHAR(36)", "VARCHAR(36)"]
      case .custom: ["BLOB", "TEXT", "BLOB"]
      }
    #expect(types == expected)
  }

  @Test func aDatabaseThatNamesAnUnknownMappingIsRefused() throws {
    let desk = try MappingDesk(.crm)
    try desk.other.execute(
      "UPDATE company_access_setting SET value = 'billing' WHERE key = 'mapping'")
    let problem = MappingProblem("", .unknownMapping("billing"))
    #expect(
      throws: AccessError.unfitMapping(
        path: desk.fixture.path, mapping: "custom", [problem])
    ) {
      try AccessStore.open(desk.fixture.path)
    }
  }

  @Test func aColumnThatIsGoneIsNamed() throws {
    let desk = try MappingDesk(.custom)
    try desk.other.execute(#"ALTER TABLE "staff members" RENAME COLUMN login TO signin"#)
    let error = #expect(throws: AccessError.self) { try AccessStore.open(desk.fixture.path) }
    let words = try #require(error).description
    #expect(
      words.contains("users.username: the table 'staff members' has no column 'login'")
        && words.contains("schema upgrade --mapping FILE"), "\(words)")
  }
}

extension MappingDesk {
  fileprivate var userForm: KeyStorage.Form {
    switch kind {
    case .hrm, .guarding, .crm: .integer
    case .workcards: .dashed
    case .custom: .text
    }
  }

  fileprivate var companyForm: KeyStorage.Form {
    switch kind {
    case .hrm, .crm: .digits
    case .guarding: .integer
    case .workcards: .dashed
    case .custom: .bytes
    }
  }
}
