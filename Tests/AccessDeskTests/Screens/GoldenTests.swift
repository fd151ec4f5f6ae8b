import AccessDesk
import TerminalUI
import TestSupport
import Testing

@Suite struct GoldenTests {
  @Test(arguments: ScreenKind.allCases) func screen(_ kind: ScreenKind) throws {
    try Golden.check(kind.name, try ScreenTour.desk(on: kind))
  }

  @Test("the README shows the menu as it is")
  func readmeShowsTheMenu() throws {
    let readme = try #require(readFile(Recorded.project + "/README.md"))
    let menu = try DeskDriver().lines.prefix(3 + Actions.menu.count)
      .map { $0.replacing(" > 1", with: "   1") + "\n" }.joined()
    let parts = readme.split(separator: "```\n", omittingEmptySubsequences: false)
    let place = try #require(parts.firstIndex { $0.hasPrefix(" company-access  ") })
    let now = parts[..<place] + [menu[...]] + parts[(place + 1)...]
    #expect(try Recorded.difference(of: now.joined(separator: "```\n"), from: "README.md") == nil)
  }

  @Test func reviewOfARemoval() throws {
    var desk = try DeskDriver()
    ScreenTour.tickFirst(two: "5", of: "john_smith", &desk)
    desk.resize(columns: 60, rows: 15)
    #expect(desk.lines[1].contains("john_smith, id 2 "))
    try Golden.check("confirmation-removal", desk)
  }

  @Test func bulkReview() throws {
    var desk = try DeskDriver()
    desk.type("6")
    try Golden.check("bulk", desk)
  }

  @Test func usersTickedForACompany() throws {
    var desk = try ScreenTour.desk(on: .usersOfCompany)
    desk.type("+ ")
    try Golden.check("users-ticked", desk)
  }

  @Test func bulkUnderWay() throws {
    var desk = try DeskDriver()
    desk.holdsWrites = true
    desk.type("6y")
    desk.report(done: 250, of: 500, secondsLeft: 8)
    try Golden.check("bulk-under-way", desk)
  }

  @Test func numberOfManyPairsTyped() throws {
    var desk = try DeskDriver()
    try desk.addUsers(200)
    desk.type("6")
    desk.type("27")
    try Golden.check("bulk-number", desk)
  }

  @Test func filteredUsers() throws {
    var desk = try DeskDriver()
    desk.type("1/manager")
    try Golden.check("users-filtered", desk)
  }

  @Test func emptyDatabase() throws {
    var desk = try DeskDriver(sample: false)
    desk.type("1")
    try Golden.check("users-empty", desk)
  }

  @Test func readOnlyMenu() throws {
    try Golden.check("menu-read-only", try DeskDriver(readOnly: true))
  }

  @Test func recordIncomplete() throws {
    let damage = """
      DROP TRIGGER company_access_user_deleted; DROP TRIGGER company_access_grant_deleted;
      DROP TRIGGER company_access_grant_inserted
      """
    try Golden.check("menu-record-incomplete", try DeskDriver(damage: damage))
  }

  @Test func reasonTyped() throws {
    var desk = try ScreenTour.desk(on: .confirmation)
    desk.type("rNew in the team")
    try Golden.check("confirmation-reason", desk)
  }

  /// A user with a Cyrillic letter in the place of a Latin one, and the user that it looks like.
  @Test func lookAlikes() throws {
    var desk = try DeskDriver(
      damage: """
        INSERT INTO hrm_users (id, username, full_name, is_active, created_at, modified_at)
        VALUES (900, 'h_b' || char(0x430) || 'ker', 'Harriet Baker', 1, '2026-01-01', '2026-01-01')
        """)
    desk.type("4h_")
    try Golden.check("look-alikes", desk)
  }
}
