import AccessDesk
import CompanyAccess
import TerminalUI
import TestSupport
import Testing

/// The desk on the databases of other applications.
struct DeskMappingTests {
  @Test(arguments: MappingFixture.Kind.allCases)
  func theTitleNamesTheApplication(_ kind: MappingFixture.Kind) throws {
    let desk = try DeskDriver(kind)
    let start = " company-access  \(kind).db"
    #expect(desk.lines[0].hasPrefix(kind == .hrm ? start + "   " : start + "  \(kind)   "))
    #expect(desk.lines[1].contains("12 users   6 companies   0 grants"))
  }

  @Test(arguments: MappingFixture.Kind.allCases)
  func listsShowWhatTheApplicationKnows(_ kind: MappingFixture.Kind) throws {
    var desk = try DeskDriver(kind, columns: 119)
    desk.type("1")
    #expect(desk.text.contains(kind.username(7)))
    #expect(desk.text.contains("-7000-800a-000000000007") == (kind == .workcards))
    #expect(desk.text.contains("E-7") == (kind == .custom))
    desk.press(.escape)
    desk.type("2")
    #expect(desk.text.contains("Company 5"))
    #expect(desk.text.contains("Code") == (kind != .guarding && kind != .crm))
    #expect(desk.text.contains("-7000-800b-000000000005") == (kind != .guarding))
  }

  @Test(arguments: MappingFixture.Kind.allCases)
  func companiesAreAddedAndTakenBack(_ kind: MappingFixture.Kind) throws {
    var desk = try DeskDriver(kind)
    desk.type("4\(kind.username(2))")
    desk.press(.enter)
    desk.type(" ")
    desk.press(.enter)
    desk.type("y")
    #expect(desk.message.hasPrefix("Granted"))
    #expect(try desk.store.coverage().grants == 1)
    desk.type("uy")
    #expect(try desk.store.coverage().grants == 0)
  }

  @Test func onlyCompaniesOfTheOrganizationAreOffered() throws {
    var desk = try DeskDriver(.guarding)
    desk.type("4300000002")
    desk.press(.enter)
    let names = desk.lines.compactMap { line in
      (1...6).first { line.contains("Company \($0) ") }
    }
    #expect(names == [1, 3, 5])
  }

  @Test func aBulkGrantSaysWhatItLeavesOut() throws {
    var desk = try DeskDriver(.guarding)
    desk.type("6")
    #expect(desk.text.contains("12 users x 6 companies, 36 pairs permitted"))
    #expect(desk.text.contains("36 pairs left out: user and company are not of the same"))
    desk.type("y")
    #expect(try desk.store.coverage().tenthsOfPercent == 1_000)
  }

  @Test func anOrganizationWithoutCompaniesSaysSo() throws {
    var desk = try DeskDriver(.guarding, damage: "UPDATE clients SET org_id = 2")
    desk.type("4300000002")
    desk.press(.enter)
    #expect(desk.text.contains("There are no companies that 300000002 could be given."))
  }

  @Test func aGrantAcrossOrganizationsEndsWith64() throws {
    let desk = try DeskDriver(.guarding)
    func run(_ words: String..., input: String = "") throws -> ProgramResult {
      try runProgram(
        builtProduct("company-access"), words, environment: ["COMPANY_ACCESS_DB": desk.path],
        standardInput: input)
    }
    let grant = try run("grant", "300000002", "Company 2")
    #expect(
      grant.status == 64 && grant.stderr.contains("differ in org_id, which no grant may cross"))
    for option in ["--reason=x", "--sync"] {
      let file = try run(
        "import", option, "--yes", input: "user,company\n300000002,Company 2\n")
      #expect(file.status == 64 && file.stderr.contains("line 2: '300000002' and 'Company 2'"))
    }
    #expect(try run("bulk-grant", "--yes").status == 0)
    #expect(
      try run("stats", "--json").stdout.contains("\"permitted\":36,\"coverage_percent\":100.0"))
  }
}
