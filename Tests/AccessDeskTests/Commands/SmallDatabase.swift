import CompanyAccess
import TestSupport
import Testing

/// A database of three users and three companies, and the program to use it with.
struct SmallDatabase {
  let folder: TemporaryFolder
  let path: String

  init() throws {
    folder = try TemporaryFolder()
    path = folder.file("small.db")
    try AccessStore.create(path)
    try runSqlite3(
      path,
      """
      -- Users and companies are there when the record begins; their grants are its second change.
      UPDATE company_access_now SET change_id = 1;
      INSERT INTO hrm_role (id, name) VALUES (1, 'Auditor');
      INSERT INTO hrm_users (id, username, full_name, email, role_id, is_active, created_at,
        modified_at) VALUES
        (1, 'ann', 'Ann Lee', 'ann@example.com', 1, 1, '2026-01-01', '2026-01-01'),
        (2, 'bob', NULL, NULL, NULL, 0, '2026-01-01', '2026-01-01'),
        (3, '-x', '=cmd', NULL, 1, 1, '2026-01-01', '2026-01-01');
      INSERT INTO hrm_company (id, name, code, is_active, created_at, modified_at) VALUES
        ('0190a000000070008000000000000001', 'Acme', 'ACM', 1, '2026-01-01', '2026-01-01'),
        ('0190a000000070008000000000000002', 'Bolt, Inc', NULL, 1, '2026-01-01', '2026-01-01'),
        ('0190a000000070008000000000000003', 'Cord', 'CRD', 0, '2026-01-01', '2026-01-01');
      UPDATE company_access_user_lifetime SET began_change = NULL, since_change = NULL;
      UPDATE company_access_company_lifetime SET began_change = NULL, since_change = NULL;
      UPDATE company_access_now SET change_id = NULL;
      INSERT INTO hrm_user_company_access (id, user_id, company_id, created_at, modified_at) VALUES
        ('a1', 1, '0190a000000070008000000000000001', '2026-02-01 10:00:00.000', ''),
        ('a2', 2, '0190a000000070008000000000000001', '2026-02-02 10:00:00.000', '');
      UPDATE company_access_change SET at = '2026-01-01 10:00:00.000' WHERE id = 1;
      UPDATE company_access_change SET at = '2026-02-01 10:00:00.000' WHERE id = 2;
      """)
  }

  /// Runs the program on the database.
  func run(_ words: String..., input: String = "") throws -> ProgramResult {
    try runProgram(
      builtProduct("company-access"), words,
      environment: ["COMPANY_ACCESS_DB": path, "TZ": "UTC"], standardInput: input)
  }

  /// All grants as `user company` lines, in order.
  var pairs: [String] {
    get throws {
      let text = try runSqlite3(
        path,
        """
        SELECT u.username || ' ' || c.name FROM hrm_user_company_access a
        JOIN hrm_users u ON u.id = a.user_id JOIN hrm_company c ON c.id = a.company_id
        ORDER BY 1
        """)
      return text.split(separator: "\n").map(String.init)
    }
  }

  /// Everything in the file, for comparing it before and after.
  var dump: String { get throws { try runSqlite3(path, ".dump") } }
}
