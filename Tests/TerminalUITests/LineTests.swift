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
    #expect(hints.line(width: 17).text == "/ Filter   ? Help")
    #expect(hints.line(width: 15).text == "s Sort   ? Help")
    #expect(hints.line(width: 13).text == "       ? Help")
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
}
