internal import TerminalUI

/// A line of a page with a cursor, and what Enter and a double click do on it.
struct PageLine {
  let text: StyledLine
  var choose: (() -> [Effect])?

  init(_ text: StyledLine, choose: (() -> [Effect])? = nil) {
    (self.text, self.choose) = (text, choose)
  }

  /// A line that opens a screen.
  init(_ text: StyledLine, opens screen: @escaping () -> any Screen) {
    self.init(text) { [.open(screen())] }
  }
}

extension LineCursor {
  /// Takes an input for lines: moves the cursor, or does what the line under it says.
  ///
  /// - Parameters:
  ///   - input: The input.
  ///   - lines: All lines.
  ///   - area: Where they are drawn.
  ///   - nothing: What to say where Enter does nothing.
  /// - Returns: What is to be done; nil when the input is not one for lines.
  mutating func update(
    _ input: Input, _ lines: [PageLine], in area: Area, nothing: String = ""
  ) -> [Effect]? {
    switch input {
    case .action(.open), .action(.pick): break
    case .action(let action):
      return move(action, count: lines.count, height: area.rows) ? [] : nil
    case .press(let position, let double):
      guard select(row: position.row - area.row, count: lines.count, height: area.rows) else {
        return nil
      }
      if !double { return [] }
    default: return nil
    }
    guard lines.indices.contains(index), let choose = lines[index].choose else {
      return nothing.isEmpty ? [] : [.say(Message(.notice, nothing))]
    }
    return choose()
  }

  /// Draws the lines that fit, the one under the cursor marked by `>` and reversed.
  func draw(_ lines: [PageLine], into frame: inout Frame, area: Area) {
    for (row, index) in visible(count: lines.count, height: area.rows).enumerated() {
      let isSelected = index == self.index
      let place = Position(column: area.column, row: area.row + row)
      let marked = StyledLine([(isSelected ? " > " : "   ", .normal)]) + lines[index].text
      if isSelected {
        let whole = Area(column: area.column, row: place.row, columns: area.columns, rows: 1)
        frame.fill(whole, Style().selected())
        frame.cursor = Position(column: area.column + 1, row: place.row)
      }
      frame.put(marked.selected(isSelected), at: place, width: area.columns)
    }
  }
}
