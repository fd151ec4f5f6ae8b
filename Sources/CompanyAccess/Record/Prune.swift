internal import Database
internal import Glibc

/// What pruning the record would remove.
public struct PrunePlan: Hashable, Sendable {
  /// The time to which it would be pruned.
  public let before: Timestamp
  /// The last change of that time: what ended with it or earlier goes; nil if there is none.
  public let through: Change?
  /// How many grants ended then.
  public let grants: Int
  /// How many users and companies that were deleted or edited then are not needed any more.
  public let entities: Int

  /// Whether there is nothing to remove.
  public var isEmpty: Bool { grants == 0 && entities == 0 }
}

/// What pruning the record did.
public struct PruneResult: Hashable, Sendable {
  /// The change on the record; nil when there was nothing to remove.
  public let change: ChangeID?
  /// How many ended grants were written to the file and removed.
  public let grants: Int
  /// How many rows about users and companies were.
  public let entities: Int
}

extension AccessStore {
  /// From when on questions about the past can be answered; nil if nothing has been pruned.
  public func keptSince() throws(AccessError) -> Timestamp? {
    try read { try RetentionStart($0)?.time }
  }

  /// What pruning the record to a time would remove.
  ///
  /// - Parameters:
  ///   - time: Grants that ended by then, in the order of the changes, would go.
  ///   - work: Cancels the counting.
  /// - Returns: How much that is.
  /// - Throws: `.cancelled`, or what the database answers.
  public func prunePlan(
    before time: Timestamp, work: Work? = nil
  ) throws(AccessError) -> PrunePlan {
    let mapping = mapping
    return try read(work: work) { try HistoryPruner($0, mapping, time).plan() }
  }

  /// Writes grants that ended by a time to a file, and removes them from the record.
  ///
  /// The changes themselves stay. Questions about moments before the last change of that time are
  /// then answered with `.notKept`. If anything fails, nothing has been removed and there is no
  /// file.
  ///
  /// - Parameters:
  ///   - time: Grants that ended by then, in the order of the changes, go.
  ///   - path: The file, which must not be there yet: CSV, readable for its owner alone.
  ///   - reason: Why, for the record.
  ///   - dryRun: Whether everything is done as for real, but the file does not get its name, and
  ///     nothing is committed.
  ///   - work: Hears of the progress, and can cancel.
  /// - Returns: What was removed; if there was nothing, there is no change and no file.
  /// - Throws: `.readOnly`, `.recordIncomplete`, `.exists`, `.refusedOutput`, `.cannotCreate`,
  ///   `.cancelled`, or what the disk answers.
  @discardableResult
  public func prune(
    before time: Timestamp, to path: String, reason: ChangeReason = nil, dryRun: Bool = false,
    work: Work = Work()
  ) throws(AccessError) -> PruneResult {
    if let readOnlyReason { throw .readOnly(readOnlyReason) }
    let mapping = mapping
    let header = ChangeHeader(
      actor: actor, origin: origin, action: .prune, reason: reason, added: 0, removed: 0,
      undoes: nil)
    let target = pruneTarget(path)
    return try using(work) { connection in
      var isPlaced = false
      do {
        return try connection.inTransaction(commits: !dryRun) {
          try AccessStore.checkRecord(connection, mapping)
          let pruning = try HistoryPruner(connection, mapping, time)
          let plan = try pruning.plan()
          guard !plan.isEmpty else { return PruneResult(change: nil, grants: 0, entities: 0) }
          let file = try UnfinishedFile(for: target)
          defer { file.discard() }
          try pruning.write(plan, to: RecordFile(descriptor: file.descriptor, path: path), work)
          let change = try header.begin(on: connection)
          let removed = try pruning.remove()
          try ChangeHeader.end(on: connection)
          try AccessError.stop(work)
          if dryRun {
            try target.destination()
          } else {
            try file.place()
            isPlaced = true
          }
          return PruneResult(
            change: dryRun ? nil : change, grants: removed.grants, entities: removed.entities)
        }
      } catch {
        if isPlaced { unlink(path) }
        throw error
      }
    }
  }

  /// Makes sure that pruned grants could be written to a file.
  ///
  /// - Throws: `.exists`, `.refusedOutput` or `.cannotCreate`.
  package func checkPrune(to path: String) throws(AccessError) {
    try pruneTarget(path).destination()
  }

  private func pruneTarget(_ path: String) -> OutputPath {
    OutputPath(path, for: .record, existing: .kept, databases: [self.path])
  }
}

/// Takes old ends off the record.
private struct HistoryPruner {
  let connection: Connection
  let relations: Relations
  let time: Timestamp
  let through: Change?

  init(_ connection: Connection, _ mapping: SchemaMapping, _ time: Timestamp) throws {
    self.connection = connection
    relations = Relations(mapping: mapping, moment: .now)
    self.time = time
    through = try connection.first(
      """
      SELECT \(Change.columns) FROM company_access_change WHERE at <= ?1 ORDER BY id DESC LIMIT 1
      """, [.text(time.text)]
    ) { Change($0) }
  }

  private var last: Int64 { through?.id.number ?? 0 }

  private var ended: String { "FROM company_access_history AS h WHERE h.ended_change <= \(last)" }

  /// Rows about users and companies that no moment after the time needs: of those who are not there
  /// any more and to whom no grant refers that is kept; and edits, which only earlier moments ask
  /// for.
  private var unneeded: String {
    func isNamed(_ kind: String, _ column: String, _ table: SQLName, _ id: SQLName) -> String {
      """
      e.kind = '\(kind)' AND (e.gone = 1 OR e.id NOT IN (SELECT l.\(id) FROM \(table) AS l))
        AND e.id NOT IN (SELECT a.\(column) FROM \(relations.mapping.access.table) AS a)
        AND e.id NOT IN (SELECT h.\(column) FROM company_access_history AS h
          WHERE h.ended_change > \(last))
      """
    }
    let users = relations.mapping.users
    let companies = relations.mapping.companies
    return """
      FROM company_access_entity AS e WHERE e.change_id <= \(last) AND (
        e.gone = 0 AND e.before IS NOT NULL
        OR \(isNamed("user", "user_id", users.table, users.key))
        OR \(isNamed("company", "company_id", companies.table, companies.key)))
      """
  }

  func plan() throws -> PrunePlan {
    PrunePlan(
      before: time, through: through, grants: try connection.count("SELECT count(*) \(ended)"),
      entities: try connection.count("SELECT count(*) \(unneeded)"))
  }

  func remove() throws -> (grants: Int, entities: Int) {
    let entities = "DELETE FROM company_access_entity WHERE rowid IN (SELECT e.rowid \(unneeded))"
    try connection.execute(entities)
    let count = connection.changes
    try connection.execute("DELETE FROM company_access_history WHERE ended_change <= \(last)")
    let grants = connection.changes
    if let through { try RetentionStart(change: through.id, time: time).write(connection) }
    return (grants, count)
  }
}

// MARK: The file

extension HistoryPruner {
  private static let columns = [
    "kind", "id", "user_id", "user", "company_id", "company", "created_at", "modified_at",
    "granted_change", "granted_at", "granted_by", "ended_change", "ended_at", "ended_by", "name",
    "before", "after",
  ]

  func write(_ plan: PrunePlan, to file: RecordFile, _ work: Work) throws {
    let total = plan.grants + plan.entities
    try file.header(HistoryPruner.columns)
    for statement in [grants, entities] {
      try connection.forEach(statement) { row in
        try file.row(
          (0..<HistoryPruner.columns.count).map { column in
            row.isNull(column) ? nil : Key(row.value(column)).description
          })
        work.report(file.rows, of: total, .writing)
      }
    }
    _ = try file.finish()
  }

  private var grants: String {
    let names = EntityNames(since: "h.ended_change")
    let mapping = relations.mapping
    return """
      SELECT 'grant', h.id, h.user_id, coalesce(\(names.then("user", "h.user_id")),
          (SELECT l.\(mapping.users.username) FROM \(mapping.users.table) AS l
            WHERE l.\(mapping.users.key) = h.user_id)),
        h.company_id, coalesce(\(names.then("company", "h.company_id")),
          (SELECT l.\(mapping.companies.name) FROM \(mapping.companies.table) AS l
            WHERE l.\(mapping.companies.key) = h.company_id)),
        h.created_at, h.modified_at, h.granted_change, g.at, g.actor, h.ended_change, x.at, x.actor,
        NULL, NULL, NULL
      FROM company_access_history AS h
      LEFT JOIN company_access_change AS g ON g.id = h.granted_change
      LEFT JOIN company_access_change AS x ON x.id = h.ended_change
      WHERE h.ended_change <= \(last) ORDER BY h.ended_change, h.rowid
      """
  }

  private var entities: String {
    """
    SELECT e.kind, e.id, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, e.change_id, x.at,
      x.actor, e.name, e.before, e.after
    FROM company_access_entity AS e LEFT JOIN company_access_change AS x ON x.id = e.change_id
    WHERE e.rowid IN (SELECT e.rowid \(unneeded)) ORDER BY e.rowid
    """
  }
}
