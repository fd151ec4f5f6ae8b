extension UserID {
  /// The id as a number, if the database holds it as one.
  package var number: Int64? { key.number }
}

extension CompanyID {
  /// The id as a number, if the database holds it as one.
  package var number: Int64? { key.number }
}

extension Key {
  var number: Int64? {
    if case .integer(let number) = self { number } else { nil }
  }
}
