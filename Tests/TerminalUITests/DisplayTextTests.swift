import CSystem
import Testing

@testable import TerminalUI

@Suite struct DisplayTextTests {
  /// What the text should become, in the order of reliability: untrusted, safe, columns.
  @Test(arguments: [
    ("Maria Nowak", "Maria Nowak", 11),
    ("", "", 0),
    ("x\u{1B}]52;c;QQ==\u{07}y", "x^[]52;c;QQ==^Gy", 16),
    ("\u{9B}31m", "<U+009B>31m", 11),
    ("Ann\r\nBob\t\u{08}\u{7F}\0", "Ann^M^JBob^I^H^?^@", 18),
    ("abc\u{202E}gpj.exe", "abc<U+202E>gpj.exe", 18),
    ("\u{200B}\u{200D}\u{FEFF}", "<U+200B><U+200D><U+FEFF>", 24),
    ("\u{AD}\u{34F}\u{115F}\u{1160}", "<U+00AD><U+034F><U+115F><U+1160>", 32),
    ("\u{3164}\u{FFA0}\u{E0041}", "<U+3164><U+FFA0><U+E0041>", 25),
    ("\u{2028}\u{2029}\u{85}", "<U+2028><U+2029><U+0085>", 24),
    ("\u{FE0F}\u{E000}\u{10FFFF}", "<U+FE0F><U+E000><U+10FFFF>", 26),
    ("\u{141}ukasz \u{17B}\u{F3}\u{142}\u{107}", "\u{141}ukasz \u{17B}\u{F3}\u{142}\u{107}", 11),
    ("\u{4F5C}\u{8005}", "\u{4F5C}\u{8005}", 4),
    ("e\u{301}", "e\u{301}", 1),
    ("\u{301}e", "\u{25CC}\u{301}e", 2),
    ("\u{202E}\u{301}", "<U+202E>\u{25CC}\u{301}", 9),
    ("\u{1F44D}\u{1F3FD}", "\u{1F44D}\u{1F3FD}", 4),
    ("\u{1F1EA}\u{1F1F8}", "\u{1F1EA}\u{1F1F8}", 2),
    ("\u{1112}\u{1161}\u{11AB}", "\u{1112}\u{1161}\u{11AB}", 2),
  ])
  func untrusted(_ text: String, becomes safe: String, columns: Int) {
    let display = DisplayText(text)
    #expect(Array(display.string.utf8) == Array(safe.utf8))
    #expect(display.width == columns)
    #expect(DisplayText(display.string) == display)
  }

  @Test func marksBeyondFourAreCounted() {
    let marks = { String(repeating: "\u{301}", count: $0) }
    #expect(DisplayText("a" + marks(10_000) + "b").string == "a" + marks(4) + "<+9996>b")
    #expect(DisplayText("a" + marks(5)).width == 5)
    #expect(DisplayText("a" + marks(4)).width == 1)
  }

  @Test func bytesThatAreNoTextAreShown() {
    #expect(DisplayText(bytes: [0x61, 0xFF, 0xFE, 0xC0, 0xAF, 0x62]) == "a<FF><FE><C0><AF>b")
    #expect(DisplayText(bytes: [0xED, 0xA0, 0x80]) == "<ED><A0><80>")
    #expect(DisplayText(bytes: [0x62, 0xE2, 0x82]) == "b<E2><82>")
    #expect(DisplayText(bytes: Array("\u{17B}\u{1B}".utf8)) == "\u{17B}^[")
    #expect(DisplayText(bytes: [0xC5, 0xBB, 0xFE]) == "\u{17B}<FE>")
    #expect(DisplayText(bytes: [0xFF, 0xCC, 0x81]).string == "<FF>\u{25CC}\u{301}")
  }

  @Test func muchTextIsCutShort() {
    let exact = String(repeating: "x", count: 4_096)
    #expect(DisplayText(exact).string == exact)
    for unit in ["x", "\u{17B}", "\u{1F44D}", "\u{202E}", "\u{1B}"] {
      let text = DisplayText(String(repeating: unit, count: 200_000))
      #expect(text.cells.count <= 4_096)
      #expect(text.string.hasSuffix("\u{2026}"))
      #expect(DisplayText(text.string) == text)
    }
    let marks = DisplayText("a" + String(repeating: "\u{301}", count: 200_000))
    #expect(marks.string.hasSuffix("<+20475>\u{2026}"))
    #expect(DisplayText(marks.string) == marks)
    let bytes = DisplayText(bytes: Array(repeating: 0xFF, count: 200_000))
    #expect(bytes.width == 4_093)
  }

  /// Limits of cells and of scalars reached in all the ways next to each other.
  @Test(arguments: 4_080...4_100)
  func cutShortTwiceIsCutShortOnce(length: Int) {
    for tail in ["", "x", "\u{301}", "\u{202E}", "\u{1B}y", "\u{301}\u{301}\u{301}\u{301}\u{301}z"]
    {
      for base in ["x", "x\u{301}\u{301}\u{301}\u{301}"] {
        let text = DisplayText(String(repeating: base, count: length) + tail)
        #expect(DisplayText(text.string) == text)
      }
    }
  }

  @Test func namesThatShowNothingAreDescribed() {
    #expect(DisplayText.name(nil) == "(null)")
    #expect(DisplayText.name("") == "(empty)")
    #expect(DisplayText.name(" \u{A0}\u{3000}\u{2800}") == "(blank)")
    #expect(DisplayText.name("\n") == "^J")
    #expect(DisplayText.name(" Ann") == " Ann")
  }

  @Test func equalityIsByScalars() {
    #expect(DisplayText("\u{E9}") != DisplayText("e\u{301}"))
    #expect(DisplayText("\u{E9}").hashValue != DisplayText("e\u{301}").hashValue)
  }

  @Test func joining() {
    let parts: [DisplayText] = ["a", "\u{4F5C}", ""]
    #expect(parts.joined(separator: ", ") == "a, \u{4F5C}, ")
    #expect(parts.joined(separator: ", ").width == 7)
    let name = "\u{202E}"
    #expect("user \(name)" as DisplayText == "user <U+202E>")
    #expect(DisplayText("\(DisplayText(name))") == "<U+202E>")
  }

  @Test func cellsHoldTheirMarks() {
    let cells = DisplayText("e\u{301}\u{4F5C}x").cells
    #expect(cells.map(\.text) == ["e\u{301}", "\u{4F5C}", "x"])
    #expect(cells.map(\.width) == [1, 2, 1])
  }
}
