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
    StyledLine(DisplayText("\(subject): which one?"), .heading)
  }

  package mutating func start(_ desk: DeskState) -> [Effect] { [] }

  package mutating func update(_ input: Input, _ desk: DeskState) -> [Effect]? {
    switch input {
    case .action(.pick): return pick()
    case .action(let action):
      return cursor.move(action, count: texts.count, height: desk.body.rows) ? [] : nil
    case .press(let position, let double):
      let row = position.row - desk.body.row
      guard cursor.select(row: row, count: texts.count, height: desk.body.rows) else { return nil }
      return double ? pick() : []
    default: return nil
    }
  }

  private func pick() -> [Effect] { [.handBack(.choice(texts[cursor.index]))] }

  package func draw(into frame: inout Frame, area: Area, _ desk: DeskState) {
    cursor.draw(count: texts.count, into: &frame, area: area) {
      StyledLine(DisplayText(texts[$0]))
    }
  }
}
