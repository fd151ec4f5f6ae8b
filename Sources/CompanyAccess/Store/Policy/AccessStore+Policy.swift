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
      try PolicyRecord(connection).policy(after: relations.last)
    }
  }
}

/// The policies on the record: a setting for each change that set one.
///
/// So the policy of any moment is known, and an undo puts back the one before.
struct PolicyRecord {
  private let connection: any DatabaseSession

  init(_ connection: any DatabaseSession) { self.connection = connection }

  /// What stands in front of the number of the change, which has so many digits.
  private static let prefix = "policy:"
  private static let digits = 20
  /// Behind every key with the prefix.
  private static let end = "policy;"

  private static func key(_ change: Int64) -> String {
    let number = String(change)
    return prefix + String(repeating: "0", count: digits - number.utf8.count) + number
  }

  /// The policy after a change; nil for now.
  func policy(after change: Int64? = nil) throws -> Policy {
    let last: Value = .text(change.map { PolicyRecord.key(max(0, $0)) } ?? PolicyRecord.end)
    return try found(
      "s.key >= \(Value.text(PolicyRecord.prefix)) AND s.key <= \(last)")?.policy ?? Policy()
  }

  /// The change that set the policy of now; nil if none was ever set.
  func newestChange() throws -> ChangeID? {
    let (first, last): (Value, Value) = (.text(PolicyRecord.prefix), .text(PolicyRecord.end))
    return try found("s.key >= \(first) AND s.key < \(last)")?.change
  }

  /// What a change made of the policy; nil if it left it as it was.
  func made(by change: ChangeID) throws -> PolicyChange? {
    let key: Value = .text(PolicyRecord.key(change.number))
    guard let after = try found("s.key = \(key)")?.policy else { return nil }
    return PolicyChange(before: try policy(after: change.number - 1), after: after)
  }

  private func found(
    _ condition: SQLCondition
  ) throws -> (change: ChangeID, policy: Policy)? {
    try connection.rows(
      """
      SELECT s.key, s.value FROM \(RecordTable.setting) AS s WHERE \(condition)
      ORDER BY s.key DESC LIMIT 1
      """
    ) { row -> (change: ChangeID, policy: Policy) in
      let number = row.text(0).utf8.dropFirst(PolicyRecord.prefix.utf8.count)
      return (
        change: ChangeID(Int64(String(Substring(number))) ?? 0), policy: Policy(stored: row.text(1))
      )
    }.first
  }

  /// Writes down what a change makes of the policy.
  func set(_ policy: Policy, by change: ChangeID) throws {
    let (key, value): (Value, Value) = (
      .text(PolicyRecord.key(change.number)), .text(policy.stored)
    )
    try connection.execute(
      "INSERT INTO \(RecordTable.setting) (key, value) VALUES (\(key), \(value))")
  }

  /// Makes sure that a change which does some things has what the policy requires for them.
  ///
  /// - Throws: `.ticketRequired`.
  func check(_ actions: Set<Policy.Action>, _ reason: ChangeReason) throws {
    let missing = try policy().actions(of: actions, without: reason)
    guard missing.isEmpty else { throw AccessError.ticketRequired(missing) }
  }
}

extension Policy {
  /// The text of the setting: the actions that need a ticket.
  fileprivate var stored: String { ticketActions.map(\.rawValue).joined(separator: ",") }

  /// The policy that a setting says; words that are not known say nothing.
  fileprivate init(stored: String) {
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

extension SealPart {
  /// What a change made of the policy.
  static let policy = SealPart(
    mark: "policy", tables: "\(RecordTable.setting)",
    next: [
      """
      SELECT min(CAST(substr(key, 8) AS INTEGER)) FROM \(RecordTable.setting)
      WHERE key >= \(keyOfPolicy) AND key < 'policy;'
      """
    ],
    rows: "SELECT value FROM \(RecordTable.setting) WHERE key = \(keyOfPolicy)", plain: 1)

  /// An expression: the key of the policy of the change ?1, whose number has twenty digits there.
  private static let keyOfPolicy =
    "'policy:' || substr('00000000000000000000', length(CAST(?1 AS TEXT)) + 1) || CAST(?1 AS TEXT)"
}
