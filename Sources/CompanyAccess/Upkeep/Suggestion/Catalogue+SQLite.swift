internal import Database

extension Catalogue {
  /// The catalogue of an SQLite database, without samples of rows.
  ///
  /// A few statements read all tables at once, so that thousands of them are read quickly.
  init(_ connection: Connection) throws {
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

  // MARK: - Rows

  /// How many rows of a table are counted at most.
  static let mostRows = 100_000
  /// Of how many rows the values of a column are looked at.
  private static let sampledRows = 1_000

  /// The same catalogue with row counts and values of some of its tables.
  ///
  /// - Parameters:
  ///   - names: The tables whose rows are looked at.
  ///   - references: The references of all tables.
  ///   - connection: The database.
  /// - Returns: The catalogue.
  /// - Throws: What the database answers.
  func sampled(
    _ names: [String], _ references: CatalogueReferences, _ connection: Connection
  ) throws -> Catalogue {
    var catalogue = self
    for name in names {
      guard let number = table(name) else { continue }
      let table = SQLName(foreign: name)
      let count: SQLStatement = """
        SELECT count(*) FROM (SELECT 1 FROM \(table) LIMIT \(.count(Catalogue.mostRows + 1)))
        """
      catalogue.tables[number].rows = try connection.first(count) { $0.int(0) }
      let guessed = references.from(number).filter { !$0.isDeclared }
      for (place, column) in tables[number].columns.enumerated() {
        if SuggestionWords.isTelling(references.columnWords[number][place]) {
          catalogue.tables[number].columns[place].sample = try sample(
            SQLName(foreign: column.name), table, connection)
        }
        if let reference = guessed.first(where: { $0.column == column.name }) {
          catalogue.tables[number].columns[place].keys = try keys(reference, connection)
        }
      }
    }
    return catalogue
  }

  /// How many values of a column are keys of the table to which its name says that it refers.
  private func keys(
    _ reference: CatalogueReference, _ connection: Connection
  ) throws -> CatalogueKeys? {
    let target = tables[reference.target]
    guard let name = target.singleKey?.name else { return nil }
    let column = SQLName(foreign: reference.column)
    let key = SQLName(foreign: name)
    let found: SQLStatement = """
      SELECT count(*), count(t.\(key))
      FROM (
        SELECT \(column) AS value FROM \(SQLName(foreign: tables[reference.table].name))
        WHERE \(column) IS NOT NULL LIMIT \(.count(Catalogue.sampledRows))
      ) AS s LEFT JOIN \(SQLName(foreign: target.name)) AS t ON t.\(key) = s.value
      """
    return try connection.first(found) { CatalogueKeys(values: $0.int(0), found: $0.int(1)) }
  }

  private func sample(
    _ column: SQLName, _ table: SQLName, _ connection: Connection
  ) throws -> [CatalogueValue] {
    let values: SQLStatement = """
      SELECT value, count(*)
      FROM (SELECT \(column) AS value FROM \(table) LIMIT \(.count(Catalogue.sampledRows)))
      GROUP BY value ORDER BY count(*) DESC, value LIMIT 20
      """
    return try connection.rows(values) { row in
      let value: MappingConstant? =
        switch row.value(0) {
        case .null: .null
        case .integer(let number): .integer(Int(number))
        case .text(let text): text.utf8.count <= 40 ? .text(text) : nil
        case .real, .blob: nil
        }
      return value.map { CatalogueValue(value: $0, count: row.int(1)) }
    }.compactMap { $0 }
  }
}
