internal import Database

/// Looks at the database of an application on a server before it is adopted.
struct ServerSurvey {
  let table: ServerAccessTable
  private let session: any DatabaseSession
  private let mapping: SchemaMapping
  private let choices: AdoptionChoices
  private let catalog: SchemaCatalog

  init(
    _ session: any DatabaseSession, _ mapping: SchemaMapping, _ choices: AdoptionChoices
  ) throws {
    (self.session, self.mapping, self.choices) = (session, mapping, choices)
    catalog = try session.catalog()
    table = try ServerAccessTable(session, mapping)
  }

  /// The tables of the application that get triggers.
  private var tables: [SchemaCatalog.Table] {
    SQLName.distinct([mapping.users.table, mapping.companies.table, mapping.access.table])
      .compactMap { catalog.table($0.text) }
  }

  /// How many grants an access table has that is there.
  func grants() throws -> Int {
    try session.count("SELECT count(*) FROM \(mapping.access.grants) AS g")
  }

  /// How many rows the tables of the mapping have.
  func rows() throws -> [TableRows] {
    let names = SQLName.distinct(mapping.applicationTables.map(\.name) + [mapping.access.table])
    return try names.filter { catalog.table($0.text) != nil }.map {
      TableRows(table: $0.text, rows: try session.count("SELECT count(*) FROM \($0)"))
    }.sorted { $0.table < $1.table }
  }

  // MARK: - What is wrong

  /// Everything that forbids to adopt it.
  ///
  /// - Throws: `.serverRefuses` where the login has not the rights; what the server answers.
  func problems() throws -> [SchemaProblem] {
    if let foreign = try ServerSurvey.foreignSchema(session) { return [foreign] }
    try checkRights()
    var problems = try inherited()
    problems += try table.problems() + homeProblems
    if table.found == nil, mapping.source != nil, !choices.contains(.makesTableBeside),
      !table.tablesOfBoth.isEmpty
    {
      problems.append(.tablesOfBoth(table.tablesOfBoth, access: mapping.access.table.text))
    }
    return problems
  }

  /// The problem that the schema of the record is there without a record; nil where it is not there.
  static func foreignSchema(_ session: any DatabaseSession) throws -> SchemaProblem? {
    try session.first(
      """
      SELECT pg_get_userbyid(nspowner) FROM pg_namespace WHERE nspname = 'company_access'
      """ as SQLStatement
    ) { .foreignSchema(owner: $0.text(0)) }
  }

  /// Makes sure that the login may do what has to be done.
  private func checkRights() throws {
    let others = try tables.compactMap { table in
      try session.first(
        """
        SELECT pg_get_userbyid(c.relowner), current_user FROM pg_class AS c
        JOIN pg_namespace AS n ON n.oid = c.relnamespace
        WHERE n.nspname = \(Value.text(table.schema)) AND c.relname = \(Value.text(table.name))
          AND NOT pg_has_role(c.relowner, 'USAGE')
        """ as SQLStatement
      ) { "\(table.name) belongs to \($0.text(0)), whose rights \($0.text(1)) has not" }
    }
    guard others.isEmpty else {
      throw AccessError.serverRefuses(
        path: session.place,
        detail: "triggers are made by the owner of a table, and " + others.joined(separator: ", "))
    }
    let mayMake = try session.count(
      """
      SELECT count(*) WHERE has_database_privilege(current_database(), 'CREATE')
      """ as SQLStatement)
    guard mayMake > 0 else {
      throw AccessError.serverRefuses(
        path: session.place,
        detail:
          "the record is in a schema of its own, and the login may make none here; its owner says "
          + "GRANT CREATE ON DATABASE")
    }
    guard table.found == nil, let schema = tables.first?.schema else { return }
    let mayAdd = try session.count(
      "SELECT count(*) WHERE has_schema_privilege(\(Value.text(schema)), 'CREATE')" as SQLStatement)
    guard mayAdd > 0 else {
      throw AccessError.serverRefuses(
        path: session.place,
        detail: "the access table is made in the schema \(schema), in which the login may make none"
      )
    }
  }

  /// Tables with rows in others, or that are parts of one.
  private func inherited() throws -> [SchemaProblem] {
    try tables.filter { table in
      try session.count(
        """
        SELECT count(*) FROM pg_inherits AS i
        JOIN pg_class AS c ON c.oid IN (i.inhparent, i.inhrelid)
        JOIN pg_namespace AS n ON n.oid = c.relnamespace
        WHERE n.nspname = \(Value.text(table.schema)) AND c.relname = \(Value.text(table.name))
        """ as SQLStatement) > 0
    }.map { .inherited(table: $0.name) }
  }

  /// Whether the table with the home companies has rows that may not count.
  private var homeProblems: [SchemaProblem] {
    guard let home = mapping.home?.table, home.text != mapping.users.table.text,
      home.text != mapping.companies.table.text, let found = catalog.table(home.text)
    else { return [] }
    return found.columns.map(\.name).filter(EndingColumns.isOne).map {
      .endingColumn(table: home.text, column: $0, isHome: true)
    }
  }

  // MARK: - What is to be known

  func notes() throws -> [SchemaNote] {
    var notes = try table.notes()
    if table.found == nil {
      let both = table.tablesOfBoth
      if !both.isEmpty { notes.append(.besideTables(both, access: mapping.access.table.text)) }
    }
    for table in tables {
      notes += table.triggers.map { .applicationTrigger(name: $0.name, table: table.name) }
    }
    return notes
  }
}
