package import CompanyAccess
internal import Synchronization

/// Carries out plans, one at a time, on a connection and a thread of its own.
package final class WriterWorker: Sendable {
  private let path: String
  private let background: BackgroundWork
  /// Opened at the first write: most visits to the desk only look.
  private let store = Mutex<AccessStore?>(nil)

  package init(path: String, _ mailbox: MessageQueue) {
    self.path = path
    background = BackgroundWork(mailbox)
  }

  /// Whether a write is under way.
  package var isBusy: Bool { background.isBusy }

  /// Stops the write that is under way; what it did so far is taken back.
  package func stop() { background.stop() }

  /// Carries out a plan; the mailbox gets its progress and its result.
  package func apply(_ plan: Plan, reason: ChangeReason) {
    background.start { (work) throws(AccessError) in
      let store = try self.opened()
      defer { store.releaseMemory() }
      return .applied(try store.apply(plan, reason: reason, work: work), plan.intent)
    }
  }

  private func opened() throws(AccessError) -> AccessStore {
    if let store = store.withLock({ $0 }) { return store }
    let opened = try AccessStore.open(path, access: .readWrite, origin: .desk)
    store.withLock { $0 = opened }
    return opened
  }
}
