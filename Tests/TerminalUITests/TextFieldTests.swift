import Testing

@testable import TerminalUI

@Suite struct TextFieldTests {
  /// Applies keys to a text with the cursor at `|` and gives the text with its cursor back.
  private func edited(_ text: String, _ keys: Key...) -> String {
    var field = TextField(maximumLength: 20)
    let parts = text.unicodeScalars.split(separator: "|", omittingEmptySubsequences: false)
      .map { String($0) }
    field.text = parts[0] + parts[1]
    while field.cursor > parts[0].unicodeScalars.count { _ = field.handle(.left) }
    for key in keys {
      let isConsumed = field.handle(key)
      #expect(isConsumed)
    }
    var scalars = field.text.unicodeScalars
    scalars.insert("|", at: scalars.index(scalars.startIndex, offsetBy: field.cursor))
    return String(scalars)
  }

  @Test func editing() {
    #expect(edited("ab|c", .character("x")) == "abx|c")
    #expect(edited("ab|c", .backspace) == "a|c")
    #expect(edited("|c", .backspace) == "|c")
    #expect(edited("ab|c", .delete) == "ab|")
    #expect(edited("ab|", .delete) == "ab|")
    #expect(edited("ab|c", .left) == "a|bc")
    #expect(edited("|abc", .left) == "|abc")
    #expect(edited("ab|c", .right) == "abc|")
    #expect(edited("abc|", .right) == "abc|")
    #expect(edited("ab|c", .home) == "|abc")
    #expect(edited("ab|c", .control("a")) == "|abc")
    #expect(edited("a|bc", .end) == "abc|")
    #expect(edited("a|bc", .control("e")) == "abc|")
    #expect(edited("ab|c", .control("u")) == "|c")
    #expect(edited("ab|cd", .control("k")) == "ab|")
    #expect(edited("one two  |x", .control("w")) == "one |x")
    #expect(edited("one| x", .control("w")) == "| x")
    #expect(edited("|x", .control("w")) == "|x")
  }

  @Test func clustersStayWhole() {
    #expect(edited("xe\u{301}|y", .backspace) == "x|y")
    #expect(edited("xe\u{301}|y", .left) == "x|e\u{301}y")
    #expect(edited("|e\u{301}y", .delete) == "|y")
    #expect(edited("|\u{1F44D}\u{1F3FD}y", .right) == "\u{1F44D}\u{1F3FD}|y")
    #expect(edited("e|y", .character("\u{301}")) == "e\u{301}|y")
    // A letter before a mark takes it: the cursor goes on.
    #expect(edited("|\u{301}y", .character("e")) == "e\u{301}|y")
    // What was between a letter and a mark is gone.
    #expect(edited("e|\u{202E}\u{301}y", .delete) == "e\u{301}|y")
    var field = TextField(text: "\u{301}y")
    _ = field.handle(.home)
    field.paste("e")
    #expect(field.cursor == 2)
  }

  @Test func keysOfOthersAreLeftAlone() {
    var field = TextField(text: "abc")
    for key in [Key.enter, .escape, .tab, .up, .down, .pageUp, .control("c"), .function(1)] {
      let isConsumed = field.handle(key)
      #expect(!isConsumed)
    }
    #expect(field.text == "abc")
  }

  @Test func pastedTextBecomesOneLine() {
    func pasted(_ text: String, into start: String = "") -> String {
      var field = TextField(text: start, maximumLength: 20)
      field.paste(text)
      return field.text
    }
    #expect(pasted("maria\n") == "maria")
    #expect(pasted("\r\nmaria\r\n\r\n") == "maria")
    #expect(pasted("one\r\ntwo\tthree") == "one two three")
    #expect(pasted("a\u{1B}[31m\u{0}b\u{7F}\u{9B}c") == "a[31mbc")
    #expect(pasted("x\u{2028}y\u{202E}") == "x y\u{202E}")
    #expect(pasted("  two ", into: "a") == "a  two ")
    #expect(pasted("") == "")
    #expect(pasted(String(repeating: "ab", count: 500_000)) == String(repeating: "ab", count: 10))
  }

  @Test func theLengthCountsScalars() {
    var field = TextField(text: "e\u{301}e\u{301}e\u{301}", maximumLength: 5)
    #expect(field.text.unicodeScalars.count == 4)
    _ = field.handle(.character("x"))
    _ = field.handle(.character("y"))
    #expect(field.text == "e\u{301}e\u{301}x")
  }

  @Test func theCursorIsAlwaysInSight() {
    let texts = [
      "abcdefghijklmnop", "\u{4F5C}\u{8005}\u{4F5C}\u{8005}\u{4F5C}", "e\u{301}", "",
      "\u{202E}\u{202E}",
    ]
    for text in texts {
      for width in 1...20 {
        var field = TextField(text: text)
        for _ in 0...16 {
          let drawn = drawn(width, 1) { field.draw(into: &$0, area: $1, isFocused: true) }
          #expect(drawn.cursor.map { (0..<width).contains($0.column) } == true)
          _ = field.handle(.left)
        }
      }
    }
  }

  @Test func scrolling() {
    var field = TextField("Filter:", text: "abcdefghijklmnop")
    func shown() -> String {
      let drawn = drawn(16, 1) { field.draw(into: &$0, area: $1, isFocused: true) }
      return drawn.text + " at \(drawn.cursor?.column ?? -1)"
    }
    #expect(shown() == "Filter: \u{2026}klmnop at 15")
    for _ in 0..<8 { _ = field.handle(.left) }
    #expect(shown() == "Filter: \u{2026}fghijk\u{2026} at 12")
    _ = field.handle(.home)
    #expect(shown() == "Filter: abcdefg\u{2026} at 8")
    // The cursor behind the text has a column of its own.
    field.text = "abcdefg"
    #expect(shown() == "Filter: abcdefg at 15")
    field.text = "abcdefgh"
    #expect(shown() == "Filter: \u{2026}cdefgh at 15")
  }

  @Test func whatCannotBeSeenIsShown() {
    let field = TextField(text: "a\u{202E}b")
    let drawn = drawn(20, 1) { field.draw(into: &$0, area: $1, isFocused: true) }
    #expect(drawn.text == "a<U+202E>b")
    #expect(drawn.cursor?.column == 10)
  }

  @Test func thePlaceholderGoesWithTheFirstKey() {
    var field = TextField("User:", placeholder: "name or id")
    let empty = drawn(20, 1) { field.draw(into: &$0, area: $1, isFocused: false) }
    #expect(empty.marked == "[heading]User: [/][faint]name or id[/]")
    #expect(empty.cursor == nil)
    _ = field.handle(.character("m"))
    let typed = drawn(20, 1) { field.draw(into: &$0, area: $1, isFocused: true) }
    #expect(typed.marked == "[heading]User: [/]m")
    #expect(typed.cursor == Position(column: 7, row: 0))
  }
}
