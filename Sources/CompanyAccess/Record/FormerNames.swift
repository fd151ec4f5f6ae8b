internal import Database

/// A user or company that once had a name, and has it no more.
public struct Namesake: Hashable, Sendable {
  /// Which one.
  public let id: EntityID
  /// The name that it had.
  public let name: String
  /// The change that deleted or renamed it.
  public let until: ChangeID
  /// Its name now; nil if it was deleted.
  public let nameNow: String?
}

extension Namesake: CustomStringConvertible {
  /// Which one is meant, without a full stop: `user bob, id 1, deleted by change 4`.
  public var description: String {
    let what = nameNow.map { "called \($0) since change \(until)" } ?? "deleted by change \(until)"
    return "\(id.kind.rawValue) \(name), id \(id.text), \(what)"
  }
}

extension EntityID {
  /// The id as people read it.
  var text: String {
    switch self {
    case .user(let id): id.description
    case .company(let id): id.description
    }
  }
}

extension AccessStore {
  /// Deleted users whose last name, or id, is the text, the newest first.
  ///
  /// - Parameter text: A username exactly, or an id.
  /// - Returns: Their ends, as the record has them.
  /// - Throws: What the database answers.
  public func deletedUsers(named text: String) throws(AccessError) -> [ChangedEntity] {
    try deleted(.user, text)
  }

  /// Deleted companies whose last name, or id, is the text, the newest first.
  ///
  /// - Parameter text: A name exactly, or an id, which may be a UUID in any of the usual forms.
  /// - Returns: Their ends, as the record has them.
  /// - Throws: What the database answers.
  public func deletedCompanies(named text: String) throws(AccessError) -> [ChangedEntity] {
    try deleted(.company, text)
  }

  /// Users, or companies, that once had a name and have it no more, the last to lose it first.
  ///
  /// - Parameters:
  ///   - kind: Whether users or companies.
  ///   - name: The name, exactly.
  /// - Returns: At most 100 of them, each once.
  /// - Throws: What the database answers.
  public func namesakes(_ kind: EntityKind, named name: String) throws(AccessError) -> [Namesake] {
    let relations = Relations(mapping: mapping, moment: .now)
    return try read { try relations.namesakes(kind, named: name, $0) }
  }

  private func deleted(
    _ kind: EntityKind, _ text: String
  ) throws(AccessError) -> [ChangedEntity] {
    let mapping = mapping
    let recorded = RecordedKind(kind, mapping)
    let ids =
      recorded.keys.serverType == nil
      ? [.text(text)] + KeyText.stored(text) : recorded.keys.serverValues(text)
    let list = ids.isEmpty ? "NULL" : ids.map { _ in "?" }.joined(separator: ", ")
    return try read { connection in
      try connection.rows(
        """
        SELECT '\(kind.rawValue)', l.key, l.ended_change, \(recorded.name(of: "l")), 'gone', i.before, i.after
        FROM \(recorded.lifetimes) AS l
        LEFT JOIN \(RecordTable.rowImage) AS i ON i.change = l.ended_change
          AND i.kind = '\(kind.rawValue)' AND i.lifetime = l.lifetime AND i.before IS NOT NULL
        WHERE l.ended_change IS NOT NULL AND l.present AND (\(recorded.name(of: "l")) = ? OR l.key IN (\(list)))
          AND NOT EXISTS (SELECT 1 FROM \(recorded.lifetimes) AS n WHERE n.continues = l.lifetime)
        ORDER BY l.ended_change DESC, l.lifetime DESC LIMIT 100
        """, [.text(text)] + ids
      ) { ChangedEntity($0, mapping) }
    }
  }
}

extension Relations {
  /// What once had a name and has it no more; see `AccessStore.namesakes`.
  func namesakes(
    _ kind: EntityKind, named name: String, _ connection: any DatabaseSession
  ) throws -> [Namesake] {
    let recorded = recorded(kind)
    let open = """
      (SELECT \(recorded.name(of: "o")) FROM \(recorded.lifetimes) AS o
        WHERE o.key = l.key AND o.ended_change IS NULL AND o.present AND NOT (\(recorded.name(of: "o")) IS ?1)
          AND o.lifetime = l.lifetime)
      """
    // One who has the name at present is no namesake of himself.
    let rows = """
      SELECT n.key, n.until, n.now FROM (SELECT l.key, coalesce(l.ended_change, u.until) AS until,
        \(open) AS now, row_number() OVER (PARTITION BY l.key ORDER BY u.until DESC) AS place FROM (
        SELECT f.lifetime AS life, f.ended_change AS until FROM \(recorded.former) AS f
        WHERE \(recorded.name(of: "f")) = ?1 AND f.present
        UNION ALL
        SELECT e.lifetime, e.ended_change FROM \(recorded.lifetimes) AS e
        WHERE \(recorded.name(of: "e")) = ?1 AND e.present AND e.ended_change IS NOT NULL
      ) AS u CROSS JOIN \(recorded.lifetimes) AS l ON l.lifetime = u.life
      WHERE NOT EXISTS (SELECT 1 FROM \(recorded.lifetimes) AS o
        WHERE o.key = l.key AND o.ended_change IS NULL AND o.present AND \(recorded.name(of: "o")) = ?1)) AS n
      WHERE n.place = 1 ORDER BY n.until DESC LIMIT 100
      """
    return try connection.rows(rows, [.text(name)]) {
      let id: EntityID = kind == .user ? .user($0.userID(0)) : .company($0.companyID(0))
      return Namesake(
        id: id, name: name, until: ChangeID($0.integer(1)), nameNow: $0.optionalText(2))
    }
  }
}
