import AccessDesk
import CompanyAccess
import TerminalUI
import TestSupport
import Testing

/// What the lists of users and of companies say for every state of `f`, when they are empty.
@Suite struct ListPresetTests {
  /// A state of `f`: how often the key is pressed, and what the heading and an empty list say.
  struct State: Sendable {
    let presses: Int
    let note: String?
    let empty: String
  }

  static let users = [
    State(presses: 0, note: nil, empty: "There are no users in this database."),
    State(presses: 1, note: "only with access", empty: "There is no user with access."),
    State(presses: 2, note: "only without access", empty: "There is no user without access."),
    State(presses: 3, note: "only inactive", empty: "There is no inactive user."),
    State(
      presses: 4, note: "only inactive with access", empty: "There is no inactive user with access."
    ),
  ]
  static let companies = [
    State(presses: 0, note: nil, empty: "There are no companies in this database."),
    State(presses: 1, note: "only with users", empty: "There is no company with users."),
    State(presses: 2, note: "only without users", empty: "There is no company without users."),
    State(presses: 3, note: "only inactive", empty: "There is no inactive company."),
    State(
      presses: 4, note: "only inactive with users",
      empty: "There is no inactive company with users."
    ),
  ]

  /// Leaves no row in the list of a state, and rows in the list of all.
  private static func damage(_ presses: Int) -> String {
    switch presses {
    case 0:
      """
      PRAGMA foreign_keys = ON; DELETE FROM hrm_employee; DELETE FROM hrm_users;
      DELETE FROM hrm_company
      """
    case 1: "DELETE FROM hrm_user_company_access"
    case 2:
      """
      INSERT OR IGNORE INTO hrm_user_company_access (id, user_id, company_id, created_at, modified_at)
      SELECT lower(hex(randomblob(16))), u.id, c.id, '2026-01-01', '2026-01-01'
      FROM hrm_users AS u, hrm_company AS c
      """
    case 3: "UPDATE hrm_users SET is_active = 1; UPDATE hrm_company SET is_active = 1"
    default:
      """
      DELETE FROM hrm_user_company_access WHERE
        user_id IN (SELECT id FROM hrm_users WHERE NOT is_active)
        OR company_id IN (SELECT id FROM hrm_company WHERE NOT is_active)
      """
    }
  }

  @Test(arguments: users) func anEmptyListOfUsersSaysWhatThereIsNone(of state: State) throws {
    try check("users", key: "1", state)
  }

  @Test(arguments: companies)
  func anEmptyListOfCompaniesSaysWhatThereIsNone(of state: State) throws {
    try check("companies", key: "2", state)
  }

  private func check(_ name: String, key: String, _ state: State) throws {
    var desk = try DeskDriver(damage: Self.damage(state.presses))
    desk.type(key + String(repeating: "f", count: state.presses))
    #expect(desk.lines[1].contains(state.note.map { "   \($0)   0" } ?? "   0"))
    #expect(desk.text.contains("  \(state.empty)"))
    try Golden.check("\(name)-f\(state.presses)-empty", desk)
    var filtered = try DeskDriver()
    filtered.type(key + String(repeating: "f", count: state.presses) + "/no such name")
    #expect(filtered.lines[1].contains(state.note.map { "   \($0)   0" } ?? "   0"))
    #expect(filtered.text.contains("Nothing matches \"no such name\"."))
    try Golden.check("\(name)-f\(state.presses)-none-matching", filtered)
  }

  @Test func usersWhoAreThereAreNotDenied() throws {
    var desk = try DeskDriver(sample: false)
    try runSqlite3(
      desk.path,
      """
      INSERT INTO hrm_users (username, is_active, created_at, modified_at)
      VALUES ('ann', 1, '2026-01-01 00:00:00.000', '2026-01-01 00:00:00.000')
      """)
    desk.type("1f")
    #expect(!desk.text.contains("no users in this database"))
    #expect(desk.text.contains("There is no user with access."))
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
