internal import Database

/// Undoes changes: takes away what they granted, and puts back what they ended.
extension GrantWriter {
  private static let rowsToRestore = "temp.company_access_picked_returning"

  /// Takes away what was granted, and puts back what was ended.
  ///
  /// Both are written down first: what goes now must not look as if it had gone later. Users and
  /// companies come back before their grants do, and go after them.
  mutating func undo(
    _ target: UndoTarget, overwrites: Bool
  ) throws -> (added: Int, removed: Int) {
    let entities = try EntityUndo(connection, relations, target, overwrites: overwrites)
    let sql = try UndoSQL(
      connection, relations, target, overwrites: overwrites, steps: entities.steps)
    guard entities.possible.count == plan.entities.count else { throw PlanOutdated() }
    total = try collectRowIDs("SELECT a.rowid \(sql.standing)", [], in: GrantWriter.rowsToDelete)
    total += try collectRowIDs(
      "SELECT h.entry \(sql.ended) AND \(sql.isRestorable)", [], in: GrantWriter.rowsToRestore)
    // A number that has gone may have been given again, and not every row is known to the end.
    let unknown = """
      SELECT EXISTS (SELECT 1 FROM \(RecordTable.endedGrant) AS h WHERE h.id IS NULL
        AND h.entry IN (SELECT row FROM \(GrantWriter.rowsToRestore)))
      """
    let frees =
      try overwrites || relations.mapping.access.hasNumbers || connection.count(unknown) > 0
    return try withIndexesDropped(adding: plan.added, removing: plan.removed) { writer in
      let removed = try writer.remove()
      try entities.perform(as: writer.change)
      return (try writer.restoreRows(id: frees ? writer.freeID() : "h.id"), removed)
    }
  }

  /// An expression: the id that a row had, or a new one if another row has taken it since.
  private func freeID() throws -> String {
    let returning = "SELECT row FROM \(GrantWriter.rowsToRestore)"
    try registerIDs(
      pairs: total,
      after: "SELECT max(h.id) FROM \(RecordTable.endedGrant) AS h WHERE h.entry IN (\(returning))")
    guard let key = access.key else { return "h.id" }
    return """
      CASE WHEN h.id IS NULL OR EXISTS (SELECT 1 FROM \(access.table) AS o WHERE o.\(key) = h.id)
      THEN company_access_new_id() ELSE h.id END
      """
  }

  private mutating func restoreRows(id: String) throws -> Int {
    let rows = GrantWriter.chunk(of: GrantWriter.rowsToRestore)
    let ended = "\(endedGrants) WHERE h.entry IN (\(rows))"
    var statements: [Step] = []
    if isLarge(plan.added) { statements.append(Step(recordBeginnings(of: rows))) }
    if let revive = access.reviveEnded(ended, time: time) {
      statements.append(Step(revive, counts: true))
    }
    if access.revokeOnly == nil { statements += try insertions(id: id, ended) }
    let restored = try forEachChunk(of: GrantWriter.rowsToRestore, statements)
    if let reason = access.revokeOnly, restored < plan.added {
      throw AccessError.revokeOnly(reason: reason)
    }
    return restored
  }

  /// `FROM` of ended grants `h`, their users `hu` and their companies `hk`.
  private var endedGrants: String {
    let (users, companies) = (relations.recorded(.user), relations.recorded(.company))
    return """
      FROM \(RecordTable.endedGrant) AS h
      CROSS JOIN \(users.lifetimes) AS hu ON hu.lifetime = h.user_lifetime
      CROSS JOIN \(companies.lifetimes) AS hk ON hk.lifetime = h.company_lifetime
      """
  }

  /// A statement that puts on the record that grants stand again.
  private func recordBeginnings(of rows: String) -> String {
    let (users, companies) = (relations.recorded(.user), relations.recorded(.company))
    return """
      INSERT INTO \(RecordTable.currentGrant.itself) (user_lifetime, company_lifetime, began_change)
      SELECT lu.lifetime, lk.lifetime, \(change)
      \(endedGrants)
      CROSS JOIN \(users.lifetimes) AS lu ON lu.key = hu.key AND lu.ended_change IS NULL
      CROSS JOIN \(companies.lifetimes) AS lk ON lk.key = hk.key AND lk.ended_change IS NULL
      WHERE h.entry IN (\(rows)) ORDER BY lu.lifetime, lk.lifetime
      """
  }

  /// Statements that make the rows of ended grants again: with the further columns that the record
  /// keeps, or with those of a new row.
  private func insertions(id: String, _ ended: String) throws -> [Step] {
    guard access.keepsRows else { return [insertion(id: id, ended)] }
    try connection.file.register(
      function: "company_access_bytes", arguments: 1, deterministic: true
    ) { values in
      guard case .text(let digits)? = values.first else { return .null }
      return KeyText.bytes(digits).map { .blob($0) } ?? .null
    }
    return [
      insertion(
        id: id, "\(ended) AND h.\"row\" IS NOT NULL", further: access.restored("h.\"row\"")),
      insertion(id: id, "\(ended) AND h.\"row\" IS NULL"),
    ]
  }

  private func insertion(
    id: String, _ ended: String, further: [SchemaMapping.Access.Assignment] = []
  ) -> Step {
    // What the record does not know of a row is as if it were granted with the change.
    func known(_ stored: String, _ column: SQLName?) -> String {
      guard let column else { return time }
      let isOptional = access.nullable.contains(column.folded)
      return isOptional ? stored : "coalesce(\(stored), \(access.stored(time, in: column)))"
    }
    let missing =
      access.isDescribed ? " AND NOT \(access.stands(user: "hu.key", company: "hk.key"))" : ""
    let times = (
      created: known("h.created_at", access.createdAt),
      modified: known("h.modified_at", access.modifiedAt)
    )
    return Step(
      access.insert(
        id: id, user: "hu.key", company: "hk.key", times: times, now: time, further: further,
        from: "\(ended)\(missing) ORDER BY hu.key, hk.key"), counts: true)
  }
}
