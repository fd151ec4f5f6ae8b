import Database
import TestSupport
import Testing

@testable import CompanyAccess

/// Undoing a change although other changes came after it.
@Suite(.onEachEngine) struct RecordOverwriteTests {
  let desk: Desk

  init() throws { desk = try Desk() }

  func plan(_ change: Int64) throws -> Plan {
    try desk.plan(.undo(ChangeID(change), overwrite: true))
  }

  func outcomes(_ plan: Plan) -> [String] {
    plan.pairs.map { "\($0.user.username) \($0.company.name) \($0.outcome)" }
  }

  @Test func putsBackWhatWasGrantedAndRevokedAgain() throws {
    try desk.grant([1, 2], [1])
    let before = try desk.rows()
    try desk.revoke([1, 2], [1])
    try desk.grant([1], [1])
    try desk.revoke([1], [1])
    let plan = try plan(3)
    #expect(plan.added == 2 && plan.leftAlone == 0 && plan.notices == [])
    try desk.store.apply(plan)
    #expect(try desk.rows() == before)
    #expect(try desk.grantedBy() == [6, 6])
  }

  @Test func whatHoldsAgainIsRightAlready() throws {
    try desk.grant([1, 2], [1])
    try desk.revoke([1, 2], [1])
    try desk.grant([1], [1])
    let plan = try plan(3)
    #expect(plan.added == 1 && plan.unchanged == 1 && plan.leftAlone == 0)
    #expect(outcomes(plan) == ["user2 Company 1 granted", "user1 Company 1 already"])
    #expect(try desk.store.apply(plan).unchanged == 1)
    #expect(try desk.grantedBy() == [4, 5])
  }

  @Test func takesWhatWasRevokedAndGrantedAgain() throws {
    try desk.grant([1, 2, 3], [1])
    try desk.revoke([1, 2], [1])
    try desk.grant([1], [1])
    let plan = try plan(2)
    #expect(plan.removed == 2 && plan.unchanged == 1 && plan.leftAlone == 0)
    #expect(
      outcomes(plan) == [
        "user1 Company 1 revoked", "user3 Company 1 revoked", "user2 Company 1 absent",
      ])
    #expect(plan.usersLeftWithNone.count == 2)
    try desk.store.apply(plan)
    #expect(try desk.pairs() == [])
    // And the inverse of that brings back what it took.
    try desk.apply(.undo(ChangeID(5)))
    #expect(try desk.pairs() == ["1-1", "3-1"])
  }

  @Test func whoHasTheIdNowIsGivenTheGrant() throws {
    try desk.grant([4], [1, 2])
    try desk.other.execute("DELETE FROM hrm_users WHERE id = 4")
    try Desk.addUser(4, "mallory", to: desk.other)
    try desk.other.execute("DELETE FROM hrm_company WHERE code = 'C2'")
    let plan = try plan(3)
    #expect(plan.added == 1 && plan.leftAlone == 1)
    #expect(plan.notices == [.companyGone(Desk.company(2), name: "Company 2")])
    #expect(
      outcomes(plan) == ["mallory Company 1 granted", "mallory Company 2 skipped"])
    try desk.store.apply(plan)
    #expect(try desk.pairs() == ["4-1"])
  }

  @Test func anIdThatIsTakenIsReplaced() throws {
    try desk.grant([1], [1])
    try desk.closeChange()
    try desk.other.execute("UPDATE hrm_user_company_access SET user_id = 2")
    try desk.closeChange()
    try desk.other.execute("UPDATE hrm_user_company_access SET user_id = 3")
    let plan = try plan(3)
    #expect(plan.added == 1 && plan.removed == 0 && plan.unchanged == 1)
    try desk.store.apply(plan)
    #expect(try desk.pairs() == ["1-1", "3-1"])
    #expect(Set(try desk.rows().map { $0[0] }).count == 2)
  }

  @Test func aMovedRowGoesBackToWhereItWas() throws {
    try desk.grant([1], [1])
    try desk.other.execute("UPDATE hrm_user_company_access SET user_id = 2")
    try desk.revoke([2], [1])
    try desk.grant([2], [1])
    let plan = try plan(3)
    #expect(outcomes(plan) == ["user2 Company 1 revoked", "user1 Company 1 granted"])
    try desk.store.apply(plan)
    #expect(try desk.pairs() == ["1-1"])
  }

  @Test func withNothingInBetweenItIsTheSame() throws {
    try desk.grant([1, 2], [1, 2])
    let before = try desk.rows()
    try desk.revoke([1], [1, 2])
    #expect(try plan(3).added == desk.plan(.undo(ChangeID(3))).added)
    try desk.store.apply(plan(3))
    #expect(try desk.rows() == before)
  }
}
