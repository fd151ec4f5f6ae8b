import Database
import TestSupport
import Testing

@testable import CompanyAccess

@Suite(.onEachEngine) struct ExpectationTests {
  let desk: Desk

  init() throws {
    desk = try Desk()
    try desk.grant([1, 2], [1, 2])
    try desk.grant([3], [3])
  }

  /// What fails of a file: `line: what is so instead`.
  func failures(_ text: String, at moment: Moment = .now) throws -> [String] {
    let file = try desk.folder.write("expected.txt", text)
    var failures: [String] = []
    let counts = try desk.store.expect(file: file, at: moment) { result in
      failures.append("\(result.expectation.line): \(result.failure?.description ?? "holds")")
    }
    #expect(counts.failed == failures.count)
    return failures
  }

  /// The lines with problems of a file of which nothing was tested.
  func problems(_ text: String) throws -> [Int] {
    let file = try desk.folder.write("expected.txt", text)
    do {
      _ = try desk.store.expect(file: file) { _ in }
      return []
    } catch let error as ImportError {
      return error.problems.map(\.line)
    }
  }

  @Test("Lines of every kind that hold are no failures")
  func everythingHolds() throws {
    let text = """
      # remarks and empty lines say nothing
      user1, C1, yes

      user1,"Company 3",no
      id:1, C2, yes
      user user1: exactly C1, Company 2
      company C3: exactly user3
      user id:4: count 0
      company C1: count 2
      coverage >= 41.6 %
      coverage<41.667%
      isolated C1 C3
      isolated "Company 1", C3
      """
    #expect(try failures(text) == [])
  }

  @Test("Every line that does not hold is listed, with what is so instead")
  func failuresAreListed() throws {
    let text = """
      user1, C1, no
      user1, C3, yes
      user user1: exactly C1, C3
      company C1: exactly user1
      user user3: count 2
      company C1: count 0
      coverage > 42
      nobody without access
      isolated C1 C2
      user2, C2, yes
      """
    #expect(
      try failures(text) == [
        "1: yes", "2: no", "3: missing: C3; not expected: Company 2", "4: not expected: user2",
        "5: 1", "6: 2", "7: 41.7 %, 5 of 12 pairs", "8: without access: user4",
        "9: in both: user1, user2",
      ])
  }

  @Test("A file with a header holds pairs, with ids and times")
  func header() throws {
    try desk.closeChange()
    try desk.other.execute(
      "UPDATE company_access_change SET at = \(desk.time("'2026-01-01 00:00:00.000'"))")
    try desk.revoke([1], [1])
    let text = """
      user;user_id;company;company_id;expect;as_of
      user1;;C1;;yes;2026-01-02
      user1;1;;\(Desk.company(1));no;

      ;2;Company 2;;no;
      """
    #expect(try failures(text) == ["5: yes"])
    #expect(try failures("user,company,access\nuser2,C2,no\n") == ["2: yes"])
    #expect(try failures("user1, C1, yes, 2026-01-02\nuser1, C1, yes\n") == ["2: no"])
  }

  @Test("Everything that is not clear is an error, and nothing is tested")
  func problemsAreListed() throws {
    let text = """
      user1, C1, perhaps
      nobody, C1, yes
      user1, C1, yes, last week
      user user1: exactly
      user user1: count many
      user1 may enter C1
      isolated C1
      coverage 40
      user1, C9, no
      user9: exactly C1
      """
    #expect(try problems(text) == [1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
    #expect(try problems("user1, C1, yes\nuser1, \"C1, yes\n") == [2])
    #expect(try problems("user,company\nuser1,C1\n") == [1])
    #expect(try problems("{}") == [1])
    #expect(try problems("user_id,user,company,expect\n1,user2,C1,yes\n") == [2])
    try desk.other.execute("UPDATE hrm_company SET name = 'C2' WHERE code = 'C1'")
    #expect(try problems("user1, C2, yes\n") == [1])
  }

  @Test("A text that is quoted is a name, whatever stands in it")
  func quotedNames() throws {
    for name in ["a, b", "user x: count 3", "say \"hi\"", "# no remark", "two\nlines", " ", "yes"] {
      try desk.other.execute(
        "UPDATE hrm_users SET username = ? WHERE id = 4", [.text(name)])
      let quoted = "\"\(name.replacing("\"", with: "\"\""))\""
      #expect(try failures("\(quoted), C1, no\nuser1, C1, no\n").count == 1)
      #expect(
        try failures("company C1: exactly user1, user2, \(quoted)")
          == ["1: missing: \(NameInMessage.shown(name))"])
    }
  }

  @Test("A program asks with values and is answered by values")
  func values() throws {
    let results = try desk.store.expect([
      Expectation(
        .access(user: ExpectedName("user1"), company: ExpectedName("C1"), isGranted: true)),
      Expectation(.companyCount(of: ExpectedName("id:3"), 2), line: 2),
    ])
    #expect(results.map(\.failure) == [nil, .count(1)])
    #expect(results.map(\.expectation.line) == [1, 2])
  }

  @Test("An earlier state is tested by the names of that time")
  func earlierMoment() throws {
    let change = try #require(desk.changes().last?.id)
    try desk.other.execute("UPDATE hrm_users SET username = 'renamed' WHERE id = 1")
    try desk.revoke([1], [1, 2])
    #expect(try failures("user user1: exactly C1, C2", at: .after(change)) == [])
    #expect(try failures("user renamed: count 0") == [])
    #expect(try problems("user1, C1, no") == [1])
  }

  @Test("A database that may not be written is tested too, and left as it is")
  func readOnly() throws {
    let store = try AccessStore.open(desk.location, access: .readOnly)
    let file = try desk.folder.write("expected.txt", "user user1: exactly C1\n")
    let counts = try store.expect(file: file) { _ in }
    #expect(counts.failed == 1)
  }

  @Test(
    "What is written holds, and names every pair that changes, in every mapping",
    arguments: MappingFixture.Kind.allCases)
  func written(_ kind: MappingFixture.Kind) throws {
    guard TestEngine.isForFiles() else { return }
    let desk = try MappingDesk(kind)
    let store = desk.store
    // Users with even numbers may enter companies with odd ones in every mapping.
    try desk.grant([2, 4, 6], [1, 3])
    try desk.grant([2, 8], [5])
    let path = desk.folder.file("expected.txt")
    #expect(try store.writeExpectations(to: path) == desk.fixture.users + desk.fixture.companies)
    func failed() throws -> [String] {
      var failed: [String] = []
      _ = try store.expect(file: path) {
        failed.append("\($0.expectation) / \($0.failure?.description ?? "")")
      }
      return failed
    }
    #expect(try failed() == [])
    try desk.revoke([4], [3])
    let found = try failed()
    #expect(found.count == 2, "\(found)")
    #expect(found.first?.hasPrefix("user ") == true && found.last?.hasPrefix("company ") == true)
  }

  @Test("What is written holds, and a change of one pair fails its two lines")
  func writtenAndTested() throws {
    let path = desk.folder.file("written.txt")
    #expect(try desk.store.writeExpectations(to: path) == 7)
    let text = String(decoding: try readFile(path), as: UTF8.self)
    #expect(try failures(text) == [])
    try desk.revoke([2], [1])
    let found = try failures(text)
    #expect(found == ["3: missing: Company 1", "6: 1"])
  }

  @Test("A list that names a user or a company twice, by name and by id, has it once")
  func twins() throws {
    let company = Desk.company(1)
    #expect(
      try failures(
        """
        user user1: exactly C1, "Company 1", id:\(company), C2
        user user3: exactly C3, id:\(Desk.company(3)), C3
        company C1: exactly user1, id:1, id:2
        company C1: exactly user1, id:1
        """) == ["4: not expected: user2"])
  }

  @Test("Thousands of lists, names and pairs come to what they say")
  func many() throws {
    let users = 6_000
    try desk.other.inTransaction { [desk] in
      for number in 5...users { try Desk.addUser(number, to: desk.other) }
    }
    try desk.apply(.grant(.all, .companies([1, 2])))
    var text = "nobody without access\n"
    for number in 1...users {
      // Who had a company before has it besides; every hundredth list is wrong.
      let more = number == 3 || number % 100 == 0 ? ", C3" : ""
      text += "user user\(number): exactly C1, C2\(more)\nuser\(number), C1, yes\n"
    }
    let found = try failures(text)
    #expect(found.count == users / 100)
    #expect(found.first == "200: missing: C3")
  }

  @Test("A name with U+0000 is one that the database does not have")
  func nul() throws {
    #expect(try problems("user1, C1, yes\n\"us\0er\", C1, yes\nuser1, \"C\01\", no\n") == [2, 3])
  }
}
