internal import CursesTerminal
internal import Glibc
internal import TerminalUI

/// Paints, waits, and writes down what came.
struct Probe {
  private let terminal: CursesTerminal
  private var lines: [String] = ["ready"]
  private var cursor = true
  private var isSmall = false
  private var status: Int32?
  private var selected = Role.normal

  init(_ terminal: CursesTerminal) { self.terminal = terminal }

  /// Returns the exit code, with the terminal given back.
  consuming func run() -> Int32 {
    while true {
      terminal.paint(frame())
      for event in terminal.wait() {
        take(event)
        if let status {
          terminal.close()
          terminal.close()
          return status
        }
      }
    }
  }

  private mutating func take(_ event: TerminalEvent) {
    switch event {
    case .event(.key(.character(let scalar))) where command(scalar): break
    case .event(let event): lines.append(Self.words(event))
    case .otherInput: break
    case .woken: lines.append("woken")
    case .signal(SIGINT): lines.append("signal \(SIGINT)")
    case .signal(let number): status = 128 + number
    case .hangUp: status = 128 + SIGHUP
    }
  }

  /// What a key does; false when it is only written down.
  private mutating func command(_ key: Unicode.Scalar) -> Bool {
    switch key {
    case "q": status = 0
    case "!": fatalError("the probe was told to crash")
    case "@": crashInThread()
    case "%": lines.append("\(overflow(1))")
    case "#": fputs("a message for later\n", stderrStream)
    case "w": wakeFromThread()
    case "c": cursor.toggle()
    case "l": leave()
    case "m": isSmall.toggle()
    case "d": dropThreeKeys()
    case "s":
      let roles = Role.allCases
      selected = roles[(roles.firstIndex(of: selected).map { $0 + 1 } ?? 0) % roles.count]
    case "r": lines = ["ready"]
    default: return false
    }
    return true
  }

  private static func words(_ event: Event) -> String {
    switch event {
    case .key(.character(let scalar)): "character \(scalar)"
    case .key(.control(let scalar)): "control \(scalar)"
    case .key(.function(let number)): "key function(\(number))"
    case .key(let key): "key \(key)"
    case .paste(let text):
      text.utf8.count > 60 ? "paste of \(text.utf8.count) bytes" : "paste \(text.debugDescription)"
    case .mouse(let action, let position): "\(action) \(position.column) \(position.row)"
    case .resize(let size): "resize \(size.columns)x\(size.rows)"
    }
  }

  // MARK: The picture

  private static let names = [
    "wide \u{4F01}\u{696D}|", "combining e\u{301}|", "bidi \u{202E}gpj|", "giraffe \u{1F992}|",
    "narrow \u{1F93B}|", "polish \u{17C}\u{F3}\u{142}\u{107}|",
  ]

  private func frame() -> Frame {
    var frame = Frame(size: isSmall ? Size(columns: 33, rows: 4) : terminal.size)
    let title = "probe \(terminal.size.columns)x\(terminal.size.rows)"
    frame.put(DisplayText(title), at: Position(column: 0, row: 0), style: .title)
    for (index, role) in Role.allCases.enumerated() {
      frame.put(
        DisplayText(role.rawValue), at: Position(column: 30, row: 1 + index),
        style: Style(role, selected: role == selected && role != .normal))
    }
    for (index, name) in Self.names.enumerated() {
      frame.put(DisplayText(name), at: Position(column: 0, row: 1 + index))
    }
    let room = max(1, terminal.size.rows - 10)
    for (index, line) in lines.suffix(room).enumerated() {
      let end = frame.put(
        DisplayText(line), at: Position(column: 0, row: 10 + index), style: .normal)
      if cursor { frame.cursor = Position(column: end, row: 10 + index) }
    }
    return frame
  }

  // MARK: Commands

  private func leave() {
    terminal.close()
    fputs("left\n", stderrStream)
    pause()
  }

  private func crashInThread() {
    start { _ in fatalError("a thread was told to crash") }
    pause()
  }

  private func overflow(_ depth: Int) -> Int {
    withUnsafeTemporaryAllocation(of: Int.self, capacity: 1000) { memory in
      memory.initialize(repeating: depth)
      return overflow(depth + 1) + memory[depth % 1000]
    }
  }

  private func wakeFromThread() {
    let waker = Unmanaged.passRetained(Box(terminal.waker)).toOpaque()
    start(waker) { argument in
      guard let argument else { return nil }
      Unmanaged<Box>.fromOpaque(argument).takeRetainedValue().waker.wake()
      return nil
    }
  }

  private final class Box: Sendable {
    let waker: Waker
    init(_ waker: Waker) { self.waker = waker }
  }

  private func start(
    _ argument: UnsafeMutableRawPointer? = nil,
    _ body: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer?
  ) {
    var thread = pthread_t()
    pthread_create(&thread, nil, body, argument)
    pthread_detach(thread)
  }

  /// Lets three keys be typed ahead before it drops them.
  private mutating func dropThreeKeys() {
    lines.append("type ahead")
    terminal.paint(frame())
    var count: Int32 = 0
    while count < 3, ioctl(STDIN_FILENO, UInt(FIONREAD), &count) == 0 { poll(nil, 0, 1) }
    terminal.dropTypeahead()
    lines.append("dropped")
  }

  /// glibc's own is a variable, which Swift does not let in.
  private var stderrStream: UnsafeMutablePointer<FILE>? {
    let stream = fdopen(dup(STDERR_FILENO), "w")
    setvbuf(stream, nil, _IONBF, 0)
    return stream
  }
}
