internal import Database

/// Where an application keeps users, companies and grants: names of tables and columns.
///
/// All SQL that concerns them is composed from here, so that one program works on the databases of
/// several applications.
struct SchemaMapping: Hashable, Sendable {
  struct Users: Hashable, Sendable {
    var table: SQLName
    var key: SQLName
    /// How the keys are stored.
    var keys = KeyStorage.integer
    /// Whether rows may be without a key, which are no users.
    var hasNullableKey = false
    /// What people call a user by; unique.
    var username: SQLName
    /// The parts of the name, joined by spaces.
    var fullName: [SQLName]
    var email: SQLName?
    var role: Role
    var active: Active
    var createdAt: SQLName?
    var modifiedAt: SQLName?
    /// Texts that stand in other tables; `fullName` and `email` name them by their aliases.
    var lookups: [Lookup] = []
    /// What a row must say to be a user.
    var only: [ColumnCondition] = []
    /// Columns that a server compares with nothing but their own type, such as an enumeration.
    var typed: Set<SQLName> = []
  }

  struct Companies: Hashable, Sendable {
    var table: SQLName
    var key: SQLName
    /// How the keys are stored.
    var keys = KeyStorage.integer
    /// Whether rows may be without a key, which are no companies.
    var hasNullableKey = false
    var name: SQLName
    var code: SQLName?
    var active: Active
    var createdAt: SQLName?
    var modifiedAt: SQLName?
    /// Texts that stand in other tables; `name` names one by its alias.
    var lookups: [Lookup] = []
    /// What a row must say to be a company.
    var only: [ColumnCondition] = []
    /// Columns that a server compares with nothing but their own type, such as an enumeration.
    var typed: Set<SQLName> = []
  }

  /// A text in another table, to which a column of a row of users or companies refers.
  ///
  /// The record keeps the column; what it refers to is looked up when it is read.
  struct Lookup: Hashable, Sendable {
    /// What statements call the text, as if it were a column of the row.
    var alias: SQLName
    /// The column of the row with the key of the text.
    var column: SQLName
    var table: SQLName
    var key: SQLName
    /// The column with the text.
    var name: SQLName
    /// Whether columns have types that have to be the same.
    var isTyped = false
  }

  /// Where the name of a user's role is.
  enum Role: Hashable, Sendable {
    case none
    /// In the user's own row.
    case column(SQLName)
    /// In another table, to which the column of the user's row refers.
    case lookup(column: SQLName, Roles)
  }

  /// A table of roles.
  struct Roles: Hashable, Sendable {
    var table: SQLName
    var key: SQLName
    var name: SQLName
  }

  /// Which rows are active.
  enum Active: Hashable, Sendable {
    case always
    /// Those in which the column is not 0; NULL counts as active.
    case flag(SQLName)
    /// Those in which the column is not false, where the engine has truths; NULL counts as active.
    case truth(SQLName)
    /// Those in which the column has this value, which may be NULL.
    case equals(SQLName, Value)
  }

  /// Where it says to which company a user belonged before there was an access table.
  struct Home: Hashable, Sendable {
    /// The table of the users themselves, or another one.
    var table: SQLName
    /// The column with the key of the user.
    var user: SQLName
    /// The column with the key of the company; NULL for none.
    var company: SQLName
  }

  /// What a grant may not cross: both columns must have the same value.
  struct Scope: Hashable, Sendable {
    /// The column of the users.
    var user: SQLName
    /// The column of the companies.
    var company: SQLName
  }

  var name: String
  var users: Users
  var companies: Companies
  var home: Home?
  /// Names of the roles whose users may enter every company.
  var allCompaniesRoles: [String] = []
  /// As which role of an operator the application's own roles rank.
  var ranks: [String: OperatorRole] = [:]
  var scope: Scope?
  var access: Access
  /// The schemas of a server in which the tables are; empty for `public`.
  var schemas: [SQLName] = []
  /// The engine of the database, whose SQL is composed.
  var engine = SQLEngine.sqlite
  /// The description that it was read from; nil for a mapping that this program knows by itself.
  var source: String?
  /// The operator of the session, whose role limits the users who are picked for a change; no part of the
  /// description.
  private(set) var acting: Operator?

  /// Whether the session sees the whole database.
  var seesEverything: Bool { acting.map { $0.scope == .everything } ?? true }

  /// The same mapping in a session of an operator.
  func acted(by acting: Operator?) -> SchemaMapping {
    var mapping = self
    mapping.acting = acting
    return mapping
  }
}

/// How a key column stores its values.
struct KeyStorage: Hashable, Sendable {
  enum Form: Hashable, Sendable {
    case integer
    case text
    /// UUIDs as 32 hex digits.
    case digits
    /// UUIDs as 36 characters, with dashes.
    case dashed
    /// Bytes, as a rule the 16 of a UUID.
    case bytes
  }

  /// The type that the column is declared with.
  var type: String
  var form: Form
  /// The collation that the column is declared with; nil for the order of the bytes.
  var collation: String?
  /// The type in which PostgreSQL compares the keys; nil for SQLite, which compares what is there.
  var serverType: String?

  static let integer = KeyStorage(type: "INTEGER", form: .integer)
  static let digits = KeyStorage(type: "CHAR(32)", form: .digits)
  static let dashed = KeyStorage(type: "VARCHAR(36)", form: .dashed)
}
