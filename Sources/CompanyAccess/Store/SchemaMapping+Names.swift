internal import Database

/// What a mapping names, and where its description does.
extension SchemaMapping {
  /// The tables of the application, roles first; one may be there more than once.
  var applicationTables: [(place: String, name: SQLName)] {
    var tables: [(String, SQLName)] = []
    if case .lookup(_, let roles) = users.role { tables.append(("users.role.table", roles.table)) }
    tables += lookups.map { ("\($0.place).table", $0.lookup.table) }
    tables += [("users.table", users.table), ("companies.table", companies.table)]
    if let home { tables.append(("home.table", home.table)) }
    return tables
  }

  /// The texts in other tables, and where the description speaks of them.
  private var lookups: [(place: String, owner: SQLName, lookup: Lookup)] {
    let prefix = SchemaMapping.aliasPrefix.utf8.count
    func places(_ kind: String, _ owner: SQLName, _ lookups: [Lookup]) -> [(
      String, SQLName, Lookup
    )] {
      lookups.map { ("\(kind).\($0.alias.text.dropFirst(prefix))", owner, $0) }
    }
    return places("users", users.table, users.lookups)
      + places("companies", companies.table, companies.lookups)
  }

  /// What lists can show of users and companies.
  var facts: MappingFacts {
    var facts = MappingFacts()
    facts.userIDs = users.keys.kind
    facts.companyIDs = companies.keys.kind
    facts.hasFullNames = !users.fullName.isEmpty
    facts.hasRoles = users.role != .none
    facts.hasEmails = users.email != nil
    facts.hasCodes = companies.code != nil
    return facts
  }

  /// A column that a mapping names.
  struct NamedColumn {
    let place: String
    let table: SQLName
    let name: SQLName
  }

  /// The columns of the application that have to be there.
  var applicationColumns: [NamedColumn] {
    var columns: [NamedColumn] = []
    let lookups = lookups
    func add(_ place: String, _ table: SQLName, _ name: SQLName?) {
      guard let name, !lookups.contains(where: { $0.lookup.alias == name }) else { return }
      columns.append(NamedColumn(place: place, table: table, name: name))
    }
    for (place, owner, lookup) in lookups {
      add("\(place).column", owner, lookup.column)
      add("\(place).key", lookup.table, lookup.key)
      add("\(place).name", lookup.table, lookup.name)
    }
    add("users.key", users.table, users.key)
    add("users.username", users.table, users.username)
    for part in users.fullName { add("users.full_name", users.table, part) }
    add("users.email", users.table, users.email)
    switch users.role {
    case .none: break
    case .column(let column): add("users.role", users.table, column)
    case .lookup(let column, let roles):
      add("users.role.column", users.table, column)
      add("users.role.key", roles.table, roles.key)
      add("users.role.name", roles.table, roles.name)
    }
    add("users.active", users.table, users.active.column)
    add("users.created_at", users.table, users.createdAt)
    add("users.modified_at", users.table, users.modifiedAt)
    add("companies.key", companies.table, companies.key)
    add("companies.name", companies.table, companies.name)
    add("companies.code", companies.table, companies.code)
    add("companies.active", companies.table, companies.active.column)
    add("companies.created_at", companies.table, companies.createdAt)
    add("companies.modified_at", companies.table, companies.modifiedAt)
    if let home {
      add("home.user", home.table, home.user)
      add("home.company", home.table, home.company)
    }
    for condition in users.only { add("users.only", users.table, condition.column) }
    for condition in companies.only {
      add("companies.only", companies.table, condition.column)
    }
    add("scope.user", users.table, scope?.user)
    add("scope.company", companies.table, scope?.company)
    guard access.isDescribed else { return columns }
    add("access.user", access.table, access.user)
    add("access.company", access.table, access.company)
    add("access.key", access.table, access.key)
    add("access.created_at", access.table, access.createdAt)
    add("access.modified_at", access.table, access.modifiedAt)
    for value in access.new { add("access.new", access.table, value.column) }
    for condition in access.only { add("access.only", access.table, condition.column) }
    add("access.live", access.table, access.live?.column)
    for value in access.end { add("access.end", access.table, value.column) }
    return columns
  }
}

extension KeyStorage {
  /// How people see the keys.
  fileprivate var kind: MappingFacts.IDs {
    switch form {
    case .integer: .numbers
    case .text: .texts
    case .digits, .dashed, .bytes: .uuids
    }
  }
}

extension SchemaMapping.Active {
  /// The column that says it; nil if all are active.
  var column: SQLName? {
    switch self {
    case .always: nil
    case .flag(let column), .truth(let column), .equals(let column, _): column
    }
  }
}
