import Testing

@testable import TerminalUI

/// Names that have broken a column somewhere.
let nastyNames: [String] = [
  "", "a", "Maria Nowak", "\u{4F5C}\u{8005}\u{4F5C}\u{8005}", "a\u{4F5C}b\u{8005}c",
  "e\u{301}e\u{301}\u{302}\u{303}x", "\u{1F44D}\u{1F3FD}\u{1F44D}\u{1F3FD}",
  "\u{1F1EA}\u{1F1F8}\u{1F1F5}\u{1F1F1}\u{1F1EA}", "\u{1112}\u{1161}\u{11AB}\u{1100}\u{1173}",
  "\u{1F44D}" + String(repeating: "\u{1F3FD}", count: 20) + "tail",
  "\u{05D0}\u{05D1}\u{05D2} 12", "\u{0915}\u{094D}\u{0937}\u{093F}\u{0915}\u{094D}\u{0937}",
  "x\u{1B}[31my\u{202E}z\u{7F}", "a" + String(repeating: "\u{301}", count: 30) + "b",
  "\u{301}\u{302}", "   ", "ab \u{301}cd  \u{302} e", "one  two   three",
  "\u{1F469}\u{200D}\u{1F4BB}\u{26A0}\u{FE0F}",
]

@Suite struct DisplayTextFittingTests {
  @Test(arguments: nastyNames)
  func cutAtEveryWidth(name: String) {
    let text = DisplayText(name)
    for limit in -1...text.width + 2 {
      for cut in [text.cut(to: limit), text.cutStart(to: limit)] {
        #expect(cut.width <= max(0, limit))
        #expect(DisplayText(cut.string) == cut)
        #expect(cut.cells.reduce(0) { $0 + $1.width } == cut.width)
        #expect(cut == text || limit <= 0 || cut.string.unicodeScalars.contains("\u{2026}"))
      }
      let front = text.cut(to: limit).string.unicodeScalars
      #expect(limit >= text.width || text.string.unicodeScalars.starts(with: front.dropLast()))
      let padded = text.padded(to: limit, alignment: .center)
      #expect(padded.width == max(0, limit))
      #expect(DisplayText(padded.string) == padded)
    }
  }

  @Test(arguments: nastyNames)
  func wrapAtEveryWidth(name: String) {
    let text = DisplayText(name)
    for limit in 2...20 {
      let lines = text.wrapped(to: limit)
      #expect(!lines.isEmpty)
      #expect(lines.allSatisfy { $0.width <= limit && DisplayText($0.string) == $0 })
      let letters = Array(lines.joined().string.unicodeScalars).filter { $0 != " " }
      // Below eight columns a cluster may be too wide for any line.
      #expect(limit < 8 || letters == Array(text.string.unicodeScalars).filter { $0 != " " })
    }
    #expect(text.wrapped(to: 0).isEmpty)
    #expect(text.wrapped(to: 1).allSatisfy { $0.width <= 1 })
  }

  @Test func cutsFallBetweenLetters() {
    #expect(DisplayText("Maria").cut(to: 4) == "Mar\u{2026}")
    #expect(DisplayText("Maria").cutStart(to: 4) == "\u{2026}ria")
    #expect(DisplayText("\u{4F5C}\u{8005}").cut(to: 3) == "\u{4F5C}\u{2026}")
    #expect(DisplayText("\u{4F5C}\u{8005}").cut(to: 2) == "\u{2026}")
    // Two flags: half of one would be another country's letter.
    #expect(DisplayText("\u{1F1EA}\u{1F1F8}\u{1F1F5}\u{1F1F1}").cut(to: 2) == "\u{2026}")
    #expect(
      DisplayText("\u{1F1EA}\u{1F1F8}\u{1F1F5}\u{1F1F1}").cut(to: 3)
        == "\u{1F1EA}\u{1F1F8}\u{2026}")
    #expect(DisplayText("\u{1F44D}\u{1F3FD}abc").cut(to: 6) == "\u{1F44D}\u{1F3FD}a\u{2026}")
    #expect(DisplayText("\u{1F44D}\u{1F3FD}abc").cut(to: 4) == "\u{2026}")
    #expect(DisplayText("xe\u{301}y").cut(to: 2) == "x\u{2026}")
    #expect(DisplayText("xe\u{301}y").cutStart(to: 2) == "\u{2026}y")
  }

  @Test func anEndlessClusterIsStillShown() {
    let hand = DisplayText("\u{1F44D}" + String(repeating: "\u{1F3FD}", count: 20))
    #expect(hand.cut(to: 6) == "\u{1F44D}\u{1F3FD}\u{2026}")
  }

  @Test func alignment() {
    #expect(DisplayText("ab").padded(to: 5) == "ab   ")
    #expect(DisplayText("ab").padded(to: 5, alignment: .right) == "   ab")
    #expect(DisplayText("ab").padded(to: 5, alignment: .center) == " ab  ")
    #expect(DisplayText("\u{4F5C}\u{8005}").padded(to: 3, alignment: .right) == "\u{4F5C}\u{2026}")
    #expect(DisplayText("\u{4F5C}\u{8005}x").padded(to: 4) == "\u{4F5C}\u{2026} ")
  }

  @Test func wrapping() {
    #expect(
      DisplayText("every user, with the number of companies").wrapped(to: 15)
        == ["every user,", "with the number", "of companies"])
    #expect(DisplayText("a  b").wrapped(to: 9) == ["a  b"])
    #expect(DisplayText("abcdefgh ij").wrapped(to: 3) == ["abc", "def", "gh", "ij"])
    #expect(DisplayText("").wrapped(to: 3) == [""])
  }
}
