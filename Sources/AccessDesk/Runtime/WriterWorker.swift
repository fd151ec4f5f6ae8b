package import CompanyAccess
internal import Glibc
internal import Synchronization

/// Carries out plans, one at a time, on a connection and a thread of its own.
package final class WriterWorker: Sendable {
  private let path: String
  private let mailbox: Mailbox
  private let work = Mutex<Work?>(nil)
  /// Opened at the first write: most visits to the desk only look.
  private let store = Mutex<AccessStore?>(nil)

  package init(path: String, _ mailbox: Mailbox) {
    self.path = path
    self.mailbox = mailbox
  }

  /// Whether a write is under way.
  package var isBusy: Bool { work.withLock { $0 != nil } }

  /// Carries out a plan; the mailbox gets its progress and its result.
  package func apply(_ plan: Plan, reason: String?) {
    let mailbox = mailbox
    let clock = ContinuousClock()
    let began = clock.now
    let work = Work { progress in
      let seconds = progress.secondsLeft(after: began.duration(to: clock.now))
      mailbox.post(.progress(progress, secondsLeft: seconds))
    }
    self.work.withLock { $0 = work }
    let isStarted = Thread.start {
      let delivery = self.carryOut(plan, reason, work)
      self.work.withLock { $0 = nil }
      mailbox.post(delivery)
    }
    guard !isStarted else { return }
    self.work.withLock { $0 = nil }
    mailbox.post(.writeFailed(.unexpected(detail: "no thread can be started")))
  }

  /// Stops the write that is under way; what it did so far is taken back.
  package func stop() { work.withLock { $0?.cancel() } }

  private func carryOut(_ plan: Plan, _ reason: String?, _ work: Work) -> Delivery {
    do throws(AccessError) {
      let store = try opened()
      defer { store.releaseMemory() }
      let result = try store.apply(plan, reason: reason, work: work)
      return .applied(result, plan.intent)
    } catch {
      return .writeFailed(error)
    }
  }

  private func opened() throws(AccessError) -> AccessStore {
    if let store = store.withLock({ $0 }) { return store }
    let opened = try AccessStore.open(path, access: .readWrite, origin: .desk)
    store.withLock { $0 = opened }
    return opened
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
