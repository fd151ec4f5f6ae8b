/// An option, an argument or a choice of them, as a command declares it.
protocol CommandInput {
  /// Adds what is declared to the options and arguments of the command.
  func declare(in inputs: inout CommandInputs)
  /// Takes the value from the words of a call.
  func read(_ words: inout InputWords) throws(UsageProblem)
  /// The option, if it is one and the call has it.
  var given: GivenOption? { get }
}

extension CommandInput {
  var given: GivenOption? { nil }
}

/// Options that several commands declare together, as one property.
protocol CommandInputGroup {
  /// The options, in the order of the help text; those of the properties if nothing else is said.
  var inputs: [any CommandInput] { get }
}

extension CommandInputGroup {
  var inputs: [any CommandInput] { CommandInputs.properties(of: self) }
}

/// An option that a command has for one kind of thing and not for another.
struct OptionalInput<Value>: CommandInputGroup {
  private let option: Option<Value>?

  init(_ declaration: OptionDeclaration<Value>?) { option = declaration.map { Option($0) } }

  var inputs: [any CommandInput] { option.map { [$0] } ?? [] }
  /// The value; nil if there is no such option.
  var value: Value? { option?.wrappedValue }
}

/// The options and arguments that a command declares, in the order of its properties.
struct CommandInputs {
  private(set) var options: [OptionInfo] = []
  /// The ways to call the command; the one without an option is taken when no option chooses another.
  private(set) var forms: [ArgumentForm] = []
  private var members: [any CommandInput] = []

  /// Nothing.
  init() {}

  /// Those of a command or a group, found by reflection.
  init(of declaring: Any) {
    members = CommandInputs.properties(of: declaring)
    for member in members { member.declare(in: &self) }
    if forms.isEmpty { forms = [ArgumentForm()] }
  }

  /// The properties of a value that are options or arguments, those of groups included.
  static func properties(of declaring: Any) -> [any CommandInput] {
    Mirror(reflecting: declaring).children.flatMap { child -> [any CommandInput] in
      if let input = child.value as? any CommandInput { return [input] }
      return (child.value as? any CommandInputGroup)?.inputs ?? []
    }
  }

  /// The options that the call has, once the values are read.
  var given: [GivenOption] { members.compactMap(\.given) }

  mutating func add(_ option: OptionInfo) { options.append(option) }

  mutating func add(_ form: ArgumentForm) { forms.append(form) }

  /// Adds an argument to the usual form.
  mutating func add(_ argument: ArgumentInfo) {
    if let usual = forms.firstIndex(where: { $0.option == nil }) {
      forms[usual].arguments.append(argument)
    } else {
      forms.append(ArgumentForm(arguments: [argument]))
    }
  }

  /// Gives every property its value.
  func read(_ parsed: ParsedArguments) throws(UsageProblem) {
    var words = InputWords(parsed)
    for member in members { try member.read(&words) }
  }

  /// The form of arguments that the options of a call choose.
  func form(for parsed: ParsedArguments) -> ArgumentForm {
    forms.first { $0.option.map(parsed.has) ?? false }
      ?? forms.first { $0.option == nil } ?? ArgumentForm()
  }

  /// The arguments of all forms, each once.
  var distinctArguments: [ArgumentInfo] {
    var found: [ArgumentInfo] = []
    for argument in forms.flatMap(\.arguments)
    where !found.contains(where: { $0.name == argument.name }) {
      found.append(argument)
    }
    return found
  }
}

/// The words of a call while the properties of a command take their values from them.
struct InputWords {
  private let parsed: ParsedArguments
  /// The arguments that no property has taken yet.
  private var rest: ArraySlice<String>

  init(_ parsed: ParsedArguments) {
    self.parsed = parsed
    rest = parsed.arguments[...]
  }

  /// The texts behind an option, in the order of the call; nil if it was not given.
  func texts(of option: OptionInfo) -> [String]? { parsed.options[option.long] }

  /// The next word for an argument, or all of them for one that repeats.
  mutating func take(_ argument: ArgumentInfo) -> [String] {
    let words = argument.repeats ? Array(rest) : Array(rest.prefix(1))
    rest = rest.dropFirst(words.count)
    return words
  }
}

/// The place in which an option or argument keeps its value: it is filled once, before the command
/// is checked and run.
final class InputCell<Value> {
  private var value: Value?
  /// Whether the call has the option or argument.
  private(set) var isGiven = false

  func fill(_ value: Value, isGiven: Bool) {
    self.value = value
    self.isGiven = isGiven
  }

  /// The value; the program ends if it is read before there was a call.
  func read() -> Value {
    guard let value else { preconditionFailure("an option was read before the call was") }
    return value
  }
}
