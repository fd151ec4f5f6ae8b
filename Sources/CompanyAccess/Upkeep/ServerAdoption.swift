internal import Database
internal import DatabasePostgres

/// Adds the access table and the record to the database of an application on a server.
///
/// All of it is one transaction. The application's tables are locked for its last moments only, for which
/// the lock is waited for 100 ms at a time and five seconds in all; see `PostgresRecord+CatchingUp`.
struct ServerAdoption {
  let session: PostgresConnection
  let place: String
  /// What the operator or the database says, or the tables show; nil for an unknown application.
  let mapping: SchemaMapping?
  /// The mapping on the record; nil without one.
  let recorded: SchemaMapping?
  /// Whether the operator gives a description, which may be another than that of the database.
  let isGiven: Bool
  var choices = AdoptionChoices()
  var origin = Origin.library
  var reason: ChangeReason = nil
  let actor = Actor.current

  /// Opens a database.
  ///
  /// - Throws: `.badMappingFile`, `.unfitMapping`, and what the server answers.
  init(_ path: String, _ source: MappingSource?) throws(AccessError) {
    let login = try ServerLogin(path, password: nil)
    place = login.location.shown
    let given = try source.map { source throws(AccessError) in try SchemaMapping(source) }
    isGiven = given != nil
    do {
      session = try login.openForAdoption()
      let recorded = try session.reading { [session] in try SchemaMapping.recorded(on: session) }
      let named = given ?? recorded
      try session.look(into: named?.schemas ?? [])
      mapping = try session.reading { [session] in
        try ServerAdoption.refuseSchemas(named?.schemas ?? [], session)
        return try SchemaMapping(on: session, named: named)
      }
      self.recorded = recorded
    } catch {
      throw AccessError(any: error, path: login.location.shown)
    }
  }

  private static func refuseSchemas(
    _ schemas: [SQLName], _ session: PostgresConnection
  ) throws {
    guard !schemas.isEmpty else { return }
    let there = Set(
      try session.rows("SELECT unnest(current_schemas(FALSE))" as SQLStatement) { $0.text(0) })
    let missing = schemas.filter { !there.contains($0.text) }
    guard missing.isEmpty else {
      throw AccessError.unfitMapping(
        path: session.place, mapping: SchemaMapping.customName,
        missing.map { MappingProblem("schema", .noSchema($0.text)) })
    }
  }

  func attempt<T>(_ work: Work, _ body: () throws -> T) throws(AccessError) -> T {
    try session.attempt(work, at: place, body)
  }

  /// Refuses a description where the database is adopted by another one.
  func refuseOtherDescription() throws(AccessError) {
    guard isGiven, let recorded, let mapping,
      recorded.settings.map(\.value) != mapping.settings.map(\.value)
    else { return }
    throw .schemaRefused(path: place, [.otherDescription])
  }

  // MARK: - What it would do

  /// The steps, the counts, and what is in the way.
  func plan(_ work: Work) throws(AccessError) -> AdoptionPlan {
    try attempt(work) {
      try session.reading {
        guard let mapping else {
          return AdoptionPlan(
            status: .unknown(try foreignSchema() ?? .unknownMapping), users: 0, companies: 0,
            rows: [], backfill: nil)
        }
        let survey = try ServerSurvey(session, mapping, choices)
        let problems = try recorded == nil ? survey.problems() : []
        let status = SchemaStatus(
          version: recorded == nil ? 0 : SchemaStatus.newest, mapping: mapping.name,
          steps: try recorded == nil && problems.isEmpty ? steps(survey).all : [],
          problems: problems, notes: try recorded == nil ? survey.notes() : [])
        let relations = Relations(mapping: mapping, moment: .now)
        let planner = BackfillPlanner(
          session, relations, BackfillRule(mapping), hasAccess: survey.table.found != nil)
        return AdoptionPlan(
          status: status, users: try session.count("SELECT \(relations.countOfUsers)"),
          companies: try session.count("SELECT \(relations.countOfCompanies)"),
          rows: try survey.rows(),
          backfill: problems.isEmpty
            ? try mapping.access.isDescribed
              ? BackfillSummary(roles: [], leftOut: [:]) : planner.summary() : nil)
      }
    }
  }

  private func foreignSchema() throws -> SchemaProblem? {
    try ServerSurvey.foreignSchema(session)
  }

  /// The steps before the tables are locked, and those afterwards.
  struct Steps {
    var before: [SchemaStep] = []
    var locked: [SchemaStep] = []
    var after: [SchemaStep] = []
    var all: [SchemaStep] { before + locked + after }
  }

  private func steps(_ survey: ServerSurvey) throws -> Steps {
    let table = survey.table
    var steps = Steps()
    if table.found == nil {
      steps.before = table.making
      steps.locked = table.referring
    } else {
      let kept = table.keeping(rows: try survey.grants())
      steps.before = [kept[0]]
      steps.locked = Array(kept.dropFirst())
      if choices.contains(.addsIndex) { steps.after = table.indexing }
    }
    return steps
  }

  // MARK: - Doing it

  /// What was done in the transaction.
  struct Done {
    var steps: [SchemaStep]
    var change: ChangeID
    var notes: [SchemaNote]
    var backfill: ChangeResult
    var summary: BackfillSummary
  }

  /// Does all of it, or nothing.
  ///
  /// - Parameters:
  ///   - dryRun: Whether it is taken back at the end.
  ///   - grants: Whether what the application knows already is granted.
  ///   - work: Hears of the progress, and can cancel.
  ///   - onStage: Told what begins.
  /// - Returns: What was done.
  /// - Throws: `.schemaRefused`, `.busy`, `.cancelled`, or what the server answers; nothing was done then.
  @discardableResult
  func adopt(
    dryRun: Bool, grants: Bool = true, _ work: Work, onStage: (AdoptionStage) -> Void = { _ in }
  ) throws(AccessError) -> Done {
    guard let mapping else {
      throw .schemaRefused(
        path: place, [try attempt(work) { try foreignSchema() ?? .unknownMapping }])
    }
    return try attempt(work) {
      try session.again {
        try session.inTransaction(commits: !dryRun) {
          // What others commit meanwhile has to be seen when the tables are locked.
          try session.execute("SET TRANSACTION ISOLATION LEVEL READ COMMITTED")
          return try carryOut(mapping, grants: grants, work, onStage)
        }
      }
    }
  }

  private func carryOut(
    _ mapping: SchemaMapping, grants: Bool, _ work: Work, _ onStage: (AdoptionStage) -> Void
  ) throws -> Done {
    let survey = try ServerSurvey(session, mapping, choices)
    let problems = try survey.problems()
    guard problems.isEmpty else { throw AccessError.schemaRefused(path: place, problems) }
    let notes = try survey.notes()
    let steps = try steps(survey)
    let isMade = survey.table.found == nil
    try perform(steps.before)
    let record = try PostgresRecord(mapping, session.catalog())
    let oldest = try session.first(
      "SELECT pg_snapshot_xmin(pg_current_snapshot())::xid::text" as SQLStatement
    ) { $0.text(0) }
    var all = steps.before + [step("the record", record.tables + record.functions)]
    try perform(Array(all.suffix(1)))
    try perform(statements: record.filling)
    let change = try begin(mapping, survey)
    onStage(.backfill)
    let granted = try grants ? grant(mapping, work) : ServerAdoption.nothing
    try lock(record, work)
    try record.catchUp(session, since: oldest ?? "0", ownsTable: isMade)
    let last =
      steps.locked + [
        step("the triggers", record.rights(nil) + record.triggers)
      ]
    try perform(last)
    all +=
      [
        SchemaStep(.write, SchemaStep.firstChange, "the record begins", record.filling)
      ] + last
    if work.isCancelled { throw AccessError.cancelled }
    return Done(
      steps: all + steps.after, change: change, notes: notes,
      backfill: try result(granted.change), summary: granted.summary)
  }

  private func step(_ what: String, _ statements: [String]) -> SchemaStep {
    SchemaStep(.make, what, "in the schema company_access", statements)
  }

  private func perform(_ steps: [SchemaStep]) throws {
    try perform(statements: steps.flatMap(\.statements))
  }

  private func perform(statements: [String]) throws {
    for statement in statements { try session.execute(SQLStatement(stringLiteral: statement)) }
  }

  /// Waits for the three tables for 100 ms at a time, in which the application waits behind.
  private func lock(_ record: PostgresRecord, _ work: Work) throws {
    try session.execute("SET LOCAL lock_timeout = '100ms'")
    let statement = SQLStatement(
      stringLiteral: "LOCK TABLE \(record.lockedTables) IN SHARE ROW EXCLUSIVE MODE")
    try session.retrying(for: 5_000) {
      try session.atSavepoint { try session.execute(statement) }
    }
    try session.execute("SET LOCAL lock_timeout = '1s'")
  }

  /// Begins the record.
  private func begin(_ mapping: SchemaMapping, _ survey: ServerSurvey) throws -> ChangeID {
    let kept = try survey.table.found == nil ? nil : survey.grants()
    let words = [reason.text, kept.map { "kept \($0) grants" }].compactMap(\.self)
    let change = try PostgresRecord.beginChange(
      session, actor: actor, origin: origin.rawValue, action: ChangeAction.recordBegan.rawValue,
      reason: words.isEmpty ? nil : words.joined(separator: "; "), ticket: reason.ticket,
      decidedAt: reason.decidedAt?.text)
    var settings = [
      (SchemaSetting.version, "\(SchemaStatus.newest)"),
      (SchemaSetting.database, TimeOrderedID.next()),
    ]
    settings += mapping.settings.map { ($0.key, $0.value) }
    if survey.table.found != nil { settings.append((SchemaSetting.accessFound, "1")) }
    try PostgresRecord.write(settings, begunBy: change, session)
    return ChangeID(change)
  }

  private static let nothing = (
    change: nil as ChangeID?, summary: BackfillSummary(roles: [], leftOut: [:])
  )

  /// Grants what the application knows already to those who have been written down.
  ///
  /// It goes on writing, so that what is counted may not be what is there when it is written.
  private func grant(
    _ mapping: SchemaMapping, _ work: Work
  ) throws -> (change: ChangeID?, summary: BackfillSummary) {
    guard !mapping.access.isDescribed,
      let mapping = try SchemaMapping(on: session, named: mapping)
    else { return ServerAdoption.nothing }
    let plan = try AccessStore.plan(.backfill(), session, mapping)
    let summary = plan.backfill ?? BackfillSummary(roles: [], leftOut: [:])
    guard !plan.isEmpty else { return (nil, summary) }
    let header = ChangeHeader(
      actor: actor, origin: origin, action: plan.action, reason: reason, added: 0, removed: 0,
      undoes: nil)
    let change = try header.begin(on: session)
    var writer = try ServerGrantWriter(
      session, Relations(mapping: mapping, moment: .now), plan, change, work)
    try writer.backfillKnown()
    return (change, summary)
  }

  /// What a change granted, when those who have gone meanwhile have been taken away.
  private func result(_ change: ChangeID?) throws -> ChangeResult {
    var added = 0
    if let change {
      added = try session.count(
        "SELECT count(*) FROM \(RecordTable.currentGrant) WHERE began_change = \(change)")
      try session.execute(
        "UPDATE \(RecordTable.change) SET added = \(added) WHERE id = \(change)")
    }
    return ChangeResult(
      change: change, added: added, removed: 0, unchanged: 0, leftAlone: 0, results: [])
  }

  /// Makes the indexes that were asked for, each by itself.
  func addIndexes(_ work: Work) throws(AccessError) {
    guard choices.contains(.addsIndex), let mapping else { return }
    try attempt(work) {
      let steps = try session.reading { try ServerAccessTable(session, mapping).indexing }
      // It waits for the application without holding it up.
      try session.execute("SET lock_timeout = 0")
      try perform(steps)
    }
  }
}

extension PostgresRecord {
  /// Writes the settings of a record, and when it began.
  static func write(
    _ settings: [(String, String)], begunBy change: Int64, _ session: any DatabaseSession
  ) throws {
    for (key, value) in settings {
      try session.execute(
        """
        INSERT INTO \(.recordTable("setting")) (key, value)
        VALUES (\(Value.text(key)), \(Value.text(value)))
        """ as SQLStatement)
    }
    try session.execute(
      """
      INSERT INTO \(.recordTable("setting")) (key, value)
      SELECT 'record_begins', x.at::text FROM \(.recordTable("change")) AS x
      WHERE x.id = \(Value.integer(change))
      """ as SQLStatement)
  }
}
