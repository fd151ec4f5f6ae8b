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
  /// A condition: whether the lifetime `lu` or `lk` of a grant on the record has ended by the moment, and
  /// was not continued by another one, as an undo of a deletion does.
  func isFormer(_ kind: EntityKind) -> String {
    let lifetimes = recorded(kind).lifetimes
    let row = kind == .user ? "lu" : "lk"
    func hasEnded(_ row: String) -> String {
      let limit = last.map { " AND \(row).ended_change <= \($0)" } ?? ""
      return "(\(row).ended_change IS NOT NULL\(limit))"
    }
    return """
      (\(hasEnded(row)) AND NOT EXISTS (
        WITH RECURSIVE holder (l) AS (
          SELECT \(row).lifetime
          UNION
          SELECT n.lifetime FROM holder JOIN \(lifetimes) AS n ON n.continues = holder.l)
        SELECT 1 FROM holder JOIN \(lifetimes) AS n ON n.lifetime = holder.l
        WHERE NOT \(hasEnded("n"))))
      """
  }

  /// Two conditions for the grant of a pair, given as expressions: whether the ids of the user and of
  /// the company had other holders when it was made.
  func formerHolders(user: String, company: String) -> [String] {
    EntityKind.allCases.map { kind in
      let grants = recordedGrants("1", user: user, company: company, [isFormer(kind)])
      return "(" + grants.map { "EXISTS (\($0))" }.joined(separator: " OR ") + ")"
    }
  }

  /// A query with the columns `user_id` and `company_id`: the grants that stand now and were given to
  /// an earlier holder of an id.
  ///
  /// It begins with the lifetimes that have ended, which are few or at least have few grants.
  var formerGrants: String {
    let queries = EntityKind.allCases.map { kind in
      let (one, other) = kind == .user ? ("lu", "lk") : ("lk", "lu")
      let (ended, second) = (recorded(kind), recorded(kind == .user ? .company : .user))
      return """
        SELECT lu.key AS user_id, lk.key AS company_id
        FROM \(ended.lifetimes) AS \(one) CROSS JOIN \(RecordTable.currentGrant) AS rg
        CROSS JOIN \(second.lifetimes) AS \(other)
        WHERE \(one).ended_change IS NOT NULL AND rg.\(ended.lifetimeOfGrant) = \(one).lifetime
          AND \(other).lifetime = rg.\(second.lifetimeOfGrant) AND \(isFormer(kind))
          AND \(isThere(kind, "\(one).key")) AND \(isRow("lu.key", "lk.key"))
        """
    }
    return queries.joined(separator: " UNION ")
  }

  /// The same relations, with what is known of grants of earlier holders at the moment.
  func knowingFormerHolders(_ connection: any DatabaseSession) throws -> Relations {
    guard let last, isOnRecord else { return self }
    var relations = self
    relations.formerKinds = try connection.remembered("former holders at \(last)") {
      Set(
        try EntityKind.allCases.filter {
          try connection.count("SELECT \(hasFormerGrants($0, last))") > 0
        })
    }
    return relations
  }

  /// The earlier holders to whom the grant of a pair was given.
  func formerHolders(
    of user: UserID, _ company: CompanyID, _ connection: any DatabaseSession
  ) throws -> [FormerHolder] {
    try EntityKind.allCases.compactMap { kind in
      let row = kind == .user ? "lu" : "lk"
      let id = kind == .user ? "?1" : "?2"
      let grants = recordedGrants(
        "\(row).name, \(row).ended_change", user: "?1", company: "?2",
        [isFormer(kind), isThere(kind, id), exists(user: "?1", company: "?2")])
      return try connection.first(
        grants.joined(separator: " UNION ALL ") + " LIMIT 1", [user.value, company.value]
      ) {
        FormerHolder(kind: kind, name: $0.optionalText(0), deletedBy: ChangeID($0.integer(1)))
      }
    }
  }

  /// A condition: whether the access table has a row for a pair.
  private func isRow(_ user: String, _ company: String) -> String {
    """
    EXISTS (SELECT 1 FROM \(mapping.access.grants) AS a
      WHERE a.user_id = \(user) AND a.company_id = \(company))
    """
  }

  /// A condition: whether a user or company with this id, an expression, is there at the moment.
  private func isThere(_ kind: EntityKind, _ id: String) -> String {
    isThere(id, kind == .user ? users() : companies())
  }
}
