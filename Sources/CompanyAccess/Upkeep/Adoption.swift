internal import Database

/// What adopting a file would do.
public struct AdoptionPlan: Hashable, Sendable {
  /// The schema, and what would be added to it.
  public let status: SchemaStatus
  /// How many users the application has.
  public let users: Int
  /// How many companies it has.
  public let companies: Int
  /// How many rows each table has, by name.
  public let rows: [TableRows]
  /// What would be granted by what the application knows, by role; nil while something is in the way.
  public let backfill: BackfillSummary?

  /// How many pairs would be granted.
  public var added: Int { backfill?.roles.reduce(0) { $0 + $1.missing } ?? 0 }
  /// Whether everything has been done already.
  public var isDone: Bool { status.isCurrent && added == 0 }
}

/// A table and how many rows it has.
public struct TableRows: Hashable, Sendable {
  /// The table.
  public let table: String
  /// How many rows it has.
  public let rows: Int
}

/// What an operator can say about an adoption besides the mapping.
public struct AdoptionChoices: OptionSet, Hashable, Sendable {
  /// The choices as bits.
  public let rawValue: Int

  /// The choices that bits stand for.
  public init(rawValue: Int) { self.rawValue = rawValue }

  /// An access table is made although tables of the application refer to both users and companies: the
  /// application does not read it.
  public static let makesTableBeside = AdoptionChoices(rawValue: 1)
  /// The application's own access table gets an index for the companies of a user and one for the users
  /// of a company, where it has none.
  public static let addsIndex = AdoptionChoices(rawValue: 2)
}

/// What adopting a file is doing.
public enum AdoptionStage: String, Hashable, Sendable, CaseIterable {
  /// A copy is made and the tables are added.
  case upgrade
  case backfill
  case verify
}

/// What adopting a file did.
public struct Adoption: Hashable, Sendable {
  /// What was added.
  public let upgrade: SchemaUpgrade
  /// What was granted.
  public let backfill: ChangeResult
  /// The counts by role.
  public let summary: BackfillSummary
  /// What is not as it should be afterwards; nothing, as a rule.
  public let differences: [SchemaDifference]
}

extension AccessStore {
  /// Who would make the changes of a store opened now, as `name@host`.
  package static var currentActor: String { Actor.current }

  /// What adopting a file would do; nothing is changed.
  ///
  /// - Parameters:
  ///   - path: The file of an application.
  ///   - mappingFile: A file that says where users and companies are; see `schemaStatus`.
  ///   - trustsSchema: Whether what the application's schema runs may be run.
  ///   - choices: What else the operator has said.
  ///   - access: Whether the file may be opened for writing, although nothing is written.
  ///   - busyTimeout: How long to wait for other programs, in milliseconds.
  ///   - work: Hears of the progress, and can cancel.
  /// - Returns: The steps, the counts, and what is in the way.
  /// - Throws: `.schemaRefused` for a file that is adopted by another mapping; `.noSuchFile`,
  ///   `.notAFile`, `.notADatabase`, `.notPermitted`, `.cannotOpen`, `.needsRecovery`,
  ///   `.needsLog`, `.busy`, `.damaged` or `.diskError` of the file; `.badMappingFile` or
  ///   `.unfitMapping` of the mapping; `.noTables`; `.cancelled`.
  public static func adoptionPlan(
    _ path: String, mappingFile: String? = nil, trustsSchema: Bool = false,
    choices: AdoptionChoices = [], access: Access = .automatic, busyTimeout: Int = 5_000,
    work: Work = Work()
  ) throws(AccessError) -> AdoptionPlan {
    try adoptionPlan(
      path, by: mappingFile.map(MappingSource.file), trustsSchema: trustsSchema, choices: choices,
      access: access, busyTimeout: busyTimeout, work: work)
  }

  /// The same, with a mapping that need not be in a file.
  package static func adoptionPlan(
    _ path: String, by source: MappingSource?, trustsSchema: Bool = false,
    choices: AdoptionChoices = [], access: Access = .automatic, busyTimeout: Int = 5_000,
    work: Work = Work()
  ) throws(AccessError) -> AdoptionPlan {
    if DatabaseLocation.namesServer(path) {
      let adoption = try serverAdoption(path, source, choices)
      return try adoption.plan(work)
    }
    var migration = try SchemaMigration(path, source, .library, busyTimeout, access)
    migration.choices = choices
    try refuseOtherDescription(migration, path)
    return try migration.adoptionPlan(trusts: trustsSchema, work)
  }

  /// A file that is adopted by another description is not adopted again: what the operator has
  /// revoked since would be granted anew.
  private static func refuseOtherDescription(
    _ migration: SchemaMigration, _ path: String
  ) throws(AccessError) {
    if let version = try migration.olderVersion() {
      throw .schemaRefused(path: path, [.olderVersion(version)])
    }
    if try migration.hasOtherDescription() { throw .schemaRefused(path: path, [.otherDescription]) }
  }

  /// Adds the access table and the record to the file of an application, and grants what the
  /// application knows already.
  ///
  /// These are an upgrade of the schema, a backfill, and a look at the result; each is done or not, and
  /// after a failure another call goes on.
  ///
  /// - Parameters:
  ///   - path: The file of an application, which may go on being used.
  ///   - mappingFile: A file that says where users and companies are; see `schemaStatus`.
  ///   - trustsSchema: Whether what the application's schema runs may be run.
  ///   - choices: What else the operator has said.
  ///   - origin: What the record shall give as the origin.
  ///   - reason: Why, for the record.
  ///   - busyTimeout: How long to wait for other programs, in milliseconds.
  ///   - work: Hears of the progress, and can cancel.
  ///   - onStage: Told what begins.
  /// - Returns: What was done.
  /// - Throws: `.schemaRefused` with what has to be put right first, before anything is changed;
  ///   `.badMappingFile`, `.unfitMapping`, `.noTables`, `.readOnly`, `.busy`, `.cannotCreate` for
  ///   the copy, `.diskFull`, `.diskError`, `.damaged` or `.cancelled`; `.adoptionUnfinished` after the
  ///   tables and triggers have been added.
  @discardableResult
  public static func adopt(
    _ path: String, mappingFile: String? = nil, trustsSchema: Bool = false,
    choices: AdoptionChoices = [], origin: Origin = .library, reason: ChangeReason = nil,
    busyTimeout: Int = 5_000,
    work: Work = Work(),
    onStage: (AdoptionStage) -> Void = { _ in }
  ) throws(AccessError) -> Adoption {
    try adopt(
      path, by: mappingFile.map(MappingSource.file), trustsSchema: trustsSchema, choices: choices,
      origin: origin, reason: reason, busyTimeout: busyTimeout, work: work, onStage: onStage)
  }

  /// The same, with a mapping that need not be in a file.
  @discardableResult
  package static func adopt(
    _ path: String, by source: MappingSource?, trustsSchema: Bool = false,
    choices: AdoptionChoices = [], origin: Origin = .library, reason: ChangeReason = nil,
    busyTimeout: Int = 5_000, work: Work = Work(), onStage: (AdoptionStage) -> Void = { _ in }
  ) throws(AccessError) -> Adoption {
    if DatabaseLocation.namesServer(path) {
      var adoption = try serverAdoption(path, source, choices)
      (adoption.origin, adoption.reason) = (origin, reason)
      return try adopt(adoption, path, work, onStage)
    }
    var migration = try SchemaMigration(path, source, origin, busyTimeout, .readWrite)
    try refuseOtherDescription(migration, path)
    onStage(.upgrade)
    migration.choices = choices
    migration.reason = reason
    let upgrade = try migration.upgrade(trusts: trustsSchema, work)
    do {
      return try finishAdoption(
        path, upgrade, origin: origin, reason: reason, busyTimeout: busyTimeout, work: work,
        onStage: onStage)
    } catch {
      throw upgrade.steps.isEmpty ? error : .adoptionUnfinished(cause: error)
    }
  }

  /// What follows after the tables and triggers are there.
  private static func finishAdoption(
    _ path: String, _ upgrade: SchemaUpgrade, origin: Origin, reason: ChangeReason,
    busyTimeout: Int, work: Work, onStage: (AdoptionStage) -> Void
  ) throws(AccessError) -> Adoption {
    onStage(.backfill)
    let store = try open(path, access: .readWrite, origin: origin, busyTimeout: busyTimeout)
    var backfill = ChangeResult(
      change: nil, added: 0, removed: 0, unchanged: 0, leftAlone: 0, results: [])
    var summary: BackfillSummary?
    // What the application's own table says is what holds; nothing is added to it unasked.
    if !store.mapping.access.isDescribed {
      let (result, plan) = try store.apply(
        store.plan(.backfill(), work: work), reason: reason, work: work, orNewerIf: { _ in true })
      (backfill, summary) = (result, plan.backfill)
    }
    onStage(.verify)
    return Adoption(
      upgrade: upgrade, backfill: backfill,
      summary: summary ?? BackfillSummary(roles: [], leftOut: [:]),
      differences: try verifySchema(path, busyTimeout: busyTimeout))
  }
}

extension AccessStore {
  /// Does all that `adopt` does, but for the copy, and takes it back.
  ///
  /// - Parameters:
  ///   - path: The file of an application.
  ///   - mappingFile: A file that says where users and companies are; see `schemaStatus`.
  ///   - trustsSchema: Whether what the application's schema runs may be run.
  ///   - choices: What else the operator has said.
  ///   - busyTimeout: How long to wait for other programs, in milliseconds.
  ///   - work: Hears of the progress, and can cancel.
  /// - Throws: `.schemaRefused`, `.badMappingFile`, `.unfitMapping`, `.noTables`, `.readOnly`,
  ///   `.busy`, `.diskFull`, `.diskError`, `.damaged` or `.cancelled`, as `adopt` would.
  public static func rehearseAdoption(
    _ path: String, mappingFile: String? = nil, trustsSchema: Bool = false,
    choices: AdoptionChoices = [], busyTimeout: Int = 5_000, work: Work = Work()
  ) throws(AccessError) {
    if DatabaseLocation.namesServer(path) {
      let adoption = try serverAdoption(path, mappingFile.map(MappingSource.file), choices)
      guard adoption.recorded == nil else { return try rehearseBackfill(path, busyTimeout, work) }
      _ = try adoption.adopt(dryRun: true, work)
      return
    }
    var migration = try SchemaMigration(
      path, mappingFile.map(MappingSource.file), .library, busyTimeout, .readWrite)
    migration.choices = choices
    let upgrade = try migration.upgrade(trusts: trustsSchema, dryRun: true, work) {
      connection, mapping in
      guard !mapping.access.isDescribed else { return }
      let plan = try plan(.backfill(), connection, mapping)
      guard !plan.isEmpty else { return }
      let header = ChangeHeader(
        actor: Actor.current, origin: .library, action: plan.action, reason: nil,
        added: plan.added, removed: plan.removed, undoes: nil)
      _ = try write(plan, header, connection, mapping, work)
    }
    guard upgrade.steps.isEmpty else { return }
    try rehearseBackfill(path, busyTimeout, work)
  }

  /// Rehearses what is granted where the tables are as they should be.
  private static func rehearseBackfill(
    _ path: String, _ busyTimeout: Int, _ work: Work
  ) throws(AccessError) {
    let store = try open(path, access: .readWrite, busyTimeout: busyTimeout)
    guard !store.mapping.access.isDescribed else { return }
    _ = try store.apply(
      store.plan(.backfill(), work: work), dryRun: true, work: work, orNewerIf: { _ in true })
  }
}

// MARK: - On a server

extension AccessStore {
  private static func serverAdoption(
    _ path: String, _ source: MappingSource?, _ choices: AdoptionChoices
  ) throws(AccessError) -> ServerAdoption {
    var adoption = try ServerAdoption(path, source)
    adoption.choices = choices
    try adoption.refuseOtherDescription()
    return adoption
  }

  private static func adopt(
    _ adoption: ServerAdoption, _ path: String, _ work: Work, _ onStage: (AdoptionStage) -> Void
  ) throws(AccessError) -> Adoption {
    onStage(.upgrade)
    guard adoption.recorded == nil else {
      let upgrade = try upgradeSchema(path, origin: adoption.origin, reason: adoption.reason)
      return try finishAdoption(
        path, upgrade, origin: adoption.origin, reason: adoption.reason, busyTimeout: 5_000,
        work: work, onStage: onStage)
    }
    let done = try adoption.adopt(dryRun: false, work, onStage: onStage)
    onStage(.verify)
    do {
      try adoption.addIndexes(work)
      return Adoption(
        upgrade: SchemaUpgrade(
          backup: nil, before: 0, steps: done.steps, change: done.change, found: 0,
          notes: done.notes),
        backfill: done.backfill, summary: done.summary, differences: try verifySchema(path))
    } catch {
      throw .adoptionUnfinished(cause: error)
    }
  }
}

extension SchemaMigration {
  func adoptionPlan(trusts: Bool, _ work: Work) throws(AccessError) -> AdoptionPlan {
    let status = try status(trusts: trusts, work)
    return try attempt(work) {
      try connection.reading {
        let content = try DatabaseContent(connection)
        let rows = content.rows.sorted { $0.key < $1.key }
          .map { TableRows(table: $0.key, rows: $0.value) }
        guard let mapping else {
          return AdoptionPlan(status: status, users: 0, companies: 0, rows: rows, backfill: nil)
        }
        let relations = Relations(mapping: mapping, moment: .now)
        let planner = BackfillPlanner(
          connection, relations, BackfillRule(mapping),
          hasAccess: content.rows[mapping.access.table.text] != nil)
        return AdoptionPlan(
          status: status, users: try connection.count("SELECT \(relations.countOfUsers)"),
          companies: try connection.count("SELECT \(relations.countOfCompanies)"), rows: rows,
          backfill: status.problems.isEmpty
            ? try mapping.access.isDescribed
              ? BackfillSummary(roles: [], leftOut: [:]) : planner.summary() : nil)
      }
    }
  }
}
