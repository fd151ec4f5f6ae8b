import Testing

@testable import CompanyAccess

@Suite struct LookAlikeTests {
  @Test(arguments: [
    ("Acme", "ACME"),
    ("Acme Ltd", " acme\u{A0}l\u{200B}td\u{3000}"),
    // Accents, in one scalar or two; a capital with a dot, which has two in lower case.
    ("Jos\u{E9}", "jose\u{301}"), ("\u{212B}ngstr\u{F6}m", "\u{E5}ngstro\u{308}m"),
    ("\u{130}zmir", "i\u{307}zmir"),
    // Soft hyphen, joiners, marks of direction, a Hangul filler, variation selectors.
    ("ann", "a\u{AD}n\u{200D}n\u{202E}\u{3164}\u{FE0F}\u{2060}"),
    // Cyrillic and Greek letters for Latin ones.
    ("paypal", "\u{440}\u{430}\u{443}\u{440}\u{430}l"), ("ATL", "\u{391}\u{422}L"),
    ("\u{401}va", "\u{CB}va"),
    ("\u{3C3}\u{3BF}\u{3C6}\u{3CC}\u{3C2}", "\u{3A3}\u{39F}\u{3A6}\u{38C}\u{3A3}"),
  ])
  func look(_ one: String, _ other: String) {
    #expect(Array(LookAlike.fold(one).utf8) == Array(LookAlike.fold(other).utf8))
  }

  @Test(arguments: [
    ("ann", "anna"), ("jose", "jos\u{E9}"), ("\u{4F5C}\u{54C1}", "\u{4F5C}\u{7269}"),
    ("a-b", "ab"), ("o", "0"),
  ])
  func differ(_ one: String, _ other: String) {
    #expect(LookAlike.fold(one) != LookAlike.fold(other))
  }

  @Test func lettersCanStayWhatTheyAre() {
    #expect(LookAlike.fold("\u{410}cm\u{435}", letters: false) != LookAlike.fold("acme"))
    #expect(LookAlike.fold("A\u{200B}CM E\u{301}", letters: false) == "acme\u{301}")
  }

  @Test func nothingVisibleIsNothing() {
    #expect(LookAlike.fold("  \t\u{200B}\u{2800}\u{AD}") == "")
    #expect(LookAlike.fold(" \u{7F}\n") == "")
  }
}
