import Testing

@testable import TerminalUI

/// Every widget in areas that reach over the edges of a small frame, or lie outside of it.
@Suite struct AreaTests {
  private let widgets: [(inout Frame, Area) -> Void] = [
    { frame, area in
      Table(
        columns: [
          TableColumn("Name", minimum: 4, maximum: .max, order: .descending),
          TableColumn("Users", minimum: 6, alignment: .right, priority: 1),
        ],
        rows: nastyNames.map { .init([.name($0), "12"], tick: .on) }, selected: 2,
        showsTicks: true
      ).draw(into: &frame, area: area)
    },
    { TextField("Find:", text: nastyNames.joined()).draw(into: &$0, area: $1, isFocused: true) },
    { TextField(placeholder: "name").draw(into: &$0, area: $1, isFocused: false) },
    { Progress(done: 7, total: 9, secondsLeft: 90).draw(into: &$0, area: $1) },
    { Progress(done: 7, total: 0).draw(into: &$0, area: $1) },
    { BarChart(histogram: [(0, 3), (4, 9), (20, 1)], rows: $1.rows).draw(into: &$0, area: $1) },
    { BarChart(nastyNames.map { .init(.name($0), 5) }).draw(into: &$0, area: $1) },
    { KeyHints([KeyHint("Enter", "Open")]).draw(into: &$0, area: $1) },
    {
      SizeNotice(needed: Size(columns: 60, rows: 15), actual: $0.size).draw(into: &$0, area: $1)
    },
  ]

  @Test func nothingIsDrawnOutsideOfTheArea() {
    for draw in widgets { #expect(staysInside(columns: 0...40, draw)) }
  }

  @Test func areasMayReachOverTheEdges() {
    for draw in widgets {
      for column in [-300, -7, -1, 0, 3, 12, 300] {
        for row in [-300, -2, 0, 1, 5, 300] {
          for size in [(0, 0), (1, 1), (4, 2), (20, 3), (2_000, 2_000)] {
            var frame = Frame(size: Size(columns: 12, rows: 5))
            draw(&frame, Area(column: column, row: row, columns: size.0, rows: size.1))
            #expect(isWhole(frame))
          }
        }
      }
    }
  }

  /// Whether every wide glyph has both its halves.
  private func isWhole(_ frame: Frame) -> Bool {
    for row in 0..<frame.size.rows {
      var isHalf = false
      for column in 0..<frame.size.columns {
        let width = frame[column: column, row: row].width
        if (width == 0) != isHalf { return false }
        isHalf = width == 2
      }
      if isHalf { return false }
    }
    return true
  }
}
