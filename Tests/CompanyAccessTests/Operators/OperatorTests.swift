import Database
import TestSupport
import Testing

@testable import CompanyAccess

/// What each operator may do, and how operators come and go.
@Suite struct OperatorTests {
  let desk: Desk

  /// Users 1 to 3 are of company 1, 2 of them with roles; user 4 is of company 3 alone.
  init() throws {
    desk = try Desk()
    try desk.grant([1, 2, 3], [1])
    try desk.grant([4], [3])
  }

  private func become(_ operators: Operator...) throws {
    for one in [Operator(login: Actor.login, role: .systemAdmin)] + operators {
      try desk.apply(.operators(.set(one)))
    }
  }

  private func open(_ login: String) throws -> AccessStore {
    try AccessStore.open(desk.location, busyTimeout: 0, operator: login)
  }

  private func companies(_ numbers: Int...) -> OperatorScope {
    .companies(numbers.map { Desk.company($0) })
  }

  private var dump: String { get throws { try runSqlite3(desk.location, ".dump") } }

  private func role(_ name: String, of users: [Int]) throws {
    try desk.other.execute("INSERT OR IGNORE INTO hrm_role (name) VALUES (?)", [.text(name)])
    for user in users {
      try desk.other.execute(
        "UPDATE hrm_users SET role_id = (SELECT id FROM hrm_role WHERE name = ?) WHERE id = ?",
        [.text(name), .integer(Int64(user))])
    }
  }

  // MARK: - Coming and going

  @Test(
    "the first operator is a system administrator of everything, who stays while there are others")
  func firstAndLast() throws {
    let own = Actor.login
    #expect(throws: AccessError.badOperators(.noAdministrator)) {
      try desk.plan(.operators(.set(Operator(login: own, role: .hrAdmin))))
    }
    #expect(throws: AccessError.badOperators(.noAdministrator)) {
      try desk.plan(
        .operators(.set(Operator(login: own, role: .systemAdmin, scope: companies(1)))))
    }
    try become(Operator(login: "ann", role: .auditor))
    let store = try AccessStore.open(desk.location)
    #expect(store.acting?.isUnrestricted == true)
    #expect(try store.operators().map(\.login) == ["ann", own].sorted())
    #expect(throws: AccessError.badOperators(.noAdministrator)) {
      try store.plan(.operators(.remove(login: own)))
    }
    #expect(throws: AccessError.badOperators(.noAdministrator)) {
      try store.plan(.operators(.set(Operator(login: own, role: .hrManager))))
    }
    try store.apply(try store.plan(.operators(.remove(login: "ann"))))
    let last = try store.plan(.operators(.remove(login: own)))
    #expect(last.nameToType == own && last.operators?.after.isEmpty == true)
    #expect(throws: AccessError.badOperators(.noOperator("bob", others: [own]))) {
      try store.plan(.operators(.remove(login: "bob")))
    }
    for text in ["", "a b", "a@b", "a(b)"] {
      #expect(throws: AccessError.badOperators(.badLogin(text))) {
        try store.plan(.operators(.set(Operator(login: text, role: .auditor))))
      }
    }
  }

  @Test("operators are on the record, and an undo puts back those of before")
  func onTheRecord() throws {
    try become(Operator(login: "ann", role: .hrManager, scope: companies(1)))
    let store = try AccessStore.open(desk.location)
    let change = try #require(try store.newestChange())
    #expect(try store.change(change)?.operators?.after["ann"]?.scope == companies(1))
    try store.apply(try store.plan(.operators(.set(Operator(login: "bob", role: .auditor)))))
    let left = try store.plan(.undo(change))
    #expect(
      left.isEmpty
        && left.notices.contains { if case .operatorsChangedSince = $0 { true } else { false } })
    let newest = try #require(try store.newestChange())
    try store.apply(try store.plan(.undo(newest)))
    #expect(try store.operators().map(\.login) == ["ann", Actor.login].sorted())
    #expect(try store.verifyRecord().isTrue)
  }

  @Test("a login that is no operator, or a customer, is not let in; nor is what cannot be read")
  func notLetIn() throws {
    try become(Operator(login: "cust", role: .customer))
    #expect(throws: AccessError.operatorForbids(.noOperator(login: "eve"))) { try open("eve") }
    #expect(throws: AccessError.operatorForbids(.noOperator(login: "cust"))) { try open("cust") }
    try desk.other.execute(
      "UPDATE company_access_setting SET value = '[{\"login\":\"x\",\"role\":\"king\"}]' WHERE key LIKE 'operators:%'"
    )
    #expect(throws: AccessError.operatorForbids(.noOperator(login: Actor.login))) {
      try AccessStore.open(desk.location)
    }
  }

  @Test("one whose rights change while the database is open has to open it again")
  func changedMeanwhile() throws {
    try become(Operator(login: "ann", role: .hrManager, scope: companies(1)))
    let ann = try open("ann")
    let chief = try AccessStore.open(desk.location)
    #expect(try ann.users(UserQuery(), limit: 9).rows.count == 3)
    try chief.apply(try chief.plan(.operators(.set(Operator(login: "bob", role: .auditor)))))
    #expect(try ann.users(UserQuery(), limit: 9).rows.count == 3)
    let plan = try ann.plan(.revoke(.users([3]), .companies([1])))
    try chief.apply(try chief.plan(.operators(.remove(login: "ann"))))
    #expect(throws: AccessError.operatorForbids(.noOperator(login: "ann"))) {
      try ann.users(UserQuery(), limit: 9)
    }
    #expect(throws: AccessError.operatorForbids(.noOperator(login: "ann"))) { try ann.apply(plan) }
    try chief.apply(
      try chief.plan(
        .operators(.set(Operator(login: "ann", role: .hrManager, scope: companies(1, 2))))))
    #expect(throws: AccessError.operatorForbids(.changedMeanwhile)) { try ann.apply(plan) }
  }

  // MARK: - What a role may do

  /// What is tried, with what it needs.
  private func actions(_ user: Int, _ company: Int) -> [(OperatorRole.Permission, Intent)] {
    let id = EntityID.user(UserID(Int64(user)))
    return [
      (.grant, .grant(.users([Int64(user)]), .companies([company]))),
      (.users, .entity(EntityEdit(.edit(id), values: ["full_name": "Other"]))),
      (.users, .entity(EntityEdit(.deactivate(id)))),
      (
        .companies,
        .entity(EntityEdit(.edit(.company(Desk.company(company))), values: ["name": "Other"]))
      ),
      (.operators, .operators(.set(Operator(login: "new", role: .employee, scope: companies(1))))),
      (.maintain, .policy(Policy(requiresTicket: [.delete]))),
    ]
  }

  /// Whether an operator may carry an intent out, or would have nothing to do; nothing is done.
  private func isPermitted(_ store: AccessStore, _ intent: Intent) throws -> Bool {
    do {
      try store.apply(try store.plan(intent), dryRun: true)
      return true
    } catch .operatorForbids, .readOnly(.role) {
      return false
    }
  }

  @Test(
    "each role may do what its table says, inside its scope, upon those who rank below",
    arguments: OperatorRole.allCases)
  func table(_ role: OperatorRole) throws {
    try self.role("employee", of: [1])
    try self.role("hr_manager", of: [2])
    try self.role("somebody", of: [3])
    try become(Operator(login: "ann", role: role, scope: companies(1, 2)))
    guard role != .customer else { return }
    let ann = try open("ann")
    for (user, rank) in [(1, OperatorRole.employee), (2, .hrManager), (3, nil)] {
      for (permission, intent) in actions(user, 2) {
        let mayActUpon = ![.grant, .users].contains(permission) || role.mayActUpon(rank)
        let isAllowed =
          role.permissions.contains(permission) && mayActUpon && permission != .maintain
        let before = try dump
        let isDone = try isPermitted(ann, intent)
        #expect(isDone == isAllowed, "\(role) \(permission) user \(user)")
        #expect(try dump == before)
      }
    }
    // Outside, nothing is there.
    #expect(throws: AccessError.noSuchUser(UserID(4))) {
      try ann.plan(.grant(.users([4]), .companies([1])))
    }
    #expect(throws: AccessError.noSuchCompany(Desk.company(3))) {
      try ann.plan(.grant(.users([1]), .companies([3])))
    }
    let refusal: AccessError =
      role.onlyReads
      ? .readOnly(.role(role))
      : .operatorForbids(role == .systemAdmin ? .needsEverything : .role(role, .maintain))
    #expect(throws: refusal) { try ann.seal() }
  }

  @Test("a bulk grant covers those who rank below, and says how many do not")
  func bulk() throws {
    try role("employee", of: [1])
    try role("hr_admin", of: [2])
    try become(Operator(login: "ann", role: .hrManager, scope: companies(1, 2)))
    let ann = try open("ann")
    let everything = Intent.bulkGrant(
      .matching(UserQuery(), except: []), .matching(CompanyQuery(), except: []))
    let plan = try ann.plan(everything)
    #expect(plan.added == 2 && plan.selectedUsers == 2 && plan.selectedCompanies == 2)
    #expect(plan.notices.contains(.beyondRank(1)))
    let result = try ann.apply(plan)
    #expect(result.added == 2)
    #expect(try ann.change(try #require(result.change))?.actor.hasPrefix("ann(") == true)
    #expect(
      throws: AccessError.operatorForbids(.rank(username: "user2", role: "hr_admin", more: 0))
    ) {
      try ann.plan(.revoke(.users([2]), .companies([1])))
    }
  }

  @Test("no role is raised to or above the own one, and none is given beyond the own scope")
  func notRaised() throws {
    try role("employee", of: [1, 2, 3, 4])
    try role("hr_admin", of: [])
    try become(Operator(login: "ann", role: .hrAdmin, scope: companies(1, 2)))
    let ann = try open("ann")
    let raising = Intent.entity(
      EntityEdit(.edit(.user(UserID(1))), values: ["role": "hr_admin"]))
    #expect(
      throws: AccessError.operatorForbids(.rank(username: "user1", role: "hr_admin", more: 0))
    ) {
      try ann.apply(try ann.plan(raising), dryRun: true)
    }
    for one in [
      Operator(login: "new", role: .hrAdmin, scope: companies(1)),
      Operator(login: "new", role: .hrManager), Operator(login: "ann", role: .systemAdmin),
      Operator(login: "ann", role: .hrAdmin),
    ] {
      #expect(throws: AccessError.operatorForbids(.operatorAbove(login: one.login))) {
        try ann.plan(.operators(.set(one)))
      }
    }
    #expect(throws: AccessError.operatorForbids(.operatorAbove(login: Actor.login))) {
      try ann.plan(.operators(.remove(login: Actor.login)))
    }
    let lower = Operator(login: "max", role: .hrManager, scope: companies(2))
    try ann.apply(try ann.plan(.operators(.set(lower))))
    #expect(try ann.operators().map(\.login) == ["ann", "max"])
    #expect(try open("max").operators().map(\.login) == ["max"])
  }

  @Test(
    "what also concerns grants outside is refused: deleting a user of both, undoing such a change")
  func bothSides() throws {
    try role("employee", of: [1, 2, 3, 4])
    try desk.grant([1], [2, 3])
    let both = try #require(try desk.store.newestChange())
    try become(Operator(login: "ann", role: .hrAdmin, scope: companies(1)))
    let ann = try open("ann")
    let before = try dump
    #expect(throws: AccessError.operatorForbids(.outsideScope)) {
      try ann.apply(try ann.plan(.entity(EntityEdit(.delete(.user(UserID(1)))))))
    }
    #expect(throws: AccessError.self) { try ann.apply(try ann.plan(.undo(both))) }
    #expect(try dump == before)
    // One who is inside alone goes, and comes back.
    let plan = try ann.plan(.entity(EntityEdit(.delete(.user(UserID(2))))))
    let change = try #require(try ann.apply(plan).change)
    try ann.apply(try ann.plan(.undo(change)))
    #expect(try ann.mayEnter(UserID(2), Desk.company(1)))
  }

  @Test("a session with a part of the database never loses its views")
  func viewsStay() throws {
    try become(Operator(login: "ann", role: .hrManager, scope: companies(1)))
    let ann = try open("ann")
    try ann.using(nil) { connection in
      try connection.file.keepTemporary(inFiles: true)
      try connection.file.keepTemporary(inFiles: false)
    }
    #expect(try ann.users(UserQuery(), limit: 9).rows.count == 3)
    try ann.using(nil) { try $0.execute("PRAGMA temp_store = FILE") }
    #expect(throws: AccessError.unexpected(detail: "the session has lost its views")) {
      try ann.users(UserQuery(), limit: 9)
    }
  }
}
