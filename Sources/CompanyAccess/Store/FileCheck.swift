internal import Database
internal import Glibc

/// What the operating system says about a database file, before SQLite touches it.
enum FileCheck {
  /// Makes sure that there is a file; says why it could not be written, nil if it could.
  static func readOnlyReason(_ path: String) throws(AccessError) -> ReadOnlyReason? {
    try refuseServer(path)
    var status = stat()
    guard stat(path, &status) == 0 else { throw AccessError(opening: path, errno) }
    guard status.st_mode & S_IFMT == S_IFREG else { throw .notAFile(path: path) }
    guard may(R_OK, path) == 0 else { throw .notPermitted(path: path) }
    switch may(W_OK, path) {
    case 0: break
    case EROFS: return .fileSystem
    default: return .modeBits
    }
    if geteuid() == 0, !modeBitsLetRootWrite(status) { return .modeBits }
    if status.st_nlink > 1, Connection.isInWALMode(path) {
      return .otherNames(Int(status.st_nlink) - 1)
    }
    return may(W_OK | X_OK, folder(of: path)) == 0 ? nil : .folder
  }

  /// Refuses the location of a server, which may hold a password and so is not repeated.
  static func refuseServer(_ path: String) throws(AccessError) {
    if DatabaseLocation.namesServer(path) { throw .serverLocation }
  }

  /// The folder of a file: for a link to one, that of the file, where SQLite keeps the journal.
  static func folder(of path: String) -> String {
    let full = real(path)
    guard let slash = full.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
    return slash == full.startIndex ? "/" : String(full[..<slash])
  }

  /// The path without links; as it is if it leads nowhere, or into a folder whose name is not UTF-8.
  static func real(_ path: String) -> String {
    let resolved = realpath(path, nil)
    defer { free(resolved) }
    return resolved.flatMap { String(validatingCString: $0) } ?? path
  }

  /// Whether the effective user may do it: 0, or the number of the error.
  private static func may(_ what: Int32, _ path: String) -> Int32 {
    faccessat(AT_FDCWD, path, what, AT_EACCESS) == 0 ? 0 : errno
  }

  /// The kernel lets root write anything; a file that no user may write is left alone all the same.
  private static func modeBitsLetRootWrite(_ status: stat) -> Bool {
    let bits = status.st_uid == 0 ? S_IWUSR : S_IWUSR | S_IWGRP | S_IWOTH
    return status.st_mode & bits != 0
  }
}

extension AccessError {
  /// Why a file or folder cannot be opened to be read.
  ///
  /// - Parameters:
  ///   - path: What was to be opened.
  ///   - number: The answer of the system, as `errno` has it.
  init(opening path: String, _ number: Int32) {
    self =
      switch number {
      case ENOENT, ENOTDIR: .noSuchFile(path: path)
      case EACCES, EPERM, 0: .notPermitted(path: path)
      case ENOMEM: .outOfMemory
      case EIO: .diskError(path: path, detail: String(cString: strerror(number)))
      default: .cannotOpen(path: path, detail: String(cString: strerror(number)))
      }
  }
}
