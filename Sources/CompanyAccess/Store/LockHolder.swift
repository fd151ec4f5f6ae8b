internal import Glibc

/// Another program that keeps a database locked.
public struct LockHolder: Hashable, Sendable {
  /// The number of its process.
  public let process: Int32
  /// Its name, as the system shows it; nil if that is not to be had.
  public let program: String?

  /// A program by the number of its process.
  public init(process: Int32, program: String?) {
    self.process = process
    self.program = program
  }
}

extension LockHolder: CustomStringConvertible {
  /// The program as a sentence names one: `python3 (process 4711)`.
  public var description: String {
    program.map { "\($0) (process \(process))" } ?? "process \(process)"
  }
}

extension LockHolder {
  /// The bytes of a file that SQLite locks: pending, reserved, and the range for readers.
  private static let writing: ClosedRange<Int64> = 0x4000_0000...0x4000_0001
  private static let reading: ClosedRange<Int64> = 0x4000_0002...0x4000_01FF

  /// The program that writes a database, or keeps others from writing it.
  ///
  /// Asked of the kernel's list: a lock is never tried for, and the file not opened, because closing
  /// it would give up the locks that this process has itself.
  ///
  /// - Parameters:
  ///   - path: The database.
  ///   - includingReaders: Whether one that only reads counts; it keeps a writer from finishing.
  /// - Returns: The program; nil if no program holds a lock, or none that can be named.
  static func find(_ path: String, includingReaders: Bool) -> LockHolder? {
    var status = stat()
    guard stat(path, &status) == 0, let list = contents("/proc/locks") else { return nil }
    var reader: pid_t?
    for line in list.utf8.split(separator: 0x0A) {
      guard let lock = Lock(line), lock.inode == UInt64(status.st_ino), lock.process > 0,
        lock.process != getpid()
      else { continue }
      if lock.isExclusive, lock.range.overlaps(writing) || lock.range.overlaps(reading) {
        return holder(lock.process)
      }
      if lock.range.overlaps(reading) { reader = lock.process }
    }
    return includingReaders ? reader.map(holder) : nil
  }

  private static func holder(_ process: pid_t) -> LockHolder {
    let name = contents("/proc/\(process)/comm")?.split(separator: "\n").first
    return LockHolder(process: process, program: name.map(String.init))
  }

  /// A small file of the kernel's, which has no size.
  private static func contents(_ path: String) -> String? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 14)
    while case let count = Glibc.read(descriptor, &buffer, buffer.count), count > 0 {
      bytes += buffer[..<count]
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// A line of `/proc/locks`: `1: POSIX  ADVISORY  WRITE 4711 fd:00:131 1073741825 1073741825`.
  private struct Lock {
    let isExclusive: Bool
    let process: pid_t
    let inode: UInt64
    let range: ClosedRange<Int64>

    init?(_ line: Substring.UTF8View.SubSequence) {
      let words = line.split(separator: 0x20).map { String(Substring($0)) }
      // Who only waits for a lock has an arrow in the second place.
      guard words.count == 8, words[1] != "->", let process = pid_t(words[4]),
        let inode = words[5].split(separator: ":").last.flatMap({ UInt64($0) }),
        let start = Int64(words[6])
      else { return nil }
      let end = words[7] == "EOF" ? .max : Int64(words[7]) ?? start
      guard end >= start else { return nil }
      isExclusive = words[3] == "WRITE"
      self.process = process
      self.inode = inode
      range = start...end
    }
  }
}

extension AccessStore {
  /// The other program that is writing the database at present, or keeps it from being written.
  ///
  /// - Returns: The program; nil if there is none, or none that can be told.
  public var writerElsewhere: LockHolder? { LockHolder.find(path, includingReaders: false) }
}
