package import CompanyAccess
internal import Synchronization

/// Carries out plans, one at a time, on a connection and a thread of its own.
package final class WriterWorker: Sendable {
  private let reader: AccessStore
  private let background: BackgroundWork
  private let mailbox: MessageQueue
  /// Opened at the first write: most visits to the desk only look.
  private let store = Mutex<AccessStore?>(nil)

  /// A worker that writes to the database that a store reads.
  package init(_ reader: AccessStore, _ mailbox: MessageQueue) {
    self.reader = reader
    self.mailbox = mailbox
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
      do throws(AccessError) {
        let done = try store.carryOut(plan, reason: reason, work: work)
        return .applied(done.result, plan.intent)
      } catch .outcomeUnknown(let path, let detail, let write?) {
        self.mailbox.post(.uncertain)
        guard try store.isMade(write, detail, work) else {
          throw .serverUnavailable(path: path, detail: detail)
        }
        return .applied(write.result, plan.intent)
      }
    }
  }

  private func opened() throws(AccessError) -> AccessStore {
    if let store = store.withLock({ $0 }) { return store }
    let opened = try reader.another(access: .readWrite)
    store.withLock { $0 = opened }
    return opened
  }
}
