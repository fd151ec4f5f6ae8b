/// Where an application keeps users, companies and grants: names of tables and columns.
///
/// Names are of this program and need no quoting in SQL.
struct Shape: Hashable, Sendable {
  struct Users: Hashable, Sendable {
    var table = "hrm_users"
    var id = "id"
    var username = "username"
    var fullName = "full_name"
    var email = "email"
    /// Refers to `Roles.id`.
    var role = "role_id"
    var isActive = "is_active"
    var createdAt = "created_at"
    var modifiedAt = "modified_at"
  }

  struct Roles: Hashable, Sendable {
    var table = "hrm_role"
    var id = "id"
    var name = "name"
  }

  struct Companies: Hashable, Sendable {
    var table = "hrm_company"
    var id = "id"
    var name = "name"
    var code = "code"
    var isActive = "is_active"
    var createdAt = "created_at"
    var modifiedAt = "modified_at"
  }

  struct Employees: Hashable, Sendable {
    var table = "hrm_employee"
    var user = "user_id"
    var company = "company_id"
  }

  /// The access table; its column names are the same in every shape.
  struct Access: Hashable, Sendable {
    var table = "hrm_user_company_access"
    var unique = "uq_hrm_user_company_access"
    var companyIndex = "ix_hrm_user_company_access_company"
    var changeIndex = "ix_hrm_user_company_access_change"
    /// False if a program that rebuilt the table has lost the column.
    var hasChangeColumn = true

    /// The change that granted a row, as SQL, for a row of the access table by this alias.
    func change(_ alias: String) -> String { hasChangeColumn ? "\(alias).change_id" : "NULL" }
  }

  var name: String
  var users = Users()
  var roles = Roles()
  var companies = Companies()
  var employees = Employees()
  var access = Access()

  /// The tables that `init` makes.
  static let hrm = Shape(name: "hrm")
}
