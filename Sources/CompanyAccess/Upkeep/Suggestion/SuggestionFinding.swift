/// Why something was chosen, or was not.
public enum SuggestionReason: Hashable, Sendable {
  /// The name of the table says so.
  case name(String)
  /// It has columns by which people log in or are known.
  case people([String])
  /// So many tables refer to it.
  case referredTo(tables: Int)
  /// It has a column with a name.
  case named(column: String)
  /// It has no column with a name.
  case unnamed
  /// It belongs to rows of another table that is more likely itself.
  case partOf(table: String, column: String)
  /// It has columns that tell customers from suppliers.
  case trading([String])
  /// It refers to both, by these columns.
  case pair(user: String, company: String, isDeclared: Bool)
  /// A unique index holds one row for each pair.
  case unique([String])
  /// No unique index holds the pair.
  case notUnique
  /// Its name is made of the names of both.
  case namedAfterBoth
  /// Its name says that it tells who belongs to what.
  case membership(String)
  /// Its name says that it is about something else.
  case otherPurpose(String)
  /// It refers to further tables.
  case further(column: String, table: String)
  /// What it refers to depends on another column.
  case polymorphic(column: String)
  /// It has columns with contents of their own.
  case contents([String])
  /// It has a column with a role or a right.
  case role(column: String)
  /// It has so many rows.
  case rows(Int)
  /// It has no rows.
  case empty
  /// Its name begins as that of the users' table.
  case sameApplication(String)
  /// One row for each user.
  case onePerUser(column: String)
  /// Its values are not the keys of the table that it seems to refer to.
  case otherKeys(column: String)
  /// What it holds is granted to users, and is nothing that they enter.
  case right(String)
}

/// A reason with its weight: what speaks for something has points, what speaks against it has less than
/// none.
struct SuggestionFinding: Hashable, Sendable {
  let reason: SuggestionReason
  let points: Int

  init(_ reason: SuggestionReason, _ points: Int) {
    self.reason = reason
    self.points = points
  }
}

extension [SuggestionFinding] {
  var points: Int { reduce(0) { $0 + $1.points } }
  /// The reasons, those of most weight first.
  var reasons: [SuggestionReason] {
    enumerated().sorted {
      (abs($0.element.points), $1.offset) > (abs($1.element.points), $0.offset)
    }.map(\.element.reason)
  }
}
