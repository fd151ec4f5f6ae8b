internal import CSystem
internal import CompanyAccess
internal import TerminalUI
internal import Glibc
internal import Synchronization

/// Runs something that may take long: with a progress bar, and with signals that cancel it.
///
/// What is cancelled is rolled back before the program ends.
enum CancellableRun {
  /// Ended by a signal that came during the work.
  struct Interrupted: Error {
    let signal: Int32
  }

  static func run<T>(_ console: Console, _ body: (Work) throws -> T) throws -> T {
    let bar = ProgressBar()
    let show: @Sendable (WorkProgress) -> Void = { bar.show($0) }
    let work = Work(onProgress: console.messagesAreTerminal ? show : nil)
    let watch = SignalWatch(work)
    defer {
      if console.messagesAreTerminal { bar.clear() }
      watch.end()
    }
    do {
      return try body(work)
    } catch AccessError.cancelled {
      if let signal = watch.received { throw Interrupted(signal: signal) }
      throw AccessError.cancelled
    }
  }
}

/// Waits on a thread of its own for signals that are to end the program, and cancels the work.
private final class SignalWatch: Sendable {
  private static let signals = [SIGINT, SIGTERM, SIGHUP]
  private let work: Work
  private let newest = Atomic<Int32>(0)
  private let descriptor: Int32

  /// The signal that has come, if one has.
  var received: Int32? {
    let signal = newest.load(ordering: .relaxed)
    return signal == 0 ? nil : signal
  }

  init(_ work: Work) {
    self.work = work
    descriptor = csystem_take_signals(SignalWatch.signals, Int32(SignalWatch.signals.count))
    guard descriptor >= 0 else { return }
    var thread = pthread_t()
    let argument = Unmanaged.passRetained(self).toOpaque()
    let failure = pthread_create(
      &thread, nil,
      { argument in
        guard let argument else { return nil }
        Unmanaged<SignalWatch>.fromOpaque(argument).takeRetainedValue().wait()
        return nil
      }, argument)
    if failure == 0 { pthread_detach(thread) }
  }

  /// Lets the signals do again what they do by default.
  func end() {
    if descriptor >= 0 { csystem_return_signals() }
  }

  private func wait() {
    var polled = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    while true {
      poll(&polled, 1, -1)
      let signal = csystem_next_signal(descriptor)
      guard signal != 0 else { continue }
      newest.store(signal, ordering: .relaxed)
      work.cancel()
    }
  }
}

/// A bar on standard error that grows in one line.
struct ProgressBar: Sendable {
  private static let cells = 30

  func show(_ progress: WorkProgress) {
    Self.put("\r" + Self.line(progress) + "\u{1B}[K")
  }

  func clear() { Self.put("\r\u{1B}[K") }

  /// How far the work is, in at most 79 columns.
  static func line(_ progress: WorkProgress) -> String {
    let name = CommandMessages.phase(progress.phase)
    guard progress.total > 0 else {
      let done = progress.done > 0 ? " " + Digits.grouped(progress.done) : ""
      return name + done
    }
    let done = min(progress.done, progress.total)
    let full = cells * done / progress.total
    let bar = String(repeating: "#", count: full) + String(repeating: ".", count: cells - full)
    let count =
      Digits.grouped(done) + " of " + Digits.grouped(progress.total)
    return "[\(bar)] \(100 * done / progress.total) % \(name) \(count)"
  }

  private static func put(_ text: String) {
    let bytes = Array(text.utf8)
    _ = write(STDERR_FILENO, bytes, bytes.count)
  }
}
