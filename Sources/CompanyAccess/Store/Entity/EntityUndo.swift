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

/// The inverse of what a change did to users and companies themselves.
struct EntityUndo {
  /// What is to happen to one of them.
  struct Step {
    enum Inverse {
      /// Puts the deleted row back.
      case restore(RowSnapshot, RowSnapshot)
      /// Takes away what was made.
      case remove
      /// Makes an edited row what it was.
      case revert(to: RowSnapshot, from: RowSnapshot)
    }

    let id: EntityID
    let name: String?
    let inverse: Inverse
    /// Why it is left alone; nil if it is not.
    var obstacle: EntityObstacle?
    /// Columns that are empty because the record does not say what they held.
    var missing: [String] = []

    var restores: Bool {
      if case .restore = inverse, obstacle == nil { true } else { false }
    }
  }

  let connection: Connection
  let relations: Relations
  let change: ChangeID
  let overwrites: Bool
  private(set) var steps: [Step] = []
  private let tables: [EntityKind: EntityTable]

  private var mapping: SchemaMapping { relations.mapping }

  init(
    _ connection: Connection, _ relations: Relations, _ change: ChangeID, overwrites: Bool
  ) throws {
    self.connection = connection
    self.relations = relations
    self.change = change
    self.overwrites = overwrites
    let rows = try connection.rows(
      """
      SELECT e.kind, e.id, e.name, e.gone, e.before, e.after FROM company_access_entity AS e
      WHERE e.change_id = ? ORDER BY e.rowid DESC
      """, [.integer(change.number)]
    ) { row in
      (
        id: row.text(0) == "user" ? EntityID.user(row.userID(1)) : .company(row.companyID(1)),
        name: row.optionalText(2), isGone: row.bool(3), before: row.optionalText(4),
        after: row.optionalText(5)
      )
    }
    // Most changes are about grants alone.
    tables =
      rows.isEmpty
      ? [:]
      : [
        .user: try EntityTable(.user, relations.mapping, connection),
        .company: try EntityTable(.company, relations.mapping, connection),
      ]
    let sql =
      try rows.isEmpty ? nil : UndoSQL(connection, relations, change, overwrites: overwrites)
    for row in rows {
      guard let sql, let table = tables[row.id.kind] else { continue }
      let before = RowSnapshot(json: row.before)
      let after = RowSnapshot(json: row.after) ?? RowSnapshot()
      let step =
        if row.isGone {
          try restore(table, row.id, row.name, before, after)
        } else if let before {
          try revert(table, row.id, row.name, before, after)
        } else {
          try remove(table, row.id, row.name, sql)
        }
      if let step { steps.append(step) }
    }
  }

  /// Those that come back.
  var restored: [EntityID] { steps.filter(\.restores).map(\.id) }

  // MARK: - A deletion

  private func restore(
    _ table: EntityTable, _ id: EntityID, _ name: String?, _ before: RowSnapshot?,
    _ after: RowSnapshot
  ) throws -> Step? {
    if let there = try table.row(id.key) {
      let now = there[table.label.text]?.words ?? ""
      // Who has come back already needs no help, and of whom the record kept nothing but the name,
      // the pairs tell who has the id now.
      if before == nil || Array(now.utf8) == Array((name ?? "").utf8) { return nil }
      return Step(
        id: id, name: name, inverse: .restore(RowSnapshot(), after), obstacle: .idTaken(by: now))
    }
    var kept = try before ?? lastKnown(table, id)
    let unknown = table.columns.filter { kept.columns[$0.name.text] == nil }.map(\.name.text)
    kept.columns[table.key.text] = StoredValue(id.key.value)
    if kept.columns[table.label.text] == nil, let name {
      kept.columns[table.label.text] = StoredValue(.text(name))
    }
    let now = StoredValue(.text(Timestamp.now.text))
    for column in [table.createdAt, table.modifiedAt].compactMap({ $0?.text })
    where kept.columns[column] == nil && table.column(SQLName(foreign: column))?.isNotNull == true {
      kept.columns[column] = now
    }
    if case .equals(let column, let value) = table.active, kept.columns[column.text] == nil {
      kept.columns[column.text] = StoredValue(.text(value))
    }
    var step = Step(id: id, name: name, inverse: .restore(kept, after))
    step.missing = before == nil ? unknown.filter { kept.columns[$0] == nil } : []
    step.obstacle = try obstacle(table, kept.columns, id.key)
    return step
  }

  /// What the record says of a row that another program has deleted.
  private func lastKnown(_ table: EntityTable, _ id: EntityID) throws -> RowSnapshot {
    var known = RowSnapshot()
    try connection.forEach(
      """
      SELECT after FROM company_access_entity
      WHERE kind = ? AND id = ? AND gone = 0 AND change_id < ? ORDER BY change_id, rowid
      """, [.text(table.kind.rawValue), id.key.value, .integer(change.number)]
    ) { row in
      guard let after = RowSnapshot(json: row.optionalText(0)) else { return }
      for column in after.columns.columns where table.column(SQLName(foreign: column.name)) != nil {
        known.columns[column.name] = column.value
      }
    }
    return known
  }

  /// Why a row cannot be put into its table.
  private func obstacle(
    _ table: EntityTable, _ row: RowValues, _ id: Key
  ) throws -> EntityObstacle? {
    let needed = table.columns.filter { column in
      column.isNotNull && !column.hasDefault
        && row[column.name.text].map { $0.value == .null } ?? true
        && !(column.name.text == table.key.text)
    }.map(\.name.text)
    if !needed.isEmpty { return .notKept(columns: needed) }
    for column in table.uniqueColumns.sorted() {
      guard let value = row[column], value.value != .null, column != table.key.text else {
        continue
      }
      if let other = try owner(of: value, SQLName(foreign: column), table, not: id) {
        return .nameTaken(by: other)
      }
    }
    for (name, value) in row.columns where value.value != .null {
      guard let parent = try table.parent(of: SQLName(foreign: name)) else { continue }
      let found = try connection.count(
        "SELECT count(*) FROM \(parent.table) WHERE \(parent.column) = ?", [value.value])
      if found == 0 { return .lacks(table: parent.table.text) }
    }
    return nil
  }

  /// Who else has a value that may be there once.
  private func owner(
    of value: StoredValue, _ column: SQLName, _ table: EntityTable, not id: Key
  ) throws -> String? {
    var arguments = Bindings()
    let wanted = value.sql(&arguments)
    let own = arguments.bind(id.value)
    return try connection.first(
      """
      SELECT \(table.label), \(table.key) FROM \(table.table)
      WHERE \(column) = \(wanted) AND \(table.key) IS NOT \(own)
      """, arguments.values
    ) { "\($0.text(0)), id \(Key($0.value(1)))" }
  }

  // MARK: - An edit

  private func revert(
    _ table: EntityTable, _ id: EntityID, _ name: String?, _ before: RowSnapshot,
    _ after: RowSnapshot
  ) throws -> Step? {
    var step = Step(id: id, name: name, inverse: .revert(to: before, from: after))
    guard let row = try table.row(id.key) else {
      step.obstacle = .changedSince(by: try later(id))
      return step
    }
    if before.columns.columns.allSatisfy({ row[$0.name] == $0.value }), before.tables.isEmpty {
      return nil
    }
    let isAsLeft = after.columns.columns.allSatisfy { row[$0.name] == $0.value }
    if !isAsLeft, !overwrites { step.obstacle = .changedSince(by: try later(id)) }
    if let homes = try HomeTable(mapping, connection), step.obstacle == nil {
      let rows = after.rows(of: homes.home.table.text)
      if try rows.contains(where: { try homes.count($0) == 0 }) {
        step.obstacle = .changedSince(by: try later(id))
      }
    }
    for (column, value) in before.columns.columns
    where step.obstacle == nil && table.uniqueColumns.contains(column) && value.value != .null {
      let other = try owner(of: value, SQLName(foreign: column), table, not: id.key)
      step.obstacle = other.map { .nameTaken(by: $0) }
    }
    return step
  }

  /// The newest change that came later and touched it.
  private func later(_ id: EntityID) throws -> ChangeID? {
    try connection.first(
      """
      SELECT max(change_id) FROM company_access_entity WHERE kind = ? AND id = ? AND change_id > ?
      """, [.text(id.kind.rawValue), id.key.value, .integer(change.number)]
    ) { $0.changeID(0) } ?? nil
  }

  // MARK: - One who was made

  private func remove(
    _ table: EntityTable, _ id: EntityID, _ name: String?, _ sql: UndoSQL
  ) throws -> Step? {
    guard let row = try table.row(id.key) else { return nil }
    let now = row[table.label.text]?.words
    var step = Step(id: id, name: now ?? name, inverse: .remove)
    let column = id.kind == .user ? "user_id" : "company_id"
    let grants = try connection.count(
      """
      SELECT count(*) FROM \(mapping.access.table) AS a WHERE a.\(column) = ?
        AND NOT (\(sql.isLeaving("a")))
      """, [id.key.value])
    if grants > 0 {
      step.obstacle = .hasGrants(grants)
      return step
    }
    if !overwrites, let later = try uncancelled(id, sql) {
      step.obstacle = .changedSince(by: later)
      return step
    }
    let references = try Deletion(table: table, id: id).references()
    if !references.isEmpty { step.obstacle = .referred(references) }
    return step
  }

  /// The newest later change of it that has not been undone.
  private func uncancelled(_ id: EntityID, _ sql: UndoSQL) throws -> ChangeID? {
    try connection.rows(
      """
      SELECT DISTINCT change_id FROM company_access_entity
      WHERE kind = ? AND id = ? AND change_id > ? ORDER BY change_id DESC
      """, [.text(id.kind.rawValue), id.key.value, .integer(change.number)]
    ) { ChangeID($0.integer(0)) }.first { !sql.isCancelled($0) }
  }

  // MARK: - Carrying out

  /// Puts back who is to come back, before grants are put back; the others when grants have gone.
  func perform(restoring: Bool, as newChange: ChangeID) throws {
    let writer = EntityWriter(connection: connection, mapping: mapping, change: newChange)
    for step in steps where step.obstacle == nil && step.restores == restoring {
      guard let table = tables[step.id.kind] else { continue }
      switch step.inverse {
      case .restore(let before, let after):
        try writer.restore(table, step.id.key, before, after)
      case .remove: try writer.delete(table, step.id)
      case .revert(let before, let after):
        try writer.revert(table, step.id.key, to: before, from: after)
      }
    }
  }
}

// MARK: - In a plan

extension EntityUndo {
  /// How many steps are looked at one by one for the question who is left.
  private static let foreseen = 200

  /// The tables as they will be.
  func whatIf() throws -> TableOverlay {
    var whatIf = TableOverlay()
    for step in steps.prefix(EntityUndo.foreseen) where step.obstacle == nil {
      guard let table = tables[step.id.kind] else { continue }
      let row: RowValues?
      switch step.inverse {
      case .remove: row = nil
      case .restore(let kept, _): row = kept.columns
      case .revert(let before, _):
        guard var now = try table.row(step.id.key) else { continue }
        for column in before.columns.columns { now[column.name] = column.value }
        row = now
      }
      whatIf.put(row, inPlaceOf: step.id.key, key: table.key, in: table.table, table.columns)
    }
    return whatIf
  }

  /// Puts into a plan what happens to users and companies.
  func describe(_ plan: inout Plan) throws {
    let done = steps.filter { $0.obstacle == nil }
    let leftAlone = steps.compactMap { step in
      step.obstacle.map { PlanNotice.entityLeftAlone(step.id, name: step.name, $0) }
    }
    plan.entities = try done.map(planned)
    plan.entitiesLeftAlone = leftAlone.count
    plan.notices += leftAlone.prefix(Plan.namedEntities)
    if leftAlone.count > Plan.namedEntities {
      plan.notices.append(.moreEntitiesLeftAlone(leftAlone.count - Plan.namedEntities))
    }
    plan.notices += done.filter { !$0.missing.isEmpty }.prefix(Plan.namedEntities).map {
      .restoredInPart($0.id, name: $0.name, missing: $0.missing)
    }
    plan.cascades = try cascades(done)
    plan.nameToType = nameToType(plan)
    var (users, companies) = (plan.before.users, plan.before.companies)
    for entity in plan.entities where entity.event != .edited {
      let step = entity.event == .made ? 1 : -1
      if entity.kind == .user { users += step } else { companies += step }
    }
    var arguments = Bindings()
    let prefix = try whatIf().prefix(&arguments)
    let permitted = try PlanQueries(connection: connection, relations: relations)
      .permitted(prefix, arguments)
    plan.after = Coverage(
      users: users, companies: companies, grants: plan.after.grants, orphans: plan.after.orphans,
      permitted: permitted ?? users * companies)
  }

  /// What a deletion asks for, asked for whatever leads to it.
  private func nameToType(_ plan: Plan) -> String? {
    let deleted = plan.entities.filter { $0.event == .gone }
    guard plan.removed > 0, let first = deleted.first else { return nil }
    return deleted.count == 1 ? first.name : "delete \(deleted.count)"
  }

  private func planned(_ step: Step) throws -> PlannedEntity {
    var event = ChangedEntity.Event.edited
    var fields: [FieldChange] = []
    switch step.inverse {
    case .restore: event = .made
    case .remove: event = .gone
    case .revert(let before, let after):
      if let table = tables[step.id.kind] {
        fields = try EntityFields(table).changes(from: after, to: before)
      }
    }
    return PlannedEntity(
      kind: step.id.kind, id: step.id, name: step.name ?? step.id.key.description,
      code: try code(step.id), event: event, fields: fields)
  }

  /// The code of a company that is there.
  private func code(_ id: EntityID) throws -> String? {
    guard case .company(let id) = id else { return nil }
    return try connection.first(
      "SELECT c.code FROM \(relations.companies()[0]) AS c WHERE c.id = ?", [id.key.value]
    ) { $0.optionalText(0) } ?? nil
  }

  private func cascades(_ steps: [Step]) throws -> [Cascade] {
    guard let homes = try HomeTable(mapping, connection) else { return [] }
    let table = homes.home.table.text
    var (broughtBack, deleted, detached) = (0, 0, 0)
    for step in steps {
      switch step.inverse {
      case .restore(let before, _): broughtBack += before.rows(of: table).count
      case .remove:
        let rows = try homes.rows(of: step.id)
        if try homes.rows(rows, without: step.id).isEmpty {
          deleted += rows.count
        } else {
          detached += rows.count
        }
      case .revert: break
      }
    }
    return [
      Cascade(table: table, rows: deleted, effect: .deleted),
      Cascade(table: table, rows: detached, effect: .detached),
      Cascade(table: table, rows: broughtBack, effect: .broughtBack),
    ].filter { $0.rows > 0 }
  }
}
