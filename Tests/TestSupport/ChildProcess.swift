internal import CSystem
internal import Glibc

/// A started program and the pipes to its three streams.
struct ChildProcess {
  private let name: String
  private let process: pid_t
  private var input: Int32
  private var output: Int32
  private var errors: Int32

  init(_ path: String, _ arguments: [String], _ environment: [String: String]) throws {
    _ = Self.withoutBrokenPipes
    name = path
    let (childInput, input) = try makePipe()
    let (output, childOutput) = try makePipe()
    let (errors, childErrors) = try makePipe()
    defer { for descriptor in [childInput, childOutput, childErrors] { close(descriptor) } }
    (self.input, self.output, self.errors) = (input, output, errors)

    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for (number, descriptor) in [childInput, childOutput, childErrors].enumerated() {
      posix_spawn_file_actions_adddup2(&actions, descriptor, Int32(number))
    }
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var signals = sigset_t()
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    sigfillset(&signals)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))

    var process = pid_t()
    let failure = withCStrings([path] + arguments) { words in
      withCStrings(environment.map { "\($0)=\($1)" }) { variables in
        posix_spawn(&process, path, &actions, &attributes, words, variables)
      }
    }
    self.process = process
    guard failure == 0 else {
      for descriptor in [input, output, errors] { close(descriptor) }
      throw SystemError("start \(path)", failure)
    }
  }

  /// Feeds and reads the streams until the program has closed them, then waits for its end.
  consuming func finish(feeding: [UInt8], seconds: Double) throws -> ProgramResult {
    let deadline = monotonicSeconds() + seconds
    var rest = feeding[...]
    var written: [UInt8] = []
    var complaints: [UInt8] = []
    if rest.isEmpty { shut(&input) }
    while output >= 0 || errors >= 0 {
      let left = deadline - monotonicSeconds()
      guard left > 0 else { break }
      var polled = [
        pollfd(fd: input, events: Int16(POLLOUT), revents: 0),
        pollfd(fd: output, events: Int16(POLLIN), revents: 0),
        pollfd(fd: errors, events: Int16(POLLIN), revents: 0),
      ]
      poll(&polled, 3, Int32(left * 1000) + 1)
      if polled[0].revents != 0 {
        let count = rest.withUnsafeBytes { write(input, $0.baseAddress, min($0.count, 4096)) }
        if count > 0 { rest = rest.dropFirst(count) }
        if count < 0 || rest.isEmpty { shut(&input) }
      }
      if polled[1].revents != 0 && !receive(output, &written) { shut(&output) }
      if polled[2].revents != 0 && !receive(errors, &complaints) { shut(&errors) }
    }
    let status = wait(until: deadline)
    for descriptor in [input, output, errors] where descriptor >= 0 { close(descriptor) }
    let result = ProgramResult(
      status: status ?? -SIGKILL, stdoutBytes: written, stderrBytes: complaints)
    if status == nil { throw ProgramError.timedOut(name, result) }
    return result
  }

  /// Writes to its input, and reads its output up to a line; what came before that line.
  mutating func ask(_ words: String, until end: String, seconds: Double) throws -> String {
    let deadline = monotonicSeconds() + seconds
    var rest = Array(words.utf8)[...]
    var written: [UInt8] = []
    let mark = Array((end + "\n").utf8)
    while !written.ends(with: mark) {
      let left = deadline - monotonicSeconds()
      var polled = [
        pollfd(fd: rest.isEmpty ? -1 : input, events: Int16(POLLOUT), revents: 0),
        pollfd(fd: output, events: Int16(POLLIN), revents: 0),
      ]
      if left > 0 { poll(&polled, 2, Int32(left * 1000) + 1) }
      if polled[0].revents != 0 {
        let count = rest.withUnsafeBytes { write(input, $0.baseAddress, min($0.count, 4096)) }
        rest = rest.dropFirst(max(0, count))
      }
      let isOpen = polled[1].revents == 0 || receive(output, &written)
      guard isOpen, left > 0 else {
        throw ProgramError.timedOut(
          name, ProgramResult(status: 0, stdoutBytes: written, stderrBytes: []))
      }
    }
    return String(decoding: written.dropLast(mark.count), as: UTF8.self)
  }

  /// Writes to its input and waits for nothing.
  func send(_ words: String) {
    let bytes = Array(words.utf8)
    _ = write(input, bytes, bytes.count)
  }

  /// Ends it at once.
  consuming func end() {
    kill(process, SIGKILL)
    var status: Int32 = 0
    waitpid(process, &status, 0)
    for descriptor in [input, output, errors] { close(descriptor) }
  }

  /// The exit status, or nil when it had to be killed.
  private func wait(until deadline: Double) -> Int32? {
    var status: Int32 = 0
    while monotonicSeconds() < deadline {
      if waitpid(process, &status, WNOHANG) == process { return csystem_exit_status(status) }
      poll(nil, 0, 1)
    }
    kill(process, SIGKILL)
    waitpid(process, &status, 0)
    return nil
  }

  /// A program that does not read its input must not end the tests.
  private static let withoutBrokenPipes: Void = { signal(SIGPIPE, SIG_IGN) }()
}

private func makePipe() throws -> (read: Int32, write: Int32) {
  var ends: [Int32] = [-1, -1]
  guard csystem_pipe(&ends) == 0 else { throw SystemError("pipe") }
  return (ends[0], ends[1])
}

private func shut(_ descriptor: inout Int32) {
  close(descriptor)
  descriptor = -1
}

extension [UInt8] {
  fileprivate func ends(with mark: [UInt8]) -> Bool { suffix(mark.count).elementsEqual(mark) }
}

/// Adds what waits there; false at the end of the file.
private func receive(_ descriptor: Int32, _ bytes: inout [UInt8]) -> Bool {
  var buffer = [UInt8](repeating: 0, count: 65536)
  let count = read(descriptor, &buffer, buffer.count)
  if count > 0 { bytes += buffer[..<count] }
  return count > 0
}
