/// The words of a call, sorted by the parser into options and arguments.
///
/// Commands do not see it: they read the properties that they declare.
struct ParsedArguments: Hashable, Sendable {
  /// The values of each option that was given, by its long name; empty strings for one without.
  var options: [String: [String]] = [:]
  /// The arguments, in order.
  var arguments: [String] = []

  /// Whether the option was given.
  func has(_ option: String) -> Bool { options[option] != nil }
}
