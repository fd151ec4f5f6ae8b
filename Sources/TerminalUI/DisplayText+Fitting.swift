/// Where text stands in a space that is wider.
package enum Alignment: Hashable, Sendable {
  case left
  case center
  case right
}

extension DisplayText {
  /// At most `limit` columns of it, the last one `…` when something was left off.
  ///
  /// Cut between what people take for letters; a glyph of two columns never straddles the end,
  /// so the result may be narrower.
  package func cut(to limit: Int) -> DisplayText {
    if width <= limit { return self }
    if limit <= 0 { return .empty }
    return prefix(limit - 1) + .ellipsis
  }

  /// Like `cut(to:)`, but keeps the end.
  package func cutStart(to limit: Int) -> DisplayText {
    if width <= limit { return self }
    if limit <= 0 { return .empty }
    if isASCII {
      return .ellipsis + DisplayText(safe: String(string.suffix(limit - 1)), width: limit - 1)
    }
    var kept: [DisplayText] = []
    var room = limit - 1
    for letter in letters.reversed() {
      guard letter.width <= room else { break }
      kept.append(letter)
      room -= letter.width
    }
    return .ellipsis + kept.reversed().joined()
  }

  /// Exactly `columns` columns: cut or filled with blanks.
  package func padded(to columns: Int, alignment: Alignment = .left) -> DisplayText {
    let text = cut(to: columns)
    let missing = max(0, columns) - text.width
    if missing == 0 { return text }
    let left =
      switch alignment {
      case .left: 0
      case .center: missing / 2
      case .right: missing
      }
    return .blanks(left) + text + .blanks(missing - left)
  }

  /// Lines of at most `limit` columns, broken at blanks where there are some.
  package func wrapped(to limit: Int) -> [DisplayText] {
    guard limit > 0 else { return [] }
    var lines: [DisplayText] = []
    var line = DisplayText.empty
    var gap = 0
    for word in words {
      if word.isEmpty {
        gap += 1
        continue
      }
      if line.width + gap + word.width <= limit {
        line += .blanks(gap) + word
      } else {
        if !line.isEmpty { lines.append(line) }
        line = word.broken(to: limit, into: &lines)
      }
      gap = 1
    }
    if !line.isEmpty || lines.isEmpty { lines.append(line) }
    return lines
  }

  /// Its cells, each a glyph of one or two columns with the marks upon it.
  package var cells: [(text: String, width: Int)] {
    var cells: [(text: String, width: Int)] = []
    for scalar in string.unicodeScalars {
      let columns = scalar.columns
      if columns > 0 {
        cells.append((String(scalar), columns))
      } else if !cells.isEmpty {
        cells[cells.count - 1].text.unicodeScalars.append(scalar)
      }
    }
    return cells
  }

  /// The parts between blanks; a blank with a mark upon it is a letter like others.
  private var words: [DisplayText] {
    let scalars = string.unicodeScalars
    var words: [DisplayText] = []
    var start = scalars.startIndex
    var position = start
    var columns = 0
    while position < scalars.endIndex {
      let next = scalars.index(after: position)
      let isMarked = next < scalars.endIndex && scalars[next].columns == 0
      if scalars[position] == " ", !isMarked {
        words.append(DisplayText(safe: String(scalars[start..<position]), width: columns))
        start = next
        columns = 0
      } else {
        columns += scalars[position].columns
      }
      position = next
    }
    words.append(DisplayText(safe: String(scalars[start...]), width: columns))
    return words
  }

  /// The whole letters that fit into `limit` columns.
  private func prefix(_ limit: Int) -> DisplayText {
    if isASCII { return DisplayText(safe: String(string.prefix(limit)), width: limit) }
    var end = string.startIndex
    var used = 0
    for letter in Letters(string) {
      guard used + letter.width <= limit else { break }
      used += letter.width
      end = letter.end
    }
    return DisplayText(safe: String(string[..<end]), width: used)
  }

  private var letters: [DisplayText] {
    Letters(string).map { DisplayText(safe: String(string[$0.start..<$0.end]), width: $0.width) }
  }

  /// Appends all lines but the last, which is returned.
  private func broken(to limit: Int, into lines: inout [DisplayText]) -> DisplayText {
    if width <= limit { return self }
    var line = DisplayText.empty
    for letter in letters {
      if line.width + letter.width > limit, !line.isEmpty {
        lines.append(line)
        line = .empty
      }
      line += letter.cut(to: limit)
    }
    return line
  }
}

/// The grapheme clusters of safe text with their columns.
///
/// A cluster has no upper bound (a hand may be followed by any number of skin tones), so those
/// of more than eight columns fall into their cells: one name must not vanish behind an ellipsis.
private struct Letters: Sequence, IteratorProtocol {
  struct Letter {
    var start: String.Index
    var end: String.Index
    var width: Int
  }

  private let string: String
  private var position: String.Index
  /// The end of a cluster that is handed out cell by cell.
  private var wideEnd: String.Index

  init(_ string: String) {
    self.string = string
    position = string.startIndex
    wideEnd = position
  }

  mutating func next() -> Letter? {
    guard position < string.endIndex else { return nil }
    if position >= wideEnd {
      let end = string.index(after: position)
      let width = string.unicodeScalars[position..<end].reduce(0) { $0 + $1.columns }
      if width <= 8 { return advance(to: end, width) }
      wideEnd = end
    }
    let scalars = string.unicodeScalars
    let width = scalars[position].columns
    var end = scalars.index(after: position)
    while end < wideEnd, scalars[end].columns <= 0 { end = scalars.index(after: end) }
    return advance(to: end, width)
  }

  private mutating func advance(to end: String.Index, _ width: Int) -> Letter {
    defer { position = end }
    return Letter(start: position, end: end, width: width)
  }
}
