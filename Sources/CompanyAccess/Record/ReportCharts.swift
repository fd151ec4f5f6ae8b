/// The charts of a report, as SVG that stands in the page.
enum ReportCharts {
  private static let width = 680
  // The colours are those of the page, which has others in the dark.
  private static let blue = "var(--ink)"
  private static let pale = "var(--pale)"
  private static let orange = "var(--mark)"
  private static let grid = "var(--line)"
  private static let text =
    "font-family=\"Helvetica, Arial, sans-serif\" style=\"fill:var(--soft)\""

  /// One bar, filled to a share.
  static func bar(tenths: Int) -> String {
    let filled = max(tenths > 0 ? 2 : 0, min(tenths, 1_000) * width / 1_000)
    let marks = stride(from: 0, through: 100, by: 25).map { mark in
      let anchor = mark == 0 ? "start" : mark == 100 ? "end" : "middle"
      return """
        <text x="\(mark * width / 100)" y="40" font-size="11" text-anchor="\(anchor)" \(text)>\
        \(mark) %</text>
        """
    }
    return """
      <svg viewBox="0 0 \(width) 46" role="img" aria-label="Coverage">
      <rect x="0" y="2" width="\(width)" height="22" rx="3" style="fill:\(pale)"/>
      <rect x="0" y="2" width="\(filled)" height="22" rx="3" style="fill:\(blue)"/>
      \(marks.joined(separator: "\n"))
      </svg>
      """
  }

  /// How many users have how many companies; neighbours are put together when there are many.
  static func histogram(_ counts: [Int: Int]) -> String {
    let bars = bars(counts)
    let most = max(1, bars.map(\.users).max() ?? 1)
    let (height, base) = (170, 140)
    let step = Double(width) / Double(max(1, bars.count))
    let drawn = bars.enumerated().map { index, bar in
      let left = number(Double(index) * step + step * 0.12)
      let tall = bar.users == 0 ? 0 : max(1, bar.users * (base - 20) / most)
      let middle = number(Double(index) * step + step / 2)
      return """
        <rect x="\(left)" y="\(base - tall)" width="\(number(step * 0.76))" height="\(tall)" \
        style="fill:\(bar.isNone ? orange : blue)"/>
        <text x="\(middle)" y="\(base - tall - 4)" font-size="10" text-anchor="middle" \(text)>\
        \(bar.users == 0 ? "" : ReportPage.grouped(bar.users))</text>
        <text x="\(middle)" y="\(base + 14)" font-size="10" text-anchor="middle" \(text)>\
        \(bar.label)</text>
        """
    }
    return """
      <svg viewBox="0 0 \(width) \(height)" role="img" aria-label="Companies per user">
      \(drawn.joined(separator: "\n"))
      <line x1="0" y1="\(base)" x2="\(width)" y2="\(base)" style="stroke:\(grid)" stroke-width="1"/>
      <text x="\(width / 2)" y="\(height - 2)" font-size="11" text-anchor="middle" \(text)>\
      companies that a user may enter; above each bar, how many users</text>
      </svg>
      """
  }

  private struct Bar {
    let label: String
    let users: Int
    var isNone = false
  }

  /// How many bars find room beside each other.
  private static let most = 16

  /// Users with none are a bar of their own.
  private static func bars(_ counts: [Int: Int]) -> [Bar] {
    let none = Bar(label: "none", users: counts[0] ?? 0, isNone: true)
    guard let largest = counts.keys.max(), largest > 0 else { return [none] }
    let span = (largest + most - 2) / (most - 1)
    let ranges = stride(from: 1, through: largest, by: span).map { first in
      let last = min(first + span - 1, largest)
      return (first, last)
    }
    var users = [Int](repeating: 0, count: ranges.count)
    for (companies, count) in counts where companies > 0 { users[(companies - 1) / span] += count }
    return [none]
      + zip(ranges, users).map { range, users in
        Bar(
          label: range.0 == range.1 ? "\(range.0)" : "\(range.0)\u{2013}\(range.1)", users: users)
      }
  }

  /// A number at equal steps through a time.
  ///
  /// - Parameters:
  ///   - values: The numbers.
  ///   - first: What stands at the beginning.
  ///   - last: What stands at the end.
  ///   - label: What is shown, for those who do not see it.
  ///   - highest: The top of the scale; nil for the greatest value.
  ///   - words: What stands beside a mark of the scale.
  /// - Returns: The chart.
  static func line(
    _ values: [Int], _ first: String, _ last: String, label: String, top highest: Int? = nil,
    _ words: (Int) -> String = ReportPage.grouped
  ) -> String {
    let (height, top, base, left) = (170, 12, 140, 64)
    let low = min(0, values.min() ?? 0)
    let high = highest ?? max(1, values.max() ?? 1)
    func y(_ value: Int) -> Double {
      Double(base) - Double(value - low) / Double(max(1, high - low)) * Double(base - top)
    }
    let step = Double(width - left) / Double(max(1, values.count - 1))
    // Grants change at once: the line goes in steps.
    var path = ""
    for (index, value) in values.enumerated() {
      let x = number(Double(left) + Double(index) * step)
      path += index == 0 ? "M\(x) \(number(y(value)))" : "H\(x)V\(number(y(value)))"
    }
    let marks = Set([low, high, values.last ?? high]).sorted().filter { mark in
      mark == low || mark == high || y(mark) - y(high) > 14 && y(low) - y(mark) > 14
    }
    let labels = marks.map { mark in
      """
      <text x="\(left - 6)" y="\(number(y(mark) + 4))" font-size="10" text-anchor="end" \(text)>\
      \(words(mark))</text>
      <line x1="\(left)" y1="\(number(y(mark)))" x2="\(width)" y2="\(number(y(mark)))" \
      style="stroke:\(grid)" stroke-width="1"/>
      """
    }
    return """
      <svg viewBox="0 0 \(width) \(height)" role="img" aria-label="\(label)">
      \(labels.joined(separator: "\n"))
      <path d="\(path)V\(base)H\(left)Z" style="fill:\(pale);stroke:none"/>
      <path d="\(path)" style="fill:none;stroke:\(blue)" stroke-width="2"/>
      <text x="\(left)" y="\(base + 16)" font-size="11" \(text)>\(first)</text>
      <text x="\(width)" y="\(base + 16)" font-size="11" text-anchor="end" \(text)>\(last)</text>
      </svg>
      """
  }

  /// Two numbers for each of some times, as bars beside each other.
  static func pairs(_ bars: [(name: String, granted: Int, ended: Int)]) -> String {
    let most = max(1, bars.flatMap { [$0.granted, $0.ended] }.max() ?? 1)
    let (height, base) = (180, 130)
    let step = Double(width) / Double(max(1, bars.count))
    let isNamed = { (index: Int) in bars.count <= 14 || index % (bars.count / 12 + 1) == 0 }
    func bar(_ value: Int, _ left: Double, _ color: String) -> String {
      let tall = value == 0 ? 0 : max(1, value * (base - 18) / most)
      return """
        <rect x="\(number(left))" y="\(base - tall)" width="\(number(step * 0.36))" \
        height="\(tall)" style="fill:\(color)"/>
        """
    }
    let drawn = bars.enumerated().map { index, month in
      let left = Double(index) * step
      // So far from both edges as half a name is wide.
      let middle = min(max(left + step / 2, 22), Double(width) - 22)
      let name = """
        <text x="\(number(middle))" y="\(base + 14)" font-size="10" text-anchor="middle" \
        \(text)>\(month.name)</text>
        """
      return bar(month.granted, left + step * 0.12, blue)
        + bar(month.ended, left + step * 0.5, orange) + (isNamed(index) ? name : "")
    }
    return """
      <svg viewBox="0 0 \(width) \(height)" role="img" aria-label="Movements by month">
      \(drawn.joined(separator: "\n"))
      <line x1="0" y1="\(base)" x2="\(width)" y2="\(base)" style="stroke:\(grid)" stroke-width="1"/>
      <text x="0" y="10" font-size="10" \(text)>\(ReportPage.grouped(most))</text>
      <rect x="\(width / 2 - 90)" y="\(height - 14)" width="10" height="10" style="fill:\(blue)"/>
      <text x="\(width / 2 - 75)" y="\(height - 5)" font-size="11" \(text)>granted</text>
      <rect x="\(width / 2 + 20)" y="\(height - 14)" width="10" height="10" style="fill:\(orange)"/>
      <text x="\(width / 2 + 35)" y="\(height - 5)" font-size="11" \(text)>ended</text>
      </svg>
      """
  }

  /// A coordinate with one decimal.
  private static func number(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    return "\(tenths / 10).\(abs(tenths % 10))"
  }
}
