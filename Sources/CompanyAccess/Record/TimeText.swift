internal import Glibc

/// Times as people type them.
///
/// `2026-03-31`, `2026-03-31 09:00`, RFC 3339 (`2026-03-31T09:00:00Z`, `...+02:00`), `-3d`, `-2h`,
/// `-15m`, `-1w`, `now`, `today` and `yesterday`. What has no offset is on the local clock.
public enum TimeText {
  /// What a whole day stands for.
  public enum Edge: Hashable, Sendable {
    /// Its first moment, as for "since".
    case start
    /// Its last moment, or now if it is today, as for "as of".
    case end
  }

  /// Reads a time.
  ///
  /// - Parameters:
  ///   - text: The time.
  ///   - edge: What a whole day stands for.
  ///   - now: The present, from which relative times count.
  /// - Returns: The time in UTC.
  /// - Throws: Why the text is not one certain time of the past.
  public static func parse(
    _ text: String, _ edge: Edge, now: Timestamp = .now
  ) throws(TimeTextError) -> Timestamp {
    try parse(text, edge, now: now, clock: .local)
  }

  static func parse(
    _ text: String, _ edge: Edge, now: Timestamp, clock: LocalClock
  ) throws(TimeTextError) -> Timestamp {
    guard let present = now.millisecondsSince1970 else { throw .unreadable(text) }
    let reader = TimeReader(text: text, edge: edge, now: present, clock: clock)
    let time = try reader.read()
    guard time <= present else { throw .future(text) }
    return Timestamp(millisecondsSince1970: time)
  }
}

/// Why a text is not one certain time of the past.
public enum TimeTextError: Error, Hashable, Sendable {
  /// It has none of the forms.
  case unreadable(String)
  /// It could mean any of these days, or times.
  case ambiguous(String, readings: [String])
  /// There is no such day, or no such time of day.
  case doesNotExist(String)
  /// The clocks were put forward over this time.
  case skipped(String)
  /// It is yet to come.
  case future(String)
}

extension TimeTextError: CustomStringConvertible {
  /// What is wrong, as a sentence without its full stop.
  public var description: String {
    switch self {
    case .unreadable(let text):
      "'\(text)' is no time; write 2026-03-31, \"2026-03-31 09:00\", 2026-03-31T09:00:00Z, -3d, "
        + "-2h, -15m, -1w, now, today or yesterday"
    case .ambiguous(let text, let readings):
      "'\(text)' can mean \(readings.joined(separator: " or ")); write the one that is meant"
    case .doesNotExist(let text): "there is no such time as '\(text)'"
    case .skipped(let text):
      "there was no '\(text)' here: the clocks were put forward over it"
    case .future(let text): "'\(text)' is in the future, of which nothing is known"
    }
  }
}

/// The rules by which the local clock follows UTC.
struct LocalClock: Sendable {
  /// How many seconds the local clock is ahead of UTC at a time in seconds since 1970.
  var offset: @Sendable (Int64) -> Int64

  /// The clock of the time zone in use (`TZ`).
  static var local: LocalClock {
    LocalClock { time in
      var seconds = time_t(time)
      var parts = tm()
      localtime_r(&seconds, &parts)
      return Int64(parts.tm_gmtoff)
    }
  }

  /// The zone in which the clock is at a time in seconds since 1970: `UTC`, `UTC+2`, `UTC-3:30`.
  func zone(at time: Int64) -> String { "UTC" + LocalClock.words(offset(time)) }

  /// The zones in which the clock is in the course of the year before a time: `UTC`, or `UTC+1/+2`
  /// where summer has another one than winter.
  func zones(until time: Int64) -> String {
    let quarter: Int64 = 91 * 86_400
    let offsets = Set((0..<4).map { offset(time - $0 * quarter) }).sorted()
    return "UTC"
      + offsets.map { LocalClock.words($0, "+0") }.joined(separator: "/")
      .replacing(/^\+0$/, with: "")
  }

  private static func words(_ offset: Int64, _ none: String = "") -> String {
    let minutes = abs(offset) / 60
    guard minutes > 0 else { return none }
    let rest = minutes % 60
    return (offset < 0 ? "-" : "+") + String(minutes / 60)
      + (rest == 0 ? "" : (rest < 10 ? ":0" : ":") + String(rest))
  }

  /// The times, in seconds since 1970, at which the local clock shows what a clock on UTC shows at
  /// this one: none if it was put forward over it, two if it was put back over it.
  func times(showing local: Int64) -> [Int64] {
    let day: Int64 = 86_400
    let offsets = Set([offset(local - day), offset(local + day)])
    return offsets.map { local - $0 }.filter { $0 + offset($0) == local }.sorted()
  }

  /// The first time at which the local clock shows this or, if it was put forward over it, more.
  func first(showing local: Int64) -> Int64 {
    times(showing: local).first ?? local - offset(local - 86_400)
  }
}
