internal import Database

/// The columns and foreign keys of the access table that is there.
struct AccessTableForm {
  private struct Column {
    var name: String
    var type: String
    var isRequired: Bool
    var hasDefault: Bool
    var isGenerated: Bool
  }

  private let shape: Shape
  private let columns: [Column]
  /// What columns refer to so that rows go with their parents, as `column parent`.
  private let cascades: Set<String>
  /// What is UNIQUE beside the key and the pair, which would forbid grants.
  private let uniqueIndexes: [String]

  init(_ connection: Connection, _ shape: Shape) throws {
    self.shape = shape
    let table = Value.text(shape.access.table.text)
    columns = try connection.rows(
      """
      SELECT name, upper(type), "notnull" OR pk > 0, dflt_value IS NOT NULL, hidden
      FROM temp.pragma_table_xinfo(?) WHERE hidden <> 1
      """, [table]
    ) {
      Column(
        name: $0.text(0), type: $0.text(1), isRequired: $0.bool(2), hasDefault: $0.bool(3),
        isGenerated: $0.bool(4))
    }
    cascades = Set(
      try connection.rows(
        """
        SELECT lower("from") || ' ' || lower("table") FROM temp.pragma_foreign_key_list(?)
        WHERE on_delete = 'CASCADE'
        """, [table]
      ) { $0.text(0) })
    uniqueIndexes = try connection.rows(
      """
      SELECT list.name FROM temp.pragma_index_list(?) AS list WHERE list."unique" AND NOT (
        SELECT count(*) = 2 OR group_concat(name) = 'id' FROM temp.pragma_index_info(list.name)
        WHERE name IN ('user_id', 'company_id') OR lower(name) = 'id')
      ORDER BY list.name
      """, [table]
    ) { $0.text(0) }
  }

  private static let needed = ["id", "user_id", "company_id", "created_at", "modified_at"]
  private var table: String { shape.access.table.text }

  /// What keeps this program from writing into it.
  ///
  /// - Parameter isNew: Whether it is to be adopted. Then it must not have a column for changes yet,
  ///   and its foreign keys have to be right; later on their loss does not stop the work.
  /// - Returns: The problems.
  func problems(isNew: Bool) -> [SchemaProblem] {
    let found = Dictionary(columns.map { ($0.name.lowercased(), $0) }) { first, _ in first }
    var problems: [SchemaProblem] = []
    for name in AccessTableForm.needed {
      guard let column = found[name] else {
        problems.append(.missingColumn(table: table, column: name))
        continue
      }
      if column.isGenerated || (name == "id" && column.type == "INTEGER") {
        let expected = "a plain column of the type \(type(of: name))"
        problems.append(.wrongColumn(table: table, column: name, expected: expected))
      }
    }
    let known = Set(AccessTableForm.needed + ["change_id"])
    for column in columns where !known.contains(column.name.lowercased()) {
      if column.isRequired, !column.hasDefault, !column.isGenerated {
        problems.append(.requiredColumn(table: table, column: column.name))
      }
    }
    problems += uniqueIndexes.map { .foreignUnique(name: $0, table: table) }
    if isNew {
      problems += looseColumns.map {
        .wrongColumn(table: table, column: $0, expected: "NOT NULL")
      }
      if found["change_id"] != nil {
        problems.append(
          .wrongColumn(table: table, column: "change_id", expected: "left to this program"))
      }
      problems += foreignKeyProblems
    }
    return problems
  }

  /// Columns that do not refer to their parents so that grants go with them.
  var foreignKeyProblems: [SchemaProblem] {
    [("user_id", shape.users.table.text), ("company_id", shape.companies.table.text)].compactMap {
      column, parent in
      cascades.contains("\(column) \(parent.lowercased())")
        ? nil : .noForeignKey(table: table, column: column, parent: parent)
    }
  }

  /// Columns of the pair that may be NULL.
  var looseColumns: [String] {
    columns.filter { !$0.isRequired && ["user_id", "company_id"].contains($0.name.lowercased()) }
      .map(\.name)
  }

  private func type(of column: String) -> String {
    switch column {
    case "id": shape.access.keys.type
    case "user_id": shape.users.keys.type
    case "company_id": shape.companies.keys.type
    default: "DATETIME"
    }
  }
}
