internal import Database

/// What stands in the application's tables and not on the record, or the other way round.
///
/// There is none while the triggers are in place, but for what they cannot see: rows that `REPLACE`
/// takes away silently, or writes while triggers were dropped.
struct Reconciliation: Sendable {
  let mapping: SchemaMapping

  private var users: RecordedKind { RecordedKind(users: mapping) }
  private var companies: RecordedKind { RecordedKind(companies: mapping) }
  private var access: String { mapping.access.grants }

  // MARK: - Counting

  /// Counts the differences.
  ///
  /// - Throws: What the database answers, such as that it is busy.
  func counts(_ connection: any DatabaseSession) throws -> RecordDifference {
    func count(_ rows: String) throws -> Int { try connection.count("SELECT count(*) \(rows)") }
    var counts = RecordDifference()
    for kind in mapping.recordedKinds {
      counts.added += try count(added(kind))
      counts.deleted += try count(deleted(kind))
      counts.edited += try count(edited(kind))
    }
    counts.granted = try count(granted)
    counts.revoked = try count(revoked)
    return counts
  }

  // MARK: - Putting them on the record

  /// The statements that put all differences on the record.
  ///
  /// - Parameter change: The change with which they began and ended, as SQL; `NULL` for what was there
  ///   before the record began.
  /// - Returns: The statements, in their order.
  func statements(as change: String) -> [String] {
    mapping.recordedKinds.flatMap { statements($0, change) } + grantStatements(change)
  }

  private func statements(_ kind: RecordedKind, _ change: String) -> [String] {
    let columns = kind.attributes.map { $0.value("t") }.joined(separator: ", ")
    let createdAt = kind.createdAt.map { "t.\($0)" } ?? "NULL"
    return [
      """
      UPDATE \(kind.lifetimes) AS l SET ended_change = \(change)
      WHERE l.lifetime IN (SELECT l.lifetime \(deleted(kind)))
      """,
      """
      INSERT INTO \(kind.former) (lifetime, began_change, ended_change, present, \(kind.list()))
      SELECT l.lifetime, l.since_change, \(change), l.present, \(kind.list("l"))
      \(edited(kind)) AND l.since_change IS NOT \(change)
      """,
      """
      UPDATE \(kind.lifetimes) AS l SET since_change = \(change), present = TRUE,
        (\(kind.list())) = (SELECT \(columns) FROM \(kind.rows("t")) WHERE t.\(kind.key) = l.key)
      WHERE l.lifetime IN (SELECT l.lifetime \(edited(kind)))
      """,
      """
      INSERT INTO \(kind.lifetimes)
        (key, began_change, since_change, present, created_at, \(kind.list()))
      SELECT t.\(kind.key), \(change), \(change), TRUE, \(createdAt), \(columns)
      \(added(kind)) ORDER BY t.\(kind.key)
      """,
      // Keys that have grants and no row.
      """
      INSERT INTO \(kind.lifetimes) (key, began_change, since_change, present)
      SELECT DISTINCT a.\(kind.column), \(change), \(change), FALSE FROM \(access) AS a
      WHERE a.\(kind.column) IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM \(kind.lifetimes) AS l WHERE l.key = a.\(kind.column))
      """,
    ]
  }

  private func grantStatements(_ change: String) -> [String] {
    [
      """
      INSERT INTO \(RecordTable.endedGrant)
        (user_lifetime, company_lifetime, began_change, ended_change)
      SELECT g.user_lifetime, g.company_lifetime, g.began_change, \(change) \(revoked)
      """,
      """
      DELETE FROM \(RecordTable.currentGrant) WHERE (user_lifetime, company_lifetime) IN (
        SELECT g.user_lifetime, g.company_lifetime \(revoked))
      """,
      """
      INSERT INTO \(RecordTable.currentGrant) (user_lifetime, company_lifetime, began_change)
      SELECT \(newest(users, "a.user_id")) AS lu, \(newest(companies, "a.company_id")) AS lk, \(change)
      \(granted) ORDER BY lu, lk
      ON CONFLICT (user_lifetime, company_lifetime) DO NOTHING
      """,
    ]
  }

  /// An expression: the newest lifetime of a key; that of an orphan has ended.
  private func newest(_ kind: RecordedKind, _ key: String) -> String {
    "(SELECT max(n.lifetime) FROM \(kind.lifetimes) AS n WHERE n.key = \(key))"
  }

  // MARK: - The differences

  /// Rows `t` of the application that have no lifetime.
  private func added(_ kind: RecordedKind) -> String {
    """
    FROM \(kind.rows("t")) WHERE t.\(kind.key) IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM \(kind.lifetimes) AS l
        WHERE l.key = t.\(kind.key) AND l.ended_change IS NULL)
    """
  }

  /// Lifetimes `l` whose row is not there.
  private func deleted(_ kind: RecordedKind) -> String {
    """
    FROM \(kind.lifetimes) AS l WHERE l.ended_change IS NULL AND l.present
      AND NOT EXISTS (SELECT 1 FROM \(kind.rows("t")) WHERE t.\(kind.key) = l.key)
    """
  }

  /// Lifetimes `l` whose row `t` has other attributes, or has come since.
  private func edited(_ kind: RecordedKind) -> String {
    // A server compares texts byte by byte, and knows no collation of numbers.
    let collation = mapping.engine == .postgres ? "" : " COLLATE BINARY"
    let differs = kind.attributes.map { "l.\($0.name) IS NOT \($0.value("t"))\(collation)" }
    return """
      FROM \(kind.lifetimes) AS l JOIN \(kind.rows("t")) ON t.\(kind.key) = l.key
      WHERE l.ended_change IS NULL AND (NOT l.present OR \(differs.joined(separator: " OR ")))
      """
  }

  /// `FROM` and `WHERE` of the grants `g` on the record of a pair, given as expressions.
  private func ofPair(_ user: String, _ company: String) -> String {
    """
    FROM \(users.lifetimes) AS lu CROSS JOIN \(companies.lifetimes) AS lk
      CROSS JOIN \(RecordTable.currentGrant) AS g
      WHERE lu.key = \(user) AND lk.key = \(company)
        AND g.user_lifetime = lu.lifetime AND g.company_lifetime = lk.lifetime
    """
  }

  /// Rows `a` of the access table of which the record has no grant.
  private var granted: String {
    """
    FROM \(access) AS a WHERE a.user_id IS NOT NULL AND a.company_id IS NOT NULL
      AND NOT EXISTS (SELECT 1 \(ofPair("a.user_id", "a.company_id")))
    """
  }

  /// Grants `g` on the record of which the access table has no row.
  private var revoked: String {
    """
    FROM \(RecordTable.currentGrant) AS g
      JOIN \(users.lifetimes) AS lu ON lu.lifetime = g.user_lifetime
      JOIN \(companies.lifetimes) AS lk ON lk.lifetime = g.company_lifetime
      WHERE NOT EXISTS (SELECT 1 FROM \(access) AS a
        WHERE a.user_id = lu.key AND a.company_id = lk.key)
    """
  }
}
