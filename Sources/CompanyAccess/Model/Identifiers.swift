/// The key of a user, as the database holds it: an integer, text or bytes.
///
/// Ids are opaque: they are compared and shown, never computed with or reformatted.
public struct UserID: Hashable, Sendable, CustomStringConvertible {
  let key: Key

  init(_ key: Key) { self.key = key }

  /// An id that is an integer, as in the tables that `init` makes.
  public init(_ number: Int64) { key = .integer(number) }

  /// An id that is text, exactly as the database stores it.
  public init(text: String) { key = .text(text) }

  /// The id as people read it.
  public var description: String { key.description }
}

/// The key of a company, as the database holds it; usually a UUID.
public struct CompanyID: Hashable, Sendable, CustomStringConvertible {
  let key: Key

  init(_ key: Key) { self.key = key }

  /// An id that is an integer.
  public init(_ number: Int64) { key = .integer(number) }

  /// An id that is text, exactly as the database stores it: a UUID of 32 hex digits in the
  /// tables that `init` makes.
  public init(text: String) { key = .text(text) }

  /// The id as people read it: a UUID in its dashed form, anything else as it is.
  public var description: String { key.description }
}

/// The number of a change on the record.
///
/// Later changes have greater numbers.
public struct ChangeID: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The number, from 1.
  public let number: Int64

  /// The change with this number.
  public init(_ number: Int64) { self.number = number }

  /// The number in decimal.
  public var description: String { String(number) }

  /// Whether one change was made before another.
  public static func < (one: ChangeID, other: ChangeID) -> Bool { one.number < other.number }
}

/// The value of a key column, in the form in which it is stored.
///
/// Two texts are one key if their bytes are the same, as in the database: Swift itself takes a letter
/// with an accent for the letter and the accent after it.
enum Key: Hashable, Sendable, CustomStringConvertible {
  case integer(Int64)
  case text(String)
  case bytes([UInt8])

  static func == (one: Key, other: Key) -> Bool { one.value == other.value }

  func hash(into hasher: inout Hasher) { hasher.combine(value) }

  var description: String {
    switch self {
    case .integer(let number): String(number)
    case .text(let text): Key.dashed(text) ?? text
    case .bytes(let bytes):
      Key.dashed(Key.hex(bytes)) ?? Key.hex(bytes)
    }
  }

  /// The 8-4-4-4-12 form of 32 hex digits; nil for any other text.
  private static func dashed(_ text: String) -> String? {
    let digits = Array(text.utf8)
    guard digits.count == 32, digits.allSatisfy(isHexDigit) else { return nil }
    let groups = [digits[0..<8], digits[8..<12], digits[12..<16], digits[16..<20], digits[20...]]
    return groups.map { String(decoding: $0, as: UTF8.self) }.joined(separator: "-")
  }

  private static func isHexDigit(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte) || (0x41...0x46).contains(byte)
  }

  static func hex(_ bytes: [UInt8]) -> String {
    let digits = Array("0123456789abcdef".utf8)
    return String(
      decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }
}
