internal import CSQLite
internal import Glibc

/// What stands beside a database in WAL mode, and how the database can be read without a trace.
///
/// A connection of SQLite that may only read makes `-wal` and `-shm` beside such a file where they
/// are not there, and leaves them. Where nothing is in the log, the file alone is the whole
/// database, and is read as one that does not change; `FileStamp` finds out if it did.
struct SideFiles {
  /// How many bytes the log has; nil if there is none.
  private let log: Int?
  /// Whether there is the index to the log, which every program that has the file open keeps.
  private let hasIndex: Bool

  /// Looks beside a file that is in WAL mode.
  init(of path: String) {
    var status = stat()
    log = stat(path + "-wal", &status) == 0 ? Int(status.st_size) : nil
    hasIndex = stat(path + "-shm", &status) == 0
  }

  /// Whether the file is the whole database, and no program has it open.
  ///
  /// A program that has it open has made both files. With an empty log it may be about to write.
  var isFileAlone: Bool { log == nil || log == 0 && !hasIndex }

  /// Whether the log holds something, and its index would have to be made to read it.
  var needsIndex: Bool { !isFileAlone && !hasIndex }
}

/// The state of a file in WAL mode that is read as one that does not change.
///
/// A write of another program begins with a log, and goes from the log into the file.
struct FileStamp: Equatable {
  private let identity: [UInt64]

  init(_ path: String) {
    var status = stat()
    let isThere = stat(path, &status) == 0
    let file: [UInt64] =
      isThere
      ? [
        UInt64(status.st_dev), UInt64(status.st_ino), UInt64(status.st_size),
        UInt64(bitPattern: Int64(status.st_mtim.tv_sec)), UInt64(status.st_mtim.tv_nsec),
      ] : []
    let hasLog = stat(path + "-wal", &status) == 0 && status.st_size > 0
    identity = file + [hasLog ? 1 : 0]
  }

  /// A number that is another one for another state.
  var number: Int {
    Int(truncatingIfNeeded: identity.reduce(1) { $0 &* 1_099_511_628_211 ^ $1 })
  }
}

extension Connection {
  /// Whether the header of a file says that it is in WAL mode; false if it cannot be read.
  package static func isInWALMode(_ path: String) -> Bool {
    guard let real = realpath(path, nil) else { return false }
    defer { free(real) }
    var handle: OpaquePointer?
    defer { sqlite3_close_v2(handle) }
    let flags = SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX
    guard sqlite3_open_v2(real, &handle, flags, nil) == SQLITE_OK, let handle else { return false }
    return isInWALMode(handle)
  }

  /// Whether the file of the connection is in WAL mode.
  package var isInWALMode: Bool { Connection.isInWALMode(handle) }

  /// Reads what the header of the file says, of which SQLite needs no lock and no log.
  static func isInWALMode(_ handle: OpaquePointer) -> Bool {
    var header = [UInt8](repeating: 0, count: 20)
    return csqlite_read(handle, &header, 20, 0) == SQLITE_OK
      && header.starts(with: "SQLite format 3\0".utf8) && header[18] == 2
  }

  /// Opens a file that may only be read, so that nothing is made beside it.
  static func openToRead(
    _ path: String
  ) throws(DatabaseError) -> (handle: OpaquePointer, stamp: FileStamp?) {
    let handle = try open(path, SQLITE_OPEN_READONLY)
    guard isInWALMode(handle) else { return (handle, nil) }
    // Taken first: what comes later is noticed.
    let stamp = FileStamp(path)
    let beside = SideFiles(of: path)
    guard beside.isFileAlone || beside.needsIndex else { return (handle, nil) }
    sqlite3_close_v2(handle)
    if beside.needsIndex { throw DatabaseError(needsLogOf: path) }
    return (try open(unchanging(path), SQLITE_OPEN_READONLY | SQLITE_OPEN_URI), stamp)
  }

  /// Opens a file by a name that SQLite understands.
  static func open(_ name: String, _ flags: Int32) throws(DatabaseError) -> OpaquePointer {
    var handle: OpaquePointer?
    let code = sqlite3_open_v2(name, &handle, flags | SQLITE_OPEN_NOMUTEX, nil)
    guard code == SQLITE_OK, let handle else {
      let error = DatabaseError(handle: handle)
      sqlite3_close_v2(handle)
      throw error
    }
    return handle
  }

  /// The name by which SQLite opens a file that it takes for one that does not change.
  static func unchanging(_ path: String) -> String {
    var name = "file:"
    for byte in path.utf8 {
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2E, 0x2F, 0x2D, 0x5F:
        name.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        let digits = String(byte, radix: 16)
        name += digits.utf8.count == 1 ? "%0\(digits)" : "%\(digits)"
      }
    }
    return name + "?immutable=1"
  }

  /// Whether what was read as unchanging has changed, so that the file has to be opened again.
  package var isOutdated: Bool {
    guard let stamp else { return false }
    return stamp != FileStamp(path)
  }

  /// Throws, as for a file that another program holds, if what was read as unchanging has changed.
  func checkStamp() throws(DatabaseError) {
    if isOutdated {
      throw DatabaseError(
        extendedCode: SQLITE_BUSY, message: "another program wrote the file while it was read")
    }
  }
}
