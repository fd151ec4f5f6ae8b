import AccessDesk
import CompanyAccess
import TerminalUI
import TestSupport
import Testing

/// Operators who type faster than the store answers, and messages that are longer than a line.
@Suite struct DeskTypingTests {
  @Test(arguments: ["3", "sarah_admin"]) func enterPicksWhatWasTyped(name: String) throws {
    var desk = try DeskDriver()
    desk.type("3")
    desk.holdsAnswers = true
    desk.type(name)
    desk.press(.enter)
    #expect(desk.kind == .pickUser)
    #expect(desk.message == "")
    desk.answerHeldQuestions()
    #expect(desk.kind == .companiesOfUser)
    #expect(desk.text.contains("Companies of sarah_admin"))
  }

  @Test func spaceTicksWhatWasTyped() throws {
    var desk = try ScreenTour.desk(on: .tickToGrant)
    desk.holdsAnswers = true
    desk.type("/East")
    desk.press(.enter, .character(" "), .enter, .character("y"))
    desk.answerHeldQuestions()
    // The question drops what came after the key that opened it.
    #expect(desk.kind == .confirmation)
    #expect(desk.hasDroppedTypeahead)
    #expect(desk.text.contains("+ East Region (EAST)"))
    #expect(desk.text.contains("Grant East Region to john_smith?"))
  }

  @Test func keysKeepTheirOrder() throws {
    var desk = try DeskDriver()
    desk.holdsAnswers = true
    desk.type("1")
    desk.press(.down, .down, .enter)
    desk.type("/Tobenna")
    #expect(desk.kind == .users)
    desk.answerHeldQuestions()
    #expect(desk.kind == .companiesOfUser)
    #expect(desk.text.contains("Companies of a_oconnor"))
    #expect(desk.text.contains("Filter: Tobenna"))
  }

  /// What a key is about may be a change or a figure, too.
  @Test(arguments: [
    ("lu", ScreenKind.confirmation), ("l\r", .change), ("7\r", .users),
    ("l/did:grant\r\r", .change),
  ])
  func keysWaitForWhatTheyAreAbout(keys: String, kind: ScreenKind) throws {
    var desk = try DeskDriver()
    desk.holdsAnswers = true
    for key in keys { key == "\r" ? desk.press(.enter) : desk.type(String(key)) }
    #expect(desk.kind != kind)
    desk.answerHeldQuestions()
    #expect(desk.kind == kind)
  }

  @Test func pastesKeepTheirOrderToo() throws {
    var desk = try DeskDriver()
    desk.type("1")
    desk.holdsAnswers = true
    desk.type("alin")
    desk.press(.tab)
    desk.paste("Lin\nWei")
    desk.answerHeldQuestions()
    #expect(desk.text.contains("Full name  Lin Wei"))
  }

  @Test func helpWaitsForNothing() throws {
    var desk = try DeskDriver()
    desk.holdsAnswers = true
    desk.type("7?")
    #expect(desk.kind == .help)
  }

  @Test func theWayBackWaitsForNothing() throws {
    var desk = try DeskDriver()
    desk.holdsAnswers = true
    desk.type("1")
    desk.press(.enter, .escape)
    #expect(desk.kind == .menu)
    desk.answerHeldQuestions()
    #expect(desk.kind == .menu)
  }

  /// A change by another program must not bring back the rows of the filter before.
  @Test func foreignChangeWhileAFilterIsOnItsWay() throws {
    var desk = try DeskDriver()
    desk.type("1")
    desk.holdsAnswers = true
    desk.type("/sarah_admin")
    desk.noticeForeignChange()
    desk.press(.enter, .enter)
    desk.answerHeldQuestions()
    #expect(desk.text.contains("Companies of sarah_admin"))
  }

  // MARK: Questions

  /// A commit of another program that leaves what is to be done as it is is no reason to lose a key,
  /// and nobody is asked twice for the same.
  @Test func countingAgainDropsKeysOnlyForAnotherPlan() throws {
    var desk = try ScreenTour.desk(on: .confirmation)
    desk.holdsAnswers = true
    desk.noticeForeignChange()
    desk.answerHeldQuestions()
    #expect(!desk.hasDroppedTypeahead)
    #expect(desk.message == "")
    desk.holdsAnswers = true
    try runSqlite3(desk.path, "DELETE FROM hrm_user_company_access WHERE user_id = 1")
    desk.noticeForeignChange()
    desk.answerHeldQuestions()
    #expect(!desk.hasDroppedTypeahead)
    #expect(desk.message == "" && desk.text.contains("160 -> 162"))
    desk.holdsAnswers = true
    try runSqlite3(
      desk.path,
      """
      INSERT INTO hrm_user_company_access (id, user_id, company_id, created_at, modified_at)
      SELECT lower(hex(randomblob(16))), 2, c.id, '2026-01-01 00:00:00.000',
        '2026-01-01 00:00:00.000'
      FROM hrm_company AS c WHERE c.id NOT IN (
        SELECT a.company_id FROM hrm_user_company_access AS a WHERE a.user_id = 2)
      """)
    desk.noticeForeignChange()
    desk.answerHeldQuestions()
    #expect(desk.hasDroppedTypeahead)
    #expect(desk.message.hasPrefix("The table was changed meanwhile"))
  }

  @Test func planThatComesTooLateAsksNothing() throws {
    var desk = try ScreenTour.desk(on: .confirmation)
    desk.holdsAnswers = true
    desk.holdsWrites = true
    desk.noticeForeignChange()
    desk.type("y")
    desk.answerHeldQuestions()
    #expect(!desk.text.contains("y / Esc"))
    #expect(desk.text.contains("Esc cancels; until the end nothing has happened."))
    desk.carryOutHeldWrite()
    #expect(desk.message.contains(" to john_smith, 3 -> 5"))
  }

  // MARK: Room

  @Test func longMessageIsShownWhole() throws {
    let words =
      "the record lacks trigger company_access_user_gone; "
      + "`company-access schema upgrade` mends it"
    let state = DeskState(
      size: Size(columns: 60, rows: 15), fileName: "hrm.db", actor: "maria@hq", readOnly: words)
    var model = DeskModel(state)
    #expect(shown(model).contains("Nothing can be changed here: \(words)."))
    #expect(model.frame().text().contains("2  View all companies"))
    _ = model.handle(.resize(Size(columns: 200, rows: 15)), at: .zero)
    #expect(model.state.messageRows == 1)
    _ = model.handle(.key(.down), at: .zero)
    #expect(!shown(model).contains("trigger"))
    #expect(model.state.messageRows == 1)
  }

  /// The words of a screen, with one blank between them.
  private func shown(_ model: DeskModel) -> String {
    model.frame().text().split { $0 == " " || $0 == "\n" }.joined(separator: " ")
  }

  @Test func longNameLeavesRoomForTheCounts() throws {
    var desk = try DeskDriver(columns: 60, rows: 15)
    desk.type("5m_czartoryska")
    desk.press(.enter)
    desk.type("*")
    #expect(desk.lines[1].hasPrefix(" Remove companies from m_czartoryska"))
    #expect(desk.lines[1].hasSuffix("   4 ticked   1 of 4"))
  }
}
