import TestSupport
import Testing

@testable import AccessDesk

/// `adopt --suggest`.
struct SuggestCommandTests {
  let folder: TemporaryFolder
  let path: String

  init() throws {
    folder = try TemporaryFolder()
    path = folder.file("app.db")
  }

  private static let tables = """
    CREATE TABLE user (id INTEGER PRIMARY KEY, login TEXT NOT NULL UNIQUE, password TEXT,
      email TEXT);
    CREATE TABLE org (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
    CREATE TABLE org_user (org_id INTEGER NOT NULL REFERENCES org (id),
      user_id INTEGER NOT NULL REFERENCES user (id), role TEXT NOT NULL,
      PRIMARY KEY (org_id, user_id));
    CREATE TABLE preferences (id INTEGER PRIMARY KEY, org_id INTEGER, user_id INTEGER,
      theme TEXT);
    """
  private static let mapping = """
    {
    "users":{"table":"user","key":"id","username":"login","email":"email"},
    "companies":{"table":"org","key":"id","name":"name"},
    "access":{"table":"org_user","user":"user_id","company":"org_id","new":{"role":"member"}}}

    """

  private func suggest(_ words: [String] = []) throws -> ProgramResult {
    try runProgram(
      builtProduct("company-access"), ["--db", path, "adopt", "--suggest"] + words)
  }

  @Test("says what was found, why, what else there is and what to ask, and shows the mapping")
  func saysWhatWasFound() throws {
    try runSqlite3(path, Self.tables)
    let result = try suggest()
    #expect(result.status == 0 && result.stderr.isEmpty)
    let expected = [
      "the access table is probably org_user",
      "access table: org_user (user user_id, company org_id)",
      "  it is named after both; org_id, user_id are unique; its columns user_id and org_id refer "
        + "to both; it has a role or right, in role",
      "also possible, or only alike:", "access table: preferences (user user_id, company org_id)",
      "- a new row gets role = member: is that the least right that is meant?", "the mapping:",
    ]
    let lines = result.stdout.split(separator: "\n").map(String.init)
    for line in expected { #expect(lines.contains(line), "\(line) is not in \(result.stdout)") }
    #expect(result.stdout.hasSuffix(Self.mapping))
  }

  @Test("writes the mapping to a new file, to standard output, and never over a file")
  func writesTheMapping() throws {
    try runSqlite3(path, Self.tables)
    let file = folder.file("app.json")
    let result = try suggest(["--write", file])
    #expect(result.status == 0)
    #expect(try folder.read("app.json") == Array(Self.mapping.utf8))
    #expect(result.stderr.contains("adopt --mapping \(file) --dry-run"))
    #expect(try suggest(["--write", "-"]).stdout == Self.mapping)
    #expect(try suggest(["--write", file]).status == 73)
    #expect(try suggest(["--write", path]).status == 73)
  }

  @Test("is one object for programs, and one row for each table")
  func isReadByPrograms() throws {
    try runSqlite3(path, Self.tables)
    let object = try suggest(["--json"]).stdout
    #expect(object.hasPrefix("{\"answer\":\"access\",\"mapping\":{"))
    #expect(object.contains("\"access\":{\"table\":\"org_user\",\"user\":\"user_id\""))
    let rows = try suggest(["--format", "csv"]).stdout.split(separator: "\r\n")
    #expect(rows.first == "part,is_chosen,table,columns,reasons")
    #expect(rows.count == 5)
  }

  @Test("ends with 1 if nothing was found, and writes no file then")
  func findsNothing() throws {
    try runSqlite3(path, "CREATE TABLE song (id INTEGER PRIMARY KEY, title TEXT)")
    let result = try suggest(["--write", folder.file("app.json")])
    #expect(result.status == 1)
    #expect(result.stdout == "nothing was found that says which user may enter which company\n")
    #expect(folder.names == ["app.db"])
  }

  @Test(
    "goes with no option that adopts", arguments: ["--dry-run", "--mapping=x", "--trust-schema"])
  func refusesOthers(option: String) throws {
    #expect(try suggest([option]).status == 64)
  }

  @Test("is needed by --write")
  func isNeeded() throws {
    let result = try runProgram(
      builtProduct("company-access"), ["--db", path, "adopt", "--write", "app.json"])
    #expect(result.status == 64)
    #expect(result.stderr.contains("--write needs --suggest"))
  }
}
