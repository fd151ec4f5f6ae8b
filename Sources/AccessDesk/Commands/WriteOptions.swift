internal import CompanyAccess

/// The options of every command that changes grants.
struct WriteOptions: Hashable, Sendable {
  /// Why, for the record.
  var reason: ChangeReason
  var dryRun: Bool
  /// Whether what needs a confirmation has it; a dry run needs none, because nothing comes of it.
  var isConfirmed: Bool
  /// Whether it is allowed that no user is left who may enter everything.
  var leavesNoAdministrator: Bool

  init(_ parsed: ParsedArguments) throws(UsageProblem) {
    func text(_ option: String) -> String? { parsed[option].flatMap { $0.isEmpty ? nil : $0 } }
    reason = ChangeReason(
      text("reason"), ticket: text("ticket"), decidedAt: try parsed.decision("decided"))
    dryRun = parsed.has("dry-run")
    isConfirmed = parsed.has("yes") || dryRun
    leavesNoAdministrator = parsed.has("no-administrator")
  }

  /// Everything is done but the commit, so that a dry run is refused where the real one would be.
  static let dryRun = OptionInfo(
    long: "dry-run",
    help: "Try it and take it back: show what would be done, or why it cannot be.")

  static let info = [
    OptionInfo(
      long: "reason", value: OptionValue(name: "TEXT", kind: .text),
      help: "Why; kept on the record.", allowsEmpty: true),
    OptionInfo(
      long: "ticket", value: OptionValue(name: "TEXT", kind: .text),
      help: "The ticket that asks for it, such as HR-991; kept on the record.", allowsEmpty: true),
    OptionInfo(
      long: "decided", value: OptionValue(name: "DATE", kind: .text),
      help: "When it was decided: a date, or a date and time; kept on the record.",
      allowsEmpty: true),
    dryRun,
    OptionInfo(long: "yes", help: "Do it without asking."),
  ]

  /// The options of commands that can take the last administrator away.
  static let withAdministrator =
    info + [
      OptionInfo(
        long: "no-administrator",
        help: "Do it even if no user is left who may enter every active company by role.")
    ]
}

extension ParsedArguments {
  /// When something was decided, as an option says: a day stays a day.
  func decision(_ option: String) throws(UsageProblem) -> Timestamp? {
    guard let text = self[option], !text.isEmpty else { return nil }
    do {
      return try TimeText.decision(text)
    } catch {
      throw .badTime("--\(option)", error)
    }
  }
}
