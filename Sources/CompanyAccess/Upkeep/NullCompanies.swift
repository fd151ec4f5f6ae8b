internal import Database

/// Rows without a company in one of the application's tables.
public struct NullCompanyTable: Hashable, Sendable {
  /// The table.
  public let table: String
  /// How many rows have no company.
  public let rows: Int
  /// How many of these can be given one.
  public let resolvable: Int

  /// How many stay without.
  public var unresolved: Int { rows - resolvable }
}

/// What filling in companies would do.
public struct NullCompanyPlan: Hashable, Sendable {
  /// The tables that have rows without a company.
  public let tables: [NullCompanyTable]
  /// The change of an earlier run that was stopped, with which this one goes on.
  public let resumes: ChangeID?

  /// How many rows can be given a company.
  public var resolvable: Int { tables.reduce(0) { $0 + $1.resolvable } }
  /// How many rows stay without.
  public var unresolved: Int { tables.reduce(0) { $0 + $1.unresolved } }
}

/// What filling in companies did.
public struct NullCompanyResult: Hashable, Sendable {
  /// The change on the record; nil when there was nothing to fill in.
  public let change: ChangeID?
  /// How many rows this run filled in each table.
  public let filled: [String: Int]
  /// Whether it came to the end; else it was stopped, and another run goes on from there.
  public let isComplete: Bool

  /// How many rows this run filled.
  public var total: Int { filled.values.reduce(0, +) }
}

/// A row that stays without a company.
public struct NullCompanyRow: Hashable, Sendable {
  /// Why.
  public enum Reason: String, Hashable, Sendable, CaseIterable {
    /// The row names no user.
    case noUser = "no user"
    /// The user is not there.
    case userGone = "user gone"
    /// The user has no company either.
    case noHome = "no home"
    /// The user's company is not there.
    case homeGone = "home gone"
    /// The user has several companies.
    case severalHomes = "several homes"
  }

  /// The table.
  public let table: String
  /// The key of the row, as text.
  public let key: String
  /// The user that it names, as text.
  public let user: String?
  /// Why.
  public let reason: Reason
  let place: [Key]
}

/// A place between rows that stay without a company.
public struct NullCompanyCursor: Hashable, Sendable {
  let table: String
  let place: [Key]

  /// The place behind a row.
  public init(after row: NullCompanyRow) {
    table = row.table
    place = row.place
  }
}

extension AccessStore {
  /// What filling in the companies of rows that have none would do.
  ///
  /// These are rows of any table of the application with the columns `company_id` and `user_id`.
  ///
  /// - Parameters:
  ///   - standard: The company for rows whose user has none; nil to leave them as they are.
  ///   - work: Whose cancelling stops the counting.
  /// - Returns: The tables and counts.
  /// - Throws: `.busy`, `.cancelled`, `.damaged` or `.diskError`.
  public func nullCompanyPlan(
    default standard: CompanyID? = nil, work: Work? = nil
  ) throws(AccessError) -> NullCompanyPlan {
    let mapping = mapping
    return try read(work: work) { connection in
      let filler = try NullCompanyFiller(connection.file, mapping, standard)
      return NullCompanyPlan(tables: try filler.counts(), resumes: try filler.unfinished())
    }
  }

  /// Gives rows without a company that of their user, 1,000 rows at a time.
  ///
  /// Each batch is a transaction of its own, all under one change, so that other programs can go on
  /// between them. Stopped in between, what has been filled in stays, and another run goes on under
  /// the same change. There is no undo.
  ///
  /// - Parameters:
  ///   - standard: The company for rows whose user has none; nil to leave them as they are.
  ///   - reason: Why, for the record.
  ///   - dryRun: Whether all is done as for real, in one transaction that is taken back at the end.
  ///   - work: Hears of the progress, and can stop it.
  /// - Returns: What was done.
  /// - Throws: `.readOnly`, `.recordIncomplete`, `.noSuchCompany`, `.busy`, `.refusedByDatabase`,
  ///   `.diskFull` or `.diskError`; any of these as `.partlyDone` after a batch, which stays.
  @discardableResult
  public func fillNullCompanies(
    default standard: CompanyID? = nil, reason: ChangeReason = nil, dryRun: Bool = false,
    work: Work = Work()
  ) throws(AccessError) -> NullCompanyResult {
    if let readOnlyReason { throw .readOnly(readOnlyReason) }
    try requireMaintenance()
    if let standard, try company(standard) == nil { throw .noSuchCompany(standard) }
    let plan = try nullCompanyPlan(default: standard, work: work)
    let header = ChangeHeader(
      actor: actor, origin: origin, action: .backfill, reason: reason, added: 0, removed: 0,
      undoes: nil)
    let mapping = mapping
    var run = NullCompanyRun(total: plan.resolvable)
    // One that only has to be ended has nothing left to fill.
    guard plan.resolvable > 0 || plan.resumes != nil else { return run.result }
    do {
      while !run.isComplete {
        if work.isCancelled { return run.result }
        let before = run
        run = try using(work) { connection in
          try connection.inTransaction(commits: !dryRun) {
            try AccessStore.checkRecord(connection, mapping)
            let filler = try NullCompanyFiller(connection.file, mapping, standard)
            var run = try filler.batch(after: before, header)
            while dryRun, !run.isComplete, !work.isCancelled {
              work.report(run.result.total, of: run.total, .writing)
              run = try filler.batch(after: run, header)
            }
            return run
          }
        }
        work.report(run.result.total, of: run.total, .writing)
        if dryRun { return run.withoutChange.result }
      }
    } catch .cancelled {
      return run.result
    } catch {
      guard let change = run.change, !dryRun else { throw error }
      throw .partlyDone(change: change, cause: error)
    }
    return run.result
  }

  /// Rows that stay without a company, table by table in the order of their keys.
  ///
  /// - Parameters:
  ///   - place: Where to begin; nil for the beginning.
  ///   - limit: How many rows at most.
  ///   - work: Whose cancelling stops the reading.
  /// - Returns: The rows and the reasons.
  /// - Throws: `.busy`, `.cancelled`, `.damaged` or `.diskError`.
  public func nullCompanyRows(
    after place: NullCompanyCursor? = nil, limit: Int, work: Work? = nil
  ) throws(AccessError) -> [NullCompanyRow] {
    let mapping = mapping
    return try read(work: work) { connection in
      try NullCompanyFiller(connection.file, mapping, nil).unresolved(after: place, limit: limit)
    }
  }
}

/// How far a run has come.
struct NullCompanyRun: Hashable, Sendable {
  let total: Int
  var change: ChangeID?
  /// The table at work, by its place among all.
  var table = 0
  /// The key of the last row of the batch before.
  var place: [Key]?
  var filled: [String: Int] = [:]
  var isComplete = false

  init(total: Int) { self.total = total }

  /// The same run, of which nothing was kept.
  var withoutChange: NullCompanyRun {
    var run = self
    run.change = nil
    return run
  }

  var result: NullCompanyResult {
    NullCompanyResult(
      change: change, filled: filled, isComplete: isComplete || (total == 0 && change == nil))
  }
}
