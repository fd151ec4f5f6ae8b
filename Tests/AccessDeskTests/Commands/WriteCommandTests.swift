import CompanyAccess
import Glibc
import TestSupport
import Testing

@Suite(.onEachEngine) struct WriteCommandTests {
  let database: SmallDatabase

  init() throws { database = try SmallDatabase() }

  @Test func grantSaysWhatHappenedToEachPair() throws {
    let result = try database.run("grant", "ann", "ACM", "Bolt, Inc", "--reason", "moved")
    #expect(result.status == 0)
    #expect(
      result.stdout == """
        USER  COMPANY    RESULT
        ann   Acme       already had
        ann   Bolt, Inc  granted

        """)
    #expect(result.stderr == "granted 1 pair, 1 pair as they were; change 3\n")
    #expect(try database.pairs == ["ann Acme", "ann Bolt, Inc", "bob Acme"])
    let change = try #require(try AccessStore.open(database.path).change(ChangeID(3)))
    #expect(change.reason == "moved")
    #expect(change.origin == .command)
    #expect(change.action == .grant)
  }

  @Test func grantAsJSONAndCSV() throws {
    #expect(
      try database.run("grant", "--company", "Cord", "ann", "bob", "--json").stdout == """
        {"change":3,"added":2,"removed":0,"unchanged":0,"results":[
        {"user":"ann","company":"Cord","result":"granted"},
        {"user":"bob","company":"Cord","result":"granted"}]}

        """)
    #expect(
      try database.run("grant", "ann", "CRD", "--json").stdout == """
        {"change":null,"added":0,"removed":0,"unchanged":1,"results":[
        {"user":"ann","company":"Cord","result":"already"}]}

        """)
    #expect(
      try database.run("revoke", "ann", "Cord", "Bolt, Inc", "--format", "csv").stdout
        == "user,company,result\r\nann,\"Bolt, Inc\",absent\r\nann,Cord,revoked\r\n")
  }

  @Test func grantLikeAnother() throws {
    #expect(try database.run("grant", "--like", "ann", "--", "-x").status == 0)
    #expect(try database.pairs == ["-x Acme", "ann Acme", "bob Acme"])
    #expect(try database.run("grant", "ann", "--like", "ann").stderr.hasPrefix("nothing to change"))
    #expect(try database.run("grant", "ann", "Cord", "--like", "bob").status == 64)
    #expect(try database.run("grant", "ann", "--like", "bob", "--company", "Cord").status == 64)
  }

  @Test func duplicatesAreAnErrorOnlyWhenAsked() throws {
    #expect(try database.run("grant", "ann", "ACM", "CRD").status == 0)
    let result = try database.run("grant", "bob", "ACM", "CRD", "--on-duplicate", "error")
    #expect(result.status == 1)
    #expect(try database.pairs.contains("bob Cord"))
    #expect(try database.run("grant", "bob", "ACM", "--on-duplicate=ignore").status == 0)
  }

  @Test func dryRunsChangeNothing() throws {
    let before = try database.dump
    for words in [
      ["grant", "ann", "Cord"], ["revoke", "ann", "--all"], ["bulk-grant"],
      ["revoke", "--company", "ACM", "ann", "bob"],
    ] {
      let result = try runProgram(
        builtProduct("company-access"), ["--db", database.path] + words + ["--dry-run", "--json"])
      #expect(result.status == 0)
      #expect(result.stdout.hasPrefix("{\"change\":null,"))
    }
    #expect(try database.dump == before)
    let words = try database.run("grant", "ann", "Cord", "--dry-run")
    #expect(words.stdout == "USER  COMPANY  RESULT\nann   Cord     granted\n")
    #expect(words.stderr == "would grant 1 pair; nothing was done\n")
  }

  @Test func whatIsLargeNeedsAConfirmation() throws {
    let before = try database.dump
    for (words, what) in [
      (["revoke", "ann", "--all"], "revoking all companies of ann"),
      (["bulk-grant"], "granting many companies to many users"),
    ] {
      let result = try runProgram(
        builtProduct("company-access"), ["--db", database.path] + words, standardInput: "yes\n")
      #expect(result.status == 64)
      #expect(
        result.stderr.hasPrefix(
          "company-access: \(what) needs a confirmation: add --yes to do it, "
            + "or --dry-run to see it first\n"))
    }
    #expect(try database.dump == before)
    #expect(try database.run("bulk-grant", "--yes").stderr.hasPrefix("granted 7 pairs, 2 pairs"))
    // Nothing to confirm where nothing changes.
    #expect(try database.run("bulk-grant").status == 0)
    #expect(try database.run("revoke", "ann", "--all", "--yes").status == 0)
    #expect(try database.run("revoke", "ann", "--all").status == 0)
  }

  @Test func manyPairsNeedAConfirmation() throws {
    try database.addCompanies(10...1010)
    // What another program adds is change 3.
    #expect(try database.run("bulk-grant", "--search", "ann", "--yes", "--json").status == 0)
    let many = try database.run("grant", "bob", "--like", "ann")
    #expect(many.status == 64)
    #expect(many.stderr.hasPrefix("company-access: granting 1,003 pairs needs a confirmation"))
    let done = try database.run("grant", "bob", "--like", "ann", "--yes", "--json")
    #expect(
      done.stdout == "{\"change\":5,\"added\":1003,\"removed\":0,\"unchanged\":1,\"results\":[]}\n")
  }

  @Test func bulkGrantPicksByPredicates() throws {
    let result = try database.run(
      "bulk-grant", "--role", "Auditor", "--without-access", "--company-search", "acme", "--yes",
      "--reason", "audit")
    #expect(result.stdout == "")
    #expect(result.stderr == "granted 1 pair; change 3\n")
    #expect(try database.pairs == ["-x Acme", "ann Acme", "bob Acme"])
    let change = try #require(try AccessStore.open(database.path).change(ChangeID(3)))
    #expect(change.action == .bulkGrant)
  }

  @Test func whatCannotBeWrittenIsRefused() throws {
    let before = try database.dump
    let asked = try database.run("--read-only", "grant", "ann", "Cord")
    #expect(asked.status == 77)
    #expect(
      asked.stderr == "company-access: nothing can be written: the database was opened only to be "
        + "read\n")
    #expect(try database.run("grant", "nobody", "Cord").status == 67)
    #expect(try database.run("grant", "ann", "Cord", "nowhere").status == 67)
    #expect(try database.run("grant", "ann").status == 64)
    if database.engine == .sqlite {
      chmod(database.path, 0o444)
      #expect(try database.run("grant", "ann", "Cord").status == 77)
      chmod(database.path, 0o644)
    }
    #expect(try database.dump == before)
  }

  @Test func twoProgramsAtTheSameTimeLoseNothing() throws {
    let program = builtProduct("company-access")
    let loop = { (user: String) in
      """
      for i in $(seq 25); do
        \(program) --db \(database.path) grant \(user) CRD >&2 || exit 1
        \(program) --db \(database.path) revoke \(user) CRD >&2 || exit 1
      done
      """
    }
    let script = "(\(loop("ann"))) & first=$!; (\(loop("bob"))) & wait $! && wait $first"
    let result = try runProgram("/bin/bash", ["-c", script])
    #expect(result.status == 0, "\(result.stderr)")
    let changes = try AccessStore.open(database.path).changes(limit: 1_000)
    #expect(changes.filter { $0.action == .grant && $0.added == 1 }.count == 50)
    #expect(changes.filter { $0.action == .revoke && $0.removed == 1 }.count == 50)
    #expect(try database.pairs == ["ann Acme", "bob Acme"])
  }
}
