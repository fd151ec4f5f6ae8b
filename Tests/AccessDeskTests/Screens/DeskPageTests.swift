import AccessDesk
import CompanyAccess
import TerminalUI
import TestSupport
import Testing

@Suite struct DeskPageTests {
  @Test("the page of a user has what is known, the grants with their reasons, the rule and changes")
  func userPage() throws {
    var desk = try DeskDriver(columns: 120, rows: 60)
    desk.type("1/j_mueller")
    desk.press(.enter)
    desk.type("i")
    #expect(desk.kind == .userPage && desk.lines[1].contains("User j_mueller, id "))
    for words in [
      "E-mail", "@", "Company", "Role", "May enter ", "HQ", " 202", "By role and home company",
      "Last changes",
    ] { #expect(desk.text.contains(words), "\(words)") }
    // Enter on a grant tells its life.
    let line = try #require(desk.lines.firstIndex { $0.contains("(HQ)") })
    for _ in 0..<line - 3 { desk.press(.down) }
    desk.press(.enter)
    #expect(desk.kind == .why, "\(desk.text)")
    desk.press(.escape)
    desk.type("+")
    #expect(desk.kind == .tickToGrant)
  }

  @Test("pages are shown where the file is only read, and of the past")
  func readOnlyAndPast() throws {
    var desk = try DeskDriver(readOnly: true)
    desk.type("2i")
    #expect(desk.kind == .companyPage && desk.text.contains("users may enter it"))
    desk.press(.escape, .escape)
    desk.type("t2026-02-01")
    desk.press(.enter)
    desk.type("1i")
    #expect(desk.kind == .userPage && desk.lines[0].contains("as of"))
    #expect(!desk.text.contains("By role and home company"))
  }

  @Test("one who is gone has no page")
  func gone() throws {
    var desk = try DeskDriver()
    desk.type("1/svc_import")
    desk.press(.enter)
    desk.type("i")
    try runSqlite3(
      desk.path, "PRAGMA foreign_keys = ON; DELETE FROM hrm_users WHERE username = 'svc_import'")
    desk.noticeForeignChange()
    #expect(desk.kind == .users && desk.message.contains("is not there any more"))
  }

  @Test("at 120 columns the page stands beside the list and follows the cursor")
  func besideTheList() throws {
    var desk = try DeskDriver(columns: 120, rows: 40)
    desk.type("1")
    #expect(desk.text.contains("│ ") && desk.text.contains("a_nowak@"))
    desk.press(.down, .down)
    #expect(desk.text.contains("a_oconnor@") && !desk.text.contains("a_nowak@"))
    desk.resize(columns: 119, rows: 40)
    #expect(!desk.text.contains("│ "))
  }
}
