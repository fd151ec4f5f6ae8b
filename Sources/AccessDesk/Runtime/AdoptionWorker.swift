internal import CompanyAccess
internal import Synchronization

/// Looks at an application's file and adopts it, on a thread of its own.
package final class AdoptionWorker: Sendable {
  private let path: String
  private let mailbox: Mailbox
  private let work = Mutex<Work?>(nil)

  package init(path: String, _ mailbox: Mailbox) {
    self.path = path
    self.mailbox = mailbox
  }

  /// Whether something is under way.
  package var isBusy: Bool { work.withLock { $0 != nil } }

  /// Stops what is under way.
  package func stop() { work.withLock { $0?.cancel() } }

  /// Finds out what adopting the file would do.
  package func survey() {
    run { (path, work) throws(AccessError) in
      .surveyed(try AccessStore.adoptionPlan(path, work: work))
    }
  }

  /// Adopts the file; the mailbox gets the progress and the result.
  package func adopt() {
    run { (path, work) throws(AccessError) in
      .adopted(try AccessStore.adopt(path, origin: .desk, work: work))
    }
  }

  private func run(
    _ body: @escaping @Sendable (String, Work) throws(AccessError) -> Delivery
  ) {
    let mailbox = mailbox
    let clock = ContinuousClock()
    let began = clock.now
    let work = Work { progress in
      let seconds = progress.secondsLeft(after: began.duration(to: clock.now))
      mailbox.post(.progress(progress, secondsLeft: seconds))
    }
    self.work.withLock { $0 = work }
    let isStarted = Thread.start {
      let delivery: Delivery
      do throws(AccessError) {
        delivery = try body(self.path, work)
      } catch {
        delivery = .writeFailed(error)
      }
      self.work.withLock { $0 = nil }
      mailbox.post(delivery)
    }
    guard !isStarted else { return }
    self.work.withLock { $0 = nil }
    mailbox.post(.writeFailed(.unexpected(detail: "no thread can be started")))
  }
}
