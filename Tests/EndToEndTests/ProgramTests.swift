import Glibc
import TestSupport
import Testing

/// The tools that all other tests stand on.
@Suite struct ProgramTests {
  @Test func streamsAndStatus() throws {
    let script = "cat; echo oops >&2; exit 3"
    let result = try runProgram("/bin/sh", ["-c", script], standardInput: "in\n")
    #expect(result.status == 3)
    #expect(result.stdout == "in\n")
    #expect(result.stderr == "oops\n")
  }

  @Test func signalsAreNegative() throws {
    let result = try runProgram("/bin/sh", ["-c", "kill -TERM $$"])
    #expect(result.status == -SIGTERM)
  }

  @Test func manyBytesBothWays() throws {
    let text = String(repeating: "0123456789abcdef\n", count: 100_000)
    let result = try runProgram("/bin/cat", standardInput: text)
    #expect(result.stdout == text)
  }

  @Test func inputThatNobodyReads() throws {
    let text = String(repeating: "x", count: 1_000_000)
    #expect(try runProgram("/bin/true", standardInput: text).status == 0)
  }

  @Test func brokenPipeEndsTheProgram() throws {
    let result = try runProgram("/bin/sh", ["-c", "(yes; echo $? >&2) | head -1"])
    #expect(result.stderr == "141\n")
  }

  @Test func environmentIsOurs() throws {
    let result = try runProgram("/usr/bin/env", environment: ["LANG": nil, "COLOR": "blue"])
    let names = Set(result.stdout.split(separator: "\n").map { $0.prefix { $0 != "=" } })
    #expect(names.isSuperset(of: ["PATH", "TERM", "COLOR"]))
    #expect(names.isDisjoint(with: ["LANG", "HOME", "SWIFT_BACKTRACE"]))
  }

  @Test func timesOut() {
    #expect(throws: ProgramError.self) {
      try runProgram("/bin/sleep", ["100"], seconds: 0.05)
    }
  }

  @Test func noSuchProgram() {
    #expect(throws: SystemError.self) { try runProgram("/nonexistent") }
  }

  @Test(.enabled(if: isRoot)) func asAnotherUser() throws {
    #expect(try runProgram("/usr/bin/id", ["-u"], uid: nobody).stdout == "\(nobody)\n")
    #expect(try runProgram("/usr/bin/id", ["-G"], uid: nobody).stdout == "\(nobody)\n")
  }

  @Test func sqlite3Shell() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("a.db")
    try runSqlite3(path, "CREATE TABLE t(a); INSERT INTO t VALUES (1), (2);")
    #expect(try runSqlite3(path, "SELECT a FROM t ORDER BY a;") == "1\n2")
    #expect(throws: ProgramError.self) { try runSqlite3(path, "SELECT nonsense;") }
  }

  @Test func foldersAreRemoved() throws {
    var folder: TemporaryFolder? = try TemporaryFolder()
    let path = try #require(folder?.path)
    try folder?.write("file", "text")
    mkdir("\(path)/closed", 0o755)
    symlink("/", "\(path)/root")
    chmod("\(path)/closed", 0)
    #expect(folder?.names == ["closed", "file", "root"])
    #expect(try folder?.read("file") == Array("text".utf8))
    folder = nil
    #expect(access(path, F_OK) == -1)
    #expect(access("/bin/sh", F_OK) == 0)
  }

  @Test func productsLieBesideTheTests() {
    #expect(access(builtProduct("company-access"), X_OK) == 0)
  }
}
