internal import Database

/// From where on the record is whole; what came before has been pruned.
struct RetentionStart: Hashable, Sendable {
  /// The last change after which the state is still known.
  let change: ChangeID
  /// The time to which it was pruned.
  let time: Timestamp
  /// The hash of the chain of changes up to it, at which every later seal begins.
  let seal: String?

  static let changeKey = "kept_from_change"
  static let timeKey = "kept_from"
  static let sealKey = "kept_from_seal"

  /// Nil if nothing has been pruned.
  init?(_ connection: any DatabaseSession) throws {
    let found = try connection.first(
      """
      SELECT CAST(c.value AS INTEGER), t.value, (SELECT s.value FROM \(RecordTable.setting) AS s
        WHERE s.key = '\(RetentionStart.sealKey)')
      FROM \(RecordTable.setting) AS c, \(RecordTable.setting) AS t
      WHERE c.key = '\(RetentionStart.changeKey)' AND t.key = '\(RetentionStart.timeKey)'
      """
    ) {
      RetentionStart(
        change: ChangeID($0.integer(0)), time: $0.timestamp(1), seal: $0.optionalText(2))
    }
    guard let found else { return nil }
    self = found
  }

  init(change: ChangeID, time: Timestamp, seal: String?) {
    self.change = change
    self.time = time
    self.seal = seal
  }

  func write(_ connection: any DatabaseSession) throws {
    try connection.execute(
      """
      INSERT INTO \(RecordTable.setting) (key, value)
      VALUES ('\(RetentionStart.changeKey)', ?), ('\(RetentionStart.timeKey)', ?),
        ('\(RetentionStart.sealKey)', ?)
      ON CONFLICT (key) DO UPDATE SET value = excluded.value
      """, [.integer(change.number), .text(time.text), .optional(seal)])
  }
}
