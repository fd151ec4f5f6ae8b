internal import Database

/// The statements that fill an empty record with what the application's tables say.
///
/// They do the same as those of `Reconciliation`, in a way that is fast for millions of grants: along
/// the users, so that the grants come in the order of their key and nothing has to be sorted, and
/// without a look at what the record has. The indexes of the grants are made afterwards.
struct RecordFilling: Sendable {
  let mapping: SchemaMapping
  /// When what is there began, as SQL; `NULL` for before the record.
  var began = "NULL"

  /// The statements that begin a lifetime for each user and each company.
  var lifetimes: [String] { mapping.recordedKinds.map(lifetimes) }

  private func lifetimes(_ kind: RecordedKind) -> String {
    let columns = kind.attributes.map { "t.\($0.column)" }.joined(separator: ", ")
    let createdAt = kind.createdAt.map { "t.\($0)" } ?? "NULL"
    return """
      INSERT INTO \(kind.lifetimes)
        (key, began_change, since_change, present, created_at, \(kind.list()))
      SELECT t.\(kind.key), \(began), \(began), 1, \(createdAt), \(columns)
      FROM \(kind.rows("t")) WHERE t.\(kind.key) IS NOT NULL ORDER BY t.\(kind.key)
      """
  }

  /// A statement that begins a lifetime for each key that has grants and no row.
  private func withoutRows(_ kind: RecordedKind) -> String {
    """
    INSERT INTO \(kind.lifetimes) (key, began_change, since_change, present)
    SELECT a.k, \(began), \(began), 0 FROM (
      SELECT DISTINCT \(kind.column) AS k FROM \(mapping.access.grants)
      WHERE \(kind.column) IS NOT NULL) AS a
    WHERE NOT EXISTS (SELECT 1 FROM \(kind.lifetimes) AS l WHERE l.key = a.k)
    """
  }

  /// The statements that put each grant on the record, when the lifetimes have their indexes.
  var grants: [String] {
    let (users, companies) = (RecordedKind(users: mapping), RecordedKind(companies: mapping))
    // An application's own table may have no index that begins with the user.
    let rows =
      mapping.access.isDescribed
      ? """
      FROM \(mapping.access.grants) AS a
      CROSS JOIN \(users.lifetimes) AS lu ON lu.key = a.user_id
      CROSS JOIN \(companies.lifetimes) AS lk ON lk.key = a.company_id
      WHERE TRUE ORDER BY lu.lifetime, lk.lifetime
      """
      : """
      FROM \(users.lifetimes) AS lu NOT INDEXED
      CROSS JOIN \(mapping.access.grants) AS a ON a.user_id = lu.key
      CROSS JOIN \(companies.lifetimes) AS lk ON lk.key = a.company_id
      WHERE TRUE
      """
    let all = """
      INSERT INTO \(RecordTable.currentGrant) (user_lifetime, company_lifetime, began_change)
      SELECT lu.lifetime, lk.lifetime, \(began)
      \(rows)
      ON CONFLICT (user_lifetime, company_lifetime) DO NOTHING
      """
    return mapping.recordedKinds.map(withoutRows) + [all]
  }
}
