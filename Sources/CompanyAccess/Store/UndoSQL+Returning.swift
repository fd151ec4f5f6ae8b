internal import Database

/// The grants that come back with an undo.
extension UndoSQL {
  /// A condition: whether a grant that has ended stood before what is taken back, and not after it.
  func wasEnded(_ row: String) -> String {
    switch target {
    // A grant that began and ended with the change was not there before.
    case .change(let change):
      "\(row).ended_change = \(change) AND \(row).began_change IS NOT \(change)"
    case .everythingAfter(let last):
      "\(row).ended_change > \(last) AND coalesce(\(row).began_change, 0) <= \(last)"
    }
  }

  /// `FROM` of ended grants with their user and company, and with the rows of these if they are there.
  private var endedGrants: String {
    """
    FROM \(RecordTable.endedGrant) AS h
    CROSS JOIN \(users.lifetimes) AS hu ON hu.lifetime = h.user_lifetime
    CROSS JOIN \(companies.lifetimes) AS hk ON hk.lifetime = h.company_lifetime
    LEFT JOIN \(rows(.user)) AS u ON u.id = hu.key
    LEFT JOIN \(rows(.company)) AS c ON c.id = hk.key
    """
  }

  /// `FROM` and `WHERE` of what was ended.
  var ended: String {
    guard case .everythingAfter = target else { return "\(endedGrants)\nWHERE \(wasEnded("h"))" }
    let stays = goesWithParent("b").map { " AND NOT \($0)" } ?? ""
    return """
      \(endedGrants)
      WHERE \(wasEnded("h")) AND NOT EXISTS (SELECT 1 FROM \(access) AS b
        WHERE b.user_id = hu.key AND b.company_id = hk.key AND b.id IS h.id
          AND b.created_at IS h.created_at AND b.modified_at IS h.modified_at
          AND \(isSame(.user, "hu")) AND \(isSame(.company, "hk"))\(stays))
      """
  }

  /// Whether a row of `ended` can be put back.
  var isRestorable: String {
    let there =
      ["u.id IS NOT NULL", "c.id IS NOT NULL"] + (permits.map { ["(\($0)) IS TRUE"] } ?? [])
    if overwrites {
      return (there + ["NOT EXISTS (SELECT 1 \(samePair))"]).joined(separator: " AND ")
    }
    var conditions = there + [isSame(.user, "hu"), isSame(.company, "hk")]
    conditions.append("NOT EXISTS (SELECT 1 \(sameAgain))")
    if hasLater { conditions.append(isUntouched("hu", "hk")) }
    return conditions.joined(separator: " AND ")
  }

  /// Whether a row of `ended` is not put back for a reason that is worth telling.
  var isLeftAlone: String {
    let divided = permits.map { " OR (\($0)) IS NOT TRUE" } ?? ""
    return overwrites ? "(u.id IS NULL OR c.id IS NULL\(divided))" : "NOT (\(isRestorable))"
  }

  /// Whether there may be a grant between the user and the company; nil if there always may.
  private var permits: String? { relations.permits("u", "c") }

  /// Whether the pair of a row `h` holds by another change.
  var isHeld: String { "EXISTS (SELECT 1 \(samePair))" }

  /// Rows that were granted by the change and ended since, under the name `h`; not those that stand
  /// again, if they go.
  var endedSince: String {
    guard case .change = target else { return "\(endedGrants)\nWHERE FALSE" }
    let again =
      cancelled.isEmpty || overwrites
      ? ""
      : """
       AND NOT EXISTS (SELECT 1 FROM \(access) AS a WHERE a.user_id = hu.key
        AND a.company_id = hk.key AND \(isLeaving("a")))
      """
    return """
      \(endedGrants)
      WHERE h.ended_change > \(change) AND h.began_change = \(change)\(again)
      """
  }

  /// The columns that say of a row of `ended` why it is left alone.
  var verdict: String {
    """
    hu.key, hk.key, u.id IS NULL, c.id IS NULL, \(isSame(.user, "hu")), \(isSame(.company, "hk")),
    \(users.name(of: "hu")), \(companies.name(of: "hk")), u.username, c.name, \(laterChange),
    \(permits.map { "(\($0)) IS NOT TRUE" } ?? "FALSE")
    """
  }

  /// The name of the user of a row `h`, also of one who is gone; an expression.
  var userName: String { "coalesce(u.username, \(users.name(of: "hu")))" }

  /// The same of its company.
  var companyName: String { "coalesce(c.name, \(companies.name(of: "hk")))" }

  /// The newest change that is in the way; an expression.
  private var laterChange: String {
    let now = began("a.user_id", "a.company_id")
    let events = changesSince("hu", "hk").map { "(SELECT max(\($0.change)) \($0.rows))" }
    return "coalesce((SELECT max(\(now)) \(sameAgain)), \(events.joined(separator: ", ")))"
  }

  /// An expression: the change with which the grant of a pair began that stands.
  private func began(_ user: String, _ company: String) -> String {
    """
    (SELECT max(r.began_change) FROM \(users.lifetimes) AS ru CROSS JOIN \(companies.lifetimes) AS rk
      CROSS JOIN \(RecordTable.currentGrant) AS r WHERE ru.key = \(user) AND rk.key = \(company)
        AND r.user_lifetime = ru.lifetime AND r.company_lifetime = rk.lifetime)
    """
  }

  /// Rows in which the pair, or the id of the row, has been used again since; a number is no reason,
  /// because another one can be given.
  ///
  /// Rows that go do not count: they go before any are put back.
  private var sameAgain: String {
    let keys = relations.mapping.access
    let sameID = keys.key == nil || keys.hasNumbers ? "" : "a.id = h.id OR "
    return """
      FROM \(access) AS a WHERE (\(sameID)a.user_id = hu.key AND a.company_id = hk.key)
        AND NOT (\(isLeaving("a")))
      """
  }

  private var samePair: String {
    """
    FROM \(access) AS a WHERE a.user_id = hu.key AND a.company_id = hk.key
      AND \(began("a.user_id", "a.company_id")) IS NOT \(change)
    """
  }

  /// Whether the pair of two lifetimes has not been granted or revoked by later changes that count; as
  /// `isSame`.
  func isUntouched(_ user: String, _ company: String, now: Bool = false) -> String {
    changesSince(user, company, now: now).map { "NOT EXISTS (SELECT 1 \($0.rows))" }
      .joined(separator: " AND ")
  }

  /// Later changes of the pair of two lifetimes; not one after which everything was as before.
  private func changesSince(
    _ user: String, _ company: String, now: Bool = false
  ) -> [(change: String, rows: String)] {
    let pair = isSamePair("l", user, company, now: now)
    return [
      (
        "l.ended_change",
        """
        FROM \(RecordTable.endedGrant) AS l WHERE \(pair)
          AND l.began_change IS NOT l.ended_change AND \(isLater("l.ended_change"))
        """
      ),
      (
        "l.began_change",
        """
        FROM \(RecordTable.endedGrant) AS l WHERE \(pair)
          AND l.began_change IS NOT l.ended_change AND \(isLater("l.began_change"))
        """
      ),
      (
        "l.began_change",
        "FROM \(RecordTable.currentGrant) AS l WHERE \(pair) AND \(isLater("l.began_change"))"
      ),
    ]
  }
}
