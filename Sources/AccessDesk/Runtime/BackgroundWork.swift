internal import CompanyAccess
internal import Synchronization

/// Long work, one piece at a time, on a thread of its own.
final class BackgroundWork: Sendable {
  private let mailbox: MessageQueue
  private let work = Mutex<Work?>(nil)

  init(_ mailbox: MessageQueue) { self.mailbox = mailbox }

  /// Whether something is under way.
  var isBusy: Bool { work.withLock { $0 != nil } }

  /// Stops what is under way; what it did so far is taken back.
  func stop() { work.withLock { $0?.cancel() } }

  /// Does a piece of work; the mailbox gets its progress, and its result or why there is none.
  func start(_ body: @escaping @Sendable (Work) throws(AccessError) -> WorkerMessage) {
    let mailbox = mailbox
    let clock = ContinuousClock()
    let began = clock.now
    let work = Work { progress in
      let seconds = progress.secondsLeft(after: began.duration(to: clock.now))
      mailbox.post(.progress(progress, secondsLeft: seconds))
    }
    self.work.withLock { $0 = work }
    let isStarted = Thread.start {
      let delivery: WorkerMessage
      do throws(AccessError) {
        delivery = try body(work)
      } catch {
        delivery = .writeFailed(error)
      }
      self.work.withLock { $0 = nil }
      mailbox.post(delivery)
    }
    guard !isStarted else { return }
    self.work.withLock { $0 = nil }
    mailbox.post(.writeFailed(.unexpected(detail: Messages.noThread)))
  }
}

extension WorkProgress {
  /// How long the rest takes if it goes on as it began; nil when too little is done to tell.
  func secondsLeft(after elapsed: Duration) -> Int? {
    guard total > 0, done > 0, elapsed > .milliseconds(300) else { return nil }
    let rest = Double(total - done) / Double(done)
    return Int((elapsed / .seconds(1)) * rest)
  }
}
