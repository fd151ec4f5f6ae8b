/// Bars made of whole and partial blocks.
package enum BarGlyphs {
  /// A bar for a part of a whole, filled up with blanks to `columns`.
  ///
  /// Nothing is drawn for nothing, the full length for the whole only, and at least the thinnest
  /// block for all between.
  package static func bar(_ part: Int, of whole: Int, columns: Int) -> DisplayText {
    guard columns > 0 else { return .empty }
    let eighths = eighths(part, of: whole, columns: columns)
    let (full, rest) = eighths.quotientAndRemainder(dividingBy: 8)
    var text = DisplayText(safe: String(repeating: "\u{2588}", count: full), width: full)
    if rest > 0, let block = Unicode.Scalar(UInt32(0x2590 - rest)) {
      text += DisplayText(String(block))
    }
    return text.padded(to: columns)
  }

  static func eighths(_ part: Int, of whole: Int, columns: Int) -> Int {
    let all = columns * 8
    if part <= 0 || whole <= 0 { return 0 }
    if part >= whole { return all }
    let exact = Double(part) / Double(whole) * Double(all)
    return min(max(1, Int(exact + 0.5)), all - 1)
  }
}

/// Counts side by side, as rows of label, count and bar on one scale.
package struct BarChart: Hashable, Sendable {
  package struct Bar: Hashable, Sendable {
    package var label: DisplayText
    package var count: Int
    /// The values that it stands for, in a histogram.
    package var range: ClosedRange<Int>?

    package init(_ label: DisplayText, _ count: Int, _ range: ClosedRange<Int>? = nil) {
      self.label = label
      self.count = count
      self.range = range
    }
  }

  package var bars: [Bar]

  package init(_ bars: [Bar]) { self.bars = bars }

  /// The bars, and when there is no room for all, how many more there are and their sum.
  package func draw(into frame: inout Frame, area: Area) {
    let isWhole = bars.count <= area.rows
    let shown = isWhole ? bars[...] : bars.prefix(max(0, area.rows - 1))
    let others = bars.dropFirst(shown.count)
    let last = Bar(
      DisplayText("\(others.count) more"), others.reduce(0) { saturated($0, max(0, $1.count)) })
    let labels = (isWhole ? Array(shown) : shown + [last])
    let largest = shown.map(\.count).max() ?? 0
    let labelWidth = min(labels.map(\.label.width).max() ?? 0, max(1, area.columns / 3))
    let counts = labels.map { DisplayText(Digits.grouped($0.count)) }
    let countWidth = counts.map(\.width).max() ?? 0
    let columns = area.columns - labelWidth - countWidth - 4
    for (row, bar) in labels.prefix(area.rows).enumerated() {
      var text = bar.label.padded(to: labelWidth) + "  "
      text += counts[row].padded(to: countWidth, alignment: .right) + "  "
      // The sum of the others is no bar on the same scale.
      if row < shown.count { text += BarGlyphs.bar(bar.count, of: largest, columns: columns) }
      frame.put(
        text, at: Position(column: area.column, row: area.row + row), width: area.columns,
        style: row < shown.count ? .normal : .faint)
    }
  }
}

extension BarChart {
  /// A histogram over whole numbers from 0: how often each value occurs, in at most `rows` bars.
  ///
  /// Values that do not occur keep their place. When there are too many values, neighbours are
  /// merged into ranges of equal size (`1-3`, `4-6`); 0 stays alone, because having none is
  /// another thing than having few.
  package init(histogram values: [(value: Int, count: Int)], rows: Int) {
    guard rows > 0, let lowest = values.map(\.value).min(), let highest = values.map(\.value).max()
    else {
      self.init([])
      return
    }
    let zeroStandsAlone = lowest <= 0 && rows > 1
    let first = zeroStandsAlone ? 1 : max(0, lowest)
    var bars = zeroStandsAlone ? [Bar("0", 0, 0...0)] : []
    let offset = bars.count
    var size = 1
    if highest >= first {
      let span = highest - first
      size = span / (rows - offset) + 1
      for index in 0...span / size {
        let start = first + index * size
        let end = highest - start < size ? highest : start + size - 1
        let label = start == end ? DisplayText("\(start)") : DisplayText("\(start)-\(end)")
        bars.append(Bar(label, 0, start...end))
      }
    }
    for (value, count) in values {
      let index = value < first ? 0 : (value - first) / size + offset
      bars[index].count = saturated(bars[index].count, max(0, count))
    }
    self.init(bars)
  }
}

/// The sum, or the largest number there is.
private func saturated(_ left: Int, _ right: Int) -> Int {
  let (sum, isTooLarge) = left.addingReportingOverflow(right)
  return isTooLarge ? .max : sum
}
