internal import Database
internal import DatabasePostgres

/// Takes away from a database of a server what adoption has added to it.
///
/// The application may have renamed its tables meanwhile: the record goes with its schema, and the triggers
/// with their functions.
struct ServerDowngrade {
  private let session: PostgresConnection
  private let place: String

  init(_ path: String) throws(AccessError) {
    let login = try ServerLogin(path, password: nil)
    place = login.location.shown
    do {
      session = try login.openForAdoption()
    } catch {
      throw AccessError(any: error, path: login.location.shown)
    }
  }

  private func attempt<T>(_ work: Work, _ body: () throws -> T) throws(AccessError) -> T {
    session.watch { work.isCancelled }
    defer { session.watch(nil) }
    do {
      return try body()
    } catch {
      if work.isCancelled { throw .cancelled }
      throw AccessError(any: error, path: place)
    }
  }

  /// What would be done, and lost.
  func plan() throws(AccessError) -> SchemaDowngrade {
    try attempt(Work()) { try session.reading { try planned() } }
  }

  /// Does it; nothing, where the application holds its tables for longer than five seconds.
  func run(acceptsLoss: Bool, dryRun: Bool, _ work: Work) throws(AccessError) -> SchemaDowngrade {
    try attempt(work) {
      try session.again {
        try session.inTransaction(commits: !dryRun) {
          let plan = try planned()
          if !acceptsLoss, !plan.loss.isEmpty { throw AccessError.wouldLose(plan.loss) }
          try session.execute("SET LOCAL lock_timeout = '100ms'")
          for statement in plan.steps.flatMap(\.statements) {
            try session.execute(SQLStatement(stringLiteral: statement))
          }
          return plan
        }
      }
    }
  }

  private func planned() throws -> SchemaDowngrade {
    guard let mapping = try SchemaMapping.recorded(on: session) else {
      if let problem = try ServerSurvey.foreignSchema(session) {
        throw AccessError.schemaRefused(path: place, [problem])
      }
      return SchemaDowngrade(backup: nil, steps: [], loss: .nothing)
    }
    let isFound = try SchemaSetting.value(SchemaSetting.accessFound, session) != nil
    let table = isFound ? nil : try accessTable(mapping)
    let dependents = try dependents(table)
    guard dependents.isEmpty else { throw AccessError.schemaRefused(path: place, dependents) }
    var steps = try indexes().map {
      SchemaStep(.drop, "index \($0)", "it was added", ["DROP INDEX IF EXISTS \($0)"])
    }
    if let table {
      steps.append(
        SchemaStep(
          .drop, "table \(mapping.access.table.text)", "it was added", ["DROP TABLE \(table)"]))
    } else {
      steps.append(
        SchemaStep(
          .keep, "table \(mapping.access.table.text)", "the application had made it", []))
    }
    steps.append(
      SchemaStep(
        .drop, "schema company_access", "the record, and with its functions the triggers",
        ["DROP SCHEMA company_access CASCADE"]))
    return SchemaDowngrade(backup: nil, steps: steps, loss: try loss(table))
  }

  /// The access table that was made, as SQL names it; nil where it is not there any more.
  private func accessTable(_ mapping: SchemaMapping) throws -> String? {
    try session.look(into: mapping.schemas)
    return try session.catalog().table(mapping.access.table.text).map {
      "\(SQLName(foreign: $0.schema)).\(SQLName(foreign: $0.name))"
    }
  }

  /// The indexes that were added to a table of the application, as SQL names them.
  private func indexes() throws -> [String] {
    try session.rows(
      """
      SELECT value FROM company_access.setting WHERE starts_with(key, 'index ') ORDER BY key
      """ as SQLStatement
    ) { $0.text(0) }
  }

  /// Views of the application that need what would go.
  private func dependents(_ table: String?) throws -> [SchemaProblem] {
    try session.rows(
      """
      SELECT DISTINCT v.relname, t.relname FROM pg_depend AS d
      JOIN pg_rewrite AS r ON r.oid = d.objid JOIN pg_class AS v ON v.oid = r.ev_class
      JOIN pg_class AS t ON t.oid = d.refobjid
      WHERE d.classid = 'pg_rewrite'::regclass AND d.refclassid = 'pg_class'::regclass
        AND v.oid <> t.oid AND v.relnamespace <> 'company_access'::regnamespace
        AND (t.relnamespace = 'company_access'::regnamespace
          OR t.oid = to_regclass(\(Value.optional(table))))
      ORDER BY 1, 2
      """ as SQLStatement
    ) { .dependent(kind: "view", name: $0.text(0), table: $0.text(1)) }
  }

  private func loss(_ table: String?) throws -> SchemaLoss {
    func count(_ source: String) throws -> Int {
      try session.count(SQLStatement(stringLiteral: "SELECT count(*) FROM \(source)"))
    }
    return SchemaLoss(
      grants: try table.map(count) ?? 0, ended: try count("company_access.ended_grant"),
      changes: max(0, try count("company_access.change") - 1),
      entities: try count("company_access.row_image"))
  }
}
