internal import Database

/// The names of users and companies that expectations use, in a temporary table, with the ids that they
/// mean at the moment of each.
struct ExpectedNames {
  /// A row: `id` is who is meant, `hits` how many could be.
  static let table: SQLName = "temp.company_access_expected_name"

  private struct Entry: Hashable {
    let kind: EntityKind
    let moment: Int
    let id: ExactText?
    let called: ExactText?
  }

  private let connection: Connection
  private let mapping: SchemaMapping
  private var numbers: [Entry: Int] = [:]

  init(_ connection: Connection, _ mapping: SchemaMapping) throws {
    self.connection = connection
    self.mapping = mapping
    try connection.execute(
      """
      CREATE TABLE \(ExpectedNames.table) (n INTEGER PRIMARY KEY, kind TEXT NOT NULL,
        moment INTEGER NOT NULL, is_id INTEGER NOT NULL, name TEXT NOT NULL, called TEXT,
        line INTEGER NOT NULL, id, hits INTEGER NOT NULL DEFAULT 0)
      """)
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
    let called: Value = name.id == nil ? .null : name.called.map(Value.text) ?? .null
    try connection.execute(
      """
      INSERT INTO \(ExpectedNames.table) (n, kind, moment, is_id, name, called, line)
      VALUES (\(Value.count(number)), \(Value.text(kind.rawValue)), \(Value.count(moment)),
        \(Value.count(name.id == nil ? 0 : 1)), \(Value.text(name.id ?? name.called ?? "")),
        \(called), \(Value.count(line)))
      """)
    numbers[entry] = number
    return number
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
    for kind in EntityKind.allCases { try resolveNames(kind, moment, relations) }
    let open = try connection.rows(
      """
      SELECT n, kind, is_id, name, called, line FROM \(ExpectedNames.table)
      WHERE moment = \(Value.count(moment)) AND hits <> 1 ORDER BY line, n
      """
    ) { Open($0) }
    var unclear = UnclearNames(names)
    var problems: [ImportProblem] = []
    for name in open {
      if let problem = try resolve(name, names, &unclear) { problems.append(problem) }
    }
    return problems
  }

  /// Looks up all names at once: those that are called exactly so.
  private func resolveNames(_ kind: EntityKind, _ moment: Int, _ relations: Relations) throws {
    let wanted = """
      SELECT w.name FROM \(ExpectedNames.table) AS w
      WHERE w.moment = \(moment) AND w.kind = '\(kind.rawValue)' AND NOT w.is_id
      """
    let arms = kind == .user ? relations.users() : relations.companies()
    let columns =
      kind == .user ? ["username"] : mapping.companies.code == nil ? ["name"] : ["name", "code"]
    let found = arms.flatMap { arm in
      columns.map {
        "SELECT l.\($0) AS name, l.id FROM \(arm) AS l WHERE l.\($0) COLLATE BINARY IN (\(wanted))"
      }
    }
    try connection.execute(
      """
      UPDATE \(ExpectedNames.table) AS s SET id = m.id, hits = m.hits
      FROM (SELECT f.name COLLATE BINARY AS name, min(f.id) AS id, count(DISTINCT f.id) AS hits
        FROM (\(found.joined(separator: " UNION ALL "))) AS f GROUP BY f.name COLLATE BINARY) AS m
      WHERE m.name = s.name AND s.moment = \(moment) AND s.kind = '\(kind.rawValue)' AND NOT s.is_id
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

    init(_ row: borrowing Row) {
      number = row.int(0)
      kind = row.text(1) == EntityKind.user.rawValue ? .user : .company
      isID = row.bool(2)
      name = row.text(3)
      called = row.optionalText(4)
      line = row.int(5)
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
      UPDATE \(ExpectedNames.table) SET id = \(one.id), hits = 1 WHERE n = \(Value.count(open.number))
      """)
    return nil
  }
}
