internal import Database
internal import Formats
internal import Glibc

/// A file of a report.
public struct ReportFile: Hashable, Sendable {
  /// Its name in the folder of the report.
  public let name: String
  /// How many rows it has below its header; nil for a page that has none.
  public let rows: Int?
  /// How many bytes it has.
  public let bytes: Int
  /// The SHA-256 of its bytes, as hex digits.
  public let sha256: String
}

/// What a report says, in figures.
public struct ReportFigures: Hashable, Sendable {
  /// Users, companies and grants at the end of the period.
  public internal(set) var coverage = Coverage(users: 0, companies: 0, grants: 0, permitted: 0)
  /// Users with any access.
  public internal(set) var usersWithAccess = 0
  /// Companies that anybody may enter.
  public internal(set) var companiesWithUsers = 0
  /// Inactive users who still may enter a company.
  public internal(set) var inactiveUsersWithAccess = 0
  /// Users whose row is gone without a trace while grants of theirs stand.
  public internal(set) var unknownUsers = 0
  /// Grants of these, and of companies that are gone in that way.
  var orphans = 0
  /// Inactive users, with access or without.
  public internal(set) var inactiveUsers = 0
  /// Inactive companies.
  public internal(set) var inactiveCompanies = 0
  /// Changes in the period.
  public internal(set) var changes = 0
  /// Grants made in the period, each as often as it was made.
  public internal(set) var granted = 0
  /// Grants ended in the period.
  public internal(set) var revoked = 0
  /// Grants before the period, those of missing users and companies included.
  public internal(set) var openingGrants = 0
  /// Users before the period.
  public internal(set) var openingUsers = 0
  /// Users added in the period.
  public internal(set) var usersAdded = 0
  /// Users of whom the record knows first since a change of the period, and of none how they came.
  public internal(set) var usersFirstKnown = 0
  /// Users deleted in the period.
  public internal(set) var usersDeleted = 0
  /// Companies before the period.
  public internal(set) var openingCompanies = 0
  /// Companies added in the period.
  public internal(set) var companiesAdded = 0
  /// Companies of which the record knows first since a change of the period.
  public internal(set) var companiesFirstKnown = 0
  /// Companies deleted in the period.
  public internal(set) var companiesDeleted = 0
  /// Changes of the period whose own counts are not what the record has of them.
  public internal(set) var unbalancedChanges = 0
  /// Rows of the application's tables that belong to a user and a company which that user may not enter,
  /// when the report was written.
  public internal(set) var leaks = 0
  /// Grants at the end whose user or company was gone, or had left the id to another one.
  public internal(set) var formerGrants = 0

  /// Users with no access.
  public var usersWithoutAccess: Int { coverage.users - usersWithAccess }
  /// Grants after the period, those of missing users and companies included.
  public var closingGrants: Int { coverage.grants + coverage.orphans }

  /// Whether what came and went leads from what there was to what there is.
  public var isBalanced: Bool {
    unbalancedChanges == 0 && openingGrants + granted - revoked == closingGrants
      && openingUsers + usersAdded + usersFirstKnown - usersDeleted == coverage.users
      && openingCompanies + companiesAdded + companiesFirstKnown - companiesDeleted
        == coverage.companies
  }

  /// Counts what happened to a user or to a company.
  mutating func count(_ event: ChangedEntity.Event, isUser: Bool) {
    switch (event, isUser) {
    case (.made, true): usersAdded += 1
    case (.firstKnown, true): usersFirstKnown += 1
    case (.gone, true): usersDeleted += 1
    case (.made, false): companiesAdded += 1
    case (.firstKnown, false): companiesFirstKnown += 1
    case (.gone, false): companiesDeleted += 1
    case (.edited, _): break
    }
  }
}

/// A report that was written.
public struct ReportSummary: Hashable, Sendable {
  /// The state at the end of the period, with what is to be known about it.
  public let asOf: ResolvedMoment
  /// The figures.
  public let figures: ReportFigures
  /// The files, without the manifest.
  public let files: [ReportFile]
  /// The SHA-256 of the manifest, as 64 hex digits; kept elsewhere, it proves later that no file of the
  /// report was altered.
  public let manifestSHA256: String
}

extension AccessStore {
  /// Writes what an auditor takes away: who has access to what at the end of a period, and what
  /// changed in it.
  ///
  /// The folder then holds tables as CSV, a page that prints well, and a manifest with the SHA-256
  /// of every file. All files are readable for their owner alone.
  ///
  /// - Parameters:
  ///   - from: The beginning of the period.
  ///   - to: Its end, whose state is reported.
  ///   - directory: The folder, which must not be there yet or be empty.
  ///   - options: What the report is called.
  ///   - toolVersion: The version of the program, for the manifest.
  ///   - now: The time of the report.
  ///   - work: Hears of the progress, and can cancel.
  /// - Returns: What was written.
  /// - Throws: `.emptyPeriod`, `.folderNotEmpty`, `.refusedOutput`, `.cannotCreate`, `.notKept`,
  ///   `.cancelled`, or what the disk answers; what was written until then is gone again.
  @discardableResult
  public func report(
    from: Timestamp, to: Timestamp, into directory: String,
    options: ReportOptions = ReportOptions(), toolVersion: String, now: Timestamp = .now,
    work: Work? = nil
  ) throws(AccessError) -> ReportSummary {
    guard from.text <= to.text else { throw .emptyPeriod(from: from, to: to) }
    try requireEverything()
    let period = ReportPeriod(from: from, to: to, asOf: try moment(at: to))
    let circumstances = try ReportCircumstances(self, options, toolVersion, now, try recordID())
    return try writeReport(period, into: directory, circumstances, nil, work).summary
  }

  /// Writes a report.
  ///
  /// - Parameters:
  ///   - period: Of which period.
  ///   - directory: The folder, which must not be there yet or be empty.
  ///   - circumstances: By whom, where and when it is written, or was written.
  ///   - claims: What the manifest says of a report that is written again: what only the time of writing
  ///     knows is taken from it.
  ///   - work: Hears of the progress, and can cancel.
  /// - Returns: What was written.
  /// - Throws: As `report`.
  func writeReport(
    _ period: ReportPeriod, into directory: String, _ circumstances: ReportCircumstances,
    _ claims: ReportClaims?, _ work: Work?
  ) throws(AccessError) -> WrittenReport {
    let statistics = try statistics(at: period.asOf.moment, work: work)
    var folder = try ReportFolder(directory, databases: [path])
    do {
      let reader = try SnapshotReader(self, work)
      var writer = try ReportWriter(reader, period.asOf, period.from, work)
      var content = try reader.run { try writer.write(to: &folder, statistics) }
      let notices = period.asOf.notices.map(\.description) + content.notices
      content.notices = claims?.notices ?? notices
      if let claims {
        content.leaks = claims.leaks
        content.figures.leaks = claims.figures["leaks"] ?? 0
        folder.replace(claims.files.filter { $0.name == ReportWriter.leaks })
      }
      let context = ReportContext(
        period: period, circumstances: circumstances,
        schemaVersion: try reader.run { try reader.schemaVersion() })
      let tables = folder.files
      try folder.add(ReportPage.name) { file in
        try ReportPage(context: context, content: content, files: tables).write(to: file)
      }
      let manifest = ReportManifest(context: context, content: content, files: folder.files)
      try folder.add(ReportManifest.name) { try $0.write(manifest.text) }
      try folder.sync()
      let summary = ReportSummary(
        asOf: period.asOf, figures: content.figures,
        files: folder.files.filter { $0.name != ReportManifest.name },
        manifestSHA256: SHA256.hex(manifest.text.utf8))
      return WrittenReport(summary: summary, notices: notices, names: folder.files.map(\.name))
    } catch {
      folder.abandon()
      throw AccessError(any: error, path: directory)
    }
  }
}

/// The period of a report, and the state at its end.
struct ReportPeriod {
  let from: Timestamp
  let to: Timestamp
  let asOf: ResolvedMoment
}

/// A report that was written, with what the database says of it now.
struct WrittenReport {
  let summary: ReportSummary
  /// What is to be known about it.
  let notices: [String]
  /// The names of all files.
  let names: [String]
}

/// About what a report is, and how it was written.
struct ReportContext {
  let period: ReportPeriod
  let circumstances: ReportCircumstances
  let schemaVersion: Int

  var databaseName: String {
    let location = circumstances.location
    guard ServerLocation.isOne(location) else {
      return location.utf8.lastIndex(of: UInt8(ascii: "/")).map {
        String(location[location.utf8.index(after: $0)...])
      } ?? location
    }
    // Behind the name may stand where the socket is.
    let parts = location.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false)
    let name = parts.count == 4 ? parts[3] : location[...]
    return String(name.firstRange(of: " at ").map { name[..<$0.lowerBound] } ?? name)
  }
}

extension SnapshotReader {
  fileprivate func schemaVersion() throws -> Int {
    try connection.count("SELECT value FROM \(RecordTable.setting) WHERE key = 'schema_version'")
  }
}

/// The folder of a report while it is written.
struct ReportFolder {
  private let path: String
  private let databases: [String]
  /// Whether there was none before.
  private let isNew: Bool
  private(set) var files: [ReportFile] = []
  private var unfinished: [String: UnfinishedFile] = [:]

  /// Makes the folder, or makes sure that it is empty.
  init(_ path: String, databases: [String]) throws(AccessError) {
    let target = OutputPath(path, for: .folder, existing: .kept, databases: databases)
    self.path = path
    self.databases = databases
    if try target.destination() == .folder {
      guard let names = PathName.names(in: path) else { throw target.failure() }
      guard names.isEmpty else { throw .folderNotEmpty(path: path) }
      isNew = false
    } else {
      guard mkdir(path, 0o700) == 0 else { throw target.failure() }
      isNew = true
    }
  }

  /// Writes a file.
  mutating func add<T>(_ name: String, _ body: (RecordFile) throws -> T) throws -> T {
    let file = try create(name)
    let result = try body(file)
    try finish(file, name, hasRows: false)
    return result
  }

  /// Begins a file, which `finish` ends.
  mutating func create(_ name: String) throws -> RecordFile {
    let target = OutputPath(
      "\(path)/\(name)", for: .record, existing: .kept, databases: databases)
    let file = try UnfinishedFile(for: target)
    unfinished[name] = file
    return RecordFile(descriptor: file.descriptor, path: target.path)
  }

  mutating func finish(_ file: RecordFile, _ name: String, hasRows: Bool) throws {
    let hash = try file.finish()
    try unfinished[name]?.place()
    unfinished.removeValue(forKey: name)?.discard()
    files.append(
      ReportFile(name: name, rows: hasRows ? file.rows : nil, bytes: file.size, sha256: hash))
  }

  /// Lets files stand in the list as another report has them.
  mutating func replace(_ others: [ReportFile]) {
    for other in others {
      if let index = files.firstIndex(where: { $0.name == other.name }) { files[index] = other }
    }
  }

  /// Makes the folder last through a loss of power.
  func sync() throws(AccessError) { try UnfinishedFile.sync(PathName.folder(of: path)) }

  /// Takes away what was written.
  func abandon() {
    for file in unfinished.values { file.discard() }
    for file in files { unlink("\(path)/\(file.name)") }
    if isNew { rmdir(path) }
  }
}
