import TestSupport
import Testing

@Suite(.onEachEngine) struct LeaversCommandTests {
  let database: SmallDatabase
  let people: String

  init() throws {
    database = try SmallDatabase()
    people = try database.folder.write(
      "people.csv", "username,left\nann,2026-03-31\nbob,\n-x,\neve,\n")
  }

  @Test("Findings are listed, and the exit code is 1")
  func table() throws {
    let result = try database.run("leavers", people, "--key", "username")
    #expect(result.status == 1)
    #expect(
      result.stdout == """
        LINE  FINDING           KEY  ID  USER  NAME     STATUS  COMPANIES  LAST DAY    IN THE FILE
           2  left-but-active   ann  1   ann   Ann Lee  active          1  2026-03-31  -
           2  left-with-access  ann  1   ann   Ann Lee  active          1  2026-03-31  -
           5  not-here          eve  -   -     -        -               0  -           -

        """)
    #expect(
      result.stderr
        == "4 lines: 2 employed users, 1 employed who are no users, 1 left, 0 who differ; "
        + "3 findings\n")
  }

  @Test("The CSV is an import that revokes what leavers have, decided on their last day")
  func revokes() throws {
    let csv = try database.run("leavers", people, "--key", "username", "--format", "csv")
    #expect(csv.status == 1)
    #expect(
      csv.stdout == """
        user,user_id,company,company_id,action,decided\r
        ann,1,Acme,0190a000-0000-7000-8000-000000000001,revoke,2026-03-31\r

        """)
    let done = try database.run("import", "-", "--json", input: csv.stdout)
    #expect(done.status == 0, "\(done.stderr)")
    #expect(try database.pairs == ["bob Acme"])
    let change = try database.run("log", "3", "--json").stdout
    #expect(change.contains("\"decided_at\":\"2026-03-31\""))
    let two = """
      user,company,action,decided
      ann,ACM,grant,2026-03-31
      bob,ACM,grant,2026-03-30

      """
    let refused = try database.run("import", "-", input: two)
    #expect(refused.status == 65 && refused.stderr.contains("line 3: the decision is of another"))
  }

  @Test("A file that cannot be trusted is refused in words")
  func refused() throws {
    let text = "email,left\nann@example.com,soon\n,2026-03-31\n"
    let path = try database.folder.write("bad.csv", text)
    let result = try database.run("leavers", path)
    #expect(result.status == 65 && result.stdout.isEmpty)
    #expect(
      result.stderr.hasPrefix(
        "company-access: the file cannot be trusted, and nothing was concluded from it\n"
          + "line 2: 'soon' is not one certain day"))
    #expect(result.stderr.contains("line 3: 'email' is empty"))
  }
}
