import Database
import TestSupport

@testable import CompanyAccess

/// What the tables of an application say, or what the record says of a moment: rows as texts.
struct TableState: Hashable {
  var users: Set<String> = []
  var companies: Set<String> = []
  var grants: Set<String> = []

  /// Where it differs from another state, in words; nil if it does not.
  func difference(from other: TableState, _ name: String, _ otherName: String) -> String? {
    let parts = [
      ("users", users, other.users), ("companies", companies, other.companies),
      ("grants", grants, other.grants),
    ].compactMap { what, mine, others -> String? in
      guard mine != others else { return nil }
      return "\(what): only \(name) \(mine.subtracting(others).sorted()), "
        + "only \(otherName) \(others.subtracting(mine).sorted())"
    }
    return parts.isEmpty ? nil : parts.joined(separator: "; ")
  }
}

/// The tables of an application with our record on them, and another program that writes.
///
/// The tables are those of `init`, changed as a test needs them; the record is made by `Schema`.
final class RecordBench {
  /// A change of the definition of a table.
  struct TableChange: Hashable {
    var table: String
    /// What is replaced; empty to append.
    var old: String
    var new: String

    init(_ table: String, _ old: String, _ new: String) {
      (self.table, self.old, self.new) = (table, old, new)
    }
  }

  static let users = "hrm_users"
  static let companies = "hrm_company"
  static let access = "hrm_user_company_access"

  let connection: Connection
  let mapping: SchemaMapping
  /// The states after changes, as the tables had them.
  private(set) var states: [Int64: TableState] = [:]
  /// The columns of the access table, as the record has the keys.
  var pair = "user_id, company_id"
  private let folder: TemporaryFolder

  /// Makes the tables.
  ///
  /// - Parameters:
  ///   - mapping: Where the tables are.
  ///   - changes: How their definitions differ from those of `init`.
  ///   - triggers: Triggers of the application.
  ///   - areTriggersFirst: Whether they are made before ours.
  /// - Throws: What the database answers, and `Misfit` where a definition has no such text.
  init(
    _ mapping: SchemaMapping = .hrm, _ changes: [TableChange] = [], triggers: [String] = [],
    areTriggersFirst: Bool = true
  ) throws {
    self.mapping = mapping
    folder = try TemporaryFolder()
    connection = try Connection(path: folder.file("bench.db"), mode: .create)
    try connection.execute("PRAGMA synchronous = OFF; PRAGMA journal_mode = MEMORY")
    let schema = Schema(mapping: mapping)
    try connection.execute("BEGIN")
    for item in Schema.applicationTables + [schema.accessTable, schema.companyIndex] {
      try connection.execute(RecordBench.changed(item, changes))
    }
    if areTriggersFirst { for trigger in triggers { try connection.execute(trigger) } }
    for item in schema.record { try connection.execute(item.sql) }
    if !areTriggersFirst { for trigger in triggers { try connection.execute(trigger) } }
    try connection.execute("COMMIT")
    _ = try mark()
    try unmark()
  }

  /// A definition that has no such text.
  struct Misfit: Error { let change: TableChange }

  private static func changed(_ item: Schema.Item, _ changes: [TableChange]) throws -> String {
    var sql = item.sql
    for change in changes where change.table == item.name.text {
      if change.old.isEmpty {
        sql += change.new
      } else {
        guard sql.contains(change.old) else { throw Misfit(change: change) }
        sql = sql.replacing(change.old, with: change.new)
      }
    }
    return sql
  }

  // MARK: Writing

  /// Begins a change of this program, of which the triggers take the number.
  @discardableResult
  func mark() throws -> Int64 {
    try connection.execute(
      """
      INSERT INTO company_access_change (at, actor, origin, action, added, removed)
      VALUES ('2026-01-01 00:00:00.000', 'bench', 'library', 'grant', 0, 0)
      """)
    let change = connection.lastInsertRowID
    try connection.execute(
      "INSERT OR REPLACE INTO company_access_now (one, change_id) VALUES (1, ?)",
      [.integer(change)])
    return change
  }

  func unmark() throws {
    try connection.execute("UPDATE company_access_now SET change_id = NULL")
    // Or else the next write of another program may join this change within its millisecond.
    try connection.execute("UPDATE company_access_now SET external_day = NULL")
    try connection.execute("UPDATE company_access_change SET at = '2026-01-01 00:00:00.000'")
  }

  /// Carries out statements as one operation, and keeps what the tables say then.
  ///
  /// - Parameters:
  ///   - statements: What is written; those with `fails` in front must fail.
  ///   - isMarked: Whether it is a change of this program.
  /// - Returns: What a statement did that it should not have done.
  /// - Throws: What the database answers.
  func step(_ statements: [String], isMarked: Bool) throws -> [String] {
    if isMarked { try mark() }
    var faults: [String] = []
    for statement in statements {
      let mustFail = statement.hasPrefix("/* fails */")
      do {
        try connection.execute(statement)
        if mustFail { faults.append("did not fail: \(statement)") }
      } catch {
        if !mustFail { faults.append("\(statement): \(error)") }
      }
    }
    try unmark()
    try note()
    return faults
  }

  /// Keeps what the tables say as the state after the newest change.
  func note() throws { states[try newest] = try tables() }

  /// Forgets the states of changes from one on.
  func forget(from change: Int64) { states = states.filter { $0.key < change } }

  var newest: Int64 {
    get throws { Int64(try connection.count("SELECT max(id) FROM company_access_change")) }
  }

  // MARK: Comparing

  /// What the tables say.
  func tables() throws -> TableState {
    func rows(_ columns: String, _ table: String, _ keys: String) throws -> Set<String> {
      let sql = "SELECT \(columns) FROM \(table) WHERE \(keys)"
      return Set(try connection.rows(sql) { row in RecordBench.text(row) })
    }
    return TableState(
      users: try rows(
        "id, username, full_name, email, coalesce(is_active, 1) <> 0", RecordBench.users,
        "id IS NOT NULL"),
      companies: try rows(
        "id, name, code, coalesce(is_active, 1) <> 0", RecordBench.companies, "id IS NOT NULL"),
      grants: try rows(
        pair, RecordBench.access, "user_id IS NOT NULL AND company_id IS NOT NULL"))
  }

  /// What the record says of the state after a change.
  func record(after change: Int64) throws -> TableState {
    let relations = try Relations(
      mapping: mapping, moment: .after(ChangeID(change)), connection: connection)
    func rows(_ columns: String, _ arms: [String]) throws -> Set<String> {
      let found = try arms.flatMap { arm in
        try connection.rows("SELECT \(columns) FROM \(arm)") { row in RecordBench.text(row) }
      }
      return Set(found)
    }
    return TableState(
      users: try rows("id, username, full_name, email, is_active", relations.users()),
      companies: try rows("id, name, code, is_active", relations.companies()),
      grants: try rows("user_id, company_id", [relations.grants()]))
  }

  private static func text(_ row: borrowing Row) -> String {
    (0..<row.count).map { column in
      switch row.value(column) {
      case .null: "-"
      case .integer(let number): String(number)
      case .real(let number): String(number)
      case .text(let text): "'\(text)'"
      case .blob(let bytes): "x\(bytes)"
      }
    }.joined(separator: " ")
  }

  /// Where the record and the kept states differ, at all moments or at some of them.
  func differences(among changes: [Int64]? = nil) throws -> [String] {
    try (changes ?? states.keys.sorted()).compactMap { change in
      guard let state = states[change] else { return nil }
      return try record(after: change).difference(from: state, "record", "tables")
        .map { "moment \(change): \($0)" }
    }
  }

  /// Puts what no trigger saw on the record, as a change of its own.
  func reconcile() throws {
    let change = try mark()
    try unmark()
    for statement in Reconciliation(mapping: mapping).statements(as: "\(change)") {
      try connection.execute(statement)
    }
  }

  /// How the tables and the record differ now.
  func unseen() throws -> RecordDifference {
    try Reconciliation(mapping: mapping).counts(connection)
  }
}

/// The row of a user, as it follows `INSERT INTO`.
func userRow(_ id: Int, _ name: String, active: Int = 1, fullName: String? = nil) -> String {
  let fullName = fullName.map { "'\($0)'" } ?? "NULL"
  return """
    hrm_users (id, username, full_name, is_active, created_at, modified_at)
    VALUES (\(id), '\(name)', \(fullName), \(active), 't', 't')
    """
}

/// The row of a company, as it follows `INSERT INTO`.
func companyRow(_ id: String, _ name: String) -> String {
  "hrm_company VALUES ('\(id)', '\(name)', NULL, 1, 't', 't')"
}

/// The row of a grant, as it follows `INSERT INTO`; the keys as SQL.
func grantRow(_ id: String, _ user: String, _ company: String) -> String {
  "hrm_user_company_access VALUES ('\(id)', \(user), \(company), 't', 't')"
}
