internal import CompanyAccess
internal import Formats

/// `policy show`: shows what every change must come with.
struct PolicyShowCommand: Command {
  let asOf = AsOf()

  let info = CommandInfo(
    abstract: "show for which changes a ticket is required",
    examples: [CommandExample(purpose: "the policy", call: "--db hrm.db policy show")])

  func run(_ context: CommandContext) throws -> ExitCode {
    let store = try context.openStore()
    let policy = try store.policy(at: try asOf.moment(store, context))
    let actions = policy.ticketActions.map(\.rawValue)
    guard context.options.format == .json else {
      let listing = try Listing(
        "policies", [Column("rule", "RULE"), Column("actions", "ACTIONS")], context)
      try listing.row([
        .text(PolicySetCommand.Rule.requireTicket.rawValue),
        .text(actions.isEmpty ? PolicySetCommand.none : actions.joined(separator: ",")),
      ])
      try listing.finish()
      return .done
    }
    let json = JSONWriter(context.output)
    try json.beginObject()
    try json.key("require_ticket")
    try json.beginArray()
    for action in actions { try json.value(.text(action)) }
    try json.endArray()
    try json.endObject()
    try json.finish()
    return .done
  }
}

/// `policy set require-ticket ACTIONS`: sets what every change must come with.
struct PolicySetCommand: Command {
  /// What can be set.
  enum Rule: String, CaseIterable {
    case requireTicket = "require-ticket"
  }

  @Argument(.choice("RULE"), help: "What to set: require-ticket.") var rule: Rule
  @Argument(
    .policyActions,
    help: "The actions, with commas: grant, revoke, add, edit, delete, policy; or none.")
  var actions: Set<Policy.Action>
  let options = WriteOptions()

  let info = CommandInfo(
    abstract: "set for which changes a ticket is required",
    discussion: [
      """
      A change that does one of the actions is refused then without --ticket, through commands, the \
      desk and the library alike. What counts is what a change does: an undo, an import or a sync \
      that revokes needs what revoke needs; activating and deactivating are edits. A restoration \
      needs a ticket if anything but the policy does. What other programs write is not asked.
      """,
      """
      Setting the policy is a change on the record and can be undone; with the action policy it \
      needs a ticket itself. "log --late 3d" lists what was done late after its decision.
      """,
    ],
    examples: [
      CommandExample(
        purpose: "require a ticket to grant and revoke",
        call: "--db hrm.db policy set require-ticket grant,revoke --reason 'audit 2026'"),
      CommandExample(
        purpose: "require none", call: "--db hrm.db policy set require-ticket none"),
    ], writes: true)

  func run(_ context: CommandContext) throws -> ExitCode {
    let store = try context.openStore()
    var policy = try store.policy()
    switch rule {
    case .requireTicket: policy.requiresTicket = actions
    }
    var write = PlannedWrite(context: context, store: store, options: options.settings)
    write.figures = [PolicySetCommand.figure(policy)]
    try write.perform(.policy(policy))
    return .done
  }

  /// The word for no action.
  static let none = "none"

  /// The actions that need a ticket, for a program.
  static func figure(_ policy: Policy) -> (String, Cell) {
    ("require_ticket", .text(policy.ticketActions.map(\.rawValue).joined(separator: ",")))
  }
}

extension WordType<Set<Policy.Action>> {
  /// Actions with commas between them, or none.
  fileprivate static var policyActions: Self {
    WordType("ACTIONS", .text) { (word, label) throws(UsageProblem) in
      if word == PolicySetCommand.none { return [] }
      var actions: Set<Policy.Action> = []
      for part in word.split(separator: ",", omittingEmptySubsequences: false) {
        guard let action = Policy.Action(rawValue: String(part)) else {
          throw .badChoice(
            label, value: String(part),
            choices: Policy.Action.allCases.map(\.rawValue) + [PolicySetCommand.none])
        }
        actions.insert(action)
      }
      return actions
    }
  }
}
