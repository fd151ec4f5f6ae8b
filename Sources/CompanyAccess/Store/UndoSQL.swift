internal import Database

/// What the inverse of a change would touch, as SQL.
///
/// What the change granted and still stands goes. What it ended is put back, unless that would
/// undo a later change with it, or give the grant to another user. Later changes that have been
/// undone, and their undos, do not count: changes can be undone one after another, backwards.
/// Told to overwrite, it makes every pair what it was before the change, whatever came later.
struct UndoSQL {
  let relations: Relations
  /// The number of the change, which stands in the text, because every part needs it.
  let change: Int64
  /// Whether pairs are put back to what they were although they have been changed since.
  let overwrites: Bool
  /// Whether other changes have come since.
  private let hasLater: Bool
  /// Whether users or companies have gone with the change or since.
  private let hasGone: Bool
  /// Whether some of the later changes have been undone.
  private let cancelled: Set<Int64>
  private var hasCancelled: Bool { !cancelled.isEmpty }
  /// Whether users or companies come back with it.
  private let hasReturning: Bool

  /// What has not happened need not be asked of every row.
  init(
    _ connection: Connection, _ relations: Relations, _ change: ChangeID, overwrites: Bool,
    returning: [EntityID] = []
  ) throws {
    self.relations = relations
    self.overwrites = overwrites
    self.change = change.number
    hasLater =
      try connection.count(
        "SELECT count(*) FROM company_access_change WHERE id > ?", [.integer(change.number)]) > 0
    hasGone =
      try connection.count(
        "SELECT EXISTS (SELECT 1 FROM company_access_entity WHERE gone = 1 AND change_id >= ?)",
        [.integer(change.number)]) > 0
    let cancelled = try UndoSQL.cancelled(connection, after: change)
    self.cancelled = cancelled
    hasReturning = !returning.isEmpty
    if hasReturning {
      let returning = Set(returning)
      try connection.register(
        function: "company_access_returns", arguments: 2, deterministic: true
      ) { values in
        let kind: EntityKind = values[0] == .text("user") ? .user : .company
        return .integer(returning.contains(EntityID(kind, Key(values[1]))) ? 1 : 0)
      }
    }
    guard !cancelled.isEmpty else { return }
    try connection.register(
      function: "company_access_cancelled", arguments: 1, deterministic: true
    ) { values in
      guard case .integer(let number)? = values.first else { return .integer(0) }
      return .integer(cancelled.contains(number) ? 1 : 0)
    }
  }

  /// Those of the changes after one that have been undone, with their undos.
  ///
  /// Each undo comes after what it undoes, so from the newest on each is decided by later ones.
  private static func cancelled(
    _ connection: Connection, after change: ChangeID
  ) throws -> Set<Int64> {
    var cancelled: Set<Int64> = []
    try connection.forEach(
      """
      SELECT id, undoes FROM company_access_change WHERE id > ? AND undoes > ? ORDER BY id DESC
      """, [.integer(change.number), .integer(change.number)]
    ) { row in
      if !cancelled.contains(row.integer(0)) {
        cancelled.formUnion([row.integer(0), row.integer(1)])
      }
    }
    return cancelled
  }

  /// Whether a later change has been undone, or is such an undo.
  func isCancelled(_ change: ChangeID) -> Bool { cancelled.contains(change.number) }

  /// The users as they will be when those who come back are there.
  var users: String { withReturning(.user, relations.users()[0]) }

  /// The companies, likewise.
  var companies: String { withReturning(.company, relations.companies()[0]) }

  private func withReturning(_ kind: EntityKind, _ rows: String) -> String {
    guard hasReturning else { return rows }
    let returning = relations.lastStates(
      kind,
      where: """
        o.ended_change = \(change) AND company_access_returns('\(kind.rawValue)', o.key)
        """)
    return "(SELECT * FROM \(rows) UNION ALL SELECT * FROM \(returning))"
  }

  private var access: SQLName { relations.mapping.access.table }

  /// `FROM` and `WHERE` of the grants that go, under the name `a`.
  var standing: String { "FROM \(access) AS a WHERE \(isLeaving("a"))" }

  /// Whether a row of the access table goes: what the change granted, also if it has ended since
  /// and that was undone; if it overwrites, also what later changes granted again, unless the
  /// change itself ended an earlier grant of the pair.
  func isLeaving(_ row: String) -> String {
    if !overwrites, !hasCancelled { return "\(row).change_id IS \(change)" }
    if !overwrites {
      return """
        \(row).rowid IN (SELECT b.rowid FROM \(access) AS b WHERE b.change_id = \(change)
          UNION ALL SELECT b.rowid FROM company_access_history AS g CROSS JOIN \(access) AS b
          WHERE g.ended_change > \(change) AND g.granted_change = \(change) AND b.id = g.id
            AND b.user_id = g.user_id AND b.company_id = g.company_id
            AND company_access_cancelled(b.change_id))
        """
    }
    return """
      \(row).rowid IN (SELECT b.rowid FROM \(access) AS b WHERE b.change_id = \(change)
        UNION ALL SELECT b.rowid FROM company_access_history AS g
        JOIN \(access) AS b ON b.user_id = g.user_id AND b.company_id = g.company_id
        WHERE g.ended_change > \(change) AND g.granted_change = \(change)
          AND b.change_id IS NOT \(change)
          AND NOT EXISTS (SELECT 1 FROM company_access_history AS p
            WHERE p.user_id = g.user_id AND p.company_id = g.company_id
              AND p.ended_change = \(change) AND p.granted_change IS NOT \(change)))
      """
  }

  /// `FROM` and `WHERE` of what the change ended, with the user `u` and the company `c` if they
  /// are there.
  ///
  /// A grant that began and ended with the change was not there before.
  var ended: String {
    """
    FROM company_access_history AS h
    LEFT JOIN \(users) AS u ON u.id = h.user_id
    LEFT JOIN \(companies) AS c ON c.id = h.company_id
    WHERE h.ended_change = \(change) AND h.granted_change IS NOT \(change)
    """
  }

  /// Whether a row of `ended` can be put back.
  var isRestorable: String {
    let there = ["u.id IS NOT NULL", "c.id IS NOT NULL"] + (permits.map { ["(\($0)) IS 1"] } ?? [])
    if overwrites {
      return (there + ["NOT EXISTS (SELECT 1 \(samePair))"]).joined(separator: " AND ")
    }
    var conditions = there + ["NOT EXISTS (SELECT 1 \(sameAgain))"]
    if hasLater { conditions.append("NOT EXISTS (SELECT 1 \(endedAgain))") }
    if hasGone {
      let user = nameThen("user", "h.user_id")
      let company = nameThen("company", "h.company_id")
      conditions.append("coalesce(\(user), u.username) IS u.username")
      conditions.append("coalesce(\(company), c.name) IS c.name")
    }
    return conditions.joined(separator: " AND ")
  }

  /// Whether a row of `ended` is not put back for a reason that is worth telling.
  var isLeftAlone: String {
    let divided = permits.map { " OR (\($0)) IS NOT 1" } ?? ""
    return overwrites ? "(u.id IS NULL OR c.id IS NULL\(divided))" : "NOT (\(isRestorable))"
  }

  /// Whether there may be a grant between the user and the company; nil if there always may.
  private var permits: String? { relations.permits("u", "c") }

  /// Whether the pair of a row `h` holds by another change.
  var isHeld: String { "EXISTS (SELECT 1 \(samePair))" }

  /// Rows that were granted by the change and ended since, under the name `h`; not those that stand
  /// again, if they go.
  var endedSince: String {
    let again =
      hasCancelled && !overwrites
      ? """
       AND NOT EXISTS (SELECT 1 FROM \(access) AS a WHERE a.id = h.id AND a.user_id = h.user_id
        AND a.company_id = h.company_id AND \(isLeaving("a")))
      """ : ""
    return """
      FROM company_access_history AS h
      LEFT JOIN \(relations.users()[0]) AS u ON u.id = h.user_id
      LEFT JOIN \(relations.companies()[0]) AS c ON c.id = h.company_id
      WHERE h.ended_change > \(change) AND h.granted_change = \(change)\(again)
      """
  }

  /// The columns that say of a row of `ended` why it is left alone.
  var verdict: String {
    """
    h.user_id, h.company_id, u.id IS NULL, c.id IS NULL, \(nameThen("user", "h.user_id")),
    u.username, \(nameThen("company", "h.company_id")), c.name, \(laterChange),
    \(permits.map { "(\($0)) IS NOT 1" } ?? "0")
    """
  }

  /// The name that a user or company had when it was deleted, for the first time since the change:
  /// the row that has the id now may be another one.
  func nameThen(_ kind: String, _ id: String) -> String {
    """
    (SELECT e.name FROM company_access_entity AS e WHERE e.kind = '\(kind)' AND e.id = \(id)
      AND e.gone = 1 AND e.change_id >= \(change)\(unlessUndone) ORDER BY e.change_id LIMIT 1)
    """
  }

  /// A deletion that was undone does not make the row that has the id now another one.
  private var unlessUndone: String {
    hasCancelled ? " AND NOT company_access_cancelled(e.change_id)" : ""
  }

  private var laterChange: String {
    """
    coalesce((SELECT max(a.change_id) \(sameAgain)), (SELECT max(l.ended_change) \(endedAgain)))
    """
  }

  /// Rows in which the pair, or the id of the row, has been used again since; a number is no reason,
  /// because another one can be given.
  ///
  /// Rows that go do not count: they go before any are put back.
  private var sameAgain: String {
    let sameRow = relations.mapping.access.hasNumbers ? "" : "a.id = h.id OR "
    return """
      FROM \(access) AS a WHERE NOT (\(isLeaving("a")))
        AND (\(sameRow)a.user_id = h.user_id AND a.company_id = h.company_id)
      """
  }

  private var samePair: String {
    """
    FROM \(access) AS a WHERE a.change_id IS NOT \(change)
      AND a.user_id = h.user_id AND a.company_id = h.company_id
    """
  }

  /// Rows in which the pair has been used again and has ended again since, unless both were undone
  /// or were one change, after which everything was as before.
  private var endedAgain: String {
    let counts =
      hasCancelled
      ? """
       AND NOT (company_access_cancelled(l.ended_change)
        AND (l.granted_change <= \(change) OR company_access_cancelled(l.granted_change)))
      """ : ""
    return """
      FROM company_access_history AS l WHERE l.user_id = h.user_id
        AND l.company_id = h.company_id AND l.ended_change > \(change)
        AND l.granted_change IS NOT l.ended_change\(counts)
      """
  }
}
