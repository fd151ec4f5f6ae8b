package import CompanyAccess
internal import Synchronization

/// What a worker has to say to the main loop.
package enum WorkerMessage: Sendable {
  case answer(Answer, RequestToken)
  /// The database changed, by this program or another.
  case changed
  /// Another program has been writing for a while, since when; nil when it is done.
  case held(HeldDatabase?)
  /// The connection to the server has gone, since when and why; nil when there is another.
  case lost(LostServer?)
  /// It is not known whether a write was made, and it is being found out.
  case uncertain
  case progress(WorkProgress, secondsLeft: Int?)
  /// How far the answer to a question is.
  case answering(WorkProgress, RequestToken)
  case applied(ChangeResult, Intent)
  case surveyed(AdoptionPlan)
  case adopted(Adoption)
  /// A file of the desk is written, with so many rows.
  case fileWritten(rows: Int)
  case writeFailed(AccessError)
}

/// Where workers leave what the main loop picks up.
package final class MessageQueue: Sendable {
  private let deliveries = Mutex<[WorkerMessage]>([])
  private let wake: @Sendable () -> Void

  /// A mailbox that calls `wake` after each delivery, from the worker's thread.
  package init(wake: @escaping @Sendable () -> Void) { self.wake = wake }

  package func post(_ delivery: WorkerMessage) {
    deliveries.withLock { $0.append(delivery) }
    wake()
  }

  /// Takes what has come since it was last asked.
  package func collect() -> [WorkerMessage] {
    deliveries.withLock { waiting in
      defer { waiting = [] }
      return waiting
    }
  }
}
