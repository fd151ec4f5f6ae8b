internal import Database

/// Columns by which an application says that a row does not count: that it was deleted, has ended, or
/// is not confirmed yet.
///
/// They are known by their names. Nothing here can know what their values mean, and to read such a
/// row as access would let in whom the application keeps out.
enum EndingColumns {
  /// The columns of a table by whose names a row may not count, as the schema spells them.
  static func names(of table: SQLName, _ connection: Connection) throws -> [String] {
    try connection.rows("PRAGMA table_xinfo(\(table))") { $0.text(1) }.filter(isOne)
  }

  /// Whether the name of a column is one that says so, as in `deleted_at`, `isActive`, `STATUS`.
  static func isOne(_ column: String) -> Bool {
    var name = column.lowercased().filter { $0.isLetter || $0.isNumber }
    if name.hasSuffix("status") { return true }
    if words.contains(name) { return true }
    for prefix in ["is", "was", "has"] where name.hasPrefix(prefix) {
      let rest = String(name.dropFirst(prefix.count))
      if words.contains(rest) { return true }
    }
    for suffix in ["datetime", "date", "time", "flag", "until", "from", "utc", "at", "on", "by"]
    where name.hasSuffix(suffix) {
      name = String(name.dropLast(suffix.count))
      return words.contains(name)
    }
    return false
  }

  private static let words: Set<String> = [
    "accepted", "activated", "active", "approved", "archived", "banned", "blocked", "canceled",
    "cancelled", "confirmed", "deactivated", "declined", "deleted", "disabled", "discarded",
    "enabled", "end", "ended", "ends", "expiration", "expire", "expired", "expires", "expiry",
    "finished", "inactive", "invited", "left", "live", "pending", "rejected", "removed", "revoked",
    "start", "starts", "state", "suspended", "terminated", "trashed", "valid", "validuntil",
    "validto", "withdrawn",
  ]
}
