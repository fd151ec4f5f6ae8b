/// Reads JSON piece by piece, with little of it in memory.
package struct JSONReader {
  /// One piece.
  package enum Token: Hashable, Sendable {
    case beginObject, endObject, beginArray, endArray
    case key(String)
    case string(String)
    case integer(Int64)
    /// A number that is no integer, as it was written.
    case number(String)
    case boolean(Bool)
    case null
  }

  /// The longest string and the deepest nesting that are read.
  package static let longestString = 1 << 20
  static let deepest = 64

  private enum Expectation {
    case value, firstKey, key, firstElement, separator, end
  }

  private var input: InputBytes
  /// The line in which the next piece stands.
  package private(set) var line = 1
  /// For each open bracket, whether it is an object.
  private var open: [Bool] = []
  private var expectation = Expectation.value

  package init(_ input: InputBytes) throws(InputError) {
    self.input = input
    try self.input.beginText()
  }

  /// The next piece; nil at the end of the document.
  package mutating func next() throws(InputError) -> Token? {
    while true {
      guard let byte = try skipBlanks() else {
        if expectation == .end { return nil }
        throw problem("it ends too early")
      }
      switch (expectation, byte) {
      case (.separator, 0x2C):
        input.skip(1)
        expectation = open.last == true ? .key : .value
      case (.separator, 0x7D), (.firstKey, 0x7D), (.separator, 0x5D), (.firstElement, 0x5D):
        return try close(byte)
      case (.firstKey, 0x22), (.key, 0x22): return try key()
      case (.value, _), (.firstElement, _): return try value(byte)
      default: throw unexpected(byte)
      }
    }
  }

  /// Passes over the value whose first piece is given.
  package mutating func skip(_ first: Token) throws(InputError) {
    var depth = 0
    var token: Token? = first
    repeat {
      switch token {
      case .beginObject, .beginArray: depth += 1
      case .endObject, .endArray: depth -= 1
      case nil: return
      default: break
      }
      if depth > 0 { token = try next() }
    } while depth > 0
  }

  /// Passes over blanks and gives the byte behind them, which stays the next.
  private mutating func skipBlanks() throws(InputError) -> UInt8? {
    while let byte = try input.peek() {
      switch byte {
      case 0x0A: line += 1
      case 0x20, 0x09, 0x0D: break
      default: return byte
      }
      input.skip(1)
    }
    return nil
  }

  private mutating func close(_ byte: UInt8) throws(InputError) -> Token {
    let isObject = byte == 0x7D
    guard open.last == isObject else { throw unexpected(byte) }
    input.skip(1)
    open.removeLast()
    finishValue()
    return isObject ? .endObject : .endArray
  }

  private mutating func key() throws(InputError) -> Token {
    let name = try string()
    guard try skipBlanks() == 0x3A else { throw problem("a colon is missing behind a key") }
    input.skip(1)
    expectation = .value
    return .key(name)
  }

  private mutating func value(_ byte: UInt8) throws(InputError) -> Token {
    switch byte {
    case 0x7B, 0x5B:
      guard open.count < JSONReader.deepest else { throw problem("it is nested too deeply") }
      input.skip(1)
      open.append(byte == 0x7B)
      expectation = byte == 0x7B ? .firstKey : .firstElement
      return byte == 0x7B ? .beginObject : .beginArray
    case 0x22:
      let text = try string()
      finishValue()
      return .string(text)
    default:
      let token = try word(byte)
      finishValue()
      return token
    }
  }

  private mutating func finishValue() { expectation = open.isEmpty ? .end : .separator }

  /// A number, or one of the three names.
  private mutating func word(_ first: UInt8) throws(InputError) -> Token {
    var bytes: [UInt8] = []
    while let byte = try input.peek(), JSONReader.isWord(byte), bytes.count < 400 {
      bytes.append(byte)
      input.skip(1)
    }
    let text = String(decoding: bytes, as: UTF8.self)
    switch text {
    case "": throw unexpected(first)
    case "true": return .boolean(true)
    case "false": return .boolean(false)
    case "null": return .null
    default: break
    }
    let digits = bytes.first == 0x2D ? bytes.dropFirst() : bytes[...]
    let isPlain = digits.first.map { $0 != 0x30 || digits.count == 1 } ?? false
    if isPlain, digits.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int64(text) {
      return .integer(number)
    }
    let isDigit = { (byte: UInt8) in (0x30...0x39).contains(byte) }
    let mayFollow = { (byte: UInt8) in isDigit(byte) || Array(".eE+-".utf8).contains(byte) }
    let hasLeadingZero = digits.first == 0x30 && digits.dropFirst().first.map(isDigit) == true
    guard digits.first.map(isDigit) == true, !hasLeadingZero, digits.allSatisfy(mayFollow),
      digits.last.map(isDigit) == true, Double(text) != nil
    else { throw problem("'\(text)' is no value") }
    return .number(text)
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2B, 0x2D, 0x2E: true
    default: false
    }
  }

  private mutating func string() throws(InputError) -> String {
    input.skip(1)
    var bytes: [UInt8] = []
    while let byte = try input.next() {
      switch byte {
      case 0x22:
        guard let text = String(validating: bytes, as: UTF8.self) else {
          throw .malformed(line: line, .notUTF8)
        }
        return text
      case 0x5C: try appendEscaped(&bytes)
      case 0..<0x20: throw problem("a control character stands in a string")
      default: bytes.append(byte)
      }
      if bytes.count > JSONReader.longestString {
        throw .malformed(line: line, .tooLong(JSONReader.longestString))
      }
    }
    throw .malformed(line: line, .openQuote)
  }

  private mutating func appendEscaped(_ bytes: inout [UInt8]) throws(InputError) {
    let byte = try input.next()
    switch byte {
    case 0x22, 0x5C, 0x2F: bytes.append(byte ?? 0)
    case 0x62: bytes.append(0x08)
    case 0x66: bytes.append(0x0C)
    case 0x6E: bytes.append(0x0A)
    case 0x72: bytes.append(0x0D)
    case 0x74: bytes.append(0x09)
    case 0x75: bytes += Array(String(try unicode()).utf8)
    default: throw problem("an unknown escape stands in a string")
    }
  }

  /// The character that one `\u` escape, or a pair of them, stands for.
  private mutating func unicode() throws(InputError) -> Unicode.Scalar {
    let first = try hexDigits()
    if let scalar = Unicode.Scalar(first) { return scalar }
    let isPair = try input.next() == 0x5C
    guard isPair, try input.next() == 0x75 else { throw problem("half a surrogate pair") }
    let second = try hexDigits()
    guard (0xD800..<0xDC00).contains(first), (0xDC00..<0xE000).contains(second),
      let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
    else { throw problem("half a surrogate pair") }
    return scalar
  }

  private mutating func hexDigits() throws(InputError) -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<4 {
      let byte = try input.next() ?? 0
      guard let digit = Unicode.Scalar(byte).properties.isASCIIHexDigit ? hexValue(byte) : nil
      else { throw problem("an unknown escape stands in a string") }
      value = value << 4 + digit
    }
    return value
  }

  private func hexValue(_ byte: UInt8) -> UInt32 {
    UInt32(byte < 0x3A ? byte - 0x30 : (byte | 0x20) - 0x57)
  }

  private func unexpected(_ byte: UInt8) -> InputError {
    if byte == 0 { return .malformed(line: line, .nul) }
    return problem("'\(Unicode.Scalar(byte))' was not expected there")
  }

  private func problem(_ reason: String) -> InputError {
    .malformed(line: line, .notJSON(reason))
  }
}
