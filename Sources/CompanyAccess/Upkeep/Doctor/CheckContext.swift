internal import CSystem
internal import Database
internal import Glibc

/// The database that is being examined, and what is known of it so far.
final class CheckContext {
  let path: String
  let work: Work
  private let busyTimeout: Int
  /// Whether the file may be opened with the right to write it.
  let mayOpenToWrite: Bool
  private var connection: Connection?
  private var checked: Integrity?
  /// What may be checked already.
  private(set) var reached = DoctorCheck.Stage.content
  /// Of which application the tables are, once they are known.
  private(set) var mapping: SchemaMapping?
  /// What the tables lack, once they are known.
  private(set) var lacks = SchemaFindings()

  init(path: String, mayOpenToWrite: Bool, busyTimeout: Int, work: Work) {
    self.path = path
    self.mayOpenToWrite = mayOpenToWrite
    self.busyTimeout = busyTimeout
    self.work = work
  }

  /// The connection; the first call opens it, and nothing is written by it.
  func opened() throws -> Connection {
    if let connection { return connection }
    let opened = try open()
    connection = opened
    return opened
  }

  /// Opens the file with the right to write it, if it may be.
  ///
  /// SQLite reads CHECK constraints only from a file that it may write. Whether a program has left an
  /// unfinished write there is found out first, because opening it so would take that back.
  private func open() throws -> Connection {
    do {
      let connection = try open(.readOnly)
      guard mayOpenToWrite else { return connection }
    } catch let error as DatabaseError where error.category == .cannotOpen || error.isReadOnly {
      // In WAL mode the log has to be read, which changes nothing of the content.
      guard error.category != .readOnly(.unfinishedWrite), mayOpenToWrite else { throw error }
    }
    let connection = try open(.readWrite)
    try connection.execute("PRAGMA query_only = ON")
    return connection
  }

  private func open(_ mode: Connection.Mode) throws -> Connection {
    let connection = try Connection(path: path, mode: mode)
    connection.busyTimeout = busyTimeout
    let work = work
    connection.watch { work.isCancelled }
    _ = try connection.count("SELECT count(*) FROM sqlite_schema")
    return connection
  }

  /// Finds out of which application the tables are; false if of none that is known.
  func findMapping() throws -> Bool {
    guard let mapping = try SchemaMapping(of: opened()) else { return false }
    self.mapping = mapping
    reached = .schema
    return true
  }

  /// The version of the tables, if it is an earlier one; it is known after `findVersion`.
  private(set) var earlierVersion: Int?

  /// Finds out of which version the tables are.
  func findVersion() throws {
    guard let mapping, let version = try SchemaSurvey(opened(), mapping).version(),
      (1..<SchemaStatus.newest).contains(version)
    else { return }
    earlierVersion = version
  }

  /// Compares the tables with what they should be.
  func findTables() throws {
    guard let mapping else { return }
    lacks = try Schema(mapping: mapping).check(opened())
    if !lacks.missingTables.contains(mapping.access.table.text) { reached = .rows }
  }

  /// A command in which words in braces stand for the file and its tables.
  func filled(_ command: String) -> String {
    var names = ["file": CheckContext.quoted(path)]
    names["leftovers"] = leftovers.map(CheckContext.quoted).joined(separator: " ")
    if let mapping {
      // In a text that is in quotes for the shell, where one of its own would end it.
      let quoted = { (name: SQLName) in "\(name)".replacing("'", with: "'\\''") }
      names["access"] = quoted(mapping.access.table)
      names["users"] = quoted(mapping.users.table)
      names["user key"] = quoted(mapping.users.key)
      names["companies"] = quoted(mapping.companies.table)
      names["company key"] = quoted(mapping.companies.key)
    }
    var parts = command.split(separator: "{", omittingEmptySubsequences: false)
    var words = String(parts.removeFirst())
    for part in parts {
      let halves = part.split(separator: "}", maxSplits: 1, omittingEmptySubsequences: false)
      words += (names[String(halves[0])] ?? "?") + (halves.count > 1 ? halves[1] : "")
    }
    return words
  }

  /// Unfinished files in the folder of the database that no program is making.
  var leftovers: [String] { UnfinishedFile.leftovers(in: FileCheck.folder(of: path)) ?? [] }

  /// A path as a shell takes it.
  static func quoted(_ path: String) -> String {
    let plain = path.utf8.allSatisfy { byte in
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2E, 0x2F, 0x2D, 0x5F: true
      default: false
      }
    }
    return plain ? path : "'" + path.replacing("'", with: "'\\''") + "'"
  }

  /// What the file system says of the file itself, behind any link.
  var status: stat {
    var status = stat()
    stat(path, &status)
    return status
  }

  /// What SQLite itself finds, of which it is asked once.
  func integrity() throws -> Integrity {
    if let checked { return checked }
    let found = try Integrity(opened(), limit: 100)
    checked = found
    return found
  }

  // MARK: - Facts

  /// What the database is like, as far as it could be read.
  var facts: [Diagnosis.Fact] {
    var facts = [Diagnosis.Fact(name: "SQLite", value: Connection.libraryVersion)]
    func add(_ name: String, _ value: String?) {
      if let value { facts.append(Diagnosis.Fact(name: name, value: value)) }
    }
    add("size", "\(status.st_size) bytes")
    add("file system", FileSystem(path).name)
    guard let connection else { return facts }
    let text = { (sql: String) -> String? in try? connection.first(sql) { $0.text(0) } }
    add("journal mode", connection.isInWALMode ? "wal" : text("PRAGMA journal_mode"))
    add("encoding", text("PRAGMA encoding"))
    add("application", mapping?.name)
    guard reached == .rows else { return facts }
    add("record begins", text("SELECT min(at) FROM company_access_change"))
    add("changes", text("SELECT count(*) FROM company_access_change"))
    add("ended grants kept", text("SELECT count(*) FROM \(RecordTable.endedGrant)"))
    let operators = try? RecordedSetting<OperatorList>(connection).value().all.count
    add(
      "operators",
      operators.map { $0 == 0 ? "none: who can write the file may do everything" : "\($0)" })
    let triggers = text(DoctorCheck.applicationTriggers)
    add("triggers of the application", triggers?.isEmpty == false ? triggers : "none")
    return facts
  }
}

/// Where a file is stored.
struct FileSystem: Hashable {
  let type: UInt32

  init(type: UInt32) { self.type = type }

  init(_ path: String) {
    type = csystem_file_system(path)
  }

  /// By the numbers of linux/magic.h.
  private static let networks: [UInt32: String] = [
    0x6969: "NFS", 0xFF53_4D42: "CIFS", 0xFE53_4D42: "SMB", 0x517B: "SMB", 0x5346_414F: "AFS",
    0x6B41_4653: "AFS", 0x00C3_6400: "Ceph", 0x7375_7245: "Coda", 0x0BD0_0BD0: "Lustre",
    0x0102_1997: "9P", 0x786F_4256: "a folder of VirtualBox", 0x0161_1970: "GFS2",
    0x7461_636F: "OCFS2",
  ]
  private static let locals: [UInt32: String] = [
    0xEF53: "ext4", 0x9123_683E: "btrfs", 0x5846_5342: "xfs", 0x0102_1994: "tmpfs",
    0x794C_7630: "overlay", 0x2FC1_2FC1: "zfs", 0xF2F5_2010: "f2fs", 0x4D44: "FAT",
    0x2011_BAB0: "exFAT", 0x5346_544E: "NTFS",
  ]
  private static let fuse: UInt32 = 0x6573_5546

  /// The name of the network file system that it is; nil if it is none.
  var network: String? { FileSystem.networks[type] }

  /// Whether a driver of its own answers for the file, in a way that is not known here.
  var isFuse: Bool { type == FileSystem.fuse }

  var name: String {
    network ?? FileSystem.locals[type] ?? (isFuse ? "FUSE" : "0x" + String(type, radix: 16))
  }
}
