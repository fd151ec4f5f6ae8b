internal import CompanyAccess

/// The options that say on the record why something is done.
struct ReasonOptions: CommandInputGroup {
  @Option(
    "reason", .text("TEXT"), help: "Why the change is made; kept on the record.", allowsEmpty: true)
  private var words: String?
  @Option(
    "ticket", .text("TEXT"),
    help: "The ticket that asks for it, such as HR-991; kept on the record.", allowsEmpty: true)
  private var ticket: String?
  @Option(
    "decided", .decision,
    help: "When it was decided: a date, or a date and time; kept on the record.")
  private var decidedAt: Timestamp?

  /// Why, for the record.
  var reason: ChangeReason {
    func given(_ text: String?) -> String? { text.flatMap { $0.isEmpty ? nil : $0 } }
    return ChangeReason(given(words), ticket: given(ticket), decidedAt: decidedAt)
  }
}

/// The options of every command that changes grants.
struct WriteOptions: CommandInputGroup {
  private let given = ReasonOptions()
  @Flag(.dryRun) var dryRun: Bool
  @Flag(.yes) private var yes: Bool

  /// Why, for the record.
  var reason: ChangeReason { given.reason }

  /// Whether what needs a confirmation has it; a dry run needs none, because nothing comes of it.
  var isConfirmed: Bool { yes || dryRun }

  /// The same as plain values, for a command that cannot take the last administrator away.
  var settings: WriteSettings { settings(leavesNoAdministrator: false) }

  /// The same as plain values.
  func settings(leavesNoAdministrator: Bool) -> WriteSettings {
    WriteSettings(
      reason: reason, dryRun: dryRun, isConfirmed: isConfirmed,
      leavesNoAdministrator: leavesNoAdministrator)
  }
}

/// How a write is to be carried out.
struct WriteSettings: Hashable, Sendable {
  /// Why, for the record.
  var reason: ChangeReason
  var dryRun: Bool
  /// Whether what needs a confirmation has it.
  var isConfirmed: Bool
  /// Whether it is allowed that no user is left who may enter everything.
  var leavesNoAdministrator: Bool
}

extension OptionDeclaration<Bool> {
  /// Everything is done but the commit, so that a dry run is refused where the real one would be.
  static var dryRun: Self {
    .flag(
      "dry-run", help: "Try it and roll it back: show what would be done, or why it is refused.")
  }

  /// For commands that can take the last administrator away.
  static var noAdministrator: Self {
    .flag(
      "no-administrator",
      help: "Allow that no active user is left whose role may enter all companies.")
  }
}
