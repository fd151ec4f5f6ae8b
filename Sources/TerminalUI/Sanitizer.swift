/// Turns untrusted scalars into bytes that are safe to show, and counts their columns.
///
/// Its output goes through it unchanged, also when it was cut short.
struct Sanitizer {
  /// More cells than any terminal has columns.
  ///
  /// What follows is not looked at, so that a megabyte costs no more than a long name.
  static let cellLimit = 4_096
  /// As many as ncurses keeps in one cell beside the base.
  static let marksPerCell = 4
  static let scalarLimit = cellLimit * (1 + marksPerCell)

  private(set) var bytes: [UInt8] = []
  private(set) var width = 0
  /// Nothing more will be taken.
  private(set) var isFull = false
  private var cells = 0
  private var scalars = 0
  /// Marks that follow the last base, kept or not.
  private var marks = 0
  /// Whether a mark has a base of the text itself to stand on.
  private var hasBase = false
  /// The longest output that leaves room for the ellipsis.
  private var fitting = (bytes: 0, width: 0)

  mutating func add(_ scalar: Unicode.Scalar) {
    guard countScalar() else { return }
    switch ScalarKind(scalar) {
    case .glyph(let columns):
      endMarks()
      addGlyph(scalar, columns)
    case .mark: addMark(scalar)
    case .control: addVisible("^\(Unicode.Scalar(UInt8(truncatingIfNeeded: scalar.value) ^ 0x40))")
    case .hidden: addVisible("<U+\(hexadecimal(scalar.value, digits: 4))>")
    }
  }

  /// A byte that belongs to no scalar.
  mutating func addInvalid(_ byte: UInt8) {
    guard countScalar() else { return }
    addVisible("<\(hexadecimal(UInt32(byte), digits: 2))>")
  }

  mutating func finish() {
    let ranOut = isFull
    isFull = false
    endMarks()
    noteFitting()
    guard ranOut || isFull else { return }
    bytes.removeLast(bytes.count - fitting.bytes)
    bytes.append(contentsOf: "\u{2026}".utf8)
    width = fitting.width + 1
  }

  private mutating func countScalar() -> Bool {
    scalars += 1
    if scalars > Self.scalarLimit { isFull = true }
    return !isFull
  }

  private mutating func addGlyph(_ scalar: Unicode.Scalar, _ columns: Int) {
    guard reserve(1) else { return }
    bytes.append(contentsOf: scalar.utf8)
    width += columns
    hasBase = true
  }

  private mutating func addMark(_ scalar: Unicode.Scalar) {
    if !hasBase { addGlyph("\u{25CC}", 1) }
    marks += 1
    if marks <= Self.marksPerCell, !isFull {
      bytes.append(contentsOf: scalar.utf8)
    }
  }

  private mutating func addVisible(_ text: String) {
    endMarks()
    guard reserve(text.utf8.count) else { return }
    bytes.append(contentsOf: text.utf8)
    width += text.utf8.count
    hasBase = false
  }

  private mutating func endMarks() {
    let left = marks - Self.marksPerCell
    marks = 0
    if left > 0 { addVisible("<+\(left)>") }
  }

  private mutating func reserve(_ count: Int) -> Bool {
    guard !isFull else { return false }
    noteFitting()
    guard cells + count <= Self.cellLimit else {
      isFull = true
      return false
    }
    cells += count
    return true
  }

  private mutating func noteFitting() {
    if cells < Self.cellLimit { fitting = (bytes.count, width) }
  }

  private func hexadecimal(_ value: UInt32, digits: Int) -> String {
    let text = String(value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, digits - text.count)) + text
  }
}
