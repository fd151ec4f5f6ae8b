import CompanyAccess

@testable import AccessDesk

/// A command of a tree for tests, with options and arguments of every sort.
struct ProbeCommand: Command {
  enum OnDuplicate: String, CaseIterable { case ignore, error }
  enum Target: Equatable {
    case companies(user: String, [String])
    case users(company: String, [String])
  }

  @ArgumentForms(
    .usual(.one(.user, help: "Who."), .several(.company, help: "What.")) {
      .companies(user: $0, $1)
    },
    .option(.value("company", .company, help: "To."), .several(.user, help: "Who.")) {
      .users(company: $0, $1)
    })
  var target: Target
  @Option("count", short: "n", .number(in: 0...9), help: "N.") var count: Int?
  @Flag("quiet", short: "q", help: "Say nothing.") var quiet: Bool
  @Flag("verbose", short: "v", help: "Say more.") var verbose: Bool
  @Option(.tags) var tags: [String]
  @Option("on-duplicate", .choice("WHAT"), help: "What to do.") var onDuplicate: OnDuplicate?
  @Option(.required("since", .time(.start), help: "Since when.")) var since: Timestamp

  let info = CommandInfo(abstract: "give things to people")

  func check() throws(UsageProblem) { try $quiet.excludes($verbose) }
  func run(_ context: CommandContext) throws -> ExitCode { .done }
}

extension OptionDeclaration<[String]> {
  fileprivate static var tags: Self {
    .repeated("tag", .text("TAG"), help: "Tags.", allowsEmpty: true)
  }
}

/// A command with one optional argument.
struct ListCommand: Command {
  enum What: String, CaseIterable { case all, some }

  @Argument(.optional(.choice("WHAT"), help: "Which.")) var what: What?

  let info = CommandInfo(abstract: "list things")
  func run(_ context: CommandContext) throws -> ExitCode { .done }
}

enum SmallTree {
  static let root = CommandNode(
    "tool", abstract: "a tool",
    subcommands: [
      CommandNode("give") { ProbeCommand() }, CommandNode("list") { ListCommand() },
      CommandNode(
        "schema", abstract: "look after the schema",
        subcommands: [CommandNode("list") { ListCommand() }]),
    ])
  static let globals = GlobalOptions.everywhere + GlobalOptions.ofTheDesk

  /// What a call means, as one line that tests compare.
  static func meaning(of words: [String], files: [String] = []) -> String {
    do {
      let parser = CommandParser(root: root, globals: globals) { files.contains($0) }
      switch try parser.parse(words) {
      case .command(let path, let parsed): return path.words + write(parsed)
      case .desk(let parsed): return "desk" + write(parsed)
      case .help(let path): return path.map(\.name).joined(separator: " ") + " --help"
      case .version: return "version"
      }
    } catch {
      return "\(error.path.joined(separator: " ")): \(error.problem)"
    }
  }

  private static func write(_ parsed: ParsedArguments) -> String {
    let options = parsed.options.sorted { $0.key < $1.key }
      .map { " \($0.key)=\($0.value.joined(separator: ","))" }
    return options.joined() + parsed.arguments.map { " [\($0)]" }.joined()
  }
}
