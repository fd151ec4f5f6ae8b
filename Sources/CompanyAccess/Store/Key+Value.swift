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

  /// The time in a column, in whichever form the application stores times.
  func timestamp(_ column: Int) -> Timestamp {
    switch value(column) {
    case .integer(let number): Timestamp(number: number)
    case .real(let number) where abs(number) < 1e15:
      Timestamp(millisecondsSince1970: TimeForms.milliseconds(number))
    default: Timestamp(anyForm: text(column))
    }
  }

  /// The time in a column; nil for NULL.
  func optionalTimestamp(_ column: Int) -> Timestamp? {
    isNull(column) ? nil : timestamp(column)
  }
}
