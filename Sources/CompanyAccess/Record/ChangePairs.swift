internal import Database

extension AccessStore {
  /// Pairs that a change granted or ended.
  ///
  /// - Parameters:
  ///   - change: The change.
  ///   - cursor: Where the last page ended; nil for the first page.
  ///   - limit: How many at most.
  ///   - work: Cancels the query.
  /// - Returns: The pairs; one that came and went within the change is there twice.
  /// - Throws: `.noSuchChange`, `.cancelled`, or what the database answers.
  public func pairs(
    of change: ChangeID, after cursor: ChangedPairCursor? = nil, limit: Int, work: Work? = nil
  ) throws(AccessError) -> ChangedPairs {
    let mapping = mapping
    return try read(work: work) { connection in
      let relations = Relations(mapping: mapping, moment: .now)
      return try ChangePairs(connection, relations, change).page(cursor, limit)
    }
  }

  /// Users and companies that a change deleted, edited or made, in the order in which it did.
  ///
  /// - Parameters:
  ///   - change: The change.
  ///   - limit: How many at most.
  ///   - work: Cancels the query.
  /// - Returns: The first of them.
  /// - Throws: `.cancelled`, or what the database answers.
  public func entities(
    of change: ChangeID, limit: Int = 1_000, work: Work? = nil
  ) throws(AccessError) -> [ChangedEntity] {
    let mapping = mapping
    return try read(work: work) { connection in
      let entities = try connection.rows(
        """
        SELECT \(ChangedEntity.columns) FROM company_access_entity AS e WHERE e.change_id = ?
        ORDER BY e.rowid LIMIT ?
        """, [.integer(change.number), .count(limit)]
      ) { ChangedEntity($0) }
      return try ChangedEntity.describe(entities, mapping, connection)
    }
  }

  /// Deleted users whose name, or id, is the text, the newest first.
  ///
  /// - Parameter text: A username or an id, exactly.
  /// - Returns: Their ends, as the record has them.
  /// - Throws: What the database answers.
  public func deletedUsers(named text: String) throws(AccessError) -> [ChangedEntity] {
    try read { connection in
      try connection.rows(
        """
        SELECT \(ChangedEntity.columns) FROM company_access_entity AS e
        WHERE e.kind = 'user' AND e.gone = 1 AND (e.name = ?1 OR CAST(e.id AS TEXT) = ?1)
        ORDER BY e.change_id DESC, e.rowid DESC LIMIT 100
        """, [.text(text)]
      ) { ChangedEntity($0) }
    }
  }
}

/// The pairs of a change, from the three places where they can be.
struct ChangePairs {
  private let connection: Connection
  private let relations: Relations
  private let change: Int64

  init(_ connection: Connection, _ relations: Relations, _ change: ChangeID) throws {
    let found = try connection.count(
      "SELECT count(*) FROM company_access_change WHERE id = ?", [.integer(change.number)])
    if found == 0 { throw AccessError.noSuchChange(change) }
    self.connection = connection
    self.relations = relations
    self.change = change.number
  }

  func page(_ cursor: ChangedPairCursor?, _ limit: Int) throws -> ChangedPairs {
    var found: [(pair: ChangedPair, place: ChangedPairCursor)] = []
    for part in (cursor?.part ?? 0)...2 where found.count <= limit {
      let place = cursor.flatMap { $0.part == part ? $0 : nil }
      found += try rows(of: part, after: place, limit + 1 - found.count)
    }
    let shown = found.prefix(limit)
    let kept = try RetentionStart(connection)
    return ChangedPairs(
      pairs: shown.map(\.pair), next: found.count > limit ? shown.last?.place : nil,
      notKept: kept.flatMap { $0.change.number >= change ? $0.time : nil })
  }

  /// Rows of one place, in an order that an index has, so that a page costs what its rows cost.
  private func rows(
    of part: Int, after place: ChangedPairCursor?, _ limit: Int
  ) throws -> [(pair: ChangedPair, place: ChangedPairCursor)] {
    let ended = place?.ended ?? .min
    let row = place?.row ?? .min
    let source =
      switch part {
      case 0:
        """
        (SELECT a.rowid AS n, a.user_id, a.company_id, NULL AS ended
        FROM \(relations.mapping.access.table) AS a
        WHERE \("NULL") = \(change) AND a.rowid > \(row)
        ORDER BY a.rowid LIMIT \(limit))
        """
      case 1:
        """
        (SELECT h.rowid AS n, h.user_id, h.company_id, h.ended_change AS ended
        FROM company_access_history AS h
        WHERE h.ended_change >= \(max(change, ended)) AND h.granted_change = \(change)
          AND (h.ended_change, h.rowid) > (\(ended), \(row))
        ORDER BY h.ended_change, h.rowid LIMIT \(limit))
        """
      default:
        """
        (SELECT h.rowid AS n, h.user_id, h.company_id, NULL AS ended
        FROM company_access_history AS h
        WHERE h.ended_change = \(change) AND h.rowid > \(row)
        ORDER BY h.rowid LIMIT \(limit))
        """
      }
    return try connection.rows(statement(source)) { row in
      let ended = row.changeID(8)
      let pair = ChangedPair(
        user: row.userID(0), username: row.optionalText(1), isUserGone: row.bool(2),
        company: row.companyID(3), companyName: row.optionalText(4),
        isCompanyGone: row.bool(5), outcome: part < 2 ? .granted : .revoked, endedBy: ended,
        stands: row.bool(6))
      return (
        pair, ChangedPairCursor(part: part, ended: ended?.number ?? .min, row: row.integer(7))
      )
    }
  }

  /// Joins the names of some rows: those of the rows that had the ids at the time of the change.
  private func statement(_ source: String) -> String {
    let names = EntityNames(since: "\(change)")
    return """
      SELECT p.user_id, coalesce(\(names.then("user", "p.user_id")), u.username),
        \(names.isGone("user", "p.user_id", "u.username")),
        p.company_id, coalesce(\(names.then("company", "p.company_id")), c.name),
        \(names.isGone("company", "p.company_id", "c.name")),
        \(relations.exists(user: "p.user_id", company: "p.company_id")), p.n, p.ended
      FROM \(source) AS p
      LEFT JOIN \(relations.users()[0]) AS u ON u.id = p.user_id
      LEFT JOIN \(relations.companies()[0]) AS c ON c.id = p.company_id
      ORDER BY p.ended, p.n
      """
  }
}

/// The names that users and companies had at a change.
struct EntityNames {
  /// An expression: the change from which on a row that is gone now may have gone.
  let since: String

  /// The name of the row that had an id at the change, if it has gone since; else NULL.
  func then(_ kind: String, _ id: String) -> String {
    """
    (SELECT e.name FROM company_access_entity AS e WHERE e.kind = '\(kind)' AND e.id = \(id)
      AND e.gone = 1 AND e.change_id >= \(since) ORDER BY e.change_id LIMIT 1)
    """
  }

  /// Whether the row that had an id at the change is gone, and has not come back under the same name.
  func isGone(_ kind: String, _ id: String, _ name: String) -> String {
    "(\(name) IS NULL OR coalesce(\(then(kind, id)), \(name)) IS NOT \(name))"
  }
}

extension ChangedEntity {
  /// What `init` reads, of a row `e`.
  static let columns = "e.kind, e.id, e.change_id, e.name, e.gone, e.before, e.after"

  init(_ row: borrowing Row) {
    self.init(
      id: row.text(0) == "user" ? .user(row.userID(1)) : .company(row.companyID(1)),
      name: row.optionalText(3),
      event: row.bool(4) ? .gone : row.isNull(5) ? .made : .edited,
      change: ChangeID(row.integer(2)), before: row.optionalText(5), after: row.optionalText(6))
  }
}
