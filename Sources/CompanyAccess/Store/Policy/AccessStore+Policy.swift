internal import Database

extension AccessStore {
  /// The policy of the database.
  ///
  /// It is set by `plan(.policy(_:))`, as one change, which can be undone.
  ///
  /// - Parameter moment: The state to look at.
  /// - Returns: The policy; one that requires nothing where none was ever set.
  /// - Throws: `.noSuchChange` or `.notKept` for the moment; what the database answers.
  public func policy(at moment: Moment = .now) throws(AccessError) -> Policy {
    try read(at: moment, nil) { connection, relations in
      try RecordedSetting<Policy>(connection).value(after: relations.last)
    }
  }
}

extension RecordedSetting<Policy> {
  /// Makes sure that a change which does some things has what the policy requires for them.
  ///
  /// - Throws: `.ticketRequired`.
  func check(_ actions: Set<Policy.Action>, _ reason: ChangeReason) throws {
    let missing = try value().actions(of: actions, without: reason)
    guard missing.isEmpty else { throw AccessError.ticketRequired(missing) }
  }
}

extension Policy: RecordedValue {
  static let settingPrefix = "policy:"
  static let initial = Policy()

  /// The actions that need a ticket.
  var stored: String { ticketActions.map(\.rawValue).joined(separator: ",") }

  /// The policy that a setting says; words that are not known say nothing.
  init(stored: String) {
    self.init(
      requiresTicket: Set(stored.split(separator: ",").compactMap { Action(rawValue: String($0)) }))
  }

  /// Those of some actions for which a reason lacks the ticket, in order.
  func actions(of actions: Set<Action>, without reason: ChangeReason) -> [Action] {
    let hasTicket = reason.ticket?.contains { !$0.isWhitespace } ?? false
    return hasTicket ? [] : ticketActions.filter(actions.contains)
  }
}

extension Plan {
  /// What carrying it out does, as far as a policy asks for it.
  var policyActions: Set<Policy.Action> {
    var actions: Set<Policy.Action> = []
    if added > 0 { actions.insert(.grant) }
    if removed > 0 { actions.insert(.revoke) }
    if policy != nil { actions.insert(.policy) }
    if operators != nil { actions.insert(.operators) }
    if case .staged(let pairs) = intent, pairs.options.createsMissing,
      pairs.newUsers + pairs.newCompanies > 0
    {
      actions.insert(.add)
    }
    for entity in entities {
      switch entity.event {
      case .made, .firstKnown: actions.insert(.add)
      case .edited: actions.insert(.edit)
      case .gone: actions.insert(.delete)
      }
    }
    return actions
  }

  /// The actions of the plan for which the policy requires a ticket, if the reason has none.
  ///
  /// - Parameter reason: What is said for the record.
  /// - Returns: The actions in order; none if nothing is missing.
  public func needsTicket(_ reason: ChangeReason = nil) -> [Policy.Action] {
    let needed = Set(ticketActions)
    return Policy(requiresTicket: needed).actions(of: needed, without: reason)
  }
}
