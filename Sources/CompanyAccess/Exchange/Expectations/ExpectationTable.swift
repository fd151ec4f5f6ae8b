internal import Database

/// Expectations in temporary tables, so that one statement answers all of a kind.
///
/// Temporary tables may be written although the database itself is open only to be read.
struct ExpectationTable {
  static let claims: SQLName = "temp.company_access_expectation"
  /// The names that a claim lists; `id` is whom each means.
  static let members: SQLName = "temp.company_access_expected_member"
  /// The numbers of the claims that do not hold.
  static let failures: SQLName = "temp.company_access_failed_expectation"

  /// The kinds of claims, as the tables have them.
  enum Kind: Int {
    case access, companies, users, companyCount, userCount, coverage, nobodyWithoutAccess, isolated,
      noLeaks
  }

  private let connection: Connection
  private let moments: (Timestamp?) throws -> Int
  private let isOfPast: Bool
  private var names: ExpectedNames
  private var batch: [Value] = []
  private(set) var count = 0
  /// The kinds of claims that there are.
  private(set) var kinds: Set<Kind> = []
  private var problems: [ImportProblem] = []
  private var problemCount = 0

  private static let values = 8
  private static let batchRows = 100

  /// Makes the tables.
  ///
  /// - Parameters:
  ///   - reader: Whose connection has them.
  ///   - isOfPast: Whether the usual moment is of the past, of which nothing but grants is known.
  ///   - moments: Gives the number of the moment at a time; nil is the usual moment.
  /// - Throws: What the database answers.
  init(
    _ reader: SnapshotReader, isOfPast: Bool, moments: @escaping (Timestamp?) throws -> Int
  ) throws {
    connection = try reader.connection.file
    self.isOfPast = isOfPast
    self.moments = moments
    try connection.execute("PRAGMA query_only = OFF")
    names = try ExpectedNames(connection, reader.mapping)
    try connection.execute(
      """
      CREATE TABLE \(ExpectationTable.claims) (n INTEGER PRIMARY KEY, line INTEGER NOT NULL,
        kind INTEGER NOT NULL, moment INTEGER NOT NULL, a INTEGER, b INTEGER, wanted INTEGER,
        detail TEXT);
      CREATE TABLE \(ExpectationTable.members) (claim INTEGER NOT NULL, name INTEGER NOT NULL,
        id, PRIMARY KEY (claim, name)) WITHOUT ROWID;
      CREATE TABLE \(ExpectationTable.failures) (n INTEGER PRIMARY KEY)
      """)
  }

  /// Takes in all expectations of a source; gathers what is wrong with single lines.
  mutating func take(_ source: inout some ExpectationSource, _ work: Work?) throws {
    while let expectation = try next(&source) {
      count += 1
      if count & 4_095 == 0 {
        work?.report(count, of: 0, .planning)
        if work?.isCancelled == true { throw AccessError.cancelled }
      }
      try add(expectation)
      if batch.count == ExpectationTable.values * ExpectationTable.batchRows { try writeBatch() }
    }
    try writeBatch()
  }

  private mutating func next(_ source: inout some ExpectationSource) throws -> Expectation? {
    while true {
      do {
        return try source.next()
      } catch let error as ImportError {
        guard error.problems.allSatisfy(\.concernsOneLine) else {
          throw ImportError(
            problems: problems + error.problems, count: problemCount + error.count)
        }
        note(error.problems)
      }
    }
  }

  private mutating func note(_ more: [ImportProblem]) {
    problemCount += more.count
    problems += more.prefix(max(0, ImportError.kept - problems.count))
  }

  /// Finds out whom the names mean, and gives up if one means none or several.
  ///
  /// - Parameter relations: Where the users and companies of each moment are, by its number.
  /// - Throws: `ImportError` with all problems; what the database answers.
  mutating func resolve(_ relations: [Relations]) throws {
    for (moment, relations) in relations.enumerated() {
      note(try names.resolve(moment, relations))
    }
    if problemCount > 0 {
      problems.sort { $0.line < $1.line }
      throw ImportError(problems: problems, count: problemCount)
    }
    // The same user or company may be named twice, by name and by id: it is one member.
    try connection.execute(
      """
      UPDATE \(ExpectationTable.members) AS m
      SET id = (SELECT s.id FROM \(ExpectedNames.table) AS s WHERE s.n = m.name);
      CREATE INDEX temp.company_access_expected_member_id
        ON company_access_expected_member (claim, id)
      """)
  }

  private mutating func add(_ expectation: Expectation) throws {
    let line = expectation.line
    var moment = 0
    if case .access(_, _, _, let time?) = expectation.claim { moment = try moments(time) }
    func number(_ name: ExpectedName, _ kind: EntityKind) throws -> Value {
      .count(try names.number(name, kind, moment: moment, line: line))
    }
    let row: (kind: Kind, a: Value, b: Value, wanted: Value, detail: Value)
    switch expectation.claim {
    case .access(let user, let company, let isGranted, let time):
      row = (
        .access, try number(user, .user), try number(company, .company),
        .count(isGranted ? 1 : 0), time.map { .text($0.text) } ?? .null
      )
    case .companies(let user, let companies):
      row = (.companies, try number(user, .user), .null, .null, .null)
      for company in companies { try addMember(try number(company, .company)) }
    case .users(let company, let users):
      row = (.users, try number(company, .company), .null, .null, .null)
      for user in users { try addMember(try number(user, .user)) }
    case .companyCount(let user, let count):
      row = (.companyCount, try number(user, .user), .null, .count(count), .null)
    case .userCount(let company, let count):
      row = (.userCount, try number(company, .company), .null, .count(count), .null)
    case .coverage(let comparison, let thousandths):
      row = (.coverage, .null, .null, .count(thousandths), .text(comparison.rawValue))
    case .nobodyWithoutAccess: row = (.nobodyWithoutAccess, .null, .null, .null, .null)
    case .noLeaks:
      if isOfPast { note([ImportProblem(line: line, .leaksOfPast)]) }
      row = (.noLeaks, .null, .null, .null, .null)
    case .isolated(let one, let other):
      row = (.isolated, try number(one, .company), try number(other, .company), .null, .null)
    }
    kinds.insert(row.kind)
    batch += [
      .count(count), .count(line), .count(row.kind.rawValue), .count(moment), row.a, row.b,
      row.wanted, row.detail,
    ]
  }

  /// Adds a name to the list of the claim that is being added.
  private func addMember(_ name: Value) throws {
    try connection.execute(
      """
      INSERT INTO \(ExpectationTable.members) (claim, name) VALUES (\(Value.count(count)), \(name))
      ON CONFLICT DO NOTHING
      """)
  }

  private static func insert(rows: Int) -> String {
    let row = "(" + Array(repeating: "?", count: values).joined(separator: ", ") + ")"
    let places = Array(repeating: row, count: rows).joined(separator: ", ")
    return """
      INSERT INTO \(claims) (n, line, kind, moment, a, b, wanted, detail) VALUES \(places)
      """
  }

  private static let insertBatch = insert(rows: batchRows)

  private mutating func writeBatch() throws {
    let rows = batch.count / ExpectationTable.values
    guard rows > 0 else { return }
    let isFull = rows == ExpectationTable.batchRows
    try connection.execute(
      isFull ? ExpectationTable.insertBatch : ExpectationTable.insert(rows: rows), batch)
    batch.removeAll(keepingCapacity: true)
  }
}
