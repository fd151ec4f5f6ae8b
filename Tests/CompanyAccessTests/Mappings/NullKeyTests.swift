import Database
import TestSupport
import Testing

@testable import CompanyAccess

/// Rows without a key, which SQLite allows in a primary key that does not say NOT NULL.
@Suite struct NullKeyTests {
  private let folder: TemporaryFolder
  private let path: String
  private let file: String

  init() throws {
    folder = try TemporaryFolder()
    path = folder.file("app.db")
    try runSqlite3(
      path,
      """
      CREATE TABLE people (id TEXT PRIMARY KEY, login TEXT, grade TEXT, since TEXT);
      CREATE TABLE firms (id VARCHAR(36) PRIMARY KEY, label TEXT, since TEXT);
      CREATE TABLE home (who TEXT, firm TEXT);
      INSERT INTO people VALUES ('a', 'ann', 'chief', NULL), ('b', 'bob', NULL, NULL),
        (NULL, 'nobody', 'chief', NULL), (NULL, 'none', NULL, NULL);
      INSERT INTO firms VALUES ('1', 'Acme', NULL), ('2', 'Bolt', NULL), (NULL, 'Nil', NULL);
      INSERT INTO home VALUES ('b', '1'), (NULL, '1');
      """)
    file = try folder.write(
      "mapping.json",
      """
      {"users": {"table": "people", "key": "id", "username": "login", "role": "grade",
        "created_at": "since"},
       "companies": {"table": "firms", "key": "id", "name": "label", "created_at": "since"},
       "home": {"table": "home", "user": "who", "company": "firm"},
       "all_companies_roles": ["chief"]}
      """)
  }

  @Test func theyAreLeftOutEverywhere() throws {
    let plan = try AccessStore.adoptionPlan(path, mappingFile: file)
    #expect(plan.users == 2 && plan.companies == 2 && plan.added == 3)
    #expect(plan.backfill?.leftOutCount == 0)
    #expect(plan.backfill?.roles.reduce(0) { $0 + $1.users } == 2)
    let done = try AccessStore.adopt(path, mappingFile: file)
    #expect(done.backfill.added == 3 && done.summary.leftOutCount == 0 && done.differences == [])
    let store = try AccessStore.open(path)
    #expect(try store.backfillLeftOut(limit: 10).isEmpty)
    #expect(try store.ruleCounts().isEmpty)
    let begin = Moment.after(try #require(try store.changes(limit: 1).first?.id))
    for moment in [Moment.now, begin] {
      let coverage = try store.coverage(at: moment)
      #expect(coverage.users == 2 && coverage.companies == 2 && coverage.permitted == 4)
      #expect(
        try store.users(UserQuery(), limit: 10, at: moment).rows.map(\.user.username) == [
          "ann", "bob",
        ])
      #expect(try store.companies(CompanyQuery(), limit: 10, at: moment).rows.count == 2)
      #expect(try store.count(UserQuery(), at: moment) == 2)
      #expect(try store.statistics(at: moment).coverage == coverage)
    }
    // In bulk as well, by a plan that is what is done.
    let bulk = try store.plan(.bulkGrant(.all, .all))
    #expect(bulk.added == 1 && bulk.selectedUsers == 2 && bulk.after.grants == 4)
    #expect(try store.apply(bulk).added == 1)
    // The one with every company is an administrator, whom a row without a key does not undo.
    let rule = try #require(AdministratorRule(store.mapping))
    #expect(try store.read { try rule.holds($0) })
  }

  @Test func theDoctorNamesThemAndTheApplicationCanDeleteThem() throws {
    try AccessStore.adopt(path, mappingFile: file)
    let problems = try AccessStore.examine(path).findings.filter { $0.severity == .problem }
    #expect(problems.map(\.id) == ["null-user-key", "null-company-key"])
    #expect(
      problems.map(\.count) == [2, 1] && problems[0].examples == ["user nobody", "user none"])
    for problem in problems {
      let words = try #require(problem.remedy)
      let result = try runProgram("/bin/sh", ["-c", words])
      #expect(result.status == 0 && !result.stdout.isEmpty, "\(words): \(result.stderr)")
    }
    try runSqlite3(path, "DELETE FROM people WHERE id IS NULL; DELETE FROM firms WHERE id IS NULL")
    #expect(try AccessStore.examine(path).problems == 0)
    let store = try AccessStore.open(path)
    #expect(try store.status.missing == [])
    // One with a key still leaves its name.
    try runSqlite3(path, "DELETE FROM people WHERE id = 'b'")
    #expect(try store.changes(limit: 1).first?.origin == .external)
  }
}
