import Glibc
import TestSupport
import Testing

/// Every screen on the cells of a terminal: colours, the cursor, and what a change of size does.
@Suite struct DeskLookTests {
  @Test(arguments: DeskTour.allCases) func colorsAndFocus(screen: DeskTour) throws {
    let database = try DeskDatabase()
    let desk = try database.open()
    try screen.go(desk)
    // What is set is only the foreground, and neither black nor white: any background will do.
    #expect(colors(in: desk).isSubset(of: [31, 32, 35, 39, 49]))
    expectFocus(desk)
    let text = desk.text()
    for environment in [["NO_COLOR": "1"], ["TERM": "vt100"]] {
      let plain = try database.open(environment: environment)
      try screen.go(plain)
      try plain.wait("the same text as\n\(text)") { plain.text() == text }
      #expect(colors(in: plain).isEmpty)
      expectFocus(plain)
      plain.signal(SIGTERM)
      try plain.expectEnd(128 + SIGTERM)
    }
  }

  /// The numbers of all colours that the program has asked for.
  private func colors(in desk: TerminalProgram) -> Set<Int> {
    var found: Set<Int> = []
    for piece in String(decoding: desk.output, as: UTF8.self).split(separator: "\u{1B}[") {
      let parameters = piece.prefix { $0.isNumber || $0 == ";" }
      guard piece.dropFirst(parameters.count).first == "m" else { continue }
      for number in parameters.split(separator: ";").compactMap({ Int($0) }) where number >= 30 {
        found.insert(number)
      }
    }
    return found
  }

  /// The whole marked line is reversed, and nothing else is.
  private func expectFocus(_ desk: TerminalProgram) {
    #expect(desk.cursorVisible)
    guard let marked = desk.markedRow else { return }
    for row in 0..<desk.rows {
      for column in 0..<desk.columns {
        #expect(desk.cell(column: column, row: row).isReversed == (row == marked))
      }
    }
  }

  @Test(arguments: DeskTour.allCases) func sizes(screen: DeskTour) throws {
    let desk = try DeskDatabase().open()
    try screen.go(desk)
    let text = desk.text()
    let heading = desk.heading.prefix(20)
    desk.resize(columns: 1, rows: 1)
    try desk.wait("one cell") { !["", " "].contains(desk.cell(column: 0, row: 0).text) }
    desk.resize(columns: 59, rows: 24)
    try desk.wait(text: "company-access needs 60x15; this window is 59x24. q leaves")
    #expect(desk.text().split(separator: "\n").count == 1)
    desk.resize(columns: 80, rows: 14)
    try desk.wait(text: "company-access needs 60x15; this window is 80x14. q leaves")
    desk.resize(columns: 60, rows: 15)
    try desk.wait("a small picture") { isWhole(desk, heading) }
    desk.resize(columns: 200, rows: 50)
    try desk.wait("a large picture") { isWhole(desk, heading) }
    desk.resize(columns: 80, rows: 24)
    try desk.wait("the same picture") { desk.text() == text }
    desk.signal(SIGTERM)
    try desk.expectEnd(128 + SIGTERM)
  }

  private func isWhole(_ desk: TerminalProgram, _ heading: Substring) -> Bool {
    desk.title.hasSuffix("read-write") && desk.title.count == desk.columns - 1
      && desk.heading.hasPrefix(heading)
      && ["? Help", "F1 Help"].contains { desk.footer.hasSuffix($0) }
      && desk.footer.count == desk.columns - 1
  }

  @Test(arguments: [(200, 50), (60, 15), (1024, 512)]) func startsIn(columns: Int, rows: Int) throws
  {
    let desk = try DeskDatabase().open(rows: rows, columns: columns)
    #expect(desk.footer.count == columns - 1)
    desk.type("1")
    try desk.wait(heading: "1 of 42")
    try desk.leave()
  }

  @Test func startsTooSmall() throws {
    let database = try DeskDatabase()
    let desk = try TerminalProgram(
      builtProduct("company-access"), [database.path], rows: 1, columns: 70)
    try desk.wait(text: "company-access needs 60x15; this window is 70x1. q leaves")
    desk.resize(columns: 80, rows: 24)
    try desk.wait(heading: "171 grants")
    desk.resize(columns: 70, rows: 1)
    try desk.wait(text: "needs 60x15")
    desk.type("q")
    try desk.expectEnd(0)
  }

  // MARK: Languages

  @Test(arguments: [
    [:], ["LANG": "C"], ["LANG": "POSIX"], ["LC_ALL": "C"], ["LANG": "xx_YY.UTF-8"],
    ["LANG": "pl_PL"],
  ])
  func namesInAnyLocale(variables: [String: String]) throws {
    let environment = (["LANG": nil] as [String: String?]).merging(variables) { $1 }
    let desk = try DeskDatabase().open(environment: environment, columns: 119)
    desk.type("1")
    try desk.wait(heading: "1 of 42")
    for (typed, name) in [
      (
        "papageo",
        "\u{39D}\u{3AF}\u{3BA}\u{3BF}\u{3C2} "
          + "\u{3A0}\u{3B1}\u{3C0}\u{3B1}\u{3B3}\u{3B5}\u{3C9}\u{3C1}\u{3B3}\u{3AF}\u{3BF}\u{3C5}"
      ),
      ("wang", "\u{738B}\u{5C0F}\u{660E}"),
      ("zoltowski", "\u{141}ukasz \u{17B}\u{F3}\u{142}towski"),
      // Typed in other letters, and in the other case.
      ("\u{3B5}\u{3BB}\u{3AD}\u{3BD}\u{3B7}", "\u{395}\u{3BB}\u{3AD}\u{3BD}\u{3B7}"),
    ] {
      desk.type("/")
      desk.key(.control("u"))
      desk.type(typed)
      try desk.wait("\(name)") { desk.heading.hasSuffix("1 of 1") && desk.marked.contains(name) }
      desk.key(.enter)
      try desk.waitForKeys()
    }
    #expect(desk.marked.contains("HR Manager") && desk.marked.hasSuffix("active 2"))
    try desk.leave()
  }

  @Test func withoutBlocks() throws {
    let desk = try DeskDatabase().open(["--ascii"])
    try desk.pick("wang", by: "3", then: "Companies of wang.xiaoming")
    try desk.wait(heading: "of 7")
    try desk.back(to: "1 of 1")
    try desk.back(to: "of 42")
    try desk.backToMenu()
    desk.type("7")
    try desk.wait(text: "11 companies")
    #expect(desk.text().unicodeScalars.allSatisfy { $0.isASCII })
    #expect(desk.text().contains("[##########-                   ]"))
    try desk.leave()
  }
}
