internal import Database

/// What a database has of what it must have.
struct SchemaFindings: Hashable, Sendable {
  /// Tables that are not there.
  var missingTables: [String] = []
  /// What else is not there or not as it should be, in words, as in "trigger x".
  var missing: [String] = []
  /// Indexes and triggers to make again.
  var items: [Schema.Item] = []
  /// Whether the access table keeps a pair from being there twice.
  var hasUniquePair = false
}

extension Schema {
  private struct Found: Hashable {
    let kind: Item.Kind
    let name: String
  }

  /// Compares the objects of a database with those that it must have.
  ///
  /// Tables are expected to be there; their definitions are the application's business. Indexes
  /// and triggers are compared by their text, because one that was changed cannot be trusted.
  func check(_ session: any DatabaseSession) throws -> SchemaFindings {
    if mapping.engine == .postgres { return try PostgresRecord.check(session, mapping) }
    let connection = try session.file
    var found: [Found: String] = [:]
    var findings = SchemaFindings()
    try connection.forEach(checkQuery) { row in
      switch row.text(0) {
      case "unique": findings.hasUniquePair = true
      case let kind:
        guard let kind = Item.Kind(rawValue: kind) else { return }
        found[Found(kind: kind, name: row.text(1))] = row.text(2)
      }
    }
    for table in requiredTables where found[Found(kind: .table, name: table.text)] == nil {
      findings.missingTables.append(table.text)
    }
    for item in additions {
      let text = found[Found(kind: item.kind, name: item.name.text)]
      switch item.kind {
      case .table where text == nil: findings.missingTables.append(item.name.text)
      case .index where text != item.sql, .trigger where text != item.sql:
        findings.items.append(item)
      default: break
      }
    }
    if findings.items.contains(companyIndex),
      try mapping.access.isDescribed || Schema.hasFoundAccessTable(connection)
    {
      findings.items.removeAll { $0 == companyIndex }
    }
    if mapping.access.isDescribed { findings.hasUniquePair = true }
    if !findings.hasUniquePair { findings.missing.append("unique user_id, company_id") }
    findings.missing += findings.items.map { "\($0.kind.rawValue) \($0.name.text)" }
    return findings
  }

  /// Whether the application had made the access table before; then it has no index of ours.
  static func hasFoundAccessTable(_ connection: Connection) throws -> Bool {
    let isThere = try connection.count(
      "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = '\(SchemaSetting.table)'")
    guard isThere > 0 else { return false }
    return try SchemaSetting.value(SchemaSetting.accessFound, connection) != nil
  }

  /// Whether nothing is missing that keeps the record.
  func isComplete(_ connection: any DatabaseSession) throws -> Bool {
    let findings = try check(connection)
    return findings.missingTables.isEmpty && findings.missing.isEmpty
  }

  private var checkQuery: String {
    let names = (requiredTables + additions.map(\.name)).map(\.literal).joined(separator: ", ")
    let table = mapping.access.table.literal
    return """
      SELECT type, name, sql FROM sqlite_schema WHERE name IN (\(names))
      UNION ALL
      SELECT 'unique', list.name, '' FROM temp.pragma_index_list(\(table), 'main') AS list
      WHERE list."unique" AND NOT list.partial AND 'company_id user_id' = (
        SELECT group_concat(lower(name), ' ') FROM (
          SELECT name FROM temp.pragma_index_info(list.name) ORDER BY lower(name)))
      """
  }
}
