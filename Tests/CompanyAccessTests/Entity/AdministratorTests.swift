import Database
import TestSupport
import Testing

@testable import CompanyAccess

@Suite(.onEachEngine) struct AdministratorTests {
  /// Whether carrying out an intent would leave nobody who may enter everything.
  private func leaves(_ desk: Desk, _ intent: Intent) throws -> Bool {
    try desk.plan(intent).leavesNoAdministrator
  }

  private func edit(
    _ action: EntityEdit.Action, _ values: [String: String] = [:], grants: Bool = false
  ) -> Intent {
    .entity(EntityEdit(action, values: values, changesGrants: grants))
  }

  @Test func whateverTakesTheLastOneAwayIsKnownBefore() throws {
    let desk = try Desk()
    try desk.addStaff()
    #expect(try leaves(desk, .revoke(.users([1]), .companies([2]))))
    #expect(try !leaves(desk, .revoke(.users([2]), .companies([2]))))
    #expect(try leaves(desk, .revoke(.all, .all)))
    #expect(try leaves(desk, edit(.deactivate(user(1)))))
    #expect(try leaves(desk, edit(.delete(user(1)))))
    #expect(try leaves(desk, edit(.edit(user(1)), ["role": "HR Manager"])))
    #expect(try !leaves(desk, edit(.edit(user(1)), ["full_name": "Other"])))
    // A company that the administrator is not given, or is.
    #expect(try leaves(desk, edit(.add(.company), ["name": "New"])))
    #expect(try !leaves(desk, edit(.add(.company), ["name": "New"], grants: true)))
    // Without the company, no grant for it is missed.
    #expect(try !leaves(desk, edit(.delete(company(2)))))
    // What granted everything is the change before.
    let change = try #require(try desk.store.newestChange())
    #expect(try leaves(desk, .undo(change)))
  }

  @Test func anotherOneIsEnough() throws {
    let desk = try Desk()
    try desk.addStaff()
    try desk.other.execute("UPDATE hrm_users SET role_id = 1 WHERE id = 4")
    try desk.grant([4], [1, 2, 3])
    #expect(try !leaves(desk, .revoke(.users([1]), .all)))
    #expect(try !leaves(desk, edit(.delete(user(1)))))
    #expect(try leaves(desk, .revoke(.users([1, 4]), .companies([3]))))
  }

  @Test func whereThereIsNoneNothingIsAsked() throws {
    let desk = try Desk()
    try desk.addStaff()
    try desk.revoke([1], [3])
    #expect(try !leaves(desk, .revoke(.users([1]), .all)))
    #expect(try !leaves(desk, edit(.delete(user(1)))))
    // An inactive company is not missed.
    try desk.edit(.deactivate(company(3)))
    #expect(try leaves(desk, .revoke(.users([1]), .companies([1]))))
    #expect(try leaves(desk, edit(.activate(company(3)))))
    #expect(try !leaves(desk, edit(.activate(company(3)), grants: true)))
  }

  @Test func undoingADeletionBringsTheGrantsOfTheAdministratorToo() throws {
    let desk = try Desk()
    try desk.addStaff()
    let deletion = try #require(try desk.edit(.delete(company(2))).change)
    #expect(try !leaves(desk, .undo(deletion)))
    let gone = try #require(try desk.edit(.delete(user(1))).change)
    #expect(try !leaves(desk, .undo(gone)))
  }

  @Test func aPlanMadeBeforeAnotherProgramTookTheOtherOneAwayIsNotCarriedOut() throws {
    let desk = try Desk()
    try desk.addStaff()
    try desk.other.execute("UPDATE hrm_users SET role_id = 1 WHERE id = 4")
    try desk.grant([4], [1, 2, 3])
    let plan = try desk.plan(.revoke(.users([1]), .companies([1])))
    #expect(!plan.leavesNoAdministrator)
    // Nothing of this is on the record.
    try desk.other.execute("UPDATE hrm_users SET is_active = FALSE WHERE id = 4")
    do {
      try desk.store.apply(plan)
      Issue.record("carried out")
    } catch AccessError.planChanged(let newer) {
      #expect(newer.leavesNoAdministrator)
    }
    #expect(try desk.pairs().contains("1-1"))
  }
}
