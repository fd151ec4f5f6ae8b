import CompanyAccess
import Glibc
import TestSupport
import Testing

@testable import AccessDesk

/// What only reads changes nothing, and what writes is refused when nothing may be written.
struct ReadOnlyTests {
  let database: SmallDatabase

  init() throws { database = try SmallDatabase() }

  private func run(_ words: [String], uid: uid_t? = nil) throws -> ProgramResult {
    try runProgram(
      builtProduct("company-access"), words, environment: ["COMPANY_ACCESS_DB": database.path],
      standardInput: "user,company\nann,Cord\n", uid: uid)
  }

  /// Everything about the file and its folder that a write would change.
  private func state() throws -> String {
    var status = stat()
    try #require(stat(database.path, &status) == 0)
    let times = [status.st_mtim, status.st_ctim].map { "\($0.tv_sec).\($0.tv_nsec)" }
    let sum = try runProgram("/usr/bin/sha256sum", [database.path]).stdout
    let files = try runProgram("/usr/bin/ls", ["-lA", "--full-time", database.folder.path]).stdout
    try #require(stat(database.folder.path, &status) == 0)
    return "\(times) \(status.st_mtim)\n\(sum)\(files)"
  }

  @Test func everyCommandIsCovered() {
    let leaves = Self.leaves([CommandTree.root])
    let known = Set(CommandCalls.reading.keys).union(CommandCalls.writing.keys)
    #expect(Set(leaves.map(\.words)) == known)
    for path in leaves {
      #expect(path.last?.info.writes == (CommandCalls.writing[path.words] != nil), "\(path.words)")
    }
  }

  private static func leaves(_ path: [CommandNode]) -> [[CommandNode]] {
    guard let node = path.last else { return [] }
    return node.subcommands.isEmpty ? [path] : node.subcommands.flatMap { leaves(path + [$0]) }
  }

  @Test(arguments: CommandCalls.reading.keys.sorted(), ["delete", "wal"])
  func readingChangesNothing(command: String, journal: String) throws {
    try database.sql("PRAGMA journal_mode = \(journal)")
    // A folder of another user that may only be read, if root runs the tests.
    chmod(database.path, 0o444)
    chmod(database.folder.path, 0o555)
    defer { chmod(database.folder.path, 0o755) }
    try expectNoTrace(of: command, modes: [[], ["--read-only"]])
  }

  /// SQLite would make a log beside the file and, as it may not write, leave it.
  @Test(arguments: CommandCalls.reading.keys.sorted())
  func readingLeavesNothingInAFolderThatCanBeWritten(command: String) throws {
    try database.sql("PRAGMA journal_mode = wal")
    chmod(database.path, 0o666)
    chmod(database.folder.path, 0o777)
    try expectNoTrace(of: command, modes: [["--read-only"]])
  }

  private func expectNoTrace(of command: String, modes: [[String]]) throws {
    let before = try state()
    let out = try TemporaryFolder()
    chmod(out.path, 0o777)
    for mode in modes {
      // A file of expectations that everybody may read.
      let expected = try out.write("\(mode.count)expected.txt", "ann, ACM, yes\n")
      chmod(expected, 0o644)
      let people = try out.write("\(mode.count)people.csv", "email,left\nann@example.com,\n")
      chmod(people, 0o644)
      for call in CommandCalls.reading[command] ?? [] {
        let words = call.map { $0.replacing("OUT", with: "\(out.path)/\(mode.count)") }
        let result = try run(mode + words, uid: isRoot ? nobody : nil)
        // There are no operators.
        let isUnknown = words.contains("operator") && result.status == 67
        #expect(
          result.status == 0 || result.status == 1 || isUnknown, "\(words): \(result.stderr)")
        #expect(
          !result.stdout.isEmpty || words[0] == "diff" || words.contains("verify") || isUnknown,
          "\(words)")
      }
    }
    #expect(try state() == before)
  }

  @Test(arguments: CommandCalls.writing.keys.sorted()) func writingIsRefused(command: String) throws
  {
    let before = try state()
    for call in CommandCalls.writing[command] ?? [] {
      let words = call.map { $0.replacing("OUT", with: database.folder.path) }
      let result = try run(["--read-only"] + words)
      #expect(result.status == 77, "\(words)")
      #expect(result.stdout == "")
      #expect(
        result.stderr
          == "company-access: nothing can be written: the database was opened only to be read\n")
    }
    #expect(try state() == before)
  }

  /// Without the option too, where the file may not be written.
  @Test func whatTheFileForbidsIsRefused() throws {
    chmod(database.path, 0o444)
    chmod(database.folder.path, 0o555)
    defer { chmod(database.folder.path, 0o755) }
    let before = try state()
    for words in [
      ["grant", "ann", "Cord"], ["revoke", "ann", "ACM"], ["undo"], ["bulk-grant", "--yes"],
      ["import", "--yes"],
    ] {
      let result = try run(words, uid: isRoot ? nobody : nil)
      #expect(result.status == 77, "\(words): \(result.stderr)")
      #expect(result.stderr.contains("nothing can be written: the permissions of the file"))
    }
    #expect(try state() == before)
  }

  /// A dry run ends as the real one would.
  @Test func dryRunsAreRefusedToo() throws {
    let before = try state()
    for words in [
      ["grant", "ann", "Cord"], ["undo"], ["bulk-grant"], ["schema", "downgrade"], ["backfill"],
      ["adopt"], ["backfill", "--null-company"],
    ] {
      let result = try run(["--read-only"] + words + ["--dry-run"])
      #expect(result.status == 77, "\(words): \(result.stderr)")
    }
    #expect(try run(["--read-only", "backfill", "--check"]).status == 1)
    #expect(try state() == before)
  }
}
