internal import Database

/// What there was at the beginning of the period of a report, what came and went in it, and whether that
/// leads to what there is at the end.
struct ReportBalance {
  private let connection: any DatabaseSession
  private let mapping: SchemaMapping
  /// The last change before the period; 0 for the beginning of the record.
  let opening: Int64
  /// From which change on pairs are still kept, if that is later than `opening`.
  private let kept: RetentionStart?
  /// The last change of the period.
  private let closing: Int64
  private let isOnRecord: Bool
  private let relations: Relations
  private let writer: ReportWriter

  /// How many changes that do not add up are named.
  private static let named = 10

  init(_ writer: ReportWriter) throws {
    connection = writer.reader.connection
    mapping = writer.relations.mapping
    relations = writer.relations
    self.writer = writer
    isOnRecord = relations.isOnRecord
    closing = isOnRecord ? relations.last ?? .max : 0
    let before = try connection.first(
      "SELECT max(id) FROM \(RecordTable.change) WHERE at < ? AND id <= ?",
      [.text(writer.from.text), .integer(closing)]
    ) { $0.optionalInteger(0) }
    opening = (before ?? nil) ?? 0
    let start = try RetentionStart(connection)
    let first = opening
    kept = start.flatMap { $0.change.number > first ? $0 : nil }
  }

  /// The change after which pairs are counted.
  private var first: Int64 { kept?.change.number ?? opening }

  private func isInPeriod(_ change: String) -> String {
    "\(change) > \(first) AND \(change) <= \(closing)"
  }

  func write(to folder: inout ReportFolder, _ content: inout ReportContent) throws {
    if let kept {
      content.notices.append(
        "what ended before \(kept.time.localMinuteAndZone) has been pruned to a file: movements are listed "
          + "from change \(kept.change.number + 1) on, and the opening balance is that before it")
    }
    content.notices += try RestorationNote.all(
      where: "x.id > ? AND x.id <= ?", [.integer(opening), .integer(closing)], connection
    ).map(\.description)
    try count(&content)
    try writeMovements(to: &folder, &content)
    try writePeople(to: &folder, &content)
    try compare(&content)
  }

  // MARK: - Balances

  private func count(_ content: inout ReportContent) throws {
    // Before the record nothing moves: what there was is what there is.
    let before =
      isOnRecord ? Relations(mapping: mapping, moment: .after(ChangeID(first))) : relations
    content.figures.openingGrants = try connection.count("SELECT \(before.count())")
    content.figures.openingUsers = try connection.count("SELECT \(before.countOfUsers)")
    content.figures.openingCompanies = try connection.count("SELECT \(before.countOfCompanies)")
  }

  /// Changes whose own counts differ from the pairs that the record has of them, and differences between
  /// the tables and the record.
  private func compare(_ content: inout ReportContent) throws {
    let ours = "x.origin <> '\(Origin.external.rawValue)'"
    func count(_ table: SQLName, _ column: String) -> String {
      "(SELECT count(*) FROM \(table) AS g WHERE g.\(column) = x.id)"
    }
    let added =
      count(RecordTable.currentGrant, "began_change") + " + "
      + count(RecordTable.endedGrant, "began_change")
    let removed = count(RecordTable.endedGrant, "ended_change")
    let wrong = try connection.rows(
      """
      SELECT x.id, x.added, \(added) AS a, x.removed, \(removed) AS r
      FROM \(RecordTable.change) AS x
      WHERE \(ours) AND \(isInPeriod("x.id")) AND (x.added <> \(added) OR x.removed <> \(removed))
      ORDER BY x.id
      """
    ) { row in
      """
      change \(row.int(0)) says it granted \(row.int(1)) and ended \(row.int(3)), and the record has \
      \(row.int(2)) and \(row.int(4))
      """
    }
    content.figures.unbalancedChanges = wrong.count
    content.notices += wrong.prefix(ReportBalance.named).map { "the record does not add up: \($0)" }
    if wrong.count > ReportBalance.named {
      content.notices.append(
        "so do \(wrong.count - ReportBalance.named) more changes of the period")
    }
    let differences = try Reconciliation(mapping: mapping).counts(connection)
    guard !differences.isEmpty else { return }
    content.notices.append(
      """
      the tables differ from the record at present: \(differences.added) users and companies are not \
      on it, \(differences.deleted) are only on it, \(differences.edited) are others; of grants \
      \(differences.granted) are not on it, and \(differences.revoked) are only on it
      """)
  }

  // MARK: - Movements

  private func writeMovements(
    to folder: inout ReportFolder, _ content: inout ReportContent
  ) throws {
    let file = try folder.create(ReportWriter.movements)
    try file.header([
      "change", "at", "event", "user_id", "user", "company_id", "company", "actor", "origin",
      "action", "reason", "ticket", "decided_at", "lag_days",
    ])
    // One change after another, so that however many pairs there are, none has to be kept.
    let queries = [(isGranted: true, sql: granted), (false, ended)]
    try connection.forEach(
      "SELECT \(Change.columns) FROM \(RecordTable.change) WHERE \(isInPeriod("id")) ORDER BY id"
    ) { row in
      let change = Change(row)
      let month = String(change.at.localMinute.prefix(7))
      let head = [change.id.description, change.at.rfc3339]
      let tail = [
        change.actor, change.origin.rawValue, change.action.rawValue, change.reason, change.ticket,
        change.decidedAt?.text, ReportBalance.lag(change).map(String.init),
      ]
      for (isGranted, sql) in queries {
        try connection.forEach(sql, [.integer(change.id.number)]) { row in
          if isGranted { content.figures.granted += 1 } else { content.figures.revoked += 1 }
          if isGranted {
            content.months[month, default: (0, 0)].granted += 1
          } else {
            content.months[month, default: (0, 0)].ended += 1
          }
          try file.row(
            head + [
              isGranted ? "granted" : "ended", row.userID(0).description, row.optionalText(1),
              row.companyID(2).description, row.optionalText(3),
            ] + tail)
        }
      }
    }
    try folder.finish(file, ReportWriter.movements, hasRows: true)
  }

  /// Whole days between a decision and its change; nil if it is not known when it was decided.
  static func lag(_ change: Change) -> Int64? {
    guard let from = change.decidedAt?.millisecondsSince1970,
      let to = change.at.millisecondsSince1970
    else { return nil }
    return Int64((Double(to - from) / 86_400_000).rounded(.down))
  }

  /// A query for the pairs that the change `?1` granted.
  ///
  /// Whether they stand or have ended since does not change their order.
  private var granted: String {
    let pairs = [RecordTable.currentGrant, RecordTable.endedGrant].map { table in
      """
      SELECT g.user_lifetime AS u, g.company_lifetime AS c FROM \(table) AS g
      WHERE g.began_change = ?1
      """
    }
    return named("\(pairs.joined(separator: " UNION ALL ")) ORDER BY u, c", "m.u, m.c")
  }

  /// A query for the pairs that the change `?1` ended.
  private var ended: String {
    named(
      """
      SELECT g.user_lifetime AS u, g.company_lifetime AS c, g.began_change AS b, g.entry AS e
      FROM \(RecordTable.endedGrant) AS g WHERE g.ended_change = ?1
      ORDER BY g.began_change, g.entry
      """, "m.b NULLS FIRST, m.e")
  }

  /// The pairs of a query with their keys, and their names after the change `?1`.
  private func named(_ pairs: String, _ order: String) -> String {
    let (users, companies) = (relations.recorded(.user), relations.recorded(.company))
    let names = LifetimeNames(relations)
    // With a limit SQLite keeps the order of the pairs, and has nothing to sort.
    let order = mapping.engine == .postgres ? " ORDER BY \(order)" : ""
    return """
      SELECT lu.key, \(names.known(.user, "lu.lifetime", after: "?1")),
        lk.key, \(names.known(.company, "lk.lifetime", after: "?1"))
      FROM (\(pairs) LIMIT -1) AS m
      CROSS JOIN \(users.lifetimes) AS lu ON lu.lifetime = m.u
      CROSS JOIN \(companies.lifetimes) AS lk ON lk.lifetime = m.c\(order)
      """
  }

  private func writePeople(
    to folder: inout ReportFolder, _ content: inout ReportContent
  ) throws {
    let file = try folder.create(ReportWriter.people)
    try file.header([
      "change", "at", "event", "kind", "id", "name", "actor", "origin", "action", "reason",
      "ticket",
      "decided_at",
    ])
    let events = relations.entityEvents { isInPeriod($0) }
    let none = [Int](repeating: 0, count: ReportWriter.steps)
    var (users, companies) = (none, none)
    try connection.forEach(
      """
      SELECT e.change_id, x.at, e.event, e.kind, e.id, e.name, x.actor, x.origin, x.action,
        x.reason, x.ticket, x.decided_at
      FROM (SELECT DISTINCT change_id, event, kind, lifetime, id, name FROM \(events)) AS e
      LEFT JOIN \(RecordTable.change) AS x ON x.id = e.change_id
      ORDER BY e.change_id, e.kind DESC, \(mapping.text("e.name")), e.lifetime, e.event DESC
      """
    ) { row in
      let event = ChangedEntity.Event(row.text(2))
      let isUser = row.text(3) == EntityKind.user.rawValue
      content.figures.count(event, isUser: isUser)
      let step = writer.step(of: row.timestamp(1))
      let more = event == .gone ? -1 : event == .edited ? 0 : 1
      if isUser { users[step] += more } else { companies[step] += more }
      let id = isUser ? row.userID(4).description : row.companyID(4).description
      let word =
        switch event {
        case .made: "added"
        case .firstKnown: ReportWriter.firstKnown
        case .edited: "edited"
        case .gone: "deleted"
        }
      try file.row(
        [row.changeID(0)?.description, row.timestamp(1).rfc3339, word, row.text(3), id]
          + (5...11).map { row.optionalText($0) })
    }
    content.population = zip(
      ReportWriter.series(users, end: content.figures.coverage.users),
      ReportWriter.series(companies, end: content.figures.coverage.companies)
    ).map { (users: $0, companies: $1) }
    try folder.finish(file, ReportWriter.people, hasRows: true)
  }
}
