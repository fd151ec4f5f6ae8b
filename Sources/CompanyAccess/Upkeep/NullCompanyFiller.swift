internal import Database

/// Finds rows without a company, and fills them from their users.
struct NullCompanyFiller {
  private struct Table {
    let name: SQLName
    /// The columns by which its rows are told apart and ordered.
    let keys: [SQLName]
  }

  private static let rowsAtOnce = 1_000
  static let change = "null_company"

  private let connection: Connection
  private let mapping: SchemaMapping
  private let standard: CompanyID?
  private let tables: [Table]

  init(_ connection: Connection, _ mapping: SchemaMapping, _ standard: CompanyID?) throws {
    self.connection = connection
    self.mapping = mapping
    self.standard = standard
    tables = try NullCompanyFiller.tables(connection, mapping)
  }

  /// The application's tables with both columns, but for the one that says where users belong and
  /// those whose columns refer to something else.
  private static func tables(_ connection: Connection, _ mapping: SchemaMapping) throws -> [Table] {
    let objects = try SchemaObjects(connection)
    var others = Schema(mapping: mapping).tableNames
    others.formUnion(
      [mapping.users.table, mapping.companies.table, mapping.home?.table].compactMap { $0?.folded })
    return try objects.tables.compactMap { table in
      guard !others.contains(table.name.lowercased()) else { return nil }
      let columns = try connection.rows(
        "SELECT lower(name), name, pk FROM temp.pragma_table_info(?)", [.text(table.name)]
      ) { (folded: $0.text(0), name: $0.text(1), key: $0.int(2)) }
      let names = Set(columns.map(\.folded))
      guard names.isSuperset(of: ["company_id", "user_id"]),
        try refers(connection, table.name, "user_id", to: mapping.users.table),
        try refers(connection, table.name, "company_id", to: mapping.companies.table)
      else { return nil }
      let isRowless = SQLTokens(table.sql ?? "").tokens.suffix(4).contains { $0.isWord("rowid") }
      let keys = columns.filter { $0.key > 0 }.sorted { $0.key < $1.key }
      let hidden = ["rowid", "_rowid_", "oid"].first { !names.contains($0) } ?? "rowid"
      return Table(
        name: SQLName(foreign: table.name),
        keys: isRowless ? keys.map { SQLName(foreign: $0.name) } : [SQLName(foreign: hidden)])
    }
  }

  /// Whether a column refers to a table, or, as far as the schema says, to none.
  private static func refers(
    _ connection: Connection, _ table: String, _ column: String, to parent: SQLName
  ) throws -> Bool {
    let parents = try connection.rows(
      "SELECT lower(\"table\") FROM temp.pragma_foreign_key_list(?) WHERE lower(\"from\") = ?",
      [.text(table), .text(column)]
    ) { $0.text(0) }
    return parents.allSatisfy { $0 == parent.folded }
  }

  // MARK: - SQL

  /// The company of a row's user, if that is one company which is there; NULL if not.
  private func home(_ row: String) -> String {
    guard let home = mapping.home else { return "NULL" }
    return """
      (SELECT CASE WHEN min(h.\(home.company)) = max(h.\(home.company)) THEN min(h.\(home.company)) END
        FROM \(home.table) AS h
        JOIN \(mapping.companies.rows("hc")) ON hc.\(mapping.companies.key) = h.\(home.company)
        WHERE h.\(home.user) = \(row).user_id)
      """
  }

  private func resolved(_ row: String, _ arguments: inout Bindings) -> String {
    standard.map { "coalesce(\(home(row)), \(arguments.bind($0.value)))" } ?? home(row)
  }

  private func key(_ table: Table, _ row: String) -> String {
    table.keys.map { "\(row).\($0)" }.joined(separator: ", ")
  }

  private func bound(_ place: [Key], _ arguments: inout Bindings) -> String {
    place.map { arguments.bind($0.value) }.joined(separator: ", ")
  }

  // MARK: - Counting

  func counts() throws -> [NullCompanyTable] {
    try tables.compactMap { table in
      var arguments = Bindings()
      let company = resolved("t", &arguments)
      let counts = try connection.first(
        """
        SELECT count(*), coalesce(sum(\(company) IS NOT NULL), 0) FROM \(table.name) AS t
        WHERE t.company_id IS NULL
        """, arguments.values
      ) { (rows: $0.int(0), resolvable: $0.int(1)) }
      guard let counts, counts.rows > 0 else { return nil }
      return NullCompanyTable(
        table: table.name.text, rows: counts.rows, resolvable: counts.resolvable)
    }
  }

  /// The change of a run that was stopped; nil if there is none.
  func unfinished() throws -> ChangeID? {
    guard case .integer(let number) = try SchemaSetting.value(NullCompanyFiller.change, connection)
    else { return nil }
    return ChangeID(number)
  }

  // MARK: - Filling

  /// Fills the next rows, inside a transaction, and says how far it has come.
  ///
  /// Each batch goes on behind the last row of the one before, also if that could not be filled:
  /// a search for any row without a company would never end.
  func batch(after run: NullCompanyRun, _ header: ChangeHeader) throws -> NullCompanyRun {
    var run = run
    let change = try begin(run, header)
    run.change = change
    var looked = 0
    var filled: [String: Int] = [:]
    while looked < NullCompanyFiller.rowsAtOnce, run.table < tables.count {
      let table = tables[run.table]
      let wanted = NullCompanyFiller.rowsAtOnce - looked
      let (rows, end) = try next(table, after: run.place, wanted)
      looked += rows
      guard let end else {
        run.table += 1
        run.place = nil
        continue
      }
      filled[table.name.text, default: 0] += try fill(table, after: run.place, through: end)
      run.place = end
    }
    run.isComplete = run.table >= tables.count
    run.filled.merge(filled.filter { $0.value > 0 }, uniquingKeysWith: +)
    try note(filled, run.isComplete, header, change)
    try ChangeHeader.end(on: connection)
    return run
  }

  /// Takes up the change of this run or of the one that was stopped, or begins one.
  private func begin(_ run: NullCompanyRun, _ header: ChangeHeader) throws -> ChangeID {
    if let change = try run.change ?? unfinished() {
      try ChangeHeader.resume(change, on: connection)
      return change
    }
    let change = try header.begin(on: connection)
    try set(NullCompanyFiller.change, .integer(change.number))
    return change
  }

  /// How many rows the next batch of a table has, and the key of the last of them.
  private func next(
    _ table: Table, after place: [Key]?, _ limit: Int
  ) throws -> (rows: Int, end: [Key]?) {
    var arguments = Bindings()
    let key = key(table, "t")
    let behind = place.map { " AND (\(key)) > (\(bound($0, &arguments)))" } ?? ""
    let found = try connection.rows(
      """
      SELECT \(key) FROM \(table.name) AS t WHERE t.company_id IS NULL\(behind)
      ORDER BY \(key) LIMIT \(arguments.bind(.count(limit)))
      """, arguments.values
    ) { row in (0..<table.keys.count).map { Key(row.value($0)) } }
    return (found.count, found.last)
  }

  private func fill(_ table: Table, after place: [Key]?, through end: [Key]) throws -> Int {
    var arguments = Bindings()
    let row = table.name.description
    let company = resolved(row, &arguments)
    let key = key(table, row)
    let behind = place.map { " AND (\(key)) > (\(bound($0, &arguments)))" } ?? ""
    try connection.execute(
      """
      UPDATE \(table.name) SET company_id = \(company)
      WHERE \(row).company_id IS NULL\(behind) AND (\(key)) <= (\(bound(end, &arguments)))
        AND \(company) IS NOT NULL
      """, arguments.values)
    return connection.changes
  }

  /// Puts on the record what has been filled in so far, by this run and those before.
  private func note(
    _ filled: [String: Int], _ isComplete: Bool, _ header: ChangeHeader, _ change: ChangeID
  ) throws {
    let prefix = NullCompanyFiller.change + ":"
    var total: [(table: String, count: Int)] = []
    for table in tables.map(\.name.text) {
      let setting = prefix + table
      let before = try SchemaSetting.value(setting, connection)
      var count = filled[table] ?? 0
      if case .integer(let number) = before { count += Int(number) }
      if count > 0 { total.append((table, count)) }
      if isComplete {
        try connection.execute("DELETE FROM company_access_setting WHERE key = ?", [.text(setting)])
      } else if count > 0 {
        try set(setting, .count(count))
      }
    }
    if isComplete {
      try connection.execute(
        "DELETE FROM company_access_setting WHERE key = ?", [.text(NullCompanyFiller.change)])
    }
    let words = total.map { "\($0.table) \($0.count)" }.joined(separator: ", ")
    let reason = [header.reason.text, "companies filled in: \(words.isEmpty ? "none" : words)"]
    try connection.execute(
      "UPDATE company_access_change SET reason = ? WHERE id = ?",
      [.text(reason.compactMap(\.self).joined(separator: "; ")), .integer(change.number)])
  }

  private func set(_ key: String, _ value: Value) throws {
    try connection.execute(
      """
      INSERT INTO company_access_setting (key, value) VALUES (?, ?)
      ON CONFLICT (key) DO UPDATE SET value = excluded.value
      """, [.text(key), value])
  }

  // MARK: - What is left

  func unresolved(after place: NullCompanyCursor?, limit: Int) throws -> [NullCompanyRow] {
    var found: [NullCompanyRow] = []
    for table in tables where found.count < limit {
      if let place, table.name.text < place.table { continue }
      let start = place.flatMap { $0.table == table.name.text ? $0.place : nil }
      found += try unresolved(table, after: start, limit: limit - found.count)
    }
    return found
  }

  private func unresolved(
    _ table: Table, after place: [Key]?, limit: Int
  ) throws -> [NullCompanyRow] {
    var arguments = Bindings()
    let key = key(table, "t")
    let behind = place.map { " AND (\(key)) > (\(bound($0, &arguments)))" } ?? ""
    return try connection.rows(
      """
      SELECT t.user_id, \(reason("t")), \(key) FROM \(table.name) AS t
      WHERE t.company_id IS NULL AND \(home("t")) IS NULL\(behind)
      ORDER BY \(key) LIMIT \(arguments.bind(.count(limit)))
      """, arguments.values
    ) { row in
      let place = (0..<table.keys.count).map { Key(row.value($0 + 2)) }
      return NullCompanyRow(
        table: table.name.text, key: place.map(\.description).joined(separator: ", "),
        user: row.isNull(0) ? nil : Key(row.value(0)).description,
        reason: NullCompanyRow.Reason(rawValue: row.text(1)) ?? .noHome, place: place)
    }
  }

  private func reason(_ row: String) -> String {
    let users = mapping.users
    let isThere = """
      EXISTS (SELECT 1 FROM \(users.rows("u")) WHERE u.\(users.key) = \(row).user_id)
      """
    guard let home = mapping.home else { return "'\(NullCompanyRow.Reason.noHome.rawValue)'" }
    let homes = """
      FROM \(home.table) AS h
      LEFT JOIN \(mapping.companies.rows("hc")) ON hc.\(mapping.companies.key) = h.\(home.company)
      WHERE h.\(home.user) = \(row).user_id AND h.\(home.company) IS NOT NULL
      """
    return """
      CASE WHEN \(row).user_id IS NULL THEN '\(NullCompanyRow.Reason.noUser.rawValue)'
        WHEN NOT \(isThere) THEN '\(NullCompanyRow.Reason.userGone.rawValue)'
        WHEN NOT EXISTS (SELECT 1 \(homes)) THEN '\(NullCompanyRow.Reason.noHome.rawValue)'
        WHEN NOT EXISTS (SELECT 1 \(homes) AND hc.\(mapping.companies.key) IS NOT NULL)
          THEN '\(NullCompanyRow.Reason.homeGone.rawValue)'
        ELSE '\(NullCompanyRow.Reason.severalHomes.rawValue)' END
      """
  }
}
