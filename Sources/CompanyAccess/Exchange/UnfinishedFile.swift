internal import CSystem
internal import Formats
internal import Glibc

/// A file in the making, under a hidden name in the folder of the one that it will be.
///
/// It is readable for its owner alone, under any umask. It is marked as being in use, so that
/// what a killed program has left can be told from what is being made.
final class UnfinishedFile {
  /// The name that it has until it is placed.
  let path: String
  let descriptor: Int32
  private let target: OutputPath

  /// Makes an empty file.
  ///
  /// - Parameter target: Where it will be.
  /// - Throws: `.refusedOutput`, `.exists` or `.cannotCreate`.
  init(for target: OutputPath) throws(AccessError) {
    self.target = target
    while true {
      let path = "\(target.folder)/\(UnfinishedFile.beginning)\(TimeOrderedID.next())"
      let descriptor = open(path, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0o600)
      guard descriptor >= 0 else { throw target.failure() }
      fchmod(descriptor, 0o600)
      csystem_hold_file(descriptor, 1)
      // A program that removes what others have left may have seen it before it was marked.
      var status = stat()
      if fstat(descriptor, &status) == 0, status.st_nlink > 0 {
        (self.path, self.descriptor) = (path, descriptor)
        return
      }
      close(descriptor)
    }
  }

  /// Gives the finished file its name, and makes it last through a loss of power.
  ///
  /// - Throws: `.exists` if the name has been taken meanwhile, `.refusedOutput`, `.cannotCreate`, or
  ///   `.diskError` if it may not last.
  func place() throws(AccessError) {
    guard fsync(descriptor) == 0 else {
      throw .diskError(path: target.path, detail: String(cString: strerror(errno)))
    }
    guard try target.destination() == .file else { throw .exists(path: target.path) }
    if target.existing == .replaced {
      guard rename(path, target.path) == 0 else { throw target.failure() }
    } else {
      try placeAnew()
    }
    do {
      try UnfinishedFile.sync(target.folder)
    } catch {
      // Where nothing was done, nothing may be found.
      if target.existing == .replaced {
        throw .cannotCreate(path: target.path, detail: "it is written, but its name may not last")
      }
      unlink(target.path)
      throw error
    }
  }

  private func placeAnew() throws(AccessError) {
    guard link(path, target.path) != 0 else { return }
    guard errno == EPERM || errno == EOPNOTSUPP || errno == EMLINK else { throw target.failure() }
    // A file system without links: take the name with an empty file, then replace that.
    let descriptor = open(target.path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw target.failure() }
    close(descriptor)
    guard rename(path, target.path) == 0 else { throw target.failure() }
  }

  /// Takes away what has not been placed, and gives up the descriptor; to be called once.
  func discard() {
    UnfinishedFile.remove(path)
    close(descriptor)
  }

  /// Makes the names in a folder last through a loss of power, where the file system can.
  static func sync(_ folder: String) throws(AccessError) {
    let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 || errno == EINVAL || errno == ENOTSUP else {
      throw .diskError(path: folder, detail: String(cString: strerror(errno)))
    }
  }

  private static func remove(_ path: String) {
    for ending in [""] + OutputPath.companions { unlink(path + ending) }
  }
}

// MARK: - What killed programs have left

extension UnfinishedFile {
  private static let beginning = ".company-access-"

  /// The paths of files in a folder that programs of this user have left unfinished, and that
  /// none is making now; nil if the folder cannot be read.
  static func leftovers(in folder: String) -> [String]? {
    PathName.names(in: folder)?.filter { name in
      unfinishedName(name).map { isLeft("\(folder)/\($0)") } ?? false
    }.map { "\(folder)/\($0)" }
  }

  /// Removes such files; one that cannot be removed stays.
  static func removeLeftovers(in folder: String) {
    let names = PathName.names(in: folder) ?? []
    for path in Set(names.compactMap(unfinishedName)).map({ "\(folder)/\($0)" }) {
      if isGone(path) {
        remove(path)
      } else {
        // Marked meanwhile, so that no program goes on making it.
        _ = withOwn(path, O_RDWR) { if csystem_hold_file($0, 0) == 0 { remove(path) } }
      }
    }
  }

  private static func isLeft(_ path: String) -> Bool {
    isGone(path) || withOwn(path, O_RDONLY) { csystem_is_file_held($0) == 0 } ?? false
  }

  /// Whether only what SQLite had made beside it is left.
  private static func isGone(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) != 0 && errno == ENOENT
  }

  /// The name of the unfinished file to which a name belongs; nil if to none.
  private static func unfinishedName(_ name: String) -> String? {
    guard name.hasPrefix(beginning) else { return nil }
    let rest = name.utf8.dropFirst(beginning.utf8.count)
    let id = rest.prefix { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
    let ending = String(rest.dropFirst(id.count)) ?? ""
    guard id.count == 32, ([""] + OutputPath.companions).contains(ending) else { return nil }
    return String(name.dropLast(ending.count))
  }

  /// Lends a file that belongs to this user and is not a link; nil if it is none.
  private static func withOwn<T>(_ path: String, _ flags: Int32, _ body: (Int32) -> T) -> T? {
    let descriptor = open(path, flags | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
      status.st_uid == geteuid()
    else { return nil }
    return body(descriptor)
  }
}
