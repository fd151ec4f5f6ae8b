internal import Database
internal import Glibc

/// What restoring a backup would do.
public struct RestorePlan: Hashable, Sendable {
  /// The database.
  public let path: String
  /// The backup.
  public let source: String
  /// The figures of the backup.
  public let coverage: Coverage
  /// The newest change on the record of the backup.
  public let newest: Change?
  /// How many changes are on the record of the present file and not on that of the backup; nil if
  /// there is no present file, or its record cannot be read.
  public let onlyInPresent: Int?
  /// Why the record of the present file would not go on; nil if it would.
  public let gap: RecordGap?
  /// Where the present file is to be kept, if the name is still free then; nil if there is none.
  public let keptAs: String?

  /// Where the restored file is to be, if there is none now; else the file itself.
  var target: OutputPath {
    OutputPath(
      keptAs == nil ? path : FileCheck.real(path), for: .database, existing: .kept,
      databases: [source])
  }
}

extension AccessStore {
  /// Works out what restoring a backup would do, without doing it.
  ///
  /// - Parameters:
  ///   - path: The database. It may be damaged, or not be there.
  ///   - source: The backup: a copy of the same database, whose record began as this one's.
  ///   - busyTimeout: How long to wait for other programs, in milliseconds.
  /// - Returns: The plan.
  /// - Throws: `.notRestorable` if the backup has another encoding or version; `.noSuchFile`,
  ///   `.notAFile`, `.notADatabase`, `.notPermitted`, `.cannotOpen`, `.needsLog`, `.busy`,
  ///   `.damaged` or `.diskError` of the backup; `.noTables` or `.schemaRefused` if it is no
  ///   backup; `.readOnly`, `.refusedOutput` or `.cannotCreate` if the database may not be
  ///   written.
  public static func planRestore(
    of path: String, from source: String, busyTimeout: Int = 5_000
  ) throws(AccessError) -> RestorePlan {
    try FileCheck.refuseServer(source)
    let backup = try open(source, access: .readOnly, busyTimeout: busyTimeout)
    let present = try presentFile(path)
    if let present, present == FileIdentity(backup.path) {
      throw .notRestorable(path: source, .itself)
    }
    var onlyInPresent: Int?
    var gap: RecordGap? = present == nil ? .noFile : nil
    if present != nil {
      do {
        // What a program left unfinished is put right first, which is a write.
        let connection = try Connection(path: path, mode: .readWrite)
        connection.busyTimeout = busyTimeout
        try compareEncodings(connection, backup)
        (onlyInPresent, gap) = try RecordComparison(connection, with: backup.path).onlyHere(source)
      } catch let error as DatabaseError where error.isDamage {
        gap = .unreadable
      } catch {
        throw AccessError(any: error, path: path)
      }
    }
    let plan = RestorePlan(
      path: path, source: source, coverage: try backup.coverage(),
      newest: try backup.changes(limit: 1).first, onlyInPresent: onlyInPresent, gap: gap,
      keptAs: present == nil ? nil : SafetyCopy.freeName(path, before: "restore"))
    if present == nil { try plan.target.destination() }
    return plan
  }

  private static func compareEncodings(
    _ connection: Connection, _ backup: AccessStore
  ) throws {
    let encoding: @Sendable (any DatabaseSession) throws -> String = { connection in
      try connection.first("PRAGMA encoding") { $0.text(0) } ?? ""
    }
    let (found, needed) = (try backup.read(encoding), try encoding(connection))
    guard found == needed else {
      throw AccessError.notRestorable(
        path: backup.path, .otherEncoding(found: found, needed: needed))
    }
  }

  /// Which file is at the path, if one is, provided that it may be written.
  private static func presentFile(_ path: String) throws(AccessError) -> FileIdentity? {
    do throws(AccessError) {
      if let reason = try FileCheck.readOnlyReason(path) { throw AccessError.readOnly(reason) }
    } catch .noSuchFile {
      return nil
    }
    return FileIdentity(path)
  }
}

/// Which file a name leads to.
struct FileIdentity: Hashable {
  let device: UInt64
  let node: UInt64

  /// Nil if there is none.
  init?(_ path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    self.init(status)
  }

  init(_ status: stat) {
    device = UInt64(status.st_dev)
    node = UInt64(status.st_ino)
  }
}

/// Two databases that were one, compared by their records.
struct RecordComparison {
  private let connection: Connection

  /// Compares the database of a connection, which has no open transaction, with another.
  init(_ connection: Connection, with other: String) throws {
    self.connection = connection
    try connection.execute("ATTACH DATABASE ? AS other", [.text(other)])
  }

  /// Counts the changes of the database of the connection that the other has not.
  ///
  /// - Parameter name: The name of the other for an error.
  /// - Returns: How many they are, nil if the database keeps no record; and why its record cannot go on,
  ///   if it cannot.
  /// - Throws: `.notRestorable` if the records are of other versions.
  func onlyHere(_ name: String) throws -> (count: Int?, gap: RecordGap?) {
    try connection.reading {
      let tables = try connection.count(
        """
        SELECT count(*) FROM main.sqlite_schema
        WHERE name IN ('company_access_change', 'company_access_setting') AND type = 'table'
        """)
      guard tables == 2 else { return (nil, .unreadable) }
      try compareVersions(name)
      let count = try connection.count(
        """
        SELECT count(*) FROM main.company_access_change AS c WHERE NOT EXISTS (
          SELECT 1 FROM other.company_access_change AS o
          WHERE o.id = c.id AND o.at = c.at AND o.actor = c.actor AND o.action = c.action)
        """)
      return (count, try areOne() ? nil : .otherDatabase)
    }
  }

  private func compareVersions(_ name: String) throws {
    let version = { (database: String) in
      try connection.count(
        "SELECT value FROM \(database).company_access_setting WHERE key = 'schema_version'")
    }
    let (found, needed) = (try version("other"), try version("main"))
    guard found == needed else {
      throw AccessError.notRestorable(
        path: name, .otherVersion(found: found, needed: needed))
    }
  }

  /// Whether both have been one database.
  private func areOne() throws -> Bool {
    let ids = try ["main", "other"].map { database in
      try connection.first(
        "SELECT value FROM \(database).company_access_setting WHERE key = 'database'"
      ) { $0.optionalText(0) } ?? nil
    }
    if let id = ids[0], let other = ids[1] { return id == other }
    // Forgetting and pruning leave the first change as it was.
    let first = try ["main", "other"].map { database in
      try connection.first(
        """
        SELECT at, actor, action, added FROM \(database).company_access_change
        ORDER BY id LIMIT 1
        """
      ) { row in (0..<4).map { row.text($0) } }
    }
    return first[0] == first[1]
  }
}
