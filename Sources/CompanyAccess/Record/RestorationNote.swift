internal import Database

/// That a change restored the database from a backup, and what this means for the record.
public struct RestorationNote: Hashable, Sendable {
  /// The change.
  public let change: ChangeID
  /// Whether the record went on; else what was done after the backup is not on it.
  public let keepsRecord: Bool
}

extension RestorationNote: CustomStringConvertible {
  /// The note as a sentence without its full stop.
  public var description: String {
    let restored = "change \(change) restored the database from a backup"
    return keepsRecord
      ? "\(restored): it took back what was done after the backup, which stays on the record"
      : "\(restored): what was done between the backup and it is not on this record"
  }
}

extension RestorationNote {
  /// The changes that restored the database, the oldest first.
  ///
  /// - Parameters:
  ///   - condition: A condition for the change `x`.
  ///   - arguments: What it binds.
  ///   - connection: The database.
  /// - Returns: The notes; none as a rule.
  /// - Throws: What the database answers.
  static func all(
    where condition: String, _ arguments: [Value], _ connection: any DatabaseSession
  ) throws -> [RestorationNote] {
    try connection.rows(
      """
      SELECT x.id, coalesce(x.id = (SELECT CAST(s.value AS INTEGER) FROM \(RecordTable.setting) AS s
        WHERE s.key = '\(SchemaSetting.recordReplaced)'), FALSE)
      FROM \(RecordTable.change) AS x
      WHERE x.action = '\(ChangeAction.restore.rawValue)' AND \(condition) ORDER BY x.id
      """, arguments
    ) { RestorationNote(change: ChangeID($0.integer(0)), keepsRecord: !$0.bool(1)) }
  }
}
