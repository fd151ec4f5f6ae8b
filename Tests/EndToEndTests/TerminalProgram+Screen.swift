import CVTerm
import Glibc
import TestSupport

// What the operator sees.

extension TerminalProgram {
  struct Cell: Equatable {
    var text = ""
    var width = 1
    var isBold = false
    var isReversed = false
    var isUnderlined = false
    /// The number of an ANSI colour; nil is the terminal's own.
    var color: Int?
    var background: Int?
  }

  func cell(column: Int, row: Int) -> Cell {
    var raw = VTermScreenCell()
    let position = VTermPos(row: Int32(row), col: Int32(column))
    guard vterm_screen_get_cell(screen, position, &raw) != 0 else { return Cell() }
    var cell = Cell()
    withUnsafeBytes(of: raw.chars) { scalars in
      for value in scalars.bindMemory(to: UInt32.self) {
        guard value != 0, let scalar = Unicode.Scalar(value) else { break }
        cell.text.unicodeScalars.append(scalar)
      }
    }
    cell.width = Int(raw.width)
    cell.isBold = raw.attrs.bold != 0
    cell.isReversed = raw.attrs.reverse != 0
    cell.isUnderlined = raw.attrs.underline != 0
    cell.color = Self.number(raw.fg)
    cell.background = Self.number(raw.bg)
    return cell
  }

  private static func number(_ color: VTermColor) -> Int? {
    let defaults = UInt8(VTERM_COLOR_DEFAULT_MASK.rawValue)
    let isIndexed = color.type & UInt8(VTERM_COLOR_TYPE_MASK.rawValue) != 0
    return isIndexed && color.type & defaults == 0 ? Int(color.indexed.idx) : nil
  }

  /// A row without the blanks at its end.
  func row(_ row: Int) -> String {
    var text = ""
    var column = 0
    while column < columns {
      let cell = cell(column: column, row: row)
      text += cell.text.isEmpty ? " " : cell.text
      column += max(1, cell.width)
    }
    while text.last == " " { text.removeLast() }
    return text
  }

  func text() -> String { (0..<rows).map(row).joined(separator: "\n") }

  /// Where the text stands, when it does.
  func find(_ text: String) -> (column: Int, row: Int)? {
    for row in 0..<rows {
      for column in 0..<columns where cell(column: column, row: row).text == text.prefix(1) {
        var rest = text[...]
        var next = column
        while let first = rest.first, cell(column: next, row: row).text == String(first) {
          next += max(1, cell(column: next, row: row).width)
          rest.removeFirst()
        }
        if rest.isEmpty { return (column, row) }
      }
    }
    return nil
  }
}

// MARK: The terminal's state

extension TerminalProgram {
  /// Whether it shows what is typed, as a shell leaves it.
  ///
  /// Only certain after the program has ended or stopped: programs give the screen back first.
  var echoOn: Bool {
    var modes = termios()
    let flags = tcflag_t(ECHO | ICANON)
    return tcgetattr(master, &modes) == 0 && modes.c_lflag & flags == flags
  }

  /// Whether a paste would be marked as one.
  var pasteOn: Bool {
    !answer { vterm_keyboard_start_paste(terminal) }.isEmpty
  }

  /// Whether keys are sent as those of an application, which shells do not expect.
  var applicationKeysOn: Bool {
    answer { vterm_keyboard_key(terminal, VTERM_KEY_UP, VTERM_MOD_NONE) } == "\u{1B}OA"
  }

  /// What the terminal would send, but is not sent.
  private func answer(_ action: () -> Void) -> String {
    action()
    var bytes = [CChar](repeating: 0, count: 64)
    let count = vterm_output_read(terminal, &bytes, bytes.count)
    return String(decoding: bytes[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// What the program has left behind on the terminal; empty when it is as it was.
  var leftovers: [String] {
    var found: [String] = []
    if altScreen { found.append("alternate screen") }
    if isCursorHidden { found.append("hidden cursor") }
    if mouseOn { found.append("mouse") }
    if pasteOn { found.append("marked pastes") }
    if applicationKeysOn { found.append("application keys") }
    if Self.modes(master) != modesAtStart { found.append("modes") }
    for (attribute, name) in [
      (VTERM_ATTR_BOLD, "bold"), (VTERM_ATTR_REVERSE, "reverse"),
      (VTERM_ATTR_UNDERLINE, "underline"),
    ] {
      var value = VTermValue()
      vterm_state_get_penattr(vterm_obtain_state(terminal), attribute, &value)
      if value.number != 0 { found.append(name) }
    }
    return found
  }

  /// Whether the last word on the cursor was to hide it.
  ///
  /// libvterm shows it again with the alternate screen's end, and other terminals do not.
  private var isCursorHidden: Bool {
    let words = output.split(separator: 0x1B).filter {
      $0.starts(with: "[?25l".utf8) || $0.starts(with: "[?25h".utf8)
    }
    return words.last?.starts(with: "[?25l".utf8) ?? false
  }

  /// The modes that the kernel gives to every new terminal.
  static func freshModes() throws -> [UInt64] {
    let master = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
    guard master >= 0 else { throw SystemError("open /dev/ptmx") }
    defer { close(master) }
    return modes(master)
  }

  static func modes(_ master: Int32) -> [UInt64] {
    var modes = termios()
    guard tcgetattr(master, &modes) == 0 else { return [] }
    let flags = [modes.c_iflag, modes.c_oflag, modes.c_cflag, modes.c_lflag].map { UInt64($0) }
    return withUnsafeBytes(of: modes.c_cc) { flags + $0.map { UInt64($0) } }
  }
}
