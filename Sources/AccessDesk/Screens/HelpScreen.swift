package import TerminalUI

/// One line of the help screen.
package struct HelpLine: Sendable {
  package let action: Action
  /// Why it can't be used now; nil when it can.
  package let whyDisabled: String?
}

/// What works on the screen below; Enter does it.
package struct HelpScreen: Screen {
  private let lines: [HelpLine]
  /// What the screen below is called.
  private let subject: String
  private var cursor = LineCursor()

  package init(lines: [HelpLine], of subject: String) {
    self.lines = lines
    self.subject = subject
  }

  package var kind: ScreenKind { .help }

  package func heading(_ desk: DeskState) -> StyledLine {
    StyledLine(DisplayText(HelpScreenMessages.heading(subject)), .heading)
  }

  package mutating func update(_ input: Input, _ desk: DeskState) -> [Effect]? {
    cursor.update(input, pageLines, in: listed(desk.body))
  }

  /// The lines above the sentence about the one under the cursor.
  private func listed(_ area: Area) -> Area { area.inset(bottom: 3) }

  package func draw(into frame: inout Frame, area: Area, _ desk: DeskState) {
    drawSentence(into: &frame, area)
    cursor.draw(pageLines, into: &frame, area: listed(area))
  }

  private var pageLines: [PageLine] {
    lines.map { line in
      let keys = line.action.keys.map(Actions.name).joined(separator: " ")
      let words = line.whyDisabled.map(HelpScreenMessages.notNow) ?? line.action.help
      let text = StyledLine([
        (DisplayText(keys).padded(to: 9), .key),
        (DisplayText(line.action.label).padded(to: 26), .normal),
        (DisplayText(words), line.whyDisabled == nil ? .normal : .faint),
      ])
      return PageLine(text) { [.run(line.action.id)] }
    }
  }

  /// The whole sentence about the line under the cursor, which may be cut above.
  private func drawSentence(into frame: inout Frame, _ area: Area) {
    let line = lines[cursor.index]
    let words = line.whyDisabled ?? line.action.help
    let start = area.row + area.rows - 2
    for (row, text) in DisplayText(words).wrapped(to: area.columns - 4).prefix(2).enumerated() {
      frame.put(
        text, at: Position(column: area.column + 3, row: start + row), width: area.columns - 4,
        style: .faint)
    }
  }
}

extension ScreenKind {
  package static let help = ScreenKind("help", ScreenTitles.help, actions: .moves + [.open, .back])
}
