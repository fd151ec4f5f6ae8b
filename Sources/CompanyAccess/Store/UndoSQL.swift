internal import Database

/// What is taken back: one change, or everything after one.
enum UndoTarget: Hashable, Sendable {
  case change(ChangeID)
  case everythingAfter(ChangeID)

  /// The number of the change.
  var number: Int64 {
    switch self {
    case .change(let change), .everythingAfter(let change): change.number
    }
  }

  /// A condition for the changes that are taken back.
  func contains(_ change: String) -> String {
    switch self {
    case .change(let one): "\(change) = \(one)"
    case .everythingAfter(let last): "\(change) > \(last)"
    }
  }
}

/// What the inverse of a change would touch, as SQL.
///
/// What the change granted and still stands goes. What it ended is put back, unless that would
/// undo a later change with it, or give the grant to a later holder of the id. Later changes that
/// have been undone, and their undos, do not count: changes can be undone one after another,
/// backwards. Told to overwrite, it makes every pair what it was before the change, whatever came
/// later and whoever has the ids now.
///
/// The statements call an ended grant `h`, the lifetimes of its user and its company `hu` and `hk`, and
/// the rows that its user and its company have now `u` and `c`.
struct UndoSQL {
  let relations: Relations
  /// What is taken back; the number stands in the text, because every part needs it.
  let target: UndoTarget
  /// Whether pairs are put back to what they were although they have been changed since.
  let overwrites: Bool
  /// The users and companies that come back with it.
  private let returning: [EntityUndo.Step]
  /// The users and companies that go with it.
  private let leaving: [EntityUndo.Step]
  /// Whether other changes have come since.
  private let hasLater: Bool
  /// Whether some grants began with it.
  private let hasBegun: Bool
  /// Whether there are users or companies that came back by an undo.
  private let hasContinued: Bool
  /// Whether there are lifetimes that have ended, and whose users or companies are there or come back.
  private let hasSame: Bool
  /// Those of the later changes that have been undone, with their undos.
  private let cancelled: Set<Int64>

  private var change: Int64 { target.number }
  private var users: RecordedKind { relations.recorded(.user) }
  private var companies: RecordedKind { relations.recorded(.company) }
  private var access: SQLName { relations.mapping.access.table }

  /// What has not happened need not be asked of every row.
  init(
    _ connection: Connection, _ relations: Relations, _ target: UndoTarget, overwrites: Bool,
    steps: [EntityUndo.Step] = []
  ) throws {
    self.relations = relations
    self.overwrites = overwrites
    self.target = target
    let done = steps.filter { $0.obstacle == nil }
    returning = done.filter(\.restores)
    leaving = done.filter(\.removes)
    func isThere(_ rows: String) throws -> Bool {
      try connection.count("SELECT EXISTS (SELECT 1 FROM \(rows))") > 0
    }
    hasBegun = try [RecordTable.currentGrant, RecordTable.endedGrant].contains {
      try isThere("\($0) WHERE \(target.contains("began_change"))")
    }
    let same = try UndoSQL.same(connection, relations, done)
    hasContinued = same.isContinued
    hasSame = !same.lifetimes.isEmpty
    if hasSame {
      let lifetimes = same.lifetimes
      try connection.register(
        function: "company_access_is_same", arguments: 2, deterministic: true
      ) { values in
        guard case .integer(let lifetime) = values[1] else { return .integer(0) }
        let kind: EntityKind = values[0] == .text("user") ? .user : .company
        return .integer(lifetimes[kind]?.contains(lifetime) == true ? 1 : 0)
      }
    }
    guard case .change(let change) = target else {
      (hasLater, cancelled) = (false, [])
      return
    }
    hasLater = try isThere("\(RecordTable.change) WHERE id > \(change)")
    let cancelled = try UndoSQL.cancelled(connection, after: change)
    self.cancelled = cancelled
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
  /// Each undo comes after what it undoes, so from the newest on each is decided by later ones. An undo
  /// of everything after a change says in its reason which that is.
  private static func cancelled(
    _ connection: Connection, after change: ChangeID
  ) throws -> Set<Int64> {
    var cancelled: Set<Int64> = []
    try connection.forEach(
      """
      SELECT id, undoes, CASE WHEN undoes IS NULL THEN reason END FROM \(RecordTable.change)
      WHERE id > ?1 AND (undoes > ?1 OR (action = ?2 AND undoes IS NULL)) ORDER BY id DESC
      """, [.integer(change.number), .text(ChangeAction.undo.rawValue)]
    ) { row in
      let undo = row.integer(0)
      guard !cancelled.contains(undo) else { return }
      if let undone = row.optionalInteger(1) {
        cancelled.formUnion([undo, undone])
      } else if let last = Intent.target(ofReason: row.optionalText(2)), last >= change,
        last.number < undo
      {
        cancelled.formUnion(last.number + 1...undo)
      }
    }
    return cancelled
  }

  /// The lifetimes that have ended, and whose users or companies are there or come back with it.
  private static func same(
    _ connection: Connection, _ relations: Relations, _ steps: [EntityUndo.Step]
  ) throws -> (isContinued: Bool, lifetimes: [EntityKind: Set<Int64>]) {
    var isContinued = false
    var lifetimes: [EntityKind: Set<Int64>] = [:]
    for kind in relations.mapping.recordedKinds {
      let leaving = Set(steps.filter { $0.removes && $0.id.kind == kind.kind }.map(\.lifetime))
      let continued = try Lineage(kind, connection).continued
      if !continued.isEmpty { isContinued = true }
      let open = try Set(
        connection.rows(
          """
          SELECT lifetime FROM \(kind.lifetimes)
          WHERE continues IS NOT NULL AND ended_change IS NULL
          """
        ) { $0.integer(0) })
      for (lifetime, last) in continued where open.contains(last) && !leaving.contains(last) {
        lifetimes[kind.kind, default: []].insert(lifetime)
      }
      for step in steps where step.restores && step.id.kind == kind.kind {
        lifetimes[kind.kind, default: []].formUnion(step.lives)
      }
    }
    return (isContinued, lifetimes)
  }

  /// Whether a later change has been undone, or is such an undo.
  func isCancelled(_ change: ChangeID) -> Bool { cancelled.contains(change.number) }

  /// A condition: whether an expression is a later change that counts.
  private func isLater(_ other: String) -> String {
    let counts = cancelled.isEmpty ? "" : " AND NOT company_access_cancelled(\(other))"
    return "(\(other) > \(change)\(counts))"
  }
}

// MARK: - Users and companies

extension UndoSQL {
  /// The rows of users or companies as they will be when those who come back are there, and those in
  /// whose place they come are not.
  func rows(_ kind: EntityKind) -> String {
    let now = (kind == .user ? relations.users() : relations.companies())[0]
    func numbers(_ steps: [EntityUndo.Step]) -> String {
      steps.filter { $0.id.kind == kind }.map { String($0.lifetime) }.joined(separator: ", ")
    }
    let (back, away) = (numbers(returning), numbers(returning + leaving))
    guard !away.isEmpty else { return now }
    let places = """
      SELECT o.key FROM \(relations.recorded(kind).lifetimes) AS o WHERE o.lifetime IN (\(away))
      """
    let there = "SELECT * FROM \(now) AS n WHERE n.id NOT IN (\(places))"
    guard !back.isEmpty else { return "(\(there))" }
    return """
      (\(there)
        UNION ALL SELECT * FROM \(relations.lastStates(kind, where: "o.lifetime IN (\(back))")))
      """
  }

  /// A condition: whether the user or company whose lifetime a row has is there, or comes back, and is
  /// not another one that has the same id now.
  func isSame(_ kind: EntityKind, _ row: String) -> String {
    var ways = ["\(row).ended_change IS NULL"]
    let leaving = leaving.filter { $0.id.kind == kind }.map { String($0.lifetime) }
    if !leaving.isEmpty {
      ways[0] += " AND \(row).lifetime NOT IN (\(leaving.joined(separator: ", ")))"
    }
    if hasSame { ways.append("company_access_is_same('\(kind.rawValue)', \(row).lifetime)") }
    return "(\(ways.joined(separator: " OR ")))"
  }

  /// A condition: whether two grants are of the same user and company, of which one has the lifetimes
  /// `hu` and `hk`.
  private func isSamePair(_ other: String, _ user: String, _ company: String) -> String {
    guard hasContinued || overwrites else {
      return """
        \(other).user_lifetime = \(user).lifetime AND \(other).company_lifetime = \(company).lifetime
        """
    }
    func lives(_ kind: RecordedKind, _ row: String) -> String {
      let same = overwrites ? "" : " AND \(isSame(kind.kind, "n"))"
      return "(SELECT n.lifetime FROM \(kind.lifetimes) AS n WHERE n.key = \(row).key\(same))"
    }
    return """
      \(other).user_lifetime IN \(lives(users, user))
        AND \(other).company_lifetime IN \(lives(companies, company))
      """
  }
}

// MARK: - Grants that go

extension UndoSQL {
  /// `FROM` of a table of the record with grants, their lifetimes and the rows of the access table
  /// that have their pairs.
  private func rowsOfPairs(_ table: SQLName, _ grant: String, _ row: String) -> String {
    """
    \(table) AS \(grant) CROSS JOIN \(users.lifetimes) AS lu ON lu.lifetime = \(grant).user_lifetime
      CROSS JOIN \(companies.lifetimes) AS lk ON lk.lifetime = \(grant).company_lifetime
      CROSS JOIN \(access) AS \(row) ON \(row).user_id = lu.key AND \(row).company_id = lk.key
    """
  }

  /// What began with what is taken back, under the names `g` and `b`.
  private func begun(_ row: String) -> String {
    let begun = """
      \(rowsOfPairs(RecordTable.currentGrant, "g", row)) WHERE \(target.contains("g.began_change"))
      """
    guard case .everythingAfter = target else { return begun }
    return begun + " AND NOT EXISTS (\(sameRow("g", "lu", "lk", row)))"
  }

  /// A query for a row that stood and stands again, as an undo leaves it.
  private func sameRow(_ grant: String, _ user: String, _ company: String, _ row: String) -> String
  {
    """
    SELECT 1 FROM \(RecordTable.endedGrant) AS s WHERE \(isSamePair("s", user, company))
      AND \(wasEnded("s")) AND s.id = \(row).id AND s.created_at IS \(row).created_at
      AND s.modified_at IS \(row).modified_at
    """
  }

  /// `FROM` and `WHERE` of the grants that go, under the name `a`.
  var standing: String {
    guard hasBegun, cancelled.isEmpty, !overwrites else {
      return "FROM \(access) AS a WHERE \(isLeaving("a"))"
    }
    return "FROM \(begun("a"))"
  }

  /// Whether a row of the access table goes: what the change granted, also if it has ended since
  /// and that was undone; if it overwrites, also what later changes granted again, unless the
  /// change itself ended an earlier grant of the pair.
  func isLeaving(_ row: String) -> String {
    guard hasBegun else { return "FALSE" }
    var queries = ["SELECT b.rowid FROM \(begun("b"))"]
    let again = """
      SELECT b.rowid FROM \(rowsOfPairs(RecordTable.endedGrant, "e", "b"))
      WHERE e.began_change = \(change) AND e.ended_change > \(change)
      """
    if overwrites {
      queries.append(
        """
        \(again) AND NOT EXISTS (SELECT 1 FROM \(RecordTable.endedGrant) AS p
          WHERE \(isSamePair("p", "lu", "lk"))
            AND p.ended_change = \(change) AND p.began_change IS NOT \(change))
        """)
    } else if !cancelled.isEmpty {
      queries.append(
        """
        \(again) AND \(isSame(.user, "lu")) AND \(isSame(.company, "lk"))
          AND \(isUntouched("lu", "lk"))
        """)
    }
    return "\(row).rowid IN (\(queries.joined(separator: "\n  UNION ALL ")))"
  }
}

// MARK: - Grants that come back

extension UndoSQL {
  /// A condition: whether a grant that has ended stood before what is taken back, and not after it.
  private func wasEnded(_ row: String) -> String {
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
    return """
      \(endedGrants)
      WHERE \(wasEnded("h")) AND NOT EXISTS (SELECT 1 FROM \(access) AS b
        WHERE b.user_id = hu.key AND b.company_id = hk.key AND b.id = h.id
          AND b.created_at IS h.created_at AND b.modified_at IS h.modified_at
          AND \(isSame(.user, "hu")) AND \(isSame(.company, "hk")))
      """
  }

  /// Whether a row of `ended` can be put back.
  var isRestorable: String {
    let there = ["u.id IS NOT NULL", "c.id IS NOT NULL"] + (permits.map { ["(\($0)) IS 1"] } ?? [])
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
    hu.name, hk.name, u.username, c.name, \(laterChange),
    \(permits.map { "(\($0)) IS NOT 1" } ?? "0")
    """
  }

  /// The name of the user of a row `h`, also of one who is gone; an expression.
  var userName: String { "coalesce(u.username, hu.name)" }

  /// The same of its company.
  var companyName: String { "coalesce(c.name, hk.name)" }

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
    let sameID = relations.mapping.access.hasNumbers ? "" : "a.id = h.id OR "
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

  /// Whether the pair of two lifetimes has not been granted or revoked by later changes that count.
  private func isUntouched(_ user: String, _ company: String) -> String {
    changesSince(user, company).map { "NOT EXISTS (SELECT 1 \($0.rows))" }
      .joined(separator: " AND ")
  }

  /// Later changes of the pair of two lifetimes; not one after which everything was as before.
  private func changesSince(
    _ user: String, _ company: String
  ) -> [(change: String, rows: String)] {
    let pair = isSamePair("l", user, company)
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
