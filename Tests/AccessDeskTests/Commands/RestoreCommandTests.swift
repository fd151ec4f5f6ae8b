import TestSupport
import Testing

/// `restore`, as a shell calls it.
struct RestoreCommandTests {
  let database: SmallDatabase
  let backup: String

  init() throws {
    database = try SmallDatabase()
    backup = database.folder.file("monday.db")
    #expect(try database.run("backup", backup).status == 0)
    #expect(try database.run("revoke", "ann", "ACM").status == 0)
  }

  /// The one file beside the database and the backup.
  var kept: String? {
    database.folder.names.first { $0.hasPrefix("small.db.before-restore-2") }
  }

  @Test func theReviewSaysWhatWouldBeLost() throws {
    let before = try database.dump
    let dry = try database.run("restore", backup, "--dry-run")
    #expect(dry.status == 0 && dry.stdout == "")
    let lines = dry.stderr.split(separator: "\n").map(String.init)
    #expect(
      lines[0] == "\(database.path) would hold 3 users, 3 companies and 2 grants, as \(backup) does"
    )
    #expect(lines[1].hasPrefix("its newest change is 2, of "))
    #expect(
      lines[2].hasPrefix("the present file would be kept as \(database.path).before-restore-")
        && lines[2].hasSuffix("; the record would go on, with 1 change since the backup"))
    let asked = try database.run("restore", backup)
    #expect(asked.status == 64 && asked.stderr.contains("restoring \(database.path) needs"))
    #expect(try database.dump == before)
    #expect(kept == nil)
  }

  @Test func theLogNamesTheCopyThatWasKept() throws {
    #expect(try database.pairs == ["bob Acme"])
    let done = try database.run("restore", backup, "--reason", "a mistake", "--yes")
    #expect(done.status == 0 && done.stdout == "")
    let copy = database.folder.file(try #require(kept))
    #expect(
      done.stderr == """
        \(database.path) holds what \(backup) holds; change 4
        kept the file as it was before as \(copy)

        """)
    #expect(try database.pairs == ["ann Acme", "bob Acme"])
    let log = try database.run("log", "--limit", "1")
    #expect(log.stdout.contains("a mistake; restored from \(backup); the file as it was before is"))
    #expect(log.stdout.contains(copy) && log.stdout.contains("restore"))
    let again = try database.run("restore", copy, "--yes", "--json")
    #expect(again.status == 0)
    #expect(
      again.stdout.hasPrefix("{\"change\":5,\"from\":\"\(copy)\",\"kept\":\"\(database.path)"))
    #expect(again.stdout.hasSuffix("\"only_in_kept\":1}\n"))
    #expect(try database.pairs == ["bob Acme"])
  }

  @Test func aBackupOfAnotherDatabaseIsNamed() throws {
    let other = database.folder.file("other.db")
    #expect(try database.run("init", other).status == 0)
    let done = try database.run("restore", other, "--yes")
    #expect(done.status == 0)
    #expect(
      done.stderr.hasSuffix(
        "note: its record is in that copy alone, because it is of another database\n"))
  }
}
