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
    // A device or a pipe is written to, not replaced; a link is never followed.
    let kind = status.st_mode & S_IFMT
    let isSpecial = isThere && kind != S_IFREG && kind != S_IFLNK
    if isThere, !replacing, !isSpecial { throw AccessError.exists(path: path) }
    if isSpecial { return try writeThrough(path, body) }
    let temporary = temporaryName(for: path)
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
    try place(temporary, at: path, replacing: replacing)
  }

  /// A name for a file in the making, in the folder of the one that it will be.
  static func temporaryName(for path: String) -> String {
    "\(FileCheck.folder(of: path))/.company-access-\(TimeOrderedID.next())"
  }

  /// Gives a finished file its name, and makes that last through a loss of power.
  ///
  /// The temporary name is left over where the file system knows links.
  ///
  /// - Parameters:
  ///   - temporary: The name that it has.
  ///   - path: The name that it is to have, in the same folder.
  ///   - replacing: Whether a file that is there is replaced.
  /// - Throws: `.exists` if the name has been taken meanwhile, `.cannotCreate`, or `.diskError` if
  ///   the name may not last.
  static func place(
    _ temporary: String, at path: String, replacing: Bool
  ) throws(AccessError) {
    if replacing {
      guard rename(temporary, path) == 0 else { throw failure(path) }
    } else if link(temporary, path) != 0 {
      guard errno == EPERM || errno == EOPNOTSUPP || errno == EMLINK else { throw failure(path) }
      // A file system without links: take the name with an empty file, then replace that.
      let descriptor = open(path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0o600)
      guard descriptor >= 0 else { throw failure(path) }
      close(descriptor)
      guard rename(temporary, path) == 0 else { throw failure(path) }
    }
    do {
      try sync(FileCheck.folder(of: path))
    } catch {
      // Whoever is told that nothing was done must find nothing.
      if replacing {
        throw .cannotCreate(path: path, detail: "it is written, but its name may not last")
      }
      unlink(path)
      throw error
    }
  }

  /// Makes the names in a folder last through a loss of power, where the file system can.
  private static func sync(_ folder: String) throws(AccessError) {
    let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 || errno == EINVAL || errno == ENOTSUP else {
      throw .diskError(path: folder, detail: String(cString: strerror(errno)))
    }
  }

  private static func writeThrough(_ path: String, _ body: (ByteWriter) throws -> Void) throws {
    let descriptor = open(path, O_WRONLY | O_NOFOLLOW | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure(path) }
    defer { close(descriptor) }
    let output = ByteWriter(descriptor: descriptor, name: path)
    try body(output)
    try output.flush()
  }

  /// Why a file could not be made, by the number of the error.
  static func failure(_ path: String) -> AccessError {
    errno == EEXIST
      ? .exists(path: path)
      : .cannotCreate(path: path, detail: String(cString: strerror(errno)))
  }
}
