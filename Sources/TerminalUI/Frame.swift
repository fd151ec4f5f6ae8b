/// One picture of the whole terminal, as a value.
///
/// Only `DisplayText` goes in. What lies outside is clipped at any numbers: nothing here
/// traps. A frame is at most 1024 columns by 512 rows.
package struct Frame: Hashable, Sendable {
  /// What one cell holds.
  package struct Cell: Hashable, Sendable {
    /// A glyph with its marks; empty in the right half of a wide one.
    package let text: String
    /// 1 or 2, or 0 for the right half of a wide one.
    package let width: Int
    package let style: Style
  }

  package static let largest = Size(columns: 1024, rows: 512)

  package let size: Size
  /// Where the terminal's cursor stands; it follows the focus, and is never outside.
  package var cursor: Position? {
    didSet { if let cursor, !contains(cursor) { self.cursor = nil } }
  }
  var glyphs: [Glyph]

  package init(size: Size) {
    self.size = Size(
      columns: min(max(0, size.columns), Self.largest.columns),
      rows: min(max(0, size.rows), Self.largest.rows))
    glyphs = Array(repeating: .blank(.normal), count: self.size.columns * self.size.rows)
  }

  package var area: Area { Area(size) }

  package func contains(_ position: Position) -> Bool {
    (0..<size.columns).contains(position.column) && (0..<size.rows).contains(position.row)
  }

  /// The cell there; a blank one outside.
  package subscript(column column: Int, row row: Int) -> Cell {
    guard contains(Position(column: column, row: row)) else {
      return Cell(text: " ", width: 1, style: .normal)
    }
    let glyph = glyphs[row * size.columns + column]
    var text = ""
    glyph.append(to: &text)
    return Cell(text: text, width: Int(glyph.width), style: glyph.style)
  }

  /// Writes text and returns the column after it.
  ///
  /// Text of more than `width` columns, or that reaches over the right edge, is cut and ends
  /// with `…`. Shorter text is not filled up.
  @discardableResult
  package mutating func put(
    _ text: DisplayText, at position: Position, width: Int? = nil, style: Style = .normal
  ) -> Int {
    let column = position.column
    guard column < size.columns, column > -1_000_000 else { return column }
    let text = text.cut(to: min(width ?? .max, size.columns - column))
    let end = column + text.width
    guard (0..<size.rows).contains(position.row), end > 0, !text.isEmpty else { return end }
    let start = position.row * size.columns
    separate(at: max(0, column), row: position.row)
    separate(at: end, row: position.row)
    if text.isASCII {
      for (offset, byte) in text.string.utf8.enumerated() where column + offset >= 0 {
        glyphs[start + column + offset] = Glyph(UInt32(byte), width: 1, style: style)
      }
    } else {
      write(text, at: column, rowStart: start, style)
    }
    return end
  }

  /// Makes an area blank, in a style.
  package mutating func fill(_ area: Area, _ style: Style = .normal) {
    let columns = clip(area.column, area.columns, size.columns)
    for row in clip(area.row, area.rows, size.rows) where !columns.isEmpty {
      separate(at: columns.lowerBound, row: row)
      separate(at: columns.upperBound, row: row)
      for column in columns { glyphs[row * size.columns + column] = .blank(style) }
    }
  }

  /// Lays another frame upon this one; its cursor, if it has one, becomes this one's.
  package mutating func place(_ other: Frame, at position: Position) {
    if let cursor = other.cursor {
      self.cursor = Position(
        column: position.column &+ cursor.column, row: position.row &+ cursor.row)
    }
    let columns = clip(position.column, other.size.columns, size.columns)
    for row in clip(position.row, other.size.rows, size.rows) where !columns.isEmpty {
      separate(at: columns.lowerBound, row: row)
      separate(at: columns.upperBound, row: row)
      let theirs = (row - position.row) * other.size.columns - position.column
      let ours = row * size.columns
      for column in columns { glyphs[ours + column] = other.glyphs[theirs + column] }
      // A wide glyph of theirs may have lost one half at either edge.
      let first = ours + columns.lowerBound
      let last = ours + columns.upperBound - 1
      if glyphs[first].width == 0 { glyphs[first] = .blank(glyphs[first].style) }
      if glyphs[last].width == 2 { glyphs[last] = .blank(glyphs[last].style) }
    }
  }

  private mutating func write(
    _ text: DisplayText, at column: Int, rowStart: Int, _ style: Style
  ) {
    var column = column
    for scalar in text.string.unicodeScalars {
      let columns = scalar.columns
      if columns == 0 {
        if column > 0 { glyphs[lastGlyph(before: rowStart + column)].add(mark: scalar.value) }
        continue
      }
      if column >= 0 {
        glyphs[rowStart + column] = Glyph(scalar.value, width: columns, style: style)
        if columns == 2 { glyphs[rowStart + column + 1] = .rightHalf(style) }
      } else if column + columns > 0 {
        glyphs[rowStart] = .blank(style)
      }
      column += columns
    }
  }

  private func lastGlyph(before index: Int) -> Int {
    index > 1 && glyphs[index - 1].width == 0 ? index - 2 : index - 1
  }

  /// Blanks a wide glyph that would lose one half to what is written from or up to `column`.
  private mutating func separate(at column: Int, row: Int) {
    guard column > 0, column < size.columns else { return }
    let index = row * size.columns + column
    guard glyphs[index].width == 0 else { return }
    glyphs[index - 1] = .blank(glyphs[index - 1].style)
    glyphs[index] = .blank(glyphs[index].style)
  }

  /// The part of `start..<start + count` that lies in `0..<limit`.
  private func clip(_ start: Int, _ count: Int, _ limit: Int) -> Range<Int> {
    let (sum, isTooLarge) = start.addingReportingOverflow(max(0, count))
    let first = min(max(0, start), limit)
    return first..<max(first, min(isTooLarge ? limit : sum, limit))
  }
}
