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
    StyledLine([("Help: ", .heading), (DisplayText(subject), .heading)])
  }

  package mutating func start(_ desk: DeskState) -> [Effect] { [] }

  package mutating func update(_ input: Input, _ desk: DeskState) -> [Effect]? {
    let height = listed(desk.body).rows
    switch input {
    case .action(.open): return [.run(lines[cursor.index].action.id)]
    case .action(let action):
      return cursor.move(action, count: lines.count, height: height) ? [] : nil
    case .press(let position, let double):
      guard
        cursor.select(row: position.row - desk.body.row, count: lines.count, height: height)
      else { return nil }
      return double ? [.run(lines[cursor.index].action.id)] : []
    default: return nil
    }
  }

  /// The lines above the sentence about the one under the cursor.
  private func listed(_ area: Area) -> Area { area.inset(bottom: 3) }

  package func draw(into frame: inout Frame, area: Area, _ desk: DeskState) {
    drawSentence(into: &frame, area)
    cursor.draw(count: lines.count, into: &frame, area: listed(area)) { index in
      let line = lines[index]
      let keys = line.action.keys.map(Actions.name).joined(separator: " ")
      let words = line.whyDisabled.map { "(not now) \($0)" } ?? line.action.help
      return StyledLine([
        (DisplayText(keys).padded(to: 9), .key),
        (DisplayText(line.action.label).padded(to: 26), .normal),
        (DisplayText(words), line.whyDisabled == nil ? .normal : .faint),
      ])
    }
  }
}

extension HelpScreen {
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
  /// The screen in words, for the help screen and the documentation.
  package var title: String {
    switch self {
    case .menu: "menu"
    case .users: "list of users"
    case .companies: "list of companies"
    case .companiesOfUser: "companies of a user"
    case .usersOfCompany: "users of a company"
    case .pickUser: "picking a user"
    case .pickCompany: "picking a company"
    case .tickToGrant: "ticking companies or users to add"
    case .tickToRevoke: "ticking companies or users to remove"
    case .form: "form"
    case .choice: "choosing"
    case .confirmation: "confirmation"
    case .statistics: "statistics"
    case .log: "log of changes"
    case .change: "one change"
    case .why: "the life of a pair"
    case .time: "looking back"
    case .doctor: "doctor"
    case .help: "help"
    case .adopt: "adopting a file"
    }
  }
}
