import TestSupport
import Testing

@testable import CompanyAccess

/// A tenant's own copy: the whole export of a part, which an empty database takes in.
@Suite struct TenantCopyTests {
  @Test(
    "the copy of a tenant holds the users, companies and grants of the tenant, and nothing of another",
    arguments: [MappingFixture.Kind.hrm, .guarding, .crm])
  func copies(_ kind: MappingFixture.Kind) throws {
    let pair = try ScopedPair(kind, role: .hrAdmin, seed: Sweep.seed)
    // What is written does not depend on the other tenants.
    let (one, other) = try pair.call(["export", "all"])
    #expect(withoutKeys(one) == withoutKeys(other) && one.hasPrefix("0\n"), "\(kind)")
    let folder = try TemporaryFolder()
    let document = folder.file("tenant.json")
    let path = pair.one.file(pair.file)
    let written = try run(path, "export", "all", "--output", document)
    #expect(written.status == 0, "\(written.stderr)")
    let copy = folder.file("copy.db")
    try empty(kind, at: copy)
    let taken = try run(copy, "import", document)
    #expect(taken.status == 0, "\(taken.stderr)")
    for words in [["users"], ["companies"], ["stats"]] {
      let words = words + ["--format", "tsv"]
      #expect(try run(copy, words).stdout == run(path, words).stdout, "\(kind) \(words)")
    }
    let grants = try [copy, path].map {
      try pairs(run($0, ["export", "grants", "--format", "tsv"]))
    }
    #expect(grants[0] == grants[1] && !grants[0].isEmpty)
  }

  @Test(
    "one who sees everything says whose copy it is, in the same words as of an operator's scope")
  func ofAnother() throws {
    let folder = try TemporaryFolder()
    let fixture = try MappingFixture.make(.guarding, in: folder)
    try AccessStore.adopt(fixture.path)
    let store = try AccessStore.open(fixture.path)
    #expect(try store.part(.organization("2")).companies(CompanyQuery(), limit: 9).rows.count == 3)
    #expect(throws: AccessError.badOperators(.noOrganization("9"))) {
      try store.part(.organization("9"))
    }
    #expect(throws: AccessError.noSuchCompany(CompanyID(99))) {
      try store.part(.companies([CompanyID(99)]))
    }
    let copy = try run(fixture.path, "export", "all", "--scope", "2")
    #expect(copy.stdout.contains("Organization 2") && !copy.stdout.contains("Organization 1"))
    #expect(try run(fixture.path, "export", "users", "--scope", "2").status == 64)
    #expect(
      try run(fixture.path, "export", "all", "--scope", "2", "--company", "Company 2").status == 64)
  }

  /// A document without UUIDs, of which each row of a grant has a fresh one.
  private func withoutKeys(_ text: String) -> String {
    text.replacing(/[0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{32}/, with: "KEY")
  }

  /// An empty database of the same application.
  private func empty(_ kind: MappingFixture.Kind, at path: String) throws {
    guard kind != .hrm else { return try AccessStore.create(path) }
    try MappingFixture.make(kind, at: path, users: 0, companies: 0)
    try AccessStore.adopt(path)
  }

  private func run(_ path: String, _ words: String...) throws -> ProgramResult {
    try run(path, words)
  }

  private func run(_ path: String, _ words: [String]) throws -> ProgramResult {
    try runProgram(builtProduct("company-access"), ["--db", path] + words)
  }

  /// The users and companies of an export.
  private func pairs(_ result: ProgramResult) -> [String] {
    result.stdout.split(separator: "\n").map {
      $0.split(separator: "\t").prefix(2).joined(separator: " ")
    }
  }
}
