import Glibc
import TestSupport
import Testing

/// What the desk writes: granting, removing, bulk add, undo, and what the record says afterwards.
@Suite struct DeskWriteTests {
  @Test func twoCompaniesInOneGoAndBackAgain() throws {
    let database = try DeskDatabase()
    let before = try database.grants()
    let desk = try database.open()
    try desk.pick("john_smith", by: "4", then: "Add companies to john_smith, id 2 (John Smith)")
    try desk.wait(texts: "1 of 12", "[=] CHI         Chicago Office", "[=] NYC         NYC Office")
    try desk.tick("East Region", "West Region")
    #expect(desk.heading.contains("2 ticked"))
    desk.key(.enter)
    try desk.wait(text: "Grant 2 companies to john_smith? y / Esc")
    #expect(desk.heading == " Confirm: add companies to john_smith, id 2 (John Smith)")
    for line in [
      "Companies of the user  3 -> 5", "Grants in all          171 -> 173",
      "Coverage               33.9 % -> 34.3 %", "+ East Region (EAST)", "+ West Region (WEST)",
    ] { #expect(desk.text().contains(line)) }
    try desk.confirm()
    try desk.wait(
      message: "Granted East Region, West Region to john_smith, 3 -> 5. Change 39; u undoes it.")
    try desk.wait(heading: "173 grants   coverage 34.3 %")
    #expect(
      try database.companies(of: "john_smith")
        == ["Chicago Office", "East Region", "LA Office", "NYC Office", "West Region"])
    #expect(try database.changes() == ["desk|grant||2|0"])
    // What the list shows of them: since when, and by which change.
    try desk.pick("john_smith", by: "5", then: "Remove companies from john_smith")
    try desk.wait("two rows of the change") {
      desk.body.filter { $0.hasSuffix(" 39") }.count == 2
    }
    try desk.tick("East Region", "West Region")
    desk.key(.enter)
    try desk.wait(text: "Revoke 2 companies from john_smith? y / Esc")
    #expect(desk.text().contains("Companies of the user  5 -> 3"))
    try desk.confirm()
    try desk.wait(
      message: "Revoked East Region, West Region from john_smith, 5 -> 3. Change 40; u undoes it.")
    #expect(try database.grants() == before)
    #expect(try database.changes() == ["desk|grant||2|0", "desk|revoke||0|2"])
    #expect(
      try database.sql(
        """
        SELECT count(*), min(began_change), max(ended_change) FROM company_access_ended_grant
        WHERE ended_change > 38
        """) == "2|39|40")
    try desk.leave()
    try database.expectSound()
  }

  @Test func grantedAlreadyIsSaid() throws {
    let database = try DeskDatabase()
    let desk = try database.open()
    try desk.pick("john_smith", by: "4", then: "Add companies to john_smith")
    try desk.moveDown(to: "Chicago Office")
    desk.type(" ")
    try desk.wait(message: "Chicago Office: john_smith has it already.")
    #expect(desk.heading.contains("none ticked"))
    desk.key(.enter)
    try desk.wait(message: "Nothing is ticked: Space ticks the row under the cursor.")
    try desk.leave()
    #expect(try database.changes() == [])
  }

  @Test func theLastCompanyOfAUser() throws {
    let database = try DeskDatabase()
    let before = try database.grants()
    let desk = try database.open()
    try desk.pick("sarah_admin", by: "5", then: "Remove companies from sarah_admin")
    try desk.wait(texts: "[ ] EAST", "[ ] NYR")
    desk.type("*")
    try desk.wait(heading: "2 ticked")
    desk.key(.enter)
    try desk.wait(text: "Revoke 2 companies from sarah_admin? y / Esc")
    #expect(
      desk.text().contains("! 1 user left with no company at all: sarah_admin (Sarah Whitfield)"))
    desk.key(.enter)
    desk.type("Y 5")
    desk.key(.down)
    try desk.back(to: "Remove companies from sarah_admin, id 3 (Sarah Whitfield)   2 ticked")
    try desk.wait(text: "Space Tick")
    #expect(try database.grants() == before)
    desk.key(.enter)
    try desk.wait(text: "Revoke 2 companies from sarah_admin? y / Esc")
    try desk.confirm()
    try desk.wait(message: "Revoked East Region, NY Region from sarah_admin, 2 -> 0.")
    #expect(try database.companies(of: "sarah_admin") == [])
    try desk.wait(heading: "169 grants")
    desk.type("u")
    try desk.wait(heading: "Confirm: undo change 39")
    try desk.wait(text: "Grant 2 companies to sarah_admin? y / Esc")
    try desk.confirm()
    try desk.wait(
      message: "Undid change 39: granted East Region, NY Region to sarah_admin, 0 -> 2. Change 40.")
    #expect(try database.grants() == before)
    #expect(try database.changes() == ["desk|revoke||0|2", "desk|undo||2|0"])
    desk.type("u")
    try desk.wait(message: "Nothing to undo: this desk has changed nothing that still stands.")
    try desk.leave()
    try database.expectSound()
  }

  /// Plus and minus on the companies of a user lead back to them.
  @Test func addingAndRemovingFromTheListOfAUser() throws {
    let database = try DeskDatabase()
    let desk = try database.open()
    try desk.pick("h_baker", by: "3", then: "Companies of h_baker")
    desk.type("+")
    try desk.wait(heading: "Add companies to h_baker")
    try desk.wait(heading: "1 of 12")
    try desk.filter("Region")
    desk.type("*")
    try desk.wait(heading: "3 ticked")
    desk.key(.enter)
    try desk.wait(text: "Grant 3 companies to h_baker? y / Esc")
    try desk.confirm()
    try desk.wait(message: "Granted East Region, NY Region, West Region to h_baker, 0 -> 3.")
    try desk.wait(heading: "Companies of h_baker, id 32 (Harriet Baker)   1 of 3")
    #expect(
      try database.companies(of: "h_baker") == ["East Region", "NY Region", "West Region"])
    desk.type("-")
    try desk.wait(heading: "Remove companies from h_baker")
    try desk.wait(heading: "1 of 3")
    try desk.tick("NY Region")
    desk.key(.enter)
    try desk.wait(text: "Revoke NY Region from h_baker? y / Esc")
    try desk.confirm()
    try desk.wait(message: "Revoked NY Region from h_baker, 3 -> 2.")
    try desk.wait(heading: "Companies of h_baker, id 32 (Harriet Baker)   1 of 2")
    try desk.leave()
    #expect(try database.companies(of: "h_baker") == ["East Region", "West Region"])
    try database.expectSound()
  }

  @Test("the grid gives three users four companies in one change, and its undo restores the rows")
  func gridOfThreeUsersAndFourCompanies() throws {
    let database = try DeskDatabase()
    let before = try database.grants()
    let desk = try database.open()
    desk.type("g")
    try desk.wait(heading: "Grid   user 1 of 42, company 1 of 12")
    try desk.wait(text: "> a_nowak            .  .  .  .")
    desk.type("v")
    for key in [TerminalProgram.Key.down, .down, .right, .right, .right] { desk.key(key) }
    desk.type(" ")
    try desk.wait(text: "Staged: +12   coverage 33.9 % -> 36.3 %")
    desk.key(.enter)
    try desk.wait(text: "Grant 12 pairs? y / Esc")
    #expect(desk.heading == " Confirm: what is staged, 3 users x 4 companies")
    try desk.confirm()
    try desk.wait(message: "Granted 12 pairs. Change 39; u undoes it.")
    try desk.wait(text: "> a_oconnor          x  x  x  x")
    #expect(try database.changes() == ["desk|grant||12|0"])
    desk.type("u")
    try desk.wait(text: "Revoke 12 pairs? y / Esc")
    try desk.confirm()
    try desk.wait(message: "Undid change 39: revoked 12 pairs.")
    #expect(try database.grants() == before)
    try desk.leave()
    try database.expectSound()
  }

  @Test func bulkAddAndUndo() throws {
    let database = try DeskDatabase()
    let before = try database.grants()
    let desk = try database.open()
    desk.type("6")
    try desk.wait(text: "Grant 333 pairs? y / Esc")
    #expect(desk.heading == " Confirm: bulk add, every company to every user")
    for line in [
      "Grid                   42 users x 12 companies = 504", "Granted already        171",
      "Would be granted       333", "Grants in all          171 -> 504",
      "Coverage               33.9 % -> 100.0 %", "! 3 of the users are inactive",
      "! one of the companies is inactive",
    ] { #expect(desk.text().contains(line)) }
    try desk.confirm()
    try desk.wait(message: "Granted 333 pairs. Change 39; u undoes it.")
    try desk.wait(heading: "504 grants   coverage 100.0 %")
    #expect(try database.sql("SELECT count(*) FROM hrm_user_company_access") == "504")
    #expect(try database.changes() == ["desk|bulk-grant||333|0"])
    try database.expectSound()
    // A second time there is nothing to do, and nothing is recorded.
    desk.type("6")
    try desk.wait(text: "Nothing to do: every one of these pairs is granted already.")
    try desk.confirm()
    try desk.wait(message: "Nothing to do")
    try desk.backToMenu()
    desk.type("u")
    try desk.wait(text: "Revoke 333 pairs? y / Esc")
    #expect(desk.text().contains("Coverage               100.0 % -> 33.9 %"))
    try desk.confirm()
    try desk.wait(message: "Undid change 39: revoked 333 pairs.")
    try desk.wait(heading: "171 grants   coverage 33.9 %")
    #expect(try database.grants() == before)
    #expect(try database.changes() == ["desk|bulk-grant||333|0", "desk|undo||0|333"])
    #expect(
      try database.sql("SELECT undoes FROM company_access_change WHERE id = 40") == "39")
    try desk.leave()
    try database.expectSound()
  }

  @Test func reasonIsKept() throws {
    let database = try DeskDatabase()
    let desk = try database.open()
    try desk.pick("h_baker", by: "4", then: "Add companies to h_baker")
    try desk.tick("LA Office")
    desk.key(.enter)
    try desk.wait(text: "Grant LA Office to h_baker? y / Esc")
    desk.type("r")
    try desk.wait("the field") {
      desk.row(21).hasPrefix("  Reason: ") && desk.row(21).hasSuffix("Tab: reason, ticket, date")
    }
    desk.type("moved to \u{141}\u{F3}d\u{17A}, really? y")
    try desk.wait(text: "Reason: moved to \u{141}\u{F3}d\u{17A}, really? y")
    desk.key(.tab)
    try desk.wait(text: "  Ticket: ")
    desk.type("HR-12")
    desk.key(.tab)
    try desk.wait(text: "  Decided on: ")
    // A date that there is not is named, and the field stays.
    desk.type("2026-02-30")
    desk.key(.enter)
    try desk.wait(message: "There is no such time as '2026-02-30'.")
    desk.key(.backspace)
    desk.key(.backspace)
    desk.type("28")
    try desk.wait(text: "  Decided on: 2026-02-28")
    desk.key(.enter)
    try desk.wait(text: "Grant LA Office to h_baker? y / Esc")
    #expect(
      desk.text().contains("Reason                 moved to \u{141}\u{F3}d\u{17A}, really? y"))
    try desk.confirm()
    try desk.wait(message: "Granted LA Office to h_baker, 0 -> 1.")
    #expect(
      try database.changes() == ["desk|grant|moved to \u{141}\u{F3}d\u{17A}, really? y|1|0"])
    #expect(
      try database.sql("SELECT ticket, decided_at FROM company_access_change WHERE id = 39")
        == "HR-12|2026-02-28")
    desk.type("l")
    try desk.wait("the change in the log") {
      desk.marked.hasPrefix("39 ") && desk.marked.contains("h_baker +LA +1 ")
    }
    desk.key(.enter)
    try desk.wait(
      texts: "Did         grant, through desk", "Ticket      HR-12",
      "Decided     2026-02-28")
    try desk.leave()
  }

  /// The record says who did it, whatever the environment claims.
  @Test func actorIsTheRealUser() throws {
    let database = try DeskDatabase()
    let desk = try database.open(
      environment: ["USER": "mallory", "LOGNAME": "mallory", "SUDO_USER": "mallory"])
    desk.type("6")
    try desk.wait(text: "Grant 333 pairs? y / Esc")
    try desk.confirm()
    try desk.wait(message: "Granted 333 pairs")
    let actor = try database.sql("SELECT actor FROM company_access_change WHERE id = 39")
    #expect(!actor.contains("mallory"))
    #expect(desk.title.contains(" \(actor)  read-write"))
    try desk.leave()
  }

  // MARK: Keys faster than the desk

  /// A key is about the rows that what was typed before it brings, not about those before.
  @Test(arguments: ["33\r", "3sarah_admin\r", "1/sarah_admin\r\r"])
  func typedInOneGo(keys: String) throws {
    let desk = try DeskDatabase().open()
    desk.send(keys)
    try desk.wait(heading: "Companies of sarah_admin, id 3 (Sarah Whitfield)")
    try desk.leave()
  }

  @Test func tickedInOneGo() throws {
    let database = try DeskDatabase()
    let desk = try database.open()
    desk.send("432\r/Region\r jj \r")
    try desk.wait(texts: "Companies of the user  0 -> 2", "Grant 2 companies to h_baker? y / Esc")
    #expect(desk.text().contains("+ East Region") && desk.text().contains("+ West Region"))
    try desk.confirm()
    try desk.wait(message: "Granted East Region, West Region to h_baker, 0 -> 2.")
    try desk.leave()
    #expect(try database.companies(of: "h_baker") == ["East Region", "West Region"])
  }

  // MARK: Keys that nobody meant for the question

  @Test(arguments: [["4\r1\ry"], ["4", "\r1\ry"], ["4", "\r", "\r1\ry"]])
  func typedAheadGrantsNothing(pieces: [String]) throws {
    let database = try DeskDatabase()
    let desk = try database.open()
    try send(pieces, desk)
    // It comes after all that was typed.
    desk.key(.function(1))
    try desk.wait(heading: "Help: ")
    try desk.leave()
    #expect(try database.changes() == [])
    #expect(try database.sql("SELECT count(*) FROM hrm_user_company_access") == "171")
  }

  /// Nor does it do anything else: what was typed before the question was there is dropped.
  @Test(arguments: [["6yyyy?"], ["4", "\r", " \ryy?"]])
  func typedAheadDoesNotConfirm(pieces: [String]) throws {
    let database = try DeskDatabase()
    let desk = try database.open()
    try send(pieces, desk)
    try desk.wait(texts: "? y / Esc", "y Yes, do it")
    // Had the key got through, this would not be the help of the review.
    desk.key(.function(1))
    try desk.wait(heading: "Help: confirmation")
    try desk.leave(asksFirst: pieces.count > 1)
    #expect(try database.changes() == [])
  }

  @Test func pasteGrantsNothing() throws {
    let database = try DeskDatabase()
    let desk = try database.open()
    desk.paste("4\n1\ny")
    desk.type("6")
    try desk.wait(text: "Grant 333 pairs? y / Esc")
    desk.paste("y\n")
    desk.key(.function(1))
    try desk.wait(heading: "Help: confirmation")
    try desk.back(to: "Confirm: bulk add")
    try desk.backToMenu()
    // In a field a paste is text, in one line.
    desk.type("3")
    try desk.wait("the picker") { desk.footer.contains("Enter Pick") }
    desk.paste("john\ny")
    try desk.wait(text: "Filter: john y")
    try desk.leave()
    #expect(try database.changes() == [])
  }

  /// A burst of keys, as a paste into a terminal that does not mark it, or as a program types it.
  @Test(arguments: [false, true]) func aBurstWithYGrantsNothing(isMarked: Bool) throws {
    let database = try DeskDatabase()
    let desk = try database.open()
    desk.type("6")
    try desk.wait(text: "Grant 333 pairs? y / Esc")
    let isRead = monotonicSeconds() + 0.35
    try desk.wait("the confirmation has been read") { monotonicSeconds() > isRead }
    var numbers = SeededNumbers(Sweep.seed)
    let keys = [
      "y", "y", "y", "y", "y", "y", "y", "Y", " ", "\u{E9}", "0", "m", "\u{1B}[9;9z", "\u{1B}[6~",
    ]
    let burst = (0..<10_000).map { _ in keys.randomElement(using: &numbers) ?? "y" } + ["y"]
    isMarked ? desk.paste(burst.joined()) : desk.send(burst.joined())
    // It comes after all that was typed.
    desk.key(.function(1))
    try desk.wait("help", seconds: 60) { desk.heading.contains("Help: confirmation") }
    #expect(try database.changes() == [], "seed \(Sweep.seed)")
    try desk.back(to: "Confirm: bulk add")
    try desk.wait(text: "Grant 333 pairs? y / Esc")
    try desk.confirm()
    try desk.wait(message: "Granted 333 pairs.")
    try desk.leave()
  }

  /// Sends keys in one go each, and in between waits for the lists of users and companies.
  private func send(_ pieces: [String], _ desk: TerminalProgram) throws {
    for (index, piece) in pieces.enumerated() {
      if index > 0 { try desk.wait(marked: index == 1 ? "39 a_nowak" : "[ ] MTL") }
      desk.send(piece)
    }
  }
}
