import TestSupport
import Testing

@testable import CompanyAccess

struct NameTests {
  let folder: TemporaryFolder
  let store: AccessStore

  init() throws {
    folder = try TemporaryFolder()
    let path = folder.file("names.db")
    try AccessStore.create(path)
    try runSqlite3(
      path,
      """
      INSERT INTO hrm_users (id, username, full_name, created_at, modified_at) VALUES
        (1, 'ann', 'Ann Lee', '', ''), (2, '1', NULL, '', ''), (3, '-x', NULL, '', ''),
        (4, 'id:7', NULL, '', ''), (7, 'annette', NULL, '', '');
      INSERT INTO hrm_company (id, name, code, created_at, modified_at) VALUES
        ('0190a000000070008000000000000001', 'Acme', 'ACM', '', ''),
        ('0190a000000070008000000000000002', 'ACM', NULL, '', ''),
        ('0190A000-0000-7000-8000-000000000003', 'Bolt', 'BLT', '', ''),
        (x'0190a000000070008000000000000004', 'Cord', 'CRD', '', '');
      """)
    store = try AccessStore.open(path)
  }

  @Test(arguments: [
    ("ann", 1), ("1", 2), ("2", 2), ("id:1", 1), ("-x", 3), ("id:7", 7), ("id:4", 4),
    ("id:id:7", nil),
    ("id:3", 3), ("ANN", nil), ("01", nil), ("an", nil), ("", nil), ("1 ", nil),
    ("ann\u{301}", nil),
  ])
  func usersAreFoundByUsernameThenId(text: String, id: Int64?) throws {
    #expect((try? store.user(named: text))?.id == id.map { UserID($0) })
  }

  @Test(arguments: [
    ("ACM", nil), ("Acme", "Acme"), ("acme", nil), ("BLT", "Bolt"),
    ("0190a000000070008000000000000002", "ACM"), ("0190A000-0000-7000-8000-000000000002", "ACM"),
    ("id:{0190a000-0000-7000-8000-000000000002}", "ACM"),
    ("0190a000000070008000000000000003", "Bolt"),
    ("urn:uuid:0190a000-0000-7000-8000-000000000004", "Cord"), ("id:ACM", nil), ("0190", nil),
  ])
  func companiesAreFoundByCodeOrNameThenId(text: String, name: String?) throws {
    #expect((try? store.company(named: text))?.name == name)
  }

  @Test func unknownNamesComeWithSimilarOnes() throws {
    let user = #expect(throws: AccessError.self) { try store.user(named: "Ann") }
    #expect(
      user?.description
        == "there is no user 'Ann'; similar: ann (Ann Lee, id 1), annette (id 7)")
    let company = #expect(throws: AccessError.self) { try store.company(named: "Bolr") }
    #expect(
      company?.description == """
        there is no company 'Bolr'; similar: Bolt (BLT, id 0190A000-0000-7000-8000-000000000003)
        """)
    let none = #expect(throws: AccessError.self) { try store.user(named: "zzzzzz") }
    #expect(none?.description == "there is no user 'zzzzzz'")
  }

  @Test func severalHitsOfOneStepAreListed() throws {
    let path = folder.file("names.db")
    try runSqlite3(
      path,
      """
      INSERT INTO hrm_company (id, name, created_at, modified_at)
      VALUES ('0190a000000070008000000000000003', 'Other', '', '')
      """)
    let error = #expect(throws: AccessError.self) {
      try store.company(named: "id:0190a000000070008000000000000003")
    }
    guard case .severalCompaniesNamed(_, let found) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(found.map(\.name) == ["Bolt", "Other"])
    #expect(try store.company(named: "Other").name == "Other")
  }

  @Test func completionsBeginWithTheLettersTyped() throws {
    #expect(try store.usernames(beginningWith: "ann", limit: 9).map(\.name) == ["ann", "annette"])
    #expect(try store.usernames(beginningWith: "ann", limit: 1).map(\.note) == ["Ann Lee"])
    #expect(try store.companyNames(beginningWith: "", limit: 2).map(\.name) == ["ACM", "Acme"])
    #expect(try store.companyNames(beginningWith: "Z", limit: 2).isEmpty)
  }
}
