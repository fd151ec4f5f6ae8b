internal import Database

/// Puts the life of a pair together, from all lifetimes of both keys.
struct LifeReader {
  let connection: any DatabaseSession
  let relations: Relations
  let user: UserID
  let company: CompanyID

  /// One life of a user or a company.
  private struct Holder {
    let lifetime: Int64
    let name: String?
    let ended: ChangeID?
    let continues: Int64?
  }

  private struct Episode {
    let user: Int64
    let company: Int64
    let made: Timestamp?
    let granted: ChangeID?
    let ended: ChangeID?
  }

  private var last: Int64 { relations.last ?? .max }

  func read(now: Timestamp) throws -> GrantTimeline {
    let users = try holders(.user, user.value)
    let companies = try holders(.company, company.value)
    let found = try episodes()
    let reader = ChangeReader(connection, relations.mapping)
    var changes: [ChangeID: Change] = [:]
    for id in Set(found.flatMap { [$0.granted, $0.ended].compactMap(\.self) }) {
      changes[id] = try reader.change(id)
    }
    let (earlierUsers, earlierCompanies) = (earlier(users), earlier(companies))
    var episodes = found.map { episode in
      let granted = episode.granted.flatMap { changes[$0] }
      let ended = episode.ended.flatMap { changes[$0] }
      return GrantTimeline.Episode(
        from: granted?.at ?? episode.made ?? ended?.at ?? now, grantedBy: granted, to: ended?.at,
        endedBy: ended, earlierUser: earlierUsers[episode.user].map { $0.name ?? "?" },
        earlierCompany: earlierCompanies[episode.company].map { $0.name ?? "?" })
    }
    var notes: [LifeNote] = []
    for (kind, earlier) in [(EntityKind.user, earlierUsers), (.company, earlierCompanies)] {
      notes += LifeReader.notes(of: kind, earlier, found)
    }
    try compareWithTable(&episodes, &notes)
    let names = (username: users.last?.name, company: companies.last?.name)
    notes = try self.notes(episodes) + notes + namesakes(names)
    let held = episodes.map { LifeReader.milliseconds($0, now) }.reduce(0, +)
    return GrantTimeline(
      user: user, username: names.username, company: company, companyName: names.company,
      episodes: episodes, secondsHeld: Int(held / 1_000), notes: notes)
  }

  /// A clock that went back does not make a grant last less than no time.
  private static func milliseconds(_ episode: GrantTimeline.Episode, _ now: Timestamp) -> Int64 {
    guard let from = episode.from.millisecondsSince1970,
      let to = (episode.to ?? now).millisecondsSince1970
    else { return 0 }
    return max(0, to - from)
  }

  private func episodes() throws -> [Episode] {
    let (users, companies) = (relations.recorded(.user), relations.recorded(.company))
    let access = relations.mapping.access.grants
    func rows(_ table: SQLName, _ columns: String) -> String {
      """
      SELECT g.user_lifetime, g.company_lifetime, g.began_change AS granted, \(columns)
      FROM \(users.lifetimes) AS lu CROSS JOIN \(companies.lifetimes) AS lk
      CROSS JOIN \(table) AS g
      WHERE lu.key = ?1 AND lk.key = ?2 AND g.user_lifetime = lu.lifetime
        AND g.company_lifetime = lk.lifetime AND coalesce(g.began_change, 0) <= ?3
      """
    }
    let ended = rows(
      RecordTable.endedGrant,
      """
      CASE WHEN g.ended_change <= ?3 THEN g.ended_change END AS ended, g.created_at AS made,
      g.entry AS n
      """)
    let standing = rows(
      RecordTable.currentGrant,
      """
      NULL, (SELECT a.created_at FROM \(access) AS a WHERE a.user_id = ?1 AND a.company_id = ?2),
      NULL
      """)
    return try connection.rows(
      """
      SELECT user_lifetime, company_lifetime, made, granted, ended FROM (\(ended)
        UNION ALL \(standing)) ORDER BY granted NULLS FIRST, ended IS NULL, ended, n
      """, [user.value, company.value, .integer(last)]
    ) {
      Episode(
        user: $0.integer(0), company: $0.integer(1), made: $0.optionalTimestamp(2),
        granted: $0.changeID(3), ended: $0.changeID(4))
    }
  }

  /// All companies of which a user ever had a grant, or has one now.
  static func companies(
    of user: UserID, _ connection: any DatabaseSession, _ relations: Relations
  ) throws -> [CompanyID] {
    let (users, companies) = (relations.recorded(.user), relations.recorded(.company))
    let tables = [RecordTable.currentGrant, RecordTable.endedGrant].map { table in
      """
      SELECT lk.key FROM \(users.lifetimes) AS lu CROSS JOIN \(table) AS g
      CROSS JOIN \(companies.lifetimes) AS lk
      WHERE lu.key = ?1 AND g.user_lifetime = lu.lifetime AND lk.lifetime = g.company_lifetime
      """
    }
    let rows = "SELECT company_id FROM \(relations.grants(user: "?1"))"
    return try connection.rows(
      (tables + [rows]).joined(separator: " UNION "), [user.value]
    ) { $0.companyID(0) }
  }

  // MARK: - Whose it was

  /// All who had a key until the moment, in order.
  private func holders(_ kind: EntityKind, _ key: Value) throws -> [Holder] {
    let names = LifetimeNames(relations)
    return try connection.rows(
      """
      SELECT h.lifetime, \(names.known(kind, "h.lifetime", after: last)),
        CASE WHEN h.ended_change <= ?2 THEN h.ended_change END, h.continues
      FROM \(relations.recorded(kind).lifetimes) AS h
      WHERE h.key = ?1 AND coalesce(h.began_change, 0) <= ?2 ORDER BY h.lifetime
      """, [key, .integer(last)]
    ) {
      Holder(
        lifetime: $0.integer(0), name: $0.optionalText(1), ended: $0.changeID(2),
        continues: $0.optionalInteger(3))
    }
  }

  /// Those who are others than the last one: not the same brought back, and not of the same name.
  private func earlier(_ holders: [Holder]) -> [Int64: Holder] {
    guard let newest = holders.last else { return [:] }
    var same: Set<Int64> = [newest.lifetime]
    for holder in holders.reversed() {
      if same.contains(holder.lifetime), let former = holder.continues { same.insert(former) }
    }
    let others = holders.filter { !same.contains($0.lifetime) && $0.name != newest.name }
    return Dictionary(uniqueKeysWithValues: others.map { ($0.lifetime, $0) })
  }

  private static func notes(
    of kind: EntityKind, _ earlier: [Int64: Holder], _ episodes: [Episode]
  ) -> [LifeNote] {
    let held = Set(episodes.map { kind == .user ? $0.user : $0.company })
    return earlier.values.filter { held.contains($0.lifetime) }
      .sorted { $0.lifetime < $1.lifetime }
      .compactMap { holder in
        holder.ended.map { .earlierHolder(kind, name: holder.name ?? "?", until: $0) }
      }
  }

  /// Others that had one of the names, and whose pair held.
  private func namesakes(_ names: (username: String?, company: String?)) throws -> [LifeNote] {
    var notes: [LifeNote] = []
    let own: [EntityID] = [.user(user), .company(company)]
    for (kind, name) in [(EntityKind.user, names.username), (.company, names.company)] {
      guard let name else { continue }
      for other in try relations.namesakes(kind, named: name, connection)
      where !own.contains(other.id) && other.until.number <= last {
        let pair =
          switch other.id {
          case .user(let id): [id.value, company.value]
          case .company(let id): [user.value, id.value]
          }
        if try hasEpisodes(pair) { notes.append(.namesake(other)) }
      }
    }
    return notes
  }

  private func hasEpisodes(_ pair: [Value]) throws -> Bool {
    let (users, companies) = (relations.recorded(.user), relations.recorded(.company))
    let tables = [RecordTable.currentGrant, RecordTable.endedGrant].map { table in
      """
      EXISTS (SELECT 1 FROM \(users.lifetimes) AS lu CROSS JOIN \(companies.lifetimes) AS lk
        CROSS JOIN \(table) AS g WHERE lu.key = ?1 AND lk.key = ?2
          AND g.user_lifetime = lu.lifetime AND g.company_lifetime = lk.lifetime)
      """
    }
    return try connection.count("SELECT \(tables.joined(separator: " OR "))", pair) != 0
  }

  // MARK: - What is not known

  /// Now the table is the truth: a grant that only one of both has is said.
  private func compareWithTable(
    _ episodes: inout [GrantTimeline.Episode], _ notes: inout [LifeNote]
  ) throws {
    guard relations.last == nil else { return }
    let made = try connection.first(
      """
      SELECT a.created_at FROM \(relations.mapping.access.grants) AS a
      WHERE a.user_id = ?1 AND a.company_id = ?2
      """, [user.value, company.value]
    ) { $0.optionalTimestamp(0) }
    let stands = episodes.contains { $0.to == nil }
    if let made, !stands {
      episodes.append(
        GrantTimeline.Episode(
          from: made ?? .now, grantedBy: nil, to: nil, endedBy: nil, earlierUser: nil,
          earlierCompany: nil))
      notes.append(.unseenBeginning)
    } else if made == nil, stands {
      notes.append(.unseenEnd)
    }
  }

  private func notes(_ episodes: [GrantTimeline.Episode]) throws -> [LifeNote] {
    var notes: [LifeNote] = []
    if let first = episodes.first, first.grantedBy == nil,
      let note = try unknownBeginning(first.from)
    {
      notes.append(note)
    }
    if let kept = try RetentionStart(connection) { notes.append(.notKept(before: kept.time)) }
    notes += try connection.rows(
      "SELECT id FROM \(RecordTable.change) WHERE \(MomentNotice.endsGap) AND id <= ? ORDER BY id",
      [.integer(last)]
    ) { .gap(before: ChangeID($0.integer(0))) }
    notes += try RestorationNote.all(
      where: "x.id > ? AND x.id <= ?",
      [.integer(episodes.first?.grantedBy?.id.number ?? 0), .integer(last)], connection
    ).map { .restored($0) }
    let missing = try Schema(mapping: relations.mapping).check(connection).missing
    if !missing.isEmpty { notes.append(.incomplete(missing: missing)) }
    for episode in episodes {
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
  private func unknownBeginning(_ made: Timestamp) throws -> LifeNote? {
    let begins = try connection.first(
      "SELECT at FROM \(RecordTable.change) ORDER BY id LIMIT 1"
    ) { $0.timestamp(0) }
    guard let begins, made.text <= begins.text else { return .unseenBeginning }
    return .beforeRecord(begins: begins)
  }

  private func orphaned(_ episodes: [GrantTimeline.Episode]) throws -> [LifeNote] {
    guard relations.last == nil, let newest = episodes.last, newest.to == nil else { return [] }
    let mapping = relations.mapping
    func isThere(_ rows: String, _ key: SQLName, _ value: Value) throws -> Bool {
      try connection.count("SELECT count(*) FROM \(rows) WHERE t.\(key) = ?", [value]) > 0
    }
    var notes: [LifeNote] = []
    if try !isThere(mapping.users.rows("t"), mapping.users.key, user.value) {
      notes.append(.userMissing)
    }
    if try !isThere(mapping.companies.rows("t"), mapping.companies.key, company.value) {
      notes.append(.companyMissing)
    }
    return notes
  }
}
