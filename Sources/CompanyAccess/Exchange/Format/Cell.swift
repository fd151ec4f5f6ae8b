/// One value of a row of output.
package enum Cell: Hashable, Sendable {
  case null
  case text(String)
  /// A count.
  case integer(Int64)
  /// The number of a user, company or change, which people type as it is shown.
  case identifier(Int64)
  /// A fact, with the word for it that a table shows.
  case flag(Bool, word: String)
  case time(Timestamp)
}

extension Cell {
  /// Text that may be missing.
  package init(_ text: String?) { self = text.map(Cell.text) ?? .null }

  package init(_ count: Int) { self = .integer(Int64(count)) }

  /// Whether a user or company is active.
  package init(active: Bool) { self = .flag(active, word: active ? "active" : "inactive") }

  package init(_ change: ChangeID?) { self = change.map { .identifier($0.number) } ?? .null }

  package init(_ id: UserID) { self.init(id.key) }

  package init(_ id: CompanyID) { self.init(id.key) }

  private init(_ key: Key) {
    self =
      switch key {
      case .integer(let number): .identifier(number)
      case .text, .bytes: .text(key.description)
      }
  }
}

/// One column of a listing.
package struct Column: Hashable, Sendable {
  /// Its name for programs: the key in JSON, the header of CSV.
  package let key: String
  /// Its name for people.
  package let title: String
  /// Numbers stand on the right.
  package let isNumber: Bool

  package init(_ key: String, _ title: String, number: Bool = false) {
    self.key = key
    self.title = title
    isNumber = number
  }
}
