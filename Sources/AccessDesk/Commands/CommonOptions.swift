/// Options and arguments that several commands share.
enum CommonOptions {
  static let search = OptionInfo(
    long: "search", value: OptionValue(name: "TEXT", kind: .text),
    help: "Only those in which all these words occur; case and accents do not matter.",
    allowsEmpty: true)

  static let role = OptionInfo(
    long: "role", value: OptionValue(name: "ROLE", kind: .role), help: "Only users of this role.")

  static let withoutAccess = OptionInfo(
    long: "without-access", help: "Only users who may enter no company.")

  static let limit = OptionInfo(
    long: "limit", value: OptionValue(name: "N", kind: .number), help: "At most so many rows.")

  static func sort(_ keys: [String]) -> OptionInfo {
    OptionInfo(
      long: "sort",
      value: OptionValue(name: "KEY", kind: .choice(keys + keys.map { "-" + $0 })),
      help: "The order: \(keys.joined(separator: ", ")); with a dash in front, the reverse.")
  }

  static let user = ArgumentInfo(name: "USER", kind: .user, help: "A username, or id:ID.")
  static let users = ArgumentInfo(
    name: "USER", kind: .user, help: "A username, or id:ID.", repeats: true)
  static let company = ArgumentInfo(
    name: "COMPANY", kind: .company, help: "A company's code or name, or id:ID.")
  static let companies = ArgumentInfo(
    name: "COMPANY", kind: .company, help: "A company's code or name, or id:ID.", repeats: true)

  static func company(help: String) -> OptionInfo {
    OptionInfo(long: "company", value: OptionValue(name: "COMPANY", kind: .company), help: help)
  }
}

extension ParsedArguments {
  /// The key and the direction that `--sort` names.
  var sort: (key: String, descending: Bool)? {
    guard let text = self["sort"] else { return nil }
    let isReverse = text.utf8.first == 0x2D
    return (isReverse ? String(text.unicodeScalars.dropFirst()) : text, isReverse)
  }
}
