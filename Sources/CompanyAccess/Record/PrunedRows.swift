internal import Database

/// What a change that pruned the record took off it, and what it left.
public struct PrunedRows: Hashable, Sendable {
  /// The time to which it pruned.
  public let before: Timestamp
  /// The last change of that time: what had ended with it or earlier went.
  public let through: ChangeID
  /// How many rows it wrote to the file and removed.
  public let rows: Int
  /// The file, as it was named.
  public let file: String
  /// The SHA-256 of the file, as hex digits.
  public let sha256: String
  /// The hash of all that began up to `through` and stayed, as hex digits.
  public let standing: String

  /// The key of the setting that keeps it, before the number of the change.
  static let key = "pruned."

  /// What the setting holds.
  var json: String {
    let texts = [
      ("before", before.text), ("file", file), ("sha256", sha256), ("standing", standing),
    ].map { "\(KeyValuesSQL.quote($0.0)):\(KeyValuesSQL.quote($0.1))" }
    return "{\"through\":\(through),\"rows\":\(rows),\(texts.joined(separator: ","))}"
  }

  func write(_ connection: any DatabaseSession, _ change: ChangeID) throws {
    try connection.execute(
      "INSERT INTO \(RecordTable.setting) (key, value) VALUES (?, ?)",
      [.text(PrunedRows.key + change.description), .text(json)])
  }

  /// What a change pruned; nil if it pruned nothing.
  init?(_ connection: any DatabaseSession, _ change: ChangeID) throws {
    // Nothing is pruned on a server yet.
    guard connection is Connection else { return nil }
    let found = try connection.first(
      """
      SELECT json_extract(s.value, '$.before'), json_extract(s.value, '$.through'),
        json_extract(s.value, '$.rows'), json_extract(s.value, '$.file'),
        json_extract(s.value, '$.sha256'), json_extract(s.value, '$.standing')
      FROM \(RecordTable.setting) AS s WHERE s.key = ? AND json_valid(s.value)
      """, [.text(PrunedRows.key + change.description)]
    ) {
      PrunedRows(
        before: $0.timestamp(0), through: ChangeID($0.integer(1)), rows: $0.int(2),
        file: $0.text(3), sha256: $0.text(4), standing: $0.text(5))
    }
    guard let found else { return nil }
    self = found
  }

  init(
    before: Timestamp, through: ChangeID, rows: Int, file: String, sha256: String, standing: String
  ) {
    self.before = before
    self.through = through
    self.rows = rows
    self.file = file
    self.sha256 = sha256
    self.standing = standing
  }

  /// What the newest change that pruned left; nil if nothing was pruned.
  static func newest(_ connection: any DatabaseSession) throws -> PrunedRows? {
    let change = try connection.first(
      """
      SELECT max(CAST(substr(key, \(key.utf8.count + 1)) AS INTEGER)) FROM \(RecordTable.setting)
      WHERE key >= '\(key)' AND key < 'pruned/'
      """
    ) { $0.optionalInteger(0) }
    guard let change = change ?? nil else { return nil }
    return try PrunedRows(connection, ChangeID(change))
  }
}

extension AccessStore {
  /// What a change took off the record to a file; nil if it pruned nothing.
  public func prunedRows(of change: ChangeID) throws(AccessError) -> PrunedRows? {
    try read { try PrunedRows($0, change) }
  }
}
