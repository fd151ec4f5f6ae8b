internal import Database

/// Finds out whom and what the names of staged pairs mean.
struct StagedNames {
  let connection: any DatabaseSession
  let mapping: SchemaMapping

  /// Looks up the id of every name; names that no row has, or several have, and ids that go with another
  /// name keep none.
  ///
  /// It is done anew for every plan, because users and companies come and go.
  func resolve() throws {
    for kind in Staging.Kind.allCases {
      try connection.execute("UPDATE \(kind.table) SET id = NULL, hits = 0, other = NULL")
      for (place, column) in names(of: kind).enumerated() {
        try resolveNames(kind, column, isFirst: place == 0)
      }
      try resolveOtherForms(kind, names(of: kind))
      try resolveIDs(kind)
    }
    try joinAliases()
  }

  private func table(of kind: Staging.Kind) -> (name: SQLName, rows: String, key: SQLName) {
    switch kind {
    case .user: (mapping.users.table, mapping.users.rows("t"), mapping.users.key)
    case .company: (mapping.companies.table, mapping.companies.rows("t"), mapping.companies.key)
    }
  }

  /// The columns in which a name may stand.
  private func names(of kind: Staging.Kind) -> [SQLName] {
    switch kind {
    case .user: [mapping.users.username]
    case .company: mapping.companies.callNames
    }
  }

  /// Where a UNIQUE index leads to the names, it is asked for each; else the table is read once.
  ///
  /// A name that an earlier column has of another row means both.
  private func resolveNames(
    _ kind: Staging.Kind, _ column: SQLName, isFirst: Bool
  ) throws {
    let (table, rows, key) = table(of: kind)
    if try connection.isUnique(column, of: table) {
      let named = "FROM \(rows) WHERE t.\(column) = s.name COLLATE BINARY"
      if !isFirst {
        try connection.execute(
          """
          UPDATE \(kind.table) AS s SET hits = 2
          WHERE NOT s.is_id AND s.id IS NOT NULL
            AND EXISTS (SELECT 1 \(named) AND t.\(key) <> s.id)
          """)
      }
      return try connection.execute(
        """
        UPDATE \(kind.table) AS s SET id = (SELECT t.\(key) \(named))
        WHERE NOT s.is_id AND s.id IS NULL
        """)
    }
    let name = "t.\(column) COLLATE BINARY"
    let isFile = connection is Connection
    let (greatest, selected) = isFile ? ("max", "t.\(column)") : ("greatest", name)
    let keys = kind == .user ? mapping.users.keys : mapping.companies.keys
    try connection.execute(
      """
      UPDATE \(kind.table) AS s SET id = coalesce(s.id, m.id),
        hits = \(greatest)(s.hits, m.n, CASE WHEN coalesce(s.id, m.id) = m.id THEN 1 ELSE 2 END)
      FROM (SELECT \(selected) AS name, \(keys.smallest("t.\(key)")) AS id, count(*) AS n
        FROM \(rows)
        WHERE \(name) IN (SELECT w.name FROM \(kind.table) AS w WHERE NOT w.is_id)
        GROUP BY \(name)) AS m
      WHERE s.name = m.name AND NOT s.is_id
      """)
  }

  private func resolveIDs(_ kind: Staging.Kind) throws {
    let names = NameQueries(
      connection: connection, relations: Relations(mapping: mapping, moment: .now))
    let rows = try connection.rows("SELECT n, name, called FROM \(kind.table) WHERE is_id") {
      (number: $0.int(0), text: "id:" + $0.text(1), called: $0.text(2))
    }
    for row in rows {
      let found: [(id: Value, names: [String])] =
        switch kind {
        case .user: try names.users(row.text).map { ($0.id.value, [$0.username]) }
        case .company: try names.companies(row.text).map { ($0.id.value, $0.names) }
        }
      guard found.count == 1 else { continue }
      let agrees = row.called.isEmpty || found[0].names.contains(row.called)
      try connection.execute(
        "UPDATE \(kind.table) SET id = ?, other = ? WHERE n = ?",
        [
          agrees ? found[0].id : .null, agrees ? .null : .text(found[0].names[0]),
          .count(row.number),
        ])
    }
  }

  /// Names that mean the same become one, so that a pair is there once.
  private func joinAliases() throws {
    for kind in Staging.Kind.allCases {
      if connection is Connection {
        try connection.execute(
          "CREATE INDEX IF NOT EXISTS \(kind.table)_id ON \(kind.rawValue) (id)")
      }
      let aliases = try connection.rows(
        """
        SELECT a.n, a.first FROM (
          SELECT s.n, (SELECT min(t.n) FROM \(kind.table) AS t WHERE t.id = s.id) AS first
          FROM \(kind.table) AS s WHERE s.id IS NOT NULL) AS a
        WHERE a.n > a.first
        """
      ) { (number: Value.count($0.int(0)), first: Value.count($0.int(1))) }
      for alias in aliases {
        try checkContradiction(kind, [alias.number, alias.first])
        let pairs = "\(Staging.schema).pair"
        let (own, other) = (kind.column, kind == .user ? "c" : "u")
        try connection.execute(
          """
          UPDATE \(pairs) AS p SET \(own) = ?2 WHERE p.\(own) = ?1 AND NOT EXISTS (
            SELECT 1 FROM \(pairs) AS q WHERE q.\(own) = ?2 AND q.\(other) = p.\(other))
          """, [alias.number, alias.first])
        try connection.execute("DELETE FROM \(pairs) WHERE \(kind.column) = ?", [alias.number])
        try connection.execute("DELETE FROM \(kind.table) WHERE n = ?", [alias.number])
      }
    }
  }

  private func checkContradiction(_ kind: Staging.Kind, _ numbers: [Value]) throws {
    let (own, other) = kind == .user ? ("u", "c") : ("c", "u")
    let lines = try connection.first(
      """
      SELECT CASE WHEN p.line > q.line THEN p.line ELSE q.line END,
        CASE WHEN p.line > q.line THEN q.line ELSE p.line END
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
    var names = UnclearNames(connection, mapping)
    for kind in Staging.Kind.allCases {
      let exempt =
        created
        ? """
        AND (s.is_id OR s.n NOT IN (
          SELECT \(kind.column) FROM \(Staging.schema).pair WHERE grants))
        """ : ""
      let wrong = "FROM \(kind.table) AS s WHERE s.hits > 1 OR s.id IS NULL \(exempt)"
      count += try connection.count("SELECT count(*) \(wrong)")
      problems += try connection.rows(
        """
        SELECT line, name, is_id, called, other \(wrong)
        ORDER BY line LIMIT \(ImportError.kept)
        """, [], { Unclear($0) }
      ).map { try problem($0, kind, &names) }
    }
    if created {
      try addUncreatable(&problems, &count)
      let new = try NewNames(connection: connection, mapping: mapping)
      count += new.problemCount
      problems += new.problems.map {
        ImportProblem(line: $0.line, .badName($0.name, reason: "it \($0.finding)"))
      }
    }
    try addDivided(&problems, &count)
    guard count > 0 else { return nil }
    problems.sort { $0.line < $1.line }
    return ImportError(problems: Array(problems.prefix(ImportError.kept)), count: count)
  }

  /// A name of the file of which it is not clear who is meant.
  private struct Unclear {
    let line: Int
    let name: String
    let isID: Bool
    let called: String
    let other: String?

    init(_ row: borrowing Row) {
      line = row.int(0)
      name = row.text(1)
      isID = row.bool(2)
      called = row.text(3)
      other = row.optionalText(4)
    }
  }

  private func problem(
    _ unclear: Unclear, _ kind: Staging.Kind, _ names: inout UnclearNames
  ) throws -> ImportProblem {
    if let other = unclear.other {
      return ImportProblem(
        line: unclear.line,
        .otherName(kind.entity, id: unclear.name, is: other, called: unclear.called))
    }
    let text = ExactText(unclear.name)
    let name =
      unclear.isID ? GrantEntry.Name(id: text, called: nil) : GrantEntry.Name(id: nil, called: text)
    return ImportProblem(
      line: unclear.line, try kind == .user ? names.user(name) : names.company(name))
  }

  /// Users and companies that cannot be created, because the application wants to know more of
  /// them than a name.
  private func addUncreatable(_ problems: inout [ImportProblem], _ count: inout Int) throws {
    for kind in Staging.Kind.allCases {
      let new = "FROM \(kind.table) AS s WHERE s.id IS NULL AND NOT s.is_id"
      let number = try connection.count("SELECT count(*) \(new)")
      guard number > 0 else { continue }
      let unknown =
        try kind == .user
        ? mapping.unknownOfNewUsers(connection) : mapping.unknownOfNewCompanies(connection)
      guard !unknown.isEmpty else { continue }
      count += number
      let reason = "the database has to know its " + unknown.joined(separator: ", ")
      problems += try connection.rows(
        "SELECT line, name \(new) ORDER BY line LIMIT \(ImportError.kept)"
      ) { ImportProblem(line: $0.int(0), .badName($0.text(1), reason: reason)) }
    }
  }

  /// Pairs of a user and a company between which there may be no grant.
  private func addDivided(_ problems: inout [ImportProblem], _ count: inout Int) throws {
    let relations = Relations(mapping: mapping, moment: .now)
    guard let permits = relations.permits(userID: "su.id", companyID: "sc.id") else { return }
    let divided = """
      FROM \(StagedPlanner.pairs) WHERE p.grants AND su.id IS NOT NULL AND sc.id IS NOT NULL
        AND (\(permits)) IS NOT TRUE
      """
    count += try connection.count("SELECT count(*) \(divided)")
    problems += try connection.rows(
      "SELECT p.line, su.name, sc.name \(divided) ORDER BY p.line LIMIT \(ImportError.kept)"
    ) { row in
      ImportProblem(line: row.int(0), .acrossScope(user: row.text(1), company: row.text(2)))
    }
  }

  /// How many names would be created.
  func missing(_ kind: Staging.Kind) throws -> Int {
    try connection.count("SELECT count(*) FROM \(kind.table) WHERE id IS NULL")
  }
}
