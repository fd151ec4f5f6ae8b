internal import Glibc

/// The bytes of a file, in order, with little of it in memory.
package struct InputBytes: Sendable {
  private static let capacity = 1 << 16
  private let source: Source
  private var buffer: [UInt8] = []
  private var position = 0
  private let isStopped: (@Sendable () -> Bool)?

  private enum Source: Sendable {
    case descriptor(Int32, path: String)
    case none
  }

  /// Reads an open descriptor.
  ///
  /// - Parameters:
  ///   - descriptor: The descriptor, which stays open.
  ///   - path: The path, for errors.
  ///   - isStopped: Asked before each read, and ten times a second while a pipe is silent; true ends
  ///     the reading with `.stopped`.
  package init(
    descriptor: Int32, path: String, isStopped: (@Sendable () -> Bool)? = nil
  ) {
    source = .descriptor(descriptor, path: path)
    self.isStopped = isStopped
  }

  /// Reads bytes that are there already.
  package init(_ bytes: [UInt8]) {
    source = .none
    buffer = bytes
    isStopped = nil
  }

  /// The next byte; nil at the end.
  package mutating func next() throws(InputError) -> UInt8? {
    guard try fill() else { return nil }
    defer { position += 1 }
    return buffer[position]
  }

  /// The next byte, which stays the next.
  mutating func peek() throws(InputError) -> UInt8? {
    try fill() ? buffer[position] : nil
  }

  /// What can be looked at without reading on, at least one byte unless the end is reached.
  package mutating func lookAhead() throws(InputError) -> ArraySlice<UInt8> {
    try fill() ? buffer[position...] : []
  }

  /// What can be looked at without reading on, at least so many bytes unless the end is nearer.
  package mutating func lookAhead(_ count: Int) throws(InputError) -> ArraySlice<UInt8> {
    while buffer.count - position < count, try read() {}
    return buffer[position...]
  }

  /// Passes over the mark in front of UTF-8.
  ///
  /// - Throws: `.malformed` with `.utf16` where the text is of that encoding, which spreadsheets call Unicode.
  package mutating func beginText() throws(InputError) {
    let start = Array(try lookAhead(4).prefix(4))
    if start.starts(with: [0xEF, 0xBB, 0xBF]) { return skip(3) }
    let marks: [[UInt8]] = [[0xFF, 0xFE], [0xFE, 0xFF]]
    // Without a mark every other byte of plain words is 0.
    let zeros = start.map { $0 == 0 }
    if marks.contains(where: { start.starts(with: $0) }) || zeros == [false, true, false, true]
      || zeros == [true, false, true, false]
    {
      throw .malformed(line: 1, .utf16)
    }
  }

  /// Goes on by some bytes of what `lookAhead` gave.
  mutating func skip(_ count: Int) { position += count }

  /// Makes sure that a byte waits; false at the end.
  private mutating func fill() throws(InputError) -> Bool {
    position < buffer.count ? true : try read()
  }

  /// Reads more bytes behind those that wait; false at the end.
  private mutating func read() throws(InputError) -> Bool {
    guard case .descriptor(let descriptor, let path) = source else { return false }
    while true {
      if isStopped?() == true { throw .stopped }
      // A pipe may keep silent for long, and cancelling must not wait for it.
      var polled = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      if isStopped != nil, poll(&polled, 1, 100) == 0 { continue }
      var failure: Int32 = 0
      let piece = [UInt8](unsafeUninitializedCapacity: InputBytes.capacity) { space, count in
        let got = Glibc.read(descriptor, space.baseAddress, InputBytes.capacity)
        failure = got < 0 ? errno : 0
        count = max(0, got)
      }
      if failure == EINTR { continue }
      if failure == EISDIR { throw .folder(path: path) }
      guard failure == 0 else { throw .failed(path: path, errno: failure) }
      buffer = position == buffer.count ? piece : buffer[position...] + piece
      position = 0
      return !piece.isEmpty
    }
  }
}

extension InputBytes {
  /// Bytes that may stand in front of JSON: blanks and a byte order mark.
  package static let blanks: [UInt8] = [0xEF, 0xBB, 0xBF, 0x20, 0x09, 0x0A, 0x0D]
}
