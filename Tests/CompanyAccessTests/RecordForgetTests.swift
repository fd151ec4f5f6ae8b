import Database
import TestSupport
import Testing

@testable import CompanyAccess

@Suite(.onEachEngine) struct RecordForgetTests {
  let desk: Desk

  init() throws {
    desk = try Desk()
    try desk.grant([4], [1])
  }

  func deleteUser() throws {
    try desk.closeChange()
    try desk.other.execute("DELETE FROM hrm_users WHERE id = 4")
    try desk.closeChange()
  }

  /// The names of the record, of lifetimes and of states before edits.
  func names(_ columns: String = "name") throws -> [String?] {
    try desk.other.rows(
      """
      SELECT \(columns) FROM company_access_user_lifetime WHERE key = 4
      UNION ALL SELECT \(columns) FROM company_access_former_user AS f
      """
    ) { $0.optionalText(0) }
  }

  @Test("a digest takes the place of every name of a deleted user, and nothing else goes")
  func leavesADigest() throws {
    try desk.apply(
      .entity(
        EntityEdit(.edit(.user(UserID(4))), values: ["email": "u@x", "username": "eve"])))
    try deleteUser()
    let result = try desk.store.forget(UserID(4), reason: "right to be forgotten")
    // The lifetime, the state before the edit, and its image.
    #expect(result == ForgetResult(change: ChangeID(5), rows: 3))
    #expect(try desk.store.change(ChangeID(5))?.action == .forget)
    for name in try names() {
      #expect(SealText.isForgotten(try #require(name)))
    }
    #expect(try names("email") == [nil, nil])
    #expect(try Set(names()).count == 2)
    #expect(try names("CASE WHEN active THEN '1' ELSE '0' END") == ["1", "1"])
    let images = try desk.other.rows("SELECT before, after FROM company_access_row_image") {
      [$0.text(0), $0.text(1)]
    }
    #expect(images.joined().allSatisfy { SealText.isForgottenImage($0) } && images.count == 1)
    let text = try desk.dump
    #expect(!text.contains("user4") && !text.contains("eve") && !text.contains("u@x"))
    #expect(text.contains("user3"))
    // Nothing is left to forget.
    #expect(try desk.store.forget(UserID(4)) == ForgetResult(change: nil, rows: 0))
    #expect(try desk.store.newestChange() == ChangeID(5))
  }

  @Test("a dry run of forgetting counts the rows and leaves the names")
  func dryRun() throws {
    try deleteUser()
    #expect(try desk.store.forget(UserID(4), dryRun: true) == ForgetResult(change: nil, rows: 1))
    #expect(try names() == ["user4"])
  }

  @Test("a deleted company is forgotten with its code")
  func forgetsACompany() throws {
    let id = EntityID.company(Desk.company(1))
    let error = #expect(throws: AccessError.self) { try desk.store.forget(id) }
    guard case .companyIsThere(let company) = error, company.name == "Company 1" else {
      Issue.record("\(String(describing: error))")
      return
    }
    try desk.apply(.entity(EntityEdit(.delete(id))))
    #expect(try desk.store.forget(id).rows == 2)
    let text = try desk.dump
    #expect(!text.contains("Company 1") && !text.contains("'C1'") && text.contains("Company 2"))
    #expect(throws: AccessError.noSuchCompany(Desk.company(9))) {
      try desk.store.forget(.company(Desk.company(9)))
    }
  }

  @Test func neverTouchesWhoIsThere() throws {
    let error = #expect(throws: AccessError.self) { try desk.store.forget(UserID(4)) }
    guard case .userIsThere(let user) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(user.username == "user4")
    #expect(throws: AccessError.noSuchUser(UserID(9))) { try desk.store.forget(UserID(9)) }
    try deleteUser()
    try Desk.addUser(4, "user4", to: desk.other)
    #expect(throws: AccessError.userIsThere(user)) { try desk.store.forget(UserID(4)) }
    // Another user who has the id now is not meant.
    try desk.other.execute("UPDATE hrm_users SET username = 'mallory' WHERE id = 4")
    #expect(try desk.store.forget(UserID(4)).rows == 1)
    #expect(try names().compactMap(\.self).contains("mallory"))
    #expect(try desk.store.user(UserID(4))?.user.username == "mallory")
  }

  @Test("one who was deleted and brought back by an undo is not forgotten")
  func undoneDeletion() throws {
    let deletion = try desk.apply(.entity(EntityEdit(.delete(.user(UserID(4))))))
    try desk.apply(.undo(try #require(deletion.change)))
    #expect(throws: AccessError.self) { try desk.store.forget(UserID(4)) }
    #expect(try Set(names()) == ["user4"])
  }
}
