import TestSupport
import Testing

/// Every command that makes a user or a company refuses the same names.
@Suite(.onEachEngine) struct NewNameCommandTests {
  let database: SmallDatabase

  init() throws {
    database = try SmallDatabase()
    try database.sql(
      """
      INSERT INTO hrm_users (id, username, created_at, modified_at) VALUES
        (18, 'a_oconnor', '2026-01-01', '2026-01-01'),
        (19, 'jos\u{E9}', '2026-01-01', '2026-01-01');
      INSERT INTO hrm_company (id, name, code, created_at, modified_at) VALUES
        ('0190a000000070008000000000000009', 'Z\u{FC}rich Treuhand', 'ZRH', '2026-01-01',
          '2026-01-01')
      """)
  }

  private func run(_ words: [String], input: String = "") throws -> ProgramResult {
    try runProgram(
      builtProduct("company-access"), ["--db", database.path] + words, standardInput: input)
  }

  /// Names that no user may have, what is said of them, and the exit code of `user add`, which trims
  /// blanks where a file is refused.
  static let refused: [(name: String, words: String)] = [
    ("A_OCONNOR", "differs from a_oconnor, id 18 only in case"),
    ("a_ oconnor", "differs from a_oconnor, id 18 only in case, blanks"),
    ("jose\u{301}", "differs from jos\u{E9}, id 19 only in"),
    ("\u{FF41}_oconnor", "differs from a_oconnor"), ("\u{1D41A}_oconnor", "differs from a_oconnor"),
    ("a_o\u{24D2}onnor", "differs from a_oconnor"),
    ("ev\u{1B}]52;c;ZXZpbA==\u{7}il", "a control character, U+001B"),
    ("two\u{85}lines", "a control character, U+0085"),
    ("a\u{202E}b", "not seen, U+202E"), ("a\u{200B}b", "not seen, U+200B"),
    ("a\u{2800}b", "not seen, U+2800"), ("a\u{E0061}b", "not seen, U+E0061"),
    ("ad\u{A0}min", "not the plain one, U+00A0"),
    ("a\u{378}", "without a meaning of its own, U+0378"),
    ("a\u{E000}", "without a meaning of its own, U+E000"),
    ("a\u{FFFF}", "without a meaning of its own, U+FFFF"),
  ]

  @Test("no command adds a user with such a name", arguments: refused)
  func userAdd(name: String, words: String) throws {
    let before = try database.dump
    for command in [["user", "add", name], ["user", "edit", "bob", "--username", name]] {
      let result = try run(command)
      #expect(result.status == 64 && result.stderr.contains(words), "\(result.stderr)")
    }
    #expect(try database.dump == before)
  }

  @Test(
    "no file adds a user with such a name, and the line is told",
    arguments: refused.filter { $0.name.utf8.first != 0x6A } + [
      (" new.person ", "it begins or ends with a blank"), ("tail\u{3000}", "begins or ends"),
      ("18", "it is the id of a_oconnor (id 18)"),
    ])
  func importCreate(name: String, words: String) throws {
    let before = try database.dump
    let text = "user,company\nann,CRD\n\"\(name)\",ACM\n"
    for extra in [[], ["--dry-run"]] {
      let result = try run(["import", "--create", "--yes"] + extra, input: text)
      #expect(result.status == 65, "\(result.stderr)")
      #expect(result.stderr.contains("line 3: '"), "\(result.stderr)")
      #expect(result.stderr.contains(words), "\(result.stderr)")
    }
    #expect(try database.dump == before)
  }

  @Test(
    "no file adds a company whose name is another's code or name but for its form",
    arguments: [
      ("acme", "it differs from Acme, id 0190a000"),
      ("zrh", "it differs from Z\u{FC}rich Treuhand"),
      ("Z\u{FC}rich\u{200B} Treuhand", "not seen"), ("new\nline", "a control character, U+000A"),
      ("0190a000-0000-7000-8000-000000000009", "it is the id of Z\u{FC}rich Treuhand"),
    ])
  func importCompany(name: String, words: String) throws {
    let before = try database.dump
    let result = try run(["import", "--create"], input: "user,company\nann,\"\(name)\"\n")
    #expect(result.status == 65 && result.stderr.contains(words), "\(result.stderr)")
    #expect(try database.dump == before)
  }

  @Test("two lines of one file make no twins")
  func twinsInAFile() throws {
    let before = try database.dump
    for (one, other) in [
      ("new.person", "New.Person"), ("\u{E9}va", "E\u{301}va"), ("fi", "\u{FB01}"),
    ] {
      let text = "user,company\n\(one),ACM\n\(other),ACM\n"
      let result = try run(["import", "--create"], input: text)
      #expect(result.status == 65, "\(result.stderr)")
      #expect(result.stderr.contains("line 3: '") && result.stderr.contains("the name of line 2"))
    }
    #expect(try database.dump == before)
  }

  @Test("what only looks like another name is made and pointed out, without an empty id")
  func remarks() throws {
    let text = "user,company\n\u{430}_oconnor,ACM\njose,ACM\nadmi\u{585}n,ACM\nplain,ACM\n"
    let result = try run(["import", "--create"], input: text)
    #expect(result.status == 0, "\(result.stderr)")
    for words in [
      "line 2, user '\u{430}_oconnor': looks like a_oconnor, id 18",
      "line 3, user 'jose': looks like jos\u{E9}, id 19",
      "line 4, user 'admi\u{585}n': has a letter that is easily taken for another, U+0585",
    ] { #expect(result.stderr.contains(words), "\(result.stderr)") }
    #expect(!result.stderr.contains("plain") && !result.stderr.contains("id ,"))
    let added = try run(["user", "add", "\u{3B1}nn"])
    #expect(added.status == 0 && added.stderr.contains("looks like ann, id 1"), "\(added.stderr)")
    let numbered = try run(["user", "add", "2"])
    #expect(numbered.status == 0 && numbered.stderr.contains("is the id of bob (id 2)"))
  }

  @Test("a name of a file means the one that is written so, or else its other canonical form")
  func canonicalForms() throws {
    let text = "user,company\njose\u{301},Zu\u{308}rich Treuhand\n"
    let result = try run(["import"], input: text)
    #expect(result.status == 0, "\(result.stderr)")
    #expect(try database.pairs.contains("jos\u{E9} Z\u{FC}rich Treuhand"))
    #expect(try run(["check", "jose\u{301}", "Zu\u{308}rich Treuhand"]).status == 0)
    #expect(try run(["diff", "--file", "-"], input: text).stdout.contains("ann"))
    // Where the database has both forms, each text means its own.
    try database.sql(
      """
      INSERT INTO hrm_users (id, username, created_at, modified_at)
      VALUES (20, 'jose\u{301}', '2026-01-01', '2026-01-01')
      """)
    #expect(try run(["import"], input: "user,company\njose\u{301},ACM\n").status == 0)
    let ids = try database.sql(
      """
      SELECT user_id FROM hrm_user_company_access
      WHERE company_id = '0190a000000070008000000000000001' ORDER BY 1
      """)
    #expect(ids == "1\n2\n20")
  }

  @Test("unknown names of a file come with similar ones")
  func hints() throws {
    let text = "user,company\nJOSE,ACM\nann,zurich treuhand\n"
    let result = try run(["import"], input: text)
    #expect(result.status == 65)
    #expect(
      result.stderr.contains("line 2: no user 'JOSE'; similar: jos\u{E9} (id 19)"),
      "\(result.stderr)")
    #expect(
      result.stderr.contains(
        "line 3: no company 'zurich treuhand'; similar: Z\u{FC}rich Treuhand (ZRH"),
      "\(result.stderr)")
    let check = try run(["check", "jose", "ACM"])
    #expect(check.stderr.contains("similar: jos\u{E9} (id 19)"), "\(check.stderr)")
  }

  @Test(
    "a new company of a file is given to users whose role may enter all companies, as when it is added"
  )
  func ruleOfRoles() throws {
    try database.sql(
      """
      INSERT INTO hrm_role (id, name) VALUES (2, 'Super Admin');
      UPDATE hrm_users SET role_id = 2 WHERE id IN (18, 19);
      UPDATE hrm_users SET is_active = FALSE WHERE id = 19
      """)
    #expect(try run(["grant", "a_oconnor", "Acme", "Bolt, Inc", "ZRH"]).status == 0)
    let text = "user,company\nann,Baltic Foods\n"
    let dry = try run(["import", "--create", "--dry-run"], input: text)
    #expect(dry.status == 0 && dry.stderr.contains("would grant 2 pairs"), "\(dry.stderr)")
    let result = try run(["import", "--create"], input: text)
    #expect(result.status == 0, "\(result.stderr)")
    #expect(result.stderr.contains("new companies: 1"), "\(result.stderr)")
    let pairs = try database.pairs.filter { $0.hasSuffix("Baltic Foods") }
    #expect(pairs == ["a_oconnor Baltic Foods", "ann Baltic Foods"])
    // What the file says of such a user counts.
    let other = "user,company,action\nann,Other,grant\na_oconnor,Other,revoke\n"
    #expect(
      try run(["import", "--create", "--yes", "--no-administrator"], input: other).status == 0)
    #expect(try database.pairs.filter { $0.hasSuffix("Other") } == ["ann Other"])
  }

  /// A whole export of one user and one company, under these names.
  private func document(_ users: [String], _ companies: [String]) -> String {
    let users = users.enumerated().map { index, name in
      """
      {"id":\(index + 1),"username":"\(name)","active":true,"created_at":"2026-01-01T00:00:00.000Z",\
      "modified_at":"2026-01-01T00:00:00.000Z"}
      """
    }
    let companies = companies.enumerated().map { index, name in
      """
      {"id":"0190a000-0000-7000-8000-00000000000\(index)","name":"\(name)","active":true,\
      "created_at":"2026-01-01T00:00:00.000Z","modified_at":"2026-01-01T00:00:00.000Z"}
      """
    }
    return "{\"company_access_export\":1,\n\"users\":[\n" + users.joined(separator: ",\n")
      + "],\n\"companies\":[\n" + companies.joined(separator: ",\n") + "]}\n"
  }

  @Test(
    "a whole export brings no such names",
    arguments: [
      (["ann", "ANN"], ["Acme"], "line 4: 'ANN' cannot be created: it is the name of line 3"),
      (["ann", "\u{FF41}nn"], ["Acme"], "it is the name of line 3"),
      (["ann"], ["Acme", "ac me"], "line 6: 'ac me' cannot be created: it is the name of line 5"),
      (["a\\u001bnn"], ["Acme"], "line 3: '"), (["ann "], ["Acme"], "begins or ends with a blank"),
      (["ann"], ["A\u{200B}cme"], "not seen, U+200B"), (["ann"], ["A\u{E000}"], "U+E000"),
    ])
  func documents(users: [String], companies: [String], words: String) throws {
    let fresh = database.folder.file("fresh.db")
    #expect(try database.run("init", fresh).status == 0)
    let before = try runSqlite3(fresh, ".dump")
    for extra in [[], ["--dry-run"]] {
      let result = try runProgram(
        builtProduct("company-access"), ["--db", fresh, "import"] + extra,
        standardInput: document(users, companies))
      #expect(result.status == 65 && result.stderr.contains(words), "\(result.stderr)")
    }
    #expect(try runSqlite3(fresh, ".dump") == before)
    let good = try runProgram(
      builtProduct("company-access"), ["--db", fresh, "import"],
      standardInput: document(["ann", "anna"], ["Acme", "Acne"]))
    #expect(good.status == 0, "\(good.stderr)")
  }

  @Test(
    "two words of one command that say different things of a field are refused",
    arguments: [
      (["user", "add", "lin", "--set", "username=zzz"], "USERNAME and --set username"),
      (
        ["user", "add", "lin", "--full-name", "A", "--set", "full_name=B"],
        "--full-name and --set full_name"
      ),
      (
        ["user", "edit", "bob", "--username", "b", "--set", "username=c"],
        "--username and --set username"
      ),
      (
        ["user", "edit", "bob", "--set", "email=a@b", "--set", "email=c@d"],
        "--set email and --set email"
      ),
      (["company", "add", "Nova", "--set", "name=Other"], "NAME and --set name"),
      (["company", "edit", "CRD", "--code", "X", "--set", "code=Y"], "--code and --set code"),
    ])
  func contradictions(words: [String], told: String) throws {
    let before = try database.dump
    let result = try run(words)
    #expect(result.status == 64, "\(result.stderr)")
    #expect(result.stderr.contains(told + " say different things of "), "\(result.stderr)")
    #expect(try database.dump == before)
  }

  @Test("what is said twice in the same way is no contradiction")
  func repetition() throws {
    #expect(try run(["user", "add", "lin", "--set", "username=lin"]).status == 0)
  }

  @Test("searches of commands find names without their accents")
  func searches() throws {
    for text in ["zurich", "Zu\u{308}rich", "ZURICH treuhand"] {
      #expect(try run(["companies", "--search", text]).stdout.contains("ZRH"), "\(text)")
    }
    #expect(try run(["users", "--search", "jose"]).stdout.contains("jos\u{E9}"))
    #expect(try run(["users", "--search", "inactive"]).stdout.contains("bob"))
    #expect(try !run(["users", "--search", "inactive"]).stdout.contains("ann"))
    for typed in ["jos", "JOSE"] {
      let line = "company-access check \(typed)"
      #expect(try database.run("__complete", "bash", line, typed).stdout == "jos\u{E9}\n")
    }
  }
}
