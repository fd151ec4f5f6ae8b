import TestSupport
import Testing

@Suite(.onEachEngine) struct SnapshotCommandTests {
  let database: SmallDatabase

  init() throws { database = try SmallDatabase() }

  @Test("A test goes back to a snapshot, and forward again by an undo")
  func goesBack() throws {
    let saved = try database.run("snapshot", "save", "clean")
    #expect(saved.status == 0)
    #expect(saved.stderr == "the snapshot clean is the state after change 2\n")
    _ = try database.run("grant", "ann", "Cord")
    let listed = try database.run("snapshot", "list", "--json")
    #expect(listed.stdout.contains("\"name\":\"clean\",\"change\":2,"))
    #expect(listed.stdout.contains("\"later_changes\":1"))
    let gone = try database.run("snapshot", "go", "clean", "--json")
    #expect(gone.status == 0 && gone.stdout.contains("\"snapshot\":\"clean\""))
    #expect(try database.pairs == ["ann Acme", "bob Acme"])
    #expect(try database.run("undo", "4").status == 0)
    #expect(try database.pairs == ["ann Acme", "ann Cord", "bob Acme"])
    #expect(try database.run("snapshot", "drop", "clean").status == 0)
    let missing = try database.run("snapshot", "go", "clean")
    #expect(missing.status == 67)
    #expect(missing.stderr == "company-access: there is no snapshot 'clean'\n")
  }

  private static let hasPytest =
    (try? runProgram("/usr/bin/env", ["python3", "-c", "import pytest"]))?.status == 0

  @Test("The tests with the pytest fixture pass", .enabled(if: hasPytest))
  func pytest() throws {
    let folder = #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
    let result = try runProgram(
      "/usr/bin/env",
      [
        "python3", "-B", "-m", "pytest", "-q", "-p", "no:cacheprovider",
        "/\(folder)/Examples/pytest",
      ],
      environment: ["COMPANY_ACCESS": builtProduct("company-access"), "TZ": "UTC"])
    #expect(result.status == 0, "\(result.stdout)\(result.stderr)")
    #expect(result.stdout.contains("20 passed"))
  }
}
