internal import Database

/// The arguments of a statement that is composed of parts.
///
/// A part binds a value where it needs one and writes the name of the parameter into its text; the
/// same name may stand in several places.
struct Bindings {
  private(set) var values: [Value] = []

  /// Takes a value and gives the parameter that stands for it.
  mutating func bind(_ value: Value) -> String {
    values.append(value)
    return "?\(values.count)"
  }
}
