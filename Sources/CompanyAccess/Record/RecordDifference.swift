/// How many users, companies and grants stand otherwise in the application's tables than on the record.
///
/// There are none while the triggers are in place, but for what no trigger sees: what was written
/// while they were gone, and rows that another program replaced.
public struct RecordDifference: Hashable, Sendable {
  /// Users and companies that are in their tables and not on the record.
  public var added = 0
  /// Users and companies that are on the record and not in their tables.
  public var deleted = 0
  /// Users and companies whose attributes are others.
  public var edited = 0
  /// Grants that are in the table and not on the record.
  public var granted = 0
  /// Grants that are on the record and not in the table.
  public var revoked = 0

  /// No difference.
  public init() {}

  /// All of them.
  public var count: Int { added + deleted + edited + granted + revoked }
  /// Whether the record says what the tables say.
  public var isEmpty: Bool { count == 0 }

  /// What differs, each as a number with half a sentence.
  public var parts: [(count: Int, what: String)] {
    func entities(_ count: Int) -> String { count == 1 ? "user or company" : "users and companies" }
    func grants(_ count: Int) -> String { count == 1 ? "grant" : "grants" }
    return [
      (added, "\(entities(added)) that the record does not have"),
      (deleted, "\(entities(deleted)) that only the record has"),
      (edited, "\(entities(edited)) with other attributes than on the record"),
      (granted, "\(grants(granted)) that the record does not have"),
      (revoked, "\(grants(revoked)) that only the record has"),
    ].filter { $0.0 > 0 }.map { (count: $0.0, what: $0.1) }
  }
}

extension RecordDifference: CustomStringConvertible {
  /// What differs, in numbers.
  public var description: String {
    isEmpty ? "nothing" : parts.map { "\($0.count) \($0.what)" }.joined(separator: ", ")
  }
}
