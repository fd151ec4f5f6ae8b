/// The words of a search, folded.
struct SearchWords: Hashable, Sendable {
  /// The different words, the first ones, each of which gets a condition of its own.
  let first: [String]
  /// All others, separated by spaces; nil if there are none.
  let others: String?
  /// Whether a word has nothing in it that is seen, so that nothing can be found.
  let isVain: Bool

  /// A statement has a limit to the number of its conditions.
  private static let most = 20

  /// The different words of a text, separated by white space.
  init(_ text: String) {
    var words: [String] = []
    var seen: Set<[UInt8]> = []
    var isVain = false
    for word in text.unicodeScalars.split(whereSeparator: \.properties.isWhitespace) {
      let folded = NameFold.search(String(word))
      if folded.isEmpty { isVain = true }
      if seen.insert(Array(folded.utf8)).inserted { words.append(folded) }
    }
    self.isVain = isVain
    first = Array(words.prefix(SearchWords.most))
    let rest = words.dropFirst(SearchWords.most)
    others = rest.isEmpty ? nil : rest.joined(separator: " ")
  }

  /// The word without its dashes, if it may be a part of a UUID as people write it.
  static func undashed(_ word: String) -> String? {
    let digits = String(decoding: word.utf8.filter { $0 != UInt8(ascii: "-") }, as: UTF8.self)
    guard digits.utf8.count < word.utf8.count, isHex(digits) else { return nil }
    return digits
  }

  /// Whether a word consists of hex digits.
  static func isHex(_ word: String) -> Bool {
    !word.isEmpty
      && word.utf8.allSatisfy { byte in
        (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte | 0x20)
      }
  }

  /// Whether a word may be a part of a time as lists show it.
  static func isOfTime(_ word: String) -> Bool {
    word.utf8.allSatisfy { byte in
      (0x30...0x39).contains(byte) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ":")
    }
  }

  /// The status that a word stands for, from its fourth letter on; nil for none.
  static func status(_ word: String) -> Activity? {
    guard word.utf8.count >= 4 else { return nil }
    if "active".utf8.starts(with: word.utf8) { return .active }
    return "inactive".utf8.starts(with: word.utf8) ? .inactive : nil
  }
}
