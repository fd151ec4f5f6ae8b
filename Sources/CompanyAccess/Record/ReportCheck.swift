internal import Formats
internal import Glibc

/// Something in a report that is not as it was written.
public enum ReportDifference: Hashable, Sendable {
  /// The manifest is not there, so that nothing can be checked.
  case noManifest
  /// The manifest is not as it was written, so that nothing in it can be trusted.
  case manifestChanged
  /// The manifest has another SHA-256 than the one that was kept, so that it is of another report.
  case otherManifest(expected: String, found: String)
  /// A file of the report is not there.
  case missing(String)
  /// A file is there that is not of the report.
  case unexpected(String)
  /// A file cannot be read.
  case unreadable(String)
  /// A file has another number of bytes.
  case size(String, expected: Int, found: Int)
  /// A file has other bytes.
  case content(String)
  /// A table has another number of rows.
  case rows(String, expected: Int, found: Int)
  /// A figure is not what the tables add up to.
  case figure(String, expected: Int, found: Int)
  /// It was written by a version of this program that did not keep what a comparison needs.
  case earlierVersion
  /// It is a report of another database.
  case otherDatabase
  /// The database has no such change, with which the report ends.
  case unknownChange(ChangeID)
  /// A file is not what the database gives, from this line on.
  case notOfDatabase(String, line: Int)
  /// The database says this of the report, and the report does not.
  case notice(String)
  /// The page cannot be compared, because the local clock was in another time zone.
  case otherZone(String, found: String)
  /// Two reports do not meet: the newer one does not reach back to the end of the older one.
  case apart(ChangeID?, ChangeID?)
  /// The newer report has another seal after the last change of the older one.
  case seal(ChangeID, expected: String, found: String)
  /// A figure at the end of the older report is another at the beginning of the newer one.
  case balance(String, closing: Int, opening: Int)
  /// Two reports say different things of a grant that was there at the end of the older one.
  case grant(user: String, company: String)
}

extension ReportDifference: CustomStringConvertible {
  /// The difference in words.
  public var description: String {
    switch self {
    case .noManifest: "\(ReportManifest.name) is not there: this is no report, or not a whole one"
    case .manifestChanged: "\(ReportManifest.name) is not as it was written"
    case .otherManifest(let expected, let found):
      "\(ReportManifest.name) has the SHA-256 \(found) and not \(expected): it is not that of the "
        + "report that was written"
    case .missing(let name): "\(name) is not there"
    case .unexpected(let name): "\(name) is not a file of the report"
    case .unreadable(let name): "\(name) cannot be read"
    case .size(let name, let expected, let found):
      "\(name) has \(found) bytes and had \(expected)"
    case .content(let name): "\(name) is not as it was written (SHA-256)"
    case .rows(let name, let expected, let found):
      "\(name) has \(found) rows and had \(expected)"
    case .figure(let name, let expected, let found):
      "the tables give \(found) for \(name), the manifest says \(expected)"
    case .earlierVersion:
      "it was written by an earlier version of this program, which did not keep what this needs"
    case .otherDatabase: "it is a report of another database"
    case .unknownChange(let change):
      "the database has no change \(change), with which the report ends"
    case .notOfDatabase(let name, let line):
      "\(name) is not what the database gives, from line \(line) on"
    case .notice(let text): "the database says, and the report does not: \(text)"
    case .otherZone(let zone, let found):
      "\(ReportPage.name) is not compared: it was written at \(zone), and the clock here is at "
        + "\(found); set TZ"
    case .apart(let end, let beginning):
      "the newer report does not reach back to change \(end.map(\.description) ?? "none"), with which "
        + "the older one ends; it begins after change \(beginning.map(\.description) ?? "none")"
    case .seal(let change, let expected, let found):
      "the seal after change \(change) is \(expected) in the older report and \(found) in the newer "
        + "one: the record was not only continued"
    case .balance(let what, let closing, let opening):
      "the older report ends with \(closing) \(what), and the newer one begins with \(opening)"
    case .grant(let user, let company):
      "the reports say different things of the grant of user \(user) in company \(company)"
    }
  }
}

extension AccessStore {
  /// Checks a report against its manifest, and its tables against each other.
  ///
  /// No database is needed for it. A person who alters a report can make its manifest fit; that is found by the
  /// SHA-256 of the manifest that was kept elsewhere.
  ///
  /// - Parameters:
  ///   - directory: The folder of the report.
  ///   - sha256: What `ReportSummary.manifestSHA256` was, in lower case; nil if it was not kept.
  /// - Returns: What is not as it was written; nothing for a report that is whole.
  /// - Throws: `.noSuchFile` if there is no such folder, `.notPermitted`.
  public static func verifyReport(
    _ directory: String, sha256: String? = nil
  ) throws(AccessError) -> [ReportDifference] {
    guard let names = PathName.names(in: directory) else {
      throw AccessError(opening: directory, errno)
    }
    guard names.contains(ReportManifest.name) else { return [.noManifest] }
    let path = "\(directory)/\(ReportManifest.name)"
    guard let bytes = ReportCheck.bytes(of: path) else {
      return [.unreadable(ReportManifest.name)]
    }
    let found = SHA256.hex(bytes)
    let other = sha256.flatMap { kept -> [ReportDifference]? in
      kept == found ? nil : [.otherManifest(expected: kept, found: found)]
    }
    guard let claims = ReportClaims(bytes) else { return (other ?? []) + [.manifestChanged] }
    return (other ?? []) + ReportCheck(directory: directory, claims: claims).differences(names)
  }
}

/// Compares a report with what its manifest claims.
struct ReportCheck {
  let directory: String
  let claims: ReportClaims

  /// A manifest is never as long as this.
  private static let longestManifest = 1 << 24

  /// What the manifest of a report says; nil if there is none, or it is not as it was written.
  static func claims(of directory: String) -> ReportClaims? {
    bytes(of: "\(directory)/\(ReportManifest.name)").flatMap(ReportClaims.init)
  }

  func differences(_ names: [String]) -> [ReportDifference] {
    var found: [ReportDifference] = []
    var sums = ReportTotals()
    for file in claims.files {
      guard names.contains(file.name) else {
        found.append(.missing(file.name))
        continue
      }
      found += differences(file, &sums)
    }
    let known = Set(claims.files.map(\.name) + [ReportManifest.name])
    found += names.filter { !known.contains($0) }.map { .unexpected($0) }
    // A table that is not there adds up to nothing, which has been said.
    guard claims.files.allSatisfy({ names.contains($0.name) }) else { return found }
    return found + sums.differences(claims.figures)
  }

  private func differences(_ file: ReportFile, _ sums: inout ReportTotals) -> [ReportDifference] {
    let path = "\(directory)/\(file.name)"
    guard let (size, hash) = ReportCheck.hash(of: path) else { return [.unreadable(file.name)] }
    var found: [ReportDifference] = []
    if size != file.bytes { found.append(.size(file.name, expected: file.bytes, found: size)) }
    if hash != file.sha256 { found.append(.content(file.name)) }
    guard let expected = file.rows else { return found }
    guard let rows = try? sums.add(file.name, path) else {
      return found + [.unreadable(file.name)]
    }
    if rows != expected { found.append(.rows(file.name, expected: expected, found: rows)) }
    return found
  }

  static func bytes(of path: String) -> [UInt8]? {
    var bytes: [UInt8] = []
    let isRead = forEachPiece(of: path) { piece in
      bytes += piece
      return bytes.count < longestManifest
    }
    return isRead ? bytes : nil
  }

  private static func hash(of path: String) -> (size: Int, hash: String)? {
    var hash = SHA256()
    var size = 0
    let isRead = forEachPiece(of: path) { piece in
      hash.update(Array(piece))
      size += piece.count
      return true
    }
    return isRead ? (size, hash.hex()) : nil
  }

  /// Hands over the bytes of a file piece by piece, as long as they are wanted; says whether all
  /// were read.
  private static func forEachPiece(
    of path: String, _ body: (ArraySlice<UInt8>) -> Bool
  ) -> Bool {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = read(descriptor, &buffer, buffer.count)
      if count == 0 { return true }
      if count < 0 {
        if errno == EINTR { continue }
        return false
      }
      guard body(buffer[..<count]) else { return false }
    }
  }
}

/// What the tables of a report add up to.
private struct ReportTotals {
  private var rows: [String: Int] = [:]
  private var sums: [String: Int] = [:]

  /// The columns that are summed up: file, column, name of the sum.
  private static let summed = [
    (ReportWriter.coverage, "companies"), (ReportWriter.companies, "users"),
  ]
  /// The columns whose values are counted.
  private static let counted = [
    (ReportWriter.movements, "event", "event"), (ReportWriter.people, "event", "kind"),
  ]

  /// Counts the rows of a table, and what it is summed up by.
  mutating func add(_ name: String, _ path: String) throws -> Int {
    try ReportTable(path).read { try add(name, &$0) }
    return rows[name] ?? 0
  }

  private mutating func add(_ name: String, _ reader: inout DelimitedReader) throws {
    let header = reader.header
    let summed = ReportTotals.summed.filter { $0.0 == name }.compactMap { _, key in
      header.firstIndex(of: key).map { (key, $0) }
    }
    let counted = ReportTotals.counted.filter { $0.0 == name }.compactMap { _, one, other in
      header.firstIndex(of: one).flatMap { one in header.firstIndex(of: other).map { (one, $0) } }
    }
    var count = 0
    while try reader.next() {
      count += 1
      for (key, column) in summed {
        sums["\(name) \(key)", default: 0] &+= Int(try reader.text(column)) ?? 0
      }
      for (one, other) in counted {
        sums["\(name) \(try reader.text(one)) \(try reader.text(other))", default: 0] += 1
      }
    }
    rows[name] = count
  }

  private func movements(_ event: String) -> Int {
    sums["\(ReportWriter.movements) \(event) \(event)"] ?? 0
  }

  private func people(_ event: String, _ kind: EntityKind) -> Int {
    sums["\(ReportWriter.people) \(event) \(kind.rawValue)"] ?? 0
  }

  func differences(_ figures: [String: Int]) -> [ReportDifference] {
    func sum(_ names: String...) -> Int { names.reduce(0) { $0 + (figures[$1] ?? 0) } }
    func balance(_ what: String, _ came: String..., less went: String) -> Int {
      came.reduce(sum("opening_\(what)")) { $0 + sum($1) } - sum(went)
    }
    let found: [(name: String, sum: Int?)] = [
      ("grants", rows[ReportWriter.access].map { $0 - sum("orphan_grants") }),
      ("grants", sums["\(ReportWriter.coverage) companies"] ?? 0),
      ("grants", sums["\(ReportWriter.companies) users"] ?? 0),
      ("users", rows[ReportWriter.coverage]),
      ("users", sum("users_with_access", "users_without_access")),
      ("companies", rows[ReportWriter.companies]),
      ("companies", sum("companies_with_users", "companies_without_users")),
      ("users_without_access", rows[ReportWriter.without]),
      ("inactive_users_with_access", rows[ReportWriter.inactive]),
      ("changes", rows[ReportWriter.changes]), ("granted", movements("granted")),
      ("revoked", movements("ended")), ("users_added", people("added", .user)),
      ("users_deleted", people("deleted", .user)), ("companies_added", people("added", .company)),
      ("companies_deleted", people("deleted", .company)),
      ("users_first_known", people(ReportWriter.firstKnown, .user)),
      ("companies_first_known", people(ReportWriter.firstKnown, .company)),
      ("leaks", rows[ReportWriter.leaks]), ("former_grants", rows[ReportWriter.former]),
      ("closing_grants", sum("grants", "orphan_grants")),
      ("closing_grants", balance("grants", "granted", less: "revoked")),
      ("users", balance("users", "users_added", "users_first_known", less: "users_deleted")),
      (
        "companies",
        balance("companies", "companies_added", "companies_first_known", less: "companies_deleted")
      ),
    ]
    return found.compactMap { name, sum in
      let expected = figures[name] ?? -1
      return sum == expected ? nil : .figure(name, expected: expected, found: sum ?? 0)
    }
  }
}
