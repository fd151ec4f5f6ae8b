import TestSupport
import Testing

@Suite struct OperatorCommandTests {
  let database: SmallDatabase

  init() throws { database = try SmallDatabase() }

  @Test("Roles are a table, and without operators every login may do everything")
  func roles() throws {
    let roles = try database.run("operator", "roles", "--format", "tsv")
    #expect(
      roles.stdout == """
        role\trank\tread\tgrant\tusers\tcompanies\toperators\tmaintain
        system_admin\t5\ttrue\ttrue\ttrue\ttrue\ttrue\ttrue
        hr_admin\t4\ttrue\ttrue\ttrue\tfalse\ttrue\tfalse
        hr_manager\t3\ttrue\ttrue\tfalse\tfalse\tfalse\tfalse
        auditor\t2\ttrue\tfalse\tfalse\tfalse\tfalse\tfalse
        employee\t2\ttrue\tfalse\tfalse\tfalse\tfalse\tfalse
        customer\t1\tfalse\tfalse\tfalse\tfalse\tfalse\tfalse

        """)
    let none = try database.run("operator", "list")
    #expect(none.status == 0 && none.stderr.contains("there are no operators"))
    #expect(try database.run("whoami").stdout.contains("every login that can write the file"))
  }

  @Test("The first operator is an administrator, who makes, changes and removes others")
  func comingAndGoing() throws {
    let me = try login
    let early = try database.run("operator", "add", "maria", "--role", "hr_manager", "--everything")
    #expect(early.status == 64 && early.stderr.contains("must be a system_admin of everything"))
    let nowhere = try database.run("operator", "add", me, "--role", "system_admin")
    #expect(nowhere.status == 64 && nowhere.stderr.contains("--everything, --scope"))
    let locked = try database.run(
      "operator", "add", "maria", "--role", "system_admin", "--everything")
    #expect(locked.status == 64 && locked.stderr.contains("shuts \(me) out"))
    for words in [
      ["add", me, "--role", "system_admin", "--everything"],
      ["add", "maria", "--role", "hr_manager", "--company", "ACM", "--company", "Cord"],
      ["edit", "maria", "--role", "hr_admin", "--ticket", "HR-1"],
    ] { #expect(try run(["operator"] + words).status == 0, "\(words)") }
    let list = try database.run("operator", "list", "--json")
    #expect(
      list.stdout.contains(
        #"{"login":"maria","role":"hr_admin","scope":"companies","organization":null,"companies":"ACM,CRD"}"#
      ))
    let twice = try database.run(
      "operator", "add", "maria", "--role", "auditor", "--everything")
    #expect(twice.status == 64 && twice.stderr.contains("operator edit"))
    let log = try database.run("log", "--action", "operators")
    #expect(log.stdout.contains("maria, hr_admin of the companies"))
    #expect(try database.run("undo", "--yes").status == 0)
    #expect(try database.run("operator", "show", "maria").stdout.contains("hr_manager"))
    #expect(try database.run("operator", "remove", "maria").status == 0)
    let last = try database.run("operator", "remove", me)
    #expect(last.status == 64 && last.stderr.contains("removing the last operator"))
    #expect(try database.run("operator", "remove", me, "--yes").status == 0)
    #expect(try database.run("operator", "list", "--json").stdout == #"{"operators":[]}"# + "\n")
  }

  @Test(
    "An operator of one company sees it alone, changes it alone, and is refused the rest in words")
  func oneCompany() throws {
    let me = try login
    for words in [
      ["add", me, "--role", "system_admin", "--everything"],
      ["add", "chief", "--role", "system_admin", "--everything"],
      ["edit", me, "--role", "hr_manager", "--company", "ACM"],
    ] { #expect(try run(["operator"] + words).status == 0, "\(words)") }
    #expect(try database.run("users", "--format", "tsv").stdout.split(separator: "\n").count == 3)
    #expect(
      try database.run("companies", "--format", "tsv").stdout.split(separator: "\n").count == 2)
    #expect(try database.run("check", "ann", "Cord").status == 67)
    #expect(
      try database.run("check", "ann", "Cord").stderr
        == "company-access: there is no company 'Cord'\n")
    // Bob has no role and ranks as an employee; what an auditor of the application may do is not known.
    #expect(try database.run("revoke", "bob", "ACM").status == 0)
    let ann = try database.run("revoke", "ann", "ACM")
    #expect(ann.status == 77 && ann.stderr.contains("whose role is Auditor"))
    #expect(try database.run("undo").status == 0)
    for words in [
      ["doctor"], ["record", "seal"], ["record", "verify"], ["schema", "status"],

      ["policy", "set", "require-ticket", "grant"], ["user", "delete", "bob", "--yes"],
      ["company", "edit", "ACM", "--code", "X"], ["snapshot", "save", "x"], ["backup", "x.db"],
      ["operator", "add", "eve", "--role", "employee", "--company", "ACM"],
    ] {
      let refused = try run(words)
      #expect(refused.status == 77, "\(words): \(refused.stderr)")
    }
    #expect(try database.pairs == ["ann Acme", "bob Acme"])
  }

  private func run(_ words: [String]) throws -> ProgramResult {
    try runProgram(
      builtProduct("company-access"), words,
      environment: ["COMPANY_ACCESS_DB": database.path, "TZ": "UTC"])
  }

  /// The login of whoever runs the tests.
  private var login: String {
    get throws {
      let actor =
        try database.run("whoami", "--format", "tsv").stdout.split(separator: "\n")
        .last?.split(separator: "\t").first.map(String.init) ?? ""
      let name = actor.split(separator: "@").first.map(String.init) ?? ""
      guard let inside = name.split(separator: "(").dropFirst().first else { return name }
      return String(inside.dropLast())
    }
  }
}
