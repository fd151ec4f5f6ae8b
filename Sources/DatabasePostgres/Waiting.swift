internal import CPostgres
internal import Database
internal import Glibc

enum Clock {
  /// Milliseconds of a clock that is never set.
  static var milliseconds: Int64 {
    var clock = timespec()
    clock_gettime(CLOCK_MONOTONIC, &clock)
    return Int64(clock.tv_sec) * 1_000 + Int64(clock.tv_nsec) / 1_000_000
  }
}

enum Waiting {
  /// How long to wait before the watcher is asked again, in milliseconds.
  private static let slice: Int32 = 20

  /// Does nothing for so many milliseconds.
  static func pause(_ milliseconds: Int64) { _ = Glibc.poll(nil, 0, Int32(milliseconds)) }

  /// Waits a short time for a socket; false if nothing came.
  ///
  /// One that is closed has something to say.
  static func poll(_ socket: Int32, _ events: Int16) -> Bool {
    guard socket >= 0 else { return true }
    var waiting = pollfd(fd: socket, events: events, revents: 0)
    return Glibc.poll(&waiting, 1, slice) > 0
  }
}

/// Asks the watcher of a connection while it waits, and the server to stop.
///
/// A request that reaches the server before the statement does is for nothing, so it is made again.
struct StopRequest {
  private var last: Int64?
  private static let pause: Int64 = 50

  mutating func ask(_ connection: PostgresConnection) {
    guard connection.shallStop?() == true else { return }
    let now = Clock.milliseconds
    guard last.map({ now - $0 >= Self.pause }) ?? true else { return }
    last = now
    connection.cancel()
  }
}

extension PostgresConnection {
  /// Sends what waits to be sent.
  ///
  /// The server may wait for us to read before it reads on, so both is done.
  func flush() throws(DatabaseError) {
    var stop = StopRequest()
    while true {
      switch library.pointee.flush(handle) {
      case 0: return
      case 1:
        stop.ask(self)
        guard Waiting.poll(library.pointee.socket(handle), Int16(POLLIN | POLLOUT)) else {
          continue
        }
        guard library.pointee.consumeInput(handle) == 1 else { throw lost() }
      default: throw lost()
      }
    }
  }

  /// The next answer of the server; nil when there is none left.
  ///
  /// - Throws: `connectionLost`.
  func nextResult() throws(DatabaseError) -> OpaquePointer? {
    var stop = StopRequest()
    while library.pointee.isBusy(handle) == 1 {
      stop.ask(self)
      guard Waiting.poll(library.pointee.socket(handle), Int16(POLLIN)) else { continue }
      guard library.pointee.consumeInput(handle) == 1 else { throw lost() }
    }
    guard let result = library.pointee.getResult(handle) else { return nil }
    if !isFailure(result) { answers += 1 }
    return result
  }

  private func isFailure(_ result: OpaquePointer) -> Bool {
    let status = cpostgres_answer(UInt32(bitPattern: library.pointee.resultStatus(result)))
    return status == cpostgres_fatal_error || status == cpostgres_bad_response
  }

  /// Asks the server to stop the statement that runs, over a connection of its own.
  func cancel() {
    guard let request = library.pointee.getCancel(handle) else { return }
    defer { library.pointee.freeCancel(request) }
    var words = [CChar](repeating: 0, count: 256)
    _ = library.pointee.cancel(request, &words, Int32(words.count))
  }

  /// The error of a connection that has gone.
  func lost() -> DatabaseError {
    stream = nil
    // What follows in further lines are guesses of libpq.
    let words = library.errorText(handle).split(separator: "\n").first ?? ""
    return DatabaseError(
      .connectionLost,
      message: words.isEmpty ? "the connection to the server has gone" : String(words))
  }

  /// The error that an answer of the server is; nil if it is none.
  func error(in result: OpaquePointer, sql: String?) -> DatabaseError? {
    guard isFailure(result) else { return nil }
    func field(_ code: Character) -> String? {
      guard let code = code.asciiValue else { return nil }
      return library.pointee.resultErrorField(result, Int32(code)).map { String(cString: $0) }
    }
    guard let state = field("C") else {
      return DatabaseError(
        isOpen ? .other : .connectionLost,
        message: library.pointee.resultErrorMessage(result).map { String(cString: $0) } ?? "",
        sql: sql)
    }
    let words = [field("M"), field("D")].compactMap(\.self).joined(separator: "; ")
    return DatabaseError(.init(state: state), state: state, message: words, sql: sql)
  }
}
