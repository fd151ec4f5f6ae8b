import Synchronization

@testable import CompanyAccess

/// Work that is cancelled when a phase is reported.
func workCancelled(at phase: WorkPhase) -> Work {
  let box = Mutex<Work?>(nil)
  let work = Work { progress in
    guard progress.phase == phase else { return }
    box.withLock {
      $0?.cancel()
      // The work holds this closure, which must not hold it for good.
      $0 = nil
    }
  }
  box.withLock { $0 = work }
  return work
}
