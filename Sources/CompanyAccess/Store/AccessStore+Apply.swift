internal import Database

/// The state is no longer the one that a plan saw.
private struct StateMoved: Error {}

extension AccessStore {
  /// Carries out a plan: all of it, as one change on the record, or nothing.
  ///
  /// A plan that changes nothing leaves no change on the record.
  ///
  /// - Parameters:
  ///   - plan: What to do.
  ///   - reason: Why, for the record.
  ///   - work: Hears of the progress, and can cancel.
  /// - Returns: What was done.
  /// - Throws: `.planChanged` with a new plan if the state is not the one that the plan saw;
  ///   `.recordIncomplete` if the change could not be recorded; `.cancelled`. In every case nothing
  ///   has been done.
  @discardableResult
  public func apply(
    _ plan: Plan, reason: String? = nil, work: Work = Work()
  ) throws(AccessError) -> ChangeResult {
    if let readOnlyReason { throw .readOnly(readOnlyReason) }
    guard !plan.isEmpty else { return ChangeResult(plan, change: nil) }
    let header = ChangeHeader(
      actor: actor, origin: origin, action: plan.intent.action, reason: reason,
      added: plan.added, removed: plan.removed, undoes: plan.intent.undoes)
    let shape = shape
    let change = try using(work) { connection in
      try AccessStore.carryOut(plan, header, connection, shape, work)
    }
    guard let change else { throw .planChanged(try self.plan(plan.intent, work: work)) }
    return ChangeResult(plan, change: change)
  }

  /// Carries out a plan in a transaction; nil if the state moved, and nothing was done.
  private static func carryOut(
    _ plan: Plan, _ header: ChangeHeader, _ connection: Connection, _ shape: Shape, _ work: Work
  ) throws -> ChangeID? {
    let isLarge = plan.changedPairs > PairWriter.large
    do {
      return try connection.prepared(forLarge: isLarge) {
        try connection.inTransaction {
          try checkRecord(connection, shape)
          let newest = try PlanQueries(
            connection: connection, relations: Relations(shape: shape, moment: .now)
          ).newestChange()
          guard newest == plan.basis else { throw StateMoved() }
          let change = try header.begin(on: connection)
          var writer = PairWriter(connection, shape, plan, change, work)
          let done = try writer.write()
          guard done.added == plan.added, done.removed == plan.removed else { throw StateMoved() }
          try ChangeHeader.end(on: connection)
          work.report(plan.changedPairs, of: plan.changedPairs, .finishing, always: true)
          if work.isCancelled { throw AccessError.cancelled }
          return change
        }
      }
    } catch is StateMoved {
      return nil
    } catch let error as DatabaseError where error.cannotOpen {
      // The database is open: it is the journal that cannot be.
      throw AccessError.readOnly(.folder)
    }
  }

  /// Makes sure that whatever is written will be on the record.
  static func checkRecord(_ connection: Connection, _ shape: Shape) throws {
    let findings = try Schema(shape: shape).check(connection)
    let missing = findings.missingTables.map { "table \($0)" } + findings.missing
    guard missing.isEmpty else { throw AccessError.recordIncomplete(missing: missing) }
  }
}

extension Connection {
  /// Runs the body with the settings for a large write, if it is one: a page cache that holds the
  /// part of the indexes that is being worked on, and temporary files where memory would not do.
  fileprivate func prepared<T>(forLarge isLarge: Bool, _ body: () throws -> T) throws -> T {
    guard isLarge else { return try body() }
    let pages = try count("PRAGMA cache_size")
    try execute("PRAGMA cache_size = -65536; PRAGMA temp_store = FILE")
    useTemporaryFilesBesideDatabase()
    // The outcome stands, whatever becomes of the settings.
    defer { try? execute("PRAGMA cache_size = \(pages); PRAGMA temp_store = MEMORY") }
    return try body()
  }
}

extension Intent {
  /// The word on the record.
  var action: ChangeAction {
    switch self {
    case .grant: .grant
    case .revoke: .revoke
    case .bulkGrant: .bulkGrant
    case .undo: .undo
    case .staged(let pairs): pairs.options.isSync ? .sync : .importFile
    }
  }

  /// The change that it undoes.
  var undoes: ChangeID? {
    if case .undo(let change, _) = self { change } else { nil }
  }
}

extension ChangeResult {
  /// The result of a plan that was carried out as it stands.
  init(_ plan: Plan, change: ChangeID?) {
    self.init(
      change: change, added: plan.added, removed: plan.removed, unchanged: plan.unchanged,
      leftAlone: plan.leftAlone, results: plan.pairs)
  }
}
