internal import CompanyAccess

/// What a word of the call stands for: its name in help texts, what the shell completes it with, and
/// how it becomes a value.
struct WordType<Value> {
  /// The name in capitals, as in the help text.
  let name: String
  let kind: ValueKind
  /// Makes the value of a word; the label names the option or argument in a message.
  let value: (_ word: String, _ label: String) throws(UsageProblem) -> Value

  init(
    _ name: String, _ kind: ValueKind,
    _ value: @escaping (_ word: String, _ label: String) throws(UsageProblem) -> Value
  ) {
    self.name = name
    self.kind = kind
    self.value = value
  }
}

extension WordType where Value == String {
  /// A word that is taken as it is.
  static func text(_ name: String, completedAs kind: ValueKind = .text) -> Self {
    WordType(name, kind) { (word, _) throws(UsageProblem) in word }
  }

  static var user: Self { .text("USER", completedAs: .user) }
  static var company: Self { .text("COMPANY", completedAs: .company) }
  static var role: Self { .text("ROLE", completedAs: .role) }
  static var file: Self { .text("FILE", completedAs: .file) }
  /// A number whose range depends on other options; `CommandNumber.read` makes it one.
  static var numeral: Self { .text("N", completedAs: .number) }
}

extension WordType where Value == Int {
  /// A whole number in decimal digits alone.
  static func number(in range: ClosedRange<Int>) -> Self {
    WordType("N", .number) { (word, label) throws(UsageProblem) in
      try CommandNumber.read(word, label, in: range)
    }
  }

  /// How many rows at most.
  static var rows: Self { .number(in: 1...Int.max) }
}

extension WordType where Value == Timestamp {
  /// A time of the past; a date stands for one of its edges.
  static func time(_ edge: TimeText.Edge) -> Self {
    WordType("TIME", .text) { (word, label) throws(UsageProblem) in
      do throws(TimeTextError) {
        return try TimeText.parse(word, edge)
      } catch {
        throw .badTime(label, error)
      }
    }
  }
}

extension WordType where Value == Timestamp {
  /// When something was decided: a day stays a day.
  static var decision: Self {
    WordType("DATE", .text) { (word, label) throws(UsageProblem) in
      do throws(TimeTextError) {
        return try TimeText.decision(word)
      } catch {
        throw .badTime(label, error)
      }
    }
  }
}

extension WordType where Value == Duration {
  /// A length of time: a number of hours, days or weeks.
  static var span: Self {
    WordType("SPAN", .text) { (word, label) throws(UsageProblem) in
      let hours: [Character: Int] = ["h": 1, "d": 24, "w": 168]
      guard let unit = word.last.flatMap({ hours[$0] }),
        let number = CommandNumber.digits(String(word.dropLast())), (0...100_000).contains(number)
      else { throw .badValue(label, value: word, expected: UsageProblem.span) }
      return .seconds(number * unit * 3_600)
    }
  }
}

extension WordType where Value == ChangeID {
  /// The number of a change.
  static var change: Self {
    WordType("CHANGE", .number) { (word, label) throws(UsageProblem) in
      guard let number = CommandNumber.digits(word), number > 0 else {
        throw .badValue(label, value: word, expected: UsageProblem.changeNumber)
      }
      return ChangeID(Int64(number))
    }
  }
}

extension WordType where Value: RawRepresentable & CaseIterable, Value.RawValue == String {
  /// One of the words of an enumeration.
  static func choice(_ name: String) -> Self {
    let choices = Value.allCases.map(\.rawValue)
    return WordType(name, .choice(choices)) { (word, label) throws(UsageProblem) in
      guard let value = Value(rawValue: word) else {
        throw .badChoice(label, value: word, choices: choices)
      }
      return value
    }
  }
}

/// Whole numbers in the words of a call.
enum CommandNumber {
  /// A number in a range.
  static func read(
    _ word: String, _ label: String, in range: ClosedRange<Int>
  ) throws(UsageProblem) -> Int {
    if let number = digits(word), range.contains(number) { return number }
    throw .badValue(label, value: word, expected: UsageProblem.wholeNumber(in: range))
  }

  /// A number in decimal digits alone: no sign, no space, and nothing too large.
  static func digits(_ text: String) -> Int? {
    guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    return Int(text)
  }
}
