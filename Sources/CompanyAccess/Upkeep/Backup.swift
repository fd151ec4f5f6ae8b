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
  ///   - target: Where the copy is to be. A link, a device or the database itself is refused.
  ///   - replacing: Whether a file that is there is replaced.
  ///   - access: With `.readOnly` the original is opened only to be read, and no database is replaced.
  ///   - busyTimeout: How long to wait for other programs, in milliseconds.
  ///   - work: Hears of the progress, and can cancel.
  /// - Returns: The copy.
  /// - Throws: `.exists`, `.refusedOutput`, `.cannotCreate`, `.damaged` if the original is,
  ///   `.busy`, `.diskFull`, `.diskError` or `.cancelled`; no trace is left then.
  @discardableResult
  public static func backup(
    _ path: String, to target: String, replacing: Bool = false, access: Access = .automatic,
    busyTimeout: Int = 5_000, work: Work = Work()
  ) throws(AccessError) -> Backup {
    try FileCheck.refuseServer(target)
    let forbidden = try FileCheck.readOnlyReason(path)
    let mode: Connection.Mode =
      forbidden == nil && access != .readOnly ? .readWrite : .readOnly
    do {
      let source = try Connection(path: path, mode: mode)
      source.busyTimeout = busyTimeout
      return try BackupWriter(source: source, work: work).write(
        to: OutputPath(
          target, for: .database, existing: .init(replacing: replacing), databases: [source.path],
          isReadOnly: access == .readOnly))
    } catch {
      throw AccessError(any: error, path: path)
    }
  }
}

/// Makes one copy.
struct BackupWriter {
  let source: Connection
  /// Whether a damaged database is copied as well, as far as it can be read.
  var takesDamaged = false
  let work: Work

  private static let pagesAtOnce: Int32 = 2_000

  /// Makes the copy under a name of its own, and then gives it its name.
  ///
  /// What killed programs have left in the folder is removed first.
  func write(to target: OutputPath) throws -> Backup {
    try target.destination()
    UnfinishedFile.removeLeftovers(in: target.folder)
    let file = try UnfinishedFile(for: target)
    defer { file.discard() }
    let backup = try write(into: file, as: target.path)
    try AccessError.stop(work)
    try file.place()
    return backup
  }

  /// Fills a file that is to get this name, and makes sure that it is what was copied.
  func write(into file: UnfinishedFile, as name: String) throws -> Backup {
    source.watch { work.isCancelled }
    defer { source.watch(nil) }
    do {
      return try verify(file, as: name, try copy(to: file))
    } catch let error as DatabaseError where error.category == .full {
      throw AccessError.diskFull(path: name)
    }
  }

  // MARK: - The copy

  /// Copies under a lock that keeps the original as it is, so that the copy comes to an end
  /// however often other programs write; gives what the original held.
  private func copy(to file: UnfinishedFile) throws -> DatabaseContent? {
    let copy = try Connection(path: file.path, mode: .readWrite)
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
      } catch let error as DatabaseError where error.category == .damaged && takesDamaged {
        return nil
      }
    }
  }

  /// Makes sure that the copy is sound and is what was copied, and that it will last.
  private func verify(
    _ file: UnfinishedFile, as name: String, _ content: DatabaseContent?
  ) throws -> Backup {
    let (damage, orphans) = try check(file.path, as: name, content)
    var status = stat()
    guard fsync(file.descriptor) == 0, fstat(file.descriptor, &status) == 0 else {
      throw AccessError.diskError(path: name, detail: String(cString: strerror(errno)))
    }
    return Backup(
      path: name, bytes: Int(status.st_size), tables: content?.rows.count ?? 0,
      rows: content?.rows.values.reduce(0, +) ?? 0, damage: damage, orphans: orphans)
  }

  private func check(
    _ temporary: String, as name: String, _ content: DatabaseContent?
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
      throw AccessError.diskError(path: name, detail: "the copy is not like the original")
    }
    return (nil, try orphans(copy))
  }

  private func orphans(_ copy: Connection) throws -> Int? {
    var count = 0
    do {
      try copy.forEach("PRAGMA foreign_key_check") { _ in count += 1 }
    } catch let error as DatabaseError where error.isStatementError {
      return nil
    }
    return count
  }
}

extension AccessError {
  /// Throws when the work was cancelled.
  static func stop(_ work: Work) throws(AccessError) {
    if work.isCancelled { throw .cancelled }
  }
}
