import CompanyAccess
import TestSupport
import Testing

/// What commands say of grants that were given to an earlier holder of an id.
@Suite(.onEachEngine) struct FormerHolderCommandTests {
  let database: SmallDatabase

  init() throws {
    database = try SmallDatabase()
    // sqlite3 has foreign keys switched off.
    let isOff = database.engine == .sqlite ? "" : "SET session_replication_role = replica; "
    try database.sql(
      """
      \(isOff)DELETE FROM hrm_users WHERE id = 1;
      INSERT INTO hrm_users (id, username, is_active, created_at, modified_at)
        VALUES (1, 'mallory', TRUE, '2026-03-01', '2026-03-01');
      """)
  }

  private static let mark = "(granted to an earlier user of this id)"

  @Test func checkSaysYesAndWhoseGrantItWas() throws {
    let result = try database.run("check", "mallory", "ACM")
    #expect(result.status == 0 && result.stdout.hasSuffix("mallory  Acme     yes\n"))
    #expect(
      result.stderr
        == "note: it was granted to ann, an earlier user of this id, deleted by change 3\n")
    #expect(
      try database.run("check", "mallory", "ACM", "--json").stdout.contains(
        #""note":"it was granted to ann, an earlier user of this id, deleted by change 3""#))
    #expect(try database.run("check", "bob", "ACM").stderr == "")
  }

  @Test(
    arguments: [
      ["users", "--company", "ACM"], ["companies", "--user", "mallory"],
      ["user", "show", "mallory"], ["company", "show", "ACM"],
    ])
  func listsMarkIt(words: [String]) throws {
    func run(_ more: [String]) throws -> String {
      try runProgram(
        builtProduct("company-access"), words + more,
        environment: ["COMPANY_ACCESS_DB": database.path, "TZ": "UTC"]
      ).stdout
    }
    let marked = try run([]).split(separator: "\n").filter { $0.contains(Self.mark) }
    #expect(marked.count == 1)
    #expect(try run(["--json"]).contains(#""note":"granted to an earlier user of this id""#))
  }

  @Test func exportSaysHowMany() throws {
    let result = try database.run("export")
    #expect(result.stdout.contains("mallory,Acme"))
    #expect(
      result.stderr == "note: 1 grant was given to an earlier user or company of the same id; "
        + "\"doctor\" names it\n")
    #expect(try database.run("export", "users").stderr == "")
  }

  @Test func whyAndDoctorNameIt() throws {
    #expect(
      try database.run("why", "mallory", "ACM").stderr.contains(
        "note: it was granted to ann, an earlier user of this id"))
    if database.engine == .sqlite {
      let doctor = try database.run("doctor").stdout
      #expect(
        doctor.contains("[former-holder]") && doctor.contains("user mallory, id 1, company Acme"))
    }
    #expect(try database.run("revoke", "mallory", "ACM").status == 0)
    guard database.engine == .sqlite else { return }
    #expect(try !database.run("doctor").stdout.contains("[former-holder]"))
  }
}
