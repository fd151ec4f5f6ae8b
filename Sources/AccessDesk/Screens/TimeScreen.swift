package import CompanyAccess
package import TerminalUI

/// Asks for the time as of which the desk is to show everything.
package struct TimeScreen: Screen {
  private var field = TextField(
    TimeMessages.label, placeholder: TimeMessages.example, maximumLength: 40)

  package init() {}

  package var kind: ScreenKind { .time }
  package var editsText: Bool { true }

  package func heading(_ desk: DeskState) -> StyledLine {
    StyledLine(TimeMessages.heading, .heading)
  }

  package mutating func update(_ input: Input, _ desk: DeskState) -> [Effect]? {
    switch input {
    case .key(.enter): return resolve()
    case .key(let key): return field.handle(key) ? [] : nil
    case .paste(let text):
      field.paste(text)
      return []
    case .answer(_, .moment(let resolved)):
      let past = Past(resolved)
      return [.back, .lookAt(past), .say(Message(.notice, past.words))]
    case .answer(_, .failed(let error)): return [.say(Messages.problem(error))]
    default: return nil
    }
  }

  private func resolve() -> [Effect] {
    guard !field.isEmpty else {
      return [.say(Message(.notice, TimeMessages.typeFirst))]
    }
    do {
      return [.ask(.moment(try TimeText.parse(field.text, .end)), .subject)]
    } catch {
      return [.say(Message(.problem, Messages.sentence(error.description)))]
    }
  }

  package func draw(into frame: inout Frame, area: Area, _ desk: DeskState) {
    field.draw(
      into: &frame, area: Area(column: 2, row: area.row, columns: area.columns - 4, rows: 1),
      isFocused: true)
    for (index, line) in TimeMessages.hints.enumerated() {
      frame.put(
        DisplayText(line), at: Position(column: 2, row: area.row + 2 + index),
        width: area.columns - 4, style: .faint)
    }
  }
}

/// The moment in the past that the desk shows.
package struct Past: Hashable, Sendable {
  package let moment: Moment
  /// The time that was asked for.
  package let at: Timestamp
  /// What the title says: the time that was asked for.
  package let title: String
  /// What is to be known about it.
  let words: String

  init(_ resolved: ResolvedMoment) {
    moment = resolved.moment
    at = resolved.at
    title = TimeMessages.title(resolved)
    words = TimeMessages.isShown(resolved)
  }
}

extension ScreenKind {
  package static let time = ScreenKind("time", ScreenTitles.time, actions: .everywhere)
}
