import AccessDesk
import CompanyAccess
import TerminalUI
import TestSupport
import Testing

@Suite struct DoctorScreenTests {
  @Test func aProblemIsToldWithWhatMendsIt() throws {
    var desk = try DeskDriver(damage: "DROP INDEX ix_hrm_user_company_access_company")
    desk.type("d")
    #expect(desk.lines[1].contains("1 problem, 4 notes by "))
    #expect(desk.lines[3].contains("PROBLEM: indexes that are missing: 1 [missing-index]"))
    #expect(desk.text.contains("mend: company-access --db hrm.db schema upgrade"))
    try AccessStore.upgradeSchema(desk.path)
    desk.type("r")
    #expect(desk.message == "Examined again.")
    #expect(desk.lines[1].contains("0 problems, 4 notes by "))
  }

  @Test func itIsUnderWayUntilTheAnswerComes() throws {
    var desk = try DeskDriver()
    desk.holdsAnswers = true
    desk.type("d")
    #expect(desk.lines[1].contains("examining ..."))
    desk.interrupt()
    #expect(desk.kind == .menu && desk.exitStatus == nil)
    #expect(desk.message == "Cancelled: nothing was changed.")
    desk.answerHeldQuestions()
    #expect(desk.kind == .menu)
    desk.type("d")
    #expect(desk.kind == .doctor && desk.lines[1].contains("0 problems"))
    desk.press(.end)
    #expect(desk.text.contains("application: hrm"))
  }
}
