import Database
import TestSupport
import Testing

@testable import CompanyAccess

/// Rows of the application whose company their user may not enter.
@Suite struct LeakTests {
  static let tables = ["invoices", "notes", "tickets", "uploads", "a \"strange\" name"]

  @Test(
    "exactly the planted rows of five tables are found", arguments: MappingFixture.Kind.allCases)
  func findsExactlyThePlantedRows(kind: MappingFixture.Kind) throws {
    let desk = try LeakDesk(kind)
    let planted = try desk.fill(rows: 2_000, planted: 10)
    let counts = try desk.store.leaks()
    let found = counts.tables.filter { LeakTests.tables.contains($0.table.table) }
    #expect(found.map(\.table.table) == LeakTests.tables.sorted())
    for table in found {
      #expect(table.rows == 2_000 && table.leaks == 10 && table.missing == 0)
      #expect(table.noLonger == 5 && table.neverCould == 5)
      let all = try desk.list(table.table, page: 3)
      #expect(all.map { $0.row[0] } == planted[table.table.table])
      #expect(all.allSatisfy { $0.username != nil && $0.companyName != nil })
      for leak in all {
        #expect(leak.until == (leak.couldEnter ? desk.revocation : nil))
        #expect(try !desk.store.mayEnter(leak.user, leak.company))
      }
    }
    #expect(counts.notLookedAt == [])
  }

  @Test("a column without a foreign key counts where its name means nothing else")
  func undeclaredColumnsCount() throws {
    let desk = try LeakDesk(.hrm)
    try desk.other.execute(
      """
      CREATE TABLE loose (n INTEGER PRIMARY KEY, user_id INTEGER, company_id CHAR(32));
      CREATE TABLE typed (n INTEGER PRIMARY KEY, user_id TEXT, company_id CHAR(32));
      CREATE TABLE plain (n INTEGER PRIMARY KEY, employee INTEGER, company_id CHAR(32))
      """)
    try desk.other.execute(
      "INSERT INTO loose VALUES (1, ?, ?), (2, ?, ?), (3, 999, ?), (4, NULL, ?)",
      [desk.kind.user(3), desk.kind.company(1), desk.kind.user(2), desk.kind.company(1)]
        + [desk.kind.company(1), desk.kind.company(1)])
    let counts = try desk.store.leaks()
    let loose = try #require(counts.tables.first { $0.table.table == "loose" })
    #expect(loose.leaks == 1 && loose.missing == 1)
    #expect(!counts.tables.contains { ["typed", "plain"].contains($0.table.table) })
    #expect(counts.notLookedAt == [])
  }

  @Test("a column whose name means two things is not looked at, and that is said")
  func unclearColumnsAreNamed() throws {
    let desk = try LeakDesk(.guarding)
    // `users.user_id` of this application is no employee.
    try desk.other.execute(
      """
      CREATE TABLE visits (visit INTEGER PRIMARY KEY, user_id INTEGER,
        client_id INTEGER REFERENCES clients (client_id));
      CREATE TABLE declared (visit INTEGER PRIMARY KEY, user_id INTEGER REFERENCES users (user_id),
        client_id INTEGER REFERENCES clients (client_id))
      """)
    let counts = try desk.store.leaks()
    #expect(!counts.tables.contains { ["visits", "declared"].contains($0.table.table) })
    #expect(counts.notLookedAt == [LeakGap(table: "visits", reason: .unclear(column: "user_id"))])
    let limits = try AccessStore.examine(desk.desk.fixture.path).limits
    #expect(
      limits == ["rows of visits, because nothing says to which table user_id refers"])
  }

  @Test("a later user of the same id never could what the earlier one could")
  func laterUsersAreOthers() throws {
    let desk = try LeakDesk(.hrm)
    try desk.makeTables(["notes"])
    try desk.desk.grant([3], [2])
    try desk.desk.application.deleteUser(3)
    try desk.desk.application.addUser(3)
    try desk.insert("notes", user: 3, company: 2)
    let count = try #require(try desk.store.leaks().tables.first { $0.table.table == "notes" })
    #expect(count.neverCould == 1 && count.noLonger == 0)
  }

  @Test("several users of a row, composite keys and tables without row numbers are looked at")
  func severalColumns() throws {
    let desk = try LeakDesk(.hrm)
    try desk.other.execute(
      """
      CREATE TABLE shared (part TEXT NOT NULL, number INTEGER NOT NULL,
        author_id INTEGER REFERENCES hrm_users, editor_id INTEGER REFERENCES hrm_users (id),
        company_id CHAR(32) REFERENCES hrm_company, PRIMARY KEY (part, number)) WITHOUT ROWID
      """)
    for number in 1...5 {
      try desk.other.execute(
        "INSERT INTO shared VALUES (?, ?, ?, ?, ?)",
        [
          .text("p\(number % 2)"), .integer(Int64(number)), desk.kind.user(2), desk.kind.user(3),
          desk.kind.company(1),
        ])
    }
    let tables = try desk.store.leaks().tables.filter { $0.table.table == "shared" }
    #expect(tables.map(\.table.userColumn) == ["author_id", "editor_id"])
    #expect(tables.map(\.leaks) == [0, 5])
    let rows = try desk.list(tables[1].table, page: 2).map(\.row)
    #expect(rows == [["p0", "2"], ["p0", "4"], ["p1", "1"], ["p1", "3"], ["p1", "5"]])
  }

  @Test("the doctor names tables as a note, and says which rows it has not looked at")
  func theDoctorNamesTables() throws {
    let desk = try LeakDesk(.crm)
    try desk.fill(rows: 40, planted: 4)
    let diagnosis = try AccessStore.examine(desk.desk.fixture.path)
    let finding = try #require(diagnosis.findings.first { $0.id == "leak" })
    #expect(finding.severity == .note && finding.count >= 20)
    #expect(
      finding.examples.first == """
        a "strange" name (user_id, company_id): 4 of 40 rows, 2 of users who never could and 2 of \
        users who may no longer
        """)
    let bound = try desk.store.leaks(rows: 30)
    #expect(
      bound.notLookedAt.contains(LeakGap(table: "invoices", reason: .beyond(rows: 30))))
    #expect(
      bound.notLookedAt.first?.description == "rows of a \"strange\" name beyond its first 30")
  }

  @Test("expect says which tables have leaks, and refuses to say it of the past")
  func expectations() throws {
    let desk = try LeakDesk(.workcards)
    #expect(try desk.expect() == [nil])
    try desk.fill(rows: 20, planted: 4)
    guard case .leaks(let counts)? = try desk.expect().first ?? nil else {
      Issue.record("no failure")
      return
    }
    #expect(counts.leaks == 20)
    let file = try desk.desk.folder.write("expected.txt", "# None.\nno leaks\nNo  Leaks\n")
    let result = try desk.store.expect(file: file) { _ in }
    #expect(result.expectations == 2 && result.failed == 2)
    let past = try desk.store.moment(after: ChangeID(2)).moment
    #expect {
      _ = try desk.store.expect(file: file, at: past) { _ in }
    } throws: {
      ($0 as? ImportError)?.problems.map(\.kind) == [.leaksOfPast, .leaksOfPast]
    }
  }

  @Test("a report has every row that is outside, and its manifest their number")
  func theReportHasThem() throws {
    let desk = try LeakDesk(.custom)
    try desk.fill(rows: 30, planted: 6)
    let folder = desk.desk.folder.file("report")
    let summary = try desk.store.report(
      from: Timestamp(anyForm: "2026-01-01 00:00:00.000"), to: .now, into: folder,
      toolVersion: "test")
    let counts = try desk.store.leaks()
    #expect(summary.figures.leaks == counts.leaks && counts.leaks >= 30)
    let lines = try readFile(folder + "/leaks.csv").split(separator: 0x0A)
      .map { String(decoding: $0, as: UTF8.self) }
    #expect(lines.count == counts.leaks + 1)
    #expect(lines.count { $0.contains(",no longer,") } >= 15)
    let page = String(decoding: try readFile(folder + "/summary.html"), as: UTF8.self)
    #expect(page.contains("a &quot;strange&quot; name (user_id, company_id)"))
    #expect(try AccessStore.verifyReport(folder) == [])
  }
}

/// A database with five tables of its application that have a user and a company column.
struct LeakDesk {
  let desk: MappingDesk
  /// The change that ended what could be entered.
  let revocation: ChangeID

  var kind: MappingFixture.Kind { desk.kind }
  var store: AccessStore { desk.store }
  var other: any DatabaseSession { desk.other }

  /// One user may enter companies of the same organization, and could enter another one.
  init(_ kind: MappingFixture.Kind) throws {
    desk = try MappingDesk(kind)
    try desk.grant([2], [1, 3])
    try desk.grant([2], [5])
    let revoked = try desk.revoke([2], [3])
    revocation = try #require(revoked.change)
  }

  func makeTables(_ names: [String]) throws {
    let keys = try other.rows(
      """
      SELECT "from", "table", "to" FROM pragma_foreign_key_list(?) ORDER BY "from"
      """, [.text(try accessTable())]
    ) { (column: $0.text(0), target: (SQLName(foreign: $0.text(1)), SQLName(foreign: $0.text(2)))) }
    let user = try #require(keys.first { $0.column == "user_id" }).target
    let company = try #require(keys.first { $0.column == "company_id" }).target
    for name in names {
      try other.execute(
        """
        CREATE TABLE \(SQLName(foreign: name)) (n INTEGER PRIMARY KEY,
          user_id \(kind == .hrm || kind == .guarding || kind == .crm ? "INTEGER" : "TEXT")
            REFERENCES \(user.0) (\(user.1)),
          company_id \(kind == .guarding ? "INTEGER" : kind == .custom ? "BLOB" : "CHAR(36)")
            REFERENCES \(company.0) (\(company.1)), body TEXT)
        """)
    }
  }

  private func accessTable() throws -> String {
    kind == .custom ? "may \"enter\"" : kind.accessTable
  }

  func insert(_ table: String, user: Int, company: Int) throws {
    try other.execute(
      "INSERT INTO \(SQLName(foreign: table)) (user_id, company_id) VALUES (?, ?)",
      [kind.user(user), kind.company(company)])
  }

  /// Fills the five tables with rows of a pair that is granted, and some others; says which these are.
  @discardableResult
  func fill(rows: Int, planted: Int) throws -> [String: [String]] {
    try makeTables(LeakTests.tables)
    var all: [String: [String]] = [:]
    try other.inTransaction {
      for table in LeakTests.tables {
        for row in 1...rows {
          let place = row * planted % rows
          guard place < planted else {
            try insert(table, user: 2, company: row % 2 == 0 ? 1 : 5)
            continue
          }
          let index = all[table, default: []].count
          if index % 2 == 0 {
            try insert(table, user: 2, company: 3)
          } else {
            try insert(table, user: index % 4 == 1 ? 3 : 4, company: index % 4 == 1 ? 2 : 1)
          }
          all[table, default: []].append(String(row))
        }
      }
    }
    return all
  }

  /// All rows of a table, page by page.
  func list(_ table: LeakTable, page: Int) throws -> [Leak] {
    var all: [Leak] = []
    while true {
      let next = try store.leaks(of: table, after: all.last, limit: page)
      all += next
      if next.count < page { return all }
    }
  }

  /// Whether there are no leaks, by an expectation.
  func expect() throws -> [ExpectationFailure?] {
    try store.expect([Expectation(.noLeaks)]).map(\.failure)
  }
}
