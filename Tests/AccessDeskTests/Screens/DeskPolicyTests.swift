import AccessDesk
import CompanyAccess
import TerminalUI
import TestSupport
import Testing

/// A ticket that the policy requires, at the desk.
@Suite struct DeskPolicyTests {
  @Test("y does nothing until the ticket is filled in, which r asks for first")
  func theTicketIsAsked() throws {
    var desk = try DeskDriver()
    try desk.store.apply(desk.store.plan(.policy(Policy(requiresTicket: [.grant]))))
    ScreenTour.tickFirst(two: "4", of: "john_smith", &desk)
    #expect(desk.text.contains("Ticket                 required by the policy to grant"))
    let before = try desk.newestChange()
    desk.type("y")
    #expect(desk.kind == .confirmation)
    #expect(try desk.newestChange() == before)
    #expect(desk.text.contains("The policy requires a ticket to grant: press r and fill it in."))
    desk.type("r")
    #expect(desk.text.contains("Ticket: "))
    desk.type("HR-77")
    desk.press(.enter)
    #expect(desk.text.contains("Ticket                 HR-77"))
    desk.type("y")
    #expect(desk.kind != .confirmation)
    let ticket = try runSqlite3(
      desk.path, "SELECT ticket FROM company_access_change ORDER BY id DESC LIMIT 1")
    #expect(ticket.trimmed == "HR-77")
  }
}
