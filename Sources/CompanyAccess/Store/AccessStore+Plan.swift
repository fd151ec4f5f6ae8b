internal import Database

extension AccessStore {
  /// Works out what carrying out an intent would do, without doing it.
  ///
  /// - Parameters:
  ///   - intent: What is wanted.
  ///   - work: Whose cancelling stops the counting.
  /// - Returns: The plan, which holds for the state of the moment.
  /// - Throws: `.noSuchUser`, `.noSuchCompany` or `.noSuchChange` when the intent names one that is
  ///   not there.
  public func plan(_ intent: Intent, work: Work? = nil) throws(AccessError) -> Plan {
    work?.report(0, of: 0, .planning, always: true)
    let mapping = mapping
    if case .edits = intent, let readOnlyReason { throw .readOnly(readOnlyReason) }
    return try using(work) { [session] connection in
      try EditedPairs.prepare(connection, mapping, for: intent)
      return try connection.reading {
        try session.check(connection)
        return try AccessStore.plan(intent, connection, mapping)
      }
    }
  }

  static func plan(_ intent: Intent, _ connection: any DatabaseSession, _ mapping: SchemaMapping)
    throws
    -> Plan
  {
    var plan = try planWithoutWarnings(intent, connection, mapping)
    let queries = PlanQueries(
      connection: connection, relations: Relations(mapping: mapping, moment: .now))
    plan.user = plan.user ?? plan.pairs.only(\.user)
    plan.company = plan.company ?? plan.pairs.only(\.company)
    if plan.leavesNoAdministrator, let rule = AdministratorRule(mapping) {
      plan.lastAdministrators = try rule.administrators(queries)
    }
    plan.notices += try ConfusableNames(connection: connection, mapping: mapping).notices(plan)
    let actions = plan.policyActions
    plan.ticketActions = try RecordedSetting<Policy>(connection).value().ticketActions.filter(
      actions.contains)
    if let acting = mapping.acting {
      try OperatorCheck(acting: acting, mapping: mapping, connection: connection).check(plan)
    }
    return plan
  }

  private static func planWithoutWarnings(
    _ intent: Intent, _ connection: any DatabaseSession, _ mapping: SchemaMapping
  ) throws -> Plan {
    let relations = try Relations(mapping: mapping, moment: .now).leavingOut(.both, connection)
    switch intent {
    case .grant(let users, let companies), .bulkGrant(let users, let companies):
      return try GrantPlanner(connection, relations, users, companies).plan(intent, grants: true)
    case .revoke(let users, let companies):
      let planner = GrantPlanner(connection, relations, users, companies)
      var plan = try planner.plan(intent, grants: false)
      plan.leavesNoAdministrator = try planner.leavesNoAdministrator(plan)
      return plan
    case .edits(let edits):
      return try PairEditPlanner(connection, relations, edits).plan(intent)
    case .revokeFormer:
      return try FormerGrantPlanner(connection, relations).plan(intent)
    case .undo(let change, let overwrite):
      return try UndoPlanner(connection, relations, .change(change), overwrites: overwrite)
        .plan(intent)
    case .undoTo(let change):
      return try UndoPlanner(connection, relations, .everythingAfter(change), overwrites: false)
        .plan(intent)
    case .entity(let edit):
      return try EntityPlanner(connection, relations, edit).plan(intent)
    case .staged(let pairs):
      return try StagedPlanner(connection, relations, pairs).plan(intent)
    case .backfill(let roles):
      return try BackfillPlanner(connection, relations, BackfillRule(mapping, roles: roles))
        .plan(intent)
    case .policy(let policy):
      return try SettingPlanner(connection, relations).plan(intent, policy)
    case .operators(let edit):
      return try SettingPlanner(connection, relations).plan(intent, edit)
    }
  }
}

extension [PairResult] {
  /// What is the same in all of them; nil if nothing is.
  fileprivate func only<Part: Identifiable>(_ part: (PairResult) -> Part) -> Part? {
    guard let found = first.map(part) else { return nil }
    return allSatisfy { part($0).id == found.id } ? found : nil
  }
}
