/// A command: its options and arguments are its properties.
///
/// Each is declared once, as a property with the wrapper `Option`, `Flag`, `Argument` or
/// `ArgumentForms`, or as a group of them (`CommandInputGroup`). Parser, help texts, manual page,
/// completions and `docs/cli.md` find the properties by reflection, so that a command can read
/// nothing that it has not declared. The values are there from `check` on.
protocol Command {
  var info: CommandInfo { get }
  /// Whether this call changes a database.
  var writes: Bool { get }
  /// Whether `--format` may name a format of test programs.
  var takesTestFormats: Bool { get }
  /// Says by throwing that options do not go together.
  func check() throws(UsageProblem)
  func run(_ context: CommandContext) throws -> ExitCode
}

extension Command {
  var writes: Bool { info.writes }
  var takesTestFormats: Bool { false }
  func check() throws(UsageProblem) {}
}

/// A command in the tree of commands, or a word that stands in front of several.
struct CommandNode: Sendable {
  /// The word that calls it.
  let name: String
  let subcommands: [CommandNode]
  /// Makes the command, with no values yet; nil for a word in front of several commands.
  private let command: (@Sendable () -> any Command)?
  private let groupInfo: CommandInfo

  /// A command, which is made only when it is called or described.
  init(_ name: String, _ command: @escaping @Sendable () -> any Command) {
    self.name = name
    self.command = command
    subcommands = []
    groupInfo = CommandInfo(abstract: "")
  }

  /// A word in front of several commands.
  init(
    _ name: String, abstract: String, discussion: [String] = [], subcommands: [CommandNode]
  ) {
    self.name = name
    self.subcommands = subcommands
    command = nil
    groupInfo = CommandInfo(abstract: abstract, discussion: discussion)
  }

  /// What is said about it.
  var info: CommandInfo { command?().info ?? groupInfo }

  /// Its options and arguments.
  var inputs: CommandInputs { command.map { CommandInputs(of: $0()) } ?? CommandInputs() }

  /// Whether it can be run.
  var isCommand: Bool { command != nil }

  /// The command with the values of a call; nil for a word in front of several commands.
  ///
  /// - Parameter parsed: The words of the call, which the parser has checked against `inputs`.
  /// - Returns: The command, ready to run.
  /// - Throws: The `UsageProblem` of the first value that means nothing, or what `check` throws.
  func make(_ parsed: ParsedArguments) throws(UsageProblem) -> (any Command)? {
    guard let command = command?() else { return nil }
    try CommandInputs(of: command).read(parsed)
    try command.check()
    return command
  }

  /// The subcommand with exactly this name.
  func subcommand(_ name: String) -> CommandNode? {
    subcommands.first { $0.name == name }
  }
}
