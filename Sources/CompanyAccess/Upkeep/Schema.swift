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
  /// All triggers, in the order in which they are made.
  private(set) var triggers: [Item] = []
  /// What this program adds to the tables of an application, in the order in which it can be made.
  private(set) var additions: [Item] = []

  /// What a database must have with a mapping.
  ///
  /// It is composed once, because a file is compared with it several times whenever it is opened.
  init(mapping: SchemaMapping) {
    self.mapping = mapping
    triggers = grantTriggers + mapping.recordedKinds.flatMap { Schema.triggers(of: $0) }
    additions = [accessTable, companyIndex] + record
  }

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
  /// Its key columns have the type that the keys they refer to have. The constraint has a name so that
  /// tools which rebuild the table keep it.
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
        CONSTRAINT \(mapping.access.unique) UNIQUE (user_id, company_id)
      """)
  }

  /// The users of a company; the index of the constraint serves users.
  var companyIndex: Item {
    let access = mapping.access
    return Schema.index(access.companyIndex, access.table, "\(access.company), \(access.user)")
  }

  /// The companies of a user, where an application's own table has no index for them.
  var userIndex: Item {
    let access = mapping.access
    return Schema.index(access.userIndex, access.table, "\(access.user), \(access.company)")
  }

  /// The tables of the record.
  ///
  /// No AUTOINCREMENT, because its table could not be taken away again, and no STRICT, because
  /// older versions of SQLite could then read nothing in the file.
  var recordTables: [Item] {
    [Schema.changeTable]
      + mapping.recordedKinds.flatMap { [Schema.lifetimes($0), Schema.former($0)] }
      + Schema.grantTables + Schema.otherTables
  }

  /// One row an operation.
  private static let changeTable = table(
    RecordTable.change,
    """
    id INTEGER NOT NULL PRIMARY KEY,
      at TEXT NOT NULL CHECK (typeof(at) = 'text'),
      actor TEXT NOT NULL CHECK (typeof(actor) = 'text'),
      origin TEXT NOT NULL CHECK (typeof(origin) = 'text'),
      action TEXT NOT NULL CHECK (typeof(action) = 'text'),
      reason TEXT CHECK (typeof(reason) IN ('text', 'null')),
      ticket TEXT CHECK (typeof(ticket) IN ('text', 'null')),
      decided_at TEXT CHECK (typeof(decided_at) IN ('text', 'null')),
      added INTEGER NOT NULL CHECK (typeof(added) = 'integer'),
      removed INTEGER NOT NULL CHECK (typeof(removed) = 'integer'),
      undoes INTEGER CHECK (typeof(undoes) IN ('integer', 'null'))
    """)

  /// One row a life of a user or of a company, with its attributes since the change `since_change`.
  ///
  /// The key is declared as the application declares it, so that keys of both are compared alike and by
  /// an index. A key that was granted before its row came is not `present` yet. A change that is NULL
  /// was before the record began.
  private static func lifetimes(_ kind: RecordedKind, _ attributes: String? = nil) -> Item {
    let collation = kind.keys.collation.map { " COLLATE \(SQLName(foreign: $0))" } ?? ""
    return table(
      kind.lifetimes,
      """
      lifetime INTEGER NOT NULL PRIMARY KEY, key \(kind.keys.type)\(collation) NOT NULL,
        began_change INTEGER, ended_change INTEGER, since_change INTEGER,
        present INTEGER NOT NULL, continues INTEGER, created_at, \(attributes ?? kind.list())
      """)
  }

  /// The attributes of a lifetime before an edit: from one change to before another.
  private static func former(_ kind: RecordedKind, _ attributes: String? = nil) -> Item {
    table(
      kind.former,
      """
      lifetime INTEGER NOT NULL, began_change INTEGER, ended_change INTEGER NOT NULL,
        present INTEGER NOT NULL, \(attributes ?? kind.list()), PRIMARY KEY (lifetime, ended_change)
      """, ending: " WITHOUT ROWID")
  }

  /// The statement that makes a table with attributes: what is before these and what is after them.
  static func around(
    attributesOf kind: RecordedKind, in table: SQLName
  ) -> (before: String, after: String) {
    let mark = "\u{0}"
    let item = table == kind.lifetimes ? lifetimes(kind, mark) : former(kind, mark)
    let parts = item.sql.split(separator: mark).map(String.init)
    return (parts[0], parts[1])
  }

  /// What stands, and what has ended; `row` holds further columns of the row as JSON where this program
  /// ended the grant.
  private static let grantTables = [
    table(
      RecordTable.currentGrant,
      """
      user_lifetime INTEGER NOT NULL, company_lifetime INTEGER NOT NULL, began_change INTEGER,
        PRIMARY KEY (user_lifetime, company_lifetime)
      """, ending: " WITHOUT ROWID"),
    table(
      RecordTable.endedGrant,
      """
      entry INTEGER NOT NULL PRIMARY KEY, user_lifetime INTEGER NOT NULL,
        company_lifetime INTEGER NOT NULL, began_change INTEGER, ended_change INTEGER NOT NULL,
        id, created_at, modified_at, "row" TEXT
      """),
  ]

  private static let otherTables = [
    // What this program changed in a row, for undo: JSON, see `RowSnapshot`.
    table(
      RecordTable.rowImage,
      """
      entry INTEGER NOT NULL PRIMARY KEY, change INTEGER NOT NULL,
        kind TEXT NOT NULL CHECK (kind IN ('user', 'company')), lifetime INTEGER NOT NULL,
        before TEXT, after TEXT
      """),
    // The change that is being written; NULL outside the transactions of this program. Then the newest
    // change of another program, and when it wrote, as a Julian day.
    table(
      RecordTable.now,
      """
      one INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
        change_id INTEGER CHECK (typeof(change_id) IN ('integer', 'null')),
        external_change INTEGER CHECK (typeof(external_change) IN ('integer', 'null')),
        external_day REAL CHECK (typeof(external_day) IN ('real', 'null'))
      """),
    table(RecordTable.setting, "key TEXT NOT NULL PRIMARY KEY, value"),
  ]

  /// The indexes of the tables of the record.
  var recordIndexes: [Item] { lifetimeIndexes + Schema.grantIndexes }

  /// The indexes of the lifetimes and of what their rows said before.
  var lifetimeIndexes: [Item] { mapping.recordedKinds.flatMap { Schema.indexes(of: $0) } }

  /// A condition for a lifetime whose row is not there now, in the words of the index that finds them.
  static let isAbsent = "present = 0 OR ended_change IS NOT NULL"

  private static func indexes(of kind: RecordedKind) -> [Item] {
    let table = kind.lifetimes
    func named(_ suffix: String) -> SQLName { table.with(prefix: "ix_", suffix: suffix) }
    return [
      Item(
        kind: .index, name: named("_open"),
        sql: "CREATE UNIQUE INDEX \(named("_open")) ON \(table) (key) WHERE ended_change IS NULL"),
      index(named("_key"), table, "key"),
      index(named("_name"), table, "name, key"),
      index(named("_began"), table, "began_change"),
      index(named("_ended"), table, "ended_change", where: "ended_change IS NOT NULL"),
      index(named("_absent"), table, "lifetime", where: Schema.isAbsent),
      index(named("_continues"), table, "continues", where: "continues IS NOT NULL"),
      index(
        kind.former.with(prefix: "ix_", suffix: "_ended"), kind.former, "ended_change"),
      index(
        kind.former.with(prefix: "ix_", suffix: "_absent"), kind.former, "ended_change",
        where: "present = 0"),
      index(kind.former.with(prefix: "ix_", suffix: "_name"), kind.former, "name"),
    ]
  }

  /// The grants of a company that stand.
  static let currentCompanyIndex = index(
    "ix_company_access_current_grant_company", RecordTable.currentGrant,
    "company_lifetime, user_lifetime, began_change")
  /// The grants of a change that stand.
  static let currentBeganIndex = index(
    "ix_company_access_current_grant_began", RecordTable.currentGrant, "began_change")
  /// The users that a company had.
  static let endedCompanyIndex = index(
    "ix_company_access_ended_grant_company", RecordTable.endedGrant,
    "company_lifetime, user_lifetime, began_change, ended_change")
  /// The companies that a user had.
  static let endedUserIndex = index(
    "ix_company_access_ended_grant_user", RecordTable.endedGrant,
    "user_lifetime, company_lifetime, began_change, ended_change")

  /// They hold the changes too, so that the grants of an earlier moment are counted along them.
  static let grantIndexes: [Item] = [
    currentCompanyIndex, currentBeganIndex, endedUserIndex, endedCompanyIndex,
    index(
      "ix_company_access_ended_grant_ended", RecordTable.endedGrant, "ended_change, began_change"),
    index(
      "ix_company_access_ended_grant_began", RecordTable.endedGrant, "began_change, ended_change"),
    index("ix_company_access_row_image_change", RecordTable.rowImage, "change"),
    index("ix_company_access_row_image_lifetime", RecordTable.rowImage, "lifetime, kind"),
  ]

  /// The tables, indexes and triggers of the record, in the order in which they can be made.
  var record: [Item] { recordTables + recordIndexes + triggers }

  private static func table(_ name: SQLName, _ columns: String, ending: String = "") -> Item {
    Item(kind: .table, name: name, sql: "CREATE TABLE \(name) (\n  \(columns))\(ending)")
  }

  private static func index(
    _ name: SQLName, _ table: SQLName, _ columns: String, where condition: String? = nil
  ) -> Item {
    let filter = condition.map { " WHERE \($0)" } ?? ""
    return Item(
      kind: .index, name: name, sql: "CREATE INDEX \(name) ON \(table) (\(columns))\(filter)")
  }
}
