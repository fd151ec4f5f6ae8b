import CompanyAccess
import Glibc
import TestSupport
import Testing

/// `record prune` and `record forget`.
struct RecordKeepingCommandTests {
  let database: SmallDatabase

  init() throws {
    database = try SmallDatabase()
    #expect(try database.run("revoke", "ann", "ACM").status == 0)
    #expect(try database.run("grant", "ann", "Cord").status == 0)
    try runSqlite3(
      database.path,
      """
      PRAGMA foreign_keys = ON;
      DELETE FROM hrm_users WHERE id = 2;
      UPDATE company_access_change SET at = printf('2026-%02d-01 10:00:00.000', max(1, id - 1));
      """)
  }

  @Test func pruneMovesWhatEndedToAFile() throws {
    let file = database.folder.file("ended.csv")
    let dry = try database.run(
      "record", "prune", "--before", "2026-03-15", "--output", file, "--dry-run")
    #expect(dry.status == 0)
    #expect(dry.stdout == "")
    #expect(
      dry.stderr
        == "1 ended grants and 0 facts about users and companies would go; nothing was done\n")
    let words = ["record", "prune", "--before", "2026-03-15", "--output", file]
    let run = { (more: [String]) in
      try runProgram(
        builtProduct("company-access"), ["--db", database.path] + words + more,
        environment: ["TZ": "UTC"])
    }
    let asked = try run([])
    #expect(asked.status == 64)
    #expect(asked.stderr.contains("pruning the record needs a confirmation"))
    #expect(access(file, F_OK) != 0)
    let done = try run(["--yes", "--json"])
    #expect(done.status == 0)
    #expect(
      done.stdout == """
        {"change":6,"before":"2026-03-15T00:00:00.000Z","grants":1,"entities":0,\
        "file":"\(file)"}

        """)
    let lines = try #require(readFile(file)).split(separator: "\r\n")
    #expect(lines.count == 2)
    #expect(lines[1].hasPrefix("grant,a1,1,ann,"))
    let early = try database.run("stats", "--as-of", "2026-01-15", "--json")
    #expect(early.status == 67)
    #expect(early.stdout == "")
    #expect(early.stderr.hasPrefix("company-access: not kept: the record before 2026-03-15 00:00"))
    #expect(try database.run("why", "ann", "ACM").stderr.contains("has been pruned to a file"))
    #expect(try run(["--yes"]).stderr.hasPrefix("nothing on the record ended before"))
    let again = ["--yes", "--before", "2026-04-15"]
    let other = try runProgram(
      builtProduct("company-access"),
      ["--db", database.path, "record", "prune", "--output", file] + again)
    #expect(other.status == 73)
  }

  @Test func forgetTakesTheNameOfADeletedUser() throws {
    #expect(try database.run("why", "bob", "ACM").status == 0)
    let asked = try database.run("record", "forget", "bob")
    #expect(asked.status == 64)
    #expect(asked.stderr.contains("forgetting bob (id 2) needs a confirmation"))
    let dry = try database.run("record", "forget", "bob", "--dry-run")
    #expect(dry.stderr == "would forget bob (id 2); nothing was done\n")
    let done = try database.run("record", "forget", "bob", "--yes", "--json")
    #expect(done.status == 0)
    #expect(done.stdout == "{\"change\":6,\"user_id\":2,\"rows\":1}\n")
    #expect(try !database.dump.contains("'bob'"))
    #expect(try database.run("why", "bob", "ACM").status == 67)
    #expect(try database.run("why", "id:2", "ACM", "--json").stdout.contains("\"user\":\"2\""))
    let again = try database.run("record", "forget", "id:2", "--yes")
    #expect(again.status == 0)
    #expect(again.stderr == "nothing is left to forget\n")
  }

  @Test func whatMustNotBeIsRefused() throws {
    let before = try database.dump
    let there = try database.run("record", "forget", "ann", "--yes")
    #expect(there.status == 67)
    #expect(
      there.stderr
        == "company-access: ann (Ann Lee, id 1) has not been deleted, and is not forgotten\n")
    #expect(try database.run("record", "forget", "carl", "--yes").status == 67)
    #expect(try database.run("record", "prune", "--yes", "--output", "x").status == 64)
    #expect(try database.run("record", "prune", "--before", "-1d", "--yes").status == 64)
    #expect(try database.run("record").status == 64)
    #expect(try database.dump == before)
  }
}
