import Database
import Glibc
import TestSupport
import Testing

/// Files that the desk cannot open, or only for reading.
@Suite struct DeskStartTests {
  private static let program = builtProduct("company-access")

  /// What the program says about a file before it has touched the terminal.
  private func refusal(
    _ path: String, uid: uid_t = geteuid(), sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> (status: Int32, words: String) {
    let words =
      uid == geteuid()
      ? [Self.program, path]
      : ["/usr/bin/setpriv", "--reuid=\(uid)", "--regid=\(uid)", "--clear-groups", "--"]
        + [Self.program, path]
    let desk = try TerminalProgram(words[0], Array(words.dropFirst()), columns: 200)
    let status = try desk.waitExit()
    #expect(desk.leftovers == [], sourceLocation: sourceLocation)
    #expect(!desk.output.contains(0x1B), sourceLocation: sourceLocation)
    let output = String(decoding: desk.output, as: UTF8.self)
    let line = try #require(
      output.hasPrefix("company-access: ") && output.hasSuffix("\r\n") ? output : nil,
      sourceLocation: sourceLocation)
    return (status, String(line.dropFirst(16).dropLast()))
  }

  @Test func noFile() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("none.db")
    #expect(try refusal(path) == (66, "there is no file \(path)"))
    #expect(folder.names == [])
  }

  @Test func folderInsteadOfAFile() throws {
    let folder = try TemporaryFolder()
    #expect(try refusal(folder.path) == (66, "\(folder.path) is not a file"))
  }

  @Test func emptyFile() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("empty.db", "")
    let (status, words) = try refusal(path)
    #expect(status == 66)
    #expect(words.hasPrefix("\(path) has the tables of no application that is known"))
    #expect(try folder.read("empty.db") == [])
    #expect(folder.names == ["empty.db"])
  }

  @Test(arguments: ["This is a letter, and no database.\n", String(repeating: "x", count: 10_000)])
  func textFile(text: String) throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("letter.db", text)
    #expect(try refusal(path) == (66, "\(path) is not an SQLite database"))
    #expect(try folder.read("letter.db") == Array(text.utf8))
    #expect(folder.names == ["letter.db"])
  }

  @Test func otherTables() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("other.db")
    try runSqlite3(path, "CREATE TABLE hrm_users(id); CREATE TABLE t(a); INSERT INTO t VALUES (1)")
    let before = try folder.read("other.db")
    let (status, words) = try refusal(path)
    #expect(status == 66)
    #expect(words.hasPrefix("\(path) has no table "))
    #expect(words.contains("hrm_user_company_access") && !words.contains("hrm_users"))
    #expect(try folder.read("other.db") == before)
    #expect(folder.names == ["other.db"])
  }

  @Test func damagedFile() throws {
    let database = try DeskDatabase()
    var bytes = try database.folder.read("hrm.db")
    for place in pageSize(of: bytes)..<bytes.count { bytes[place] = 0xAA }
    let path = try database.folder.write("damaged.db", bytes)
    let desk = try TerminalProgram(Self.program, [path], columns: 200)
    try desk.wait("words about the damage") { desk.text().contains("damaged") }
    #expect(try database.folder.read("damaged.db") == bytes)
  }

  @Test(.enabled(if: isRoot)) func fileThatMayNotBeRead() throws {
    let database = try DeskDatabase(mode: 0o755)
    chmod(database.path, 0o600)
    #expect(try refusal(database.path, uid: nobody) == (77, "you may not read \(database.path)"))
    let closed = try DeskDatabase(mode: 0o700)
    #expect(try refusal(closed.path, uid: nobody) == (77, "you may not read \(closed.path)"))
  }

  /// It is waited for as long as other programs usually need.
  @Test func lockedDatabase() throws {
    let database = try DeskDatabase()
    let before = try database.folder.read("hrm.db")
    let other = try Connection(path: database.path, mode: .readWrite)
    try other.execute("BEGIN EXCLUSIVE")
    let (status, words) = try refusal(database.path)
    #expect(status == 75)
    #expect(words.hasPrefix("another program holds \(database.path): "))
    #expect(words.hasSuffix(" (process \(getpid()))"))
    try other.execute("ROLLBACK")
    #expect(try database.folder.read("hrm.db") == before)
    let desk = try database.open()
    try desk.leave()
  }

  // MARK: Nothing in it

  @Test func noUsers() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("new.db")
    #expect(try runProgram(Self.program, ["init", path]).status == 0)
    let before = try folder.read("new.db")
    let desk = try TerminalProgram(Self.program, [path])
    try desk.wait(heading: "0 users   0 companies   0 grants   coverage n/a")
    try DeskTour.menu.wait(desk)
    for (key, words) in [
      ("1", "There are no users in this database."),
      ("2", "There are no companies in this database."),
      ("3", "There are no users in this database."), ("l", "record began"),
      ("6", "Nothing to do"),
    ] {
      desk.type(key)
      try desk.wait(text: words)
      try desk.backToMenu()
    }
    desk.type("7")
    try desk.wait(text: "n/a  [")
    try desk.backToMenu()
    try desk.leave()
    #expect(try folder.read("new.db") == before)
  }

  // MARK: Only for reading

  @Test(.enabled(if: isRoot)) func readOnlyForRoot() throws {
    let database = try DeskDatabase()
    chmod(database.path, 0o444)
    let desk = try database.open()
    try readOnly(desk, database, because: "the permissions of the file forbid it")
  }

  @Test(.enabled(if: isRoot)) func readOnlyForSomebodyElse() throws {
    let database = try DeskDatabase(mode: 0o755)
    let desk = try TerminalProgram(
      "/usr/bin/setpriv",
      ["--reuid=\(nobody)", "--regid=\(nobody)", "--clear-groups", "--"]
        + [Self.program, database.path])
    try DeskTour.menu.wait(desk)
    try readOnly(desk, database, because: "the permissions of the file forbid it")
  }

  @Test func readOnlyWhenAsked() throws {
    let database = try DeskDatabase()
    let desk = try database.open(["--read-only"])
    try readOnly(desk, database, because: "the database was opened only to be read")
  }

  private func readOnly(
    _ desk: TerminalProgram, _ database: DeskDatabase, because reason: String
  ) throws {
    let before = try database.folder.read("hrm.db")
    #expect(desk.title.hasSuffix("read-only"))
    try desk.wait(message: "Nothing can be changed here: \(reason).")
    for entry in ["4  Add company to user", "5  Remove company from user", "6  Bulk add"] {
      #expect(desk.body.contains { $0.contains(entry) && $0.hasSuffix("not possible now") })
    }
    for key in ["4", "5", "6", "u"] {
      desk.key(.down)
      try desk.wait("no message") { desk.message.isEmpty }
      desk.type(key)
      try desk.wait(message: "Not possible here: \(reason).")
      #expect(desk.heading.contains("coverage"))
    }
    try desk.pick("john_smith", by: "3", then: "Companies of john_smith")
    try desk.wait(heading: "1 of 3")
    #expect(!desk.footer.contains("Add companies"))
    for key in ["+", "-"] {
      desk.key(.down)
      try desk.wait("no message") { desk.message.isEmpty }
      desk.type(key)
      try desk.wait(message: "Not possible here: \(reason).")
    }
    desk.type("?")
    try desk.wait(texts: "Help: companies of a user", "(not now) Not possible here")
    try desk.leave()
    #expect(try database.folder.read("hrm.db") == before)
    #expect(database.folder.names == ["hrm.db"])
  }

  // MARK: The record has gaps

  @Test func droppedTriggers() throws {
    let database = try DeskDatabase()
    try database.sql("DROP TRIGGER company_access_user_deleted")
    let desk = try database.open()
    #expect(desk.title.hasSuffix("record incomplete"))
    let command = "company-access schema upgrade"
    try desk.wait(message: command)
    try desk.pick("john_smith", by: "3", then: "Companies of john_smith")
    try desk.wait(heading: "1 of 3")
    try desk.back(to: "1 of 1")
    try desk.back(to: "of 42")
    try desk.backToMenu()
    desk.type("4")
    try desk.wait(message: command)
    try desk.wait(message: "it lacks trigger company_access_user_deleted.")
    #expect(desk.heading.contains("coverage"))
    try desk.leave()
    let mended = try runProgram(
      Self.program,
      command.split(separator: " ").dropFirst().map(String.init)
        + ["--db", database.path])
    #expect(mended.status == 0)
    #expect(mended.stdout.contains("make    trigger company_access_user_deleted"))
    let copy = try #require(
      mended.stderr.split(whereSeparator: \.isWhitespace).first {
        $0.hasPrefix(database.path + ".before-upgrade-")
      })
    #expect(unlink(String(copy)) == 0)
    try bulkAdd(database.open(), "Granted 333 pairs.")
    #expect(try database.changes().last == "desk|bulk-grant||333|0")
    try database.expectSound()
  }

  /// The file of an application, without tables of access.
  @Test func anApplicationsFile() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("app.db")
    for words in [
      ["init", "--sample", path], ["--db", path, "schema", "downgrade", "--accept-loss"],
    ] {
      #expect(try runProgram(Self.program, words).status == 0)
    }
    let before = try folder.read("app.db")
    let looking = try TerminalProgram(Self.program, [path])
    try looking.wait(text: "Adopt this file? y / Esc")
    looking.type("q")
    #expect(try looking.waitExit() == 0)
    #expect(try folder.read("app.db") == before)
    let desk = try TerminalProgram(Self.program, [path])
    try desk.wait(text: "Adopt this file? y / Esc")
    try desk.confirm()
    try desk.wait(text: "Adopted: 48 pairs granted by change 2; 4 users get nothing")
    #expect(desk.title.hasSuffix("read-write"))
    desk.type("8")
    #expect(try desk.waitExit() == 0)
    #expect(try runProgram(Self.program, ["--db", path, "schema", "verify"]).status == 0)
    #expect(folder.names.filter { $0.contains("before-") }.count == 2)
  }

  /// An application may rebuild its tables while the desk is open.
  @Test func triggersDroppedMeanwhile() throws {
    let database = try DeskDatabase()
    let desk = try database.open()
    try database.sql("DROP TRIGGER company_access_grant_deleted")
    try bulkAdd(desk, "Writing is refused, because the record would have gaps without trigger")
    #expect(try database.changes() == [])
    try database.expectSound()
  }

  private func bulkAdd(_ desk: TerminalProgram, _ message: String) throws {
    desk.type("6")
    try desk.wait(text: "Grant 333 pairs? y / Esc")
    try desk.confirm()
    try desk.wait(text: message)
    try desk.leave()
  }
}
