import AccessDesk
import CompanyAccess
import TerminalUI
import TestSupport
import Testing

/// Confirmations and messages name whose access changes, and what is undone.
@Suite struct DeskNamesTests {
  @Test func undoNamesTheUserAndWhatItUndoes() throws {
    var desk = try DeskDriver()
    desk.type("5sarah_admin")
    desk.press(.enter)
    desk.type("*")
    desk.press(.enter)
    #expect(desk.text.contains("Revoke 2 companies from sarah_admin? y / Esc"))
    desk.type("rleaves")
    desk.press(.enter)
    desk.type("yu")
    #expect(
      desk.lines[1]
        == " Confirm: undo change 39, companies of sarah_admin, id 3 (Sarah Whitfield)")
    for line in [
      "Undoes                 revoke by ", "Its reason             leaves",
      "User                   sarah_admin (Sarah Whitfield), id 3",
      "Grant 2 companies to sarah_admin? y / Esc",
    ] { #expect(desk.text.contains(line), "\(desk.text)") }
    desk.type("y")
    #expect(
      desk.message == "Undid change 39: granted East Region, NY Region to sarah_admin, 0 -> 2. "
        + "Change 40.")
    try Golden.check("menu-undone", desk)
  }

  /// The lines of an undo that touches several users carry their names.
  @Test func undoForACompanyNamesTheCompany() throws {
    var desk = try ScreenTour.desk(on: .usersOfCompany)
    desk.type("+*")
    desk.press(.enter)
    #expect(desk.text.contains("Grant NYC Office to 27 users? y / Esc"))
    desk.type("y")
    #expect(desk.message.hasPrefix("Granted NYC Office to 27 users. Change 39"))
    desk.type("u")
    #expect(desk.lines[1].contains("undo change 39, users of NYC Office (NYC)"))
    #expect(desk.text.contains("Company                NYC Office (NYC)"))
  }

  @Test func aNewCompanySaysToWhomItIsGranted() throws {
    var desk = try DeskDriver()
    Confirmations.addCompany(&desk)
    #expect(desk.text.contains("User                   admin (Ada Marchetti), id 1"))
    #expect(desk.text.contains("Add company Nova Ltd, grant Nova Ltd to admin? y / Esc"))
    #expect(!desk.lines.contains { $0.hasSuffix("  id") })
    try Golden.check("confirmation-new-company", desk)
  }

  @Test func lossOfTheLastAdministratorNamesWhoThatIs() throws {
    var desk = try DeskDriver()
    Confirmations.addCompany(&desk)
    desk.type("y")
    // Another is given the company as well, so that the undo leaves it and takes the grant back.
    try runSqlite3(
      desk.path,
      """
      INSERT INTO hrm_user_company_access (id, user_id, company_id, created_at, modified_at)
      SELECT lower(hex(randomblob(16))), 2, id, '2026-01-01', '2026-01-01'
      FROM hrm_company WHERE name = 'Nova Ltd'
      """)
    desk.noticeForeignChange()
    desk.type("u")
    let text = desk.lines.joined(separator: " ").split(separator: " ").joined(separator: " ")
    #expect(text.contains("now that is admin (Ada Marchetti), id 1"), "\(desk.text)")
  }

  // MARK: Deleting by undo

  @Test(arguments: ["Nova Ltd", "NOV"]) func deletionByUndoAsksForTheName(typed: String) throws {
    var desk = try DeskDriver()
    desk.type("2aNova Ltd")
    desk.press(.tab)
    desk.type("NOV")
    desk.press(.enter)
    desk.type("yu")
    #expect(desk.text.contains("Type Nova Ltd or NOV, then press y:"), "\(desk.text)")
    desk.type("y")
    #expect(desk.kind == .confirmation)
    desk.press(.backspace)
    desk.type(typed)
    desk.type("y")
    #expect(desk.message.hasPrefix("Undid change 39: deleted company Nova Ltd, revoked Nova Ltd "))
    #expect(try runSqlite3(desk.path, "SELECT count(*) FROM hrm_company").trimmed == "12")
    desk.type("ql")
    #expect(desk.text.contains("deleted com"))
    desk.press(.enter)
    #expect(desk.text.contains("Did         deleted company Nova Ltd, undo of 39, through desk"))
  }

  @Test func aDeletionTakesTheCodeOfACompany() throws {
    var desk = try DeskDriver()
    desk.type("2/ATH")
    desk.press(.enter)
    desk.type("D")
    #expect(desk.text.contains(" or ATH, then press y:"), "\(desk.text)")
    desk.type("ATHy")
    #expect(try runSqlite3(desk.path, "SELECT count(*) FROM hrm_company").trimmed == "11")
  }

  @Test func wrongTextIsSaidOnEnterAndTheReasonHasAKey() throws {
    var desk = try DeskDriver()
    desk.type("1Da_now")
    #expect(desk.lines.last?.contains("F3 Reason") == true)
    desk.press(.enter)
    #expect(desk.message == "Type this first: a_nowak")
    desk.press(.function(3))
    desk.type("left")
    desk.press(.enter)
    #expect(desk.text.contains("Reason                 left"))
    desk.type("ak")
    desk.press(.enter)
    #expect(desk.message.hasPrefix("Enter does not confirm"))
    desk.type("y")
    #expect(desk.message.hasPrefix("Deleted user a_nowak"))
  }

  // MARK: What is left alone

  @Test func whatIsLeftAloneIsNamedAndNothingIsOfferedThatDoesNothing() throws {
    var desk = try DeskDriver()
    ScreenTour.tickFirst(two: "4", of: "john_smith", &desk)
    desk.type("y")
    try runSqlite3(
      desk.path, "DELETE FROM hrm_user_company_access WHERE \(RecordQueries.began(with: 39))")
    desk.noticeForeignChange()
    desk.type("u")
    #expect(desk.text.contains("left alone: user john_smith, id 2, company "))
    #expect(desk.text.contains("Nothing to undo: all was changed since. o undoes it all the same."))
    desk.type("o")
    #expect(desk.text.contains("Nothing to undo: nothing of this change is left"))
    #expect(!desk.text.contains("o undoes") && !desk.text.contains("o Overwrite"))
  }

  @Test func sameAsNamesTheOtherUserAndRefusesTheSameOne() throws {
    var desk = try ScreenTour.desk(on: .companiesOfUser)
    desk.type("=john_smith")
    desk.press(.enter)
    #expect(desk.kind == .pickUser && desk.message.contains("pick another user"))
    desk.press(.control("u"))
    desk.type("sarah_admin")
    desk.press(.enter)
    #expect(desk.text.contains("Same as                sarah_admin (Sarah Whitfield), id 3"))
  }

  @Test func oneInactiveCompanyIsTheCompany() throws {
    var desk = try DeskDriver(damage: "UPDATE hrm_company SET is_active = 0 WHERE code = 'NYC'")
    ScreenTour.go(to: .usersOfCompany, on: &desk)
    desk.type("+")
    desk.press(.down)
    desk.type("*")
    desk.press(.enter)
    #expect(desk.text.contains("! the company is inactive"))
  }

  @Test func employeeRecordsAreSaidInWords() throws {
    var desk = try DeskDriver()
    desk.type("1/sarah_admin")
    desk.press(.enter)
    desk.type("D")
    let line = desk.lines.first { $0.contains("Employee records") }
    #expect(line?.contains("1 ") == true && line?.contains("the user (table hrm_employee)") == true)
  }
}
