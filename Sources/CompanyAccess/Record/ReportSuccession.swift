internal import Formats
internal import Glibc

extension AccessStore {
  /// Checks a report against a later one of the same database.
  ///
  /// The seal at the end of the older one has to be on the way of the newer one, so that the record was
  /// only continued; and what stands at the end of both has to be said alike. No database is needed.
  ///
  /// - Parameters:
  ///   - older: The folder of the older report.
  ///   - newer: The folder of the newer report.
  /// - Returns: What is wrong with either, or between them.
  /// - Throws: `.noSuchFile` if there is no such folder, `.notPermitted`.
  public static func verifyReport(
    _ older: String, next newer: String
  ) throws(AccessError) -> [ReportDifference] {
    let found = try verifyReport(older) + verifyReport(newer)
    guard let one = ReportCheck.claims(of: older), let other = ReportCheck.claims(of: newer) else {
      return found
    }
    guard one.circumstances != nil, other.circumstances != nil else {
      return found + [.earlierVersion]
    }
    if one.circumstances?.record != other.circumstances?.record { return found + [.otherDatabase] }
    do {
      let check = ReportSuccession(older: older, newer: newer, one: one, other: other)
      return found + (try check.differences())
    } catch let error as AccessError {
      throw error
    } catch {
      return found + [.unreadable(newer)]
    }
  }
}

/// Compares a report with a later one.
private struct ReportSuccession {
  let older: String
  let newer: String
  let one: ReportClaims
  let other: ReportClaims

  /// How many grants that differ are named.
  private static let named = 20

  func differences() throws -> [ReportDifference] {
    guard let end = one.closing else { return [.apart(one.change, other.opening?.change)] }
    guard let seal = try seal(after: end.change) else {
      return [.apart(end.change, other.opening?.change)]
    }
    var found: [ReportDifference] = []
    if seal.hex != end.hex {
      found.append(.seal(end.change, expected: end.hex, found: seal.hex))
    }
    // Only where the periods meet is the end of one the beginning of the other.
    if other.opening?.change == end.change {
      for what in ["grants", "users", "companies"] {
        let (closing, opening) = (
          one.figures[what == "grants" ? "closing_grants" : what], other.figures["opening_\(what)"]
        )
        if let closing, let opening, closing != opening {
          found.append(.balance(what, closing: closing, opening: opening))
        }
      }
    }
    return found + (try grants(since: end.change))
  }

  /// The seal after a change by the newer report; nil if it does not reach back to it.
  private func seal(after change: ChangeID) throws -> RecordSeal? {
    if let opening = other.opening, opening.change == change { return opening }
    if let closing = other.closing, closing.change == change { return closing }
    var found: RecordSeal?
    try ReportTable("\(newer)/\(ReportWriter.changes)").forEach(["change", "seal"]) { cells in
      if cells[0] == change.description, !cells[1].isEmpty {
        found = RecordSeal(change: change, hex: cells[1])
      }
    }
    return found
  }

  /// A grant, by the digests of its pair and of what is said of it.
  ///
  /// In sixteen bytes each, so that a million of them have room.
  private static let pair = ["user_id", "company_id"]
  private static let facts = ["change", "granted_at", "granted_by"]

  private static func digest(_ cells: ArraySlice<String>) -> UInt64 {
    var hasher = Hasher()
    for cell in cells { hasher.combine(cell) }
    return UInt64(bitPattern: Int64(hasher.finalize()))
  }

  /// Grants up to a change of which the reports say different things.
  private func grants(since end: ChangeID) throws -> [ReportDifference] {
    let columns = ReportSuccession.pair + ReportSuccession.facts
    var standing: [UInt64: UInt64] = [:]
    try ReportTable("\(older)/\(ReportWriter.access)").forEach(columns) { cells in
      standing[ReportSuccession.digest(cells[..<2])] = ReportSuccession.digest(cells[2...])
    }
    var differing: [ReportDifference] = []
    try ReportTable("\(newer)/\(ReportWriter.access)").forEach(columns) { cells in
      let key = ReportSuccession.digest(cells[..<2])
      let before = standing.removeValue(forKey: key)
      guard Int64(cells[2]) ?? 0 <= end.number, differing.count < ReportSuccession.named,
        before != ReportSuccession.digest(cells[2...])
      else { return }
      differing.append(.grant(user: cells[0], company: cells[1]))
    }
    guard other.opening?.change == end else { return differing }
    // What does not stand any more has ended in the newer period.
    try ReportTable("\(newer)/\(ReportWriter.movements)").forEach(
      ReportSuccession.pair + ["event"]
    ) { cells in
      if cells[2] == "ended" { standing.removeValue(forKey: ReportSuccession.digest(cells[..<2])) }
    }
    guard !standing.isEmpty else { return differing }
    try ReportTable("\(older)/\(ReportWriter.access)").forEach(columns) { cells in
      guard differing.count < ReportSuccession.named,
        standing[ReportSuccession.digest(cells[..<2])] != nil
      else { return }
      differing.append(.grant(user: cells[0], company: cells[1]))
    }
    return differing
  }
}

/// A table of a report, read back.
struct ReportTable {
  let path: String

  init(_ path: String) { self.path = path }

  /// Hands over a reader that stands before the first row.
  func read(_ body: (inout DelimitedReader) throws -> Void) throws {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw AccessError.notPermitted(path: path) }
    defer { close(descriptor) }
    // A name may be as long as SQLite keeps one.
    var reader = try DelimitedReader(
      InputBytes(descriptor: descriptor, path: path), longestRow: 1 << 30)
    try body(&reader)
  }

  /// Hands over some columns of every row; a column that is not there is empty.
  func forEach(_ columns: [String], _ body: ([String]) throws -> Void) throws {
    try read { reader in
      let header = reader.header
      let places = columns.map { header.firstIndex(of: $0) }
      while try reader.next() {
        try body(places.map { try $0.map { try reader.text($0) } ?? "" })
      }
    }
  }
}
