internal import Database

/// The state is no longer the one that a plan saw.
struct PlanOutdated: Error {}

/// What was written is not what a plan of the very same state said.
private struct PlanNotMet: Error {
  let detail: String
}

/// A plan, and whether it was made in the transaction that carries it out.
private struct CurrentPlan {
  let plan: Plan
  let isOfNow: Bool
}

extension AccessStore {
  /// Carries out a plan: all of it, as one change on the record, or nothing.
  ///
  /// A plan that changes nothing leaves no change on the record. If other programs have written since
  /// it was made, it is made again, and carried out if it still does the same.
  ///
  /// - Parameters:
  ///   - plan: What to do.
  ///   - reason: Why, for the record.
  ///   - dryRun: Whether everything is done as for real and taken back instead of being committed.
  ///   - work: Hears of the progress, and can cancel.
  /// - Returns: What was done.
  /// - Throws: `.planChanged` with a new plan if the same intent does something else by now;
  ///   `.ticketRequired` if the policy requires one for it and the reason has none;
  ///   `.recordIncomplete` or `.notOnRecord` if the change could not be recorded; `.cancelled`.
  ///   In every case nothing has been done.
  @discardableResult
  public func apply(
    _ plan: Plan, reason: ChangeReason = nil, dryRun: Bool = false, work: Work = Work()
  ) throws(AccessError) -> ChangeResult {
    try apply(plan, reason: reason, dryRun: dryRun, work: work, orNewerIf: { _ in false }).result
  }

  /// Carries out a plan; if the state has moved, what was asked for is planned again inside the
  /// transaction, where no other program can come in between, however much it writes.
  ///
  /// - Parameters:
  ///   - plan: What to do.
  ///   - reason: Why, for the record.
  ///   - dryRun: Whether everything is done as for real and taken back instead of being committed.
  ///   - work: Hears of the progress, and can cancel.
  ///   - accepts: Whether a newer plan that does something else may be carried out without anybody
  ///     looking at it.
  /// - Returns: What was done, and the plan that was carried out.
  /// - Throws: As `apply`; `.planChanged` only with a plan that is not accepted.
  package func apply(
    _ plan: Plan, reason: ChangeReason = nil, dryRun: Bool = false, work: Work = Work(),
    orNewerIf accepts: @escaping @Sendable (Plan) -> Bool
  ) throws(AccessError) -> (result: ChangeResult, plan: Plan) {
    do throws(AccessError) {
      return try carryOut(plan, reason: reason, dryRun: dryRun, work: work, orNewerIf: accepts)
    } catch .outcomeUnknown(let path, let detail, let write?) {
      // Five seconds.
      guard try isMade(write, detail, asking: 25, work) else {
        throw .serverUnavailable(path: path, detail: detail)
      }
      return (write.result, write.plan)
    }
  }

  /// The same, without a look at what became of it where the connection has gone during COMMIT.
  ///
  /// - Throws: As the function above; `.outcomeUnknown`.
  package func carryOut(
    _ plan: Plan, reason: ChangeReason, dryRun: Bool = false, work: Work,
    orNewerIf accepts: @escaping @Sendable (Plan) -> Bool = { _ in false }
  ) throws(AccessError) -> (result: ChangeResult, plan: Plan) {
    if let readOnlyReason { throw .readOnly(readOnlyReason) }
    guard !plan.isEmpty else { return (ChangeResult(plan, change: nil), plan) }
    let attempt = Attempt(plan: plan, reason: reason, commits: !dryRun, work: work)
    if let written = try run(attempt, { try AccessStore.current(plan, $0, $1, if: accepts) }) {
      return written
    }
    // Users and companies come and go without a change by which that could have been noticed.
    if let written = try run(attempt, { try AccessStore.planned(again: plan, $0, $1, if: accepts) })
    {
      return written
    }
    throw .planChanged(try self.plan(plan.intent, work: work))
  }

  /// What is tried to be carried out, and how.
  private struct Attempt: Sendable {
    let plan: Plan
    let reason: ChangeReason
    let commits: Bool
    let work: Work
  }

  /// Writes the plan that holds in the transaction; nil if the state moved, and nothing was done.
  private func run(
    _ attempt: Attempt,
    _ current: @Sendable (any DatabaseSession, SchemaMapping) throws -> CurrentPlan
  ) throws(AccessError) -> (result: ChangeResult, plan: Plan)? {
    let (mapping, path) = (mapping, path)
    let (actor, origin, session) = (actor, origin, session)
    return try using(attempt.work) { connection in
      try EditedPairs.prepare(connection, mapping, for: attempt.plan.intent)
      var written: (header: ChangeHeader, result: ChangeResult, plan: Plan)?
      do {
        return try AccessStore.inWriteTransaction(attempt, connection, mapping) {
          try session.check(connection)
          let current = try current(connection, mapping)
          let plan = current.plan
          guard !plan.isEmpty else { return (ChangeResult(plan, change: nil), plan) }
          let header = ChangeHeader(
            actor: actor, origin: origin, action: plan.action,
            reason: attempt.reason,
            added: plan.added, removed: plan.removed, undoes: plan.intent.undoes,
            actions: plan.policyActions)
          let change = try AccessStore.write(current, header, connection, mapping, attempt.work)
          let result = ChangeResult(plan, change: attempt.commits ? change : nil)
          written = (header, result, plan)
          return (result, plan)
        }
      } catch let error as DatabaseError where error.category == .outcomeUnknown {
        guard let written, let change = written.result.change else { throw error }
        throw AccessError.outcomeUnknown(
          path: path, detail: error.message,
          UncertainWrite(
            change: change, result: written.result, plan: written.plan, header: written.header))
      } catch let error as PlanNotMet {
        // Only a look at every page tells damage from what the application's own schema does.
        let damage = try (connection as? Connection).flatMap {
          try Integrity($0, limit: 1).damage.first
        }
        throw damage.map { AccessError.damaged(path: path, detail: $0) }
          ?? .refusedByDatabase(detail: error.detail)
      }
    }
  }

  /// The plan for the state that the transaction sees.
  ///
  /// What becomes of users and companies themselves is always planned again: other programs change
  /// them without a change on the record.
  private static func current(
    _ plan: Plan, _ connection: any DatabaseSession, _ mapping: SchemaMapping,
    if accepts: (Plan) -> Bool
  ) throws -> CurrentPlan {
    let relations = Relations(mapping: mapping, moment: .now)
    let newest = try PlanQueries(connection: connection, relations: relations).newestChange()
    // A plan that names users and companies is void where these have other names by now.
    if newest == plan.basis, plan.entities.isEmpty, plan.pairs.isEmpty {
      return CurrentPlan(plan: plan, isOfNow: false)
    }
    return try planned(again: plan, connection, mapping, if: accepts)
  }

  /// What was asked for, planned anew, if it does the same or is accepted.
  private static func planned(
    again plan: Plan, _ connection: any DatabaseSession, _ mapping: SchemaMapping,
    if accepts: (Plan) -> Bool
  ) throws -> CurrentPlan {
    let newer = try AccessStore.plan(plan.intent, connection, mapping)
    // The connection was made ready for a write of the other plan's kind.
    guard GrantWriter.checksParents(of: newer) == GrantWriter.checksParents(of: plan),
      newer.entities.isEmpty == plan.entities.isEmpty,
      newer.doesTheSame(as: plan) || accepts(newer)
    else { throw PlanOutdated() }
    return CurrentPlan(plan: newer, isOfNow: true)
  }

  /// Writes what is planned, in the transaction that is open.
  private static func write(
    _ current: CurrentPlan, _ header: ChangeHeader, _ connection: any DatabaseSession,
    _ mapping: SchemaMapping,
    _ work: Work
  ) throws -> ChangeID {
    do {
      return try write(current.plan, header, connection, mapping, work)
    } catch is PlanOutdated where current.isOfNow {
      let plan = current.plan
      throw PlanNotMet(
        detail: "not all of \(plan.added) new and \(plan.removed) ended grants came to be so; a "
          + "trigger of the application may keep rows as they are")
    }
  }

  /// Writes what is planned, in the transaction that is open.
  ///
  /// - Parameters:
  ///   - plan: What to do.
  ///   - header: What the record is to say of it.
  ///   - connection: Where a transaction is open.
  ///   - mapping: The mapping of the database.
  ///   - work: Hears of the progress, and can cancel.
  /// - Returns: The change on the record.
  /// - Throws: `PlanOutdated` if not that came of it which was planned.
  static func write(
    _ plan: Plan, _ header: ChangeHeader, _ connection: any DatabaseSession,
    _ mapping: SchemaMapping,
    _ work: Work
  ) throws -> ChangeID {
    let relations = try Relations(mapping: mapping, moment: .now)
      .leavingOut(.both, connection)
    let change = try header.begin(on: connection)
    try SettingPlanner.write(plan, by: change, on: connection)
    try writeKeepingAdministrator(plan, connection, mapping) {
      let done: (added: Int, removed: Int)
      if connection is Connection {
        var writer = GrantWriter(connection, relations, plan, change, work)
        done = try writer.write()
      } else {
        var writer = try ServerGrantWriter(connection, relations, plan, change, work)
        done = try writer.write()
      }
      guard done.added == plan.added, done.removed == plan.removed else { throw PlanOutdated() }
    }
    if let acting = mapping.acting {
      try OperatorCheck(acting: acting, mapping: mapping, connection: connection)
        .check(writtenBy: change)
    }
    try ChangeHeader.end(on: connection)
    work.report(plan.changedPairs, of: plan.changedPairs, .finishing, always: true)
    if work.isCancelled { throw AccessError.cancelled }
    return change
  }

  /// Runs the body in a transaction, on a connection that is ready for a plan; nil if the state
  /// moved, and nothing was done.
  private static func inWriteTransaction<T>(
    _ attempt: Attempt, _ connection: any DatabaseSession, _ mapping: SchemaMapping,
    _ body: () throws -> T
  ) throws -> T? {
    do {
      let plan = attempt.plan
      let trusting = try plan.entities.isEmpty ? nil : SchemaTrust.file(connection, mapping)
      try trusting?.setTrustedSchema(true)
      defer { try? trusting?.setTrustedSchema(false) }
      return try connection.withBulkSettings(for: plan) {
        try connection.again {
          try connection.inTransaction(commits: attempt.commits) {
            try checkRecord(connection, mapping)
            return try body()
          }
        }
      }
    } catch is PlanOutdated {
      return nil
    } catch let error as DatabaseError where error.isConstraint {
      // The application's own rules, which only it knows.
      let references =
        error.category == .constraint(.foreignKey)
        ? try? AccessReferences(connection.file, mapping).words(mapping) : nil
      throw AccessError.refusedByDatabase(
        detail: [error.message, references].compactMap(\.self).joined(separator: "; "))
    } catch let error as DatabaseError where error.category == .cannotOpen {
      // The database is open: it is the journal that cannot be.
      throw AccessError.readOnly(.folder)
    }
  }

  /// Writes, and makes sure that the last administrator goes only if the plan says so: other programs
  /// change users without leaving a change by which that could be noticed.
  private static func writeKeepingAdministrator(
    _ plan: Plan, _ connection: any DatabaseSession, _ mapping: SchemaMapping,
    _ body: () throws -> Void
  ) throws {
    let mayLose = !plan.leavesNoAdministrator && (plan.removed > 0 || !plan.entities.isEmpty)
    guard mayLose, let rule = AdministratorRule(mapping), try rule.holds(connection) else {
      return try body()
    }
    try body()
    guard try rule.holds(connection) else { throw PlanOutdated() }
  }

  /// Makes sure that every write will be on the record.
  static func checkRecord(_ connection: any DatabaseSession, _ mapping: SchemaMapping) throws {
    let findings = try Schema(mapping: mapping).check(connection)
    let missing = findings.missingTables.map { "table \($0)" } + findings.missing
    guard missing.isEmpty else { throw AccessError.recordIncomplete(missing: missing) }
    if let obstacle = try SchemaSurvey.obstacles(connection, mapping).first {
      throw AccessError.readOnly(.schema(obstacle))
    }
  }
}

extension DatabaseSession {
  /// Runs the body with the settings for a large write, if it is one: a page cache that holds the
  /// part of the indexes that is being worked on, temporary files where memory would not do, and
  /// no look at both parents of every pair where the writer looks at all parents once.
  fileprivate func withBulkSettings<T>(for plan: Plan, _ body: () throws -> T) throws -> T {
    guard plan.changedPairs > GrantWriter.large, let file = self as? Connection else {
      return try body()
    }
    let pages = try file.count("PRAGMA cache_size")
    try file.execute("PRAGMA cache_size = -65536")
    try file.keepTemporary(inFiles: true)
    file.useTemporaryFilesBesideDatabase()
    if GrantWriter.checksParents(of: plan) { try file.setForeignKeys(false) }
    defer {
      // The outcome stands even if the settings cannot be put back; but none of the writes to come may
      // go unchecked.
      try? file.execute("PRAGMA cache_size = \(pages)")
      try? file.keepTemporary(inFiles: false)
      do { try file.setForeignKeys(true) } catch { preconditionFailure("\(error)") }
    }
    return try body()
  }
}

extension Plan {
  /// The word on the record.
  var action: ChangeAction {
    guard case .edits = intent else { return intent.action }
    return removed == 0 ? .grant : added == 0 ? .revoke : .grantAndRevoke
  }
}

extension Intent {
  /// The word on the record; of single pairs the plan knows it.
  fileprivate var action: ChangeAction {
    switch self {
    case .grant: .grant
    case .edits: .grantAndRevoke
    case .revoke, .revokeFormer: .revoke
    case .bulkGrant: .bulkGrant
    case .undo: .undo
    case .undoTo: .undoTo
    case .staged(let pairs): pairs.options.isSync ? .sync : .importFile
    case .entity(let edit): edit.changeAction
    case .backfill: .backfill
    case .policy: .policy
    case .operators: .operators
    }
  }

  /// The change that it undoes, or after which it undoes everything.
  var undoes: ChangeID? {
    switch self {
    case .undo(let change, _), .undoTo(let change): change
    default: nil
    }
  }
}

extension EntityEdit {
  /// The word on the record.
  var changeAction: ChangeAction {
    switch action {
    case .add: .add
    case .edit: .edit
    case .deactivate: .deactivate
    case .activate: .activate
    case .delete: .delete
    }
  }
}

extension ChangeResult {
  /// The result of a plan that was carried out as it stands.
  init(_ plan: Plan, change: ChangeID?) {
    self.init(
      change: change, added: plan.added, removed: plan.removed, unchanged: plan.unchanged,
      leftAlone: plan.leftAlone, results: plan.pairs, entities: plan.entities,
      entitiesLeftAlone: plan.entitiesLeftAlone)
  }
}
