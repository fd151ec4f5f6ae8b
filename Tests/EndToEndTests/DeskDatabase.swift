import Glibc
import TestSupport
import Testing

/// A copy of the sample database in a folder of its own, and what `sqlite3` says of it.
struct DeskDatabase {
  let folder: TemporaryFolder
  var path: String { folder.file("hrm.db") }

  private static let sample =
    #filePath.split(separator: "/").dropLast(3).map { "/" + $0 }.joined() + "/sample.db"

  /// Tests that let another user in give the folder `0o755`.
  init(mode: mode_t = 0o700) throws {
    folder = try TemporaryFolder(mode: mode)
    try folder.write("hrm.db", readFile(Self.sample))
  }

  /// Opens the desk on it, and waits until the menu shows the figures.
  func open(
    _ options: [String] = [], environment: [String: String?] = [:], rows: Int = 24,
    columns: Int = 80
  ) throws -> TerminalProgram {
    let desk = try TerminalProgram(
      builtProduct("company-access"), options + [path],
      environment: environment.merging(["TZ": "UTC"]) { ours, _ in ours }, rows: rows,
      columns: columns)
    try DeskTour.menu.wait(desk)
    return desk
  }

  /// Like other programs the shell waits while the desk reads or writes.
  @discardableResult
  func sql(_ statements: String) throws -> String {
    try runSqlite3(path, statements, ["-cmd", ".timeout 10000"])
  }

  /// What no undo and no cancelled write may change: the five columns of every grant.
  func grants() throws -> String {
    try sql(
      """
      SELECT id, user_id, company_id, created_at, modified_at FROM hrm_user_company_access
      ORDER BY id
      """)
  }

  func companies(of user: String) throws -> [String] {
    try sql(
      """
      SELECT c.name FROM hrm_user_company_access a JOIN hrm_users u ON u.id = a.user_id
      JOIN hrm_company c ON c.id = a.company_id WHERE u.username = '\(user)' ORDER BY c.name
      """
    ).split(separator: "\n").map(String.init)
  }

  /// Origin, action, reason and pairs of the changes after the sample's own, oldest first; without
  /// those by which other programs changed no pair.
  ///
  /// The pairs are counted by the grants on the record, which is how those of other programs are told.
  func changes() throws -> [String] {
    try sql(
      """
      SELECT * FROM (
        SELECT h.origin, h.action, coalesce(h.reason, ''),
          (SELECT count(*) FROM company_access_current_grant g WHERE g.began_change = h.id)
            + (SELECT count(*) FROM company_access_ended_grant g WHERE g.began_change = h.id) AS added,
          (SELECT count(*) FROM company_access_ended_grant g WHERE g.ended_change = h.id) AS removed
        FROM company_access_change h WHERE h.id > 38 ORDER BY h.id)
      WHERE origin <> 'external' OR added + removed > 0
      """
    ).split(separator: "\n").map(String.init)
  }

  /// Names of the users and companies that other programs added after the sample's own changes.
  func addedByOthers() throws -> [String] {
    try ["user", "company"].flatMap { kind in
      try sql(
        """
        SELECT l.name FROM company_access_\(kind)_lifetime l
        JOIN company_access_change h ON h.id = l.began_change
        WHERE h.id > 38 AND h.origin = 'external' ORDER BY l.lifetime
        """
      ).split(separator: "\n").map(String.init)
    }
  }

  /// Nothing is broken, no pair is there twice, changes tell their pairs, and no journal is left.
  func expectSound(sourceLocation: SourceLocation = #_sourceLocation) throws {
    let answer = try sql(
      """
      PRAGMA integrity_check; PRAGMA foreign_key_check;
      SELECT count(*) - count(DISTINCT user_id || ' ' || company_id) FROM hrm_user_company_access;
      SELECT count(*) FROM company_access_now WHERE change_id IS NOT NULL;
      SELECT count(*) FROM company_access_change h WHERE h.origin <> 'external' AND h.id > 38
        AND (h.added, h.removed) <> (
          (SELECT count(*) FROM company_access_current_grant g WHERE g.began_change = h.id)
            + (SELECT count(*) FROM company_access_ended_grant g WHERE g.began_change = h.id),
          (SELECT count(*) FROM company_access_ended_grant g WHERE g.ended_change = h.id))
      """)
    #expect(answer == "ok\n0\n0\n0", sourceLocation: sourceLocation)
    #expect(folder.names == ["hrm.db"], sourceLocation: sourceLocation)
  }
}

extension TerminalProgram {
  var title: String { row(0) }
  var heading: String { row(1) }
  var message: String { row(rows - 2) }
  var footer: String { row(rows - 1) }
  /// The lines between heading and message.
  var body: [String] { (3..<max(3, rows - 2)).map(row) }

  /// The line with the cursor's `>` mark, without the mark; empty when there is none.
  var marked: String { markedRow.map { words(row($0)).dropFirst().joined(separator: " ") } ?? "" }

  /// Where the marked line is.
  var markedRow: Int? { (3..<max(3, rows - 2)).first { words(row($0)).first == ">" } }

  private func words(_ line: String) -> [Substring] { line.split(separator: " ") }

  // A picture comes in pieces, from the top down: everything that a test expects is waited for.

  /// Waits until the screen shows all of the texts.
  func wait(texts: String...) throws {
    try wait("\(texts)") {
      let shown = self.text()
      return texts.allSatisfy { shown.contains($0) }
    }
  }

  func wait(heading: String) throws {
    try wait("the heading \"\(heading)\"") { self.heading.contains(heading) }
  }

  /// A long message takes several lines.
  func wait(message: String) throws {
    try wait("the message \"\(message)\"") {
      let lines = (max(0, self.rows - 5)..<self.rows - 1).map { self.row($0) }
      let words = lines.joined(separator: " ").split(separator: " ").joined(separator: " ")
      return words.contains(message)
    }
  }

  /// Waits until the marked line begins so, blanks apart.
  func wait(marked line: String) throws {
    try wait("the mark at \"\(line)\"") { self.marked.hasPrefix(line) }
  }

  /// Waits until no text is typed any more.
  func waitForKeys() throws {
    try wait("keys that act") { self.footer.hasSuffix("  ? Help") }
  }

  /// Types a user or company into a picker and picks it.
  func pick(_ name: String, by entry: String, then heading: String) throws {
    type(entry)
    try wait("the picker") { self.footer.contains("Enter Pick") }
    type(name)
    try wait("\(name) under the cursor") {
      self.body[0].hasSuffix("Filter: \(name)") && self.marked.contains(name)
    }
    key(.enter)
    try wait(heading: heading)
    try waitForKeys()
  }

  /// Filters a list for a name, goes on to its row, and leaves the filter.
  func filter(_ text: String) throws {
    type("/" + text)
    try wait("rows with \(text)") {
      self.body[0].hasSuffix("Filter: \(text)") && self.marked.contains(text)
    }
    key(.enter)
    try waitForKeys()
  }

  /// Goes down to a row.
  func moveDown(to name: String) throws {
    try wait("a marked row") { !self.marked.isEmpty }
    for _ in 0..<100 where !marked.contains(name) {
      let before = marked
      key(.down)
      try wait("the next row after \(before)") { !self.marked.isEmpty && self.marked != before }
    }
    try #require(marked.contains(name))
  }

  /// Moves down to rows and ticks them.
  func tick(_ names: String...) throws {
    for name in names {
      try moveDown(to: name)
      let row = try #require(markedRow)
      type(" ")
      try wait("the tick at \(name)") { self.row(row).contains("[x]") }
    }
  }

  /// Goes a step back.
  func back(to heading: String) throws {
    key(.escape)
    try wait(heading: heading)
  }

  func backToMenu() throws {
    key(.escape)
    try DeskTour.menu.wait(self)
  }

  /// Leaves the desk from wherever it is, and checks that the terminal is as it was.
  func leave(
    asksFirst: Bool = false, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    if asksFirst {
      key(.control("c"))
      try wait(message: "What you ticked or typed is not carried out yet; Ctrl-C again drops it.")
    }
    key(.control("c"))
    try expectEnd(130, sourceLocation: sourceLocation)
  }

  /// Waits for the end, and checks that the terminal is as it was.
  func expectEnd(_ status: Int32, sourceLocation: SourceLocation = #_sourceLocation) throws {
    #expect(try waitExit() == status, sourceLocation: sourceLocation)
    #expect(leftovers == [], sourceLocation: sourceLocation)
    #expect(echoOn, sourceLocation: sourceLocation)
  }
}
