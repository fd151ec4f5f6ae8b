internal import Database

/// The conditions of a query on users or companies, as SQL.
///
/// They speak of one row of `Relations.users` or `Relations.companies`, under a name that the code that
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

  /// All conditions as one, which is `TRUE` if there are none.
  var condition: String { all.isEmpty ? "TRUE" : all.joined(separator: " AND ") }

  /// The conditions of a query on users.
  ///
  /// - Parameters:
  ///   - query: What to find.
  ///   - relations: At which moment.
  ///   - row: The name of the row of the users.
  ///   - arguments: Gets the arguments of the conditions.
  init(
    _ query: UserQuery, _ relations: Relations, row: String = "u",
    _ arguments: inout Bindings
  ) {
    other =
      QueryFilter.needsOther(query, relations)
      ? query.company.map { arguments.bind($0.value) } : nil
    var rest = QueryFilter.activity(query.activity, row)
    let users = relations.mapping.users
    if let role = query.role {
      rest.append(users.role("\(row).role", passes: "= " + arguments.bind(.text(role))))
    }
    var places = SearchPlaces(
      row: row, texts: ["username", "full_name", "email"], keys: users.keys,
      findsPartsOfIDs: query.findsPartsOfIDs)
    places.role = users
    if query.relation != .lacking, let other {
      places.since = relations.grantedAt(user: "\(row).id", company: other)
      places.change = relations.keyOfAnyKind(
        relations.grantedBy(user: "\(row).id", company: other))
    }
    rest += places.conditions(SearchWords(query.search), &arguments)
    rest += QueryFilter.presence(query.access, relations.exists(user: "\(row).id"))
    if let holding = query.holding {
      rest.append(QueryFilter.holding(holding, "\(row).id", relations.countsByUser))
    }
    if let among = query.among {
      rest.append(QueryFilter.any(of: among.map { SelectionSQL($0, relations) }, row, &arguments))
    }
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
    _ arguments: inout Bindings
  ) {
    other =
      QueryFilter.needsOther(query, relations)
      ? query.user.map { arguments.bind($0.value) } : nil
    var rest = QueryFilter.activity(query.activity, row)
    var places = SearchPlaces(
      row: row, texts: ["name", "code"], keys: relations.mapping.companies.keys,
      findsPartsOfIDs: query.findsPartsOfIDs)
    if query.relation != .lacking, let other {
      places.since = relations.grantedAt(user: other, company: "\(row).id")
      places.change = relations.keyOfAnyKind(
        relations.grantedBy(user: other, company: "\(row).id"))
    }
    rest += places.conditions(SearchWords(query.search), &arguments)
    rest += QueryFilter.presence(query.users, relations.exists(company: "\(row).id"))
    if let among = query.among {
      rest.append(QueryFilter.any(of: among.map { SelectionSQL($0, relations) }, row, &arguments))
    }
    let held = other.map { relations.exists(user: $0, company: "\(row).id") }
    rest += QueryFilter.permitted(
      query.relation, held, row, other.flatMap { relations.scope(ofUser: $0) })
    self.rest = rest
    relation = QueryFilter.relation(query.relation, held)
  }

  /// Whether the conditions ask how rows stand to the company of the query: a list of all users that
  /// marks those with a grant does so only where the marks are searched, or decide what is shown.
  static func needsOther(_ query: UserQuery, _ relations: Relations) -> Bool {
    needsOther(query.relation, query.search, relations)
  }

  /// Whether the conditions ask how rows stand to the user of the query; otherwise as for users.
  static func needsOther(_ query: CompanyQuery, _ relations: Relations) -> Bool {
    needsOther(query.relation, query.search, relations)
  }

  private static func needsOther(
    _ relation: Relation, _ search: String, _ relations: Relations
  ) -> Bool {
    if relation != .marked || relations.scopeColumn != nil { return true }
    let words = SearchWords(search)
    return !words.isVain && words.first.contains(where: SearchWords.isOfTime)
  }

  /// A condition: whether an id has so many grants, of which a relation has the numbers from 1 on.
  private static func holding(_ range: ClosedRange<Int>, _ id: String, _ counts: String) -> String {
    if range.lowerBound > 0 {
      return """
        \(id) IN (SELECT n.id FROM \(counts) AS n
          WHERE n.n BETWEEN \(range.lowerBound) AND \(range.upperBound))
        """
    }
    return "\(id) NOT IN (SELECT n.id FROM \(counts) AS n WHERE n.n > \(range.upperBound))"
  }

  /// A condition: whether one of some selections picks the row.
  private static func any(
    of selections: [SelectionSQL], _ row: String, _ arguments: inout Bindings
  ) -> String {
    let each = selections.map { $0.condition?(row, &arguments) ?? "TRUE" }
    return each.isEmpty ? "FALSE" : "(" + each.joined(separator: " OR ") + ")"
  }

  private static func activity(_ activity: Activity, _ row: String) -> [String] {
    switch activity {
    case .any: []
    case .active: ["\(row).is_active"]
    case .inactive: ["NOT \(row).is_active"]
    }
  }

  private static func presence(
    _ presence: Presence, _ exists: @autoclosure () -> String
  ) -> [String] {
    switch presence {
    case .any: []
    case .some: [exists()]
    case .none: ["NOT " + exists()]
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

/// Where the words of a search are looked for: in what lists show of a row, numbers of grants aside.
private struct SearchPlaces {
  let row: String
  /// The columns with texts.
  let texts: [String]
  let keys: KeyStorage
  /// Whether a part of a UUID finds its row, as where lists show it; the whole one always does.
  let findsPartsOfIDs: Bool
  /// The users, where the rows have roles.
  var role: SchemaMapping.Users?
  /// When the row was granted, and by which change, in lists that show it.
  var since: String?
  var change: String?

  private var id: String { "\(row).id" }

  /// A condition for each word.
  func conditions(_ words: SearchWords, _ arguments: inout Bindings) -> [String] {
    if words.isVain { return ["FALSE"] }
    var conditions = words.first.map { condition($0, &arguments) }
    if let others = words.others {
      var places = texts.map { "\(row).\($0)" }
      if !keys.isUUID || findsPartsOfIDs { places.append(keys.text(of: id)) }
      if let role { places.append(role.roleName("\(row).role")) }
      conditions.append(SearchPlaces.finds(arguments.bind(.text(others)), places))
    }
    return conditions
  }

  private func condition(_ word: String, _ arguments: inout Bindings) -> String {
    let parameter = arguments.bind(.text(word))
    var places = texts.map { "\(row).\($0)" }
    var any: [String] = []
    if !keys.isUUID || findsPartsOfIDs {
      places.append(keys.text(of: id))
      any += keys.conditions(of: id, forPart: word) { text, part in
        SearchPlaces.finds(arguments.bind(.text(part)), [text])
      }
    } else if let whole = keys.condition(of: id, forWhole: word, &arguments) {
      any.append(whole)
    }
    any.insert(SearchPlaces.finds(parameter, places), at: 0)
    if let role {
      any.append(role.role("\(row).role") { SearchPlaces.finds(parameter, [$0]) })
    }
    if SearchWords.isOfTime(word), let since, let change {
      any.append(SearchPlaces.finds(parameter, ["\(TextSearch.minute)(\(since))", change]))
    }
    switch SearchWords.status(word) {
    case .active: any.append("\(row).is_active")
    case .inactive: any.append("NOT \(row).is_active")
    case .any, nil: break
    }
    return "(" + any.joined(separator: " OR ") + ")"
  }

  private static func finds(_ words: String, _ places: [String]) -> String {
    "\(TextSearch.function)(\(words), \(places.joined(separator: ", ")))"
  }
}
