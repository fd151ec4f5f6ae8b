/// One line of text that is being typed.
///
/// The text is kept as it was typed or pasted; only what is shown goes through `DisplayText`.
package struct TextField: Hashable, Sendable {
  /// What was typed; setting it puts the cursor at the end.
  package var text: String {
    get { before + after }
    set {
      before = fitting(newValue, room: maximumLength)
      after = ""
    }
  }
  package var label: DisplayText
  /// Shown, faint, while nothing is typed.
  package var placeholder: DisplayText
  /// In scalars, as the database counts.
  package var maximumLength: Int

  // The cursor stands between the two, never inside a cluster.
  private var before = ""
  private var after = ""

  package init(
    _ label: DisplayText = .empty, text: String = "", placeholder: DisplayText = .empty,
    maximumLength: Int = 200
  ) {
    self.label = label
    self.placeholder = placeholder
    self.maximumLength = max(0, maximumLength)
    self.text = text
  }

  package var isEmpty: Bool { before.isEmpty && after.isEmpty }
  /// How many scalars stand before the cursor.
  package var cursor: Int { before.unicodeScalars.count }

  package mutating func clear() { text = "" }

  /// Edits the text; false for a key that means nothing here.
  package mutating func handle(_ key: Key) -> Bool {
    switch key {
    case .character(let scalar): insert(String(scalar))
    case .backspace: if !before.isEmpty { before.removeLast() }
    case .delete: if !after.isEmpty { after.removeFirst() }
    case .left: if let letter = before.popLast() { after = String(letter) + after }
    case .right: if !after.isEmpty { before.append(after.removeFirst()) }
    case .home, .control("a"): (before, after) = ("", before + after)
    case .end, .control("e"): (before, after) = (before + after, "")
    case .control("u"): before = ""
    case .control("k"): after = ""
    case .control("w"): deleteWord()
    default: return false
    }
    settle()
    return true
  }

  /// Inserts pasted text on one line.
  ///
  /// Line breaks and tabs become blanks, except at the ends; other control characters are
  /// dropped. Everything else stays, also what cannot be seen: the field shows its number.
  package mutating func paste(_ text: String) {
    // No more of it than could be kept is looked at.
    var scalars = Array(text.unicodeScalars.prefix(4 * maximumLength + 64))
    while let last = scalars.last, last.breaksLine { scalars.removeLast() }
    var line = String.UnicodeScalarView()
    for scalar in scalars {
      if scalar.breaksLine {
        if let last = line.last, last != " " { line.append(" ") }
      } else if scalar.properties.generalCategory != .control {
        line.append(scalar)
      }
    }
    insert(String(line))
  }

  /// The label, then the text, scrolled so that the cursor is in sight.
  package func draw(
    into frame: inout Frame, area: Area, isFocused: Bool, style: Style = .normal
  ) {
    guard area.rows > 0, area.columns > 0 else { return }
    var column = area.column
    let end = area.column + area.columns
    if !label.isEmpty {
      column = frame.put(
        label + " ", at: Position(column: column, row: area.row),
        width: max(0, area.columns - 8), style: .heading)
    }
    let start = Position(column: column, row: area.row)
    let (left, right) = visible(in: end - column)
    if isEmpty {
      frame.put(placeholder, at: start, width: end - column, style: .faint)
    } else {
      let next = frame.put(left, at: start, width: end - column, style: style)
      frame.put(
        right, at: Position(column: next, row: area.row), width: end - next, style: style)
    }
    if isFocused {
      frame.cursor = Position(column: min(column + left.width, end - 1), row: area.row)
    }
  }

  /// What is shown before and after the cursor.
  ///
  /// When not all fits, the cursor stands in the middle, or nearer to the end of the text that
  /// is in sight.
  private func visible(in columns: Int) -> (DisplayText, DisplayText) {
    let left = DisplayText(before)
    let right = DisplayText(after)
    // At the end the cursor needs a column of its own.
    let ahead = max(1, right.width)
    if left.width + ahead <= columns { return (left, right) }
    let room = max(columns / 2, columns - ahead)
    let start = left.cutStart(to: min(room, columns - 1))
    return (start, right.cut(to: columns - start.width))
  }

  private mutating func insert(_ text: String) {
    let room = maximumLength - before.unicodeScalars.count - after.unicodeScalars.count
    before += fitting(text, room: room)
    settle()
  }

  /// Moves the cursor on to the end of a cluster that an edit made around it.
  private mutating func settle() {
    let whole = before + after
    let cursor = whole.utf8.index(whole.startIndex, offsetBy: before.utf8.count)
    let boundary = whole.clusterBoundary(from: cursor)
    before = String(whole[..<boundary])
    after = String(whole[boundary...])
  }

  private mutating func deleteWord() {
    while before.last == " " { before.removeLast() }
    while let last = before.last, last != " " { before.removeLast() }
  }

  /// As many whole clusters as fit into so many scalars.
  private func fitting(_ text: String, room: Int) -> String {
    var result = ""
    var room = room
    for letter in text {
      let count = letter.unicodeScalars.count
      guard count <= room else { break }
      result.append(letter)
      room -= count
    }
    return result
  }
}

extension String {
  /// The index itself when a cluster begins there, else the end of the cluster it is in.
  fileprivate func clusterBoundary(from index: Index) -> Index {
    guard index < endIndex else { return endIndex }
    let end = self.index(after: index)
    return self.index(before: end) == index ? index : end
  }
}

extension Unicode.Scalar {
  fileprivate var breaksLine: Bool {
    switch value {
    case 0x09...0x0D, 0x85, 0x2028, 0x2029: true
    default: false
    }
  }
}
