/// One column of a table, and how much room it wants.
package struct TableColumn: Hashable, Sendable {
  package enum Order: Hashable, Sendable {
    case ascending
    case descending
  }

  /// Where a column came to stand.
  package struct Placement: Hashable, Sendable {
    /// Its index among all columns.
    package let index: Int
    package let start: Int
    package let width: Int
  }

  /// Blanks between two columns.
  package static let gap = 2

  package var title: DisplayText
  /// Below this width the column is of no use.
  package var minimum: Int
  /// The width that fits what usually stands there.
  package var ideal: Int
  /// The width above which room is given to others; `.max` for a column that takes what is left.
  package var maximum: Int
  package var alignment: Alignment
  /// Where there is too little room, the column of the lowest priority goes first.
  package var priority: Int
  /// Whether the rows are sorted by this column.
  package var order: Order?

  /// A column; without `ideal` and `maximum` its width is fixed.
  package init(
    _ title: DisplayText, minimum: Int, ideal: Int? = nil, maximum: Int? = nil,
    alignment: Alignment = .left, priority: Int = 0, order: Order? = nil
  ) {
    self.title = title
    self.minimum = min(max(1, minimum), 1_024)
    self.ideal = max(self.minimum, ideal ?? minimum)
    self.maximum = max(self.ideal, maximum ?? 0)
    self.alignment = alignment
    self.priority = priority
    self.order = order
  }

  /// Divides a width among the columns, from left to right.
  ///
  /// Columns that do not fit at their minimum are left out, the least important first and among
  /// equals the rightmost; the last one left is made as narrow as it takes. What is over goes in
  /// equal shares first to columns below their ideal width, then to those below their maximum.
  package static func layout(_ columns: [TableColumn], width: Int) -> [Placement] {
    guard width > 0 else { return [] }
    var shown = Array(columns.indices)
    func left() -> Int {
      width - shown.reduce(0) { $0 + columns[$1].minimum } - gap * (shown.count - 1)
    }
    while left() < 0, shown.count > 1 {
      let least = shown.map { columns[$0].priority }.min()
      guard let victim = shown.lastIndex(where: { columns[$0].priority == least }) else { break }
      shown.remove(at: victim)
    }
    var widths = shown.map { min(columns[$0].minimum, width) }
    var rest = max(0, left())
    grow(&widths, to: shown.map { columns[$0].ideal }, &rest)
    grow(&widths, to: shown.map { columns[$0].maximum }, &rest)
    var start = 0
    return zip(shown, widths).map { index, width in
      defer { start += width + gap }
      return Placement(index: index, start: start, width: width)
    }
  }

  /// The title in a width, with an arrow when the rows are sorted by this column.
  func header(width: Int) -> DisplayText {
    guard let order else { return title.padded(to: width, alignment: alignment) }
    let arrow: DisplayText = order == .ascending ? "\u{25B2}" : "\u{25BC}"
    let name = title.cut(to: width - 2)
    let text = name.isEmpty ? arrow : name + " " + arrow
    return text.padded(to: width, alignment: alignment)
  }

  private static func grow(_ widths: inout [Int], to goals: [Int], _ rest: inout Int) {
    while rest > 0 {
      let hungry = widths.indices.filter { widths[$0] < goals[$0] }
      if hungry.isEmpty { return }
      let share = max(1, rest / hungry.count)
      for index in hungry {
        let given = min(share, goals[index] - widths[index], rest)
        widths[index] += given
        rest -= given
      }
    }
  }
}
