internal import Database

/// Finds out whom and what the names of staged pairs mean.
struct StagedNames {
  let connection: Connection
  let shape: Shape

  /// Looks up the id of every name; names that nobody has keep none.
  ///
  /// It is done anew for every plan, because users and companies come and go.
  func resolve() throws {
    let users = shape.users
    let companies = shape.companies
    try connection.execute(
      """
      UPDATE \(Staging.Kind.user.table) AS s SET id = (
        SELECT u.\(users.id) FROM \(users.table) AS u
        WHERE u.\(users.username) = s.name COLLATE BINARY) WHERE NOT s.is_id
      """)
    try connection.execute(
      """
      UPDATE \(Staging.Kind.company.table) AS s SET id = coalesce(
        (SELECT c.\(companies.id) FROM \(companies.table) AS c
         WHERE c.\(companies.code) = s.name COLLATE BINARY),
        (SELECT c.\(companies.id) FROM \(companies.table) AS c
         WHERE c.\(companies.name) = s.name COLLATE BINARY)) WHERE NOT s.is_id
      """)
    for kind in Staging.Kind.allCases { try resolveIDs(kind) }
    try joinAliases()
  }

  private func resolveIDs(_ kind: Staging.Kind) throws {
    let names = NameQueries(
      connection: connection, relations: Relations(shape: shape, moment: .now))
    let rows = try connection.rows("SELECT n, name FROM \(kind.table) WHERE is_id") {
      (number: $0.int(0), text: "id:" + $0.text(1))
    }
    for row in rows {
      let ids =
        switch kind {
        case .user: try names.users(row.text).map(\.id.value)
        case .company: try names.companies(row.text).map(\.id.value)
        }
      try connection.execute(
        "UPDATE \(kind.table) SET id = ? WHERE n = ?",
        [ids.count == 1 ? ids[0] : .null, .count(row.number)])
    }
  }

  /// Names that mean the same become one, so that a pair is there once.
  private func joinAliases() throws {
    for kind in Staging.Kind.allCases {
      try connection.execute(
        "CREATE INDEX IF NOT EXISTS \(kind.table)_id ON \(kind.rawValue) (id)")
      let aliases = try connection.rows(
        """
        SELECT s.n, (SELECT min(t.n) FROM \(kind.table) AS t WHERE t.id = s.id) AS first
        FROM \(kind.table) AS s WHERE s.id IS NOT NULL AND s.n > first
        """
      ) { (number: Value.count($0.int(0)), first: Value.count($0.int(1))) }
      for alias in aliases {
        try checkContradiction(kind, [alias.number, alias.first])
        let pairs = "\(Staging.schema).pair"
        try connection.execute(
          "UPDATE OR IGNORE \(pairs) SET \(kind.column) = ?2 WHERE \(kind.column) = ?1",
          [alias.number, alias.first])
        try connection.execute("DELETE FROM \(pairs) WHERE \(kind.column) = ?", [alias.number])
        try connection.execute("DELETE FROM \(kind.table) WHERE n = ?", [alias.number])
      }
    }
  }

  private func checkContradiction(_ kind: Staging.Kind, _ numbers: [Value]) throws {
    let (own, other) = kind == .user ? ("u", "c") : ("c", "u")
    let lines = try connection.first(
      """
      SELECT max(p.line, q.line), min(p.line, q.line)
      FROM \(Staging.schema).pair AS p JOIN \(Staging.schema).pair AS q ON q.\(other) = p.\(other)
      WHERE p.\(own) = ?1 AND q.\(own) = ?2 AND p.grants <> q.grants ORDER BY 1
      """, numbers
    ) { (line: $0.int(0), earlier: $0.int(1)) }
    guard let lines else { return }
    throw ImportError(line: lines.line, .contradiction(earlier: lines.earlier))
  }

  /// The names without an id that must have one.
  ///
  /// - Parameter created: Whether those that are granted something are created instead; ids and
  ///   names that only lose something are never.
  /// - Returns: What is wrong; nil if nothing is.
  /// - Throws: What the database answers.
  func problems(created: Bool) throws -> ImportError? {
    var problems: [ImportProblem] = []
    var count = 0
    for kind in Staging.Kind.allCases {
      let exempt =
        created
        ? """
        AND (s.is_id OR s.n NOT IN (
          SELECT \(kind.column) FROM \(Staging.schema).pair WHERE grants))
        """ : ""
      let unknown = "FROM \(kind.table) AS s WHERE s.id IS NULL \(exempt)"
      count += try connection.count("SELECT count(*) \(unknown)")
      problems += try connection.rows(
        "SELECT line, name \(unknown) ORDER BY line LIMIT \(ImportError.kept)"
      ) { row in
        let name = row.text(1)
        return ImportProblem(
          line: row.int(0), kind == .user ? .unknownUser(name) : .unknownCompany(name))
      }
    }
    guard count > 0 else { return nil }
    problems.sort { $0.line < $1.line }
    return ImportError(problems: Array(problems.prefix(ImportError.kept)), count: count)
  }

  /// How many names would be created.
  func missing(_ kind: Staging.Kind) throws -> Int {
    try connection.count("SELECT count(*) FROM \(kind.table) WHERE id IS NULL")
  }
}
