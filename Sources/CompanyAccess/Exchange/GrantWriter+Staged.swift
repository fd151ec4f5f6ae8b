internal import Database

extension StagedNames {
  /// A statement that looks up the ids of those who have been created.
  static func lookingUp(_ kind: Staging.Kind, _ mapping: SchemaMapping) -> String {
    let (users, companies) = (mapping.users, mapping.companies)
    let (rows, key, name) =
      kind == .user
      ? (users.rows("t"), users.key, users.username)
      : (companies.rows("t"), companies.key, companies.name)
    return """
      UPDATE \(kind.table) AS s SET id = (SELECT t.\(key) FROM \(rows)
        WHERE t.\(name) = s.name COLLATE BINARY) WHERE s.id IS NULL
      """
  }
}

extension GrantWriter {
  /// Writes the pairs of a file: creates who is missing, removes what goes, adds what comes.
  mutating func writeStaged(_ pairs: StagedPairs) throws -> (added: Int, removed: Int) {
    // Between the plan and this transaction names may have changed hands.
    try StagedNames(connection: connection, mapping: relations.mapping).resolve()
    let given = try StagedPlanner(connection, relations, pairs).writeDownGiven()
    if pairs.options.createsMissing {
      let names = try NewNames(connection: connection, mapping: relations.mapping)
      guard names.problems.isEmpty else { throw PlanOutdated() }
      try createUsers()
      try createCompanies()
    }
    return try withIndexesDropped(adding: plan.added, removing: plan.removed) { writer in
      let removed = try writer.removeStaged(pairs)
      return (try writer.addStaged() + (given > 0 ? writer.addGiven() : 0), removed)
    }
  }

  private mutating func removeStaged(_ pairs: StagedPairs) throws -> Int {
    guard plan.removed > 0 else { return 0 }
    _ = try StagedPlanner(connection, relations, pairs).writeDownLeaving()
    total = try collectRowIDs(
      "SELECT row FROM \(Staging.schema).leaving", [], in: GrantWriter.rowsToDelete)
    return try remove()
  }

  private mutating func addStaged() throws -> Int {
    guard plan.added > 0 else { return 0 }
    try registerIDs(pairs: plan.added)
    // The limit keeps the order of the rows, in which the ids are made and the index grows.
    let added = try add(
      """
      SELECT su.id AS user_id, sc.id AS company_id FROM \(StagedPlanner.pairs)
      WHERE p.grants AND su.id IS NOT NULL AND sc.id IS NOT NULL
      ORDER BY su.id, sc.id LIMIT -1
      """)
    try checkParents(Staging.Kind.user.table, Staging.Kind.company.table)
    return added
  }

  /// Adds what the rule gives of the companies that were created.
  private func addGiven() throws -> Int {
    try add(
      """
      SELECT g.user_id, sc.id AS company_id
      FROM \(StagedPlanner.given) AS g JOIN \(Staging.Kind.company.table) AS sc ON sc.n = g.c
      WHERE sc.id IS NOT NULL
      """)
  }

  private func createUsers() throws {
    let users = relations.mapping.users
    let table = Staging.Kind.user.table
    try create(
      users.table, users.key, users.keys, [(users.username, "name")] + made(users.made),
      [users.createdAt, users.modifiedAt], from: table)
    try connection.execute(StagedNames.lookingUp(.user, relations.mapping))
  }

  private func made(_ values: [(column: SQLName, value: Value)]) -> [(
    column: SQLName, value: String
  )] {
    values.map { ($0.column, SQLText.literal($0.value)) }
  }

  private func createCompanies() throws {
    let companies = relations.mapping.companies
    let table = Staging.Kind.company.table
    try create(
      companies.table, companies.key, companies.keys,
      [(companies.name, "name")] + made(companies.made),
      [companies.createdAt, companies.modifiedAt], from: table)
    try connection.execute(StagedNames.lookingUp(.company, relations.mapping))
  }

  /// Makes a row for every name without an id; integer keys are given by SQLite.
  private func create(
    _ table: SQLName, _ key: SQLName, _ keys: KeyStorage,
    _ values: [(column: SQLName, value: String)], _ times: [SQLName?], from names: String
  ) throws {
    try registerIDs(pairs: plan.added, keys)
    var all = keys.newValue == nil ? [] : [(key, "company_access_new_id()")]
    all += values + times.compactMap { $0.map { ($0, "?1") } }
    try connection.execute(
      """
      INSERT INTO \(table.itself) (\(all.map(\.0.description).joined(separator: ", ")))
      SELECT \(all.map(\.1).joined(separator: ", ")) FROM \(names)
      WHERE ?1 IS NOT NULL AND id IS NULL ORDER BY n
      """, [.text(Timestamp.now.text)])
  }
}
