/// Reads rows of a file with comma-, semicolon- or tab-separated cells, one at a time.
///
/// Commas and semicolons go with the quotes of RFC 4180, tabs with backslash escapes. The header
/// decides which it is, or a line `sep=;` in front of it. Lines end with LF, CR LF or CR; a byte
/// order mark and empty lines are skipped. A NUL is only read within quotes, or as `\0`.
package struct DelimitedReader {
  /// The longest row, in bytes.
  package static let longestRow = 1 << 20
  private let longestRow: Int

  private var input: InputBytes
  private var separator: UInt8 = 0x2C
  private var usesQuotes: Bool { separator != 0x09 }
  /// The line in which the next byte stands.
  private var nextLine = 1
  package private(set) var header: [String] = []
  /// The names in the header as they stand there.
  package private(set) var titles: [String] = []

  /// The line in which the row begins.
  package private(set) var line = 1
  /// The cells of the row, one behind the other.
  private var bytes: [UInt8] = []
  /// Where each cell ends in `bytes`.
  private var ends: [Int] = []

  /// Reads the header.
  package init(_ input: InputBytes, longestRow: Int = DelimitedReader.longestRow) throws(InputError)
  {
    self.input = input
    self.longestRow = longestRow
    try self.input.beginText()
    if try !takeSeparatorLine() { try detectSeparator() }
    guard try next() else { throw .malformed(line: 1, .empty) }
    for index in 0..<count {
      let name = try text(index)
      let plain = name.utf8.filter { $0 != 0x20 }
      header.append(String(decoding: plain, as: UTF8.self).lowercased())
      titles.append(name)
    }
  }

  /// How many cells the row has.
  package var count: Int { ends.count }

  /// Whether the row is nothing but separators.
  package var isBlank: Bool { bytes.isEmpty }

  /// A cell of the row.
  package func text(_ index: Int) throws(InputError) -> String {
    let start = index == 0 ? 0 : ends[index - 1]
    guard let text = String(validating: bytes[start..<ends[index]], as: UTF8.self) else {
      throw .malformed(line: line, .notUTF8)
    }
    return SpreadsheetGuard.unguarded(text)
  }

  /// Reads the next row that is not empty; false at the end of the file.
  package mutating func next() throws(InputError) -> Bool {
    repeat {
      guard try input.peek() != nil else { return false }
      line = nextLine
      bytes.removeAll(keepingCapacity: true)
      ends.removeAll(keepingCapacity: true)
      while try readCell() {}
    } while ends.count == 1 && bytes.isEmpty
    if !header.isEmpty, count != header.count, !isBlank {
      throw .malformed(line: line, .wrongNumberOfCells(count, expected: header.count))
    }
    return true
  }

  /// Reads one cell; false if it is the last of its row.
  private mutating func readCell() throws(InputError) -> Bool {
    if usesQuotes, try input.peek() == 0x22 {
      input.skip(1)
      try readQuoted()
      switch try input.peek() {
      case nil, separator, 0x0A, 0x0D: break
      default: throw .malformed(line: nextLine, .textAfterQuote)
      }
    }
    while let byte = try input.next() {
      switch byte {
      case separator:
        ends.append(bytes.count)
        return true
      case 0x0A, 0x0D:
        try endLine(byte)
        ends.append(bytes.count)
        return false
      case 0x5C where !usesQuotes: try append(escaped())
      case 0: throw .malformed(line: nextLine, .nul)
      default: try append(byte)
      }
    }
    ends.append(bytes.count)
    return false
  }

  private mutating func readQuoted() throws(InputError) {
    let start = nextLine
    while let byte = try input.next() {
      if byte == 0x22 {
        guard try input.peek() == 0x22 else { return }
        input.skip(1)
      }
      if byte == 0x0A || byte == 0x0D { try countLine(byte) }
      try append(byte)
    }
    throw .malformed(line: start, .openQuote)
  }

  /// What stands for the character behind a backslash.
  private mutating func escaped() throws(InputError) -> UInt8 {
    let stands: UInt8
    switch try input.peek() {
    case 0x74: stands = 0x09
    case 0x6E: stands = 0x0A
    case 0x72: stands = 0x0D
    case 0x30: stands = 0
    case 0x5C: stands = 0x5C
    default: return 0x5C
    }
    input.skip(1)
    return stands
  }

  private mutating func append(_ byte: UInt8) throws(InputError) {
    if bytes.count >= longestRow { throw .malformed(line: line, .tooLong(longestRow)) }
    bytes.append(byte)
  }

  private mutating func endLine(_ byte: UInt8) throws(InputError) {
    if byte == 0x0D, try input.peek() == 0x0A { input.skip(1) }
    nextLine += 1
  }

  /// Counts a line that ends within quotes; of CR LF only the LF.
  private mutating func countLine(_ byte: UInt8) throws(InputError) {
    if byte == 0x0A { nextLine += 1 } else if try input.peek() != 0x0A { nextLine += 1 }
  }

  /// The longest header in which a separator is looked for.
  private static let longestHeader = 1 << 12

  /// Takes the separator that a spreadsheet names in the first line; false if there is no such line.
  private mutating func takeSeparatorLine() throws(InputError) -> Bool {
    let start = Array(try input.lookAhead(6).prefix(6))
    guard start.count == 6, start.starts(with: "sep=".utf8), ",;\t".utf8.contains(start[4]),
      start[5] == 0x0A || start[5] == 0x0D
    else { return false }
    separator = start[4]
    input.skip(6)
    try endLine(start[5])
    return true
  }

  /// Takes the separator that the header has most of.
  private mutating func detectSeparator() throws(InputError) {
    let start = try input.lookAhead(DelimitedReader.longestHeader)
      .prefix { $0 != 0x0A && $0 != 0x0D }
    let counts = [UInt8](",;\t".utf8).map { candidate in
      (candidate, start.count { $0 == candidate })
    }
    let most = counts.reduce(counts[0]) { $1.1 > $0.1 ? $1 : $0 }
    separator = most.0
  }
}
