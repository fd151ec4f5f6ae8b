/// Fields to fill in, one a line, each with room below for what is to be said about it.
package struct Form: Hashable, Sendable {
  /// What is said about a field.
  package struct Note: Hashable, Sendable {
    package var text: DisplayText
    package var role: Role

    package init(_ text: DisplayText, _ role: Role) {
      self.text = text
      self.role = role
    }
  }

  /// One field.
  package struct Line: Hashable, Sendable {
    package var label: DisplayText
    package var field: TextField
    package var notes: [Note]

    package init(_ label: DisplayText, _ field: TextField, notes: [Note] = []) {
      self.label = label
      self.field = field
      self.notes = notes
    }
  }

  package var lines: [Line]
  /// The index of the field that takes what is typed.
  package private(set) var focus = 0

  package init(_ lines: [Line]) { self.lines = lines }

  /// Lines of the notes of one field that are shown, at most.
  private static let noteRows = 3

  /// Puts the focus on a field.
  package mutating func focus(on index: Int) {
    focus = min(max(0, index), max(0, lines.count - 1))
  }

  /// Moves the focus or edits the field that has it; false for a key that means nothing here.
  package mutating func handle(_ key: Key) -> Bool {
    guard lines.indices.contains(focus) else { return false }
    switch key {
    case .down, .tab: focus = (focus + 1) % lines.count
    case .up, .backTab: focus = (focus + lines.count - 1) % lines.count
    default: return lines[focus].field.handle(key)
    }
    return true
  }

  /// Pastes into the field that has the focus.
  package mutating func paste(_ text: String) {
    guard lines.indices.contains(focus) else { return }
    lines[focus].field.paste(text)
  }

  /// Puts the focus on the field drawn in a row of an area; false when there is none.
  package mutating func select(row: Int, area: Area) -> Bool {
    guard let found = rows(area).first(where: { $0.row == row }) else { return false }
    focus = found.index
    return true
  }

  package func draw(into frame: inout Frame, area: Area) {
    let indent = indent(area)
    for row in rows(area) {
      let here = Position(column: area.column, row: row.row)
      let isFocused = row.index == focus
      if let note = row.note {
        frame.put(
          note.text, at: Position(column: area.column + indent, row: row.row),
          width: max(0, area.columns - indent), style: Style(note.role))
        continue
      }
      let line = lines[row.index]
      frame.put(isFocused ? ">" : " ", at: here, style: .key)
      frame.put(
        line.label, at: Position(column: here.column + 2, row: row.row),
        width: max(0, min(indent - 3, area.columns - 2)), style: isFocused ? .title : .heading)
      line.field.draw(
        into: &frame,
        area: Area(
          column: here.column + indent, row: row.row, columns: area.columns - indent, rows: 1),
        isFocused: isFocused)
    }
  }

  // MARK: - Layout

  private struct Row {
    var index: Int
    /// A line of what is said about the field; nil for the field itself.
    var note: Note?
    var row: Int
  }

  /// Where the fields begin: behind the longest label, but a third of the width at most.
  private func indent(_ area: Area) -> Int {
    let longest = lines.map(\.label.width).max() ?? 0
    return min(longest + 4, max(4, area.columns / 3))
  }

  /// The rows that fit, with the focus in sight: all of it, if possible with what is said of it.
  private func rows(_ area: Area) -> [Row] {
    guard area.rows > 0, area.columns > 0 else { return [] }
    let width = max(1, area.columns - indent(area))
    var all: [Row] = []
    for (index, line) in lines.enumerated() {
      all.append(Row(index: index, row: 0))
      let notes = line.notes.flatMap { note in
        note.text.wrapped(to: width).map { Note($0, note.role) }
      }
      all += notes.prefix(Form.noteRows).map { Row(index: index, note: $0, row: 0) }
    }
    let first = all.firstIndex { $0.index == focus } ?? 0
    let last = all.lastIndex { $0.index == focus } ?? 0
    let top = min(first, max(0, last + 1 - area.rows))
    return all.dropFirst(top).prefix(area.rows).enumerated().map { offset, row in
      Row(index: row.index, note: row.note, row: area.row + offset)
    }
  }
}
