import Glibc
import TestSupport
import Testing

@Suite struct TerminalScreenTests {
  @Test func textAndRoles() throws {
    let probe = try startProbe()
    #expect(probe.altScreen)
    #expect(probe.row(0) == "probe 80x24")
    #expect(probe.cell(column: 0, row: 0) == .init(text: "p", isBold: true))
    // As the probe lists them.
    #expect(probe.cell(column: 30, row: 1) == .init(text: "n"))
    #expect(probe.cell(column: 30, row: 2) == .init(text: "t", isBold: true))
    #expect(probe.cell(column: 30, row: 3) == .init(text: "h", isUnderlined: true))
    #expect(probe.cell(column: 30, row: 4) == .init(text: "f"))
    #expect(probe.cell(column: 30, row: 5) == .init(text: "k", isBold: true))
    #expect(probe.cell(column: 30, row: 6) == .init(text: "g", color: 2))
    #expect(probe.cell(column: 30, row: 7) == .init(text: "w", color: 5))
    #expect(probe.cell(column: 30, row: 8) == .init(text: "d", isBold: true, color: 1))
    // libvterm does not know of dim: it must have been asked for.
    #expect(String(decoding: probe.output, as: UTF8.self).contains("2mfaint"))
  }

  @Test func selectedIsReversed() throws {
    let probe = try startProbe()
    #expect(!probe.cell(column: 30, row: 2).isReversed)
    probe.type("s")
    try probe.wait("the title") {
      probe.cell(column: 30, row: 2) == .init(text: "t", isBold: true, isReversed: true)
    }
    #expect(!probe.cell(column: 35, row: 2).isReversed)
    probe.type("s")
    try probe.wait("the heading") { probe.cell(column: 30, row: 3).isReversed }
    #expect(!probe.cell(column: 30, row: 2).isReversed)
  }

  @Test(arguments: [["NO_COLOR": "1"], ["TERM": "vt100"], ["TERM": "xterm-mono"]])
  func withoutColors(environment: [String: String]) throws {
    let probe = try startProbe(environment: environment)
    for row in 0..<24 {
      for column in 0..<80 {
        let cell = probe.cell(column: column, row: row)
        #expect(cell.color == nil && cell.background == nil)
      }
    }
    #expect(probe.cell(column: 30, row: 3).isUnderlined)
    #expect(probe.cell(column: 30, row: 7).isBold)
    #expect(probe.cell(column: 30, row: 8).isBold)
    probe.type("s")
    try probe.wait("the selection") { probe.cell(column: 30, row: 2).isReversed }
    probe.type("q")
    #expect(try probe.waitExit() == 0)
    #expect(probe.leftovers == [])
  }

  @Test func emptyNoColorMeansNothing() throws {
    let probe = try startProbe(environment: ["NO_COLOR": ""])
    #expect(probe.cell(column: 30, row: 6).color == 2)
    let other = try startProbe(["--no-color"])
    #expect(other.cell(column: 30, row: 6) == .init(text: "g"))
  }

  @Test func wideGlyphsAndMarks() throws {
    let probe = try startProbe()
    #expect(probe.row(1).hasPrefix("wide \u{4F01}\u{696D}|"))
    #expect(probe.cell(column: 5, row: 1) == .init(text: "\u{4F01}", width: 2))
    #expect(probe.cell(column: 9, row: 1).text == "|")
    #expect(probe.cell(column: 10, row: 2).text == "e\u{301}")
    #expect(probe.cell(column: 11, row: 2).text == "|")
    #expect(probe.row(3).hasPrefix("bidi <U+202E>gpj|"))
    #expect(probe.row(6).hasPrefix("polish \u{17C}\u{F3}\u{142}\u{107}|"))
  }

  /// What follows such a glyph must stand where libc's widths say.
  ///
  /// libvterm takes the giraffe for one column wide and libc for two; with the other glyph it is
  /// the other way round.
  @Test func glyphsOfDisputedWidth() throws {
    let probe = try startProbe()
    #expect(probe.cell(column: 8, row: 4) == .init(text: "\u{1F992}", width: 1))
    #expect(probe.cell(column: 10, row: 4).text == "|")
    #expect(probe.cell(column: 8, row: 5).text == "|")
    for row in 4...5 { #expect(probe.cell(column: 30, row: row).text == ["f", "k"][row - 4]) }
  }

  @Test func glyphsGoWithTheirLine() throws {
    let probe = try startProbe()
    probe.paste("a\u{4F01}\u{1F992}b")
    try probe.wait(text: "a\u{4F01}\u{1F992} b")
    // In one piece, so that the next picture has blanks where the glyphs were.
    probe.send("r\u{1B}[200~a    b\u{1B}[201~")
    try probe.wait(text: #"paste "a    b""#)
    probe.type("r")
    try probe.wait("an empty line") { probe.row(11) == "" }
  }

  @Test func smallerFrames() throws {
    let probe = try startProbe()
    let before = probe.text()
    probe.type("m")
    try probe.wait("a small picture") { probe.row(10) == "" }
    #expect(probe.row(1) == "wide \u{4F01}\u{696D}|                    no\u{2026}")
    #expect((4..<24).allSatisfy { probe.row($0) == "" })
    probe.type("m")
    try probe.wait("the picture again") { probe.text() == before }
  }

  @Test func cursorStandsOnTheFocus() throws {
    let probe = try startProbe()
    try probe.wait("the cursor") { probe.cursor == (5, 10) && probe.cursorVisible }
    probe.paste("\u{4F01}")
    try probe.wait("the cursor") { probe.cursor == (10, 11) }
    probe.type("c")
    try probe.wait("no cursor") { !probe.cursorVisible }
    probe.type("c")
    try probe.wait("the cursor again") { probe.cursorVisible && probe.cursor == (10, 11) }
  }

  @Test func asciiOnly() throws {
    let probe = try startProbe(["--ascii"])
    #expect(probe.row(1).hasPrefix("wide ????|"))
    #expect(probe.output.allSatisfy { $0 < 0x80 })
  }

  @Test(arguments: [nil, "", "C", "POSIX", "pl_PL.ISO-8859-2", "nonsense"])
  func everyLocale(language: String?) throws {
    let probe = try startProbe(environment: ["LANG": language, "LC_ALL": language])
    #expect(probe.row(6).hasPrefix("polish \u{17C}\u{F3}\u{142}\u{107}|"))
    probe.type("\u{17C}")
    try probe.wait(text: "character \u{17C}")
  }

  @Test(arguments: ["linux", "screen", "screen-256color", "tmux-256color", "vt220", "rxvt", "ansi"])
  func otherTerminals(name: String) throws {
    let probe = try startProbe(environment: ["TERM": name])
    #expect(probe.row(6).hasPrefix("polish \u{17C}\u{F3}\u{142}\u{107}|"))
    probe.key(.down)
    try probe.wait(text: "key down")
    probe.type("q")
    #expect(try probe.waitExit() == 0)
    #expect(probe.leftovers == [])
  }

  // MARK: Sizes

  @Test func resizes() throws {
    let probe = try startProbe()
    for (columns, rows) in [(120, 40), (1, 1), (60, 15), (300, 100), (2, 30), (80, 24)] {
      probe.resize(columns: columns, rows: rows)
      let title = String("probe \(columns)x\(rows)".prefix(columns))
      try probe.wait("a picture of \(columns)x\(rows)") {
        columns > 20 ? probe.row(0) == title : probe.cursor.row < rows
      }
    }
    try probe.wait(text: "resize 80x24")
    #expect(probe.cell(column: 5, row: 1) == .init(text: "\u{4F01}", width: 2))
    probe.type("q")
    #expect(try probe.waitExit() == 0)
    #expect(probe.leftovers == [])
  }

  @Test(arguments: [(1, 1), (1, 24), (80, 1), (2, 2), (1024, 512)])
  func startsInEverySize(columns: Int, rows: Int) throws {
    let probe = try TerminalProgram(
      builtProduct("terminal-probe"), rows: rows, columns: columns)
    try probe.wait("the first picture") {
      probe.altScreen && probe.cell(column: 0, row: 0).text != ""
    }
    probe.type("xq")
    #expect(try probe.waitExit() == 0)
    #expect(probe.leftovers == [])
  }

  @Test func hugeTerminalsCostNoMemory() throws {
    // Only the kernel is told, so that libvterm needs none either.
    let probe = try TerminalProgram(
      "/bin/sh", ["-c", "stty rows 9000 columns 9000; exec \(builtProduct("terminal-probe"))"])
    try probe.wait("the picture") { probe.row(0) == "probe 1024x512" }
    let status = try String(decoding: readFile("/proc/\(probe.process)/status"), as: UTF8.self)
    let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") })
    let kilobytes = try #require(line.split(separator: " ").dropLast().last.flatMap { Int($0) })
    #expect(kilobytes < 200_000)
    probe.type("q")
    #expect(try probe.waitExit() == 0)
  }

  @Test func variablesDoNotDecideTheSize() throws {
    let probe = try startProbe(environment: ["LINES": "5", "COLUMNS": "20"])
    #expect(probe.row(0) == "probe 80x24")
  }

  @Test func terminalWithoutASize() throws {
    let probe = try TerminalProgram(
      "/bin/sh", ["-c", "stty rows 0 columns 0; exec \(builtProduct("terminal-probe"))"])
    try probe.wait(text: "probe 80x24")
  }
}
