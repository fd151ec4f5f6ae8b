internal import Database

/// Finds users and companies by what people call them.
///
/// The first step with a hit wins: the exact username, or the exact code or name of a company; then
/// the id; then a name that is written with its accents composed in another way. A text that is the
/// code of one company and the name of another means both. `id:` in front forces the id.
struct NameQueries {
  let connection: any DatabaseSession
  let relations: Relations

  /// At most this many hits are fetched: one is clear, and more are listed.
  static let limit = 20

  /// The users whom a text may mean.
  func users(_ text: String) throws -> [User] {
    if let id = NameQueries.forcedID(text) { return try users(withID: id) }
    let steps = [users(exactly:), users(withID:), users(inOtherFormOf:)]
    return try NameQueries.firstHit(of: text, steps)
  }

  /// The users who are called like this, also where an id reads the same.
  func users(called text: String) throws -> [User] {
    try NameQueries.firstHit(of: text, [users(exactly:), users(inOtherFormOf:)])
  }

  /// The companies that a text may mean.
  func companies(_ text: String) throws -> [Company] {
    if let id = NameQueries.forcedID(text) { return try companies(withID: id) }
    let steps = [companies(exactly:), companies(withID:), companies(inOtherFormOf:)]
    return try NameQueries.firstHit(of: text, steps)
  }

  /// The companies that are called like this, also where an id reads the same.
  func companies(called text: String) throws -> [Company] {
    try NameQueries.firstHit(of: text, [companies(exactly:), companies(inOtherFormOf:)])
  }

  private static func firstHit<T>(
    of text: String, _ steps: [(String) throws -> [T]]
  ) throws -> [T] {
    for step in steps {
      let found = try step(text)
      if !found.isEmpty { return found }
    }
    return []
  }

  private func users(exactly text: String) throws -> [User] {
    try users("u.username = ? COLLATE BINARY", [.text(text)])
  }

  /// The users whose names are the same but for the form of their accents.
  func users(inOtherFormOf text: String) throws -> [User] {
    try ExactText(text).otherForms.flatMap(users(exactly:))
  }

  private func companies(exactly text: String) throws -> [Company] {
    try NameQueries.distinct(
      callNames.flatMap { try companies("c.\($0.result) = ? COLLATE BINARY", [.text(text)]) })
  }

  /// The companies with a name or code that is the same but for the form of its accents.
  func companies(inOtherFormOf text: String) throws -> [Company] {
    try NameQueries.distinct(ExactText(text).otherForms.flatMap(companies(exactly:)))
  }

  /// Each company once, however many of its names were hit.
  private static func distinct(_ companies: [Company]) -> [Company] {
    var seen: Set<CompanyID> = []
    return companies.filter { seen.insert($0.id).inserted }
  }

  /// What people call a company by, in the order in which it is tried: the column of the
  /// application, and that of `Relations.companies`.
  private var callNames: [(own: SQLName, result: String)] {
    let companies = relations.mapping.companies
    return (companies.code.map { [($0, "code")] } ?? []) + [(companies.name, "name")]
  }

  /// What follows `id:`.
  static func forcedID(_ text: String) -> String? {
    text.utf8.starts(with: "id:".utf8) ? String(text.utf8.dropFirst(3)) : nil
  }

  func users(withID text: String) throws -> [User] {
    let condition = NameQueries.condition("u.id", text, relations.mapping.users.keys)
    return try users(condition.sql, condition.values)
  }

  func companies(withID text: String) throws -> [Company] {
    let condition = NameQueries.condition("c.id", text, relations.mapping.companies.keys)
    return try companies(condition.sql, condition.values)
  }

  /// A condition for an id that was typed: as a number, as exactly this text, or as a UUID.
  ///
  /// The types are compared too, because SQLite takes '042' and 42 for the same where a column
  /// holds numbers.
  private static func condition(
    _ column: String, _ text: String, _ keys: KeyStorage
  ) -> (sql: String, values: [Value]) {
    if keys.serverType != nil {
      let values = keys.serverValues(text)
      let list = values.map { _ in "?" }.joined(separator: ", ")
      return values.isEmpty ? ("FALSE", []) : ("\(column) IN (\(list))", values)
    }
    let forms = [.text(text)] + KeyText.stored(text)
    let list = forms.map { _ in "?" }.joined(separator: ", ")
    let condition = "\(column) IN (\(list)) AND typeof(\(column)) <> 'integer'"
    guard let number = Int64(text), String(number) == text else { return (condition, forms) }
    return (
      "(\(condition) OR \(column) = ? AND typeof(\(column)) = 'integer')",
      forms + [.integer(number)]
    )
  }

  private func users(_ condition: String, _ values: [Value]) throws -> [User] {
    let role = relations.roleName("u.role")
    return try relations.users().flatMap { arm in
      try connection.rows(
        """
        SELECT u.id, u.username, u.full_name, u.email, \(role), u.is_active
        FROM \(arm) AS u WHERE \(condition) ORDER BY u.id LIMIT \(NameQueries.limit)
        """, values
      ) { row in
        User(
          id: row.userID(0), username: row.text(1), fullName: row.optionalText(2),
          email: row.optionalText(3), role: row.optionalText(4), isActive: row.bool(5))
      }
    }
  }

  private func companies(_ condition: String, _ values: [Value]) throws -> [Company] {
    try relations.companies().flatMap { arm in
      try connection.rows(
        """
        SELECT c.id, c.name, c.code, c.is_active
        FROM \(arm) AS c WHERE \(condition) ORDER BY c.id LIMIT \(NameQueries.limit)
        """, values
      ) { row in
        Company(
          id: row.companyID(0), name: row.text(1), code: row.optionalText(2),
          isActive: row.bool(3))
      }
    }
  }
}

// MARK: Similar names

extension NameQueries {
  /// How many names are compared to find similar ones.
  static let compared = 20_000
  private static let offered = 3

  /// Users whose names are like one that no user has.
  func users(similarTo text: String) throws -> [User] {
    let users = relations.mapping.users
    return try similar(to: text, [(users.username, "username")], users.rows("t")).flatMap {
      try self.users("u.\($0.column) = ? COLLATE BINARY", [.text($0.name)])
    }
  }

  /// Companies whose names or codes are like one that none has.
  func companies(similarTo text: String) throws -> [Company] {
    let found = try similar(to: text, callNames, relations.mapping.companies.rows("t")).flatMap {
      try companies("c.\($0.column) = ? COLLATE BINARY", [.text($0.name)])
    }
    var seen: Set<CompanyID> = []
    return found.filter { seen.insert($0.id).inserted }
  }

  /// A name that is like another, and the column that it stands in.
  private typealias Similar = (distance: Int, name: String, column: String)

  /// The names nearest to a text: what a search takes for the same, beginning with it, or mistyped.
  private func similar(
    to text: String, _ columns: [(own: SQLName, result: String)], _ rows: String
  ) throws -> [Similar] {
    let wanted = NameFold.look(text)
    var found: [Similar] = []
    for column in columns {
      try connection.forEach(
        """
        SELECT t.\(column.own) FROM \(rows) WHERE t.\(column.own) IS NOT NULL
        LIMIT \(NameQueries.compared)
        """
      ) { row in
        let name = row.text(0)
        if let distance = NameQueries.distance(wanted, NameFold.look(name)) {
          found.append((distance, name, column.result))
        }
      }
    }
    found.sort { ($0.distance, $0.name) < ($1.distance, $1.name) }
    // Two users of one name are found together.
    var names: Set<[UInt8]> = []
    let different = found.filter { names.insert(Array($0.name.utf8)).inserted }
    return Array(different.prefix(NameQueries.offered))
  }

  private static func distance(_ wanted: String, _ name: String) -> Int? {
    if name.utf8.elementsEqual(wanted.utf8) { return 0 }
    if !wanted.isEmpty, name.utf8.starts(with: wanted.utf8) { return 1 }
    return Suggestion.nearest(to: wanted, among: [name]) == nil ? nil : 2
  }
}
