import AccessDesk
import CompanyAccess
import TerminalUI
import TestSupport
import Testing

@Suite struct DeskFlowTests {
  /// Every grant in its five columns, in the order of the table's key.
  static let fiveColumns = """
    SELECT id, user_id, company_id, created_at, modified_at FROM hrm_user_company_access ORDER BY id
    """

  @Test(arguments: [
    ("1", ScreenKind.users), ("2", .companies), ("3", .pickUser), ("4", .pickUser),
    ("5", .pickUser), ("6", .confirmation), ("7", .statistics), ("l", .log), ("c", .pickCompany),
    ("d", .doctor),
  ])
  func menuNumberOpensItsScreen(key: String, kind: ScreenKind) throws {
    var desk = try DeskDriver()
    desk.type(key)
    #expect(desk.kind == kind)
    desk.press(.escape)
    #expect(desk.kind == .menu)
  }

  @Test func eightLeaves() throws {
    var desk = try DeskDriver()
    desk.type("8")
    #expect(desk.exitStatus == 0)
  }

  @Test(arguments: [
    ("john_smith", ["NYC Office", "LA Office", "Chicago Office"]),
    ("sarah_admin", ["NY Region", "East Region"]),
  ])
  func companiesOfExampleUser(name: String, companies: [String]) throws {
    var desk = try DeskDriver()
    desk.type("3" + name)
    desk.press(.enter)
    #expect(desk.text.contains("1 of \(companies.count)"))
    for company in companies { #expect(desk.text.contains(company)) }
  }

  @Test func userIsPickedByID() throws {
    var desk = try DeskDriver()
    let id = try runSqlite3(
      desk.path, "SELECT id FROM hrm_users WHERE username = 'john_smith'"
    ).trimmed
    desk.type("3" + id)
    desk.press(.enter)
    #expect(desk.text.contains("Companies of john_smith"))
  }

  @Test func unknownUserIsSaidInWords() throws {
    var desk = try DeskDriver()
    desk.type("399999")
    desk.press(.enter)
    #expect(desk.kind == .pickUser)
    #expect(desk.message == "No user matches \"99999\".")
  }

  @Test func grantsTwoCompaniesAndTakesThemBack() throws {
    var desk = try DeskDriver()
    let before = try runSqlite3(desk.path, Self.fiveColumns)
    let changes = try runSqlite3(desk.path, "SELECT count(*) FROM company_access_change")
    ScreenTour.tickFirst(two: "4", of: "john_smith", &desk)
    #expect(desk.text.contains("Companies of the user  3 -> 5"))
    desk.press(.character("y"))
    #expect(desk.kind == .menu)
    #expect(desk.message.contains(" to john_smith, 3 -> 5. Change "))
    let granted = try runSqlite3(
      desk.path,
      """
      SELECT count(*) FROM hrm_user_company_access a JOIN hrm_users u ON u.id = a.user_id
      WHERE username = 'john_smith'
      """)
    #expect(granted.trimmed == "5")
    let after = try runSqlite3(desk.path, "SELECT count(*) FROM company_access_change")
    #expect(Int(after.trimmed) == (Int(changes.trimmed) ?? -2) + 1)
    desk.type("uy")
    #expect(try runSqlite3(desk.path, Self.fiveColumns) == before)
  }

  @Test func aCompanyIsGivenToManyUsersAndTakenFromThem() throws {
    var desk = try ScreenTour.desk(on: .usersOfCompany)
    let first = try runSqlite3(desk.path, Self.fiveColumns)
    desk.type("+")
    #expect(desk.text.contains("Add users to NYC Office"))
    desk.type("*")
    desk.press(.enter)
    #expect(desk.text.contains("Users of the company   15 -> 42"))
    #expect(desk.text.contains("Confirm: add users to NYC Office"))
    desk.type("y")
    #expect(desk.kind == .usersOfCompany)
    #expect(desk.text.contains("of 42"))
    let before = try runSqlite3(desk.path, Self.fiveColumns)
    desk.type("-*")
    desk.press(.enter)
    // The administrator is among them.
    desk.type("no administratory")
    #expect(desk.text.contains("No user may enter NYC Office: no row means no access."))
    desk.type("uy")
    #expect(try runSqlite3(desk.path, Self.fiveColumns) == before)
    desk.type("uy")
    #expect(try runSqlite3(desk.path, Self.fiveColumns) == first)
  }

  @Test func aUserIsGivenWhatAnotherHas() throws {
    var desk = try ScreenTour.desk(on: .companiesOfUser)
    desk.type("=sarah_admin")
    desk.press(.enter)
    #expect(desk.text.contains("Companies of the user  3 -> 5"))
    desk.type("y")
    #expect(desk.kind == .companiesOfUser)
    for name in ["NY Region", "East Region", "LA Office"] { #expect(desk.text.contains(name)) }
  }

  @Test func removingTheLastCompanySaysSo() throws {
    var desk = try DeskDriver()
    desk.type("5sarah_admin")
    desk.press(.enter)
    desk.type("*")
    desk.press(.enter)
    #expect(desk.text.contains("left with no company at all"))
    desk.type("y")
    #expect(desk.message.contains("Revoked East Region, NY Region from sarah_admin"))
    desk.type("uy")
    #expect(desk.message.contains("Undid change"))
  }

  @Test func bulkAddFillsTheGridAndUndoBringsTheOldOneBack() throws {
    var desk = try DeskDriver()
    let before = try runSqlite3(desk.path, Self.fiveColumns)
    desk.type("6")
    #expect(desk.text.contains("Grid"))
    desk.type("y")
    #expect(desk.text.contains("coverage 100.0 %"))
    desk.type("uy")
    #expect(try runSqlite3(desk.path, Self.fiveColumns) == before)
  }

  @Test func enterDoesNotConfirm() throws {
    var desk = try ScreenTour.desk(on: .confirmation)
    desk.holdsWrites = true
    desk.press(.enter, .character(" "), .character("4"))
    #expect(desk.kind == .confirmation)
    #expect(desk.heldWrite == nil)
  }

  @Test func openingAQuestionDropsWhatWasTypedAhead() throws {
    var desk = try DeskDriver()
    desk.type("6")
    #expect(desk.hasDroppedTypeahead)
  }

  @Test func aPasteIsNeverACommand() throws {
    var desk = try DeskDriver()
    desk.send(.paste("4\n1\ny\n"))
    #expect(desk.kind == .menu)
    desk.type("6")
    desk.holdsWrites = true
    desk.send(.paste("y"))
    #expect(desk.heldWrite == nil)
  }

  @Test func manyPairsNeedTheirNumber() throws {
    var desk = try DeskDriver()
    try desk.addUsers(200)
    desk.holdsWrites = true
    desk.type("6")
    desk.type("y")
    #expect(desk.heldWrite == nil)
    #expect(desk.message.hasPrefix("Type the number of pairs first"))
    let plan = try desk.store.plan(
      .bulkGrant(.matching(.init(), except: []), .matching(.init(), except: [])))
    desk.type("\(plan.added)")
    desk.type("y")
    #expect(desk.heldWrite?.plan.added == plan.added)
  }

  @Test func aReasonIsKept() throws {
    var desk = try ScreenTour.desk(on: .confirmation)
    desk.type("r")
    desk.type("Joins the audit, y?")
    desk.press(.enter)
    desk.type("y")
    let reason = try runSqlite3(
      desk.path, "SELECT reason FROM company_access_change ORDER BY id DESC LIMIT 1")
    #expect(reason.trimmed == "Joins the audit, y?")
  }

  @Test func nothingTickedIsSaid() throws {
    var desk = try ScreenTour.desk(on: .tickToGrant)
    desk.press(.enter)
    #expect(desk.kind == .tickToGrant)
    #expect(desk.message.hasPrefix("Nothing is ticked"))
  }

  @Test func cancelLeavesEverythingAsItWas() throws {
    var desk = try DeskDriver()
    let before = try runSqlite3(desk.path, Self.fiveColumns)
    desk.holdsWrites = true
    desk.type("6y")
    desk.press(.escape)
    #expect(desk.message == "Cancelled: nothing was changed.")
    #expect(try runSqlite3(desk.path, Self.fiveColumns) == before)
  }

  @Test func aTableThatMovedIsCountedAgain() throws {
    var desk = try DeskDriver()
    desk.holdsWrites = true
    desk.type("6")
    desk.type("y")
    try runSqlite3(desk.path, "DELETE FROM hrm_user_company_access WHERE user_id = 1")
    desk.carryOutHeldWrite()
    #expect(desk.kind == .confirmation)
    #expect(desk.message.hasPrefix("The table was changed meanwhile"))
    desk.holdsWrites = false
    desk.type("y")
    #expect(desk.text.contains("coverage 100.0 %"))
  }

  @Test func ctrlCLeavesAndAsksOnceWhenSomethingIsTicked() throws {
    var idle = try DeskDriver()
    idle.interrupt()
    #expect(idle.exitStatus == 130)
    var ticked = try ScreenTour.desk(on: .tickToRevoke)
    ticked.type(" ")
    ticked.interrupt()
    #expect(ticked.exitStatus == nil)
    ticked.interrupt()
    #expect(ticked.exitStatus == 130)
  }

  @Test func aTickedUserWhoIsDeletedMeanwhileIsSaidInWords() throws {
    var desk = try ScreenTour.desk(on: .tickToGrant)
    desk.type(" ")
    try runSqlite3(
      desk.path,
      """
      PRAGMA foreign_keys = ON; UPDATE hrm_employee SET user_id = NULL;
      DELETE FROM hrm_users WHERE username = 'john_smith'
      """)
    desk.noticeForeignChange()
    #expect(desk.message.contains("john_smith"))
    #expect(desk.message.contains("not there any more"))
  }

  @Test func everyActionRunsOnEachOfItsScreens() throws {
    for kind in ScreenKind.allCases {
      for action in Actions.actions(on: kind) {
        var desk = try ScreenTour.desk(on: kind)
        let key = try #require(action.keys.last)
        let before = (desk.text, desk.exitStatus)
        desk.press(key)
        let isMovement = [
          "up", "down", "pageUp", "pageDown", "first", "last", "left", "right", "pageLeft",
          "pageRight", "firstColumn", "lastColumn", "sortLeft", "sortRight",
        ].contains(action.id.rawValue)
        let isTyped = desk.model.top.editsText
        #expect(
          isMovement || isTyped || (desk.text, desk.exitStatus) != before,
          "\(action.id) does nothing on \(kind)")
      }
    }
  }

  @Test func helpListsAndRunsWhatWorks() throws {
    var desk = try DeskDriver()
    desk.type("?")
    for action in Actions.menu.prefix(8) { #expect(desk.text.contains(action.label)) }
    desk.press(.down, .enter)
    #expect(desk.kind == .companies)
  }

  @Test func readOnlyRefusesWrites() throws {
    var desk = try DeskDriver(readOnly: true)
    for key in ["4", "5", "6", "u"] {
      desk.type(key)
      #expect(desk.kind == .menu)
      #expect(desk.message.hasPrefix("Not possible here"))
    }
  }

  @Test func aWindowTooSmallSaysSoAndRecovers() throws {
    var desk = try DeskDriver()
    desk.resize(columns: 59, rows: 24)
    #expect(desk.text.contains("needs 60x15"))
    desk.type("1")
    desk.resize(columns: 60, rows: 15)
    #expect(desk.kind == .menu)
    for (columns, rows) in [(0, 0), (1, 1), (1, 200), (1024, 512)] {
      desk.resize(columns: columns, rows: rows)
      _ = desk.text
    }
  }

  @Test func leavingASmallWindowAsksOnceWhenSomethingIsTicked() throws {
    var desk = try ScreenTour.desk(on: .tickToRevoke)
    desk.type(" ")
    desk.resize(columns: 50, rows: 10)
    desk.type("q")
    #expect(desk.exitStatus == nil)
    #expect(desk.text.contains("What you ticked or typed is not carried out"))
    desk.type("q")
    #expect(desk.exitStatus == 0)
  }

  @Test func helpIsAlwaysInTheFooter() throws {
    for kind in ScreenKind.allCases where kind != .help {
      var desk = try ScreenTour.desk(on: kind)
      for columns in [60, 80, 120, 200] {
        desk.resize(columns: columns, rows: 24)
        #expect(desk.lines.last?.hasSuffix("Help") == true, "\(kind) at \(columns)")
      }
    }
  }
}

extension String {
  /// Without blanks and line ends around it.
  var trimmed: String {
    String(drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
  }
}
