/// How the rows of a list stand to the user or company that the list is about.
public enum Relation: Hashable, Sendable {
  /// Only rows with a grant.
  case holding
  /// Only rows without a grant.
  case lacking
  /// All rows; those with a grant carry their `GrantInfo`.
  case marked
}

/// Which rows, by whether they are active.
public enum Activity: Hashable, Sendable {
  case any
  case active
  case inactive
}

/// Which rows, by whether they have any grant at all.
public enum Presence: Hashable, Sendable {
  case any
  case some
  case none
}

/// What a list of users is sorted by.
///
/// Ties are broken by id.
public enum UserSort: String, Hashable, Sendable, CaseIterable {
  case username
  case name
  case role
  case companies
  case id
  case status
  /// By the time of the grant; only with a company.
  case granted
}

/// What a list of companies is sorted by.
///
/// Ties are broken by id.
public enum CompanySort: String, Hashable, Sendable, CaseIterable {
  case name
  case code
  case users
  case status
  /// By the time of the grant; only with a user.
  case granted
}

/// Which users, and in which order.
public struct UserQuery: Hashable, Sendable {
  /// Words that must all occur in one of id, username, full name, e-mail, role, status and, in a list
  /// about a company, since when and by which change.
  ///
  /// Case, accents and other forms of the same letters are folded. A status is `active` or
  /// `inactive`, from the fourth letter on.
  public var search = ""
  /// Only users with a role of this name.
  public var role: String?
  /// The company that the list is about, if any.
  public var company: CompanyID?
  /// How the rows stand to `company`; without a company it has no effect.
  public var relation = Relation.holding
  /// Only users with, or without, any access.
  public var access = Presence.any
  /// Only active, or inactive, users.
  public var activity = Activity.any
  /// The order.
  public var sort = UserSort.username
  /// True for the reverse order.
  public var descending = false

  /// Whether a part of a UUID finds its row, as where it is shown; the whole one always does.
  package var findsPartsOfIDs = true

  /// Only users with so many companies; nil for all.
  package var holding: ClosedRange<Int>?

  /// Only users whom one of these selections picks; nil for all.
  package var among: [UserSelection]?

  /// All users by username.
  public init() {}
}

/// Which companies, and in which order.
public struct CompanyQuery: Hashable, Sendable {
  /// Words that must all occur in one of name, code, id, status and, in a list about a user, since
  /// when and by which change; letters are folded as for users.
  public var search = ""
  /// The user that the list is about, if any.
  public var user: UserID?
  /// How the rows stand to `user`; without a user it has no effect.
  public var relation = Relation.holding
  /// Only companies with, or without, any users.
  public var users = Presence.any
  /// Only active, or inactive, companies.
  public var activity = Activity.any
  /// The order.
  public var sort = CompanySort.name
  /// True for the reverse order.
  public var descending = false

  /// Whether the rows say how many users each company has; where it is not shown, counting them
  /// is most of the work.
  package var countsUsers = true

  /// Whether a part of a UUID finds its row, as where it is shown; the whole one always does.
  package var findsPartsOfIDs = true

  /// Only companies that one of these selections picks; nil for all.
  package var among: [CompanySelection]?

  /// All companies by name.
  public init() {}
}

/// A place between two rows of a sorted list, which stays valid when rows come and go.
public struct Cursor: Hashable, Sendable {
  /// The value of the sort key at the place, as the database holds it.
  let value: SortValue
  /// The key of the row at the place.
  let key: Key

  /// A value as the database holds it; text as bytes, because it need not be well-formed.
  enum SortValue: Hashable, Sendable {
    case null
    case integer(Int64)
    case real(Double)
    case text([UInt8])
    case bytes([UInt8])
  }
}

/// Where a page of a list begins or ends.
public enum PageAnchor: Hashable, Sendable {
  case first
  case last
  /// The rows that follow the place.
  case after(Cursor)
  /// The rows that come before the place.
  case before(Cursor)
  /// The row at the place, if it is still there, and those that follow.
  case from(Cursor)
}

/// A run of rows of a sorted list.
public struct Page<Row: Hashable & Sendable>: Hashable, Sendable {
  /// The rows, in the order of the list.
  public let rows: [Row]
  /// The place of the first row; nil when there are no rows.
  public let start: Cursor?
  /// The place of the last row; nil when there are no rows.
  public let end: Cursor?
  /// Whether rows come before the first.
  public let hasEarlier: Bool
  /// Whether rows follow the last.
  public let hasLater: Bool

  /// A page of these rows.
  public init(rows: [Row], start: Cursor?, end: Cursor?, hasEarlier: Bool, hasLater: Bool) {
    self.rows = rows
    self.start = start
    self.end = end
    self.hasEarlier = hasEarlier
    self.hasLater = hasLater
  }
}

/// The state of the table that a reading function looks at.
public enum Moment: Hashable, Sendable {
  /// As it is.
  case now
  /// As it was when this change had just been made.
  case after(ChangeID)
  /// As it was at a time before the record began, as far as what was found then tells.
  case beforeRecord(Timestamp)
}
