extension Connection {
  /// What the file says of its tables.
  package func catalog() throws -> SchemaCatalog {
    // A module that is not there is still listed, and asked for its columns it would fail.
    let names = try rows(
      """
      SELECT l.name, l.type FROM temp.pragma_table_list AS l
      WHERE l.schema = 'main' AND l.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY l.name
      """
    ) { (name: $0.text(0), type: $0.text(1)) }
    return SchemaCatalog(
      tables: try names.filter { $0.type != "shadow" }.map { try table($0.name, $0.type) })
  }

  private func table(_ name: String, _ type: String) throws -> SchemaCatalog.Table {
    let table = SQLName(foreign: name)
    let keys = try rows(
      "SELECT name FROM temp.pragma_table_xinfo(\(Value.text(name)), 'main') WHERE pk > 0 ORDER BY pk"
    ) { $0.text(0) }
    return SchemaCatalog.Table(
      schema: "main", name: name,
      kind: type == "view" ? .view : type == "virtual" ? .foreign : .table,
      columns: try columns(table, keys), primaryKey: keys, foreignKeys: try foreignKeys(name),
      indexes: try indexes(name), triggers: try triggers(name))
  }

  private func columns(
    _ table: SQLName, _ keys: [String]
  ) throws -> [SchemaCatalog.Column] {
    try rows(
      """
      SELECT name, type, "notnull", dflt_value, pk, hidden
      FROM temp.pragma_table_xinfo(\(Value.text(table.text)), 'main') WHERE hidden <> 1 ORDER BY cid
      """
    ) { row in
      let isRowID = keys == [row.text(0)] && row.text(1).uppercased() == "INTEGER"
      return SchemaCatalog.Column(
        name: row.text(0), type: row.text(1), isNullable: !row.bool(2) && !isRowID,
        defaultValue: row.optionalText(3), isIdentity: isRowID, isGenerated: row.int(5) > 1,
        collation: collation(of: SQLName(foreign: row.text(0)), in: table))
    }
  }

  private func foreignKeys(_ table: String) throws -> [SchemaCatalog.ForeignKey] {
    typealias Part = (
      id: Int, from: String, table: String, to: String?, onUpdate: String, onDelete: String
    )
    let parts: [Part] = try rows(
      """
      SELECT id, "from", "table", "to", on_update, on_delete
      FROM temp.pragma_foreign_key_list(\(Value.text(table)), 'main') ORDER BY id, seq
      """
    ) { ($0.int(0), $0.text(1), $0.text(2), $0.optionalText(3), $0.text(4), $0.text(5)) }
    return Dictionary(grouping: parts, by: \.id).sorted { $0.key < $1.key }.compactMap { _, parts in
      guard let first = parts.first else { return nil }
      return SchemaCatalog.ForeignKey(
        columns: parts.map(\.from), table: first.table, targets: parts.compactMap(\.to),
        onDelete: .init(words: first.onDelete), onUpdate: .init(words: first.onUpdate),
        // The pragma does not tell.
        isDeferrable: false)
    }
  }

  private func indexes(_ table: String) throws -> [SchemaCatalog.Index] {
    let found = try rows(
      """
      SELECT name, "unique", partial FROM temp.pragma_index_list(\(Value.text(table)), 'main') ORDER BY name
      """
    ) { (name: $0.text(0), isUnique: $0.bool(1), isPartial: $0.bool(2)) }
    return try found.map { index in
      let columns = try rows(
        "SELECT name FROM temp.pragma_index_info(\(Value.text(index.name))) ORDER BY seqno"
      ) { $0.optionalText(0) }
      return SchemaCatalog.Index(
        name: index.name, columns: columns, isUnique: index.isUnique, isPartial: index.isPartial)
    }
  }

  private func triggers(_ table: String) throws -> [SchemaCatalog.Trigger] {
    try rows(
      """
      SELECT name FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = \(Value.text(table))
      ORDER BY name
      """
    ) { SchemaCatalog.Trigger(name: $0.text(0), firing: .usual) }
  }
}

extension SchemaCatalog.Action {
  /// The action by SQLite's words.
  fileprivate init(words: String) {
    self =
      switch words {
      case "CASCADE": .cascade
      case "RESTRICT": .restrict
      case "SET NULL": .setNull
      case "SET DEFAULT": .setDefault
      default: .noAction
      }
  }
}
