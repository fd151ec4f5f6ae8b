import AccessDesk
import CompanyAccess
import TerminalUI
import TestSupport
import Testing

/// What the lists of users and of companies say for every state of `f`, on databases of several kinds.
@Suite struct ListPresetTests {
  /// A kind of database, and the SQL that makes it of the sample.
  static let databases = [
    ("sample", ""),
    (
      "empty database",
      """
      PRAGMA foreign_keys = ON; DELETE FROM hrm_employee; DELETE FROM hrm_users;
      DELETE FROM hrm_company
      """
    ),
    ("no grants", "DELETE FROM hrm_user_company_access"),
    (
      "every grant",
      """
      INSERT OR IGNORE INTO hrm_user_company_access (id, user_id, company_id, created_at, modified_at)
      SELECT lower(hex(randomblob(16))), u.id, c.id, '2026-01-01', '2026-01-01'
      FROM hrm_users AS u, hrm_company AS c
      """
    ),
    ("none inactive", "UPDATE hrm_users SET is_active = 1; UPDATE hrm_company SET is_active = 1"),
    (
      "no inactive with grants",
      """
      DELETE FROM hrm_user_company_access WHERE
        user_id IN (SELECT id FROM hrm_users WHERE NOT is_active)
        OR company_id IN (SELECT id FROM hrm_company WHERE NOT is_active)
      """
    ),
  ]

  /// The condition of each state of `f`, in the order of the key.
  private static let conditions = [
    "1", "grants > 0", "grants = 0", "NOT is_active", "NOT is_active AND grants > 0",
  ]

  private static let lists = [
    (name: "users", key: "1", table: "hrm_users", column: "user_id"),
    (name: "companies", key: "2", table: "hrm_company", column: "company_id"),
  ]

  @Test("every state of f says what it shows, counts it, and denies nothing that is there")
  func everyStateSaysWhatItShows() throws {
    var text = ""
    for (database, damage) in Self.databases {
      for list in Self.lists {
        var desk = try DeskDriver(damage: damage)
        desk.type(list.key)
        for (presses, condition) in Self.conditions.enumerated() {
          if presses > 0 { desk.type("f") }
          let count = try runSqlite3(
            desk.path,
            """
            SELECT count(*) FROM (SELECT x.is_active, (SELECT count(*) FROM hrm_user_company_access
              WHERE \(list.column) = x.id) AS grants FROM \(list.table) AS x) WHERE \(condition)
            """
          ).trimmed
          #expect(desk.lines[1].trimmed.hasSuffix(count == "0" ? " 0" : " of \(count)"))
          #expect(desk.text.contains("There ") == (count == "0"))
          #expect(desk.text.contains("in this database") == (count == "0" && presses == 0))
          text += "=== \(list.name), \(database), f x\(presses)\n\(Self.shortened(desk))\n"
          desk.type("/no such name")
          #expect(desk.lines[1].trimmed.hasSuffix(" 0"))
          #expect(desk.text.contains("Nothing matches \"no such name\"."))
          desk.press(.escape)
        }
      }
    }
    try Golden.compare("list-states", text, at: #_sourceLocation)
  }

  /// The heading, and the first lines of the body.
  private static func shortened(_ desk: DeskDriver) -> String {
    let body = desk.lines[2...].prefix { !$0.contains("? Help") }.filter { !$0.trimmed.isEmpty }
    return ([desk.lines[1]] + body.prefix(3)).map { $0 + "\n" }.joined()
  }

  @Test("no two states of f have the same heading")
  func headingsDiffer() throws {
    for list in Self.lists {
      var desk = try DeskDriver(sample: false)
      desk.type(list.key)
      var headings: Set<String> = []
      for _ in Self.conditions {
        headings.insert(desk.lines[1])
        desk.type("f")
      }
      #expect(headings.count == Self.conditions.count)
      #expect(headings.contains(desk.lines[1]))
    }
  }

  @Test func helpOfTickingSaysWhatIsTicked() throws {
    var desk = try ScreenTour.desk(on: .usersOfCompany)
    desk.type("+?")
    #expect(desk.lines[1].contains("Help: ticking users to add"))
    desk = try ScreenTour.desk(on: .tickToRevoke)
    desk.type("?")
    #expect(desk.lines[1].contains("Help: ticking companies to remove"))
  }
}
