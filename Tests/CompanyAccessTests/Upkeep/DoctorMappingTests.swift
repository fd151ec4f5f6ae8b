import Database
import TestSupport
import Testing

@testable import CompanyAccess

/// The doctor on the databases of other applications.
@Suite struct DoctorMappingTests {
  @Test(arguments: MappingFixture.Kind.allCases)
  func anAdoptedFileHasNoProblem(kind: MappingFixture.Kind) throws {
    let desk = try MappingDesk(kind)
    try desk.grant([2, 4], [1])
    let diagnosis = try AccessStore.examine(desk.fixture.path)
    // Old rows of a CRM belong to no company, and are to be filled.
    #expect(
      diagnosis.findings.filter { $0.severity == .problem }.map(\.id)
        == (kind == .crm ? ["null-company"] : []))
    #expect(diagnosis.unchecked == [])
    #expect(diagnosis.facts.contains { $0.name == "application" })
  }

  @Test(arguments: MappingFixture.Kind.allCases)
  func whatIsWrongWithGrantsIsNamed(kind: MappingFixture.Kind) throws {
    let desk = try MappingDesk(kind)
    try desk.grant([2, 4], [1])
    try desk.other.setForeignKeys(false)
    let insert = """
      INSERT INTO \(kind.accessTable) (id, user_id, company_id, created_at, modified_at)
      VALUES (?, ?, ?, '2026-02-02', '2026-02-02')
      """
    try desk.other.execute(insert, [.text("x"), kind.user(9_999), kind.company(1)])
    try desk.other.execute(insert, [.text("y"), kind.user(1), kind.company(9_999)])
    let problems = try AccessStore.examine(desk.fixture.path).findings.filter {
      $0.severity == .problem && $0.id != "null-company"
    }
    #expect(problems.map(\.id) == ["orphan-user", "orphan-company"])
    for finding in problems {
      #expect(finding.count == 1 && finding.remedy?.hasSuffix("revoke --former") == true)
    }
    // What it says does mend them, both at once.
    #expect(try desk.apply(.revokeFormer).removed == 2)
    let left = try AccessStore.examine(desk.fixture.path).findings.map(\.id)
    #expect(!left.contains("orphan-user") && !left.contains("orphan-company"))
  }

  @Test func grantsAcrossOrganizationsAreNamed() throws {
    let desk = try MappingDesk(.guarding)
    let company = try #require(
      (1...desk.fixture.companies).first {
        desk.kind.organization(ofCompany: $0) != desk.kind.organization(ofUser: 1)
      })
    try desk.other.execute(
      """
      INSERT INTO \(desk.kind.accessTable) (id, user_id, company_id, created_at, modified_at)
      VALUES ('x', ?, ?, '2026-02-02', '2026-02-02')
      """, [desk.kind.user(1), desk.kind.company(company)])
    let finding = try #require(
      try AccessStore.examine(desk.fixture.path).findings.first { $0.severity == .problem })
    #expect(finding.id == "across-scopes" && finding.count == 1)
  }

  @Test(arguments: MappingFixture.Kind.allCases.filter { $0 != .custom })
  func aFileThatIsNotAdoptedLacksTables(kind: MappingFixture.Kind) throws {
    let folder = try TemporaryFolder()
    let fixture = try MappingFixture.make(kind, in: folder)
    let before = try readFile(fixture.path)
    let finding = try #require(
      try AccessStore.examine(fixture.path).findings.first { $0.severity == .problem })
    #expect(finding.id == "missing-table" && finding.count == 11)
    #expect(finding.remedy == "company-access --db \(fixture.path) adopt")
    #expect(try readFile(fixture.path) == before && folder.names.count == 1)
  }
}
