@testable import AccessDesk

/// A command of a tree for tests; it keeps the words that it was called with.
struct ProbeCommand: Command {
  let parsed: ParsedArguments

  static let info = CommandInfo(
    name: "give",
    abstract: "give things to people",
    options: [
      OptionInfo(long: "company", value: OptionValue(name: "COMPANY", kind: .company), help: "To."),
      OptionInfo(
        long: "count", short: "n", value: OptionValue(name: "N", kind: .number), help: "N."),
      OptionInfo(long: "quiet", short: "q", help: "Say nothing."),
      OptionInfo(long: "verbose", short: "v", help: "Say more."),
      OptionInfo(
        long: "tag", value: OptionValue(name: "TAG", kind: .text), help: "Tags.", repetition: .all,
        allowsEmpty: true),
      OptionInfo(
        long: "on-duplicate", value: OptionValue(name: "WHAT", kind: .choice(["ignore", "error"])),
        help: "What to do."),
    ],
    forms: [
      ArgumentForm(arguments: [
        ArgumentInfo(name: "USER", kind: .user, help: "Who."),
        ArgumentInfo(name: "COMPANY", kind: .company, help: "What.", repeats: true),
      ]),
      ArgumentForm(
        option: "company",
        arguments: [ArgumentInfo(name: "USER", kind: .user, help: "Who.", repeats: true)]),
    ])

  init(_ parsed: ParsedArguments) throws(UsageProblem) { self.parsed = parsed }
  func run(_ context: CommandContext) throws -> ExitCode { .done }
}

/// A command with one optional argument.
struct ListCommand: Command {
  static let info = CommandInfo(
    name: "list", abstract: "list things",
    forms: [
      ArgumentForm(arguments: [
        ArgumentInfo(
          name: "WHAT", kind: .choice(["all", "some"]), help: "Which.", isOptional: true)
      ])
    ])
  init(_ parsed: ParsedArguments) throws(UsageProblem) {}
  func run(_ context: CommandContext) throws -> ExitCode { .done }
}

enum SmallTree {
  static let root = CommandNode(
    info: CommandInfo(name: "tool", abstract: "a tool"),
    subcommands: [
      CommandNode(ProbeCommand.self), CommandNode(ListCommand.self),
      CommandNode(
        info: CommandInfo(name: "schema", abstract: "look after the schema"),
        subcommands: [CommandNode(ListCommand.self)]),
    ])
  static let globals = GlobalOptions.everywhere + GlobalOptions.ofTheDesk

  /// What a call means, as one line that tests compare.
  static func meaning(of words: [String], files: [String] = []) -> String {
    do {
      let parser = CommandParser(root: root, globals: globals) { files.contains($0) }
      switch try parser.parse(words) {
      case .command(let path, let parsed): return path.words + write(parsed)
      case .desk(let parsed): return "desk" + write(parsed)
      case .help(let path): return path.map(\.info.name).joined(separator: " ") + " --help"
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
