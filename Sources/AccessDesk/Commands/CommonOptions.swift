internal import CompanyAccess

/// Options that several commands share.
extension OptionDeclaration<String?> {
  static var search: Self {
    .value(
      "search", .text("TEXT"),
      help: "Only those in which all these words occur; case and accents do not matter.",
      allowsEmpty: true)
  }

  static var role: Self { .value("role", .role, help: "Only users of this role.") }

  /// A path to write to.
  static func output(help: String) -> Self {
    .value("output", short: "o", .file, help: help)
  }

  static func company(help: String) -> Self { .value("company", .company, help: help) }
}

extension OptionDeclaration<Bool> {
  static var withoutAccess: Self {
    .flag("without-access", help: "Only users who may enter no company.")
  }

  static var yes: Self { .flag("yes", help: "Do it without asking.") }
}

extension OptionDeclaration<Int?> {
  static var limit: Self { .value("limit", .rows, help: "At most so many rows.") }
}

extension OptionDeclaration<SortOrder?> {
  /// The order of a list by one of these keys.
  static func sort(by keys: [String]) -> Self {
    let choices = keys + keys.map { "-" + $0 }
    let type = WordType<SortOrder>("KEY", .choice(choices)) { (word, _) throws(UsageProblem) in
      let isReverse = word.utf8.first == 0x2D
      let key = isReverse ? String(word.unicodeScalars.dropFirst()) : word
      return SortOrder(key: key, isDescending: isReverse)
    }
    return .value(
      "sort", type,
      help: "The order: \(keys.joined(separator: ", ")); with a dash in front, the reverse.")
  }
}

/// Arguments that several commands share.
extension ArgumentDeclaration<String> {
  static var user: Self { .one(.user, help: "A username, or id:ID.") }
  static var company: Self { .one(.company, help: "A company's code or name, or id:ID.") }
}

extension ArgumentDeclaration<[String]> {
  static var users: Self { .several(.user, help: "A username, or id:ID.") }
  static var companies: Self { .several(.company, help: "A company's code or name, or id:ID.") }
}
