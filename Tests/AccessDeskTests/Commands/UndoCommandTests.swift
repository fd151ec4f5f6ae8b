import CompanyAccess
import TestSupport
import Testing

@Suite(.onEachEngine) struct UndoCommandTests {
  let database: SmallDatabase

  init() throws { database = try SmallDatabase() }

  /// The five columns of all grants.
  private var grants: String {
    get throws {
      try database.sql(
        """
        SELECT id, user_id, company_id, created_at, modified_at FROM hrm_user_company_access
        ORDER BY 1
        """)
    }
  }

  @Test("undo --to takes back everything after a change, and the next undo goes on from there")
  func goesBackToAChange() throws {
    let before = try grants
    #expect(try database.run("grant", "ann", "Cord").status == 0)
    let after = try grants
    #expect(try database.run("grant", "bob", "Cord").status == 0)
    #expect(try database.run("user", "add", "cleo").status == 0)
    let dry = try database.run("undo", "--to", "3", "--dry-run", "--yes")
    let done = try database.run("undo", "--to", "3", "--yes", "--reason", "a rehearsal")
    #expect(dry.status == 0 && done.status == 0)
    #expect(try grants == after)
    let store = try AccessStore.open(database.path)
    let change = try #require(try store.newestChange().flatMap { try store.change($0) })
    #expect(change.reason == "a rehearsal" && change.undoes == ChangeID(3))
    #expect(try database.run("undo", "--to", "\(change.id)").status == 0)
    #expect(try database.run("undo", "--to", "99").status == 67)
    #expect(try database.run("undo", "3", "--to", "3").status == 64)
    #expect(try database.run("undo").status == 0)
    #expect(try grants == before)
  }

  @Test func takesBackTheNewestThatIsNeitherAnUndoNorUndone() throws {
    let before = try grants
    #expect(try database.run("grant", "ann", "Cord").status == 0)
    #expect(try database.run("grant", "bob", "Cord").status == 0)
    let first = try database.run("undo", "--reason", "meant another")
    #expect(first.status == 0)
    #expect(first.stdout == "USER  COMPANY  RESULT\nbob   Cord     revoked\n")
    #expect(first.stderr == "revoked 1 pair; change 5\n")
    let change = try #require(try AccessStore.open(database.path).change(ChangeID(5)))
    #expect(change.undoes == ChangeID(4))
    #expect(change.reason == "meant another")
    #expect(
      try database.run("undo", "--json").stdout == """
        {"change":6,"added":0,"removed":1,"unchanged":0,"left_alone":0,"undoes":3,"results":[
        {"user":"ann","company":"Cord","result":"revoked"}]}

        """)
    #expect(try grants == before)
    // Change 2 is what another program did before.
    #expect(try database.run("undo").stderr == "revoked 2 pairs; change 7\n")
    let nothing = try database.run("undo")
    #expect(nothing.status == 1)
    #expect(nothing.stdout == "")
    #expect(nothing.stderr == "there is nothing to undo\n")
    #expect(
      try database.run("undo", "--json").stdout == """
        {"change":null,"added":0,"removed":0,"unchanged":0,"left_alone":0,"undoes":null,\
        "results":[]}

        """)
    #expect(try database.run("undo", "7").status == 0)
    #expect(try grants == before)
  }

  @Test func whatWasChangedSinceIsLeftAloneUnlessOverwritten() throws {
    let before = try grants.split(separator: "\n").map { $0.prefix { $0 != "|" } }
    #expect(try database.run("revoke", "--company", "ACM", "ann", "bob").status == 0)
    #expect(try database.run("grant", "ann", "ACM").status == 0)
    let dry = try database.run("undo", "3", "--dry-run", "--json")
    #expect(dry.status == 1)
    #expect(
      dry.stdout == """
        {"change":null,"added":1,"removed":0,"unchanged":0,"left_alone":1,"undoes":3,"results":[
        {"user":"bob","company":"Acme","result":"granted"},
        {"user":"ann","company":"Acme","result":"skipped"}]}

        """)
    let part = try database.run("undo", "3")
    #expect(part.status == 1)
    #expect(
      part.stdout == "USER  COMPANY  RESULT\nbob   Acme     granted\nann   Acme     left alone\n")
    #expect(
      part.stderr == """
        left alone: user ann, id 1, company Acme, changed since by change 4
        granted 1 pair, 1 pair left alone; change \(try database.newestChange)

        """)
    // Other ids are made by chance and may end in the same digits.
    let ids = try grants.split(separator: "\n").map { $0.prefix { $0 != "|" } }
    #expect(ids.contains { $0 == before[1] } && !ids.contains { $0 == before[0] })
  }

  @Test func overwritingTakesAlsoWhatWasGrantedAgain() throws {
    for verb in ["grant", "revoke", "grant"] {
      #expect(try database.run(verb, "ann", "Cord").status == 0)
    }
    let part = try database.run("undo", "3")
    #expect(part.status == 1)
    #expect(part.stdout == "USER  COMPANY  RESULT\nann   Cord     left alone\n")
    let whole = try database.run("undo", "3", "--overwrite")
    #expect(whole.status == 0)
    #expect(whole.stdout == "USER  COMPANY  RESULT\nann   Cord     revoked\n")
    #expect(try database.pairs == ["ann Acme", "bob Acme"])
  }

  @Test func aUserWhomAnotherProgramDeletedComesBack() throws {
    try database.sql(database.foreignKeys + "DELETE FROM hrm_users WHERE id = 1")
    let result = try database.run("undo")
    #expect(result.status == 0)
    #expect(result.stdout == "USER  COMPANY  RESULT\nann   Acme     granted\n")
    #expect(
      result.stderr == """
        of user ann, id 1, the record does not know password_hash
        brought back user ann, granted 1 pair; change 4

        """)
  }

  /// What another program deletes is on the record with its names, and comes back as far as it can.
  @Test func deletionsByOthersComeBack() throws {
    #expect(try database.run("grant", "--company", "Cord", "ann", "bob").status == 0)
    let before = try grants
    try database.sql(
      "DELETE FROM hrm_user_company_access WHERE user_id = 1 OR CAST(company_id AS TEXT) LIKE '%1'")
    try database.sql(
      database.foreignKeys + "DELETE FROM hrm_company WHERE name = 'Cord'")
    let log = try database.run("log", "--format", "csv", "--limit", "2").stdout
    #expect(log.contains("\r\n5,"))
    let actor = database.engine == .sqlite ? ",unknown," : ",postgres with company-access,"
    #expect(
      log.contains("\(actor)external,external,,0,1,,,,the application deleted company Cord\r\n"))
    #expect(
      log.contains("\(actor)external,external,,0,3,,,,\"ann -Acme -Cord, bob -Acme\"\r\n"))
    let company = try database.run("log", "5", "--format", "csv").stdout
    #expect(
      company.hasSuffix("\r\nbob,2,Cord,0190a000-0000-7000-8000-000000000003,revoked,,false\r\n"))
    #expect(try database.run("log", "4", "--format", "csv").stdout.contains("\r\nann,1,Cord,"))

    // Without the company its grant cannot come back.
    let part = try database.run("undo", "4", "--dry-run")
    #expect(part.status == 1)
    #expect(
      part.stdout == """
        USER  COMPANY  RESULT
        ann   Acme     granted
        bob   Acme     granted
        ann   Cord     left alone

        """)
    #expect(
      part.stderr == """
        left alone: company Cord, id 0190a000-0000-7000-8000-000000000003, is gone
        would grant 2 pairs, 1 pair left alone; nothing was done

        """)
    #expect(try database.run("undo", "5").status == 0)
    #expect(try database.run("undo", "4").status == 0)
    #expect(try grants == before)
  }

  @Test func whatIsLargeOrWrongIsRefused() throws {
    try database.addCompanies(10...1010)
    // What another program adds is change 3.
    #expect(try database.run("bulk-grant", "--search", "ann", "--yes").status == 0)
    let before = try database.dump
    let many = try database.run("undo", "4")
    #expect(many.status == 64)
    #expect(
      many.stderr.hasPrefix("company-access: undoing change 4, 1,003 pairs needs a confirmation"))
    #expect(try database.run("undo", "5").status == 67)
    #expect(try database.run("undo", "three").status == 64)
    #expect(try database.run("undo", "--read-only", "4").status == 77)
    #expect(try database.dump == before)
    #expect(try database.run("undo", "4", "--yes").stderr == "revoked 1,003 pairs; change 5\n")
    #expect(try database.pairs == ["ann Acme", "bob Acme"])
  }

  @Test("Many companies that are left alone are one line, with the first by name")
  func manyLeftAloneAreOneLine() throws {
    try database.addCompanies(1_001...2_001, called: "Firm")
    let added = try #require(try AccessStore.open(database.path).newestChange())
    try database.sql(
      "UPDATE hrm_company SET name = name || ' Ltd' WHERE name LIKE 'Firm%'")
    let undo = try database.run("undo", "\(added)", "--dry-run")
    let lines = undo.stderr.split(separator: "\n")
    #expect(undo.status == 1 && lines.count == 2)
    #expect(lines[0].hasPrefix("left alone: 1,001 users and companies (company Firm "))
    #expect(
      lines[0].contains(" and 998 more); the first was changed since by change "), "\(lines[0])")
  }

  @Test("Why pairs are left alone is said once, however many they are")
  func reasonsAreSaidOnce() throws {
    #expect(try database.run("grant", "ann", "Cord").status == 0)
    #expect(try database.run("revoke", "ann", "--all", "--yes").status == 0)
    try database.sql(
      """
      DELETE FROM hrm_users WHERE id = 1;
      INSERT INTO hrm_users (id, username, is_active, created_at, modified_at)
        VALUES (1, 'mallory', TRUE, '2026-03-01', '2026-03-01');
      """)
    let result = try database.run("undo", "4")
    #expect(result.status == 1)
    #expect(
      result.stderr == """
        left alone: user id 1 was ann and now belongs to mallory
        nothing to change, 2 pairs left alone

        """)
  }

}

/// An undo where an application has several organizations, in a file.
@Suite struct UndoAcrossOrganizationsTests {
  @Test("An undo says which pairs of two organizations it leaves alone")
  func pairsOfTwoOrganizations() throws {
    let folder = try TemporaryFolder()
    let fixture = try MappingFixture.make(.guarding, in: folder, users: 12, companies: 6)
    try AccessStore.upgradeSchema(fixture.path, trustsSchema: true)
    try runSqlite3(
      fixture.path, "INSERT INTO user_company_access VALUES ('a', 2, 2, '2026-03-01', '2026-03-01')"
    )
    func run(_ words: String...) throws -> ProgramResult {
      try runProgram(builtProduct("company-access"), ["--db", fixture.path] + words)
    }
    #expect(try run("revoke", "300000002", "Company 2").status == 0)
    let result = try run("undo")
    #expect(result.status == 1)
    #expect(
      result.stderr == """
        left alone: user 300000002, id 2, company Company 2, which are not of the same organization
        nothing to change, 1 pair left alone

        """)
  }
}
