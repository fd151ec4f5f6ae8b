internal import Database

extension EntityFields {
  /// What is different between two states of a row, in the words of a list.
  ///
  /// Columns that are no field, such as the hash of a password, are not told.
  func changes(from before: RowSnapshot, to after: RowSnapshot) throws -> [FieldChange] {
    var changes: [FieldChange] = []
    for field in try fields(adding: false) {
      let (old, new) = (try value(of: field, in: before), try value(of: field, in: after))
      guard old != new else { continue }
      let before = try words(old, of: field, nil)
      let after = try words(new, of: field, nil)
      // A column that holds nothing is as good as none.
      guard before != nil || after != nil else { continue }
      changes.append(
        FieldChange(field: field.id, label: field.label, before: before, after: after))
    }
    guard let column = table.activeColumn?.text else { return changes }
    let (old, new) = (before.columns[column], after.columns[column])
    if old != new {
      changes.append(
        FieldChange(
          field: EntityFields.active, label: "Status", before: old.map(status),
          after: new.map(status)))
    }
    return changes
  }

  private func value(of field: EntityField, in row: RowSnapshot) throws -> StoredValue? {
    guard field.id == EntityFields.home, table.homeColumn == nil, let home = table.mapping.home
    else {
      return row.columns[field.column.text]
    }
    return row.rows(of: home.table.text).first?[home.company.text]
  }

  /// What a column says of being active.
  private func status(_ stored: StoredValue) -> String {
    switch table.active {
    case .always: "active"
    case .flag, .truth: stored.value == .integer(0) ? "inactive" : "active"
    case .equals(_, let value): stored.isSame(as: value) ? "active" : "inactive"
    }
  }
}

extension ChangedEntity {
  /// The rows of a change with what was different, if the record says so.
  static func describe(
    _ entities: [ChangedEntity], _ mapping: SchemaMapping, _ connection: any DatabaseSession
  ) throws -> [ChangedEntity] {
    guard entities.contains(where: { $0.before != nil || $0.after != nil }) else { return entities }
    let fields: [EntityKind: EntityFields] = [
      .user: EntityFields(try EntityTable(.user, mapping, connection)),
      .company: EntityFields(try EntityTable(.company, mapping, connection)),
    ]
    return try entities.map { entity in
      var entity = entity
      let before = RowSnapshot(json: entity.before) ?? RowSnapshot()
      // Of a deletion, the record keeps what became of other tables, too.
      let after =
        entity.event == .gone ? RowSnapshot() : RowSnapshot(json: entity.after) ?? RowSnapshot()
      entity.fields = try fields[entity.id.kind]?.changes(from: before, to: after) ?? []
      return entity
    }
  }
}
