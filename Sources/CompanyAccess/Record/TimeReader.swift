internal import Glibc

/// Reads one time from a text.
struct TimeReader {
  let text: String
  let edge: TimeText.Edge
  /// The present, in milliseconds since 1970, like every result.
  let now: Int64
  let clock: LocalClock

  private static let day: Int64 = 86_400

  func read() throws(TimeTextError) -> Int64 {
    let word = text.utf8.drop { $0 == 0x20 }
    switch String(decoding: word, as: UTF8.self).lowercased() {
    case "now": return now
    case "today": return wholeDay(back: 0)
    case "yesterday": return wholeDay(back: 1)
    default: break
    }
    if let time = relative(word) { return time }
    try refuseOtherOrders(word)
    return try absolute(word)
  }

  /// A day on the local clock, so many days before today.
  private func wholeDay(back days: Int64) -> Int64 {
    let seconds = Int64((Double(now) / 1_000).rounded(.down))
    let local = seconds + clock.offset(seconds)
    let today = local - (local % TimeReader.day + TimeReader.day) % TimeReader.day
    return wholeDay(startingAt: today - days * TimeReader.day)
  }

  /// A day that begins when the local clock shows this; a day of which not all has passed ends now.
  private func wholeDay(startingAt local: Int64) -> Int64 {
    let start = clock.first(showing: local) * 1_000
    if edge == .start { return start }
    let end = clock.first(showing: local + TimeReader.day) * 1_000 - 1
    return start <= now ? min(end, now) : end
  }

  /// `-3d` and the like; hours and days of always the same length.
  private func relative(_ word: some Collection<UInt8>) -> Int64? {
    guard word.first == UInt8(ascii: "-"), let unit = word.suffix(1).first else { return nil }
    let seconds: Int64
    switch unit {
    case UInt8(ascii: "w"): seconds = 7 * TimeReader.day
    case UInt8(ascii: "d"): seconds = TimeReader.day
    case UInt8(ascii: "h"): seconds = 3_600
    case UInt8(ascii: "m"): seconds = 60
    case UInt8(ascii: "s"): seconds = 1
    default: return nil
    }
    let digits = Array(word.dropFirst().dropLast())
    guard let count = TimeReader.number(digits), count <= 1_000_000 else { return nil }
    let time = now - Int64(count) * seconds * 1_000
    // Earlier than any year of four digits.
    return time < -62_000_000_000_000 ? nil : time
  }

  /// Days written with strokes or dots, whose order is not the same everywhere.
  private func refuseOtherOrders(_ word: some Collection<UInt8>) throws(TimeTextError) {
    let date = word.prefix { $0 != 0x20 }
    let separators = date.filter { !TimeReader.isDigit($0) }
    guard separators.count == 2, let separator = separators.first,
      [UInt8(ascii: "/"), UInt8(ascii: "."), UInt8(ascii: "-")].contains(separator),
      separators.allSatisfy({ $0 == separator })
    else { return }
    let parts = date.split(separator: separator).map { Array($0) }
    let numbers = parts.compactMap { TimeReader.number($0) }
    guard numbers.count == 3, parts[0].count <= 2, numbers.allSatisfy({ $0 <= 9_999 }) else {
      return
    }
    let isShort = parts[2].count <= 2
    let year = isShort ? 2_000 + numbers[2] : numbers[2]
    var days = [(year, numbers[1], numbers[0]), (year, numbers[0], numbers[1])]
    if isShort { days.append((2_000 + numbers[0], numbers[1], numbers[2])) }
    var readings: [String] = []
    for (year, month, day) in days where TimeReader.isDay(year, month, day) {
      let reading = TimeReader.written(year, month, day)
      if !readings.contains(reading) { readings.append(reading) }
    }
    if readings.isEmpty { throw .doesNotExist(text) }
    throw .ambiguous(text, readings: readings)
  }
}

// MARK: Dates and times of day

extension TimeReader {
  /// What stands after the day.
  private struct Clock {
    var seconds: Int64 = 0
    var milliseconds: Int64 = 0
    /// Seconds ahead of UTC; nil for the local clock.
    var offset: Int64?
  }

  private func absolute(_ word: some Collection<UInt8>) throws(TimeTextError) -> Int64 {
    let bytes = Array(word)
    guard bytes.count >= 10, bytes[4] == 0x2D, bytes[7] == 0x2D,
      let year = TimeReader.number(bytes[0..<4]), let month = TimeReader.number(bytes[5..<7]),
      let day = TimeReader.number(bytes[8..<10])
    else { throw .unreadable(text) }
    guard TimeReader.isDay(year, month, day) else { throw .doesNotExist(text) }
    let midnight = TimeReader.seconds(year, month, day)
    if bytes.count == 10 { return wholeDay(startingAt: midnight) }
    guard [0x20, 0x54, 0x74].contains(bytes[10]) else { throw .unreadable(text) }
    let clock = try timeOfDay(bytes[11...])
    let local = midnight + clock.seconds
    if let offset = clock.offset { return (local - offset) * 1_000 + clock.milliseconds }
    let times = self.clock.times(showing: local)
    guard let time = times.first else { throw .skipped(text) }
    guard times.count == 1 else {
      throw .ambiguous(
        text, readings: times.map { TimeReader.written($0, offset: self.clock.offset($0)) })
    }
    return time * 1_000 + clock.milliseconds
  }

  /// `09:00`, `09:00:00`, `09:00:00.000`, each with nothing, `Z` or `+02:00`.
  private func timeOfDay(_ bytes: ArraySlice<UInt8>) throws(TimeTextError) -> Clock {
    var rest = bytes
    func two(after mark: UInt8? = nil) -> Int? {
      if let mark {
        guard rest.first == mark else { return nil }
        rest = rest.dropFirst()
      }
      guard let number = TimeReader.number(rest.prefix(2)), rest.count >= 2 else { return nil }
      rest = rest.dropFirst(2)
      return number
    }
    let colon = UInt8(ascii: ":")
    guard let hour = two(), let minute = two(after: colon) else { throw .unreadable(text) }
    var second = 0
    var clock = Clock()
    if rest.first == colon {
      guard let number = two(after: colon) else { throw .unreadable(text) }
      second = number
      if rest.first == UInt8(ascii: ".") {
        let digits = rest.dropFirst().prefix { TimeReader.isDigit($0) }
        guard (1...9).contains(digits.count) else { throw .unreadable(text) }
        let three = (Array(digits) + [0x30, 0x30]).prefix(3)
        clock.milliseconds = Int64(TimeReader.number(three) ?? 0)
        rest = rest.dropFirst(digits.count + 1)
      }
    }
    guard hour < 24, minute < 60, second < 60 else { throw .doesNotExist(text) }
    clock.seconds = Int64(hour * 3_600 + minute * 60 + second)
    if rest.isEmpty { return clock }
    if rest.count == 1, rest.first == 0x5A || rest.first == 0x7A {
      clock.offset = 0
      return clock
    }
    guard let sign = rest.first, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-"),
      let hours = two(after: sign), let minutes = two(after: colon), rest.isEmpty
    else { throw .unreadable(text) }
    guard hours < 24, minutes < 60 else { throw .doesNotExist(text) }
    let offset = Int64(hours * 3_600 + minutes * 60)
    clock.offset = sign == UInt8(ascii: "-") ? -offset : offset
    return clock
  }
}

// MARK: Numbers

extension TimeReader {
  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

  static func number(_ bytes: some Collection<UInt8>) -> Int? {
    guard !bytes.isEmpty, bytes.count <= 9, bytes.allSatisfy({ isDigit($0) }) else { return nil }
    return bytes.reduce(0) { $0 * 10 + Int($1 - 0x30) }
  }

  static func isDay(_ year: Int, _ month: Int, _ day: Int) -> Bool {
    guard year >= 1, (1...12).contains(month), day >= 1 else { return false }
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    let days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    return day <= days[month - 1]
  }

  /// Seconds from 1970 to the beginning of a day of UTC.
  private static func seconds(_ year: Int, _ month: Int, _ day: Int) -> Int64 {
    var parts = tm()
    parts.tm_year = Int32(year - 1900)
    parts.tm_mon = Int32(month - 1)
    parts.tm_mday = Int32(day)
    return Int64(timegm(&parts))
  }

  static func written(_ year: Int, _ month: Int, _ day: Int) -> String {
    String(Timestamp(millisecondsSince1970: seconds(year, month, day) * 1_000).text.prefix(10))
  }

  /// A time with its offset, as RFC 3339 has it.
  private static func written(_ time: Int64, offset: Int64) -> String {
    let local = Timestamp(millisecondsSince1970: (time + offset) * 1_000).rfc3339.prefix(19)
    let minutes = abs(offset) / 60
    func two(_ number: Int64) -> String { (number < 10 ? "0" : "") + String(number) }
    return "\(local)\(offset < 0 ? "-" : "+")\(two(minutes / 60)):\(two(minutes % 60))"
  }
}
