internal import Database

/// The conditions of a query on users or companies, as SQL.
///
/// They speak of one row of `Relations.users` or `Relations.companies`, under a name that whoever
/// composes the statement has given it.
struct QueryFilter: Hashable, Sendable {
  /// How the row stands to the company or user that the list is about; nil if it is about none,
  /// or shows all rows.
  let relation: String?
  /// The parameter with that company or user, which is bound before all others.
  let other: String?
  /// All other conditions.
  let rest: [String]

  /// All conditions.
  var all: [String] { rest + (relation.map { [$0] } ?? []) }

  /// All conditions as one, which is `1` if there are none.
  var condition: String { all.isEmpty ? "1" : all.joined(separator: " AND ") }

  /// The conditions of a query on users.
  ///
  /// - Parameters:
  ///   - query: What to find.
  ///   - relations: At which moment.
  ///   - row: The name of the row of the users.
  ///   - arguments: Gets the arguments of the conditions.
  init(
    _ query: UserQuery, _ relations: Relations, row: String = "u",
    _ arguments: inout Arguments
  ) {
    other = query.relation == .marked ? nil : query.company.map { arguments.bind($0.value) }
    var rest = QueryFilter.activity(query.activity, row)
    if let role = query.role {
      rest.append(QueryFilter.role("= " + arguments.bind(.text(role)), row, relations))
    }
    let words = SearchWords(query.search)
    for word in words.simple {
      let like = QueryFilter.like(word, &arguments)
      var places = ["username", "full_name", "email"].map { "\(row).\($0) \(like)" }
      places.append("CAST(\(row).id AS TEXT) \(like)")
      places.append(QueryFilter.role(like, row, relations))
      rest.append(QueryFilter.any(places))
    }
    if let others = words.others {
      let places = ["id", "username", "full_name", "email"].map { "\(row).\($0)" }
      let role = relations.roleName("\(row).role_id")
      rest.append(QueryFilter.contains(places + [role], arguments.bind(.text(others))))
    }
    rest += QueryFilter.presence(query.access, relations.exists(user: "\(row).id"))
    self.rest = rest
    relation = QueryFilter.relation(
      query.relation, other.map { relations.exists(user: "\(row).id", company: $0) })
  }

  /// The conditions of a query on companies.
  ///
  /// - Parameters:
  ///   - query: What to find.
  ///   - relations: At which moment.
  ///   - row: The name of the row of the companies.
  ///   - arguments: Gets the arguments of the conditions.
  init(
    _ query: CompanyQuery, _ relations: Relations, row: String = "c",
    _ arguments: inout Arguments
  ) {
    other = query.relation == .marked ? nil : query.user.map { arguments.bind($0.value) }
    var rest = QueryFilter.activity(query.activity, row)
    let words = SearchWords(query.search)
    for word in words.simple {
      let like = QueryFilter.like(word, &arguments)
      var places = ["name", "code", "id"].map { "\(row).\($0) \(like)" }
      if let digits = SearchWords.undashed(word) {
        places.append("\(row).id \(QueryFilter.like(digits, &arguments))")
      }
      rest.append(QueryFilter.any(places))
    }
    if let others = words.others {
      let places = ["name", "code", "id"].map { "\(row).\($0)" }
      rest.append(QueryFilter.contains(places, arguments.bind(.text(others))))
    }
    rest += QueryFilter.presence(query.users, relations.exists(company: "\(row).id"))
    self.rest = rest
    relation = QueryFilter.relation(
      query.relation, other.map { relations.exists(user: $0, company: "\(row).id") })
  }

  private static func any(_ places: [String]) -> String {
    "(" + places.joined(separator: " OR ") + ")"
  }

  private static func like(_ word: String, _ arguments: inout Arguments) -> String {
    "LIKE " + arguments.bind(.text(SearchWords.pattern(word))) + #" ESCAPE '\'"#
  }

  /// The roles are looked up once, not for every user.
  private static func role(_ test: String, _ row: String, _ relations: Relations) -> String {
    let roles = relations.shape.roles
    return "\(row).role_id IN (SELECT \(roles.id) FROM \(roles.table) WHERE \(roles.name) \(test))"
  }

  /// The places are put together for a single call; as no word has a line feed in it, none can be
  /// found across two of them.
  private static func contains(_ places: [String], _ words: String) -> String {
    let text = places.map { "coalesce(\($0), '')" }.joined(separator: " || '\n' || ")
    return "\(TextFold.function)(\(text), \(words))"
  }

  private static func activity(_ activity: Activity, _ row: String) -> [String] {
    switch activity {
    case .any: []
    case .active: ["\(row).is_active"]
    case .inactive: ["NOT \(row).is_active"]
    }
  }

  private static func presence(_ presence: Presence, _ exists: String) -> [String] {
    switch presence {
    case .any: []
    case .some: [exists]
    case .none: ["NOT " + exists]
    }
  }

  private static func relation(_ relation: Relation, _ held: String?) -> String? {
    switch relation {
    case .holding: held
    case .lacking: held.map { "NOT " + $0 }
    case .marked: nil
    }
  }
}
