/// One line of text in several styles.
package struct StyledLine: Hashable, Sendable {
  /// A part in one style.
  package struct Run: Hashable, Sendable {
    package var text: DisplayText
    package var style: Style
  }

  package private(set) var runs: [Run] = []
  package private(set) var width = 0

  package init() {}

  package init(_ text: DisplayText, _ style: Style = .normal) { append(text, style) }

  package mutating func append(_ text: DisplayText, _ style: Style = .normal) {
    guard !text.isEmpty else { return }
    runs.append(Run(text: text, style: style))
    width += text.width
  }

  package static func + (left: StyledLine, right: StyledLine) -> StyledLine {
    var line = left
    for run in right.runs { line.append(run.text, run.style) }
    return line
  }

  package static func += (left: inout StyledLine, right: StyledLine) { left = left + right }

  package var isEmpty: Bool { runs.isEmpty }
  /// The text without its styles.
  package var text: DisplayText { runs.map(\.text).joined() }

  /// At most `limit` columns of it, the last one `…` when something was left off.
  package func cut(to limit: Int) -> StyledLine {
    if width <= limit { return self }
    var line = StyledLine()
    for run in runs {
      let room = limit - line.width
      if run.text.width < room {
        line.append(run.text, run.style)
      } else {
        line.append((run.text + .ellipsis).cut(to: room), run.style)
        break
      }
    }
    return line
  }
}

extension StyledLine: ExpressibleByStringInterpolation {
  package init(stringLiteral value: String) { self.init(DisplayText(value)) }
}

extension Frame {
  /// Writes a line in its own styles and returns the column after it; cut like text.
  @discardableResult
  package mutating func put(_ line: StyledLine, at position: Position, width: Int? = nil) -> Int {
    guard position.column < size.columns, position.column > -1_000_000 else {
      return position.column
    }
    let limit = min(width ?? .max, size.columns - position.column)
    var position = position
    for run in line.cut(to: limit).runs {
      position.column = put(run.text, at: position, style: run.style)
    }
    return position.column
  }
}
