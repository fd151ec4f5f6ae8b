internal import Database

/// Reads changes with what they were about.
struct ChangeReader {
  private let connection: any DatabaseSession
  private let relations: Relations

  init(_ connection: any DatabaseSession, _ mapping: SchemaMapping) {
    self.connection = connection
    relations = Relations(mapping: mapping, moment: .now)
  }

  /// A change; nil when there is none with the number.
  func change(_ id: ChangeID) throws -> Change? {
    try changes("WHERE x.id = ?", [.integer(id.number)]).first
  }

  /// The changes `x` that the end of a query picks and orders.
  func changes(_ rest: String, _ arguments: [Value] = []) throws -> [Change] {
    var changes = try connection.rows(
      "SELECT \(Change.columns("x")) FROM \(RecordTable.change) AS x \(rest)", arguments
    ) { Change($0) }
    try describe(&changes)
    return changes
  }

  /// Looks up what changes were about.
  func describe(_ changes: inout [Change]) throws {
    for index in changes.indices {
      changes[index].subject = try subject(of: changes[index])
      if [.policy, .operators, .undo, .undoTo].contains(changes[index].action) {
        let id = changes[index].id
        changes[index].policy = try RecordedSetting<Policy>(connection).made(by: id)
        changes[index].operators = try RecordedSetting<OperatorList>(connection).made(by: id)
      }
      guard changes[index].action == .restore else { continue }
      changes[index].restoration =
        try RestorationNote.all(
          where: "x.id = ?", [.integer(changes[index].id.number)], connection
        ).first
    }
  }

  // MARK: - What a change was about

  private func subject(of change: Change) throws -> ChangeSubject? {
    let counts = try counts(of: change.id)
    let number = counts.map(\.number).reduce(0, +)
    let entities =
      (1...ChangeSubject.named).contains(number) ? try entities(of: change.id) : []
    let pairs =
      (1...ChangeSubject.named).contains(change.added + change.removed)
      ? try pairs(of: change.id) : []
    let isCounted =
      (ChangeSubject.named + 1...ChangeSubject.counted).contains(change.added + change.removed)
    let extent = isCounted ? try extent(of: change.id) : nil
    guard number > 0 || !pairs.isEmpty || extent != nil else { return nil }
    return ChangeSubject(entities: entities, counts: counts, pairs: pairs, extent: extent)
  }

  private func events(of change: ChangeID) -> String {
    relations.entityEvents { "\($0) = \(change)" }
  }

  private func counts(of change: ChangeID) throws -> [ChangeSubject.Count] {
    try connection.rows(
      """
      SELECT e.kind, e.event, count(*) FROM (
        SELECT DISTINCT kind, event, lifetime FROM \(events(of: change))) AS e
      GROUP BY e.kind, e.event ORDER BY e.kind DESC, e.event DESC
      """
    ) {
      ChangeSubject.Count(
        kind: EntityKind(rawValue: $0.text(0)) ?? .user, event: ChangedEntity.Event($0.text(1)),
        number: $0.int(2))
    }
  }

  private func entities(of change: ChangeID) throws -> [ChangeSubject.Entity] {
    try connection.rows(
      """
      SELECT e.kind, e.event, coalesce(min(e.name), min(e.id)) FROM \(events(of: change)) AS e
      GROUP BY e.kind, e.event, e.lifetime
      ORDER BY e.kind DESC, e.event DESC, 3 LIMIT \(ChangeSubject.named)
      """
    ) {
      ChangeSubject.Entity(
        kind: EntityKind(rawValue: $0.text(0)) ?? .user, event: ChangedEntity.Event($0.text(1)),
        name: $0.text(2))
    }
  }

  private func pairs(of change: ChangeID) throws -> [ChangeSubject.Pair] {
    let names = LifetimeNames(relations)
    func columns(_ outcome: PairOutcome) -> String {
      """
      SELECT '\(outcome.rawValue)', \(names.name(.user, "g.user_lifetime", after: change.number)),
        \(names.name(.company, "g.company_lifetime", after: change.number)),
        \(names.code("g.company_lifetime", after: change.number))
      """
    }
    return try connection.rows(
      """
      \(columns(.granted)) FROM \(RecordTable.currentGrant) AS g WHERE g.began_change = \(change)
      UNION ALL \(columns(.granted)) FROM \(RecordTable.endedGrant) AS g
      WHERE g.began_change = \(change)
      UNION ALL \(columns(.revoked)) FROM \(RecordTable.endedGrant) AS g
      WHERE g.ended_change = \(change)
      ORDER BY 1, 2, 3 LIMIT \(ChangeSubject.named)
      """
    ) {
      ChangeSubject.Pair(
        user: $0.text(1), company: $0.text(2), companyCode: $0.optionalText(3),
        outcome: PairOutcome(rawValue: $0.text(0)) ?? .granted)
    }
  }

  /// How many users and companies the pairs of a change are of.
  private func extent(of change: ChangeID) throws -> ChangeSubject.Extent? {
    let names = LifetimeNames(relations)
    let pairs = [
      (RecordTable.currentGrant, "began_change"), (RecordTable.endedGrant, "began_change"),
      (RecordTable.endedGrant, "ended_change"),
    ].map { table, column in
      "SELECT g.user_lifetime AS u, g.company_lifetime AS c FROM \(table) AS g WHERE g.\(column) = \(change)"
    }.joined(separator: " UNION ALL ")
    return try connection.first(
      """
      SELECT n.users, n.companies, \(names.name(.user, "n.u", after: change.number)),
        coalesce(\(names.code("n.c", after: change.number)),
          \(names.name(.company, "n.c", after: change.number)))
      FROM (SELECT count(DISTINCT p.u) AS users, count(DISTINCT p.c) AS companies,
        min(p.u) AS u, min(p.c) AS c FROM (\(pairs)) AS p) AS n WHERE n.users > 0
      """
    ) {
      ChangeSubject.Extent(
        users: $0.int(0), companies: $0.int(1), user: $0.int(0) == 1 ? $0.text(2) : nil,
        company: $0.int(1) == 1 ? $0.text(3) : nil)
    }
  }
}

extension Change {
  /// What `init` reads, of a row of the changes under its own name.
  static let columns = columns("\(RecordTable.change)")

  /// The same, where the table of the changes has another name.
  static func columns(_ change: String) -> String {
    let isCounted = "\(change).origin = '\(Origin.external.rawValue)'"
    func count(_ table: SQLName, _ column: String) -> String {
      "(SELECT count(*) FROM \(table) AS n WHERE n.\(column) = \(change).id)"
    }
    let began =
      "\(count(RecordTable.currentGrant, "began_change")) + "
      + count(RecordTable.endedGrant, "began_change")
    return """
      \(change).id, \(change).at, \(change).actor, \(change).origin, \(change).action,
      \(change).reason,
      \(change).added + CASE WHEN \(isCounted) THEN \(began) ELSE 0 END,
      \(change).removed + CASE WHEN \(isCounted)
        THEN \(count(RecordTable.endedGrant, "ended_change")) ELSE 0 END,
      \(change).undoes, \(change).ticket, \(change).decided_at
      """
  }

  init(_ row: borrowing Row) {
    self.init(
      id: ChangeID(row.integer(0)), at: row.timestamp(1), actor: row.text(2),
      origin: Origin(rawValue: row.text(3)) ?? .external,
      action: ChangeAction(rawValue: row.text(4)) ?? .external, reason: row.optionalText(5),
      ticket: row.optionalText(9), decidedAt: row.optionalTimestamp(10), added: row.int(6),
      removed: row.int(7), undoes: row.changeID(8))
  }
}

extension ChangedEntity.Event {
  /// The event with this name in `Relations.entityEvents`.
  init(_ name: String) {
    self =
      switch name {
      case "gone": .gone
      case "made": .made
      case "known": .firstKnown
      default: .edited
      }
  }
}
