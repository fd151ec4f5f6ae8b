internal import Database
internal import Formats
internal import Glibc

extension AccessStore {
  /// Checks a report against this database: it is written again as of the same change, in a temporary
  /// folder, and compared file by file.
  ///
  /// What only the time of writing knows is taken from the manifest: by whom, where and by which call the
  /// report was written, the notices, and the rows outside of the grants (`leaks.csv`), of which the record
  /// tells nothing. A notice that the database gives now and the report does not have is a difference.
  ///
  /// - Parameters:
  ///   - directory: The folder of the report.
  ///   - sha256: What `ReportSummary.manifestSHA256` was, in lower case; nil if it was not kept.
  ///   - work: Hears of the progress, and can cancel.
  /// - Returns: What is not as it was written, or not as this database gives it; nothing for a report that
  ///   is true.
  /// - Throws: `.noSuchFile` if there is no such folder; `.notKept` if the record of that time has been
  ///   pruned; `.cannotCreate`, `.diskFull` or `.cancelled`; what is wrong with the file.
  public func verifyReport(
    _ directory: String, sha256: String? = nil, work: Work? = nil
  ) throws(AccessError) -> [ReportDifference] {
    let found = try AccessStore.verifyReport(directory, sha256: sha256)
    guard let claims = ReportCheck.claims(of: directory) else { return found }
    guard let circumstances = claims.circumstances, let from = claims.from, let to = claims.to
    else {
      return found + [.earlierVersion]
    }
    if let record = circumstances.record, record != (try recordID()) {
      return found + [.otherDatabase]
    }
    let asOf: ResolvedMoment
    do {
      asOf = try moment(after: claims.change, at: to)
    } catch .noSuchChange(let change) {
      return found + [.unknownChange(change)]
    }
    let folder = try TemporaryReport()
    defer { folder.remove() }
    let written = try writeReport(
      ReportPeriod(from: from, to: to, asOf: asOf), into: folder.path, circumstances, claims, work)
    let known = Set(claims.notices)
    let notices = written.notices.filter { !known.contains($0) }
    var more = notices.map { ReportDifference.notice($0) }
    let isOtherZone = circumstances.zone != ReportCircumstances.zone(at: circumstances.generatedAt)
    if isOtherZone {
      more.append(
        .otherZone(
          circumstances.zone, found: ReportCircumstances.zone(at: circumstances.generatedAt)))
    }
    let names = written.names.filter { name in
      name != ReportWriter.leaks && name != ReportManifest.name
        && !(isOtherZone && name == ReportPage.name)
    }
    for name in names {
      let line = FirstDifference.line(of: "\(directory)/\(name)", "\(folder.path)/\(name)")
      if let line { more.append(.notOfDatabase(name, line: line)) }
    }
    // It has the hashes of the others, whose differences have been said.
    if more.isEmpty,
      let line = FirstDifference.line(
        of: "\(directory)/\(ReportManifest.name)", "\(folder.path)/\(ReportManifest.name)")
    {
      more.append(.notOfDatabase(ReportManifest.name, line: line))
    }
    return found + more
  }

  /// Which record it is: copies of one file have the same.
  func recordID() throws(AccessError) -> String? {
    try read { connection in
      if case .text(let id) = try SchemaSetting.value(SchemaSetting.database, connection) {
        id
      } else {
        nil
      }
    }
  }
}

/// A folder for a report that is compared and goes again.
private struct TemporaryReport {
  private let parent: String
  /// Where the report is written.
  let path: String

  init() throws(AccessError) {
    let root = getenv("TMPDIR").map { String(cString: $0) } ?? ""
    let template = "\(root.isEmpty ? "/tmp" : root)/company-access-report-XXXXXX"
    var bytes = Array(template.utf8CString)
    guard mkdtemp(&bytes) != nil else {
      throw .cannotCreate(path: template, detail: String(cString: strerror(errno)))
    }
    parent = String(decoding: bytes.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    path = parent + "/report"
  }

  func remove() {
    for name in PathName.names(in: path) ?? [] { unlink("\(path)/\(name)") }
    rmdir(path)
    rmdir(parent)
  }
}

/// Where two files begin to differ.
enum FirstDifference {
  /// The line, from 1; nil if they are the same, 0 if one of them cannot be read.
  static func line(of one: String, _ other: String) -> Int? {
    guard let first = fopen(one, "re") else { return 0 }
    defer { fclose(first) }
    guard let second = fopen(other, "re") else { return 0 }
    defer { fclose(second) }
    var line = 1
    var (left, right) = (
      [UInt8](repeating: 0, count: 1 << 16), [UInt8](repeating: 0, count: 1 << 16)
    )
    while true {
      let (a, b) = (fread(&left, 1, left.count, first), fread(&right, 1, right.count, second))
      for index in 0..<min(a, b) {
        if left[index] != right[index] { return line }
        if left[index] == 0x0A { line += 1 }
      }
      if a != b { return line }
      if a == 0 { return nil }
    }
  }
}
