internal import Database

/// What the inverse of a change would touch, as SQL.
///
/// What the change granted and still stands goes. What it ended is put back, unless that would
/// undo a later change with it, or give the grant to a later holder of the id. Later changes that
/// have been undone, and their undos, do not count: changes can be undone one after another,
/// backwards. Told to overwrite, it makes every pair what it was before the change, against all later
/// changes and for the present holders of the ids.
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
  let hasLater: Bool
  /// Whether some grants began with it.
  private let hasBegun: Bool
  /// Whether there are users or companies that came back by an undo.
  private let hasContinued: Bool
  /// Whether there are lifetimes that have ended, and whose users or companies are there or come back.
  private let hasSame: Bool
  private let sameLifetimes: [EntityKind: Set<Int64>]
  /// The lifetimes that have ended, and whose users or companies are there now, also where they go with it.
  private let presentLifetimes: [EntityKind: Set<Int64>]
  /// Those of the later changes that have been undone, with their undos.
  let cancelled: Set<Int64>

  var change: Int64 { target.number }
  var users: RecordedKind { relations.recorded(.user) }
  var companies: RecordedKind { relations.recorded(.company) }
  var access: String { relations.mapping.access.grants }

  /// What has not happened need not be asked of every row.
  init(
    _ connection: any DatabaseSession, _ relations: Relations, _ target: UndoTarget,
    overwrites: Bool,
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
    sameLifetimes = same.lifetimes
    presentLifetimes = same.present
    if hasSame || !same.present.isEmpty {
      let (lifetimes, present) = (same.lifetimes, same.present)
      try (connection as? Connection)?.register(
        function: "company_access_is_same", arguments: 2, deterministic: true
      ) { values in
        guard case .text(let name) = values[0], case .integer(let lifetime) = values[1] else {
          return .integer(0)
        }
        let kind: EntityKind = name.hasPrefix("user") ? .user : .company
        let among = name.hasSuffix("now") ? present : lifetimes
        return .integer(among[kind]?.contains(lifetime) == true ? 1 : 0)
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
    try (connection as? Connection)?.register(
      function: "company_access_cancelled", arguments: 1, deterministic: true
    ) { values in
      guard case .integer(let number)? = values.first else { return .integer(0) }
      return .integer(cancelled.contains(number) ? 1 : 0)
    }
  }

  /// Those of the changes after one that have been undone, with their undos.
  ///
  /// Each undo comes after what it undoes, so from the newest on each is decided by later ones.
  static func cancelled(
    _ connection: any DatabaseSession, after change: ChangeID
  ) throws -> Set<Int64> {
    var cancelled: Set<Int64> = []
    try connection.forEach(
      """
      SELECT id, undoes, action = ?2 FROM \(RecordTable.change)
      WHERE id > ?1 AND (undoes > ?1 OR action = ?2) ORDER BY id DESC
      """, [.integer(change.number), .text(ChangeAction.undoTo.rawValue)]
    ) { row in
      let (undo, undone) = (row.integer(0), row.integer(1))
      guard !cancelled.contains(undo) else { return }
      if !row.bool(2) {
        cancelled.formUnion([undo, undone])
      } else if undone < undo {
        cancelled.formUnion(max(undone, change.number) + 1...undo)
      }
    }
    return cancelled
  }

  /// The lifetimes that have ended, and whose users or companies are there or come back with it; and those
  /// whose users or companies are there now.
  private static func same(
    _ connection: any DatabaseSession, _ relations: Relations, _ steps: [EntityUndo.Step]
  ) throws -> (
    isContinued: Bool, lifetimes: [EntityKind: Set<Int64>], present: [EntityKind: Set<Int64>]
  ) {
    var isContinued = false
    var lifetimes: [EntityKind: Set<Int64>] = [:]
    var present: [EntityKind: Set<Int64>] = [:]
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
      for (lifetime, last) in continued where open.contains(last) {
        present[kind.kind, default: []].insert(lifetime)
        if !leaving.contains(last) { lifetimes[kind.kind, default: []].insert(lifetime) }
      }
      for step in steps where step.restores && step.id.kind == kind.kind {
        lifetimes[kind.kind, default: []].formUnion(step.lives)
      }
    }
    return (isContinued, lifetimes, present)
  }

  /// Whether a later change has been undone, or is such an undo.
  func isCancelled(_ change: ChangeID) -> Bool { cancelled.contains(change.number) }

  /// A condition: whether an expression is a later change that counts.
  func isLater(_ other: String) -> String {
    if relations.mapping.engine == .postgres, !cancelled.isEmpty {
      let numbers = cancelled.sorted().map(String.init).joined(separator: ", ")
      return "(\(other) > \(change) AND \(other) NOT IN (\(numbers)))"
    }
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
  ///
  /// - Parameters:
  ///   - kind: Of which the lifetime is.
  ///   - row: The row.
  ///   - now: Whether it is asked who is there now, and not who will be.
  /// - Returns: The condition.
  func isSame(_ kind: EntityKind, _ row: String, now: Bool = false) -> String {
    var ways = ["\(row).ended_change IS NULL"]
    let leaving = leaving.filter { $0.id.kind == kind }.map { String($0.lifetime) }
    if !now, !leaving.isEmpty {
      ways[0] += " AND \(row).lifetime NOT IN (\(leaving.joined(separator: ", ")))"
    }
    if now ? !presentLifetimes.isEmpty : hasSame {
      ways.append(isAmongSame(kind, "\(row).lifetime", now))
    }
    return "(\(ways.joined(separator: " OR ")))"
  }

  /// A condition: whether a lifetime, an expression, is one of those that have ended and whose users or
  /// companies are there or come back.
  private func isAmongSame(_ kind: EntityKind, _ lifetime: String, _ now: Bool) -> String {
    guard relations.mapping.engine == .postgres else {
      return "company_access_is_same('\(kind.rawValue)\(now ? " now" : "")', \(lifetime))"
    }
    let among = now ? presentLifetimes : sameLifetimes
    let numbers = among[kind, default: []].sorted().map(String.init)
    return numbers.isEmpty ? "FALSE" : "\(lifetime) IN (\(numbers.joined(separator: ", ")))"
  }

  /// A condition: whether two grants are of the same user and company, of which one has the lifetimes
  /// `hu` and `hk`; as `isSame`.
  func isSamePair(
    _ other: String, _ user: String, _ company: String, now: Bool = false
  ) -> String {
    guard hasContinued || overwrites else {
      return """
        \(other).user_lifetime = \(user).lifetime AND \(other).company_lifetime = \(company).lifetime
        """
    }
    func lives(_ kind: RecordedKind, _ row: String) -> String {
      let same = overwrites ? "" : " AND \(isSame(kind.kind, "n", now: now))"
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
    let stays = "EXISTS (\(sameRow("g", "lu", "lk", row)))"
    return begun + " AND (NOT \(stays)\(goesWithParent(row).map { " OR " + $0 } ?? ""))"
  }

  /// A condition: whether a row of the access table goes because the user or company that has its id now
  /// is removed; nil if none is.
  func goesWithParent(_ row: String) -> String? {
    let tests = EntityKind.allCases.compactMap { kind -> String? in
      let lifetimes = leaving.filter { $0.id.kind == kind }.map { String($0.lifetime) }
      guard !lifetimes.isEmpty else { return nil }
      let recorded = relations.recorded(kind)
      return """
        \(row).\(recorded.column) IN (SELECT o.key FROM \(recorded.lifetimes) AS o
          WHERE o.lifetime IN (\(lifetimes.joined(separator: ", "))))
        """
    }
    return tests.isEmpty ? nil : "(" + tests.joined(separator: " OR ") + ")"
  }

  /// A query for a row that stood and stands again, as an undo leaves it.
  private func sameRow(_ grant: String, _ user: String, _ company: String, _ row: String) -> String
  {
    """
    SELECT 1 FROM \(RecordTable.endedGrant) AS s WHERE \(isSamePair("s", user, company))
      AND \(wasEnded("s")) AND s.id IS \(row).id AND s.created_at IS \(row).created_at
      AND s.modified_at IS \(row).modified_at
    """
  }

  /// `FROM` and `WHERE` of the grants that go, under the name `a`.
  var standing: String {
    guard hasBegun, cancelled.isEmpty, !overwrites else {
      return "FROM \(access) AS a WHERE a.\(leavingRows)"
    }
    return "FROM \(begun("a"))"
  }

  /// Whether a row of the access table goes: what the change granted, also if it has ended since
  /// and that was undone; if it overwrites, also what later changes granted again, unless the
  /// change itself ended an earlier grant of the pair.
  ///
  /// The `+` keeps SQLite from looking up all of them for each pair.
  func isLeaving(_ row: String) -> String { "+\(row).\(leavingRows)" }

  /// A condition for a row of the access table, which is to stand before it with a dot.
  private var leavingRows: String {
    guard hasBegun else { return "rowid IS NULL" }
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
      // Who goes with it takes the grants along.
      queries.append(
        """
        \(again) AND \(isSame(.user, "lu", now: true)) AND \(isSame(.company, "lk", now: true))
          AND \(isUntouched("lu", "lk", now: true))
        """)
    }
    return "rowid IN (\(queries.joined(separator: "\n  UNION ALL ")))"
  }
}
