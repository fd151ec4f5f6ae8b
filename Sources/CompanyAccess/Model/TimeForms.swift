internal import Glibc

/// The forms in which other programs store times, besides the one of the record.
enum TimeForms {
  /// Seconds beyond this, in the year 5138, are taken for milliseconds, and those for microseconds.
  private static let mostSeconds: Int64 = 100_000_000_000

  /// A number of seconds, milliseconds or microseconds since 1970, as milliseconds.
  static func milliseconds(_ number: Int64) -> Int64 {
    switch number.magnitude {
    case ...mostSeconds.magnitude: number * 1_000
    case ...(mostSeconds.magnitude * 1_000): number
    default: number / 1_000
    }
  }

  /// The same of a number with a fraction.
  static func milliseconds(_ number: Double) -> Int64 {
    number.magnitude <= Double(mostSeconds)
      ? Int64((number * 1_000).rounded()) : milliseconds(Int64(number))
  }

  /// A time in the form of the record; nil for a text that is in it already, or in none that is known.
  static func utc(_ text: String) -> String? {
    let bytes = Array(text.utf8)
    // `2026-07-06T08:00:00`, with a blank for the T, is what all forms begin with.
    guard bytes.count >= 19, bytes[4] == 0x2D, bytes[7] == 0x2D,
      [0x54, 0x74, 0x20].contains(bytes[10]),
      bytes[13] == 0x3A, bytes[16] == 0x3A
    else { return nil }
    var place = 19
    var fraction: [UInt8] = []
    if place < bytes.count, bytes[place] == 0x2E {
      fraction = Array(bytes[(place + 1)...].prefix { (0x30...0x39).contains($0) })
      guard !fraction.isEmpty else { return nil }
      place += 1 + fraction.count
    }
    guard let offset = minutes(bytes[place...]) else { return nil }
    let digits = (fraction + Array("000".utf8)).prefix(3)
    let plain =
      String(decoding: bytes[..<10], as: UTF8.self) + " "
      + String(decoding: bytes[11..<19], as: UTF8.self) + "."
      + String(decoding: digits, as: UTF8.self)
    guard plain != text, let time = Timestamp(stored: plain).millisecondsSince1970 else {
      return nil
    }
    return Timestamp(millisecondsSince1970: time - Int64(offset) * 60_000).text
  }

  /// The offset to UTC that stands behind a time, in minutes: none, `Z`, `+02:00`, `+0200` or `+02`; nil
  /// for anything else.
  private static func minutes(_ bytes: ArraySlice<UInt8>) -> Int? {
    if bytes.isEmpty || bytes.elementsEqual("Z".utf8) || bytes.elementsEqual("z".utf8) { return 0 }
    guard let sign = bytes.first, sign == 0x2B || sign == 0x2D else { return nil }
    let digits = bytes.dropFirst().filter { $0 != 0x3A }
    guard digits.count == 2 || digits.count == 4,
      digits.allSatisfy({ (0x30...0x39).contains($0) })
    else { return nil }
    let numbers = digits.map { Int($0) - 0x30 } + [0, 0]
    let minutes = (numbers[0] * 10 + numbers[1]) * 60 + numbers[2] * 10 + numbers[3]
    return sign == 0x2D ? -minutes : minutes
  }
}
