/// What help texts, the manual page and `docs/cli.md` say about a command.
struct CommandInfo: Sendable {
  /// What it does, in half a line, without a full stop.
  var abstract: String
  /// What else there is to know: paragraphs, each one string.
  var discussion: [String] = []
  var examples: [CommandExample] = []
  /// Whether it changes a database, so that `--read-only` refuses it, also its dry run.
  var writes = false
}

/// A call that shows how a command is used.
struct CommandExample: Sendable {
  /// What it does.
  var purpose: String
  /// The words after `company-access`.
  var call: String
}

/// The arguments that a command takes when a certain option is given, or when none is.
struct ArgumentForm: Sendable {
  /// The name of the option that chooses this form; nil for the usual form.
  var option: String?
  var arguments: [ArgumentInfo] = []
}

/// What is known about one argument: a word of the call that is no option.
struct ArgumentInfo: Sendable {
  /// Its name in capitals, as in the usage line.
  var name: String
  var kind: ValueKind
  var help: String
  var isOptional = false
  /// Only for the last one: any number of words, but at least one if it is not optional.
  var repeats = false
}

/// What is known about one option.
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
  /// What the program shows at once when the option is given, instead of running a command.
  var answer: ProgramAnswer?

  /// Whether it is called by this name.
  func isCalled(_ name: String) -> Bool { name == long || name == earlierName }

  /// The option as messages name it.
  var dashed: String { "--\(long)" }
}

/// What the program shows instead of running a command.
enum ProgramAnswer: Sendable {
  case help
  case version
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
