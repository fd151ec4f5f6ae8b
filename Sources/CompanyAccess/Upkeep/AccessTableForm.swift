internal import Database

/// The columns, keys and foreign keys of the access table that is there.
struct AccessTableForm {
  private struct Column {
    var name: String
    var type: String
    var isRequired: Bool
    var hasDefault: Bool
    var isGenerated: Bool
    /// Whether the engine gives a new row a value in it by itself.
    var isGivenByRow = false
  }

  /// A UNIQUE constraint or index.
  private struct UniqueIndex {
    var name: String
    var isPartial: Bool
    /// The columns in lower case; an expression has none.
    var columns: [String]
  }

  /// The file; nil for a table of a server.
  private let connection: Connection?
  private let mapping: SchemaMapping
  private let columns: [Column]
  /// What columns refer to so that rows go with their parents, as `column parent`.
  private let cascades: Set<String>
  private let uniqueIndexes: [UniqueIndex]
  /// Whether the key tells the rows apart, as far as a server says.
  private let isKeyUnique: Bool

  init(_ connection: Connection, _ mapping: SchemaMapping) throws {
    self.connection = connection
    self.mapping = mapping
    isKeyUnique = true
    let table = mapping.access.table
    var columns = try connection.rows("PRAGMA table_xinfo(\(table))") {
      Column(
        name: $0.text(1), type: $0.text(2), isRequired: $0.bool(3) || $0.bool(5),
        hasDefault: !$0.isNull(4), isGenerated: $0.bool(6))
    }
    cascades = Set(
      try connection.rows("PRAGMA foreign_key_list(\(table))") {
        (key: "\($0.text(3)) \($0.text(2))".lowercased(), onDelete: $0.text(6))
      }.filter { $0.onDelete == "CASCADE" }.map(\.key))
    for place in columns.indices
    where try columns[place].isRequired
      && KeyColumn(connection, table, SQLName(foreign: columns[place].name))?.isRowID == true
    {
      columns[place].isGivenByRow = true
    }
    self.columns = columns
    let indexes = try connection.rows("PRAGMA index_list(\(table))") {
      (name: $0.text(1), isUnique: $0.bool(2), isPartial: $0.bool(4))
    }
    uniqueIndexes = try indexes.filter(\.isUnique).sorted { $0.name < $1.name }.map { index in
      let name = SQLName(foreign: index.name)
      return UniqueIndex(
        name: index.name, isPartial: index.isPartial,
        columns: try connection.rows("PRAGMA index_info(\(name))") { $0.text(2).lowercased() })
    }
  }

  /// The table of a server.
  init(_ table: SchemaCatalog.Table, _ mapping: SchemaMapping) {
    connection = nil
    self.mapping = mapping
    columns = table.columns.map {
      Column(
        name: $0.name, type: $0.type, isRequired: !$0.isNullable,
        hasDefault: $0.defaultValue != nil, isGenerated: $0.isGenerated,
        isGivenByRow: $0.isIdentity)
    }
    cascades = Set(
      table.foreignKeys.filter { $0.onDelete == .cascade && $0.columns.count == 1 }
        .map { "\($0.columns[0]) \($0.table)".lowercased() })
    // The key is among the indexes.
    uniqueIndexes = table.indexes.filter(\.isUnique).map { index in
      UniqueIndex(
        name: index.name, isPartial: index.isPartial,
        columns: index.columns.compactMap { $0?.lowercased() })
    }
    isKeyUnique = mapping.access.key.map { table.isUnique([$0.text]) } ?? true
  }

  private var access: SchemaMapping.Access { mapping.access }
  /// The columns that this program fills without being told what with, in lower case.
  private var needed: [String] {
    [access.key, access.user, access.company, access.createdAt, access.modifiedAt]
      .compactMap { $0?.folded }
  }
  private var pair: Set<String> { [access.user.folded, access.company.folded] }
  private var key: String? { access.key?.folded }
  private var table: String { access.table.text }

  /// What keeps this program from writing into it.
  ///
  /// - Parameter isNew: Whether it is to be adopted. Then it must not have a column for changes yet,
  ///   and its keys, its foreign keys and what its rows mean have to be right; later on a change of
  ///   these does not stop the work.
  /// - Returns: The problems; only the missing columns, if there are any.
  /// - Throws: What the database answers.
  func problems(isNew: Bool) throws -> [SchemaProblem] {
    let names = Set(columns.map { $0.name.lowercased() })
    let missing = needed.filter { !names.contains($0) }
    guard missing.isEmpty else {
      return missing.map { .missingColumn(table: table, column: $0) }
    }
    var problems: [SchemaProblem] = []
    let given = Set(access.new.map(\.column.folded))
    for column in columns {
      let name = column.name.lowercased()
      if needed.contains(name) || given.contains(name) {
        if column.isGenerated { problems.append(wrong(name, "a plain column")) }
      } else if column.isRequired, !column.hasDefault, !column.isGenerated, !column.isGivenByRow,
        access.revokeOnly == nil
      {
        problems.append(.requiredColumn(table: table, column: column.name))
      }
    }
    problems += keyProblems
    problems += uniqueIndexes.filter(forbidsGrants).map {
      .foreignUnique(name: $0.name, table: table, columns: $0.columns)
    }
    if isNew { problems += try problemsOfNew(names) }
    return problems
  }

  /// What must be right when the table is adopted.
  private func problemsOfNew(_ names: Set<String>) throws -> [SchemaProblem] {
    var problems = access.isDescribed ? [] : looseColumns.map { wrong($0, "NOT NULL") }
    if let connection {
      if !KeyColumn.hasRowIDs(connection, mapping.access.table) {
        problems.append(.withoutRowid(table: table))
      }
      problems += try newKeyProblems(connection) + pairTypeProblems
    } else if let key = access.key, !isKeyUnique {
      problems.append(wrong(key.text, "the primary key, or UNIQUE"))
    }
    if !access.isPairUnique || !access.isDescribed {
      problems += uniqueIndexes.filter { $0.isPartial && Set($0.columns) == pair }
        .map { .partialUnique(name: $0.name, table: table) }
    }
    problems += unexplainedColumns().map {
      .endingColumn(table: table, column: $0, isHome: false)
    }
    return problems + (access.isDescribed ? [] : foreignKeyProblems)
  }

  private func wrong(_ column: String, _ expected: String) -> SchemaProblem {
    .wrongColumn(table: table, column: column, expected: expected)
  }

  /// Columns by which a row may not count, and of which the mapping says nothing.
  func unexplainedColumns() -> [String] {
    let explained = Set(
      (access.only.map(\.column) + (access.new + access.end).map(\.column)
        + (access.live.map { [$0.column] } ?? [])).map(\.folded))
    let names = columns.map(\.name).filter(EndingColumns.isOne)
    return names.filter { !explained.contains($0.lowercased()) }
  }

  /// Whether an index keeps two grants from being there: it is over other columns than the pair or
  /// the key, which this program does not fill.
  private func forbidsGrants(_ index: UniqueIndex) -> Bool {
    let columns = Set(index.columns)
    // Where the column has no value, the index holds nothing, and a new row says nothing in it.
    let isFilled = columns.contains { name in
      needed.contains(name) || access.new.contains { $0.column.folded == name }
        || self.columns.contains {
          $0.name.lowercased() == name && ($0.isRequired || $0.hasDefault)
        }
    }
    return isFilled && !index.columns.contains { $0 == key } && !columns.isSuperset(of: pair)
  }

  // MARK: - The key of a row

  /// What the type of the key does not take of the keys that this program makes.
  private var keyProblems: [SchemaProblem] {
    guard let id = columns.first(where: { $0.name.lowercased() == key }) else { return [] }
    switch (Affinity(type: id.type), mapping.access.keys.form) {
    case (.real, _): return [wrong(id.name, "an integer, a text or bytes, but is \(id.type)")]
    case (.text, .digits) where AccessTableForm.length(of: id.type) ?? 32 < 32:
      return [wrong(id.name, "long enough for 32 characters, but is \(id.type)")]
    case (.text, .dashed) where AccessTableForm.length(of: id.type) ?? 36 < 36:
      return [wrong(id.name, "long enough for 36 characters, but is \(id.type)")]
    default: return []
    }
  }

  /// The length in a type such as VARCHAR(10).
  private static func length(of type: String) -> Int? {
    let parts = type.split(separator: "(", maxSplits: 1)
    return parts.count < 2 ? nil : Int(parts[1].prefix { $0.isNumber })
  }

  private func newKeyProblems(_ connection: Connection) throws -> [SchemaProblem] {
    guard let key = access.key, let id = try KeyColumn(connection, access.table, key) else {
      return []
    }
    var problems: [SchemaProblem] = []
    if id.isNullable { problems.append(wrong(key.text, "NOT NULL")) }
    if !id.isUnique { problems.append(wrong(key.text, "the primary key, or UNIQUE")) }
    if mapping.access.keys.form == .integer, !id.isRowID {
      let others = try connection.count(
        """
        SELECT EXISTS (SELECT 1 FROM \(mapping.access.table) AS a
          WHERE typeof(a.\(key)) NOT IN ('integer', 'null'))
        """)
      if others > 0 { problems.append(wrong(key.text, "a whole number in every row")) }
    }
    return problems
  }

  // MARK: - The pair

  /// Columns that do not refer to their parents so that grants go with them.
  var foreignKeyProblems: [SchemaProblem] {
    let parents = [
      (access.user, mapping.users.table.text), (access.company, mapping.companies.table.text),
    ]
    return parents.compactMap { column, parent in
      cascades.contains("\(column.folded) \(parent.lowercased())")
        ? nil : .noForeignKey(table: table, column: column.text, parent: parent)
    }
  }

  /// Columns of the pair that would make texts of numbers, or numbers of texts: the record keeps
  /// values as they are and would not find them again.
  private var pairTypeProblems: [SchemaProblem] {
    let parents = [
      (access.user.folded, mapping.users.keys.type),
      (access.company.folded, mapping.companies.keys.type),
    ]
    return parents.compactMap { name, type in
      guard let column = columns.first(where: { $0.name.lowercased() == name }) else { return nil }
      let (own, parent) = (Affinity(type: column.type), Affinity(type: type))
      guard own != .blob, parent != .blob, (own == .text) != (parent == .text) else { return nil }
      return wrong(column.name, "\(type), as what it refers to, but is \(column.type)")
    }
  }

  /// Columns of the pair that may be NULL.
  var looseColumns: [String] {
    columns.filter { !$0.isRequired && pair.contains($0.name.lowercased()) }
      .map(\.name)
  }
}
