internal import CCurses
internal import CSystem
internal import Glibc
package import TerminalUI

/// The terminal on standard input and output, from `init` to `close`.
///
/// For one thread, which must be the first one: make it before others are started, because they
/// inherit the mask of signals that are read here. Every end of the process, but for SIGKILL,
/// gives the terminal back as it was: `close`, a crash in any thread, Ctrl-Z until `fg`.
package final class CursesTerminal {
  package enum ColorChoice: Hashable, Sendable {
    /// When the terminal has colours and the variable `NO_COLOR` is not set or empty.
    case auto
    case never
  }

  package struct Options: Hashable, Sendable {
    package var color: ColorChoice
    /// Whether the mouse sends events; the terminal's own selection of text then needs Shift.
    package var mouse: Bool
    /// Whether to paint ASCII only.
    package var ascii: Bool

    package init(color: ColorChoice = .auto, mouse: Bool = false, ascii: Bool = false) {
      self.color = color
      self.mouse = mouse
      self.ascii = ascii
    }
  }

  /// The terminal's size, at most that of the largest frame.
  package private(set) var size: Size
  /// Wakes a `wait`.
  package let waker: Waker
  /// Runs the body that stops the process; here the owner lets go first of what others wait for.
  package var aroundStop: (_ stop: () -> Void) -> Void = { $0() }

  enum Connection {
    case up
    /// The terminal has hung up, and the program was not told yet.
    case lost
    case gone
  }

  let signalDescriptor: Int32
  var decoder: InputDecoder
  /// False after `close` and while stopped.
  private(set) var ownsScreen = true
  var connection = Connection.up

  private let options: Options
  private let palette: Palette
  private var isOpen = true
  private var painted: [PaintedRow] = []
  private var lastFrame: Frame?

  /// Takes the screen.
  ///
  /// What is wrong with the terminal is thrown before anything has been changed or written.
  package init(_ options: Options = Options()) throws(TerminalError) {
    try Self.checkTerminal()
    self.options = options
    size = Self.currentSize()
    waker = Waker(counter: try EventCounter())
    signalDescriptor = csystem_take_signals(Self.signals, Int32(Self.signals.count))
    if signalDescriptor < 0 { throw .refused(errno) }
    let wantsMouse: Int32 = options.mouse ? 1 : 0
    guard ccurses_start(Int32(size.rows), Int32(size.columns), wantsMouse) == 0 else {
      let number = errno
      csystem_return_signals()
      Glibc.close(signalDescriptor)
      throw .refused(number)
    }
    decoder = InputDecoder(
      keys: Self.describedKeys(), escapeDelay: Self.escapeDelay(), mouse: options.mouse)
    let isColorful = options.color == .auto && Self.variable("NO_COLOR").isEmpty
    palette = Palette(hasColors: isColorful)
  }

  deinit { close() }

  /// Gives the terminal back as it was; more than once does no harm.
  package func close() {
    guard isOpen else { return }
    isOpen = false
    if ownsScreen { ccurses_give_back() }
    ownsScreen = false
    ccurses_end()
    csystem_return_signals()
    Glibc.close(signalDescriptor)
  }

  /// Shows a frame; what it has beyond the terminal's size is left off.
  ///
  /// Only what differs from the last one is sent. The cursor is shown where the frame has it,
  /// and hidden when it has none.
  package func paint(_ frame: Frame) {
    lastFrame = frame
    guard ownsScreen else { return }
    let frame = options.ascii ? frame.asciiOnly() : frame
    let screen = ccurses_screen()
    var glyphs: [PlacedGlyph] = []
    for row in 0..<size.rows {
      let isNew = row >= painted.count
      if isNew { painted.append(PaintedRow()) }
      let runs = frame.runs(row: row)
      if !isNew && painted[row].runs == runs { continue }
      // Where glyphs were placed, curses does not know what the terminal really shows.
      if painted[row].hasGlyphs { wredrawln(screen, Int32(row), 1) }
      let line = SkeletonLine(runs, columns: size.columns, palette)
      painted[row] = PaintedRow(runs: runs, hasGlyphs: !line.glyphs.isEmpty)
      line.write(to: screen, row: Int32(row))
      glyphs += line.glyphs.map { PlacedGlyph(row: Int32(row), cell: $0) }
    }
    update(cursor: frame.cursor, glyphs)
  }

  /// Forgets what was typed ahead, also what is still on its way through the kernel.
  ///
  /// It is read, not flushed: of a paste that has begun the rest is to come, and without its
  /// beginning that would be taken for keys.
  package func dropTypeahead() {
    _ = readKeys(atMost: 256)
    decoder.discard()
  }

  private func update(cursor: Position?, _ glyphs: [PlacedGlyph]) {
    let screen = ccurses_screen()
    let column = Int32(min(max(0, cursor?.column ?? 0), size.columns - 1))
    let row = Int32(min(max(0, cursor?.row ?? 0), size.rows - 1))
    ccurses_begin_frame()
    wmove(screen, row, column)
    curs_set(cursor == nil ? 0 : 1)
    wnoutrefresh(screen)
    doupdate()
    for glyph in glyphs {
      let look = glyph.cell.look
      ccurses_place(
        glyph.row, Int32(glyph.cell.column), look.attributes, look.pair, glyph.cell.text)
    }
    if !glyphs.isEmpty { ccurses_settle(row, column) }
    ccurses_end_frame()
  }
}

// MARK: Signals that concern the screen

extension CursesTerminal {
  /// Stops the process as Ctrl-Z does, with the terminal as it was before.
  ///
  /// Returns when it is continued; false when that is in the background, without the terminal.
  func suspend() -> Bool {
    if ownsScreen { ccurses_give_back() }
    ownsScreen = false
    aroundStop { csystem_stop(SIGTSTP) }
    return isInForeground
  }

  /// Takes the screen, which another program may have changed, and the size of now.
  func takeScreen() {
    guard isOpen, connection == .up else { return }
    if ownsScreen { ccurses_give_back() }
    ccurses_take_again()
    ownsScreen = true
    resize()
    if let lastFrame { paint(lastFrame) }
  }

  /// Whether the terminal listens to this process now.
  var isInForeground: Bool { tcgetpgrp(STDIN_FILENO) == getpgrp() }

  /// Reads the size from the terminal, and paints everything anew at the next occasion.
  func resize() {
    size = Self.currentSize()
    painted = []
    ccurses_resize(Int32(size.rows), Int32(size.columns))
    werase(ccurses_screen())
    ccurses_forget_screen()
  }
}

// MARK: What the terminal is

extension CursesTerminal {
  static let signals = [SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGWINCH, SIGTSTP, SIGCONT]

  private static func checkTerminal() throws(TerminalError) {
    guard isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1 else { throw .notATerminal }
    switch ccurses_check_terminal() {
    case 0: break
    case 1: throw .unknownTerminal(variable("TERM"))
    default: throw .tooDumb(variable("TERM"))
    }
  }

  private static func currentSize() -> Size {
    var window = winsize()
    let isKnown = ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &window) == 0
    // A serial line claims to have no size at all.
    let columns = isKnown && window.ws_col > 0 ? Int(window.ws_col) : 80
    let rows = isKnown && window.ws_row > 0 ? Int(window.ws_row) : 24
    return Size(
      columns: min(columns, Frame.largest.columns), rows: min(rows, Frame.largest.rows))
  }

  private static func escapeDelay() -> Int {
    Int(variable("ESCDELAY")).map { min(max(0, $0), 500) } ?? 25
  }

  private static func variable(_ name: String) -> String {
    getenv(name).map { String(cString: $0) } ?? ""
  }

  private static func describedKeys() -> [[UInt8]: Key] {
    var names: [String: Key] = [
      "kcuu1": .up, "kcud1": .down, "kcub1": .left, "kcuf1": .right, "khome": .home, "kend": .end,
      "kpp": .pageUp, "knp": .pageDown, "kdch1": .delete, "kcbt": .backTab, "kent": .enter,
      "kbs": .backspace,
    ]
    for number in 1...12 { names["kf\(number)"] = .function(number) }
    var keys: [[UInt8]: Key] = [:]
    for (name, key) in names {
      guard let sequence = ccurses_capability(name).map({ Array(String(cString: $0).utf8) }),
        sequence.count > 1, sequence[0] == 0x1B
      else { continue }
      keys[sequence] = key
    }
    return keys
  }
}
