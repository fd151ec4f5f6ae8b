import Database
import TestSupport
import Testing

@testable import CompanyAccess

/// Operators who try everything, at random.
@Suite struct OperatorRandomTests {
  /// What a manager of companies 1 and 2 must never change: grants outside, users of a higher rank, and the
  /// rows of all who are outside.
  private func untouchable(_ desk: Desk) throws -> [String] {
    let inside = [1, 2].map { SQLText.literal(Desk.company($0).value) }.joined(separator: ", ")
    return try [
      "SELECT a.user_id || ' ' || a.company_id FROM hrm_user_company_access AS a WHERE a.company_id NOT IN (\(inside)) ORDER BY 1",
      """
      SELECT a.user_id || ' ' || a.company_id FROM hrm_user_company_access AS a
      JOIN hrm_users AS u ON u.id = a.user_id JOIN hrm_role AS r ON r.id = u.role_id
      WHERE r.name <> 'employee' ORDER BY 1
      """,
      "SELECT id || username || coalesce(full_name, '') || is_active || coalesce(role_id, 0) FROM hrm_users ORDER BY 1",
      "SELECT id || name || is_active FROM hrm_company ORDER BY 1",
      "SELECT key || value FROM company_access_setting ORDER BY 1",
    ].flatMap { try desk.other.rows($0) { $0.text(0) } + ["-"] }
  }

  private func intent(_ random: inout TestSupport.SeededNumbers, _ desk: Desk) throws -> Intent {
    func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }
    let (user, company) = (Int64(number(1...8)), number(1...5))
    let others = (1...number(1...4)).map { _ in Int64(number(1...8)) }
    let id = EntityID.user(UserID(user))
    switch number(0...12) {
    case 0, 1: return .grant(.users(others), .companies([company]))
    case 2: return .revoke(.users(others), .companies([company]))
    case 3:
      return .bulkGrant(.matching(UserQuery(), except: []), .matching(CompanyQuery(), except: []))
    case 4: return .revoke(.matching(UserQuery(), except: []), .companies([company]))
    case 5:
      return .edits([
        PairEdit(
          users: .users(others), companies: .companies([company]), grants: number(0...1) == 0)
      ])
    case 6: return .undo(ChangeID(Int64(number(1...30))), overwrite: number(0...1) == 0)
    case 7: return .undoTo(ChangeID(Int64(number(1...30))))
    case 8: return .entity(EntityEdit(.delete(id)))
    case 9: return .entity(EntityEdit(.edit(id), values: ["full_name": "X", "role": "hr_admin"]))
    case 10: return .entity(EntityEdit(.delete(.company(Desk.company(company)))))
    case 11: return .backfill()
    default:
      return .operators(.set(Operator(login: "ann", role: .systemAdmin)))
    }
  }

  @Test("a manager never changes what is outside the scope or above the own rank")
  func neverOutside() throws {
    let sequences = Sweep.number("COMPANY_ACCESS_MANAGERS", sample: 20, full: 10_000)
    var done = 0
    for number in 0..<sequences {
      let seed = Sweep.seed &+ UInt64(number)
      var random = TestSupport.SeededNumbers(seed)
      let desk = try Desk(users: 8, companies: 5)
      for (role, users) in [("employee", [1, 2, 3, 4, 5]), ("hr_manager", [6]), ("boss", [7])] {
        try desk.other.execute("INSERT INTO hrm_role (name) VALUES (?)", [.text(role)])
        for user in users {
          try desk.other.execute(
            "UPDATE hrm_users SET role_id = (SELECT id FROM hrm_role WHERE name = ?) WHERE id = ?",
            [.text(role), .integer(Int64(user))])
        }
      }
      try desk.other.execute("INSERT INTO hrm_role (name) VALUES ('hr_admin')")
      for user in 1...7 {
        try desk.grant([Int64(user)], [Int.random(in: 1...2, using: &random)])
        try desk.grant([Int64(user)], [Int.random(in: 3...5, using: &random)])
      }
      for one in [
        Operator(login: Actor.login, role: .systemAdmin),
        Operator(
          login: "ann", role: .hrManager, scope: .companies([1, 2].map { Desk.company($0) })),
      ] { try desk.apply(.operators(.set(one))) }
      let ann = try AccessStore.open(desk.location, busyTimeout: 0, operator: "ann")
      let before = try untouchable(desk)
      for _ in 0..<10 {
        let intent = try intent(&random, desk)
        // What is refused is refused in words; what is written must be inside.
        if let plan = try? ann.plan(intent), let result = try? ann.apply(plan), result.change != nil
        {
          done += 1
        }
        let after = try untouchable(desk)
        guard after == before else {
          Issue.record("seed \(seed): \(intent)")
          return
        }
      }
      #expect(try desk.store.verifyRecord().isTrue)
    }
    #expect(done > 0, "nothing was permitted, so that this means nothing")
    Sweep.figure(
      "sequences of a manager, nothing outside changed", swept: sequences, good: sequences,
      note: "\(done) changes made")
  }
}
