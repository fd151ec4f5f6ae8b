internal import CompanyAccess

/// One value of a row of output.
enum Cell: Hashable, Sendable {
  case null
  case text(String)
  case integer(Int64)
  /// A fact, with the word for it that a table shows.
  case flag(Bool, word: String)
  case time(Timestamp)
}

extension Cell {
  /// Text that may be missing.
  init(_ text: String?) { self = text.map(Cell.text) ?? .null }

  init(_ count: Int) { self = .integer(Int64(count)) }

  /// Whether somebody or something is active.
  init(active: Bool) { self = .flag(active, word: active ? "active" : "inactive") }

  init(_ change: ChangeID?) { self = change.map { .integer($0.number) } ?? .null }

  init(_ id: UserID) { self = id.number.map(Cell.integer) ?? .text(id.description) }

  init(_ id: CompanyID) { self = id.number.map(Cell.integer) ?? .text(id.description) }
}

/// One column of a listing.
struct Column: Hashable, Sendable {
  /// Its name for programs: the key in JSON, the header of CSV.
  let key: String
  /// Its name for people.
  let title: String
  /// Numbers stand on the right.
  let isNumber: Bool

  init(_ key: String, _ title: String, number: Bool = false) {
    self.key = key
    self.title = title
    isNumber = number
  }
}
