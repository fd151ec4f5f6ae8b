internal import CompanyAccess
internal import Formats
internal import Glibc
internal import TerminalUI

/// The program's three streams and its environment.
final class Console {
  /// Data, and nothing else.
  let output: ByteWriter
  /// Words for people.
  let messages: ByteWriter
  let inputIsTerminal: Bool
  let outputIsTerminal: Bool
  let messagesAreTerminal: Bool
  let environment: [String: String]

  /// The streams of the process.
  init(environment: [String: String]) {
    Console.reserveStreams()
    output = ByteWriter(descriptor: STDOUT_FILENO, name: "standard output")
    messages = ByteWriter(descriptor: STDERR_FILENO, name: "standard error")
    inputIsTerminal = isatty(STDIN_FILENO) == 1
    outputIsTerminal = isatty(STDOUT_FILENO) == 1
    messagesAreTerminal = isatty(STDERR_FILENO) == 1
    self.environment = environment
  }

  /// Streams that keep what is written, for data as a file or as a terminal gets it.
  init(keeping environment: [String: String], asTerminal isTerminal: Bool = false) {
    output = ByteWriter(asTerminal: isTerminal)
    messages = ByteWriter()
    inputIsTerminal = false
    outputIsTerminal = false
    messagesAreTerminal = false
    self.environment = environment
  }

  /// Streams of which only data is of use, and goes to a writer.
  init(writingTo output: ByteWriter) {
    self.output = output
    messages = ByteWriter()
    inputIsTerminal = false
    outputIsTerminal = false
    messagesAreTerminal = false
    environment = [:]
  }

  /// The variables of the process that the program heeds.
  static func processEnvironment(home: String?) -> [String: String] {
    var variables: [String: String] = [:]
    variables["HOME"] = home
    for name in ["COMPANY_ACCESS_DB", "NO_COLOR", "TERM"] {
      variables[name] = getenv(name).map { String(cString: $0) }
    }
    return variables
  }

  /// Says something on standard error, if that still works.
  ///
  /// The lines may hold names from a database or words of the call.
  func say(_ text: String) {
    for line in text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false) {
      try? messages.write(DisplayText(String(Substring(line))).string + "\n")
    }
    try? messages.flush()
  }

  /// Says that what a terminal was shown is not exactly the data, if it was not.
  func sayWhatMarksMean() {
    guard output.hasMarks else { return }
    say(CommandMessages.marks)
  }

  /// Asks something on standard error; the answer follows in the same line.
  func prompt(_ question: String) {
    try? messages.write(DisplayText(question).string)
    try? messages.flush()
  }

  /// Takes the numbers of closed standard streams, so that no file that is opened later gets
  /// one of them: output meant for a closed stream must fail, not land in a database.
  private static func reserveStreams() {
    for stream in STDIN_FILENO...STDERR_FILENO where fcntl(stream, F_GETFD) < 0 {
      // Opened for the wrong direction, so that using it fails as it would have.
      _ = open("/dev/null", stream == STDIN_FILENO ? O_WRONLY : O_RDONLY)
    }
  }
}
