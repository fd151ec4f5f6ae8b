internal import Glibc
internal import Synchronization

/// What a long piece of work is doing.
public enum WorkPhase: Hashable, Sendable {
  case planning
  case writing
  case indexing
  case copying
  case checking
  case finishing
}

/// How far a long piece of work has come.
public struct WorkProgress: Hashable, Sendable {
  /// How much is done, of `total`.
  public let done: Int
  /// How much there is to do; 0 while that is not known.
  public let total: Int
  /// What is being done.
  public let phase: WorkPhase

  /// A state of some work.
  public init(done: Int, total: Int, phase: WorkPhase) {
    self.done = done
    self.total = total
    self.phase = phase
  }
}

/// A handle on a piece of work: progress comes out, cancelling goes in.
///
/// It is used for one piece of work and may be shared by tasks and threads.
public final class Work: Sendable {
  private let onProgress: (@Sendable (WorkProgress) -> Void)?
  private let cancelled = Atomic<Bool>(false)
  private let nextReport = Atomic<Int64>(0)
  /// Milliseconds between two reports.
  private static let pause: Int64 = 50

  /// Work that has not begun.
  ///
  /// - Parameter onProgress: Told how far the work is, at most 20 times a second, on the
  ///   thread that works.
  public init(onProgress: (@Sendable (WorkProgress) -> Void)? = nil) {
    self.onProgress = onProgress
  }

  /// Stops the work as soon as it can; what it wrote is rolled back.
  public func cancel() { cancelled.store(true, ordering: .relaxed) }

  /// Whether `cancel` was called.
  public var isCancelled: Bool { cancelled.load(ordering: .relaxed) }

  /// Tells the listener, unless it was told a moment ago.
  ///
  /// With `always` it is told in any case, as when a phase begins.
  package func report(_ done: Int, of total: Int, _ phase: WorkPhase, always: Bool = false) {
    guard let onProgress else { return }
    var clock = timespec()
    clock_gettime(CLOCK_MONOTONIC, &clock)
    let now = Int64(clock.tv_sec) * 1_000 + Int64(clock.tv_nsec) / 1_000_000
    guard always || now >= nextReport.load(ordering: .relaxed) else { return }
    nextReport.store(now + Work.pause, ordering: .relaxed)
    onProgress(WorkProgress(done: done, total: total, phase: phase))
  }
}
