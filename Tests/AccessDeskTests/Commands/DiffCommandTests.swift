import CompanyAccess
import TestSupport
import Testing

@Suite(.onEachEngine) struct DiffCommandTests {
  /// A database where change 3 of February let ann enter Bolt, and 4 of March took Acme from bob.
  let database: SmallDatabase

  init() throws {
    database = try SmallDatabase()
    #expect(try database.run("grant", "ann", "Bolt, Inc").status == 0)
    #expect(try database.run("revoke", "bob", "ACM").status == 0)
    for (number, month) in [(1, 1), (2, 1), (3, 2), (4, 3)] {
      try database.sql(
        "UPDATE company_access_change SET at = '2026-0\(month)-01 10:00:00.000' WHERE id = \(number)"
      )
    }
  }

  @Test func betweenTwoMoments() throws {
    let result = try database.run("diff", "--from", "2026-01-15", "--to", "2026-03-15")
    #expect(result.status == 1)
    #expect(
      result.stdout == "USER  COMPANY    ACTION\nann   Bolt, Inc  grant\nbob   Acme       revoke\n")
    #expect(
      result.stderr == """
        as of 2026-01-15 00:00 UTC, after change 2
        as of 2026-03-15 23:59 UTC, after change 4
        1 pair to grant, 1 pair to revoke

        """)
    #expect(
      try database.run("diff", "--from", "2026-03-15", "--to", "2026-02-15", "--json").stdout == """
        {"differences":[
        {"user":"bob","user_id":2,"company":"Acme",\
        "company_id":"0190a000-0000-7000-8000-000000000001","action":"grant"}],\
        "granted":1,"revoked":0}

        """)
    let none = try database.run("diff", "--from", "2026-03-15")
    #expect(none.status == 0)
    #expect(none.stdout == "")
    #expect(none.stderr.hasSuffix("\nno differences\n"))
  }

  @Test func itsFileLeadsFromOneToTheOther() throws {
    let before = try database.pairs
    let back = try database.run("diff", "--from", "-1h", "--format", "csv")
    #expect(back.status == 0)
    let there = try database.run(
      "diff", "--from", "2026-03-15", "--to", "2026-01-15", "--format", "csv")
    #expect(there.stdout == "user,company,action\r\nann,\"Bolt, Inc\",revoke\r\nbob,Acme,grant\r\n")
    #expect(try database.run("import", "-", input: there.stdout).status == 0)
    #expect(try database.pairs == ["ann Acme", "bob Acme"])
    let again = try database.run("diff", "--from", "2026-03-15", "--format", "csv")
    #expect(again.stdout == there.stdout)
    #expect(try database.run("undo").status == 0)
    #expect(try database.pairs == before)
  }

  @Test func betweenUsersAndBetweenCompanies() throws {
    let users = try database.run("diff", "--users", "--format", "csv", "bob", "ann")
    #expect(users.status == 1)
    #expect(users.stdout == "user,company,action\r\nbob,Acme,grant\r\nbob,\"Bolt, Inc\",grant\r\n")
    #expect(try database.run("import", "-", input: users.stdout).status == 0)
    #expect(try database.run("diff", "--users", "bob", "ann").status == 0)
    let companies = try database.run("diff", "--companies", "ACM", "Cord", "--format", "tsv")
    #expect(companies.stdout == "user\tcompany\taction\nann\tAcme\trevoke\nbob\tAcme\trevoke\n")
    let then = try database.run("diff", "--users", "ann", "bob", "--as-of", "2026-01-15", "--json")
    #expect(then.status == 0)
    #expect(then.stdout == "{\"differences\":[],\"granted\":0,\"revoked\":0}\n")
  }

  @Test func betweenTheTableAndAFile() throws {
    let list = try database.folder.write("list.csv", "user,company\nann,ACM\nbob,Cord\n")
    let result = try database.run("diff", "--file", list, "--read-only", "--format", "csv")
    #expect(result.status == 1)
    #expect(
      result.stdout == "user,company,action\r\nann,\"Bolt, Inc\",revoke\r\nbob,Cord,grant\r\n")
    #expect(try database.run("import", "-", input: result.stdout).status == 0)
    #expect(try database.run("diff", "--file", list).status == 0)
    let then = try database.run(
      "diff", "--file", "-", "--as-of", "2026-01-15", input: "user,company\nann,ACM\n")
    #expect(then.stdout == "USER  COMPANY  ACTION\nbob   Acme     revoke\n")
    let wrong = try database.run("diff", "--file", "-", input: "user,company\nann,nowhere\n")
    #expect(wrong.status == 65)
    #expect(wrong.stdout == "")
    #expect(wrong.stderr.contains("line 2: "))
  }

  @Test func whatMeansNothingIsRefused() throws {
    for words in [
      ["diff"], ["diff", "--to", "2026-01-01"], ["diff", "--users", "ann"],
      ["diff", "--users", "ann", "bob", "--companies"], ["diff", "--from", "9999-01-01"],
      ["diff", "--from", "2026-01-01", "--as-of", "2026-01-01"],
      ["diff", "--users", "ann", "bob", "--to", "2026-01-01"],
    ] {
      let result = try runProgram(
        builtProduct("company-access"), ["--db", database.path] + words)
      #expect(result.status == 64, "\(words)")
      #expect(result.stdout == "")
    }
    #expect(try database.run("diff", "--users", "ann", "carl").status == 67)
  }
}
