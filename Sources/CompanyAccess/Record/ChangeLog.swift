internal import Database

extension AccessStore {
  /// Changes that a query finds, the newest first.
  ///
  /// Newest is what has the greatest number; clocks decide nothing.
  ///
  /// - Parameters:
  ///   - query: Which changes.
  ///   - before: Only changes that came before this one; nil for all. The last change of one page
  ///     gives the next.
  ///   - limit: How many at most.
  ///   - moment: The state to look at: later changes are left out.
  ///   - work: Cancels the query.
  /// - Returns: The changes, with what they were about.
  /// - Throws: What the database answers, `.cancelled`.
  public func changes(
    _ query: ChangeQuery, before: ChangeID? = nil, limit: Int, at moment: Moment = .now,
    work: Work? = nil
  ) throws(AccessError) -> [Change] {
    try read(at: moment, work) { connection, relations in
      let days = try query.late == nil ? [] : ChangeLog.decisionDays(connection)
      let log = ChangeLog(query, relations, before: before, decisionDays: days)
      return try ChangeReader(connection, relations.mapping)
        .changes(log.rest(limit: limit), log.arguments.values)
    }
  }

  /// Changes by their numbers, without what they were about.
  package func changes(numbered ids: Set<ChangeID>) throws(AccessError) -> [ChangeID: Change] {
    try read { connection in
      var arguments = Bindings()
      let numbers = KeyValuesSQL.rows(
        ids.map { .integer($0.number) }, &arguments,
        as: mapping.engine == .postgres ? "bigint" : nil)
      let changes = try connection.rows(
        "SELECT \(Change.columns("x")) FROM \(RecordTable.change) AS x WHERE x.id IN (\(numbers))",
        arguments.values
      ) { Change($0) }
      return Dictionary(changes.map { ($0.id, $0) }) { first, _ in first }
    }
  }

  /// The names of those who made changes, in order; for completions and pickers.
  public func actors(limit: Int = 1_000) throws(AccessError) -> [String] {
    try read { connection in
      try connection.rows(
        "SELECT DISTINCT actor FROM \(RecordTable.change) ORDER BY actor LIMIT ?", [.count(limit)]
      ) { $0.text(0) }
    }
  }
}

/// The SQL of a query on the changes.
struct ChangeLog {
  private(set) var arguments = Bindings()
  private var conditions: [String] = []

  /// - Parameters:
  ///   - query: Which changes.
  ///   - relations: The moment.
  ///   - before: Only changes before this one; nil for all.
  ///   - decisionDays: What `decisionDays(_:)` gives, for changes that were late.
  init(
    _ query: ChangeQuery, _ relations: Relations, before: ChangeID?,
    decisionDays: [DecisionDay] = []
  ) {
    if let before { conditions.append("x.id < \(arguments.bind(.integer(before.number)))") }
    if let last = relations.last { conditions.append("x.id <= \(last)") }
    if let actor = query.actor { conditions.append(by(actor)) }
    if let action = query.action { add("x.action =", action.rawValue) }
    if let origin = query.origin { add("x.origin =", origin.rawValue) }
    if let since = query.since { add("x.at >=", since.text) }
    if let until = query.until { add("x.at <=", until.text) }
    if let late = query.late {
      conditions.append(isLate(by: late, relations.mapping.engine, decisionDays))
    }
    if let search = query.search {
      conditions += ChangeSearch(relations).conditions(search, &arguments)
    }
    if query.user != nil || query.company != nil {
      conditions.append("x.id IN (\(concerning(query, relations)))")
    }
  }

  /// A condition: whether a change was made longer than a time after its decision.
  ///
  /// In milliseconds, because a day is no exact fraction of anything.
  private mutating func isLate(
    by late: Duration, _ engine: SQLEngine, _ days: [DecisionDay]
  ) -> String {
    func milliseconds(_ time: String) -> String {
      engine == .sqlite
        ? "CAST(round((julianday(\(time)) - 2440587.5) * 86400000) AS INTEGER)"
        : "CAST(round(EXTRACT(EPOCH FROM CAST(\(time) AS timestamptz)) * 1000) AS INTEGER)"
    }
    let ends = days.map { "WHEN x.decided_at = \(SQLText.literal($0.day)) THEN \($0.end)" }
    let endOfDay =
      engine == .sqlite
      ? milliseconds("x.decided_at, '+1 day', 'utc'")
      : ends.isEmpty ? "CAST(NULL AS INTEGER)" : "CASE \(ends.joined(separator: " ")) END"
    let decided = """
      CASE WHEN length(x.decided_at) = 10
        THEN \(endOfDay) ELSE \(milliseconds("x.decided_at")) END
      """
    let parts = late.components
    let limit = parts.seconds * 1_000 + parts.attoseconds / 1_000_000_000_000_000
    return "\(milliseconds("x.at")) - \(decided) > \(arguments.bind(.integer(limit)))"
  }

  /// A day of decisions, and its end on the local clock, in milliseconds since 1970.
  typealias DecisionDay = (day: String, end: Int64)

  /// The days of all decisions of which no time of day is known, where the engine does not know the
  /// local clock.
  static func decisionDays(_ connection: any DatabaseSession) throws -> [DecisionDay] {
    guard !(connection is Connection) else { return [] }
    let days = try connection.rows(
      "SELECT DISTINCT decided_at FROM \(RecordTable.change) WHERE length(decided_at) = 10"
        as SQLStatement
    ) { $0.text(0) }
    return days.compactMap { day in
      Timestamp(stored: day + " 00:00:00.000").millisecondsSince1970.map { start in
        (day, LocalClock.local.first(showing: start / 1_000 + 86_400) * 1_000)
      }
    }
  }

  /// The end of a query for changes `x`.
  func rest(limit: Int) -> String {
    let filter = conditions.isEmpty ? "" : "WHERE " + conditions.joined(separator: " AND ")
    return "\(filter) ORDER BY x.id DESC LIMIT \(limit)"
  }

  private mutating func add(_ comparison: String, _ text: String) {
    conditions.append("\(comparison) \(arguments.bind(.text(text)))")
  }

  /// The whole text, the name before the host, or the name of who signed in.
  private mutating func by(_ actor: String) -> String {
    let whole = arguments.bind(.text(actor))
    let start = arguments.bind(.text(actor + "@"))
    let switched = arguments.bind(.text(actor + "("))
    let inside = arguments.bind(.text("(\(actor))@"))
    return """
      (x.actor = \(whole) OR substr(x.actor, 1, length(\(start))) = \(start)
        OR substr(x.actor, 1, length(\(switched))) = \(switched)
        OR instr(x.actor, \(inside)) > 0)
      """
  }

  /// A query for the changes that concern a user, a company, or the pair of both, with all earlier
  /// holders of their ids, found along the indexes.
  private mutating func concerning(_ query: ChangeQuery, _ relations: Relations) -> String {
    let ids: [(RecordedKind, String)] = [
      query.user.map { (relations.recorded(.user), arguments.bind($0.value)) },
      query.company.map { (relations.recorded(.company), arguments.bind($0.value)) },
    ].compactMap(\.self)
    let lives = ids.map { kind, id in
      "g.\(kind.lifetimeOfGrant) IN (SELECT lifetime FROM \(kind.lifetimes) WHERE key = \(id))"
    }.joined(separator: " AND ")
    let grants = [
      (RecordTable.currentGrant, "began_change"), (RecordTable.endedGrant, "began_change"),
      (RecordTable.endedGrant, "ended_change"),
    ].map { table, change in "SELECT g.\(change) FROM \(table) AS g WHERE \(lives)" }
    let entities = ids.map { kind, id in
      let events = relations.entityEvents([kind.kind], lifetime: "l.key = \(id)") {
        "\($0) IS NOT NULL"
      }
      return "SELECT change_id FROM \(events)"
    }
    return (grants + entities).joined(separator: " UNION ALL ")
  }
}
