internal import CompanyAccess

/// The options that fill in the fields of a user or company, and `--set` for all other columns.
struct FieldOptions: CommandInputGroup {
  private let fields: [(field: String, option: Option<String?>)]
  @Option(.set) private var set: [String]

  /// - Parameters:
  ///   - kind: Whose fields.
  ///   - field: A field that an argument fills, which has no option then.
  init(_ kind: CommandKind, without field: String? = nil) {
    fields = kind.fields.filter { $0.field != field }.map { ($0.field, Option($0.option)) }
  }

  var inputs: [any CommandInput] { fields.map(\.option) + [_set] }

  /// The names of the options, as messages have them.
  var labels: [String] { fields.map(\.option.projectedValue.label) + [$set.label] }

  /// What the call says, by field.
  ///
  /// - Parameter name: The argument that fills a field too, with its text; nil if none does.
  /// - Returns: The text for each field.
  /// - Throws: `.contradiction` if two words say different things of one field, `.badValue` for a
  ///   `--set` without a column.
  func values(
    name: (label: String, field: String, text: String)? = nil
  ) throws(UsageProblem) -> [String: String] {
    var values: [String: String] = [:]
    var sources: [String: String] = [:]
    func take(_ value: String, for field: String, by source: String) throws(UsageProblem) {
      if let earlier = values[field], !earlier.utf8.elementsEqual(value.utf8) {
        throw .contradiction(sources[field] ?? source, source, field: field)
      }
      (values[field], sources[field]) = (value, source)
    }
    if let name { try take(name.text, for: name.field, by: name.label) }
    for (field, option) in fields {
      guard let text = option.wrappedValue else { continue }
      try take(text, for: field, by: option.projectedValue.label)
    }
    for text in set {
      let parts = text.utf8.split(separator: 0x3D, maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2, let column = String(parts[0]), let value = String(parts[1]) else {
        throw .badValue($set.label, value: text, expected: "COLUMN=VALUE")
      }
      try take(value, for: column, by: "\($set.label) \(column)")
    }
    return values
  }
}

extension OptionDeclaration<[String]> {
  fileprivate static var set: Self {
    .repeated(
      "set", .text("COLUMN=VALUE"),
      help: "Set a column that has no option of its own; may be repeated.")
  }
}
