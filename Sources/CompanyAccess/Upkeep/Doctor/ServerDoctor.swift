internal import Database

extension AccessStore {
  /// Examines the open database for everything that is known to go wrong.
  ///
  /// Of a file this is `examine(_:access:busyTimeout:work:)`. Of a server, the checks are about what a
  /// server has: triggers that are disabled, rights, roles, indexes.
  ///
  /// - Parameters:
  ///   - access: As of that.
  ///   - work: Hears which of the checks is being made, and can cancel.
  /// - Returns: What was found.
  /// - Throws: As that; `.serverUnavailable`.
  public func examine(
    access: Access = .automatic, work: Work = Work()
  ) throws(AccessError) -> Diagnosis {
    guard let login else { return try AccessStore.examine(path, access: access, work: work) }
    let (mapping, location) = (mapping, login.forCommands)
    return try read(work: work) { session in
      var doctor = ServerDoctor(session, mapping, location)
      return try doctor.examine(work)
    }
  }
}

/// One thing that can be wrong with a database of a server.
struct ServerCheck: Sendable {
  let id: String
  var severity = Diagnosis.Severity.problem
  /// What is found, as half a sentence that follows a number.
  let what: String
  /// What it means, in whole sentences.
  let meaning: String
  /// What to type; `{db}` stands for the location.
  var remedy: String?
  let find: @Sendable (any DatabaseSession, SchemaMapping) throws -> CheckResult
}

/// Makes the checks of a server, all in one state of the database.
struct ServerDoctor {
  private let session: any DatabaseSession
  private let mapping: SchemaMapping
  private let location: String
  private var findings: [Diagnosis.Finding] = []
  private var unchecked: [String] = []
  private var limits: [String] = []

  init(_ session: any DatabaseSession, _ mapping: SchemaMapping, _ location: String) {
    (self.session, self.mapping, self.location) = (session, mapping, location)
  }

  mutating func examine(_ work: Work) throws -> Diagnosis {
    let checks = ServerCheck.own + ServerCheck.shared
    for (number, check) in checks.enumerated() {
      try AccessError.stop(work)
      work.report(number, of: checks.count, .checking, always: true)
      try make(check)
    }
    work.report(checks.count, of: checks.count, .checking, always: true)
    let order: [Diagnosis.Severity] = [.problem, .note]
    return Diagnosis(
      findings: order.flatMap { severity in findings.filter { $0.severity == severity } },
      unchecked: unchecked, limits: limits, facts: try facts(), checks: checks.count,
      uncovered: ServerDoctor.uncovered)
  }

  private mutating func make(_ check: ServerCheck) throws {
    let found: CheckResult
    do {
      found = try session.atSavepoint { try check.find(session, mapping) }
    } catch let error as DatabaseError where error.isStatementError || error.isNotPermitted {
      unchecked.append("\(check.id) (\(check.what)) did not run: \(error.message)")
      return
    }
    limits += found.limits
    guard found.count > 0 else { return }
    findings.append(
      Diagnosis.Finding(
        id: check.id, severity: check.severity, what: check.what, count: found.count,
        examples: found.examples, meaning: check.meaning,
        remedy: check.remedy?.replacing("{db}", with: location)))
  }

  /// What the record does not tell, as half sentences.
  private static let uncovered = [
    "when it was that rows were written while the triggers were gone or disabled: the next comparison "
      + "finds what became of them",
    "edits of id, created_at and modified_at of a grant by another program",
    "edits of columns of users and companies that the mapping does not name, by another program",
    "edits of the record itself, by its owner and by superusers",
  ]

  private func facts() throws -> [Diagnosis.Fact] {
    try session.rows(
      """
      SELECT 'PostgreSQL', current_setting('server_version')
      UNION ALL SELECT 'size', pg_database_size(current_database()) || ' bytes'
      UNION ALL SELECT 'collation', datcollate FROM pg_database WHERE datname = current_database()
      UNION ALL SELECT 'application', \(Value.text(mapping.name))
      UNION ALL SELECT 'login', session_user::text
      UNION ALL SELECT 'owner of the record', pg_get_userbyid(nspowner)::text FROM pg_namespace
        WHERE nspname = 'company_access'
      UNION ALL SELECT 'record begins', min(at)::text FROM company_access.change
      UNION ALL SELECT 'changes', count(*)::text FROM company_access.change
      UNION ALL SELECT 'ended grants kept', count(*)::text FROM company_access.ended_grant
      UNION ALL SELECT 'triggers of the application', coalesce(
        string_agg(c.relname || '.' || t.tgname, ', ' ORDER BY c.relname, t.tgname), 'none')
        FROM pg_trigger AS t JOIN pg_class AS c ON c.oid = t.tgrelid AND pg_table_is_visible(c.oid)
        WHERE NOT t.tgisinternal AND NOT starts_with(t.tgname::text, '_company_access_')
          AND c.relname IN (\(tables))
      """ as SQLStatement
    ) { Diagnosis.Fact(name: $0.text(0), value: $0.optionalText(1) ?? "") }
  }

  private var tables: SQLExpression {
    SQLExpression(
      stringLiteral: mapping.writtenTables.map { SQLText.literal($0.text) }.joined(separator: ", "))
  }
}

extension SchemaMapping {
  /// The tables that the record follows.
  var writtenTables: [SQLName] { [users.table, companies.table, access.table] }
}
