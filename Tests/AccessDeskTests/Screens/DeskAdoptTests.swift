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

  // MARK: - Applications that are not known

  /// Members of firms, and a table of favourites that looks alike.
  static let members = """
    CREATE TABLE members (member_id INTEGER PRIMARY KEY, login TEXT NOT NULL UNIQUE);
    CREATE TABLE firms (firm_id INTEGER PRIMARY KEY, title TEXT NOT NULL UNIQUE);
    CREATE TABLE member_firms (member_id INTEGER NOT NULL REFERENCES members,
      firm_id INTEGER NOT NULL REFERENCES firms, PRIMARY KEY (member_id, firm_id));
    CREATE TABLE firm_favourites (id INTEGER PRIMARY KEY,
      member_id INTEGER NOT NULL REFERENCES members, firm_id INTEGER NOT NULL REFERENCES firms);
    INSERT INTO members (login) VALUES ('ann'), ('bob'), ('cy');
    INSERT INTO firms (title) VALUES ('North'), ('South');
    INSERT INTO member_firms VALUES (1, 1), (2, 2);
    INSERT INTO firm_favourites (member_id, firm_id) VALUES (3, 1);
    """

  @Test("The mapping of an unknown application is suggested, looked at and adopted")
  func suggested() throws {
    var desk = try DeskDriver(unknown: Self.members)
    desk.press(.left)
    #expect(desk.message == "This is the likeliest suggestion.")
    desk.press(.right)
    #expect(
      desk.text.contains("mapping 2 of 2") && desk.text.contains("table is perhaps firm_favou"))
    #expect(desk.text.contains("please check that the rows of firm_favourites"), "\(desk.text)")
    desk.press(.left)
    desk.press(.enter)
    #expect(desk.kind == .adopt && desk.text.contains("Mapping custom: 3 users, 2 companies"))
    desk.press(.escape)
    #expect(desk.kind == .suggest)
    desk.press(.enter)
    desk.type("y")
    #expect(desk.kind == .menu && desk.lines[1].contains("2 grants"))
    #expect(try desk.store.mayEnter(UserID(2), CompanyID(2)))
    #expect(try desk.store.changes(limit: 9).map(\.origin) == [.desk])
  }

  @Test("Another choice is adopted as it was chosen")
  func otherChoice() throws {
    var desk = try DeskDriver(unknown: Self.members)
    desk.press(.right)
    desk.press(.enter)
    desk.type("y")
    #expect(desk.kind == .menu && desk.lines[1].contains("1 grant"))
    #expect(try desk.store.mayEnter(UserID(3), CompanyID(1)))
  }

  @Test("Leaving the suggestions changes nothing")
  func leavingSuggestions() throws {
    var desk = try DeskDriver(unknown: Self.members)
    let before = try desk.folder.read("app.db")
    desk.press(.escape)
    #expect(desk.exitStatus == 0 && desk.folder.names == ["app.db"])
    #expect(try desk.folder.read("app.db") == before)
  }
}
