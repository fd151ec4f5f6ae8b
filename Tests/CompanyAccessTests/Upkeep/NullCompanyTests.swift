import Database
import TestSupport
import Testing

@testable import CompanyAccess

@Suite struct NullCompanyTests {
  let folder: TemporaryFolder
  let path: String
  let store: AccessStore
  let other: Connection

  /// A CRM with 5,000 old rows without a company, of which 3,471 cannot be given one.
  init() throws {
    folder = try TemporaryFolder()
    let fixture = try MappingFixture.make(.crm, in: folder, users: 10, companies: 3)
    path = fixture.path
    other = try fixture.application().file
    try other.execute(
      """
      UPDATE users SET company_id = (SELECT min(id) FROM companies) WHERE id <= 5;
      UPDATE users SET company_id = NULL WHERE id > 5;
      DELETE FROM contacts; DELETE FROM deals; DELETE FROM sms_messages; DELETE FROM calls;
      DELETE FROM emails;
      PRAGMA foreign_keys = OFF;
      INSERT INTO contacts (user_id, name) WITH RECURSIVE n (i) AS
        (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000)
        SELECT CASE WHEN i <= 1000 THEN 1 + i % 5 WHEN i <= 2000 THEN 6 + i % 5 END, 'c' FROM n;
      INSERT INTO deals (user_id, title) WITH RECURSIVE n (i) AS
        (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000)
        SELECT CASE WHEN i <= 1471 THEN 999 ELSE 1 + i % 5 END, 'd' FROM n;
      CREATE TABLE notes (user_id INTEGER, company_id TEXT, day TEXT, body TEXT,
        PRIMARY KEY (user_id, day)) WITHOUT ROWID;
      CREATE TABLE visits (user_id INTEGER REFERENCES calls (id), company_id TEXT)
      """)
    try AccessStore.upgradeSchema(path)
    store = try AccessStore.open(path, busyTimeout: 0)
  }

  private func nulls(_ table: String) throws -> Int {
    try other.count("SELECT count(*) FROM \(table) WHERE company_id IS NULL")
  }

  @Test func comesToItsEndAndListsWhatIsLeft() throws {
    let plan = try store.nullCompanyPlan()
    #expect(
      plan.tables == [
        NullCompanyTable(table: "contacts", rows: 3_000, resolvable: 1_000),
        NullCompanyTable(table: "deals", rows: 2_000, resolvable: 529),
      ])
    #expect(plan.unresolved == 3_471 && plan.resumes == nil)
    let result = try store.fillNullCompanies(reason: "clean up")
    #expect(result.isComplete && result.filled == ["contacts": 1_000, "deals": 529])
    #expect(try nulls("contacts") + nulls("deals") == 3_471)
    let id = try #require(result.change)
    let change = try #require(try store.change(id))
    #expect(change.action == .backfill && change.added == 0)
    #expect(change.reason == "clean up; companies filled in: contacts 1000, deals 529")
    var left: [NullCompanyRow] = []
    while true {
      let page = try store.nullCompanyRows(
        after: left.last.map(NullCompanyCursor.init), limit: 1_000)
      left += page
      if page.count < 1_000 { break }
    }
    #expect(left.count == 3_471)
    let reasons = Dictionary(grouping: left, by: \.reason).mapValues(\.count)
    #expect(reasons == [.noUser: 1_000, .noHome: 1_000, .userGone: 1_471])
    #expect(Set(left.map { "\($0.table) \($0.key)" }).count == 3_471)
    // Once more there is nothing to do, and no change.
    let second = try store.fillNullCompanies()
    #expect(second.isComplete && second.change == nil && second.total == 0)
    #expect(try store.newestChange() == change.id)
  }

  @Test func whoeverStopsItGoesOnUnderTheSameChange() throws {
    let first = try store.fillNullCompanies(work: workCancelled(at: .writing))
    #expect(!first.isComplete && first.total == 1_000)
    #expect(try nulls("contacts") == 2_000 && nulls("deals") == 2_000)
    let change = try #require(first.change)
    #expect(try store.nullCompanyPlan().resumes == change)
    // Others go on between the batches.
    try other.execute("INSERT INTO deals (user_id, title) VALUES (2, 'new')")
    let second = try store.fillNullCompanies()
    #expect(second.isComplete && second.change == change && second.filled == ["deals": 530])
    #expect(
      try store.change(change)?.reason == "companies filled in: contacts 1000, deals 530")
    #expect(try store.nullCompanyPlan().resumes == nil)
    #expect(try other.count("SELECT count(*) FROM company_access_change") == 2)
    #expect(try other.count("SELECT count(*) FROM company_access_now WHERE change_id IS NULL") == 1)
  }

  @Test func failingInTheMiddleNamesTheChangeThatStays() throws {
    let dropping = Work { [path] progress in
      guard progress.phase == .writing, progress.done == 1_000 else { return }
      try? Connection(path: path, mode: .readWrite).execute(
        "DROP TRIGGER company_access_user_inserted")
    }
    let error = #expect(throws: AccessError.self) {
      try store.fillNullCompanies(work: dropping)
    }
    let change = try #require(try store.newestChange())
    guard case .partlyDone(change, .recordIncomplete) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(try nulls("contacts") == 2_000 && nulls("deals") == 2_000)
    #expect(try store.nullCompanyPlan().resumes == change)
  }

  @Test func nothingGoesToACompanyThatNobodyNamed() throws {
    let company = try #require(
      try other.first("SELECT max(id) FROM companies") { CompanyID(text: $0.text(0)) })
    #expect(throws: AccessError.noSuchCompany(CompanyID(text: "none"))) {
      try store.fillNullCompanies(default: CompanyID(text: "none"))
    }
    #expect(try nulls("contacts") == 3_000)
    let result = try store.fillNullCompanies(default: company)
    #expect(result.total == 5_000 && result.isComplete)
    #expect(try nulls("contacts") + nulls("deals") == 0)
    #expect(
      try other.count(
        "SELECT count(*) FROM contacts WHERE company_id = (SELECT max(id) FROM companies)") == 2_000
    )
  }

  /// Keys of several columns, and columns that refer to something else.
  @Test func tablesOfOtherForms() throws {
    try other.execute(
      """
      DELETE FROM contacts; DELETE FROM deals;
      INSERT INTO notes WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n
        WHERE i < 2500) SELECT i % 7 + 1, NULL, 'day' || i, '' FROM n;
      INSERT INTO visits VALUES (1, NULL)
      """)
    let plan = try store.nullCompanyPlan()
    #expect(plan.tables.map(\.table) == ["notes"])
    let result = try store.fillNullCompanies()
    #expect(result.isComplete && result.total == plan.resolvable)
    #expect(try nulls("notes") == plan.unresolved && plan.unresolved > 700)
    #expect(try store.nullCompanyRows(limit: 5_000).count == plan.unresolved)
    #expect(try store.nullCompanyRows(limit: 1).first?.key.contains(", day") == true)
    #expect(try nulls("visits") == 1)
  }
}
