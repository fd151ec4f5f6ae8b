/// How far some work is: a bar, the counts, and how long it may still take.
package struct Progress: Hashable, Sendable {
  package var done: Int
  /// 0 when it is not known.
  package var total: Int
  package var secondsLeft: Int?

  package init(done: Int, total: Int, secondsLeft: Int? = nil) {
    self.done = done
    self.total = total
    self.secondsLeft = secondsLeft
  }

  /// `42 %`, rounded down so that 100 % means done.
  package var percent: DisplayText? {
    guard total > 0 else { return nil }
    let share = Double(min(max(0, done), total)) / Double(total)
    return DisplayText("\(done >= total ? 100 : min(99, Int(share * 100))) %")
  }

  /// Counts and time, such as `1,234 / 10,000   about 2 min left`.
  package var words: DisplayText {
    guard total > 0 else { return DisplayText("\(Digits.grouped(done)) done") }
    var text = "\(Digits.grouped(done)) / \(Digits.grouped(total))"
    if let secondsLeft, done < total { text += "   \(Digits.timeLeft(seconds: secondsLeft))" }
    return DisplayText(text)
  }

  /// The bar on the first row and the words on the second; with one row both beside each other
  /// as far as they fit.
  package func draw(into frame: inout Frame, area: Area) {
    let start = Position(column: area.column, row: area.row)
    guard area.rows > 0 else { return }
    guard let percent else {
      frame.put(words, at: start, width: area.columns)
      return
    }
    let share = percent.padded(to: 7, alignment: .right)
    if area.rows > 1 {
      drawBar(share, into: &frame, start, area.columns)
      frame.put(
        words, at: Position(column: area.column, row: area.row + 1), width: area.columns)
    } else {
      let texts = [share + "  " + words, share]
      let text = texts.first { $0.width + 14 <= area.columns } ?? share
      drawBar(text, into: &frame, start, area.columns)
    }
  }

  private func drawBar(
    _ text: DisplayText, into frame: inout Frame, _ start: Position, _ columns: Int
  ) {
    let blocks = BarGlyphs.bar(done, of: total, columns: columns - text.width - 2)
    let bar = columns > text.width + 2 ? "[" + blocks + "]" : .empty
    frame.put(bar + text, at: start, width: columns)
  }
}
