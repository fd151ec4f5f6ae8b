internal import Database

// The attributes that the tables of the record have columns for. A mapping that names a column less
// than before leaves its column where it is: what the record knows of it stays. One that names a
// column more adds it.

extension Schema {
  /// Compares a table of the record with what it should be.
  ///
  /// - Parameters:
  ///   - item: The table as it should be.
  ///   - sql: The statement that made the table that is there.
  /// - Returns: The attributes for which it has no column; nil if it is otherwise not as it was made.
  func lackingAttributes(of item: Item, _ sql: String?) -> [SQLName]? {
    guard sql != item.sql else { return [] }
    let kinds = mapping.recordedKinds
    guard let sql, let kind = kinds.first(where: { [$0.lifetimes, $0.former].contains(item.name) })
    else { return nil }
    let (before, after) = Schema.around(attributesOf: kind, in: item.name)
    guard sql.hasPrefix(before), sql.hasSuffix(after), sql.count > before.count + after.count else {
      return nil
    }
    let names = sql.dropFirst(before.count).dropLast(after.count).split(separator: ", ")
      .map(String.init)
    guard names.allSatisfy(kind.canHave), Set(names).count == names.count else { return nil }
    return kind.attributes.map(\.name).filter { !names.contains($0.text) }
  }

  /// The tables of the record that lack attributes, with these.
  func lackingAttributes(_ objects: SchemaObjects) -> [(table: SQLName, attributes: [SQLName])] {
    recordTables.compactMap { item in
      guard let there = objects.named(item.name.text),
        let lacking = lackingAttributes(of: item, there.sql), !lacking.isEmpty
      else { return nil }
      return (item.name, lacking)
    }
  }
}

extension RecordedKind {
  /// Whether the record has an attribute of this name for some mapping.
  fileprivate func canHave(_ name: String) -> Bool {
    switch kind {
    case .user:
      ["name", "full_name", "email", "role", "active", "scope"].contains(name)
        || name.hasPrefix("full_name_") && Int(name.dropFirst("full_name_".count)) != nil
    case .company: ["name", "code", "active", "scope"].contains(name)
    }
  }
}
