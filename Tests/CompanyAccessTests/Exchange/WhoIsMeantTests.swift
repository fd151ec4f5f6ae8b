import Database
import TestSupport
import Testing

@testable import CompanyAccess

/// Files whose names do not say whom they mean.
@Suite(.onEachEngine) struct WhoIsMeantTests {
  let desk: Desk

  /// Company 3 is called by the code of company 1 and has no code itself.
  init() throws {
    desk = try Desk()
    try desk.other.execute("UPDATE hrm_company SET name = 'C1', code = NULL WHERE code = 'C3'")
  }

  /// What each way of reading a file says: `import`, `import --sync` and `diff --file`.
  private func problems(_ contents: String) throws -> [String] {
    let file = try desk.folder.write("pairs", contents)
    var sync = StagedPairs.Options()
    sync.isSync = true
    let ways: [() throws -> Void] = [
      { _ = try desk.store.stage(file) }, { _ = try desk.store.stage(file, options: sync) },
      { _ = try desk.store.diff(file: file) { _ in } },
    ]
    return ways.map { way in
      do {
        try way()
        return ""
      } catch {
        return "\(error)"
      }
    }
  }

  private func same(_ words: String) -> [String] { [words, words, words] }

  private static let of3 = "C1 (id 00000000-0000-0000-0000-000000000003)"
  private static let several = """
    several companies are called 'C1'; the column company_id tells which: \
    Company 1 (C1, id 00000000-0000-0000-0000-000000000001), \(of3)
    """

  @Test(arguments: [
    "user,company\nuser1,C1\n", "user\tcompany\nuser1\tC1\n",
    "user,company,action\nuser1,C1,revoke\n",
  ])
  func aNameThatIsAnothersCodeIsRefusedWithItsLine(file: String) throws {
    #expect(try problems(file) == same("line 2: " + Self.several))
  }

  @Test func itIsRefusedInJSON() throws {
    let file = "[\n{\"user\":\"user1\",\"company\":\"C1\"}]"
    #expect(try problems(file) == same("line 2: " + Self.several))
  }

  @Test(arguments: [
    ("user_id,user\n2,user1", "user_id 2 is user2, not user1"),
    ("user_id,user\n2,USER2", "user_id 2 is user2, not USER2"),
    ("user_id,username\n2,2", "user_id 2 is user2, not 2"),
    ("user_id,user\n2,", ""), ("user_id,user\n2,user2", ""),
    ("user_id,user\n9,user1", "no user 'id:9'"),
  ])
  func anIDAndAUsernameHaveToAgree(columns: String, problem: String) throws {
    let lines = columns.split(separator: "\n")
    let file = "\(lines[0]),company\n\(lines[1]),C2\n"
    #expect(try problems(file) == same(problem.isEmpty ? "" : "line 2: " + problem))
    let keys = lines[0].split(separator: ",")
    let values = lines[1].split(separator: ",", omittingEmptySubsequences: false)
    let members = zip(keys, values).map { "\"\($0)\":\"\($1)\"" }.joined(separator: ",")
    let json = "[\n{\(members),\"company\":\"C2\"}]"
    #expect(try problems(json) == same(problem.isEmpty ? "" : "line 2: " + problem))
  }

  @Test func anIDAndACompanyHaveToAgree() throws {
    let id = "00000000-0000-0000-0000-000000000003"
    func file(_ name: String) -> String { "user,company_id,company\nuser1,\(id),\(name)\n" }
    #expect(try problems(file("C1")) == same(""))
    #expect(try problems(file("")) == same(""))
    #expect(
      try problems(file("Company 2")) == same("line 2: company_id \(id) is C1, not Company 2"))
    #expect(try problems(file("C3")) == same("line 2: company_id \(id) is C1, not C3"))
    #expect(
      try problems("user,company_id,company\nuser1,\(Desk.company(2)),C2\n") == same(""))
  }

  @Test func anExportSaysIDsWhereNamesAreNotEnough() throws {
    try desk.grant([1], [2, 3])
    let file = desk.folder.file("grants.csv")
    try desk.store.export(.grants, as: .csv, to: file)
    let lines = String(decoding: try readFile(file), as: UTF8.self).split(separator: "\r\n")
    #expect(lines[0] == "user,company,company_id,granted_at,granted_by,change")
    #expect(lines[1].hasPrefix("user1,C1,00000000-0000-0000-0000-000000000003,"))
    #expect(lines[2].hasPrefix("user1,Company 2,,"))
    #expect(try problems(String(decoding: try readFile(file), as: UTF8.self)) == same(""))
  }

  @Test func aTimeThatIsAFormulaIsOneCellAndIsNotRun() throws {
    guard TestEngine.isForFiles() else { return }
    try desk.grant([1], [2])
    // Of a grant from before the record the time is what its row says.
    try desk.other.execute(
      """
      UPDATE company_access_current_grant SET began_change = NULL;
      UPDATE hrm_user_company_access SET created_at = '=1+1,x'
      """)
    let file = desk.folder.file("grants.csv")
    try desk.store.export(.grants, as: .csv, to: file)
    let text = String(decoding: try readFile(file), as: UTF8.self)
    #expect(text.contains(",\"'=1+1,x\","))
    #expect(try problems(text) == same(""))
  }

  @Test func anExportWithoutDoubtHasNoIDs() throws {
    try desk.other.execute("UPDATE hrm_company SET code = 'C3' WHERE name = 'C1'")
    try desk.grant([1], [3])
    let file = desk.folder.file("grants.csv")
    try desk.store.export(.grants, as: .csv, to: file)
    let lines = String(decoding: try readFile(file), as: UTF8.self).split(separator: "\r\n")
    #expect(
      lines[0] == "user,company,granted_at,granted_by,change" && lines[1].hasPrefix("user1,C3,"))
  }

  @Test func aNameThatBelongedToAnotherThenHasItsIDInAnExportOfThatTime() throws {
    let change = try #require(try desk.grant([1], [2]).change)
    try desk.other.execute("UPDATE hrm_users SET username = 'gone' WHERE id = 4")
    try desk.apply(.entity(EntityEdit(.edit(.user(UserID(1))), values: ["username": "renamed"])))
    try desk.apply(.entity(EntityEdit(.edit(.user(UserID(4))), values: ["username": "user1"])))
    let file = desk.folder.file("grants.csv")
    try desk.store.export(.grants, as: .csv, at: .after(change), to: file)
    let text = String(decoding: try readFile(file), as: UTF8.self)
    #expect(text.hasPrefix("user,user_id,company,"))
    #expect(text.contains("\r\nuser1,1,Company 2,"))
    #expect(try problems(text) == same("line 2: user_id 1 is renamed, not user1"))
  }

  @Test func composedAndDecomposedNamesAreTwoWhereTheDatabaseHoldsTwo() throws {
    try Desk.addUser(11, "ren\u{E9}", to: desk.other)
    try Desk.addUser(12, "rene\u{301}", to: desk.other)
    let file = "user,company\nren\u{E9},C2\nrene\u{301},Company 1\n"
    try desk.apply(.staged(desk.store.stage(desk.folder.write("pairs", file))))
    #expect(try desk.pairs() == ["11-2", "12-1"])
    #expect(try desk.store.user(named: "ren\u{E9}").id == UserID(11))
    #expect(try desk.store.user(named: "rene\u{301}").id == UserID(12))
    let differences = try desk.store.diff(file: desk.folder.file("pairs")) { _ in }
    #expect(differences.isEmpty)
  }

  @Test func theFormOfAnAccentDoesNotMatterWhereThereIsOne() throws {
    try Desk.addUser(11, "ren\u{E9}", to: desk.other)
    #expect(try desk.store.user(named: "rene\u{301}").id == UserID(11))
    #expect(try problems("user,company\nrene\u{301},C2\n") == same(""))
    #expect(
      try problems("user,company\nrene,C2\n").allSatisfy { $0.hasPrefix("line 2: no user 'rene'") })
    try desk.other.execute("UPDATE hrm_company SET name = 'Zu\u{308}rich' WHERE code = 'C2'")
    #expect(try desk.store.company(named: "Z\u{FC}rich").id == Desk.company(2))
    #expect(try problems("user,company\nuser1,Z\u{FC}rich\n") == same(""))
  }

  @Test func aTextThatMeansTwoCompaniesIsRefusedByCommands() throws {
    let error = #expect(throws: AccessError.self) { try desk.store.company(named: "C1") }
    #expect(
      error?.description == """
        'C1' can be any of these companies; say id:ID: \
        Company 1 (C1, id 00000000-0000-0000-0000-000000000001), \(Self.of3)
        """)
    #expect(try desk.store.company(named: "id:\(Desk.company(3))").name == "C1")
  }

  @Test func aNewNameThatIsAnothersCodeIsPointedOut() throws {
    let words = "is also what Company 2 (C2, id \(Desk.company(2))) is called"
    func notes(_ values: [String: String]) throws -> [String] {
      try desk.store.check(EntityEdit(.edit(.company(Desk.company(1))), values: values))
        .filter { if case .calls = $0.finding { true } else { false } }.map(\.description)
    }
    #expect(try notes(["name": "C2"]).first?.contains(words) == true)
    #expect(try notes(["code": "Company 2"]).first?.contains(words) == true)
    #expect(try notes(["code": "C1x", "name": "C2"]).count == 1)
    #expect(try notes(["name": "Fine"]).isEmpty)
  }
}
