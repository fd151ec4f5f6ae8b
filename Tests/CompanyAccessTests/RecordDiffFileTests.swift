import Database
import TestSupport
import Testing

@testable import CompanyAccess

@Suite(.onEachEngine) struct RecordDiffFileTests {
  let desk: Desk

  init() throws {
    desk = try Desk()
    try desk.grant([1, 2], [1, 2])
  }

  func diff(_ text: String, _ store: AccessStore? = nil) throws -> [String] {
    let file = try desk.folder.write("pairs.csv", text)
    var rows: [String] = []
    let counts = try (store ?? desk.store).diff(file: file) {
      rows.append($0.cells.joined(separator: ","))
    }
    #expect(counts.granted + counts.revoked == rows.count)
    return rows
  }

  static let file = """
    user,company
    user1,C1
    user1,Company 2
    user1,C1
    user2,C1
    user3,C3

    """

  @Test func comparesTheTableWithAFile() throws {
    let expected = ["user2,Company 2,revoke", "user3,Company 3,grant"]
    #expect(try diff(RecordDiffFileTests.file) == expected)
    #expect(
      try diff("user_id,company_id\n1,\(Desk.company(1))\n1,\(Desk.company(2).stored)\n")
        == ["user2,Company 1,revoke", "user2,Company 2,revoke"])
    #expect(
      try diff("[{\"user\": \"user1\", \"company\": \"C1\"}]").count == 3)
  }

  @Test func itsOutputIsAPlanThatImportTakes() throws {
    let rows = try diff(RecordDiffFileTests.file)
    let plan = ([DiffRow.columns.joined(separator: ",")] + rows).joined(separator: "\r\n") + "\r\n"
    let path = try desk.folder.write("plan.csv", plan)
    let staged = try desk.store.stage(path)
    try desk.apply(.staged(staged))
    #expect(try diff(RecordDiffFileTests.file) == [])
    // The plan itself says what is to be there and what is not.
    #expect(
      try diff(plan) == [
        "user1,Company 1,revoke", "user1,Company 2,revoke", "user2,Company 1,revoke",
      ])
  }

  @Test func leavesAReadOnlyDatabaseAsItIs() throws {
    guard TestEngine.isForFiles() else { return }
    let store = try AccessStore.open(desk.location, access: .readOnly)
    let before = try desk.folder.read("hrm.db")
    #expect(try diff(RecordDiffFileTests.file, store).count == 2)
    #expect(try desk.folder.read("hrm.db") == before)
    #expect(desk.folder.names == ["hrm.db", "pairs.csv"])
  }

  @Test func refusesWhatItDoesNotKnow() throws {
    func problems(_ text: String) -> [String] {
      do {
        _ = try diff(text)
        return []
      } catch {
        return (error as? ImportError)?.problems.map(\.description) ?? ["\(error)"]
      }
    }
    #expect(
      problems("user,company\nuser9,C1\nuser1,C9\n") == [
        "line 2: no user 'user9'; similar: user1 (id 1), user2 (id 2), user3 (id 3)",
        "line 3: no company 'C9'; similar: "
          + (1...3).map { "Company \($0) (C\($0), id \(Desk.company($0)))" }.joined(separator: ", "),
      ])
    #expect(
      problems("user,company\nuser9,C1\n")
        == ["line 2: no user 'user9'; similar: user1 (id 1), user2 (id 2), user3 (id 3)"])
    #expect(
      problems("user,company,action\nuser1,C1,grant\nuser1,C1,revoke\n")
        == ["line 3: line 2 says the opposite about the same pair"])
    #expect(throws: AccessError.noSuchFile(path: "/nowhere/x")) {
      try desk.store.diff(file: "/nowhere/x") { _ in }
    }
  }
}
