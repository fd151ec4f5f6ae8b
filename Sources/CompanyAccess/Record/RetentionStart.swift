internal import Database

/// From where on the record is whole; what came before has been pruned.
struct RetentionStart: Hashable, Sendable {
  /// The last change after which the state is still known.
  let change: ChangeID
  /// The time to which it was pruned.
  let time: Timestamp

  static let changeKey = "kept_from_change"
  static let timeKey = "kept_from"

  init(change: ChangeID, time: Timestamp) {
    self.change = change
    self.time = time
  }

  /// Nil if nothing has been pruned.
  init?(_ connection: Connection) throws {
    let found = try connection.first(
      """
      SELECT c.value, t.value FROM company_access_setting AS c, company_access_setting AS t
      WHERE c.key = '\(RetentionStart.changeKey)' AND t.key = '\(RetentionStart.timeKey)'
      """
    ) { RetentionStart(change: ChangeID($0.integer(0)), time: $0.timestamp(1)) }
    guard let found else { return nil }
    self = found
  }

  func write(_ connection: Connection) throws {
    try connection.execute(
      """
      INSERT INTO company_access_setting (key, value)
      VALUES ('\(RetentionStart.changeKey)', ?), ('\(RetentionStart.timeKey)', ?)
      ON CONFLICT (key) DO UPDATE SET value = excluded.value
      """, [.integer(change.number), .text(time.text)])
  }
}
