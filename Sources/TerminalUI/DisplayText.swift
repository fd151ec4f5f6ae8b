/// Text that is safe to show: the only kind that a frame accepts.
///
/// Names come from a database that others write too. A character that could move the cursor, change the
/// order of letters or hide is made visible here: control characters as `^[`, bidi controls,
/// invisible, private and unassigned scalars as `<U+202E>`, bytes that are no UTF-8 as `<FF>`.
/// More than four combining marks on one letter are counted (`<+9996>`), a combining mark
/// without a letter gets a dotted circle. Text of more than 4,096 cells ends there with `…`.
///
/// Making a `DisplayText` of its own `string` changes nothing.
package struct DisplayText: Sendable {
  /// The safe text.
  package let string: String
  /// Columns on the terminal: the sum of what libc says for each scalar.
  package let width: Int

  package static let empty = DisplayText(safe: "", width: 0)
  static let ellipsis = DisplayText(safe: "\u{2026}", width: 1)

  package init(_ untrusted: String) {
    if Self.isPlain(untrusted) {
      self.init(safe: untrusted, width: untrusted.utf8.count)
      return
    }
    var sanitizer = Sanitizer()
    for scalar in untrusted.unicodeScalars {
      sanitizer.add(scalar)
      if sanitizer.isFull { break }
    }
    self.init(sanitizer)
  }

  /// Text that should be UTF-8 and may not be.
  package init(bytes: [UInt8]) {
    if let text = String(validating: bytes, as: UTF8.self) {
      self.init(text)
      return
    }
    var sanitizer = Sanitizer()
    var parser = UTF8.ForwardParser()
    var rest = bytes.makeIterator()
    var position = 0
    while !sanitizer.isFull {
      switch parser.parseScalar(from: &rest) {
      case .valid(let scalar):
        sanitizer.add(UTF8.decode(scalar))
        position += scalar.count
      case .error(let length):
        for byte in bytes[position..<position + length] { sanitizer.addInvalid(byte) }
        position += length
      case .emptyInput:
        self.init(sanitizer)
        return
      }
    }
    self.init(sanitizer)
  }

  /// Only for text made of safe text.
  init(safe string: String, width: Int) {
    self.string = string
    self.width = width
  }

  private init(_ sanitizer: consuming Sanitizer) {
    sanitizer.finish()
    self.init(safe: String(decoding: sanitizer.bytes, as: UTF8.self), width: sanitizer.width)
  }

  package var isEmpty: Bool { string.isEmpty }

  /// Whether every cell is one ASCII character: any other scalar has more bytes than columns.
  var isASCII: Bool { string.utf8.count == width }

  /// A name as a list shows it; one that would show nothing is described instead.
  package static func name(_ name: String?) -> DisplayText {
    guard let name else { return "(null)" }
    if name.isEmpty { return "(empty)" }
    // The blank Braille pattern is the one symbol that is drawn as nothing.
    let isBlank = name.unicodeScalars.prefix(Sanitizer.cellLimit)
      .allSatisfy { $0.properties.isWhitespace && $0.value >= 0x20 || $0.value == 0x2800 }
    return isBlank ? "(blank)" : DisplayText(name)
  }

  private static func isPlain(_ text: String) -> Bool {
    text.utf8.count <= Sanitizer.cellLimit && text.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F }
  }
}

extension DisplayText: Hashable {
  // By bytes: a String takes the composed and the decomposed é for the same.
  package static func == (left: DisplayText, right: DisplayText) -> Bool {
    left.width == right.width && left.string.utf8.elementsEqual(right.string.utf8)
  }

  package func hash(into hasher: inout Hasher) {
    for byte in string.utf8 { hasher.combine(byte) }
    hasher.combine(0xFF as UInt8)
  }
}

extension DisplayText: ExpressibleByStringInterpolation {
  package init(stringLiteral value: String) { self.init(value) }
}

extension DisplayText: CustomStringConvertible {
  package var description: String { string }
}

extension DisplayText {
  package static func + (left: DisplayText, right: DisplayText) -> DisplayText {
    DisplayText(safe: left.string + right.string, width: left.width + right.width)
  }

  package static func += (left: inout DisplayText, right: DisplayText) { left = left + right }

  /// A number of blanks.
  package static func blanks(_ count: Int) -> DisplayText {
    count <= 0 ? .empty : DisplayText(safe: String(repeating: " ", count: count), width: count)
  }
}

extension Sequence where Element == DisplayText {
  package func joined(separator: DisplayText = .empty) -> DisplayText {
    var string = ""
    var width = 0
    for (index, text) in enumerated() {
      if index > 0 {
        string += separator.string
        width += separator.width
      }
      string += text.string
      width += text.width
    }
    return DisplayText(safe: string, width: width)
  }
}
