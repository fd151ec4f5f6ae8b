internal import Database

/// A user or company whose id belongs to another one now, while a grant of that time still stands.
///
/// This happens where a program deletes with foreign keys off and the id is used again.
public struct FormerHolder: Hashable, Sendable {
  /// Whether it was a user or a company.
  public let kind: EntityKind
  /// The username or the name at the end; nil if it had none.
  public let name: String?
  /// The change with which it was deleted.
  public let deletedBy: ChangeID
}

extension FormerHolder: CustomStringConvertible {
  /// Whose grant it was, as a sentence without its full stop.
  public var description: String {
    "it was granted \(kind == .user ? "to" : "for") \(name ?? "one without a name"), an earlier "
      + "\(kind.rawValue) of this id, deleted by change \(deletedBy)"
  }
}

extension AccessStore {
  /// The earlier holders of the ids of a pair to whom its grant was given.
  ///
  /// - Parameters:
  ///   - user: The id of the user.
  ///   - company: The id of the company.
  ///   - moment: The state to look at.
  ///   - work: Cancels the query.
  /// - Returns: The earlier user, the earlier company, or both; none as a rule, and none where there
  ///   is no grant.
  /// - Throws: As `users`.
  public func formerHolders(
    of user: UserID, _ company: CompanyID, at moment: Moment = .now, work: Work? = nil
  ) throws(AccessError) -> [FormerHolder] {
    try read(at: moment, work) { connection, relations in
      try relations.formerHolders(of: user, company, connection)
    }
  }

  /// How many grants that stand now were given to an earlier holder of the id of their user or of
  /// their company.
  ///
  /// - Parameter work: Cancels the query.
  /// - Returns: The number; 0 as a rule.
  /// - Throws: As `users`.
  public func formerGrants(work: Work? = nil) throws(AccessError) -> Int {
    let relations = Relations(mapping: mapping, moment: .now)
    return try read(work: work) { connection in
      try connection.count("SELECT count(*) FROM (\(relations.formerGrants))")
    }
  }
}

extension Relations {
  /// Conditions for the rows `f` of the record that tell of the end of the holder of an id: after the
  /// change of a grant, up to the moment, and not undone.
  ///
  /// The record is searched by the id first. The change of the grant is only looked up where the
  /// record has such an end, which is rare.
  private func formerRows(_ kind: EntityKind, id: String, grantedBy change: String) -> String {
    let limit = last.map { " AND f.change_id <= \($0)" } ?? ""
    let limitOfUndo = last.map { " AND r.change_id <= \($0)" } ?? ""
    return """
      company_access_entity AS f WHERE f.kind = '\(kind.rawValue)' AND f.id = +\(id) AND f.gone = 1
        AND +f.change_id > coalesce(\(change), 0)\(limit)
        AND NOT EXISTS (SELECT 1 FROM company_access_entity AS r
          JOIN company_access_change AS rc ON rc.id = r.change_id
          WHERE r.kind = f.kind AND r.id = f.id AND r.change_id > f.change_id\(limitOfUndo)
            AND r.gone = 0 AND r.before IS NULL AND rc.undoes = f.change_id)
      """
  }

  /// A condition: whether a grant was given to an earlier holder of an id.
  ///
  /// - Parameters:
  ///   - kind: Whether the id is that of a user or of a company.
  ///   - id: The id, an expression.
  ///   - change: The change that granted, an expression; NULL for a grant that was there before the
  ///     record.
  /// - Returns: The condition, 1 or 0.
  func isFormer(_ kind: EntityKind, id: String, grantedBy change: String) -> String {
    // Without the column nothing is known of when a grant began.
    guard isOnRecord, mapping.access.hasChangeColumn else { return "0" }
    return "EXISTS (SELECT 1 FROM \(formerRows(kind, id: id, grantedBy: change)))"
  }

  /// Two conditions for the grant of a pair, given as expressions: whether the ids of the user and of
  /// the company had other holders when it was made.
  func formerHolders(user: String, company: String) -> [String] {
    let change = grantedBy(user: user, company: company)
    return [
      isFormer(.user, id: user, grantedBy: change),
      isFormer(.company, id: company, grantedBy: change),
    ]
  }

  /// A query with the columns `user_id` and `company_id`: the grants that stand now and were given to
  /// an earlier holder of an id.
  ///
  /// It begins with those of whom the record tells that they have gone, who are few, and goes from
  /// there to the grants along their indexes.
  var formerGrants: String {
    guard mapping.access.hasChangeColumn else { return "SELECT NULL, NULL WHERE 0" }
    let access = mapping.access.table
    func rows(_ kind: EntityKind, _ table: SQLName, _ key: SQLName, _ column: String) -> String {
      """
      SELECT a.rowid FROM company_access_entity AS e
      CROSS JOIN \(table) AS t ON t.\(key) = e.id CROSS JOIN \(access) AS a ON a.\(column) = t.\(key)
      WHERE e.kind = '\(kind.rawValue)' AND e.gone = 1
        AND \(isFormer(kind, id: "e.id", grantedBy: "a.change_id"))
      """
    }
    let users = rows(.user, mapping.users.table, mapping.users.key, "user_id")
    let companies = rows(.company, mapping.companies.table, mapping.companies.key, "company_id")
    return """
      SELECT a.user_id, a.company_id FROM \(access) AS a
      WHERE a.rowid IN (\(users) UNION \(companies))
      """
  }

  /// The earlier holders to whom the grant of a pair was given.
  func formerHolders(
    of user: UserID, _ company: CompanyID, _ connection: Connection
  ) throws -> [FormerHolder] {
    guard isOnRecord, mapping.access.hasChangeColumn else { return [] }
    let change = grantedBy(user: "?1", company: "?2")
    let isGranted = exists(user: "?1", company: "?2")
    return try [(EntityKind.user, "?1"), (.company, "?2")].compactMap { kind, id in
      try connection.first(
        """
        SELECT f.name, f.change_id FROM \(formerRows(kind, id: id, grantedBy: change))
          AND \(isGranted) AND \(isThere(kind, id)) ORDER BY f.change_id LIMIT 1
        """, [user.value, company.value]
      ) {
        FormerHolder(kind: kind, name: $0.optionalText(0), deletedBy: ChangeID($0.integer(1)))
      }
    }
  }

  /// A condition: whether a user or company with this id, an expression, is there at the moment.
  private func isThere(_ kind: EntityKind, _ id: String) -> String {
    let arms = kind == .user ? users() : companies()
    let found = arms.map { "EXISTS (SELECT 1 FROM \($0) AS p WHERE p.id = \(id))" }
    return "(" + found.joined(separator: " OR ") + ")"
  }
}
