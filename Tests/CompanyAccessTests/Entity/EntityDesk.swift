import Database
import TestSupport

@testable import CompanyAccess

extension Desk {
  /// Carries out an edit, as somebody who agrees to everything.
  @discardableResult
  func edit(
    _ action: EntityEdit.Action, _ values: [String: String] = [:], grants: Bool = false,
    basis: EntityRow? = nil
  ) throws -> ChangeResult {
    try apply(
      .entity(EntityEdit(action, values: values, changesGrants: grants, basis: basis)))
  }

  /// Every row of some tables, byte by byte.
  func dump(_ tables: String...) throws -> [String] {
    try tables.flatMap { table in
      let columns =
        try other.catalog().table(table)?.columns.map {
          engine == .sqlite
            ? "quote(\"\($0.name)\")" : "coalesce(quote_literal(\"\($0.name)\"), 'NULL')"
        } ?? []
      return try other.rows(
        "SELECT \(columns.joined(separator: " || ',' || ")) FROM \(table) ORDER BY 1"
      ) { "\(table): " + $0.text(0) }
    }
  }

  /// All that `init` gives the application, and the five columns of the grants.
  func everything() throws -> [String] {
    try dump("hrm_role", "hrm_users", "hrm_company", "hrm_employee")
      + rows().map { "\($0)" }
  }

  /// What `log N` says of users and companies: `edited ann: User name a -> b`.
  func story(_ change: ChangeID) throws -> [String] {
    try store.entities(of: change).map { entity in
      let fields = entity.fields.map {
        "\($0.label) \($0.before ?? "none") -> \($0.after ?? "none")"
      }
      return "\(entity.event) \(entity.name ?? "?"): " + fields.joined(separator: ", ")
    }
  }

  /// Roles, and a user who may enter everything; the companies get employee records of some users.
  func addStaff() throws {
    try other.execute(
      """
      INSERT INTO hrm_role VALUES (1, 'Super Admin'), (2, 'HR Manager');
      UPDATE hrm_users SET role_id = 2;
      UPDATE hrm_users SET role_id = 1, full_name = 'Ann Lee', email = 'ann@hq.example' WHERE id = 1;
      INSERT INTO hrm_employee SELECT
        \(engine == .sqlite ? "'e' || id" : "CAST(repeat('0', 31) || id AS uuid)"), id,
        '\(Desk.company(1).stored)', username, '2025-05-05 05:05:05.005', '2025-06-06 06:06:06.006'
      FROM hrm_users WHERE id < 4
      """)
    try apply(.grant(.users([1]), .all))
  }
}

func user(_ id: Int64) -> EntityID { .user(UserID(id)) }

func company(_ number: Int) -> EntityID { .company(Desk.company(number)) }
