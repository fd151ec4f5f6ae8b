internal import Database

/// The tables whose rows refer to rows of the access table and keep them from being deleted, as that of
/// the owner of an organization does in django-organizations.
struct AccessReferences {
  /// Their names, in order.
  let tables: [String]

  init(_ connection: Connection, _ mapping: SchemaMapping) throws {
    let access = mapping.access.table
    let kept = try connection.rows(
      """
      SELECT DISTINCT t.name FROM sqlite_schema AS t
      CROSS JOIN temp.pragma_foreign_key_list(t.name) AS k
      WHERE t.type = 'table' AND k."table" = ?1 COLLATE NOCASE
        AND k.on_delete IN ('NO ACTION', 'RESTRICT')
      ORDER BY t.name
      """, [.text(access.text)]
    ) { $0.text(0) }
    tables = kept.filter { $0.lowercased() != access.folded }
  }

  /// What refers to the access table, as half a sentence; nil if nothing does.
  func words(_ mapping: SchemaMapping) -> String? {
    tables.isEmpty
      ? nil
      : "rows of \(tables.joined(separator: ", ")) may refer to the rows of "
        + "\(mapping.access.table.text) that were to be deleted; let the application end these grants"
  }
}
