internal import CompanyAccess
internal import Formats
internal import TerminalUI

/// Writes rows in aligned columns, for people; the title of a column of times says their zone.
///
/// The widths come from the header and the first rows; a later cell that is wider pushes the rest
/// of its line to the right, so that the memory stays flat however many rows there are.
final class TableWriter {
  /// How many rows decide about the widths.
  static let measuredRows = 1_000

  private let output: ByteWriter
  private let columns: [Column]
  private let color: Bool
  private var waiting: [[DisplayText]] = []
  private var widths: [Int]?
  /// The columns that have times, which are all on the local clock.
  private var timed: Set<Int> = []

  init(_ columns: [Column], color: Bool, _ output: ByteWriter) {
    self.columns = columns
    self.color = color
    self.output = output
  }

  func row(_ cells: [Cell]) throws(OutputError) {
    let texts = cells.map(TableWriter.text)
    if widths == nil {
      for (index, cell) in cells.enumerated() {
        if case .time = cell { timed.insert(index) }
      }
    }
    if let widths {
      try write(texts, widths)
    } else {
      waiting.append(texts)
      if waiting.count == TableWriter.measuredRows { try start() }
    }
  }

  /// Writes what still waits for its widths.
  func finish() throws(OutputError) {
    if widths == nil { try start() }
  }

  private func start() throws(OutputError) {
    let titles = columns.enumerated().map { index, column in
      DisplayText(column.title + (timed.contains(index) ? " (\(Timestamp.localZones))" : ""))
    }
    let measured = waiting.reduce(titles.map(\.width)) { widths, row in
      zip(widths, row).map { max($0, $1.width) }
    }
    widths = measured
    // Nothing to align: a header over nothing would look like a fault.
    guard !waiting.isEmpty else { return }
    if color { try output.write("\u{1B}[1m") }
    try write(titles, measured, endsStyle: color)
    for row in waiting { try write(row, measured) }
    waiting = []
  }

  private func write(
    _ texts: [DisplayText], _ widths: [Int], endsStyle: Bool = false
  ) throws(OutputError) {
    var line = ""
    for (index, text) in texts.enumerated() {
      let gap = String(repeating: " ", count: max(0, widths[index] - text.width))
      if index > 0 { line += "  " }
      line += columns[index].isNumber ? gap + text.string : text.string + gap
    }
    let last = line.utf8.lastIndex { $0 != 0x20 }
    let end = last.map { line.utf8.index(after: $0) } ?? line.startIndex
    try output.write(line[..<end] + (endsStyle ? "\u{1B}[0m\n" : "\n"))
  }

  /// What a table shows for a value.
  static func text(_ cell: Cell) -> DisplayText {
    switch cell {
    case .null: DisplayText("-")
    case .text(let text): DisplayText(text)
    case .integer(let number): DisplayText(Digits.grouped(Int(number)))
    case .identifier(let number): DisplayText("\(number)")
    case .flag(_, let word): DisplayText(word)
    case .time(let stored): DisplayText(Timestamp(stored: stored).localMinute)
    }
  }
}
