internal import Database

/// Expressions over a row of the users, which whoever composes the statement has given a name.
extension Shape.Users {
  /// The columns that lists show, without the key.
  var columns: [SQLName] {
    let role: SQLName? =
      switch self.role {
      case .none: nil
      case .column(let column), .lookup(let column, _): column
      }
    return SQLName.distinct(
      [username] + fullName + [email, role, active.column].compactMap(\.self))
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
    guard case .lookup(_, let roles) = self.role else { return "\(role) \(test)" }
    return "\(role) IN (SELECT \(roles.key) FROM \(roles.table) WHERE \(roles.name) \(test))"
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
extension Shape.Companies {
  /// The columns that lists show, without the key.
  var columns: [SQLName] {
    SQLName.distinct([name] + [code, active.column].compactMap(\.self))
  }

  /// Whether a row has a key, without which it is no company: nil if every row has one.
  func hasKey(_ row: String) -> String? { hasNullableKey ? "+\(row).\(key) IS NOT NULL" : nil }

  /// The code; NULL if there is none.
  func code(_ row: String) -> String { code.map { "\(row).\($0)" } ?? "NULL" }

  /// The columns with what people call a company by, in the order in which they are tried.
  var callNames: [SQLName] { (code.map { [$0] } ?? []) + [name] }

  /// Whether the name of a company means another one, whose code it is, when it is read; an
  /// expression over a row of `Relations.companies`.
  func isAmbiguous(_ row: String) -> String {
    guard let code else { return "0" }
    return """
      EXISTS (SELECT 1 FROM \(table) AS o WHERE o.\(code) = \(row).name AND o.\(key) <> \(row).id)
      """
  }
}

extension Shape.Active {
  /// Whether a row is active: 1 or 0.
  func condition(_ row: String) -> String {
    switch self {
    case .always: "1"
    case .flag(let column): "coalesce(\(row).\(column), 1) <> 0"
    case .equals(let column, let value): "\(row).\(column) IS \(SQLText.literal(value))"
    }
  }
}

extension Shape.Active {
  /// What makes a new row active: the column and an expression.
  var made: [(column: SQLName, value: String)] {
    switch self {
    case .always: []
    case .flag(let column): [(column, "1")]
    case .equals(let column, let value): [(column, SQLText.literal(value))]
    }
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

  /// Conditions for the places of an id, as people read it, in which a word of a search is found.
  ///
  /// - Parameters:
  ///   - id: The id, an expression.
  ///   - word: The word, which is visible ASCII.
  ///   - like: Makes a comparison with a word that may stand anywhere.
  /// - Returns: The conditions, of which one must hold.
  func places(of id: String, for word: String, _ like: (String) -> String) -> [String] {
    switch form {
    case .integer: ["CAST(\(id) AS TEXT) \(like(word))"]
    case .text: ["\(id) \(like(word))"]
    case .digits:
      ["\(id) \(like(word))"] + (SearchWords.undashed(word).map { ["\(id) \(like($0))"] } ?? [])
    case .dashed:
      // Without its dashes the whole id is found, too.
      ["\(id) \(like(word))"]
        + (SearchWords.isHex(word) && word.utf8.count > 12
          ? ["replace(\(id), '-', '') \(like(word))"] : [])
    case .bytes: ["hex(\(id)) \(like(SearchWords.undashed(word) ?? word))"]
    }
  }

  /// The id as a text in which a word can be looked for.
  func text(of id: String) -> String { form == .bytes ? "hex(\(id))" : id }
}
