internal import Database

/// The names of users and companies on the record, as SQL.
struct LifetimeNames {
  private let relations: Relations

  init(_ relations: Relations) { self.relations = relations }

  /// An expression: the name of a lifetime after a change, or its last one; else its key.
  ///
  /// - Parameters:
  ///   - kind: Whether it is that of a user or of a company.
  ///   - lifetime: The lifetime, an expression.
  ///   - change: The change, an expression.
  /// - Returns: The expression.
  func name(_ kind: EntityKind, _ lifetime: String, after change: some CustomStringConvertible)
    -> String
  {
    "coalesce(\(known(kind, lifetime, after: change)), (SELECT \(relations.keyOfAnyKind("l.key")) \(row(kind, lifetime))))"
  }

  /// The same, but NULL where no name is known.
  func known(_ kind: EntityKind, _ lifetime: String, after change: some CustomStringConvertible)
    -> String
  {
    let recorded = relations.recorded(kind)
    return """
      coalesce((SELECT \(recorded.name(of: "f")) FROM \(recorded.former) AS f WHERE f.lifetime = \(lifetime)
          AND f.ended_change > \(change) AND f.present ORDER BY f.ended_change LIMIT 1),
        (SELECT \(recorded.name(of: "l")) \(row(kind, lifetime))))
      """
  }

  /// An expression: the code of the company of a lifetime after a change, or its last one; NULL if it
  /// has none.
  func code(_ lifetime: String, after change: some CustomStringConvertible) -> String {
    let recorded = relations.recorded(.company)
    let column: SQLName = "code"
    guard recorded.attributes.contains(where: { $0.name.isSame(as: column) }) else { return "NULL" }
    return """
      coalesce((SELECT f.code FROM \(recorded.former) AS f WHERE f.lifetime = \(lifetime)
          AND f.ended_change > \(change) AND f.present ORDER BY f.ended_change LIMIT 1),
        (SELECT l.code \(row(.company, lifetime))))
      """
  }

  private func row(_ kind: EntityKind, _ lifetime: String) -> String {
    "FROM \(relations.recorded(kind).lifetimes) AS l WHERE l.lifetime = \(lifetime)"
  }

  /// An expression: the lifetime that a key, an expression, had after a change, or else the last one
  /// before; NULL if there was none.
  func lifetime(_ kind: EntityKind, _ key: String, after change: some CustomStringConvertible)
    -> String
  {
    """
    (SELECT max(o.lifetime) FROM \(relations.recorded(kind).lifetimes) AS o
      WHERE o.key = \(key) AND coalesce(o.began_change, 0) <= \(change))
    """
  }

  /// A condition: whether the user or company of a lifetime is not there now: its id is free,
  /// or belongs to one with another name who does not continue it.
  ///
  /// - Parameters:
  ///   - kind: Whether it is a user or a company.
  ///   - row: The name of the row of the lifetime.
  /// - Returns: The condition.
  func isGone(_ kind: EntityKind, _ row: String) -> String {
    let lifetimes = relations.recorded(kind).lifetimes
    return """
      (\(row).ended_change IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM \(lifetimes) AS o WHERE o.key = \(row).key AND o.ended_change IS NULL
          AND o.present AND (o.name IS \(row).name OR o.lifetime IN (\(continuations(kind, row))))))
      """
  }

  /// An expression: the last name of the user or company of a lifetime, which an undo may have brought
  /// back under another lifetime.
  func lastName(_ kind: EntityKind, _ row: String) -> String {
    let lifetimes = relations.recorded(kind).lifetimes
    return """
      CASE WHEN EXISTS (SELECT 1 FROM \(lifetimes) AS o WHERE o.continues = \(row).lifetime)
        THEN (SELECT \(relations.recorded(kind).name(of: "o")) FROM \(lifetimes) AS o WHERE o.lifetime = (
          SELECT max(n) FROM (\(continuations(kind, row)))))
        ELSE \(relations.recorded(kind).name(of: row)) END
      """
  }

  /// A query with the column `n`: a lifetime and those that continue it.
  private func continuations(_ kind: EntityKind, _ row: String) -> String {
    """
    WITH RECURSIVE holder (n) AS (
      SELECT \(row).lifetime
      UNION
      SELECT c.lifetime FROM holder AS h JOIN \(relations.recorded(kind).lifetimes) AS c
        ON c.continues = h.n)
    SELECT n FROM holder
    """
  }
}
