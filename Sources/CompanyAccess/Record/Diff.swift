internal import Database

/// What would have to be done to a pair.
public enum DiffAction: String, Hashable, Sendable {
  case grant
  case revoke
}

/// One pair that is in one of two states and not in the other.
public struct DiffRow: Hashable, Sendable {
  /// Who.
  public let user: UserID
  /// The username, that of the time if the user is gone; the id if it is not known.
  public let username: String
  /// What.
  public let company: CompanyID
  /// The name of the company, that of the time if it is gone; the id if it is not known.
  public let companyName: String
  /// The name, or the code where the name is also the code of another company, by which a file
  /// names the company without doubt.
  public let companyKey: String
  /// What leads from the first state to the second.
  public let action: DiffAction

  /// The columns of a file with differences that can be imported.
  public static let columns = ["user", "company", "action"]
  /// The cells of `columns`.
  public var cells: [String] { [username, companyKey, action.rawValue] }
}

/// How many pairs differ.
public struct DiffCounts: Hashable, Sendable {
  /// How many are only in the second state.
  public internal(set) var granted = 0
  /// How many are only in the first.
  public internal(set) var revoked = 0

  /// Whether the states are the same.
  public var isEmpty: Bool { granted == 0 && revoked == 0 }
}

extension AccessStore {
  /// The pairs that differ between two moments, by username and name of the company.
  ///
  /// - Parameters:
  ///   - first: The state to start from.
  ///   - second: The state to which the rows lead.
  ///   - work: Cancels the query.
  ///   - body: Takes the rows one by one.
  /// - Returns: How many rows there were.
  /// - Throws: `.noSuchChange` or `.notKept` for a moment that is not on the record, `.cancelled`,
  ///   and what the body throws.
  public func diff(
    from first: Moment, to second: Moment, work: Work? = nil, _ body: (DiffRow) throws -> Void
  ) throws -> DiffCounts {
    try diff(.moments(first, second), work, body)
  }

  /// The companies of two users that differ: what would give the first what the second has.
  ///
  /// - Parameters:
  ///   - first: The user whom the rows are about.
  ///   - second: The other user.
  ///   - moment: The state to look at.
  ///   - work: Cancels the query.
  ///   - body: Takes the rows one by one, by name of the company.
  /// - Returns: How many rows there were.
  /// - Throws: As `diff(from:to:work:_:)`.
  public func diff(
    users first: UserID, _ second: UserID, at moment: Moment = .now, work: Work? = nil,
    _ body: (DiffRow) throws -> Void
  ) throws -> DiffCounts {
    try diff(.users(first, second, moment), work, body)
  }

  /// The users of two companies that differ: what would give the first the users of the second.
  ///
  /// - Parameters:
  ///   - first: The company that the rows are about.
  ///   - second: The other company.
  ///   - moment: The state to look at.
  ///   - work: Cancels the query.
  ///   - body: Takes the rows one by one, by username.
  /// - Returns: How many rows there were.
  /// - Throws: As `diff(from:to:work:_:)`.
  public func diff(
    companies first: CompanyID, _ second: CompanyID, at moment: Moment = .now, work: Work? = nil,
    _ body: (DiffRow) throws -> Void
  ) throws -> DiffCounts {
    try diff(.companies(first, second, moment), work, body)
  }

  private func diff(
    _ subject: DiffSQL.Subject, _ work: Work?, _ body: (DiffRow) throws -> Void
  ) throws -> DiffCounts {
    let reader = try SnapshotReader(self, work)
    return try reader.run { try reader.differences(DiffSQL(subject, reader), body) }
  }
}

extension SnapshotReader {
  /// Hands over the rows of a comparison, and counts them.
  func differences(_ sql: DiffSQL, _ body: (DiffRow) throws -> Void) throws -> DiffCounts {
    var counts = DiffCounts()
    try connection.forEach(sql.statement, sql.arguments.values) { row in
      let row = DiffRow(row)
      switch row.action {
      case .grant: counts.granted += 1
      case .revoke: counts.revoked += 1
      }
      try body(row)
    }
    return counts
  }
}

/// The SQL of a comparison.
struct DiffSQL {
  enum Subject {
    case moments(Moment, Moment)
    case users(UserID, UserID, Moment)
    case companies(CompanyID, CompanyID, Moment)
    /// The table, and the file that is in the temporary table.
    case file(Moment)
  }

  private(set) var statement = ""
  private(set) var arguments = Bindings()
  private let mapping: SchemaMapping

  init(_ subject: Subject, _ reader: SnapshotReader) throws {
    mapping = reader.mapping
    switch subject {
    case .moments(let first, let second):
      let first = try reader.relations(at: first)
      let second = try reader.relations(at: second)
      let states = EntityNames.after(first, second)
      statement = named(DiffSQL.differences(first, second), since: states)
    case .users(let first, let second, let moment):
      let relations = try reader.relations(at: moment)
      let one = arguments.bind(first.value)
      let other = arguments.bind(second.value)
      statement = named(
        DiffSQL.summed(
          """
          SELECT \(one) AS user_id, company_id, 1 AS d FROM \(relations.grants(user: other))
          UNION ALL SELECT \(one), company_id, -1 FROM \(relations.grants(user: one))
          """), since: EntityNames.after(relations, relations))
    case .companies(let first, let second, let moment):
      let relations = try reader.relations(at: moment)
      let one = arguments.bind(first.value)
      let other = arguments.bind(second.value)
      statement = named(
        DiffSQL.summed(
          """
          SELECT user_id, \(one) AS company_id, 1 AS d FROM \(relations.grants(company: other))
          UNION ALL SELECT user_id, \(one), -1 FROM \(relations.grants(company: one))
          """), since: EntityNames.after(relations, relations))
    case .file(let moment):
      let relations = try reader.relations(at: moment)
      statement = named(
        """
        SELECT f.user_id, f.company_id, 1 AS d FROM \(FilePairs.table) AS f
        WHERE f.grants AND NOT \(relations.exists(user: "f.user_id", company: "f.company_id"))
        UNION ALL SELECT g.user_id, g.company_id, -1 FROM \(relations.grants()) AS g
        WHERE NOT EXISTS (SELECT 1 FROM \(FilePairs.table) AS f
          WHERE f.user_id = +g.user_id AND f.company_id = +g.company_id AND f.grants)
        """, since: EntityNames.after(relations, relations))
    }
  }

  /// The pairs of one state and not of the other: `user_id`, `company_id`, and `d`, which is 1 for
  /// the second and -1 for the first.
  private static func summed(_ rows: String) -> String {
    """
    SELECT user_id, company_id, sum(d) AS d FROM (\(rows)) GROUP BY user_id, company_id
    HAVING sum(d) <> 0
    """
  }

  private static func differences(_ first: Relations, _ second: Relations) -> String {
    let (one, other) = (first.last ?? .max, second.last ?? .max)
    guard first.isOnRecord, second.isOnRecord else {
      return summed(
        """
        SELECT user_id, company_id, 1 AS d FROM \(second.grants())
        UNION ALL SELECT user_id, company_id, -1 FROM \(first.grants())
        """)
    }
    return summed(events(first.mapping, min(one, other), max(one, other), one <= other ? 1 : -1))
  }

  /// What began and what ended between two changes: they cost what happened in between, however
  /// large the table is.
  private static func events(
    _ mapping: SchemaMapping, _ earlier: Int64, _ later: Int64, _ sign: Int
  ) -> String {
    let change = "NULL"
    let history = "FROM company_access_history AS a WHERE a.ended_change"
    return """
      SELECT a.user_id, a.company_id, \(sign) AS d FROM \(mapping.access.table) AS a
      WHERE \(change) > \(earlier) AND \(change) <= \(later)
      UNION ALL SELECT a.user_id, a.company_id, \(sign) \(history) > \(later)
        AND a.granted_change > \(earlier) AND a.granted_change <= \(later)
      UNION ALL SELECT a.user_id, a.company_id, \(-sign) \(history) > \(earlier)
        AND a.ended_change <= \(later)
        AND (a.granted_change IS NULL OR a.granted_change <= \(earlier))
      """
  }

  /// Joins the names of those who had the ids in the state in which a pair holds.
  private func named(_ pairs: String, since: String) -> String {
    let names = EntityNames(since: since)
    let now = Relations(mapping: mapping, moment: .now)
    let companies = mapping.companies
    return """
      SELECT p.user_id, coalesce(\(names.then("user", "p.user_id")), u.username,
          p.user_id) AS who,
        p.company_id, coalesce(\(names.then("company", "p.company_id")), c.name,
          p.company_id) AS what,
        CASE WHEN \(companies.isAmbiguous("c")) THEN c.code END, p.d
      FROM (\(pairs)) AS p
      LEFT JOIN \(now.users()[0]) AS u ON u.id = p.user_id
      LEFT JOIN \(now.companies()[0]) AS c ON c.id = p.company_id
      ORDER BY who, what, p.user_id, p.company_id
      """
  }
}

extension EntityNames {
  /// From which change on to look for the end of a user or company of a pair `p`: that of the state
  /// in which the pair holds.
  static func after(_ first: Relations, _ second: Relations) -> String {
    func next(_ relations: Relations) -> Int64 { relations.last.map { $0 + 1 } ?? .max }
    return "CASE WHEN p.d > 0 THEN \(next(second)) ELSE \(next(first)) END"
  }
}

extension DiffRow {
  fileprivate init(_ row: borrowing Row) {
    let name = row.text(3)
    self.init(
      user: row.userID(0), username: row.text(1), company: row.companyID(2), companyName: name,
      companyKey: row.optionalText(4) ?? name, action: row.integer(5) > 0 ? .grant : .revoke)
  }
}
