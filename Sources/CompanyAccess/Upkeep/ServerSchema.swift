internal import Database

/// The triggers and the record of a database of a server: taken away for a migration, made again,
/// compared with the tables.
///
/// The application is never held up for long: what has to lock its tables waits 100 ms for that, and
/// is tried again with growing pauses for five seconds in all.
struct ServerSchema {
  private let session: any DatabaseSession
  private let mapping: SchemaMapping
  private let place: String
  private let header: ChangeHeader

  /// Opens a database that has a record.
  ///
  /// - Throws: As opening a store does.
  init(
    _ path: String, origin: Origin = .library, reason: ChangeReason = nil
  ) throws(AccessError) {
    let login = try ServerLogin(path, password: nil)
    let opened = try ServerDatabase(login)
    (session, mapping, place) = (opened.session, opened.mapping, login.location.shown)
    header = ChangeHeader(
      actor: Actor.current, origin: origin, action: .found, reason: reason, added: 0, removed: 0)
  }

  private func attempt<T>(_ body: () throws -> T) throws(AccessError) -> T {
    do { return try body() } catch { throw AccessError(any: error, path: place) }
  }

  private func inTransaction<T>(dryRun: Bool, _ body: () throws -> T) throws(AccessError) -> T {
    try attempt {
      try session.again {
        try session.inTransaction(commits: !dryRun) {
          guard try version() == "\(SchemaStatus.newest)" else {
            throw AccessError.schemaRefused(path: place, [.noVersion])
          }
          return try body()
        }
      }
    }
  }

  private func version() throws -> String? {
    guard case .text(let text)? = try SchemaSetting.value(SchemaSetting.version, session) else {
      return nil
    }
    return text
  }

  // MARK: - Triggers

  /// What an upgrade would do; nothing is written.
  func status() throws(AccessError) -> SchemaStatus {
    try attempt {
      try session.reading {
        guard try version() == "\(SchemaStatus.newest)" else { return .unknown(.noVersion) }
        let missing = try PostgresRecord.missingTriggers(session, mapping)
        var steps = try making(missing)
        if !missing.isEmpty {
          steps.append(SchemaStep(.write, SchemaStep.change, "the record resumes", []))
        }
        if try !Reconciliation(mapping: mapping).counts(session).isEmpty {
          steps.append(
            SchemaStep(
              .write, SchemaStep.foundChange, "what the tables say and the record does not", []))
        }
        return SchemaStatus(
          version: SchemaStatus.newest, mapping: mapping.name, steps: steps, problems: [],
          notes: [])
      }
    }
  }

  /// Takes the triggers away.
  func pause(dryRun: Bool) throws(AccessError) -> [SchemaStep] {
    try inTransaction(dryRun: dryRun) {
      let there = try session.rows(
        """
        SELECT c.relname, t.tgname FROM pg_trigger AS t
        JOIN pg_class AS c ON c.oid = t.tgrelid AND pg_table_is_visible(c.oid)
        WHERE starts_with(t.tgname::text, '_company_access_') ORDER BY 1, 2
        """ as SQLStatement
      ) { (table: $0.text(0), name: $0.text(1)) }
      let steps = there.map { table, name in
        SchemaStep(
          .drop, "trigger \(name) on \(table)", "until \"schema upgrade\"",
          ["DROP TRIGGER \(SQLName(foreign: name)) ON \(SQLName(foreign: table))"])
      }
      try perform(steps)
      return steps
    }
  }

  /// Makes triggers again that are missing or not ENABLE ALWAYS, and puts on the record what none of
  /// them has seen.
  func upgrade(dryRun: Bool) throws(AccessError) -> SchemaUpgrade {
    try inTransaction(dryRun: dryRun) {
      let missing = try PostgresRecord.missingTriggers(session, mapping)
      var steps = try making(missing)
      try perform(steps)
      var change: ChangeID?
      if !missing.isEmpty {
        let lacksAll = missing.count == PostgresRecord.triggers(of: mapping).count
        change = try begin(
          .recordResumed,
          lacksAll
            ? "all triggers were missing"
            : "missing: " + missing.map(\.words).joined(separator: ", "))
        steps.append(SchemaStep(.write, SchemaStep.change, "the record resumes", []))
      }
      let found = try reconcile()
      steps += found.steps
      return SchemaUpgrade(
        backup: nil, before: SchemaStatus.newest, steps: steps,
        change: dryRun ? nil : change ?? found.change, found: found.difference.count, notes: [])
    }
  }

  private func making(_ missing: [PostgresRecord.MissingTrigger]) throws -> [SchemaStep] {
    guard !missing.isEmpty else { return [] }
    let record = try PostgresRecord(mapping, session.catalog())
    return missing.map { trigger in
      let (name, table) = (trigger.name, trigger.table)
      let statements = record.triggers.filter {
        $0.contains("TRIGGER \"\(name)\"") && $0.contains("\"\(table)\"")
      }
      let drop = "DROP TRIGGER IF EXISTS \"\(name)\" ON \(SQLName(foreign: table))"
      return SchemaStep(.make, trigger.words, "keeps the record", [drop] + statements)
    }
  }

  private func perform(_ steps: [SchemaStep]) throws {
    for statement in steps.flatMap(\.statements) {
      try session.execute(SQLStatement(stringLiteral: statement))
    }
  }

  // MARK: - The record and the tables

  /// Puts on the record, as one change, what the tables say and it does not.
  func reconcile(dryRun: Bool) throws(AccessError) -> SchemaReconciliation {
    try inTransaction(dryRun: dryRun) {
      try AccessStore.checkRecord(session, mapping)
      let done = try reconcile()
      return SchemaReconciliation(
        difference: done.difference, steps: done.steps, change: dryRun ? nil : done.change)
    }
  }

  private func reconcile() throws -> SchemaReconciliation {
    // What the application has written and not committed must be neither missed nor found.
    let tables = SQLName.distinct(mapping.writtenTables).map { "\(SQLName(foreign: $0.text))" }
    try session.execute(
      SQLStatement(
        stringLiteral: "LOCK TABLE \(tables.joined(separator: ", ")) IN SHARE ROW EXCLUSIVE MODE"))
    let reconciliation = Reconciliation(mapping: mapping)
    let difference = try reconciliation.counts(session)
    guard !difference.isEmpty else {
      return SchemaReconciliation(difference: difference, steps: [], change: nil)
    }
    let newest = try session.first(
      "SELECT id, at::text FROM company_access.change ORDER BY id DESC LIMIT 1" as SQLStatement
    ) { "since change \($0.integer(0)) of \($0.text(1))" }
    let change = try begin(.found, newest)
    let statements = reconciliation.statements(as: "\(change.number)")
    for statement in statements { try session.execute(statement) }
    try session.execute(
      """
      UPDATE \(RecordTable.change) SET
        added = (SELECT count(*) FROM \(RecordTable.currentGrant) WHERE began_change = \(change)),
        removed = (SELECT count(*) FROM \(RecordTable.endedGrant) WHERE ended_change = \(change))
      WHERE id = \(change)
      """)
    let step = SchemaStep(
      .write, SchemaStep.foundChange, "what the tables say and the record does not", statements)
    return SchemaReconciliation(difference: difference, steps: [step], change: change)
  }

  /// Begins a change of this program; why in the words of the operator, and then in its own.
  private func begin(_ action: ChangeAction, _ words: String?) throws -> ChangeID {
    let why = [header.reason.text, words].compactMap(\.self).joined(separator: "; ")
    let number = try PostgresRecord.beginChange(
      session, actor: header.actor, origin: header.origin.rawValue, action: action.rawValue,
      reason: why.isEmpty ? nil : why, ticket: header.reason.ticket,
      decidedAt: header.reason.decidedAt?.text)
    return ChangeID(number)
  }

  /// Every trigger that is not as it should be, and what the record and the tables say differently.
  func verify() throws(AccessError) -> [SchemaDifference] {
    try attempt {
      try session.reading {
        var differences = try PostgresRecord.check(session, mapping).missing.map {
          SchemaDifference($0, "is missing, or not ENABLE ALWAYS", expected: nil, found: nil)
        }
        let version = try version()
        if version != "\(SchemaStatus.newest)" {
          differences.append(
            SchemaDifference(
              "setting \(SchemaSetting.version)", "is not that of this program",
              expected: "\(SchemaStatus.newest)", found: version))
        }
        return try differences
          + Reconciliation(mapping: mapping).counts(session).parts.map {
            SchemaDifference(
              "the record", "does not agree with the tables: \($0.count) \($0.what)", expected: nil,
              found: nil)
          }
      }
    }
  }
}
