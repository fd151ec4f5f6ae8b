import CompanyAccess
import Glibc
import TerminalUI
import TestSupport
import Testing

@testable import AccessDesk

/// Files that the desk writes, in the folder of `--files` and nowhere else.
@Suite struct DeskFileTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func desk(readOnly: Bool = false) throws -> DeskDriver {
    try DeskDriver(readOnly: readOnly, files: folder.path)
  }

  private func write(_ name: String, _ desk: inout DeskDriver) {
    desk.press(.control("s"))
    desk.type(name)
    desk.press(.enter)
  }

  @Test(
    "without a folder there is no such key: not in the footer, not in the help, nothing happens")
  func noFolder() throws {
    for kind in ScreenKind.allCases where kind.actions.contains(.writeFile) {
      var desk = try ScreenTour.desk(on: kind)
      desk.resize(columns: 200, rows: 100)
      #expect(!desk.lines[99].contains("Ctrl-S"))
      desk.press(.control("s"))
      #expect(desk.kind == kind)
      #expect(desk.message == Messages.noMeaning(.control("s")))
      desk.press(.character("?"))
      #expect(!desk.text.contains("Ctrl-S"))
    }
  }

  @Test("with a folder every such screen has the key, in the help and, with room, in the footer")
  func keyIsThere() throws {
    for kind in ScreenKind.allCases where kind.actions.contains(.writeFile) {
      var desk = try DeskDriver(columns: 250, rows: 100, files: folder.path)
      ScreenTour.go(to: kind, on: &desk)
      #expect(desk.lines[99].contains("Ctrl-S Write"), "\(kind)")
      desk.press(.control("s"))
      #expect(desk.kind == .file, "\(kind)")
    }
  }

  @Test("a list is written as the command writes it, with its filter and its order")
  func list() throws {
    var desk = try desk()
    desk.type("1/manager")
    desk.press(.enter)
    desk.type("S")
    write("managers.csv", &desk)
    #expect(desk.kind == .users)
    let command = try runProgram(
      builtProduct("company-access"),
      ["--db", desk.path, "users", "--search", "manager", "--sort", "-username", "--format", "csv"])
    let rows = command.stdout.split(separator: "\r\n").count - 1
    #expect(rows > 3)
    #expect(desk.message == "Wrote \(rows) rows to managers.csv.")
    #expect(readFile(folder.file("managers.csv")) == command.stdout)
    write("managers.json", &desk)
    let text = try #require(readFile(folder.file("managers.json")))
    #expect(text.hasPrefix("{\"users\":[\n{\"id\":") && text.hasSuffix("],\"total\":\(rows)}\n"))
  }

  @Test("what a user may enter, a page, the log, and all of it at a moment of the past")
  func others() throws {
    var desk = try desk(readOnly: true)
    ScreenTour.go(to: .companiesOfUser, on: &desk)
    write("companies.csv", &desk)
    let expected = try runProgram(
      builtProduct("company-access"),
      ["--db", desk.path, "companies", "--user", "john_smith", "--format", "csv"])
    #expect(readFile(folder.file("companies.csv")) == expected.stdout)
    desk.press(.escape, .escape, .escape)
    desk.type("1i")
    write("page.json", &desk)
    let page = try runProgram(
      builtProduct("company-access"), ["--db", desk.path, "user", "show", "a_nowak", "--json"])
    #expect(readFile(folder.file("page.json")) == page.stdout)
    desk.press(.escape, .escape, .escape)
    desk.type("l/john")
    desk.press(.enter)
    write("log.json", &desk)
    let log = try runProgram(
      builtProduct("company-access"), ["--db", desk.path, "log", "--search", "john", "--json"])
    #expect(readFile(folder.file("log.json")) == log.stdout)
    desk.press(.escape, .escape, .escape)
    desk.type("t2026-03-31")
    desk.press(.enter)
    desk.type("1")
    write("then.csv", &desk)
    let then = try runProgram(
      builtProduct("company-access"),
      ["--db", desk.path, "users", "--as-of", "2026-03-31", "--format", "csv"],
      environment: ["TZ": "UTC"])
    #expect(readFile(folder.file("then.csv")) == then.stdout)
  }

  @Test("the grid has a line for each user and a column for each company, both filtered")
  func grid() throws {
    var desk = try desk()
    desk.type("g/john")
    desk.press(.enter)
    desk.type(" ")
    write("grid.csv", &desk)
    let lines = try #require(readFile(folder.file("grid.csv"))).split(separator: "\r\n")
    let cells = lines.map { $0.split(separator: ",", omittingEmptySubsequences: false) }
    #expect(cells[0].count == 14 && cells[0].starts(with: ["user_id", "user"]))
    let row = try #require(cells.first { $0[1] == "john_smith" })
    let user = try desk.store.user(named: "john_smith").id
    let granted = try #require(try desk.store.user(user)).companies
    #expect(row.dropFirst(2).count { $0 == "x" } == granted)
    write("grid.json", &desk)
    let json = try #require(readFile(folder.file("grid.json")))
    let line = try #require(json.split(separator: "\n").first { $0.contains("\"john_smith\"") })
    #expect(line.split(separator: "-").count - 1 == 4 * granted)
    #expect(json.split(separator: "\n").count == 1 + 12 + cells.count - 1)
  }

  @Test(
    "a name that is no plain name of a file is refused before anything is written",
    arguments: [
      "", "a", ".csv", ".hidden.csv", "../up.csv", "/tmp/x.csv", "a/b.csv", "a\u{202E}.csv", "a.db",
      "-", "..", "a.csv.exe", String(repeating: "x", count: 200) + ".csv",
    ])
  func names(name: String) throws {
    var desk = try desk()
    desk.type("1")
    desk.press(.control("s"))
    desk.paste(name)
    desk.holdsWrites = true
    desk.press(.enter)
    #expect(desk.heldFile == nil && desk.kind == .file && !desk.message.isEmpty)
    #expect(try FileNames.all(in: folder.path).isEmpty)
  }

  @Test("a file that is there is replaced only after y, and Esc keeps it")
  func existing() throws {
    var desk = try desk()
    let path = folder.file("users.csv")
    try writeFile(path, Array("mine\n".utf8))
    desk.type("1")
    write("users.csv", &desk)
    #expect(desk.text.contains("users.csv is there. Replace it? y / Esc"))
    desk.press(.enter, .escape)
    #expect(readFile(path) == "mine\n" && desk.kind == .file)
    desk.press(.enter)
    // Keys that come at once are no answer.
    desk.burst([.key(.character("x")), .key(.character("y"))])
    #expect(readFile(path) == "mine\n")
    desk.type("y")
    #expect(readFile(path)?.hasPrefix("id,username,") == true)
    #expect(desk.kind == .users)
  }

  @Test("no link, device, folder or database is written to, and nothing is left where it fails")
  func gate() throws {
    var desk = try desk()
    try writeFile(folder.file("target"), Array("mine\n".utf8))
    symlink(folder.file("target"), folder.file("link.csv"))
    mkfifo(folder.file("pipe.csv"), 0o600)
    mkdir(folder.file("folder.csv"), 0o700)
    link(desk.path, folder.file("same.csv"))
    let before = try FileNames.all(in: folder.path)
    desk.type("1")
    for name in ["link.csv", "pipe.csv", "folder.csv", "same.csv"] {
      write(name, &desk)
      #expect(desk.kind == .file && desk.message.contains(name), "\(name): \(desk.message)")
      desk.press(.escape)
    }
    #expect(readFile(folder.file("target")) == "mine\n")
    #expect(try FileNames.all(in: folder.path) == before)
  }

  @Test("Esc stops the writing, and no file appears")
  func cancelled() throws {
    var desk = try desk()
    desk.type("1")
    desk.holdsWrites = true
    write("users.csv", &desk)
    desk.report(done: 200, of: 1_000, secondsLeft: 3)
    #expect(desk.text.contains("20 %"))
    desk.press(.escape)
    #expect(desk.kind == .file && desk.message == Messages.cancelled)
    let work = Work()
    work.cancel()
    let file = DeskFile(
      document: .list(EntityQuery(.user)), folder: folder.path, name: "users.csv")
    #expect(throws: AccessError.cancelled) {
      try file.write(from: desk.store, at: .now, work: work)
    }
    #expect(try FileNames.all(in: folder.path).isEmpty)
  }

  @Test("the screen in golden frames: a name typed, a question, under way")
  func frames() throws {
    try writeFile(folder.file("users.csv"), Array("mine\n".utf8))
    var desk = try desk()
    desk.type("1")
    desk.press(.control("s"))
    desk.type("users.csv")
    desk.press(.enter)
    #expect(desk.text.contains("Replace it?"))
    var other = try DeskDriver(files: "reports")
    other.type("g")
    other.press(.control("s"))
    other.type("all of them.json")
    try Golden.check("file-grid", other, sizes: Golden.sizes + [(200, 50)])
    other.holdsWrites = true
    other.press(.enter)
    other.report(done: 250, of: 1_000, secondsLeft: 4)
    try Golden.check("file-under-way", other, sizes: Golden.sizes + [(200, 50)])
    other.failHeldWrite(.exists(path: "reports/all of them.json", canBeReplaced: true))
    try Golden.check("file-exists", other, sizes: Golden.sizes + [(200, 50)])
  }
}

/// The names in a folder.
private enum FileNames {
  static func all(in folder: String) throws -> [String] {
    try runProgram("/bin/ls", ["-A", folder]).stdout.split(separator: "\n").map(String.init)
  }
}
