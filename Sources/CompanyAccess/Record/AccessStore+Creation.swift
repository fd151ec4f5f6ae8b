internal import Database

extension AccessStore {
  /// When a user or a company was created: what its row says, else the time of the change with which it
  /// came.
  ///
  /// An undo that brings one back begins another lifetime; the time is that of the first of them.
  ///
  /// - Parameters:
  ///   - id: The user or the company.
  ///   - moment: The state to look at.
  ///   - work: Cancels the query.
  /// - Returns: The time; nil where neither the row nor the record tells.
  /// - Throws: As `users`.
  package func created(
    _ id: EntityID, at moment: Moment = .now, work: Work? = nil
  ) throws(AccessError) -> Timestamp? {
    try read(at: moment, work) { connection, relations in
      let lifetimes = relations.recorded(id.kind).lifetimes
      let last = relations.last ?? Int64.max
      return try connection.first(
        """
        WITH RECURSIVE life (l) AS (
          SELECT max(o.lifetime) FROM \(lifetimes) AS o
          WHERE o.key = ?1 AND coalesce(o.began_change, 0) <= ?2
          UNION ALL
          SELECT o.continues FROM life JOIN \(lifetimes) AS o ON o.lifetime = life.l)
        SELECT coalesce(o.created_at, (SELECT h.at FROM \(RecordTable.change) AS h
          WHERE h.id = o.began_change))
        FROM life JOIN \(lifetimes) AS o ON o.lifetime = life.l
        WHERE NOT EXISTS (SELECT 1 FROM \(lifetimes) AS e WHERE e.lifetime = o.continues)
        """, [id.key.value, .integer(last)]
      ) { $0.optionalTimestamp(0) } ?? nil
    }
  }
}
