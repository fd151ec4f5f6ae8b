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
  /// How many facts about users and companies of then are not needed any more: deleted ones to whom no
  /// grant refers that is kept, what edits took the place of, and what was kept for their undo.
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
  /// The SHA-256 of the file, as 64 hex digits; nil when there was nothing to remove.
  public let sha256: String?
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
  /// then answered with `.notKept`. The record keeps what was taken (`prunedRows`) and the hash of what
  /// it was, from which seals are verified. If anything fails, nothing has been removed and there is no
  /// file.
  ///
  /// - Parameters:
  ///   - time: Grants that ended by then, in the order of the changes, go.
  ///   - path: The file, which must not be there yet: CSV, readable for its owner alone.
  ///   - reason: Why, for the record; it must be said.
  ///   - dryRun: Whether everything is done as for real, but the file does not get its name, and
  ///     nothing is committed.
  ///   - work: Hears of the progress, and can cancel.
  /// - Returns: What was removed; if there was nothing, there is no change and no file.
  /// - Throws: `.reasonRequired`, `.readOnly`, `.recordIncomplete`, `.recordDamaged` if what an earlier
  ///   pruning left is not as it was, `.exists`, `.refusedOutput`, `.cannotCreate`, `.cancelled`, or
  ///   what the disk answers.
  @discardableResult
  public func prune(
    before time: Timestamp, to path: String, reason: ChangeReason, dryRun: Bool = false,
    work: Work = Work()
  ) throws(AccessError) -> PruneResult {
    if let readOnlyReason { throw .readOnly(readOnlyReason) }
    try requireMaintenance()
    guard reason.text != nil else { throw .reasonRequired(.prune) }
    let mapping = mapping
    let header = ChangeHeader(
      actor: actor, origin: origin, action: .prune, reason: reason, added: 0, removed: 0,
      undoes: nil)
    let target = pruneTarget(path)
    return try using(work) { connection in
      (connection as? Connection)?.useTemporaryFilesBesideDatabase()
      return try connection.withSortsInFiles {
        // The hash of what is past does not change, and to compute it takes longer than a server should
        // hold up the commits of other programs.
        let seal =
          connection is Connection
          ? nil
          : try connection.reading { try HistoryPruner(connection, mapping, time).recordSeal(work) }
        return try connection.again {
          let file = PrunedFile(target)
          do {
            return try connection.inTransaction(commits: !dryRun) {
              try AccessStore.checkRecord(connection, mapping)
              let pruning = try HistoryPruner(connection, mapping, time)
              return try pruning.prune(header, seal, to: file, dryRun: dryRun, work)
            }
          } catch {
            file.remove(after: error)
            throw error
          }
        }
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

/// The file of a pruning, which goes again where nothing was removed from the record.
private final class PrunedFile {
  let target: OutputPath
  var isPlaced = false

  init(_ target: OutputPath) { self.target = target }

  func remove(after error: any Error) {
    // Whether a COMMIT that was not answered was made is not known: then the file has what went.
    if let error = error as? DatabaseError, error.category == .outcomeUnknown { return }
    if isPlaced { unlink(target.path) }
  }
}

/// Takes old ends off the record.
private struct HistoryPruner {
  let connection: any DatabaseSession
  let mapping: SchemaMapping
  let time: Timestamp
  let through: Change?

  init(_ connection: any DatabaseSession, _ mapping: SchemaMapping, _ time: Timestamp) throws {
    self.connection = connection
    self.mapping = mapping
    self.time = time
    through = try connection.first(
      """
      SELECT \(Change.columns) FROM \(RecordTable.change) WHERE at <= ?1 ORDER BY id DESC LIMIT 1
      """, [.text(time.text)]
    ) { Change($0) }
  }

  private var last: Int64 { through?.id.number ?? 0 }

  // MARK: - What goes

  private var ended: String {
    "FROM \(RecordTable.endedGrant) AS e WHERE e.ended_change <= \(last)"
  }

  /// States before edits, which only earlier moments ask for.
  private func states(_ kind: RecordedKind) -> String {
    "FROM \(kind.former) AS f WHERE f.ended_change <= \(last)"
  }

  /// Images for the undo of changes, which are not undone any more.
  private var images: String { "FROM \(RecordTable.rowImage) AS i WHERE i.change <= \(last)" }

  /// Lifetimes that ended and to which nothing refers that is kept.
  private func lifetimes(_ kind: RecordedKind) -> String {
    func isFree(_ table: SQLName, _ column: String, _ more: String = "") -> String {
      "NOT EXISTS (SELECT 1 FROM \(table) AS r WHERE r.\(column) = l.lifetime\(more))"
    }
    let column = "\(kind.lifetimeOfGrant)"
    let conditions = [
      isFree(RecordTable.currentGrant, column),
      isFree(RecordTable.endedGrant, column, " AND r.ended_change > \(last)"),
      isFree(
        RecordTable.rowImage, "lifetime",
        " AND r.kind = '\(kind.kind.rawValue)' AND r.change > \(last)"),
      isFree(kind.former, "lifetime", " AND r.ended_change > \(last)"),
      isFree(kind.lifetimes, "continues"),
    ]
    return """
      FROM \(kind.lifetimes) AS l WHERE l.ended_change <= \(last)
        AND \(conditions.joined(separator: " AND "))
      """
  }

  func plan() throws -> PrunePlan {
    func count(_ rows: String) throws -> Int { try connection.count("SELECT count(*) \(rows)") }
    var entities = try count(images)
    for kind in mapping.recordedKinds {
      entities += try count(lifetimes(kind)) + count(states(kind))
    }
    return PrunePlan(
      before: time, through: through, grants: try count(ended), entities: entities)
  }

  /// Writes the file and removes what it has, in the transaction that is open.
  ///
  /// - Parameters:
  ///   - header: What the record says of the change.
  ///   - known: The seal of the limit; nil if it is not known yet.
  ///   - placed: The file.
  ///   - dryRun: Whether the file does not get its name.
  ///   - work: Hears of the progress, and can cancel.
  /// - Returns: What was removed.
  /// - Throws: As `AccessStore.prune`.
  func prune(
    _ header: ChangeHeader, _ known: RecordSeal?, to placed: PrunedFile, dryRun: Bool, _ work: Work
  ) throws -> PruneResult {
    let plan = try plan()
    guard !plan.isEmpty else {
      return PruneResult(change: nil, grants: 0, entities: 0, sha256: nil)
    }
    let file = try UnfinishedFile(for: placed.target)
    defer { file.discard() }
    let seal = try known?.change == through?.id ? known?.hex ?? "" : seal(work)
    let output = RecordFile(descriptor: file.descriptor, path: placed.target.path)
    let hash = try write(plan, to: output, work)
    let change = try header.begin(on: connection)
    let removed = try remove()
    try keep(change, seal, rows: output.rows, placed.target.path, hash, work)
    try ChangeHeader.end(on: connection)
    try AccessError.stop(work)
    if dryRun {
      try placed.target.destination()
    } else {
      try file.place()
      placed.isPlaced = true
    }
    return PruneResult(
      change: dryRun ? nil : change, grants: removed.grants, entities: removed.entities,
      sha256: hash)
  }

  func remove() throws -> (grants: Int, entities: Int) {
    func delete(_ table: SQLName, _ key: String, _ rows: String) throws -> Int {
      try connection.execute("DELETE FROM \(table) WHERE \(key) IN (SELECT \(key) \(rows))")
      return connection.changes
    }
    var entities = 0
    // Lifetimes first: what they wait for goes by the same limit.
    for kind in mapping.recordedKinds {
      entities += try delete(kind.lifetimes, "lifetime", lifetimes(kind))
    }
    for kind in mapping.recordedKinds {
      try connection.execute("DELETE FROM \(kind.former) WHERE ended_change <= \(last)")
      entities += connection.changes
    }
    try connection.execute("DELETE FROM \(RecordTable.rowImage) WHERE change <= \(last)")
    entities += connection.changes
    try connection.execute("DELETE FROM \(RecordTable.endedGrant) WHERE ended_change <= \(last)")
    return (connection.changes, entities)
  }

  // MARK: - What is kept of it

  /// The seal of the limit; nil if there is no change so early.
  func recordSeal(_ work: Work) throws -> RecordSeal? {
    try through.map { RecordSeal(change: $0.id, hex: try seal(work)) }
  }

  /// The hash of the changes up to the limit, while everything is there that it is made from.
  ///
  /// - Parameter work: Whose cancelling stops it.
  /// - Returns: The hash.
  /// - Throws: `.recordDamaged` if what an earlier pruning left was altered: it would not be found
  ///   any more.
  func seal(_ work: Work) throws -> String {
    if let kept = try RetentionStart(connection), kept.seal != nil,
      let before = try PrunedRows.newest(connection), before.through == kept.change,
      try SealChain.standing(through: kept.change, connection, mapping, work) != before.standing
    {
      throw AccessError.recordDamaged([.alteredSincePruning(kept.change)])
    }
    var chain = try SealChain(connection, mapping, work: work)
    try chain.run(through: last)
    return chain.hex
  }

  /// Writes down what was taken, and from where on the record is whole.
  func keep(
    _ change: ChangeID, _ seal: String, rows: Int, _ path: String, _ hash: String, _ work: Work
  ) throws {
    guard let through else { return }
    try RetentionStart(change: through.id, time: time, seal: seal).write(connection)
    let standing = try SealChain.standing(through: through.id, connection, mapping, work)
    try PrunedRows(
      before: time, through: through.id, rows: rows, file: path, sha256: hash, standing: standing
    ).write(connection, change)
  }
}

// MARK: The file

extension HistoryPruner {
  private static let columns = [
    "kind", "id", "name", "user_lifetime", "user_id", "user", "company_lifetime", "company_id",
    "company", "created_at", "modified_at", "row", "lifetime", "present", "continues", "attributes",
    "before", "after", "began_change", "began_at", "began_by", "ended_change", "ended_at",
    "ended_by",
  ]

  /// The times of changes, which a server says in another form.
  private static let times: Set<String> = ["began_at", "ended_at"]

  /// Writes everything that goes, and gives the hash of the file.
  func write(_ plan: PrunePlan, to file: RecordFile, _ work: Work) throws -> String {
    let total = plan.grants + plan.entities
    try file.header(HistoryPruner.columns)
    let kinds = mapping.recordedKinds
    for statement in [grants] + kinds.flatMap({ [ends($0), formerStates($0), imageRows($0)] }) {
      try connection.forEach(statement) { row in
        try file.row(
          HistoryPruner.columns.enumerated().map { column, name in
            if row.isNull(column) { return nil }
            return HistoryPruner.times.contains(name)
              ? row.timestamp(column).text : Key(row.value(column)).description
          })
        work.report(file.rows, of: total, .writing)
      }
    }
    return try file.finish()
  }

  /// The last six columns: two changes, with their times and actors.
  private func changes(_ began: String, _ ended: String) -> String {
    func facts(_ change: String) -> String {
      ["at", "actor"].map {
        "(SELECT c.\($0) FROM \(RecordTable.change) AS c WHERE c.id = \(change))"
      }.joined(separator: ", ")
    }
    return "\(began), \(facts(began)), \(ended), \(facts(ended))"
  }

  /// An expression: the name of a lifetime as it was when something ended.
  private func name(_ kind: RecordedKind, _ lifetime: String, until change: String) -> String {
    """
    coalesce((SELECT n.name FROM \(kind.former) AS n WHERE n.lifetime = \(lifetime).lifetime
      AND n.ended_change > \(change) AND n.present ORDER BY n.ended_change LIMIT 1), \(lifetime).name)
    """
  }

  /// An expression: the attributes of a row as a JSON object; bytes as hex digits.
  private func attributes(_ kind: RecordedKind, _ row: String) -> String {
    if mapping.engine == .postgres {
      // Its own objects have blanks in them.
      let members = kind.attributes.map {
        "'\"\($0.name)\":' || coalesce(CAST(to_json(\(row).\($0.name)) AS TEXT), 'null')"
      }
      return "'{' || " + members.joined(separator: " || ',' || ") + " || '}'"
    }
    let members = kind.attributes.map { attribute in
      let value = "\(row).\(attribute.name)"
      return """
        \(attribute.name.literal), CASE WHEN typeof(\(value)) = 'blob' THEN hex(\(value)) ELSE \(value) END
        """
    }
    return "json_object(\(members.joined(separator: ", ")))"
  }

  private var grants: String {
    let (users, companies) = (RecordedKind(users: mapping), RecordedKind(companies: mapping))
    return """
      SELECT 'grant', e.id, NULL, e.user_lifetime, lu.key, \(name(users, "lu", until: "e.ended_change")),
        e.company_lifetime, lk.key, \(name(companies, "lk", until: "e.ended_change")),
        e.created_at, e.modified_at, e."row", NULL, NULL, NULL, NULL, NULL, NULL,
        \(changes("e.began_change", "e.ended_change"))
      FROM \(RecordTable.endedGrant) AS e
      LEFT JOIN \(users.lifetimes) AS lu ON lu.lifetime = e.user_lifetime
      LEFT JOIN \(companies.lifetimes) AS lk ON lk.lifetime = e.company_lifetime
      WHERE e.ended_change <= \(last) ORDER BY e.ended_change, e.entry
      """
  }

  private func ends(_ kind: RecordedKind) -> String {
    """
    SELECT '\(kind.kind.rawValue)', l.key, l.name, NULL, NULL, NULL, NULL, NULL, NULL, l.created_at,
      NULL, NULL, l.lifetime, l.present, l.continues, \(attributes(kind, "l")), NULL, NULL,
      \(changes("l.began_change", "l.ended_change"))
    \(lifetimes(kind)) ORDER BY l.ended_change, l.lifetime
    """
  }

  private func formerStates(_ kind: RecordedKind) -> String {
    """
    SELECT '\(kind.kind.rawValue) state', (SELECT l.key FROM \(kind.lifetimes) AS l
        WHERE l.lifetime = f.lifetime), f.name, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
      NULL, NULL, f.lifetime, f.present, NULL, \(attributes(kind, "f")), NULL, NULL,
      \(changes("f.began_change", "f.ended_change"))
    \(states(kind)) ORDER BY f.ended_change, f.lifetime
    """
  }

  private func imageRows(_ kind: RecordedKind) -> String {
    """
    SELECT '\(kind.kind.rawValue) image', (SELECT l.key FROM \(kind.lifetimes) AS l
        WHERE l.lifetime = i.lifetime), NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
      NULL, NULL, i.lifetime, NULL, NULL, NULL, i.before, i.after,
      \(changes("i.change", "NULL"))
    \(images) AND i.kind = '\(kind.kind.rawValue)' ORDER BY i.change, i.entry
    """
  }
}
