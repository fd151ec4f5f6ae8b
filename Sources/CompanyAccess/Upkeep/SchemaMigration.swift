internal import Database

/// One file whose schema is looked at or changed.
struct SchemaMigration {
  private let path: String
  let connection: Connection
  /// What the operator or the file says, or the tables show; nil for an unknown application.
  let mapping: SchemaMapping?
  /// Whether the operator gives a description, which may be another than the file's own.
  private let isGiven: Bool
  /// What the operator has said about the adoption.
  var choices = AdoptionChoices()
  /// Whether the tables are not as the mapping says, which is that of the file.
  private let isUnfit: Bool
  private let origin: Origin
  /// Why the schema is changed, for the record.
  var reason: ChangeReason = nil
  private let actor = Actor.current

  /// Opens a file; one that is to be changed must be writable.
  ///
  /// Also to be looked at it is opened for writing, if that may be: on a connection that only reads,
  /// SQLite does not compose the checks of a table, of which some may have to be trusted.
  ///
  /// - Throws: `.unfitMapping` unless `takesUnfit`, and what the file and the database answer.
  init(
    _ path: String, _ source: MappingSource?, _ origin: Origin, _ busyTimeout: Int,
    _ access: AccessStore.Access, takesUnfit: Bool = false
  ) throws(AccessError) {
    let forbidden = try FileCheck.readOnlyReason(path)
    if access == .readWrite, let forbidden { throw .readOnly(forbidden) }
    let isReadOnly = access == .readOnly || forbidden != nil
    self.path = path
    self.origin = origin
    do {
      connection = try Connection(path: path, mode: isReadOnly ? .readOnly : .readWrite)
      connection.busyTimeout = busyTimeout
      let given = try source.map { try SchemaMapping($0) }
      isGiven = given != nil
      (mapping, isUnfit) = try connection.reading { [connection] in
        do {
          return (try SchemaMapping(of: connection, given: given), false)
        } catch AccessError.unfitMapping where takesUnfit {
          return (try SchemaMapping.recorded(in: connection), true)
        }
      }
    } catch {
      throw AccessError(any: error, path: path)
    }
  }

  func status(trusts: Bool, _ work: Work) throws(AccessError) -> SchemaStatus {
    try attempt(work) {
      try connection.reading {
        guard let mapping else { return SchemaStatus.unknown(try unknownProblem()) }
        let survey = try SchemaSurvey(connection, mapping)
        let leftovers = Leftovers(survey.objects)
        guard leftovers.isEmpty else { return SchemaStatus.unknown(leftovers.problem) }
        if let lost = try survey.lostRecord() { return SchemaStatus.unknown(lost) }
        let version = try survey.version()
        let planner = SchemaPlanner(
          survey: survey, actor: actor, origin: origin, reason: reason,
          addsIndex: choices.contains(.addsIndex))
        return SchemaStatus(
          version: version ?? 0, mapping: mapping.name, steps: try planner.upgrade(),
          problems: try survey.problems(trusts: trusts || version != 0, choices),
          notes: try survey.notes(version: version ?? 0))
      }
    }
  }

  // MARK: - Up

  /// Makes the schema what it should be.
  ///
  /// - Parameters:
  ///   - trusts: Whether what the application's schema runs may be run.
  ///   - dryRun: Whether everything is done as for real and taken back instead of being committed.
  ///   - work: Hears of the progress, and can cancel.
  ///   - afterwards: What is done in the same transaction on the new schema, if there were steps.
  /// - Returns: What was done.
  /// - Throws: As `AccessStore.upgradeSchema`.
  func upgrade(
    trusts: Bool, dryRun: Bool = false, _ work: Work,
    afterwards: (Connection, SchemaMapping) throws -> Void = { _, _ in }
  ) throws(AccessError) -> SchemaUpgrade {
    let mapping = try knownMapping()
    return try attempt(work) {
      let planned = try connection.reading { try plan(mapping, trusts) }
      guard !planned.steps.isEmpty else { return planned }
      let copy = try safetyCopy("upgrade", dryRun, work)
      let done = try migrator(mapping, dryRun, work).run {
        // Another tool may have been faster while the copy was made.
        let steps = try plan(mapping, trusts)
        try perform(steps.steps, work)
        return try result(steps, copy, mapping, dryRun)
      } afterwards: {
        try afterwards(connection, mapping)
      }
      if done.steps.isEmpty { copy?.remove() }
      return done
    }
  }

  private func migrator(
    _ mapping: SchemaMapping, _ dryRun: Bool, _ work: Work
  ) throws -> SchemaMigrator {
    SchemaMigrator(
      connection: connection,
      ours: Schema(mapping: mapping).objectNames.union(
        VersionOne(mapping: mapping, objects: try SchemaObjects(connection), isFound: false).names),
      rewritten: Set(RecordTable.all.map(\.folded)), work: work, commits: !dryRun)
  }

  /// The copy that is made before anything is changed; of a dry run only what the copy is checked for.
  private func safetyCopy(_ what: String, _ dryRun: Bool, _ work: Work) throws -> SafetyCopy? {
    guard dryRun else { return try SafetyCopy(of: connection.path, before: what, work) }
    work.report(0, of: 0, .checking, always: true)
    if let damage = try Integrity(connection, limit: 1).damage.first {
      throw AccessError.damaged(path: connection.path, detail: damage)
    }
    return nil
  }

  /// What is to be done, if nothing forbids it.
  private func plan(_ mapping: SchemaMapping, _ trusts: Bool) throws -> SchemaUpgrade {
    let survey = try SchemaSurvey(connection, mapping)
    let version = try survey.version()
    let problems =
      try survey.problems(trusts: trusts || version != 0, choices) + otherAccessTable(survey)
    guard problems.isEmpty, let version else { throw refused(problems) }
    var planner = SchemaPlanner(
      survey: survey, actor: actor, origin: origin, reason: reason,
      addsIndex: choices.contains(.addsIndex))
    let trust = SchemaTrust(survey)
    if trusts, try !trust.untrusted().isEmpty { planner.trust = try trust.fingerprint() }
    let steps = try planner.upgrade()
    let hasFound = steps.contains { $0.object == SchemaStep.foundChange }
    let found = hasFound ? try planner.difference()?.count ?? 0 : 0
    return SchemaUpgrade(
      backup: nil, before: version, steps: steps, change: nil, found: found,
      notes: steps.isEmpty ? [] : try survey.notes(version: version))
  }

  func perform(_ steps: [SchemaStep], _ work: Work) throws {
    for (number, step) in steps.enumerated() {
      if work.isCancelled { throw AccessError.cancelled }
      work.report(number, of: steps.count, .writing, always: true)
      for statement in step.statements { try connection.execute(statement) }
    }
  }

  /// What was done, after a look at what is there now.
  private func result(
    _ plan: SchemaUpgrade, _ copy: SafetyCopy?, _ mapping: SchemaMapping, _ dryRun: Bool
  ) throws -> SchemaUpgrade {
    guard !plan.steps.isEmpty else { return plan }
    let differences = try SchemaVerifier(SchemaSurvey(connection, mapping)).differences()
    if let difference = differences.first(where: { $0.isMendable }) {
      throw AccessError.unexpected(detail: "\(difference.object) \(difference.difference)")
    }
    let newest =
      plan.steps.contains { $0.writesChange || $0.object == SchemaStep.foundChange }
      ? try connection.first(
        """
        SELECT max(id) FROM \(RecordTable.change)
        WHERE \(plan.onlyFinds) OR action <> '\(ChangeAction.found.rawValue)'
        """
      ) { $0.changeID(0) } : nil
    return SchemaUpgrade(
      backup: copy?.path, before: plan.before, steps: plan.steps,
      change: dryRun ? nil : newest ?? nil, found: plan.found, notes: plan.notes)
  }

  /// The version of the tables, if it is an earlier one of this program.
  func olderVersion() throws(AccessError) -> Int? {
    try attempt(Work()) {
      try connection.reading {
        guard let mapping, let version = try SchemaSurvey(connection, mapping).version(),
          (1..<SchemaStatus.newest).contains(version)
        else { return nil }
        return version
      }
    }
  }

  /// Whether the file says of itself that it is as another description has it.
  func hasOtherDescription() throws(AccessError) -> Bool {
    guard isGiven, let mapping else { return false }
    return try attempt(Work()) {
      try connection.reading {
        let survey = try SchemaSurvey(connection, mapping)
        return try survey.version() == SchemaStatus.newest && survey.isDescribedOtherwise()
      }
    }
  }

  /// The problem that a description is of another access table than the one with the record.
  private func otherAccessTable(_ survey: SchemaSurvey) -> [SchemaProblem] {
    let begun = survey.objects.named("company_access_grant_inserted")
    let access = survey.schema.mapping.access.table
    guard isGiven, let begun, begun.table.lowercased() != access.folded else { return [] }
    return [.otherAccessTable(given: access.text, recorded: begun.table)]
  }

  // MARK: - Down

  /// What is left in a file of which another program has dropped the tables; nil if there is nothing
  /// of the kind.
  private func leftovers() throws(AccessError) -> Leftovers? {
    try attempt(Work()) {
      let found = try connection.reading { Leftovers(try SchemaObjects(connection)) }
      return found.isEmpty ? nil : found
    }
  }

  private func removeLeftovers(
    _ leftovers: Leftovers, dryRun: Bool, _ work: Work
  ) throws(AccessError) -> SchemaDowngrade {
    try attempt(work) {
      let copy = try safetyCopy("downgrade", dryRun, work)
      let migrator = SchemaMigrator(
        connection: connection, ours: leftovers.changing, rewritten: [], work: work,
        commits: !dryRun)
      return try migrator.run {
        let now = Leftovers(try SchemaObjects(connection))
        let steps = now.isEmpty ? [] : try now.removing(connection)
        try perform(steps, work)
        return SchemaDowngrade(backup: copy?.path, steps: steps, loss: .nothing)
      }
    }
  }

  func downgradePlan() throws(AccessError) -> SchemaDowngrade {
    if let leftovers = try leftovers() {
      return try attempt(Work()) {
        SchemaDowngrade(backup: nil, steps: try leftovers.removing(connection), loss: .nothing)
      }
    }
    let mapping = try knownMapping()
    return try attempt(Work()) {
      try connection.reading { try planDowngrade(mapping) }
    }
  }

  func downgrade(
    acceptsLoss: Bool, dryRun: Bool, _ work: Work
  ) throws(AccessError) -> SchemaDowngrade {
    if let leftovers = try leftovers() {
      return try removeLeftovers(leftovers, dryRun: dryRun, work)
    }
    let mapping = try knownMapping()
    return try attempt(work) {
      let planned = try connection.reading { try planDowngrade(mapping) }
      guard !planned.steps.isEmpty else { return planned }
      if !acceptsLoss, !planned.loss.isEmpty { throw AccessError.wouldLose(planned.loss) }
      let copy = try safetyCopy("downgrade", dryRun, work)
      let done = try migrator(mapping, dryRun, work).run {
        let now = try planDowngrade(mapping)
        if !acceptsLoss, !now.loss.isEmpty { throw AccessError.wouldLose(now.loss) }
        try perform(now.steps, work)
        return SchemaDowngrade(backup: copy?.path, steps: now.steps, loss: now.loss)
      }
      if done.steps.isEmpty { copy?.remove() }
      return done
    }
  }

  private func planDowngrade(_ mapping: SchemaMapping) throws -> SchemaDowngrade {
    let survey = try SchemaSurvey(connection, mapping)
    let planner = SchemaPlanner(survey: survey, actor: actor, origin: origin, reason: reason)
    let steps = try planner.downgrade()
    // What the application has renamed or dropped is no reason to keep what was added.
    let isPartly = try isUnfit || survey.lostRecord() != nil
    let obstacles = try isPartly ? survey.foreignTriggers : survey.obstacles()
    guard obstacles.isEmpty else { throw refused(obstacles) }
    let dependents = try steps.isEmpty ? [] : planner.dependents()
    guard dependents.isEmpty else { throw refused(dependents) }
    return SchemaDowngrade(backup: nil, steps: steps, loss: try planner.loss())
  }

  // MARK: - As it should be

  func verify() throws(AccessError) -> [SchemaDifference] {
    let mapping = try knownMapping()
    return try attempt(Work()) {
      try connection.reading {
        try refuseUnlessCurrent(mapping)
        let difference = try planner(mapping).difference() ?? RecordDifference()
        return try SchemaVerifier(SchemaSurvey(connection, mapping)).differences()
          + difference.parts.map {
            SchemaDifference(
              "the record", "does not agree with the tables: \($0.count) \($0.what)", expected: nil,
              found: nil)
          }
      }
    }
  }

  /// Works out steps on the file as it is now.
  func planner(_ mapping: SchemaMapping) throws -> SchemaPlanner {
    SchemaPlanner(
      survey: try SchemaSurvey(connection, mapping), actor: actor, origin: origin, reason: reason)
  }

  /// Makes sure that the tables are those of this version, and looks at nothing else.
  func refuseUnlessCurrent(_ mapping: SchemaMapping) throws {
    let version = try SchemaSurvey(connection, mapping).version() ?? 0
    if (1..<SchemaStatus.newest).contains(version) { throw refused([.olderVersion(version)]) }
    guard version != 0 else {
      throw AccessError.noTables(
        path: path, missing: try Schema(mapping: mapping).check(connection).missingTables)
    }
  }

  func knownMapping() throws(AccessError) -> SchemaMapping {
    if let mapping { return mapping }
    throw refused([try attempt(Work()) { try unknownProblem() }])
  }

  /// Why the mapping of the file is not known.
  private func unknownProblem() throws -> SchemaProblem {
    let leftovers = Leftovers(try SchemaObjects(connection))
    return leftovers.isEmpty ? .unknownMapping : leftovers.problem
  }

  private func refused(_ problems: [SchemaProblem]) -> AccessError {
    .schemaRefused(path: path, problems)
  }

  /// Runs a body that the work can stop, and translates its errors.
  func attempt<T>(_ work: Work, _ body: () throws -> T) throws(AccessError) -> T {
    try connection.attempt(work, at: path, body)
  }
}

extension SchemaStatus {
  /// A file of which nothing is known, for this reason.
  static func unknown(_ problem: SchemaProblem) -> SchemaStatus {
    SchemaStatus(version: 0, mapping: nil, steps: [], problems: [problem], notes: [])
  }
}
