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
  public var hasAccess: Bool { episodes.last.map { $0.to == nil } ?? false }
}

/// What the record cannot tell about a pair.
public enum LifeNote: Hashable, Sendable {
  /// The grant was there when the record began, at this time; its beginning is what its row says,
  /// and earlier grants are not known.
  case beforeRecord(begins: Timestamp)
  /// The grant came while nothing watched; its beginning is what its row says.
  case unseenBeginning
  /// Things that watch what other programs do were missing for some time before this change.
  case gap(before: ChangeID)
  /// They are missing now.
  case incomplete(missing: [String])
  /// Another program made the grant in this change; if it replaced an earlier one (`INSERT OR
  /// REPLACE`), the end of that one has left no trace.
  case mayHaveReplaced(ChangeID)
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
      "the grant was there when the record began on \(begins.localMinute): it begins with the "
        + "time of its row, and earlier grants are not known"
    case .unseenBeginning:
      "the grant came while nothing watched: it begins with the time of its row"
    case .gap(let change):
      "the record had a gap before change \(change): what other programs did in it is not known"
    case .incomplete(let missing):
      "the record has gaps without \(missing.joined(separator: ", ")): "
        + "what other programs do leaves no trace"
    case .mayHaveReplaced(let change):
      "another program made the grant in change \(change): if it replaced an earlier one "
        + "(INSERT OR REPLACE), the end of that one is not known"
    case .userMissing: "the grant stands although its user was deleted with foreign keys off"
    case .companyMissing: "the grant stands although its company was deleted with foreign keys off"
    case .formerHolder(let holder): "\(holder)"
    case .notKept(let time):
      "what ended before \(time.localMinute) has been pruned to a file and is not known here"
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
  /// - Returns: The life; one without episodes if the pair never held.
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
}

/// Puts the life of a pair together.
private struct LifeReader {
  let connection: Connection
  let relations: Relations
  let user: UserID
  let company: CompanyID

  private struct Episode {
    let made: Timestamp
    let granted: ChangeID?
    let ended: ChangeID?
  }

  private var last: Int64 { relations.last ?? .max }

  func read(now: Timestamp) throws -> GrantTimeline {
    var changes: [ChangeID: Change] = [:]
    let found = try episodes()
    for id in Set(found.flatMap { [$0.granted, $0.ended].compactMap(\.self) }) {
      changes[id] = try change(id)
    }
    let episodes = found.map { episode in
      let granted = episode.granted.flatMap { changes[$0] }
      let ended = episode.ended.flatMap { changes[$0] }
      return GrantTimeline.Episode(
        from: granted?.at ?? episode.made, grantedBy: granted, to: ended?.at, endedBy: ended)
    }
    let held = episodes.map { LifeReader.milliseconds($0, now) }.reduce(0, +)
    let mapping = relations.mapping
    return GrantTimeline(
      user: user,
      username: try name(
        "user", user.value, mapping.users.table, mapping.users.key, mapping.users.username),
      company: company,
      companyName: try name(
        "company", company.value, mapping.companies.table, mapping.companies.key,
        mapping.companies.name),
      episodes: episodes, secondsHeld: Int(held / 1_000), notes: try notes(episodes))
  }

  /// A clock that went back does not make a grant last less than no time.
  private static func milliseconds(_ episode: GrantTimeline.Episode, _ now: Timestamp) -> Int64 {
    guard let from = episode.from.millisecondsSince1970,
      let to = (episode.to ?? now).millisecondsSince1970
    else { return 0 }
    return max(0, to - from)
  }

  private func episodes() throws -> [Episode] {
    let change = "NULL"
    return try connection.rows(
      """
      SELECT created_at, granted, ended FROM (
        SELECT a.created_at AS created_at, a.granted_change AS granted,
          CASE WHEN a.ended_change <= ?3 THEN a.ended_change END AS ended, a.rowid AS n
        FROM company_access_history AS a WHERE a.user_id = ?1 AND a.company_id = ?2
        UNION ALL
        SELECT a.created_at, \(change), NULL, NULL FROM \(relations.mapping.access.table) AS a
        WHERE a.user_id = ?1 AND a.company_id = ?2)
      WHERE coalesce(granted, 0) <= ?3 ORDER BY granted, ended IS NULL, ended, n
      """, [user.value, company.value, .integer(last)]
    ) { Episode(made: $0.timestamp(0), granted: $0.changeID(1), ended: $0.changeID(2)) }
  }

  private func change(_ id: ChangeID) throws -> Change? {
    try connection.first(
      "SELECT \(Change.columns) FROM company_access_change WHERE id = ?", [.integer(id.number)]
    ) { Change($0) }
  }

  /// The name in the table, or else the last one that the record has kept.
  private func name(
    _ kind: String, _ id: Value, _ table: SQLName, _ key: SQLName, _ column: SQLName
  ) throws -> String? {
    try connection.first(
      """
      SELECT coalesce((SELECT l.\(column) FROM \(table) AS l WHERE l.\(key) = ?1),
        (SELECT e.name FROM company_access_entity AS e WHERE e.kind = '\(kind)' AND e.id = ?1
          AND e.gone = 1 ORDER BY e.change_id DESC LIMIT 1))
      """, [id]
    ) { $0.optionalText(0) } ?? nil
  }
}

// MARK: What is not known

extension LifeReader {
  private func notes(_ episodes: [GrantTimeline.Episode]) throws -> [LifeNote] {
    var notes: [LifeNote] = []
    if let first = episodes.first, first.grantedBy == nil {
      notes.append(try unknownBeginning(first.from))
    }
    if let kept = try RetentionStart(connection) { notes.append(.notKept(before: kept.time)) }
    notes += try connection.rows(
      """
      SELECT id FROM company_access_change WHERE action = '\(ChangeAction.recordResumed.rawValue)'
        AND id <= ? ORDER BY id
      """, [.integer(last)]
    ) { .gap(before: ChangeID($0.integer(0))) }
    let missing = try Schema(mapping: relations.mapping).check(connection).missing
    if !missing.isEmpty { notes.append(.incomplete(missing: missing)) }
    for episode in episodes {
      if let granted = episode.grantedBy, granted.origin == .external {
        notes.append(.mayHaveReplaced(granted.id))
      }
      if let ended = episode.endedBy, LifeReader.isBackward(episode) {
        notes.append(.clockWentBack(ended.id))
      }
    }
    if let newest = episodes.last, newest.to == nil {
      notes += try relations.formerHolders(of: user, company, connection).map { .formerHolder($0) }
    }
    return notes + (try orphaned(episodes))
  }

  private static func isBackward(_ episode: GrantTimeline.Episode) -> Bool {
    guard let from = episode.from.millisecondsSince1970,
      let to = episode.to?.millisecondsSince1970
    else { return false }
    return to < from
  }

  /// A grant without a change was there before the record, unless its row says that it was made
  /// later.
  private func unknownBeginning(_ made: Timestamp) throws -> LifeNote {
    let begins = try connection.first(
      "SELECT at FROM company_access_change ORDER BY id LIMIT 1"
    ) { $0.timestamp(0) }
    guard let begins, made.text <= begins.text else { return .unseenBeginning }
    return .beforeRecord(begins: begins)
  }

  private func orphaned(_ episodes: [GrantTimeline.Episode]) throws -> [LifeNote] {
    guard relations.last == nil, let newest = episodes.last, newest.to == nil else { return [] }
    let mapping = relations.mapping
    func isThere(_ table: SQLName, _ key: SQLName, _ value: Value) throws -> Bool {
      try connection.count("SELECT count(*) FROM \(table) WHERE \(key) = ?", [value]) > 0
    }
    var notes: [LifeNote] = []
    if try !isThere(mapping.users.table, mapping.users.key, user.value) {
      notes.append(.userMissing)
    }
    if try !isThere(mapping.companies.table, mapping.companies.key, company.value) {
      notes.append(.companyMissing)
    }
    return notes
  }
}
