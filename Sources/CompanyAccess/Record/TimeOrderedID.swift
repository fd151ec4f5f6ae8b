internal import Glibc
internal import Synchronization

/// Makes ids for rows: UUIDs of version 7 (RFC 9562), as 32 lower-case hex digits.
///
/// They begin with the time, and one that is made later in a process is greater, so that the index
/// of a table grows at its end.
struct TimeOrderedID {
  private var milliseconds: UInt64 = 0
  /// The 12 bits that follow the version.
  private var upper: UInt64 = 0
  /// The 62 bits that follow the variant.
  private var lower: UInt64 = 0

  private static let process = Mutex(TimeOrderedID())

  /// A new id, greater than all that this process has made.
  static func next() -> String {
    process.withLock { $0.next(at: milliseconds()) }
  }

  /// A new id as its 16 bytes.
  static func nextBytes() -> [UInt8] {
    let (high, low) = process.withLock { $0.advance(to: milliseconds()) }
    return [high, low].flatMap { half in
      stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: half >> UInt64($0)) }
    }
  }

  private static func milliseconds() -> UInt64 {
    var clock = timespec()
    clock_gettime(CLOCK_REALTIME, &clock)
    return UInt64(clock.tv_sec) * 1_000 + UInt64(clock.tv_nsec) / 1_000_000
  }

  /// A new id at a time; if one has been made for a later time, at that.
  mutating func next(at now: UInt64) -> String {
    let (high, low) = advance(to: now)
    return TimeOrderedID.text(high, low)
  }

  /// Goes on to the next id, and gives its halves.
  private mutating func advance(to now: UInt64) -> (high: UInt64, low: UInt64) {
    step(to: now)
    return (milliseconds << 16 | 0x7000 | upper, 1 << 63 | lower)
  }

  /// Within a millisecond the random part counts up from where it began.
  private mutating func step(to now: UInt64) {
    guard now <= milliseconds else {
      milliseconds = now
      // The highest bit stays free to count into.
      upper = UInt64.random(in: 0..<(1 << 11))
      lower = UInt64.random(in: 0..<(1 << 62))
      return
    }
    lower += 1
    guard lower == 1 << 62 else { return }
    lower = 0
    upper += 1
    guard upper == 1 << 12 else { return }
    upper = 0
    milliseconds += 1
  }

  /// The 32 digits of an id.
  static func text(_ high: UInt64, _ low: UInt64) -> String {
    String(unsafeUninitializedCapacity: 32) { buffer in
      for position in 0..<16 {
        buffer[position] = digit(high >> UInt64(60 - 4 * position))
        buffer[position + 16] = digit(low >> UInt64(60 - 4 * position))
      }
      return 32
    }
  }

  private static func digit(_ bits: UInt64) -> UInt8 {
    let value = UInt8(bits & 15)
    return value < 10 ? 0x30 + value : 0x57 + value
  }
}
