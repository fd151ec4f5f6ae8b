import Testing

@testable import TerminalUI

@Suite struct TableTests {
  private let columns: [TableColumn] = [
    TableColumn("Username", minimum: 10, ideal: 16, maximum: 24, priority: 9, order: .ascending),
    TableColumn("Full name", minimum: 12, ideal: 20, maximum: .max, priority: 5),
    TableColumn("Role", minimum: 8, ideal: 16, priority: 3),
    TableColumn("Email", minimum: 16, ideal: 26, maximum: .max, priority: 1),
    TableColumn("Companies", minimum: 11, alignment: .right, priority: 8),
  ]

  private let rows: [Table.Row] = [
    .init(["maria", "Maria Nowak", "HR Manager", "maria@example.org", "12"], tick: .on),
    .init(
      ["\u{4F5C}\u{8005}\u{4F5C}\u{8005}\u{4F5C}\u{8005}", "\u{202E}x", "", "a@b", "0"], tick: .off),
    .init(
      ["old", "Gone Long Ago And Never Seen Since That Day", "Clerk", "o@b", "1,234"],
      role: .faint, tick: .already),
    .init(["short"]),
  ]

  private func table(ticks: Bool = false) -> Table {
    Table(columns: columns, rows: rows, selected: 1, showsTicks: ticks)
  }

  private func widths(_ width: Int) -> [Int] {
    var all = [0, 0, 0, 0, 0]
    for placement in TableColumn.layout(columns, width: width) {
      all[placement.index] = placement.width
    }
    return all
  }

  @Test func roomIsDividedByPriorityAndNeed() {
    #expect(widths(58) == [14, 16, 11, 0, 11])
    #expect(widths(78) == [14, 15, 11, 19, 11])
    #expect(widths(118) == [23, 27, 16, 33, 11])
    #expect(widths(198) == [24, 67, 16, 72, 11])
    #expect(widths(20) == [20, 0, 0, 0, 0])
    #expect(widths(4) == [4, 0, 0, 0, 0])
    #expect(widths(0) == [0, 0, 0, 0, 0])
    let equals = ["a", "b", "c"].map { TableColumn($0, minimum: 8) }
    #expect(TableColumn.layout(equals, width: 25).map(\.index) == [0, 1])
  }

  @Test func placementsNeverOverlapNorOverflow() {
    for width in 0...220 {
      let placements = TableColumn.layout(columns, width: width)
      var next = 0
      for placement in placements {
        #expect(placement.start == next)
        #expect(placement.width > 0)
        next = placement.start + placement.width + TableColumn.gap
      }
      #expect(next <= width + TableColumn.gap)
      #expect(width < 80 || next == width + TableColumn.gap)
    }
  }

  @Test func at60Columns() {
    let drawn = drawn(60, 5) { table().draw(into: &$0, area: $1) }
    #expect(
      drawn.text == """
          Username ▲      Full name         Role           Companies
          maria           Maria Nowak       HR Manager            12
        > 作者作者作者    <U+202E>x                                0
          old             Gone Long Ago A…  Clerk              1,234
          short
        """)
    #expect(drawn.cursor == Position(column: 0, row: 2))
  }

  @Test func at80ColumnsWithTicks() {
    let drawn = drawn(80, 5) { table(ticks: true).draw(into: &$0, area: $1) }
    #expect(
      drawn.text == """
              Username ▲     Full name       Role        Email                 Companies
          [x] maria          Maria Nowak     HR Manager  maria@example.org            12
        > [ ] 作者作者作者   <U+202E>x                   a@b                           0
          [=] old            Gone Long Ago…  Clerk       o@b                       1,234
              short
        """)
  }

  @Test func theSelectedRowIsReversedToItsEnd() {
    let drawn = drawn(30, 4) { table().draw(into: &$0, area: $1) }
    #expect(
      drawn.marked == """
          [heading]Username ▲     [/]  [heading]  Companies[/]
          maria                     12
        {> 作者作者作者               0}
          [faint]old            [/]  [faint]      1,234[/]
        """)
  }

  @Test func aNarrowHeaderKeepsItsArrow() {
    let column = TableColumn("Companies", minimum: 4, alignment: .right, order: .descending)
    #expect(column.header(width: 12) == " Companies \u{25BC}")
    #expect(column.header(width: 6) == "Com\u{2026} \u{25BC}")
    #expect(column.header(width: 2) == " \u{25BC}")
    #expect(column.header(width: 1) == "\u{25BC}")
  }
}
