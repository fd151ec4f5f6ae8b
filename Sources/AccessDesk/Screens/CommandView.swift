internal import CompanyAccess
internal import TerminalUI

/// The command that does what a confirmation asks, where the operator wants to see it.
struct CommandView: Hashable, Sendable {
  private enum State: Hashable, Sendable {
    case hidden
    case asked
    case known(EquivalentCommand?)
  }

  private var state = State.hidden

  /// Shows it, or no longer.
  mutating func toggle(_ intent: Intent) -> [Effect] {
    guard state == .hidden else {
      state = .hidden
      return []
    }
    state = .asked
    return ask(intent)
  }

  /// Asks anew, because what is confirmed is another by now, or names are.
  func ask(_ intent: Intent) -> [Effect] {
    state == .hidden ? [] : [.ask(.command(intent), .command)]
  }

  /// Takes what the store says; what was asked before another intent took its place counts nothing.
  mutating func take(_ answer: Answer, for intent: Intent) -> [Effect] {
    switch answer {
    case .command(let command, intent) where state != .hidden: state = .known(command)
    case .failed(.cancelled): break
    case .failed(let error):
      state = .hidden
      return [.say(Messages.problem(error))]
    default: break
    }
    return []
  }

  /// The lines above those of a confirmation, and which of them are the command itself.
  func lines(
    _ plan: Plan, _ reason: ReasonFields, _ desk: DeskState
  ) -> (lines: [StyledLine], command: Range<Int>) {
    switch state {
    case .hidden: return ([], 0..<0)
    case .asked: return ([StyledLine(MenuMessages.counting, .faint), StyledLine()], 0..<0)
    case .known(nil):
      return ([StyledLine(ConfirmationMessages.noCommand, .faint), StyledLine()], 0..<0)
    case .known(let command?):
      let text = command.lines(
        on: desk.path, plan, reason: reason.options, width: desk.size.columns)
      let lines = text.map { StyledLine(DisplayText($0)) }
      return (
        [StyledLine(ConfirmationMessages.command, .faint)] + lines + [StyledLine()],
        1..<1 + lines.count
      )
    }
  }
}
