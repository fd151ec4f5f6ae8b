internal import Database
internal import DatabasePostgres

/// Takes the pairs of a file into temporary tables of a connection.
///
/// Names are numbered as they come, so that a pair is two small numbers however long its names
/// are. Nothing of the database itself is touched.
struct Staging {
  static let schema = "company_access_staged"
  /// How many rows are written in one statement.
  private static let batchRows = 100
  /// How many names of a kind are kept in memory; the rest is looked up.
  private static let keptNames = 100_000

  /// The table of the users' names, or of the companies'.
  ///
  /// `id` is who is meant, `hits` is more than 1 if it could be several, and `other` is what the id is
  /// really called, if the file says otherwise.
  enum Kind: String, CaseIterable {
    case user, company

    var table: String { "\(Staging.schema).\(rawValue)" }
    var entity: EntityKind { self == .user ? .user : .company }
    /// The column of the pairs with the numbers of this kind.
    var column: String { self == .user ? "u" : "c" }
  }

  private let connection: any DatabaseSession
  private var numbers: [Kind: [GrantEntry.Name: Int]] = [.user: [:], .company: [:]]
  private var counts: [Kind: Int] = [.user: 0, .company: 0]
  private var batch: [Value] = []
  var lines = 0
  var duplicates = 0
  /// The decision of the first line.
  private(set) var decision: (at: Timestamp?, line: Int)?
  private var problems: [ImportProblem] = []
  private var problemCount = 0
  private let work: Work?

  /// Makes the tables anew.
  init(_ connection: any DatabaseSession, _ mapping: SchemaMapping, _ work: Work?) throws {
    self.connection = connection
    self.work = work
    guard let file = connection as? Connection else {
      try Staging.makeTables(onServer: connection, mapping)
      return
    }
    let isThere = try file.count(
      "SELECT count(*) FROM temp.pragma_database_list WHERE name = '\(Staging.schema)'")
    if isThere > 0 { try file.execute("DETACH \(Staging.schema)") }
    try Staging.attach(Staging.schema, to: file)
    for kind in Kind.allCases {
      try connection.execute(
        """
        CREATE TABLE \(kind.table) (n INTEGER PRIMARY KEY, name TEXT NOT NULL, is_id INTEGER NOT NULL,
          called TEXT NOT NULL, line INTEGER NOT NULL, id, hits INTEGER NOT NULL DEFAULT 0, other TEXT)
        """)
      try connection.execute(
        "CREATE UNIQUE INDEX \(kind.table)_name ON \(kind.rawValue) (name, is_id, called)")
    }
    try connection.execute(
      """
      CREATE TABLE \(Staging.schema).pair (u INTEGER NOT NULL, c INTEGER NOT NULL,
        grants INTEGER NOT NULL, line INTEGER NOT NULL, entry INTEGER NOT NULL,
        PRIMARY KEY (u, c)) WITHOUT ROWID
      """)
  }

  /// Attaches a temporary database, which is a file where there is much in it.
  static func attach(
    _ schema: String, to connection: Connection, cachedKilobytes: Int = 32_768
  ) throws {
    // A database without a name is a temporary file, where temporary things may be files.
    try connection.keepTemporary(inFiles: true)
    connection.useTemporaryFilesBesideDatabase()
    try connection.execute("ATTACH '' AS \(schema)")
    try connection.keepTemporary(inFiles: false)
    try connection.execute(
      """
      PRAGMA \(schema).synchronous = OFF;
      PRAGMA \(schema).cache_size = -\(cachedKilobytes)
      """)
  }

  /// Takes in all pairs of a source.
  mutating func take(_ source: inout some GrantSourceFile) throws {
    if let server = connection as? PostgresConnection {
      try take(&source, onServer: server)
    } else {
      try forEachEntry(of: &source) { staging, entry in try staging.add(entry) }
      try writeBatch()
    }
    if problemCount > 0 { throw ImportError(problems: problems, count: problemCount) }
  }

  /// Hands over all pairs of a source.
  ///
  /// Problems with a pair are gathered; one with the file itself ends the reading.
  mutating func forEachEntry(
    of source: inout some GrantSourceFile,
    _ body: (inout Staging, GrantEntry) throws -> Void
  ) throws {
    while let entry = try nextEntry(&source) {
      lines += 1
      if lines & 4_095 == 0 {
        work?.report(lines, of: 0, .planning)
        if work?.isCancelled == true { throw AccessError.cancelled }
      }
      checkDecision(entry)
      try body(&self, entry)
    }
  }

  private mutating func add(_ entry: GrantEntry) throws {
    let user = try number(entry.user, .user, entry.line)
    let company = try number(entry.company, .company, entry.line)
    batch += [
      .count(user), .count(company), .count(entry.grants ? 1 : 0), .count(entry.line),
      .count(lines),
    ]
    if batch.count == Staging.values * Staging.batchRows { try writeBatch() }
  }

  /// Makes sure that all decisions of a file are of one date.
  private mutating func checkDecision(_ entry: GrantEntry) {
    guard let first = decision else {
      decision = (entry.decidedAt, entry.line)
      return
    }
    if first.at != entry.decidedAt {
      add(ImportProblem(line: entry.line, .otherDecision(earlier: first.line)))
    }
  }

  private mutating func nextEntry(_ source: inout some GrantSourceFile) throws -> GrantEntry? {
    while true {
      do {
        return try source.next()
      } catch let error as ImportError {
        guard error.problems.allSatisfy(\.concernsOneLine) else {
          throw ImportError(
            problems: problems + error.problems, count: problemCount + error.count)
        }
        for problem in error.problems { add(problem) }
      }
    }
  }

  mutating func add(_ problem: ImportProblem) {
    problemCount += 1
    if problems.count < ImportError.kept { problems.append(problem) }
  }

  /// The number of a name, a new one if it was not there before.
  private mutating func number(_ name: GrantEntry.Name, _ kind: Kind, _ line: Int) throws -> Int {
    if let number = numbers[kind]?[name] { return number }
    let count = counts[kind] ?? 0
    var number = count + 1
    let values = Staging.values(of: name)
    // As long as all names are in memory, a new one is not in the table.
    let known =
      count < Staging.keptNames
      ? nil
      : try connection.first(
        "SELECT n FROM \(kind.table) WHERE name = ? AND is_id = ? AND called = ?", values
      ) { $0.int(0) }
    if let known {
      number = known
    } else {
      try connection.execute(
        "INSERT INTO \(kind.table) (n, name, is_id, called, line) VALUES (?4, ?1, ?2, ?3, ?5)",
        values + [.count(number), .count(line)])
      counts[kind] = number
    }
    if numbers[kind]?.count == Staging.keptNames { numbers[kind] = [:] }
    numbers[kind]?[name] = number
    return number
  }

  /// The columns `name`, `is_id` and `called`: an id has what it is called beside it, if the file says
  /// so, and else nothing.
  static func values(of name: GrantEntry.Name) -> [Value] {
    let called = name.called?.string ?? ""
    guard let id = name.id else { return [.text(called), .count(0), .text("")] }
    return [.text(id.string), .count(1), .text(called)]
  }

  /// How many values a row has.
  private static let values = 5

  private static func insert(rows: Int) -> String {
    let places = Array(repeating: "(?, ?, ?, ?, ?)", count: rows).joined(separator: ", ")
    return """
      INSERT INTO \(schema).pair (u, c, grants, line, entry) VALUES \(places)
      ON CONFLICT DO NOTHING
      """
  }

  private static let insertBatch = insert(rows: batchRows)

  private mutating func writeBatch() throws {
    let rows = batch.count / Staging.values
    guard rows > 0 else { return }
    let isFull = rows == Staging.batchRows
    try connection.execute(isFull ? Staging.insertBatch : Staging.insert(rows: rows), batch)
    if connection.changes < rows {
      for start in stride(from: 0, to: batch.count, by: Staging.values) {
        try compare(Array(batch[start..<start + Staging.values]))
      }
    }
    batch.removeAll(keepingCapacity: true)
  }

  /// Counts a row that repeats another one, which must say the same.
  private mutating func compare(_ row: [Value]) throws {
    let earlier = try connection.first(
      "SELECT grants, line, entry FROM \(Staging.schema).pair WHERE u = ? AND c = ?",
      Array(row[..<2])
    ) { (grants: $0.value(0), line: $0.int(1), entry: $0.value(2)) }
    guard let earlier, earlier.entry != row[4], case .integer(let line) = row[3] else { return }
    duplicates += 1
    if earlier.grants != row[2] {
      add(ImportProblem(line: Int(line), .contradiction(earlier: earlier.line)))
    }
  }
}

extension ImportProblem {
  /// Whether the lines that follow can be understood all the same.
  var concernsOneLine: Bool {
    switch kind {
    case .emptyCell, .unknownAction, .notUTF8, .unknownExpectation, .badAnswer, .badTime,
      .badFigure, .badDay, .leaksOfPast:
      true
    default: false
    }
  }
}
