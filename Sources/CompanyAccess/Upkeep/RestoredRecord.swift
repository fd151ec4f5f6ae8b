internal import Database

/// Why a restored file has the record of its backup, and not that of the file before.
public enum RecordGap: Hashable, Sendable {
  /// There was no file.
  case noFile
  /// The file cannot be read.
  case unreadable
  /// The file was another database: one that was made by itself, with other numbers of changes.
  case otherDatabase
  /// The file keeps users, companies or grants elsewhere than the backup.
  case otherMapping
}

extension RecordGap: CustomStringConvertible {
  /// The reason, as a clause.
  public var description: String {
    switch self {
    case .noFile: "there was no file"
    case .unreadable: "it cannot be read"
    case .otherDatabase: "it is of another database"
    case .otherMapping: "its tables are others"
    }
  }
}

/// Puts the record of the present file into a copy of a backup, with what makes the difference as one
/// change.
///
/// The copy has the application's tables of the backup then, and a record that goes on: what was true
/// between the backup and its restoration stays answerable.
struct RestoredRecord {
  /// A connection to the copy, which has the present file attached as `present`.
  private let copy: Connection
  private let mapping: SchemaMapping
  private let reconciliation: Reconciliation
  private let number: Int64

  /// Nil if the present file has no such record.
  ///
  /// - Parameters:
  ///   - copy: A connection to the copy of the backup, without a transaction.
  ///   - present: The present file, or a copy of it.
  ///   - number: The number that the change is to have.
  /// - Throws: `isDamage` if the present file cannot be read.
  init?(_ copy: Connection, present: String, as number: Int64) throws {
    guard let mapping = try SchemaMapping(of: copy) else { return nil }
    self.copy = copy
    self.mapping = mapping
    self.number = number
    reconciliation = Reconciliation(mapping: mapping)
    try copy.execute("ATTACH DATABASE ? AS present", [.text(present)])
    guard try hasSameTables() else {
      try close()
      return nil
    }
  }

  /// Lets go of the present file.
  func close() throws { try copy.execute("DETACH DATABASE present") }

  private var tables: [SQLName] {
    RecordTable.all.filter { $0 != RecordTable.now }
  }

  /// Whether both files have the tables of the record and of the application with the same columns.
  private func hasSameTables() throws -> Bool {
    let applications = mapping.applicationTables.map(\.name) + [mapping.access.table]
    return try (tables + applications).allSatisfy { table in
      let columns = try ["main", "present"].map { try self.columns(of: table, in: $0) }
      return !columns[0].isEmpty && columns[0] == columns[1]
    }
  }

  private func columns(of table: SQLName, in schema: String) throws -> [String] {
    try copy.rows(
      "SELECT name FROM temp.pragma_table_info(\(table.literal), '\(schema)') ORDER BY cid"
    ) { $0.text(0) }
  }

  // MARK: - The change

  /// Writes the record with the change, inside a transaction.
  ///
  /// - Parameter insert: Puts the row of the change on the record, with how many grants came and went.
  /// - Throws: `PlanOutdated` if the record would not have what the tables have; what the database
  ///   answers.
  func write(_ insert: (_ added: Int, _ removed: Int) throws -> Void) throws {
    try noteLifetimes()
    let indexes = Schema(mapping: mapping).recordIndexes
    for index in indexes { try copy.execute("DROP INDEX IF EXISTS main.\(index.name)") }
    for table in tables {
      let columns = try columns(of: table, in: "main")
        .map { SQLName(foreign: $0).description }.joined(separator: ", ")
      try copy.execute("DELETE FROM main.\(table)")
      try copy.execute(
        "INSERT INTO main.\(table) (\(columns)) SELECT \(columns) FROM present.\(table)")
    }
    for index in indexes { try copy.execute(index.sql) }
    try endOthers()
    let ended = try copy.count(
      "SELECT count(*) FROM \(RecordTable.endedGrant) WHERE ended_change = \(number)")
    let counts = try reconciliation.counts(copy)
    try insert(counts.granted, counts.revoked + ended)
    for statement in reconciliation.statements(as: String(number)) { try copy.execute(statement) }
    try fillEnds()
    try continueLifetimes()
    try writeImages()
    guard try reconciliation.counts(copy).isEmpty else { throw PlanOutdated() }
  }

  // MARK: - Who is who

  /// Writes down which lifetimes the rows of the backup have, before another record takes the place.
  private func noteLifetimes() throws {
    let isKnown = try copy.count(
      "SELECT count(*) FROM sqlite_temp_schema WHERE name = 'company_access_restored'")
    guard isKnown == 0 else { return }
    try copy.execute(
      """
      CREATE TABLE temp.company_access_restored (
        kind TEXT NOT NULL, lifetime INTEGER NOT NULL, key, began_change INTEGER, created_at,
        PRIMARY KEY (kind, lifetime)) WITHOUT ROWID
      """)
    for kind in mapping.recordedKinds {
      try copy.execute(
        """
        INSERT INTO temp.company_access_restored
        SELECT '\(kind.kind.rawValue)', l.lifetime, l.key, l.began_change, l.created_at
        FROM main.\(kind.lifetimes) AS l WHERE l.ended_change IS NULL AND l.present
        """)
    }
  }

  /// The lifetimes of the backup whose keys have another one now, with that.
  ///
  /// A number that is another's in the present file is of one who came after both were one.
  private func restored(
    _ kind: RecordedKind, where condition: String
  ) throws -> [(earlier: Int64, now: Int64)] {
    try copy.rows(
      """
      SELECT r.lifetime, n.lifetime FROM temp.company_access_restored AS r
      CROSS JOIN main.\(kind.lifetimes) AS p ON p.lifetime = r.lifetime
      CROSS JOIN main.\(kind.lifetimes) AS n ON n.key = p.key AND n.ended_change IS NULL
      WHERE r.kind = '\(kind.kind.rawValue)' AND p.key = r.key
        AND p.began_change IS r.began_change AND p.created_at IS r.created_at
        AND n.lifetime <> r.lifetime AND \(condition)
      """
    ) { ($0.integer(0), $0.integer(1)) }
  }

  /// Ends the lifetimes of those who have had an id only since the backup, where another one gets it back.
  private func endOthers() throws {
    for kind in mapping.recordedKinds {
      let lineage = try Lineage(kind, copy)
      for (earlier, now) in try restored(kind, where: "TRUE")
      where !lineage.lives(of: earlier).contains(now) {
        let grants = "main.\(RecordTable.currentGrant) WHERE \(kind.lifetimeOfGrant) = \(now)"
        try copy.execute(
          """
          INSERT INTO main.\(RecordTable.endedGrant)
            (user_lifetime, company_lifetime, began_change, ended_change)
          SELECT user_lifetime, company_lifetime, began_change, \(number) FROM \(grants)
          """)
        try copy.execute("DELETE FROM \(grants)")
        try copy.execute(
          "UPDATE main.\(kind.lifetimes) SET ended_change = \(number) WHERE lifetime = \(now)")
      }
    }
  }

  /// Lets the lifetimes that began with the change continue those of the backup.
  private func continueLifetimes() throws {
    for kind in mapping.recordedKinds {
      let lineage = try Lineage(kind, copy)
      for (earlier, now) in try restored(kind, where: "n.began_change = \(number)") {
        guard let last = lineage.lives(of: earlier).last else { continue }
        try copy.execute(
          "UPDATE main.\(kind.lifetimes) SET continues = \(last) WHERE lifetime = \(now)")
      }
    }
  }

  // MARK: - What rows held

  /// Gives the grants that end with the change the ids and times of their rows.
  private func fillEnds() throws {
    let users = RecordedKind(users: mapping).lifetimes
    let companies = RecordedKind(companies: mapping).lifetimes
    try copy.execute(
      """
      UPDATE main.\(RecordTable.endedGrant) AS e SET (id, created_at, modified_at) = (
        SELECT a.id, a.created_at, a.modified_at FROM \(mapping.access.grants(in: "present")) AS a
        WHERE a.user_id = (SELECT l.key FROM main.\(users) AS l WHERE l.lifetime = e.user_lifetime)
          AND a.company_id = (SELECT l.key FROM main.\(companies) AS l
            WHERE l.lifetime = e.company_lifetime))
      WHERE e.ended_change = \(number)
      """)
  }

  /// Keeps the rows of users and companies that become others, in all columns.
  private func writeImages() throws {
    let homes = try HomeTable(mapping, copy)
    for kind in mapping.recordedKinds {
      let table = try EntityTable(kind.kind, mapping, copy)
      for key in try differing(kind, table, homes) {
        try writeImages(
          kind, key, try snapshot(table, homes, key, in: "present"),
          try snapshot(table, homes, key, in: "main"))
      }
    }
  }

  private func writeImages(
    _ kind: RecordedKind, _ key: Key, _ before: RowSnapshot?, _ after: RowSnapshot?
  ) throws {
    func lifetime(_ condition: String) throws -> Int64? {
      try copy.first(
        "SELECT l.lifetime FROM main.\(kind.lifetimes) AS l WHERE l.key = ? AND \(condition)",
        [key.value]
      ) { $0.integer(0) }
    }
    let gone = try lifetime("l.ended_change = \(number) AND l.present")
    if let gone, let before { try insert(kind, gone, before, nil) }
    if let made = try lifetime("l.ended_change IS NULL AND l.began_change = \(number)"), let after {
      try insert(kind, made, nil, after)
    }
    guard gone == nil, var old = before, var new = after,
      let edited = try lifetime("l.ended_change IS NULL AND l.began_change IS NOT \(number)")
    else { return }
    // Of an edit the columns that are different.
    old.columns.columns.removeAll { after?.columns[$0.name] == $0.value }
    new.columns.columns.removeAll { before?.columns[$0.name] == $0.value }
    if old.tables == new.tables { (old.tables, new.tables) = ([], []) }
    try insert(kind, edited, old, new)
  }

  private func insert(
    _ kind: RecordedKind, _ lifetime: Int64, _ before: RowSnapshot?, _ after: RowSnapshot?
  ) throws {
    try copy.execute(
      """
      INSERT INTO main.\(RecordTable.rowImage) (change, kind, lifetime, before, after)
      VALUES (?, ?, ?, ?, ?)
      """,
      [
        .integer(number), .text(kind.kind.rawValue), .integer(lifetime), .optional(before?.json),
        .optional(after?.json),
      ])
  }

  /// The keys whose rows are not the same in both files.
  private func differing(
    _ kind: RecordedKind, _ table: EntityTable, _ homes: HomeTable?
  ) throws -> [Key] {
    func difference(_ key: SQLName, _ columns: [EntityTable.Column], _ table: SQLName) -> [String] {
      let list = columns.map(\.name.description).joined(separator: ", ")
      return [("main", "present"), ("present", "main")].map { one, other in
        """
        SELECT \(key) AS k FROM (SELECT \(list) FROM \(one).\(table)
          EXCEPT SELECT \(list) FROM \(other).\(table))
        """
      }
    }
    var queries = difference(kind.key, table.columns, kind.table)
    if kind.kind == .user, let homes {
      queries += difference(homes.home.user, homes.columns, homes.home.table)
    }
    return try copy.rows(
      "SELECT DISTINCT k FROM (\(queries.joined(separator: " UNION ALL "))) WHERE k IS NOT NULL"
    ) { Key($0.value(0)) }
  }

  /// A row with what belongs to it, in one of the files; nil if there is none.
  private func snapshot(
    _ table: EntityTable, _ homes: HomeTable?, _ key: Key, in schema: String
  ) throws -> RowSnapshot? {
    func rows(_ name: SQLName, _ columns: [EntityTable.Column], _ column: SQLName) throws
      -> [RowValues]
    {
      let names = columns.map(\.name.text)
      let list = columns.map(\.name.description).joined(separator: ", ")
      return try copy.rows(
        "SELECT \(list) FROM \(schema).\(name) WHERE \(column) = ? ORDER BY 1", [key.value]
      ) { RowValues($0, names: names) }
    }
    guard let row = try rows(table.table, table.columns, table.key).first else { return nil }
    var snapshot = RowSnapshot(columns: row)
    if table.kind == .user, let homes {
      let found = try rows(homes.home.table, homes.columns, homes.home.user)
      snapshot.tables = [.init(table: homes.home.table.text, rows: found)]
    }
    return snapshot
  }
}
