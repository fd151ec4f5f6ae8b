internal import Database

/// Expressions over a row of the users, which the code that composes the statement has given a name.
extension SchemaMapping.Users {
  /// The operand of `FROM` that holds the users, as rows with a name.
  func rows(_ row: String, _ hint: String = "") -> String {
    SchemaMapping.rows(of: table, as: row, hint, lookups, only)
  }

  /// Whether a row has a key, without which it is no user: nil if every row has one.
  ///
  /// The `+` keeps SQLite from taking an index for it.
  func hasKey(_ row: String) -> String? { hasNullableKey ? "+\(row).\(key) IS NOT NULL" : nil }

  /// The whole name; NULL if no part of it is there.
  func fullName(_ row: String) -> String {
    guard fullName.count > 1 else { return fullName.first.map { "\(row).\($0)" } ?? "NULL" }
    let parts = fullName.map { "coalesce(' ' || nullif(\(row).\($0), ''), '')" }
    return "nullif(substr(\(parts.joined(separator: " || ")), 2), '')"
  }

  /// The e-mail address; NULL if there is none.
  func email(_ row: String) -> String { email.map { "\(row).\($0)" } ?? "NULL" }

  /// What the row says of the role: its name or its key; NULL if there is none.
  func role(_ row: String) -> String {
    switch role {
    case .none: "NULL"
    case .column(let column) where typed.contains(column): "CAST(\(row).\(column) AS TEXT)"
    case .column(let column), .lookup(let column, _): "\(row).\(column)"
    }
  }

  /// The name of a role, of which an expression gives what `role` gives; NULL if there is none.
  func roleName(_ role: String) -> String {
    guard case .lookup(_, let roles) = self.role else { return role }
    return "(SELECT r.\(roles.name) FROM \(roles.table) AS r WHERE r.\(roles.key) = \(role))"
  }

  /// Whether a role, of which an expression gives what `role` gives, has a name that passes a test,
  /// which is written as it follows the name.
  ///
  /// Roles in a table are looked up once, not for every user.
  func role(_ role: String, passes test: String) -> String {
    self.role(role) { "\($0) \(test)" }
  }

  /// Whether a role has a name that passes a test, which is made from an expression for the name.
  func role(_ role: String, where test: (_ name: String) -> String) -> String {
    guard case .lookup(_, let roles) = self.role else { return test(role) }
    let names = "SELECT \(roles.key) FROM \(roles.table) WHERE \(test("\(roles.name)"))"
    return "\(role) IN (\(names))"
  }

  /// Where the names of all roles are, for completion.
  var roleNames: (table: SQLName, column: SQLName)? {
    switch role {
    case .none: nil
    case .column(let column): (table, column)
    case .lookup(_, let roles): (roles.table, roles.name)
    }
  }
}

/// Expressions over a row of the companies.
extension SchemaMapping.Companies {
  /// The operand of `FROM` that holds the companies, as rows with a name.
  func rows(_ row: String, _ hint: String = "") -> String {
    SchemaMapping.rows(of: table, as: row, hint, lookups, only)
  }

  /// Whether a row has a key, without which it is no company: nil if every row has one.
  func hasKey(_ row: String) -> String? { hasNullableKey ? "+\(row).\(key) IS NOT NULL" : nil }

  /// The code; NULL if there is none.
  func code(_ row: String) -> String { code.map { "\(row).\($0)" } ?? "NULL" }

  /// The columns with what people call a company by, in the order in which they are tried.
  var callNames: [SQLName] { (code.map { [$0] } ?? []) + [name] }

  /// Whether the name of a company means another one, whose code it is, when it is read; an
  /// expression over a row of `Relations.companies`.
  func isAmbiguous(_ row: String, _ engine: SQLEngine) -> String {
    guard let code else { return "FALSE" }
    let order = engine == .postgres ? " COLLATE BINARY" : ""
    return """
      EXISTS (SELECT 1 FROM \(rows("o"))
        WHERE o.\(code) = \(row).name\(order) AND o.\(key) <> \(row).id)
      """
  }
}

extension SchemaMapping.Active {
  /// Whether a row is active: 1 or 0.
  func condition(_ row: String) -> String {
    switch self {
    case .always: "TRUE"
    case .flag(let column): "coalesce(\(row).\(column), 1) <> 0"
    case .truth(let column): "coalesce(\(row).\(column), TRUE)"
    case .equals(let column, let value): "\(row).\(column) IS \(SQLText.literal(value))"
    }
  }
}

extension SchemaMapping.Active {
  /// What makes a new row active: the column and its value.
  var made: [(column: SQLName, value: Value)] {
    switch self {
    case .always: []
    case .flag(let column), .truth(let column): [(column, .integer(1))]
    case .equals(let column, let value): [(column, value)]
    }
  }
}

extension SchemaMapping.Users {
  /// What makes a new row an active user: columns and their values.
  var made: [(column: SQLName, value: Value)] {
    active.made + only.map { ($0.column, $0.equals) }
  }
}

extension SchemaMapping.Companies {
  /// What makes a new row an active company: columns and their values.
  var made: [(column: SQLName, value: Value)] {
    active.made + only.map { ($0.column, $0.equals) }
  }
}

extension SchemaMapping {
  /// A text of the application, an expression, in the order of its bytes: SQLite takes that of the
  /// column, and says in each list which one it wants.
  func text(_ expression: String) -> String {
    guard engine == .postgres, expression != "NULL" else { return expression }
    return "CAST(\(expression) AS TEXT) COLLATE BINARY"
  }

  /// The operand of `FROM` with the rows of a table that count, under a name of their own; texts of
  /// other tables are columns of these under their aliases.
  static func rows(
    of table: SQLName, as row: String, _ hint: String, _ lookups: [Lookup],
    _ only: [ColumnCondition]
  ) -> String {
    guard !lookups.isEmpty || !only.isEmpty else { return "\(table) AS \(row)\(hint)" }
    let texts = lookups.map { ", \($0.text(of: "t.\($0.column)")) AS \($0.alias)" }.joined()
    let filter = only.isEmpty ? "" : " WHERE \(condition(only, "t"))"
    return "(SELECT t.*\(texts) FROM \(table) AS t\(hint)\(filter)) AS \(row)"
  }

  /// A condition: whether a row says what it must say to count.
  static func condition(_ only: [ColumnCondition], _ row: String) -> String {
    only.map { $0.condition(row) }.joined(separator: " AND ")
  }
}

extension SchemaMapping.Lookup {
  /// The text to which a key, an expression, refers; the key itself where there is none.
  func text(of value: String) -> String {
    func text(_ value: String) -> String { isTyped ? "CAST(\(value) AS TEXT)" : value }
    return """
      coalesce((SELECT \(text("r.\(name)")) FROM \(table) AS r WHERE r.\(key) = \(value)), \
      \(text(value)))
      """
  }
}

extension KeyStorage {
  /// A new key, ordered by time; nil if it is not for this program to choose.
  var newValue: Value? {
    switch form {
    case .integer, .text: nil
    case .digits: .text(TimeOrderedID.next())
    case .dashed: .text(Key.text(TimeOrderedID.next()).description)
    case .bytes: .blob(TimeOrderedID.nextBytes())
    }
  }

  /// An expression for a new key on a server, which makes them as it likes; nil if it is not for this
  /// program to choose.
  var newOnServer: String? {
    switch form {
    case .integer, .text: nil
    case .digits: "replace(gen_random_uuid()::text, '-', '')"
    case .dashed: serverType == "uuid" ? "gen_random_uuid()" : "gen_random_uuid()::text"
    case .bytes: "uuid_send(gen_random_uuid())"
    }
  }

  /// Whether the keys are UUIDs, or other bytes, of which no part is known by heart.
  var isUUID: Bool {
    switch form {
    case .integer, .text: false
    case .digits, .dashed, .bytes: true
    }
  }

  /// Conditions for an id in which a part as people write it is found, besides the text of the id.
  ///
  /// - Parameters:
  ///   - id: The id, an expression.
  ///   - word: The part, a word of a search.
  ///   - finds: Makes a condition from an expression for a text and what is to be found in it.
  /// - Returns: The conditions, of which one must hold.
  func conditions(
    of id: String, forPart word: String, _ finds: (String, String) -> String
  ) -> [String] {
    switch form {
    case .integer, .text: []
    case .digits, .bytes: SearchWords.undashed(word).map { [finds(text(of: id), $0)] } ?? []
    case .dashed:
      // Without its dashes the whole id is found, too.
      SearchWords.isHex(word) && word.utf8.count > 12
        ? [finds("replace(\(text(of: id)), '-', '')", word)] : []
    }
  }

  /// A condition for the id that a word of a search is as a whole; nil if it is none.
  func condition(of id: String, forWhole word: String, _ arguments: inout Bindings) -> String? {
    let values = serverType == nil ? KeyText.stored(word) : serverValues(word)
    guard !values.isEmpty else { return nil }
    return "\(id) IN (\(values.map { arguments.bind($0) }.joined(separator: ", ")))"
  }

  /// The key that a column holds, where keys of both kinds are texts on a server.
  func key(_ value: Value) -> Key {
    if serverType == "bigint", case .text(let text) = value, let number = Int64(text) {
      return .integer(number)
    }
    return Key(value)
  }

  /// A parameter for a key, of a type that does not depend on what stands beside it.
  func parameter(_ value: Value, _ arguments: inout Bindings) -> String {
    let parameter = arguments.bind(value)
    return serverType.map { "CAST(\(parameter) AS \($0))" } ?? parameter
  }

  /// The smallest key of a group, an expression: PostgreSQL has none of UUIDs.
  func smallest(_ key: String) -> String {
    switch serverType {
    case "uuid": "CAST(min(CAST(\(key) AS TEXT)) AS uuid)"
    case "bytea": "CAST(min(CAST(\(key) AS TEXT)) AS bytea)"
    default: "min(\(key))"
    }
  }

  /// Whether a key can be looked for: a server takes no text for a number, SQLite takes any.
  func canHold(_ key: Key) -> Bool {
    guard let serverType else { return true }
    return switch (serverType, key) {
    case ("bigint", .integer): true
    case ("bytea", let key): if case .bytes = key { true } else { false }
    case ("bigint", _), (_, .integer), (_, .bytes): false
    case ("uuid", .text(let text)): KeyText.uuid(text).map { ExactText($0) } == ExactText(text)
    case (_, .text(let text)): !text.utf8.contains(0)
    }
  }

  /// The keys that a text may mean, in the type in which PostgreSQL compares them; none if it is none.
  func serverValues(_ text: String) -> [Value] {
    switch serverType {
    case "bigint": Int64(text).flatMap { String($0) == text ? [.integer($0)] : nil } ?? []
    case "uuid": KeyText.uuid(text).map { [.text($0)] } ?? []
    case "bytea": KeyText.stored(text).filter { if case .blob = $0 { true } else { false } }
    default:
      [.text(text)] + KeyText.stored(text).filter { if case .text = $0 { true } else { false } }
    }
  }

  /// The id as a text in which a word can be looked for.
  func text(of id: String) -> String {
    if serverType != nil { return "CAST(\(id) AS TEXT)" }
    return form == .bytes ? "hex(\(id))" : id
  }
}
