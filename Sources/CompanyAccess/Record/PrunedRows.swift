internal import Database
internal import Formats

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
    let key = PrunedRows.key + change.description
    guard case .text(let json) = try SchemaSetting.value(key, connection) else { return nil }
    self.init(json: json)
  }

  /// Reads what a setting holds; nil if it is not what `json` writes.
  private init?(json: String) {
    var texts: [String: String] = [:]
    var numbers: [String: Int64] = [:]
    do {
      var reader = try JSONReader(InputBytes(Array(json.utf8)))
      _ = try reader.next()
      while case .key(let key) = try reader.next() {
        switch try reader.next() {
        case .string(let text): texts[key] = text
        case .integer(let number): numbers[key] = number
        default: return nil
        }
      }
    } catch {
      return nil
    }
    guard let before = texts["before"], let through = numbers["through"],
      let rows = numbers["rows"],
      let file = texts["file"], let sha256 = texts["sha256"], let standing = texts["standing"]
    else { return nil }
    self.init(
      before: Timestamp(stored: before), through: ChangeID(through), rows: Int(rows), file: file,
      sha256: sha256, standing: standing)
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
