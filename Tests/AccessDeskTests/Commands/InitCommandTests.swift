import CompanyAccess
import TestSupport
import Testing

struct InitCommandTests {
  private let program = builtProduct("company-access")

  @Test func makesADatabaseOnce() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("new.db")
    let first = try runProgram(program, ["init", path])
    #expect(first.status == 0)
    #expect(first.stdout == "")
    #expect(first.stderr == "made \(path)\n")
    let store = try AccessStore.open(path)
    #expect(try store.status.missing == [])

    let second = try runProgram(program, ["init", path])
    #expect(second.status == 73)
    #expect(second.stderr == "company-access: \(path) is there already; give another name\n")
  }

  @Test func refusesWhereItCannot() throws {
    let folder = try TemporaryFolder()
    #expect(try runProgram(program, ["init", folder.file("no/x.db")]).status == 73)
    #expect(try runProgram(program, ["--read-only", "init", folder.file("x.db")]).status == 77)
    #expect(try runProgram(program, ["init"]).status == 64)
    #expect(try runProgram(program, ["init", ""]).status == 64)
  }
}
