package import Database

/// The application itself: it knows nothing of us, and writes with its own statements.
package struct MappingApplication {
  package let kind: MappingFixture.Kind
  package let connection: any DatabaseSession
  static let hrmRoles = ["Super Admin", "Tenant Admin", "HR Manager", "Finance Manager"]
  private static let time = Value.text("2026-01-05 08:00:00.000000")
  private static let later = Value.text("2026-04-01 10:30:00.000000")

  /// A truth, as the engine takes it.
  private static func truth(_ isTrue: Bool) -> Value {
    TestEngine.current == .sqlite ? .integer(isTrue ? 1 : 0) : .text(isTrue ? "1" : "0")
  }

  /// Opens a file as most programs do: with trust in its schema, whose checks may call functions.
  package static func connect(_ path: String, _ mode: Connection.Mode) throws -> Connection {
    let connection = try Connection(path: path, mode: mode)
    try connection.execute("PRAGMA trusted_schema = ON")
    return connection
  }

  /// Adds the numbered user.
  package func addUser(_ number: Int, home: Int? = nil) throws {
    let key = kind.user(number)
    let name = Value.text(kind.username(number))
    let isActive = number % 10 != 0
    let isChief = number % 1_000 == 2
    let company = home.map { kind.company($0) } ?? .null
    let active = MappingApplication.truth(isActive)
    switch kind {
    case .hrm:
      try connection.execute(
        """
        INSERT INTO hrm_users (id, username, full_name, email, role_id, is_active, created_at,
          modified_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        """,
        [
          key, name, .text("User \(number)"), .text("user\(number)@example.com"),
          .integer(isChief ? 1 : Int64(number % 3 + 2)), active, MappingApplication.time,
          MappingApplication.time,
        ])
      guard home != nil else { return }
      try connection.execute(
        """
        INSERT INTO hrm_employee (id, user_id, company_id, full_name, created_at, modified_at)
        VALUES (?, ?, ?, ?, ?, ?)
        """,
        [
          .text(MappingFixture.digits(0xE, number)), key, company, .text("User \(number)"),
          MappingApplication.time, MappingApplication.time,
        ])
    case .guarding:
      try connection.execute(
        """
        INSERT INTO employees (employee_id, org_id, assigned_client_id, first_name, last_name,
          id_number, email, role, status) VALUES (?, ?, ?, 'Guard', ?, ?, ?, 'guard', ?)
        """,
        [
          key, .integer(Int64(kind.organization(ofUser: number))), company,
          .text("Number \(number)"), name,
          .text("user\(number)@example.com"), .text(isActive ? "active" : "left"),
        ])
    case .workcards:
      try connection.execute(
        """
        INSERT INTO users (id, business_id, email, full_name, role, is_active, created_at)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        """,
        [
          key, home == nil ? kind.company(1) : company, name, .text("User \(number)"),
          .text(isChief ? "super_admin" : "clerk"), active, MappingApplication.time,
        ])
    case .crm:
      try connection.execute(
        """
        INSERT INTO users (id, email, full_name, role, company_id, is_active, created_at)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        """,
        [
          key, name, .text("User \(number)"), .text(isChief ? "super_admin" : "agent"), company,
          number % 3 == 0 ? .null : active,
          number % 4 == 0 ? .null : MappingApplication.time,
        ])
    case .custom:
      try connection.execute(
        """
        INSERT INTO "staff members" ("staff id", login, "given name", "family name", "e-mail", grade,
          state) VALUES (?, ?, 'User', ?, ?, ?, ?)
        """,
        [
          key, name, .text(String(number)), .text("user\(number)@example.com"),
          .integer(isChief ? 1 : 2), .text(isActive ? "it's on" : "off"),
        ])
      try connection.execute(
        "INSERT INTO \"staff home\" (who, \"where\") VALUES (?, ?)", [key, company])
    }
  }

  /// Adds the numbered company.
  package func addCompany(_ number: Int) throws {
    let key = kind.company(number)
    let name = Value.text(kind.companyName(number))
    let code = Value.text("C\(number)")
    let active = MappingApplication.truth(number % 7 != 0)
    let time = MappingApplication.time
    switch kind {
    case .hrm:
      try connection.execute(
        """
        INSERT INTO hrm_company (id, name, code, is_active, created_at, modified_at)
        VALUES (?, ?, ?, ?, ?, ?)
        """, [key, name, code, active, time, time])
    case .guarding:
      try connection.execute(
        """
        INSERT INTO clients (client_id, org_id, client_name, status, created_at)
        VALUES (?, ?, ?, ?, ?)
        """,
        [
          key, .integer(Int64(kind.organization(ofCompany: number))), name,
          .text(number % 7 == 0 ? "closed" : "active"), number % 4 == 0 ? .null : time,
        ])
      try connection.execute(
        "INSERT INTO sites (client_id, site_name) VALUES (?, ?)", [key, .text("Gate \(number)")])
    case .workcards:
      try connection.execute(
        """
        INSERT INTO businesses (id, business_name, business_code, is_active, created_at, updated_at)
        VALUES (?, ?, ?, ?, ?, ?)
        """, [key, name, code, active, time, time])
    case .crm:
      try connection.execute(
        "INSERT INTO companies (id, name, created_at) VALUES (?, ?, ?)", [key, name, time])
    case .custom:
      try connection.execute(
        "INSERT INTO \"order\" (uid, label, short, open, since) VALUES (?, ?, ?, ?, ?)",
        [key, name, code, active, time])
    }
  }

  /// Gives a user another name.
  package func rename(_ number: Int, to name: String) throws {
    let sql =
      switch kind {
      case .hrm: "UPDATE hrm_users SET full_name = ?, modified_at = ? WHERE id = ?"
      case .guarding:
        "UPDATE employees SET last_name = ?, status = coalesce(status, ?) WHERE employee_id = ?"
      case .workcards:
        "UPDATE users SET full_name = ?, created_at = coalesce(created_at, ?) WHERE id = ?"
      case .crm: "UPDATE users SET full_name = ?, created_at = coalesce(created_at, ?) WHERE id = ?"
      case .custom:
        """
        UPDATE "staff members" SET "family name" = ?, state = coalesce(state, ?) WHERE "staff id" = ?
        """
      }
    let other: Value =
      kind == .guarding || kind == .custom ? .text("left") : MappingApplication.later
    try connection.execute(sql, [.text(name), other, kind.user(number)])
  }

  /// Moves a user to another home company.
  package func move(_ number: Int, to company: Int) throws {
    let sql =
      switch kind {
      case .hrm: "UPDATE hrm_employee SET company_id = ? WHERE user_id = ?"
      case .guarding: "UPDATE employees SET assigned_client_id = ? WHERE employee_id = ?"
      case .workcards: "UPDATE users SET business_id = ? WHERE id = ?"
      case .crm: "UPDATE users SET company_id = ? WHERE id = ?"
      case .custom: "UPDATE \"staff home\" SET \"where\" = ? WHERE who = ?"
      }
    try connection.execute(sql, [kind.company(company), kind.user(number)])
  }

  /// Deletes a user, with what belongs to it; what refers to it by a cascade goes by itself.
  package func deleteUser(_ number: Int) throws {
    let key = [kind.user(number)]
    try connection.inTransaction {
      switch kind {
      case .hrm: try connection.execute("DELETE FROM hrm_users WHERE id = ?", key)
      case .guarding:
        try connection.execute("UPDATE shifts SET employee_id = NULL WHERE employee_id = ?", key)
        try connection.execute("DELETE FROM employees WHERE employee_id = ?", key)
      case .workcards:
        try connection.execute("UPDATE audit_events SET actor_id = NULL WHERE actor_id = ?", key)
        try connection.execute("DELETE FROM users WHERE id = ?", key)
      case .crm:
        for table in ["contacts", "deals", "sms_messages", "calls", "emails"] {
          try connection.execute("UPDATE \(table) SET user_id = NULL WHERE user_id = ?", key)
        }
        try connection.execute("DELETE FROM users WHERE id = ?", key)
      case .custom:
        try connection.execute("DELETE FROM \"staff members\" WHERE \"staff id\" = ?", key)
      }
    }
  }

  /// Deletes a company, with what belongs to it; its people have to be somewhere else already where
  /// they must be somewhere.
  package func deleteCompany(_ number: Int, movingTo other: Int = 1) throws {
    let key = kind.company(number)
    try connection.inTransaction {
      switch kind {
      case .hrm:
        try connection.execute("DELETE FROM hrm_employee WHERE company_id = ?", [key])
        try connection.execute("DELETE FROM hrm_company WHERE id = ?", [key])
      case .guarding:
        try connection.execute(
          "UPDATE employees SET assigned_client_id = NULL WHERE assigned_client_id = ?", [key])
        try connection.execute(
          "DELETE FROM shifts WHERE site_id IN (SELECT site_id FROM sites WHERE client_id = ?)",
          [key])
        try connection.execute("DELETE FROM sites WHERE client_id = ?", [key])
        try connection.execute("DELETE FROM clients WHERE client_id = ?", [key])
      case .workcards:
        try connection.execute(
          "UPDATE users SET business_id = ? WHERE business_id = ?", [kind.company(other), key])
        try connection.execute("DELETE FROM businesses WHERE id = ?", [key])
      case .crm:
        for table in ["users", "contacts", "deals", "sms_messages", "calls", "emails"] {
          try connection.execute(
            "UPDATE \(table) SET company_id = NULL WHERE company_id = ?", [key])
        }
        try connection.execute("DELETE FROM companies WHERE id = ?", [key])
      case .custom: try connection.execute("DELETE FROM \"order\" WHERE uid = ?", [key])
      }
    }
  }

  /// Grants by the application's own statement, which knows nothing of changes.
  ///
  /// A text that is no UUID becomes one on a server.
  package func grant(_ user: Int, _ company: Int, id: Value) throws {
    var id = id
    if TestEngine.current == .postgres, case .text(let text) = id, text.utf8.count < 16 {
      let digits = text.utf8.map { String($0, radix: 16) }.joined()
      id = .text(String(repeating: "0", count: 32 - digits.utf8.count) + digits)
    }
    try connection.execute(
      """
      INSERT INTO \(kind.accessTable) (id, user_id, company_id, created_at, modified_at)
      VALUES (?, ?, ?, ?, ?)
      """,
      [
        id, kind.user(user), kind.company(company), MappingApplication.later,
        MappingApplication.later,
      ])
  }
}

extension MappingApplication {
  /// The file, for what is asked of SQLite alone.
  package var file: Connection {
    guard let file = connection as? Connection else {
      preconditionFailure("a database of a server")
    }
    return file
  }
}
