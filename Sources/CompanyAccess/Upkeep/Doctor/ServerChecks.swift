internal import Database

extension ServerCheck {
  /// What only a server can have.
  static let own = [
    missingTriggers, idleTriggers, differences, version, owners, ownerRights, publicRights,
    functions,
    replication, prepared, orders, leaks,
  ]

  private static func names(_ mapping: SchemaMapping) -> String {
    mapping.writtenTables.map { SQLText.literal($0.text) }.joined(separator: ", ")
  }

  static let missingTriggers = ServerCheck(
    id: "missing-trigger", what: "triggers that are missing",
    meaning: """
      What the application writes goes past the record, and this program refuses to write until the owner \
      of the tables has brought them back.
      """,
    remedy: "company-access --db {db} schema upgrade"
  ) { session, mapping in
    let found = Set(try triggers(session).map(\.name))
    var missing = CheckResult()
    for trigger in PostgresRecord.triggers(of: mapping)
    where !found.contains("\(trigger.table).\(trigger.name)") {
      missing.add("\(trigger.name) on \(trigger.table)")
    }
    return missing
  }

  private static func triggers(
    _ session: any DatabaseSession
  ) throws -> [(name: String, firing: String)] {
    try session.rows(
      """
      SELECT c.relname || '.' || t.tgname, t.tgenabled FROM pg_trigger AS t
      JOIN pg_class AS c ON c.oid = t.tgrelid AND pg_table_is_visible(c.oid)
      WHERE starts_with(t.tgname::text, '_company_access_')
      """ as SQLStatement
    ) { (name: $0.text(0), firing: $0.text(1)) }
  }

  static let idleTriggers = ServerCheck(
    id: "idle-trigger", what: "triggers that are disabled, or not ENABLE ALWAYS",
    meaning: """
      A disabled trigger records nothing. One that is not ENABLE ALWAYS records nothing of what \
      replication, or a session with session_replication_role = replica, writes; tools leave it so that say \
      ENABLE TRIGGER ALL, such as those that load fixtures or restore data. The owner of the tables can make \
      them again.
      """,
    remedy: "company-access --db {db} schema upgrade"
  ) { session, _ in
    var found = CheckResult()
    let words = ["D": "disabled", "O": "not for replication", "R": "for replication only"]
    for trigger in try triggers(session) {
      if let word = words[trigger.firing] { found.add("\(trigger.name): \(word)") }
    }
    return found
  }

  static let differences = ServerCheck(
    id: "not-on-record", what: "differences between the record and the tables",
    meaning: """
      Something was written that no trigger saw: while triggers were gone or disabled, or in the record \
      itself. The tables are right; the record has to be told, as one change that says "found".
      """,
    remedy: "company-access --db {db} schema reconcile"
  ) { session, mapping in
    var found = CheckResult()
    for part in try Reconciliation(mapping: mapping).counts(session).parts {
      found.add("\(part.what): \(part.count)", times: part.count)
    }
    return found
  }

  static let version = ServerCheck(
    id: "version", what: "setting that is missing, or of a newer version",
    meaning: """
      The tables say that another version of this program made them, or do not say it. Only reading \
      is safe.
      """
  ) { session, _ in
    guard let found = try SchemaSetting.value(SchemaSetting.version, session) else {
      return CheckResult("there is no \(SchemaSetting.version)")
    }
    return found == .text("\(SchemaStatus.newest)") ? CheckResult() : CheckResult("\(found)")
  }

  static let owners = ServerCheck(
    id: "owner", what: "objects of the record that another role owns than its schema",
    meaning: """
      The owner of a table can change it, and the functions run with the rights of their owner: all of \
      the record should be one role's. ALTER ... OWNER TO puts it right.
      """
  ) { session, _ in
    try CheckResult(
      session,
      """
      SELECT o.name || ', of ' || pg_get_userbyid(o.owner) FROM (
        SELECT c.relname::text AS name, c.relowner AS owner, c.relnamespace AS space FROM pg_class AS c
        WHERE c.relkind IN ('r', 'S')
        UNION ALL
        SELECT p.proname || '()', p.proowner, p.pronamespace FROM pg_proc AS p) AS o
      JOIN pg_namespace AS n ON n.oid = o.space
      WHERE n.nspname = 'company_access' AND o.owner <> n.nspowner ORDER BY 1
      """)
  }

  static let ownerRights = ServerCheck(
    id: "owner-rights", what: "tables that the owner of the record may not read",
    meaning: """
      The triggers read them with the rights of that role: every write of the application fails until \
      GRANT SELECT is said.
      """
  ) { session, mapping in
    try CheckResult(
      session,
      """
      SELECT DISTINCT c.relname || ', by ' || pg_get_userbyid(p.proowner)
      FROM pg_proc AS p JOIN pg_namespace AS n ON n.oid = p.pronamespace, pg_class AS c
      WHERE n.nspname = 'company_access' AND c.relname IN (\(names(mapping)))
        AND pg_table_is_visible(c.oid) AND NOT (
          has_table_privilege(p.proowner, c.oid, 'SELECT')
          AND has_schema_privilege(p.proowner, c.relnamespace, 'USAGE'))
      """)
  }

  static let publicRights = ServerCheck(
    id: "public-rights", what: "rights on the record that everybody has",
    meaning: """
      Every login of the server can read or write the record, or call its functions. Take the right from \
      PUBLIC by REVOKE, and grant it to the roles of the operators.
      """
  ) { session, _ in
    try CheckResult(
      session,
      """
      SELECT o.name || ': ' || a.privilege_type FROM (
        SELECT 'schema ' || nspname AS name, nspacl AS acl, oid AS space FROM pg_namespace
        UNION ALL
        SELECT c.relname::text, c.relacl, c.relnamespace FROM pg_class AS c
        UNION ALL
        SELECT p.proname || '()', coalesce(p.proacl, acldefault('f', p.proowner)), p.pronamespace
        FROM pg_proc AS p) AS o, aclexplode(o.acl) AS a
      WHERE o.space = (SELECT oid FROM pg_namespace WHERE nspname = 'company_access')
        AND a.grantee = 0 ORDER BY 1
      """)
  }

  static let functions = ServerCheck(
    id: "function", what: "functions of the record that do not run as they were made",
    meaning: """
      Without SECURITY DEFINER the application needs rights on the record to write its own tables, and \
      without a search_path of its own a function can be made to use objects of another role.
      """
  ) { session, _ in
    try CheckResult(
      session,
      """
      SELECT DISTINCT p.proname || '()' FROM pg_trigger AS t JOIN pg_proc AS p ON p.oid = t.tgfoid
      JOIN pg_namespace AS n ON n.oid = p.pronamespace
      WHERE n.nspname = 'company_access' AND NOT (p.prosecdef
        AND array_to_string(p.proconfig, ' ') LIKE '%search_path=%') ORDER BY 1
      """)
  }

  static let replication = ServerCheck(
    id: "replication-role", severity: .note,
    what: "roles or databases whose sessions are replicas",
    meaning: """
      session_replication_role = replica is set for them: foreign keys and usual triggers do not run in \
      their sessions. The triggers of the record do, as long as they are ENABLE ALWAYS.
      """
  ) { session, _ in
    try CheckResult(
      session,
      """
      SELECT coalesce('role ' || pg_get_userbyid(nullif(s.setrole, 0)), 'all roles')
      FROM pg_db_role_setting AS s WHERE 'session_replication_role=replica' = ANY (s.setconfig)
        AND s.setdatabase IN (0, (SELECT oid FROM pg_database WHERE datname = current_database()))
      """)
  }

  static let prepared = ServerCheck(
    id: "prepared-transaction", what: "prepared transactions that hold the turn to write",
    meaning: """
      PREPARE TRANSACTION has left them open, and as long as they are, nothing else that changes users, \
      companies or grants can be committed. COMMIT PREPARED or ROLLBACK PREPARED ends them.
      """
  ) { session, _ in
    try CheckResult(
      session,
      """
      SELECT x.gid || ', of ' || x.owner || ', since ' || x.prepared::text
      FROM pg_prepared_xacts AS x
      JOIN pg_locks AS l ON l.transactionid = x.transaction AND l.pid IS NULL
      JOIN pg_locks AS o ON o.virtualtransaction = l.virtualtransaction AND o.pid IS NULL
      WHERE x.database = current_database()
        AND o.relation = to_regclass('company_access.write_order')
      """)
  }

  static let orders = ServerCheck(
    id: "ordering-index", severity: .note, what: "lists without an index in their order",
    meaning: """
      A page of such a list sorts all rows. CREATE INDEX CONCURRENTLY makes the index without holding \
      up the application.
      """
  ) { session, mapping in
    var found = CheckResult()
    let lists = [
      (mapping.users.table, mapping.users.username, mapping.users.key),
      (mapping.companies.table, mapping.companies.name, mapping.companies.key),
    ]
    let lookups = mapping.users.lookups + mapping.companies.lookups
    for (table, name, key) in lists where !lookups.contains(where: { $0.alias == name }) {
      let isThere = try session.count(
        """
        SELECT count(*) FROM pg_index AS i
        JOIN pg_class AS c ON c.oid = i.indrelid AND pg_table_is_visible(c.oid)
        JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum = i.indkey[0]
        WHERE c.relname = \(Value.text(table.text)) AND a.attname = \(Value.text(name.text))
          AND i.indisvalid AND i.indpred IS NULL AND i.indcollation[0] = 'pg_catalog."C"'::regcollation
        """ as SQLStatement)
      let columns = "(\(PostgresRecord.name(name)) COLLATE \"C\", \(PostgresRecord.name(key)))"
      if isThere == 0 {
        found.add("CREATE INDEX CONCURRENTLY ON \(PostgresRecord.name(table)) \(columns)")
      }
    }
    return found
  }

  // MARK: - What a file can have, too

  private static let leaks = ServerCheck(
    id: DoctorCheck.leaks.id, severity: DoctorCheck.leaks.severity, what: DoctorCheck.leaks.what,
    meaning: DoctorCheck.leaks.meaning
  ) { session, mapping in
    try DoctorCheck.leaks(session, mapping)
  }

  /// The checks of files that are one query about rows.
  static let shared: [ServerCheck] =
    ([
      DoctorCheck.userless, .companyless, .former, .acrossScopes, .inactiveUsers,
      .inactiveCompanies,
      .nameless, .namelessCompanies, .twoMeanings, .roleless, .changeless, .largeNumbers,
      .twoLifetimes, .lifeless, .backward,
    ] as [DoctorCheck]).compactMap(ServerCheck.init)

  /// What is meant by checks whose words are about SQLite.
  private static let meanings: [String: String] = [
    DoctorCheck.userless.id: """
    A program has deleted users where no foreign key keeps the two together, or with \
    session_replication_role = replica. A user who later gets such an id may enter what the deleted \
    one could.
    """,
    DoctorCheck.companyless.id: """
    A program has deleted companies where no foreign key keeps the two together, or with \
    session_replication_role = replica. Their grants are counted, and stand again if such an id is used \
    once more.
    """,
    DoctorCheck.former.id: """
    A program has deleted a user or a company where no foreign key keeps grants from staying, and the \
    id was used again: the present holder may enter what the earlier one could. Revoke them; to give such \
    a company to the present user, grant it again afterwards.
    """,
  ]

  private init?(_ check: DoctorCheck) {
    guard let query = check.query else { return nil }
    self.init(
      id: check.id, severity: check.severity, what: check.what,
      meaning: ServerCheck.meanings[check.id] ?? check.meaning,
      remedy: check.remedy?.replacing("{file}", with: "{db}")
    ) { session, mapping in
      guard let sql = query(mapping) else { return CheckResult() }
      return try CheckResult(session, sql)
    }
  }
}
