internal import Database

/// What keeps users and companies from becoming what they were.
extension EntityUndo {
  /// Looks for obstacles, until none is found that comes from a step which has one itself.
  mutating func findObstacles(_ sql: UndoSQL) throws {
    var found: Bool
    repeat {
      found = false
      for place in steps.indices where steps[place].obstacle == nil {
        guard let table = tables[steps[place].id.kind] else { continue }
        steps[place].obstacle =
          switch steps[place].inverse {
          case .restore(let row, let after): try ofRestoring(table, place, row, after)
          case .remove: try ofRemoving(table, steps[place], sql)
          case .revert(let before, let after): try ofReverting(table, steps[place], before, after)
          }
        if steps[place].obstacle != nil { found = true }
      }
    } while found
  }

  /// The steps of an id that can be carried out.
  private func steps(of id: EntityID) -> [Step] {
    (places[id] ?? []).map { steps[$0] }.filter { $0.obstacle == nil }
  }

  /// Whether a row goes with the same undo.
  private func isLeaving(_ id: EntityID) -> Bool { steps(of: id).contains(where: \.removes) }

  // MARK: - A deletion

  private mutating func ofRestoring(
    _ table: EntityTable, _ place: Int, _ row: RowSnapshot, _ after: RowSnapshot
  ) throws -> EntityObstacle? {
    let id = steps[place].id
    if let there = try table.row(id.key, ofAnyKind: true), !isLeaving(id) {
      return .idTaken(by: try table.name(of: there) ?? "")
    }
    let needed = table.columns.filter { column in
      column.isNotNull && !column.hasDefault
        && row.columns[column.name.text].map { $0.value == .null } ?? true
        && !(column.name.text == table.key.text)
    }.map(\.name.text)
    if !needed.isEmpty { return .notKept(columns: needed) }
    if let taken = try taken(table, id, row.columns) { return taken }
    if let lacking = try lacking(table, row.columns) { return lacking }
    try leaveOutDependents(place, row, after)
    return nil
  }

  /// The table in which what a row refers to is not there.
  private func lacking(_ table: EntityTable, _ row: RowValues) throws -> EntityObstacle? {
    for (name, value) in row.columns where value.value != .null {
      guard let parent = try table.parent(of: SQLName(foreign: name)) else { continue }
      if try !isThere(value, parent.table, parent.column) {
        return .lacks(table: parent.table.text)
      }
    }
    return nil
  }

  /// The name that another one has by now.
  private func taken(
    _ table: EntityTable, _ id: EntityID, _ row: RowValues
  ) throws -> EntityObstacle? {
    for column in table.uniqueColumns.sorted() {
      guard let value = row[column], value.value != .null, column != table.key.text,
        let other = try owner(of: value, column, table, not: id), !gives(other.id, column)
      else { continue }
      return .nameTaken(by: other.name)
    }
    return nil
  }

  /// Whether a row loses what it has in a column with the same undo.
  private func gives(_ id: EntityID, _ column: String) -> Bool {
    steps(of: id).contains { step in
      switch step.inverse {
      case .remove: return true
      case .restore: return false
      case .revert(let before, _): return before.columns[column] != nil
      }
    }
  }

  /// Who else has a value that may be there once.
  func owner(
    of value: StoredValue, _ column: String, _ table: EntityTable, not id: EntityID
  ) throws -> (id: EntityID, name: String)? {
    var arguments = Bindings()
    let wanted = value.sql(&arguments, mapping.engine)
    let own = arguments.bind(id.key.value)
    return try connection.first(
      """
      SELECT l.\(table.label), l.\(table.key) FROM \(table.rows("l"))
      WHERE l.\(SQLName(foreign: column)) = \(wanted) AND l.\(table.key) IS NOT \(own)
      """, arguments.values
    ) {
      let key = Key($0.value(1))
      return (EntityID(table.kind, key), "\($0.text(0)), id \(key)")
    }
  }

  /// Whether what a column refers to is there, or comes back with the same undo.
  private func isThere(
    _ value: StoredValue, _ parent: SQLName, _ column: SQLName
  ) throws -> Bool {
    for table in tables.values
    where table.table.text == parent.text && table.key.text == column.text {
      let steps = steps(of: EntityID(table.kind, Key(value.value)))
      if steps.contains(where: \.restores) { return true }
      if steps.contains(where: \.removes) { return false }
    }
    return try connection.count(
      "SELECT EXISTS (SELECT 1 FROM \(parent) WHERE \(column) = ?)", [value.value]) > 0
  }

  /// Takes out of a step what the table of employees would not take: rows of those who are gone stay
  /// without them, as their deletion would have left them, or away.
  private mutating func leaveOutDependents(
    _ place: Int, _ row: RowSnapshot, _ after: RowSnapshot
  ) throws {
    guard let homes = try HomeTable(mapping, connection) else { return }
    let name = homes.home.table.text
    let rows = row.rows(of: name)
    guard !rows.isEmpty else { return }
    // What was left of them may be another's by now.
    let isLeft = try after.rows(of: name).allSatisfy { try homes.count($0) > 0 }
    let fitting =
      try isLeft
      ? homes.fitting(rows, after.rows(of: name), isThere: isThere) : []
    guard fitting != rows else { return }
    var kept = row
    kept.tables = [.init(table: name, rows: fitting)]
    steps[place].inverse = .restore(kept, isLeft ? after : RowSnapshot())
    if fitting.count < rows.count { steps[place].missing.append(name) }
  }

  // MARK: - An edit

  private func ofReverting(
    _ table: EntityTable, _ step: Step, _ before: RowSnapshot, _ after: RowSnapshot
  ) throws -> EntityObstacle? {
    guard let row = try table.row(step.id.key), try isOpen(step) else {
      return .changedSince(by: try later(step))
    }
    let isAsLeft = after.columns.columns.allSatisfy { row[$0.name] == $0.value }
    if !isAsLeft, !overwrites { return .changedSince(by: try later(step)) }
    if let homes = try HomeTable(mapping, connection) {
      let (name, left) = (homes.home.table.text, after.rows(of: homes.home.table.text))
      if try left.contains(where: { try homes.count($0) == 0 }) {
        return .changedSince(by: try later(step))
      }
      if try homes.fitting(before.rows(of: name), left, isThere: isThere) != before.rows(of: name) {
        return .lacks(table: mapping.companies.table.text)
      }
    }
    return try taken(table, step.id, before.columns) ?? lacking(table, before.columns)
  }

  private func isOpen(_ step: Step) throws -> Bool {
    try connection.count(
      """
      SELECT EXISTS (SELECT 1 FROM \(relations.recorded(step.id.kind).lifetimes)
        WHERE lifetime = ? AND ended_change IS NULL)
      """, [.integer(step.lifetime)]) > 0
  }

  /// The later changes that touched one, the newest first.
  private func laterChanges(_ step: Step) throws -> [ChangeID] {
    let lives = step.lives.map(String.init).joined(separator: ", ")
    let events = relations.entityEvents(
      [step.id.kind], lifetime: "l.lifetime IN (\(lives))"
    ) { "\($0) > \(target.number)" }
    return try connection.rows(
      "SELECT DISTINCT e.change_id FROM \(events) AS e ORDER BY e.change_id DESC"
    ) { ChangeID($0.integer(0)) }
  }

  private func later(_ step: Step) throws -> ChangeID? { try laterChanges(step).first }

  // MARK: - One who was made

  private func ofRemoving(
    _ table: EntityTable, _ step: Step, _ sql: UndoSQL
  ) throws -> EntityObstacle? {
    let column = relations.recorded(step.id.kind).column
    let grants = try connection.count(
      """
      SELECT count(*) FROM \(mapping.access.grants) AS a WHERE a.\(column) = ?
        AND NOT (\(sql.isLeaving("a")))
      """, [step.id.key.value])
    if grants > 0 { return .hasGrants(grants) }
    if !overwrites, case .change = target,
      let later = try laterChanges(step).first(where: { !sql.isCancelled($0) })
    {
      return .changedSince(by: later)
    }
    var references = try Deletion(table: table, id: step.id).references()
    if step.id.kind == .company, !references.isEmpty {
      // Users who belong to a company and go with it, or belong to another one then.
      let members = try members(of: step.id)
      references.removeAll { $0.table == mapping.users.table.text && $0.rows <= members }
    }
    return references.isEmpty ? nil : .referred(references)
  }

  /// How many of the users who belong to a company do not after the same undo.
  private func members(of company: EntityID) throws -> Int {
    guard let users = tables[.user], let home = users.homeColumn else { return 0 }
    return try steps.count { step in
      guard step.id.kind == .user, step.obstacle == nil, !step.restores,
        let row = try users.row(step.id.key), row[home.text]?.value == company.key.value
      else { return false }
      if case .revert(let before, _) = step.inverse { return before.columns[home.text] != nil }
      return true
    }
  }
}
