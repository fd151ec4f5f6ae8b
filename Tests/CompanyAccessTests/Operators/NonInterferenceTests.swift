import TestSupport
import Testing

@testable import CompanyAccess

/// Nothing that an operator is told depends on what is outside the scope.
@Suite struct NonInterferenceTests {
  /// Calls of everything that an operator can ask, and of what is refused.
  private func questions(_ kind: MappingFixture.Kind) -> [[String]] {
    let users = (1...12).map(kind.username)
    let companies = (1...6).map(kind.companyName)
    var calls: [[String]] = [
      ["whoami"], ["whoami", "--json"], ["operator", "list"], ["policy", "show"], ["stats"],
      ["stats", "--json"], ["users"], ["users", "--json"], ["users", "--search", "hidden"],
      ["users", "--search", "1"], ["users", "--sort", "companies", "--format", "csv"],
      ["users", "--inactive"], ["companies"], ["companies", "--json"],
      ["companies", "--search", "company"], ["companies", "--sort", "users", "--format", "tsv"],
      ["log"], ["log", "--json"], ["log", "--search", "hidden"], ["log", "--search", "step 3"],
      ["log", "--action", "grant"], ["log", "--since", "2020-01-01", "--limit", "3"],
      ["export", "grants"], ["export", "users", "--format", "json"], ["export", "companies"],
      ["export", "grants", "--as-of", "now"], ["users", "--as-of", "now"],
      ["stats", "--as-of", "now"], ["diff", "--from", "2020-01-01"],
      ["diff", "--from", "-1d", "--json"], ["expect", "--write", "-"], ["snapshot", "list"],
      ["doctor"], ["record", "verify"], ["backfill", "--check"],
      ["schema", "status"], ["user", "show", "use"], ["company", "show", "Company"],
    ]
    for user in users {
      calls += [
        ["user", "show", user], ["why", user], ["users", "--company", companies[0]],
        ["companies", "--user", user], ["log", "--user", user],
      ]
    }
    for company in companies {
      calls += [
        ["company", "show", company], ["users", "--company", company, "--json"],
        ["users", "--company", company, "--without"], ["check", users[0], company],
        ["check", users[9], company], ["why", users[1], company], ["log", "--company", company],
        ["diff", "--companies", companies[1], company],
      ]
    }
    calls += (1...28).flatMap { [["log", "\($0)"], ["undo", "\($0)", "--dry-run"]] }
    return calls
  }

  private func writes(_ kind: MappingFixture.Kind) -> [(words: [String], input: String)] {
    let users = (1...12).map(kind.username)
    let companies = (1...6).map(kind.companyName)
    let file = "user,company\n\(users[1]),\(companies[1])\n\(users[10]),\(companies[3])\n"
    return [
      (["bulk-grant", "--yes"], ""), (["undo"], ""), (["grant", users[0]] + companies, ""),
      (["grant", users[2], companies[1]], ""),
      (["grant", "--company", companies[1], users[0], users[8]], ""),
      (["revoke", users[2], companies[1]], ""), (["revoke", users[4], "--all", "--yes"], ""),
      (["revoke", users[9], "--all", "--yes"], ""), (["import", "-"], file),
      (["import", "-", "--sync", "--yes"], "user,company\n\(users[0]),\(companies[1])\n"),
      (["user", "deactivate", users[2]], ""), (["user", "delete", users[11], "--yes"], ""),
      (["user", "edit", users[6], "--set", "full_name=X"], ""), (["log", "--json"], ""),
      (["users", "--json"], ""), (["stats"], ""),
    ]
  }

  private func check(_ pair: ScopedPair, _ words: [String], input: String = "") throws -> Bool {
    let (one, other) = try pair.call(words, input: input)
    #expect(one == other, "\(pair.kind): \(words)")
    return one == other
  }

  @Test(
    "every call says the same on two databases that differ only outside the scope",
    arguments: [MappingFixture.Kind.hrm, .guarding, .crm, .workcards, .custom])
  func sameWords(_ kind: MappingFixture.Kind) throws {
    let pairs = Sweep.number("COMPANY_ACCESS_SCOPES", sample: 1, full: 40)
    var calls = (swept: 0, good: 0)
    for number in 0..<pairs {
      let seed = Sweep.seed &+ UInt64(number)
      let role: OperatorRole = number % 2 == 0 ? .hrAdmin : .hrManager
      let pair = try ScopedPair(kind, role: role, seed: seed)
      for (place, words) in questions(kind).enumerated()
      where pairs > 1 || UInt64(place) % 4 == seed % 4 {
        calls.swept += 1
        if try check(pair, words) { calls.good += 1 }
      }
      for (words, input) in writes(kind) {
        calls.swept += 1
        if try check(pair, words, input: input) { calls.good += 1 }
      }
    }
    Sweep.figure(
      "calls of an operator, the same whatever is outside (\(kind.rawValue))", swept: calls.swept,
      good: calls.good, note: "\(pairs) pairs of databases")
  }
}
