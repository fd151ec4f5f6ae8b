internal import Database

/// What was done to put differences between the record and the tables on the record.
public struct SchemaReconciliation: Hashable, Sendable {
  /// What differed.
  public let difference: RecordDifference
  /// What was done; empty when nothing differed.
  public let steps: [SchemaStep]
  /// The change that all of it is on the record as; nil when nothing differed, and for a dry run.
  public let change: ChangeID?
}

extension AccessStore {
  /// Puts on the record, as one change, what the application's tables say and the record does not.
  ///
  /// When it came about is not known: between the last time both agreed and now. The tables stay as they
  /// are.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - dryRun: Whether everything is done as for real and taken back instead of being committed.
  ///   - origin: What the record shall give as the origin.
  ///   - reason: Why, for the record.
  ///   - busyTimeout: How long to wait for other programs, in milliseconds.
  ///   - work: Hears of the progress, and can cancel.
  /// - Returns: What differed, and what was done.
  /// - Throws: `.recordIncomplete` if triggers are missing, which an upgrade brings back;
  ///   `.schemaRefused`, `.readOnly`, `.busy`, `.cancelled`, or what the disk answers; nothing has been
  ///   changed then.
  @discardableResult
  public static func reconcileRecord(
    _ path: String, dryRun: Bool = false, origin: Origin = .library, reason: ChangeReason = nil,
    busyTimeout: Int = 5_000, work: Work = Work()
  ) throws(AccessError) -> SchemaReconciliation {
    if DatabaseLocation.namesServer(path) {
      return try ServerSchema(path, origin: origin, reason: reason).reconcile(dryRun: dryRun)
    }
    var migration = try SchemaMigration(path, nil, origin, busyTimeout, .readWrite)
    migration.reason = reason
    return try migration.reconcile(dryRun: dryRun, work)
  }

  /// Takes the triggers of this program away, so that the application can change its tables.
  ///
  /// Reading goes on, and writing is refused until an upgrade has brought them back, which puts on the
  /// record what has changed meanwhile.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - dryRun: Whether everything is done as for real and taken back instead of being committed.
  ///   - busyTimeout: How long to wait for other programs, in milliseconds.
  /// - Returns: What was done; no steps if none of them is there.
  /// - Throws: As `reconcileRecord`.
  @discardableResult
  public static func pauseSchema(
    _ path: String, dryRun: Bool = false, busyTimeout: Int = 5_000
  ) throws(AccessError) -> [SchemaStep] {
    if DatabaseLocation.namesServer(path) { return try ServerSchema(path).pause(dryRun: dryRun) }
    let migration = try SchemaMigration(path, nil, .library, busyTimeout, .readWrite)
    return try migration.pause(dryRun: dryRun)
  }
}

extension SchemaMigration {
  func reconcile(dryRun: Bool, _ work: Work) throws(AccessError) -> SchemaReconciliation {
    let mapping = try knownMapping()
    return try attempt(work) {
      work.report(0, of: 0, .checking, always: true)
      return try connection.inTransaction(commits: !dryRun) {
        try refuseUnlessCurrent(mapping)
        try AccessStore.checkRecord(connection, mapping)
        let planner = try planner(mapping)
        guard let difference = try planner.difference(), !difference.isEmpty else {
          return SchemaReconciliation(difference: RecordDifference(), steps: [], change: nil)
        }
        let steps = try planner.found()
        try perform(steps, work)
        let change = try connection.first("SELECT max(id) FROM \(RecordTable.change)") {
          $0.changeID(0)
        }
        if work.isCancelled { throw AccessError.cancelled }
        return SchemaReconciliation(
          difference: difference, steps: steps, change: dryRun ? nil : change ?? nil)
      }
    }
  }

  func pause(dryRun: Bool) throws(AccessError) -> [SchemaStep] {
    let mapping = try knownMapping()
    return try attempt(Work()) {
      try connection.inTransaction(commits: !dryRun) {
        try refuseUnlessCurrent(mapping)
        let steps = try planner(mapping).pausing()
        try perform(steps, Work())
        return steps
      }
    }
  }
}
