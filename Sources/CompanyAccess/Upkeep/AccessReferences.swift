internal import Database

/// The tables whose rows refer to rows of the access table and keep them from being deleted, as that of
/// the owner of an organization does in django-organizations.
struct AccessReferences {
  /// Their names, in order.
  let tables: [String]

  init(_ connection: Connection, _ mapping: SchemaMapping) throws {
    let access = mapping.access
    let references = try EntityTable.references(
      to: access.table, key: access.key ?? access.user, connection)
    let blocking = references.filter {
      $0.deletion == .blocks && $0.table.folded != access.table.folded
    }
    tables = Set(blocking.map(\.table.text)).sorted()
  }

  /// What refers to the access table, as half a sentence; nil if nothing does.
  func words(_ mapping: SchemaMapping) -> String? {
    tables.isEmpty
      ? nil
      : "rows of \(tables.joined(separator: ", ")) may refer to the rows of "
        + "\(mapping.access.table.text) that were to be deleted; let the application end these grants"
  }
}
