/// A cursor in a short list whose lines are all at hand.
package struct LineCursor: Hashable, Sendable {
  package private(set) var index = 0
  private var top = 0

  package init() {}

  /// The lines to show in a body of so many rows.
  package func visible(count: Int, height: Int) -> Range<Int> {
    guard height > 0, count > 0 else { return 0..<0 }
    let first = scrolled(count, height)
    return first..<min(count, first + height)
  }

  private func scrolled(_ count: Int, _ height: Int) -> Int {
    let lowest = max(0, index - height + 1)
    return min(max(top, lowest), max(lowest, min(index, count - height)))
  }

  /// Moves the cursor; false when the action is not a movement.
  package mutating func move(_ action: ActionID, count: Int, height: Int) -> Bool {
    guard let wanted = action.line(from: index, of: count, height: height) else { return false }
    top = scrolled(count, height)
    index = min(max(0, wanted), max(0, count - 1))
    top = scrolled(count, height)
    return true
  }

  /// Puts the cursor on the line shown in this row of the body; false when there is none.
  package mutating func select(row: Int, count: Int, height: Int) -> Bool {
    let shown = visible(count: count, height: height)
    guard row >= 0, row < shown.count else { return false }
    top = shown.lowerBound
    index = shown.lowerBound + row
    return true
  }

  /// Puts the cursor on a line.
  package mutating func select(_ line: Int) { index = max(0, line) }
}

extension ActionID {
  /// The line to which a movement leads, perhaps beyond the first or the last; nil for an action
  /// that is no movement.
  func line(from line: Int, of count: Int, height: Int) -> Int? {
    // One line of the page before stays, so that the eye finds its place.
    let page = max(1, height - 1)
    switch self {
    case .up: return line - 1
    case .down: return line + 1
    case .pageUp: return line - page
    case .pageDown: return line + page
    case .first: return 0
    case .last: return count
    default: return nil
    }
  }
}
