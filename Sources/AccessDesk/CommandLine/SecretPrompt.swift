internal import CompanyAccess
internal import Glibc

/// Asks for a password on the terminal, without showing it.
struct SecretPrompt {
  let console: Console

  /// The longest password that is taken, in bytes.
  private static let longest = 1_024
  private static let signals = [SIGTERM, SIGHUP, SIGQUIT]

  /// The password that is typed.
  ///
  /// - Parameter place: Where it is for.
  /// - Returns: The password.
  /// - Throws: `.passwordNeeded` where there is no terminal; `.cancelled` for Ctrl-C and Ctrl-D.
  func password(for place: String) throws -> String {
    guard console.inputIsTerminal, console.messagesAreTerminal else {
      throw AccessError.passwordNeeded(path: place)
    }
    // What was typed before the question is no answer to it.
    let typed = SecretPrompt.withoutEcho {
      console.prompt(ServerMessages.password(for: place))
      return SecretPrompt.line()
    }
    console.prompt("\n")
    guard let typed, let text = String(validating: typed, as: UTF8.self) else {
      throw AccessError.cancelled
    }
    return text
  }

  /// Runs the body while the terminal shows nothing of what is typed, and passes every key on.
  ///
  /// A signal that would end the program waits until the terminal is as it was.
  private static func withoutEcho<T>(_ body: () -> T) -> T {
    var (held, before) = (sigset_t(), sigset_t())
    sigemptyset(&held)
    for signal in signals { sigaddset(&held, signal) }
    sigprocmask(SIG_BLOCK, &held, &before)
    var saved = termios()
    tcgetattr(STDIN_FILENO, &saved)
    var silent = saved
    silent.c_lflag &= ~tcflag_t(ECHO | ICANON | ISIG)
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent)
    defer {
      tcsetattr(STDIN_FILENO, TCSAFLUSH, &saved)
      sigprocmask(SIG_SETMASK, &before, nil)
    }
    return body()
  }

  /// The bytes up to Enter; nil when it is given up.
  private static func line() -> [UInt8]? {
    var bytes: [UInt8] = []
    while !hasSignal {
      var poller = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
      guard poll(&poller, 1, 200) > 0 else { continue }
      var byte: UInt8 = 0
      guard read(STDIN_FILENO, &byte, 1) == 1 else { return nil }
      switch byte {
      case UInt8(ascii: "\n"), UInt8(ascii: "\r"): return bytes
      case 0x03, 0x04: return nil
      case 0x08, 0x7F:
        // A letter may be of several bytes.
        while let last = bytes.popLast(), last & 0xC0 == 0x80 {}
      case 0x15: bytes = []
      default: if bytes.count < longest { bytes.append(byte) }
      }
    }
    return nil
  }

  /// Whether a signal waits that ends the program.
  private static var hasSignal: Bool {
    var pending = sigset_t()
    sigpending(&pending)
    return signals.contains { sigismember(&pending, $0) == 1 }
  }
}
