/// Why a change is made, for the record: in words, by which ticket, and when it was decided.
///
/// A text stands for the words alone: `reason: "moved to Riga"`.
public struct ChangeReason: Hashable, Sendable {
  /// Why, in the words of the actor; nil if nothing was said.
  public var text: String?
  /// The ticket or other paper that asked for it, such as `HR-991`.
  public var ticket: String?
  /// When it was decided: a time, or a day as `YYYY-MM-DD`.
  public var decidedAt: Timestamp?

  /// A reason, of which each part may be missing.
  ///
  /// - Parameters:
  ///   - text: Why, in words.
  ///   - ticket: The ticket that asked for it.
  ///   - decidedAt: When it was decided; see `TimeText.decision`.
  public init(_ text: String? = nil, ticket: String? = nil, decidedAt: Timestamp? = nil) {
    self.text = text
    self.ticket = ticket
    self.decidedAt = decidedAt
  }

  /// Whether nothing is said.
  public var isEmpty: Bool { self == ChangeReason() }
}

extension ChangeReason: ExpressibleByStringLiteral, ExpressibleByNilLiteral {
  /// The words alone.
  public init(stringLiteral text: String) { self.init(text) }

  /// No reason.
  public init(nilLiteral: ()) { self.init() }
}

extension TimeText {
  /// Reads when something was decided: a day stays a day, `YYYY-MM-DD` on the local clock.
  ///
  /// - Parameters:
  ///   - text: The day or time, in the forms of `parse`.
  ///   - now: The present, from which relative times count.
  /// - Returns: The day, or the time in UTC.
  /// - Throws: Why the text is not one certain day or time of the past.
  public static func decision(
    _ text: String, now: Timestamp = .now
  ) throws(TimeTextError) -> Timestamp {
    try decision(text, now: now, clock: .local)
  }

  static func decision(
    _ text: String, now: Timestamp, clock: LocalClock
  ) throws(TimeTextError) -> Timestamp {
    let start = try parse(text, .start, now: now, clock: clock)
    let word = text.utf8.drop { $0 == 0x20 }
    switch String(decoding: word, as: UTF8.self).lowercased() {
    case "today", "yesterday":
      let seconds = (start.millisecondsSince1970 ?? 0) / 1_000
      let local = (seconds + clock.offset(seconds)) * 1_000
      return Timestamp(stored: Timestamp(millisecondsSince1970: local).day)
    default:
      let isDay = word.count == 10 && word.first != UInt8(ascii: "-")
      return isDay ? Timestamp(stored: String(decoding: word, as: UTF8.self)) : start
    }
  }
}

extension Timestamp {
  /// The first ten letters of the stored text: the day.
  fileprivate var day: String { String(text.prefix(10)) }

  /// A time on the local clock; a day alone as it is.
  public var localMinuteOrDay: String { text.utf8.count == 10 ? text : localMinute }
}
