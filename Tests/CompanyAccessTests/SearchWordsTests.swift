import Testing

@testable import CompanyAccess

@Suite struct SearchWordsTests {
  @Test func areSeparatedByAnyWhiteSpaceAndCountedOnce() {
    let words = SearchWords("  john\tNY \u{A0}john\u{3000}\n ")
    #expect(words.simple == ["john", "NY"])
    #expect(words.others == nil)
    #expect(SearchWords("").simple.isEmpty)
  }

  @Test func thatLIKECannotCompareAreFolded() {
    let words = SearchWords("ŻÓŁTOWSKI smith ΚΏΣΤΑΣ")
    #expect(words.simple == ["smith"])
    #expect(words.others == "żółtowski κώστασ")
    #expect(SearchWords("a\u{0}B").others == "a\u{0}b")
    #expect(SearchWords(String(repeating: "A", count: 2_000)).simple.isEmpty)
  }

  @Test func ofDifferentSpellingsAreDifferent() {
    #expect(SearchWords("\u{E9} e\u{301}").others == "\u{E9} e\u{301}")
  }

  @Test func beyondTheFirstFewAreLeftToTheFunction() {
    let words = SearchWords((0..<1_000).map { "W\($0)" }.joined(separator: " "))
    #expect(words.simple.count == 20)
    #expect(words.others?.hasPrefix("w20 w21 ") == true)
    #expect(words.others?.hasSuffix(" w999") == true)
  }

  @Test func areQuotedInPatterns() {
    #expect(SearchWords.pattern(#"50%_\"#) == #"%50\%\_\\%"#)
  }

  @Test func mayBePartsOfUUIDs() {
    #expect(SearchWords.undashed("0190-AbC") == "0190AbC")
    #expect(SearchWords.undashed("0190") == nil)
    #expect(SearchWords.undashed("---") == nil)
    #expect(SearchWords.undashed("mid-west") == nil)
  }
}

@Suite struct TextFoldTests {
  @Test(arguments: [
    ("Łukasz Żółtowski", "żół", true), ("ŁUKASZ ŻÓŁTOWSKI", "żółtowski łukasz", true),
    ("Łukasz Zoltowski", "żół", false), ("Ελένη ΠΑΠΑΔΟΠΟΎΛΟΥ", "παπαδοπούλου", true),
    ("Κώστας", TextFold.fold("ΚΏΣΤΑΣ"), true), ("ΚΏΣΤΑΣ", TextFold.fold("Κώστας"), true),
    ("plain", "é", false), ("王小明", "小明", true), ("王小明", "明小", false), ("", "é", false),
    ("\u{212A}elvin", "kelvin", true), ("aab", "ab", true), ("ab", "abc", false),
  ])
  func finds(text: String, words: String, isFound: Bool) {
    #expect(TextFold.contains(text, foldedWords: words) == isFound)
  }
}
