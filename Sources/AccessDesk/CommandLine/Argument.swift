/// The declaration of an argument: what people read about it, and how its words become the value.
struct ArgumentDeclaration<Value> {
  let info: ArgumentInfo
  /// Makes the value of the words that were given for it.
  let value: (_ words: [String]) throws(UsageProblem) -> Value

  /// Takes the words of this argument and makes the value.
  func read(_ words: inout InputWords) throws(UsageProblem) -> Value {
    try value(words.take(info))
  }
}

/// An argument of a command; several stand in the order of the properties.
@propertyWrapper
struct Argument<Value>: CommandInput {
  private let declaration: ArgumentDeclaration<Value>
  private let cell = InputCell<Value>()

  init(_ declaration: ArgumentDeclaration<Value>) { self.declaration = declaration }

  var wrappedValue: Value { cell.read() }

  func declare(in inputs: inout CommandInputs) { inputs.add(declaration.info) }

  func read(_ words: inout InputWords) throws(UsageProblem) {
    cell.fill(try declaration.read(&words), isGiven: true)
  }
}

extension Argument {
  /// An argument that must be given.
  init(_ type: WordType<Value>, help: String) { self.init(.one(type, help: help)) }
}

extension ArgumentDeclaration {
  /// An argument that must be given.
  static func one(_ type: WordType<Value>, help: String) -> Self {
    let info = ArgumentInfo(name: type.name, kind: type.kind, help: help)
    return ArgumentDeclaration(info: info) { (words) throws(UsageProblem) in
      guard let word = words.first else { throw .missingArgument(info.name) }
      return try type.value(word, info.name)
    }
  }

  /// An argument that may be left out.
  static func optional<Word>(
    _ type: WordType<Word>, help: String
  ) -> Self where Value == Word? {
    let info = ArgumentInfo(name: type.name, kind: type.kind, help: help, isOptional: true)
    return ArgumentDeclaration(info: info) { (words) throws(UsageProblem) in
      guard let word = words.first else { return nil }
      return try type.value(word, info.name)
    }
  }

  /// An argument of one word or several, behind all others.
  static func several<Word>(
    _ type: WordType<Word>, help: String
  ) -> Self where Value == [Word] {
    let info = ArgumentInfo(name: type.name, kind: type.kind, help: help, repeats: true)
    return ArgumentDeclaration(info: info) { (words) throws(UsageProblem) in
      var values: [Word] = []
      for word in words { values.append(try type.value(word, info.name)) }
      return values
    }
  }
}
