/// A key and what it does here.
package struct KeyHint: Hashable, Sendable {
  package var key: DisplayText
  package var label: DisplayText

  package init(_ key: DisplayText, _ label: DisplayText) {
    self.key = key
    self.label = label
  }

  var line: StyledLine { StyledLine(key, .key) + StyledLine(" " + label) }
}

/// The footer: the main keys, and at the right end the one that lists all.
package struct KeyHints: Hashable, Sendable {
  /// The most important first; what does not fit is left out, and shorter ones take its place.
  package var hints: [KeyHint]
  /// Never left out.
  package var help: KeyHint

  package init(_ hints: [KeyHint], help: KeyHint = KeyHint("?", "Help")) {
    self.hints = hints
    self.help = help
  }

  /// The footer, exactly that wide.
  package func line(width: Int) -> StyledLine {
    guard width > help.line.width else {
      return StyledLine(help.key, .key).cut(to: width)
    }
    var line = StyledLine()
    for hint in hints {
      let gap = line.isEmpty ? 0 : 2
      guard line.width + gap + hint.line.width + 2 + help.line.width <= width else { continue }
      line.append(.blanks(gap))
      line += hint.line
    }
    line.append(.blanks(width - line.width - help.line.width))
    return line + help.line
  }

  package func draw(into frame: inout Frame, area: Area) {
    guard area.rows > 0 else { return }
    frame.put(
      line(width: area.columns), at: Position(column: area.column, row: area.row),
      width: area.columns)
  }
}
