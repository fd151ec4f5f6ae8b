import TestSupport
import Testing

@Suite(.onEachEngine) struct ListingCommandTests {
  let database: SmallDatabase

  init() throws { database = try SmallDatabase() }

  @Test func usersAsTable() throws {
    let result = try database.run("users")
    #expect(
      result.stdout == """
        ID  USERNAME  NAME     E-MAIL           ROLE     STATUS    COMPANIES
         3  -x        =cmd     -                Auditor  active            0
         1  ann       Ann Lee  ann@example.com  Auditor  active            1
         2  bob       -        -                -        inactive          1

        """)
    #expect(result.stderr == "")
    #expect(result.status == 0)
  }

  @Test func usersAsJSONAndCSV() throws {
    #expect(
      try database.run("users", "--json", "--limit", "2").stdout == """
        {"users":[
        {"id":3,"username":"-x","full_name":"=cmd","email":null,"role":"Auditor","active":true,\
        "companies":0},
        {"id":1,"username":"ann","full_name":"Ann Lee","email":"ann@example.com",\
        "role":"Auditor","active":true,"companies":1}],"total":3}

        """)
    #expect(
      try database.run("users", "--inactive", "--format", "csv").stdout
        == "id,username,full_name,email,role,active,companies\r\n2,bob,,,,false,1\r\n")
    #expect(
      try database.run("users", "--search", "cmd", "--format", "tsv").stdout
        == "id\tusername\tfull_name\temail\trole\tactive\tcompanies\n"
        + "3\t'-x\t'=cmd\t\tAuditor\ttrue\t0\n")
  }

  @Test func usersOfACompanyHaveTheGrant() throws {
    let result = try database.run("users", "--company", "ACM", "--sort", "-granted", "--json")
    #expect(
      result.stdout == """
        {"users":[
        {"id":2,"username":"bob","full_name":null,"email":null,"role":null,"active":false,\
        "companies":1,"granted_at":"2026-02-01T10:00:00.000Z","change":2,"note":null},
        {"id":1,"username":"ann","full_name":"Ann Lee","email":"ann@example.com",\
        "role":"Auditor","active":true,"companies":1,"granted_at":"2026-02-01T10:00:00.000Z",\
        "change":2,"note":null}],"total":2}

        """)
  }

  @Test func companiesInEveryForm() throws {
    #expect(
      try database.run("companies", "--sort", "-users").stdout == """
        ID                                    NAME       CODE  STATUS    USERS
        0190a000-0000-7000-8000-000000000001  Acme       ACM   active        2
        0190a000-0000-7000-8000-000000000003  Cord       CRD   inactive      0
        0190a000-0000-7000-8000-000000000002  Bolt, Inc  -     active        0

        """)
    #expect(
      try database.run("companies", "--without-users", "--search", "bolt", "--format", "csv").stdout
        == "id,name,code,active,users\r\n"
        + "0190a000-0000-7000-8000-000000000002,\"Bolt, Inc\",,true,0\r\n")
    #expect(
      try database.run("companies", "--user", "ann", "--json").stdout == """
        {"companies":[
        {"id":"0190a000-0000-7000-8000-000000000001","name":"Acme","code":"ACM","active":true,\
        "users":2,"granted_at":"2026-02-01T10:00:00.000Z","change":2,"note":null}],"total":1}

        """)
  }

  @Test func anEmptyListSaysSo() throws {
    let result = try database.run("users", "--search", "nobody")
    #expect(result.status == 0)
    #expect(result.stdout == "")
    #expect(result.stderr == "no users\n")
    #expect(try database.run("companies", "--user", "--json").status == 67)
    #expect(
      try database.run("companies", "--json", "--user=-x").stdout
        == "{\"companies\":[],\"total\":0}\n")
  }

  @Test func longListsComeInPages() throws {
    try database.sql(
      """
      WITH RECURSIVE n(i) AS (SELECT 10 UNION ALL SELECT i + 1 FROM n WHERE i < 4510)
      INSERT INTO hrm_users (id, username, created_at, modified_at)
      SELECT i, 'user ' || i, '2026-01-01', '2026-01-01' FROM n
      """)
    let lines = try database.run("users", "--sort", "id", "--format", "csv").stdout
      .split(separator: "\r\n")
    #expect(lines.count == 1 + 3 + 4501)
    #expect(lines.last?.hasPrefix("4510,user 4510,") == true)
    let limited = try database.run("users", "--limit", "2001", "--json").stdout
    #expect(limited.split(separator: "\n").count == 2002)
    #expect(limited.hasSuffix("],\"total\":4504}\n"))
  }

  @Test func checkAnswersByExitCodeToo() throws {
    let yes = try database.run("check", "ann", "ACM")
    #expect(yes.status == 0)
    #expect(yes.stdout == "USER  COMPANY  ACCESS\nann   Acme     yes\n")
    let no = try database.run("check", "ann", "Cord", "--json")
    #expect(no.status == 1)
    #expect(no.stdout == "{\"user\":\"ann\",\"company\":\"Cord\",\"access\":false,\"note\":null}\n")
    #expect(no.stderr == "")
    #expect(try database.run("check", "--", "-x", "Acme").status == 1)
    #expect(try database.run("check", "id:1", "id:0190A000000070008000000000000001").status == 0)
    #expect(try database.run("check", "ann", "").status == 64)
    let unknown = try database.run("check", "anne", "ACM")
    #expect(unknown.status == 67)
    #expect(
      unknown.stderr
        == "company-access: there is no user 'anne'; similar: ann (Ann Lee, id 1)\n")
  }

  @Test func statistics() throws {
    #expect(
      try database.run("stats", "--json").stdout == """
        {"users":3,"companies":3,"grants":2,"orphan_grants":0,"permitted":9,"coverage_percent":22.22222222222222,\
        "users_with_access":2,"users_without_access":1,"companies_with_users":1,\
        "companies_without_users":2,"inactive_users_with_access":1}

        """)
    #expect(
      try database.run("stats").stdout.contains("coverage                              22.2 %\n"))
    #expect(
      try database.run("stats", "--format", "csv").stdout.contains("coverage_percent,22.2\r\n"))
    let empty = database.folder.file("empty.db")
    #expect(try database.run("init", empty).status == 0)
    let figures = try database.run("--db", empty, "stats", "--json").stdout
    #expect(figures.contains("\"permitted\":0,\"coverage_percent\":null,"))
    #expect(try database.run("--db", empty, "stats").stdout.contains("n/a\n"))
  }

  @Test func noDatabaseIsNamedOrFound() throws {
    let program = builtProduct("company-access")
    let none = try runProgram(program, ["stats"])
    #expect(none.status == 64)
    #expect(
      none.stderr.hasPrefix(
        "company-access: which database? Name it with --db PATH or in COMPANY_ACCESS_DB\n"))
    let missing = try database.run("--db", database.folder.file("no.db"), "stats")
    #expect(missing.status == 66)
    let text = try database.folder.write("text.db", String(repeating: "no database ", count: 99))
    #expect(try database.run("--db", text, "stats").status == 66)
    let other = database.folder.file("other.db")
    try runSqlite3(other, "CREATE TABLE t (x)")
    let tables = try database.run("--db", other, "stats")
    #expect(tables.status == 66)
    #expect(tables.stderr.contains("adopt --mapping FILE") && !tables.stderr.contains("hrm_"))
  }
}
