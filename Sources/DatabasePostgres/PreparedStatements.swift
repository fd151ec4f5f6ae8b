/// The statements that the server has compiled for a session, by their text and the types of their
/// parameters.
struct PreparedStatements {
  /// What tells statements apart.
  struct Key: Hashable {
    let text: String
    let types: [UInt32]
  }

  private var names: [Key: (name: String, used: Int)] = [:]
  private var clock = 0
  private let limit: Int

  /// - Parameter limit: How many are kept.
  init(limit: Int = 64) { self.limit = limit }

  /// The name of a statement that is there; nil if it is not.
  mutating func name(of key: Key) -> String? {
    guard let entry = names[key] else { return nil }
    clock += 1
    names[key] = (entry.name, clock)
    return entry.name
  }

  /// The name for a statement that is compiled next.
  mutating func newName() -> String {
    clock += 1
    return "s\(clock)"
  }

  /// Remembers a statement that was compiled.
  ///
  /// - Returns: The name of the one that was not used for the longest time, if there are too many:
  ///   the server is to forget it.
  mutating func add(_ key: Key, _ name: String) -> String? {
    names[key] = (name, clock)
    guard names.count > limit, let oldest = names.min(by: { $0.value.used < $1.value.used }) else {
      return nil
    }
    names[oldest.key] = nil
    return oldest.value.name
  }

  /// Forgets a statement that the server does not accept any more.
  mutating func forget(_ key: Key) { names[key] = nil }

  /// How many there are.
  var count: Int { names.count }
}
