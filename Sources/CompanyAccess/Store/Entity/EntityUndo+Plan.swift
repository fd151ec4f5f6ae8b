internal import Database

extension EntityUndo {
  /// How many steps are looked at one by one for the question who is left.
  private static let foreseen = 200

  /// What can be carried out.
  var possible: [Step] { steps.filter { $0.obstacle == nil } }

  /// The tables as they will be.
  func whatIf() throws -> TableOverlay {
    var whatIf = TableOverlay(mapping)
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
    let done = possible
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

  /// What a deletion asks for, asked for also where an undo leads to it.
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
      case .remove(let made):
        let rows = try homes.rows(of: step.id)
        let left = try homes.rows(rows, without: step.id, and: made.rows(of: table))
        deleted += rows.count - left.count
        detached += left.count
      case .revert: break
      }
    }
    return [
      Cascade(table: table, rows: deleted, effect: .deleted),
      Cascade(table: table, rows: detached, effect: .detached),
      Cascade(table: table, rows: broughtBack, effect: .broughtBack),
    ].filter { $0.rows > 0 }
  }

  // MARK: - Carrying out

  /// Makes users and companies what they were, between the grants that go and those that come back.
  ///
  /// Who has a name that another one gets back loses it first.
  func perform(as newChange: ChangeID) throws {
    let steps = possible
    guard !steps.isEmpty else { return }
    let writer = EntityWriter(connection: connection, mapping: mapping, change: newChange)
    let wanted = try namesInTheWay(steps)
    for (id, columns) in wanted where !steps.contains(where: { $0.id == id && $0.removes }) {
      guard let table = tables[id.kind] else { continue }
      try table.update(id.key, columns)
    }
    let inOrder =
      steps.filter { $0.removes && wanted[$0.id] != nil }
      + steps.filter { !$0.removes && !$0.restores }
      + steps.filter { $0.removes && wanted[$0.id] == nil } + steps.filter(\.restores)
    if mapping.engine == .postgres { return try carryOutInAnyOrder(inOrder, writer) }
    // They are looked at in the end, because rows may refer to others that come back later.
    try connection.execute("PRAGMA defer_foreign_keys = ON")
    for step in inOrder { try carryOut(step, writer) }
  }

  private func carryOut(_ step: Step, _ writer: EntityWriter) throws {
    guard let table = tables[step.id.kind] else { return }
    switch step.inverse {
    case .remove(let made): try writer.delete(table, step.id, with: made)
    case .revert(let before, let after):
      try writer.revert(table, step.id.key, to: before, from: after)
    case .restore(let before, let after):
      try writer.restore(table, step.id.key, before, after, continuing: step.lifetime)
    }
  }

  /// A server looks at most foreign keys at once: a step that it refuses is tried again when others
  /// have been carried out, as long as one of them can be.
  private func carryOutInAnyOrder(_ steps: [Step], _ writer: EntityWriter) throws {
    var waiting = steps
    while !waiting.isEmpty {
      var refused: [Step] = []
      var reason: DatabaseError?
      for step in waiting {
        do {
          try connection.atSavepoint { try carryOut(step, writer) }
        } catch let error as DatabaseError where error.isConstraint {
          refused.append(step)
          reason = error
        }
      }
      if let reason, refused.count == waiting.count { throw reason }
      waiting = refused
    }
  }

  /// The rows that have what must be there once and what another row gets back, with what they hold
  /// until they get their own.
  private func namesInTheWay(_ steps: [Step]) throws -> [EntityID: RowValues] {
    var found: [EntityID: RowValues] = [:]
    for step in steps {
      guard let table = tables[step.id.kind] else { continue }
      let row: RowValues
      switch step.inverse {
      case .remove: continue
      case .restore(let before, _):
        row = before.columns
        if try table.row(step.id.key) != nil { found[step.id] = RowValues() }
      case .revert(let before, _): row = before.columns
      }
      for column in table.uniqueColumns {
        guard let value = row[column], value.value != .null, column != table.key.text,
          let owner = try owner(of: value, column, table, not: step.id)
        else { continue }
        let of = table.column(SQLName(foreign: column))
        let other = TimeOrderedID.next().suffix(mapping.engine == .postgres ? of?.length ?? 32 : 32)
        found[owner.id, default: RowValues()][column] =
          of?.isNotNull == false ? StoredValue(.null) : StoredValue(.text(String(other)))
      }
    }
    return found
  }
}
