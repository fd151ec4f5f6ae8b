internal import Database

/// Fills the tables of an application, as it would with its own statements.
struct MappingFiller {
  let connection: any DatabaseSession
  let kind: MappingFixture.Kind
  private var numbers: MappingNumbers
  private static let time = Value.text("2026-01-05 08:00:00.000000")

  init(connection: any DatabaseSession, kind: MappingFixture.Kind, seed: UInt64) {
    self.connection = connection
    self.kind = kind
    numbers = MappingNumbers(seed: seed)
  }

  mutating func fill(users: Int, companies: Int) throws {
    let application = MappingApplication(kind: kind, connection: connection)
    try roles()
    for number in 0..<companies { try application.addCompany(number + 1) }
    for number in 0..<users {
      try application.addUser(number + 1, home: home(number + 1, companies))
      try belongings(number + 1, companies)
    }
    guard TestEngine.current == .postgres else { return }
    for (table, key) in kind.numbered {
      _ = try connection.count(
        "SELECT setval(pg_get_serial_sequence('\(table)', '\(key)'), max(\(key))) FROM \(table)")
    }
  }

  private func roles() throws {
    switch kind {
    case .hrm:
      for (index, name) in MappingApplication.hrmRoles.enumerated() {
        try connection.execute(
          "INSERT INTO hrm_role (id, name) VALUES (?, ?)",
          [.integer(Int64(index + 1)), .text(name)])
      }
    case .custom:
      for (index, name) in ["Chief", "Clerk"].enumerated() {
        try connection.execute(
          "INSERT INTO grades (\"grade no\", title) VALUES (?, ?)",
          [.integer(Int64(index + 1)), .text(name)])
      }
    case .guarding:
      for number in 1...2 {
        try connection.execute(
          "INSERT INTO organizations (org_id, company_name, created_at) VALUES (?, ?, ?)",
          [.integer(Int64(number)), .text("Organization \(number)"), MappingFiller.time])
      }
    case .workcards:
      try connection.execute(
        "INSERT INTO sites (id, site_name) VALUES (?, 'North gate')",
        [.text(MappingFixture.dashed(0xC, 1))])
    case .crm: break
    }
  }

  /// The number of the company that a user belongs to: nil for some, where that can be.
  private mutating func home(_ user: Int, _ companies: Int) -> Int? {
    guard companies > 0 else { return nil }
    let number = numbers.next(below: companies) + 1
    switch kind {
    case .workcards: return number
    case .guarding:
      // A client of the user's own organization, if there is one.
      let own = (0..<companies).map { (number + $0 - 1) % companies + 1 }.first {
        kind.organization(ofCompany: $0) == kind.organization(ofUser: user)
      }
      return numbers.next(below: 4) == 0 ? nil : own
    case .hrm, .crm, .custom: return numbers.next(below: 4) == 0 ? nil : number
    }
  }

  /// Rows of other tables that refer to a user and a company.
  private mutating func belongings(_ user: Int, _ companies: Int) throws {
    guard kind == .crm else { return }
    for (table, column) in [
      ("contacts", "name"), ("deals", "title"), ("sms_messages", "body"), ("calls", "seconds"),
      ("emails", "subject"),
    ] {
      let company: Value =
        companies > 0 && numbers.next(below: 2) == 0
        ? kind.company(numbers.next(below: companies) + 1) : .null
      try connection.execute(
        "INSERT INTO \(table) (user_id, company_id, \(column)) VALUES (?, ?, ?)",
        [kind.user(user), company, .text("\(column) \(user)")])
    }
  }
}
