package import Database

/// A database as another application makes and fills it, without anything of ours.
package struct MappingFixture: Sendable {
  package enum Kind: String, CaseIterable, Sendable {
    case hrm, guarding, workcards, crm
    /// An application that nobody knows, with names that must be quoted, text and binary keys.
    case custom
  }

  package let kind: Kind
  /// The file, or the location of a database of a server, by the engine of the running test.
  package let path: String
  package let users: Int
  package let companies: Int
  /// The database of a server; nil for a file.
  package var database: PostgresDatabase?

  /// Makes a database.
  ///
  /// - Parameters:
  ///   - kind: Of which application.
  ///   - path: Where; there must be no file yet.
  ///   - users: How many users, of whom every tenth is inactive; the second user of a thousand has
  ///     the role that may enter everything, if the application has one.
  ///   - companies: How many companies, of which every seventh is inactive where that can be.
  ///   - seed: Decides who belongs where.
  /// - Returns: The database.
  /// - Throws: What the file system or SQLite answers.
  @discardableResult
  package static func make(
    _ kind: Kind, at path: String, users: Int = 12, companies: Int = 6, seed: UInt64 = 1
  ) throws -> MappingFixture {
    let connection = try MappingApplication.connect(path, .create)
    try fill(connection, kind, kind.schema, users, companies, seed)
    return MappingFixture(kind: kind, path: path, users: users, companies: companies)
  }

  private static func fill(
    _ connection: any DatabaseSession, _ kind: Kind, _ schema: [String], _ users: Int,
    _ companies: Int, _ seed: UInt64
  ) throws {
    try connection.inTransaction {
      for statement in schema { try connection.execute(statement) }
      var filler = MappingFiller(connection: connection, kind: kind, seed: seed)
      try filler.fill(users: users, companies: companies)
    }
  }

  /// Makes a database in a folder, named after its kind.
  @discardableResult
  package static func make(
    _ kind: Kind, in folder: TemporaryFolder, users: Int = 12, companies: Int = 6, seed: UInt64 = 1
  ) throws -> MappingFixture {
    guard TestEngine.current == .postgres else {
      return try make(
        kind, at: folder.file("\(kind.rawValue).db"), users: users, companies: companies, seed: seed
      )
    }
    let database = try PostgresDatabase()
    try fill(database.open(), kind, kind.schemaOnServer, users, companies, seed)
    return MappingFixture(
      kind: kind, path: database.text(), users: users, companies: companies, database: database)
  }

  /// Writes down the description of an application that nobody knows; nil for the others.
  package func descriptionFile(in folder: TemporaryFolder) throws -> String? {
    try kind.description.map { try folder.write("mapping.json", $0) }
  }

  /// The application, which has the file open and writes with its own statements.
  package func application() throws -> MappingApplication {
    MappingApplication(
      kind: kind,
      connection: try database?.open() ?? MappingApplication.connect(path, .readWrite))
  }
}

/// Numbers that look random and are the same for the same seed.
struct MappingNumbers {
  private var state: UInt64

  init(seed: UInt64) { state = seed &* 2_862_933_555_777_941_757 &+ 3_037_000_493 }

  mutating func next(below limit: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int((state >> 33) % UInt64(max(1, limit)))
  }
}

extension MappingFixture.Kind {
  /// The key of a user by number, from 1, as the application stores it.
  package func user(_ number: Int) -> Value {
    switch self {
    case .hrm, .guarding, .crm: .integer(Int64(number))
    case .workcards: .text(MappingFixture.dashed(0xA, number))
    case .custom: .text("E-\(number)")
    }
  }

  /// The key of a company by number, from 1, as the application stores it.
  package func company(_ number: Int) -> Value {
    switch self {
    case .guarding: .integer(Int64(number))
    case .hrm where TestEngine.current == .postgres: .text(MappingFixture.dashed(0xB, number))
    case .hrm, .crm: .text(MappingFixture.digits(0xB, number))
    case .workcards: .text(MappingFixture.dashed(0xB, number))
    case .custom: .blob(MappingFixture.bytes(0xB, number))
    }
  }

  /// What people call a user by.
  package func username(_ number: Int) -> String {
    switch self {
    case .hrm: "user\(number)"
    case .guarding: String(300_000_000 + number)
    case .workcards, .crm: "user\(number)@example.com"
    case .custom: "u.\(number)"
    }
  }

  /// The name of a company.
  package func companyName(_ number: Int) -> String { "Company \(number)" }

  /// The organization of the numbered user, where grants may not cross organizations.
  package func organization(ofUser number: Int) -> Int { number % 2 + 1 }

  /// That of the numbered company: users with even numbers may enter companies with odd ones.
  package func organization(ofCompany number: Int) -> Int { (number + 1) % 2 + 1 }

  /// The table with the grants, once there is one, as SQL names it.
  package var accessTable: String {
    switch self {
    case .hrm: "hrm_user_company_access"
    case .guarding, .workcards, .crm: "user_company_access"
    case .custom: "\"may \"\"enter\"\"\""
    }
  }

  /// The tables of users and companies whose keys the engine makes, with these.
  var numbered: [(table: String, key: String)] {
    switch self {
    case .hrm: [("hrm_users", "id")]
    case .guarding: [("employees", "employee_id"), ("clients", "client_id")]
    case .crm: [("users", "id")]
    case .workcards, .custom: []
    }
  }

  /// The description of the mapping, for an application that nobody knows.
  package var description: String? { self == .custom ? MappingFixture.customDescription : nil }
}

extension MappingFixture {
  /// 32 hex digits that are a UUID.
  static func digits(_ kind: Int, _ number: Int) -> String {
    let tail = String(number, radix: 16)
    let head = String(kind, radix: 16)
    return "0198c0de00007000800" + head + String(repeating: "0", count: 12 - tail.utf8.count) + tail
  }

  static func dashed(_ kind: Int, _ number: Int) -> String {
    var rest = digits(kind, number)[...]
    var groups: [Substring] = []
    for length in [8, 4, 4, 4, 12] {
      groups.append(rest.prefix(length))
      rest = rest.dropFirst(length)
    }
    return groups.joined(separator: "-")
  }

  static func bytes(_ kind: Int, _ number: Int) -> [UInt8] {
    let digits = Array(digits(kind, number).utf8).map { $0 < 0x3A ? $0 - 0x30 : $0 - 0x57 }
    return stride(from: 0, to: 32, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
  }

  static let customDescription = """
    {
      "users": {
        "table": "staff members", "key": "staff id", "username": "login",
        "full_name": ["given name", "family name"], "email": "e-mail",
        "role": {"column": "grade", "table": "grades", "key": "grade no", "name": "title"},
        "active": {"column": "state", "equals": "it's on"}
      },
      "companies": {
        "table": "order", "key": "uid", "name": "label", "code": "short", "active": "open",
        "created_at": "since"
      },
      "home": {"table": "staff home", "user": "who", "company": "where"},
      "all_companies_roles": ["Chief"],
      "access_table": "may \\"enter\\""
    }
    """
}
