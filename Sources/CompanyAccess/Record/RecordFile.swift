internal import Formats
internal import Glibc

/// A new file with parts of the record, hashed while it is written.
final class RecordFile {
  private let path: String
  private(set) var rows = 0
  private let descriptor: Int32
  private let output: ByteWriter
  private let csv: DelimitedWriter
  private let seal: FileDigest

  /// What the manifest says of a file.
  private final class FileDigest {
    var hash = SHA256()
    var size = 0
  }

  /// How many bytes have been written.
  var size: Int { seal.size }

  /// Writes to an empty file.
  ///
  /// - Parameters:
  ///   - descriptor: The descriptor, which stays open.
  ///   - path: The name that the file is to have, for error messages.
  init(descriptor: Int32, path: String) {
    self.path = path
    self.descriptor = descriptor
    let seal = FileDigest()
    self.seal = seal
    output = ByteWriter(descriptor: descriptor, name: path) { bytes in
      seal.hash.update(bytes)
      seal.size += bytes.count
    }
    csv = DelimitedWriter(.csv, output)
  }

  func write(_ text: String) throws(AccessError) {
    do { try output.write(text) } catch { throw failure(error) }
  }

  /// Writes the names of the columns, which are no row.
  func header(_ names: [String]) throws(AccessError) {
    do { try csv.row(names.map { .text($0) }) } catch { throw failure(error) }
  }

  /// Writes a row; nil is an empty cell.
  func row(_ cells: [String?]) throws(AccessError) {
    rows += 1
    do { try csv.row(cells.map { Cell($0) }) } catch { throw failure(error) }
  }

  /// Makes sure that all is on the disk; gives the hash.
  func finish() throws(AccessError) -> String {
    do { try output.flush() } catch { throw failure(error) }
    guard fsync(descriptor) == 0 else { throw failure(errno) }
    return seal.hash.hex()
  }

  private func failure(_ error: OutputError) -> AccessError {
    switch error {
    case .closed: failure(EPIPE)
    case .full: failure(ENOSPC)
    case .failed(_, let code): failure(code)
    }
  }

  private func failure(_ code: Int32) -> AccessError {
    switch code {
    case ENOSPC, EDQUOT: .diskFull(path: path)
    default: .diskError(path: path, detail: String(cString: strerror(code)))
    }
  }
}
