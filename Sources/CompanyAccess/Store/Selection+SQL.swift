internal import Database

/// The ids of a list, as SQL that gives one row for each.
enum KeyValuesSQL {
  /// Most keys go in as one JSON text.
  ///
  /// Bytes, and text with a NUL, which JSON cannot carry, are
  /// written out.
  ///
  /// PostgreSQL wants to know their type.
  static func rows(
    _ keys: [Key], _ arguments: inout Bindings, as serverType: String?
  ) -> String {
    var json: [String] = []
    var literals: [String] = []
    for key in keys {
      switch key {
      case .integer(let number): json.append(String(number))
      case .text(let text) where !text.utf8.contains(0): json.append(quote(text))
      case .text(let text): literals.append("(CAST(x'\(Key.hex(Array(text.utf8)))' AS TEXT))")
      case .bytes(let bytes) where serverType != nil:
        json.append(quote("\\x" + Key.hex(bytes)))
      case .bytes(let bytes): literals.append("(x'\(Key.hex(bytes))')")
      }
    }
    let list = arguments.bind(.text("[" + json.joined(separator: ",") + "]"))
    if let serverType {
      return
        "SELECT CAST(e.value AS \(serverType)) AS value FROM json_array_elements_text(\(list)) AS e"
    }
    let rest = literals.isEmpty ? "" : " UNION ALL VALUES " + literals.joined(separator: ", ")
    return "SELECT value FROM temp.json_each(\(list))" + rest
  }

  static func quote(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": result += "\\\(scalar)"
      case "\u{0}"..<" ": result += "\\u00" + Key.hex([UInt8(scalar.value)])
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}

/// The users or companies that a selection picks, as SQL.
///
/// A statement is composed of several parts that need the same selection, and each part binds its
/// own arguments.
struct SelectionSQL: Sendable {
  /// The relation that holds the rows.
  let source: String
  /// Makes the conditions on a row under a name; nil for all rows.
  let condition: (@Sendable (_ row: String, _ arguments: inout Bindings) -> String)?
  /// The named ids, of which each must be there; nil for a selection by query.
  let named: [Key]?
  /// The one company whose users these are, or the one user whose companies, if they are all of them.
  let holders: Key?
  /// How the ids are stored.
  let keys: KeyStorage
  /// The type of the ids, where the engine wants to know it.
  var keyType: String? { keys.serverType }

  /// The users that a selection picks: of a query, those upon whom the operator of the session may act.
  ///
  /// - Parameters:
  ///   - selection: Which users.
  ///   - relations: The moment.
  ///   - ofAnyRank: Whether the others are picked, too.
  init(_ selection: UserSelection, _ relations: Relations, ofAnyRank: Bool = false) {
    source = relations.users()[0]
    keys = relations.mapping.users.keys
    let keyType = keys.serverType
    switch selection {
    case .these(let ids):
      let given = ids.map(\.key)
      (named, holders) = (given, nil)
      condition = SelectionSQL.among(given, keyType)
    case .matching(let query, let except):
      var all = UserQuery()
      (all.company, all.sort, all.descending) = (query.company, query.sort, query.descending)
      all.findsPartsOfIDs = query.findsPartsOfIDs
      let limit = ofAnyRank ? nil : relations.mapping.mayActUpon(role: "p.role")
      let isAll = limit == nil && except.isEmpty && query == all
      (named, holders) = (nil, isAll ? query.company?.key : nil)
      condition = SelectionSQL.matching(except: except.map(\.key), keyType) { row, arguments in
        let limit = limit.flatMap { _ in relations.mapping.mayActUpon(role: "\(row).role") }
        return QueryFilter(query, relations, row: row, &arguments).all + [limit].compactMap(\.self)
      }
    }
  }

  /// The companies that a selection picks.
  init(_ selection: CompanySelection, _ relations: Relations) {
    source = relations.companies()[0]
    keys = relations.mapping.companies.keys
    let keyType = keys.serverType
    switch selection {
    case .these(let ids):
      let given = ids.map(\.key)
      (named, holders) = (given, nil)
      condition = SelectionSQL.among(given, keyType)
    case .matching(let query, let except):
      var all = CompanyQuery()
      (all.user, all.sort, all.descending) = (query.user, query.sort, query.descending)
      all.countsUsers = query.countsUsers
      all.findsPartsOfIDs = query.findsPartsOfIDs
      (named, holders) = (nil, except.isEmpty && query == all ? query.user?.key : nil)
      condition = SelectionSQL.matching(except: except.map(\.key), keyType) { row, arguments in
        QueryFilter(query, relations, row: row, &arguments).all
      }
    }
  }

  /// Whether it picks every row.
  var isEverything: Bool { condition == nil }

  /// `FROM` and `WHERE` that give the picked rows under a name.
  func from(_ row: String, _ arguments: inout Bindings) -> String {
    let filter = condition.map { " WHERE " + $0(row, &arguments) } ?? ""
    return "FROM \(source) AS \(row)\(filter)"
  }

  /// A query for the ids of the picked rows.
  func ids(_ arguments: inout Bindings) -> String {
    "SELECT p.id " + from("p", &arguments)
  }

  private static func among(
    _ keys: [Key], _ keyType: String?
  ) -> @Sendable (String, inout Bindings) -> String {
    { row, arguments in "\(row).id IN (\(KeyValuesSQL.rows(keys, &arguments, as: keyType)))" }
  }

  private static func matching(
    except: [Key], _ keyType: String?,
    _ conditions: @escaping @Sendable (String, inout Bindings) -> [String]
  ) -> (@Sendable (String, inout Bindings) -> String)? {
    let all: @Sendable (String, inout Bindings) -> [String] = { row, arguments in
      var all = conditions(row, &arguments)
      if !except.isEmpty {
        all.append("\(row).id NOT IN (\(KeyValuesSQL.rows(except, &arguments, as: keyType)))")
      }
      return all
    }
    var unused = Bindings()
    guard !all("p", &unused).isEmpty else { return nil }
    return { row, arguments in all(row, &arguments).joined(separator: " AND ") }
  }
}
