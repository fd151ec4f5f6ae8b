internal import Database

/// What the tables are, and what belongs to them.
extension DoctorCheck {
  static let schema = [
    earlier, tables, version, ordinary, unique, missingIndexes, changedIndexes,
    missingTriggers, changedTriggers, foreignTriggers, otherIndexes, unusableKeys, foreignKeys,
    emptyCompanies, endingColumns,
  ]

  private static let upgrade = "company-access --db {file} schema upgrade"

  static let application = DoctorCheck(
    "application", .content, "database without tables that are known",
    meaning: """
      There are no users and companies where any application that this program knows has them. If \
      they are elsewhere, a file that describes them can be given once.
      """,
    remedy: "company-access --db {file} adopt --mapping DESCRIPTION"
  ) { context in
    do {
      return try context.findMapping() ? CheckResult() : CheckResult("no users, no companies")
    } catch AccessError.unfitMapping {
      // The next check says where the description and the tables differ.
      return CheckResult()
    }
  }

  static let description = DoctorCheck(
    "description", .content, "tables and columns that are not where the description says",
    meaning: """
      The application has renamed or dropped them since the file was adopted. Nothing can be read until \
      a description says where they are now.
      """,
    remedy: "company-access --db {file} schema upgrade --mapping DESCRIPTION"
  ) { context in
    var found = CheckResult()
    do {
      _ = try context.findMapping()
    } catch AccessError.unfitMapping(_, let mapping, let problems) {
      for problem in problems { found.add("\(mapping): \(problem)") }
    }
    return found
  }

  static let leftTriggers = DoctorCheck(
    "leftover-trigger", .content, "triggers of this program whose tables are gone",
    meaning: """
      Another program, a migration as a rule, has dropped the tables of this one. Until the triggers \
      are gone the application can delete no user and no company.
      """,
    remedy: "company-access --db {file} schema downgrade"
  ) { context in
    var found = CheckResult()
    for name in Leftovers(try SchemaObjects(context.opened())).names { found.add(name) }
    return found
  }

  static let endingColumns = DoctorCheck(
    "ending-column", .schema, "columns by which a row may not count",
    meaning: """
      By its name such a column says that a row was deleted, has ended or is not confirmed. This program \
      does not look at it and reads every row of the access table as access. Ask what the application \
      does with such rows.
      """
  ) { context in
    guard let mapping = context.mapping else { return CheckResult() }
    var found = CheckResult()
    for column in try AccessTableForm(context.opened(), mapping).unexplainedColumns() {
      found.add("\(mapping.access.table.text).\(column)")
    }
    return found
  }

  static let earlier = DoctorCheck(
    "earlier-version", .schema, "version of the tables that is an earlier one",
    meaning: """
      An earlier version of this program made the tables. Nothing can be read or written until they \
      are brought over, which keeps the record.
      """,
    remedy: upgrade
  ) { context in
    try context.findVersion()
    guard let version = context.earlierVersion else { return CheckResult() }
    return CheckResult("schema version \(version), this program works on \(SchemaStatus.newest)")
  }

  static let tables = DoctorCheck(
    "missing-table", .schema, "tables that are missing",
    meaning: "Without them there is no access to decide on, or no record of it.",
    remedy: "company-access --db {file} adopt"
  ) { context in
    var found = CheckResult()
    guard context.earlierVersion == nil else { return found }
    try context.findTables()
    for table in context.lacks.missingTables {
      // What is there, but is no table, is told by a check of its own.
      let isThere = try context.opened().count(
        "SELECT count(*) FROM sqlite_schema WHERE name = ?", [.text(table)])
      if isThere == 0 { found.add(table) }
    }
    return found
  }

  static let version = DoctorCheck(
    "version", .rows, "setting that is missing, or of a newer version",
    meaning: """
      The tables say that another version of this program made them, or do not say it. Only reading \
      is safe.
      """
  ) { context in
    try CheckResult(
      context.opened(),
      """
      SELECT 'there is no ' || column1 FROM (VALUES ('schema_version'), ('mapping'))
      WHERE column1 NOT IN (SELECT key FROM company_access_setting WHERE value IS NOT NULL)
      UNION ALL
      SELECT 'schema version ' || value FROM company_access_setting
      WHERE key = 'schema_version' AND value <> \(SchemaStatus.newest)
      """)
  }

  static let ordinary = DoctorCheck(
    "not-a-table", .schema, "view or made-up table in place of one",
    meaning: """
      What looks like a table of this program is a view or comes from a module, so that reading it can \
      show anything, and writing to it do anything. Only an attack has a use for that.
      """
  ) { context in
    let names = context.names.map(SQLText.literal).joined(separator: ", ")
    return try CheckResult(
      context.opened(),
      """
      SELECT type || ' ' || name FROM sqlite_schema
      WHERE name IN (\(names)) AND (type = 'view' OR type = 'table' AND rootpage = 0)
      """)
  }

  static let unique = DoctorCheck(
    "missing-unique", .rows, "constraint that is missing",
    meaning: """
      Nothing keeps a pair from being granted twice, after which revoking it once would not be enough. \
      Nothing can be written until the constraint is back.
      """,
    remedy: upgrade
  ) { context in
    // Duplicates have to go first, and are told by a check of their own.
    guard !context.lacks.hasUniquePair, try context.duplicates().count == 0 else {
      return CheckResult()
    }
    return CheckResult("UNIQUE (user_id, company_id) of the access table")
  }

  private static func items(
    _ id: String, _ kind: Schema.Item.Kind, missing: Bool, _ what: String, meaning: String
  ) -> DoctorCheck {
    DoctorCheck(id, .rows, what, meaning: meaning, remedy: upgrade) { context in
      var found = CheckResult()
      // What belongs to a table goes and comes back with it.
      guard context.lacks.missingTables.isEmpty else { return found }
      for item in context.lacks.items where item.kind == kind {
        let isThere = try context.opened().count(
          "SELECT count(*) FROM sqlite_schema WHERE name = ?", [.text(item.name.text)])
        if (isThere == 0) == missing { found.add("\(kind.rawValue) \(item.name.text)") }
      }
      return found
    }
  }

  static let missingIndexes = items(
    "missing-index", .index, missing: true, "indexes that are missing",
    meaning: "Lists of large tables are slow without them, and nothing can be written.")

  static let changedIndexes = items(
    "changed-index", .index, missing: false, "indexes that are not what they should be",
    meaning: "Something else has their names; lists of large tables are slow without them.")

  static let missingTriggers = items(
    "missing-trigger", .trigger, missing: true, "triggers that are missing",
    meaning: """
      What other programs write does not get on the record. A program that rebuilds its tables drops \
      them. Nothing can be written until they are back.
      """)

  static let changedTriggers = items(
    "changed-trigger", .trigger, missing: false, "triggers that are not what they should be",
    meaning: """
      What keeps the record was changed, so that it cannot be trusted since. Nothing can be \
      written until they are as they were.
      """)

  static let foreignTriggers = DoctorCheck(
    "foreign-trigger", .schema, "triggers that write where only this program may",
    meaning: """
      A trigger on the access table or the record, or one that names them, can grant what no operator \
      granted. Find out who made it before it is dropped.
      """,
    remedy: "sqlite3 {file} 'DROP TRIGGER NAME'"
  ) { context in
    guard let mapping = context.mapping else { return CheckResult() }
    let schema = Schema(mapping: mapping)
    let earlier = context.earlierVersion == nil ? [] : VersionOne.triggerNames.map(SQLText.literal)
    let ours = (schema.triggers.map { $0.name.literal } + earlier).joined(separator: ", ")
    let tables = schema.additions.filter { $0.kind == .table }.map(\.name)
    let names = tables.map(\.literal).joined(separator: ", ")
    let mentions = tables.map { "instr(lower(sql), lower(\($0.literal))) > 0" }
    return try CheckResult(
      context.opened(),
      """
      SELECT 'trigger ' || name || ' on ' || tbl_name FROM sqlite_schema
      WHERE type = 'trigger' AND name NOT IN (\(ours))
        AND (tbl_name COLLATE NOCASE IN (\(names)) OR \(mentions.joined(separator: " OR ")))
      """)
  }

  static let otherIndexes = DoctorCheck(
    "other-index", .schema, "indexes that this program does not need", severity: .note,
    meaning:
      "Another program has added them. They cost room and time with every write, and do no harm."
  ) { context in
    guard let mapping = context.mapping else { return CheckResult() }
    let additions = Schema(mapping: mapping).additions
    guard context.earlierVersion == nil else { return CheckResult() }
    let ours = ([mapping.access.unique] + additions.filter { $0.kind == .index }.map(\.name))
      .map(\.literal).joined(separator: ", ")
    // The application's own table has its own indexes.
    let tables = additions.filter { $0.kind == .table }.map(\.name)
      .filter { !mapping.access.isDescribed || $0 != mapping.access.table }.map(\.literal)
    return try CheckResult(
      context.opened(),
      """
      SELECT 'index ' || name || ' on ' || tbl_name FROM sqlite_schema
      WHERE type = 'index' AND sql IS NOT NULL AND name NOT IN (\(ours))
        AND tbl_name COLLATE NOCASE IN (\(tables.joined(separator: ", ")))
      """)
  }

  static let unusableKeys = DoctorCheck(
    "foreign-key-definition", .schema, "tables whose foreign keys cannot be checked",
    meaning: """
      A foreign key refers to a table or to columns that cannot be referred to. SQLite refuses to \
      delete or change what it refers to. Correct the definition in the application.
      """
  ) { context in
    let check = try ForeignKeyCheck(context.opened(), tables: context.tablesWithForeignKeys())
    var found = CheckResult()
    for (table, detail) in check.unusable.sorted(by: { $0.key < $1.key }) {
      found.add("\(table): \(detail)")
    }
    return found
  }

  /// Foreign keys of all tables but the access table, of which more can be said.
  static let foreignKeys = DoctorCheck(
    "foreign-key", .schema, "rows of the application that refer to nothing",
    meaning: """
      A program has deleted rows with foreign keys switched off. The application may show such rows, \
      or fail on them. Correct them there.
      """
  ) { context in
    let connection = try context.opened()
    let access = context.mapping?.access.table.text.lowercased() ?? ""
    let tables = try context.tablesWithForeignKeys().filter { $0.lowercased() != access }
    let unusable = try ForeignKeyCheck(connection, tables: tables).unusable
    var found = CheckResult()
    for table in tables where unusable[table] == nil {
      found.add(
        try CheckResult(
          connection,
          """
          SELECT "table" || ' row ' || coalesce(rowid, '?') || ' -> ' || parent
          FROM temp.pragma_foreign_key_check(?)
          """, [.text(table)]))
    }
    return found
  }

  /// Old rows of an application that had no companies at first.
  static let emptyCompanies = DoctorCheck(
    "null-company", .schema, "rows without a company",
    meaning: """
      Rows that belong to a user and to no company are from the time before there were several. Who \
      asks for one company's rows does not find them.
      """,
    remedy: "company-access --db {file} backfill --null-company"
  ) { context in
    let connection = try context.opened()
    let ours = context.mapping.map { [$0.access.table.text.lowercased()] } ?? []
    let tables = try connection.rows(
      """
      SELECT name FROM sqlite_schema AS s
      WHERE type = 'table' AND rootpage > 0 AND lower(name) NOT LIKE 'company_access_%'
        AND EXISTS (SELECT 1 FROM temp.pragma_table_info(s.name) WHERE lower(name) = 'company_id'
          AND NOT "notnull")
        AND EXISTS (SELECT 1 FROM temp.pragma_table_info(s.name) WHERE lower(name) = 'user_id')
      """
    ) { $0.text(0) }
    var found = CheckResult()
    for table in tables where !ours.contains(table.lowercased()) {
      let rows = try connection.count(
        "SELECT count(*) FROM \(SQLName(foreign: table)) WHERE company_id IS NULL")
      if rows > 0 { found.add("\(table): \(rows)", times: rows) }
    }
    return found
  }

  /// The triggers of an application on tables of its own, which are its business.
  static let applicationTriggers = """
    SELECT coalesce(group_concat(name, ', '), '') FROM (
      SELECT name FROM sqlite_schema
      WHERE type = 'trigger' AND name NOT LIKE 'company\\_access\\_%' ESCAPE '\\' LIMIT 10)
    """
}

extension CheckContext {
  /// The ordinary tables that refer to others.
  fileprivate func tablesWithForeignKeys() throws -> [String] {
    try opened().rows(
      """
      SELECT name FROM sqlite_schema AS s WHERE type = 'table' AND rootpage > 0
        AND EXISTS (SELECT 1 FROM temp.pragma_foreign_key_list(s.name)) ORDER BY name
      """
    ) { $0.text(0) }
  }

  /// The tables that must be ordinary ones.
  fileprivate var names: [String] {
    guard let mapping else { return [] }
    let schema = Schema(mapping: mapping)
    return (schema.requiredTables + schema.additions.filter { $0.kind == .table }.map(\.name))
      .map(\.text)
  }
}
