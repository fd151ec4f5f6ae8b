import Database
import TestSupport
import Testing

@testable import CompanyAccess

@Suite struct BackfillTests {
  let folder: TemporaryFolder
  let path: String
  let store: AccessStore

  /// The sample, without its grants unless they are asked for.
  init() throws {
    folder = try TemporaryFolder()
    path = folder.file("hrm.db")
    try AccessStore.create(path, sample: true)
    store = try AccessStore.open(path, busyTimeout: 0)
  }

  private func sql(_ text: String) throws -> [String] {
    try runSqlite3(path, "PRAGMA foreign_keys = ON; " + text).split(separator: "\n").map(
      String.init)
  }

  private func revokeAll() throws { try store.apply(store.plan(.revoke(.all, .all))) }

  /// What the rule gives, written down once more, by role.
  private static let byRole = """
    SELECT r.name, count(*), sum(EXISTS (SELECT 1 FROM hrm_user_company_access AS a
      WHERE a.user_id = p.user_id AND a.company_id = p.company_id))
    FROM (
      SELECT u.id AS user_id, c.id AS company_id FROM hrm_users AS u, hrm_company AS c
      WHERE u.role_id = (SELECT id FROM hrm_role WHERE name = 'Super Admin')
        AND u.is_active AND c.is_active
      UNION
      SELECT u.id, e.company_id FROM hrm_users AS u, hrm_employee AS e, hrm_company AS c
      WHERE e.user_id = u.id AND c.id = e.company_id AND u.is_active AND c.is_active
        AND u.role_id IS NOT (SELECT id FROM hrm_role WHERE name = 'Super Admin')) AS p
    JOIN hrm_users AS u ON u.id = p.user_id LEFT JOIN hrm_role AS r ON r.id = u.role_id
    GROUP BY 1 ORDER BY 1
    """

  @Test func theSampleIsFilledAsTheRuleSays() throws {
    let expected = try sql(Self.byRole)
    let plan = try store.plan(.backfill())
    let summary = try #require(plan.backfill)
    #expect(
      summary.roles.filter { $0.expected > 0 }
        .map { "\($0.role ?? "")|\($0.expected)|\($0.held)" } == expected)
    #expect(plan.added > 0 && plan.added == summary.roles.reduce(0) { $0 + $1.missing })
    #expect(summary.roles.reduce(0) { $0 + $1.users } == 42)
    let before = try sql("SELECT id, user_id, company_id, created_at FROM hrm_user_company_access")
    let result = try store.apply(plan, reason: "go live")
    #expect(result.added == plan.added && result.leftAlone == 0)
    let id = try #require(result.change)
    let change = try #require(try store.change(id))
    #expect(change.action == .backfill && change.added == plan.added && change.reason == "go live")
    #expect(
      try sql(Self.byRole).map { $0.split(separator: "|")[1] == $0.split(separator: "|")[2] }
        .allSatisfy { $0 })
    // A second time there is nothing to do, and no change.
    let second = try store.plan(.backfill())
    #expect(second.isEmpty && second.unchanged == plan.added + plan.unchanged)
    #expect(try store.apply(second).change == nil)
    try store.apply(store.plan(.undo(change.id)))
    #expect(
      try sql("SELECT id, user_id, company_id, created_at FROM hrm_user_company_access") == before)
  }

  @Test func saysWhoGetsNothingAndWhy() throws {
    _ = try sql(
      """
      UPDATE hrm_users SET is_active = 0 WHERE id = 3;
      DELETE FROM hrm_employee WHERE user_id = 4;
      UPDATE hrm_company SET is_active = 0
        WHERE id = (SELECT company_id FROM hrm_employee WHERE user_id = 5);
      UPDATE hrm_users SET role_id = 3, is_active = 1 WHERE id IN (4, 5)
      """)
    let summary = try #require(try store.plan(.backfill()).backfill)
    let all = try store.backfillLeftOut(limit: 1_000)
    #expect(all.count == summary.leftOutCount)
    let reasons = Dictionary(uniqueKeysWithValues: all.map { ($0.user.id, $0.reason) })
    #expect(reasons[UserID(3)] == .inactive)
    #expect(reasons[UserID(4)] == .noHome)
    #expect(reasons[UserID(5)] == .homeInactive)
    #expect(
      all.map(\.user.username)
        == all.map(\.user.username).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
    // Page by page it is the same.
    var paged: [UserWithoutRuleGrant] = []
    while true {
      let page = try store.backfillLeftOut(after: paged.last?.user, limit: 2)
      paged += page
      if page.count < 2 { break }
    }
    #expect(paged == all)
  }

  @Test func otherRolesCanGetEverything() throws {
    try revokeAll()
    let plan = try store.plan(.backfill(roles: ["HR Manager", "nobody's"]))
    let roles = try #require(plan.backfill).roles
    #expect(roles.filter(\.isForAllCompanies).map(\.role) == ["HR Manager"])
    let result = try store.apply(plan)
    let managers = try sql(
      """
      SELECT count(*) FROM hrm_user_company_access AS a JOIN hrm_users AS u ON u.id = a.user_id
      JOIN hrm_role AS r ON r.id = u.role_id WHERE r.name = 'HR Manager'
      """)
    #expect(managers == ["\(roles.first { $0.role == "HR Manager" }?.expected ?? 0)"])
    #expect(result.added == plan.added)
    #expect(
      try store.plan(.backfill(roles: [])).backfill?.roles.contains(where: \.isForAllCompanies)
        == false)
  }

  @Test func theCheckFindsWhatIsMissingBeyondAndMoved() throws {
    try revokeAll()
    try store.apply(store.plan(.backfill()))
    #expect(try store.ruleCounts().isEmpty)
    #expect(try differences() == [])
    let movers = try sql(
      """
      SELECT u.id FROM hrm_users AS u JOIN hrm_employee AS e ON e.user_id = u.id
      JOIN hrm_company AS c ON c.id = e.company_id JOIN hrm_user_company_access AS a
        ON a.user_id = u.id AND a.company_id = c.id
      WHERE u.role_id > 1 AND c.is_active ORDER BY u.id LIMIT 3
      """)
    let (mover, loser, gainer) = (movers[0], movers[1], movers[2])
    _ = try sql(
      """
      UPDATE hrm_employee SET company_id = (SELECT c.id FROM hrm_company AS c
        WHERE c.is_active AND c.id <> hrm_employee.company_id LIMIT 1) WHERE user_id = \(mover);
      DELETE FROM hrm_user_company_access WHERE user_id = \(loser)
      """)
    let company = try #require(
      try sql(
        "SELECT id FROM hrm_company WHERE id NOT IN "
          + "(SELECT company_id FROM hrm_employee WHERE user_id = \(gainer)) LIMIT 1"
      ).first)
    let number = try #require(Int64(gainer))
    try store.apply(
      store.plan(
        .grant(.these([UserID(number)]), .these([CompanyID(text: company)]))))
    let counts = try store.ruleCounts()
    #expect(counts == RuleDifferenceCounts(missing: 2, beyond: 1, moved: 1))
    #expect(
      try differences()
        == [
          "missing \(mover)", "moved \(mover) now home", "missing \(loser)", "beyond \(gainer)",
        ].sorted())
    // Of an inactive user every grant is beyond the rule.
    _ = try sql("UPDATE hrm_users SET is_active = 0 WHERE id = \(gainer)")
    #expect(try store.ruleCounts() == RuleDifferenceCounts(missing: 2, beyond: 2, moved: 1))
  }

  private func differences() throws -> [String] {
    var found: [String] = []
    var place: RuleCursor?
    repeat {
      let page = try store.ruleDifferences(after: place, limit: 1)
      found += page.pairs.map { pair in
        "\(pair.kind.rawValue) \(pair.user.id)" + (pair.home == nil ? "" : " now home")
      }
      place = page.next
    } while place != nil
    return found.sorted()
  }
}
