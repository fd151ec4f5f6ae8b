internal import Database

/// A text that is hashed while it is written: lines of a mark and values.
///
/// A value is written so that no two values look alike: `-` for NULL, digits for an integer, `r` and the
/// 16 hex digits of the bits for a real number, `t` and `b` with a length, a colon and the bytes for
/// a text and for bytes.
struct SealText {
  private var hash = SHA256()
  private var buffer: [UInt8] = []

  private static let block = 1 << 16
  private static let prefix = "forgotten:"

  /// A text that begins with a line.
  init(_ line: String) {
    buffer.reserveCapacity(SealText.block + 4_096)
    begin(line)
    end()
  }

  /// Begins a line.
  mutating func begin(_ mark: String) { buffer += mark.utf8 }

  /// Ends a line.
  mutating func end() {
    buffer.append(UInt8(ascii: "\n"))
    guard buffer.count >= SealText.block else { return }
    hash.update(buffer)
    buffer.removeAll(keepingCapacity: true)
  }

  /// Writes a column as it is stored.
  mutating func add(_ row: borrowing Row, _ column: Int) { SealText.add(row, column, to: &buffer) }

  /// Writes a text that is not of a column.
  mutating func add(_ text: String) {
    buffer.append(UInt8(ascii: " "))
    SealText.add(Array(text.utf8), "t", to: &buffer)
  }

  /// Writes lines that were made before.
  mutating func add(_ lines: Lines) { buffer += lines.bytes }

  private static func add(_ row: borrowing Row, _ column: Int, to buffer: inout [UInt8]) {
    buffer.append(UInt8(ascii: " "))
    switch row.value(column) {
    case .null: buffer.append(UInt8(ascii: "-"))
    case .integer(let number): buffer += String(number).utf8
    case .real(let number):
      let digits = String(number.bitPattern, radix: 16)
      buffer += ("r" + String(repeating: "0", count: 16 - digits.utf8.count) + digits).utf8
    // The bytes, because a text need not be well-formed.
    case .text: add(row.bytes(column), "t", to: &buffer)
    case .blob(let bytes): add(bytes, "b", to: &buffer)
    }
  }

  private static func add(_ bytes: [UInt8], _ kind: String, to buffer: inout [UInt8]) {
    buffer += "\(kind)\(bytes.count):".utf8
    buffer += bytes
  }

  /// Some lines of a text.
  struct Lines: Sendable {
    fileprivate(set) var bytes: [UInt8] = []

    /// Writes a line of columns.
    mutating func write(_ mark: String, _ row: borrowing Row, _ columns: Range<Int>) {
      bytes += mark.utf8
      for column in columns { SealText.add(row, column, to: &bytes) }
      bytes.append(UInt8(ascii: "\n"))
    }
  }

  /// Writes the attributes that are not NULL, by name, and in place of those that name a person or a
  /// company their digest.
  mutating func add(_ row: borrowing Row, from first: Int, _ attributes: [SealedAttribute]) {
    for (place, attribute) in attributes.enumerated()
    where !attribute.isName && !row.isNull(first + place) {
      add(attribute.name)
      add(row, first + place)
    }
    add(SealText.digest(row, from: first, attributes))
  }

  /// Writes the digest of JSON; nothing of NULL.
  mutating func addImage(_ row: borrowing Row, _ column: Int) {
    guard !row.isNull(column) else { return add(row, column) }
    add(SealText.digestOfImage(row.value(column), row.bytes(column)))
  }

  /// The hash, as hex digits.
  consuming func finish() -> String {
    hash.update(buffer)
    return hash.hex()
  }

  // MARK: - Names

  /// The digest of the attributes that name a person or a company, or the one that was left in their
  /// place.
  static func digest(
    _ row: borrowing Row, from first: Int, _ attributes: [SealedAttribute]
  ) -> String {
    var text = SealText("names")
    var left: String?
    var count = 0
    for (place, attribute) in attributes.enumerated()
    where attribute.isName && !row.isNull(first + place) {
      count += 1
      text.begin(attribute.name)
      text.add(row, first + place)
      text.end()
      if case .text(let found) = row.value(first + place) { left = digest(leftIn: found) }
    }
    if count == 1, let left { return left }
    return text.finish()
  }

  /// What stands for a name that was forgotten.
  static func forgotten(_ digest: String) -> String { prefix + digest }

  /// Whether a text stands for a name that was forgotten.
  static func isForgotten(_ text: String) -> Bool { digest(leftIn: text) != nil }

  private static func digest(leftIn text: String) -> String? {
    let bytes = Array(text.utf8)
    guard bytes.count == prefix.utf8.count + 64, bytes.starts(with: prefix.utf8) else { return nil }
    let digits = bytes.dropFirst(prefix.utf8.count)
    let isHex = digits.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
    return isHex ? String(decoding: digits, as: UTF8.self) : nil
  }

  /// The digest of an image, or the one that was left in its place.
  static func digestOfImage(_ value: Value, _ bytes: [UInt8]) -> String {
    if case .text(let text) = value, let left = digest(leftInImage: text) { return left }
    return SHA256.hex(bytes)
  }

  /// Whether a text stands for an image that was forgotten.
  static func isForgottenImage(_ text: String) -> Bool { digest(leftInImage: text) != nil }

  private static func digest(leftInImage text: String) -> String? {
    guard text.utf8.first == UInt8(ascii: "\""), text.utf8.last == UInt8(ascii: "\"") else {
      return nil
    }
    return digest(leftIn: String(text.dropFirst().dropLast()))
  }

  /// What stands for an image that was forgotten: JSON, but no object.
  static func forgottenImage(_ digest: String) -> String { "\"\(forgotten(digest))\"" }
}

/// An attribute of users or companies in a seal.
struct SealedAttribute: Hashable, Sendable {
  let name: String
  /// Whether it names a person or a company, and can be forgotten.
  let isName: Bool

  private static let others: Set<String> = ["role", "active", "scope"]

  /// The attributes that the record keeps of a kind.
  static func all(of kind: RecordedKind) -> [SealedAttribute] {
    kind.attributes.map {
      SealedAttribute(name: $0.name.text, isName: !others.contains($0.name.text))
    }
  }
}
