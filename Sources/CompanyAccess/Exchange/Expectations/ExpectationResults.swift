internal import Database

/// Reads expectations back from their tables, with what became of them.
struct ExpectationResults {
  private let check: ExpectationCheck

  init(_ check: ExpectationCheck) { self.check = check }

  /// Gives the results in the order of the expectations.
  func forEach(withAll: Bool, _ body: (ExpectationResult) throws -> Void) throws {
    // Where only failures are wanted they lead, because there are few of them.
    let (claims, failures) = (ExpectationTable.claims, ExpectationTable.failures)
    let (from, failed) =
      withAll
      ? ("\(claims) AS e", "e.n IN (SELECT f.n FROM \(failures) AS f)")
      : ("\(failures) AS f CROSS JOIN \(claims) AS e ON e.n = f.n", "TRUE")
    let (users, companies) = (ExpectedNames.table(.user), ExpectedNames.table(.company))
    try check.connection.forEach(
      """
      SELECT e.n, e.line, e.kind, e.wanted, e.detail, \(failed), coalesce(a.is_id, c.is_id),
        coalesce(a.name, c.name), coalesce(a.called, c.called), b.is_id, b.name, b.called
      FROM \(from) LEFT JOIN \(users) AS a ON a.n = e.a LEFT JOIN \(companies) AS c ON c.n = e.a
        LEFT JOIN \(companies) AS b ON b.n = e.b
      ORDER BY e.n
      """
    ) { row in
      let claim = try claim(row)
      let failure = row.bool(5) ? try check.failure(of: row.int(0), claim) : nil
      try body(
        ExpectationResult(expectation: Expectation(claim, line: row.int(1)), failure: failure))
    }
  }

  private func claim(_ row: borrowing Row) throws -> Expectation.Claim {
    let kind = ExpectationTable.Kind(rawValue: row.int(2)) ?? .coverage
    let name = ExpectedName(row, at: 6)
    switch kind {
    case .access:
      return .access(
        user: name, company: ExpectedName(row, at: 9), isGranted: row.bool(3),
        at: row.isNull(4) ? nil : row.timestamp(4))
    case .companies: return .companies(of: name, exactly: try members(row.int(0), kind))
    case .users: return .users(of: name, exactly: try members(row.int(0), kind))
    case .companyCount: return .companyCount(of: name, row.int(3))
    case .userCount: return .userCount(of: name, row.int(3))
    case .coverage:
      let comparison = Expectation.Comparison(rawValue: row.text(4)) ?? .equal
      return .coverage(comparison, thousandths: row.int(3))
    case .nobodyWithoutAccess: return .nobodyWithoutAccess
    case .isolated: return .isolated(name, ExpectedName(row, at: 9))
    case .noLeaks: return .noLeaks
    }
  }

  private func members(_ claim: Int, _ kind: ExpectationTable.Kind) throws -> [ExpectedName] {
    try check.connection.rows(
      """
      SELECT s.is_id, s.name, s.called FROM \(ExpectationTable.members) AS m
      CROSS JOIN \(ExpectedNames.table(kind.listed)) AS s ON s.n = m.name
      WHERE m.claim = \(Value.count(claim)) ORDER BY m.name
      """
    ) { ExpectedName($0, at: 0) }
  }
}

extension ExpectedName {
  /// Reads three columns: whether it is an id, the text, and what the id is called.
  fileprivate init(_ row: borrowing Row, at column: Int) {
    let text = row.text(column + 1)
    self.init(
      id: row.bool(column) ? text : nil,
      called: row.bool(column) ? row.optionalText(column + 2) : text)
  }
}
