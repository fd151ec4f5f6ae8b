extension Frame {
  /// Cells of one row that stand together and look alike.
  package struct Run: Hashable, Sendable {
    package var column: Int
    package var text: String
    package var style: Style
  }

  /// One row from left to right, without gaps: what a driver paints.
  package func runs(row: Int) -> [Run] {
    guard (0..<size.rows).contains(row) else { return [] }
    var runs: [Run] = []
    for column in 0..<size.columns {
      let glyph = glyphs[row * size.columns + column]
      if runs.last?.style != glyph.style {
        runs.append(Run(column: column, text: "", style: glyph.style))
      }
      glyph.append(to: &runs[runs.count - 1].text)
    }
    return runs
  }

  /// What a reader sees: the rows, without the blanks at their ends.
  package func text() -> String {
    (0..<size.rows).map { row in
      var text = ""
      for glyph in glyphs[row * size.columns..<(row + 1) * size.columns] {
        glyph.append(to: &text)
      }
      return text.withoutTrailingBlanks
    }.joined(separator: "\n")
  }

  /// Like `text()`, with the styles: `[title]Users[/]`, and what is selected as `{Users}`.
  package func marked() -> String {
    (0..<size.rows).map { row in
      var text = ""
      var runs = runs(row: row)
      if let last = runs.last, last.style == .normal {
        runs[runs.count - 1].text = last.text.withoutTrailingBlanks
      }
      for run in runs {
        let role = run.style.role
        let inner = role == .normal ? run.text : "[\(role.rawValue)]\(run.text)[/]"
        text += run.style.isSelected ? "{\(inner)}" : inner
      }
      return text
    }.joined(separator: "\n")
  }

  /// The same picture for a terminal that shows ASCII only.
  ///
  /// What the program itself draws becomes a look-alike, any other glyph a `?` for each of its
  /// columns.
  package func asciiOnly() -> Frame {
    var frame = self
    for index in frame.glyphs.indices {
      let glyph = frame.glyphs[index]
      if let scalar = glyph.single, (0x20..<0x7F).contains(scalar) { continue }
      let likeness = glyph.single.flatMap { asciiLikeness[$0] } ?? UInt8(ascii: "?")
      frame.glyphs[index] = Glyph(UInt32(likeness), width: 1, style: glyph.style)
    }
    return frame
  }
}

extension String {
  fileprivate var withoutTrailingBlanks: String {
    var text = unicodeScalars[...]
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}

private let asciiLikeness: [UInt32: UInt8] = {
  let pairs: [(String, String)] = [
    ("\u{2026}\u{00B7}\u{2022}", "~.*"),
    ("\u{2190}\u{2191}\u{2192}\u{2193}", "<^>v"),
    ("\u{25B2}\u{25BC}\u{25B6}\u{25C0}", "^v><"),
    ("\u{2713}\u{2714}\u{2717}\u{2718}\u{00D7}", "++xxx"),
    ("\u{258F}\u{258E}\u{258D}\u{258C}\u{258B}\u{258A}\u{2589}\u{2588}", "---====#"),
    ("\u{2591}\u{2592}\u{2593}", ".:%"),
    ("\u{2014}\u{2013}", "--"),
  ]
  var table: [UInt32: UInt8] = [:]
  for (scalars, letters) in pairs {
    for (scalar, letter) in zip(scalars.unicodeScalars, letters.utf8) {
      table[scalar.value] = letter
    }
  }
  // Box drawing: lines along the row, lines across it, and everything that joins the two.
  for value in UInt32(0x2500)...0x257F { table[value] = UInt8(ascii: "+") }
  for value in [0x2500, 0x2501, 0x2504, 0x2505, 0x2508, 0x2509, 0x254C, 0x254D, 0x2550] as [UInt32]
  { table[value] = UInt8(ascii: "-") }
  for value in [0x2502, 0x2503, 0x2506, 0x2507, 0x250A, 0x250B, 0x254E, 0x254F, 0x2551] as [UInt32]
  { table[value] = UInt8(ascii: "|") }
  return table
}()
