import Database
import TestSupport
import Testing

@testable import CompanyAccess

@Suite(.onEachEngine) struct LeaverTests {
  let desk: Desk

  init() throws {
    desk = try Desk(users: 6)
    try desk.other.execute(
      """
      UPDATE hrm_users SET email = username || '@example.com';
      UPDATE hrm_users SET is_active = FALSE WHERE id IN (3, 6);
      """)
    try desk.grant([1, 2, 3], [1])
    try desk.grant([2], [2])
  }

  /// A file made to hurt: its text, and what is to come of it.
  struct Hurt: Sendable, CustomTestStringConvertible {
    let name: String
    let text: String
    var bytes: [UInt8]?
    var key = LeaverOptions.Key.email
    var dates: LeaverOptions.DateOrder?
    var isOnlyEmployed = false
    /// The lines with problems; nil for a file that is trusted.
    var problems: [Int]?
    /// The findings of a file that is trusted: line, kind, user.
    var findings: [String] = []

    var testDescription: String { name }
  }

  /// A header, and everybody who is employed but those who are named.
  private static func file(_ special: String, but: Set<Int> = [], header: String = "email,left")
    -> String
  {
    let rest = (1...6).filter { !but.contains($0) }.map { "user\($0)@example.com,\n" }
    return header + "\n" + special + rest.joined()
  }

  static let gone = ["2 left-but-active user2", "2 left-with-access user2"]

  static let files = [
    Hurt(name: "nothing differs", text: file("")),
    Hurt(
      name: "a leaver with a date as in ISO 8601",
      text: file("user2@example.com,2026-03-31\n", but: [2]), findings: gone),
    Hurt(
      name: "a leaver with a date with dots",
      text: file("user2@example.com,31.3.2026\n", but: [2]), findings: gone),
    Hurt(
      name: "a leaver with a date with strokes",
      text: file("user2@example.com,31/3/2026\n", but: [2]), dates: .dayFirst, findings: gone),
    Hurt(
      name: "a date with strokes in an unknown order",
      text: file("user2@example.com,3/4/2026\n", but: [2]), problems: [2]),
    Hurt(
      name: "dates that do not exist, or are numbers of a spreadsheet",
      text: file("user2@example.com,2026-02-30\nuser1@example.com,46112\n", but: [1, 2]),
      problems: [2, 3]),
    Hurt(
      name: "a byte order mark, semicolons and other capitals",
      text: "\u{FEFF}E-Mail;Name;End Date\r\nUSER2@Example.COM;Two;2026-03-31\r\n"
        + [1, 3, 4, 5, 6].map { "user\($0)@example.com;;\r\n" }.joined(), findings: gone),
    Hurt(
      name: "twins", text: file("user2@example.com,2026-03-31\nUser2@example.com ,\n", but: [2]),
      problems: [3]),
    Hurt(name: "missing keys", text: file(",2026-03-31\n  ,\n"), problems: [2, 3]),
    Hurt(
      name: "all have left",
      text: "email,left\nuser1@example.com,2026-01-31\nuser2@example.com,2026-01-31\n",
      problems: [1]),
    Hurt(
      name: "more than half are not in it", text: "email,left\nuser1@example.com,\n", problems: [1]),
    Hurt(
      name: "nobody is a user", text: "email,left\nx@example.com,\ny@example.com,\n", problems: [1]),
    Hurt(name: "nothing in it", text: "", problems: [1]),
    Hurt(name: "a header alone", text: "email,left\n", problems: [1]),
    Hurt(name: "no column with the key", text: "name,left\nuser1,\n", problems: [1]),
    Hurt(name: "no column with the last day", text: "email\nuser1@example.com\n", problems: [1]),
    Hurt(
      name: "only those who are employed, and one of them unknown",
      text: "email\n" + [1, 3, 4, 5, 7].map { "user\($0)@example.com\n" }.joined(),
      isOnlyEmployed: true, findings: ["6 not-here -", "- not-in-file user2"]),
    Hurt(
      name: "a new name",
      text: file("user2@example.com,,two\n", but: [2], header: "email,left,username")
        .replacing(",\nuser", with: ",,\nuser").replacing(
          "user6@example.com,\n", with: "user6@example.com,,\n"
        )
        .replacing("user1@example.com,\n", with: "user1@example.com,,\n"),
      findings: ["2 differs user2"]),
    Hurt(
      name: "an id that somebody else has now",
      text: "id,email,left\n2,old@example.com,2026-03-31\n"
        + [1, 3, 4, 5, 6].map { "\($0),,\n" }.joined(),
      key: .id, findings: ["2 differs user2"]),
    Hurt(
      name: "text that is not UTF-8", text: "",
      bytes: Array("email,left\nuser1@example.com,\nm".utf8) + [0xFC] + Array("ller,\n".utf8),
      problems: [3]),
    Hurt(
      name: "UTF-16", text: "", bytes: [0xFF, 0xFE, 0x65, 0x00, 0x6D, 0x00], problems: [1]),
    Hurt(
      name: "a line with more cells", text: file("user2@example.com,,x\n", but: [2]), problems: [2]),
    Hurt(
      name: "the last day is today or later",
      text: file("user2@example.com,2026-04-01\nuser1@example.com,2099-12-31\n", but: [1, 2])),
  ]

  @Test("A file made to hurt is accounted for line by line, or refused", arguments: files)
  func hurt(_ file: Hurt) throws {
    let path = try desk.folder.write("people.csv", file.bytes ?? Array(file.text.utf8))
    var options = LeaverOptions(key: file.key)
    options.dates = file.dates
    options.listsOnlyEmployed = file.isOnlyEmployed
    let time = Timestamp(stored: "2026-04-01 12:00:00.000")
    do {
      let (findings, counts) = try desk.store.leavers(file: path, options, on: time)
      #expect(file.problems == nil)
      #expect(
        findings.map {
          "\($0.line.map(String.init) ?? "-") \($0.kind.rawValue) \($0.user?.username ?? "-")"
        } == file.findings)
      #expect(counts.employed + counts.notHere + counts.left + counts.differs == counts.lines)
      #expect(counts.findings == findings.count)
    } catch let error as ImportError {
      #expect(error.problems.map(\.line) == file.problems, "\(error)")
    }
  }

  @Test("A key that two users have is refused, and a user without one is named")
  func keysHere() throws {
    let path = try desk.folder.write("people.csv", LeaverTests.file(""))
    try desk.other.execute("UPDATE hrm_users SET email = NULL WHERE id = 1")
    let (findings, _) = try desk.store.leavers(file: path, LeaverOptions(key: .email))
    #expect(findings.map(\.kind) == [.notHere, .withoutKey])
    try desk.other.execute("UPDATE hrm_users SET email = 'USER2@example.com' WHERE id = 1")
    #expect(throws: ImportError.self) {
      try desk.store.leavers(file: path, LeaverOptions(key: .email))
    }
  }

  @Test("Leavers are found in every mapping", arguments: MappingFixture.Kind.allCases)
  func mappings(_ kind: MappingFixture.Kind) throws {
    let desk = try MappingDesk(kind)
    try desk.grant([2], [1, 3])
    let lines = (1...desk.fixture.users).map {
      "\(kind.username($0)),\($0 == 2 ? "2026-03-31" : "")\n"
    }
    let path = try desk.folder.write("people.csv", "username,left\n" + lines.joined())
    let (findings, counts) = try desk.store.leavers(file: path, LeaverOptions(key: .username))
    #expect(findings.last?.kind == .leftWithAccess && findings.last?.companies == 2)
    #expect(findings.allSatisfy { $0.user?.id == desk.user(2) })
    #expect(counts.employed == desk.fixture.users - 1 && counts.left == 1)
  }
}
