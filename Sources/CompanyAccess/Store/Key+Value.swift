internal import Database

extension Key {
  /// The key as an argument of a statement.
  var value: Value {
    switch self {
    case .integer(let number): .integer(number)
    case .text(let text): .text(text)
    case .bytes(let bytes): .blob(bytes)
    }
  }

  /// The key that a column holds; a column that holds none is no key column.
  init(_ value: Value) {
    self =
      switch value {
      case .integer(let number): .integer(number)
      case .text(let text): .text(text)
      case .blob(let bytes): .bytes(bytes)
      case .real(let number): .text("\(number)")
      case .null: .text("")
      }
  }
}

extension UserID {
  /// The id as an argument of a statement.
  var value: Value { key.value }
}

extension CompanyID {
  /// The id as an argument of a statement.
  var value: Value { key.value }
}

extension Row {
  /// The user id in a column.
  func userID(_ column: Int) -> UserID { UserID(Key(value(column))) }

  /// The company id in a column.
  func companyID(_ column: Int) -> CompanyID { CompanyID(Key(value(column))) }

  /// The number of a change in a column; nil for NULL.
  func changeID(_ column: Int) -> ChangeID? { optionalInteger(column).map(ChangeID.init) }

  /// The time in a column, as it is stored.
  func timestamp(_ column: Int) -> Timestamp { Timestamp(stored: text(column)) }
}
