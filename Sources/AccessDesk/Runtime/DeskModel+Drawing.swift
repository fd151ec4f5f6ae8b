package import TerminalUI

extension DeskModel {
  /// The smallest window in which everything works.
  package static let smallest = Size(columns: 60, rows: 15)
  /// How many lines a message may take from the body.
  private static let largestMessage = 5

  var isTooSmall: Bool {
    state.size.columns < Self.smallest.columns || state.size.rows < Self.smallest.rows
  }

  /// The window as it should look now.
  package func frame() -> Frame {
    var frame = Frame(size: state.size)
    guard !isTooSmall else {
      drawSmall(into: &frame)
      return frame
    }
    drawTitle(into: &frame)
    frame.put(top.heading(state), at: Position(column: 1, row: 1), width: width)
    top.draw(into: &frame, area: state.body, state)
    drawMessage(into: &frame)
    drawFooter(into: &frame)
    return frame
  }

  /// A window too small for anything else says so, and asks before `q` loses what was ticked.
  private func drawSmall(into frame: inout Frame) {
    let words =
      isLeavingAsked
      ? DisplayText(Messages.leavingLosesWork(.character("q"))).wrapped(to: state.size.columns) : []
    let notice = SizeNotice(needed: Self.smallest, actual: state.size)
    notice.draw(into: &frame, area: frame.area.inset(bottom: words.count))
    for (index, line) in words.enumerated() {
      let row = state.size.rows - words.count + index
      frame.put(line, at: Position(column: 0, row: row), style: .warning)
    }
  }

  private var width: Int { state.size.columns - 2 }

  private func drawTitle(into frame: inout Frame) {
    let access: (DisplayText, Style) =
      state.lost.map { (DisplayText($0.title), .danger) }
      ?? state.held.map { (DisplayText($0.title), .warning) }
      ?? state.past.map { (DisplayText($0.title), .warning) }
      ?? (DisplayText(state.access), state.readOnly == nil ? .normal : .warning)
    let right = StyledLine([(DisplayText(state.actor), .faint), ("  ", .normal), access])
    let left = StyledLine(
      [(Messages.program, .title), ("  ", .normal), (DisplayText(state.fileName), .normal)]
        + (state.mapping.map { [("  ", .normal), (DisplayText($0), .faint)] } ?? [])
        + (state.part.map { [("  ", .normal), (DisplayText($0), .warning)] } ?? []))
    frame.put(left, at: Position(column: 1, row: 0), width: width - right.width - 2)
    frame.put(right, at: Position(column: max(1, width + 1 - right.width), row: 0))
  }

  private func drawMessage(into frame: inout Frame) {
    guard let message else { return }
    let style: Style =
      switch message.kind {
      case .done: .good
      case .notice: .warning
      case .problem: .danger
      }
    let first = state.size.rows - 1 - state.messageRows
    for (index, line) in lines(message).enumerated() {
      frame.put(line, at: Position(column: 1, row: first + index), width: width, style: style)
    }
  }

  private func lines(_ message: Message) -> [DisplayText] {
    let lines = DisplayText(message.text).wrapped(to: width)
    guard lines.count > Self.largestMessage else { return lines }
    return lines.prefix(Self.largestMessage - 1)
      + [lines[Self.largestMessage - 1] + " " + lines[Self.largestMessage]]
  }

  /// How many lines the message needs; there is always room for one.
  var messageRows: Int { max(1, message.map { lines($0).count } ?? 1) }

  private func drawFooter(into frame: inout Frame) {
    let hints =
      Actions.actions(on: top.kind)
      .filter {
        $0.footer != nil && $0.id != .help && isThere($0.id) && whyDisabled($0.id) == nil
      }
      .sorted { ($0.footer ?? 0) < ($1.footer ?? 0) }
      .compactMap { action -> KeyHint? in
        let key = action.keys.first { !isText($0) }
        // While a filter takes what is typed, Enter only ends the typing.
        let label = key == .enter && top.isFiltering ? Messages.toTheRows : action.label
        return key.map { KeyHint(DisplayText(Actions.name($0)), DisplayText(label)) }
      }
    let helpKey = Actions.action(.help)?.keys.first { !isText($0) } ?? .function(1)
    let help = KeyHint(DisplayText(Actions.name(helpKey)), Messages.help)
    KeyHints(hints, help: help).draw(
      into: &frame,
      area: Area(column: 1, row: state.size.rows - 1, columns: width, rows: 1))
  }

  func helpLines() -> [HelpLine] {
    Actions.actions(on: top.kind).filter { isThere($0.id) }.map {
      HelpLine(action: $0, whyDisabled: whyDisabled($0.id))
    }
  }
}
