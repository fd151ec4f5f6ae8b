/// Which changes of the record.
///
/// What is nil does not matter; everything else must be so.
public struct ChangeQuery: Hashable, Sendable {
  /// Only changes that granted or ended something of this user, or concern the user's own row.
  public var user: UserID?
  /// Only changes that granted or ended something for this company, or concern its own row;
  /// together with a user, something of that pair.
  public var company: CompanyID?
  /// Only changes by this actor: `maria@hq`, `maria` at any host, or a login as `maria` that acts under another name.
  public var actor: String?
  /// Only changes that did this.
  public var action: ChangeAction?
  /// Only changes made through this.
  public var origin: Origin?
  /// Only changes whose clock showed this time or a later one.
  public var since: Timestamp?
  /// Only changes whose clock showed this time or an earlier one.
  public var until: Timestamp?
  /// Only changes in whose subject, actor, reason, ticket, action or origin each of these words is
  /// found; case and accents do not matter.
  public var search: String?

  /// Only changes that were made longer than this after they had been decided; a day of decision ends with
  /// the day on the local clock.
  public var late: Duration?

  /// All changes.
  public init() {}
}

/// A pair that a change granted or ended.
public struct ChangedPair: Hashable, Sendable {
  /// Who could, or can, enter.
  public let user: UserID
  /// The username, that of the time if the user is gone; nil if it is not known.
  public let username: String?
  /// Whether the user of that time is no longer there.
  public let isUserGone: Bool
  /// What could, or can, be entered.
  public let company: CompanyID
  /// The name of the company, that of the time if it is gone; nil if it is not known.
  public let companyName: String?
  /// Whether the company of that time is no longer there.
  public let isCompanyGone: Bool
  /// `.granted` or `.revoked`.
  public let outcome: PairOutcome
  /// For a pair that was granted: the change that ended it, if it has ended.
  public let endedBy: ChangeID?
  /// Whether the pair holds now, by any change.
  public let stands: Bool
}

/// A place in the list of the pairs of a change.
public struct ChangedPairCursor: Hashable, Sendable {
  /// 0 for what was granted and stands, 1 for what was granted and has ended, 2 for what ended.
  let part: Int
  /// Within the part: the lifetime of the user, or the other change of the grant; nil for one before
  /// the record began.
  let group: Int64?
  /// Within the group: the lifetime of the company, or the number of the row.
  let row: Int64
}

/// Some of the pairs of a change.
public struct ChangedPairs: Hashable, Sendable {
  /// The pairs: first what was granted, then what ended.
  public let pairs: [ChangedPair]
  /// The place after the last of them; nil when there are no more.
  public let next: ChangedPairCursor?
  /// The time to which the record has been pruned, if the change was made before: of its pairs those
  /// that had ended by then are not known any more.
  public let notKept: Timestamp?
}

/// A user or company that a change deleted, edited or made.
public struct ChangedEntity: Hashable, Sendable {
  /// What it is.
  public enum ID: Hashable, Sendable {
    case user(UserID)
    case company(CompanyID)
  }

  /// What happened to it.
  public enum Event: Hashable, Sendable {
    case gone
    case edited
    case made
    /// It was there with this change at the latest: no change tells how it came, and its row says that
    /// it is not older than the change before.
    case firstKnown
  }

  /// Which one.
  public let id: ID
  /// Its name at that time; nil if it is not known.
  public let name: String?
  /// What happened.
  public let event: Event
  /// The change in which it did.
  public let change: ChangeID
  /// What it was before, as JSON: all that this program changed, or the attributes that the record keeps.
  public internal(set) var before: String?
  /// What it was afterwards, likewise.
  public internal(set) var after: String?
  /// What was different, as far as the record says, in words.
  public internal(set) var fields: [FieldChange] = []
}
