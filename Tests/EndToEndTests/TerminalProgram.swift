import CSystem
import CVTerm
import Glibc
import TestSupport

/// A program under a pseudo-terminal, with libvterm as the terminal.
///
/// Keys, the mouse and pastes are encoded as the modes that the program has set ask for. For one
/// thread. Nothing sleeps: `wait` reads what the program writes until a condition holds, and an
/// expectation about the screen belongs after one.
///
///     let desk = try TerminalProgram(builtProduct("company-access"), [path])
///     try desk.wait(text: "Bulk add")
///     desk.type("1")
///     try desk.wait("the selection") { desk.cell(column: 2, row: 3).isReversed }
///     desk.key(.escape)
///     ...
///     #expect(try desk.waitExit() == 0)
///     #expect(desk.leftovers == [])
///
/// Esc followed at once by another key is Alt with that key, here as on every terminal: wait for
/// what Esc did before typing on.
final class TerminalProgram {
  var rows: Int
  var columns: Int
  /// Everything that the program has written.
  private(set) var output: [UInt8] = []
  /// The exit code, or the negative number of the signal that ended it; nil while it runs.
  private(set) var status: Int32?
  let process: pid_t

  fileprivate(set) var altScreen = false
  fileprivate(set) var cursorVisible = true
  fileprivate(set) var cursor = (column: 0, row: 0)
  fileprivate(set) var mouseOn = false

  /// Whether a frame has begun and not ended: half of one must not be looked at.
  private var isPainting = false
  let terminal: OpaquePointer
  let screen: OpaquePointer
  private let callbacks = UnsafeMutablePointer<VTermScreenCallbacks>.allocate(capacity: 1)
  /// -1 after `hangUp`: closing the number again would close another test's terminal.
  private(set) var master: Int32
  private var wasStopped = false
  let modesAtStart: [UInt64]

  /// Starts it; `environment` changes `testEnvironment()`.
  init(
    _ path: String, _ arguments: [String] = [], environment: [String: String?] = [:],
    rows: Int = 24, columns: Int = 80
  ) throws {
    self.rows = rows
    self.columns = columns
    terminal = vterm_new(Int32(rows), Int32(columns))
    screen = vterm_obtain_screen(terminal)
    vterm_set_utf8(terminal, 1)
    modesAtStart = try Self.freshModes()
    var process = pid_t()
    let variables = testEnvironment(environment).map { "\($0)=\($1)" }
    master = withCStrings([path] + arguments) { words in
      withCStrings(variables) { variables in
        csystem_spawn_on_terminal(path, words, variables, Int32(rows), Int32(columns), &process)
      }
    }
    self.process = process
    guard master >= 0 else { throw SystemError("start \(path) on a terminal") }
    listen()
  }

  deinit {
    if status == nil {
      kill(process, SIGKILL)
      waitpid(process, nil, 0)
    }
    if master >= 0 { close(master) }
    vterm_free(terminal)
    callbacks.deallocate()
  }

  private func listen() {
    callbacks.initialize(to: VTermScreenCallbacks())
    callbacks.pointee.movecursor = { position, _, _, program in
      TerminalProgram.from(program).cursor = (Int(position.col), Int(position.row))
      return 1
    }
    callbacks.pointee.settermprop = { property, value, program in
      let program = TerminalProgram.from(program)
      let isOn = value?.pointee.number != 0
      switch property {
      case VTERM_PROP_ALTSCREEN: program.altScreen = isOn
      case VTERM_PROP_CURSORVISIBLE: program.cursorVisible = isOn
      case VTERM_PROP_MOUSE: program.mouseOn = isOn
      default: break
      }
      return 1
    }
    vterm_screen_set_callbacks(screen, callbacks, Unmanaged.passUnretained(self).toOpaque())
    vterm_screen_enable_altscreen(screen, 1)
    vterm_screen_reset(screen, 1)
  }

  private static func from(_ pointer: UnsafeMutableRawPointer?) -> TerminalProgram {
    guard let pointer else { fatalError("libvterm calls back with what it was given") }
    return Unmanaged<TerminalProgram>.fromOpaque(pointer).takeUnretainedValue()
  }
}

// MARK: Waiting

/// A condition that did not come true, with what the screen showed then.
struct NeverCame: Error, CustomStringConvertible {
  let description: String
}

extension TerminalProgram {
  func signal(_ number: Int32) {
    if number == SIGCONT { wasStopped = false }
    kill(process, number)
  }

  /// Lets the terminal show what another program writes to it.
  func show(_ text: String) {
    let bytes = text.utf8.map { CChar(bitPattern: $0) }
    vterm_input_write(terminal, bytes, bytes.count)
  }

  /// Closes the terminal and waits for the program's end; nil when it does not end in time.
  func hangUp(seconds: Double = 10) -> Int32? {
    close(master)
    master = -1
    let end = monotonicSeconds() + seconds
    while monotonicSeconds() < end {
      if reap() { return status }
      poll(nil, 0, 1)
    }
    return nil
  }

  /// Reads until the condition holds.
  func wait(_ what: String = "the condition", seconds: Double = 20, until holds: () -> Bool) throws
  {
    let end = monotonicSeconds() + seconds
    while isPainting || !holds() {
      let isOpen = pump(milliseconds: 20)
      if !isOpen && holds() { return }
      if !isOpen || monotonicSeconds() > end {
        let reason = isOpen ? "did not come" : "did not come before the program ended"
        throw NeverCame(description: "\(what) \(reason); the screen:\n\(text())")
      }
    }
  }

  /// Reads until the screen shows the text.
  func wait(text: String, seconds: Double = 20) throws {
    try wait("\"\(text)\"", seconds: seconds) { self.text().contains(text) }
  }

  /// Reads to the end; the exit code, or the negative number of the signal.
  func waitExit(seconds: Double = 20) throws -> Int32 {
    let end = monotonicSeconds() + seconds
    while monotonicSeconds() < end {
      let isOpen = pump(milliseconds: 5)
      guard reap(), let status else { continue }
      // What it wrote last is still in the kernel.
      if isOpen { while isReadable && pump(milliseconds: 0) {} }
      return status
    }
    throw NeverCame(description: "the end did not come; the screen:\n\(text())")
  }

  /// Whether the kernel has stopped it: before that, a SIGCONT would be lost.
  var isStopped: Bool {
    var status: Int32 = 0
    if self.status == nil, waitpid(process, &status, WNOHANG | WUNTRACED) == process {
      if status & 0xFF == 0x7F {
        wasStopped = true
      } else {
        self.status = csystem_exit_status(status)
      }
    }
    return wasStopped
  }

  func reap() -> Bool {
    var status: Int32 = 0
    if self.status == nil, waitpid(process, &status, WNOHANG) == process {
      self.status = csystem_exit_status(status)
    }
    return self.status != nil
  }

  /// Reads what is there, waiting for the first of it; false at the end.
  @discardableResult
  private func pump(milliseconds: Int32) -> Bool {
    var polled = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
    guard poll(&polled, 1, milliseconds) > 0 else { return true }
    var buffer = [UInt8](repeating: 0, count: 65536)
    let count = read(master, &buffer, buffer.count)
    guard count > 0 else { return false }
    output += buffer[..<count]
    for mark in output.suffix(count + 7).split(separator: 0x1B) {
      if mark.starts(with: "[?2026h".utf8) { isPainting = true }
      if mark.starts(with: "[?2026l".utf8) { isPainting = false }
    }
    buffer.withUnsafeBytes { bytes in
      _ = vterm_input_write(terminal, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), count)
    }
    flush()
    return true
  }

  private var isReadable: Bool {
    var polled = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
    return poll(&polled, 1, 0) > 0 && polled.revents & Int16(POLLIN) != 0
  }

  /// Sends what the terminal has to say: keys, and answers to questions.
  func flush() {
    var bytes = [CChar](repeating: 0, count: 4096)
    while case let count = vterm_output_read(terminal, &bytes, bytes.count), count > 0 {
      write(bytes[..<count].map { UInt8(bitPattern: $0) })
    }
  }

  /// The kernel's buffer is small, and the program may itself wait for us to read.
  func write(_ bytes: [UInt8]) {
    var rest = bytes[...]
    while !rest.isEmpty {
      var polled = pollfd(fd: master, events: Int16(POLLIN | POLLOUT), revents: 0)
      guard poll(&polled, 1, 10_000) > 0 else { return }
      if polled.revents & Int16(POLLOUT) != 0 {
        let count = rest.withUnsafeBytes { Glibc.write(master, $0.baseAddress, min($0.count, 512)) }
        if count <= 0 { return }
        rest = rest.dropFirst(count)
      } else if !pump(milliseconds: 0) {
        return
      }
    }
  }
}
