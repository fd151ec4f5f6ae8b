import CSystem
import CVTerm
import TestSupport

// What the operator does.

extension TerminalProgram {
  enum Key {
    case up, down, left, right, home, end, pageUp, pageDown, insert, delete
    case enter, escape, tab, backTab, backspace
    /// Ctrl with a letter.
    case control(Unicode.Scalar)
    case function(Int)
  }

  func type(_ text: String) {
    for scalar in text.unicodeScalars {
      vterm_keyboard_unichar(terminal, scalar.value, VTERM_MOD_NONE)
    }
    flush()
  }

  /// Answers a confirmation that is on the screen, as a person does: reads it, then presses `y`.
  func confirm() throws {
    let isRead = monotonicSeconds() + 0.35
    try wait("the confirmation has been read") { monotonicSeconds() > isRead }
    type("y")
  }

  func key(_ key: Key) {
    switch key {
    case .up: press(VTERM_KEY_UP)
    case .down: press(VTERM_KEY_DOWN)
    case .left: press(VTERM_KEY_LEFT)
    case .right: press(VTERM_KEY_RIGHT)
    case .home: press(VTERM_KEY_HOME)
    case .end: press(VTERM_KEY_END)
    case .pageUp: press(VTERM_KEY_PAGEUP)
    case .pageDown: press(VTERM_KEY_PAGEDOWN)
    case .insert: press(VTERM_KEY_INS)
    case .delete: press(VTERM_KEY_DEL)
    case .enter: press(VTERM_KEY_ENTER)
    case .escape: press(VTERM_KEY_ESCAPE)
    case .tab: press(VTERM_KEY_TAB)
    case .backTab: press(VTERM_KEY_TAB, VTERM_MOD_SHIFT)
    case .backspace: press(VTERM_KEY_BACKSPACE)
    case .control(let letter):
      vterm_keyboard_unichar(terminal, letter.value, VTERM_MOD_CTRL)
    case .function(let number):
      press(VTermKey(VTERM_KEY_FUNCTION_0.rawValue + UInt32(number)))
    }
    flush()
  }

  private func press(_ key: VTermKey, _ modifier: VTermModifier = VTERM_MOD_NONE) {
    vterm_keyboard_key(terminal, key, modifier)
  }

  /// Sends bytes as they are, with a terminal's own line ends.
  func send(_ bytes: String) { write(Array(bytes.utf8)) }

  func paste(_ text: String) {
    vterm_keyboard_start_paste(terminal)
    flush()
    send(String(String.UnicodeScalarView(text.unicodeScalars.map { $0 == "\n" ? "\r" : $0 })))
    vterm_keyboard_end_paste(terminal)
    flush()
  }

  func click(column: Int, row: Int) { button(1, column: column, row: row) }

  /// Turns the wheel by one notch.
  func wheel(up: Bool, column: Int, row: Int) { button(up ? 4 : 5, column: column, row: row) }

  private func button(_ number: Int32, column: Int, row: Int) {
    vterm_mouse_move(terminal, Int32(row), Int32(column), VTERM_MOD_NONE)
    vterm_mouse_button(terminal, number, true, VTERM_MOD_NONE)
    vterm_mouse_button(terminal, number, false, VTERM_MOD_NONE)
    flush()
  }

  /// The kernel tells the program.
  func resize(columns: Int, rows: Int) {
    self.rows = rows
    self.columns = columns
    // libvterm writes to nowhere where a wide character has no room at all.
    vterm_set_size(terminal, Int32(rows), Int32(max(2, columns)))
    _ = csystem_resize_terminal(master, Int32(rows), Int32(columns))
  }
}
