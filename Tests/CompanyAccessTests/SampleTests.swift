import CompanyAccess
import Database
import Glibc
import TestSupport
import Testing

/// `sample.db` at the top of the package is what `AccessStore.create(_:sample:)` makes. After a
/// change to the sample or to the schema, make it again:
///
///     RECORD_GOLDEN=1 swift test --filter SampleFileTests
@Suite struct SampleFileTests {
  static let path =
    #filePath.split(separator: "/").dropLast(3).map { "/" + $0 }.joined()
    + "/sample.db"

  @Test func holdsWhatIsMadeToday() throws {
    let folder = try TemporaryFolder()
    let made = folder.file("sample.db")
    try AccessStore.create(made, sample: true)
    if getenv("RECORD_GOLDEN") != nil {
      unlink(Self.path)
      try AccessStore.create(Self.path, sample: true)
    }
    #expect(try content(Self.path) == content(made))
    #expect(try readFile(Self.path).count < 256 * 1_024)
  }

  @Test func isTheSameEveryTime() throws {
    let folder = try TemporaryFolder()
    let files = ["one.db", "other.db"]
    for file in files { try AccessStore.create(folder.file(file), sample: true) }
    #expect(try folder.read(files[0]) == folder.read(files[1]))
  }

  /// Every row of every table, and the text of the schema.
  private func content(_ path: String) throws -> [[Value]] {
    let connection = try Connection(path: path, mode: .readOnly)
    func rows(_ sql: String) throws -> [[Value]] {
      try connection.rows(sql) { row in (0..<row.count).map { row.value($0) } }
    }
    let schema = try rows("SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY name")
    let tables = schema.compactMap { row -> String? in
      guard row[0] == .text("table"), case .text(let name) = row[1] else { return nil }
      return name
    }
    #expect(tables.count == 16)
    return try schema + tables.flatMap { try [[.text($0)]] + rows("SELECT * FROM \($0)") }
  }
}

@Suite struct SampleTests {
  let folder: TemporaryFolder
  let connection: Connection

  init() throws {
    folder = try TemporaryFolder()
    try AccessStore.create(folder.file("sample.db"), sample: true)
    connection = try Connection(path: folder.file("sample.db"), mode: .readOnly)
  }

  private func texts(_ sql: String) throws -> [String] { try connection.rows(sql) { $0.text(0) } }

  private func companies(of user: String) throws -> [String] {
    try texts(
      """
      SELECT c.name FROM hrm_user_company_access AS a
      JOIN hrm_users AS u ON u.id = a.user_id JOIN hrm_company AS c ON c.id = a.company_id
      WHERE u.username = '\(user)' ORDER BY c.name
      """)
  }

  @Test func hasTheFiguresOfTheManual() throws {
    #expect(try connection.count("SELECT count(*) FROM hrm_users") == 42)
    #expect(try connection.count("SELECT count(*) FROM hrm_company") == 12)
    #expect(try connection.count("SELECT count(*) FROM hrm_user_company_access") == 171)
    let store = try AccessStore.open(folder.file("sample.db"))
    #expect(try store.status.missing.isEmpty)
  }

  @Test func givesKnownPeopleWhatTheyHave() throws {
    #expect(try companies(of: "john_smith") == ["Chicago Office", "LA Office", "NYC Office"])
    #expect(try companies(of: "sarah_admin") == ["East Region", "NY Region"])
    let active = try texts("SELECT name FROM hrm_company WHERE is_active ORDER BY name")
    #expect(active.count == 11)
    #expect(try companies(of: "admin") == active)
    #expect(
      try texts(
        """
        SELECT r.name FROM hrm_users AS u JOIN hrm_role AS r ON r.id = u.role_id
        WHERE u.username IN ('admin', 'john_smith', 'sarah_admin') ORDER BY u.id
        """) == ["Super Admin", "HR Manager", "Finance Manager"])
  }

  @Test func hasTheAwkwardCases() throws {
    let without = "id NOT IN (SELECT user_id FROM hrm_user_company_access)"
    #expect(try connection.count("SELECT count(*) FROM hrm_users WHERE \(without)") == 5)
    #expect(
      try texts("SELECT username FROM hrm_users WHERE NOT is_active AND NOT \(without)").sorted()
        == ["g_ferrari", "o_adeyemi"])
    #expect(
      try texts(
        """
        SELECT name FROM hrm_company
        WHERE id NOT IN (SELECT company_id FROM hrm_user_company_access)
        """) == ["Detroit Office"])
    #expect(try connection.count("SELECT max(length(full_name)) FROM hrm_users") == 60)
    #expect(try texts("SELECT username FROM hrm_users WHERE full_name IS NULL") == ["svc_import"])
  }

  @Test func hasIDsInTheFormOfTheApplications() throws {
    let ids = try texts(
      """
      SELECT id FROM hrm_company UNION ALL SELECT id FROM hrm_employee
      UNION ALL SELECT id FROM hrm_user_company_access
      """)
    #expect(Set(ids).count == ids.count)
    for id in ids {
      #expect(id.wholeMatch(of: /[0-9a-f]{12}7[0-9a-f]{3}[89ab][0-9a-f]{15}/) != nil, "\(id)")
    }
  }

  @Test func hasARecordThatAddsUp() throws {
    let wrong = try texts(
      """
      SELECT c.id FROM company_access_change AS c
      WHERE c.origin <> 'external' AND (c.added <> (SELECT count(*) FROM company_access_current_grant WHERE began_change = c.id)
          + (SELECT count(*) FROM company_access_ended_grant WHERE began_change = c.id)
        OR c.removed <> (SELECT count(*) FROM company_access_ended_grant WHERE ended_change = c.id))
      """)
    #expect(wrong == [])
    let store = try AccessStore.open(folder.file("sample.db"))
    let changes = try store.changes(limit: 1_000)
    #expect(changes.map { $0.added - $0.removed }.reduce(0, +) == 171)
    #expect(changes.map(\.id.number) == (1...38).reversed())
    #expect(
      try texts("SELECT DISTINCT actor FROM company_access_change ORDER BY actor")
        == ["maria@hq", "tomek@hq", "unknown"])
    #expect(
      try texts("SELECT DISTINCT origin FROM company_access_change ORDER BY origin")
        == ["command", "desk", "external"])
    #expect(
      try texts("SELECT value FROM company_access_setting WHERE key = 'record_begins'")
        == ["2026-01-05 08:00:00.000"])
    #expect(try connection.count("SELECT count(*) FROM company_access_now WHERE change_id") == 0)
    #expect(try texts("PRAGMA foreign_key_check") == [])
    #expect(try texts("PRAGMA integrity_check") == ["ok"])
  }

  @Test("No change of grants says that it added a user or a company that it is the first to know")
  func noGrantAddsAnybody() throws {
    let store = try AccessStore.open(folder.file("sample.db"))
    let changes = try store.changes(limit: 1_000)
    let ofGrants = changes.filter { [.grant, .revoke, .bulkGrant, .undo].contains($0.action) }
    #expect(ofGrants.count >= 30)
    for change in ofGrants {
      #expect(change.subject?.counts.contains { $0.event == .made } != true, "\(change.id)")
    }
    let known = changes.flatMap { $0.subject?.entities ?? [] }.filter { $0.event == .firstKnown }
    #expect(
      known.map(\.name) == [
        "t_berg", "svc_import", "a_nowak2", "k_ivanova", "t_cakir", "h_baker",
        "Zürich Treuhand GmbH",
        "Γραφείο Αθηνών",
      ])
    #expect(try store.entities(of: ChangeID(31)).map(\.event) == [.firstKnown])
  }

  @Test("A report tells them apart from those who were added, and adds up")
  func theReportTellsThemApart() throws {
    let store = try AccessStore.open(folder.file("sample.db"))
    let directory = folder.file("report")
    let summary = try store.report(
      from: Timestamp(stored: "2026-01-10 00:00:00.000"),
      to: Timestamp(stored: "2026-09-16 00:00:00.000"), into: directory, toolVersion: "0")
    let figures = summary.figures
    #expect(figures.usersAdded == 0 && figures.companiesAdded == 0)
    #expect(figures.usersFirstKnown == 6 && figures.companiesFirstKnown == 2)
    #expect(figures.openingUsers == 36 && figures.coverage.users == 42 && figures.isBalanced)
    let people = String(
      decoding: try readFile("\(directory)/users-and-companies-changed.csv"), as: UTF8.self)
    #expect(people.contains("first known,user,42,t_berg,tomek@hq") && !people.contains("added"))
    #expect(try AccessStore.verifyReport(directory) == [])
  }

  @Test func hasAGrantThatEndedAndCameBack() throws {
    #expect(
      try texts(
        """
        SELECT u.name FROM company_access_ended_grant AS h
        JOIN company_access_current_grant AS g ON g.user_lifetime = h.user_lifetime
          AND g.company_lifetime = h.company_lifetime AND g.began_change > h.ended_change
        JOIN company_access_user_lifetime AS u ON u.lifetime = g.user_lifetime
        """) == ["l_zoltowski"])
  }

  @Test(
    "Whoever was made later begins with a change, and no grant begins before its user or company")
  func lifetimesBeginWithAChange() throws {
    for kind in ["user", "company"] {
      #expect(
        try connection.count(
          """
          SELECT count(*) FROM company_access_\(kind)_lifetime WHERE (began_change IS NULL)
            <> (created_at <= (SELECT at FROM company_access_change WHERE id = 1))
          """) == 0)
      #expect(
        try connection.count(
          """
          SELECT count(*) FROM company_access_current_grant AS g JOIN company_access_\(kind)_lifetime AS l
            ON l.lifetime = g.\(kind)_lifetime WHERE l.began_change > g.began_change
          """) == 0)
    }
    #expect(
      try connection.count(
        "SELECT count(*) FROM company_access_user_lifetime WHERE began_change IS NOT NULL") == 7)
  }

  @Test("Its past has renames, a leaver, and what the application did by itself")
  func thePastIsRich() throws {
    let store = try AccessStore.open(folder.file("sample.db"))
    let told = try store.changes(limit: 7).reversed().map { change in
      let subject = change.subject
      let entities = (subject?.entities ?? []).map { "\($0.event) \($0.name)" }
      let pairs = (subject?.pairs ?? []).map { "\($0.outcome) \($0.user) \($0.company)" }
      return "\(change.action.rawValue): \((entities + pairs).joined(separator: ", "))"
    }
    #expect(
      told == [
        "edit: edited y_tanaka", "external: edited Zürich Treuhand AG", "external: made n_silva",
        "external: granted n_silva LA Office", "external: granted j_doe Oddział Kraków",
        "external: revoked j_doe Oddział Kraków", "delete: gone v_patel, revoked v_patel LA Office",
      ])
    let before = Moment.after(ChangeID(31))
    #expect(
      try store.users(UserQuery(), limit: 100, at: before).rows.map(\.user.username)
        .contains("y_sato"))
    #expect(
      try store.companies(CompanyQuery(), limit: 100, at: before).rows.map(\.company.name)
        .contains("Zürich Treuhand GmbH"))
    // All of it can be taken back.
    try store.apply(store.plan(.undo(ChangeID(38))))
    try store.apply(store.plan(.undo(ChangeID(32))))
    #expect(try companies(of: "v_patel") == ["LA Office"])
    #expect(try texts("SELECT full_name FROM hrm_users WHERE username = 'y_sato'") == ["佐藤陽子"])
  }

  @Test func hasNoGrantBeforeItsUserOrCompany() throws {
    for parent in ["user", "company"] {
      let table = parent == "user" ? "hrm_users" : "hrm_company"
      #expect(
        try connection.count(
          """
          SELECT count(*) FROM hrm_user_company_access AS a
          JOIN \(table) AS p ON p.id = a.\(parent)_id WHERE a.created_at < p.created_at
          """) == 0)
    }
  }
}
