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
      statement = named(
        DiffSQL.differences(first, second), granted: second.last, revoked: first.last)
    case .users(let first, let second, let moment):
      let relations = try reader.relations(at: moment)
      let one = mapping.users.keys.parameter(first.value, &arguments)
      let other = mapping.users.keys.parameter(second.value, &arguments)
      statement = named(
        """
        SELECT \(one) AS user_id, company_id, 1 AS d FROM \(relations.grants(user: other))
        UNION ALL SELECT \(one), company_id, -1 FROM \(relations.grants(user: one))
        """, at: relations)
    case .companies(let first, let second, let moment):
      let relations = try reader.relations(at: moment)
      let one = mapping.companies.keys.parameter(first.value, &arguments)
      let other = mapping.companies.keys.parameter(second.value, &arguments)
      statement = named(
        """
        SELECT user_id, \(one) AS company_id, 1 AS d FROM \(relations.grants(company: other))
        UNION ALL SELECT user_id, \(one), -1 FROM \(relations.grants(company: one))
        """, at: relations)
    case .file(let moment):
      let relations = try reader.relations(at: moment)
      statement = named(
        """
        SELECT file.user_id, file.company_id, 1 AS d FROM \(FilePairs.table) AS file
        WHERE file.grants AND NOT \(relations.exists(user: "file.user_id", company: "file.company_id"))
        UNION ALL SELECT g.user_id, g.company_id, -1 FROM \(relations.grants()) AS g
        WHERE NOT EXISTS (SELECT 1 FROM \(FilePairs.table) AS file
          WHERE file.user_id = +g.user_id AND file.company_id = +g.company_id AND file.grants)
        """, at: relations)
    }
  }

  /// A query for what only one of two states has: `user_lifetime`, `company_lifetime`, and `d`, which is
  /// 1 for the second and -1 for the first.
  private static func differences(_ first: Relations, _ second: Relations) -> String {
    let (one, other) = (first.last ?? .max, second.last ?? .max)
    guard first.isOnRecord, second.isOnRecord else {
      return """
        \(keyed(second, 1)) UNION ALL \(keyed(first, -1))
        """
    }
    return events(min(one, other), max(one, other), one <= other ? 1 : -1)
  }

  /// The grants of a state with the lifetimes that their keys had then.
  private static func keyed(_ relations: Relations, _ sign: Int) -> String {
    let names = LifetimeNames(relations)
    let last = relations.last ?? .max
    return """
      SELECT \(names.lifetime(.user, "g.user_id", after: last)) AS user_lifetime,
        \(names.lifetime(.company, "g.company_id", after: last)) AS company_lifetime,
        \(sign) AS d
      FROM \(relations.grants()) AS g
      """
  }

  /// What began and what ended between two changes: they cost what happened in between, however
  /// large the table is.
  private static func events(_ earlier: Int64, _ later: Int64, _ sign: Int) -> String {
    func rows(_ sign: Int, _ table: SQLName, _ condition: String) -> String {
      """
      SELECT g.user_lifetime, g.company_lifetime, \(sign) AS d FROM \(table) AS g
      WHERE \(condition)
      """
    }
    let began = "g.began_change > \(earlier) AND g.began_change <= \(later)"
    return [
      rows(sign, RecordTable.currentGrant, began),
      rows(sign, RecordTable.endedGrant, "\(began) AND g.ended_change > \(later)"),
      rows(
        -sign, RecordTable.endedGrant,
        """
        g.ended_change > \(earlier) AND g.ended_change <= \(later)
          AND (g.began_change IS NULL OR g.began_change <= \(earlier))
        """),
    ].joined(separator: " UNION ALL ")
  }

  /// The pairs of lifetimes that only one state has, with the names that they had in it.
  ///
  /// One who was deleted and brought back is the same; another one with the id is not.
  private func named(_ pairs: String, granted: Int64?, revoked: Int64?) -> String {
    let relations = Relations(mapping: mapping, moment: .now)
    let names = LifetimeNames(relations)
    let state = "CASE WHEN p.d > 0 THEN \(granted ?? .max) ELSE \(revoked ?? .max) END"
    let companies = mapping.companies
    let (users, kinds) = (relations.recorded(.user), relations.recorded(.company))
    return """
      SELECT p.user_id, \(names.name(.user, "p.lu", after: state)) COLLATE BINARY AS who,
        p.company_id, \(names.name(.company, "p.lk", after: state)) COLLATE BINARY AS what,
        CASE WHEN \(companies.isAmbiguous("c", mapping.engine)) THEN c.code END, p.d
      FROM (
        SELECT lu.key AS user_id, lk.key AS company_id, max(e.user_lifetime) AS lu,
          max(e.company_lifetime) AS lk, sum(e.d) AS d
        FROM (\(pairs)) AS e
        CROSS JOIN \(users.lifetimes) AS lu ON lu.lifetime = e.user_lifetime
        CROSS JOIN \(kinds.lifetimes) AS lk ON lk.lifetime = e.company_lifetime
        GROUP BY lu.key, lk.key, \(names.lastName(.user, "lu")), \(names.lastName(.company, "lk"))
        HAVING sum(e.d) <> 0) AS p
      LEFT JOIN \(relations.companies()[0]) AS c ON c.id = p.company_id
      ORDER BY who, what, p.user_id, p.company_id
      """
  }

  /// The pairs of keys in which one state has more than the other, with the names of the state.
  private func named(_ pairs: String, at relations: Relations) -> String {
    let names = LifetimeNames(relations)
    let now = Relations(mapping: mapping, moment: .now)
    let last = relations.last ?? .max
    func name(_ kind: EntityKind, _ key: String, _ now: String) -> String {
      let then = names.known(kind, names.lifetime(kind, key, after: last), after: last)
      let key = relations.keyOfAnyKind(key)
      let all = relations.last == nil ? [now, then, key] : [then, now, key]
      return "coalesce(\(all.joined(separator: ", "))) COLLATE BINARY"
    }
    return """
      SELECT p.user_id, \(name(.user, "p.user_id", "u.username")) AS who,
        p.company_id, \(name(.company, "p.company_id", "c.name")) AS what,
        CASE WHEN \(mapping.companies.isAmbiguous("c", mapping.engine)) THEN c.code END, p.d
      FROM (
        SELECT user_id, company_id, sum(d) AS d FROM (\(pairs)) GROUP BY user_id, company_id
        HAVING sum(d) <> 0) AS p
      LEFT JOIN \(now.users()[0]) AS u ON u.id = p.user_id
      LEFT JOIN \(now.companies()[0]) AS c ON c.id = p.company_id
      ORDER BY who, what, p.user_id, p.company_id
      """
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
