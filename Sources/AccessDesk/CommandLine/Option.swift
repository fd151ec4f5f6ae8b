/// The declaration of an option: what people read about it, and how its words become the value.
struct OptionDeclaration<Value> {
  let info: OptionInfo
  /// Makes the value of the texts behind the option; nil if it was not given.
  let value: (_ texts: [String]?) throws(UsageProblem) -> Value
}

/// An option of a command.
///
/// A property of type `Bool` is true if the option was given, one of an optional type has the last
/// value, an array has all values. The projected value (`$name`) says whether the option was given.
@propertyWrapper
struct Option<Value>: CommandInput {
  private let declaration: OptionDeclaration<Value>
  private let cell = InputCell<Value>()

  init(_ declaration: OptionDeclaration<Value>) { self.declaration = declaration }

  var wrappedValue: Value { cell.read() }
  var projectedValue: GivenOption { GivenOption(info: declaration.info, isGiven: cell.isGiven) }

  var given: GivenOption? { cell.isGiven ? projectedValue : nil }

  func declare(in inputs: inout CommandInputs) { inputs.add(declaration.info) }

  func read(_ words: inout InputWords) throws(UsageProblem) {
    let texts = words.texts(of: declaration.info)
    cell.fill(try declaration.value(texts), isGiven: texts != nil)
  }
}

/// An option that is only there or not.
typealias Flag = Option<Bool>

/// Whether an option was given, and its name, for checks of several options.
struct GivenOption {
  let info: OptionInfo
  let isGiven: Bool

  var label: String { info.dashed }

  /// Fails if this option and another one were given.
  func excludes(_ other: GivenOption) throws(UsageProblem) {
    if isGiven, other.isGiven { throw .conflict(label, other.label) }
  }

  /// Fails if this option was given without the other one.
  func needs(_ other: GivenOption) throws(UsageProblem) {
    if isGiven, !other.isGiven { throw .needs(label, other.label) }
  }
}

extension OptionDeclaration {
  /// An option with a value, which may be left out.
  static func value<Word>(
    _ long: String, short: Unicode.Scalar? = nil, _ type: WordType<Word>, help: String,
    repetition: Repetition = .once, allowsEmpty: Bool = false, earlierName: String? = nil
  ) -> Self where Value == Word? {
    let info = OptionInfo(
      long: long, short: short, value: OptionValue(name: type.name, kind: type.kind), help: help,
      repetition: repetition, allowsEmpty: allowsEmpty, earlierName: earlierName)
    return OptionDeclaration(info: info) { (texts) throws(UsageProblem) in
      guard let text = texts?.last else { return nil }
      return try type.value(text, info.dashed)
    }
  }

  /// An option with a value, which must be given.
  static func required(
    _ long: String, short: Unicode.Scalar? = nil, _ type: WordType<Value>, help: String
  ) -> Self {
    let option = OptionDeclaration<Value?>.value(long, short: short, type, help: help)
    return OptionDeclaration(info: option.info) { (texts) throws(UsageProblem) in
      guard let value = try option.value(texts) else {
        throw .missingArgument("\(option.info.dashed) \(type.name)")
      }
      return value
    }
  }

  /// An option that may be given several times.
  static func repeated<Word>(
    _ long: String, _ type: WordType<Word>, help: String, allowsEmpty: Bool = false
  ) -> Self where Value == [Word] {
    let info = OptionInfo(
      long: long, value: OptionValue(name: type.name, kind: type.kind), help: help,
      repetition: .all, allowsEmpty: allowsEmpty)
    return OptionDeclaration(info: info) { (texts) throws(UsageProblem) in
      var values: [Word] = []
      for text in texts ?? [] { values.append(try type.value(text, info.dashed)) }
      return values
    }
  }
}

extension OptionDeclaration where Value == Bool {
  /// An option that is only there or not.
  static func flag(
    _ long: String, short: Unicode.Scalar? = nil, help: String, answer: ProgramAnswer? = nil
  ) -> Self {
    let info = OptionInfo(long: long, short: short, help: help, answer: answer)
    return OptionDeclaration(info: info) { (texts) throws(UsageProblem) in texts != nil }
  }
}

extension Option {
  /// An option with a value, which may be left out.
  init<Word>(
    _ long: String, short: Unicode.Scalar? = nil, _ type: WordType<Word>, help: String,
    repetition: Repetition = .once, allowsEmpty: Bool = false
  ) where Value == Word? {
    self.init(
      .value(
        long, short: short, type, help: help, repetition: repetition, allowsEmpty: allowsEmpty))
  }
}

extension Option where Value == Bool {
  /// An option that is only there or not.
  init(_ long: String, short: Unicode.Scalar? = nil, help: String) {
    self.init(.flag(long, short: short, help: help))
  }
}
