internal import Database

/// Finds the expectations that do not hold.
struct ExpectationCheck {
  let connection: any DatabaseSession
  /// Where the users, companies and grants of each moment are, by its number; the first is the moment of
  /// all expectations that ask for none.
  let moments: [Relations]
  /// The kinds of claims that there are.
  let kinds: Set<ExpectationTable.Kind>

  /// Whether two names mean the same user or company, so that a list may be shorter than it looks.
  private let hasTwins: Bool

  /// The rows outside of the grants, if a claim is about them.
  let leaks: LeakCounts?

  private typealias Kind = ExpectationTable.Kind
  private var relations: Relations { moments[0] }

  init(
    _ connection: any DatabaseSession, _ moments: [Relations], _ table: ExpectationTable
  ) throws {
    self.connection = connection
    kinds = table.kinds
    hasTwins = try table.hasTwins()
    leaks = kinds.contains(.noLeaks) ? try LeakCounts(connection, moments[0].mapping) : nil
    self.moments = try moments.map { try $0.leavingOut(.both, connection) }
  }

  /// Notes the numbers of all that fail.
  func run() throws {
    if kinds.contains(.access) {
      for number in moments.indices { try checkPairs(number) }
    }
    for kind in [Kind.companies, .users] where kinds.contains(kind) {
      try checkMissing(kind)
      try checkNumber(kind)
    }
    try checkCounts(.companyCount, relations.count(user: "s.id"))
    try checkCounts(.userCount, relations.count(company: "s.id"))
    if !kinds.isDisjoint(with: [.coverage, .nobodyWithoutAccess, .isolated, .noLeaks]) {
      try checkSingly()
    }
  }

  /// Claims `e` of a kind, with what they are about, `s`.
  private func claims(_ kind: Kind) -> String {
    "\(ExpectationTable.claims) AS e CROSS JOIN \(ExpectedNames.table(kind.subject)) AS s ON s.n = e.a"
  }

  private func fail(_ rows: String) throws {
    try connection.execute(
      "INSERT INTO \(ExpectationTable.failures) (n) SELECT e.n FROM \(rows) ON CONFLICT DO NOTHING")
  }

  private func checkPairs(_ number: Int) throws {
    let isGranted = moments[number].exists(user: "s.id", company: "c.id")
    try fail(
      """
      \(claims(.access)) CROSS JOIN \(ExpectedNames.table(.company)) AS c ON c.n = e.b
      WHERE e.kind = \(Kind.access.rawValue) AND e.moment = \(number)
        AND (CASE WHEN \(isGranted) THEN 1 ELSE 0 END) <> e.wanted
      """)
  }

  /// What is listed and not granted: each name of a list is looked up, in the order of the lists.
  private func checkMissing(_ kind: Kind) throws {
    try fail(
      """
      \(ExpectationTable.members) AS m
        CROSS JOIN \(ExpectedNames.table(kind.listed)) AS o ON o.n = m.name
        CROSS JOIN \(ExpectationTable.claims) AS e ON e.n = m.claim
        CROSS JOIN \(ExpectedNames.table(kind.subject)) AS s ON s.n = e.a
      WHERE e.kind = \(kind.rawValue) AND NOT (\(isGranted(kind, "s.id", "o.id")))
      """)
  }

  /// Where all that is listed is granted, there is more if there are more grants than names.
  private func checkNumber(_ kind: Kind) throws {
    let grants =
      kind.subject == .user ? relations.count(user: "s.id") : relations.count(company: "s.id")
    let listed =
      hasTwins
      ? """
      SELECT count(DISTINCT o.id) FROM \(ExpectationTable.members) AS m
      CROSS JOIN \(ExpectedNames.table(kind.listed)) AS o ON o.n = m.name WHERE m.claim = e.n
      """
      : "SELECT count(*) FROM \(ExpectationTable.members) AS m WHERE m.claim = e.n"
    try fail("\(claims(kind)) WHERE e.kind = \(kind.rawValue) AND (\(grants)) <> (\(listed))")
  }

  /// A condition: whether the subject of a list, an expression, has a grant with what is listed.
  private func isGranted(_ kind: Kind, _ subject: String, _ listed: String) -> String {
    kind.subject == .user
      ? relations.exists(user: subject, company: listed)
      : relations.exists(user: listed, company: subject)
  }

  private func checkCounts(_ kind: Kind, _ count: String) throws {
    guard kinds.contains(kind) else { return }
    try fail("\(claims(kind)) WHERE e.kind = \(kind.rawValue) AND (\(count)) <> e.wanted")
  }

  /// The few that are about the whole table, or about two companies.
  private func checkSingly() throws {
    let few = try connection.rows(
      """
      SELECT e.n, e.kind, e.wanted, e.detail, s.id, c.id FROM \(ExpectationTable.claims) AS e
      LEFT JOIN \(ExpectedNames.table(.company)) AS s ON s.n = e.a
      LEFT JOIN \(ExpectedNames.table(.company)) AS c ON c.n = e.b
      WHERE e.kind >= \(Kind.coverage.rawValue)
      """
    ) { Single($0) }
    let coverage = try coverage()
    for claim in few {
      let holds =
        switch claim.kind {
        case .coverage: claim.accepts(coverage)
        case .isolated: try shared(claim.one, claim.other).count == 0
        case .noLeaks: leaks?.leaks == 0
        default: try withoutAccess().count == 0
        }
      if !holds {
        try connection.execute(
          "INSERT INTO \(ExpectationTable.failures) (n) VALUES (\(Value.count(claim.number)))")
      }
    }
  }

  func coverage() throws -> Coverage {
    try Coverage(connection, relations, orphans: relations.orphans(connection))
  }

  /// A claim that has a query of its own.
  private struct Single {
    let number: Int
    let kind: Kind
    let wanted: Int
    let comparison: Expectation.Comparison
    let one: Value
    let other: Value

    init(_ row: borrowing Row) {
      number = row.int(0)
      kind = Kind(rawValue: row.int(1)) ?? .coverage
      wanted = row.int(2)
      comparison = Expectation.Comparison(rawValue: row.text(3)) ?? .equal
      one = row.value(4)
      other = row.value(5)
    }

    /// Whether the exact share of a table is as expected; no share is of a table without pairs.
    func accepts(_ coverage: Coverage) -> Bool {
      guard coverage.permitted > 0 else { return false }
      let share = coverage.grants.multipliedFullWidth(by: 100_000)
      let limit = coverage.permitted.multipliedFullWidth(by: wanted)
      let isLess = (share.high, share.low) < (limit.high, limit.low)
      let isMore = (share.high, share.low) > (limit.high, limit.low)
      return switch comparison {
      case .atLeast: !isLess
      case .atMost: !isMore
      case .more: isMore
      case .less: isLess
      case .equal: !isLess && !isMore
      }
    }
  }
}

// MARK: - What is so instead

extension ExpectationCheck {
  /// What is so instead of what a claim expects.
  func failure(
    of number: Int, _ claim: Expectation.Claim
  ) throws -> ExpectationFailure {
    switch claim {
    case .access(_, _, let isGranted, _): .access(!isGranted)
    case .companies: try differences(number, .companies)
    case .users: try differences(number, .users)
    case .companyCount: .count(try count(number, .companyCount, relations.count(user: "s.id")))
    case .userCount: .count(try count(number, .userCount, relations.count(company: "s.id")))
    case .coverage: .coverage(try coverage())
    case .nobodyWithoutAccess: .withoutAccess(try withoutAccess())
    case .noLeaks: .leaks(leaks ?? LeakCounts(tables: [], notLookedAt: []))
    case .isolated:
      .shared(
        try connection.first(
          """
          SELECT s.id, c.id FROM \(claims(.isolated))
            CROSS JOIN \(ExpectedNames.table(.company)) AS c ON c.n = e.b WHERE e.n = \(number)
          """
        ) { try shared($0.value(0), $0.value(1)) } ?? Affected(count: 0, first: []))
    }
  }

  private func count(_ number: Int, _ kind: Kind, _ count: String) throws -> Int {
    try connection.count("SELECT \(count) FROM \(claims(kind)) WHERE e.n = \(number)")
  }

  private func differences(_ number: Int, _ kind: Kind) throws -> ExpectationFailure {
    let owner = try connection.first(
      "SELECT s.id FROM \(claims(kind)) WHERE e.n = \(number)"
    ) { $0.value(0) }
    let isUser = kind.subject == .user
    let listed = """
      \(ExpectationTable.members) AS m CROSS JOIN \(ExpectedNames.table(kind.listed)) AS n
        ON n.n = m.name
      """
    let missing = """
      FROM \(listed) WHERE m.claim = \(number) AND NOT (\(isGranted(kind, "?1", "n.id")))
      """
    let grants = isUser ? relations.grants(user: "?1") : relations.grants(company: "?1")
    let others = ExportReader.all(isUser ? relations.companies() : relations.users())
    let unexpected = """
      FROM \(grants) AS g CROSS JOIN \(others) AS o ON o.id = g.\(isUser ? "company_id" : "user_id")
      WHERE +o.id NOT IN (SELECT +n.id FROM \(listed) WHERE m.claim = \(number))
      """
    let arguments = owner.map { [$0] } ?? []
    return .differs(
      missing: try affected("coalesce(n.called, n.name)", missing, arguments),
      unexpected: try affected(isUser ? "o.name" : "o.username", unexpected, arguments))
  }

  /// The users who may enter no company.
  private func withoutAccess() throws -> Affected<String> {
    let users = ExportReader.all(relations.users())
    return try affected(
      "u.username", "FROM \(users) AS u WHERE NOT (\(relations.exists(user: "u.id")))")
  }

  /// The users who may enter both of two companies.
  private func shared(_ one: Value, _ other: Value) throws -> Affected<String> {
    let users = ExportReader.all(relations.users())
    return try affected(
      "u.username",
      """
      FROM \(relations.grants(company: "?1")) AS g CROSS JOIN \(users) AS u ON u.id = g.user_id
      WHERE \(relations.exists(user: "u.id", company: "?2"))
      """, [one, other])
  }

  /// How many rows there are, and the first names in order.
  private func affected(
    _ name: String, _ rows: String, _ arguments: [Value] = []
  ) throws -> Affected<String> {
    let count = try connection.count("SELECT count(*) \(rows)", arguments)
    guard count > 0 else { return Affected(count: 0, first: []) }
    let first = try connection.rows(
      "SELECT \(name) AS name \(rows) ORDER BY name LIMIT \(Plan.namedEntities)", arguments
    ) { $0.text(0) }
    return Affected(count: count, first: first)
  }
}
