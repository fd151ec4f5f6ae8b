internal import Database

/// Why something that happened to a user or company is not taken back.
public enum EntityObstacle: Hashable, Sendable {
  /// It was changed since, by this change, or by another program.
  case changedSince(by: ChangeID?)
  /// Another user or company has the id now.
  case idTaken(by: String)
  /// Another one is called so now.
  case nameTaken(by: String)
  /// It has been given so many grants since.
  case hasGrants(Int)
  /// Other rows refer to it.
  case referred([Reference])
  /// The record does not say what these columns held, and the database takes no row without them.
  case notKept(columns: [String])
  /// What it refers to is not there any more: a table.
  case lacks(table: String)
}

/// The inverse of what changes did to users and companies themselves.
///
/// What happened to one of them in several changes becomes one step, from what it is now to what it was.
struct EntityUndo {
  /// What is to happen to one of them.
  struct Step {
    enum Inverse {
      /// Puts the deleted row back.
      case restore(RowSnapshot, RowSnapshot)
      /// Takes away what was made, with the rows of other tables that came with it.
      case remove(RowSnapshot)
      /// Makes an edited row what it was.
      case revert(to: RowSnapshot, from: RowSnapshot)
    }

    let id: EntityID
    /// Its lifetimes on the record, the last one at the end; an undo begins another one.
    let lives: [Int64]
    let name: String?
    var inverse: Inverse
    /// Why it is left alone; nil if it is not.
    var obstacle: EntityObstacle?
    /// What is empty because the record does not say what it held.
    var missing: [String] = []

    var lifetime: Int64 { lives.last ?? 0 }

    var restores: Bool {
      if case .restore = inverse { true } else { false }
    }
    var removes: Bool {
      if case .remove = inverse { true } else { false }
    }
  }

  /// What changes did to one user or company, the last thing first.
  struct History {
    let id: EntityID
    let lives: [Int64]
    var events: [Event]
  }

  struct Event {
    /// Its place among those of all, the last thing first.
    let place: Int
    let lifetime: Int64
    let change: ChangeID
    let event: ChangedEntity.Event
    let name: String?
    let before: RowSnapshot?
    let after: RowSnapshot?
    /// Of one that came back: the rows of employees that its deletion had left, in whose place its own
    /// came.
    var left: [RowValues] = []
  }

  let connection: any DatabaseSession
  let relations: Relations
  let target: UndoTarget
  let overwrites: Bool
  var steps: [Step] = []
  /// Where the steps of an id are.
  private(set) var places: [EntityID: [Int]] = [:]
  let tables: [EntityKind: EntityTable]
  /// What becomes of rows of employees that several changes touched, by whose they are.
  private var dependents: [EntityID: DependentRows] = [:]

  var mapping: SchemaMapping { relations.mapping }

  init(
    _ connection: any DatabaseSession, _ relations: Relations, _ target: UndoTarget,
    overwrites: Bool
  ) throws {
    self.connection = connection
    self.relations = relations
    self.target = target
    self.overwrites = overwrites
    var histories = try EntityUndo.histories(connection, relations, target)
    try EntityUndo.noteLeft(&histories, connection, relations)
    // Most changes are about grants alone.
    guard !histories.isEmpty else {
      tables = [:]
      return
    }
    tables = [
      .user: try EntityTable(.user, relations.mapping, connection),
      .company: try EntityTable(.company, relations.mapping, connection),
    ]
    if case .everythingAfter = target, let homes = try HomeTable(mapping, connection) {
      dependents = try homes.changes(of: histories)
    }
    for history in histories {
      if let table = tables[history.id.kind], let step = try step(table, history) {
        places[step.id, default: []].append(steps.endIndex)
        steps.append(step)
      }
    }
    try findObstacles(UndoSQL(connection, relations, target, overwrites: overwrites))
  }

  private static func histories(
    _ connection: any DatabaseSession, _ relations: Relations, _ target: UndoTarget
  ) throws -> [History] {
    var lineages: [EntityKind: Lineage] = [:]
    for kind in EntityKind.allCases {
      lineages[kind] = try Lineage(relations.recorded(kind), connection)
    }
    var histories: [History] = []
    var places: [EntityID: [Int64: Int]] = [:]
    var count = 0
    try connection.forEach(
      """
      SELECT e.kind, e.id, e.lifetime, e.change_id, e.event, e.name, e.before, e.after
      FROM \(relations.entityEvents { target.contains($0) }) AS e WHERE NOT (\(isOnlyDated(target)))
      ORDER BY e.change_id DESC, e.entry DESC NULLS LAST, e.lifetime DESC
      """
    ) { row in
      let kind: EntityKind = row.text(0) == "user" ? .user : .company
      let id = EntityID(kind, relations.recorded(kind).keys.key(row.value(1)))
      guard let lineage = lineages[id.kind] else { return }
      let event: ChangedEntity.Event =
        switch row.text(4) {
        case "made", "known": .made
        case "gone": .gone
        default: .edited
        }
      let lifetime = row.integer(2)
      let lives = lineage.lives(of: lifetime)
      let place = places[id]?[lives[0]] ?? histories.endIndex
      if place == histories.endIndex {
        histories.append(History(id: id, lives: lives, events: []))
        places[id, default: [:]][lives[0]] = place
      }
      histories[place].events.append(
        Event(
          place: count, lifetime: lifetime, change: row.changeID(3) ?? ChangeID(0), event: event,
          name: row.optionalText(5), before: RowSnapshot(json: row.optionalText(6)),
          after: RowSnapshot(json: row.optionalText(7))))
      count += 1
    }
    return histories
  }

  /// A condition for the event `e`: the change is only the first that knows the user or company, so
  /// that its undo deletes none.
  ///
  /// What a reconciliation found has come since the change before.
  private static func isOnlyDated(_ target: UndoTarget) -> String {
    guard case .change = target else { return "FALSE" }
    return """
      e.event = 'known' AND NOT EXISTS (SELECT 1 FROM \(RecordTable.change) AS h
        WHERE h.id = e.change_id AND h.action = '\(ChangeAction.found.rawValue)')
      """
  }

  /// Looks up what was left of those who came back by an undo.
  private static func noteLeft(
    _ histories: inout [History], _ connection: any DatabaseSession, _ relations: Relations
  ) throws {
    guard let home = relations.mapping.home else { return }
    for place in histories.indices where histories[place].lives.count > 1 {
      let (kind, lives) = (histories[place].id.kind, histories[place].lives)
      for number in histories[place].events.indices {
        let event = histories[place].events[number]
        guard event.event == .made, let life = lives.firstIndex(of: event.lifetime), life > 0 else {
          continue
        }
        let after = try connection.first(
          """
          SELECT after FROM \(RecordTable.rowImage)
          WHERE kind = ? AND lifetime = ? AND before IS NOT NULL ORDER BY entry DESC LIMIT 1
          """, [.text(kind.rawValue), .integer(lives[life - 1])]
        ) { $0.optionalText(0) }
        histories[place].events[number].left =
          RowSnapshot(json: after ?? nil)?.rows(of: home.table.text) ?? []
      }
    }
  }

  // MARK: - Steps

  private func step(_ table: EntityTable, _ history: History) throws -> Step? {
    guard let last = history.events.first, let first = history.events.last else { return nil }
    let row = try table.row(history.id.key)
    let isThere = try row != nil && isOpen(history)
    switch (wasThere: first.event != .made, isGone: last.event == .gone) {
    case (wasThere: false, isGone: true): return nil
    case (wasThere: false, isGone: false):
      guard isThere else { return nil }
      var made = RowSnapshot(tables: first.after?.tables ?? [])
      var left = first.left
      if case .everythingAfter = target {
        made.tables = rows(of: history).now
        left = rows(of: history).then.flatMap(\.rows)
      }
      if let homes = try HomeTable(mapping, connection), !left.isEmpty {
        let left = Set(left.map { homes.key($0) })
        for place in made.tables.indices {
          made.tables[place].rows.removeAll { left.contains(homes.key($0)) }
        }
      }
      return Step(
        id: history.id, lives: history.lives, name: try row.flatMap(table.name) ?? last.name,
        inverse: .remove(made))
    case (wasThere: true, isGone: true):
      return isThere ? nil : try restoring(table, history, last)
    case (wasThere: true, isGone: false):
      return try reverting(table, history, last, isThere ? row : nil)
    }
  }

  /// Whether the row that has the key now is the one of a history.
  private func isOpen(_ history: History) throws -> Bool {
    let open = try connection.first(
      """
      SELECT lifetime FROM \(relations.recorded(history.id.kind).lifetimes)
      WHERE key = ? AND ended_change IS NULL
      """, [history.id.key.value]
    ) { $0.integer(0) }
    return open.map { history.lives.contains($0) } ?? false
  }

  private func restoring(_ table: EntityTable, _ history: History, _ last: Event) throws -> Step? {
    // Of what another program deleted the pairs tell who has the id now.
    if case .change = target, last.before == nil, try table.row(history.id.key) != nil {
      return nil
    }
    var kept = try state(table, history)
    let unknown = table.columns.filter { kept.columns[$0.name.text] == nil }.map(\.name.text)
    kept.columns[table.key.text] = StoredValue(history.id.key.value)
    if table.lookup == nil, kept.columns[table.label.text] == nil, let name = last.name,
      !SealText.isForgotten(name)
    {
      kept.columns[table.label.text] = StoredValue(.text(name))
    }
    let now = StoredValue(.text(Timestamp.now.text))
    for column in [table.createdAt, table.modifiedAt].compactMap({ $0?.text })
    where kept.columns[column] == nil && table.column(SQLName(foreign: column))?.isNotNull == true {
      kept.columns[column] = now
    }
    if case .equals(let column, let value) = table.active, kept.columns[column.text] == nil {
      kept.columns[column.text] = StoredValue(value)
    }
    var left = last.after ?? RowSnapshot()
    if case .everythingAfter = target { (left.tables, kept.tables) = rows(of: history) }
    var step = Step(
      id: history.id, lives: history.lives, name: last.name, inverse: .restore(kept, left))
    step.missing = last.before == nil ? unknown.filter { kept.columns[$0] == nil } : []
    return step
  }

  private func reverting(
    _ table: EntityTable, _ history: History, _ last: Event, _ row: RowValues?
  ) throws -> Step? {
    var before = try state(table, history)
    var after = RowSnapshot()
    if case .everythingAfter = target {
      before.columns.columns.removeAll { row?[$0.name] == $0.value }
      for (name, _) in before.columns.columns { after.columns[name] = row?[name] }
      (after.tables, before.tables) = rows(of: history)
      if before.isEmpty { return nil }
    } else {
      after = try last.after ?? attributes(table, last, after: true)
      if last.after == nil {
        before.columns.columns.removeAll { after.columns[$0.name] == $0.value }
        after.columns.columns.removeAll { before.columns[$0.name] == nil }
      }
      let isAsBefore = row.map { row in
        before.columns.columns.allSatisfy { row[$0.name] == $0.value }
      }
      if isAsBefore == true, before.tables.isEmpty { return nil }
    }
    return Step(
      id: history.id, lives: history.lives, name: last.name,
      inverse: .revert(to: before, from: after))
  }

  /// The rows of employees that become others with one of several changes: as they are, and as they
  /// were.
  private func rows(
    of history: History
  ) -> (now: [RowSnapshot.DependentRow], then: [RowSnapshot.DependentRow]) {
    guard let rows = dependents[history.id], let home = mapping.home else { return ([], []) }
    let table = home.table.text
    return ([.init(table: table, rows: rows.now)], [.init(table: table, rows: rows.then)])
  }

  // MARK: - What the record says of rows

  /// What a row held before the events of a history: all columns where it was deleted since, else those
  /// that were edited.
  private func state(_ table: EntityTable, _ history: History) throws -> RowSnapshot {
    var state = RowSnapshot()
    for event in history.events {
      switch event.event {
      case .made, .firstKnown: state = RowSnapshot()
      case .gone: state = try event.before ?? lastKnown(table, history, event)
      case .edited:
        let before = try event.before ?? attributes(table, event, after: false)
        for column in before.columns.columns { state.columns[column.name] = column.value }
        if !before.tables.isEmpty { state.tables = before.tables }
      }
    }
    return state
  }

  /// What the record says of a row that another program has deleted: its attributes, and of other
  /// columns what this program wrote into them last.
  private func lastKnown(
    _ table: EntityTable, _ history: History, _ event: Event
  ) throws -> RowSnapshot {
    var known = RowSnapshot()
    let lives = history.lives.map(String.init).joined(separator: ", ")
    try connection.forEach(
      """
      SELECT after FROM \(RecordTable.rowImage)
      WHERE kind = ? AND lifetime IN (\(lives)) AND change <= ? ORDER BY change, entry
      """, [.text(table.kind.rawValue), .integer(event.change.number)]
    ) { row in
      guard let after = RowSnapshot(json: row.optionalText(0)) else { return }
      for column in after.columns.columns where table.column(SQLName(foreign: column.name)) != nil {
        known.columns[column.name] = column.value
      }
    }
    for column in try attributes(table, event, after: false).columns.columns {
      known.columns[column.name] = column.value
    }
    return known
  }

  /// The attributes of a row before an event, or after it, as columns of the application.
  private func attributes(
    _ table: EntityTable, _ event: Event, after: Bool
  ) throws -> RowSnapshot {
    let recorded = relations.recorded(table.kind)
    let columns = recorded.attributes.filter { attribute in table.column(attribute.column) != nil }
    let list = columns.map(\.name.description).joined(separator: ", ")
    let names = columns.map(\.column.text)
    var createdAt: StoredValue?
    let found = try connection.first(
      """
      SELECT \(list) FROM \(recorded.former)
      WHERE lifetime = ? AND ended_change \(after ? ">" : ">=") ? ORDER BY ended_change LIMIT 1
      """, [.integer(event.lifetime), .integer(event.change.number)]
    ) { RowValues($0, names: names) }
    let current = try connection.first(
      "SELECT created_at, \(list) FROM \(recorded.lifetimes) WHERE lifetime = ?",
      [.integer(event.lifetime)]
    ) { row in
      createdAt = StoredValue(row, 0)
      return RowValues(row, names: names, from: 1)
    }
    var known = RowSnapshot(columns: found ?? current ?? RowValues())
    if event.event == .gone, let column = recorded.createdAt, let createdAt,
      createdAt.value != .null
    {
      known.columns[column.text] = createdAt
    }
    let named = table.lookup?.column ?? table.label
    if case .text(let name)? = known.columns[named.text]?.value, SealText.isForgotten(name) {
      known.columns[named.text] = nil
    }
    return known
  }
}
