internal import Database

/// The table of the users or of the companies as the file at hand has it.
struct EntityTable {
  /// One column of it.
  struct Column: Hashable {
    var name: SQLName
    var type: String
    var isNotNull: Bool
    var hasDefault: Bool
    /// Its place in the primary key, from 1; 0 for none.
    var keyPlace: Int

    /// How many characters the type allows; nil if it does not say.
    var length: Int? {
      let isText = !["timestamp", "time", "interval", "bit"].contains { type.hasPrefix($0) }
      guard isText, let open = type.firstIndex(of: "("), let close = type.firstIndex(of: ")"),
        open < close
      else { return nil }
      return Int(type[type.index(after: open)..<close])
    }
  }

  let kind: EntityKind
  let mapping: SchemaMapping
  let connection: any DatabaseSession
  /// The columns that can be written.
  let columns: [Column]
  /// The columns of which each value may be there once.
  let uniqueColumns: Set<String>
  /// The table as a server has it; nil for a file, of which SQLite is asked.
  private let served: SchemaCatalog.Table?

  init(_ kind: EntityKind, _ mapping: SchemaMapping, _ connection: any DatabaseSession) throws {
    self.kind = kind
    self.mapping = mapping
    self.connection = connection
    let table = kind == .user ? mapping.users.table : mapping.companies.table
    served = try EntityTable.served(table, connection)
    columns = try EntityTable.columns(of: table, connection)
    uniqueColumns = try EntityTable.uniqueColumns(of: table, connection)
  }

  var table: SQLName { kind == .user ? mapping.users.table : mapping.companies.table }
  var key: SQLName { kind == .user ? mapping.users.key : mapping.companies.key }
  var keys: KeyStorage { kind == .user ? mapping.users.keys : mapping.companies.keys }
  /// The column with what people call a row; the alias of `lookup` where it is in another table.
  var label: SQLName { kind == .user ? mapping.users.username : mapping.companies.name }
  /// Where the name of a row is looked up; nil if it is in the row itself.
  var lookup: SchemaMapping.Lookup? { lookup(label) }
  /// What a row must say to be one of the kind.
  var only: [SchemaMapping.ColumnCondition] {
    kind == .user ? mapping.users.only : mapping.companies.only
  }
  var active: SchemaMapping.Active {
    kind == .user ? mapping.users.active : mapping.companies.active
  }
  var createdAt: SQLName? { kind == .user ? mapping.users.createdAt : mapping.companies.createdAt }
  var modifiedAt: SQLName? {
    kind == .user ? mapping.users.modifiedAt : mapping.companies.modifiedAt
  }

  /// The column that says whether a row is active; nil if all are.
  var activeColumn: SQLName? { active.column }

  /// The column of the users with the company they belong to, if it is in their own table.
  var homeColumn: SQLName? {
    guard kind == .user, let home = mapping.home, home.table == table else { return nil }
    return home.company
  }

  func column(_ name: SQLName) -> Column? { columns.first { $0.name.text == name.text } }

  /// Whether the engine gives new rows their keys.
  var hasAutomaticKey: Bool {
    guard let column = column(key), columns.filter({ $0.keyPlace > 0 }).count == 1 else {
      return false
    }
    if mapping.engine == .postgres { return column.hasDefault }
    return column.keyPlace == 1 && column.type.uppercased() == "INTEGER"
  }

  /// Columns that can be written, without those that SQLite works out.
  static func columns(of table: SQLName, _ connection: any DatabaseSession) throws -> [Column] {
    if let found = try served(table, connection) {
      return found.columns.filter { !$0.isGenerated }.map { column in
        Column(
          name: SQLName(foreign: column.name), type: column.type, isNotNull: !column.isNullable,
          hasDefault: column.defaultValue != nil || column.isIdentity,
          keyPlace: (found.primaryKey.firstIndex(of: column.name) ?? -1) + 1)
      }
    }
    return try connection.rows(
      """
      SELECT name, type, "notnull", dflt_value IS NOT NULL, pk
      FROM temp.pragma_table_xinfo(\(table.literal), 'main') WHERE hidden = 0 ORDER BY cid
      """
    ) {
      Column(
        name: SQLName(foreign: $0.text(0)), type: $0.text(1), isNotNull: $0.bool(2),
        hasDefault: $0.bool(3), keyPlace: $0.int(4))
    }
  }

  /// The columns of a table of which each value may be there once.
  static func uniqueColumns(
    of table: SQLName, _ connection: any DatabaseSession
  ) throws -> Set<String> {
    if let found = try served(table, connection) {
      return Set(found.columns.map(\.name).filter { found.isUnique([$0]) })
    }
    return Set(
      try connection.rows(
        """
        SELECT min(i.name) FROM temp.pragma_index_list(\(table.literal), 'main') AS l
        JOIN temp.pragma_index_info(l.name) AS i WHERE l."unique" AND NOT l.partial
        GROUP BY l.name HAVING count(*) = 1
        """
      ) { $0.text(0) })
  }

  /// The table as a server has it; nil for a file, of which SQLite is asked.
  private static func served(
    _ table: SQLName, _ session: any DatabaseSession
  ) throws -> SchemaCatalog.Table? {
    guard !(session is Connection) else { return nil }
    return try session.catalog().table(table.text)
  }

  // MARK: - Rows

  /// The operand of `FROM` that holds the users or companies, as rows with a name.
  func rows(_ row: String) -> String {
    kind == .user ? mapping.users.rows(row) : mapping.companies.rows(row)
  }

  /// Where a text with this alias is looked up; nil if it is in the row itself.
  func lookup(_ alias: SQLName) -> SchemaMapping.Lookup? {
    (kind == .user ? mapping.users.lookups : mapping.companies.lookups).first { $0.alias == alias }
  }

  /// Where what a field shows is looked up; nil if it is in the row itself.
  func lookup(of field: EntityField) -> SchemaMapping.Lookup? {
    lookup(SQLName(foreign: SchemaMapping.alias(of: field.id)))
  }

  /// What people call a row; nil if it does not say.
  func name(of row: RowValues) throws -> String? {
    guard let lookup else { return row[label.text]?.words }
    guard let stored = row[lookup.column.text] else { return nil }
    return try text(of: stored, lookup)
  }

  /// A key that no row has, for one that is to come and whose key the engine or this program makes.
  func freeKey() throws -> Key {
    switch keys.serverType {
    case "bigint":
      let number = try connection.count("SELECT least(min(\(key)), 0) - 1 FROM \(table)")
      return .integer(Int64(number))
    case "uuid": return .text("00000000-0000-0000-0000-000000000000")
    default: return .text("")
    }
  }

  /// The text to which a stored key refers; the key itself where there is none.
  func text(of stored: StoredValue, _ lookup: SchemaMapping.Lookup) throws -> String? {
    try connection.first("SELECT \(lookup.text(of: "?1"))", [stored.value]) {
      $0.optionalText(0)
    } ?? nil
  }

  /// A row with this key, byte by byte; nil if there is none.
  ///
  /// - Parameters:
  ///   - id: The key.
  ///   - ofAnyKind: Whether a row counts that the mapping takes for something else.
  ///   - isWhole: Whether it has all that the table has, and not only what the operator sees.
  /// - Returns: The row.
  /// - Throws: What the database answers.
  func row(_ id: Key, ofAnyKind: Bool = false, isWhole: Bool = false) throws -> RowValues? {
    guard keys.canHold(id) else { return nil }
    let isOfType = mapping.engine == .sqlite ? " AND typeof(\(key)) = typeof(?1)" : ""
    let conditions =
      ["\(key) = ?1\(isOfType)"]
      + (ofAnyKind ? [] : only.map { $0.condition("\(table)") })
    return try EntityTable.rows(
      of: isWhole ? "\(table.itself) AS \(table)" : "\(table)", columns,
      conditions.joined(separator: " AND "), [id.value], connection
    ).first
  }

  /// Rows of a table, with all columns that can be written.
  static func rows(
    of table: String, _ columns: [Column], _ condition: String, _ arguments: [Value],
    _ connection: any DatabaseSession
  ) throws -> [RowValues] {
    let names = columns.map(\.name.text)
    let list = columns.map(\.name.description).joined(separator: ", ")
    return try connection.rows(
      "SELECT \(list) FROM \(table) WHERE \(condition) ORDER BY 1", arguments
    ) { RowValues($0, names: names) }
  }

  /// Puts a row in.
  static func insert(
    _ row: RowValues, into table: SQLName, _ connection: any DatabaseSession
  ) throws {
    var arguments = Bindings()
    let insertion = insertion(of: row, into: table, connection, &arguments)
    try connection.execute(insertion, arguments.values)
  }

  /// Puts a row of the table in, and says under which key.
  func insert(_ row: RowValues) throws -> Key {
    var arguments = Bindings()
    let insertion = EntityTable.insertion(of: row, into: table, connection, &arguments)
    if let file = connection as? Connection {
      try file.execute(insertion, arguments.values)
      return row[key.text].map { Key($0.value) } ?? .integer(file.lastInsertRowID)
    }
    // Nothing is returned where a trigger of the application keeps the row out.
    let made = try connection.rows("\(insertion) RETURNING \(key)", arguments.values) {
      Key($0.value(0))
    }
    guard let made = made.first else { throw PlanOutdated() }
    return made
  }

  /// A statement that puts a row in; a server takes a key also where it makes them itself.
  private static func insertion(
    of row: RowValues, into table: SQLName, _ connection: any DatabaseSession,
    _ arguments: inout Bindings
  ) -> String {
    let engine = connection.engine
    let names = row.columns.map { SQLName(foreign: $0.name).description }
    let values = row.columns.map { $0.value.sql(&arguments, engine) }
    let given = engine == .postgres ? "OVERRIDING SYSTEM VALUE " : ""
    return """
      INSERT INTO \(table.itself) (\(names.joined(separator: ", ")))
      \(given)VALUES (\(values.joined(separator: ", ")))
      """
  }

  /// Puts values into the columns of a row.
  func update(_ id: Key, _ values: RowValues) throws {
    var arguments = Bindings()
    let key = arguments.bind(id.value)
    let assignments = values.columns.map { column in
      "\(SQLName(foreign: column.name)) = \(column.value.sql(&arguments, mapping.engine))"
    }
    guard !assignments.isEmpty else { return }
    try connection.execute(
      "UPDATE \(table.itself) SET \(assignments.joined(separator: ", ")) WHERE \(self.key) = \(key)",
      arguments.values)
  }

  // MARK: - Tables that refer to it

  /// A foreign key of another table.
  struct ForeignKey: Hashable {
    enum Deletion: Hashable {
      case blocks
      case cascades
      case setsNull
      case setsDefault
    }

    var table: SQLName
    var column: SQLName
    /// The column that it refers to.
    var parent: SQLName
    var deletion: Deletion
  }

  /// The foreign keys of all tables that refer to a table.
  static func references(
    to table: SQLName, key: SQLName, _ connection: any DatabaseSession
  ) throws -> [ForeignKey] {
    guard connection is Connection else {
      return try connection.catalog().tables.flatMap { other in
        other.foreignKeys.filter { $0.table == table.text }.flatMap { foreign in
          zip(foreign.columns, foreign.targets).map { column, target in
            ForeignKey(
              table: SQLName(foreign: other.name), column: SQLName(foreign: column),
              parent: SQLName(foreign: target), deletion: .init(foreign.onDelete))
          }
        }
      }
    }
    return try connection.rows(
      """
      SELECT t.name, f."from", coalesce(f."to", ?2), f.on_delete
      FROM (SELECT name FROM sqlite_schema WHERE type = 'table') AS t
      JOIN temp.pragma_foreign_key_list(t.name, 'main') AS f
      WHERE f."table" = ?1 COLLATE NOCASE ORDER BY t.name, f.id, f.seq
      """, [.text(table.text), .text(key.text)]
    ) { row in
      let deletion: ForeignKey.Deletion =
        switch row.text(3).uppercased() {
        case "CASCADE": .cascades
        case "SET NULL": .setsNull
        case "SET DEFAULT": .setsDefault
        default: .blocks
        }
      return ForeignKey(
        table: SQLName(foreign: row.text(0)), column: SQLName(foreign: row.text(1)),
        parent: SQLName(foreign: row.text(2)), deletion: deletion)
    }
  }

  /// The table and column to which a column of this table refers.
  func parent(of column: SQLName) throws -> (table: SQLName, column: SQLName)? {
    if let served {
      return EntityTable.parents(of: served).first { $0.column == column.text }?.parent
    }
    return try EntityTable.parents(of: table, connection).first {
      $0.column.lowercased() == column.text.lowercased()
    }?.parent
  }

  /// A column that refers to another table, with the table and column there.
  typealias Parent = (column: String, parent: (table: SQLName, column: SQLName))

  /// The columns of a table that refer to others.
  static func parents(
    of table: SQLName, _ connection: any DatabaseSession
  ) throws -> [Parent] {
    if let found = try served(table, connection) { return parents(of: found) }
    return try connection.rows(
      """
      SELECT "from", "table", coalesce("to", "from")
      FROM temp.pragma_foreign_key_list(\(table.literal), 'main') ORDER BY id, seq
      """
    ) { ($0.text(0), (SQLName(foreign: $0.text(1)), SQLName(foreign: $0.text(2)))) }
  }

  private static func parents(of table: SchemaCatalog.Table) -> [Parent] {
    table.foreignKeys.flatMap { foreign in
      zip(foreign.columns, foreign.targets).map {
        ($0, (SQLName(foreign: foreign.table), SQLName(foreign: $1)))
      }
    }
  }
}

extension EntityTable.ForeignKey.Deletion {
  /// What a server does with a row whose parent goes.
  fileprivate init(_ action: SchemaCatalog.Action) {
    self =
      switch action {
      case .noAction, .restrict: .blocks
      case .cascade: .cascades
      case .setNull: .setsNull
      case .setDefault: .setsDefault
      }
  }
}
