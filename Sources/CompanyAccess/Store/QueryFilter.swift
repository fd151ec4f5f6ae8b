internal import Database

/// The conditions of a query on users or companies, as SQL.
///
/// They speak of one row of `Relations.users` or `Relations.companies`, under a name that whoever
/// composes the statement has given it.
struct QueryFilter: Hashable, Sendable {
  /// How the row stands to the company or user that the list is about; nil if it is about none,
  /// or shows all rows.
  let relation: String?
  /// The parameter with that company or user, which is bound before all others; nil also if the
  /// conditions do not need it.
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
    let isMarked = query.relation == .marked && relations.scopeColumn == nil
    other = isMarked ? nil : query.company.map { arguments.bind($0.value) }
    var rest = QueryFilter.activity(query.activity, row)
    let users = relations.shape.users
    if let role = query.role {
      rest.append(users.role("\(row).role", passes: "= " + arguments.bind(.text(role))))
    }
    let words = SearchWords(query.search)
    for word in words.simple {
      let like = QueryFilter.like(word, &arguments)
      var places = ["username", "full_name", "email"].map { "\(row).\($0) \(like)" }
      places += users.keys.places(of: "\(row).id", for: word) {
        QueryFilter.like($0, &arguments)
      }
      places.append(users.role("\(row).role", passes: like))
      rest.append(QueryFilter.any(places))
    }
    if let others = words.others {
      let places = ["username", "full_name", "email"].map { "\(row).\($0)" }
      let key = users.keys.text(of: "\(row).id")
      let role = users.roleName("\(row).role")
      rest.append(
        QueryFilter.contains([key] + places + [role], arguments.bind(.text(others))))
    }
    rest += QueryFilter.presence(query.access, relations.exists(user: "\(row).id"))
    let held = other.map { relations.exists(user: "\(row).id", company: $0) }
    rest += QueryFilter.permitted(
      query.relation, held, row, other.flatMap { relations.scope(ofCompany: $0) })
    self.rest = rest
    relation = QueryFilter.relation(query.relation, held)
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
    let isMarked = query.relation == .marked && relations.scopeColumn == nil
    other = isMarked ? nil : query.user.map { arguments.bind($0.value) }
    var rest = QueryFilter.activity(query.activity, row)
    let words = SearchWords(query.search)
    let keys = relations.shape.companies.keys
    for word in words.simple {
      let like = QueryFilter.like(word, &arguments)
      var places = ["name", "code"].map { "\(row).\($0) \(like)" }
      places += keys.places(of: "\(row).id", for: word) { QueryFilter.like($0, &arguments) }
      rest.append(QueryFilter.any(places))
    }
    if let others = words.others {
      let places = ["name", "code"].map { "\(row).\($0)" } + [keys.text(of: "\(row).id")]
      rest.append(QueryFilter.contains(places, arguments.bind(.text(others))))
    }
    rest += QueryFilter.presence(query.users, relations.exists(company: "\(row).id"))
    let held = other.map { relations.exists(user: $0, company: "\(row).id") }
    rest += QueryFilter.permitted(
      query.relation, held, row, other.flatMap { relations.scope(ofUser: $0) })
    self.rest = rest
    relation = QueryFilter.relation(query.relation, held)
  }

  private static func any(_ places: [String]) -> String {
    "(" + places.joined(separator: " OR ") + ")"
  }

  private static func like(_ word: String, _ arguments: inout Arguments) -> String {
    "LIKE " + arguments.bind(.text(SearchWords.pattern(word))) + #" ESCAPE '\'"#
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

  /// Rows that may not be granted are shown only if they are all the same.
  private static func permitted(
    _ relation: Relation, _ held: String?, _ row: String, _ scope: String?
  ) -> [String] {
    guard let scope, let held else { return [] }
    switch relation {
    case .holding: return []
    case .lacking: return ["\(row).scope = \(scope)"]
    case .marked: return ["(\(row).scope = \(scope) OR \(held))"]
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
