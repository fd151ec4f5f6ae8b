/// The visible part of a list: a header, and rows of cells below it.
///
/// The screen owns the rows and which of them are in sight; the table only draws them.
package struct Table: Hashable, Sendable {
  /// Whether a row is ticked.
  package enum Tick: Hashable, Sendable {
    case off
    case on
    /// Granted already; nothing to tick.
    case already
  }

  package struct Row: Hashable, Sendable {
    package var cells: [DisplayText]
    package var role: Role
    package var tick: Tick?

    package init(_ cells: [DisplayText], role: Role = .normal, tick: Tick? = nil) {
      self.cells = cells
      self.role = role
      self.tick = tick
    }
  }

  package static let headerRows = 1
  /// The columns of the screen before the first cell, without ticks.
  package static let gutter = 2

  package var columns: [TableColumn]
  package var rows: [Row]
  /// The index of the selected row among the visible ones.
  package var selected: Int?
  /// Whether there is a column of ticks before the others.
  package var showsTicks: Bool

  package init(
    columns: [TableColumn], rows: [Row], selected: Int? = nil, showsTicks: Bool = false
  ) {
    self.columns = columns
    self.rows = rows
    self.selected = selected
    self.showsTicks = showsTicks
  }

  /// How many rows are in sight in an area of this height.
  package static func visibleRows(in area: Area) -> Int { max(0, area.rows - headerRows) }

  package func draw(into frame: inout Frame, area: Area) {
    let placements = placements(in: area)
    if area.rows > 0 {
      for placement in placements {
        frame.put(
          columns[placement.index].header(width: placement.width),
          at: Position(column: placement.start, row: area.row), style: .heading)
      }
    }
    for (index, row) in rows.prefix(Self.visibleRows(in: area)).enumerated() {
      draw(row, index, placements, into: &frame, area)
    }
  }

  private func draw(
    _ row: Row, _ index: Int, _ placements: [TableColumn.Placement], into frame: inout Frame,
    _ area: Area
  ) {
    let isSelected = index == selected
    let style = Style(row.role, selected: isSelected)
    let start = Position(column: area.column, row: area.row + Self.headerRows + index)
    if isSelected {
      frame.fill(
        Area(column: area.column, row: start.row, columns: area.columns, rows: 1), style)
      frame.put(">", at: start, width: area.columns, style: style)
      frame.cursor = start
    }
    if showsTicks, let tick = row.tick {
      frame.put(
        tick.text, at: Position(column: area.column + 2, row: start.row),
        width: area.columns - 2, style: style)
    }
    for placement in placements where placement.index < row.cells.count {
      let text = row.cells[placement.index]
        .padded(to: placement.width, alignment: columns[placement.index].alignment)
      frame.put(text, at: Position(column: placement.start, row: start.row), style: style)
    }
  }

  /// The columns as they stand in the area, right of the marker and the ticks.
  private func placements(in area: Area) -> [TableColumn.Placement] {
    let gutter = showsTicks ? Table.gutter + 4 : Table.gutter
    return TableColumn.layout(columns, width: area.columns - gutter).map {
      TableColumn.Placement(
        index: $0.index, start: $0.start + area.column + gutter, width: $0.width)
    }
  }
}

extension Table.Tick {
  fileprivate var text: DisplayText {
    switch self {
    case .off: "[ ]"
    case .on: "[x]"
    case .already: "[=]"
    }
  }
}
