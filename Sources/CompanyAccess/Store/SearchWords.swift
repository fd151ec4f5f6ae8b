/// The words of a search, by the way in which SQLite can look for them.
struct SearchWords: Hashable, Sendable {
  /// Words of visible ASCII, for LIKE.
  let simple: [String]
  /// All others, folded and separated by spaces, for `TextFold.function`; nil if there are none.
  let others: String?

  /// LIKE refuses patterns beyond 50,000 bytes, and a statement has a limit to the number of its
  /// conditions; what is beyond these is left to the function.
  private static let longest = 1_000
  private static let most = 20

  /// The different words of a text, separated by white space.
  init(_ text: String) {
    var words: [String] = []
    var seen: Set<[UInt8]> = []
    for word in text.unicodeScalars.split(whereSeparator: \.properties.isWhitespace)
    where seen.insert(Array(String(word).utf8)).inserted {
      words.append(String(word))
    }
    let simple = words.filter(SearchWords.isSimple).prefix(SearchWords.most)
    let others = words.filter { !SearchWords.isSimple($0) }
    let surplus = words.filter(SearchWords.isSimple).dropFirst(SearchWords.most)
    self.simple = Array(simple)
    let rest = (others + surplus).map(TextFold.fold)
    self.others = rest.isEmpty ? nil : rest.joined(separator: " ")
  }

  private static func isSimple(_ word: String) -> Bool {
    word.utf8.count <= longest && word.utf8.allSatisfy { (0x21...0x7E).contains($0) }
  }

  /// The pattern with which LIKE finds a word anywhere, with `\` as the escape character.
  static func pattern(_ word: String) -> String {
    var pattern = "%"
    for scalar in word.unicodeScalars {
      if scalar == "%" || scalar == "_" || scalar == "\\" { pattern += "\\" }
      pattern.unicodeScalars.append(scalar)
    }
    return pattern + "%"
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
}
