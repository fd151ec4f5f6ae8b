internal import CompanyAccess
internal import TerminalUI

/// Lines to read with a question below them, as confirmations have it.
struct QuestionPage {
  var lines: [StyledLine]
  var scroll: LineScroll
  /// Lines that begin in the first column of the window, so that they can be copied.
  var flush: Range<Int> = 0..<0
  /// What Esc does to the work that is under way; nil while there is none.
  var wayOut: DisplayText?

  /// Draws the lines, and what there is to say of them; gives the place of the question.
  func draw(into frame: inout Frame, area: Area) -> Area {
    let room = area.inset(left: 2, bottom: 2, right: 1)
    let shown = scroll.visible(count: lines.count, height: room.rows)
    for (row, index) in shown.enumerated() {
      let isFlush = flush.contains(index)
      frame.put(
        lines[index],
        at: Position(column: isFlush ? area.column : room.column, row: room.row + row),
        width: isFlush ? area.columns : room.columns)
    }
    frame.put(
      wayOut ?? rest(shown), at: Position(column: room.column, row: room.row + room.rows),
      width: room.columns, style: .faint)
    return Area(column: 2, row: area.row + area.rows - 1, columns: area.columns - 3, rows: 1)
  }

  /// What is above and below the lines that are shown.
  private func rest(_ shown: Range<Int>) -> DisplayText {
    let below = lines.count - shown.upperBound
    if below > 0 { return DisplayText(ConfirmationMessages.linesBelow(below)) }
    return shown.lowerBound > 0 ? ConfirmationMessages.end : .empty
  }
}

/// How far long work is, as it was last told.
struct ProgressView: Sendable {
  var progress: WorkProgress?
  var secondsLeft: Int?

  func draw(into frame: inout Frame, _ area: Area) {
    let words =
      progress.map { ConfirmationMessages.phase($0.phase) } ?? ConfirmationMessages.working
    let end = frame.put(
      DisplayText(words + "  "), at: Position(column: area.column, row: area.row), style: .heading)
    Progress(
      done: progress?.done ?? 0, total: progress?.total ?? 0, secondsLeft: secondsLeft
    ).draw(
      into: &frame, area: Area(column: end, row: area.row, columns: area.columns - end, rows: 1))
  }
}
