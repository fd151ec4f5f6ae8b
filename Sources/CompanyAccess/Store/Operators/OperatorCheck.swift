internal import Database

/// Whether an operator may carry a plan out.
struct OperatorCheck {
  let acting: Operator
  let mapping: SchemaMapping
  let connection: any DatabaseSession

  // MARK: - Before it is carried out

  /// Makes sure that the role permits what a plan does, and that the users whom it names rank below.
  ///
  /// - Throws: `.operatorForbids`.
  func check(_ plan: Plan) throws {
    for permission in try needed(plan) { try acting.require(permission) }
    try checkRanks(of: plan.pairs)
    if let operators = plan.operators { try check(operators) }
  }

  /// What has to be permitted for a plan.
  private func needed(_ plan: Plan) throws -> [OperatorRole.Permission] {
    var needed: Set<OperatorRole.Permission> = []
    if plan.changedPairs > 0 { needed.insert(.grant) }
    for entity in plan.entities { needed.insert(entity.kind == .user ? .users : .companies) }
    if plan.policy != nil { needed.insert(.maintain) }
    if plan.operators != nil { needed.insert(.operators) }
    switch plan.intent {
    case .undoTo: needed.insert(.maintain)
    case .staged(let pairs) where pairs.options.createsMissing:
      if pairs.newUsers > 0 { needed.insert(.users) }
      if pairs.newCompanies > 0 { needed.insert(.companies) }
      if acting.scope != .everything, pairs.newUsers + pairs.newCompanies > 0 {
        throw AccessError.operatorForbids(.outsideScope)
      }
    case .entity(let edit): needed.insert(edit.kind == .user ? .users : .companies)
    default: break
    }
    return OperatorRole.Permission.allCases.filter(needed.contains)
  }

  private func checkRanks(of pairs: [PairResult]) throws {
    let changed = pairs.filter { $0.outcome == .granted || $0.outcome == .revoked }.map(\.user)
    let above = changed.filter { !acting.role.mayActUpon(mapping.rank(of: $0.role)) }
    guard let first = above.first else { return }
    throw AccessError.operatorForbids(
      .rank(username: first.username, role: first.role, more: Set(above.map(\.id)).count - 1))
  }

  /// Makes sure that every operator who is made, changed or taken away ranks below and has a part of
  /// the own scope.
  func check(_ change: OperatorsChange) throws {
    guard !acting.isUnrestricted else { return }
    for login in Set((change.before.all + change.after.all).map(\.login)) {
      let (before, after) = (change.before[login], change.after[login])
      guard before != after else { continue }
      for one in [before, after].compactMap(\.self) where !(try mayChange(one)) {
        throw AccessError.operatorForbids(.operatorAbove(login: login))
      }
    }
  }

  /// Whether another operator has a lower role and a part of the scope.
  func mayChange(_ other: Operator) throws -> Bool {
    guard !acting.isUnrestricted else { return true }
    guard other.role.rank < acting.role.rank else { return false }
    switch (acting.scope, other.scope) {
    case (.everything, _): return true
    case (_, .everything): return false
    case (.organization(let own), .organization(let name)): return own == name
    case (.companies, .organization): return false
    case (_, .companies(let ids)):
      // Those of the session are inside.
      let queries = PlanQueries(
        connection: connection, relations: Relations(mapping: mapping, moment: .now))
      return try ids.allSatisfy { try queries.company($0.value) != nil }
    }
  }

  // MARK: - After it has been written

  /// Makes sure that what a change has written is inside the scope and about users who rank below, by
  /// what the record says of it.
  ///
  /// This holds for every statement, planned rightly or not; the transaction is taken back if it did more
  /// than the operator may do.
  ///
  /// - Throws: `.operatorForbids`.
  func check(writtenBy change: ChangeID) throws {
    if acting.scope != .everything { try checkScope(of: change) }
    if acting.role != .systemAdmin { try checkRanks(ofUsersIn: change) }
  }

  private func checkScope(of change: ChangeID) throws {
    func counts(_ name: (SQLName) -> String) -> [String] {
      let grants = [
        (RecordTable.currentGrant, "began_change"), (RecordTable.endedGrant, "began_change"),
        (RecordTable.endedGrant, "ended_change"),
      ].map { "SELECT count(*) FROM \(name($0)) AS w WHERE w.\($1) = \(change)" }
      // A user who was there was found inside; one who is made has to be.
      let made = mapping.recordedKinds.map { kind in
        """
        SELECT count(*) FROM \(RecordTable.rowImage.itself) AS i
        CROSS JOIN \(name(kind.lifetimes)) AS w ON w.lifetime = i.lifetime
        WHERE i.change = \(change) AND i.kind = '\(kind.kind.rawValue)' AND w.began_change = \(change)
        """
      }
      return grants + made
    }
    for (all, inside) in zip(counts(\.itself), counts(\.description)) {
      guard try connection.count(all) == connection.count(inside) else {
        throw AccessError.operatorForbids(.outsideScope)
      }
    }
  }

  /// What a change did to users: their lifetimes, with each role that they have or had before it.
  private func checkRanks(ofUsersIn change: ChangeID) throws {
    let users = RecordedKind(users: mapping)
    guard let role = users.attributes.first(where: { $0.name.text == "role" })?.name else { return }
    let grants = [
      (RecordTable.currentGrant, "began_change"), (RecordTable.endedGrant, "ended_change"),
    ].map { "SELECT g.user_lifetime FROM \($0.itself) AS g WHERE g.\($1) = \(change)" }
    let images = """
      SELECT i.lifetime FROM \(RecordTable.rowImage.itself) AS i
      WHERE i.change = \(change) AND i.kind = '\(EntityKind.user.rawValue)'
      """
    let touched = (grants + [images]).joined(separator: " UNION ")
    let found = try connection.rows(
      """
      SELECT \(mapping.users.roleName("s.role")), min(s.name), count(DISTINCT s.lifetime) FROM (
        SELECT l.lifetime, l.name, l.\(role) AS role FROM \(users.lifetimes.itself) AS l
        WHERE l.lifetime IN (\(touched))
        UNION SELECT f.lifetime, f.name, f.\(role) FROM \(users.former.itself) AS f
        WHERE f.ended_change = \(change)) AS s
      GROUP BY 1 ORDER BY 2
      """
    ) { (role: $0.optionalText(0), name: $0.text(1), users: $0.int(2)) }
    let above = found.filter { !acting.role.mayActUpon(mapping.rank(of: $0.role)) }
    guard let first = above.first else { return }
    throw AccessError.operatorForbids(
      .rank(
        username: first.name, role: first.role, more: above.map(\.users).reduce(0, +) - 1))
  }
}

extension Operator {
  /// Makes sure that the role permits something, and the scope where the whole database is concerned.
  ///
  /// - Throws: `.operatorForbids`.
  func require(_ permission: OperatorRole.Permission) throws(AccessError) {
    guard role.permissions.contains(permission) else {
      throw .operatorForbids(.role(role, permission))
    }
    if permission == .maintain, scope != .everything { throw .operatorForbids(.needsEverything) }
  }
}
