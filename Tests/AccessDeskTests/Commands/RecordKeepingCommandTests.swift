import CompanyAccess
import Glibc
import TestSupport
import Testing

/// `record prune` and `record forget`.
@Suite(.onEachEngine) struct RecordKeepingCommandTests {
  let database: SmallDatabase

  init() throws {
    database = try SmallDatabase()
    #expect(try database.run("revoke", "ann", "ACM").status == 0)
    #expect(try database.run("grant", "ann", "Cord").status == 0)
    try database.sql("\(database.foreignKeys)DELETE FROM hrm_users WHERE id = 2")
    try database.sql(
      database.engine == .sqlite
        ? """
        UPDATE company_access_change SET at = printf('2026-%02d-01 10:00:00.000', max(1, id - 1))
        """
        : """
        UPDATE company_access_change SET at = CAST('2026-01-01 10:00:00' AS timestamp)
          + greatest(0, id - 2) * CAST('1 month' AS interval)
        """)
  }

  /// The newest change, from which numbers count: those of dry runs are gaps on a server.
  private func newest() throws -> Int { try #require(try Int(database.newestChange)) }

  private func sum(_ file: String) throws -> String {
    String(try runProgram("/usr/bin/sha256sum", [file]).stdout.prefix(64))
  }

  @Test func pruneMovesWhatEndedToAFile() throws {
    let file = database.folder.file("ended.csv")
    let dry = try database.run(
      "record", "prune", "--before", "2026-03-15", "--output", file, "--reason", "old", "--dry-run")
    #expect(dry.status == 0)
    #expect(dry.stdout == "")
    #expect(
      dry.stderr
        == "1 ended grants and 0 facts about users and companies would go; nothing was done\n")
    let bare = try database.run(
      "record", "prune", "--before", "2026-03-15", "--output", file, "--yes")
    #expect(bare.status == 64)
    #expect(bare.stderr == "company-access: prune needs a reason: say it with --reason\n")
    let words = [
      "record", "prune", "--before", "2026-03-15", "--output", file, "--reason", "old",
    ]
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
        {"change":\(try newest()),"before":"2026-03-15T00:00:00.000Z","grants":1,"entities":0,\
        "file":"\(file)","sha256":"\(try sum(file))"}

        """)
    let log = try database.run("log", "\(try newest())")
    #expect(log.stdout.contains(try sum(file)) && log.stdout.contains("2026-03-15 00:00"))
    #expect(try database.run("log", "\(try newest())", "--json").stdout.contains("\"rows\":1"))
    let lines = try #require(readFile(file)).split(separator: "\r\n")
    #expect(lines.count == 2)
    #expect(lines[1].contains(",,1,1,ann,"))
    let early = try database.run("stats", "--as-of", "2026-01-15", "--json")
    #expect(early.status == 67)
    #expect(early.stdout == "")
    #expect(early.stderr.hasPrefix("company-access: not kept: the record before 2026-03-15 00:00"))
    #expect(try database.run("why", "ann", "ACM").stderr.contains("has been pruned to a file"))
    #expect(try run(["--yes"]).stderr.hasPrefix("nothing on the record ended before"))
    let again = ["--yes", "--before", "2026-04-15"]
    let other = try runProgram(
      builtProduct("company-access"),
      ["--db", database.path, "record", "prune", "--output", file, "--reason", "old"] + again)
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
    #expect(done.stdout == "{\"change\":\(try newest()),\"user_id\":2,\"rows\":1}\n")
    #expect(try !database.dump.contains(database.engine == .sqlite ? "'bob'" : ",bob,"))
    #expect(try database.run("why", "bob", "ACM").status == 67)
    #expect(
      try database.run("why", "id:2", "ACM", "--json").stdout.contains("\"user\":\"forgotten:"))
    let again = try database.run("record", "forget", "id:2", "--yes")
    #expect(again.status == 0)
    #expect(again.stderr == "nothing is left to forget\n")
  }

  @Test("record seal prints a seal that record verify finds true until something is altered")
  func sealAndVerify() throws {
    let dry = try database.run("record", "seal", "--dry-run")
    #expect(dry.status == 0 && dry.stdout == "")
    let sealed = try database.run("record", "seal", "--reason", "Q4", "--ticket", "AU-1")
    #expect(sealed.status == 0 && sealed.stdout.utf8.count == 67)
    #expect(sealed.stdout.hasPrefix("\(try newest()):"))
    let seal = String(sealed.stdout.dropLast())
    let fits = try database.run("record", "verify", "--seal", seal)
    #expect(fits.status == 0 && fits.stdout.contains("fits"))
    let json = try database.run("record", "verify", "--seal", seal, "--json")
    #expect(json.stdout.hasPrefix("{\"true\":true,\"start\":null,\"newest\":\"\(seal)\","))
    try database.sql("UPDATE company_access_change SET actor = 'eve@hq' WHERE id = 3")
    let other = try database.run("record", "verify", "--seal", seal)
    #expect(other.status == 1 && other.stdout.contains("does not fit"))
    #expect(try database.run("record", "verify").status == 0)
    #expect(try database.run("record", "verify", "--seal", "6:12").status == 64)
    let far = "99:" + String(repeating: "0", count: 64)
    #expect(try database.run("record", "verify", "--seal", far).status == 67)
  }

  @Test("a ticket and a decision date are kept, shown and found")
  func ticketAndDecisionDate() throws {
    let words = ["--ticket", "HR-991", "--decided", "2026-01-02", "--reason", "Überprüfung"]
    let run = { (more: [String]) in
      try runProgram(
        builtProduct("company-access"), ["--db", database.path] + more,
        environment: ["TZ": "UTC"])
    }
    #expect(try run(["grant"] + words + ["--", "-x", "Cord"]).status == 0)
    let late = try run(["grant", "--decided", "2999-01-01", "--", "-x", "ACM"])
    #expect(late.status == 64 && late.stderr.contains("--decided"))
    let json = try run(["log", "--limit", "1", "--json"]).stdout
    #expect(json.contains("\"ticket\":\"HR-991\",\"decided_at\":\"2026-01-02\""))
    #expect(try run(["log", "6"]).stdout.contains("HR-991"))
    for search in ["hr-991", "uberprufung", "UBER cord", "-x"] {
      let found = try run(["log", "--search", search, "--format", "csv"]).stdout
        .split(whereSeparator: \.isNewline)
      #expect(found.count >= 2 && found[1].hasPrefix("6,"), "\(search): \(found)")
    }
    let none = try run(["log", "--search", "HR-992", "--format", "csv"]).stdout
    #expect(none.split(whereSeparator: \.isNewline).count == 1)
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
