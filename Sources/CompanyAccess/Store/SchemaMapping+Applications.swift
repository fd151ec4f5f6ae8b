internal import Database

/// Published applications whose tables are known, with their own access tables.
///
/// The names are those of the versions that the guide lists; an application of another version that has
/// other names is described like any other.
extension SchemaMapping {
  /// django-organizations 2: memberships of organizations beside Django's own users.
  static let djangoOrganizations = SchemaMapping(
    name: "django-organizations",
    users: djangoUsers(table: "auth_user", key: .integer),
    companies: djangoOrganization(table: "organizations_organization", key: .integer),
    access: djangoMemberships(table: "organizations_organizationuser"))

  /// openwisp-users 1: the same with users and UUIDs of its own.
  static let openwisp = SchemaMapping(
    name: "openwisp-users",
    users: djangoUsers(table: "openwisp_users_user", key: .digits),
    companies: djangoOrganization(table: "openwisp_users_organization", key: .digits),
    access: djangoMemberships(table: "openwisp_users_organizationuser"))

  /// Label Studio 1: a membership that has ended stays with a deletion mark.
  static let labelStudio: SchemaMapping = {
    var access = Access(
      table: "organizations_organizationmember", user: "user_id", company: "organization_id",
      key: "id", createdAt: "created_at", modifiedAt: "updated_at")
    access.live = ColumnCondition(column: "deleted_at", equals: .null)
    access.end = [ColumnValue(column: "deleted_at", content: .now)]
    var users = djangoUsers(table: "htx_user", key: .integer)
    users.username = "email"
    users.email = nil
    return SchemaMapping(
      name: "label-studio", users: users,
      companies: Companies(
        table: "organization", key: "id", name: "title", active: .always,
        createdAt: "created_at", modifiedAt: "updated_at"), access: access)
  }()

  /// Grafana 11: new members are viewers.
  static let grafana: SchemaMapping = {
    var access = Access(
      table: "org_user", user: "user_id", company: "org_id", key: "id", createdAt: "created",
      modifiedAt: "updated")
    access.new = [ColumnValue(column: "role", content: .constant(.text("Viewer")))]
    return SchemaMapping(
      name: "grafana",
      users: Users(
        table: SQLName(foreign: "user"), key: "id", username: "login", fullName: ["name"],
        email: "email", role: .none, active: .equals("is_disabled", .text("0")),
        createdAt: "created",
        modifiedAt: "updated"),
      companies: Companies(
        table: "org", key: "id", name: "name", active: .always, createdAt: "created",
        modifiedAt: "updated"), access: access)
  }()

  /// Tryton 7 and 8: companies are called what their parties are called.
  static let tryton = SchemaMapping(
    name: "tryton",
    users: Users(
      table: "res_user", key: "id", username: "login", fullName: ["name"], email: "email",
      role: .none, active: .flag("active"), createdAt: "create_date", modifiedAt: "write_date"),
    companies: Companies(
      table: "company_company", key: "id", name: partyName, active: .always,
      createdAt: "create_date", modifiedAt: "write_date",
      lookups: [
        Lookup(
          alias: partyName, column: "party", table: "party_party", key: "id", name: "name")
      ]),
    home: Home(table: "res_user", user: "id", company: "company"),
    access: Access(
      table: SQLName(foreign: "res_user-company_company"), user: SQLName(foreign: "user"),
      company: "company", key: "id", createdAt: "create_date", modifiedAt: "write_date"))
  private static let partyName = SQLName(foreign: alias(of: "name"))

  private static func djangoUsers(table: SQLName, key: KeyStorage) -> Users {
    Users(
      table: table, key: "id", keys: key, username: "username",
      fullName: ["first_name", "last_name"], email: "email", role: .none,
      active: .flag("is_active"), createdAt: "date_joined")
  }

  private static func djangoOrganization(table: SQLName, key: KeyStorage) -> Companies {
    Companies(
      table: table, key: "id", keys: key, name: "name", code: "slug", active: .flag("is_active"),
      createdAt: "created", modifiedAt: "modified")
  }

  private static func djangoMemberships(table: SQLName) -> Access {
    var access = Access(
      table: table, user: "user_id", company: "organization_id", key: "id",
      createdAt: "created", modifiedAt: "modified")
    access.new = [ColumnValue(column: "is_admin", content: .constant(.integer(0)))]
    return access
  }
}

// MARK: - Django's many-to-many fields

extension SchemaMapping {
  /// The mapping of a many-to-many field between Django's users and a model called company or
  /// organization; nil unless there is exactly one.
  ///
  /// Such a table has its own key and the two references, and no more.
  static func djangoManyToMany(_ connection: Connection) throws -> SchemaMapping? {
    let found = try connection.rows(
      """
      SELECT s.name, k."from", k."table" FROM sqlite_schema AS s
      JOIN temp.pragma_foreign_key_list(s.name, 'main') AS k
      JOIN temp.pragma_foreign_key_list(s.name, 'main') AS u
      WHERE s.type = 'table' AND u."from" = 'user_id' AND u."table" = 'auth_user'
        AND k."from" IN ('company_id', 'organization_id', 'organisation_id')
        AND lower(k."table") LIKE '%\\_' || substr(k."from", 1, length(k."from") - 3) ESCAPE '\\'
        AND 3 = (SELECT count(*) FROM temp.pragma_table_xinfo(s.name, 'main'))
      """
    ) { (table: $0.text(0), column: $0.text(1), companies: $0.text(2)) }
    guard let one = found.first, found.count == 1 else { return nil }
    return djangoManyToMany(table: one.table, column: one.column, companies: one.companies)
  }

  /// The same of a database of a server.
  static func djangoManyToMany(_ catalog: SchemaCatalog) throws -> SchemaMapping? {
    let found = catalog.tables.filter { $0.columns.count == 3 }.compactMap { table in
      let keys = table.foreignKeys.filter { $0.columns.count == 1 }
      guard keys.contains(where: { $0.columns == ["user_id"] && $0.table == "auth_user" }) else {
        return nil as (table: String, column: String, companies: String)?
      }
      return keys.first { key in
        let name = String(key.columns[0].dropLast("_id".utf8.count))
        return ["company", "organization", "organisation"].contains(name)
          && key.columns[0].hasSuffix("_id") && key.table.lowercased().hasSuffix("_\(name)")
      }.map { (table.name, $0.columns[0], $0.table) }
    }
    guard let one = found.first, found.count == 1 else { return nil }
    return djangoManyToMany(table: one.table, column: one.column, companies: one.companies)
  }

  private static func djangoManyToMany(
    table: String, column: String, companies: String
  ) -> SchemaMapping? {
    func quoted(_ text: String) -> String {
      "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
    }
    let json = """
      {"users": {"table": "auth_user", "key": "id", "username": "username",
        "active": "is_active"},
       "companies": {"table": \(quoted(companies)), "key": "id", "name": "name"},
       "access": {"table": \(quoted(table)), "user": "user_id",
         "company": \(quoted(column)), "key": "id"}}
      """
    return try? SchemaMapping(json: Array(json.utf8))
  }
}
