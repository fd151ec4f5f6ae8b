import Database
import TestSupport

@testable import CompanyAccess

/// A database with names that other programs have written without any rule, made of random numbers.
struct HostileDatabase {
  let folder: TemporaryFolder
  let store: AccessStore
  let other: Connection

  /// Names as bytes, each of which some form of a file does not hold, or some reader takes for
  /// another.
  private static let names: [[UInt8]] =
    [
      "", " ", "NYC", "nyc", "NYC ", " NYC", "\u{A0}NYC", "N,YC", "N\"YC", "\"NYC\"", "N;YC",
      "N\tYC",
      "a\nb", "a\r\nb", "a\rb", "\n", "=1+1", "'=1+1", "''=x", "'", "''", "-5", "+49", "@x", "\t=x",
      "18", "1", "007", "1.0", "1e5", "id:1", "id:", "\u{E9}", "e\u{301}", "\u{C5}", "A\u{30A}",
      "\u{212B}", "\u{1E69}", "s\u{323}\u{307}", "s\u{307}\u{323}", "\\t", "\\0", "\\", "a\\nb",
      "#x",
      "sep=;", "\u{FEFF}x", "\u{202E}x", "\u{9B}31m", "\u{1B}]52;c;x\u{7}", "NULL", "null", "true",
      "revoke", "x\u{0}y", "\u{0}", "x\u{0}", "user", "user,company", "\u{1F469}\u{200D}\u{1F467}",
      "\u{FF1D}x", "\u{2028}", ",,,", "c00000000000000000000000000000001",
      String(repeating: "long", count: 300),
    ].map { Array($0.utf8) } + [
      [0xFF], [0x61, 0xC3], [0xED, 0xA0, 0x80], [0xC0, 0x80], [0x00, 0xFF],
    ]

  /// Makes one in which names may be missing, be no text, or be there twice, if it is lax.
  init(_ numbers: inout TestSupport.SeededNumbers, isLax: Bool) throws {
    folder = try TemporaryFolder()
    let path = folder.file("hostile.db")
    if isLax {
      try runSqlite3(path, HostileDatabase.laxTables)
      try AccessStore.upgradeSchema(path)
    } else {
      try AccessStore.create(path)
    }
    other = try Connection(path: path, mode: .readWrite)
    try other.inTransaction { [other] in
      var users: [Value] = []
      var companies: [Value] = []
      for number in 0..<Int.random(in: 2...9, using: &numbers) {
        let id = Value.integer(Int64([1, 18, -5, 7, 1000][number % 5] + number))
        try other.execute(
          """
          INSERT OR IGNORE INTO hrm_users (id, username, is_active, created_at, modified_at)
          VALUES (?, \(HostileDatabase.name(&numbers, isLax)), 1, '=1+1,x', '')
          """, [id])
        if other.changes == 1 { users.append(id) }
      }
      for number in 0..<Int.random(in: 2...7, using: &numbers) {
        let id = HostileDatabase.companyID(number, &numbers, isLax)
        let code =
          Bool.random(using: &numbers) ? HostileDatabase.name(&numbers, isLax) : "NULL"
        try other.execute(
          """
          INSERT OR IGNORE INTO hrm_company (id, name, code, is_active, created_at, modified_at)
          VALUES (?, \(HostileDatabase.name(&numbers, isLax)), \(code), 1, '', '')
          """, [id])
        if other.changes == 1 { companies.append(id) }
      }
      for (place, user) in users.enumerated() {
        for (number, company) in companies.enumerated() where Bool.random(using: &numbers) {
          try other.execute(
            """
            INSERT INTO hrm_user_company_access (id, user_id, company_id, created_at, modified_at)
            VALUES (?, ?, ?, \(HostileDatabase.name(&numbers, false)), '')
            """, [.text("g\(place)-\(number)"), user, company])
        }
      }
    }
    store = try AccessStore.open(path)
  }

  private static func companyID(
    _ number: Int, _ numbers: inout TestSupport.SeededNumbers, _ isLax: Bool
  ) -> Value {
    let plain = "c0000000000000000000000000000000\(number)"
    let hostile = ["a,b", "'=1", "=1", " x", "id:1", "1", "\u{E9}", "e\u{301}", "a\nb", "\u{202E}"]
    return .text(
      isLax && Bool.random(using: &numbers)
        ? hostile[Int.random(in: 0..<hostile.count, using: &numbers)] : plain)
  }

  /// A name as SQL: one of the hostile ones, or two of them in a row.
  private static func name(_ numbers: inout TestSupport.SeededNumbers, _ isLax: Bool) -> String {
    switch Int.random(in: 0..<20, using: &numbers) {
    case 0 where isLax: return "NULL"
    case 1 where isLax: return "x'\(Key.hex(HostileDatabase.names[2]))'"
    case 2...4: return text(pick(&numbers) + pick(&numbers))
    // Few names, so that some are those of others.
    case 5...10: return text(HostileDatabase.names[Int.random(in: 2...7, using: &numbers)])
    default: return text(pick(&numbers))
    }
  }

  private static func pick(_ numbers: inout TestSupport.SeededNumbers) -> [UInt8] {
    HostileDatabase.names[Int.random(in: 0..<HostileDatabase.names.count, using: &numbers)]
  }

  /// Bytes as text, also those that are no UTF-8.
  private static func text(_ bytes: [UInt8]) -> String { "CAST(x'\(Key.hex(bytes))' AS TEXT)" }

  /// The tables of the application without what keeps names apart.
  private static let laxTables = """
    CREATE TABLE hrm_role (id INTEGER NOT NULL PRIMARY KEY, name VARCHAR(50) NOT NULL UNIQUE);
    CREATE TABLE hrm_users (
      id INTEGER NOT NULL PRIMARY KEY, username VARCHAR(80), full_name VARCHAR(120),
      email VARCHAR(120), password_hash VARCHAR(256), role_id INTEGER REFERENCES hrm_role (id),
      is_active BOOLEAN NOT NULL DEFAULT 1, created_at DATETIME, modified_at DATETIME);
    CREATE TABLE hrm_company (
      id CHAR(32) NOT NULL PRIMARY KEY, name VARCHAR(120), code VARCHAR(20),
      is_active BOOLEAN NOT NULL DEFAULT 1, created_at DATETIME, modified_at DATETIME);
    CREATE TABLE hrm_employee (
      id CHAR(32) NOT NULL PRIMARY KEY, user_id INTEGER UNIQUE REFERENCES hrm_users (id),
      company_id CHAR(32) NOT NULL REFERENCES hrm_company (id), full_name VARCHAR(120) NOT NULL,
      created_at DATETIME, modified_at DATETIME);
    """

  /// Every grant with all its columns.
  func rows() throws -> [[Value]] {
    try other.rows("SELECT * FROM hrm_user_company_access ORDER BY id") { row in
      (0..<row.count).map { row.value($0) }
    }
  }
}
