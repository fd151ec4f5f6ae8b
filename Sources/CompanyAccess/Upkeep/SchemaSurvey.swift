internal import Database

/// Looks at a database before it is upgraded: what is there, what is wrong, what is to be known.
struct SchemaSurvey {
  let connection: Connection
  let schema: Schema
  let objects: SchemaObjects

  init(_ connection: Connection, _ mapping: SchemaMapping) throws {
    try self.init(connection, Schema(mapping: mapping))
  }

  init(_ connection: Connection, _ schema: Schema) throws {
    self.connection = connection
    self.schema = schema
    objects = try SchemaObjects(connection)
  }

  /// What keeps a database from being written; a server has nothing of the kind.
  static func obstacles(
    _ session: any DatabaseSession, _ mapping: SchemaMapping
  ) throws -> [SchemaProblem] {
    guard let file = session as? Connection else { return [] }
    return try SchemaSurvey(file, mapping).obstacles()
  }

  private var mapping: SchemaMapping { schema.mapping }
  private var access: String { mapping.access.table.text }

  /// The version of the tables; nil if tables are there that do not say.
  func version() throws -> Int? {
    guard objects.named(SchemaSetting.table)?.kind == "table" else {
      return RecordTable.all.contains { objects.named($0.text) != nil } ? nil : 0
    }
    return try SchemaSetting.version(connection)
  }

  /// Whether the access table was there before this program came, or would be.
  func isAccessFound(version: Int) throws -> Bool {
    guard version == 0 else {
      guard objects.named(SchemaSetting.table)?.kind == "table" else { return false }
      return try SchemaSetting.value(SchemaSetting.accessFound, connection) != nil
    }
    return objects.named(access) != nil
  }

  /// Whether the file says of itself that it is of another mapping than this.
  func isDescribedOtherwise() throws -> Bool {
    try mapping.settings.contains { setting in
      try SchemaSetting.value(setting.key, connection) != .text(setting.value)
    }
  }

  // MARK: - What is wrong

  /// What forbids to write, which is looked at whenever the file is opened.
  func obstacles() throws -> [SchemaProblem] {
    let leftovers = Leftovers(objects)
    guard leftovers.isEmpty else { return [leftovers.problem] }
    let version = try version()
    var problems = objects.unfinished.map { SchemaProblem.unfinishedMigration(table: $0) }
    if version == nil { problems.append(.noVersion) }
    if let lost = try lostRecord() { return problems + [lost] }
    if let version, version > SchemaStatus.newest { problems.append(.newerVersion(version)) }
    if let version, (1..<SchemaStatus.newest).contains(version) {
      return problems + [.olderVersion(version)] + foreignTriggers
    }
    problems += try takenNames(isNew: version == 0) + editedTables(version) + foreignTriggers
    if let access = objects.named(access), access.kind == "table" {
      problems += try AccessTableForm(connection, mapping).problems(isNew: version == 0)
    }
    if version == 0 { problems += try homeProblems() }
    return problems
  }

  /// The problem that the table with the changes is not there, although the file says that it has a
  /// record; nil if it is there.
  func lostRecord() throws -> SchemaProblem? {
    guard objects.named(RecordTable.change.text) == nil, try version() == SchemaStatus.newest else {
      return nil
    }
    return .lostRecord(
      tables: (RecordTable.all + [mapping.access.table]).map(\.text)
        .filter { objects.named($0) == nil })
  }

  /// Whether the table with the home companies has rows that may not count.
  private func homeProblems() throws -> [SchemaProblem] {
    guard let home = mapping.home?.table, objects.named(home.text) != nil,
      home.folded != mapping.users.table.folded, home.folded != mapping.companies.table.folded
    else { return [] }
    return try EndingColumns.names(of: home, connection).map {
      .endingColumn(table: home.text, column: $0, isHome: true)
    }
  }

  /// Everything that forbids to upgrade, without having changed anything.
  ///
  /// - Parameters:
  ///   - trusts: Whether the operator trusts what the application's schema runs.
  ///   - choices: What the operator has said about the adoption.
  /// - Returns: The problems.
  /// - Throws: What the database answers.
  func problems(trusts: Bool, _ choices: AdoptionChoices = []) throws -> [SchemaProblem] {
    var problems = try obstacles().filter { !$0.isOlderVersion }
    if try version() == 0, objects.named(access) == nil, mapping.source != nil,
      !choices.contains(.makesTableBeside)
    {
      // Of the table with the home companies the mapping says what it is.
      let tables = try tablesOfBoth().filter { $0.lowercased() != mapping.home?.table.folded }
      if !tables.isEmpty { problems.append(.tablesOfBoth(tables, access: access)) }
    }
    guard problems.isEmpty else { return problems }
    problems += try duplicates()
    if try version() == 0 { problems += try orphans() }
    let untrusted = try SchemaTrust(self).untrusted()
    if !trusts, !untrusted.isEmpty { problems.append(.needsTrust(untrusted)) }
    return problems
  }

  /// Objects of another kind that have the names of ours; in a new file any that have.
  private func takenNames(isNew: Bool) -> [SchemaProblem] {
    schema.additions.compactMap { item in
      guard let there = objects.named(item.name.text) else { return nil }
      let isTable = item.kind == .table
      let isRight =
        there.kind == item.kind.rawValue && !(isTable && there.isVirtual) && (isTable || !isNew)
      return isRight ? nil : .nameTaken(kind: there.kind, name: there.name)
    }
  }

  /// Tables of the record that are not as they were made; a new mapping may add attributes to them.
  private func editedTables(_ version: Int?) throws -> [SchemaProblem] {
    try schema.recordTables.compactMap { item in
      guard let there = objects.named(item.name.text), there.kind == "table", !there.isVirtual,
        there.sql != item.sql
      else { return nil }
      let lacking = schema.lackingAttributes(of: item, there.sql)
      if lacking == [] { return nil }
      if lacking != nil, version == SchemaStatus.newest, try isDescribedOtherwise() { return nil }
      return .edited(table: item.name.text)
    }
  }

  private var isOfVersionOne: Bool {
    objects.named("company_access_history") != nil && objects.named("company_access_entity") != nil
  }

  /// Triggers that are not ours on our tables, or write to them from elsewhere.
  var foreignTriggers: [SchemaProblem] {
    let triggers = Set(schema.triggers.map { $0.name.text.lowercased() })
      .union(isOfVersionOne ? VersionOne.triggerNames : [])
    var tables = schema.tableNames
    // An application's own table is for its own triggers.
    if mapping.access.isDescribed { tables.remove(access.lowercased()) }
    return objects.all.flatMap { trigger -> [SchemaProblem] in
      guard trigger.kind == "trigger", !triggers.contains(trigger.name.lowercased()) else {
        return []
      }
      if tables.contains(trigger.table.lowercased()) {
        return [.foreignTrigger(name: trigger.name, table: trigger.table)]
      }
      return SQLTokens(trigger.sql ?? "").writtenTables.intersection(tables).sorted().map {
        .writingTrigger(name: trigger.name, on: trigger.table, table: $0)
      }
    }
  }

  /// Pairs that are in the access table more than once.
  private func duplicates() throws -> [SchemaProblem] {
    guard objects.named(access) != nil, !mapping.access.isDescribed else { return [] }
    let pairs = """
      SELECT user_id, company_id FROM \(mapping.access.table)
      GROUP BY user_id, company_id HAVING count(*) > 1
      """
    let count = try connection.count("SELECT count(*) FROM (\(pairs))")
    guard count > 0 else { return [] }
    let first = try connection.rows("\(pairs) LIMIT 3") {
      "\(Key($0.value(0))), \(Key($0.value(1)))"
    }
    return [.duplicates(table: access, count: count, first: first)]
  }

  /// Rows of the users, companies and grants that refer to something that is not there.
  private func orphans() throws -> [SchemaProblem] {
    var tables = SQLName.distinct([mapping.users.table, mapping.companies.table]).map(\.text)
    if objects.named(access) != nil { tables.append(access) }
    var problems: [SchemaProblem] = []
    for table in tables {
      do {
        try connection.forEach(
          """
          SELECT parent, count(*) FROM temp.pragma_foreign_key_check(?)
          GROUP BY parent ORDER BY parent
          """, [.text(table)]
        ) { problems.append(.orphans(table: table, parent: $0.text(0), count: $0.int(1))) }
      } catch let error as DatabaseError where error.isStatementError {
        problems.append(.unusableForeignKeys(table: table, detail: error.message))
      }
    }
    return problems
  }

  // MARK: - What is to be known

  func notes(version: Int) throws -> [SchemaNote] {
    let ours = schema.objectNames.union(isOfVersionOne ? VersionOne.triggerNames : [])
    let users = mapping.users.table.text
    let companies = mapping.companies.table.text
    var notes: [SchemaNote] = []
    if version == 0, objects.named(access) != nil {
      let count = try connection.count("SELECT count(*) FROM \(mapping.access.grants)")
      notes.append(.keptGrants(table: access, count: count))
      if mapping.access.isDescribed {
        notes += try AccessTableForm(connection, mapping).foreignKeyProblems.compactMap { problem in
          guard case .noForeignKey(let table, let column, let parent) = problem else { return nil }
          return .noCascade(table: table, column: column, parent: parent)
        }
      }
      notes += try AccessReferences(connection, mapping).tables.map {
        .accessReferenced(by: $0, access: access)
      }
      if try !hasIndex(beginningWith: mapping.access.company) {
        notes.append(.noCompanyIndex(table: access))
      }
      if try !hasIndex(beginningWith: mapping.access.user) {
        notes.append(.noUserIndex(table: access))
      }
    }
    if version == 0, objects.named(access) == nil {
      let tables = try tablesOfBoth()
      if !tables.isEmpty { notes.append(.besideTables(tables, access: access)) }
    }
    if version == 0 { notes.append(.migrations(tables: ourTables)) }
    if objects.named("alembic_version") != nil {
      notes.append(.alembic(lines: schema.alembicLines(adding: try namesForAlembic(version))))
    }
    for trigger in objects.all where trigger.kind == "trigger" {
      guard !ours.contains(trigger.name.lowercased()) else { continue }
      notes.append(.applicationTrigger(name: trigger.name, table: trigger.table))
    }
    let others = objects.tables.map(\.name).filter {
      !ours.contains($0.lowercased()) && $0 != users && $0 != companies
    }
    let keys = try ForeignKeyCheck(connection, tables: others)
    notes += keys.orphans.sorted { $0.key < $1.key }.map {
      .orphans(table: $0.key, count: $0.value)
    }
    notes += keys.unusable.sorted { $0.key < $1.key }.map {
      .unusableForeignKeys(table: $0.key, detail: $0.value)
    }
    return notes + (try SchemaTrust(self).notes())
  }

  /// What Alembic would drop beside what has a name of this program's own: the access table, or the
  /// indexes that were added to that of the application.
  private func namesForAlembic(_ version: Int) throws -> [SQLName] {
    let access = mapping.access
    guard try isAccessFound(version: version) else { return [access.table] }
    let indexes = [access.unique, access.companyIndex]
    return access.isDescribed ? indexes.filter { objects.named($0.text) != nil } : indexes
  }

  /// The tables on which the triggers are that a migration of the application has to do without.
  private var ourTables: [String] {
    SQLName.distinct([mapping.users.table, mapping.companies.table, mapping.access.table])
      .map(\.text)
  }

  /// Whether the access table that is there has an index that begins with a column.
  func hasIndex(beginningWith column: SQLName) throws -> Bool {
    try connection.count(
      """
      SELECT count(*) FROM temp.pragma_index_list(?1, 'main') AS l
      WHERE NOT l.partial AND lower(?2) = (
        SELECT lower(name) FROM temp.pragma_index_info(l.name) WHERE seqno = 0)
      """, [.text(access), .text(column.text)]) > 0
  }

  /// The tables of the application that refer to both users and companies, by foreign keys or by the
  /// names of their columns.
  private func tablesOfBoth() throws -> [String] {
    let parents = [mapping.users.table, mapping.companies.table].map(\.folded)
    return try objects.tables.map(\.name).filter { name in
      guard !parents.contains(name.lowercased()) else { return false }
      // Where a known application keeps the home company is no table of access.
      if mapping.source == nil, mapping.home?.table.folded == name.lowercased() { return false }
      let table = SQLName(foreign: name)
      let keys = try connection.rows("PRAGMA main.foreign_key_list(\(table))") {
        (parent: $0.text(2).lowercased(), column: $0.text(3).lowercased())
      }
      if Set(parents).isSubset(of: keys.map(\.parent)) { return true }
      let columns = try connection.rows("PRAGMA main.table_xinfo(\(table))") {
        $0.text(1).lowercased()
      }
      return columns.contains("user_id") && columns.contains("company_id")
    }
  }
}
