/// Numbers as the program writes them for people.
package enum Digits {
  /// Digits in groups of three: `1,234,567`.
  package static func grouped(_ number: Int) -> String {
    let digits = Array(String(number.magnitude))
    var text = number < 0 ? "-" : ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index).isMultiple(of: 3) { text.append(",") }
      text.append(digit)
    }
    return text
  }

  /// `1 company`, `2 companies`; the plural is the word with an `s` unless given.
  package static func counted(_ number: Int, _ one: String, _ many: String? = nil) -> String {
    "\(grouped(number)) \(number == 1 ? one : many ?? one + "s")"
  }

  /// `33.9 %` for 339 tenths, `n/a` for nil.
  package static func percent(tenths: Int?) -> String {
    guard let tenths else { return "n/a" }
    let sign = tenths < 0 ? "-" : ""
    return "\(sign)\(tenths.magnitude / 10).\(tenths.magnitude % 10) %"
  }

  /// How long something took: `45 s`, `2 min 5 s`, `3 h 20 min`, `2 days 4 h`.
  package static func duration(seconds: Int) -> String {
    let seconds = max(0, seconds)
    switch seconds {
    case ..<60: return "\(seconds) s"
    case ..<3_600: return pair(seconds / 60, "min", seconds % 60, "s")
    case ..<86_400: return pair(seconds / 3_600, "h", seconds % 3_600 / 60, "min")
    default:
      let days = seconds / 86_400
      return pair(days, days == 1 ? "day" : "days", seconds % 86_400 / 3_600, "h")
    }
  }

  /// How long something will take, no more exact than anybody can know: `about 2 min left`.
  package static func timeLeft(seconds: Int) -> String {
    switch seconds {
    case ..<5: "a few seconds left"
    case ..<55: "about \((seconds + 9) / 10 * 10) s left"
    case ..<3_570: "about \((seconds + 30) / 60) min left"
    case ..<86_400: "about \(duration(seconds: (seconds + 300) / 600 * 600)) left"
    default: "more than a day left"
    }
  }

  private static func pair(_ large: Int, _ unit: String, _ small: Int, _ part: String) -> String {
    small == 0 ? "\(large) \(unit)" : "\(large) \(unit) \(small) \(part)"
  }
}
