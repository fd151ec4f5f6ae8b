internal import Database

extension Catalogue {
  /// The catalogue of a database, without samples of rows.
  init(_ session: any DatabaseSession) throws {
    if let file = session as? Connection {
      try self.init(file: file)
    } else {
      self.init(try session.catalog())
    }
  }

  /// The catalogue of an SQLite database.
  ///
  /// A few statements read all tables at once, so that thousands of them are read quickly.
  private init(file connection: Connection) throws {
    let own = "company_access_"
    let names = try SchemaObjects(connection).tables.map(\.name).filter { !$0.hasPrefix(own) }
    var tables: [String: CatalogueTable] = [:]
    for name in names { tables[name] = CatalogueTable(name: name, columns: []) }
    try Catalogue.readColumns(connection, &tables)
    try Catalogue.readForeignKeys(connection, &tables)
    try Catalogue.readUnique(connection, &tables)
    self.init(tables: names.compactMap { tables[$0] })
  }

  private static func readColumns(
    _ connection: Connection, _ tables: inout [String: CatalogueTable]
  ) throws {
    let all: SQLStatement = """
      SELECT s.name, c.name, c.type, c."notnull", c.dflt_value, c.pk
      FROM sqlite_schema AS s JOIN temp.pragma_table_xinfo(s.name) AS c
      WHERE s.type = 'table' AND c.hidden = 0 ORDER BY s.name, c.cid
      """
    try connection.forEach(all) { row in
      tables[row.text(0)]?.columns.append(
        CatalogueColumn(
          name: row.text(1), type: row.text(2), isRequired: row.bool(3),
          defaultValue: row.optionalText(4), keyPlace: row.int(5)))
    }
  }

  private static func readForeignKeys(
    _ connection: Connection, _ tables: inout [String: CatalogueTable]
  ) throws {
    let all: SQLStatement = """
      SELECT s.name, k.id, k."table", k."from", k."to", k.on_delete
      FROM sqlite_schema AS s JOIN temp.pragma_foreign_key_list(s.name) AS k
      WHERE s.type = 'table' ORDER BY s.name, k.id, k.seq
      """
    let rows = try connection.rows(all) { row in
      (
        table: row.text(0), id: row.int(1), target: row.text(2), from: row.text(3),
        to: row.optionalText(4), deletes: row.text(5) == "CASCADE"
      )
    }
    var spelled: [String: String] = [:]
    for name in tables.keys { spelled[name.lowercased()] = name }
    for (place, row) in rows.enumerated() {
      if place > 0, rows[place - 1].table == row.table, rows[place - 1].id == row.id { continue }
      let parts = rows[place...].prefix { $0.table == row.table && $0.id == row.id }
      tables[row.table]?.foreignKeys.append(
        CatalogueForeignKey(
          columns: parts.map(\.from), table: spelled[row.target.lowercased()] ?? row.target,
          references: parts.compactMap(\.to), deletesRows: row.deletes))
    }
  }

  private static func readUnique(
    _ connection: Connection, _ tables: inout [String: CatalogueTable]
  ) throws {
    let all: SQLStatement = """
      SELECT s.name, i.name, i.partial, c.name
      FROM sqlite_schema AS s JOIN temp.pragma_index_list(s.name) AS i
      JOIN temp.pragma_index_info(i.name) AS c
      WHERE s.type = 'table' AND i."unique" AND i.origin <> 'pk' ORDER BY s.name, i.seq, c.seqno
      """
    let rows = try connection.rows(all) { row in
      (table: row.text(0), index: row.text(1), isPartial: row.bool(2), column: row.optionalText(3))
    }
    for (place, row) in rows.enumerated() {
      if place > 0, rows[place - 1].index == row.index { continue }
      let parts = rows[place...].prefix { $0.index == row.index }.map(\.column)
      // An index over an expression makes no column unique.
      guard !parts.contains(nil) else { continue }
      tables[row.table]?.unique.append(
        CatalogueUnique(columns: parts.compactMap { $0 }, isPartial: row.isPartial))
    }
  }
}
