/// The place in lines that are only read: without a cursor, so that the first key scrolls.
package struct LineScroll: Hashable, Sendable {
  private var top = 0

  package init() {}

  /// The lines to show in a body of so many rows.
  package func visible(count: Int, height: Int) -> Range<Int> {
    guard height > 0, count > 0 else { return 0..<0 }
    let first = clamped(top, count, height)
    return first..<min(count, first + height)
  }

  /// Scrolls; false when the action is not a movement.
  package mutating func move(_ action: ActionID, count: Int, height: Int) -> Bool {
    let start = clamped(top, count, height)
    guard let wanted = action.line(from: start, of: count, height: height) else { return false }
    top = clamped(wanted, count, height)
    return true
  }

  private func clamped(_ line: Int, _ count: Int, _ height: Int) -> Int {
    min(max(0, line), max(0, count - height))
  }
}
