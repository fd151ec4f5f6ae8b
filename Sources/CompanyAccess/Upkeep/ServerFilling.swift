internal import Database
internal import DatabasePostgres

/// Copies a whole database of this program from a file to a server, with its record.
///
/// The tables are the same, so rows are copied as they are; the server makes of each text what the
/// column holds.
struct ServerFilling {
  private let file: Connection
  private let session: PostgresConnection

  init(_ file: Connection, _ session: PostgresConnection) {
    (self.file, self.session) = (file, session)
  }

  /// The tables of the application, parents first.
  private static let application = WholeExport.partsOfInit(.hrm).map(\.table.text)
  private static let record = [
    "change", "user_lifetime", "company_lifetime", "former_user", "former_company",
    "current_grant", "ended_grant", "row_image", "setting",
  ]
  /// The columns that the server numbers.
  private static let numbered = [
    ("hrm_role", "id"), ("hrm_users", "id"), ("company_access.user_lifetime", "lifetime"),
    ("company_access.company_lifetime", "lifetime"), ("company_access.ended_grant", "entry"),
    ("company_access.row_image", "entry"),
  ]

  /// Copies all rows, in a transaction in which the tables have been made and have no triggers yet.
  func copy() throws {
    let catalog = try file.catalog()
    for table in ServerFilling.application { try copy(table, to: table, catalog) }
    for table in ServerFilling.record {
      try copy("company_access_\(table)", to: "company_access.\(table)", catalog)
    }
    for (table, column) in ServerFilling.numbered {
      _ = try session.count(
        """
        SELECT setval(pg_get_serial_sequence('\(table)', '\(column)'), max(t.\(column)))
        FROM \(table) AS t HAVING max(t.\(column)) > 0
        """)
    }
    _ = try session.count(
      """
      SELECT setval('company_access.last_change', setval('company_access.change_number', max(id)))
      FROM company_access.change
      """)
  }

  private func copy(_ table: String, to target: String, _ catalog: SchemaCatalog) throws {
    let known = Set(
      try session.rows(
        """
        SELECT attname FROM pg_attribute
        WHERE attrelid = to_regclass(\(Value.text(target))) AND attnum > 0 AND NOT attisdropped
        """ as SQLStatement
      ) { $0.text(0) })
    let columns = (catalog.table(table)?.columns ?? []).map(\.name).filter(known.contains)
      .map { SQLName(foreign: $0) }
    let list = columns.map(\.description).joined(separator: ", ")
    // Which transaction of the server made a change tells only of one that is under way.
    let isChange = known.contains("transaction")
    let extra: [SQLName] = isChange ? ["transaction"] : []
    try session.copyIn(SQLRelation(stringLiteral: target), columns + extra) { writer in
      try file.forEach("SELECT \(list) FROM \(SQLName(foreign: table))", []) { row in
        try writer.add(row.values + (isChange ? [.integer(0)] : []))
      }
    }
    try session.execute("ANALYZE \(target)", [])
  }
}
