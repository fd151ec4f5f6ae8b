/// One way to call a command: which arguments it has, which option chooses it, and its value.
struct CommandForm<Value> {
  /// The option that chooses it; nil for the usual form.
  let option: OptionInfo?
  /// An option that means something in this form only.
  var own: OptionInfo?
  let arguments: [ArgumentInfo]
  /// Makes the value of the words of a call.
  let value: (inout InputWords) throws(UsageProblem) -> Value

  /// What a message calls it.
  var label: String { option?.dashed ?? arguments.first?.name ?? "" }
}

/// A choice between several ways to call a command, such as `USER COMPANY...` or
/// `--company COMPANY USER...`.
///
/// The options that choose exclude each other. Where no form is the usual one, one of the options has
/// to be given.
@propertyWrapper
struct ArgumentForms<Value>: CommandInput {
  private let forms: [CommandForm<Value>]
  private let cell = InputCell<Value>()

  init(_ forms: CommandForm<Value>...) { self.forms = forms }

  var wrappedValue: Value { cell.read() }

  func declare(in inputs: inout CommandInputs) {
    for form in forms {
      for option in [form.option, form.own].compactMap(\.self) { inputs.add(option) }
      inputs.add(ArgumentForm(option: form.option?.long, arguments: form.arguments))
    }
  }

  func read(_ words: inout InputWords) throws(UsageProblem) {
    let chosen = forms.filter { $0.option.map { words.texts(of: $0) != nil } ?? false }
    if chosen.count > 1 { throw .conflict(chosen[0].label, chosen[1].label) }
    guard let form = chosen.first ?? forms.first(where: { $0.option == nil }) else {
      throw .needsOneOf(forms.compactMap { $0.option?.dashed })
    }
    for other in forms where other.label != form.label {
      if let own = other.own, words.texts(of: own) != nil {
        throw .conflict(form.label, own.dashed)
      }
    }
    cell.fill(try form.value(&words), isGiven: true)
  }
}

extension CommandForm {
  /// One argument, when no option chooses another form.
  static func usual<One>(
    _ one: ArgumentDeclaration<One>, make: @escaping (One) -> Value
  ) -> Self {
    CommandForm(option: nil, arguments: [one.info]) { (words) throws(UsageProblem) in
      make(try one.read(&words))
    }
  }

  /// Two arguments, when no option chooses another form.
  static func usual<One, Two>(
    _ one: ArgumentDeclaration<One>, _ two: ArgumentDeclaration<Two>,
    make: @escaping (One, Two) -> Value
  ) -> Self {
    CommandForm(option: nil, arguments: [one.info, two.info]) { (words) throws(UsageProblem) in
      let first = try one.read(&words)
      return make(first, try two.read(&words))
    }
  }

  /// An option with a value, and an argument.
  static func option<Word, One>(
    _ option: OptionDeclaration<Word?>, _ one: ArgumentDeclaration<One>,
    make: @escaping (Word, One) -> Value
  ) -> Self {
    CommandForm(option: option.info, arguments: [one.info]) { (words) throws(UsageProblem) in
      let word = try CommandForm.word(option, words)
      return make(word, try one.read(&words))
    }
  }

  /// An option with a value, and no argument.
  static func option<Word>(
    _ option: OptionDeclaration<Word?>, make: @escaping (Word) -> Value
  ) -> Self {
    CommandForm(option: option.info, arguments: []) { (words) throws(UsageProblem) in
      make(try CommandForm.word(option, words))
    }
  }

  /// An option with a value, and another one that may be given with it.
  static func option<Word, Other>(
    _ option: OptionDeclaration<Word?>, with own: OptionDeclaration<Other?>,
    make: @escaping (Word, Other?) -> Value
  ) -> Self {
    CommandForm(option: option.info, own: own.info, arguments: []) {
      (words) throws(UsageProblem) in
      let word = try CommandForm.word(option, words)
      return make(word, try own.value(words.texts(of: own.info)))
    }
  }

  /// An option without a value, and nothing else.
  static func flag(_ flag: OptionDeclaration<Bool>, make: @escaping () -> Value) -> Self {
    CommandForm(option: flag.info, arguments: []) { (_) throws(UsageProblem) in make() }
  }

  /// An option without a value, and an argument.
  static func flag<One>(
    _ flag: OptionDeclaration<Bool>, _ one: ArgumentDeclaration<One>,
    make: @escaping (One) -> Value
  ) -> Self {
    CommandForm(option: flag.info, arguments: [one.info]) { (words) throws(UsageProblem) in
      make(try one.read(&words))
    }
  }

  /// An option without a value, and two arguments.
  static func flag<One, Two>(
    _ flag: OptionDeclaration<Bool>, _ one: ArgumentDeclaration<One>,
    _ two: ArgumentDeclaration<Two>, make: @escaping (One, Two) -> Value
  ) -> Self {
    CommandForm(option: flag.info, arguments: [one.info, two.info]) {
      (words) throws(UsageProblem) in
      let first = try one.read(&words)
      return make(first, try two.read(&words))
    }
  }

  private static func word<Word>(
    _ option: OptionDeclaration<Word?>, _ words: InputWords
  ) throws(UsageProblem) -> Word {
    guard let word = try option.value(words.texts(of: option.info)) else {
      throw .needsOneOf([option.info.dashed])
    }
    return word
  }
}
