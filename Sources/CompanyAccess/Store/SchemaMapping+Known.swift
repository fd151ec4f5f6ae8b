internal import Database

extension SchemaMapping {
  /// The mappings that this program knows by itself.
  static let known = [
    hrm, guarding, workcards, crm, djangoOrganizations, openwisp, labelStudio, grafana,
    tryton,
  ]

  /// The tables that `init` makes.
  static let hrm = SchemaMapping(
    name: "hrm",
    users: Users(
      table: "hrm_users", key: "id", username: "username", fullName: ["full_name"],
      email: "email",
      role: .lookup(
        column: "role_id", Roles(table: "hrm_role", key: "id", name: "name")),
      active: .flag("is_active"), createdAt: "created_at", modifiedAt: "modified_at"),
    companies: Companies(
      table: "hrm_company", key: "id", keys: .digits, name: "name", code: "code",
      active: .flag("is_active"), createdAt: "created_at", modifiedAt: "modified_at"),
    home: Home(table: "hrm_employee", user: "user_id", company: "company_id"),
    allCompaniesRoles: ["Super Admin"],
    ranks: [
      "Tenant Admin": .hrAdmin, "HR Manager": .hrManager, "Finance Manager": .hrManager,
      "Employee": .employee,
    ],
    access: Access(table: "hrm_user_company_access"))

  /// The roster of a guarding company, of which several organizations use one database.
  static let guarding = SchemaMapping(
    name: "guarding",
    users: Users(
      table: "employees", key: "employee_id", username: "id_number",
      fullName: ["first_name", "last_name"], email: "email", role: .column("role"),
      active: .equals("status", .text("active"))),
    companies: Companies(
      table: "clients", key: "client_id", name: "client_name",
      active: .equals("status", .text("active")), createdAt: "created_at"),
    home: Home(table: "employees", user: "employee_id", company: "assigned_client_id"),
    scope: Scope(user: "org_id", company: "org_id"),
    access: Access(table: "user_company_access"))

  /// Work cards of many businesses, of which each user belongs to one.
  static let workcards = SchemaMapping(
    name: "workcards",
    users: Users(
      table: "users", key: "id", keys: .dashed, username: "email", fullName: ["full_name"],
      email: "email", role: .column("role"), active: .flag("is_active"),
      createdAt: "created_at"),
    companies: Companies(
      table: "businesses", key: "id", keys: .dashed, name: "business_name",
      code: "business_code", active: .flag("is_active"), createdAt: "created_at",
      modifiedAt: "updated_at"),
    home: Home(table: "users", user: "id", company: "business_id"),
    allCompaniesRoles: ["super_admin"],
    access: Access(table: "user_company_access", keys: .dashed))

  /// A CRM that came to have several companies late, so that old rows have none.
  static let crm = SchemaMapping(
    name: "crm",
    users: Users(
      table: "users", key: "id", username: "email", fullName: ["full_name"], email: "email",
      role: .column("role"), active: .flag("is_active"), createdAt: "created_at"),
    companies: Companies(
      table: "companies", key: "id", keys: .digits, name: "name", active: .always,
      createdAt: "created_at"),
    home: Home(table: "users", user: "id", company: "company_id"),
    allCompaniesRoles: ["super_admin"],
    access: Access(table: "user_company_access"))
}
