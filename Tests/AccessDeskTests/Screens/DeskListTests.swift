import AccessDesk
import CompanyAccess
import TerminalUI
import TestSupport
import Testing

@Suite struct DeskListTests {
  @Test func selectionFollowsTheRowThroughSortFilterAndRefresh() throws {
    var desk = try DeskDriver()
    desk.type("1")
    desk.press(.down, .down, .down, .down, .down)
    let name = try #require(selectedName(desk))
    desk.type("s")
    #expect(selectedName(desk) == name)
    desk.type("S")
    #expect(selectedName(desk) == name)
    desk.type("/" + name)
    #expect(selectedName(desk) == name)
    desk.press(.escape)
    #expect(selectedName(desk) == name)
    try runSqlite3(
      desk.path,
      """
      INSERT INTO hrm_users (username, is_active, created_at, modified_at)
      VALUES ('aaa', 1, '2026-01-01 00:00:00.000', '2026-01-01 00:00:00.000')
      """)
    desk.noticeForeignChange()
    #expect(selectedName(desk) == name)
    #expect(desk.text.contains(" of 4"))
  }

  @Test func pagingThroughManyUsersMissesNone() throws {
    var desk = try DeskDriver()
    try desk.addUsers(2_500)
    let names = try runSqlite3(desk.path, "SELECT username FROM hrm_users ORDER BY username")
      .split(separator: "\n").map(String.init)
    desk.type("1")
    var seen: [String] = []
    repeat {
      seen += shownNames(desk).filter { !seen.suffix(40).contains($0) }
      desk.press(.pageDown)
    } while selectedName(desk) != names.last
    seen += shownNames(desk).filter { !seen.suffix(40).contains($0) }
    #expect(seen == names)
    var back: [String] = []
    repeat {
      back += shownNames(desk).reversed().filter { !back.suffix(40).contains($0) }
      desk.press(.pageUp)
    } while selectedName(desk) != names.first
    back += shownNames(desk).reversed().filter { !back.suffix(40).contains($0) }
    #expect(back == names.reversed())
    desk.press(.end)
    #expect(selectedName(desk) == names.last)
    #expect(desk.text.contains("\(Digits.grouped(names.count)) of \(Digits.grouped(names.count))"))
    desk.press(.up, .home)
    #expect(selectedName(desk) == names.first)
    #expect(desk.text.contains(" 1 of "))
  }

  private func selectedName(_ desk: DeskDriver) -> String? {
    guard let line = desk.lines.first(where: { $0.hasPrefix(">") }) else { return nil }
    return line.split(separator: " ").dropFirst(2).first.map(String.init)
  }

  /// The usernames in the lines of a list of users.
  private func shownNames(_ desk: DeskDriver) -> [String] {
    desk.lines.dropFirst(4).compactMap { line in
      let words = line.split(separator: " ").drop { $0 == ">" }
      return Int(words.first ?? "") == nil ? nil : words.dropFirst().first.map(String.init)
    }
  }
}
