package import TerminalUI

/// What `CursesTerminal.wait` waits for.
package enum TerminalEvent: Hashable, Sendable {
  /// From the keyboard, the mouse or the window.
  case event(Event)
  /// Bytes came from the keyboard that are no event, or not yet one.
  case otherInput
  /// A `Waker` was used, once or several times.
  case woken
  /// SIGINT (Ctrl-C too), SIGTERM, SIGHUP or SIGQUIT came.
  case signal(Int32)
  /// The terminal is gone. Comes once; after it only signals and wakers can.
  case hangUp
}

/// Why there is no terminal to work on.
package enum TerminalError: Error, Hashable, Sendable {
  /// Standard input or output is something else.
  case notATerminal
  /// The system knows no terminal of the name in `TERM`, which may be empty.
  case unknownTerminal(String)
  /// The terminal cannot address its cursor.
  case tooDumb(String)
  /// The system refused what is needed, with its `errno`.
  case refused(Int32)
}
