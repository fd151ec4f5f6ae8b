package import TerminalUI

/// Picks one of a few texts for a field of a form.
package struct ChoiceScreen: Screen {
  private let subject: String
  private let texts: [String]
  private var cursor = LineCursor()

  package init(_ subject: String, _ texts: [String], selected: Int? = nil) {
    self.subject = subject
    self.texts = texts
    if let selected { cursor.select(selected) }
  }

  package var kind: ScreenKind { .choice }

  package func heading(_ desk: DeskState) -> StyledLine {
    StyledLine(DisplayText(FormMessages.choice(of: subject)), .heading)
  }

  package mutating func update(_ input: Input, _ desk: DeskState) -> [Effect]? {
    cursor.update(input, lines, in: desk.body)
  }

  package func draw(into frame: inout Frame, area: Area, _ desk: DeskState) {
    cursor.draw(lines, into: &frame, area: area)
  }

  private var lines: [PageLine] {
    texts.map { text in
      PageLine(StyledLine(DisplayText(text))) { [.handBack(.choice(text))] }
    }
  }
}

extension ScreenKind {
  package static let choice = ScreenKind(
    "choice", ScreenTitles.choice, actions: .everywhere + .moves + [.pick])
}
