internal import CompanyAccess

/// `generate PATH`: makes a database with test data.
struct GenerateCommand: Command {
  @Argument(.text("PATH", completedAs: .file), help: "Where to create it.") var path: String
  @Option(
    "users", .number(in: 0...100_000_000), help: "The number of users; 1,000 if not given.")
  var users: Int?
  @Option(
    "companies", .number(in: 0...1_000_000), help: "The number of companies; 50 if not given.")
  var companies: Int?
  @Option("grants", .numeral, help: "The number of grants; a tenth of all pairs if not given.")
  var grants: String?
  @Option(
    "seed", .number(in: 0...Int.max),
    help: "Selects one of many possible databases; 1 if not given.")
  var seed: Int?

  let info = CommandInfo(
    abstract: "create a database with test data",
    discussion: [
      """
      People and companies are invented, and grants are spread unevenly, as in real life. The \
      same numbers make the same file, byte for byte. PATH may be the location of an empty database \
      of a PostgreSQL server.
      """
    ],
    examples: [
      CommandExample(
        purpose: "a large database",
        call: "generate big.db --users 1000000 --companies 10000 --grants 10000000 --seed 7")
    ], writes: true)

  func check() throws(UsageProblem) { _ = try data() }

  /// What is made; there cannot be more grants than pairs.
  private func data() throws(UsageProblem) -> TestData {
    let (users, companies) = (users ?? 1_000, companies ?? 50)
    var count = users * companies / 10
    if let grants {
      count = try CommandNumber.read(grants, $grants.label, in: 0...users * companies)
    }
    return TestData(users: users, companies: companies, grants: count, seed: seed ?? 1)
  }

  func run(_ context: CommandContext) throws -> ExitCode {
    let data = try data()
    if ServerLocation.isOne(path) { try ServerLocation.check(path, isArgument: true) }
    try CancellableRun.run(context.console) { try AccessStore.generate(path, data, work: $0) }
    context.console.say(CommandMessages.made(path))
    return .done
  }
}
