import AccessDesk
import CompanyAccess
import TerminalUI
import TestSupport
import Testing

/// The desk on the file of an application that has no tables of access yet.
@Suite struct DeskAdoptTests {
  @Test func showsWhatWouldBeDoneAndLeavesWithoutAChange() throws {
    var desk = try DeskDriver(adopting: .crm)
    let before = try desk.folder.read("crm.db")
    #expect(desk.kind == .adopt && desk.lines[0].contains("crm.db"))
    let words = [
      "Mapping crm: 30 users, 6 companies", "11 tables", "14 triggers", "schema pause",
      "every active company",
    ]
    for words in words {
      #expect(desk.text.contains(words), "\(desk.text)")
    }
    #expect(desk.hasDroppedTypeahead)
    desk.press(.enter)
    #expect(desk.kind == .adopt)
    desk.press(.escape)
    #expect(desk.exitStatus == 0)
    #expect(try desk.folder.read("crm.db") == before)
    #expect(desk.folder.names == ["crm.db"])
  }

  @Test(arguments: [MappingFixture.Kind.hrm, .guarding, .workcards, .crm])
  func adoptsAndOpensTheDesk(kind: MappingFixture.Kind) throws {
    var desk = try DeskDriver(adopting: kind)
    desk.type("y")
    #expect(desk.kind == .menu)
    #expect(try AccessStore.verifySchema(desk.path) == [])
    #expect(try desk.store.changes(limit: 10).map(\.action) == [.backfill, .recordBegan])
    #expect(try desk.store.changes(limit: 10).map(\.origin) == [.desk, .desk])
    let grants = try desk.store.coverage(at: .now).grants
    #expect(grants > 0 && desk.lines[1].contains("\(grants) grants"))
    desk.type("1")
    #expect(desk.kind == .users)
  }

  @Test func whatIsInTheWayIsNamedAndNothingCanBeDone() throws {
    var desk = try DeskDriver(
      adopting: .crm, damage: "CREATE TABLE _alembic_tmp_users (id INTEGER)")
    let before = try desk.folder.read("crm.db")
    let text = desk.lines.joined(separator: " ").split(separator: " ").joined(separator: " ")
    #expect(text.contains("left the table _alembic_tmp_users"), "\(text)")
    desk.type("y")
    #expect(desk.kind == .adopt)
    #expect(desk.message == "What is in the way has to be put right first.")
    #expect(try desk.folder.read("crm.db") == before)
    try Golden.check("adopt-refused", desk)
  }

  /// What came in between is told, and the file is looked at again.
  @Test func aFailureLeadsToAnotherLook() throws {
    var desk = try DeskDriver(adopting: .crm)
    try runSqlite3(desk.path, "CREATE VIEW user_company_access AS SELECT 1")
    desk.type("y")
    #expect(desk.kind == .adopt)
    #expect(desk.message.contains("the view user_company_access"))
    #expect(desk.text.contains("Nothing can be added yet"))
    try runSqlite3(desk.path, "DROP VIEW user_company_access")
    desk.resize(columns: 60, rows: 15)
    desk.press(.escape)
    #expect(desk.exitStatus == 0)
  }
}
