internal import Database

/// The whole life of a pair: when it held, since which change and until which.
public struct GrantTimeline: Hashable, Sendable {
  /// One time in which the pair held.
  public struct Episode: Hashable, Sendable {
    /// When it began: the time of the change, or, if there is none, that of the row.
    public let from: Timestamp
    /// The change that granted it; nil if it was there before the record, or no trigger saw it.
    public let grantedBy: Change?
    /// When it ended; nil if it has not.
    public let to: Timestamp?
    /// The change that ended it; nil if it has not ended.
    public let endedBy: Change?
    /// The name of an earlier user of the id, if the grant was that one's; nil as a rule.
    public let earlierUser: String?
    /// The name of an earlier company of the id, if the grant was for that one; nil as a rule.
    public let earlierCompany: String?
  }

  /// Who.
  public let user: UserID
  /// The username, or the last one that is known of a deleted user.
  public let username: String?
  /// What.
  public let company: CompanyID
  /// The name of the company, or the last one that is known of a deleted company.
  public let companyName: String?
  /// When it held, in the order of the changes.
  public let episodes: [Episode]
  /// How long it held in all, in seconds, until the time that was given as now.
  public let secondsHeld: Int
  /// What the record cannot tell about the pair.
  public let notes: [LifeNote]

  /// Whether the pair holds at the end of what was looked at.
  public var hasAccess: Bool {
    !notes.contains(.unseenEnd) && episodes.contains { $0.to == nil }
  }
}

/// What the record cannot tell about a pair.
public enum LifeNote: Hashable, Sendable {
  /// The grant was there when the record began, at this time; its beginning is what its row says,
  /// and earlier grants are not known.
  case beforeRecord(begins: Timestamp)
  /// The grant came while nothing watched; its beginning is what its row says.
  case unseenBeginning
  /// The record has the grant, and the table does not have it any more.
  case unseenEnd
  /// Until this change the id belonged to another user or company, with this name.
  case earlierHolder(EntityKind, name: String, until: ChangeID)
  /// Another user or company once had the same name, and the pair of that one held.
  case namesake(Namesake)
  /// Things that watch what other programs do were missing for some time before this change.
  case gap(before: ChangeID)
  /// The database was restored from a backup since the pair first held.
  case restored(RestorationNote)
  /// They are missing now.
  case incomplete(missing: [String])
  /// The grant stands although its user is not there: deleted with foreign keys off.
  case userMissing
  /// The grant stands although its company is not there: deleted with foreign keys off.
  case companyMissing
  /// The grant stands and was given to an earlier holder of an id.
  case formerHolder(FormerHolder)
  /// Grants that ended before this time are no longer kept.
  case notKept(before: Timestamp)
  /// The clock went back before this change, so that the time it ended is not later than the one
  /// it began.
  case clockWentBack(ChangeID)
}

extension LifeNote: CustomStringConvertible {
  /// The note as a sentence without its full stop.
  public var description: String {
    switch self {
    case .beforeRecord(let begins):
      "the grant was there when the record began on \(begins.localMinuteAndZone): it begins with the "
        + "time of its row, and earlier grants are not known"
    case .unseenBeginning:
      "the grant came while nothing watched: it begins with the time of its row"
    case .unseenEnd:
      "the table does not have the grant any more: its end is not on the record, which "
        + "`schema reconcile` puts right"
    case .earlierHolder(let kind, let name, let change):
      "until change \(change) the id was that of another \(kind.rawValue), \(name)"
    case .namesake(let other):
      "another \(other), held it too: ask for id:\(other.id.text)"
    case .gap(let change):
      "the record had a gap before change \(change): what other programs did in it is not known"
    case .restored(let note): note.description
    case .incomplete(let missing):
      "the record has gaps without \(missing.joined(separator: ", ")): "
        + "what other programs do leaves no trace"
    case .userMissing: "the grant stands although its user was deleted with foreign keys off"
    case .companyMissing: "the grant stands although its company was deleted with foreign keys off"
    case .formerHolder(let holder): "\(holder)"
    case .notKept(let time):
      "what ended before \(time.localMinuteAndZone) has been pruned to a file and is not known here"
    case .clockWentBack(let change):
      "the clock went back before change \(change): the time held until then counts as none"
    }
  }
}

extension AccessStore {
  /// The whole life of a pair.
  ///
  /// A grant that was put back by an undo begins again at the undo.
  ///
  /// - Parameters:
  ///   - user: Who.
  ///   - company: What.
  ///   - moment: The state to look at: what happened later is left out.
  ///   - now: Until when a grant that stands is counted as held.
  /// - Returns: The life; one without episodes if the pair never held. Where an id was used again, it has
  ///   the episodes of all who had it, and says whose they were.
  /// - Throws: `.noSuchChange` or `.notKept` for the moment, or what the database answers.
  public func life(
    of user: UserID, _ company: CompanyID, at moment: Moment = .now, now: Timestamp = .now
  ) throws(AccessError) -> GrantTimeline {
    let mapping = mapping
    return try read { connection in
      try LifeReader(
        connection: connection,
        relations: Relations(mapping: mapping, moment: moment, connection: connection), user: user,
        company: company
      ).read(now: now)
    }
  }

  /// The lives of all pairs of a user that ever held, by name of the company.
  ///
  /// - Parameters:
  ///   - user: Who; also one who was deleted.
  ///   - moment: The state to look at: what happened later is left out.
  ///   - now: Until when a grant that stands is counted as held.
  ///   - work: Cancels the query.
  /// - Returns: The lives; none if the user never had access.
  /// - Throws: As `life`, and `.cancelled`.
  public func lives(
    of user: UserID, at moment: Moment = .now, now: Timestamp = .now, work: Work? = nil
  ) throws(AccessError) -> [GrantTimeline] {
    try read(at: moment, work) { connection, relations in
      try LifeReader.companies(of: user, connection, relations).map { company in
        if work?.isCancelled == true { throw AccessError.cancelled }
        return try LifeReader(
          connection: connection, relations: relations, user: user, company: company
        ).read(now: now)
      }
      .filter { !$0.episodes.isEmpty }
      .sorted {
        ($0.companyName ?? "", $0.company.description) < (
          $1.companyName ?? "", $1.company.description
        )
      }
    }
  }
}
