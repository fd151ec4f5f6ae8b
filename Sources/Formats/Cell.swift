/// One value of a row of output.
package enum Cell: Hashable, Sendable {
  case null
  case text(String)
  /// A count.
  case integer(Int64)
  /// A number that names something; people type it as it is shown, without separators.
  case identifier(Int64)
  /// A fact, with the word for it that a table shows.
  case flag(Bool, word: String)
  /// A time in UTC as the tables hold it, `YYYY-MM-DD HH:MM:SS.SSS`; other programs may have stored
  /// any other text.
  case time(stored: String)
}

extension Cell {
  /// Text that may be missing.
  package init(_ text: String?) { self = text.map(Cell.text) ?? .null }

  package init(_ count: Int) { self = .integer(Int64(count)) }
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
