internal import Formats
internal import Glibc

/// A moment in UTC, to the millisecond, in the form in which the tables hold it.
///
/// The form is `YYYY-MM-DD HH:MM:SS.SSS`, which SQLite's date functions and the common ORMs
/// read. Other programs may have stored other forms; what cannot be read is kept as it is.
public struct Timestamp: Hashable, Sendable, CustomStringConvertible {
  /// The text, exactly as it is stored.
  public let text: String

  /// A moment as stored text; the text is not checked.
  public init(stored text: String) { self.text = text }

  /// A moment that another program may have stored as text in another form: with a T between day and
  /// time, with or without fractions, or with an offset to UTC.
  ///
  /// What is none of these is kept as it is.
  public init(anyForm text: String) {
    self.text = TimeForms.utc(text) ?? text
  }

  /// A moment that another program stored as a number of seconds since 1970, or of milliseconds or
  /// microseconds if it is too large for seconds.
  public init(number: Int64) {
    self.init(millisecondsSince1970: TimeForms.milliseconds(number))
  }

  /// A moment as a number of milliseconds since 1970-01-01 00:00:00 UTC.
  public init(millisecondsSince1970 milliseconds: Int64) {
    var seconds = time_t(milliseconds / 1_000)
    var rest = milliseconds % 1_000
    if rest < 0 {
      rest += 1_000
      seconds -= 1
    }
    var parts = tm()
    gmtime_r(&seconds, &parts)
    text = Timestamp.write(parts, "-", " ") + "." + Timestamp.digits(Int(rest), 3)
  }

  /// The moment at which it is called.
  public static var now: Timestamp {
    var clock = timespec()
    clock_gettime(CLOCK_REALTIME, &clock)
    return Timestamp(
      millisecondsSince1970: Int64(clock.tv_sec) * 1_000 + Int64(clock.tv_nsec) / 1_000_000)
  }

  /// The stored text.
  public var description: String { text }

  /// Milliseconds since 1970-01-01 00:00:00 UTC; nil if the stored text has another form.
  public var millisecondsSince1970: Int64? {
    let bytes = Array(text.utf8)
    func number(_ range: Range<Int>) -> Int? {
      guard range.upperBound <= bytes.count else { return nil }
      return Int(String(decoding: bytes[range], as: UTF8.self))
    }
    guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10) else {
      return nil
    }
    var parts = tm()
    parts.tm_year = Int32(year - 1900)
    parts.tm_mon = Int32(month - 1)
    parts.tm_mday = Int32(day)
    parts.tm_hour = Int32(number(11..<13) ?? 0)
    parts.tm_min = Int32(number(14..<16) ?? 0)
    parts.tm_sec = Int32(number(17..<19) ?? 0)
    return Int64(timegm(&parts)) * 1_000 + Int64(number(20..<23) ?? 0)
  }

  /// The form of RFC 3339, as JSON output has it: `2026-03-31T09:00:00.000Z`.
  public var rfc3339: String {
    StoredTime.rfc3339(text)
  }

  /// The moment on the clock of the time zone in use (`TZ`), `YYYY-MM-DD HH:MM`.
  public var localMinute: String {
    guard let milliseconds = millisecondsSince1970 else { return text }
    var seconds = time_t(milliseconds / 1_000)
    var parts = tm()
    localtime_r(&seconds, &parts)
    return String(Timestamp.write(parts, "-", " ").dropLast(3))
  }

  /// The same with the zone of the clock at that moment: `2026-07-31 09:00 UTC+2`.
  public var localMinuteAndZone: String {
    guard let milliseconds = millisecondsSince1970 else { return text }
    return "\(localMinute) \(LocalClock.local.zone(at: milliseconds / 1_000))"
  }

  /// The zone of a column of times on the local clock: `UTC`, or `UTC+1/+2` where summer has another
  /// one than winter.
  package static var localZones: String {
    LocalClock.local.zones(until: (Timestamp.now.millisecondsSince1970 ?? 0) / 1_000)
  }

  private static func write(_ parts: tm, _ between: String, _ middle: String) -> String {
    let date = [
      digits(Int(parts.tm_year) + 1900, 4), digits(Int(parts.tm_mon) + 1, 2),
      digits(Int(parts.tm_mday), 2),
    ]
    let clock = [
      digits(Int(parts.tm_hour), 2), digits(Int(parts.tm_min), 2), digits(Int(parts.tm_sec), 2),
    ]
    return date.joined(separator: between) + middle + clock.joined(separator: ":")
  }

  private static func digits(_ number: Int, _ width: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, width - text.utf8.count)) + text
  }
}
