import Testing

@testable import CompanyAccess

@Suite struct SearchWordsTests {
  @Test func areSeparatedByAnyWhiteSpaceAndCountedOnce() {
    let words = SearchWords("  john\tNY \u{A0}JOHN\u{3000}\n jo\u{301}hn")
    #expect(words.first == ["john", "ny"])
    #expect(words.others == nil && !words.isVain)
    #expect(SearchWords("").first.isEmpty)
  }

  @Test func ofNothingThatIsSeenFindNothing() {
    #expect(SearchWords("ann \u{200B}").isVain)
    #expect(SearchWords("\u{301}").isVain)
  }

  @Test func beyondTheFirstFewAreLeftToOneCondition() {
    let words = SearchWords((0..<1_000).map { "W\($0)" }.joined(separator: " "))
    #expect(words.first.count == 20)
    #expect(words.others?.hasPrefix("w20 w21 ") == true)
    #expect(words.others?.hasSuffix(" w999") == true)
  }

  @Test func mayBePartsOfUUIDs() {
    #expect(SearchWords.undashed("0190-AbC") == "0190AbC")
    #expect(SearchWords.undashed("0190") == nil)
    #expect(SearchWords.undashed("---") == nil)
    #expect(SearchWords.undashed("mid-west") == nil)
  }

  @Test func standForAStatusFromTheFourthLetterOn() {
    #expect(SearchWords.status("acti") == .active && SearchWords.status("active") == .active)
    #expect(SearchWords.status("inac") == .inactive && SearchWords.status("inactive") == .inactive)
    #expect(SearchWords.status("act") == nil && SearchWords.status("actively") == nil)
  }
}

@Suite struct TextSearchTests {
  @Test(arguments: [
    ("\u{141}ukasz \u{17B}\u{F3}\u{142}towski", "zol", true),
    ("Lukasz Zoltowski", "\u{17C}\u{F3}\u{142}", true),
    ("\u{395}\u{3BB}\u{3AD}\u{3BD}\u{3B7}", "\u{3B5}\u{3BB}\u{3B5}\u{3BD}", true),
    (
      "\u{39A}\u{3CE}\u{3C3}\u{3C4}\u{3B1}\u{3C2}", "\u{39A}\u{38F}\u{3A3}\u{3A4}\u{391}\u{3A3}",
      true
    ),
    ("plain", "\u{E9}x", false), ("\u{738B}\u{5C0F}\u{660E}", "\u{5C0F}\u{660E}", true),
    ("\u{738B}\u{5C0F}\u{660E}", "\u{660E}\u{5C0F}", false), ("", "\u{E9}", false),
    ("\u{212A}elvin", "kelvin", true), ("aab", "ab", true), ("ab", "abc", false),
    ("Zu\u{308}rich", "Z\u{FC}rich", true), ("Z\u{FC}rich", "zu\u{308}rich", true),
    ("x\u{5D0}\u{5B0}\u{E9}", "\u{E9}", true), ("\u{D55C}\u{AD6D}", "\u{D55C}", true),
    ("\u{30AC}", "\u{30AB}", true), ("\u{1F600}e\u{301}t\u{E9}", "ete", true),
  ])
  func finds(text: String, word: String, isFound: Bool) {
    #expect(TextSearch.contains(text, foldedWord: NameFold.search(word)) == isFound)
  }

  @Test("the quick way folds every letter as the whole folding does")
  func tableAgrees() {
    for value in (UInt32(1)..<0x3000).lazy.filter({ $0 != 0x20 }) {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let text = "\u{E9}x\(scalar)y\u{142}"
      let folded = NameFold.search(text)
      if !TextSearch.contains(text, foldedWord: folded) {
        Issue.record("U+\(String(value, radix: 16))")
      }
    }
  }
}
