internal import Database

/// An id as it is typed, in any of the usual forms.
enum KeyText {
  /// The values by which a database may hold it, besides a number and the text itself.
  ///
  /// A UUID may be text of 32 or 36 characters or 16 bytes; dashes, braces and `urn:uuid:` are
  /// understood, in either case. Other bytes are written as hex digits.
  static func stored(_ text: String) -> [Value] {
    let lower = Array(text.lowercased().utf8)
    var digits = lower
    if digits.starts(with: "urn:uuid:".utf8) { digits.removeFirst(9) }
    if digits.first == 0x7B, digits.last == 0x7D { digits = Array(digits.dropFirst().dropLast()) }
    digits.removeAll { $0 == 0x2D }
    if digits.count == 32, let bytes = bytes(digits) {
      let plain = String(decoding: digits, as: UTF8.self)
      let dashed = Key.text(plain).description
      return [plain, dashed, plain.uppercased(), dashed.uppercased()].map(Value.text)
        + [.blob(bytes)]
    }
    return bytes(lower).map { [.blob($0)] } ?? []
  }

  /// A UUID with dashes, in lower case; nil if the text is none.
  static func uuid(_ text: String) -> String? {
    let values = stored(text)
    guard values.count > 1, case .text(let dashed) = values[1] else { return nil }
    return dashed
  }

  /// The bytes that hex digits in lower case stand for, none for an empty text; nil for any other.
  static func bytes(_ digits: String) -> [UInt8]? {
    digits.isEmpty ? [] : bytes(Array(digits.utf8))
  }

  private static func bytes(_ digits: [UInt8]) -> [UInt8]? {
    guard !digits.isEmpty, digits.count.isMultiple(of: 2), digits.allSatisfy(isHex) else {
      return nil
    }
    return stride(from: 0, to: digits.count, by: 2).map {
      value(digits[$0]) << 4 | value(digits[$0 + 1])
    }
  }

  private static func isHex(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte)
  }

  private static func value(_ digit: UInt8) -> UInt8 {
    digit < 0x3A ? digit - 0x30 : digit - 0x57
  }
}
