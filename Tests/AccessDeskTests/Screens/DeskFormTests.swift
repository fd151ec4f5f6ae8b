import AccessDesk
import CompanyAccess
import TerminalUI
import TestSupport
import Testing

@Suite struct DeskFormTests {
  private static let longName = String(repeating: "\u{4F5C}\u{54C1}\u{6797}", count: 20)

  /// A form for a new user, from the list of users.
  private func newUser() throws -> DeskDriver {
    var desk = try DeskDriver()
    desk.type("1a")
    #expect(desk.kind == .form)
    return desk
  }

  /// Types into one field after the other.
  private func fill(_ desk: inout DeskDriver, _ texts: [String]) {
    for (index, text) in texts.enumerated() {
      if index > 0 { desk.press(.tab) }
      desk.type(text)
    }
  }

  private func named(_ name: String, _ desk: DeskDriver) -> User? {
    try? desk.store.user(named: name)
  }

  @Test func aUserIsMadeRenamedDeactivatedDeletedAndBroughtBack() throws {
    var desk = try newUser()
    fill(&desk, ["lin", "Lin Wei", "lin@hq.example", "hr manager", "NYC"])
    #expect(desk.text.contains("is NYC Office (NYC, id"))
    desk.press(.enter)
    #expect(desk.kind == .confirmation && desk.lines[1].contains("Confirm: add user lin"))
    #expect(desk.text.contains("Add user lin, grant NYC Office to lin? y / Esc"))
    desk.type("y")
    #expect(desk.kind == .users)
    #expect(desk.message.hasPrefix("Added user lin, granted NYC Office to lin. Change "))
    #expect(named("lin", desk)?.role == "HR Manager")

    desk.type("/lin@")
    desk.press(.enter)
    desk.type("e")
    #expect(desk.lines[1].contains("Edit user lin, id 44"))
    desk.press(.control("u"))
    desk.type("lin.wei")
    desk.press(.enter)
    #expect(desk.text.contains("User name              lin -> lin.wei"))
    desk.type("y")
    #expect(desk.message.hasPrefix("Saved user lin.wei. Change "))

    desk.type("x")
    #expect(desk.text.contains("keeps 1 grant, marked as inactive"))
    desk.type("g")
    #expect(desk.text.contains("Deactivate user lin.wei, revoke NYC Office from lin.wei? y / Esc"))
    desk.type("gy")
    #expect(desk.message.hasPrefix("Deactivated user lin.wei. Change "))
    #expect(desk.text.contains("inactive"))
    desk.type("xy")
    #expect(desk.message.hasPrefix("Activated user lin.wei. Change "))

    desk.type("D")
    #expect(desk.text.contains("Type lin.wei, then press y:"))
    // Until the name is there, y belongs to it.
    desk.type("y")
    #expect(desk.kind == .confirmation)
    desk.press(.backspace)
    desk.type("lin.weiy")
    #expect(
      desk.message.hasPrefix("Deleted user lin.wei, revoked NYC Office from lin.wei. Change "))
    #expect(named("lin.wei", desk) == nil)
    desk.type("u")
    #expect(desk.text.contains("Bring back user lin.wei, grant NYC Office to lin.wei? y / Esc"))
    desk.type("y")
    #expect(named("lin.wei", desk)?.fullName == "Lin Wei")
    #expect(try desk.store.user(named: "lin.wei").id == UserID(44))
  }

  @Test func aCompanyToo() throws {
    var desk = try DeskDriver()
    desk.type("2a")
    fill(&desk, ["Nova Ltd", "NOV"])
    desk.press(.enter)
    desk.type("y")
    #expect(desk.message.hasPrefix("Added company Nova Ltd, granted Nova Ltd to admin. Change "))
    desk.type("/nova")
    desk.press(.enter)
    desk.type("x")
    #expect(desk.kind == .confirmation && desk.text.contains("Deactivate company Nova Ltd?"))
    desk.type("y")
    desk.type("e")
    desk.type("!")
    desk.press(.enter)
    desk.type("y")
    #expect(desk.message.hasPrefix("Saved company Nova Ltd!. Change "))
    desk.type("D")
    // Where a name is hard to type, the id does.
    let id = try desk.store.company(named: "NOV").id
    desk.type("\(id)y")
    #expect(
      desk.message.hasPrefix("Deleted company Nova Ltd!, revoked Nova Ltd! from admin. Change "))
    desk.type("uy")
    #expect(try desk.store.company(named: "NOV").id == id)
  }

  @Test func whatIsWrongStandsBesideItsField() throws {
    var desk = try newUser()
    #expect(!desk.text.contains("is empty"))
    desk.type("John_Smith")
    #expect(desk.text.contains("differs from john_smith, id 2 only in case"))
    desk.press(.control("u"))
    #expect(desk.text.contains("is empty"))
    fill(&desk, ["l\u{69}n", "", "lin@"])
    #expect(desk.text.contains("is no e-mail address"))
    desk.press(.enter)
    #expect(desk.kind == .form && desk.message == "E-mail: is no e-mail address.")
    desk.type("hq")
    desk.press(.tab)
    desk.type("boss")
    #expect(desk.text.contains("is no role here; there are: Employee, Finance Manager"))
    desk.press(.function(2))
    #expect(desk.kind == .choice)
    desk.press(.down, .down, .enter)
    #expect(desk.kind == .form && desk.text.contains("HR Manager"))
    #expect(!desk.text.contains("is no role here"))
    desk.press(.tab, .function(2))
    #expect(desk.kind == .pickCompany)
    desk.type("chicago")
    desk.press(.enter)
    #expect(desk.kind == .form && desk.text.contains("is Chicago Office (CHI, id"))
    desk.press(.enter)
    #expect(desk.kind == .confirmation)
  }

  @Test func tenThousandCharactersAreComplainedOf() throws {
    var desk = try newUser()
    desk.send(.paste(String(repeating: "x", count: 10_000)))
    #expect(desk.text.contains("has 10000 characters, and may have 80"))
  }

  @Test func leavingAsksOnceIfSomethingWasTyped() throws {
    var desk = try newUser()
    desk.press(.escape)
    #expect(desk.kind == .users)
    desk.type("a")
    desk.type("x")
    desk.press(.escape)
    #expect(desk.kind == .form && desk.message.contains("Esc again drops it"))
    desk.press(.escape)
    #expect(desk.kind == .users)
    #expect(try desk.store.newestChange() == ChangeID(38))
    #expect(named("x", desk) == nil)
  }

  @Test func theSecondOfTwoEditorsSeesWhatTheFirstSaved() throws {
    var desk = try DeskDriver()
    desk.type("1/h_baker")
    desk.press(.enter)
    desk.type("e")
    desk.press(.tab, .end)
    desk.type(" Jr")
    // Another desk saves the same field, and one that nobody has touched here.
    let other = try AccessStore.open(desk.path, origin: .desk)
    let id = try other.user(named: "h_baker").id
    try other.apply(
      other.plan(
        .entity(
          EntityEdit(
            .edit(.user(id)), values: ["full_name": "Harriet Cole", "role": "HR Manager"]))))
    desk.press(.enter)
    #expect(desk.kind == .form)
    #expect(desk.message.hasPrefix("This was changed meanwhile. Nothing is saved"))
    #expect(desk.text.contains("Harriet Baker Jr"))
    #expect(desk.text.contains("now in the database: Harriet Cole"))
    #expect(desk.text.contains("HR Manager"))
    #expect(try other.user(id)?.user.fullName == "Harriet Cole")
    try Golden.check("form-conflict", desk)
    // Either text can be saved now, by somebody who has seen both.
    var mine = desk
    mine.press(.enter)
    #expect(mine.text.contains("Harriet Cole -> Harriet Baker Jr"))
    desk.press(.function(4))
    #expect(desk.text.contains("Harriet Cole") && !desk.text.contains("Jr"))
    desk.press(.enter)
    #expect(desk.text.contains("Nothing to do: nothing is different."))
  }

  @Test func aForeignChangeAppearsInTheForm() throws {
    var desk = try DeskDriver()
    desk.type("1/h_baker")
    desk.press(.enter)
    desk.type("e")
    _ = try runSqlite3(
      desk.path, "UPDATE hrm_users SET full_name = 'H. Baker' WHERE username = 'h_baker'")
    desk.noticeForeignChange()
    #expect(desk.text.contains("H. Baker") && desk.message.contains("This was changed"))
    #expect(!desk.text.contains("now in the database"))
    _ = try runSqlite3(
      desk.path, "PRAGMA foreign_keys = ON; DELETE FROM hrm_users WHERE username = 'h_baker'")
    desk.noticeForeignChange()
    #expect(desk.kind == .users && desk.message.contains("h_baker is not there any more"))
  }

  @Test func wideNamesAndPastedLinesFitIn() throws {
    var desk = try newUser()
    desk.send(.paste("lin\nwei\n\u{6797}\n"))
    desk.press(.tab)
    desk.send(.paste(Self.longName))
    #expect(desk.text.contains("lin wei \u{6797}"))
    try Golden.check("form-long-name", desk)
    desk.press(.home)
    desk.type("e\u{301}")
    desk.press(.control("k"))
    #expect(desk.lines[4] == " > Full name  e\u{301}")
    desk.press(.end)
    desk.type("x y z")
    desk.press(.control("w"), .left, .left, .control("u"))
    #expect(desk.lines[4] == " > Full name  y")
    desk.press(.up, .control("u"))
    desk.type("lin")
    desk.press(.enter)
    #expect(desk.text.contains("Full name              y"))
  }

  @Test func theLastAdministratorGoesOnlyWithMoreThanAYes() throws {
    var desk = try DeskDriver()
    desk.type("1/admin")
    desk.press(.enter)
    desk.type("x")
    #expect(desk.text.contains("no user would be left who is active"))
    #expect(desk.text.contains("Type no administrator, then press y:"))
    try Golden.check("confirmation-administrator", desk)
    desk.type("yyy")
    #expect(desk.kind == .confirmation && named("admin", desk)?.isActive == true)
    desk.press(.control("u"))
    desk.type("no administrator")
    desk.type("y")
    #expect(named("admin", desk)?.isActive == false)
  }

  @Test func reviewOfADeletion() throws {
    var desk = try DeskDriver()
    desk.type("2/nyc")
    desk.press(.enter)
    desk.type("D")
    try Golden.check("confirmation-deletion", desk)
  }
}
