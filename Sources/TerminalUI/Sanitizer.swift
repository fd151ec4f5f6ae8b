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
    case .control: addVisible([UInt8(ascii: "^"), UInt8(truncatingIfNeeded: scalar.value) ^ 0x40])
    case .hidden: addNumber("<U+", scalar.value, digits: 4)
    }
  }

  /// A byte that belongs to no scalar.
  mutating func addInvalid(_ byte: UInt8) {
    guard countScalar() else { return }
    addNumber("<", UInt32(byte), digits: 2)
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

  /// A number of at least so many hexadecimal digits, as `<U+202E>`.
  private mutating func addNumber(_ start: String, _ value: UInt32, digits: Int) {
    var mark = Array(start.utf8)
    let needed = (UInt32.bitWidth - value.leadingZeroBitCount + 3) / 4
    for place in (0..<max(digits, needed)).reversed() {
      let digit = UInt8(value >> (4 * UInt32(place)) & 0xF)
      mark.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "A") + digit - 10)
    }
    mark.append(UInt8(ascii: ">"))
    addVisible(mark)
  }

  /// ASCII that stands for something, upon which no mark can stand.
  private mutating func addVisible(_ text: [UInt8]) {
    endMarks()
    guard reserve(text.count) else { return }
    bytes.append(contentsOf: text)
    width += text.count
    hasBase = false
  }

  private mutating func endMarks() {
    let left = marks - Self.marksPerCell
    marks = 0
    if left > 0 { addVisible(Array("<+\(left)>".utf8)) }
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
}
