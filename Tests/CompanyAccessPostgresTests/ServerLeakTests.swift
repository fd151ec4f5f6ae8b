import Database
import TestSupport
import Testing

@testable import CompanyAccess

/// Rows of the application, on a server, whose company their user may not enter.
@Suite(.enabled(if: PostgresServer.isInstalled, Comment(rawValue: PostgresServer.missing)))
struct ServerLeakTests {
  /// Tables with a key, without one, and with columns that no foreign key explains; user 1 may enter
  /// company 1, and could enter company 2.
  private func filled() throws -> (desk: EngineStore, revocation: ChangeID) {
    let desk = try EngineStore(.postgres)
    _ = try desk.grant([1], [1, 2])
    let plan = try desk.store.plan(
      .revoke(.these([UserID(1)]), .these([desk.company(2)])))
    let revocation = try #require(try desk.store.apply(plan).change)
    try desk.other.execute(
      """
      CREATE TABLE invoices (part text, n integer, user_id bigint REFERENCES hrm_users,
        company_id uuid REFERENCES hrm_company, PRIMARY KEY (part, n));
      CREATE TABLE "a log" (user_id bigint, company_id uuid);
      CREATE TABLE typed (n bigint PRIMARY KEY, user_id text, company_id uuid)
      """)
    func row(_ user: Int, _ company: Int) -> String { "\(user), '\(desk.company(company))'" }
    try desk.other.execute(
      """
      INSERT INTO invoices VALUES ('a', 1, \(row(1, 1))), ('b', 3, \(row(1, 2))), ('b', 2, \(row(2, 1)));
      INSERT INTO "a log" VALUES (\(row(1, 2))), (\(row(3, 3))), (\(row(1, 1))), (99, NULL)
      """)
    return (desk, revocation)
  }

  @Test("Exactly the rows outside of the grants are counted and listed, page by page")
  func listed() throws {
    let (desk, revocation) = try filled()
    let counts = try desk.store.leaks()
    let found = counts.tables.filter { ["invoices", "a log"].contains($0.table.table) }
    #expect(found.map(\.leaks) == [2, 2] && found.map(\.noLonger) == [1, 1])
    #expect(found.map(\.rows) == [4, 3] && counts.notLookedAt == [])
    #expect(!counts.tables.contains { $0.table.table == "typed" })
    for table in found.map(\.table) {
      var all: [Leak] = []
      while let next = try desk.store.leaks(of: table, after: all.last, limit: 1).first {
        all.append(next)
      }
      #expect(all.count == 2)
      for leak in all {
        #expect(leak.until == (leak.couldEnter ? revocation : nil))
        #expect(try !desk.store.mayEnter(leak.user, leak.company))
      }
      if table.table == "invoices" { #expect(all.map(\.row) == [["b", "2"], ["b", "3"]]) }
    }
  }

  @Test("The doctor, expectations and a report tell of them; a table that may not be read is named")
  func told() throws {
    let (desk, _) = try filled()
    let finding = try #require(try desk.store.examine().findings.first { $0.id == "leak" })
    #expect(finding.severity == .note && finding.count >= 4)
    guard case .leaks(let counts)? = try desk.store.expect([Expectation(.noLeaks)]).first?.failure
    else {
      Issue.record("no failure")
      return
    }
    #expect(counts.leaks == finding.count)
    let folder = try TemporaryFolder()
    let report = folder.file("report")
    let summary = try desk.store.report(
      from: Timestamp(stored: "2026-01-01 00:00:00.000"), to: .now, into: report,
      toolVersion: "test")
    #expect(summary.figures.leaks == counts.leaks)
    #expect(try desk.store.verifyReport(report) == [])

    try desk.other.execute(
      """
      GRANT USAGE ON SCHEMA company_access TO app;
      GRANT SELECT ON ALL TABLES IN SCHEMA public, company_access TO app;
      REVOKE SELECT ON invoices FROM app
      """)
    let store = try AccessStore.open(
      desk.location.replacing("postgres@", with: "app@"), access: .readOnly)
    let gaps = try store.leaks().notLookedAt
    #expect(gaps.map(\.table) == ["invoices"])
    #expect(gaps.first?.description.contains("permission denied") == true)
    #expect(try store.leaks().tables.contains { $0.table.table == "a log" && $0.leaks == 2 })
  }
}
