import CompanyAccess
import Glibc
import TestSupport
import Testing

@Suite(.onEachEngine) struct ImportCommandTests {
  let database: SmallDatabase

  init() throws { database = try SmallDatabase() }

  private func importing(_ text: String, _ words: String...) throws -> ProgramResult {
    let file = try database.folder.write("pairs", text)
    return try runProgram(
      builtProduct("company-access"), ["--db", database.path, "import", file] + words)
  }

  @Test func pairsOfAFileBecomeOneChange() throws {
    let result = try importing(
      """
      user,company,action,note
      ann,ACM,grant,known
      ann,Cord,,new
      bob,Acme,revoke,
      ann,CRD,grant,again
      -x,Cord,revoke,never had it

      """, "--reason", "list", "--json")
    #expect(result.status == 0)
    #expect(result.stderr == "ignored columns: note\n")
    #expect(
      result.stdout == """
        {"change":3,"added":1,"removed":1,"unchanged":2,"lines":5,"duplicates":0,\
        "users_created":0,"companies_created":0,"results":[
        {"user":"-x","company":"Cord","result":"absent"},
        {"user":"ann","company":"Acme","result":"already"},
        {"user":"ann","company":"Cord","result":"granted"},
        {"user":"bob","company":"Acme","result":"revoked"}]}

        """)
    #expect(try database.pairs == ["ann Acme", "ann Cord"])
    let change = try #require(try AccessStore.open(database.path).change(ChangeID(3)))
    #expect(change.action == .importFile && change.reason == "list")
  }

  @Test(arguments: [
    "user,company\nann,Cord\n", "\u{FEFF}user;company\r\nann;CRD\r\n", "company\tuser\nCord\tann\n",
    "user_id,company_id\n1,0190a000-0000-7000-8000-000000000003\n",
    "[{\"user\":\"ann\",\"company\":\"Cord\"}]",
    "{\"total\":1,\"grants\":[{\"user_id\":1,\"company\":\"CRD\",\"x\":[{}]}]}",
    "user,company\nann,Cord\nann,Cord\nann,CRD\n", "username,company\nann,Cord\n,\n,,\n\n",
    "sep=;\r\nuser;company\r\nann;Cord\r\n;\r\n", "user,company,,\nann,Cord,,\n",
    "[{\"username\":\"ann\",\"company\":\"Cord\"}]",
  ])
  func everyFormOfAFile(text: String) throws {
    let result = try importing(text)
    #expect(result.status == 0, "\(result.stderr)")
    #expect(try database.pairs == ["ann Acme", "ann Cord", "bob Acme"])
  }

  @Test func repeatedLinesAreCounted() throws {
    let lines = (0..<250).map { _ in "ann,Cord\nbob,Cord\n" }.joined()
    let result = try importing("user,company\n" + lines, "--json")
    #expect(result.stdout.hasPrefix("{\"change\":3,\"added\":2,\"removed\":0,\"unchanged\":0,"))
    #expect(result.stdout.contains("\"lines\":500,\"duplicates\":498,"))
  }

  static let damaged: [(String, String)] = [
    ("", "line 1: the file is empty; it needs a header such as user,company"),
    ("name,company\nann,Cord\n", "line 1: there is no column 'user', only: name, company"),
    ("user,company,user\n", "line 1: the column 'user' is there twice"),
    ("user,company\nann,Cord\n,Cord\n", "line 3: 'user' is empty"),
    ("user,company\nann,Cord\nann\n", "line 3: 1 cells, but the header has 2"),
    ("user,company\nann,Cord\n\"bob,Cord\n", "line 3: a quote is opened and never closed"),
    ("user,company\n,\nann,Cord\n", "line 2: 'user' is empty"),
    ("user,company\nann ,Cord\n", "line 2: no user 'ann<U+0020>'; similar: ann (Ann Lee, id 1)"),
    (
      "user,company\nann\u{A0},Cord\n",
      "line 2: no user 'ann<U+00A0>'; similar: ann (Ann Lee, id 1)"
    ),
    ("user,username,company\n", "line 1: the column 'user' is there twice"),
    ("[{\"user\":\"ann\",\n\"user\":\"bob\"}]", "line 2: the column 'user' is there twice"),
    ("# x,company\n", "line 1: there is no column 'user', only: # x, company"),
    ("user,company\nann,Co\u{0}rd\n", "line 2: there is a NUL character"),
    (
      "user,company\nnobody,Cord\nann,Nowhere\n",
      "line 2: no user 'nobody'\nline 3: no company 'Nowhere'"
    ),
    (
      "user,company,action\nann,Cord,gift\n",
      "line 2: the action is 'gift', but must be grant or revoke"
    ),
    (
      "user,company,action\nann,Cord,grant\nbob,Cord,\nann,Cord,revoke\n",
      "line 4: line 2 says the opposite about the same pair"
    ),
    (
      "user,company,action\nann,Cord,grant\nann,CRD,revoke\n",
      "line 3: line 2 says the opposite about the same pair"
    ),
    ("[{\"user\":\"ann\"}]", "line 1: 'company' is empty"),
    ("{\"users\":[]}", "line 1: there is no array grants"),
    ("[{\"user\":\"ann\",\"company\":\"Cord\"},\n", "line 2: this is no JSON: it ends too early"),
  ]

  @Test(arguments: damaged) func damageLeavesEverythingAsItWas(text: String, words: String) throws {
    let before = try database.dump
    let result = try importing(text)
    #expect(result.status == 65)
    #expect(result.stdout == "")
    #expect(result.stderr == "company-access: nothing was imported\n\(words)\n")
    #expect(try database.dump == before)
  }

  @Test func bytesThatAreNoTextAreRefused() throws {
    let before = try database.dump
    let path = try database.folder.write(
      "latin1", Array("user,company\nann,Cord\njos".utf8) + [0xE9] + Array(",Cord\n".utf8))
    let result = try database.run("import", path)
    #expect(result.status == 65)
    #expect(result.stderr.contains("line 3: the text is not UTF-8"))
    let zeros = try database.run("import", "/dev/zero")
    #expect(zeros.status == 65)
    #expect(zeros.stderr.contains("line 1: there is a NUL character"))
    let long = try database.folder.write(
      "long", "user,company\nann," + String(repeating: "x", count: 10_000_000))
    let tooLong = try database.run("import", long)
    #expect(tooLong.status == 65)
    #expect(tooLong.stderr.contains("line 2: the line is longer than 1048576 bytes"))
    #expect(try database.run("import", database.folder.file("none")).status == 66)
    #expect(try database.run("import", database.folder.path).status == 66)
    #expect(try database.run("--read-only", "import", path).status == 77)
    #expect(try database.dump == before)
  }

  @Test func manyProblemsAreCounted() throws {
    let lines = (1...50).map { "nobody\($0),Cord\n" }.joined()
    let result = try importing("user,company\n" + lines)
    #expect(result.stderr.contains("\nline 21: no user 'nobody20'\nand 30 more problems\n"))
  }

  @Test func missingNamesAreCreatedWhenAsked() throws {
    let text = "user,company\nann,New Co\ncarl,New Co\ncarl,=SUM\n"
    #expect(try importing(text).status == 65)
    let dry = try importing(text, "--create", "--dry-run")
    #expect(dry.stderr == "would grant 3 pairs; nothing was done\nnew users: 1, new companies: 2\n")
    let result = try importing(text, "--create")
    let change = try database.newestChange
    #expect(result.stderr == "granted 3 pairs; change \(change)\nnew users: 1, new companies: 2\n")
    #expect(
      try database.pairs
        == ["ann Acme", "ann New Co", "bob Acme", "carl =SUM", "carl New Co"])
    // What only loses something, or is named by an id, is not made up.
    #expect(try importing("user,company,action\nzoe,Acme,revoke\n", "--create").status == 65)
    #expect(try importing("user_id,company\n99,Acme\n", "--create").status == 65)
    // Before the change they were not there.
    let store = try AccessStore.open(database.path)
    #expect(try store.count(UserQuery(), at: .after(ChangeID(2))) == 3)
    #expect(try store.count(UserQuery()) == 4)
  }

  @Test func syncMakesTheTableEqualToTheFile() throws {
    let text = "user,company\nann,Acme\n-x,Cord\n"
    let tooMany = try importing(text, "--sync", "--yes")
    #expect(tooMany.status == 64)
    #expect(
      tooMany.stderr.hasPrefix(
        "company-access: 1 of 2 grants would be revoked, more than 25 %; --max-removals allows more"
      ))
    let unconfirmed = try importing(text, "--sync", "--max-removals", "1")
    #expect(unconfirmed.status == 64)
    #expect(unconfirmed.stderr.hasPrefix("company-access: revoking grants needs a confirmation"))
    let refused = try importing(text, "--sync", "--dry-run")
    #expect(refused.status == 64 && refused.stderr == tooMany.stderr)
    let dry = try importing(text, "--sync", "--max-removals=50%", "--dry-run", "--json")
    #expect(dry.stdout.contains("{\"user\":\"bob\",\"company\":\"Acme\",\"result\":\"revoked\"}"))
    #expect(try database.pairs == ["ann Acme", "bob Acme"])
    let done = try importing(text, "--sync", "--max-removals=50%", "--yes")
    let change = try database.newestChange
    #expect(
      done.stderr == "granted 1 pair, revoked 1 pair, 1 pair as they were; change \(change)\n")
    #expect(try database.pairs == ["-x Cord", "ann Acme"])
    #expect(try importing(text, "--sync").stderr.hasPrefix("nothing to change"))
    #expect(try importing(text, "--max-removals", "1").status == 64)
    #expect(try importing(text, "--sync", "--max-removals", "-1").status == 64)
    #expect(try importing(text, "--sync", "--max-removals", "101%").status == 64)
  }

  @Test func exportsAreTakenInAgain() throws {
    let fresh = database.folder.file("fresh.db")
    #expect(try database.run("init", fresh).status == 0)
    #expect(try database.run("grant", "--company", "Bolt, Inc", "--", "-x", "ann").status == 0)
    for format in ["csv", "tsv", "json"] {
      let grants = try database.run("export", "--format", format)
      #expect(grants.status == 0)
      let result = try database.run(
        "--db", fresh, "import", "--create", "--sync", "--yes", input: grants.stdout)
      #expect(result.status == 0, "\(result.stderr)")
      let pairs = try database.run("--db", fresh, "users", "--format", "csv").stdout
      #expect(pairs.contains(",'-x,") && pairs.contains(",ann,"))
    }
    let csv = try database.run("export").stdout
    #expect(csv.hasPrefix("user,company,granted_at,granted_by,change\r\n'-x,\"Bolt, Inc\",20"))
    let actor = database.engine == .sqlite ? "unknown" : "postgres with company-access"
    #expect(csv.contains("\r\nann,Acme,2026-02-01T10:00:00.000Z,\(actor),2\r\n"))
  }

  @Test func everythingGoesIntoAnEmptyDatabase() throws {
    try database.sql(
      """
      INSERT INTO hrm_employee (id, user_id, company_id, full_name, created_at, modified_at)
      VALUES ('0190b000000070008000000000000001', 1, '0190a000000070008000000000000001', 'Ann "\u{E9}"',
        '2026-01-02 00:00:00.000', '2026-01-02');
      UPDATE hrm_users SET password_hash = 'x\n' WHERE id = 2;
      """)
    let file = database.folder.file("all.json")
    #expect(try database.run("export", "all", "--output", file).status == 0)
    #expect(try database.run("export", "all", "--output", file).status == 73)
    #expect(try database.run("export", "all", "-o", file, "--force").status == 0)
    var status = stat()
    #expect(stat(file, &status) == 0 && status.st_mode & 0o777 == 0o600)
    #expect(try database.run("export", "all", "--format", "csv").status == 64)

    let fresh = database.folder.file("fresh.db")
    #expect(try database.run("init", fresh).status == 0)
    let dry = try database.run("--db", fresh, "import", file, "--dry-run")
    #expect(dry.stderr == "would take in 3 users, 3 companies, 2 grants; nothing was done\n")
    let result = try database.run("--db", fresh, "import", file)
    #expect(result.stderr == "took in 3 users, 3 companies, 2 grants; change 2\n")
    let again = try database.run("--db", fresh, "import", file)
    #expect(again.status == 64)
    #expect(again.stderr.contains("only an empty database"))
    // Another engine writes the same otherwise; `EngineTransferTests` compares documents.
    guard database.engine == .sqlite else { return }
    for table in ["hrm_role", "hrm_users", "hrm_company", "hrm_employee"] {
      let rows = "SELECT * FROM \(table) ORDER BY id"
      #expect(try runSqlite3(fresh, rows) == database.sql(rows))
    }
    let grants = """
      SELECT id, user_id, company_id, created_at, modified_at FROM hrm_user_company_access
      ORDER BY id
      """
    #expect(try runSqlite3(fresh, grants) == database.sql(grants))
  }

  @Test func aDamagedDocumentLeavesTheDatabaseEmpty() throws {
    let text = try database.run("export", "all").stdout
    let fresh = database.folder.file("fresh.db")
    #expect(try database.run("init", fresh).status == 0)
    let before = try runSqlite3(fresh, ".dump")
    for damaged in [
      String(text.dropLast(20)),
      text.replacing("\"username\":\"bob\"", with: "\"username\":\"ann\""),
      text.replacing("\"user_id\":1,", with: "\"user_id\":77,"),
      text.replacing("_export\":1", with: "_export\":2"), text + "x",
    ] {
      let result = try database.run("--db", fresh, "import", input: damaged)
      #expect(result.status == 65, "\(result.stderr)")
      #expect(try runSqlite3(fresh, ".dump") == before)
    }
  }

  @Test func exportToAFullDiskIsAnError() throws {
    let result = try database.run("export", "--output", "/dev/full")
    #expect(result.status == 74)
    #expect(result.stderr == "company-access: /dev/full: no space left on the disk\n")
    #expect(try database.run("export", "--output", "/nowhere/x").status == 73)
    #expect(try database.run("export", "--force").status == 64)
  }
}
