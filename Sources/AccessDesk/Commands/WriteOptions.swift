/// The options of every command that changes grants.
struct WriteOptions: Hashable, Sendable {
  var reason: String?
  var dryRun: Bool
  /// Whether what needs a confirmation has it.
  var isConfirmed: Bool
  /// Whether nobody has to be left who may enter everything.
  var leavesNoAdministrator: Bool

  init(_ parsed: ParsedArguments) {
    reason = parsed["reason"].flatMap { $0.isEmpty ? nil : $0 }
    dryRun = parsed.has("dry-run")
    isConfirmed = parsed.has("yes")
    leavesNoAdministrator = parsed.has("no-administrator")
  }

  static let info = [
    OptionInfo(
      long: "reason", value: OptionValue(name: "TEXT", kind: .text),
      help: "Why; kept on the record.", allowsEmpty: true),
    OptionInfo(long: "dry-run", help: "Show what would be done, and do nothing."),
    OptionInfo(long: "yes", help: "Do it without asking."),
  ]

  /// The options of commands that can take the last administrator away.
  static let withAdministrator =
    info + [
      OptionInfo(
        long: "no-administrator",
        help: "Do it even if nobody is left who may enter every active company by role.")
    ]
}
