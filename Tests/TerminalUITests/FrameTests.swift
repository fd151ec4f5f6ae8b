import Testing

@testable import TerminalUI

@Suite struct FrameTests {
  private func frame(_ columns: Int, _ rows: Int) -> Frame {
    Frame(size: Size(columns: columns, rows: rows))
  }

  @Test func textStandsWhereItWasPut() {
    var frame = frame(12, 3)
    let next = frame.put("Users", at: Position(column: 1, row: 0), style: .title)
    #expect(next == 6)
    frame.put("e\u{301}\u{4F5C}!", at: Position(column: 2, row: 2))
    #expect(frame.text() == " Users\n\n  e\u{301}\u{4F5C}!")
    #expect(frame[column: 1, row: 0] == .init(text: "U", width: 1, style: .title))
    #expect(frame[column: 2, row: 2].text == "e\u{301}")
    #expect(frame[column: 3, row: 2].width == 2)
    #expect(frame[column: 4, row: 2] == .init(text: "", width: 0, style: .normal))
    #expect(frame[column: 5, row: 2].text == "!")
    #expect(frame[column: -1, row: 7].text == " ")
  }

  @Test func textIsCutAtItsLimitAndAtTheEdge() {
    var frame = frame(8, 2)
    #expect(frame.put("abcdefgh", at: Position(column: 0, row: 0), width: 4) == 4)
    #expect(frame.put("abcdef", at: Position(column: 5, row: 1)) == 8)
    #expect(frame.text() == "abc\u{2026}\n     ab\u{2026}")
  }

  @Test func fourMarksSurvive() {
    var frame = frame(2, 1)
    let text = "\u{1D7EC}\u{301}\u{302}\u{303}\u{1E8D1}"
    frame.put(DisplayText(text), at: Position(column: 0, row: 0))
    #expect(Array(frame[column: 0, row: 0].text.unicodeScalars) == Array(text.unicodeScalars))
    frame.put("\u{4F5C}\u{301}", at: Position(column: 0, row: 0))
    #expect(frame[column: 0, row: 0].text == "\u{4F5C}\u{301}")
    #expect(frame[column: 1, row: 0].text == "")
  }

  @Test func halvesOfWideGlyphsNeverStay() {
    for column in 0..<6 {
      var frame = frame(6, 1)
      frame.put("\u{4F5C}\u{8005}\u{4F5C}", at: Position(column: 0, row: 0))
      frame.put("x", at: Position(column: column, row: 0))
      expectWhole(frame)
      frame.fill(Area(column: column, row: 0, columns: 1, rows: 1))
      expectWhole(frame)
      var other = self.frame(3, 1)
      other.put("\u{4F5C}", at: Position(column: 1, row: 0))
      for start in -3...6 {
        frame.place(other, at: Position(column: start, row: 0))
        expectWhole(frame)
      }
    }
  }

  private func expectWhole(_ frame: Frame) {
    var expected = 1
    for column in 0..<frame.size.columns {
      let width = frame[column: column, row: 0].width
      #expect((width == 0) == (expected == 0))
      expected = width == 2 ? 0 : 1
    }
    #expect(expected == 1)
  }

  @Test func drawingOutsideIsClipped() {
    let numbers = [Int.min, -1_000_000, -4, -1, 0, 1, 3, 1_000_000, Int.max]
    for size in [(0, 0), (1, 1), (0, 5), (3, 2)] {
      var frame = frame(size.0, size.1)
      for column in numbers {
        for row in numbers {
          let position = Position(column: column, row: row)
          for name in ["abcdef", "\u{4F5C}\u{8005}\u{4F5C}e\u{301}", ""] {
            for width in [nil, -1, 0, 2, Int.max] {
              frame.put(DisplayText(name), at: position, width: width)
            }
          }
          frame.place(self.frame(2, 2), at: position)
          for count in numbers {
            let area = Area(column: column, row: row, columns: count, rows: count)
            frame.fill(area, .title)
          }
        }
      }
      #expect(frame.text().split(separator: "\n", omittingEmptySubsequences: false).count >= 1)
    }
    #expect(frame(Int.max, Int.max).size == Frame.largest)
    #expect(frame(-5, 3).size == Size(columns: 0, rows: 3))
  }

  @Test func clippedOnTheLeft() {
    var frame = frame(4, 1)
    frame.put("abcdef", at: Position(column: -3, row: 0))
    #expect(frame.text() == "def")
    frame.put("\u{4F5C}\u{8005}", at: Position(column: -1, row: 0))
    #expect(frame.text() == " \u{8005}")
  }

  @Test func placingTakesTheCursor() {
    var frame = frame(5, 3)
    var other = self.frame(2, 1)
    other.put("ok", at: Position(column: 0, row: 0), style: .good)
    other.cursor = Position(column: 1, row: 0)
    frame.place(other, at: Position(column: 2, row: 1))
    #expect(frame.cursor == Position(column: 3, row: 1))
    #expect(frame.marked() == "\n  [good]ok[/]\n")
    frame.place(other, at: Position(column: 4, row: 1))
    #expect(frame.cursor == nil)
    frame.cursor = Position(column: 0, row: 3)
    #expect(frame.cursor == nil)
    frame.cursor = Position(column: 4, row: 2)
    #expect(frame.cursor != nil)
  }

  @Test func stylesMadeVisible() {
    var frame = frame(10, 2)
    frame.put("Name", at: Position(column: 0, row: 0), style: .heading)
    frame.fill(Area(column: 0, row: 1, columns: 10, rows: 1), .normal.selected())
    frame.put("> ", at: Position(column: 0, row: 1), style: .normal.selected())
    frame.put("Ann", at: Position(column: 2, row: 1), style: .warning.selected())
    #expect(frame.marked() == "[heading]Name[/]\n{> }{[warning]Ann[/]}{     }")
  }

  @Test func asciiKeepsEveryColumn() {
    var frame = frame(12, 1)
    frame.put("\u{2502}\u{2588}\u{2026}\u{4F5C}e\u{301}\u{17B}x", at: Position(column: 0, row: 0))
    #expect(frame.asciiOnly().text() == "|#~????x")
    #expect(frame.asciiOnly().asciiOnly() == frame.asciiOnly())
  }

  @Test func whatTheProgramDrawsHasALikeness() {
    var frame = frame(80, 1)
    let blocks = (0x2588...0x258F).compactMap { Unicode.Scalar($0).map(String.init) }.joined()
    let symbols = "\u{25B2}\u{25BC}\u{2026}\u{B7}\u{2500}\u{2502}\u{253C}\u{2713}\u{2192}"
    frame.put(DisplayText(symbols + blocks), at: Position(column: 0, row: 0))
    #expect(frame.asciiOnly().text() == "^v~.-|++>#====---")
  }

  @Test func runsCoverTheRow() {
    var frame = frame(6, 1)
    frame.put("ab", at: Position(column: 1, row: 0), style: .key)
    #expect(
      frame.runs(row: 0) == [
        .init(column: 0, text: " ", style: .normal), .init(column: 1, text: "ab", style: .key),
        .init(column: 3, text: "   ", style: .normal),
      ])
    #expect(frame.runs(row: 1).isEmpty)
    frame.put("b", at: Position(column: 2, row: 0), style: .key.selected())
    #expect(frame.runs(row: 0).map(\.text) == [" ", "a", "b", "   "])
  }
}
