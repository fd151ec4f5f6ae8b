import Glibc
import TestSupport
import Testing

@Suite struct TerminalInputTests {
  @Test func lettersAndControls() throws {
    let probe = try startProbe()
    probe.type("a\u{17C}\u{4F01}")
    // Ctrl-S and Ctrl-Q would freeze a terminal that programs do not tell otherwise.
    probe.key(.control("s"))
    probe.key(.control("q"))
    probe.key(.control("v"))
    try probe.wait(text: "control v")
    #expect(
      probe.events == [
        "character a", "character \u{17C}", "character \u{4F01}", "control s", "control q",
        "control v",
      ])
  }

  @Test(arguments: ["xterm-256color", "vt220", "linux", "rxvt"])
  func namedKeys(terminal: String) throws {
    let probe = try startProbe(environment: ["TERM": terminal], rows: 60)
    let keys: [TerminalProgram.Key] = [
      .up, .down, .left, .right, .home, .end, .pageUp, .pageDown, .delete, .enter, .tab, .backTab,
      .backspace, .insert,
    ]
    for key in keys { probe.key(key) }
    for number in 1...12 { probe.key(.function(number)) }
    try probe.wait(text: "function(12)")
    let names = [
      "up", "down", "left", "right", "home", "end", "pageUp", "pageDown", "delete", "enter",
      "tab", "backTab", "backspace",
    ]
    #expect(probe.events == (names + (1...12).map { "function(\($0))" }).map { "key \($0)" })
  }

  /// A terminal whose keys are like no other's.
  @Test func keysOfTheDescription() throws {
    let probe = try startProbe(environment: ["TERM": "sun"])
    probe.send("\u{1B}[224z\u{1B}[214z\u{1B}[999z.")
    try probe.wait(text: "character .")
    #expect(probe.events == ["key function(1)", "key home", "character ."])
  }

  @Test func modesThatSomebodyHasSet() throws {
    let program = builtProduct("terminal-probe")
    let probe = try TerminalProgram(
      "/bin/sh", ["-c", "stty istrip inlcr igncr; exec \(program)"])
    try probe.wait(text: "ready")
    probe.type("\u{17C}")
    probe.send("\r\n.")
    try probe.wait(text: "character .")
    #expect(probe.events == ["character \u{17C}", "key enter", "key enter", "character ."])
  }

  @Test func escapeAlone() throws {
    let probe = try startProbe()
    probe.key(.escape)
    try probe.wait(text: "key escape")
    probe.type("x")
    try probe.wait(text: "character x")
    #expect(probe.events == ["key escape", "character x"])
  }

  @Test func arrowsInPieces() throws {
    let probe = try startProbe(environment: ["ESCDELAY": "500"])
    for piece in ["\u{1B}", "[", "A", "\u{1B}", "O", "B"] { probe.send(piece) }
    try probe.wait(text: "key down")
    #expect(probe.events == ["key up", "key down"])
  }

  @Test func unknownSequencesAreSilent() throws {
    let probe = try startProbe()
    probe.send(
      "\u{1B}[1;5Z\u{1B}[<0;1;1M\u{1B}[M !!\u{1B}[99~\u{1B}[?62;1c\u{1B}q\u{1B}]11;?\u{07}.")
    try probe.wait(text: "character .")
    #expect(probe.events == ["character ."])
  }

  @Test func paste() throws {
    let probe = try startProbe()
    try probe.wait("marked pastes") { probe.pasteOn }
    probe.paste("q\ny\u{17C}\n")
    try probe.wait(text: #"paste "q\ny\#u{17C}\n""#)
    #expect(probe.status == nil)
  }

  @Test func pasteIsBounded() throws {
    let probe = try startProbe()
    probe.paste(String(repeating: "q", count: 200_000))
    probe.type(".")
    try probe.wait(text: "character .")
    #expect(probe.events == ["paste of 65536 bytes", "character ."])
  }

  @Test func pasteWithoutAnEnd() throws {
    let probe = try startProbe()
    probe.send("\u{1B}[200~qq")
    // Others are heard meanwhile.
    probe.signal(SIGINT)
    try probe.wait(text: "signal 2")
    try probe.wait(text: "paste \"qq\"")
    probe.type(".")
    try probe.wait(text: "character .")
  }

  @Test func mouseWhenAskedFor() throws {
    let probe = try startProbe(["--mouse"])
    try probe.wait("mouse reports") { probe.mouseOn }
    probe.click(column: 70, row: 3)
    probe.click(column: 70, row: 3)
    probe.wheel(up: true, column: 1, row: 2)
    probe.wheel(up: false, column: 1, row: 2)
    try probe.wait(text: "wheelDown 1 2")
    #expect(probe.events == ["press 70 3", "doublePress 70 3", "wheelUp 1 2", "wheelDown 1 2"])
    probe.type("q")
    #expect(try probe.waitExit() == 0)
    #expect(probe.leftovers == [])
  }

  @Test func noMouseOtherwise() throws {
    let probe = try startProbe()
    #expect(!probe.mouseOn)
  }

  @Test func wakeFromAnotherThread() throws {
    let probe = try startProbe()
    probe.type("w")
    try probe.wait(text: "woken")
  }

  @Test func typedAheadAndDropped() throws {
    let probe = try startProbe()
    probe.type("d")
    try probe.wait(text: "type ahead")
    probe.type("xyz")
    try probe.wait(text: "dropped")
    probe.type(".")
    try probe.wait(text: "character .")
    #expect(probe.events == ["type ahead", "dropped", "character ."])
  }

  /// The beginning of the paste is typed ahead, the rest of it comes later.
  @Test func pastedAheadAndDropped() throws {
    let probe = try startProbe()
    probe.type("d")
    try probe.wait(text: "type ahead")
    probe.paste(String(repeating: "y\n", count: 20_000))
    try probe.wait(text: "dropped")
    probe.type(".")
    try probe.wait(text: "character .")
    #expect(probe.events == ["type ahead", "dropped", "character ."])
  }
}
