internal import Database

/// Writes the rows of an application's own access table on a server.
///
/// They may have more columns, and a mark that ends a grant. The triggers put them on the record, as they do
/// with what the application writes itself; what further columns said is added to it.
extension ServerGrantWriter {
  /// The table, as it is written: without a key that the server makes.
  private var access: SchemaMapping.Access {
    var access = relations.mapping.access
    if record.newKey == nil { access.key = nil }
    return access
  }

  /// An expression: the time of the change.
  private var time: String {
    "(SELECT n.at FROM \(RecordTable.change) AS n WHERE n.id = \(change))"
  }

  /// Makes a row for each pair that is written down, or makes one count again.
  func addRows() throws -> Int {
    let access = access
    if let reason = access.revokeOnly { throw AccessError.revokeOnly(reason: reason) }
    let pairs = "SELECT w.user_id, w.company_id FROM \(ServerGrantWriter.pairs) AS w"
    var revived = 0
    if access.revives {
      try connection.execute(access.revive(pairs, time: time))
      revived = connection.changes
    }
    let pair = (user: "w.user_id", company: "w.company_id")
    try connection.execute(
      access.insert(
        id: record.newKey?.value ?? "NULL", user: pair.user, company: pair.company, now: time,
        from: """
          FROM (\(pairs)) AS w
          WHERE NOT \(access.stands(user: pair.user, company: pair.company))
          """))
    return revived + connection.changes
  }

  // MARK: - Ending

  private static let endedRows = "temp.company_access_ended_row"

  /// Ends the grants of the pairs that are written down; says how many stand no longer.
  func endRows() throws -> Int {
    let access = access
    if access.keepsRows { try keepRows() }
    try connection.execute(access.ending(pairs: ServerGrantWriter.pairs, time: time))
    if access.keepsRows { try recordRows() }
    return try connection.count(
      """
      SELECT count(*) FROM \(ServerGrantWriter.pairs) AS w
      WHERE NOT \(access.stands(user: "w.user_id", company: "w.company_id"))
      """)
  }

  /// Keeps the further columns of rows that are to go, for the trigger cannot.
  private func keepRows() throws {
    let access = relations.mapping.access
    let conditions = access.isOf("t", "w.user_id", "w.company_id") + access.counting("t")
    try connection.execute("DROP TABLE IF EXISTS \(ServerGrantWriter.endedRows)")
    try connection.execute(
      """
      CREATE TABLE \(ServerGrantWriter.endedRows) AS
      SELECT w.user_id, w.company_id, min(CAST(\(access.keptRow("t")) AS TEXT)) AS "row"
      FROM \(ServerGrantWriter.pairs) AS w
      JOIN \(access.table) AS t ON \(conditions.joined(separator: " AND "))
      GROUP BY w.user_id, w.company_id
      """)
  }

  /// Puts them on the record.
  private func recordRows() throws {
    try connection.execute(
      """
      UPDATE \(RecordTable.endedGrant) AS e SET "row" = CAST(k."row" AS jsonb)
      FROM \(ServerGrantWriter.endedRows) AS k, \(RecordedKind.lifetimes(of: .user)) AS lu,
        \(RecordedKind.lifetimes(of: .company)) AS lk
      WHERE e.ended_change = \(change) AND e."row" IS NULL AND lu.lifetime = e.user_lifetime
        AND lk.lifetime = e.company_lifetime AND lu.key = k.user_id AND lk.key = k.company_id
      """)
  }

  // MARK: - Restoring

  /// Makes rows of ended grants again, with the further columns that the record keeps, or makes them count
  /// again.
  func restore(_ entries: [Key]) throws -> Int {
    let access = relations.mapping.access
    var arguments = Bindings()
    let list = KeyValuesSQL.rows(entries, &arguments, as: "bigint")
    let ended = """
      FROM \(RecordTable.endedGrant) AS h
      JOIN \(RecordedKind.lifetimes(of: .user)) AS hu ON hu.lifetime = h.user_lifetime
      JOIN \(RecordedKind.lifetimes(of: .company)) AS hk ON hk.lifetime = h.company_lifetime
      WHERE h.entry IN (\(list))
      """
    var restored = 0
    if let revive = access.reviveEnded(ended, time: time) {
      try connection.execute(revive, arguments.values)
      restored += connection.changes
    }
    if let reason = access.revokeOnly {
      guard restored == entries.count else { throw AccessError.revokeOnly(reason: reason) }
      return restored
    }
    let (kept, bare) = ("\(ended) AND h.\"row\" IS NOT NULL", "\(ended) AND h.\"row\" IS NULL")
    let further = access.restored("h.\"row\"")
    for statement in [insertion(kept, further: further), insertion(bare)] {
      try connection.execute(statement, arguments.values)
      restored += connection.changes
    }
    return restored
  }

  private func insertion(
    _ ended: String, further: [SchemaMapping.Access.Assignment] = []
  ) -> String {
    let access = relations.mapping.access
    // What the record does not know of a row is as if it were granted with the change.
    func known(_ stored: String, _ column: SQLName?) -> String {
      guard let column else { return time }
      let stored = access.recorded(stored, in: column)
      let isOptional = access.nullable.contains(column.folded)
      return isOptional ? stored : "coalesce(\(stored), \(access.stored(time, in: column)))"
    }
    let times = (
      created: known("h.created_at", access.createdAt),
      modified: known("h.modified_at", access.modifiedAt)
    )
    return access.insert(
      id: keyOfRestored(access), user: "hu.key", company: "hk.key", times: times, now: time,
      further: further,
      from: "\(ended) AND NOT \(access.stands(user: "hu.key", company: "hk.key")) ORDER BY h.entry")
  }

  /// An expression: the key that a row had, or a new one if another row has taken it since.
  private func keyOfRestored(_ access: SchemaMapping.Access) -> String {
    guard let key = access.key else { return "NULL" }
    let new = record.newKey?.value ?? nextNumber(of: key) ?? "h.id"
    return """
      CASE WHEN h.id IS NULL OR EXISTS (SELECT 1 FROM \(access.table) AS o WHERE o.\(key) = h.id)
      THEN \(new) ELSE h.id END
      """
  }

  /// An expression: the next number of a column that the server numbers.
  private func nextNumber(of key: SQLName) -> String? {
    guard record.filled.contains(key.text) else { return nil }
    let table = SQLText.literal(record.accessTable.sql)
    return "nextval(pg_get_serial_sequence(\(table), \(key.literal)))"
  }
}
