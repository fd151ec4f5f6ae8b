import AccessDesk
import CompanyAccess
import TerminalUI
import TestSupport
import Testing

@Suite struct DeskLogTests {
  @Test("80 columns say whom each change was about, also of other programs")
  func subjects() throws {
    var desk = try DeskDriver()
    desk.type("4a_oconnor")
    desk.press(.enter)
    desk.type("  ")
    desk.press(.enter)
    desk.type("y")
    try runSqlite3(
      desk.path,
      """
      INSERT INTO hrm_user_company_access (id, user_id, company_id, created_at, modified_at)
      SELECT 'x', u.id, c.id, '2026-01-01', '2026-01-01' FROM hrm_users u, hrm_company c
      WHERE u.username = 'a_nowak' AND c.code = 'LA'
      """)
    desk.type("l")
    #expect(desk.text.contains("the application: a_nowak +LA"), "\(desk.text)")
    #expect(desk.text.contains("a_oconnor +MTL +CHI") || desk.text.contains("a_oconnor +CHI +MTL"))
    #expect(desk.text.contains("delete user v_"))
    // Of more pairs than are named it is said how many users and companies they are of.
    desk.type("/24")
    desk.press(.escape)
    #expect(desk.text.contains(" x ") || desk.text.contains("companies"), "\(desk.text)")
  }

  @Test("plain words are searched as they are typed, and Tab completes the others")
  func filters() throws {
    var desk = try DeskDriver(columns: 120)
    desk.type("l/half-year")
    #expect(desk.text.contains("half-year") && !desk.text.contains("nightly"))
    desk.press(.escape)
    desk.type("/us")
    desk.press(.tab)
    #expect(desk.text.contains("Filter: user:"))
    desk.type("john")
    desk.press(.tab)
    #expect(desk.text.contains("Filter: user:john_smith"), "\(desk.text)")
    desk.press(.escape)
    desk.type("/did:rev")
    desk.press(.tab)
    #expect(desk.text.contains("Filter: did:revoke"))
    desk.press(.escape)
    desk.type("/user:JOHN_SMITH company:nyc")
    #expect(!desk.text.contains("is no user") && !desk.text.contains("Nothing matches"))
    desk.press(.escape)
    desk.type("/company:bureau")
    desk.press(.tab)
    #expect(desk.text.contains("company:\"Bureau de Montréal\""), "\(desk.text)")
    desk.press(.escape)
    desk.type("/xyz:")
    desk.press(.tab)
    #expect(desk.message.contains("Nothing begins with"))
  }

  @Test("l is the history of a user, a company or a pair, and Esc goes back to the list")
  func history() throws {
    var desk = try DeskDriver()
    desk.type("1/john_smith")
    desk.press(.enter)
    desk.type("l")
    #expect(desk.kind == .log && desk.lines[1].contains("History of john_smith, newest first"))
    #expect(desk.text.contains("Filter: user:john_smith") && desk.text.contains("john_smith +"))
    desk.press(.escape)
    #expect(desk.kind == .users)
    desk.press(.enter)
    desk.type("l")
    #expect(desk.lines[1].contains("History of john_smith and "), "\(desk.text)")
    desk.press(.escape)
    desk.type("w")
    desk.type("l")
    #expect(desk.lines[1].contains("History of john_smith and "))
  }

  @Test("t on a change shows everything at that moment, [ and ] go from change to change")
  func moments() throws {
    var desk = try DeskDriver()
    desk.type("l")
    desk.press(.down, .down, .down)
    desk.type("t")
    #expect(desk.lines[0].contains("as of 2026-09-21") && desk.message.contains("change 35"))
    desk.type("[")
    #expect(desk.message.contains("change 34"))
    desk.type("]]")
    #expect(desk.message.contains("change 36"))
    desk.type("]]")
    #expect(desk.message == "Back to now." && desk.lines[0].hasSuffix("read-write"))
    desk.type("]")
    #expect(desk.message == "There is no change in that direction.")
    desk.press(.escape)
    desk.type("1[")
    #expect(desk.kind == .users && desk.message.contains("change 37"))
    desk.type("t")
    desk.press(.escape)
    desk.type("l")
    desk.press(.enter)
    #expect(desk.lines[1].contains("Change 38"))
    desk.type("[[")
    #expect(desk.lines[1].contains("Change 36"))
    desk.type("]")
    #expect(desk.lines[1].contains("Change 37"))
    desk.type("t")
    #expect(desk.message.contains("change 37 was the last one"))
  }
}
