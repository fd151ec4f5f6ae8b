internal import Database

/// A UUID that somebody typed, in any of the usual forms.
enum UUIDText {
  /// The values by which a database may hold it: text of 32 or 36 characters, or 16 bytes.
  ///
  /// Empty if the text is no UUID. Dashes, braces and `urn:uuid:` are understood, in either case.
  static func stored(_ text: String) -> [Value] {
    var digits = Array(text.lowercased().utf8)
    if digits.starts(with: "urn:uuid:".utf8) { digits.removeFirst(9) }
    if digits.first == 0x7B, digits.last == 0x7D { digits = Array(digits.dropFirst().dropLast()) }
    digits.removeAll { $0 == 0x2D }
    guard digits.count == 32, digits.allSatisfy(isHex) else { return [] }
    let plain = String(decoding: digits, as: UTF8.self)
    let dashed = Key.text(plain).description
    let bytes = stride(from: 0, to: 32, by: 2).map {
      value(digits[$0]) << 4 | value(digits[$0 + 1])
    }
    return [plain, dashed, plain.uppercased(), dashed.uppercased()].map(Value.text) + [.blob(bytes)]
  }

  private static func isHex(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte)
  }

  private static func value(_ digit: UInt8) -> UInt8 {
    digit < 0x3A ? digit - 0x30 : digit - 0x57
  }
}
