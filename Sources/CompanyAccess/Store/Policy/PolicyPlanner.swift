internal import Database

/// Plans another policy.
struct PolicyPlanner {
  private let queries: PlanQueries

  init(_ connection: any DatabaseSession, _ relations: Relations) {
    queries = PlanQueries(connection: connection, relations: relations)
  }

  func plan(_ intent: Intent, _ policy: Policy) throws -> Plan {
    let figures = try queries.coverage()
    var plan = Plan(
      intent: intent, added: 0, removed: 0, unchanged: 0, leftAlone: 0, selectedUsers: nil,
      selectedCompanies: nil, pairs: [], before: figures, after: figures,
      usersLeftWithNone: Affected(count: 0, first: []),
      companiesLeftWithNone: Affected(count: 0, first: []), companiesOfUser: nil,
      usersOfCompany: nil, notices: [], basis: try queries.newestChange())
    let before = try PolicyRecord(queries.connection).policy()
    if before != policy { plan.policy = PolicyChange(before: before, after: policy) }
    return plan
  }

  /// Adds to the plan of an undo what it makes of the policy.
  ///
  /// A policy that was set again since is left alone, unless the undo overwrites it.
  static func describe(
    _ plan: inout Plan, _ target: UndoTarget, overwrites: Bool, _ connection: any DatabaseSession
  ) throws {
    let record = PolicyRecord(connection)
    let now = try record.policy()
    let then: Policy
    switch target {
    case .everythingAfter(let change): then = try record.policy(after: change.number)
    case .change(let change):
      guard let made = try record.made(by: change) else { return }
      if !overwrites, let newest = try record.newestChange(), newest != change, now != made.after {
        plan.notices.append(.policyChangedSince(by: newest))
        return
      }
      then = made.before
    }
    if then != now { plan.policy = PolicyChange(before: now, after: then) }
  }
}
