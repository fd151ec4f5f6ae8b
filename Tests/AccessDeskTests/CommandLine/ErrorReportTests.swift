import CompanyAccess
import Testing

@testable import AccessDesk

struct ErrorReportTests {
  static let cases: [(AccessError, Int32)] = [
    (AccessError.noSuchFile(path: "x"), 66), (.notAFile(path: "x"), 66),
    (.notADatabase(path: "x"), 66), (.noTables(path: "x", missing: ["t"]), 66),
    (.damaged(path: "x", detail: "y"), 66), (.needsRecovery(path: "x"), 66),
    (.recordIncomplete(missing: ["trigger t"]), 66), (.notOnRecord(.user, id: "1"), 66),
    (.notPermitted(path: "x"), 77),
    (.readOnly(.asked), 77), (.busy(path: "x"), 75), (.noSuchUser(UserID(1)), 67),
    (.noSuchCompany(CompanyID(1)), 67), (.cancelled, 130), (.diskFull(path: "x"), 74),
    (.diskError(path: "x", detail: "y"), 74), (.exists(path: "x"), 73),
    (.refusedOutput(path: "x", .folder), 73),
    (.cannotCreate(path: "x", detail: "y"), 73), (.outOfMemory, 71),
    (.unexpected(detail: "y"), 70),
  ]

  @Test(arguments: cases)
  func everyErrorHasItsExitCode(error: AccessError, code: Int32) {
    let report = ErrorReport(error, program: "tool")
    #expect(report.code.rawValue == code)
    #expect(report.lines == ["tool: \(error)"])
  }

  @Test func usageIsFollowedByWhereToLook() {
    let error = UsageError(problem: .missingArgument("USER"), path: ["tool", "grant"])
    let report = ErrorReport(error, program: "tool")
    #expect(report.code == .usage)
    #expect(report.lines == ["tool: the argument USER is missing", "See 'tool grant --help'."])
  }
}
