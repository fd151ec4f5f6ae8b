internal import Database

extension ServerGrantWriter {
  /// Writes the pairs of a file: creates who is missing, removes what goes, adds what comes.
  func writeStaged(_ pairs: StagedPairs) throws -> (added: Int, removed: Int) {
    // Between the plan and this transaction names may have changed hands.
    try StagedNames(connection: connection, mapping: relations.mapping).resolve()
    let planner = StagedPlanner(connection, relations, pairs)
    let given = try planner.writeDownGiven()
    if pairs.options.createsMissing {
      let names = try NewNames(connection: connection, mapping: relations.mapping)
      guard names.problems.isEmpty else { throw PlanOutdated() }
      for kind in Staging.Kind.allCases { try create(kind) }
    }
    _ = try planner.writeDownLeaving()
    let leaving = "SELECT l.user_id, l.company_id FROM \(StagedPlanner.leaving) AS l"
    let removed = plan.removed > 0 ? try remove(leaving) : 0
    guard plan.added > 0 else { return (0, removed) }
    var added = try add(
      """
      SELECT su.id AS user_id, sc.id AS company_id FROM \(StagedPlanner.pairs)
      WHERE p.grants AND su.id IS NOT NULL AND sc.id IS NOT NULL
      """)
    if given > 0 {
      added += try add(
        """
        SELECT g.user_id, sc.id AS company_id
        FROM \(StagedPlanner.given) AS g JOIN \(Staging.Kind.company.table) AS sc ON sc.n = g.c
        WHERE sc.id IS NOT NULL
        """)
    }
    return (added, removed)
  }

  /// Makes a row for every name without an id, whose key the server makes where it can.
  private func create(_ kind: Staging.Kind) throws {
    let (users, companies) = (relations.mapping.users, relations.mapping.companies)
    let (table, key, name) =
      kind == .user
      ? (users.table, users.key, users.username)
      : (companies.table, companies.key, companies.name)
    let made = kind == .user ? users.made : companies.made
    let times =
      kind == .user
      ? [users.createdAt, users.modifiedAt] : [companies.createdAt, companies.modifiedAt]
    let columns = try EntityTable.columns(of: table, connection)
    func type(_ column: SQLName) -> String {
      columns.first { $0.name.text == column.text }?.type ?? "text"
    }
    var values: [(column: SQLName, value: String)] = [(name, "s.name")]
    let keys = kind == .user ? users.keys : companies.keys
    if let new = keys.newOnServer,
      columns.first(where: { $0.name.text == key.text })?.hasDefault == false
    {
      values.append((key, new))
    }
    var arguments = Bindings()
    for (column, value) in made {
      let value = StoredValue(value).sql(&arguments, .postgres)
      values.append((column, "CAST(\(value) AS \(type(column)))"))
    }
    for column in times.compactMap(\.self) {
      let now = arguments.bind(.text(Timestamp.now.text))
      values.append((column, "CAST(\(now) AS \(type(column)))"))
    }
    try connection.execute(
      """
      INSERT INTO \(table) (\(values.map(\.column.description).joined(separator: ", ")))
      SELECT \(values.map(\.value).joined(separator: ", ")) FROM \(kind.table) AS s
      WHERE s.id IS NULL ORDER BY s.n
      """, arguments.values)
    try connection.execute(StagedNames.lookingUp(kind, relations.mapping))
  }
}
