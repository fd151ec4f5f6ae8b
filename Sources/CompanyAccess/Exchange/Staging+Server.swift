internal import Database
internal import DatabasePostgres

/// Files on a server: the pairs come by COPY, and names are numbered by one statement.
extension Staging {
  /// The rows of the access table that go.
  static func leavingTable(_ engine: SQLEngine) -> TemporaryTable {
    let pair = [
      TemporaryTable.Column("user_id", .user, isOptional: true),
      TemporaryTable.Column("company_id", .company, isOptional: true),
    ]
    return engine == .postgres
      ? TemporaryTable(StagedPlanner.leaving, pair)
      : TemporaryTable(StagedPlanner.leaving, [.init("row", .number)] + pair, key: ["row"])
  }

  /// What the rule gives of new companies.
  static let givenTable = TemporaryTable(
    StagedPlanner.given, [.init("user_id", .user, isOptional: true), .init("c", .number)])

  /// Other forms of the letters of names.
  static let formTable = TemporaryTable(
    "\(schema).form", [.init("name", .text), .init("n", .number)], key: ["name", "n"])

  /// The lines of a file as they come.
  private static let lineTable = TemporaryTable(
    "\(schema).line",
    [
      .init("entry", .number), .init("line", .number), .init("grants", .truth),
      .init("user_name", .text), .init("user_is_id", .truth), .init("user_called", .text),
      .init("company_name", .text), .init("company_is_id", .truth),
      .init("company_called", .text),
    ])

  /// Makes all tables anew, because none is made while a state is read.
  static func makeTables(
    onServer session: any DatabaseSession, _ mapping: SchemaMapping
  ) throws {
    for kind in Kind.allCases {
      let names = TemporaryTable(
        kind.table,
        [
          .init("n", .number), .init("name", .text), .init("is_id", .truth),
          .init("called", .text), .init("line", .number),
          .init("id", kind == .user ? .user : .company, isOptional: true),
          .init("hits", .number, defaultValue: "0"), .init("other", .text, isOptional: true),
        ], key: ["n"])
      try names.replace(session, mapping)
      try session.execute("CREATE INDEX ON \(kind.table) (id)")
    }
    let pairs = TemporaryTable(
      "\(schema).pair",
      [
        .init("u", .number), .init("c", .number), .init("grants", .truth),
        .init("line", .number), .init("entry", .number),
      ], key: ["u", "c"])
    for table in [pairs, leavingTable(.postgres), givenTable, formTable, lineTable] {
      try table.replace(session, mapping)
    }
  }

  /// Takes in all pairs of a source.
  mutating func take(
    _ source: inout some GrantSourceFile, onServer server: PostgresConnection
  ) throws {
    let columns: [SQLName] = [
      "entry", "line", "grants", "user_name", "user_is_id", "user_called", "company_name",
      "company_is_id", "company_called",
    ]
    try server.copyIn("pg_temp.company_access_staged_line", columns) { writer in
      try forEachEntry(of: &source) { staging, entry in
        guard !staging.noteNUL(in: entry) else { return }
        let names = [entry.user, entry.company].flatMap { name in
          var values = Staging.values(of: name)
          values[1] = SQLEngine.postgres.truth(name.id != nil)
          return values
        }
        let grants = SQLEngine.postgres.truth(entry.grants)
        try writer.add([.count(staging.lines), .count(entry.line), grants] + names)
      }
    }
    for kind in Kind.allCases { try server.execute(Staging.numbering(kind)) }
    try server.execute("ANALYZE \(Kind.user.table); ANALYZE \(Kind.company.table)")
    try server.execute(
      """
      INSERT INTO \(Staging.schema).pair (u, c, grants, line, entry)
      SELECT DISTINCT ON (n.u, n.c) n.u, n.c, n.grants, n.line, n.entry
      FROM (\(Staging.numbered)) AS n ORDER BY n.u, n.c, n.entry
      """)
    let pairs = server.changes
    try server.execute("ANALYZE \(Staging.schema).pair")
    let taken = try server.count("SELECT count(*) FROM \(Staging.schema).line")
    duplicates = taken - pairs
    if duplicates > 0 { try compare(server) }
    try server.execute("DELETE FROM \(Staging.schema).line")
  }

  /// Notes a name with the character U+0000, which no user or company of a server has.
  private mutating func noteNUL(in entry: GrantEntry) -> Bool {
    func name(_ name: GrantEntry.Name) -> String? {
      let texts = [name.called?.string, name.id.map { "id:" + $0.string }].compactMap(\.self)
      return texts.first { $0.utf8.contains(0) }
    }
    if let user = name(entry.user) {
      add(ImportProblem(line: entry.line, .unknownUser(user, similar: [])))
      return true
    }
    guard let company = name(entry.company) else { return false }
    add(ImportProblem(line: entry.line, .unknownCompany(company, similar: [])))
    return true
  }

  /// A statement that gives the names of a kind their numbers, in the order of their lines.
  private static func numbering(_ kind: Kind) -> String {
    let names = ["name", "is_id", "called"].map { "l.\(kind.rawValue)_\($0)" }
    let list = names.joined(separator: ", ")
    return """
      INSERT INTO \(kind.table) (n, name, is_id, called, line)
      SELECT row_number() OVER (ORDER BY min(l.entry)), \(list), min(l.line)
      FROM \(schema).line AS l GROUP BY \(list)
      """
  }

  /// A query for the lines with the numbers of their names.
  private static var numbered: String {
    func isName(_ kind: Kind, _ row: String) -> String {
      ["name", "is_id", "called"].map { "\(row).\($0) = l.\(kind.rawValue)_\($0)" }
        .joined(separator: " AND ")
    }
    return """
      SELECT u.n AS u, c.n AS c, l.grants, l.line, l.entry FROM \(schema).line AS l
      JOIN \(Kind.user.table) AS u ON \(isName(.user, "u"))
      JOIN \(Kind.company.table) AS c ON \(isName(.company, "c"))
      """
  }

  /// Notes the lines that say another thing of a pair than an earlier one.
  private mutating func compare(_ server: PostgresConnection) throws {
    let found = try server.rows(
      """
      SELECT n.line, p.line FROM (\(Staging.numbered)) AS n
      JOIN \(Staging.schema).pair AS p ON p.u = n.u AND p.c = n.c
      WHERE n.grants <> p.grants ORDER BY n.entry
      """, []
    ) { (line: $0.int(0), earlier: $0.int(1)) }
    for row in found {
      add(ImportProblem(line: row.line, .contradiction(earlier: row.earlier)))
    }
  }
}
