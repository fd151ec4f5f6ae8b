internal import Glibc

/// A new file with parts of the record, hashed while it is written.
///
/// It is readable for its owner alone, and never takes the place of another file.
final class RecordFile {
  let path: String
  private(set) var size = 0
  private(set) var rows = 0
  private let descriptor: Int32
  private var buffer: [UInt8] = []
  private var hash = SHA256()
  private static let capacity = 1 << 16

  init(creating path: String) throws(AccessError) {
    self.path = path
    descriptor = open(path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw errno == EEXIST
        ? .exists(path: path)
        : .cannotCreate(path: path, detail: String(cString: strerror(errno)))
    }
    buffer.reserveCapacity(RecordFile.capacity + 4_096)
  }

  deinit { close(descriptor) }

  func write(_ text: String) throws(AccessError) {
    buffer.append(contentsOf: text.utf8)
    if buffer.count >= RecordFile.capacity { try flush() }
  }

  /// Writes the names of the columns, which are no row.
  func header(_ names: [String]) throws(AccessError) {
    try write(names.joined(separator: ",") + "\r\n")
  }

  /// Writes a row of CSV (RFC 4180) that no spreadsheet runs; nil is an empty cell.
  func row(_ cells: [String?]) throws(AccessError) {
    rows += 1
    for (index, cell) in cells.enumerated() {
      if index > 0 { buffer.append(0x2C) }
      if let cell { append(SpreadsheetGuard.guarded(cell)) }
    }
    try write("\r\n")
  }

  private func append(_ cell: String) {
    let isSpecial = cell.utf8.contains { $0 == 0x22 || $0 == 0x2C || $0 == 0x0A || $0 == 0x0D }
    let isBlank = cell.utf8.first == 0x20 || cell.utf8.last == 0x20
    guard isSpecial || isBlank || cell.isEmpty else { return buffer.append(contentsOf: cell.utf8) }
    buffer.append(0x22)
    for byte in cell.utf8 {
      if byte == 0x22 { buffer.append(0x22) }
      buffer.append(byte)
    }
    buffer.append(0x22)
  }

  /// Makes sure that all is on the disk; gives the hash.
  func finish() throws(AccessError) -> String {
    try flush()
    guard fsync(descriptor) == 0 else { throw failure() }
    return hash.hex()
  }

  /// Makes the name of the file last through a loss of power.
  static func syncFolder(of path: String) {
    let folder = open(FileCheck.folder(of: path), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard folder >= 0 else { return }
    fsync(folder)
    close(folder)
  }

  /// Takes the file away again.
  func abandon() { unlink(path) }

  private func flush() throws(AccessError) {
    hash.update(buffer)
    size += buffer.count
    var start = 0
    while start < buffer.count {
      let count = buffer.withUnsafeBytes { bytes in
        Glibc.write(descriptor, bytes.baseAddress.map { $0 + start }, bytes.count - start)
      }
      if count >= 0 {
        start += count
      } else if errno != EINTR {
        throw failure()
      }
    }
    buffer.removeAll(keepingCapacity: true)
  }

  private func failure() -> AccessError {
    switch errno {
    case ENOSPC, EDQUOT: .diskFull(path: path)
    case let code: .diskError(path: path, detail: String(cString: strerror(code)))
    }
  }
}
