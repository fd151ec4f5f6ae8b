internal import Database

/// The sample database: people, companies and a past, the same every time.
struct Sample {
  private let connection: Connection
  private let mapping = SchemaMapping.hrm
  private var companyIDs: [String: String] = [:]
  private var userIDs: [String: Int64] = [:]
  private var madeIDs: UInt64 = 0

  /// The id of its family: every sample is a copy of the same.
  static let database = "019b8d20f6007a5a8f3c4e6d1b2a7c90"

  /// Fills an empty database, whose record has not begun, inside the transaction of the caller.
  static func fill(_ connection: Connection) throws {
    var sample = Sample(connection: connection)
    let triggers = Schema(mapping: .hrm).triggers
    for item in triggers { try connection.execute("DROP TRIGGER \(item.name)") }
    try sample.addCompanies()
    try sample.addUsers()
    try sample.addEmployees()
    let reconciliation = Reconciliation(mapping: .hrm)
    for statement in reconciliation.statements(as: "NULL") { try connection.execute(statement) }
    for item in triggers { try connection.execute(item.sql) }
    try sample.replay(SampleChange.all)
    try sample.beginLater()
    try sample.replay(SampleChange.later, after: SampleChange.all.count)
  }

  private init(connection: Connection) { self.connection = connection }

  private mutating func addCompanies() throws {
    for company in SampleCompany.all {
      let id = makeID(at: morning(of: company.created))
      companyIDs[company.code] = id
      try connection.execute(
        """
        INSERT INTO \(mapping.companies.table) (id, name, code, is_active, created_at, modified_at)
        VALUES (?, ?, ?, ?, ?, ?)
        """,
        [
          .text(id), .text(company.earlier ?? company.name), .text(company.code),
          .integer(company.closed == nil ? 1 : 0), .text(morning(of: company.created)),
          .text(morning(of: company.closed ?? company.created)),
        ])
    }
  }

  private mutating func addUsers() throws {
    let roles = SampleUser.Role.allCases.map(\.rawValue)
    for (index, name) in roles.enumerated() {
      try connection.execute(
        "INSERT INTO hrm_role (id, name) VALUES (?, ?)",
        [.count(index + 1), .text(name)])
    }
    for user in SampleUser.all { try addUser(user) }
  }

  private mutating func addUser(_ user: SampleUser) throws {
    let role = user.role.flatMap { SampleUser.Role.allCases.firstIndex(of: $0) }
    let username = user.earlier?.username ?? user.username
    let fullName = user.earlier?.fullName ?? user.fullName
    let id = userIDs.count + 1
    userIDs[user.username] = Int64(id)
    try connection.execute(
      """
      INSERT INTO \(mapping.users.table)
        (id, username, full_name, email, role_id, is_active, created_at, modified_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [
        .count(id), .text(username), .optional(fullName),
        // Programs have no mailbox.
        .optional(fullName.map { _ in Sample.email(username) }),
        role.map { .count($0 + 1) } ?? .null, .integer(user.left == nil ? 1 : 0),
        .text(morning(of: user.created)), .text(morning(of: user.left ?? user.created)),
      ])
  }

  private static func email(_ username: String) -> String { username + "@example.com" }

  private mutating func addEmployees() throws {
    for user in SampleUser.all {
      guard let home = user.home, let fullName = user.fullName else { continue }
      try addEmployee(
        fullName, user: .integer(id(ofUser: user.username)), company: home, created: user.created)
    }
    for employee in SampleEmployee.withoutUser {
      try addEmployee(
        employee.fullName, user: .null, company: employee.company, created: "2026-02-02")
    }
  }

  private mutating func addEmployee(
    _ fullName: String, user: Value, company: String, created: String
  ) throws {
    let at = morning(of: created)
    try connection.execute(
      """
      INSERT INTO hrm_employee
        (id, user_id, company_id, full_name, created_at, modified_at)
      VALUES (?, ?, ?, ?, ?, ?)
      """,
      [
        .text(makeID(at: at)), user, .text(id(ofCompany: company)), .text(fullName), .text(at),
        .text(at),
      ])
  }

  /// Makes changes again, so that the triggers put on the record what they did.
  private mutating func replay(_ changes: [SampleChange], after last: Int = 0) throws {
    for (index, change) in changes.enumerated() {
      let number = Int64(last + index + 1)
      try begin(change, number: number)
      let (added, removed) = try perform(change, ChangeID(number))
      // What another program did is counted when it is read.
      if change.origin == .external { continue }
      try connection.execute(
        "UPDATE company_access_change SET added = ?, removed = ? WHERE id = ?",
        [.count(added), .count(removed), .integer(number)])
    }
    try ChangeHeader.end(on: connection)
  }

  /// Lets those who were made after the record began begin with the first change that finds them there.
  private func beginLater() throws {
    let began = """
      (SELECT min(h.id) FROM \(RecordTable.change) AS h WHERE h.at >= l.created_at)
      """
    for kind in mapping.recordedKinds {
      try connection.execute(
        """
        UPDATE \(kind.lifetimes) AS l SET began_change = \(began), since_change = \(began)
        WHERE l.created_at > (SELECT min(at) FROM \(RecordTable.change))
        """)
    }
  }

  private func begin(_ change: SampleChange, number: Int64) throws {
    try connection.execute(
      """
      INSERT INTO company_access_change
        (id, at, actor, origin, action, reason, ticket, decided_at, added, removed, undoes)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0, 0, ?)
      """,
      [
        .integer(number), .text(change.at), .text(change.actor), .text(change.origin.rawValue),
        .text(change.action.rawValue), .optional(change.reason), .optional(change.ticket),
        .optional(change.decided), .optional(change.undoes),
      ])
    try ChangeHeader.resume(ChangeID(number), on: connection)
  }

  /// How many grants the change made and how many it ended.
  private mutating func perform(
    _ change: SampleChange, _ number: ChangeID
  ) throws -> (added: Int, removed: Int) {
    if let event = change.event { return (0, try perform(event, change, number)) }
    if let undone = change.undoes {
      let relations = Relations(mapping: mapping, moment: .now)
      let change = relations.grantedBy(user: "a.user_id", company: "a.company_id")
      try connection.execute(
        """
        DELETE FROM \(mapping.access.table) WHERE id IN (
          SELECT a.id FROM \(mapping.access.table) AS a WHERE \(change) = ?)
        """, [.integer(undone)])
      return (0, connection.changes)
    }
    var pairs = 0
    for user in change.users {
      for company in change.companies {
        let pair: [Value] = [.integer(id(ofUser: user)), .text(id(ofCompany: company))]
        if change.ends {
          try connection.execute(
            "DELETE FROM \(mapping.access.table) WHERE user_id = ? AND company_id = ?", pair)
        } else {
          try connection.execute(
            """
            INSERT INTO \(mapping.access.table)
              (id, user_id, company_id, created_at, modified_at)
            VALUES (?, ?, ?, ?, ?)
            """,
            [.text(makeID(at: change.at))] + pair + [.text(change.at), .text(change.at)])
        }
        pairs += connection.changes
      }
    }
    return change.ends ? (0, pairs) : (pairs, 0)
  }

  // MARK: - Users and companies

  /// How many grants ended with it.
  private mutating func perform(
    _ event: SampleChange.Event, _ change: SampleChange, _ number: ChangeID
  ) throws -> Int {
    switch event {
    case .renamedUser(let username):
      try rename(username, at: change.at, number)
    case .renamedCompany(let code):
      let name = SampleCompany.all.first { $0.code == code }?.name
      try connection.execute(
        "UPDATE \(mapping.companies.table) SET name = ?, modified_at = ? WHERE id = ?",
        [.optional(name), .text(change.at), .text(id(ofCompany: code))])
    case .addedUser(let user):
      try addUser(user)
      if let home = user.home, let fullName = user.fullName {
        try addEmployee(
          fullName, user: .integer(id(ofUser: user.username)), company: home, created: user.created)
      }
    case .deletedUser(let username):
      let key = id(ofUser: username)
      try connection.execute(
        "DELETE FROM \(mapping.access.table) WHERE user_id = ?", [.integer(key)])
      let ended = connection.changes
      let writer = EntityWriter(connection: connection, mapping: mapping, change: number)
      try writer.delete(EntityTable(.user, mapping, connection), .user(UserID(key)))
      return ended
    }
    return 0
  }

  /// Gives a user the name of the list, with an image as every edit of this program has one.
  private func rename(_ username: String, at: String, _ change: ChangeID) throws {
    guard let user = SampleUser.all.first(where: { $0.username == username }),
      let earlier = user.earlier, let fullName = user.fullName
    else { preconditionFailure("no earlier name of \(username)") }
    func image(_ username: String, _ fullName: String) -> String {
      let columns = [
        ("username", username), ("full_name", fullName), ("email", Sample.email(username)),
      ]
      return RowSnapshot(
        columns: RowValues(columns.map { (name: $0.0, value: StoredValue(.text($0.1))) })
      ).json
    }
    try connection.execute(
      """
      UPDATE \(mapping.users.table) SET username = ?, full_name = ?, email = ?, modified_at = ?
      WHERE id = ?
      """,
      [
        .text(username), .text(fullName), .text(Sample.email(username)), .text(at),
        .integer(id(ofUser: username)),
      ])
    try connection.execute(
      """
      INSERT INTO \(RecordTable.rowImage) (change, kind, lifetime, before, after)
      SELECT ?, ?, lifetime, ?, ? FROM \(RecordedKind(users: mapping).lifetimes) WHERE key = ?
      """,
      [
        .integer(change.number), .text(EntityKind.user.rawValue),
        .text(image(earlier.username, earlier.fullName)), .text(image(username, fullName)),
        .integer(id(ofUser: username)),
      ])
  }

  private func morning(of day: String) -> String { day + " 08:00:00.000" }

  private func id(ofUser username: String) -> Int64 {
    guard let id = userIDs[username] else { preconditionFailure("no sample user \(username)") }
    return id
  }

  private func id(ofCompany code: String) -> String {
    guard let id = companyIDs[code] else { preconditionFailure("no sample company \(code)") }
    return id
  }

  /// An id of the form of a version 7 UUID (RFC 9562, section 5.7), in which the number of the
  /// id takes the place of chance.
  private mutating func makeID(at: String) -> String {
    madeIDs += 1
    let milliseconds = UInt64(Timestamp(stored: at).millisecondsSince1970 ?? 0)
    let high = milliseconds << 16 | 0x7000 | madeIDs & 0xFFF
    // The finalizer of SplitMix64 makes the rest look like the rest of such ids.
    var low = madeIDs &* 0x9E37_79B9_7F4A_7C15
    low = (low ^ low >> 30) &* 0xBF58_476D_1CE4_E5B9
    low = (low ^ low >> 27) &* 0x94D0_49BB_1331_11EB
    low = (low ^ low >> 31) & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000
    return Sample.hex(high) + Sample.hex(low)
  }

  private static func hex(_ number: UInt64) -> String {
    let digits = String(number, radix: 16)
    return String(repeating: "0", count: 16 - digits.utf8.count) + digits
  }
}
