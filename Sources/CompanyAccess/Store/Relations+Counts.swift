internal import Database

/// How many grants there are: of everything, of a user or of a company.
extension Relations {
  /// A relation with the columns `id` and `n`: how many grants each user has that has any; and `surplus`,
  /// how many rows more, where pairs may repeat.
  var countsByUser: String { counts(by: .user) }

  /// A relation with the columns `id` and `n`: how many grants each company has that has any.
  var countsByCompany: String { counts(by: .company) }

  /// Each table is grouped along its index, which is much faster than grouping their union.
  private func counts(by kind: EntityKind) -> String {
    guard last != nil else {
      let column = kind == .user ? "user_id" : "company_id"
      let (rows, pairs) = (fromAccess(\.rows), pairs(of: kind))
      let surplus = mayRepeatPairs ? ", count(*) - \(pairs) AS surplus" : ""
      return "(SELECT a.\(column) AS id, \(pairs) AS n\(surplus) \(rows) GROUP BY a.\(column))"
    }
    guard isOnRecord, leavesOut.isEmpty else {
      let column = kind == .user ? "user_id" : "company_id"
      return "(SELECT \(column) AS id, count(*) AS n FROM \(grants()) GROUP BY \(column))"
    }
    let recorded = recorded(kind)
    let column = recorded.lifetimeOfGrant
    let all = grantSources.map { source in
      let filter = source.condition.map { " WHERE \($0)" } ?? ""
      return """
        SELECT rg.\(column) AS l, count(*) AS n FROM \(source.table) AS rg\(filter)
        GROUP BY rg.\(column)
        """
    }
    return """
      (SELECT l.key AS id, sum(t.n) AS n FROM (\(all.joined(separator: " UNION ALL "))) AS t
        CROSS JOIN \(recorded.lifetimes) AS l ON l.lifetime = t.l GROUP BY l.key)
      """
  }

  /// An expression: how many grants there are, for a user or company if one is given.
  func count(user: String? = nil, company: String? = nil) -> String {
    guard let last else { return countNow(user: user, company: company) }
    if isOnRecord, leavesOut.isEmpty {
      switch (user, company) {
      case (nil, nil): return countOfAll(last)
      case (let user?, nil): return countOfOne(.user, user)
      case (nil, let company?): return countOfOne(.company, company)
      default: break
      }
    }
    return grantSources.map {
      "(SELECT count(*) \(from($0, user: user, company: company, grantsOnly: true)))"
    }
    .joined(separator: " + ")
  }

  /// An expression: how many grants there are now, for figures beside a plan.
  ///
  /// Where a pair may have several rows, telling them apart takes a look at each. The record has one grant
  /// for each pair: with as many rows, none has several.
  var quickCount: String {
    guard mayRepeatPairs, leavesOut.isEmpty else { return count() }
    let recorded = "(SELECT count(*) FROM \(RecordTable.currentGrant))"
    return """
      CASE WHEN (SELECT count(*) \(fromAccess(\.rows))) = \(recorded) THEN \(recorded)
        ELSE \(count()) END
      """
  }

  private func countNow(user: String?, company: String?) -> String {
    let isOfAll = user == nil && company == nil
    if isOfAll, mayRepeatPairs {
      return "(SELECT coalesce(sum(g.n), 0) FROM \(countsByUser) AS g)"
    }
    let rows = fromAccess(\.rows, user: user, company: company)
    return "(SELECT \(pairs(of: user == nil ? .company : .user)) \(rows))"
  }

  /// The grants of a user or a company, whose key is an expression: those of each of its lifetimes, in
  /// one pass over these.
  private func countOfOne(_ kind: EntityKind, _ key: String) -> String {
    let all = counts(kind, lifetime: "lu.lifetime").joined(separator: " + ")
    return """
      (SELECT coalesce(sum(\(all)), 0) FROM \(RecordedKind.lifetimes(of: kind)) AS lu
        WHERE lu.key = \(key))
      """
  }

  /// An expression: how many grants the user or company of a row of `users` or `companies` has.
  ///
  /// At a moment such a row knows its lifetime, which has all grants of its id unless an earlier holder
  /// of the id has some.
  func count(of kind: EntityKind, _ row: String) -> String {
    guard last != nil, isOnRecord, leavesOut.isEmpty, !formerKinds.contains(kind) else {
      return kind == .user ? count(user: "\(row).id") : count(company: "\(row).id")
    }
    return "(\(counts(kind, lifetime: "\(row).lifetime").joined(separator: " + ")))"
  }

  /// Expressions: how many grants a lifetime has, in each of the tables with grants.
  private func counts(_ kind: EntityKind, lifetime: String) -> [String] {
    let column = recorded(kind).lifetimeOfGrant
    return grantSources.map {
      let filter = $0.condition.map { " AND \($0)" } ?? ""
      return "(SELECT count(*) FROM \($0.table) AS rg WHERE rg.\(column) = \(lifetime)\(filter))"
    }
  }

  /// A condition: whether a lifetime of the kind that had ended by the moment has a grant.
  func hasFormerGrants(_ kind: EntityKind, _ last: Int64) -> String {
    let tests = counts(kind, lifetime: "o.lifetime").map { "\($0) > 0" }
    return """
      EXISTS (SELECT 1 FROM \(recorded(kind).lifetimes) AS o
        WHERE o.ended_change <= \(last) AND (\(tests.joined(separator: " OR "))))
      """
  }

  /// All grants of a moment on the record: those that stand, less those that came later, and those that
  /// have ended since.
  ///
  /// SQLite counts a whole table by its pages, and what has changed since along an index: only where
  /// much has changed is this not much faster than looking at every grant.
  private func countOfAll(_ last: Int64) -> String {
    let current = RecordTable.currentGrant
    return """
      (SELECT count(*) FROM \(current)) - (SELECT count(*) FROM \(current) WHERE began_change > \(last))
      + (SELECT count(*) FROM \(RecordTable.endedGrant) WHERE ended_change > \(last)
        AND (began_change IS NULL OR began_change <= \(last)))
      """
  }
}

/// Tables of applications that may hold several rows of one pair.
extension Relations {
  /// The same relations, which take every row for a pair of its own: quicker, and right where no pair has
  /// several.
  var takingPairsAsDistinct: Relations {
    var relations = self
    relations.takesPairsAsDistinct = true
    return relations
  }

  /// The same relations; where no pair has several rows, they take every row for a pair.
  ///
  /// It is found out along the users, who have few rows each.
  func knowingRepeatedPairs(_ connection: any DatabaseSession) throws -> Relations {
    guard mayRepeatPairs else { return self }
    let repeated = try connection.count(
      "SELECT EXISTS (SELECT 1 FROM \(countsByUser) AS g WHERE g.surplus > 0)")
    return repeated > 0 ? self : takingPairsAsDistinct
  }

  /// Whether several rows may be of one pair now, so that counting them takes a look at each.
  var mayRepeatPairs: Bool {
    last == nil && !mapping.access.isPairUnique && !takesPairsAsDistinct
  }

  /// An expression: how many pairs the rows `a` have of a user, or of a company.
  private func pairs(of kind: EntityKind) -> String {
    guard mayRepeatPairs else { return "count(*)" }
    return "count(DISTINCT a.\(kind == .user ? "company_id" : "user_id"))"
  }
}
