import TerminalUI

/// What a widget draws on a frame of that size, and where it leaves the cursor.
func drawn(
  _ columns: Int, _ rows: Int, _ draw: (inout Frame, Area) -> Void
) -> (text: String, marked: String, cursor: Position?) {
  var frame = Frame(size: Size(columns: columns, rows: rows))
  draw(&frame, frame.area)
  return (frame.text(), frame.marked(), frame.cursor)
}

/// Draws into areas in the middle of a frame and says whether everything around stayed blank.
func staysInside(
  columns: ClosedRange<Int> = 0...30, rows: ClosedRange<Int> = 0...4,
  _ draw: (inout Frame, Area) -> Void
) -> Bool {
  for width in columns {
    for height in rows {
      var frame = Frame(size: Size(columns: width + 10, rows: height + 4))
      let blank = frame
      let area = Area(column: 5, row: 2, columns: width, rows: height)
      draw(&frame, area)
      frame.fill(area)
      frame.cursor = nil
      if frame != blank { return false }
    }
  }
  return true
}
