import Database
import TestSupport
import Testing

@testable import CompanyAccess

@Suite(.onEachEngine) struct RecordUndoTests {
  let desk: Desk

  init() throws { desk = try Desk() }

  func undo(_ number: Int64) throws -> ChangeResult { try desk.apply(.undo(ChangeID(number))) }

  /// Users 1 and 2 have companies 1 and 2 by change 2.
  func grantFour() throws { try desk.grant([1, 2], [1, 2]) }

  @Test func undoesAGrant() throws {
    try desk.grant([1], [1])
    let before = try desk.rows()
    try desk.grant([1, 2], [1, 2])
    let plan = try desk.plan(.undo(ChangeID(3)))
    #expect(plan.removed == 3 && plan.added == 0 && plan.leftAlone == 0)
    #expect(plan.selectedUsers == nil && plan.selectedCompanies == nil)
    #expect(plan.before.grants == 4 && plan.after.grants == 1)
    #expect(plan.usersLeftWithNone.first.map(\.username) == ["user2"])
    #expect(plan.companiesLeftWithNone.first.map(\.name) == ["Company 2"])
    #expect(plan.pairs.map(\.outcome) == [.revoked, .revoked, .revoked])
    #expect(plan.pairs.map(\.user.username) == ["user1", "user2", "user2"])
    let result = try desk.store.apply(plan)
    #expect(result.removed == 3)
    #expect(try desk.rows() == before)
    let change = try #require(try desk.changes().last)
    #expect(change.action == .undo && change.undoes == ChangeID(3) && change.removed == 3)
    #expect(try desk.store.isUndone(ChangeID(3)))
    #expect(try desk.store.isUndone(ChangeID(4)) == false)
  }

  @Test func undoesARevocationRowForRow() throws {
    try grantFour()
    try desk.insert("x", 3, 3)
    let before = try desk.rows()
    try desk.revoke([1, 2, 3], [1, 2, 3])
    #expect(try desk.pairs() == [])
    let plan = try desk.plan(.undo(ChangeID(4)))
    #expect(plan.added == 5 && plan.removed == 0)
    #expect(plan.pairs.allSatisfy { $0.outcome == .granted })
    try desk.store.apply(plan)
    #expect(try desk.rows() == before)
    // They begin again at the undo.
    #expect(try desk.grantedBy() == [5, 5, 5, 5, 5])
  }

  @Test func undoesUndosAsOftenAsWanted() throws {
    try grantFour()
    let before = try desk.rows()
    try desk.revoke([1], [1, 2])
    let after = try desk.rows()
    for number in 3...8 as ClosedRange<Int64> {
      let result = try undo(number)
      #expect(result.change == ChangeID(number + 1) && result.leftAlone == 0)
      #expect(try desk.rows() == (number % 2 == 1 ? before : after))
    }
    #expect(try desk.store.isUndone(ChangeID(3)) == false)
    #expect(try desk.store.isUndone(ChangeID(8)))
    #expect(try desk.store.isUndone(ChangeID(9)) == false)
  }

  @Test func leavesAloneWhatWasRevokedSince() throws {
    try grantFour()
    try desk.revoke([1], [1])
    let plan = try desk.plan(.undo(ChangeID(2)))
    #expect(plan.removed == 3 && plan.leftAlone == 1)
    #expect(
      plan.notices == [
        .changedSince(
          UserID(1), Desk.company(1), user: "user1", company: "Company 1", by: ChangeID(3))
      ])
    #expect(plan.pairs.map(\.outcome) == [.revoked, .revoked, .revoked, .skipped])
    #expect(plan.pairs.last?.user.username == "user1")
    #expect(try desk.store.apply(plan).leftAlone == 1)
    #expect(try desk.pairs() == [])
  }

  @Test func leavesAloneWhatWasGrantedAgainSince() throws {
    try grantFour()
    try desk.revoke([1, 2], [1])
    try desk.grant([2], [1])
    let plan = try desk.plan(.undo(ChangeID(3)))
    #expect(plan.added == 1 && plan.removed == 0 && plan.leftAlone == 1)
    #expect(
      plan.notices == [
        .changedSince(
          UserID(2), Desk.company(1), user: "user2", company: "Company 1", by: ChangeID(4))
      ])
    try desk.store.apply(plan)
    #expect(try desk.grantedBy() == [5, 2, 4, 2])
  }

  @Test func leavesAloneWhatWasGrantedAndRevokedAgainSince() throws {
    try grantFour()
    try desk.revoke([1], [1])
    try desk.grant([1], [1])
    try desk.revoke([1], [1])
    let plan = try desk.plan(.undo(ChangeID(3)))
    #expect(plan.isEmpty && plan.leftAlone == 1)
    #expect(
      plan.notices == [
        .changedSince(
          UserID(1), Desk.company(1), user: "user1", company: "Company 1", by: ChangeID(5))
      ])
    #expect(try desk.store.apply(plan).change == nil)
  }

  @Test func leavesAloneWhoIsGone() throws {
    try grantFour()
    try desk.revoke([1, 2], [1, 2])
    try desk.other.execute("DELETE FROM hrm_users WHERE id = 1")
    try desk.other.execute("DELETE FROM hrm_company WHERE code = 'C2'")
    let plan = try desk.plan(.undo(ChangeID(3)))
    #expect(plan.added == 1 && plan.leftAlone == 3)
    #expect(
      plan.notices == [
        .userGone(UserID(1), name: "user1"), .userGone(UserID(1), name: "user1"),
        .companyGone(Desk.company(2), name: "Company 2"),
      ])
    #expect(
      plan.pairs.map { "\($0.user.username) \($0.company.name) \($0.outcome)" } == [
        "user2 Company 1 granted", "user1 Company 1 skipped", "user1 Company 2 skipped",
        "user2 Company 2 skipped",
      ])
    try desk.store.apply(plan)
    #expect(try desk.pairs() == ["2-1"])
  }

  @Test func neverGivesAGrantToSomebodyElse() throws {
    try desk.grant([4], [1])
    // The deletion is a change of its own, and so is what it took along.
    try desk.other.execute("DELETE FROM hrm_users WHERE id = 4")
    try Desk.addUser(4, "mallory", to: desk.other)
    let plan = try desk.plan(.undo(ChangeID(3)))
    #expect(plan.isEmpty && plan.leftAlone == 1)
    #expect(plan.notices == [.userReplaced(UserID(4), was: "user4", now: "mallory")])
    // Another one of the same name is another one, too.
    try desk.other.execute("UPDATE hrm_users SET username = 'user4' WHERE id = 4")
    #expect(try undo(3).added == 0)
    #expect(try desk.pairs() == [])
  }

  @Test("A grant goes back to a user whose deletion was undone")
  func givesAGrantBackToOneWhoCameBack() throws {
    try desk.grant([4], [1, 2])
    let before = try desk.rows()
    let revoked = try desk.revoke([4], [1])
    try desk.other.execute("DELETE FROM hrm_users WHERE id = 4")
    let deletion = try #require(try desk.store.newestChange())
    #expect(try desk.apply(.undo(deletion)).added == 1)
    let plan = try desk.plan(.undo(#require(revoked.change)))
    #expect(plan.added == 1 && plan.leftAlone == 0)
    try desk.store.apply(plan)
    #expect(try desk.rows() == before)
    // And what was granted before the deletion can be taken back.
    let granted = try desk.plan(.undo(ChangeID(2)))
    #expect(granted.removed == 2 && granted.leftAlone == 0)
  }

  @Test("A row of which the record knows no id comes back with a new one")
  func aRowWithoutItsIdComesBack() throws {
    try desk.grant([1], [1])
    try desk.revoke([1], [1])
    try desk.other.execute(
      "UPDATE company_access_ended_grant SET id = NULL, created_at = NULL, modified_at = NULL")
    try desk.apply(.undo(ChangeID(3)))
    #expect(try desk.pairs() == ["1-1"])
    #expect(try desk.rows().allSatisfy { $0.allSatisfy { $0 != .null } })
  }

  @Test func aUserReplacedBeforeTheChangeIsTheUser() throws {
    try desk.other.execute("DELETE FROM hrm_users WHERE id = 4")
    try Desk.addUser(4, "maria", to: desk.other)
    try desk.grant([4], [1])
    let revoked = try #require(try desk.revoke([4], [1]).change)
    // Somebody has gone since, but not this one.
    try desk.other.execute("DELETE FROM hrm_users WHERE id = 3")
    #expect(try desk.apply(.undo(revoked)).added == 1)
  }

  /// As when another program inserts and deletes within a millisecond.
  @Test func whatCameAndWentWithTheChangeStaysAway() throws {
    try grantFour()
    try desk.revoke([1], [1])
    try desk.other.execute(
      """
      INSERT INTO company_access_ended_grant
        (user_lifetime, company_lifetime, began_change, ended_change, id, created_at, modified_at)
      SELECT u.lifetime, c.lifetime, 3, 3, '\(desk.rowID("x"))', '2026-01-02', '2026-01-02'
      FROM company_access_user_lifetime AS u, company_access_company_lifetime AS c
      WHERE u.key = 2 AND c.key = ?
      """, [.text(Desk.company(3).stored)])
    let plan = try desk.plan(.undo(ChangeID(3)))
    #expect(plan.added == 1 && plan.leftAlone == 0)
    try desk.store.apply(plan)
    #expect(try desk.pairs() == ["1-1", "1-2", "2-1", "2-2"])
  }

  @Test func neverGivesAGrantForAnotherCompany() throws {
    try desk.grant([1], [3])
    try desk.other.execute("DELETE FROM hrm_company WHERE code = 'C3'")
    try desk.other.execute(
      "INSERT INTO hrm_company VALUES (?, 'Another', NULL, TRUE, '2026-01-01', '2026-01-01')",
      [.text(Desk.company(3).stored)])
    let plan = try desk.plan(.undo(ChangeID(3)))
    #expect(plan.isEmpty)
    #expect(plan.notices == [.companyGone(Desk.company(3), name: "Company 3")])
  }

  @Test func undoesWhatAnotherProgramDid() throws {
    try grantFour()
    let before = try desk.rows()
    try desk.other.execute("UPDATE hrm_user_company_access SET user_id = user_id + 2")
    let plan = try desk.plan(.undo(ChangeID(3)))
    #expect(plan.added == 4 && plan.removed == 4)
    #expect(plan.usersLeftWithNone.first.map(\.username) == ["user3", "user4"])
    #expect(plan.companiesLeftWithNone.count == 0)
    try desk.store.apply(plan)
    #expect(try desk.rows() == before)
  }

  @Test func aRowThatMovedOnKeepsItsId() throws {
    try desk.grant([1], [1])
    try desk.other.execute("UPDATE hrm_user_company_access SET user_id = 2")
    try desk.closeChange()
    try desk.other.execute("UPDATE hrm_user_company_access SET user_id = 3")
    let plan = try desk.plan(.undo(ChangeID(3)))
    #expect(plan.isEmpty && plan.leftAlone == 2)
    #expect(
      plan.notices == [
        .changedSince(
          UserID(1), Desk.company(1), user: "user1", company: "Company 1", by: ChangeID(4)),
        .changedSince(
          UserID(2), Desk.company(1), user: "user2", company: "Company 1", by: ChangeID(4)),
      ])
  }

  @Test func aPlanAboutOneUserOrCompanyHasItsTotals() throws {
    try desk.grant([1], [3])
    try desk.grant([1], [1, 2])
    let one = try desk.plan(.undo(ChangeID(3)))
    #expect(one.companiesOfUser == BeforeAfter(before: 3, after: 1))
    #expect(one.usersOfCompany == nil)
    try desk.revoke([1], [1])
    let back = try desk.plan(.undo(ChangeID(4)))
    #expect(back.companiesOfUser == BeforeAfter(before: 2, after: 3))
    #expect(back.usersOfCompany == BeforeAfter(before: 0, after: 1))
  }

  @Test func namesOnlyTheFirstThatAreLeftAlone() throws {
    let desk = try Desk(users: 5, companies: 5)
    try desk.apply(.bulkGrant(.all, .all))
    try desk.revoke([1, 2, 3, 4, 5], [1, 2, 3, 4, 5])
    let plan = try desk.plan(.undo(ChangeID(2)))
    #expect(plan.leftAlone == 25 && plan.isEmpty)
    #expect(plan.notices.count == 21 && plan.notices.last == .moreLeftAlone(5))
  }

  @Test func theBeginningOfTheRecordCannotBeUndone() throws {
    #expect(try desk.plan(.undo(ChangeID(1))).isEmpty)
    guard desk.engine == .sqlite else { return }
    try desk.other.execute("DROP TRIGGER company_access_grant_inserted")
    try desk.insert("x", 1, 1)
    try AccessStore.upgradeSchema(desk.store.path)
    #expect(try desk.grantedBy() == [3])
    #expect(try desk.plan(.undo(ChangeID(2))).isEmpty)
    // What the comparison found is what another program did, and can be undone as such.
    #expect(try desk.plan(.undo(ChangeID(3))).removed == 1)
  }

  @Test func anUndoWhoseStateMovedIsPlannedAgain() throws {
    try grantFour()
    let plan = try desk.plan(.undo(ChangeID(2)))
    try desk.revoke([1], [1])
    let error = #expect(throws: AccessError.self) { try desk.store.apply(plan) }
    guard case .planChanged(let renewed) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(renewed.removed == 3 && renewed.leftAlone == 1)
    #expect(try desk.pairs().count == 3)
  }
}
