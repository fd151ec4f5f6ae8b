internal import Database

/// What has to be known to make a row of the application's tables.
extension SchemaMapping {
  /// The columns of the users that must be filled and of which nothing is known but a username.
  func unknownOfNewUsers(_ connection: any DatabaseSession) throws -> [String] {
    let known =
      [users.username, users.createdAt, users.modifiedAt] + users.made.map { $0.column as SQLName? }
    return try unknown(users.table, users.key, users.keys, known, scope?.user, connection)
  }

  /// The columns of the companies that must be filled and of which nothing is known but a name.
  func unknownOfNewCompanies(_ connection: any DatabaseSession) throws -> [String] {
    let known =
      [companies.name, companies.createdAt, companies.modifiedAt]
      + companies.made.map { $0.column as SQLName? }
    let unknown = try unknown(
      companies.table, companies.key, companies.keys, known, scope?.company, connection)
    let named = companies.lookups.map(\.column.text)
    return unknown + named.filter { !unknown.contains($0) }
  }

  /// The columns that must be filled and are not known, among them that of the scope, without which
  /// nothing could be granted.
  private func unknown(
    _ table: SQLName, _ key: SQLName, _ keys: KeyStorage, _ known: [SQLName?], _ scope: SQLName?,
    _ connection: any DatabaseSession
  ) throws -> [String] {
    let names = Set(
      (known + [keys.newValue == nil ? nil : key]).compactMap { $0?.text.lowercased() })
    if engine == .postgres {
      return try EntityTable.columns(of: table, connection).filter { column in
        column.isNotNull && !column.hasDefault || column.name == scope
      }.map(\.name.text).filter { !names.contains($0.lowercased()) }
    }
    return try connection.rows(
      """
      SELECT name, type, pk FROM temp.pragma_table_xinfo(?1, 'main')
      WHERE hidden = 0 AND (dflt_value IS NULL AND ("notnull" OR pk) OR lower(name) = lower(?2))
      """, [.text(table.text), .optional(scope?.text)]
    ) { row -> String? in
      // SQLite itself gives a number to a row whose only key is one.
      let isGiven = row.bool(2) && row.text(1).uppercased() == "INTEGER"
      return names.contains(row.text(0).lowercased()) || isGiven ? nil : row.text(0)
    }.compactMap(\.self)
  }
}
