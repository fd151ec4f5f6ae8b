import Database
import TestSupport
import Testing

@testable import CompanyAccess

@Suite(.onEachEngine) struct EntityWriteTests {
  @Test func aUserIsAddedWithWhatTheRuleGives() throws {
    let desk = try Desk()
    try desk.addStaff()
    let values = [
      "username": " bo.young ", "full_name": "Bo Young", "email": "bo@hq.example",
      "role": "hr manager", "home": "C2",
    ]
    let plan = try desk.plan(.entity(EntityEdit(.add(.user), values: values, changesGrants: true)))
    #expect(plan.added == 1 && plan.pairs.map(\.company.name) == ["Company 2"])
    #expect(plan.after.users == 5 && plan.after.permitted == 15)
    #expect(!plan.leavesNoAdministrator)
    let result = try desk.store.apply(plan, reason: "new in Riga")
    #expect(try desk.pairs().contains("5-2"))
    let row = try desk.other.rows(
      """
      SELECT u.username, u.full_name, u.email, u.role_id,
        CASE WHEN u.is_active THEN 1 ELSE 0 END, e.full_name, e.company_id
      FROM hrm_users AS u JOIN hrm_employee AS e ON e.user_id = u.id WHERE u.id = 5
      """
    ) { row in (0..<7).map { row.text($0) } }
    #expect(
      row == [
        [
          "bo.young", "Bo Young", "bo@hq.example", "2", "1", "Bo Young",
          Desk.company(2).stored,
        ]
      ])
    let change = try #require(result.change)
    let recorded = try #require(try desk.store.change(change))
    #expect(recorded.action == .add)
    #expect(recorded.subject?.entities.map(\.name) == ["bo.young"])
    #expect(
      try desk.story(change) == [
        "made bo.young: User name none -> bo.young, Full name none -> Bo Young, "
          + "E-mail none -> bo@hq.example, Role none -> HR Manager, Company none -> Company 2, "
          + "Status none -> active"
      ])
  }

  @Test func anEditTellsBeforeAndAfter() throws {
    let desk = try Desk()
    try desk.addStaff()
    let before = try desk.everything()
    let change = try #require(
      try desk.edit(
        .edit(user(2)), ["username": "lin", "role": "Super Admin", "home": "Company 3"]
      ).change)
    #expect(
      try desk.story(change) == [
        "edited lin: User name user2 -> lin, Role HR Manager -> Super Admin, "
          + "Company Company 1 -> Company 3"
      ])
    try desk.apply(.undo(change))
    #expect(try desk.everything().map(withoutModified) == before.map(withoutModified))
  }

  /// The times at which rows were modified are those of the edits.
  private func withoutModified(_ row: String) -> String {
    guard row.hasPrefix("hrm_users") || row.hasPrefix("hrm_employee") else { return row }
    return String(row[..<(row.lastIndex(of: ",") ?? row.endIndex)])
  }

  @Test func whatWouldFollowIsSaidWhereItMatters() throws {
    let desk = try Desk()
    try desk.addStaff()
    func notices(_ values: [String: String]) throws -> [PlanNotice] {
      try desk.plan(.entity(EntityEdit(.edit(user(2)), values: values))).notices
    }
    #expect(try notices(["full_name": "Lin Wei"]) == [])
    #expect(try notices(["role": "Super Admin"]) == [.ruleWouldGrant(3)])
    #expect(try notices(["home": "C2"]) == [.ruleWouldGrant(1)])
    try desk.grant([2], [1])
    let old = try #require(try desk.store.company(Desk.company(1))?.company)
    #expect(try notices(["home": "C2"]) == [.ruleWouldGrant(1), .keepsOldCompany(old)])
    let moved = try desk.edit(.edit(user(2)), ["home": "C2"], grants: true)
    #expect(moved.added == 1)
    #expect(try desk.pairs().filter { $0.hasPrefix("2-") } == ["2-1", "2-2"])
  }

  @Test func nothingChangedIsNoChange() throws {
    let desk = try Desk()
    try desk.addStaff()
    let result = try desk.edit(.edit(user(1)), ["username": "user1", "full_name": " Ann Lee"])
    #expect(result.change == nil && result.entities == [])
    #expect(try desk.edit(.activate(user(1))).change == nil)
  }

  @Test func deactivatingKeepsOrRevokes() throws {
    let desk = try Desk()
    try desk.addStaff()
    try desk.grant([2], [1, 2])
    let plan = try desk.plan(.entity(EntityEdit(.deactivate(user(2)))))
    #expect(plan.removed == 0 && plan.notices == [.keepsGrants(2)])
    let kept = try desk.store.apply(plan)
    #expect(try desk.pairs().filter { $0.hasPrefix("2-") } == ["2-1", "2-2"])
    #expect(try desk.store.user(UserID(2))?.user.isActive == false)
    #expect(try desk.store.statistics().inactiveUsersWithAccess == 1)
    #expect(try desk.story(#require(kept.change)) == ["edited user2: Status active -> inactive"])
    try desk.edit(.activate(user(2)))
    let revoked = try desk.edit(.deactivate(user(2)), grants: true)
    #expect(revoked.removed == 2)
    #expect(try desk.pairs().filter { $0.hasPrefix("2-") } == [])
    try desk.apply(.undo(#require(revoked.change)))
    #expect(try desk.store.user(UserID(2))?.user.isActive == true)
    #expect(try desk.pairs().filter { $0.hasPrefix("2-") } == ["2-1", "2-2"])
  }

  @Test func aDeletionIsUndoneWithEverythingThatWent() throws {
    let desk = try Desk()
    try desk.addStaff()
    try desk.grant([2, 3], [1, 2])
    let before = try desk.everything()
    let plan = try desk.plan(.entity(EntityEdit(.delete(user(2)))))
    #expect(plan.nameToType == "user2" && plan.removed == 2)
    #expect(plan.cascades == [Cascade(table: "hrm_employee", rows: 1, effect: .detached)])
    let deletion = try #require(try desk.store.apply(plan).change)
    #expect(try desk.store.user(UserID(2)) == nil)
    #expect(
      try desk.story(deletion) == [
        "gone user2: User name user2 -> none, Role HR Manager -> none, Company Company 1 -> none, "
          + "Status active -> none"
      ])
    let undoing = try desk.plan(.undo(deletion))
    #expect(
      undoing.added == 2 && undoing.leftAlone == 0 && undoing.entities.map(\.name) == ["user2"])
    #expect(undoing.pairs.allSatisfy { $0.user.username == "user2" && $0.user.isActive })
    let undo = try #require(try desk.store.apply(undoing).change)
    #expect(try desk.everything() == before)
    // And the undo of the undo, and of that.
    let again = try #require(try desk.apply(.undo(undo)).change)
    #expect(try desk.store.user(UserID(2)) == nil)
    #expect(try desk.pairs().filter { $0.hasPrefix("2-") } == [])
    try desk.apply(.undo(again))
    #expect(try desk.everything() == before)
  }

  @Test func aCompanyComesBackWithTheGrantsOf277Users() throws {
    let desk = try Desk(users: 300)
    try desk.addStaff()
    try desk.grant((2...278).map { Int64($0) }, [1])
    try desk.grant([5, 6, 7], [2])
    let before = try desk.everything()
    let plan = try desk.plan(.entity(EntityEdit(.delete(company(1)))))
    #expect(plan.removed == 278 && plan.nameToType == "Company 1")
    #expect(plan.cascades == [Cascade(table: "hrm_employee", rows: 3, effect: .deleted)])
    #expect(plan.usersLeftWithNone.count == 274)
    let deletion = try #require(try desk.store.apply(plan).change)
    #expect(try desk.pairs().count == 5)
    #expect(try desk.dump("hrm_employee") == [])
    let result = try desk.apply(.undo(deletion))
    #expect(result.added == 278 && result.leftAlone == 0 && result.entitiesLeftAlone == 0)
    #expect(try desk.everything() == before)
  }

  @Test func whatIsMadeIsUndoneUnlessItIsUsed() throws {
    let desk = try Desk()
    try desk.addStaff()
    let before = try desk.everything()
    let made = try #require(
      try desk.edit(.add(.company), ["name": "Nova", "code": "NV"], grants: true).change)
    #expect(try desk.store.company(named: "NV").name == "Nova")
    let id = try desk.store.company(named: "NV").id
    let granted = try #require(try desk.apply(.grant(.users([3]), .these([id]))).change)
    var plan = try desk.plan(.undo(made))
    #expect(plan.entitiesLeftAlone == 1)
    #expect(plan.notices.contains(.entityLeftAlone(.company(id), name: "Nova", .hasGrants(1))))
    try desk.apply(.undo(granted))
    plan = try desk.plan(.undo(made))
    #expect(plan.removed == 1 && plan.entities.map(\.event) == [.gone])
    try desk.store.apply(plan)
    #expect(try desk.everything() == before)
  }

  @Test func whatOtherProgramsDeletedComesBackAsFarAsItIsKnown() throws {
    let desk = try Desk()
    try desk.addStaff()
    try desk.edit(.add(.user), ["username": "eve", "full_name": "Eve Orr", "role": "HR Manager"])
    try desk.grant([5], [1, 3])
    let rows = try desk.rows()
    try desk.other.setForeignKeys(true)
    try desk.other.execute("DELETE FROM hrm_users WHERE id IN (4, 5)")
    let change = try #require(try desk.store.newestChange())
    let plan = try desk.plan(.undo(change))
    // Of a user whom this program made, everything; of the other, what the record keeps of all.
    #expect(Set(plan.entities.map(\.name)) == ["eve", "user4"])
    #expect(
      plan.notices == [
        .restoredInPart(
          user(4), name: "user4",
          missing: ["password_hash"])
      ])
    try desk.store.apply(plan)
    #expect(try desk.rows() == rows)
    #expect(try desk.store.user(UserID(5))?.user.fullName == "Eve Orr")
    #expect(try desk.store.user(UserID(4))?.user.isActive == true)
  }

  @Test("A name that differs in the form of a letter alone is another name, and ids likewise")
  func formsOfLettersAreTold() throws {
    let desk = try Desk()
    try desk.addStaff()
    try desk.edit(.edit(user(2)), ["full_name": "Ren\u{E9}"])
    let change = try #require(try desk.edit(.edit(user(2)), ["full_name": "Rene\u{301}"]).change)
    let names = try desk.other.rows("SELECT full_name FROM hrm_users WHERE id = 2") { $0.bytes(0) }
    #expect(names == [Array("Rene\u{301}".utf8)])
    try desk.apply(.undo(change))
    let back = try desk.other.rows("SELECT full_name FROM hrm_users WHERE id = 2") { $0.bytes(0) }
    #expect(back == [Array("Ren\u{E9}".utf8)])
    #expect(CompanyID(text: "\u{E9}") != CompanyID(text: "e\u{301}"))
    #expect(Set([UserID(text: "\u{E9}"), UserID(text: "e\u{301}")]).count == 2)
  }

  @Test func whoeverIsForgottenLeavesNoTextOnTheRecord() throws {
    let desk = try Desk()
    try desk.addStaff()
    try desk.edit(.edit(user(2)), ["username": "lin", "full_name": "Lin Wei"])
    let deletion = try #require(try desk.edit(.delete(user(2))).change)
    try desk.store.forget(UserID(2))
    let kept = try desk.other.rows(
      """
      SELECT coalesce(l.name, '') || coalesce(f.name, '') || coalesce(i.before, '') || coalesce(i.after, '')
      FROM company_access_user_lifetime AS l
      LEFT JOIN company_access_former_user AS f ON f.lifetime = l.lifetime
      LEFT JOIN company_access_row_image AS i ON i.lifetime = l.lifetime AND i.kind = 'user'
      WHERE l.key = 2
      """
    ) { $0.text(0) }
    #expect(!kept.isEmpty)
    for text in ["lin", "Lin", "user2", "\"e2\""] {
      #expect(!kept.contains { $0.contains(text) }, "\(text) in \(kept)")
    }
    // Nobody comes back out of nothing.
    let plan = try desk.plan(.undo(deletion))
    #expect(plan.isEmpty && plan.entitiesLeftAlone == 1)
  }

  @Test("The undo of a company's deletion does not wait for an employee who is gone")
  func aCompanyComesBackWithoutThoseWhoAreGone() throws {
    let desk = try Desk()
    try desk.addStaff()
    try desk.edit(.add(.user), ["username": "kim", "home": "C2"])
    try desk.grant([3], [2])
    let deletion = try #require(try desk.edit(.delete(company(2))).change)
    let kim = try desk.store.user(named: "kim").id
    try desk.edit(.delete(.user(kim)))
    let plan = try desk.plan(.undo(deletion))
    #expect(plan.added == 2 && plan.entities.map(\.name) == ["Company 2"])
    let dry = try desk.store.apply(plan, dryRun: true)
    let done = try desk.store.apply(plan)
    #expect(dry.added == done.added && done.entitiesLeftAlone == 0)
    #expect(
      try desk.other.rows("SELECT full_name FROM hrm_employee WHERE user_id IS NULL") { $0.text(0) }
        == ["kim"])
  }

  @Test("Rows that an employee has in another company by now keep the deleted one's away")
  func anEmployeeWhoIsElsewhereStaysThere() throws {
    let desk = try Desk()
    try desk.addStaff()
    let deletion = try #require(try desk.edit(.delete(company(1))).change)
    try desk.edit(.edit(user(2)), ["home": "C2"])
    let plan = try desk.plan(.undo(deletion))
    #expect(
      plan.notices.contains(
        .restoredInPart(company(1), name: "Company 1", missing: ["hrm_employee"])))
    try desk.store.apply(plan, dryRun: true)
    try desk.store.apply(plan)
    #expect(
      try desk.other.rows("SELECT user_id FROM hrm_employee ORDER BY 1") { $0.int(0) } == [1, 2, 3])
  }

  @Test("What other programs edited and added is taken back")
  func whatOthersEditedIsTakenBack() throws {
    let desk = try Desk()
    try desk.addStaff()
    let before = try desk.everything()
    try desk.other.execute("UPDATE hrm_users SET full_name = 'X', is_active = FALSE WHERE id = 2")
    let edit = try #require(try desk.store.newestChange())
    #expect(try desk.apply(.undo(edit)).entities.map(\.event) == [.edited])
    #expect(try desk.store.user(UserID(2))?.user.isActive == true)
    try desk.other.execute(
      """
      INSERT INTO hrm_company VALUES ('\(Desk.company(9).stored)', 'Nine', 'C9', TRUE, '2026-01-01',
        '2026-01-01')
      """)
    let added = try #require(try desk.store.newestChange())
    #expect(try desk.apply(.undo(added)).entities.map(\.event) == [.gone])
    #expect(try desk.everything().map(withoutModified) == before.map(withoutModified))
  }

  @Test func anIdThatWasGivenAwayStaysWithItsOwner() throws {
    let desk = try Desk()
    try desk.addStaff()
    try desk.grant([2], [1])
    let deletion = try #require(try desk.edit(.delete(user(2))).change)
    try Desk.addUser(2, "somebody", to: desk.other)
    var plan = try desk.plan(.undo(deletion))
    #expect(plan.isEmpty && plan.entitiesLeftAlone == 1 && plan.leftAlone == 1)
    #expect(
      plan.notices.contains(.entityLeftAlone(user(2), name: "user2", .idTaken(by: "somebody"))))
    try desk.other.execute("UPDATE hrm_users SET id = 99, username = 'user2' WHERE id = 2")
    plan = try desk.plan(.undo(deletion))
    #expect(
      plan.notices.contains(
        .entityLeftAlone(user(2), name: "user2", .nameTaken(by: "user2, id 99"))))
  }

  @Test func anEditThatWasEditedSinceIsLeftAlone() throws {
    let desk = try Desk()
    try desk.addStaff()
    let first = try #require(try desk.edit(.edit(user(3)), ["username": "kim"]).change)
    let second = try #require(try desk.edit(.edit(user(3)), ["username": "kit"]).change)
    let plan = try desk.plan(.undo(first))
    #expect(plan.isEmpty)
    #expect(
      plan.notices == [.entityLeftAlone(user(3), name: "kim", .changedSince(by: second))])
    try desk.apply(.undo(second))
    #expect(try desk.store.user(UserID(3))?.user.username == "kim")
    try desk.apply(.undo(first))
    #expect(try desk.store.user(UserID(3))?.user.username == "user3")
  }

  @Test func aDeletionThatWouldReachOtherTablesIsRefused() throws {
    let desk = try Desk()
    try desk.addStaff()
    let type = desk.engine == .sqlite ? "" : "uuid"
    try desk.other.execute(
      """
      CREATE TABLE badge (id INTEGER PRIMARY KEY,
        owner INTEGER REFERENCES hrm_users (id) ON DELETE CASCADE);
      CREATE TABLE desk_of (employee \(type) REFERENCES hrm_employee (id));
      INSERT INTO badge (id, owner) VALUES (1, 2), (2, 2);
      INSERT INTO desk_of SELECT id FROM hrm_employee WHERE user_id = 3
      """)
    #expect(
      throws: AccessError.cannotDelete(
        name: "user2", [Reference(table: "badge", rows: 2)], canDeactivate: true)
    ) { try desk.edit(.delete(user(2))) }
    #expect(
      throws: AccessError.cannotDelete(
        name: "Company 1", [Reference(table: "desk_of", rows: 1)], canDeactivate: true)
    ) { try desk.edit(.delete(company(1))) }
    // The employee record of user 3 stays, without its user.
    try desk.edit(.delete(user(3)))
    #expect(
      try desk.other.count("SELECT count(*) FROM hrm_employee WHERE user_id IS NULL") == 1)
  }
}
