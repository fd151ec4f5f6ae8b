internal import Database
internal import Glibc

/// A copy of a database that has been compared with the original.
public struct Backup: Hashable, Sendable {
  /// Where it is.
  public let path: String
  /// Its size.
  public let bytes: Int
  /// How many tables it has.
  public let tables: Int
  /// How many rows they have together.
  public let rows: Int
  /// What SQLite finds damaged in it, as in the original; nil if it is sound.
  public let damage: String?
  /// How many rows refer to one that is not there, as they do in the original; nil if the
  /// application's foreign keys are such that SQLite cannot tell.
  public let orphans: Int?
}

extension AccessStore {
  /// Copies a database as it is at one moment, while other programs go on using it.
  ///
  /// The tables of this library need not be there. The copy is made under a name of its own,
  /// readable for its owner alone, checked page by page, compared with the original, and only then
  /// given its name. Programs that write have to wait while pages are copied, unless the original
  /// is in WAL mode.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - target: Where the copy is to be.
  ///   - replacing: Whether a file that is there is replaced. A link never is.
  ///   - busyTimeout: How long to wait for other programs, in milliseconds.
  ///   - work: Hears of the progress, and can cancel.
  /// - Returns: The copy.
  /// - Throws: `.exists`, `.cannotCreate`, `.damaged` if the original is, `.cancelled`, or what the
  ///   files answer; no trace is left then.
  @discardableResult
  public static func backup(
    _ path: String, to target: String, replacing: Bool = false, busyTimeout: Int = 5_000,
    work: Work = Work()
  ) throws(AccessError) -> Backup {
    let mode: Connection.Mode = try FileCheck.readOnlyReason(path) == nil ? .readWrite : .readOnly
    do {
      let source = try Connection(path: path, mode: mode)
      source.busyTimeout = busyTimeout
      return try BackupWriter(source: source, target: target, replaces: replacing, work: work)
        .write()
    } catch {
      throw AccessError(any: error, path: path)
    }
  }
}

/// Makes one copy.
struct BackupWriter {
  let source: Connection
  let target: String
  var replaces = false
  /// Whether a damaged database is copied as well, as far as it can be read.
  var takesDamaged = false
  let work: Work

  private static let pagesAtOnce: Int32 = 2_000
  /// What SQLite keeps beside a database, by the end of its name.
  static let companions = ["-journal", "-wal", "-shm"]

  func write() throws -> Backup {
    try checkTarget()
    let temporary = NewFile.temporaryName(for: target)
    defer {
      for ending in [""] + BackupWriter.companions { unlink(temporary + ending) }
      source.watch(nil)
    }
    source.watch { work.isCancelled }
    do {
      let content = try copy(to: temporary)
      let backup = try verify(temporary, content)
      try AccessError.stop(work)
      try NewFile.place(temporary, at: target, replacing: replaces)
      return backup
    } catch let error as DatabaseError where error.isFull {
      throw AccessError.diskFull(path: target)
    }
  }

  // MARK: - The target

  /// Refuses a name under which the copy would be lost or do harm.
  private func checkTarget() throws(AccessError) {
    var status = stat()
    if lstat(target, &status) == 0 {
      guard status.st_mode & S_IFMT == S_IFREG else {
        throw refusal(status.st_mode & S_IFMT == S_IFLNK ? "it is a link" : "it is not a file")
      }
      var original = stat()
      if stat(source.path, &original) == 0, original.st_ino == status.st_ino,
        original.st_dev == status.st_dev
      {
        throw refusal("it is the database itself")
      }
      guard replaces else { throw .exists(path: target) }
    }
    let name = target.split(separator: "/").last ?? ""
    let place = FileCheck.folder(of: target) + "/" + name
    for ending in BackupWriter.companions {
      if place == source.path + ending { throw refusal("SQLite would take it for its own") }
      // SQLite would take it for a part of the copy.
      if lstat(target + ending, &status) == 0 {
        throw refusal("\(target + ending) of another database is there")
      }
    }
  }

  private func refusal(_ detail: String) -> AccessError {
    .cannotCreate(path: target, detail: detail)
  }

  // MARK: - The copy

  /// Copies under a lock that keeps the original as it is, so that the copy comes to an end
  /// however often other programs write; gives what the original held.
  private func copy(to temporary: String) throws -> DatabaseContent? {
    let copy = try made(temporary)
    // Nothing of it is worth keeping until it is complete, and then it is made to last at once.
    try copy.execute("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF")
    return try source.reading {
      // The first query takes the lock.
      _ = try source.count("SELECT count(*) FROM sqlite_schema")
      try source.copy(into: copy, pages: BackupWriter.pagesAtOnce) { remaining, total in
        work.report(total - remaining, of: total, .copying)
        return !work.isCancelled
      }
      do {
        return try DatabaseContent(source)
      } catch let error as DatabaseError where error.isCorrupt && takesDamaged {
        return nil
      }
    }
  }

  private func made(_ temporary: String) throws(AccessError) -> Connection {
    do {
      return try Connection(path: temporary, mode: .create, permissions: 0o600)
    } catch {
      throw error.cannotOpen
        ? refusal(error.message) : AccessError(any: error, path: target)
    }
  }

  /// Makes sure that the copy is sound and is what was copied, and that it will last.
  private func verify(_ temporary: String, _ content: DatabaseContent?) throws -> Backup {
    let (damage, orphans) = try check(temporary, content)
    let descriptor = open(temporary, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw NewFile.failure(target) }
    defer { close(descriptor) }
    var status = stat()
    guard fsync(descriptor) == 0, fstat(descriptor, &status) == 0 else {
      throw AccessError.diskError(path: target, detail: String(cString: strerror(errno)))
    }
    return Backup(
      path: target, bytes: Int(status.st_size), tables: content?.rows.count ?? 0,
      rows: content?.rows.values.reduce(0, +) ?? 0, damage: damage, orphans: orphans)
  }

  private func check(
    _ temporary: String, _ content: DatabaseContent?
  ) throws -> (damage: String?, orphans: Int?) {
    let copy = try Connection(path: temporary, mode: .readWrite)
    let work = work
    copy.watch {
      work.report(0, of: 0, .checking)
      return work.isCancelled
    }
    work.report(0, of: 0, .checking, always: true)
    // A copy is one file, which can be read where no other can be made.
    try copy.execute("PRAGMA journal_mode = DELETE")
    let damage = try Integrity(copy, limit: 1).damage.first
    if let damage {
      guard takesDamaged else { throw AccessError.damaged(path: source.path, detail: damage) }
      return (damage, nil)
    }
    guard let content, try DatabaseContent(copy) == content else {
      throw AccessError.diskError(path: target, detail: "the copy is not like the original")
    }
    return (nil, try orphans(copy))
  }

  private func orphans(_ copy: Connection) throws -> Int? {
    var count = 0
    do {
      try copy.forEach("PRAGMA foreign_key_check") { _ in count += 1 }
    } catch let error as DatabaseError where error.isPlain {
      return nil
    }
    return count
  }
}

extension AccessError {
  /// Throws when nobody wants the work any more.
  static func stop(_ work: Work) throws(AccessError) {
    if work.isCancelled { throw .cancelled }
  }
}
