import Database
import TestSupport
import Testing

@testable import CompanyAccess

@Suite(.onEachEngine) struct EntityPastTests {
  private func user2(_ desk: Desk, after change: ChangeID?) throws -> String? {
    let moment = change.map { Moment.after($0) } ?? .now
    return try desk.store.user(UserID(2), at: moment).map { summary in
      let user = summary.user
      return [
        user.username, user.fullName ?? "-", user.role ?? "-",
        user.isActive ? "active" : "inactive",
      ].joined(separator: ", ")
    }
  }

  @Test func theRecordKnowsWhatRowsSaid() throws {
    let desk = try Desk()
    try desk.addStaff()
    try desk.grant([2], [1])
    let start = try #require(try desk.store.newestChange())
    let named = try #require(
      try desk.edit(.edit(user(2)), ["username": "lin", "full_name": "Lin"]).change)
    let promoted = try #require(try desk.edit(.edit(user(2)), ["role": "Super Admin"]).change)
    let off = try #require(try desk.edit(.deactivate(user(2))).change)
    let gone = try #require(try desk.edit(.delete(user(2))).change)
    let stories = [
      (start, "user2, -, HR Manager, active"), (named, "lin, Lin, HR Manager, active"),
      (promoted, "lin, Lin, Super Admin, active"), (off, "lin, Lin, Super Admin, inactive"),
      (gone, nil),
    ]
    for (change, story) in stories { #expect(try user2(desk, after: change) == story) }
    try desk.apply(.undo(gone))
    for (change, story) in stories { #expect(try user2(desk, after: change) == story) }
    #expect(try user2(desk, after: nil) == "lin, Lin, Super Admin, inactive")
    // Names of the past find their users, and lists sort and filter by them.
    #expect(try desk.store.user(named: "user2", at: .after(start)).id == UserID(2))
    var query = UserQuery()
    query.activity = .inactive
    #expect(try desk.store.count(query, at: .after(off)) == 1)
    #expect(try desk.store.count(query, at: .after(promoted)) == 0)
    query = UserQuery()
    query.role = "Super Admin"
    #expect(try desk.store.count(query, at: .after(named)) == 1)
    #expect(try desk.store.count(query, at: .after(promoted)) == 2)
    query.search = "LIN"
    #expect(try desk.store.count(query, at: .after(off)) == 1)
    #expect(try desk.store.count(query, at: .after(start)) == 0)
  }

  @Test func companiesToo() throws {
    let desk = try Desk()
    let start = try #require(try desk.store.newestChange())
    let change = try #require(
      try desk.edit(.edit(company(1)), ["name": "Nova", "code": ""]).change)
    try desk.edit(.delete(company(1)))
    func company1(_ change: ChangeID) throws -> Company? {
      try desk.store.company(Desk.company(1), at: .after(change))?.company
    }
    #expect(try company1(start)?.name == "Company 1")
    #expect(try company1(start)?.code == "C1")
    #expect(try company1(change)?.name == "Nova")
    #expect(try company1(change)?.code == nil)
  }
}
