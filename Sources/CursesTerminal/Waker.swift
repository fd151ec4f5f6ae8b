internal import CSystem
internal import Glibc

/// Wakes the thread that waits at a terminal.
package struct Waker: Sendable {
  let counter: EventCounter

  /// Makes the wait end with `.woken`, from any thread, also when it has not begun yet.
  package func wake() { csystem_event_add(counter.descriptor) }
}

/// Closed when neither the terminal nor a waker needs it any more.
final class EventCounter: Sendable {
  let descriptor: Int32

  init() throws(TerminalError) {
    descriptor = csystem_event_counter()
    if descriptor < 0 { throw .refused(errno) }
  }

  deinit { close(descriptor) }
}
