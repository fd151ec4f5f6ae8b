internal import CompanyAccess

/// What tells the commands about users from those about companies.
protocol EntityCommandKind: Sendable {
  static var kind: EntityKind { get }
  /// The argument that names one who is there.
  static var argument: ArgumentInfo { get }
  /// The argument that names one who is added, and the field that it fills.
  static var newName: (argument: ArgumentInfo, field: String) { get }
  /// The fields that have options of their own.
  static var options: [(field: String, option: OptionInfo)] { get }
  /// A name and words for the examples.
  static var example: (name: String, adding: String, editing: String) { get }
  static func find(_ name: String, in store: AccessStore, at moment: Moment) throws(AccessError)
    -> EntityID
}

enum UserNoun: EntityCommandKind {
  static let kind = EntityKind.user
  static let argument = CommonOptions.user
  static let newName: (argument: ArgumentInfo, field: String) = (
    ArgumentInfo(name: "USERNAME", kind: .text, help: "The name to sign in with."), "username"
  )
  static let options: [(field: String, option: OptionInfo)] = [
    (
      "username",
      OptionInfo(
        long: "username", value: OptionValue(name: "NAME", kind: .text),
        help: "Another name to sign in with.")
    ),
    (
      "full_name",
      OptionInfo(
        long: "full-name", value: OptionValue(name: "NAME", kind: .text),
        help: "The user's own name.", allowsEmpty: true)
    ),
    (
      "email",
      OptionInfo(
        long: "email", value: OptionValue(name: "ADDRESS", kind: .text),
        help: "The e-mail address.", allowsEmpty: true)
    ),
    (
      "role",
      OptionInfo(
        long: "role", value: OptionValue(name: "ROLE", kind: .role), help: "The role.",
        allowsEmpty: true)
    ),
    (
      "home",
      OptionInfo(
        long: "home", value: OptionValue(name: "COMPANY", kind: .company),
        help: "The company to which the user belongs.", allowsEmpty: true)
    ),
  ]
  static let example: (name: String, adding: String, editing: String) = (
    "lin", "lin --full-name 'Lin Wei' --role 'HR Manager' --home ATL", "--role 'HR Manager'"
  )

  static func find(
    _ name: String, in store: AccessStore, at moment: Moment
  ) throws(AccessError) -> EntityID { .user(try store.user(named: name, at: moment).id) }
}

enum CompanyNoun: EntityCommandKind {
  static let kind = EntityKind.company
  static let argument = CommonOptions.company
  static let newName: (argument: ArgumentInfo, field: String) = (
    ArgumentInfo(name: "NAME", kind: .text, help: "The name of the company."), "name"
  )
  static let options: [(field: String, option: OptionInfo)] = [
    (
      "name",
      OptionInfo(
        long: "name", value: OptionValue(name: "NAME", kind: .text), help: "Another name.")
    ),
    (
      "code",
      OptionInfo(
        long: "code", value: OptionValue(name: "CODE", kind: .text), help: "The short code.",
        allowsEmpty: true)
    ),
  ]
  static let example: (name: String, adding: String, editing: String) = (
    "ATL", "'Baltic Foods' --code BAL", "--name 'Atlas Ltd'"
  )

  static func find(
    _ name: String, in store: AccessStore, at moment: Moment
  ) throws(AccessError) -> EntityID { .company(try store.company(named: name, at: moment).id) }
}

extension EntityCommandKind {
  /// The word for one.
  static var word: String { kind.rawValue }

  /// `--set COLUMN=VALUE`, for columns that have no option of their own.
  static var set: OptionInfo {
    OptionInfo(
      long: "set", value: OptionValue(name: "COLUMN=VALUE", kind: .text),
      help: "Fill in a column that this database has and no option here.", repetition: .all)
  }

  /// What the words of the command say, by field.
  ///
  /// - Parameters:
  ///   - parsed: The words.
  ///   - name: The argument that fills a field too; nil if none does.
  /// - Returns: The text for each field.
  /// - Throws: `.contradiction` if two words say different things of one field.
  static func values(
    _ parsed: ParsedArguments, name: (argument: ArgumentInfo, field: String)? = nil
  ) throws(UsageProblem) -> [String: String] {
    var values: [String: String] = [:]
    var sources: [String: String] = [:]
    func take(_ value: String, for field: String, by source: String) throws(UsageProblem) {
      if let earlier = values[field], !earlier.utf8.elementsEqual(value.utf8) {
        throw .contradiction(sources[field] ?? source, source, field: field)
      }
      (values[field], sources[field]) = (value, source)
    }
    if let name, let text = parsed.arguments.first {
      try take(text, for: name.field, by: name.argument.name)
    }
    for (field, option) in options where parsed.has(option.long) {
      try take(parsed[option.long] ?? "", for: field, by: "--\(option.long)")
    }
    for text in parsed.options["set"] ?? [] {
      let parts = text.utf8.split(separator: 0x3D, maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2, let column = String(parts[0]), let value = String(parts[1]) else {
        throw .badValue("--set", value: text, expected: "COLUMN=VALUE")
      }
      try take(value, for: column, by: "--set \(column)")
    }
    return values
  }
}
