internal import Database

/// How the record begins beside an application that goes on writing.
///
/// What stands in its tables is written down without a lock, which takes as long as it takes. Only then
/// are the tables locked, what was written meanwhile is caught up with, and the triggers are made. A row is
/// known to be new by the transaction that wrote it; that rows have gone, by their number.
extension PostgresRecord {
  /// The three tables, each once, for LOCK TABLE.
  var lockedTables: String {
    var seen: Set<String> = []
    return [users.table, companies.table, accessTable].map(\.sql)
      .filter { seen.insert($0).inserted }.joined(separator: ", ")
  }

  /// Catches up with what was written since a moment; the tables are locked.
  ///
  /// - Parameters:
  ///   - session: The session, in a transaction that sees what others have committed.
  ///   - oldest: The oldest transaction that was under way at the moment.
  ///   - ownsTable: Whether the access table was made in this transaction, so that only this program has
  ///     written it.
  /// - Throws: What the server answers.
  func catchUp(
    _ session: any DatabaseSession, since oldest: String, ownsTable: Bool
  ) throws {
    func run(_ statement: String) throws {
      try session.execute(SQLStatement(stringLiteral: statement))
    }
    for kind in kinds {
      try run(written(kind, since: oldest))
      if try count(standing(kind)) != count(rows(kind)) { try run(forgetting(kind)) }
    }
    // Rows of those who have gone meanwhile, to whom no foreign key leads yet.
    if ownsTable { try run(takingAway) }
    for statement in grantFilling(since: ownsTable ? nil : oldest) { try run(statement) }
    if try count("company_access.current_grant") != count(pairs) { try run(forgettingGrants) }

    func count(_ source: String) throws -> Int {
      try session.count(SQLStatement(stringLiteral: "SELECT count(*) FROM \(source)"))
    }
  }

  private static func isNew(_ row: String, _ oldest: String) -> String {
    "age(\(row).xmin) <= age('\(oldest)'::xid)"
  }

  /// Writes down the rows of a kind that were written since.
  private func written(_ kind: Kind, since oldest: String) -> String {
    let assignments = kind.attributes.map { "\($0.name) = excluded.\($0.name)" }
    return """
      \(filling(kind, where: " AND \(PostgresRecord.isNew("x", oldest))"))
      ON CONFLICT (key) WHERE ended_change IS NULL DO UPDATE SET present = TRUE,
        created_at = excluded.created_at, \(assignments.joined(separator: ", "))
      """
  }

  private func rows(_ kind: Kind) -> String {
    "\(kind.table.sql) AS x WHERE x.\(kind.keyColumn) IS NOT NULL\(kind.isOne("x", after: " AND"))"
  }

  private func standing(_ kind: Kind) -> String { "\(kind.lifetimes) WHERE present" }

  /// Forgets those of a kind who have gone since.
  private func forgetting(_ kind: Kind) -> String {
    """
    WITH gone AS (DELETE FROM \(kind.lifetimes) AS l WHERE l.present AND NOT EXISTS (
        SELECT FROM \(rows(kind)) AND \(kind.keyType.comparable("x.\(kind.keyColumn)")) = l.key)
      RETURNING l.lifetime)
    DELETE FROM company_access.current_grant AS g USING gone
    WHERE g.\(kind.word)_lifetime = gone.lifetime
    """
  }

  private func isThere(_ kind: Kind, _ column: SQLName) -> String {
    "EXISTS (SELECT FROM \(kind.lifetimes) AS l WHERE l.key = \(comparable(kind, column)))"
  }

  private var takingAway: String {
    """
    DELETE FROM \(accessTable.sql) AS x
    WHERE NOT \(isThere(users, access.user)) OR NOT \(isThere(companies, access.company))
    """
  }

  private func grantFilling(since oldest: String?) -> [String] {
    guard let oldest else { return [] }
    return grantFilling(where: " AND \(PostgresRecord.isNew("x", oldest))")
  }

  /// The pairs of the access table that count.
  private var pairs: String {
    let pair = "x.\(PostgresRecord.name(access.user)), x.\(PostgresRecord.name(access.company))"
    let columns = access.isPairUnique ? "SELECT \(pair)" : "SELECT DISTINCT \(pair)"
    return "(\(columns) FROM \(accessTable.sql) AS x WHERE \(countingCondition("x"))) AS p"
  }

  /// Forgets grants that have gone since, and those who were there for them alone.
  private var forgettingGrants: String {
    let pair = [(users, access.user, "u"), (companies, access.company, "k")].map {
      kind, column, row in "\(comparable(kind, column)) = \(row).key"
    }.joined(separator: " AND ")
    return """
      DELETE FROM company_access.current_grant AS g
      USING \(users.lifetimes) AS u, \(companies.lifetimes) AS k
      WHERE g.user_lifetime = u.lifetime AND g.company_lifetime = k.lifetime AND NOT EXISTS (
        SELECT FROM \(accessTable.sql) AS x WHERE \(pair) AND \(countingCondition("x")))
      """
  }
}
