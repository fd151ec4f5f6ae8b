internal import Database

/// Searching without regard to case, for words that SQLite's LIKE cannot compare.
///
/// LIKE folds the letters of ASCII only. Here every scalar is mapped to its lower case; texts that
/// differ in composition or accents stay different.
enum TextFold {
  /// The name of the function in SQL: whether a text has all of some words, which are folded and
  /// separated by spaces.
  static let function = "company_access_contains"

  /// Makes the function known to a connection.
  static func register(on connection: Connection) throws(DatabaseError) {
    try connection.register(function: function, arguments: 2, deterministic: true) { values in
      guard case .text(let text) = values[0], case .text(let words) = values[1] else {
        return .integer(0)
      }
      return .integer(contains(text, foldedWords: words) ? 1 : 0)
    }
  }

  /// The text with every scalar in lower case.
  ///
  /// The sigma at the end of a word is folded to the other one, because capital letters do not
  /// tell them apart.
  static func fold(_ text: String) -> String {
    String(decoding: foldedBytes(text), as: UTF8.self)
  }

  private static func foldedBytes(_ text: String) -> [UInt8] {
    var folded: [UInt8] = []
    folded.reserveCapacity(text.utf8.count)
    for scalar in text.unicodeScalars {
      switch scalar {
      case "A"..."Z": folded.append(UInt8(scalar.value) | 0x20)
      case "\u{0}"..."\u{7F}": folded.append(UInt8(scalar.value))
      case "\u{3C2}": folded.append(contentsOf: "\u{3C3}".utf8)
      default: folded.append(contentsOf: scalar.properties.lowercaseMapping.utf8)
      }
    }
    return folded
  }

  static func contains(_ text: String, foldedWords: String) -> Bool {
    // What has no other letters cannot have those of the words, and most texts have none.
    if isASCII(text), !isASCII(foldedWords) { return false }
    let bytes = foldedBytes(text)
    return foldedWords.utf8.split(separator: UInt8(ascii: " ")).allSatisfy { word in
      contains(bytes, Array(word))
    }
  }

  private static func isASCII(_ text: String) -> Bool { text.utf8.allSatisfy { $0 < 0x80 } }

  private static func contains(_ text: [UInt8], _ word: [UInt8]) -> Bool {
    guard let first = word.first else { return true }
    guard text.count >= word.count else { return false }
    return (0...(text.count - word.count)).contains { start in
      text[start] == first && text[start..<(start + word.count)].elementsEqual(word)
    }
  }
}
