internal import Database

/// The names of users and companies that expectations use, in temporary tables, with the ids that they
/// mean at the moment of each.
///
/// Users and companies have a table each, because a server has one type in a column; their numbers are of
/// one row.
struct ExpectedNames {
  private struct Entry: Hashable {
    let kind: EntityKind
    let moment: Int
    let id: ExactText?
    let called: ExactText?
  }

  private let connection: any DatabaseSession
  private let mapping: SchemaMapping
  private var numbers: [Entry: Int] = [:]
  private var rows: [EntityKind: TemporaryRows] = [:]
  /// The problems with names that no row of the database can have, by their moments.
  private var impossible: [(moment: Int, problem: ImportProblem)] = []

  init(_ connection: any DatabaseSession, _ mapping: SchemaMapping) throws {
    self.connection = connection
    self.mapping = mapping
    for kind in EntityKind.allCases {
      try ExpectedNames.temporary(kind).make(connection, mapping, isFilledFirst: true)
      rows[kind] = TemporaryRows(
        connection, ExpectedNames.table(kind),
        ["n", "moment", "is_id", "name", "called", "line"])
    }
  }

  /// The table of the names of a kind: `id` is who is meant, `hits` how many could be.
  static func table(_ kind: EntityKind) -> SQLName {
    switch kind {
    case .user: "temp.company_access_expected_user"
    case .company: "temp.company_access_expected_company"
    }
  }

  private static func temporary(_ kind: EntityKind) -> TemporaryTable {
    TemporaryTable(
      table(kind).text,
      [
        .init("n", .number), .init("moment", .number), .init("is_id", .truth),
        .init("name", .text), .init("called", .text, isOptional: true), .init("line", .number),
        .init("id", kind == .user ? .user : .company, isOptional: true),
        .init("hits", .number, defaultValue: "0"),
      ], key: ["n"])
  }

  /// The number of a name, a new one if it was not there before.
  mutating func number(
    _ name: ExpectedName, _ kind: EntityKind, moment: Int, line: Int
  ) throws -> Int {
    let entry = Entry(
      kind: kind, moment: moment, id: name.id.map(ExactText.init),
      called: name.called.map(ExactText.init))
    if let known = numbers[entry] { return known }
    let number = numbers.count + 1
    numbers[entry] = number
    let text = name.id ?? name.called ?? ""
    let called: Value = name.id == nil ? .null : .optional(name.called)
    guard canBeKept(text + (name.called ?? "")) else {
      let shown = name.id == nil ? text : "id:" + text
      impossible.append(
        (
          moment,
          ImportProblem(
            line: line,
            kind == .user ? .unknownUser(shown, similar: []) : .unknownCompany(shown, similar: []))
        ))
      return number
    }
    try rows[kind]?.add(
      .count(number), .count(moment), connection.engine.truth(name.id != nil), .text(text), called,
      .count(line))
    return number
  }

  /// Whether the database can hold a text: a server has none with U+0000.
  private func canBeKept(_ text: String) -> Bool {
    connection.engine == .sqlite || !text.utf8.contains(0)
  }

  /// Makes sure that all names are in the tables.
  mutating func complete() throws {
    for kind in EntityKind.allCases {
      try rows[kind]?.flush()
      try ExpectedNames.temporary(kind).complete(connection)
    }
  }

  /// Whether two names mean the same user or the same company, as one by its id and one by its name do.
  func hasTwins() throws -> Bool {
    try EntityKind.allCases.contains { kind in
      try connection.count(
        """
        SELECT count(*) FROM (SELECT 1 FROM \(ExpectedNames.table(kind))
          WHERE moment = 0 GROUP BY id HAVING count(*) > 1 LIMIT 1) AS t
        """) > 0
    }
  }

  /// Finds out whom the names of a moment mean.
  ///
  /// - Parameters:
  ///   - moment: The number of the moment.
  ///   - relations: Where the users and companies of that moment are.
  /// - Returns: The names that mean none or several, as problems of their first lines.
  /// - Throws: What the database answers.
  func resolve(_ moment: Int, _ relations: Relations) throws -> [ImportProblem] {
    let names = NameQueries(connection: connection, relations: relations)
    var open: [Open] = []
    for kind in EntityKind.allCases {
      try resolveNames(kind, moment, relations)
      open += try connection.rows(
        """
        SELECT n, is_id, name, called, line FROM \(ExpectedNames.table(kind))
        WHERE moment = \(moment) AND hits <> 1
        """
      ) { Open(kind, $0) }
    }
    open.sort { ($0.line, $0.number) < ($1.line, $1.number) }
    var unclear = UnclearNames(names)
    var problems = impossible.filter { $0.moment == moment }.map(\.problem)
    for name in open {
      if let problem = try resolve(name, names, &unclear) { problems.append(problem) }
    }
    return problems
  }

  /// Looks up all names at once: those that are called exactly so.
  private func resolveNames(_ kind: EntityKind, _ moment: Int, _ relations: Relations) throws {
    let table = ExpectedNames.table(kind)
    let wanted = "SELECT w.name FROM \(table) AS w WHERE w.moment = \(moment) AND NOT w.is_id"
    let arms = kind == .user ? relations.users() : relations.companies()
    let columns =
      kind == .user ? ["username"] : mapping.companies.code == nil ? ["name"] : ["name", "code"]
    let found = arms.flatMap { arm in
      columns.map {
        "SELECT l.\($0) AS name, l.id FROM \(arm) AS l WHERE l.\($0) COLLATE BINARY IN (\(wanted))"
      }
    }
    let keys = kind == .user ? mapping.users.keys : mapping.companies.keys
    try connection.execute(
      """
      UPDATE \(table) AS s SET id = m.id, hits = m.hits
      FROM (SELECT f.name COLLATE BINARY AS name, \(keys.smallest("f.id")) AS id,
          count(DISTINCT f.id) AS hits
        FROM (\(found.joined(separator: " UNION ALL "))) AS f GROUP BY f.name COLLATE BINARY) AS m
      WHERE m.name = s.name AND s.moment = \(moment) AND NOT s.is_id
      """)
  }

  /// A name that is an id, or that the tables do not have, or have twice.
  private struct Open {
    let number: Int
    let kind: EntityKind
    let isID: Bool
    let name: String
    let called: String?
    let line: Int

    init(_ kind: EntityKind, _ row: borrowing Row) {
      self.kind = kind
      number = row.int(0)
      isID = row.bool(1)
      name = row.text(2)
      called = row.optionalText(3)
      line = row.int(4)
    }
  }

  /// Looks up one name by itself; gives the problem with it if it means none or several.
  private func resolve(
    _ open: Open, _ names: NameQueries, _ unclear: inout UnclearNames
  ) throws -> ImportProblem? {
    let text = open.isID ? "id:" + open.name : open.name
    let found: [(id: Value, names: [String])] =
      switch open.kind {
      case .user:
        try (open.isID ? names.users(text) : names.users(called: text))
          .map { ($0.id.value, [$0.username]) }
      case .company:
        try (open.isID ? names.companies(text) : names.companies(called: text))
          .map { ($0.id.value, $0.names) }
      }
    guard let one = found.first, found.count == 1 else {
      let exact = ExactText(open.name)
      let name =
        open.isID
        ? GrantEntry.Name(id: exact, called: nil) : GrantEntry.Name(id: nil, called: exact)
      let kind = try open.kind == .user ? unclear.user(name) : unclear.company(name)
      return ImportProblem(line: open.line, kind)
    }
    if let called = open.called, !one.names.contains(called) {
      return ImportProblem(
        line: open.line, .otherName(open.kind, id: open.name, is: one.names[0], called: called))
    }
    try connection.execute(
      """
      UPDATE \(ExpectedNames.table(open.kind)) SET id = \(one.id), hits = 1
      WHERE n = \(Value.count(open.number))
      """)
    return nil
  }
}
