internal import Database

/// Plans another value of the whole database: the policy, or the operators.
struct SettingPlanner {
  private let queries: PlanQueries

  init(_ connection: any DatabaseSession, _ relations: Relations) {
    queries = PlanQueries(connection: connection, relations: relations)
  }

  func plan(_ intent: Intent, _ policy: Policy) throws -> Plan {
    var plan = try unchanged(intent)
    let before = try RecordedSetting<Policy>(queries.connection).value()
    if before != policy { plan.policy = PolicyChange(before: before, after: policy) }
    return plan
  }

  func plan(_ intent: Intent, _ edit: OperatorEdit) throws -> Plan {
    var plan = try unchanged(intent)
    let before = try RecordedSetting<OperatorList>(queries.connection).value()
    let (connection, mapping) = (queries.connection, queries.mapping)
    let after = before.edited(edit)
    let change = OperatorsChange(before: before, after: after)
    if let acting = mapping.acting {
      try OperatorCheck(acting: acting, mapping: mapping, connection: connection).check(change)
    }
    try OperatorListCheck(connection: connection, mapping: mapping).check(edit, before)
    if before != after { plan.operators = change }
    plan.nameToType = after.isEmpty && !before.isEmpty ? edit.login : nil
    return plan
  }

  private func unchanged(_ intent: Intent) throws -> Plan {
    let figures = try queries.coverage()
    return Plan(
      intent: intent, added: 0, removed: 0, unchanged: 0, leftAlone: 0, selectedUsers: nil,
      selectedCompanies: nil, pairs: [], before: figures, after: figures,
      usersLeftWithNone: Affected(count: 0, first: []),
      companiesLeftWithNone: Affected(count: 0, first: []), companiesOfUser: nil,
      usersOfCompany: nil, notices: [], basis: try queries.newestChange())
  }

  /// Adds to the plan of an undo what it makes of the policy and of the operators.
  static func describe(
    _ plan: inout Plan, _ target: UndoTarget, overwrites: Bool, _ connection: any DatabaseSession
  ) throws {
    let policy = try RecordedSetting<Policy>(connection).undoing(target, overwrites: overwrites)
    plan.policy = policy.change
    if let since = policy.setSince { plan.notices.append(.policyChangedSince(by: since)) }
    let operators = try RecordedSetting<OperatorList>(connection)
      .undoing(target, overwrites: overwrites)
    plan.operators = operators.change
    if let since = operators.setSince { plan.notices.append(.operatorsChangedSince(by: since)) }
  }

  /// Writes down what a change makes of the values that its plan changes.
  static func write(
    _ plan: Plan, by change: ChangeID, on connection: any DatabaseSession
  ) throws {
    if let policy = plan.policy {
      try RecordedSetting<Policy>(connection).set(policy.after, by: change)
    }
    if let operators = plan.operators {
      try RecordedSetting<OperatorList>(connection).set(operators.after, by: change)
    }
  }
}

/// Whether there can be the operators that an edit makes.
struct OperatorListCheck {
  let connection: any DatabaseSession
  let mapping: SchemaMapping

  /// - Throws: `.badOperators`, `.notForServers`; `.noSuchCompany` for a scope.
  func check(_ edit: OperatorEdit, _ before: OperatorList) throws {
    guard connection is Connection else { throw AccessError.notForServers(what: "an operator") }
    let after = before.edited(edit)
    switch edit {
    case .remove(let login):
      guard before[login] != nil else {
        throw AccessError.badOperators(.noOperator(login, others: before.all.map(\.login)))
      }
    case .set(let one):
      guard Operator.isLogin(one.login) else {
        throw AccessError.badOperators(.badLogin(one.login))
      }
      try check(one.scope)
    }
    guard after.isEmpty || after.all.contains(where: \.isUnrestricted) else {
      throw AccessError.badOperators(.noAdministrator)
    }
  }

  /// Whether there is what a scope names.
  func check(_ scope: OperatorScope) throws {
    let queries = PlanQueries(
      connection: connection, relations: Relations(mapping: mapping, moment: .now))
    switch scope {
    case .everything: break
    case .companies(let ids):
      if let missing = try ids.first(where: { try queries.company($0.value) == nil }) {
        throw AccessError.noSuchCompany(missing)
      }
    case .organization(let name):
      guard let column = mapping.scope?.company else {
        throw AccessError.badOperators(.noOrganizations)
      }
      let count = try connection.count(
        """
        SELECT EXISTS (SELECT 1 FROM \(mapping.companies.rows("c"))
          WHERE c.\(column) = \(SQLText.literal(name)))
        """)
      guard count > 0 else { throw AccessError.badOperators(.noOrganization(name)) }
    }
  }
}

extension Operator {
  /// Whether a text can be the name of a login: some visible characters without what an actor is
  /// written with.
  static func isLogin(_ text: String) -> Bool {
    (1...256).contains(text.utf8.count)
      && text.unicodeScalars.allSatisfy {
        $0.value > 0x20 && $0.value != 0x7F && !"@()".unicodeScalars.contains($0)
      }
  }
}
