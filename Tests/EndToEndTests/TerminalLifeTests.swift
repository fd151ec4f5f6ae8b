import Glibc
import TestSupport
import Testing

/// However the program ends or stops, the terminal is as it was.
@Suite struct TerminalLifeTests {
  @Test func leaves() throws {
    let probe = try startProbe(["--mouse"])
    #expect(probe.leftovers != [])
    #expect(!probe.echoOn)
    probe.type("q")
    #expect(try probe.waitExit() == 0)
    #expect(probe.leftovers == [])
    #expect(probe.echoOn)
  }

  /// The harness must be able to see what is left behind.
  @Test func killedItLeavesAMess() throws {
    let probe = try startProbe(["--mouse"])
    probe.type("c")
    try probe.wait("no cursor") { !probe.cursorVisible }
    probe.signal(SIGKILL)
    #expect(try probe.waitExit() == -SIGKILL)
    #expect(
      probe.leftovers
        == [
          "alternate screen", "hidden cursor", "mouse", "marked pastes", "application keys",
          "modes",
        ])
    #expect(!probe.echoOn)
  }

  // MARK: Signals

  @Test(arguments: [SIGTERM, SIGHUP, SIGQUIT])
  func endingSignal(number: Int32) throws {
    let probe = try startProbe(["--mouse"])
    probe.type("c")
    try probe.wait("no cursor") { !probe.cursorVisible }
    probe.signal(number)
    #expect(try probe.waitExit() == 128 + number)
    #expect(probe.leftovers == [])
  }

  @Test func interruptIsDelivered() throws {
    let probe = try startProbe()
    probe.signal(SIGINT)
    try probe.wait(text: "signal 2")
    probe.type("r")
    try probe.wait("an empty line") { probe.events == [] }
    probe.key(.control("c"))
    try probe.wait(text: "signal 2")
    probe.send("\u{1C}")
    #expect(try probe.waitExit() == 128 + SIGQUIT)
    #expect(probe.leftovers == [])
  }

  @Test func ignoredSignalsStayIgnored() throws {
    let probe = try TerminalProgram(
      "/bin/sh", ["-c", "trap '' INT; exec \(builtProduct("terminal-probe"))"])
    try probe.wait(text: "ready")
    probe.signal(SIGINT)
    probe.type(".")
    try probe.wait(text: "character .")
    #expect(probe.events == ["character ."])
  }

  @Test func signalsAreGivenBackToo() throws {
    let probe = try startProbe()
    probe.type("l")
    try probe.wait(text: "left")
    #expect(probe.leftovers == [])
    probe.key(.control("c"))
    #expect(try probe.waitExit() == -SIGINT)
  }

  @Test func hangUp() throws {
    #expect(try startProbe().hangUp() == 128 + SIGHUP)
  }

  /// In a session of its own it gets no signal at all, and must see the terminal's end.
  @Test(arguments: ["exec", "setsid -w"])
  func hangUpWithTheSignalIgnored(start: String) throws {
    let program = builtProduct("terminal-probe")
    let probe = try TerminalProgram("/bin/sh", ["-c", "trap '' HUP; \(start) \(program); exit $?"])
    try probe.wait(text: "ready")
    #expect(probe.hangUp() == 128 + SIGHUP)
  }

  // MARK: Stopping

  @Test func stopsAndContinues() throws {
    let probe = try startProbeInShell("read line; fg; echo \"then $?\"")
    probe.type("c")
    try probe.wait("no cursor") { !probe.cursorVisible }
    probe.key(.control("z"))
    try probe.wait(text: "status \(128 + SIGTSTP)")
    #expect(probe.leftovers == [])
    probe.resize(columns: 100, rows: 30)
    probe.send("\r")
    try probe.wait(text: "resize 100x30")
    #expect(probe.row(0) == "probe 100x30")
    #expect(probe.altScreen && !probe.cursorVisible && probe.pasteOn && !probe.echoOn)
    probe.type("q")
    try probe.wait(text: "then 0")
    #expect(try probe.waitExit() == 0)
    #expect(probe.leftovers == [])
  }

  /// In the background it stops again, and still hears that it is to end.
  @Test func endsInTheBackground() throws {
    let folder = try TemporaryFolder()
    let list = folder.file("jobs")
    let stopsAgain = "until grep -q 'tty output' \(list); do jobs >\(list); done; echo again"
    // The shell's wait ends at once for a job that it still believes stopped.
    let ends = "s=150; while [ $s = 150 ]; do wait %1; s=$?; done; echo \"then $s\""
    let probe = try startProbeInShell(
      "bg; >\(list); \(stopsAgain); kill -TERM %1; kill -CONT %1; \(ends)")
    probe.key(.control("z"))
    try probe.wait(text: "again")
    try probe.wait(text: "then \(128 + SIGTERM)")
    #expect(try probe.waitExit() == 0)
    #expect(probe.leftovers == [])
  }

  /// Where nobody could continue it, Ctrl-Z must not end the session.
  @Test func doesNotStopWithoutAShell() throws {
    let probe = try startProbe()
    probe.key(.control("z"))
    try probe.wait(text: "resize 80x24")
    probe.type("x")
    try probe.wait(text: "character x")
    #expect(!probe.isStopped)
    #expect(probe.altScreen && !probe.echoOn)
  }

  @Test func stoppedFromOutside() throws {
    let probe = try startProbe()
    probe.signal(SIGSTOP)
    try probe.wait("the stop") { probe.isStopped }
    probe.resize(columns: 90, rows: 20)
    probe.signal(SIGCONT)
    try probe.wait(text: "resize 90x20")
    #expect(probe.altScreen && !probe.echoOn && probe.pasteOn)
    probe.type("q")
    #expect(try probe.waitExit() == 0)
    #expect(probe.leftovers == [])
  }

  /// The shell that stopped it has used the terminal since, and its size is the same.
  @Test func paintsAnewWhenContinued() throws {
    let probe = try startProbe()
    probe.signal(SIGSTOP)
    try probe.wait("the stop") { probe.isStopped }
    probe.show("\u{1B}[?1049l\u{1B}[?2004l\u{1B}[2J$ ls\r\n")
    #expect(probe.text().contains("$ ls") && !probe.altScreen)
    probe.signal(SIGCONT)
    try probe.wait("the picture") { probe.altScreen && probe.row(0) == "probe 80x24" }
    #expect(probe.pasteOn)
    #expect(probe.row(6).hasPrefix("polish \u{17C}\u{F3}\u{142}\u{107}|"))
  }

  // MARK: Crashes

  @Test(
    .disabled(if: isSanitized),
    arguments: [
      ("!", "the probe was told to crash"), ("@", "a thread was told to crash"), ("%", ""),
    ])
  func crash(key: String, message: String) throws {
    // As a variable that is there already, it keeps the runtime from making a second stack.
    let probe = try startProbe(["--mouse"], environment: ["SWIFT_BACKTRACE": "enable=no"])
    probe.type("c")
    try probe.wait("no cursor") { !probe.cursorVisible }
    probe.type(key)
    #expect([-SIGILL, -SIGTRAP, -SIGSEGV].contains(try probe.waitExit()))
    #expect(probe.leftovers == [])
    #expect(probe.text().contains(message))
    #expect(!probe.text().contains("acktrace"))
  }

  @Test(arguments: [SIGSEGV, SIGBUS, SIGFPE, SIGABRT])
  func crashSignal(number: Int32) throws {
    let probe = try startProbe()
    probe.signal(number)
    #expect(try probe.waitExit() == -number)
    #expect(probe.leftovers == [])
  }

  @Test func messagesWaitForTheEnd() throws {
    let probe = try startProbe()
    probe.type("#x")
    try probe.wait(text: "character x")
    #expect(!String(decoding: probe.output, as: UTF8.self).contains("for later"))
    probe.type("q")
    #expect(try probe.waitExit() == 0)
    #expect(probe.text().contains("a message for later"))
  }
}

/// What keeps the driver from starting, said before anything has happened.
@Suite struct TerminalRefusalTests {
  @Test(arguments: [
    (nil, #"unknownTerminal("")"#), ("", #"unknownTerminal("")"#),
    ("nonsense", #"unknownTerminal("nonsense")"#), ("../../x", #"unknownTerminal("../../x")"#),
    ("xterm%s%n", #"unknownTerminal("xterm%s%n")"#), ("dumb", #"tooDumb("dumb")"#),
  ])
  func terminalName(name: String?, error: String) throws {
    let probe = try TerminalProgram(
      builtProduct("terminal-probe"), environment: ["TERM": name])
    #expect(try probe.waitExit() == 69)
    #expect(probe.text().contains("no terminal: \(error)"))
    #expect(!probe.output.contains(0x1B))
    #expect(probe.leftovers == [])
  }

  @Test func terminalNameOfAnyLength() throws {
    let probe = try TerminalProgram(
      builtProduct("terminal-probe"), environment: ["TERM": String(repeating: "x", count: 5000)])
    #expect(try probe.waitExit() == 69)
  }

  @Test func noTerminal() throws {
    let result = try runProgram(builtProduct("terminal-probe"))
    #expect(result.status == 69)
    #expect(result.stdout == "no terminal: notATerminal\n")
  }

  @Test(arguments: ["< /dev/null", "| cat"])
  func halfATerminal(redirection: String) throws {
    let probe = try TerminalProgram(
      "/bin/sh", ["-c", "\(builtProduct("terminal-probe")) \(redirection)"])
    _ = try probe.waitExit()
    #expect(probe.text().contains("no terminal: notATerminal"))
  }
}

/// What an executable of ours does with its environment before Swift's runtime reads it.
@Suite struct ProcessTests {
  @Test func dangerousVariablesAreGone() throws {
    let names = [
      "SWIFT_BACKTRACE", "SWIFT_DETERMINISTIC_HASHING", "TERMINFO", "TERMINFO_DIRS", "TERMCAP",
      "TERMPATH", "LINES", "COLUMNS",
    ]
    var variables: [String: String?] = ["TERMINAL": "kept", "LINESX": "kept"]
    for name in names { variables[name] = "enable=yes,swift-backtrace=/bin/echo" }
    // Where the hard limit is 0 already, there is nothing to be seen.
    let script = "ulimit -c 8 2>/dev/null; exec \(builtProduct("terminal-probe")) --environment"
    let result = try runProgram("/bin/sh", ["-c", script], environment: variables)
    let lines = Set(result.stdout.split(separator: "\n").map(String.init))
    #expect(lines.isSuperset(of: ["TERMINAL=kept", "LINESX=kept", "SWIFT_BACKTRACE=enable=no"]))
    #expect(!result.stdout.contains("/bin/echo"))
    #expect(lines.contains("core 0"))
  }

  @Test func otherVariablesStay() throws {
    let result = try runProgram(
      "/usr/bin/env", ["-i", "A=1", builtProduct("terminal-probe"), "--environment"])
    #expect(result.stdout == "A=1\nSWIFT_BACKTRACE=enable=no\ncore 0\n")
  }

  /// By default the runtime would print all registers and ask what to do.
  @Test(arguments: [nil, "enable=yes,interactive=yes"])
  func crashWithoutATerminalAsksNothing(setting: String?) throws {
    let probe = try TerminalProgram(
      builtProduct("terminal-probe"), ["--crash"], environment: ["SWIFT_BACKTRACE": setting])
    #expect([-SIGILL, -SIGTRAP].contains(try probe.waitExit()))
    #expect(probe.text().contains("without a terminal"))
    #expect(!probe.text().contains("acktrace"))
  }
}
