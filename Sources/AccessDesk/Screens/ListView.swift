internal import CompanyAccess
internal import TerminalUI

/// Draws a list with its heading, its filter line and its empty states.
enum ListView {
  /// The heading of a list: what it shows, how many, where the cursor is, and what is left out.
  ///
  /// A subject too long for the window is cut, for the counts decide more than the end of a name.
  static func heading(
    _ subject: String, _ list: ListModel, note: String? = nil, _ desk: DeskState
  ) -> StyledLine {
    var counts = StyledLine()
    for note in [note, lookAlikes(list, desk)].compactMap(\.self) {
      counts.append(DisplayText("   " + note), .warning)
    }
    let place = ListMessages.place(list.window.position, of: list.window.total)
    counts.append(DisplayText("   " + place), .faint)
    let room = max(12, desk.size.columns - 2 - counts.width)
    return StyledLine(DisplayText(subject).cut(to: room), .heading) + counts
  }

  /// What the mark before a name means, if one is on the screen.
  private static func lookAlikes(_ list: ListModel, _ desk: DeskState) -> String? {
    guard let alike = desk.lookAlikes[list.query.kind], !alike.isEmpty else { return nil }
    let rows = list.window.rows[list.window.visible(height: list.height(desk.body))]
    return rows.contains { alike.contains($0.id) } ? ListMessages.lookAlike : nil
  }

  /// Draws the rows that fit.
  ///
  /// - Parameters:
  ///   - list: The list.
  ///   - frame: Where to draw.
  ///   - area: The body of the screen.
  ///   - empty: What to say when the list has no rows although nothing is filtered.
  ///   - desk: The desk around the list.
  ///   - tick: Whether a row is ticked, for lists that can be.
  static func draw(
    _ list: ListModel, into frame: inout Frame, area: Area, empty: [String],
    _ desk: DeskState, tick: ((Entity) -> Table.Tick)? = nil
  ) {
    var area = area
    if list.showsFilter {
      area = drawFilter(list.filter, isFocused: list.isFiltering, into: &frame, area)
    }
    guard !list.window.rows.isEmpty else {
      drawLines(whyEmpty(list, otherwise: empty), into: &frame, area)
      return
    }
    let shown = list.window.visible(height: area.rows - Table.headerRows)
    let columns = list.query.columns(desk.facts)
    let alike = desk.lookAlikes[list.query.kind] ?? []
    let rows = list.window.rows[shown].map { row in
      let isAlike = alike.contains(row.id)
      let cells = columns.map { isAlike && $0.isName ? "~ " + $0.cell(row) : $0.cell(row) }
      return Table.Row(
        cells, role: isAlike || row.needsAttention ? .warning : .normal, tick: tick?(row))
    }
    let cursor = frame.cursor
    Table(
      columns: list.query.headings(columns), rows: rows,
      selected: list.window.selectedIndex - shown.lowerBound,
      showsTicks: tick != nil
    ).draw(into: &frame, area: area)
    if list.isFiltering { frame.cursor = cursor }
  }

  /// Draws a filter on the first line; gives what is left of the area.
  static func drawFilter(
    _ filter: TextField, isFocused: Bool, into frame: inout Frame, _ area: Area
  ) -> Area {
    let line = Area(column: area.column + 2, row: area.row, columns: area.columns - 3, rows: 1)
    filter.draw(into: &frame, area: line, isFocused: isFocused)
    return area.inset(top: 1)
  }

  /// What to say where there are no rows.
  private static func whyEmpty(_ list: ListModel, otherwise empty: [String]) -> [String] {
    if list.failure != nil { return [ListMessages.failed] }
    if list.window.isWaiting { return [ListMessages.waiting] }
    return list.search.isEmpty ? empty : ListMessages.noMatch(list.search)
  }

  /// Draws lines in the place of rows, all but the first faint.
  static func drawLines(
    _ lines: [String], style: Style = .normal, into frame: inout Frame, _ area: Area
  ) {
    var row = area.row + 1
    for (index, line) in lines.enumerated() {
      for part in DisplayText(line).wrapped(to: area.columns - 4) {
        frame.put(
          part, at: Position(column: area.column + 2, row: row), width: area.columns - 4,
          style: index == 0 ? style : .faint)
        row += 1
      }
    }
  }
}

extension Entity {
  /// Whether it is inactive, or its grant was given to an earlier holder of an id.
  fileprivate var needsAttention: Bool { !isActive || standing?.formerHolders.isEmpty == false }
}
