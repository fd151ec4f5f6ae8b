internal import Database
internal import Formats

extension AccessStore {
  /// The pairs that differ between the table and a file: what would make the table equal to the
  /// file.
  ///
  /// The file is read as `stage` reads it, also when the database may not be written. What a file
  /// says of an action does not matter, apart from pairs that are to be revoked: they are taken for
  /// pairs that are not there.
  ///
  /// - Parameters:
  ///   - path: The file; `-` is standard input.
  ///   - moment: The state of the table to look at.
  ///   - work: Cancels the reading.
  ///   - body: Takes the rows one by one, by username and name of the company.
  /// - Returns: How many rows there were.
  /// - Throws: `ImportError` with the lines that are wrong, as `diff(from:to:work:_:)` otherwise.
  public func diff(
    file path: String, at moment: Moment = .now, work: Work? = nil,
    _ body: (DiffRow) throws -> Void
  ) throws -> DiffCounts {
    let file = try ImportFile(path, work: work)
    if file.isWholeExport {
      throw ImportError(
        line: 1, .unexpectedJSON("this is a whole export, and not a list of pairs"))
    }
    let reader = try SnapshotReader(self, work, makesTables: true)
    return try reader.run {
      var pairs = try FilePairs(reader)
      try pairs.take(file.bytes)
      return try reader.differences(DiffSQL(.file(moment), reader), body)
    }
  }
}

/// The pairs of a file in a temporary table, with the ids that their names have.
///
/// Temporary tables may be written although the database itself is open only to be read.
struct FilePairs {
  static let table = "temp.company_access_file"

  private let connection: any DatabaseSession
  private let names: NameQueries
  private var unclear: UnclearNames
  /// What names mean that have been looked up; emptied when there are too many.
  private var users: [GrantEntry.Name: Value] = [:]
  private var companies: [GrantEntry.Name: Value] = [:]
  private static let keptNames = 100_000
  private var problems: [ImportProblem] = []
  private var problemCount = 0

  init(_ reader: SnapshotReader) throws {
    connection = reader.connection
    names = NameQueries(
      connection: connection, relations: Relations(mapping: reader.mapping, moment: .now))
    unclear = UnclearNames(connection, reader.mapping)
    if connection is Connection { try connection.execute("PRAGMA query_only = OFF") }
    try TemporaryTable(
      FilePairs.table,
      [
        .init("user_id", .user), .init("company_id", .company), .init("grants", .truth),
        .init("line", .number),
      ], key: ["user_id", "company_id"]
    ).make(connection, reader.mapping)
  }

  mutating func take(_ bytes: InputBytes) throws {
    var input = bytes
    if try JSONPairs.isJSON(&input) {
      var source = try JSONPairs(input)
      try take(&source)
    } else {
      var source = try DelimitedPairs(input)
      try take(&source)
    }
    if problemCount > 0 { throw ImportError(problems: problems, count: problemCount) }
  }

  private mutating func take(_ source: inout some GrantSourceFile) throws {
    while let entry = try source.next() {
      let user = try user(entry)
      let company = try company(entry)
      guard let user, let company else { continue }
      try connection.execute(
        """
        INSERT INTO \(FilePairs.table) (user_id, company_id, grants, line) VALUES (?, ?, ?, ?)
        ON CONFLICT DO NOTHING
        """,
        [
          user, company, connection.engine.truth(entry.grants), .count(entry.line),
        ])
      if connection.changes == 0 { try compare(entry, user, company) }
    }
  }

  /// A pair that is there twice must be to the same end.
  private mutating func compare(_ entry: GrantEntry, _ user: Value, _ company: Value) throws {
    let earlier = try connection.first(
      "SELECT grants, line FROM \(FilePairs.table) WHERE user_id = ? AND company_id = ?",
      [user, company]
    ) { (grants: $0.bool(0), line: $0.int(1)) }
    guard let earlier, earlier.grants != entry.grants else { return }
    add(ImportProblem(line: entry.line, .contradiction(earlier: earlier.line)))
  }

  private mutating func add(_ problem: ImportProblem) {
    problemCount += 1
    if problems.count < ImportError.kept { problems.append(problem) }
  }

  private mutating func user(_ entry: GrantEntry) throws -> Value? {
    let name = entry.user
    if let known = users[name] { return known }
    let found =
      try name.id.map { try names.users("id:" + $0.string) }
      ?? names.users(called: name.called?.string ?? "")
    guard found.count == 1 else {
      add(ImportProblem(line: entry.line, try unclear.user(name)))
      return nil
    }
    guard agrees(name, [found[0].username], .user, entry.line) else { return nil }
    if users.count == FilePairs.keptNames { users = [:] }
    users[name] = found[0].id.value
    return found[0].id.value
  }

  private mutating func company(_ entry: GrantEntry) throws -> Value? {
    let name = entry.company
    if let known = companies[name] { return known }
    let found =
      try name.id.map { try names.companies("id:" + $0.string) }
      ?? names.companies(called: name.called?.string ?? "")
    guard found.count == 1 else {
      add(ImportProblem(line: entry.line, try unclear.company(name)))
      return nil
    }
    guard agrees(name, found[0].names, .company, entry.line) else { return nil }
    if companies.count == FilePairs.keptNames { companies = [:] }
    companies[name] = found[0].id.value
    return found[0].id.value
  }

  /// Whether what stands beside an id is what the id is called.
  private mutating func agrees(
    _ name: GrantEntry.Name, _ names: [String], _ kind: EntityKind, _ line: Int
  ) -> Bool {
    guard let id = name.id, let called = name.called, !names.contains(called.string) else {
      return true
    }
    let problem = ImportProblem.Kind.otherName(
      kind, id: id.string, is: names[0], called: called.string)
    add(ImportProblem(line: line, problem))
    return false
  }
}
