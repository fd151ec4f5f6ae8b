import CompanyAccess
import Formats
import TerminalUI
import TestSupport
import Testing

@testable import AccessDesk

/// The command that a confirmation shows, run by a shell.
@Suite struct EquivalentCommandTests {
  private static let count = Sweep.number("COMPANY_ACCESS_COMMANDS", sample: 24, full: 500)
  private static let rounds = 4

  @Test("the command of a confirmation does what its y does", arguments: 0..<rounds)
  func sameChange(round: Int) throws {
    var chooser = try ConfirmationChooser(seed: Sweep.seed &+ UInt64(round))
    var bad: [String] = []
    let count = Self.count / Self.rounds
    for _ in 0..<count {
      if let problem = try chooser.compareOne() { bad.append(problem) }
    }
    #expect(bad == [], "seed \(Sweep.seed), round \(round)")
    Sweep.figure(
      "confirmations whose command was run", swept: count, good: count - bad.count,
      note: chooser.kinds.sorted().joined(separator: ", "))
  }

  @Test("c shows the command above the plan, again hides it, and F6 does so where text is typed")
  func keys() throws {
    var desk = try ScreenTour.desk(on: .confirmation)
    let plain = desk.text
    desk.type("c")
    #expect(desk.lines[3] == "  " + ConfirmationMessages.command.string)
    #expect(desk.lines[4].hasPrefix("company-access --db hrm.db grant john_smith "))
    desk.type("c")
    #expect(desk.text == plain)
    var deletion = try DeskDriver()
    deletion.type("1D")
    deletion.type("c")
    deletion.press(.function(6))
    #expect(deletion.lines[4] == "company-access --db hrm.db user delete a_nowak --yes")
  }

  @Test("reason, ticket and date stand in the command as they were typed")
  func reason() throws {
    var desk = try ScreenTour.desk(on: .confirmation)
    desk.resize(columns: 200, rows: 50)
    desk.type("crit's $HOME")
    desk.press(.tab)
    desk.type("HR-1")
    desk.press(.tab)
    desk.type("2026-03-31")
    desk.press(.enter)
    #expect(
      desk.lines[4].hasSuffix(
        " --reason 'it'\\''s $HOME' --ticket HR-1 --decided 2026-03-31"))
  }

  @Test("the command changes with what is confirmed")
  func changes() throws {
    var desk = try DeskDriver()
    desk.type("1xc")
    #expect(desk.lines[4] == "company-access --db hrm.db user deactivate a_nowak")
    desk.type("g")
    #expect(desk.lines[4] == "company-access --db hrm.db user deactivate a_nowak --revoke")
  }

  @Test("the command in golden frames")
  func frames() throws {
    var desk = try ScreenTour.desk(on: .confirmation)
    desk.type("crit's the new team's wish, and that of those who have worked with it before")
    desk.press(.enter)
    try Golden.check("confirmation-command", desk, sizes: Golden.sizes + [(200, 50)])
    var grid = try DeskDriver()
    grid.type("gR")
    grid.press(.down, .right)
    grid.type(" C")
    grid.press(.enter)
    grid.press(.function(6))
    try Golden.check("confirmation-command-edits", grid, sizes: Golden.sizes + [(200, 50)])
  }

  @Test(
    "a shell reads back every word, however it has to be quoted",
    arguments: [
      "", "plain", "it's", "$HOME `id` \\ \"", "-x", "a b", "~", "#", "a\u{202E}b", "tab\there",
      "ż\u{301}\u{65E5}\u{672C}", "'", "''", "*", "[a]{1,2}", String(repeating: "o'k ", count: 300),
    ])
  func quoting(word: String) throws {
    for width in [60, 80, 200] {
      let text = ShellText.lines(["printf", "<%s>", word, "end"], width: width)
        .joined(separator: "\n")
      let result = try runProgram("/bin/sh", ["-c", text])
      #expect(result.stdout == "<\(word)><end>")
      #expect(text.split(separator: "\n").allSatisfy { DisplayText(String($0)).width <= width })
    }
  }
}

/// Goes to confirmations by chance, and carries out each of them in both ways.
private struct ConfirmationChooser {
  private var numbers: SeededNumbers
  private(set) var kinds: Set<String> = []

  init(seed: UInt64) throws { numbers = SeededNumbers(seed) }

  /// Users and companies whose names are hard to write.
  private static let hardNames = """
    INSERT INTO hrm_users (id, username, full_name, is_active, created_at, modified_at) VALUES
      (701, '-x', 'Dash', 1, '2026-01-01', '2026-01-01'),
      (702, 'o''neil "q"', 'Quote', 1, '2026-01-01', '2026-01-01'),
      (703, '$HOME', 'Dollar', 1, '2026-01-01', '2026-01-01'),
      (704, '705', 'Digits', 1, '2026-01-01', '2026-01-01'),
      (705, 'id:7', 'Id', 0, '2026-01-01', '2026-01-01'),
      (706, 'h' || char(0x202E) || 'id', 'Hidden', 1, '2026-01-01', '2026-01-01');
    INSERT INTO hrm_company (id, name, code, is_active, created_at, modified_at) VALUES
      ('0190a0000000700080000000000000a1', 'NYC', 'X Y', 1, '2026-01-01', '2026-01-01'),
      ('0190a0000000700080000000000000a2', 'a\\b `c`', NULL, 1, '2026-01-01', '2026-01-01'),
      ('0190a0000000700080000000000000a3', '--yes', '*', 0, '2026-01-01', '2026-01-01')
    """

  /// What is wrong with the command of one confirmation; nil if nothing.
  mutating func compareOne() throws -> String? {
    var desk = try DeskDriver(columns: pick(60...200), rows: 200, damage: Self.hardNames)
    var way = try go(&desk)
    while desk.kind != .confirmation || desk.model.top.question == nil {
      desk = try DeskDriver(columns: pick(60...200), rows: 200, damage: Self.hardNames)
      way = try go(&desk)
    }
    kinds.insert(way)
    if pick(0...3) == 0 { desk.press(.function(4)) }
    if pick(0...3) == 0 { typeReason(&desk) }
    desk.press(.function(6))
    let text = try command(of: desk)
    let copy = try TemporaryFolder()
    _ = try runProgram("/bin/cp", [desk.path, copy.file("hrm.db")])
    if let typed = demanded(desk) { desk.type(typed) }
    desk.type("y")
    guard let done = desk.lastResult, let change = done.change else {
      return "\(way): y did nothing: \(desk.message)"
    }
    let folder = ShellText.quoted(copy.path)
    let call = text.replacing(
      "company-access --db", with: "company-access --json --db", maxReplacements: 1)
    let product = builtProduct("company-access")
    let ran = try runProgram(
      "/bin/sh", ["-c", "cd \(folder) && PATH=\(product.dropLast(15)):$PATH\n\(call)"],
      environment: ["TZ": "UTC"])
    guard ran.status == 0 || done.leftAlone + done.entitiesLeftAlone > 0 else {
      return "\(way): \(text): \(ran.stderr)"
    }
    let (one, other) = (try json(done), Self.plain(ran.stdout))
    if Self.timeless(one) != Self.timeless(other) {
      return "\(way): \(text)\ndesk: \(one)\ncommand: \(other)"
    }
    let rows = [desk.path, copy.file("hrm.db")].map { path in
      Result { try Self.record(path, change) + Self.tables(path) }
    }
    let (desks, commands) = (try rows[0].get(), try rows[1].get())
    return desks == commands ? nil : "\(way): \(text)\ndesk: \(desks)\ncommand: \(commands)"
  }

  // MARK: - Ways to a confirmation

  private mutating func go(_ desk: inout DeskDriver) throws -> String {
    switch pick(0...11) {
    case 0: return ticks("4", &desk)
    case 1: return ticks("5", &desk)
    case 2, 3: return ticksOfCompany(&desk)
    case 4:
      desk.type("3")
      move(&desk)
      desk.press(.enter)
      desk.type("=")
      move(&desk)
      desk.press(.enter)
      return "same as"
    case 5:
      desk.type("6")
      return "bulk"
    case 6: return edited(&desk)
    case 7: return added(&desk)
    case 8:
      desk.type(pick(0...1) == 0 ? "1" : "2")
      move(&desk)
      desk.type(pick(0...1) == 0 ? "x" : "D")
      return "deactivate or delete"
    case 9:
      desk.type("l")
      move(&desk)
      desk.type("u")
      if desk.kind == .confirmation, pick(0...1) == 0 { desk.press(.function(5)) }
      return "undo"
    default: return grid(&desk)
    }
  }

  private mutating func ticks(_ key: String, _ desk: inout DeskDriver) -> String {
    desk.type(key)
    move(&desk)
    desk.press(.enter)
    tick(&desk)
    return "ticks for a user"
  }

  private mutating func ticksOfCompany(_ desk: inout DeskDriver) -> String {
    desk.type("c")
    move(&desk)
    desk.press(.enter)
    desk.type(pick(0...1) == 0 ? "+" : "-")
    tick(&desk)
    return "ticks for a company"
  }

  private mutating func tick(_ desk: inout DeskDriver) {
    // In a small window not all rows are at hand, and all that match are ticked as a query.
    if pick(0...2) == 0 {
      desk.resize(columns: 80, rows: 15)
      if pick(0...1) == 0 {
        desk.type("/")
        desk.type(["a", "office", "o", "00"][pick(0...3)])
        desk.press(.enter)
      }
      desk.type("*")
    }
    for _ in 0..<pick(0...4) {
      move(&desk)
      desk.type(" ")
    }
    desk.resize(columns: pick(60...200), rows: 200)
    desk.press(.enter)
  }

  private mutating func edited(_ desk: inout DeskDriver) -> String {
    desk.type(pick(0...1) == 0 ? "1" : "2")
    move(&desk)
    desk.type("e")
    for _ in 0..<pick(0...2) { desk.press(.tab) }
    desk.type(text())
    desk.press(.enter)
    return "edit"
  }

  private mutating func added(_ desk: inout DeskDriver) -> String {
    desk.type((pick(0...1) == 0 ? "1a" : "2a") + text())
    desk.press(.tab)
    if pick(0...1) == 0 { desk.type(text()) }
    desk.press(.enter)
    return "add"
  }

  private mutating func grid(_ desk: inout DeskDriver) -> String {
    desk.resize(columns: 80, rows: 24)
    desk.type("g")
    if pick(0...2) == 0 {
      desk.type("/")
      desk.type(["a", "manager", "o"][pick(0...2)])
      desk.press(.enter)
    }
    for _ in 0..<pick(1...6) {
      for _ in 0..<pick(0...5) { desk.press(.down) }
      for _ in 0..<pick(0...4) { desk.press(.right) }
      switch pick(0...5) {
      case 0: desk.type("R")
      case 1: desk.type("C")
      case 2:
        desk.type("v")
        desk.press(.down, .down, .right)
        desk.type(" ")
      default: desk.type(" ")
      }
    }
    desk.resize(columns: pick(60...200), rows: 200)
    desk.press(.enter)
    return "grid"
  }

  private mutating func move(_ desk: inout DeskDriver) {
    if pick(0...3) == 0 { desk.press(.end) }
    for _ in 0..<pick(0...30) { desk.press(pick(0...2) == 0 ? .up : .down) }
  }

  private mutating func typeReason(_ desk: inout DeskDriver) {
    desk.press(.function(3))
    desk.type(text())
    desk.press(.tab)
    if pick(0...1) == 0 { desk.type(text()) }
    desk.press(.tab)
    if pick(0...1) == 0 { desk.type("2026-0\(pick(1...9))-15") }
    desk.press(.enter)
  }

  private mutating func text() -> String {
    let words = [
      "it's", "$(id)", "\"two\"", "back\\slash", "-n", "a", "Zoë", "#1", "x;y", "*", "100%",
    ]
    return (0..<pick(1...4)).map { _ in words[pick(0...words.count - 1)] }.joined(separator: " ")
  }

  private mutating func pick(_ range: ClosedRange<Int>) -> Int {
    Int.random(in: range, using: &numbers)
  }

  // MARK: - What is compared

  private func command(of desk: DeskDriver) throws -> String {
    let lines = desk.lines
    let first = try #require(
      lines.firstIndex { $0.hasSuffix(ConfirmationMessages.command.string) }, "\(desk.text)")
    return lines[(first + 1)...].prefix { !$0.isEmpty }.joined(separator: "\n")
  }

  /// What has to be typed before `y`; nil if nothing.
  private func demanded(_ desk: DeskDriver) -> String? {
    guard let reason = desk.model.top.whyDisabled(.confirm, desk.model.state),
      let colon = reason.firstIndex(of: ":")
    else { return nil }
    let texts = reason[colon...].dropFirst(2).split(separator: " or ")
    // A message shows hidden letters by marks.
    let text = (texts.first.map(String.init) ?? "").replacing("<U+202E>", with: "\u{202E}")
    return text.hasSuffix(".") ? String(text.dropLast()) : text
  }

  /// The result as a command writes it.
  private func json(_ result: ChangeResult) throws -> String {
    let console = Console(keeping: [:])
    var options = try GlobalOptions(ParsedArguments(), environment: [:])
    options.format = .json
    let context = CommandContext(
      options: options, console: console, root: CommandTree.root, version: "")
    try ResultWriter(context: context).write(result)
    return Self.plain(console.output.text)
  }

  /// Without what only some commands say.
  private static func plain(_ json: String) -> String {
    var parts = json.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    parts.removeAll { part in
      ["\"left_alone\"", "\"undoes\"", "\"orphan_grants\""].contains { part.hasPrefix($0) }
    }
    return parts.joined(separator: ",")
  }

  /// Ids of new companies are by chance.
  private static func timeless(_ text: String) -> String {
    text.replacing(
      #/0[0-9a-f]{7}-?[0-9a-f]{4}-?7[0-9a-f]{3}-?[0-9a-f]{4}-?[0-9a-f]{12}/#, with: "ID")
  }

  private static func record(_ path: String, _ change: ChangeID) throws -> String {
    let log = try runProgram(
      builtProduct("company-access"), ["--db", path, "log", "\(change)", "--json"])
    let lines = timeless(log.stdout).replacing(#/"at":"[^"]*"/#, with: "")
    return lines.replacing("\"origin\":\"desk\"", with: "").replacing(
      "\"origin\":\"command\"", with: "")
  }

  private static func tables(_ path: String) throws -> String {
    timeless(
      try runSqlite3(
        path,
        """
        SELECT username, full_name, email, role_id, is_active FROM hrm_users ORDER BY id;
        SELECT name, code, is_active FROM hrm_company ORDER BY name, code;
        SELECT u.username, c.name FROM hrm_user_company_access a
          JOIN hrm_users u ON u.id = a.user_id JOIN hrm_company c ON c.id = a.company_id
          ORDER BY 1, 2
        """))
  }
}
