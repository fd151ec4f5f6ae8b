internal import Database

extension SchemaMapping.Access {
  /// The same with what a database says of the application's own table.
  ///
  /// - Parameter connection: The database, which has the table and the columns.
  /// - Returns: The table as it is there.
  /// - Throws: What the database answers.
  func described(by connection: Connection) throws -> SchemaMapping.Access {
    var access = self
    let columns = try connection.rows("PRAGMA main.table_xinfo(\(table))") {
      (name: $0.text(1), isNotNull: $0.bool(3), isHidden: $0.bool(6))
    }
    let known = Set(
      ([user, company] + [key, createdAt, modifiedAt].compactMap(\.self)).map(\.folded))
    access.further = columns.filter { !known.contains($0.name.lowercased()) && !$0.isHidden }
      .map { SQLName(foreign: $0.name) }
    access.nullable = Set(columns.filter { !$0.isNotNull }.map { $0.name.lowercased() })
    access.hasNullablePair = [user, company].contains { access.nullable.contains($0.folded) }
    let unique = try pairIndexes(connection)
    access.holdsEndedRows = unique.contains { $0 == nil }
    access.isPairUnique = unique.contains { $0 == nil || isCounting($0) }
    access.hasUserIndex = try leads(with: user, connection)
    let times =
      [createdAt, modifiedAt].compactMap(\.self)
      + (new + end).filter { $0.content == .now }.map(\.column)
    for column in times {
      access.times[column.folded] = try SchemaMapping.StoredTime(connection, table, column)
    }
    return access
  }

  /// The UNIQUE indexes over the pair alone, in either order: the condition of each, nil for all rows.
  private func pairIndexes(_ connection: Connection) throws -> [String?] {
    try connection.rows(
      """
      SELECT CASE WHEN l.partial THEN (SELECT s.sql FROM sqlite_schema AS s
          WHERE s.type = 'index' AND s.name = l.name) END
      FROM temp.pragma_index_list(?1, 'main') AS l
      WHERE l."unique" AND 2 = (SELECT count(*) FROM temp.pragma_index_xinfo(l.name) AS c
          WHERE c.key)
        AND 2 = (SELECT count(DISTINCT lower(c.name)) FROM temp.pragma_index_xinfo(l.name) AS c
          WHERE c.key AND lower(c.name) IN (lower(?2), lower(?3)))
      """, [.text(table.text), .text(user.text), .text(company.text)]
    ) { $0.optionalText(0) }
  }

  /// Whether an index of all rows begins with a column.
  private func leads(with column: SQLName, _ connection: Connection) throws -> Bool {
    try connection.count(
      """
      SELECT count(*) FROM temp.pragma_index_list(?1, 'main') AS l
      JOIN temp.pragma_index_xinfo(l.name) AS c ON c.seqno = 0
      WHERE NOT l.partial AND lower(c.name) = lower(?2)
      """, [.text(table.text), .text(column.text)]) > 0
  }

  /// Whether the condition of an index is that by which rows count.
  func isCounting(_ index: String?) -> Bool {
    guard let index, let live, only.isEmpty else { return false }
    let words = SQLTokens(index).tokens.map { $0.text.lowercased() }
    guard let place = words.lastIndex(of: "where") else { return false }
    let condition = words[(place + 1)...].filter { $0 != "(" && $0 != ")" }
    let column = live.column.folded
    let forms: [[String]] =
      switch live.equals {
      case .null: [[column, "is", "null"]]
      case .integer(0): [["not", column], [column, "=", "0"], [column, "is", "0"]]
      case .integer(1): [[column], [column, "=", "1"], [column, "is", "1"]]
      case .integer(let number): [[column, "=", "\(number)"]]
      // As a server writes truths.
      case .text("true"): [[column], [column, "=", "true"], [column, "is", "true"]]
      case .text("false"): [["not", column], [column, "=", "false"], [column, "is", "false"]]
      case .text(let text): [[column, "=", text.lowercased()]]
      case .real, .blob: []
      }
    return forms.contains(condition)
  }
}

extension SchemaMapping.StoredTime {
  /// How a column stores times: by its newest row, or, if it has none, by its type.
  fileprivate init(_ connection: Connection, _ table: SQLName, _ column: SQLName) throws {
    let sample = try connection.first(
      "SELECT t.\(column) FROM \(table) AS t WHERE t.\(column) IS NOT NULL ORDER BY t.rowid DESC"
    ) { $0.value(0) }
    switch sample {
    case .text(let text): self.init(text)
    case .integer(let number): self.init(like: number)
    case .real: self = .number(perSecond: 1)
    case .null, .blob, nil:
      let type = try KeyColumn(connection, table, column)?.type ?? ""
      self =
        switch Affinity(type: type) {
        case .integer where type.uppercased().contains("BIG"): .number(perSecond: 1_000)
        case .integer, .real: .number(perSecond: 1)
        case .text, .blob, .numeric: .text
        }
    }
  }

  /// Units since 1970 of which there are so many in a time of these years.
  init(like number: Int64) {
    let perSecond: Int64 =
      switch number.magnitude {
      case ...100_000_000_000: 1
      case ...100_000_000_000_000: 1_000
      default: 1_000_000
      }
    self = .number(perSecond: perSecond)
  }

  private init(_ text: String) {
    let bytes = Array(text.utf8)
    guard bytes.count > 10, bytes[10] == 0x54 else {
      self = .text
      return
    }
    let ending = bytes.dropFirst(19).drop { $0 == 0x2E || (0x30...0x39).contains($0) }
    // An offset says that of one place and one day; the same moment is written in UTC.
    self = .iso(ending: ending.isEmpty ? "" : ending.first == 0x5A ? "Z" : "+00:00")
  }
}
