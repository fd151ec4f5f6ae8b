import Glibc
import TestSupport
import Testing

/// However the desk ends or stops, the terminal is as it was and the exit status is right.
@Suite struct DeskLifeTests {
  @Test(arguments: [SIGTERM, SIGHUP, SIGQUIT, SIGINT]) func signals(number: Int32) throws {
    let database = try DeskDatabase()
    let desk = try database.open(["--mouse"])
    #expect(desk.leftovers != [] && !desk.echoOn)
    desk.type("1")
    try desk.wait(heading: "1 of 42")
    desk.signal(number)
    try desk.expectEnd(128 + number)
    try database.expectSound()
  }

  @Test(arguments: [("\u{3}", 130), ("\u{1C}", 131)] as [(String, Int32)])
  func signalKeys(key: String, status: Int32) throws {
    let desk = try DeskDatabase().open()
    desk.type("3")
    try desk.wait(texts: "Filter:", "a_nowak")
    desk.send(key)
    try desk.expectEnd(status)
  }

  @Test func interruptAsksOnceWhenSomethingIsTicked() throws {
    let database = try DeskDatabase()
    let desk = try database.open()
    try desk.pick("h_baker", by: "4", then: "Add companies to h_baker")
    try desk.tick("LA Office")
    desk.signal(SIGINT)
    try desk.wait(
      message: "What you ticked or typed is not carried out yet; Ctrl-C again drops it.")
    // Another key is a change of mind.
    desk.key(.up)
    try desk.wait("no message") { desk.message.isEmpty }
    desk.key(.escape)
    try desk.wait(message: "What you ticked or typed is not carried out yet; Esc again drops it.")
    desk.key(.down)
    try desk.wait("no message") { desk.message.isEmpty }
    try desk.leave(asksFirst: true)
    #expect(try database.changes() == [])
  }

  @Test(arguments: ["exec", "trap '' HUP; exec"]) func terminalIsClosed(start: String) throws {
    let database = try DeskDatabase()
    let desk = try TerminalProgram(
      "/bin/sh", ["-c", "\(start) \(builtProduct("company-access")) '\(database.path)'"])
    try desk.wait(heading: "171 grants")
    desk.type("1")
    try desk.wait(heading: "1 of 42")
    #expect(desk.hangUp() == 128 + SIGHUP)
    try database.expectSound()
  }

  @Test func stopsAndContinues() throws {
    let database = try DeskDatabase()
    let program = builtProduct("company-access")
    let desk = try TerminalProgram(
      "/bin/sh",
      [
        "-m", "-c",
        "\(program) '\(database.path)'; echo \"status $?\"; read x; fg; echo \"then $?\"",
      ])
    try desk.wait(texts: "171 grants", "? Help")
    desk.type("2")
    try desk.wait(texts: "Companies   1 of 12", " ATH ")
    desk.key(.control("z"))
    try desk.wait(text: "status \(128 + SIGTSTP)")
    #expect(desk.leftovers == [])
    #expect(desk.echoOn)
    // Another program changes the file and the window meanwhile.
    try database.sql("UPDATE hrm_company SET name = 'Aarhus Office' WHERE code = 'ATH'")
    desk.resize(columns: 100, rows: 30)
    desk.send("\r")
    try desk.wait(heading: "Companies")
    try desk.wait(text: "Aarhus Office")
    #expect(desk.altScreen && !desk.echoOn && desk.pasteOn)
    #expect(desk.footer.hasSuffix("? Help") && desk.footer.count == 99)
    try desk.backToMenu()
    desk.type("8")
    try desk.wait(text: "then 0")
    try desk.expectEnd(0)
  }

  /// Esc alone is a key at once; Esc as the beginning of another key is not.
  @Test func escape() throws {
    let desk = try DeskDatabase().open(environment: ["ESCDELAY": nil])
    for _ in 0..<3 {
      try DeskTour.statistics.go(desk)
      desk.send("\u{1B}")
      try DeskTour.menu.wait(desk)
    }
    desk.send("\u{1B}[B")
    try desk.wait(marked: "8 Exit")
    desk.send("\u{1B}OA")
    try desk.wait(marked: "7 Summary statistics")
    try desk.leave()
  }

  // MARK: No terminal

  @Test(arguments: [
    (nil, "the variable TERM is not set; try TERM=xterm-256color"),
    ("nonsense", "the system knows no terminal called 'nonsense'; try TERM=xterm-256color"),
    ("dumb", "a terminal called 'dumb' cannot move its cursor; try TERM=xterm-256color"),
  ])
  func unusableTerminal(name: String?, words: String) throws {
    let database = try DeskDatabase()
    let desk = try TerminalProgram(
      builtProduct("company-access"), [database.path], environment: ["TERM": name], columns: 200)
    try desk.expectEnd(69)
    #expect(!desk.output.contains(0x1B))
    #expect(
      String(decoding: desk.output, as: UTF8.self)
        == "company-access: \(words); see 'company-access --help'\r\n")
  }

  @Test func noTerminal() throws {
    let database = try DeskDatabase()
    let result = try runProgram(
      builtProduct("company-access"), [database.path], standardInput: "6y")
    #expect(result.status == 69)
    #expect(result.stdout == "")
    #expect(
      result.stderr == "company-access: the desk needs a terminal, commands do not; "
        + "see 'company-access --help'\n")
    #expect(try database.changes() == [])
  }

  @Test(arguments: ["< /dev/null", "| cat"]) func halfATerminal(redirection: String) throws {
    let database = try DeskDatabase()
    let script =
      "{ \(builtProduct("company-access")) '\(database.path)'; echo $? >&2; } \(redirection)"
    let desk = try TerminalProgram("/bin/sh", ["-c", script], columns: 120)
    try desk.expectEnd(0)
    #expect(
      desk.text().hasPrefix(
        "company-access: the desk needs a terminal, commands do not; "
          + "see 'company-access --help'\n69\n"))
  }
}
