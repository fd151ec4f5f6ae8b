extension StyledLine {
  /// A line of texts, each in its own style.
  package init(_ runs: [(DisplayText, Style)]) {
    self.init()
    for (text, style) in runs { append(text, style) }
  }

  /// The same line, shown as under the focus when `flag` holds.
  package func selected(_ flag: Bool) -> StyledLine {
    guard flag else { return self }
    return StyledLine(runs.map { ($0.text, $0.style.selected()) })
  }
}
