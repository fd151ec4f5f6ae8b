internal import Glibc

/// The bytes of a file, in order, with little of it in memory.
struct InputBytes {
  private static let capacity = 1 << 16
  private let source: Source
  private var buffer: [UInt8] = []
  private var position = 0
  private let work: Work?

  private enum Source {
    case descriptor(Int32, path: String)
    case none
  }

  /// Reads an open descriptor; the path is for error messages.
  init(descriptor: Int32, path: String, work: Work? = nil) {
    source = .descriptor(descriptor, path: path)
    self.work = work
  }

  /// Reads bytes that are there already.
  init(_ bytes: [UInt8]) {
    source = .none
    buffer = bytes
    work = nil
  }

  /// The next byte; nil at the end.
  mutating func next() throws(AccessError) -> UInt8? {
    guard try fill() else { return nil }
    defer { position += 1 }
    return buffer[position]
  }

  /// The next byte, which stays the next.
  mutating func peek() throws(AccessError) -> UInt8? {
    try fill() ? buffer[position] : nil
  }

  /// What can be looked at without reading on, at least one byte unless the end is reached.
  mutating func lookAhead() throws(AccessError) -> ArraySlice<UInt8> {
    try fill() ? buffer[position...] : []
  }

  /// What can be looked at without reading on, at least so many bytes unless the end is nearer.
  mutating func lookAhead(_ count: Int) throws(AccessError) -> ArraySlice<UInt8> {
    while buffer.count - position < count, try read() {}
    return buffer[position...]
  }

  /// Passes over the mark in front of UTF-8.
  ///
  /// - Throws: `.utf16` where the text is of that encoding, which spreadsheets call Unicode.
  mutating func beginText() throws {
    let start = Array(try lookAhead(4).prefix(4))
    if start.starts(with: [0xEF, 0xBB, 0xBF]) { return skip(3) }
    let marks: [[UInt8]] = [[0xFF, 0xFE], [0xFE, 0xFF]]
    // Without a mark every other byte of plain words is 0.
    let zeros = start.map { $0 == 0 }
    if marks.contains(where: { start.starts(with: $0) }) || zeros == [false, true, false, true]
      || zeros == [true, false, true, false]
    {
      throw ImportError(line: 1, .utf16)
    }
  }

  /// Goes on by some bytes of what `lookAhead` gave.
  mutating func skip(_ count: Int) { position += count }

  /// Makes sure that a byte waits; false at the end.
  private mutating func fill() throws(AccessError) -> Bool {
    position < buffer.count ? true : try read()
  }

  /// Reads more bytes behind those that wait; false at the end.
  private mutating func read() throws(AccessError) -> Bool {
    guard case .descriptor(let descriptor, let path) = source else { return false }
    while true {
      if work?.isCancelled == true { throw .cancelled }
      // A pipe may keep silent for long, and cancelling must not wait for it.
      var polled = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      if work != nil, poll(&polled, 1, 100) == 0 { continue }
      var failure: Int32 = 0
      let piece = [UInt8](unsafeUninitializedCapacity: InputBytes.capacity) { space, count in
        let got = Glibc.read(descriptor, space.baseAddress, InputBytes.capacity)
        failure = got < 0 ? errno : 0
        count = max(0, got)
      }
      if failure == EINTR { continue }
      if failure == EISDIR { throw .notAFile(path: path) }
      guard failure == 0 else {
        throw .diskError(path: path, detail: String(cString: strerror(failure)))
      }
      buffer = position == buffer.count ? piece : buffer[position...] + piece
      position = 0
      return !piece.isEmpty
    }
  }
}
