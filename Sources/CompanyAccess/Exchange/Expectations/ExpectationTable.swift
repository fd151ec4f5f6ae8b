internal import Database

/// Expectations in temporary tables, so that one statement answers all of a kind.
///
/// Temporary tables may be written although the database itself is open only to be read.
struct ExpectationTable {
  static let claims: SQLName = "temp.company_access_expectation"
  /// The names that a claim lists, by their numbers.
  static let members: SQLName = "temp.company_access_expected_member"
  /// The numbers of the claims that do not hold.
  static let failures: SQLName = "temp.company_access_failed_expectation"

  /// The kinds of claims, as the tables have them.
  enum Kind: Int {
    case access, companies, users, companyCount, userCount, coverage, nobodyWithoutAccess, isolated,
      noLeaks

    /// What a claim about one user or company is about.
    var subject: EntityKind {
      switch self {
      case .users, .userCount, .isolated: .company
      default: .user
      }
    }

    /// What a claim with a list has in it.
    var listed: EntityKind { subject == .user ? .company : .user }
  }

  private static let claimTable = TemporaryTable(
    claims.text,
    [
      .init("n", .number), .init("line", .number), .init("kind", .number),
      .init("moment", .number), .init("a", .number, isOptional: true),
      .init("b", .number, isOptional: true), .init("wanted", .number, isOptional: true),
      .init("detail", .text, isOptional: true),
    ], key: ["n"])
  private static let memberTable = TemporaryTable(
    members.text, [.init("claim", .number), .init("name", .number)], key: ["claim", "name"])
  private static let failureTable = TemporaryTable(
    failures.text, [.init("n", .number)], key: ["n"])

  private let connection: any DatabaseSession
  private let moments: (Timestamp?) throws -> Int
  private let isOfPast: Bool
  private var names: ExpectedNames
  private var rows: TemporaryRows
  private var memberRows: TemporaryRows
  private(set) var count = 0
  /// The kinds of claims that there are.
  private(set) var kinds: Set<Kind> = []
  private var problems: [ImportProblem] = []
  private var problemCount = 0

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
    connection = reader.connection
    self.isOfPast = isOfPast
    self.moments = moments
    if let file = connection as? Connection { try file.execute("PRAGMA query_only = OFF") }
    names = try ExpectedNames(connection, reader.mapping)
    for table in [ExpectationTable.claimTable, ExpectationTable.memberTable] {
      try table.make(connection, reader.mapping, isFilledFirst: true)
    }
    try ExpectationTable.failureTable.make(connection, reader.mapping)
    rows = TemporaryRows(
      connection, ExpectationTable.claims,
      ["n", "line", "kind", "moment", "a", "b", "wanted", "detail"])
    memberRows = TemporaryRows(connection, ExpectationTable.members, ["claim", "name"])
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
    }
    try rows.flush()
    try memberRows.flush()
    try ExpectationTable.claimTable.complete(connection)
    try ExpectationTable.memberTable.complete(connection)
    try names.complete()
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

  /// Whether two names of the lists mean the same user or company.
  func hasTwins() throws -> Bool { try names.hasTwins() }

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
      try addMembers(companies, .company, line)
    case .users(let company, let users):
      row = (.users, try number(company, .company), .null, .null, .null)
      try addMembers(users, .user, line)
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
    try rows.add(
      .count(count), .count(line), .count(row.kind.rawValue), .count(moment), row.a, row.b,
      row.wanted, row.detail)
  }

  /// Adds the list of the claim that is being added: every name once, in the order of the table.
  private mutating func addMembers(
    _ listed: [ExpectedName], _ kind: EntityKind, _ line: Int
  ) throws {
    var numbers: Set<Int> = []
    for name in listed { numbers.insert(try names.number(name, kind, moment: 0, line: line)) }
    for name in numbers.sorted() { try memberRows.add(.count(count), .count(name)) }
  }
}
