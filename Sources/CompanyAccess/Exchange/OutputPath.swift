package import Formats
internal import Glibc

/// A path that something is to be written to: every file that is written passes here.
///
/// A database that is in use here is never written to under any name, nor are the names that
/// SQLite keeps for its own beside any database. A link is neither followed nor replaced; a device
/// or a pipe is written to; `-` is standard output. Only a database takes the place of a database.
package struct OutputPath: Hashable, Sendable {
  /// What is written.
  package enum Content: Hashable, Sendable {
    /// Text, which may go to a device, a pipe or standard output as well.
    case document
    /// Rows that are nowhere else afterwards, so that they need a file on a disk.
    case record
    case database
    case folder
  }

  /// What happens to a file that is there.
  package enum Existing: Hashable, Sendable {
    /// It is kept, always.
    case kept
    /// It is kept, because nothing else was asked for.
    case keptUnlessAsked
    case replaced

    /// For something that can be asked to replace a file.
    package init(replacing: Bool) { self = replacing ? .replaced : .keptUnlessAsked }
  }

  /// Where it goes.
  enum Destination: Hashable, Sendable {
    /// To a name that is free, or whose file is to be replaced.
    case file
    /// To a device or a named pipe.
    case device
    /// To a descriptor that is open already.
    case descriptor(Int32)
    /// To a folder that is there.
    case folder
  }

  package let path: String
  let content: Content
  let existing: Existing
  /// Databases that are in use here.
  let databases: [String]
  /// Whether databases are kept, even where a database may replace one.
  let isReadOnly: Bool

  /// - Parameters:
  ///   - path: The path; `-` is standard output.
  ///   - content: What is to be written.
  ///   - existing: What happens to a file that is there.
  ///   - databases: Paths of databases that are in use here.
  ///   - isReadOnly: Whether no database may be replaced at all.
  package init(
    _ path: String, for content: Content, existing: Existing, databases: [String],
    isReadOnly: Bool = false
  ) {
    self.path = path
    self.content = content
    self.existing = existing
    self.databases = databases
    self.isReadOnly = isReadOnly
  }

  /// The folder in which it is.
  var folder: String { PathName.folder(of: path) }

  /// What SQLite keeps beside a database, by the end of its name.
  static let companions = ["-journal", "-wal", "-shm"]

  /// The standard stream of this name.
  package static let standardOutput = "-"

  // MARK: - The gate

  /// Makes sure that nothing is harmed by writing there, which changes nothing.
  ///
  /// - Returns: Where it goes.
  /// - Throws: `.exists`, `.refusedOutput` or `.cannotCreate`.
  @discardableResult
  func destination() throws(AccessError) -> Destination {
    guard !path.utf8.contains(0) else {
      throw .cannotCreate(path: path, detail: "a path holds no NUL")
    }
    if path == OutputPath.standardOutput { return try stream(STDOUT_FILENO) }
    try refuseCompanions()
    if isDatabaseInUse(FileIdentity(path)) { throw refusal(.databaseInUse) }
    var status = stat()
    guard lstat(path, &status) == 0 else {
      guard errno == ENOENT, stat(folder, &status) == 0 else { throw failure() }
      if content != .folder, PathName.trimmed(path) != path { throw refusal(.folder) }
      try refuseStrayCompanions()
      return .file
    }
    switch status.st_mode & S_IFMT {
    case S_IFLNK:
      if let descriptor = openDescriptor { return try stream(descriptor) }
      throw refusal(.link(to: PathName.target(of: path) ?? ""))
    case S_IFDIR:
      guard content == .folder else { throw refusal(.folder) }
      return .folder
    case S_IFREG:
      try checkExistingFile()
      return .file
    case S_IFCHR, S_IFIFO:
      guard content == .document else { throw refusal(.notAFile) }
      return .device
    default: throw refusal(.unsuitable)
    }
  }

  private func refusal(_ problem: OutputProblem) -> AccessError {
    .refusedOutput(path: path, problem)
  }

  /// Refuses a name that SQLite would take for a part of a database, and remove.
  private func refuseCompanions() throws(AccessError) {
    let name = PathName.trimmed(path)
    for ending in OutputPath.companions where name.hasSuffix(ending) {
      let database = String(name.dropLast(ending.count))
      if isDatabaseInUse(FileIdentity(database)) || OutputPath.isDatabase(database) {
        throw refusal(.partOfDatabase(database))
      }
    }
  }

  /// Refuses to make a database where SQLite would take what is there for a part of it.
  private func refuseStrayCompanions() throws(AccessError) {
    guard content == .database else { return }
    var status = stat()
    for ending in OutputPath.companions where lstat(path + ending, &status) == 0 {
      throw refusal(.strayPart(path + ending))
    }
  }

  private func checkExistingFile() throws(AccessError) {
    guard content != .folder else { throw refusal(.notAFolder) }
    let isDatabase = OutputPath.isDatabase(path)
    if isDatabase, content != .database { throw refusal(.database) }
    switch existing {
    case .kept: throw .exists(path: path)
    case .keptUnlessAsked: throw .exists(path: path, canBeReplaced: true)
    case .replaced: break
    }
    if isDatabase, isReadOnly { throw refusal(.databaseKept) }
    try refuseStrayCompanions()
  }

  /// Whether a file is one of the databases in use, under any name.
  private func isDatabaseInUse(_ file: FileIdentity?) -> Bool {
    file.map { file in databases.contains { FileIdentity($0) == file } } ?? false
  }

  /// Whether a file is an SQLite database, as one that cannot be looked into may be.
  private static func isDatabase(_ path: String) -> Bool {
    let mark = Array("SQLite format 3\0".utf8)
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { return errno == EACCES || errno == EPERM }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      return false
    }
    var start = [UInt8](repeating: 0, count: mark.count)
    return read(descriptor, &start, start.count) == start.count && start == mark
  }

  /// Why nothing can be made there, by the number of the error.
  func failure() -> AccessError {
    switch errno {
    case EEXIST: .exists(path: path)
    case ENOENT: .cannotCreate(path: path, detail: "there is no folder \(folder)")
    case ENOTDIR: .cannotCreate(path: path, detail: "\(folder) is not a folder")
    case let code: .cannotCreate(path: path, detail: String(cString: strerror(code)))
    }
  }
}

// MARK: - Streams

extension OutputPath {
  /// The descriptor of this process that a link stands for, as `/dev/stdout` does.
  private var openDescriptor: Int32? {
    let own = "/proc/\(getpid())/fd"
    var place = path
    // As many links as Linux follows.
    for _ in 0..<40 {
      let folder = PathName.folder(of: place)
      if FileCheck.real(folder) == own { return Int32(PathName.last(of: place)) }
      guard let target = PathName.target(of: place) else { return nil }
      place = target.utf8.first == UInt8(ascii: "/") ? target : "\(folder)/\(target)"
    }
    return nil
  }

  private func stream(_ descriptor: Int32) throws(AccessError) -> Destination {
    guard content == .document else { throw refusal(.notAFile) }
    guard !OutputPath.leads(descriptor, into: databases) else { throw refusal(.databaseInUse) }
    return .descriptor(descriptor)
  }

  /// Whether an open descriptor is a database or one of the files that SQLite keeps beside it.
  private static func leads(_ descriptor: Int32, into databases: [String]) -> Bool {
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return false }
    let file = FileIdentity(status)
    return databases.contains { database in
      let real = FileCheck.real(database)
      return ([""] + companions).contains { FileIdentity(real + $0) == file }
    }
  }

  /// Makes sure that what is said does not go into a database, as after `>> hrm.db`.
  ///
  /// Standard error is taken away if it does, because an error would be told there.
  ///
  /// - Parameter database: The database in use.
  /// - Throws: `.refusedOutput`.
  package static func checkStandardStreams(_ database: String) throws(AccessError) {
    let isLost = leads(STDERR_FILENO, into: [database])
    if isLost {
      let nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC)
      dup2(nowhere, STDERR_FILENO)
      close(nowhere)
    }
    if isLost || leads(STDOUT_FILENO, into: [database]) {
      throw .refusedOutput(path: standardOutput, .databaseInUse)
    }
  }
}

// MARK: - Writing

extension OutputPath {
  /// Writes a document; a file appears when it is complete, readable for its owner alone.
  ///
  /// - Parameters:
  ///   - work: Cancels the waiting for the reader of a pipe.
  ///   - body: Writes the content.
  /// - Throws: `AccessError` or `OutputError`; no trace is left then.
  package func write(work: Work? = nil, _ body: (ByteWriter) throws -> Void) throws {
    switch try destination() {
    case .descriptor(let descriptor): try write(to: descriptor, body)
    case .device:
      let descriptor = try openDevice(work)
      defer { close(descriptor) }
      try write(to: descriptor, body)
    case .file:
      let file = try UnfinishedFile(for: self)
      defer { file.discard() }
      try write(to: file.descriptor, body)
      try file.place()
    case .folder: throw refusal(.folder)
    }
  }

  private func write(to descriptor: Int32, _ body: (ByteWriter) throws -> Void) throws {
    let output = ByteWriter(descriptor: descriptor, name: path)
    try body(output)
    try output.flush()
  }

  /// Opens a device or a pipe, for whose reader it waits.
  private func openDevice(_ work: Work?) throws(AccessError) -> Int32 {
    while true {
      let descriptor = open(path, O_WRONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
      if descriptor >= 0 {
        _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) & ~O_NONBLOCK)
        // Another file may have got the name meanwhile.
        var status = stat()
        if fstat(descriptor, &status) == 0, [S_IFCHR, S_IFIFO].contains(status.st_mode & S_IFMT) {
          return descriptor
        }
        close(descriptor)
        throw refusal(.unsuitable)
      }
      guard errno == ENXIO else { throw failure() }
      if let work { try AccessError.stop(work) }
      poll(nil, 0, 50)
    }
  }
}
