internal import Database

extension Catalogue {
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
    _ names: [String], _ references: CatalogueReferences, _ connection: any DatabaseSession
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
          catalogue.tables[number].columns[place].sample = try Catalogue.tried(connection) {
            try sample(SQLName(foreign: column.name), table, connection)
          }
        }
        if let reference = guessed.first(where: { $0.column == column.name }) {
          catalogue.tables[number].columns[place].keys =
            try Catalogue.tried(connection) {
              try keys(reference, connection)
            } ?? nil
        }
      }
    }
    return catalogue
  }

  /// Asks what a server may not answer, because types do not compare; nil then.
  private static func tried<T>(_ session: any DatabaseSession, _ body: () throws -> T) throws -> T?
  {
    if session is Connection { return try body() }
    do {
      return try session.atSavepoint(body)
    } catch let error as DatabaseError where error.isStatementError {
      return nil
    }
  }

  /// How many values of a column are keys of the table to which its name says that it refers.
  private func keys(
    _ reference: CatalogueReference, _ connection: any DatabaseSession
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
    _ column: SQLName, _ table: SQLName, _ connection: any DatabaseSession
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
