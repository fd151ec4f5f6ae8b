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
      let relations = Relations(mapping: mapping, moment: .now)
      let events = relations.entityEvents { "\($0) = \(change)" }
      var found = try connection.rows(
        """
        SELECT \(ChangedEntity.columns), e.lifetime FROM \(events) AS e
        ORDER BY e.entry IS NULL, e.entry, e.kind DESC, e.name, e.lifetime LIMIT ?
        """, [.count(limit)]
      ) { (entity: ChangedEntity($0, mapping), lifetime: $0.integer(7)) }
      for index in found.indices
      where found[index].entity.before == nil && found[index].entity.after == nil {
        try found[index].entity.takeAttributes(found[index].lifetime, relations, connection)
      }
      return try ChangedEntity.describe(found.map(\.entity), mapping, connection)
    }
  }
}

/// The pairs of a change, from the three places where they can be.
struct ChangePairs {
  private let connection: any DatabaseSession
  private let relations: Relations
  private let change: Int64

  init(_ connection: any DatabaseSession, _ relations: Relations, _ change: ChangeID) throws {
    let found = try connection.count(
      "SELECT count(*) FROM \(RecordTable.change) WHERE id = ?", [.integer(change.number)])
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
    guard part > 0 else { return try standing(after: place, limit) }
    // What remains of the group of the last row, and then the other groups.
    var rows = try place.map { try ended(part, $0, isSameGroup: true, limit) } ?? []
    if rows.count < limit {
      let start = ChangedPairCursor(part: part, group: nil, row: .min)
      if place == nil { rows = try ended(part, start, isSameGroup: true, limit) }
      let last = rows.last?.place ?? place ?? start
      rows += try ended(part, last, isSameGroup: false, limit - rows.count)
    }
    return rows
  }

  private func standing(
    after place: ChangedPairCursor?, _ limit: Int
  ) throws -> [(pair: ChangedPair, place: ChangedPairCursor)] {
    let (user, company) = (place?.group ?? .min, place?.row ?? .min)
    return try pairs(
      0,
      """
      (SELECT g.user_lifetime, g.company_lifetime, g.user_lifetime AS place,
        g.company_lifetime AS n, NULL AS ended
      FROM \(RecordTable.currentGrant) AS g
      WHERE g.began_change = \(change)
        AND (g.user_lifetime, g.company_lifetime) > (\(user), \(company))
      ORDER BY g.user_lifetime, g.company_lifetime LIMIT \(limit))
      """)
  }

  private func ended(
    _ part: Int, _ place: ChangedPairCursor, isSameGroup: Bool, _ limit: Int
  ) throws -> [(pair: ChangedPair, place: ChangedPairCursor)] {
    let (fixed, group) =
      part == 1 ? ("began_change", "ended_change") : ("ended_change", "began_change")
    let value = place.group.map { "\($0)" }
    let condition =
      isSameGroup
      ? "g.\(group) IS \(value ?? "NULL") AND g.entry > \(place.row)"
      : value.map { "g.\(group) > \($0)" } ?? "g.\(group) IS NOT NULL"
    return try pairs(
      part,
      """
      (SELECT g.user_lifetime, g.company_lifetime, g.\(group) AS place, g.entry AS n,
        \(part == 1 ? "g.ended_change" : "NULL") AS ended
      FROM \(RecordTable.endedGrant) AS g WHERE g.\(fixed) = \(change) AND \(condition)
      ORDER BY g.\(group), g.entry LIMIT \(limit))
      """)
  }

  /// The rows of a query, with the names of those who had the ids at the time of the change.
  private func pairs(
    _ part: Int, _ source: String
  ) throws -> [(pair: ChangedPair, place: ChangedPairCursor)] {
    let names = LifetimeNames(relations)
    let (users, companies) = (relations.recorded(.user), relations.recorded(.company))
    return try connection.rows(
      """
      SELECT lu.key, \(names.known(.user, "p.user_lifetime", after: change)),
        \(names.isGone(.user, "lu")),
        lk.key, \(names.known(.company, "p.company_lifetime", after: change)),
        \(names.isGone(.company, "lk")),
        \(relations.exists(user: "lu.key", company: "lk.key")), p.place, p.n, p.ended
      FROM \(source) AS p
      CROSS JOIN \(users.lifetimes) AS lu ON lu.lifetime = p.user_lifetime
      CROSS JOIN \(companies.lifetimes) AS lk ON lk.lifetime = p.company_lifetime
      ORDER BY p.place, p.n
      """
    ) { row in
      let pair = ChangedPair(
        user: row.userID(0), username: row.optionalText(1), isUserGone: row.bool(2),
        company: row.companyID(3), companyName: row.optionalText(4),
        isCompanyGone: row.bool(5), outcome: part < 2 ? .granted : .revoked,
        endedBy: row.changeID(9), stands: row.bool(6))
      return (
        pair, ChangedPairCursor(part: part, group: row.optionalInteger(7), row: row.integer(8))
      )
    }
  }
}

extension ChangedEntity {
  /// What `init` reads, of a row `e` of `Relations.entityEvents`.
  static let columns = "e.kind, e.id, e.change_id, e.name, e.event, e.before, e.after"

  init(_ row: borrowing Row, _ mapping: SchemaMapping) {
    self.init(
      id: row.text(0) == EntityKind.user.rawValue
        ? .user(UserID(mapping.users.keys.key(row.value(1))))
        : .company(CompanyID(mapping.companies.keys.key(row.value(1)))),
      name: row.optionalText(3), event: Event(row.text(4)), change: ChangeID(row.integer(2)),
      before: row.optionalText(5), after: row.optionalText(6))
  }
}
