import AccessDesk
import CompanyAccess
import TerminalUI
import TestSupport
import Testing

/// Every confirmation of the desk, with all that has to be typed before `y` typed already.
enum Confirmations: String, CaseIterable, Sendable {
  case grant, revoke, sameAs, bulk, bulkWithNumber, undo, undoOfAnAddition, undoFromTheLog
  case addUser, editUser, deactivate, deleteUser, deleteCompany, lastAdministrator, adopt

  func desk() throws -> DeskDriver {
    if self == .adopt { return try DeskDriver(adopting: .crm) }
    var desk = try DeskDriver()
    try go(&desk)
    try #require(desk.kind == .confirmation)
    return desk
  }

  private func go(_ desk: inout DeskDriver) throws {
    switch self {
    case .adopt: break
    case .grant: ScreenTour.tickFirst(two: "4", of: "john_smith", &desk)
    case .revoke: ScreenTour.tickFirst(two: "5", of: "john_smith", &desk)
    case .sameAs:
      ScreenTour.go(to: .companiesOfUser, on: &desk)
      desk.type("=sarah_admin")
      desk.press(.enter)
    case .bulk: desk.type("6")
    case .bulkWithNumber:
      try desk.addUsers(200)
      desk.type("6")
      let plan = try desk.store.plan(
        .bulkGrant(.matching(.init(), except: []), .matching(.init(), except: [])))
      desk.type("\(plan.added)")
    case .undo:
      ScreenTour.tickFirst(two: "4", of: "john_smith", &desk)
      desk.type("yu")
    case .undoOfAnAddition:
      Self.addCompany(&desk)
      desk.type("yuNova Ltd")
    case .undoFromTheLog: desk.type("lu")
    case .addUser: Self.addCompany(&desk)
    case .editUser:
      desk.type("1eX")
      desk.press(.enter)
    case .deactivate: desk.type("1x")
    case .deleteUser: desk.type("1Da_nowak")
    case .deleteCompany:
      Self.filter("2/nyc", &desk)
      desk.type("DNYC")
    case .lastAdministrator:
      Self.filter("1/admin", &desk)
      desk.type("xno administrator")
    }
  }

  private static func filter(_ keys: String, _ desk: inout DeskDriver) {
    desk.type(keys)
    desk.press(.enter)
  }

  static func addCompany(_ desk: inout DeskDriver) {
    desk.type("2aNova Ltd")
    desk.press(.enter)
  }
}
