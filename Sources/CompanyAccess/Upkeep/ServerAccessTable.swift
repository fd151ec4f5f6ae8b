internal import Database

/// The access table of a server: as it has to be made, and what is wrong with one that is there.
struct ServerAccessTable {
  private let session: any DatabaseSession
  private let mapping: SchemaMapping
  private let catalog: SchemaCatalog

  init(_ session: any DatabaseSession, _ mapping: SchemaMapping) throws {
    (self.session, self.mapping) = (session, mapping)
    catalog = try session.catalog()
  }

  private var access: SchemaMapping.Access { mapping.access }
  /// The table that is there; nil for none.
  var found: SchemaCatalog.Table? { catalog.table(access.table.text) }
  /// The schema in which it is made: that of the users.
  private var schema: String { catalog.table(mapping.users.table.text)?.schema ?? "public" }

  private func qualified(_ table: SQLName, in schema: String? = nil) -> String {
    let schema = schema ?? catalog.table(table.text)?.schema ?? "public"
    return "\(SQLName(foreign: schema)).\(PostgresRecord.name(table))"
  }

  // MARK: - Making it

  /// The steps that make it, without what refers to other tables: that would lock these.
  var making: [SchemaStep] {
    let table = qualified(access.table, in: schema)
    let unique = PostgresRecord.name(access.unique)
    return [
      SchemaStep(
        .make, "table \(access.table.text)", "who may enter what",
        [
          """
          CREATE TABLE \(table) (
            id uuid PRIMARY KEY, user_id \(type(mapping.users.key, mapping.users.table)) NOT NULL,
            company_id \(type(mapping.companies.key, mapping.companies.table)) NOT NULL,
            created_at timestamptz NOT NULL DEFAULT now(), modified_at timestamptz NOT NULL DEFAULT now(),
            CONSTRAINT \(unique) UNIQUE (user_id, company_id))
          """
        ]),
      SchemaStep(
        .make, "index \(access.companyIndex.text)", "the users of a company",
        [
          """
          CREATE INDEX \(PostgresRecord.name(access.companyIndex)) ON \(table) (company_id, user_id)
          """
        ]),
    ]
  }

  /// The steps that let grants go with their users and companies; the three tables are locked.
  var referring: [SchemaStep] {
    let table = qualified(access.table, in: schema)
    return [
      ("user_id", mapping.users.table, mapping.users.key),
      ("company_id", mapping.companies.table, mapping.companies.key),
    ].map { column, parent, key in
      SchemaStep(
        .make, "foreign key of \(column)", "grants go with their \(parent.text)",
        [
          """
          ALTER TABLE \(table) ADD FOREIGN KEY (\(column))
          REFERENCES \(qualified(parent)) (\(PostgresRecord.name(key))) ON DELETE CASCADE
          """
        ])
    }
  }

  /// The type of a key, as a column that refers to it has to have it.
  private func type(_ key: SQLName, _ table: SQLName) -> String {
    guard let column = catalog.table(table.text)?.column(key.text) else { return "text" }
    let collation = column.collation.map { " COLLATE \(SQLName(foreign: $0))" } ?? ""
    return column.type + collation
  }

  /// The steps for one that is there: it is kept, and gets what keeps a pair from being there twice.
  func keeping(rows: Int) -> [SchemaStep] {
    let unique = added("\(PostgresRecord.name(access.unique))", access.unique)
    var steps = [
      SchemaStep(.keep, "table \(access.table.text)", "it is there, with \(rows) rows", [])
    ]
    if !access.isDescribed, !access.isPairUnique {
      steps.append(
        SchemaStep(
          .make, "index \(access.unique.text)", "no pair twice",
          [
            """
            CREATE UNIQUE INDEX \(PostgresRecord.name(access.unique)) ON \(qualified(access.table))
            (\(PostgresRecord.name(access.user)), \(PostgresRecord.name(access.company)))
            """, unique,
          ]))
    }
    return steps
  }

  /// A statement that remembers an index which was added, for the day when it is to go again.
  private func added(_ index: String, _ name: SQLName) -> String {
    let schema = SQLName(foreign: found?.schema ?? schema)
    return """
      INSERT INTO company_access.setting (key, value)
      VALUES (\(SQLText.literal("index \(name.text)")), \(SQLText.literal("\(schema).\(index)")))
      """
  }

  /// The steps that give one that is there indexes for both ways through it, one after the other and outside
  /// of any transaction, so that the application goes on writing.
  var indexing: [SchemaStep] {
    guard let found else { return [] }
    let wanted: [(SQLName, SQLName, SQLName, String)] = [
      (access.user, access.company, access.userIndex, "the companies of a user"),
      (access.company, access.user, access.companyIndex, "the users of a company"),
    ]
    return wanted.filter { !leads($0.0, found) }.map { first, second, name, purpose in
      let index = "\(SQLName(foreign: found.schema)).\(PostgresRecord.name(name))"
      return SchemaStep(
        .make, "index \(name.text)", purpose,
        [
          // What is left of one that was given up.
          "DROP INDEX CONCURRENTLY IF EXISTS \(index)",
          """
          CREATE INDEX CONCURRENTLY \(PostgresRecord.name(name)) ON \(qualified(access.table))
          (\(PostgresRecord.name(first)), \(PostgresRecord.name(second)))
          """, added(PostgresRecord.name(name), name),
        ])
    }
  }

  /// Whether an index of all rows begins with a column.
  private func leads(_ column: SQLName, _ table: SchemaCatalog.Table) -> Bool {
    table.indexes.contains { !$0.isPartial && $0.columns.first == column.text }
  }

  // MARK: - One that is there

  /// What keeps this program from writing into it; nothing where it has to be made.
  func problems() throws -> [SchemaProblem] {
    guard let found else { return [] }
    let problems = try AccessTableForm(found, mapping).problems(isNew: true)
    guard problems.isEmpty, !access.isDescribed, !access.isPairUnique else { return problems }
    return try duplicates()
  }

  /// Pairs that are there more than once.
  private func duplicates() throws -> [SchemaProblem] {
    let pairs = """
      SELECT user_id, company_id FROM \(access.table)
      GROUP BY user_id, company_id HAVING count(*) > 1
      """
    let count = try session.count("SELECT count(*) FROM (\(pairs)) AS d")
    guard count > 0 else { return [] }
    let first = try session.rows("\(pairs) LIMIT 3") { "\(Key($0.value(0))), \(Key($0.value(1)))" }
    return [.duplicates(table: access.table.text, count: count, first: first)]
  }

  /// What is to be known of one that is there.
  func notes() throws -> [SchemaNote] {
    guard let found else { return [] }
    let name = access.table.text
    let count = try session.count("SELECT count(*) FROM \(access.grants) AS g")
    var notes: [SchemaNote] = [.keptGrants(table: name, count: count)]
    if access.isDescribed {
      notes += AccessTableForm(found, mapping).foreignKeyProblems.compactMap { problem in
        guard case .noForeignKey(let table, let column, let parent) = problem else { return nil }
        return .noCascade(table: table, column: column, parent: parent)
      }
    }
    if let key = access.key {
      let referring = try EntityTable.references(to: access.table, key: key, session)
      let blocking = referring.filter { $0.deletion == .blocks && $0.table.text != name }
      notes += Set(blocking.map(\.table.text)).sorted().map {
        .accessReferenced(by: $0, access: name)
      }
    }
    if !leads(access.company, found) { notes.append(.noCompanyIndex(table: name)) }
    if !leads(access.user, found) { notes.append(.noUserIndex(table: name)) }
    return notes
  }

  /// The tables that refer to both users and companies, by foreign keys or by the names of their columns.
  var tablesOfBoth: [String] {
    let parents = [mapping.users.table.text, mapping.companies.table.text]
    return catalog.tables.filter { table in
      guard !parents.contains(table.name), table.name != mapping.home?.table.text,
        table.name != access.table.text, table.kind == .table || table.kind == .partitioned
      else { return false }
      return Set(parents).isSubset(of: table.foreignKeys.map(\.table))
        || (table.column("user_id") != nil && table.column("company_id") != nil)
    }.map(\.name)
  }
}
