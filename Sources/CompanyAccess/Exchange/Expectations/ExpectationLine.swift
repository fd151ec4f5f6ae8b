internal import Formats

/// One line of a file with expectations, in which quotes have been read.
struct ExpectationLine {
  /// The line in which it begins, from 1.
  private(set) var number = 1
  private var bytes: [UInt8] = []
  /// Which of the bytes stood within quotes, where commas, colons and blanks are part of a name.
  private var quoted: [Bool] = []
  private var nextNumber = 1

  /// A part of the line, without the blanks around it.
  typealias Part = Range<Int>

  /// Reads the next line that says something; false at the end of the file.
  mutating func read(from input: inout InputBytes) throws -> Bool {
    while try input.lookAhead(1).first != nil {
      number = nextNumber
      bytes.removeAll(keepingCapacity: true)
      quoted.removeAll(keepingCapacity: true)
      try readBytes(from: &input)
      let all = whole
      if !all.isEmpty, bytes[all.lowerBound] != UInt8(ascii: "#") || quoted[all.lowerBound] {
        return true
      }
    }
    return false
  }

  private mutating func readBytes(from input: inout InputBytes) throws {
    // A quote opens where a name begins; within a comment or a name it is a letter like others.
    var opens = true
    var isComment = false
    while let byte = try input.next() {
      switch byte {
      case 0x0A, 0x0D:
        if byte == 0x0D, try input.lookAhead(1).first == 0x0A { _ = try input.next() }
        nextNumber += 1
        return
      case 0: throw ImportError(line: nextNumber, .nul)
      case 0x22 where opens && !isComment: try readQuoted(from: &input)
      default:
        if byte == UInt8(ascii: "#"), whole.isEmpty { isComment = true }
        try append(byte, isQuoted: false)
        opens = " \t,:".utf8.contains(byte)
      }
    }
  }

  private mutating func readQuoted(from input: inout InputBytes) throws {
    let start = nextNumber
    let isEmpty = bytes.count
    while let byte = try input.next() {
      if byte == 0x22 {
        guard try input.lookAhead(1).first == 0x22 else {
          // An empty name is still a name: it is there, and no user is called so.
          if bytes.count == isEmpty { throw ImportError(line: start, .emptyCell("a name")) }
          return
        }
        _ = try input.next()
      }
      if byte == 0x0A { nextNumber += 1 }
      try append(byte, isQuoted: true)
    }
    throw ImportError(line: start, .openQuote)
  }

  private mutating func append(_ byte: UInt8, isQuoted: Bool) throws(ImportError) {
    if bytes.count >= DelimitedReader.longestRow {
      throw ImportError(line: number, .tooLong(DelimitedReader.longestRow))
    }
    bytes.append(byte)
    quoted.append(isQuoted)
  }

  // MARK: - Parts of it

  /// All of it.
  var whole: Part { trimmed(bytes.indices) }

  /// A part without the blanks around it, apart from those within quotes.
  func trimmed(_ part: Part) -> Part {
    func isBlank(_ index: Int) -> Bool {
      !quoted[index] && (bytes[index] == 0x20 || bytes[index] == 0x09)
    }
    guard let first = part.first(where: { !isBlank($0) }),
      let last = part.last(where: { !isBlank($0) })
    else { return part.lowerBound..<part.lowerBound }
    return first..<last + 1
  }

  /// What stands between separators.
  func split(_ part: Part, at separator: Unicode.Scalar) -> [Part] {
    var parts: [Part] = []
    var start = part.lowerBound
    for index in part where bytes[index] == UInt8(ascii: separator) && !quoted[index] {
      parts.append(trimmed(start..<index))
      start = index + 1
    }
    return parts + [trimmed(start..<part.upperBound)]
  }

  /// The words of a part.
  func words(_ part: Part) -> [Part] {
    split(part, at: " ").flatMap { split($0, at: "\t") }.filter { !$0.isEmpty }
  }

  /// The colons of a part that are no part of a name in quotes.
  func colons(_ part: Part) -> [Int] {
    part.filter { bytes[$0] == UInt8(ascii: ":") && !quoted[$0] }
  }

  /// What follows a word and a blank, or the end; nil if the part does not begin so.
  ///
  /// With `isWord` false, a sign may follow without a blank.
  func rest(of part: Part, after word: StaticString, isWord: Bool = true) -> Part? {
    let end = part.lowerBound + word.utf8CodeUnitCount
    guard end <= part.upperBound else { return nil }
    let letters = UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount)
    for (index, letter) in zip(part, letters) {
      guard !quoted[index], bytes[index] | 0x20 == letter | 0x20 else { return nil }
    }
    let rest = end..<part.upperBound
    guard let next = rest.first else { return rest }
    let isBlank = !quoted[next] && (bytes[next] == 0x20 || bytes[next] == 0x09)
    guard isBlank || !isWord else { return nil }
    return trimmed(rest)
  }

  /// Whether a part is these words, with any blanks between them.
  func says(_ part: Part, _ wanted: StaticString...) -> Bool {
    let words = words(part)
    return words.count == wanted.count
      && zip(words, wanted).allSatisfy { word, wanted in
        rest(of: word, after: wanted)?.isEmpty == true
      }
  }

  /// The text of a part.
  func text(_ part: Part) throws(ImportError) -> String {
    guard let text = String(validating: bytes[part], as: UTF8.self) else {
      throw ImportError(line: number, .notUTF8)
    }
    return text
  }

  /// The user or company that a part names.
  func name(_ part: Part, _ what: String) throws(ImportError) -> ExpectedName {
    if part.isEmpty { throw ImportError(line: number, .emptyCell(what)) }
    let text = try text(part)
    let isQuoted = quoted[part.lowerBound]
    return isQuoted ? ExpectedName(id: nil, called: text) : ExpectedName(text)
  }
}
