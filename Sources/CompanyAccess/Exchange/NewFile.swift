internal import Glibc

/// Writes files that appear when they are complete.
package enum NewFile {
  /// Writes a file, readable for its owner alone, under a name of its own, and then gives it the
  /// name that it is to have.
  ///
  /// - Parameters:
  ///   - path: Where it is to be.
  ///   - replacing: Whether a file that is there is replaced.
  ///   - body: Writes the content.
  /// - Throws: `AccessError` or `OutputError`; no trace is left then.
  package static func write(
    _ path: String, replacing: Bool, _ body: (ByteWriter) throws -> Void
  ) throws {
    var status = stat()
    let isThere = lstat(path, &status) == 0
    // A device or a pipe is written to, not replaced.
    let isSpecial = isThere && status.st_mode & S_IFMT != S_IFREG
    if isThere, !replacing, !isSpecial { throw AccessError.exists(path: path) }
    if isSpecial { return try writeThrough(path, body) }
    let temporary = "\(FileCheck.folder(of: path))/.company-access-\(TimeOrderedID.next())"
    let descriptor = open(temporary, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw failure(path) }
    defer {
      close(descriptor)
      unlink(temporary)
    }
    let output = ByteWriter(descriptor: descriptor, name: path)
    try body(output)
    try output.flush()
    guard fsync(descriptor) == 0 else { throw OutputError.failed(path, errno: errno) }
    if replacing {
      guard rename(temporary, path) == 0 else { throw failure(path) }
    } else if link(temporary, path) != 0 {
      if errno == EEXIST { throw AccessError.exists(path: path) }
      guard rename(temporary, path) == 0 else { throw failure(path) }
    }
  }

  private static func writeThrough(_ path: String, _ body: (ByteWriter) throws -> Void) throws {
    let descriptor = open(path, O_WRONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure(path) }
    defer { close(descriptor) }
    let output = ByteWriter(descriptor: descriptor, name: path)
    try body(output)
    try output.flush()
  }

  private static func failure(_ path: String) -> AccessError {
    .cannotCreate(path: path, detail: String(cString: strerror(errno)))
  }
}
