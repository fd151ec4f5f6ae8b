internal import TerminalUI

extension LineCursor {
  /// Draws the lines that fit, the one under the cursor marked by `>` and reversed.
  func draw(
    count: Int, into frame: inout Frame, area: Area, line: (Int) -> StyledLine
  ) {
    for (row, index) in visible(count: count, height: area.rows).enumerated() {
      let isSelected = index == self.index
      let place = Position(column: area.column, row: area.row + row)
      let marked = StyledLine([(isSelected ? " > " : "   ", .normal)]) + line(index)
      if isSelected {
        let whole = Area(column: area.column, row: place.row, columns: area.columns, rows: 1)
        frame.fill(whole, Style().selected())
        frame.cursor = Position(column: area.column + 1, row: place.row)
      }
      frame.put(marked.selected(isSelected), at: place, width: area.columns)
    }
  }
}
