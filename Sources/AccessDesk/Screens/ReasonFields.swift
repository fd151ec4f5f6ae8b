package import CompanyAccess
package import TerminalUI

/// What is typed for the record at a confirmation: the reason, the ticket and the decision date.
///
/// One field is shown at a time; Tab goes to the next.
package struct ReasonFields: Hashable, Sendable {
  private enum Field: Int, CaseIterable {
    case reason, ticket, decided

    var label: DisplayText {
      switch self {
      case .reason: ConfirmationMessages.reason
      case .ticket: ConfirmationMessages.ticket
      case .decided: ConfirmationMessages.decided
      }
    }
  }

  private var fields = [TextField](
    repeating: TextField(maximumLength: 200), count: Field.allCases.count)
  private var focus = Field.reason

  package init() {}

  package var isEmpty: Bool { fields.allSatisfy(\.isEmpty) }

  /// Edits the field that is shown, or shows another; false for a key that means nothing here.
  package mutating func handle(_ key: Key) -> Bool {
    switch key {
    case .tab, .down: move(by: 1)
    case .backTab, .up: move(by: -1)
    default: return fields[focus.rawValue].handle(key)
    }
    return true
  }

  private mutating func move(by step: Int) {
    let all = Field.allCases
    focus = all[(focus.rawValue + step + all.count) % all.count]
  }

  /// Shows the field of the ticket.
  package mutating func showTicket() { focus = .ticket }

  package mutating func paste(_ text: String) { fields[focus.rawValue].paste(text) }

  /// What is wrong with the decision date, whose field is shown then; nil if nothing is.
  package mutating func check() -> TimeTextError? {
    do {
      _ = try decidedAt()
      return nil
    } catch {
      focus = .decided
      return error
    }
  }

  private func text(_ field: Field) -> String? {
    let text = fields[field.rawValue].text
    return text.isEmpty ? nil : text
  }

  private func decidedAt() throws(TimeTextError) -> Timestamp? {
    guard let text = text(.decided) else { return nil }
    return try TimeText.decision(text)
  }

  /// What is typed, for the record.
  package var value: ChangeReason {
    ChangeReason(text(.reason), ticket: text(.ticket), decidedAt: try? decidedAt())
  }

  /// The options of a command that say the same.
  var options: [String] {
    EquivalentCommand.options(
      reason: text(.reason), ticket: text(.ticket), decided: text(.decided))
  }

  /// The field that is shown, and what Tab is for.
  package func draw(into frame: inout Frame, area: Area) {
    let column = frame.put(
      focus.label, at: Position(column: area.column, row: area.row), style: .heading)
    let hint = ConfirmationMessages.otherFields
    let room = area.columns - (column - area.column)
    let isRoomy = room > 30 + hint.width
    fields[focus.rawValue].draw(
      into: &frame,
      area: Area(
        column: column, row: area.row, columns: isRoomy ? room - hint.width : room, rows: 1),
      isFocused: true)
    guard isRoomy else { return }
    frame.put(
      hint, at: Position(column: area.column + area.columns - hint.width, row: area.row),
      style: .faint)
  }
}
