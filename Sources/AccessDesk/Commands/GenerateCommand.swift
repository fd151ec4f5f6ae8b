internal import CompanyAccess

/// `generate PATH`: makes a database with test data.
struct GenerateCommand: Command, Hashable {
  var path: String
  var data: TestData

  static let info = CommandInfo(
    name: "generate",
    abstract: "make a database with test data",
    discussion: [
      """
      People and companies do not exist, and grants are spread unevenly, as in real life. The same \
      figures make the same file, byte for byte.
      """
    ],
    options: [
      number("users", "How many users; 1,000 if not given."),
      number("companies", "How many companies; 50 if not given."),
      number("grants", "How many grants; a tenth of all pairs if not given."),
      number("seed", "Which of many possible databases; 1 if not given."),
    ],
    forms: [
      ArgumentForm(arguments: [
        ArgumentInfo(name: "PATH", kind: .file, help: "Where to make it.")
      ])
    ],
    examples: [
      CommandExample(
        purpose: "a large one",
        call: "generate big.db --users 1000000 --companies 10000 --grants 10000000 --seed 7")
    ], writes: true)

  private static func number(_ name: String, _ help: String) -> OptionInfo {
    OptionInfo(long: name, value: OptionValue(name: "N", kind: .number), help: help)
  }

  init(_ parsed: ParsedArguments) throws(UsageProblem) {
    path = parsed.arguments.first ?? ""
    let users = try parsed.number("users", in: 0...100_000_000) ?? 1_000
    let companies = try parsed.number("companies", in: 0...1_000_000) ?? 50
    let grants = try parsed.number("grants", in: 0...users * companies) ?? users * companies / 10
    data = TestData(
      users: users, companies: companies, grants: grants,
      seed: try parsed.number("seed", in: 0...Int.max) ?? 1)
  }

  func run(_ context: CommandContext) throws -> ExitCode {
    try CancellableRun.run(context.console) { try AccessStore.generate(path, data, work: $0) }
    context.console.say("made \(path)")
    return .done
  }
}
