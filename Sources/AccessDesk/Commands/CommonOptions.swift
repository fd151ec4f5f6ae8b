internal import CompanyAccess

/// Options that several commands share.
extension OptionDeclaration<String?> {
  static var search: Self {
    .value(
      "search", .text("TEXT"),
      help: "Only rows that contain all these words; case and accents are ignored.",
      allowsEmpty: true)
  }

  static var role: Self { .value("role", .role, help: "Only users with this role.") }

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

  static var yes: Self { .flag("yes", help: "Do not ask for a confirmation.") }
}

extension OptionDeclaration<Int?> {
  static var limit: Self { .value("limit", .rows, help: "Show at most this many rows.") }
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
      help: "Sort by \(keys.joined(separator: ", ")); a dash in front reverses the order.")
  }
}

/// Arguments that several commands share.
extension ArgumentDeclaration<String> {
  static var user: Self { .one(.user, help: "A username, or id: and an id, such as id:7.") }
  static var company: Self { .one(.company, help: "A company's code or name, or id: and an id.") }
}

extension ArgumentDeclaration<[String]> {
  static var users: Self { .several(.user, help: "A username, or id: and an id, such as id:7.") }
  static var companies: Self {
    .several(.company, help: "A company's code or name, or id: and an id.")
  }
}
