internal import Database
internal import Glibc
internal import Synchronization

/// A question that is answered on a thread and a connection of its own, while the transaction that
/// it belongs to asks another one: two passes over millions of grants take the time of one.
final class ConcurrentRead: Sendable {
  typealias Answer = CompanyFigures

  private let path: String
  private let work: Work?
  private let question: @Sendable (any DatabaseSession) throws -> Answer
  private let found = Mutex<Answer?>(nil)
  private let thread = Mutex<pthread_t?>(nil)

  /// Begins to ask; nil where it cannot be done.
  ///
  /// As long as two connections read, no other program can write, so that both see the same state;
  /// that is not so with a write-ahead log. The transaction of the connection must have read
  /// something, and must not end before `answer` is asked for.
  init?(
    _ connection: Connection, _ work: Work?,
    _ question: @escaping @Sendable (any DatabaseSession) throws -> Answer
  ) {
    path = connection.path
    self.work = work
    self.question = question
    guard !connection.isInWALMode, start() else { return nil }
  }

  private func start() -> Bool {
    var thread = pthread_t()
    let pointer = Unmanaged.passRetained(self)
    let code = pthread_create(
      &thread, nil,
      { pointer in
        if let pointer { Unmanaged<ConcurrentRead>.fromOpaque(pointer).takeRetainedValue().run() }
        return nil
      }, pointer.toOpaque())
    guard code == 0 else {
      pointer.release()
      return false
    }
    self.thread.withLock { $0 = thread }
    return true
  }

  private func run() {
    // After any error the other connection can ask the same.
    guard let connection = try? Connection(path: path, mode: .readOnly) else { return }
    // A program that waits to write lets no other begin to read; then the state might become another.
    connection.busyTimeout = 0
    if let work { connection.watch { work.isCancelled } }
    let answer = try? connection.reading { try question(connection) }
    found.withLock { $0 = answer }
  }

  /// Waits for the answer; nil if there is none.
  func answer() -> Answer? {
    if let thread = thread.withLock({ thread in
      defer { thread = nil }
      return thread
    }) {
      pthread_join(thread, nil)
    }
    return found.withLock { $0 }
  }
}
