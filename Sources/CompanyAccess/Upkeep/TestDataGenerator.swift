internal import Database

/// Fills a new database with test data.
struct TestDataGenerator {
  private let data: TestData
  private let connection: Connection
  private let work: Work
  private let mapping = SchemaMapping.hrm
  private let spread: TestDataSpread
  private var companyIDs: [String] = []
  private var made: UInt64 = 0
  private var rows = 0
  private var pending: [Value] = []
  private var batch: (into: String, statement: String) = ("", "")

  /// How many rows are written in one statement.
  private static let batchRows = 100
  /// 2020-01-01 08:00 UTC: when the first company was made.
  private static let beginning: Int64 = 1_577_865_600_000
  private static let day: Int64 = 86_400_000
  /// How many changes have made the grants.
  private static let changes = 24
  private static let roles = [
    "Super Admin", "Tenant Admin", "HR Manager", "Finance Manager", "Auditor", "Employee",
  ]

  init(_ data: TestData, _ connection: Connection, _ work: Work) {
    self.data = data
    self.connection = connection
    self.work = work
    spread = TestDataSpread(data)
  }

  /// The id of the family of the database, the same for the same data.
  static func database(_ data: TestData) -> String {
    var numbers = SeededNumbers(seed: data.seed, stream: 7)
    return TimeOrderedID.text(
      UInt64(beginning) << 16 | 0x7000 | numbers.next() >> 52, 1 << 63 | numbers.next() >> 2)
  }

  private var total: Int { data.users * 2 + data.companies + data.grants }

  mutating func fill() throws {
    connection.watch { [work] in work.isCancelled }
    defer { connection.watch(nil) }
    // The rows of an index are sorted in a file, because there may be more than memory holds.
    try connection.execute("PRAGMA cache_size = -65536; PRAGMA temp_store = FILE")
    connection.useTemporaryFilesBesideDatabase()
    for (index, role) in TestDataGenerator.roles.enumerated() {
      try connection.execute(
        "INSERT INTO hrm_role (id, name) VALUES (?, ?)",
        [.count(index + 1), .text(role)])
    }
    let schema = Schema(mapping: mapping)
    for item in schema.triggers { try connection.execute("DROP TRIGGER \(item.name)") }
    try addCompanies()
    try addUsers()
    try addEmployees()
    try addGrants()
    try keepRecord()
    for item in schema.triggers { try connection.execute(item.sql) }
    work.report(total, of: total, .finishing, always: true)
  }

  private mutating func addCompanies() throws {
    var names = TestDataNames(seed: data.seed, stream: 2)
    var numbers = SeededNumbers(seed: data.seed, stream: 3)
    let into = "\(mapping.companies.table) (id, name, code, is_active, created_at, modified_at)"
    for number in 0..<data.companies {
      let at = time(number, of: data.companies, from: 0, days: 365)
      let id = makeID(at)
      companyIDs.append(id)
      let (name, code) = names.company()
      let isActive = numbers.next(below: 25) > 0
      try add(
        [.text(id), .text(name), .text(code), .integer(isActive ? 1 : 0), text(at), text(at)], into)
    }
    try flush(6, into)
  }

  private mutating func addUsers() throws {
    var names = TestDataNames(seed: data.seed, stream: 4)
    var numbers = SeededNumbers(seed: data.seed, stream: 5)
    let into = """
      \(mapping.users.table)
      (id, username, full_name, email, role_id, is_active, created_at, modified_at)
      """
    for number in 0..<data.users {
      let at = time(number, of: data.users, from: 365, days: 1_400)
      let (username, fullName) = names.user()
      let chance = numbers.next(below: 1_000)
      let role = chance < 2 ? 1 : chance < 10 ? 2 : chance < 40 ? 3 : chance < 70 ? 4 : 5
      let isActive = numbers.next(below: 20) > 0
      try add(
        [
          .count(number + 1), .text(username), .text(fullName), .text(username + "@example.com"),
          .count(chance < 90 ? role : 6), .integer(isActive ? 1 : 0), text(at), text(at),
        ], into)
    }
    try flush(8, into)
  }

  /// Most users are employees of some company; a few employees are no users.
  private mutating func addEmployees() throws {
    guard data.companies > 0 else { return }
    var names = TestDataNames(seed: data.seed, stream: 4)
    var numbers = SeededNumbers(seed: data.seed, stream: 6)
    let into = """
      hrm_employee (id, user_id, company_id, full_name, created_at, modified_at)
      """
    for number in 0..<data.users {
      let at = time(number, of: data.users, from: 365, days: 1_400)
      let (_, fullName) = names.user()
      let chance = numbers.next(below: 100)
      let home = companyIDs[numbers.next(below: data.companies)]
      guard chance < 95 else { continue }
      try add(
        [
          .text(makeID(at)), chance < 3 ? .null : .count(number + 1), .text(home), .text(fullName),
          text(at), text(at),
        ], into)
    }
    try flush(6, into)
  }

  // MARK: Grants

  /// Adds the grants in the order of the index, without what would be touched for each of them.
  private mutating func addGrants() throws {
    let schema = Schema(mapping: mapping)
    let droppableObjects = [schema.companyIndex]
    for item in droppableObjects {
      try connection.execute("DROP \(item.kind.rawValue) \(item.name)")
    }
    let times = try addChanges()
    let into = """
      \(mapping.access.table) (id, user_id, company_id, created_at, modified_at)
      """
    var counts = spread.counts
    for user in 0..<data.users {
      let part = part(of: user)
      let at = text(times[part])
      for company in spread.companies(of: user, count: counts.next()) {
        try add(
          [
            .text(makeID(times[part])), .count(user + 1), .text(companyIDs[company]), at, at,
          ], into)
      }
    }
    try flush(5, into)
    work.report(rows, of: total, .indexing, always: true)
    for item in droppableObjects { try connection.execute(item.sql) }
  }

  /// Puts all rows on the record: users and companies with the first change, each grant with the change
  /// of its time.
  private func keepRecord() throws {
    for kind in mapping.recordedKinds {
      let columns = kind.attributes.map { "t.\($0.column)" }.joined(separator: ", ")
      try connection.execute(
        """
        INSERT INTO \(kind.lifetimes)
          (key, began_change, since_change, present, created_at, \(kind.list()))
        SELECT t.\(kind.key), 1, 1, 1, t.created_at, \(columns) FROM \(kind.table) AS t
        ORDER BY t.\(kind.key)
        """)
    }
    let indexes = [Schema.currentCompanyIndex, Schema.currentBeganIndex]
    for item in indexes { try connection.execute("DROP INDEX \(item.name)") }
    let (users, companies) = (RecordedKind(users: mapping), RecordedKind(companies: mapping))
    try connection.execute(
      """
      INSERT INTO \(RecordTable.currentGrant) (user_lifetime, company_lifetime, began_change)
      SELECT lu.lifetime, lk.lifetime,
        (SELECT h.id FROM \(RecordTable.change) AS h WHERE h.at = a.created_at AND h.id > 1)
      FROM \(mapping.access.table) AS a
      CROSS JOIN \(users.lifetimes) AS lu ON lu.key = a.user_id
      CROSS JOIN \(companies.lifetimes) AS lk ON lk.key = a.company_id
      ORDER BY lu.lifetime, lk.lifetime
      """)
    for item in indexes { try connection.execute(item.sql) }
  }

  /// To which of the changes the grants of a user belong, from 0.
  private func part(of user: Int) -> Int { user * TestDataGenerator.changes / max(1, data.users) }

  /// Begins the record; gives the time of each change.
  private func addChanges() throws -> [Int64] {
    var added = [Int](repeating: 0, count: TestDataGenerator.changes)
    var counts = spread.counts
    for user in 0..<data.users { added[part(of: user)] += counts.next() }
    let start = TestDataGenerator.beginning + 1_800 * TestDataGenerator.day
    try addChange(1, at: start, .recordBegan, added: 0)
    var times: [Int64] = []
    for (index, count) in added.enumerated() {
      times.append(start + Int64(index + 1) * 7 * TestDataGenerator.day)
      try addChange(index + 2, at: times[index], .importFile, added: count)
    }
    return times
  }

  private func addChange(
    _ number: Int, at: Int64, _ action: ChangeAction, added: Int
  ) throws {
    try connection.execute(
      """
      INSERT INTO company_access_change (id, at, actor, origin, action, reason, added, removed)
      VALUES (?, ?, 'generate@example', ?, ?, 'test data', ?, 0)
      """,
      [
        .count(number), text(at), .text(Origin.command.rawValue), .text(action.rawValue),
        .count(added),
      ])
  }

  // MARK: Rows

  private mutating func add(_ row: [Value], _ into: String) throws {
    pending += row
    rows += 1
    if pending.count == row.count * TestDataGenerator.batchRows { try flush(row.count, into) }
  }

  private mutating func flush(_ columns: Int, _ into: String) throws {
    guard !pending.isEmpty else { return }
    if work.isCancelled { throw AccessError.cancelled }
    let rows = pending.count / columns
    if rows < TestDataGenerator.batchRows {
      try connection.execute(statement(columns, rows, into), pending)
    } else {
      if batch.into != into { batch = (into, statement(columns, rows, into)) }
      try connection.execute(batch.statement, pending)
    }
    pending.removeAll(keepingCapacity: true)
    work.report(rows, of: total, .writing)
  }

  private func statement(_ columns: Int, _ rows: Int, _ into: String) -> String {
    let row = "(" + Array(repeating: "?", count: columns).joined(separator: ", ") + ")"
    let places = Array(repeating: row, count: rows).joined(separator: ", ")
    return "INSERT INTO \(into) VALUES \(places)"
  }

  /// A time some days after the beginning: later for later rows.
  private func time(_ number: Int, of count: Int, from day: Int64, days: Int64) -> Int64 {
    let span = days * TestDataGenerator.day / 1_000
    let seconds = span * Int64(number) / Int64(max(1, count))
    return TestDataGenerator.beginning + day * TestDataGenerator.day + seconds * 1_000
  }

  private func text(_ milliseconds: Int64) -> Value {
    .text(Timestamp(millisecondsSince1970: milliseconds).text)
  }

  /// An id of the form of a version 7 UUID (RFC 9562, section 5.7), greater than those before.
  private mutating func makeID(_ milliseconds: Int64) -> String {
    made += 1
    var tail = SeededNumbers(seed: data.seed, stream: made)
    let high = UInt64(milliseconds) << 16 | 0x7000 | made >> 20 & 0xFFF
    let low = 1 << 63 | (made & 0xF_FFFF) << 42 | tail.next() >> 22
    return TimeOrderedID.text(high, low)
  }
}
