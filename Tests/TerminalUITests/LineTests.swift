import Testing

@testable import TerminalUI

@Suite struct LineTests {
  @Test func styledLinesAreCutAsOne() {
    let line = StyledLine("abc", .key) + StyledLine("def") + StyledLine("gh", .faint)
    #expect(line.width == 8)
    let expected: [Int: String] = [
      0: "", 1: "\u{2026}", 2: "a\u{2026}", 3: "ab\u{2026}", 4: "abc\u{2026}",
      6: "abcde\u{2026}", 7: "abcdef\u{2026}", 8: "abcdefgh", 9: "abcdefgh",
    ]
    for (limit, text) in expected {
      #expect(line.cut(to: limit).text.string == text)
      #expect(line.cut(to: limit).width == text.count)
    }
    #expect(line.cut(to: 4).runs.map(\.style) == [.key, .normal])
    let drawn = drawn(6, 1) { $0.put(line, at: Position(column: $1.column, row: 0)) }
    #expect(drawn.marked == "[key]abc[/]de\u{2026}")
  }

  private let hints = KeyHints([
    KeyHint("Enter", "Open"), KeyHint("/", "Filter"), KeyHint("s", "Sort"),
    KeyHint("Space", "Tick"), KeyHint("q", "Back"),
  ])

  @Test func hintsGoFromTheLeastImportant() {
    #expect(
      hints.line(width: 60).text
        == "Enter Open  / Filter  s Sort  Space Tick  q Back      ? Help")
    #expect(hints.line(width: 42).text == "Enter Open  / Filter  s Sort        ? Help")
    #expect(hints.line(width: 20).text == "Enter Open    ? Help")
    #expect(hints.line(width: 17).text == "           ? Help")
    #expect(hints.line(width: 6).text == "?")
    #expect(hints.line(width: 1).text == "?")
    let drawn = drawn(18, 1) { hints.draw(into: &$0, area: $1) }
    #expect(drawn.marked == "[key]Enter[/] Open  [key]?[/] Help")
  }

  @Test func helpIsAlwaysThere() {
    for width in 1...200 {
      let line = hints.line(width: width)
      #expect(line.text.string.unicodeScalars.contains("?"))
      #expect(line.width <= width)
      #expect(width < 7 || line.width == width)
    }
  }

  @Test func tooSmall() {
    let notice = SizeNotice(
      needed: Size(columns: 60, rows: 15), actual: Size(columns: 50, rows: 12))
    #expect(
      notice.text == "company-access needs 60x15; this window is 50x12. q leaves")
    #expect(
      drawn(50, 12) { notice.draw(into: &$0, area: $1) }.text.split(separator: "\n")
        == ["company-access needs 60x15; this window is 50x12.", "q leaves"])
    #expect(
      drawn(30, 1) { notice.draw(into: &$0, area: $1) }.text
        == "company-access needs 60x15; t\u{2026}")
  }

  @Test func panesScroll() {
    var pane = TextPane((1...30).map { StyledLine(DisplayText("line \($0)")) })
    func rows() -> [String] {
      drawn(20, 5) { pane.draw(into: &$0, area: $1) }.text.split(separator: "\n").map(String.init)
    }
    #expect(rows() == ["line 1", "line 2", "line 3", "line 4", "1-4 of 30, more bel\u{2026}"])
    let moves: [(Key, Int)] = [
      (.down, 1), (.character("j"), 2), (.up, 1), (.pageDown, 4), (.pageDown, 7), (.pageUp, 4),
      (.character("k"), 3), (.end, 26), (.down, 26), (.pageDown, 26), (.home, 0), (.up, 0),
    ]
    for (key, top) in moves {
      let isConsumed = pane.handle(key, rows: 5)
      #expect(isConsumed)
      #expect(pane.top == top)
    }
    let isConsumed = pane.handle(.enter, rows: 5)
    #expect(!isConsumed)
    _ = pane.handle(.end, rows: 5)
    #expect(rows() == ["line 27", "line 28", "line 29", "line 30", "27-30 of 30, the end"])
    // A window that grew shows more at once.
    #expect(drawn(20, 31) { pane.draw(into: &$0, area: $1) }.text.hasPrefix("line 1\n"))
  }

  @Test func paneWithRoomSaysNothing() {
    let pane = TextPane(["one", "two"])
    #expect(drawn(20, 3) { pane.draw(into: &$0, area: $1) }.text == "one\ntwo\n")
    #expect(drawn(20, 2) { pane.draw(into: &$0, area: $1) }.text == "one\ntwo")
  }
}
