import Database
import TestSupport

@testable import CompanyAccess

/// The file of an application, without tables of ours, and another program that has it open.
struct SchemaFixture {
  let folder: TemporaryFolder
  let path: String
  let other: Connection

  /// The tables of the HR application with its sample data, and what a statement adds.
  init(_ sql: String = "") throws {
    folder = try TemporaryFolder()
    path = folder.file("app.db")
    try AccessStore.create(path, sample: true)
    let copy = try AccessStore.downgradeSchema(path, acceptsLoss: true).backup
    if let copy { _ = try runProgram("/usr/bin/rm", [copy]) }
    other = try Connection(path: path, mode: .readWrite)
    other.busyTimeout = 0
    if !sql.isEmpty { try runSqlite3(path, sql) }
  }

  /// The whole schema, as SQLite keeps it.
  func schema() throws -> [String] {
    try other.rows("SELECT type || ' ' || name || ' ' || coalesce(sql, '') FROM sqlite_schema") {
      $0.text(0)
    }
  }

  /// The rows of a table.
  func count(_ table: String) throws -> Int {
    try other.count("SELECT count(*) FROM \(table)")
  }

  static let accessTable = """
    CREATE TABLE hrm_user_company_access (
      id CHAR(32) NOT NULL PRIMARY KEY,
      user_id INTEGER NOT NULL REFERENCES hrm_users (id) ON DELETE CASCADE,
      company_id CHAR(32) NOT NULL REFERENCES hrm_company (id) ON DELETE CASCADE,
      created_at DATETIME, -- by the application
      modified_at DATETIME
      , note TEXT);
    INSERT INTO hrm_user_company_access SELECT printf('%032d', u.id), u.id, c.id,
      '2025-01-01', '2025-01-01', NULL FROM hrm_users AS u, hrm_company AS c
      WHERE c.name = (SELECT min(name) FROM hrm_company) AND u.id < 4;
    """
}
