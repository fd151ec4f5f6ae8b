import CompanyAccess
import Glibc
import TestSupport
import Testing

@testable import AccessDesk

/// Files that cannot be read, and what is said of them.
struct UnreadableTests {
  let database: SmallDatabase
  private var path: String { database.path }

  init() throws { database = try SmallDatabase() }

  private func run(_ words: [String], uid: uid_t? = nil) throws -> ProgramResult {
    try runProgram(builtProduct("company-access"), ["--db", path] + words, uid: uid)
  }

  /// The files that a program leaves whose machine has stopped: changes are in the log only.
  private func leaveALog() throws {
    try runSqlite3(path, "PRAGMA journal_mode = WAL")
    do {
      // The shell is killed when it goes.
      let writer = try ForeignShell(path)
      #expect(try writer.ask("INSERT INTO hrm_role VALUES (77, 'Late');") == "")
    }
    unlink(path + "-shm")
  }

  @Test func aLogThatCannotBeReadIsNamed() throws {
    try leaveALog()
    let names = database.folder.names
    chmod(path, 0o444)
    chmod(database.folder.path, 0o555)
    for words in [
      ["stats"], ["users"], ["--read-only", "export"], ["log"], ["grant", "ann", "Cord"],
    ] {
      let result = try run(words, uid: isRoot ? nobody : nil)
      #expect(result.status == 77 && result.stdout == "")
      #expect(
        result.stderr.hasPrefix("company-access: \(path) cannot be read here: it is in WAL mode"))
      #expect(result.stderr.contains("copy both files to a folder that you may write"))
    }
    let doctor = try run(["doctor"], uid: isRoot ? nobody : nil)
    #expect(doctor.status == 1)
    #expect(doctor.stdout.hasPrefix("PROBLEM: log that cannot be read here: 1 [wal-unreadable]"))
    chmod(path, 0o644)
    chmod(database.folder.path, 0o755)
    #expect(try run(["--read-only", "stats"]).status == 77)
    #expect(database.folder.names == names)
    // As the words advise, it is read where the log can be.
    let result = try run(["stats"])
    #expect(result.status == 0)
    #expect(try runSqlite3(path, "SELECT name FROM hrm_role WHERE id = 77") == "Late")
  }

  @Test(
    .enabled(if: isRoot && access("/usr/bin/unshare", X_OK) == 0), arguments: ["delete", "wal"])
  func aReadOnlyMountIsRead(journal: String) throws {
    try runSqlite3(path, "PRAGMA journal_mode = \(journal)")
    let folder = database.folder.path
    let program = builtProduct("company-access")
    func mounted(_ words: String) throws -> ProgramResult {
      try runProgram(
        "/usr/bin/unshare",
        [
          "-m", "sh", "-c",
          "mount --bind '\(folder)' '\(folder)' && mount -o remount,ro,bind '\(folder)' || exit 99; "
            + "'\(program)' --db '\(path)' \(words)",
        ])
    }
    let stats = try mounted("stats")
    guard stats.status != 99 else { return }
    let plain = try run(["stats"])
    #expect(stats.status == 0 && stats.stdout == plain.stdout)
    #expect(try mounted("doctor").status == 0)
    let grant = try mounted("grant ann Cord")
    #expect(grant.status == 77)
    #expect(
      grant.stderr == "company-access: nothing can be written: the file system is read-only\n")
  }

  @Test(
    "What is done with files refuses the location of a server, and does not repeat its password",
    arguments: [
      "postgres://ann:secret@host/hrm", "postgresql://ann:secret@host:x/", "service=secret",
    ])
  func serverLocation(location: String) throws {
    let names = database.folder.names
    for words in [
      ["--db", path, "backup", location], ["--db", path, "restore", location, "--yes"],
    ] {
      let result = try runProgram(
        builtProduct("company-access"), words, environment: ["TZ": "UTC"])
      #expect(result.status == 66, "\(words): \(result.stderr)")
      #expect(!result.stderr.contains("secret"), "\(words): \(result.stderr)")
      #expect(result.stderr.contains("SQLite files only"), "\(words)")
    }
    #expect(database.folder.names == names)
  }

  @Test(
    "A password in an argument is refused, and not repeated",
    arguments: ["postgres://ann:secret@host/hrm", "postgresql://ann:secret@host:x/"])
  func passwordInArgument(location: String) throws {
    for words in [
      ["--db", location, "users"], ["init", location], [location],
      ["--db", location, "schema", "status"], ["--db", location, "adopt", "--suggest"],
    ] {
      let result = try runProgram(
        builtProduct("company-access"), words, environment: ["TZ": "UTC"])
      #expect(result.status == 64, "\(words): \(result.stderr)")
      #expect(!result.stderr.contains("secret"), "\(words): \(result.stderr)")
    }
  }

  @Test func aLoopOfLinksIsNoFaultOfTheProgram() throws {
    let loop = database.folder.file("loop")
    symlink("loop", loop)
    let long = "/tmp/" + String(repeating: "a", count: 300)
    for (path, reason) in [
      (loop, "Too many levels of symbolic links"), (long, "File name too long"),
    ] {
      for words in [
        ["--db", path, "stats"], ["--db", path, "doctor"], ["--db", path, "backup", "x.db"],
        ["--db", path, "adopt", "--dry-run"], ["--db", self.path, "import", path],
        ["--db", self.path, "restore", path, "--yes"], ["report", "verify", path],
        ["--db", self.path, "adopt", "--mapping", path, "--dry-run"],
        ["--db", self.path, "diff", "--file", path],
      ] {
        let result = try runProgram(builtProduct("company-access"), words)
        #expect(result.status == 66, "\(words): \(result.stderr)")
        #expect(result.stderr.hasSuffix(" cannot be opened: \(reason)\n"), "\(words)")
      }
    }
  }
}
