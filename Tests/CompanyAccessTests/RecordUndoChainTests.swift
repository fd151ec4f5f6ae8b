import Database
import TestSupport
import Testing

@testable import CompanyAccess

/// Undoing one change after the other, as an operator does who presses `u` again and again.
@Suite(.onEachEngine) struct RecordUndoChainTests {
  let desk: Desk

  init() throws { desk = try Desk() }

  private func undo(_ change: ChangeID?) throws -> ChangeResult {
    try desk.apply(.undo(try #require(change)))
  }

  @Test func aGrantWhoseRevocationWasUndoneCanBeUndone() throws {
    try desk.grant([1], [1])
    let first = try desk.rows()
    let grant = try desk.grant([1, 2, 3], [1, 2]).change
    let revoke = try desk.revoke([2, 3], [1]).change
    #expect(try undo(revoke).leftAlone == 0)
    let result = try undo(grant)
    #expect(result.removed == 5 && result.leftAlone == 0)
    #expect(try desk.rows() == first)
  }

  @Test func aRevocationAfterWhichAGrantWasUndoneCanBeUndone() throws {
    try desk.grant([1, 2], [1, 2])
    let first = try desk.rows()
    let revoke = try desk.revoke([1, 2], [1]).change
    let grant = try desk.grant([1], [1]).change
    #expect(try undo(grant).leftAlone == 0)
    let result = try undo(revoke)
    #expect(result.added == 2 && result.leftAlone == 0)
    #expect(try desk.rows() == first)
  }

  @Test("A grant that goes with its company is counted, although it was revoked and came back")
  func grantOfCompanyThatGoes() throws {
    try desk.other.execute("INSERT INTO hrm_role (id, name) VALUES (1, 'Super Admin')")
    try desk.other.execute("UPDATE hrm_users SET role_id = 1 WHERE id = 1")
    let first = try desk.rows()
    let edit = EntityEdit(.add(.company), values: ["name": "Nova"], changesGrants: true)
    let added = try desk.apply(.entity(edit))
    #expect(added.added == 1)
    let nova = try desk.store.company(named: "Nova").id
    let revoked = try desk.apply(.revoke(.these([UserID(1)]), .these([nova])))
    #expect(try undo(revoked.change).added == 1)
    let result = try undo(added.change)
    #expect(result.removed == 1 && result.leftAlone == 0 && result.entities.count == 1)
    #expect(try desk.rows() == first)
    let number = try #require(result.change)
    let ended = try desk.other.count(
      "SELECT count(*) FROM company_access_ended_grant WHERE ended_change = \(number)")
    #expect(ended == 1)
  }

  @Test func whatWasRevokedForGoodIsStillLeftAlone() throws {
    let grant = try desk.grant([1, 2], [1]).change
    let first = try desk.revoke([1], [1]).change
    _ = try undo(first)
    try desk.revoke([1], [1])
    let result = try undo(grant)
    #expect(result.removed == 1 && result.leftAlone == 1)
  }

  @Test func whatWasGrantedAgainForGoodIsStillLeftAlone() throws {
    try desk.grant([1, 2], [1])
    let revoke = try desk.revoke([1, 2], [1]).change
    let grant = try desk.grant([1], [1]).change
    _ = try undo(grant)
    try desk.grant([1], [1])
    try desk.revoke([1], [1])
    let result = try undo(revoke)
    #expect(result.added == 1 && result.leftAlone == 1)
  }

  @Test(arguments: 1...12) func everythingIsUndoneBackwards(seed: UInt64) throws {
    var random = SplitMix(state: seed)
    var changes: [ChangeID] = []
    var states = [try desk.rows()]
    while changes.count < 25 {
      let users = (1...4).filter { _ in random.next() % 2 == 0 }.map { Int64($0) }
      let companies = (1...3).filter { _ in random.next() % 2 == 0 }
      let result =
        random.next() % 3 == 0
        ? try desk.revoke(users, companies) : try desk.grant(users, companies)
      guard let change = result.change else { continue }
      changes.append(change)
      states.append(try desk.rows())
      // Now and then something is undone at once, and sometimes that too.
      if random.next() % 4 == 0 {
        changes.append(try #require(try undo(change).change))
        states.append(try desk.rows())
      }
    }
    for (change, state) in zip(changes, states).reversed() {
      #expect(try undo(change).leftAlone == 0)
      #expect(try desk.rows() == state)
    }
  }
}

/// A small generator whose numbers are the same on every machine.
private struct SplitMix {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
