/// The words of a text that SQLite keeps of a schema, as far as is needed to tell what it names.
///
/// Comments are passed over and quoted names lose their quotes. SQLite takes a text in single quotes
/// for a name where one is needed, so these count as names too.
struct SQLTokens: Hashable, Sendable {
  /// A word: a name, a keyword, or a sign.
  struct Token: Hashable, Sendable {
    /// The text, without quotes.
    var text: String
    /// Whether it was quoted, and so is a name and no keyword.
    var isQuoted: Bool

    /// Whether it is this keyword, given in lower case.
    func isWord(_ keyword: String) -> Bool { !isQuoted && text.lowercased() == keyword }
  }

  private(set) var tokens: [Token] = []

  init(_ sql: String) {
    let bytes = Array(sql.utf8)
    var place = 0
    while place < bytes.count {
      let start = place
      switch bytes[place] {
      case 0x2D where bytes.dropFirst(place + 1).first == 0x2D:
        place = SQLTokens.end(of: [0x0A], in: bytes, from: place + 2)
      case 0x2F where bytes.dropFirst(place + 1).first == 0x2A:
        place = SQLTokens.end(of: [0x2A, 0x2F], in: bytes, from: place + 2)
      case 0x22, 0x27, 0x60:
        let text = SQLTokens.quoted(bytes, &place, until: bytes[start])
        tokens.append(Token(text: text, isQuoted: true))
      case 0x5B:
        let text = SQLTokens.quoted(bytes, &place, until: 0x5D)
        tokens.append(Token(text: text, isQuoted: true))
      case 0x09, 0x0A, 0x0C, 0x0D, 0x20: place += 1
      case let byte where SQLTokens.isPartOfWord(byte):
        while place < bytes.count, SQLTokens.isPartOfWord(bytes[place]) { place += 1 }
        let text = String(decoding: bytes[start..<place], as: UTF8.self)
        tokens.append(Token(text: text, isQuoted: false))
      default:
        place += 1
        let text = String(decoding: bytes[start..<place], as: UTF8.self)
        tokens.append(Token(text: text, isQuoted: false))
      }
    }
  }

  /// Whether a name occurs in any place.
  func mention(_ name: String) -> Bool {
    let wanted = name.lowercased()
    return tokens.contains { $0.text.lowercased() == wanted }
  }

  /// Whether a keyword occurs, given in lower case.
  func hasWord(_ keyword: String) -> Bool { tokens.contains { $0.isWord(keyword) } }

  /// The tables into which the statements write: those of a trigger's body.
  var writtenTables: Set<String> {
    var written: Set<String> = []
    for (index, token) in tokens.enumerated() {
      var next = index + 1
      if token.isWord("into") || token.isWord("update") {
        // UPDATE OR IGNORE t
        if next < tokens.count, tokens[next].isWord("or") { next += 2 }
      } else if token.isWord("delete"), next < tokens.count, tokens[next].isWord("from") {
        next += 1
      } else {
        continue
      }
      if next < tokens.count { written.insert(tokens[next].text.lowercased()) }
    }
    return written
  }

  private static func isPartOfWord(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x24, 0x5F, 0x80...: true
    default: false
    }
  }

  /// The place behind the next occurrence of some bytes, or the end.
  private static func end(of mark: [UInt8], in bytes: [UInt8], from start: Int) -> Int {
    var place = start
    while place + mark.count <= bytes.count {
      if bytes[place..<place + mark.count].elementsEqual(mark) { return place + mark.count }
      place += 1
    }
    return bytes.count
  }

  /// Reads a quoted text, in which the closing quote is doubled, and leaves the place behind it.
  private static func quoted(_ bytes: [UInt8], _ place: inout Int, until quote: UInt8) -> String {
    var text: [UInt8] = []
    place += 1
    while place < bytes.count {
      if bytes[place] == quote {
        let isDoubled = quote != 0x5D && place + 1 < bytes.count && bytes[place + 1] == quote
        guard isDoubled else { break }
        place += 1
      }
      text.append(bytes[place])
      place += 1
    }
    place += 1
    return String(decoding: text, as: UTF8.self)
  }
}
