/// Everything about a command that people read or type.
///
/// The parser, the help texts, the manual page, the completions and `docs/cli.md` all come from
/// these values.
struct CommandInfo: Sendable {
  /// The word that calls it.
  var name: String
  /// What it does, in half a line, without a full stop.
  var abstract: String
  /// What else there is to know: paragraphs, each one string.
  var discussion: [String] = []
  var options: [OptionInfo] = []
  /// The ways to call it; the first is taken when no option chooses another.
  var forms: [ArgumentForm] = [ArgumentForm()]
  var examples: [CommandExample] = []
  /// Left out of help, completions and documents: called by generated scripts only.
  var isHidden = false
  /// Whether it changes a database, so that `--read-only` refuses it unless it is a dry run.
  var writes = false
}

/// Which arguments a command takes, when a certain option is given or when none is.
struct ArgumentForm: Sendable {
  /// The option that chooses this form; nil for the usual form.
  var option: String?
  var arguments: [ArgumentInfo] = []
}

/// One argument: a word that is no option.
struct ArgumentInfo: Sendable {
  /// Its name in capitals, as in the usage line.
  var name: String
  var kind: ValueKind
  var help: String
  var isOptional = false
  /// Only for the last one: any number of words, but at least one if it is not optional.
  var repeats = false
}

/// One option.
struct OptionInfo: Sendable {
  /// Its name, without the two dashes.
  var long: String
  var short: Unicode.Scalar?
  /// What follows it; nil for an option that is only there or not.
  var value: OptionValue?
  var help: String
  var repetition = Repetition.once
  /// Whether an empty value means something.
  var allowsEmpty = false
  /// An earlier name, which still works and is shown nowhere.
  var earlierName: String?

  /// Whether it is called by this name.
  func isCalled(_ name: String) -> Bool { name == long || name == earlierName }
}

/// The value of an option.
struct OptionValue: Sendable {
  /// Its name in capitals, as in the help text.
  var name: String
  var kind: ValueKind
}

/// What it means when an option with a value is given more than once.
enum Repetition: Sendable {
  /// A mistake.
  case once
  /// The last one holds, so that an alias of the shell can set what a call overrides.
  case lastHolds
  /// All of them hold.
  case all
}

/// What a word may be; decides what the shell offers to complete it with.
enum ValueKind: Hashable, Sendable {
  case choice([String])
  case user
  case company
  case role
  /// The actor of a change.
  case actor
  case file
  case text
  case number
}

/// A call that shows how a command is used.
struct CommandExample: Sendable {
  /// What it does.
  var purpose: String
  /// The words after `company-access`.
  var call: String
}

/// A command that can be run: a value made of the words that it was called with.
protocol Command: Sendable {
  static var info: CommandInfo { get }
  init(_ parsed: ParsedArguments) throws(UsageProblem)
  func run(_ context: CommandContext) throws -> ExitCode
}

/// A command in the tree of commands, or a word that stands for several.
struct CommandNode: Sendable {
  var subcommands: [CommandNode] = []
  /// Makes the command from its words; nil for a node that only has subcommands.
  var make: (@Sendable (ParsedArguments) throws(UsageProblem) -> any Command)?
  private let describe: @Sendable () -> CommandInfo

  /// What is said of it, made when it is asked for: a command needs no other's options.
  var info: CommandInfo { describe() }

  /// A command.
  init<C: Command>(_ type: C.Type) {
    describe = { C.info }
    make = { (parsed) throws(UsageProblem) in try C(parsed) }
  }

  /// A word in front of several commands.
  init(info: @autoclosure @escaping @Sendable () -> CommandInfo, subcommands: [CommandNode]) {
    describe = info
    self.subcommands = subcommands
  }

  /// The subcommand with exactly this name.
  func subcommand(_ name: String) -> CommandNode? {
    subcommands.first { $0.info.name == name }
  }

  /// The subcommands that people are told about.
  var visible: [CommandNode] { subcommands.filter { !$0.info.isHidden } }
}
