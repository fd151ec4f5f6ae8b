internal import CompanyAccess
internal import TerminalUI

/// Draws a list with its heading, its filter line and its empty states.
enum ListView {
  /// The heading of a list: what it shows, how many, where the cursor is, and what is left out.
  ///
  /// A subject too long for the window is cut, for the counts decide more than the end of a name.
  static func heading<Kind: ListKind>(
    _ subject: String, _ list: ListModel<Kind>, note: String? = nil, _ desk: DeskState
  ) -> StyledLine {
    var counts = StyledLine()
    for note in [note, lookAlikes(list, desk)].compactMap(\.self) {
      counts.append(DisplayText("   " + note), .warning)
    }
    counts.append(DisplayText("   " + place(list)), .faint)
    let room = max(12, desk.size.columns - 2 - counts.width)
    return StyledLine(DisplayText(subject).cut(to: room), .heading) + counts
  }

  /// What the mark before a name means, if one is on the screen.
  private static func lookAlikes<Kind: ListKind>(
    _ list: ListModel<Kind>, _ desk: DeskState
  ) -> String? {
    guard let alike = Kind.lookAlikes(desk), !alike.isEmpty else { return nil }
    let rows = list.window.rows[list.window.visible(height: list.height(desk.body))]
    return rows.contains { alike.contains($0.id) } ? "~ look-alike" : nil
  }

  private static func place<Kind: ListKind>(_ list: ListModel<Kind>) -> String {
    guard let total = list.window.total else { return "counting" }
    guard let position = list.window.position else { return Digits.grouped(total) }
    return "\(Digits.grouped(position)) of \(Digits.grouped(total))"
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
  static func draw<Kind: ListKind>(
    _ list: ListModel<Kind>, into frame: inout Frame, area: Area, empty: [String],
    _ desk: DeskState, tick: ((Kind.Row) -> Table.Tick)? = nil
  ) {
    var area = area
    if list.showsFilter {
      drawFilter(list, into: &frame, area)
      area = area.inset(top: 1)
    }
    guard !list.window.rows.isEmpty else {
      drawEmpty(list, empty, into: &frame, area)
      return
    }
    let shown = list.window.visible(height: area.rows - Table.headerRows)
    let unknown = Kind.unknownColumns(desk.facts)
    func known<T>(_ all: [T]) -> [T] {
      all.indices.filter { !unknown.contains($0) }.map { all[$0] }
    }
    let alike = Kind.lookAlikes(desk) ?? []
    let rows = list.window.rows[shown].map { item in
      var content = Kind.cells(item, list.query)
      if alike.contains(item.id) {
        content.cells[Kind.nameColumn] = "~ " + content.cells[Kind.nameColumn]
        content.role = .warning
      }
      return Table.Row(known(content.cells), role: content.role, tick: tick?(item))
    }
    let cursor = frame.cursor
    Table(
      columns: known(Kind.columns(list.query, desk.facts)), rows: rows,
      selected: list.window.selectedIndex - shown.lowerBound,
      showsTicks: tick != nil
    ).draw(into: &frame, area: area)
    if list.isFiltering { frame.cursor = cursor }
  }

  private static func drawFilter<Kind: ListKind>(
    _ list: ListModel<Kind>, into frame: inout Frame, _ area: Area
  ) {
    let start = Position(column: area.column + 2, row: area.row)
    let column = frame.put("Filter: ", at: start, style: .heading)
    list.filter.draw(
      into: &frame,
      area: Area(column: column, row: area.row, columns: area.columns - column - 1, rows: 1),
      isFocused: list.isFiltering)
  }

  private static func drawEmpty<Kind: ListKind>(
    _ list: ListModel<Kind>, _ empty: [String], into frame: inout Frame, _ area: Area
  ) {
    let words: [String] =
      if list.failure != nil {
        ["This can't be shown now."]
      } else if list.window.isWaiting {
        ["..."]
      } else if !list.filter.text.isEmpty {
        ["Nothing matches \"\(list.filter.text)\".", "Esc clears the filter."]
      } else {
        empty
      }
    for (index, line) in words.enumerated() {
      frame.put(
        DisplayText(line), at: Position(column: area.column + 2, row: area.row + 1 + index),
        width: area.columns - 4, style: index == 0 ? .normal : .faint)
    }
  }
}
