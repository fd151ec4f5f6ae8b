internal import Glibc

/// Why output could not be written.
package enum OutputError: Error, Hashable, Sendable {
  /// The reader has closed the pipe.
  case closed
  /// The disk is full.
  case full(String)
  /// Something else, as the system names it.
  case failed(String, errno: Int32)
}

/// Bytes on their way out, gathered into large writes.
///
/// Nothing is lost silently: every failure of the system comes back as an error, at the latest
/// from `flush`.
package final class ByteWriter {
  private enum Target {
    case descriptor(Int32, name: String)
    case memory
  }

  private static let capacity = 1 << 16
  private let target: Target
  private let watch: (([UInt8]) -> Void)?
  /// Whether a terminal is written to, which obeys some characters and does not show others.
  package let isTerminal: Bool
  /// Whether something was written with marks in place of such characters.
  package private(set) var hasMarks = false
  private var buffer: [UInt8] = []

  /// Writes to an open descriptor.
  ///
  /// - Parameters:
  ///   - descriptor: The descriptor, which stays open.
  ///   - name: Stands in error messages.
  ///   - watch: Is given all bytes before they are written, a piece at a time.
  package init(descriptor: Int32, name: String, watch: (([UInt8]) -> Void)? = nil) {
    target = .descriptor(descriptor, name: name)
    self.watch = watch
    isTerminal = isatty(descriptor) == 1
    buffer.reserveCapacity(ByteWriter.capacity + 4_096)
  }

  /// Keeps what is written, as a file or as a terminal would get it.
  package init(asTerminal isTerminal: Bool = false) {
    target = .memory
    watch = nil
    self.isTerminal = isTerminal
  }

  /// What waits to be written; everything, for a writer that keeps it.
  package var text: String { String(decoding: buffer, as: UTF8.self) }

  /// A text as it may be written here: as it is, or for a terminal with marks in place of hidden
  /// characters.
  package func shown(_ text: String) -> String {
    guard isTerminal, let marked = HiddenScalars.marked(text) else { return text }
    hasMarks = true
    return marked
  }

  package func write(_ string: String) throws(OutputError) {
    buffer.append(contentsOf: string.utf8)
    try drain()
  }

  package func write(_ bytes: some Sequence<UInt8>) throws(OutputError) {
    buffer.append(contentsOf: bytes)
    try drain()
  }

  package func write(byte: UInt8) throws(OutputError) {
    buffer.append(byte)
    try drain()
  }

  private func drain() throws(OutputError) {
    if buffer.count >= ByteWriter.capacity { try flush() }
  }

  /// Writes out what was gathered.
  package func flush() throws(OutputError) {
    guard case .descriptor(let descriptor, let name) = target else { return }
    watch?(buffer)
    var start = 0
    while start < buffer.count {
      let count = buffer.withUnsafeBytes { bytes in
        Glibc.write(descriptor, bytes.baseAddress.map { $0 + start }, bytes.count - start)
      }
      if count >= 0 {
        start += count
      } else if errno != EINTR {
        let code = errno
        buffer.removeAll()
        throw ByteWriter.error(code, name)
      }
    }
    buffer.removeAll(keepingCapacity: true)
  }

  private static func error(_ code: Int32, _ name: String) -> OutputError {
    switch code {
    case EPIPE: .closed
    case ENOSPC, EDQUOT: .full(name)
    default: .failed(name, errno: code)
    }
  }
}

extension OutputError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .closed: "the output was closed"
    case .full(let name): "\(name): no space left on the disk"
    case .failed(let name, let code): "\(name): \(String(cString: strerror(code)))"
    }
  }
}
