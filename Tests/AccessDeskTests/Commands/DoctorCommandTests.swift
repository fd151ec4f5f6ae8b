import CompanyAccess
import Glibc
import TestSupport
import Testing

@testable import AccessDesk

/// `doctor`, as a shell calls it.
struct DoctorCommandTests {
  let folder: TemporaryFolder
  let path: String

  init() throws {
    folder = try TemporaryFolder()
    path = folder.file("hrm.db")
    try AccessStore.create(path, sample: true)
  }

  func run(_ words: String...) throws -> ProgramResult {
    try runProgram(builtProduct("company-access"), ["--db", path, "doctor"] + words)
  }

  /// What is as it may be is noted, and nothing has to be done about it.
  @Test func theSampleHasNotesAndNoProblem() throws {
    let result = try run()
    #expect(result.status == 0)
    #expect(
      result.stdout.hasPrefix("note: inactive users who may enter companies: 2 [inactive-user]"))
    #expect(result.stdout.contains("    user o_adeyemi, id 33\n"))
    #expect(!result.stdout.contains("PROBLEM"))
    #expect(
      result.stdout.split(separator: "\n").allSatisfy {
        $0.utf8.count <= 80 || $0.hasPrefix("  command: ")
      })
    let checks = DoctorMessages.summary(try AccessStore.examine(path))
    #expect(result.stderr == "\(checks)\n" && checks.hasPrefix("0 problems, 4 notes by "))
  }

  @Test func aProblemIsToldWithItsMending() throws {
    try runSqlite3(path, "DROP TRIGGER company_access_grant_deleted")
    let result = try run()
    #expect(result.status == 1)
    let lines = result.stdout.split(separator: "\n")
    #expect(lines[0] == "PROBLEM: triggers that are missing: 1 [missing-trigger]")
    #expect(lines[1] == "    trigger company_access_grant_deleted")
    #expect(lines[2] == "  What other programs write does not get on the record. A program that")
    #expect(result.stdout.contains("  mend: company-access --db \(path) schema upgrade\n"))
    let mended = try runProgram(
      builtProduct("company-access"), ["--db", path, "schema", "upgrade"])
    #expect(mended.status == 0)
    #expect(try run().status == 0)
  }

  @Test func programsReadObjectsAndRows() throws {
    try runSqlite3(path, "DROP INDEX ix_hrm_user_company_access_company")
    let json = try run("--json")
    #expect(json.status == 1 && json.stderr == "")
    let start =
      #"{"problems":1,"notes":4,"checks":"# + "\(try AccessStore.examine(path).checks)"
      + #","findings":["# + "\n" + #"{"id":"missing-index","severity":"problem","count":1,"#
      + #""what":"indexes that are missing","#
      + #""examples":["index ix_hrm_user_company_access_company"],"meaning":""#
    #expect(json.stdout.hasPrefix(start))
    #expect(json.stdout.contains(#""application":"hrm""#))
    let rows = try run("--format", "csv").stdout.split(separator: "\r\n")
    #expect(rows.first == "severity,id,count,what,remedy" && rows.count == 6)
    #expect(rows[1].hasPrefix("problem,missing-index,1,"))
  }

  @Test func whatCannotBeOpenedIsExaminedAllTheSame() throws {
    let bytes = try folder.read("hrm.db")
    try folder.write("hrm.db", Array(bytes.prefix(6 * pageSize(of: bytes))))
    let result = try run()
    #expect(result.status == 1 && result.stdout.hasPrefix("PROBLEM: damage to pages or indexes"))
    #expect(result.stderr.hasSuffix("; not every check ran\n"))
    #expect(
      try runProgram(builtProduct("company-access"), ["--db", path, "users"]).status == 66)
    unlink(path)
    #expect(try run().status == 66)
  }

  /// Every command of this program that mends something is one that it has.
  @Test func everyMendingCommandExists() throws {
    for statement in [
      "DROP TABLE company_access_row_image", "DROP TRIGGER company_access_user_deleted",
    ] {
      try runSqlite3(path, statement)
    }
    let commands = Set(CommandTree.root.subcommands.map(\.name))
    for finding in try AccessStore.examine(path).findings {
      let words = (finding.remedy ?? "").split(separator: " ")
      guard words.first == "company-access" else { continue }
      #expect(commands.contains(String(words[3])), "\(finding.id): \(words[3])")
    }
  }
}
