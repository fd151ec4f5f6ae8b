import CompanyAccess
import Testing

@testable import AccessDesk

struct CommandParserTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let call: [String]
    let meaning: String
    var testDescription: String { call.joined(separator: " ") }

    init(_ call: String, _ meaning: String) {
      self.call =
        call.isEmpty ? [] : call.split(separator: " ").map { $0 == "''" ? "" : String($0) }
      self.meaning = meaning
    }
  }

  static let understood = [
    Case("give ann Acme", "give [ann] [Acme]"),
    Case("give ann Acme Bolt", "give [ann] [Acme] [Bolt]"),
    Case("give --company Acme ann bob", "give company=Acme [ann] [bob]"),
    Case("give ann bob --company=Acme", "give company=Acme [ann] [bob]"),
    Case("give --comp Acme ann", "give company=Acme [ann]"),
    Case("give --db x --json ann Acme", "give db=x json= [ann] [Acme]"),
    Case("--db x --json give ann Acme", "give db=x json= [ann] [Acme]"),
    Case("--db x --db=y give ann Acme", "give db=x,y [ann] [Acme]"),
    Case("--db a=b give ann Acme", "give db=a=b [ann] [Acme]"),
    Case("give -qvn3 ann Acme", "give count=3 quiet= verbose= [ann] [Acme]"),
    Case("give -n 3 ann Acme", "give count=3 [ann] [Acme]"),
    Case("give -n -3 ann Acme", "give count=-3 [ann] [Acme]"),
    Case("give -q --quiet ann Acme", "give quiet=, [ann] [Acme]"),
    Case("give --tag a --tag= --tag c ann Acme", "give tag=a,,c [ann] [Acme]"),
    Case("give -- -ann --json", "give [-ann] [--json]"),
    Case("-- give ann Acme", "give [ann] [Acme]"),
    Case("give ann -- -- -", "give [ann] [--] [-]"),
    Case("give - 42", "give [-] [42]"),
    Case("list", "list"),
    Case("list all", "list [all]"),
    Case("schema list", "schema list"),
    Case("--help", "tool --help"),
    Case("-h", "tool --help"),
    Case("help", "tool --help"),
    Case("help schema list", "tool schema list --help"),
    Case("schema help list", "tool schema list --help"),
    Case("schema --help", "tool schema --help"),
    Case("give --help --nonsense", "tool give --help"),
    Case("give ann -h", "tool give --help"),
    Case("--version", "version"),
    Case("give --vers", "version"),
    Case("", "desk"),
    Case("--db x", "desk db=x"),
    Case("./give", "desk [./give]"),
    Case("x.db --mouse", "desk mouse= [x.db]"),
    Case("known", "desk [known]"),
  ]

  @Test(arguments: understood) func understands(_ one: Case) {
    #expect(SmallTree.meaning(of: one.call, files: ["known", "list"]) == one.meaning)
  }

  static let refused = [
    Case("giev ann", "tool: unknown command 'giev'; did you mean 'give'?"),
    Case("sche list", "tool: unknown command 'sche'; did you mean 'schema'?"),
    Case("zebra", "tool: unknown command 'zebra'"),
    Case("''", "tool: unknown command ''"),
    Case("help zebra", "tool: unknown command 'zebra'"),
    Case("schema lits", "tool schema: unknown command 'lits'; did you mean 'list'?"),
    Case("schema", "tool schema: a command is missing"),
    Case("schema x.db", "tool schema: unknown command 'x.db'"),
    Case("x.db list", "tool: unexpected argument 'list'"),
    Case("give --quite ann", "tool give: unknown option '--quite'; did you mean '--quiet'?"),
    Case("give --zebra=1 ann", "tool give: unknown option '--zebra'"),
    Case("give -x ann", "tool give: unknown option '-x'"),
    Case("give -qx ann", "tool give: unknown option '-x'"),
    Case("--company Acme give ann", "tool: unknown option '--company'"),
    Case("give --co Acme", "tool give: option '--co' can mean --company, --count, --color"),
    Case("give --quiet=yes ann", "tool give: option '--quiet' takes no value"),
    Case("give ann --count", "tool give: option '--count' needs a value: --count N"),
    Case("give ann -n", "tool give: option '-n' needs a value: -n N"),
    Case("give --count= ann Acme", "tool give: the value of --count is empty"),
    Case(
      "give --company A --company B ann", "tool give: option '--company' is given more than once"),
    Case("give", "tool give: the argument USER is missing"),
    Case("give ann", "tool give: the argument COMPANY is missing"),
    Case("give '' Acme", "tool give: USER is empty"),
    Case("give ann Acme ''", "tool give: COMPANY is empty"),
    Case("list all some", "tool list: unexpected argument 'some'"),
    Case(
      "list ale", "tool list: WHAT is 'ale', but must be one of: all, some; did you mean 'all'?"),
    Case(
      "give --on-dup never ann Acme",
      "tool give: --on-duplicate is 'never', but must be one of: ignore, error"),
    Case(
      "--format xml",
      "tool: --format is 'xml', but must be one of: table, json, csv, tsv, "
        + "tap, junit"),
  ]

  @Test(arguments: refused) func refuses(_ one: Case) {
    #expect(SmallTree.meaning(of: one.call) == one.meaning)
  }

  @Test func combiningMarksBehindSeparatorsDoNotHideThem() {
    #expect(SmallTree.meaning(of: ["--db=\u{301}x", "list"]) == "list db=\u{301}x")
    #expect(SmallTree.meaning(of: ["list", "-\u{301}"]) == "tool list: unknown option '-\u{301}'")
  }
}

struct GlobalOptionsTests {
  private func options(
    _ given: [String: [String]], _ environment: [String: String] = [:]
  ) throws -> GlobalOptions {
    try GlobalOptions(ParsedArguments(options: given), environment: environment)
  }

  @Test func theOptionGoesBeforeTheEnvironment() throws {
    let environment = ["COMPANY_ACCESS_DB": "there"]
    #expect(try options([:], environment).database == "there")
    #expect(try options(["db": ["here"]], environment).database == "here")
    #expect(try options([:], ["COMPANY_ACCESS_DB": ""]).database == nil)
  }

  @Test func jsonIsAFormat() throws {
    #expect(try options(["json": [""]]).format == .json)
    #expect(try options(["json": [""], "format": ["json"]]).format == .json)
    #expect(try options(["format": ["csv", "tsv"]]).format == .tsv)
    #expect(throws: UsageProblem.conflict("--json", "--format csv")) {
      try options(["json": [""], "format": ["csv"]])
    }
  }

  @Test func colourNeedsATerminalOrInsistence() {
    #expect(ColorChoice.auto.isOn(onTerminal: true, environment: [:]))
    #expect(ColorChoice.auto.isOn(onTerminal: true, environment: ["NO_COLOR": ""]))
    #expect(!ColorChoice.auto.isOn(onTerminal: true, environment: ["NO_COLOR": "1"]))
    #expect(!ColorChoice.auto.isOn(onTerminal: true, environment: ["TERM": "dumb"]))
    #expect(!ColorChoice.auto.isOn(onTerminal: false, environment: [:]))
    #expect(ColorChoice.always.isOn(onTerminal: false, environment: ["NO_COLOR": "1"]))
    #expect(!ColorChoice.never.isOn(onTerminal: true, environment: [:]))
  }
}

struct SuggestionTests {
  @Test(arguments: [
    ("grnt", "grant"), ("garnt", "grant"), ("revok", "revoke"), ("xyzzy", nil), ("stat", "stats"),
    ("export-all", nil), ("compan", "companies"), ("", nil),
  ])
  func findsWhatWasMeant(word: String, meant: String?) {
    let words = ["grant", "revoke", "stats", "export", "import", "companies"]
    #expect(Suggestion.nearest(to: word, among: words) == meant)
  }

  @Test func countsSwapsAsOne() {
    let distance = { (one: String, other: String) in
      Suggestion.distance(Array(one.unicodeScalars), Array(other.unicodeScalars))
    }
    #expect(distance("ab", "ba") == 1)
    #expect(distance("", "abc") == 3)
    #expect(distance("kitten", "sitting") == 3)
    #expect(distance("same", "same") == 0)
  }
}
