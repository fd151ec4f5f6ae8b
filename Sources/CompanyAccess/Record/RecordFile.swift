internal import Glibc

/// A new file with parts of the record, hashed while it is written.
///
/// It is readable for its owner alone, and never takes the place of another file.
final class RecordFile {
  let path: String
  private(set) var rows = 0
  private let descriptor: Int32
  private let output: ByteWriter
  private let csv: DelimitedWriter
  private let seal: Seal

  /// What the manifest says of a file.
  private final class Seal {
    var hash = SHA256()
    var size = 0
  }

  /// How many bytes have been written.
  var size: Int { seal.size }

  init(creating path: String) throws(AccessError) {
    self.path = path
    descriptor = open(path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw errno == EEXIST
        ? .exists(path: path)
        : .cannotCreate(path: path, detail: String(cString: strerror(errno)))
    }
    let seal = Seal()
    self.seal = seal
    output = ByteWriter(descriptor: descriptor, name: path) { bytes in
      seal.hash.update(bytes)
      seal.size += bytes.count
    }
    csv = DelimitedWriter(.csv, output)
  }

  deinit { close(descriptor) }

  func write(_ text: String) throws(AccessError) {
    do { try output.write(text) } catch { throw failure(error) }
  }

  /// Writes the names of the columns, which are no row.
  func header(_ names: [String]) throws(AccessError) {
    try write(names.joined(separator: ",") + "\r\n")
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

  /// Makes the name of the file last through a loss of power.
  static func syncFolder(of path: String) {
    let folder = open(FileCheck.folder(of: path), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard folder >= 0 else { return }
    fsync(folder)
    close(folder)
  }

  /// Takes the file away again.
  func abandon() { unlink(path) }

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
