internal import Database

/// The tables of the record whose columns are the same in every database.
enum RecordTable {
  static let change: SQLName = "company_access_change"
  static let currentGrant: SQLName = "company_access_current_grant"
  static let endedGrant: SQLName = "company_access_ended_grant"
  static let rowImage: SQLName = "company_access_row_image"
  static let setting: SQLName = "company_access_setting"
  static let now: SQLName = "company_access_now"

  /// All of them, in the order in which they are made.
  static let all: [SQLName] =
    [change]
    + EntityKind.allCases.flatMap { [RecordedKind.lifetimes(of: $0), RecordedKind.former(of: $0)] }
    + [currentGrant, endedGrant, rowImage, now, setting]
}

/// What the record keeps of users, or of companies, and where the application keeps it.
///
/// The record has two tables for each kind. A row of `lifetimes` is one life of a row of the
/// application: an id that is used again begins another one. A row of `former` holds the attributes
/// of a lifetime before an edit.
struct RecordedKind: Hashable, Sendable {
  /// A column of the application that the record keeps.
  struct Attribute: Hashable, Sendable {
    /// The column of the record.
    let name: SQLName
    /// The column of the application.
    let column: SQLName
    /// Whether a server has it in a type that compares with none of the record.
    let isTyped: Bool

    /// An expression: what the row of the application says, comparable with what the record keeps.
    func value(_ row: String) -> String {
      isTyped ? "CAST(\(row).\(column) AS TEXT)" : "\(row).\(column)"
    }
  }

  let kind: EntityKind
  /// The table of the application.
  let table: SQLName
  let key: SQLName
  let keys: KeyStorage
  /// Whether rows may be without a key; the record does not have them.
  let hasNullableKey: Bool
  /// The attributes, that by which people call it first; each column of the application once.
  let attributes: [Attribute]
  /// The column of the application that says when a row was made; it is kept as a lifetime begins.
  let createdAt: SQLName?
  /// The texts in other tables, of which the attributes are the keys.
  let lookups: [SchemaMapping.Lookup]
  /// What a row must say to be on the record.
  let only: [SchemaMapping.ColumnCondition]

  private init(
    _ kind: EntityKind, _ table: SQLName, _ key: SQLName, _ keys: KeyStorage,
    hasNullableKey: Bool, createdAt: SQLName?, _ lookups: [SchemaMapping.Lookup],
    _ only: [SchemaMapping.ColumnCondition], _ typed: Set<SQLName>,
    _ attributes: [(SQLName, SQLName?)]
  ) {
    self.kind = kind
    self.table = table
    self.key = key
    self.keys = keys
    self.hasNullableKey = hasNullableKey
    self.createdAt = createdAt
    self.lookups = lookups
    self.only = only
    // A loop over a few names, because this is made anew for each statement that is composed.
    var kept: [Attribute] = []
    for case (let name, let called?) in attributes {
      let column = lookups.first { $0.alias == called }?.column ?? called
      if kept.contains(where: { $0.column.isSame(as: column) }) { continue }
      kept.append(Attribute(name: name, column: column, isTyped: typed.contains(column)))
    }
    self.attributes = kept
  }

  /// What the record keeps of users.
  init(users mapping: SchemaMapping) {
    let users = mapping.users
    let role: SQLName? =
      switch users.role {
      case .none: nil
      case .column(let column), .lookup(let column, _): column
      }
    let names = users.fullName.enumerated().map { place, column in
      (
        place == 0
          ? "full_name" : ("full_name" as SQLName).with(prefix: "", suffix: "_\(place + 1)"),
        column as SQLName?
      )
    }
    self.init(
      .user, users.table, users.key, users.keys, hasNullableKey: users.hasNullableKey,
      createdAt: users.createdAt, users.lookups, users.only,
      users.typed,
      [("name", users.username)] + names + [
        ("email", users.email), ("role", role), ("active", users.active.column),
        ("scope", mapping.scope?.user),
      ])
  }

  /// What the record keeps of companies.
  init(companies mapping: SchemaMapping) {
    let companies = mapping.companies
    self.init(
      .company, companies.table, companies.key, companies.keys,
      hasNullableKey: companies.hasNullableKey, createdAt: companies.createdAt,
      companies.lookups, companies.only, companies.typed,
      [
        ("name", companies.name), ("code", companies.code), ("active", companies.active.column),
        ("scope", mapping.scope?.company),
      ])
  }

  /// What the record keeps of a kind.
  init(_ kind: EntityKind, _ mapping: SchemaMapping) {
    switch kind {
    case .user: self.init(users: mapping)
    case .company: self.init(companies: mapping)
    }
  }

  /// The table with the lifetimes.
  var lifetimes: SQLName { RecordedKind.lifetimes(of: kind) }

  /// The table with the lifetimes of users, or of companies.
  static func lifetimes(of kind: EntityKind) -> SQLName {
    switch kind {
    case .user: "company_access_user_lifetime"
    case .company: "company_access_company_lifetime"
    }
  }

  /// The table with attributes before edits.
  var former: SQLName { RecordedKind.former(of: kind) }

  /// The table with what users, or companies, were before an edit.
  static func former(of kind: EntityKind) -> SQLName {
    switch kind {
    case .user: "company_access_former_user"
    case .company: "company_access_former_company"
    }
  }

  /// The column of the access table with the key.
  var column: SQLName {
    switch kind {
    case .user: "user_id"
    case .company: "company_id"
    }
  }

  /// The column of a grant with the lifetime.
  var lifetimeOfGrant: SQLName {
    switch kind {
    case .user: "user_lifetime"
    case .company: "company_lifetime"
    }
  }

  /// The name of the attribute by which people call it.
  static let name: SQLName = "name"

  /// The names of the attributes, as a list of columns.
  ///
  /// - Parameter row: The name of a row, or none.
  /// - Returns: The columns.
  func list(_ row: String? = nil) -> String {
    attributes.map { "\(row.map { "\($0)." } ?? "")\($0.name)" }.joined(separator: ", ")
  }

  /// The name of the lifetime beside columns of the application.
  static let lifetime: SQLName = "company_access_lifetime"

  /// The attributes and the key under the names that the application has for them, and the lifetime: a
  /// list of columns.
  ///
  /// - Parameters:
  ///   - lifetime: The name of the row with the key.
  ///   - row: The name of the row with the attributes.
  /// - Returns: The columns.
  func asApplicationColumns(key lifetime: String, attributes row: String) -> String {
    let others = attributes.filter { !$0.column.isSame(as: key) }
    let columns =
      ["\(lifetime).key AS \(key)"] + others.map { "\(row).\($0.name) AS \($0.column)" }
    let texts = lookups.map { "\($0.text(of: value(of: $0, row))) AS \($0.alias)" }
    return (columns + texts + ["\(lifetime).lifetime AS \(RecordedKind.lifetime)"])
      .joined(separator: ", ")
  }

  /// An expression: the key of a text that is looked up, of a row with attributes.
  private func value(of lookup: SchemaMapping.Lookup, _ row: String) -> String {
    attributes.first { $0.column.isSame(as: lookup.column) }.map { "\(row).\($0.name)" } ?? "NULL"
  }

  /// An expression: what people call a row with attributes.
  func name(of row: String) -> String {
    let alias = SQLName(foreign: SchemaMapping.alias(of: RecordedKind.name.text))
    let kept = "\(row).\(RecordedKind.name)"
    return lookups.first { $0.alias == alias }?.text(of: kept) ?? kept
  }

  /// The operand of `FROM` that holds the rows of the application, as rows with a name.
  func rows(_ row: String, _ hint: String = "") -> String {
    SchemaMapping.rows(of: table, as: row, hint, lookups, only)
  }
}

extension SchemaMapping {
  /// What the record keeps of users and of companies.
  var recordedKinds: [RecordedKind] { [RecordedKind(users: self), RecordedKind(companies: self)] }
}
