package import Formats
internal import Glibc

/// A file that is to be imported, read once from the beginning to the end.
package final class ImportFile: Sendable {
  private let descriptor: Int32
  private let path: String
  /// Whether it is the document that `export all` writes, rather than a list of pairs.
  package let isWholeExport: Bool
  /// The bytes from the beginning on.
  package let bytes: InputBytes

  /// Opens a file; `-` is standard input.
  package init(_ path: String, work: Work? = nil) throws(AccessError) {
    if path == "-" {
      descriptor = STDIN_FILENO
      self.path = "standard input"
    } else {
      descriptor = open(path, O_RDONLY | O_CLOEXEC)
      self.path = path
      if descriptor < 0 { throw AccessError(opening: path, errno) }
    }
    var isStopped: (@Sendable () -> Bool)?
    if let work { isStopped = { work.isCancelled } }
    var bytes = InputBytes(descriptor: descriptor, path: self.path, isStopped: isStopped)
    let waiting: ArraySlice<UInt8>
    do { waiting = try bytes.lookAhead() } catch { throw AccessError(error) }
    let start = waiting.filter { !InputBytes.blanks.contains($0) }
    isWholeExport = start.starts(with: "{\"\(WholeExport.mark)\":".utf8)
    self.bytes = bytes
  }

  deinit { if descriptor != STDIN_FILENO { close(descriptor) } }
}
