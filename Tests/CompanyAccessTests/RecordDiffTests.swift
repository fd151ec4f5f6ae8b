import Database
import TestSupport
import Testing

@testable import CompanyAccess

@Suite(.onEachEngine) struct RecordDiffTests {
  let desk: Desk

  init() throws { desk = try Desk() }

  func diff(_ from: Moment, _ to: Moment) throws -> [String] {
    try collect { try desk.store.diff(from: from, to: to, $0) }
  }

  func collect(_ run: ((DiffRow) throws -> Void) throws -> DiffCounts) throws -> [String] {
    var rows: [DiffRow] = []
    let counts = try run { rows.append($0) }
    #expect(counts.granted == rows.count { $0.action == .grant })
    #expect(counts.revoked == rows.count { $0.action == .revoke })
    #expect(counts.isEmpty == rows.isEmpty)
    return rows.map { $0.cells.joined(separator: " ") }
  }

  func after(_ change: Int64) -> Moment { .after(ChangeID(change)) }

  @Test func comparesMoments() throws {
    try desk.grant([1, 2], [1, 2])
    try desk.revoke([1], [1])
    try desk.grant([1, 3], [1])
    try desk.revoke([2], [2])
    #expect(try diff(after(2), after(2)) == [])
    #expect(try diff(after(2), after(3)) == ["user1 Company 1 revoke"])
    // What ended and came again is no difference.
    #expect(try diff(after(2), after(4)) == ["user3 Company 1 grant"])
    #expect(
      try diff(after(3), .now) == [
        "user1 Company 1 grant", "user2 Company 2 revoke", "user3 Company 1 grant",
      ])
    #expect(
      try diff(.now, after(3)) == [
        "user1 Company 1 revoke", "user2 Company 2 grant", "user3 Company 1 revoke",
      ])
    // What came and went in between is none either.
    #expect(
      try diff(after(1), after(5)) == [
        "user1 Company 1 grant", "user1 Company 2 grant", "user2 Company 1 grant",
        "user3 Company 1 grant",
      ])
    let time = Timestamp(stored: "2025-01-01 00:00:00.000")
    #expect(try diff(.beforeRecord(time), after(5)) == diff(after(1), after(5)))
    #expect(throws: AccessError.noSuchChange(ChangeID(9))) { try diff(after(1), after(9)) }
  }

  @Test func comparesUsersAndCompanies() throws {
    try desk.grant([1], [1, 2])
    try desk.grant([2], [2, 3])
    let users = try collect { try desk.store.diff(users: UserID(1), UserID(2), $0) }
    #expect(users == ["user1 Company 1 revoke", "user1 Company 3 grant"])
    let companies = try collect {
      try desk.store.diff(companies: Desk.company(1), Desk.company(2), $0)
    }
    #expect(companies == ["user2 Company 1 grant"])
    let past = try collect {
      try desk.store.diff(users: UserID(1), UserID(2), at: after(2), $0)
    }
    #expect(past == ["user1 Company 1 revoke", "user1 Company 2 revoke"])
  }

  @Test func namesAreThoseOfTheTime() throws {
    try desk.grant([4], [1])
    func spread() throws {
      try desk.closeChange()
    }
    try spread()
    try desk.other.execute("DELETE FROM hrm_users WHERE id = 4")
    try spread()
    try Desk.addUser(4, "mallory", to: desk.other)
    try desk.grant([4], [1])
    #expect(try diff(after(1), after(2)) == ["user4 Company 1 grant"])
    #expect(try diff(after(4), .now) == ["mallory Company 1 grant"])
    #expect(try diff(after(2), after(3)) == ["user4 Company 1 revoke"])
    // Another one with the id is not the same.
    #expect(
      try diff(after(2), .now) == ["mallory Company 1 grant", "user4 Company 1 revoke"])
  }

  @Test("One who was deleted and brought back is the same, also under another name")
  func whoComesBackIsNoDifference() throws {
    try desk.grant([4], [1])
    try desk.apply(.entity(EntityEdit(.delete(.user(UserID(4))))))
    try desk.apply(.undo(ChangeID(3)))
    #expect(try diff(after(2), .now) == [])
    try desk.other.execute("UPDATE hrm_users SET username = 'lin' WHERE id = 4")
    #expect(try diff(after(2), .now) == [])
    #expect(try diff(after(3), .now) == ["lin Company 1 grant"])
    #expect(try diff(.now, after(3)) == ["lin Company 1 revoke"])
    #expect(try diff(after(3), after(2)) == ["user4 Company 1 grant"])
  }

  @Test func aNameThatIsAlsoACodeGoesByItsCode() throws {
    try desk.other.execute("UPDATE hrm_company SET name = 'C3' WHERE code = 'C1'")
    try desk.grant([1], [1])
    #expect(try diff(after(1), .now) == ["user1 C1 grant"])
  }
}
