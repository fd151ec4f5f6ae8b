internal import CompanyAccess
package import TerminalUI

/// The numbered menu.
package struct MenuScreen: Screen {
  private var cursor = LineCursor()

  package init() {}

  package var kind: ScreenKind { .menu }

  package func heading(_ desk: DeskState) -> StyledLine {
    guard let coverage = desk.coverage else {
      return StyledLine([(MenuMessages.counting, .faint)])
    }
    let warning = MenuMessages.warning(former: desk.formerGrants, missing: coverage.orphans) ?? ""
    // What is wrong is more than the figures, which the statistics have too.
    let figures =
      MenuMessages.headings(coverage).first {
        DisplayText($0 + warning).width <= desk.size.columns - 2
      } ?? ""
    return StyledLine([(DisplayText(figures), .normal), (DisplayText(warning), .warning)])
  }

  package mutating func start(_ desk: DeskState) -> [Effect] { [.ask(.coverage, .figures)] }

  package mutating func update(_ input: Input, _ desk: DeskState) -> [Effect]? {
    switch input {
    case .changed: return [.ask(.coverage, .figures)]
    case .answer(_, .failed(let error)): return [.say(Messages.problem(error))]
    case .answer: return []
    case .action(let action):
      guard let line = Actions.menu.firstIndex(where: { $0.id == action }) else { break }
      cursor.select(line)
      return choose(action)
    default: break
    }
    return cursor.update(input, lines(desk), in: desk.body)
  }

  private func choose(_ action: ActionID) -> [Effect] {
    if action == .exit { return [.back] }
    return ScreenKind.allCases.compactMap { $0.menu[action] }.map { .open($0()) }
  }

  package func draw(into frame: inout Frame, area: Area, _ desk: DeskState) {
    cursor.draw(lines(desk), into: &frame, area: area)
  }

  private func lines(_ desk: DeskState) -> [PageLine] {
    Actions.menu.map { action in
      let isDisabled = action.writes && desk.whyNoWrite != nil
      let text = StyledLine([
        (DisplayText(Actions.name(action.keys[0])), isDisabled ? .faint : .key),
        ("  ", .normal),
        (DisplayText(action.label).padded(to: 27), isDisabled ? .faint : .normal),
        (DisplayText(isDisabled ? MenuMessages.notNow : action.help), .faint),
      ])
      return PageLine(text) { [.perform(action.id)] }
    }
  }
}

extension ScreenKind {
  package static let menu = ScreenKind(
    "menu", ScreenTitles.menu, staysAfterWrite: true,
    actions: .moves + .stays + Actions.menu.map(\.id) + [.help])
}
