internal import Database

/// The fields of users or companies in the file at hand, and what they hold.
struct EntityFields {
  static let home = "home"
  static let active = "active"

  let table: EntityTable
  private var mapping: SchemaMapping { table.mapping }
  private var connection: any DatabaseSession { table.connection }

  init(_ table: EntityTable) { self.table = table }

  /// The fields that every user or company has, and, for one who is added, the columns without which the
  /// database takes no row.
  func fields(adding: Bool) throws -> [EntityField] {
    let known = try table.kind == .user ? userFields() : companyFields()
    guard adding else { return known }
    let taken =
      known.map(\.column.text)
      + [table.createdAt, table.modifiedAt, table.activeColumn, table.homeColumn]
      .compactMap { $0?.text } + table.only.map(\.column.text)
    let others = try table.columns.filter { column in
      if column.name.text == table.key.text {
        return !table.hasAutomaticKey && table.keys.newValue == nil
      }
      return column.isNotNull && !column.hasDefault && !taken.contains(column.name.text)
    }.map { column in
      let id = known.contains { $0.id == column.name.text } ? "column " : ""
      return try field(id + column.name.text, column.name.text, column.name, isRequired: true)
    }
    return known + others
  }

  private func userFields() throws -> [EntityField] {
    let users = mapping.users
    let isEmail = users.email?.text == users.username.text
    var fields = [
      try field(
        "username", isEmail ? "E-mail" : "User name", users.username, isEmail ? .email : .text,
        isRequired: true)
    ]
    for column in users.fullName {
      let isOnly = users.fullName.count == 1
      fields.append(
        try field(
          isOnly ? "full_name" : column.text, isOnly ? "Full name" : EntityFields.words(column),
          column))
    }
    if let email = users.email, !isEmail {
      fields.append(try field("email", "E-mail", email, .email))
    }
    switch users.role {
    case .none: break
    case .column(let column), .lookup(let column, _):
      fields.append(try field("role", "Role", column, .role, choices: try roles()))
    }
    if let home = mapping.home { fields.append(try homeField(home)) }
    return fields
  }

  /// The company to which a user belongs, in the user's row or in another table.
  private func homeField(_ home: SchemaMapping.Home) throws -> EntityField {
    if table.homeColumn != nil {
      return try field(EntityFields.home, "Company", home.company, .company)
    }
    return EntityField(
      id: EntityFields.home, label: "Company", kind: .company, maximumLength: nil,
      isRequired: false, isUnique: false, choices: [], column: home.company)
  }

  private func companyFields() throws -> [EntityField] {
    let companies = mapping.companies
    let name = try field("name", "Name", companies.name, isRequired: true)
    return [name] + (try companies.code.map { [try field("code", "Code", $0)] } ?? [])
  }

  private func field(
    _ id: String, _ label: String, _ column: SQLName, _ kind: EntityField.Kind = .text,
    isRequired: Bool = false, choices: [String] = []
  ) throws -> EntityField {
    let lookup = table.lookup(column)
    let column = lookup?.column ?? column
    let found = table.column(column)
    return EntityField(
      id: id, label: label, kind: lookup == nil ? kind : .text,
      maximumLength: lookup == nil && (kind == .text || kind == .email) ? found?.length : nil,
      isRequired: isRequired || found.map { $0.isNotNull && !$0.hasDefault } == true,
      isUnique: table.uniqueColumns.contains(column.text) || id == "username" || id == "code",
      choices: choices, column: column)
  }

  /// `first_name` as `First name`.
  private static func words(_ column: SQLName) -> String {
    let words = column.text.replacing("_", with: " ")
    return words.prefix(1).uppercased() + words.dropFirst()
  }

  // MARK: - Roles

  /// The names of all roles there are: those of the table, or those that users have.
  func roles() throws -> [String] {
    guard let names = mapping.users.roleNames else { return [] }
    var roles = try connection.rows(
      """
      SELECT DISTINCT \(mapping.text("\(names.column)")) FROM \(names.table)
      WHERE \(names.column) IS NOT NULL ORDER BY 1 LIMIT 200
      """
    ) { $0.text(0) }
    if case .column = mapping.users.role, !roles.isEmpty {
      for role in mapping.allCompaniesRoles where !roles.contains(role) { roles.append(role) }
    }
    return roles
  }

  /// What the column of the role holds for a role with this name; nil if there is none.
  func stored(role name: String) throws -> StoredValue? {
    switch mapping.users.role {
    case .none: return nil
    case .column: return StoredValue(.text(name))
    case .lookup(_, let roles):
      return try connection.first(
        "SELECT \(roles.key) FROM \(roles.table) WHERE \(roles.name) = ? ORDER BY 1",
        [.text(name)]
      ) { StoredValue($0, 0) }
    }
  }

  /// The name of a role, from what the column holds.
  func roleName(_ stored: StoredValue?) throws -> String? {
    guard let stored, case .lookup = mapping.users.role else { return stored?.words }
    return try connection.first("SELECT \(mapping.users.roleName("?1"))", [stored.value]) {
      $0.optionalText(0)
    } ?? stored.words
  }

  // MARK: - Companies

  /// What people call a company, so that it is found again by that; nil for a key of none.
  func companyName(_ key: StoredValue?) throws -> String? {
    guard let key, key.value != .null else { return nil }
    let names = NameQueries(
      connection: connection, relations: Relations(mapping: mapping, moment: .now))
    let id = CompanyID(Key(key.value))
    let companies = mapping.companies
    let name = try connection.first(
      "SELECT c.\(companies.name) FROM \(companies.rows("c")) WHERE c.\(companies.key) = ?",
      [key.value]
    ) { $0.text(0) }
    guard let name else {
      // One that is gone has left its name.
      let recorded = RecordedKind(companies: mapping)
      return try connection.first(
        """
        SELECT \(recorded.name(of: "l")) FROM \(recorded.lifetimes) AS l
        WHERE l.key = ? AND l.ended_change IS NOT NULL ORDER BY l.ended_change DESC LIMIT 1
        """, [key.value], { $0.optionalText(0) }) ?? nil ?? "id:\(id)"
    }
    return try names.companies(name).map(\.id) == [id] ? name : "id:\(id)"
  }

  /// The key of the company of a user in another table; nil if there is none.
  func home(ofUser id: Key) throws -> StoredValue? {
    guard let home = mapping.home, table.homeColumn == nil else { return nil }
    return try connection.first(
      "SELECT \(home.company) FROM \(home.table) WHERE \(home.user) = ? LIMIT 1", [id.value]
    ) { StoredValue($0, 0) }
  }

  // MARK: - What is there

  /// What the fields hold of a row, in the words of a list; empty for NULL.
  func values(_ row: RowValues, _ id: Key?, _ fields: [EntityField]) throws -> [String: String] {
    var values: [String: String] = [:]
    for field in fields {
      values[field.id] = try words(row[field.column.text], of: field, id) ?? ""
    }
    return values
  }

  /// What a column holds, in the words of a list.
  func words(_ stored: StoredValue?, of field: EntityField, _ id: Key?) throws -> String? {
    switch field.kind {
    case .text, .email:
      guard let stored, let lookup = table.lookup(of: field) else { return stored?.words }
      return try table.text(of: stored, lookup)
    case .role: return try roleName(stored)
    case .company:
      if table.homeColumn == nil, let id { return try companyName(try home(ofUser: id)) }
      return try companyName(stored)
    }
  }

  /// Whether the row with a key is active.
  func isActive(_ id: Key) throws -> Bool {
    try connection.count(
      "SELECT count(*) FROM \(table.table) AS l WHERE \(table.key) = ? AND \(table.active.condition("l"))",
      [id.value]) > 0
  }

  /// The whole form of one who is there, or of one who is added.
  func form(of id: EntityID?) throws -> EntityForm {
    let fields = try fields(adding: id == nil)
    guard let id else {
      return EntityForm(
        kind: table.kind, id: nil, name: "", fields: fields, values: [:], isActive: true, row: nil)
    }
    guard let row = try table.row(id.key) else { throw AccessError.noSuchEntity(id) }
    let values = try values(row, id.key, fields)
    let isActive = try isActive(id.key)
    return EntityForm(
      kind: table.kind, id: id, name: try table.name(of: row) ?? "", fields: fields,
      values: values, isActive: isActive, row: EntityRow(values: values, isActive: isActive))
  }
}

extension AccessError {
  /// There is no user or company with this id.
  static func noSuchEntity(_ id: EntityID) -> AccessError {
    switch id {
    case .user(let id): .noSuchUser(id)
    case .company(let id): .noSuchCompany(id)
    }
  }
}

extension AccessStore {
  /// The fields of a user or of a company, with what they hold.
  ///
  /// - Parameters:
  ///   - kind: Whether it is about a user or a company.
  ///   - id: Whom it is about; nil for one who is to be added.
  ///   - work: Cancels the query.
  /// - Returns: The fields that the database at hand has.
  /// - Throws: `.noSuchUser` or `.noSuchCompany`, `.cancelled`, or what the database answers.
  public func form(
    _ kind: EntityKind, of id: EntityID? = nil, work: Work? = nil
  ) throws(AccessError) -> EntityForm {
    let mapping = mapping
    return try read(work: work) { connection in
      try EntityFields(EntityTable(kind, mapping, connection)).form(of: id)
    }
  }
}
