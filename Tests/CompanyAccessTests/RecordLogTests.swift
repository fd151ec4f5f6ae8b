import Database
import TestSupport
import Testing

@testable import CompanyAccess

@Suite(.onEachEngine) struct RecordLogTests {
  let desk: Desk

  init() throws { desk = try Desk() }

  func found(before: ChangeID? = nil, _ fill: (inout ChangeQuery) -> Void) throws -> [Int64] {
    var query = ChangeQuery()
    fill(&query)
    return try desk.store.changes(query, before: before, limit: 100).map(\.id.number)
  }

  /// So that no other program joins a change.
  func spreadClock() throws { try desk.spreadClock() }

  @Test func findsByUserAndCompany() throws {
    try desk.grant([1], [1, 2])
    try desk.grant([2], [1])
    try desk.revoke([1], [1])
    try desk.grant([3], [3])
    #expect(try found { $0.user = UserID(1) } == [4, 2])
    #expect(try found { $0.company = Desk.company(1) } == [4, 3, 2])
    #expect(
      try found {
        $0.user = UserID(1)
        $0.company = Desk.company(1)
      } == [4, 2])
    #expect(
      try found {
        $0.user = UserID(1)
        $0.company = Desk.company(3)
      } == [])
    // What was granted and ended is found by its history alone.
    try desk.revoke([1], [2])
    #expect(try found { $0.user = UserID(1) } == [6, 4, 2])
    try spreadClock()
    try desk.other.execute("DELETE FROM hrm_users WHERE id = 4")
    #expect(try found { $0.user = UserID(4) } == [7])
    try spreadClock()
    try desk.other.execute("DELETE FROM hrm_company WHERE code = 'C2'")
    #expect(try found { $0.company = Desk.company(2) } == [8, 6, 2])
  }

  @Test func findsByWhoHowAndWhen() throws {
    try desk.grant([1], [1])
    try desk.revoke([1], [1])
    try desk.insert("x", 2, 1)
    try desk.other.execute(
      """
      UPDATE company_access_change SET at = \(desk.time("'2026-01-0' || id || ' 00:00:00.000'")),
        actor = CASE id WHEN 2 THEN 'maria@hq' WHEN 3 THEN 'root(maria)@hq' ELSE 'mariana@hq' END
      """)
    #expect(try found { $0.actor = "maria" } == [3, 2])
    #expect(try found { $0.actor = "maria@hq" } == [2])
    #expect(try found { $0.actor = "root" } == [3])
    #expect(try found { $0.actor = "mari" } == [])
    #expect(try found { $0.action = .revoke } == [3])
    #expect(try found { $0.origin = .external } == [4])
    #expect(try found { $0.since = Timestamp(stored: "2026-01-03 00:00:00.000") } == [4, 3])
    #expect(try found { $0.until = Timestamp(stored: "2026-01-03 00:00:00.000") } == [3, 2, 1])
    #expect(try desk.store.actors() == ["maria@hq", "mariana@hq", "root(maria)@hq"])
  }

  @Test func pagesByNumberWhateverTheClockSays() throws {
    for company in 1...3 { try desk.grant([1], [company]) }
    try desk.other.execute(
      "UPDATE company_access_change SET at = \(desk.time("'2026-01-0' || (9 - id) || ' 00:00:00.000'"))"
    )
    #expect(try found { $0.user = UserID(1) } == [4, 3, 2])
    #expect(try found(before: ChangeID(4)) { $0.user = UserID(1) } == [3, 2])
    let query = ChangeQuery()
    #expect(try desk.store.changes(query, limit: 2).map(\.id.number) == [4, 3])
    let past = try desk.store.changes(query, limit: 9, at: .after(ChangeID(2)))
    #expect(past.map(\.id.number) == [2, 1])
  }

  func pairs(_ change: Int64, _ limit: Int = 100) throws -> [String] {
    var result: [String] = []
    var cursor: ChangedPairCursor?
    repeat {
      let page = try desk.store.pairs(of: ChangeID(change), after: cursor, limit: limit)
      #expect(page.pairs.count <= limit)
      result += page.pairs.map { pair in
        "\(pair.username ?? "?")\(pair.isUserGone ? "!" : "") "
          + "\(pair.companyName ?? "?")\(pair.isCompanyGone ? "!" : "") \(pair.outcome)"
          + (pair.endedBy.map { " until \($0)" } ?? "") + (pair.stands ? " stands" : "")
      }
      cursor = page.next
    } while cursor != nil
    return result
  }

  @Test(arguments: [1, 2, 3, 100]) func opensAChange(limit: Int) throws {
    try desk.grant([1, 2], [1, 2])
    try desk.revoke([1], [1])
    try desk.revoke([2], [1])
    try desk.grant([2], [1])
    try spreadClock()
    try desk.other.execute("DELETE FROM hrm_company WHERE code = 'C2'")
    #expect(
      try pairs(2, limit) == [
        "user1 Company 1 granted until 3", "user2 Company 1 granted until 4 stands",
        "user1 Company 2! granted until 6", "user2 Company 2! granted until 6",
      ])
    #expect(try pairs(3, limit) == ["user1 Company 1 revoked"])
    #expect(try pairs(5, limit) == ["user2 Company 1 granted stands"])
    #expect(
      try pairs(6, limit) == ["user1 Company 2! revoked", "user2 Company 2! revoked"])
    #expect(throws: AccessError.noSuchChange(ChangeID(7))) { try pairs(7) }
  }

  @Test func namesWhoeverHadTheIdThen() throws {
    try desk.grant([4], [1])
    try spreadClock()
    try desk.other.execute("DELETE FROM hrm_users WHERE id = 4")
    try spreadClock()
    try Desk.addUser(4, "mallory", to: desk.other)
    try desk.grant([4], [1])
    #expect(try pairs(2) == ["user4! Company 1 granted until 3 stands"])
    #expect(try pairs(5) == ["mallory Company 1 granted stands"])
    let gone = try desk.store.entities(of: ChangeID(3))
    #expect(gone.map(\.id) == [.user(UserID(4))] && gone.map(\.name) == ["user4"])
    #expect(gone.map(\.event) == [.gone])
    for text in ["user4", "4"] {
      let deleted = try desk.store.deletedUsers(named: text)
      #expect(deleted.map(\.id) == gone.map(\.id) && deleted.map(\.change) == [ChangeID(3)])
    }
    #expect(try desk.store.deletedUsers(named: "mallory") == [])
  }

  @Test("Changes of other programs say what they did to users, companies and pairs")
  func tellsWhatOtherProgramsDid() throws {
    func subject() throws -> ChangeSubject? { try desk.store.changes(limit: 1).first?.subject }
    try Desk.addUser(43, "lin", to: desk.other)
    #expect(
      try subject()?.entities == [ChangeSubject.Entity(kind: .user, event: .made, name: "lin")])
    try spreadClock()
    try desk.other.execute("UPDATE hrm_users SET username = 'lina' WHERE id = 43")
    let edited = try desk.store.changes(limit: 1)[0]
    #expect(edited.subject?.entities.map(\.event) == [.edited])
    #expect(edited.subject?.entities.map(\.name) == ["lina"])
    let fields = try desk.store.entities(of: edited.id).flatMap(\.fields)
    #expect(fields.map(\.before) == ["lin"] && fields.map(\.after) == ["lina"])
    try spreadClock()
    try desk.insert("x", 43, 1)
    #expect(
      try subject()?.pairs
        == [
          ChangeSubject.Pair(
            user: "lina", company: "Company 1", companyCode: "C1", outcome: .granted)
        ])
    try spreadClock()
    try desk.other.execute("DELETE FROM hrm_users WHERE id = 43")
    let deleted = try desk.store.changes(limit: 1)[0]
    #expect(
      deleted.subject?.entities == [ChangeSubject.Entity(kind: .user, event: .gone, name: "lina")])
    #expect(deleted.subject?.pairs.map(\.outcome) == [.revoked])
    #expect(deleted.added == 0 && deleted.removed == 1)
    // Many are counted and not named.
    try spreadClock()
    try desk.other.execute(
      "UPDATE hrm_users SET is_active = FALSE; UPDATE hrm_company SET code = NULL")
    let counts = try desk.store.changes(limit: 2).compactMap(\.subject).flatMap(\.counts)
    #expect(counts.first { $0.kind == .user }?.number == 4)
    #expect(counts.first { $0.kind == .company }?.number == 3)
  }

  @Test("Who was added or brought back stays so when what was kept for undo has been pruned")
  func additionsOutlastTheirImages() throws {
    let add = EntityEdit(.add(.user), values: ["username": "lin"])
    let added = try #require(try desk.apply(.entity(add)).change)
    let id = try #require(try desk.store.entities(of: added).first?.id)
    let deleted = try #require(try desk.apply(.entity(EntityEdit(.delete(id)))).change)
    let undone = try #require(try desk.apply(.undo(deleted)).change)
    try desk.other.execute("DELETE FROM company_access_row_image")
    #expect(try desk.store.entities(of: added).map(\.event) == [.made])
    #expect(try desk.store.entities(of: undone).map(\.event) == [.made])
  }

  @Test func whatCameAndWentInAChangeIsThereTwice() throws {
    try desk.insert("x", 1, 1)
    // As if within one millisecond.
    try desk.other.execute(
      """
      DELETE FROM hrm_user_company_access;
      UPDATE company_access_ended_grant SET ended_change = 2
      """)
    #expect(
      try pairs(2, 1) == ["user1 Company 1 granted until 2", "user1 Company 1 revoked"])
  }

  @Test("of more pairs than are named it is said of how many users and companies they are")
  func extents() throws {
    func extent() throws -> ChangeSubject.Extent? {
      try desk.store.changes(limit: 1).first?.subject?.extent
    }
    try desk.grant([1, 2, 3, 4], [1])
    #expect(try extent() == ChangeSubject.Extent(users: 4, companies: 1, user: nil, company: "C1"))
    try desk.grant([1, 2, 3, 4], [1, 2, 3])
    #expect(try extent() == ChangeSubject.Extent(users: 4, companies: 2, user: nil, company: nil))
    try desk.revoke([1], [1])
    #expect(try extent() == nil)
    #expect(try desk.store.changes(limit: 1).first?.subject?.pairs.map(\.companyCode) == ["C1"])
  }

  @Test("the changes next to another one")
  func neighbors() throws {
    try desk.grant([1], [1])
    try desk.grant([2], [1])
    #expect(try desk.store.neighbor(of: ChangeID(2), newer: true) == ChangeID(3))
    #expect(try desk.store.neighbor(of: ChangeID(3), newer: true) == nil)
    #expect(try desk.store.neighbor(of: ChangeID(2), newer: false) == ChangeID(1))
    #expect(try desk.store.neighbor(of: nil, newer: false) == ChangeID(3))
  }
}

/// What other programs do is on the record like everything else.
@Suite struct RecordForeignTests {
  @Test func deletionsOfOtherProgramsAreShownAndUndoneAsFarAsPossible() throws {
    let desk = try Desk()
    func spread() throws { try desk.spreadClock() }
    try desk.grant([1, 2, 3], [1, 2])
    let before = try desk.rows()
    try spread()
    try desk.other.execute(
      "DELETE FROM hrm_user_company_access WHERE user_id = 1 OR company_id = ? AND user_id = 2",
      [.text(Desk.company(2).stored)])
    try spread()
    try desk.other.execute("DELETE FROM hrm_company WHERE code = 'C2'")
    try spread()
    var query = ChangeQuery()
    query.origin = .external
    let changes = try desk.store.changes(query, limit: 9)
    #expect(changes.map(\.id) == [ChangeID(4), ChangeID(3)])
    #expect(changes.map(\.removed) == [1, 3])
    func named(_ change: Int64) throws -> [String] {
      try desk.store.pairs(of: ChangeID(change), limit: 9).pairs.map {
        "\($0.username ?? "?") \($0.companyName ?? "?") \($0.outcome) \($0.isCompanyGone)"
      }
    }
    #expect(
      try named(3) == [
        "user1 Company 1 revoked false", "user1 Company 2 revoked true",
        "user2 Company 2 revoked true",
      ])
    #expect(try named(4) == ["user3 Company 2 revoked true"])
    #expect(try desk.store.entities(of: ChangeID(4)).map(\.name) == ["Company 2"])
    let first = try desk.apply(.undo(ChangeID(3)))
    #expect(first.added == 1 && first.leftAlone == 2)
    let rest = try desk.plan(.undo(ChangeID(4)))
    #expect(rest.added == 1 && rest.entities.map(\.name) == ["Company 2"])
    // The record has all that a company needs, whoever deleted it.
    #expect(rest.notices == [])
    #expect(try desk.rows() == before.filter { $0[2] == .text(Desk.company(1).stored) })
    // With the company the other grants can come back, too.
    try desk.store.apply(rest)
    try desk.apply(.undo(ChangeID(3)))
    #expect(try desk.rows() == before)
  }
}
