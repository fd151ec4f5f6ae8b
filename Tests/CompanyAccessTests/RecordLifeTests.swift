import Database
import TestSupport
import Testing

@testable import CompanyAccess

@Suite(.onEachEngine) struct RecordLifeTests {
  let desk: Desk

  init() throws { desk = try Desk() }

  func spreadClock() throws { try desk.spreadClock() }

  func life(_ user: Int64, _ company: Int, at moment: Moment = .now) throws -> GrantTimeline {
    try desk.store.life(
      of: UserID(user), Desk.company(company), at: moment,
      now: Timestamp(stored: "2026-01-01 23:00:00.000"))
  }

  func spans(_ life: GrantTimeline) -> [String] {
    life.episodes.map { episode in
      "\(episode.grantedBy?.id.description ?? "?")-\(episode.endedBy?.id.description ?? "")"
    }
  }

  @Test func tellsEveryEpisode() throws {
    try desk.grant([1], [1])
    try desk.revoke([1], [1])
    try desk.apply(.undo(ChangeID(3)))
    try desk.revoke([1], [1])
    try desk.grant([1], [1])
    try spreadClock()
    let life = try life(1, 1)
    #expect(spans(life) == ["2-3", "4-5", "6-"])
    #expect(life.hasAccess && life.username == "user1" && life.companyName == "Company 1")
    // One hour, one hour, and from six to 23.
    #expect(life.secondsHeld == 19 * 3_600)
    #expect(life.notes == [])
    #expect(life.episodes[1].from.text == "2026-01-01 04:00:00.000")
    #expect(life.episodes[1].grantedBy?.action == .undo)
    let past = try self.life(1, 1, at: .after(ChangeID(4)))
    #expect(spans(past) == ["2-3", "4-"] && past.hasAccess)
    #expect(try spans(self.life(1, 1, at: .after(ChangeID(5)))) == ["2-3", "4-5"])
    #expect(throws: AccessError.noSuchChange(ChangeID(9))) {
      try self.life(1, 1, at: .after(ChangeID(9)))
    }
  }

  @Test func aPairThatNeverHeldHasNoEpisodes() throws {
    let life = try life(2, 2)
    #expect(life.episodes.isEmpty && !life.hasAccess && life.secondsHeld == 0)
  }

  @Test func tellsOfThoseWhoAreGone() throws {
    try desk.grant([4], [1])
    try desk.other.execute("DELETE FROM hrm_users WHERE id = 4")
    let life = try life(4, 1)
    #expect(life.username == "user4" && spans(life) == ["2-3"])
  }

  /// Makes all grants such as were there when the record began.
  func findGrants(madeAt time: String) throws {
    try desk.other.execute("UPDATE company_access_current_grant SET began_change = NULL")
    try desk.other.execute("UPDATE hrm_user_company_access SET created_at = ?", [.text(time)])
  }

  @Test func whatWasThereBeforeBeginsWithItsRow() throws {
    try desk.insert("x", 1, 1)
    try spreadClock()
    try findGrants(madeAt: "2025-12-31 23:00:00.000")
    let life = try life(1, 1)
    #expect(spans(life) == ["?-"] && life.secondsHeld == 24 * 3_600)
    #expect(
      life.notes == [.beforeRecord(begins: Timestamp(stored: "2026-01-01 01:00:00.000"))])
    try findGrants(madeAt: "2026-01-01 02:00:00.000")
    #expect(try self.life(1, 1).notes == [.unseenBeginning])
  }

  @Test(
    "A time of the application is read in the forms that applications have",
    arguments: [
      "2025-12-31T23:00:00Z", "2025-12-31T23:00:00", "2026-01-01T01:00:00+02:00",
      "2025-12-31 23:00:00.000000", "1767222000", "1767222000000", "1767222000000000",
    ])
  func readsOtherTimes(stored: String) throws {
    guard TestEngine.isForFiles() else { return }
    try desk.insert("x", 1, 1)
    try spreadClock()
    try findGrants(madeAt: stored)
    if Int64(stored) != nil {
      try desk.other.execute(
        "UPDATE hrm_user_company_access SET created_at = CAST(created_at AS INTEGER)")
    }
    #expect(try life(1, 1).secondsHeld == 24 * 3_600)
    // On the day itself, too, and not by the order of texts.
    let before = Timestamp(stored: "2025-12-31 22:59:59.000")
    let after = Timestamp(stored: "2025-12-31 23:00:01.000")
    #expect(try !desk.store.mayEnter(UserID(1), Desk.company(1), at: .beforeRecord(before)))
    #expect(try desk.store.mayEnter(UserID(1), Desk.company(1), at: .beforeRecord(after)))
  }

  @Test("A grant that only the table has, or only the record, is said")
  func saysWhereTableAndRecordDiffer() throws {
    guard TestEngine.isForFiles() else { return }
    try desk.grant([1, 2], [1])
    try desk.other.execute("DROP TRIGGER company_access_grant_deleted")
    try desk.other.execute("DELETE FROM hrm_user_company_access WHERE user_id = 1")
    try desk.other.execute("DELETE FROM company_access_current_grant WHERE user_lifetime = 2")
    let ended = try life(1, 1)
    #expect(ended.notes.contains(.unseenEnd) && !ended.hasAccess)
    let begun = try life(2, 1)
    #expect(begun.notes.contains(.unseenBeginning) && begun.hasAccess)
  }

  @Test("An id that was used again is told as two people")
  func tellsTwoHoldersOfAnId() throws {
    try desk.grant([4], [1])
    try spreadClock()
    try desk.other.execute("DELETE FROM hrm_users WHERE id = 4")
    try spreadClock()
    try Desk.addUser(4, "mallory", to: desk.other)
    try desk.grant([4], [1])
    let life = try life(4, 1)
    #expect(spans(life) == ["2-3", "5-"] && life.username == "mallory")
    #expect(life.episodes.map(\.earlierUser) == ["user4", nil])
    #expect(life.notes == [.earlierHolder(.user, name: "user4", until: ChangeID(3))])
    let past = try self.life(4, 1, at: .after(ChangeID(2)))
    #expect(past.username == "user4" && past.episodes.map(\.earlierUser) == [nil])
    // One who was brought back by an undo is the same.
    try desk.apply(.entity(EntityEdit(.delete(.user(UserID(4))))))
    try desk.apply(.undo(ChangeID(6)))
    #expect(try self.life(4, 1).episodes.map(\.earlierUser) == ["user4", nil, nil])
  }

  @Test("A name that was used again is told as two people")
  func tellsTwoHoldersOfAName() throws {
    try Desk.addUser(9, "bob", to: desk.other)
    try desk.grant([9], [1])
    let deleted = try desk.apply(.entity(EntityEdit(.delete(.user(UserID(9)))))).change
    try Desk.addUser(10, "bob", to: desk.other)
    let life = try life(10, 1)
    #expect(life.episodes.isEmpty)
    let other = Namesake(
      id: .user(UserID(9)), name: "bob", until: try #require(deleted), nameNow: nil)
    #expect(life.notes == [.namesake(other)])
    #expect(other.description == "user bob, id 9, deleted by change \(other.until)")
    // Only where the other one's pair held.
    #expect(try self.life(10, 2).notes == [])
    let renamed = try desk.apply(
      .entity(EntityEdit(.edit(.user(UserID(10))), values: ["username": "robert"]))
    ).change
    let found = try desk.store.namesakes(.user, named: "bob")
    #expect(found.map(\.id) == [.user(UserID(10)), .user(UserID(9))])
    #expect(found.first?.nameNow == "robert" && found.first?.until == renamed)
  }

  @Test func tellsOfGapsAndOfWhatIsMissing() throws {
    guard TestEngine.isForFiles() else { return }
    try desk.grant([1], [1])
    try desk.other.execute("DROP TRIGGER company_access_grant_deleted")
    #expect(
      try life(1, 1).notes == [.incomplete(missing: ["trigger company_access_grant_deleted"])])
    try AccessStore.upgradeSchema(desk.store.path)
    #expect(try life(1, 1).notes == [.gap(before: ChangeID(3))])
    #expect(try life(2, 2).notes == [.gap(before: ChangeID(3))])
  }

  @Test("INSERT OR REPLACE by another program ends one grant and begins another")
  func replacingIsSeen() throws {
    guard TestEngine.isForFiles() else { return }
    try desk.grant([1], [1])
    try desk.grant([2], [1])
    try desk.other.execute(
      """
      INSERT OR REPLACE INTO hrm_user_company_access (id, user_id, company_id, created_at, modified_at)
      VALUES ('x', 1, ?, '2026-01-02', '2026-01-02')
      """, [.text(Desk.company(1).stored)])
    let life = try life(1, 1)
    #expect(spans(life) == ["2-4", "4-"])
    #expect(life.notes == [])
    try desk.other.setForeignKeys(false)
    try desk.other.execute("DELETE FROM hrm_users WHERE id = 1")
    #expect(try self.life(1, 1).notes == [.userMissing])
  }

  @Test func aClockThatWentBackMakesNoTimeNegative() throws {
    try desk.grant([1], [1])
    try desk.revoke([1], [1])
    try desk.grant([1], [1])
    try spreadClock()
    try desk.other.execute(
      "UPDATE company_access_change SET at = '2026-01-01 01:30:00.000' WHERE id = 3")
    let life = try life(1, 1)
    #expect(spans(life) == ["2-3", "4-"] && life.secondsHeld == 19 * 3_600)
    #expect(life.notes == [.clockWentBack(ChangeID(3))])
  }
}

@Suite struct RecordMomentTests {
  let desk: Desk

  init() throws {
    desk = try Desk()
    for company in 1...3 { try desk.grant([1], [company]) }
  }

  /// Gives the changes, from the first on, these hours of a day.
  func setClock(_ hours: [Int]) throws {
    for (index, hour) in hours.enumerated() {
      try desk.other.execute(
        "UPDATE company_access_change SET at = ? WHERE id = ?",
        [.text("2026-01-05 \(hour < 10 ? "0" : "")\(hour):00:00.000"), .count(index + 1)])
    }
  }

  func moment(_ hour: String) throws -> ResolvedMoment {
    try desk.store.moment(at: Timestamp(stored: "2026-01-05 \(hour).000"))
  }

  func grants(_ moment: ResolvedMoment) throws -> Int {
    try desk.store.coverage(at: moment.moment).grants
  }

  @Test func isTheLastChangeThatHadBeenMade() throws {
    try setClock([1, 2, 3, 4])
    #expect(try moment("02:00:00").moment == .after(ChangeID(2)))
    #expect(try moment("03:59:59").moment == .after(ChangeID(3)))
    #expect(try moment("23:00:00").moment == .after(ChangeID(4)))
    let resolved = try moment("03:30:00")
    #expect(resolved.change?.id == ChangeID(3) && resolved.notices == [])
    #expect(try grants(resolved) == 2)
  }

  @Test func ordersByChangeWhenTheClockWentBack() throws {
    // The clock of the third change was put right: it had been an hour ahead.
    try setClock([1, 5, 3, 6])
    let between = try moment("04:00:00")
    #expect(between.moment == .after(ChangeID(3)))
    #expect(between.notices == [.clockWentBack(ChangeID(2))])
    #expect(try grants(between) == 2)
    #expect(try moment("05:00:00").moment == .after(ChangeID(3)))
    #expect(try moment("05:00:00").notices == [])
    #expect(try moment("02:00:00").moment == .after(ChangeID(1)))
    #expect(try moment("06:00:00").moment == .after(ChangeID(4)))
  }

  @Test func beforeTheRecordOnlyWhatWasFoundIsKnown() throws {
    try setClock([1, 2, 3, 4])
    let time = Timestamp(stored: "2026-01-05 00:30:00.000")
    let resolved = try desk.store.moment(at: time)
    #expect(resolved.moment == .beforeRecord(time) && resolved.change == nil)
    #expect(
      resolved.notices == [.beforeRecord(begins: Timestamp(stored: "2026-01-05 01:00:00.000"))])
    #expect(
      resolved.notice?.description.hasSuffix(
        "of earlier grants only those that still stood then are known") == true)
    #expect(try grants(resolved) == 0)
    // Two that were found when the record began, one of them since ended, one made later.
    try desk.other.execute(
      """
      UPDATE company_access_current_grant SET began_change = NULL;
      UPDATE hrm_user_company_access SET
        created_at = CASE WHEN company_id LIKE '%3' THEN '2026-01-05 00:45:00.000'
          ELSE '2026-01-05 00:15:00.000' END
      """)
    try desk.revoke([1], [1])
    #expect(try grants(resolved) == 2)
    #expect(try desk.store.mayEnter(UserID(1), Desk.company(1), at: resolved.moment))
    #expect(try desk.store.mayEnter(UserID(1), Desk.company(3), at: resolved.moment) == false)
    let page = try desk.store.users(UserQuery(), limit: 10, at: resolved.moment)
    #expect(page.rows.map(\.companies) == [2, 0, 0, 0])
    let early = try desk.store.moment(at: Timestamp(stored: "2025-12-31 00:00:00.000"))
    #expect(try desk.store.coverage(at: early.moment).users == 0)
    let hostile = Moment.beforeRecord(Timestamp(stored: "' OR 1 --"))
    #expect(try desk.store.coverage(at: hostile).grants == 0)
  }

  @Test func saysWhatTheRecordLacks() throws {
    try setClock([1, 2, 3, 4])
    try desk.other.execute("DROP TRIGGER company_access_grant_deleted")
    #expect(
      try moment("02:00:00").notices == [
        .incomplete(missing: ["trigger company_access_grant_deleted"])
      ])
    try AccessStore.upgradeSchema(desk.store.path)
    #expect(try moment("02:00:00").notices == [.gap(before: ChangeID(5))])
    #expect(try desk.store.moment(after: ChangeID(5)).notices == [])
    #expect(throws: AccessError.noSuchChange(ChangeID(9))) {
      try desk.store.moment(after: ChangeID(9))
    }
  }
}
