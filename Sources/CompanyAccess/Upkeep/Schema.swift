internal import Database

/// The tables, indexes and triggers that a database must have, composed from a mapping.
struct Schema: Hashable, Sendable {
  /// One object of the database.
  struct Item: Hashable, Sendable {
    enum Kind: String, Hashable, Sendable {
      case table
      case index
      case trigger
    }

    var kind: Kind
    var name: SQLName
    /// The statement that makes it, in exactly the text that SQLite keeps.
    var sql: String
  }

  let mapping: SchemaMapping

  /// The tables of the application that `init` makes, in the order in which they can be made.
  static let applicationTables: [Item] = [
    table(
      "hrm_role",
      """
      id INTEGER NOT NULL PRIMARY KEY, name VARCHAR(50) NOT NULL UNIQUE
      """),
    table(
      SchemaMapping.hrm.users.table,
      """
      id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, username VARCHAR(80) NOT NULL UNIQUE,
        full_name VARCHAR(120), email VARCHAR(120) UNIQUE, password_hash VARCHAR(256),
        role_id INTEGER REFERENCES hrm_role (id),
        is_active BOOLEAN NOT NULL DEFAULT 1,
        created_at DATETIME NOT NULL, modified_at DATETIME NOT NULL
      """),
    table(
      SchemaMapping.hrm.companies.table,
      """
      id CHAR(32) NOT NULL PRIMARY KEY, name VARCHAR(120) NOT NULL UNIQUE,
        code VARCHAR(20) UNIQUE, is_active BOOLEAN NOT NULL DEFAULT 1,
        created_at DATETIME NOT NULL, modified_at DATETIME NOT NULL
      """),
    table(
      "hrm_employee",
      """
      id CHAR(32) NOT NULL PRIMARY KEY,
        user_id INTEGER UNIQUE REFERENCES \(SchemaMapping.hrm.users.table) (id) ON DELETE SET NULL,
        company_id CHAR(32) NOT NULL REFERENCES \(SchemaMapping.hrm.companies.table) (id),
        full_name VARCHAR(120) NOT NULL,
        created_at DATETIME NOT NULL, modified_at DATETIME NOT NULL
      """),
  ]

  /// The tables of the application that must be there.
  var requiredTables: [SQLName] {
    var seen: Set<SQLName> = []
    return mapping.applicationTables.map(\.name).filter { seen.insert($0).inserted }
  }

  /// Who may enter what.
  ///
  /// Its key columns have the type that the keys they refer to have.
  /// `change_id` may be NULL, because other programs do not know of it, and refers to nothing, so
  /// that it never stops them. The constraint has a name so that tools which rebuild the
  /// table keep it.
  var accessTable: Item {
    let users = mapping.users
    let companies = mapping.companies
    return Schema.table(
      mapping.access.table,
      """
      id \(mapping.access.keys.type) NOT NULL PRIMARY KEY,
        user_id \(users.keys.type) NOT NULL REFERENCES \(users.table) (\(users.key)) ON DELETE CASCADE,
        company_id \(companies.keys.type) NOT NULL
          REFERENCES \(companies.table) (\(companies.key)) ON DELETE CASCADE,
        created_at DATETIME NOT NULL, modified_at DATETIME NOT NULL,
        change_id INTEGER,
        CONSTRAINT \(mapping.access.unique) UNIQUE (user_id, company_id)
      """)
  }

  /// The indexes of the access table beside that of the constraint, which serves users.
  var accessIndexes: [Item] { [companyIndex, changeIndex] }

  /// The users of a company, and since which change, so that those of an earlier moment are counted
  /// without reading their rows.
  var companyIndex: Item {
    Schema.index(
      mapping.access.companyIndex, mapping.access.table, "company_id, user_id, change_id")
  }

  /// The grants of a change.
  var changeIndex: Item {
    Schema.index(mapping.access.changeIndex, mapping.access.table, "change_id")
  }

  /// The tables of the record.
  ///
  /// No AUTOINCREMENT, because its table could not be taken away again, and no STRICT, because
  /// older versions of SQLite could then read nothing in the file.
  static let recordTables: [Item] = [
    table(
      "company_access_change",
      """
      id INTEGER NOT NULL PRIMARY KEY,
        at TEXT NOT NULL CHECK (typeof(at) = 'text'),
        actor TEXT NOT NULL CHECK (typeof(actor) = 'text'),
        origin TEXT NOT NULL CHECK (typeof(origin) = 'text'),
        action TEXT NOT NULL CHECK (typeof(action) = 'text'),
        reason TEXT CHECK (typeof(reason) IN ('text', 'null')),
        added INTEGER NOT NULL CHECK (typeof(added) = 'integer'),
        removed INTEGER NOT NULL CHECK (typeof(removed) = 'integer'),
        undoes INTEGER CHECK (typeof(undoes) IN ('integer', 'null'))
      """),
    // Keys are of any type, and a restored grant may end a second time under its id.
    table(
      "company_access_history",
      """
      id NOT NULL, user_id NOT NULL, company_id NOT NULL, created_at, modified_at,
        granted_change INTEGER CHECK (typeof(granted_change) IN ('integer', 'null')),
        ended_change INTEGER NOT NULL CHECK (typeof(ended_change) = 'integer')
      """),
    table(
      "company_access_entity",
      """
      kind TEXT NOT NULL CHECK (kind IN ('user', 'company')), id NOT NULL,
        change_id INTEGER NOT NULL CHECK (typeof(change_id) = 'integer'), name,
        gone INTEGER NOT NULL CHECK (gone IN (0, 1)), before TEXT, after TEXT
      """),
    // The change that is being written; NULL outside the transactions of this program.
    table(
      "company_access_now",
      """
      one INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
        change_id INTEGER CHECK (typeof(change_id) IN ('integer', 'null'))
      """),
    table("company_access_setting", "key TEXT NOT NULL PRIMARY KEY, value"),
  ]

  /// The indexes of the tables of the record.
  ///
  /// They hold the changes too, so that the grants of an earlier moment are counted along them.
  static let recordIndexes: [Item] = [
    index(
      "ix_company_access_history_ended", "company_access_history",
      "ended_change, granted_change"),
    index(
      "ix_company_access_history_user", "company_access_history",
      "user_id, company_id, granted_change, ended_change"),
    historyCompanyIndex,
    index("ix_company_access_entity", "company_access_entity", "kind, id, change_id"),
    // What a change did, for the log.
    index("ix_company_access_entity_change", "company_access_entity", "change_id"),
  ]

  /// What a company's users were.
  static let historyCompanyIndex = index(
    "ix_company_access_history_company", "company_access_history",
    "company_id, user_id, granted_change, ended_change")

  /// What this program adds to the tables of an application, in the order in which it can be made.
  var additions: [Item] {
    [accessTable] + accessIndexes + Schema.recordTables + Schema.recordIndexes + triggers
  }

  private static func table(_ name: SQLName, _ columns: String) -> Item {
    Item(kind: .table, name: name, sql: "CREATE TABLE \(name) (\n  \(columns))")
  }

  private static func index(_ name: SQLName, _ table: SQLName, _ columns: String) -> Item {
    Item(kind: .index, name: name, sql: "CREATE INDEX \(name) ON \(table) (\(columns))")
  }
}
