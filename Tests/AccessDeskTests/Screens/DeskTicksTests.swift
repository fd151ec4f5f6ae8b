import CompanyAccess
import TerminalUI
import TestSupport
import Testing

@testable import AccessDesk

/// Rows that are ticked in a list, and what is done to them.
@Suite struct DeskTicksTests {
  @Test(
    "in the list of one, - takes away what is ticked, in one change",
    arguments: [ScreenKind.companiesOfUser, .usersOfCompany])
  func removal(kind: ScreenKind) throws {
    var desk = try ScreenTour.desk(on: kind)
    desk.type("  ")
    #expect(desk.text.components("[x]") == 2)
    #expect(desk.text.contains(TickMessages.ticked(2, ofAll: false)))
    let before = desk.text
    desk.type("-")
    #expect(desk.kind == .confirmation)
    #expect(desk.text.contains("Would be revoked       2"))
    desk.press(.escape)
    #expect(desk.text == before)
    desk.type("-")
    if kind == .usersOfCompany { desk.type("no administrator") }
    desk.type("y")
    #expect(desk.lastResult?.removed == 2)
    #expect(desk.kind == kind && desk.text.components("[x]") == 0)
    desk.type("uy")
    #expect(desk.lastResult?.added == 2)
  }

  @Test("Esc unticks first, g is the grid of what is ticked")
  func escapeAndGrid() throws {
    var desk = try ScreenTour.desk(on: .usersOfCompany)
    desk.type("  ")
    desk.press(.escape)
    #expect(desk.kind == .usersOfCompany && desk.text.components("[") == 0)
    desk.type("  g")
    #expect(desk.kind == .grid && desk.text.contains("user 1 of 2,"), "\(desk.text)")
  }

  @Test("in lists of all, + and - open the grid of what is ticked, and what is for one says so")
  func lists() throws {
    for key in ["+", "-", "g"] {
      var desk = try DeskDriver()
      desk.type("1  \(key)")
      #expect(desk.kind == .grid, "\(key)")
    }
    for key in ["x", "D", "e", "="] {
      var desk = try DeskDriver()
      desk.type("1  \(key)")
      #expect(desk.kind == .users && desk.message == TickMessages.oneOnly, "\(key)")
    }
  }

  @Test("the e-mail address stands in the list where there is room, and no column goes for it")
  func email() throws {
    var desk = try DeskDriver(columns: 119, rows: 24)
    desk.type("1")
    #expect(desk.lines[3].contains("E-mail") && desk.text.contains("@example.com"))
    #expect(desk.lines[3].contains("Full name") && desk.lines[3].contains("Role"))
    desk.resize(columns: 80, rows: 24)
    #expect(!desk.lines[3].contains("E-mail") && desk.lines[3].contains("Role"))
    try Golden.check("users-wide", desk, sizes: [(119, 24), (200, 50)])
  }

  @Test("ticked rows in golden frames")
  func frames() throws {
    var desk = try ScreenTour.desk(on: .companiesOfUser)
    desk.type("  ")
    try Golden.check("companies-ticked", desk, sizes: Golden.sizes + [(200, 50)])
  }
}

extension String {
  /// How often a text stands in it.
  fileprivate func components(_ part: String) -> Int {
    split(separator: part, omittingEmptySubsequences: false).count - 1
  }
}
