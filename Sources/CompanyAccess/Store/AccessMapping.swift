internal import Database

extension SchemaMapping {
  /// The access table: which user may enter which company.
  ///
  /// As this program makes it, it has the columns that are the defaults here. An application's own table
  /// has other names, may lack all but the pair, and may have more.
  struct Access: Hashable, Sendable {
    var table: SQLName
    /// The column with the key of the user.
    var user: SQLName = "user_id"
    /// The column with the key of the company.
    var company: SQLName = "company_id"
    /// The column that tells the rows apart; nil for a table without one.
    var key: SQLName? = "id"
    var createdAt: SQLName? = "created_at"
    var modifiedAt: SQLName? = "modified_at"
    /// What further columns of a new row say.
    var new: [ColumnValue] = []
    /// Which rows count; nil for all.
    var live: ColumnCondition?
    /// What is written into a row to end its grant; empty if the row is deleted.
    var end: [ColumnValue] = []
    /// Further conditions, which the application never changes in a row.
    var only: [ColumnCondition] = []
    /// Why no row can be made; nil if one can.
    var revokeOnly: String?
    /// Whether it is the application's own table, as a mapping describes it.
    var isDescribed = false

    // As the database has it.

    /// The engine of the database, whose SQL is composed.
    var engine = SQLEngine.sqlite
    /// How the keys of its own rows are stored.
    var keys: KeyStorage
    /// Whether the database keeps a pair from counting twice.
    var isPairUnique = true
    /// Whether the database keeps a pair from being there twice, counting or not.
    var holdsEndedRows = false
    /// Whether an index leads with the user, so that the few rows of a user are found quickly.
    var hasUserIndex = false
    /// Whether rows may be without a user or a company; they are no grants.
    var hasNullablePair = false
    /// The columns that may be empty, in lower case.
    var nullable: Set<String> = []
    /// The columns that the mapping has no word for.
    var further: [SQLName] = []
    /// How columns store times, by their names in lower case; as this program does where nothing is said.
    var times: [String: StoredTime] = [:]

    /// A table as this program makes it.
    init(table: SQLName, keys: KeyStorage = .digits) {
      self.table = table
      self.keys = keys
    }

    /// A table of the application's own, all of whose rows are grants.
    init(
      table: SQLName, user: SQLName, company: SQLName, key: SQLName? = nil,
      createdAt: SQLName? = nil, modifiedAt: SQLName? = nil
    ) {
      self.init(table: table)
      isDescribed = true
      self.user = user
      self.company = company
      self.key = key
      self.createdAt = createdAt
      self.modifiedAt = modifiedAt
    }

    /// Whether the keys are numbers, which may be given again when the greatest has gone.
    var hasNumbers: Bool { key != nil && keys.form == .integer }
    var unique: SQLName { table.with(prefix: "uq_") }
    var userIndex: SQLName { table.with(prefix: "ix_", suffix: "_user") }
    var companyIndex: SQLName { table.with(prefix: "ix_", suffix: "_company") }
  }

  /// A value of a column on which something depends.
  struct ColumnCondition: Hashable, Sendable {
    var column: SQLName
    var equals: Value
  }

  /// What is written into a column.
  struct ColumnValue: Hashable, Sendable {
    enum Content: Hashable, Sendable {
      case constant(Value)
      /// The time of the change.
      case now
    }

    var column: SQLName
    var content: Content
  }

  /// How a column stores times.
  enum StoredTime: Hashable, Sendable {
    /// As this program does: `2026-07-06 08:00:00.000`.
    case text
    /// With a T, and with this ending, which names the offset to UTC or is empty.
    case iso(ending: String)
    /// Units since 1970: so many a second.
    case number(perSecond: Int64)
  }
}

// MARK: - As SQL

extension SchemaMapping.ColumnCondition {
  /// A condition for a row.
  func condition(_ row: String) -> String { "\(row).\(column) IS \(SQLText.literal(equals))" }
}

extension SQLText {
  /// A value as a literal.
  static func literal(_ value: Value) -> String {
    switch value {
    case .null: "NULL"
    case .integer(let number): String(number)
    case .real(let number): String(number)
    case .text(let text): literal(text)
    case .blob(let bytes):
      "x'" + bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() + "'"
    }
  }
}

extension SchemaMapping.StoredTime {
  /// An expression: a time of this program, an expression, in the form of the column.
  func stored(_ time: String) -> String {
    switch self {
    case .text: time
    case .iso(let ending): "replace(\(time), ' ', 'T') || '\(ending)'"
    case .number(perSecond: 1): "CAST(strftime('%s', \(time)) AS INTEGER)"
    case .number(let perSecond):
      """
      CAST(round((julianday(\(time)) - 2440587.5) * 86400000) AS INTEGER) * \(perSecond / 1_000)
      """
    }
  }
}

extension SchemaMapping.Access {
  /// Whether a statement can use the table as it is: it has the columns of one that this program makes,
  /// and each of its rows is a grant.
  var isPlain: Bool {
    let names: [(SQLName?, String)] = [
      (user, "user_id"), (company, "company_id"), (key, "id"), (createdAt, "created_at"),
      (modifiedAt, "modified_at"),
    ]
    return conditions("x", in: "").isEmpty && names.allSatisfy { $0?.text.lowercased() == $1 }
  }

  /// A relation with the columns `id`, `user_id`, `company_id`, `created_at`, `modified_at` and `rowid`:
  /// one row for each grant.
  var grants: String { grants(in: nil) }

  /// The same of the table in a schema, such as `present`.
  func grants(in schema: String?) -> String {
    let table = schema.map { "\($0).\(self.table)" } ?? self.table.description
    return relation(table, conditions("x", in: table))
  }

  /// A relation as `grants`, with every row that counts: where the database holds several of a pair,
  /// each of them.
  var rows: String { relation(table.description, meaning("x")) }

  private func relation(_ table: String, _ conditions: [String]) -> String {
    guard !isPlain else { return table }
    func column(_ name: SQLName?) -> String { name.map { "x.\($0)" } ?? "NULL" }
    func moment(_ name: SQLName?) -> String { name.map { time("x.\($0)", in: $0) } ?? noTime }
    let filter = conditions.isEmpty ? "" : " WHERE " + conditions.joined(separator: " AND ")
    return """
      (SELECT x.rowid AS rowid, \(column(key)) AS id, x.\(user) AS user_id,
        x.\(company) AS company_id, \(moment(createdAt)) AS created_at,
        \(moment(modifiedAt)) AS modified_at FROM \(table) AS x\(filter))
      """
  }

  /// An expression: no time.
  private var noTime: String { engine == .sqlite ? "NULL" : "CAST(NULL AS timestamptz)" }

  /// Conditions for a row that stands for its pair: it counts and is the first that does.
  private func conditions(_ row: String, in table: String) -> [String] {
    var conditions = meaning(row)
    if !isPairUnique {
      let others =
        (isOf("o", "\(row).\(user)", "\(row).\(company)")
        + ["o.rowid < \(row).rowid"] + counting("o")).joined(separator: " AND ")
      conditions.append("NOT EXISTS (SELECT 1 FROM \(table) AS o WHERE \(others))")
    }
    return conditions
  }

  /// Conditions for a row that counts and has a user and a company.
  private func meaning(_ row: String) -> [String] {
    counting(row)
      + (hasNullablePair ? [user, company].map { "\(row).\($0) IS NOT NULL" } : [])
  }

  /// Whether the rows of a pair are to be found among those of its user: between an index of the users
  /// and one of the companies SQLite takes any, and a company has many more rows.
  var findsPairsByUser: Bool { !isPairUnique && hasUserIndex }

  /// The same table, for triggers, whose text must not depend on the indexes that there are.
  var withoutIndexes: Self {
    var access = self
    access.hasUserIndex = false
    return access
  }

  /// Conditions for a row of a pair whose keys are expressions.
  func isOf(_ row: String, _ one: String, _ other: String) -> [String] {
    let few = findsPairsByUser ? "+" : ""
    return ["\(row).\(user) = \(one)", "\(few)\(row).\(company) = \(other)"]
  }

  /// Conditions for a row that counts.
  func counting(_ row: String) -> [String] {
    (only + (live.map { [$0] } ?? [])).map { $0.condition(row) }
  }

  /// A condition: whether a row of the table itself counts for the pair of which expressions give the
  /// keys.
  func stands(user one: String, company other: String) -> String {
    let conditions = isOf("x", one, other) + counting("x")
    return "EXISTS (SELECT 1 FROM \(table) AS x WHERE \(conditions.joined(separator: " AND ")))"
  }
}
