internal import Database

/// Looks for words in texts, both as `NameFold` folds them.
///
/// A search looks at every row of a table, so that texts of ASCII are compared where SQLite holds
/// them, and letters of Latin, Greek and Cyrillic names are folded by a table.
enum TextSearch {
  /// The name of the function in SQL: whether each of some words, its first argument, is found in
  /// one of the others.
  ///
  /// The words are folded and separated by single spaces.
  static let function = "company_access_finds"
  /// The name of the function in SQL that gives a time as lists show it.
  static let minute = "company_access_minute"

  /// Makes the functions known to a connection.
  static func register(on connection: Connection) throws(DatabaseError) {
    try connection.register(test: function) { arguments in
      arguments.count > 1
        && arguments.bytes(0) { words in
          eachWord(of: words) { word in
            (1..<arguments.count).contains { place in
              arguments.bytes(place) { contains($0, word) }
            }
          }
        }
    }
    try connection.register(function: minute, arguments: 1, deterministic: true) { values in
      guard case .text(let time) = values[0] else { return .null }
      return .text(Timestamp(stored: time).localMinute)
    }
  }

  /// Whether every word passes a test; no list of them is made, because each row is asked.
  private static func eachWord(
    of words: UnsafeBufferPointer<UInt8>, _ passes: (UnsafeBufferPointer<UInt8>) -> Bool
  ) -> Bool {
    guard !words.isEmpty else { return false }
    var start = 0
    while start <= words.count {
      var end = start
      while end < words.count, words[end] != UInt8(ascii: " ") { end += 1 }
      guard passes(UnsafeBufferPointer(rebasing: words[start..<end])) else { return false }
      start = end + 1
    }
    return true
  }

  /// Whether a text contains a word that is folded.
  static func contains(_ text: String, foldedWord word: String) -> Bool {
    Array(text.utf8).withUnsafeBufferPointer { text in
      Array(word.utf8).withUnsafeBufferPointer { contains(text, $0) }
    }
  }

  private static func contains(
    _ text: UnsafeBufferPointer<UInt8>, _ word: UnsafeBufferPointer<UInt8>
  ) -> Bool {
    guard let first = word.first else { return false }
    for start in text.indices {
      let byte = text[start]
      if byte >= 0x80 { return foldedContains(text, word) }
      if lower(byte) == first, isFound(word, in: text, at: start) { return true }
    }
    return false
  }

  private static func lower(_ byte: UInt8) -> UInt8 {
    byte &- 0x41 < 26 ? byte | 0x20 : byte
  }

  private static func isFound(
    _ word: UnsafeBufferPointer<UInt8>, in text: UnsafeBufferPointer<UInt8>, at start: Int
  ) -> Bool {
    guard text.count - start >= word.count else { return false }
    for index in word.indices where lower(text[start + index]) != word[index] { return false }
    return true
  }

  // MARK: - Other letters

  private static func foldedContains(
    _ text: UnsafeBufferPointer<UInt8>, _ word: UnsafeBufferPointer<UInt8>
  ) -> Bool {
    let capacity = text.count * LetterTable.mostBytes
    let found = withUnsafeTemporaryAllocation(of: UInt8.self, capacity: capacity) { room -> Bool? in
      guard let count = LetterTable.fold(text, into: room) else { return nil }
      return isAnywhere(word, in: UnsafeBufferPointer(rebasing: room[..<count]))
    }
    if let found { return found }
    let folded = Array(NameFold.search(String(decoding: text, as: UTF8.self)).utf8)
    return folded.withUnsafeBufferPointer { isAnywhere(word, in: $0) }
  }

  private static func isAnywhere(
    _ word: UnsafeBufferPointer<UInt8>, in text: UnsafeBufferPointer<UInt8>
  ) -> Bool {
    guard let first = word.first, text.count >= word.count else { return false }
    return (0...(text.count - word.count)).contains { start in
      text[start] == first
        && word.indices.allSatisfy { text[start + $0] == word[$0] }
    }
  }
}

/// What `NameFold` makes of single letters whose neighbours do not matter.
///
/// Each range of letters is folded when the first of them comes: folding all takes longer than a search
/// of ten thousand rows.
private struct LetterTable: Sendable {
  /// A letter becomes at most so many bytes for each of its own.
  static let mostBytes = 4

  private static let latinLetters: Range<UInt32> = 0x80..<0x250
  /// Greek and Cyrillic letters, and what is between.
  private static let otherLetters: Range<UInt32> = 0x250..<0x530
  /// More Latin and Greek letters.
  private static let moreLetters: Range<UInt32> = 0x1E00..<0x2000

  private static let latin = LetterTable(latinLetters)
  private static let others = LetterTable(otherLetters)
  private static let more = LetterTable(moreLetters)

  private let letters: Range<UInt32>
  /// For each letter up to four bytes, the first of them lowest, and above them their number;
  /// `notAlone` for one whose neighbours matter.
  private let entries: [UInt64]
  private static let notAlone: UInt64 = .max

  private init(_ letters: Range<UInt32>) {
    self.letters = letters
    entries = letters.map { value in
      guard let scalar = Unicode.Scalar(value) else { return Self.notAlone }
      let folded = NameFold.search(String(scalar))
      let isAlone = folded.unicodeScalars.allSatisfy {
        $0.properties.canonicalCombiningClass == .notReordered
      }
      guard isAlone, folded.utf8.count <= 4 else { return Self.notAlone }
      var entry = UInt64(folded.utf8.count) << 32
      for (index, byte) in folded.utf8.enumerated() { entry |= UInt64(byte) << UInt64(8 * index) }
      return entry
    }
  }

  private subscript(letter: UInt32) -> UInt64 { entries[Int(letter - letters.lowerBound)] }

  /// Folds a text; nil if it has letters that are in no table, or is not well-formed.
  static func fold(
    _ text: UnsafeBufferPointer<UInt8>, into room: UnsafeMutableBufferPointer<UInt8>
  ) -> Int? {
    var count = 0
    var index = 0
    while index < text.count {
      let byte = text[index]
      if byte < 0x80 {
        if byte >= 0x21, byte != 0x7F {
          room[count] = byte &- 0x41 < 26 ? byte | 0x20 : byte
          count += 1
        } else if byte == 0x20 || (0x09...0x0D).contains(byte) {
          room[count] = 0x20
          count += 1
        }
        index += 1
        continue
      }
      guard let entry = entry(text, &index) else { return nil }
      for place in 0..<(entry >> 32) {
        room[count] = UInt8(truncatingIfNeeded: entry >> (8 * place))
        count += 1
      }
    }
    return count
  }

  /// The entry of the letter at an index, which goes on behind it.
  private static func entry(_ text: UnsafeBufferPointer<UInt8>, _ index: inout Int) -> UInt64? {
    func tail(_ place: Int) -> UInt32? {
      guard place < text.count, text[place] & 0xC0 == 0x80 else { return nil }
      return UInt32(text[place] & 0x3F)
    }
    let byte = text[index]
    guard let second = tail(index + 1) else { return nil }
    let found: UInt64
    switch byte {
    case 0xC2...0xD4:
      let value = UInt32(byte & 0x1F) << 6 | second
      guard value < otherLetters.upperBound else { return nil }
      found = latinLetters.contains(value) ? latin[value] : others[value]
      index += 2
    case 0xE1:
      guard let third = tail(index + 2) else { return nil }
      let value = 0x1000 | second << 6 | third
      guard moreLetters.contains(value) else { return nil }
      found = more[value]
      index += 3
    case 0xE4...0xE9:
      // Han characters stay as they are; the first ones are no letters of names.
      guard let third = tail(index + 2), byte > 0xE4 || second >= 0x38 else { return nil }
      let bytes = UInt64(byte) | UInt64(second | 0x80) << 8 | UInt64(third | 0x80) << 16
      index += 3
      return bytes | 3 << 32
    default: return nil
    }
    return found == notAlone ? nil : found
  }
}
