/// Lines to read, scrolled when they are more than there is room for.
package struct TextPane: Hashable, Sendable {
  package var lines: [StyledLine]
  /// The line at the top; drawing and scrolling keep it where there is something to see.
  package private(set) var top = 0

  package init(_ lines: [StyledLine]) { self.lines = lines }

  /// Scrolls in an area of that many rows; false for a key that means nothing here.
  package mutating func handle(_ key: Key, rows: Int) -> Bool {
    let page = page(rows)
    let start = clampedTop(rows)
    switch key {
    case .up, .character("k"): top = start - 1
    case .down, .character("j"): top = start + 1
    // One line of the last page stays, so that the eye finds its place.
    case .pageUp: top = start - max(1, page - 1)
    case .pageDown, .character(" "): top = start + max(1, page - 1)
    case .home, .character("g"): top = 0
    case .end, .character("G"): top = lines.count
    default: return false
    }
    top = clampedTop(rows)
    return true
  }

  package mutating func scrollToTop() { top = 0 }

  package func draw(into frame: inout Frame, area: Area) {
    guard area.rows > 0, area.columns > 0 else { return }
    let top = clampedTop(area.rows)
    let shown = lines.dropFirst(top).prefix(page(area.rows))
    for (row, line) in shown.enumerated() {
      frame.put(
        line, at: Position(column: area.column, row: area.row + row), width: area.columns)
    }
    if lines.count > area.rows, area.rows > 1 {
      frame.put(
        note(top: top, shown: shown.count).padded(to: area.columns, alignment: .right),
        at: Position(column: area.column, row: area.row + area.rows - 1), style: .faint)
    }
  }

  private func note(top: Int, shown: Int) -> DisplayText {
    let range = "\(top + 1)-\(top + shown) of \(lines.count)"
    return DisplayText(top + shown < lines.count ? "\(range), more below" : "\(range), the end")
  }

  /// Rows for lines: the last row says what is left, when not all fit.
  private func page(_ rows: Int) -> Int {
    lines.count > rows && rows > 1 ? rows - 1 : max(0, rows)
  }

  private func clampedTop(_ rows: Int) -> Int { min(max(0, top), max(0, lines.count - page(rows))) }
}
