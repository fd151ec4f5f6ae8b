import CompanyAccess
import TestSupport
import Testing

struct GenerateCommandTests {
  private let program = builtProduct("company-access")

  private func generate(_ path: String, _ words: String...) throws -> ProgramResult {
    try runProgram(program, ["generate", path] + words)
  }

  @Test func theSameFiguresMakeTheSameBytes() throws {
    let folder = try TemporaryFolder()
    let size = ["--users", "400", "--companies", "30", "--grants", "1500"]
    let (one, other, third) = (folder.file("1.db"), folder.file("2.db"), folder.file("3.db"))
    for (path, seed) in [(one, "7"), (other, "7"), (third, "8")] {
      let result = try runProgram(program, ["generate", path, "--seed", seed] + size)
      #expect(result.status == 0)
      #expect(result.stderr == "made \(path)\n")
    }
    #expect(try folder.read("1.db") == folder.read("2.db"))
    #expect(try folder.read("1.db") != folder.read("3.db"))

    let store = try AccessStore.open(one)
    #expect(try store.status.missing == [])
    let statistics = try store.statistics()
    #expect(statistics.coverage.users == 400)
    #expect(statistics.coverage.companies == 30)
    #expect(statistics.coverage.grants == 1_500)
    #expect((1...80).contains(statistics.usersWithoutAccess))
    #expect(statistics.histogram.count > 5)
    #expect(try store.changes(limit: 99).map(\.added).reduce(0, +) == 1_500)
    #expect(try runSqlite3(one, "PRAGMA integrity_check; PRAGMA foreign_key_check") == "ok")
    #expect(try Int(runSqlite3(one, "SELECT count(*) FROM hrm_employee")) ?? 0 > 300)
    let usernames = "SELECT count(DISTINCT username) FROM hrm_users WHERE username GLOB '[a-z]_*'"
    #expect(try runSqlite3(one, usernames) == "400")
  }

  @Test(arguments: [(0, 0, 0), (3, 0, 0), (0, 3, 0), (1, 1, 1), (7, 5, 35), (50, 40, 1_999)])
  func everyNumberOfGrantsFits(users: Int, companies: Int, grants: Int) throws {
    let folder = try TemporaryFolder()
    let path = folder.file("x.db")
    try AccessStore.generate(path, TestData(users: users, companies: companies, grants: grants))
    let coverage = try AccessStore.open(path).coverage()
    #expect(coverage.users == users && coverage.companies == companies)
    #expect(coverage.grants == grants)
  }

  @Test func impossibleFiguresAreRefused() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("x.db")
    let many = try generate(path, "--users", "2", "--companies", "3", "--grants", "7")
    #expect(many.status == 64)
    #expect(
      many.stderr.hasPrefix(
        "company-access: --grants is '7', but must be a whole number from 0 to 6\n"))
    for value in ["-1", "x", "1e3", "", "99999999999999999999"] {
      #expect(try generate(path, "--users=\(value)").status == 64)
    }
    #expect(try generate(path).status == 0)
    #expect(try generate(path).status == 73)
  }
}
