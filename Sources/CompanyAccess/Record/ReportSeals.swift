internal import Database

/// The seals of a report: the hash of the record before its period, and after each change of it.
struct ReportSeals {
  /// The seal before the period; nil if it is before the first change, or pruned.
  private(set) var opening: RecordSeal?
  /// The seal at the end; nil for a report of the time before the record.
  private(set) var closing: RecordSeal?
  private var hexes: [Int64: String] = [:]

  /// Computes them.
  ///
  /// - Parameters:
  ///   - writer: Of which report.
  ///   - first: The last change before the period; 0 for none.
  ///   - work: Cancels the work.
  /// - Throws: What the database answers, `.cancelled`.
  init(_ writer: ReportWriter, after first: Int64, _ work: Work?) throws {
    guard writer.relations.isOnRecord, let last = writer.relations.last, last > 0 else { return }
    let connection = writer.reader.connection
    var chain = try SealChain(connection, writer.relations.mapping, work: work)
    if chain.change == first, first > 0 {
      opening = RecordSeal(change: ChangeID(first), hex: chain.hex)
    }
    var found: (opening: RecordSeal?, hexes: [Int64: String]) = (opening, [:])
    try chain.run(through: last) { change, hex in
      if change == first { found.opening = RecordSeal(change: ChangeID(change), hex: hex) }
      if change > first { found.hexes[change] = hex }
    }
    (opening, hexes) = found
    if chain.change > 0 { closing = RecordSeal(change: ChangeID(chain.change), hex: chain.hex) }
  }

  /// The hash after a change of the period; nil if it is not known any more.
  func hex(after change: ChangeID) -> String? { hexes[change.number] }
}
