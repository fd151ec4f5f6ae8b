/// What stands on a terminal that is too small for everything else.
package struct SizeNotice: Hashable, Sendable {
  package var program: DisplayText
  package var needed: Size
  package var actual: Size

  package init(program: DisplayText = "company-access", needed: Size, actual: Size) {
    self.program = program
    self.needed = needed
    self.actual = actual
  }

  package var text: DisplayText {
    let needs = DisplayText(" needs \(needed.columns)x\(needed.rows)")
    return program + needs
      + DisplayText("; this window is \(actual.columns)x\(actual.rows). q leaves")
  }

  /// On one line where it fits, else on as many as there are.
  package func draw(into frame: inout Frame, area: Area) {
    let lines = text.wrapped(to: area.columns)
    for (row, line) in lines.prefix(area.rows).enumerated() {
      let isCut = row == area.rows - 1 && lines.count > area.rows
      frame.put(
        isCut ? (line + " " + lines[row + 1]).cut(to: area.columns) : line,
        at: Position(column: area.column, row: area.row + row), width: area.columns)
    }
  }
}
