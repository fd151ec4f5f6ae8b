import TestSupport
import Testing

/// Users and companies by commands, as scripts use them.
@Suite(.onEachEngine) struct EntityCommandTests {
  let database: SmallDatabase

  init() throws { database = try SmallDatabase() }

  @Test func aUserComesAndGoes() throws {
    let added = try database.run(
      "user", "add", "lin", "--full-name", "Lin Wei", "--email", "lin@hq.example", "--role",
      "auditor", "--home", "ACM", "--reason", "new in Riga")
    #expect(added.status == 0 && added.stderr == "added user lin, granted 1 pair; change 3\n")
    #expect(added.stdout == "USER  COMPANY  RESULT\nlin   Acme     granted\n")
    #expect(try database.run("user", "edit", "lin", "--username", "lin.wei").status == 0)
    let off = try database.run("user", "deactivate", "lin.wei")
    #expect(
      off.stderr == """
        keeps 1 grant, marked as inactive
        deactivated user lin.wei; change 5

        """)
    #expect(try database.run("users", "--inactive").stdout.contains("lin.wei"))
    #expect(
      try database.run("stats", "--json").stdout.contains("\"inactive_users_with_access\":2"))
    #expect(try database.run("user", "deactivate", "lin.wei").stderr == "nothing to change\n")
    #expect(try database.run("user", "activate", "lin.wei").status == 0)
    let before = try database.dump
    let refused = try database.run("user", "delete", "lin.wei")
    #expect(refused.status == 64)
    #expect(refused.stderr.contains("deleting user lin.wei needs a confirmation"))
    #expect(try database.dump == before)
    let deleted = try database.run("user", "delete", "lin.wei", "--yes")
    #expect(deleted.stderr == "deleted user lin.wei, revoked 1 pair; change 7\n")
    #expect(try database.run("user", "show", "lin.wei").status == 67)
    let back = try database.run("undo")
    #expect(back.stderr == "brought back user lin.wei, granted 1 pair; change 8\n")
    let log = try database.run("log", "--user", "lin.wei").stdout.split(separator: "\n").dropFirst()
    #expect(
      log.map { line in
        let words = line.split(separator: " ")
        return words[5..<8].joined(separator: " ")
      } == [
        "undo brought back", "delete user lin.wei", "activate user lin.wei",
        "deactivate user lin.wei", "edit user lin.wei", "add user lin",
      ])
    let why = try database.run("why", "lin.wei", "ACM").stdout
    for words in ["add user lin ", "delete user lin.wei", "brought back user lin.wei, undo of 7"] {
      #expect(why.contains(words))
    }
  }

  @Test func aCompanyComesAndGoes() throws {
    #expect(try database.run("company", "add", "Nova", "--code", "NV").status == 0)
    #expect(try database.run("grant", "--company", "NV", "ann", "bob").status == 0)
    let before = try database.pairs
    let plan = try database.run("company", "delete", "NV", "--dry-run")
    #expect(
      plan.stderr == "would delete company Nova, would revoke 2 pairs; nothing was done\n")
    #expect(try database.run("company", "delete", "NV", "--yes").status == 0)
    #expect(try database.pairs.count == 2)
    #expect(try database.run("undo").status == 0)
    #expect(try database.pairs == before)
    #expect(
      try database.run("company", "deactivate", "NV", "--revoke").stderr
        == "deactivated company Nova, revoked 2 pairs; change \(database.newestChange)\n")
    let shown = try database.run("company", "show", "NV").stdout
    let lines = shown.split(separator: "\n").map { $0.split(separator: " ").joined(separator: " ") }
    #expect(lines.contains("Status inactive") && shown.contains("deactivate  company Nova"))
  }

  @Test func showIsOneObject() throws {
    let shown = try database.run("user", "show", "ann", "--json").stdout
    // The application has stored a day, of which a server makes a time.
    let created = database.engine == .sqlite ? "2026-01-01" : "2026-01-01T00:00:00.000Z"
    #expect(
      shown.hasPrefix(
        """
        {"user":{"id":1,"username":"ann","full_name":"Ann Lee","email":"ann@example.com",\
        "role":"Auditor","home":null,"active":true,"created_at":"\(created)",\
        "companies":1},"access":[
        {"company":"Acme","company_id":"0190a000-0000-7000-8000-000000000001","active":true,\
        "granted_at":"2026-02-01T10:00:00.000Z","change":2,"note":null}],"changes":[
        {"id":2,
        """))
    let then = try database.run("user", "show", "ann", "--as-of", "2020-01-01")
    #expect(then.status == 67)
  }

  @Test func editsAreToldAsJSON() throws {
    let result = try database.run("user", "edit", "bob", "--full-name", "Bob Orr", "--json")
    #expect(
      result.stdout == """
        {"change":3,"added":0,"removed":0,"unchanged":0,"results":[],"entities":[
        {"kind":"user","id":2,"name":"bob","event":"edited","fields":[\
        {"field":"full_name","before":null,"after":"Bob Orr"}]}]}

        """)
    #expect(
      try database.run("log", "3", "--json").stdout.contains(
        """
        "entities":[
        {"kind":"user","name":"bob","id":"2","event":"edited","fields":[\
        {"field":"full_name","before":null,"after":"Bob Orr"}]}]
        """))
    #expect(try database.run("log", "3").stdout.contains("Full name none -> Bob Orr"))
  }

  @Test(arguments: [
    (["user", "add", " "], "User name: is empty"),
    (["user", "add", "Ann"], "User name: differs from ann, id 1 only in case"),
    (["user", "add", "ann"], "User name: is taken by ann, id 1"),
    (["user", "add", "eve", "--email", "eve"], "E-mail: is no e-mail address"),
    (["user", "add", "eve", "--role", "Boss"], "Role: is no role here; there are: Auditor"),
    (["user", "add", "e\u{7}ve"], "User name: has a control character, U+0007"),
    (["user", "edit", "bob", "--set", "shoe=43"], "users have no field 'shoe' here"),
    (["user", "edit", "bob", "--set", "shoe"], "must be COLUMN=VALUE"),
    (["user", "edit", "bob"], "one of these is needed: --username"),
    (["company", "add", "ACME"], "Name: differs from Acme"),
    (["company", "edit", "Cord", "--code", "acm"], "Code: differs from Acme"),
  ])
  func whatIsWrongIsSaidInOneLine(words: [String], problem: String) throws {
    let before = try database.dump
    let result = try runProgram(
      builtProduct("company-access"), ["--db", database.path] + words)
    #expect(result.status == 64, "\(words): \(result.stderr)")
    #expect(result.stdout == "" && result.stderr.contains(problem), "\(result.stderr)")
    #expect(try database.dump == before)
  }

  @Test func theLastAdministratorNeedsMoreThanYes() throws {
    try database.sql("UPDATE hrm_role SET name = 'Super Admin'")
    #expect(try database.run("grant", "ann", "Acme", "Bolt, Inc").status == 0)
    let before = try database.pairs
    for words in [
      ["revoke", "ann", "ACM"], ["revoke", "ann", "--all"], ["user", "delete", "ann"],
      ["user", "deactivate", "ann"], ["undo", "3"],
    ] {
      let result = try runProgram(
        builtProduct("company-access"), ["--db", database.path] + words + ["--yes"])
      #expect(result.status == 64, "\(words)")
      #expect(result.stderr.contains("--no-administrator says that this is meant"), "\(words)")
    }
    #expect(try database.pairs == before)
    #expect(
      try database.run("user", "deactivate", "ann", "--yes", "--no-administrator").status == 0)
    // Where there is none, nothing is asked.
    #expect(try database.run("revoke", "ann", "--all", "--yes").status == 0)
  }
}
