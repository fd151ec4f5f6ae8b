internal import CSQLite
internal import Glibc

/// Whom SQLite asks while it works: whether to go on, and whether to wait for a lock.
final class ConnectionCallbacks {
  var shallStop: (() -> Bool)?
  var busyTimeout = 5_000
  private var waitingSince: Int64 = 0
  /// A rule for sorting that only another program has, and the database that wants it.
  var unknownCollation: String?
  var database: OpaquePointer?
  /// The one by which something was compared in the transaction that is open.
  var missingCollation: String?
  /// What was found out about the state of the database, and which state that was.
  var remembered: [String: (version: Int, changes: Int64, value: any Sendable)] = [:]

  static let whileRunning: @convention(c) (UnsafeMutableRawPointer?) -> Int32 = { context in
    ConnectionCallbacks.from(context)?.shallStop?() == true ? 1 : 0
  }

  static let whenBusy: @convention(c) (UnsafeMutableRawPointer?, Int32) -> Int32 = {
    (context, attempt) in
    ConnectionCallbacks.from(context)?.shallWait(attempt: Int(attempt)) == true ? 1 : 0
  }

  static func from(_ context: UnsafeMutableRawPointer?) -> ConnectionCallbacks? {
    context.map { Unmanaged<ConnectionCallbacks>.fromOpaque($0).takeUnretainedValue() }
  }

  /// Waits a little for a lock; false when it has taken too long or was cancelled.
  private func shallWait(attempt: Int) -> Bool {
    let now = ConnectionCallbacks.milliseconds()
    if attempt == 0 { waitingSince = now }
    let left = Int64(busyTimeout) - (now - waitingSince)
    guard left > 0, shallStop?() != true else { return false }
    // Between the transactions of a program that writes all the time there is little to be met: who
    // looks seldom waits for ever.
    let pause = min(left, [1, 2, 5, 10, 5, 3, 2][min(attempt, 6)])
    sqlite3_sleep(Int32(pause))
    return true
  }

  private static func milliseconds() -> Int64 {
    var clock = timespec()
    clock_gettime(CLOCK_MONOTONIC, &clock)
    return Int64(clock.tv_sec) * 1_000 + Int64(clock.tv_nsec) / 1_000_000
  }
}
