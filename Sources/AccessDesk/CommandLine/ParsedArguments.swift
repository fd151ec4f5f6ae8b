/// The words of a call, sorted into options and arguments.
struct ParsedArguments: Hashable, Sendable {
  /// The values of each option that was given, by its long name; empty strings for one without.
  var options: [String: [String]] = [:]
  /// The arguments, in order.
  var arguments: [String] = []

  /// Whether the option was given.
  func has(_ option: String) -> Bool { options[option] != nil }

  /// The value of an option, the last if there are several.
  subscript(option: String) -> String? { options[option]?.last }

  /// The value of an option that must be a whole number in a range.
  func number(_ option: String, in range: ClosedRange<Int>) throws(UsageProblem) -> Int? {
    guard let text = self[option] else { return nil }
    if let number = ParsedArguments.digits(text), range.contains(number) { return number }
    let expected =
      range.upperBound == .max
      ? "a whole number from \(range.lowerBound)"
      : "a whole number from \(range.lowerBound) to \(range.upperBound)"
    throw .badValue("--\(option)", value: text, expected: expected)
  }

  /// Fails if both options were given.
  func exclude(_ one: String, _ other: String) throws(UsageProblem) {
    if has(one), has(other) { throw .conflict("--\(one)", "--\(other)") }
  }

  /// A number in decimal digits alone: no sign, no space, and nothing too large.
  static func digits(_ text: String) -> Int? {
    guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    return Int(text)
  }
}
