internal import Database

/// What is wrong with the record.
extension DoctorCheck {
  static let record = [changeless, unfinished]

  static let changeless = DoctorCheck(
    "unknown-change", "grants of a change that is not on the record",
    meaning: """
      Changes have been deleted from the record, or grants came with numbers of no change. Since \
      when and by whom they stand is not known.
      """
  ) { mapping in
    var queries = [
      """
      SELECT 'ended by change ' || h.ended_change, count(*) FROM company_access_history AS h
      WHERE NOT EXISTS (SELECT 1 FROM company_access_change AS c WHERE c.id = h.ended_change)
      GROUP BY h.ended_change
      """
    ]
    if mapping.access.hasChangeColumn {
      queries.insert(
        """
        SELECT 'granted by change ' || g.change_id, g.number FROM (
          SELECT change_id, count(*) AS number FROM \(mapping.access.table)
          WHERE change_id IS NOT NULL GROUP BY change_id) AS g
        WHERE NOT EXISTS (SELECT 1 FROM company_access_change AS c WHERE c.id = g.change_id)
        """, at: 0)
    }
    return queries.joined(separator: "\nUNION ALL\n")
  }

  static let unfinished = DoctorCheck(
    "open-change", "mark of a change that is under way, but is not",
    meaning: """
      The mark is set only inside a transaction of this program. While it stays, everything that other \
      programs write is taken for a part of that change.
      """,
    remedy: "sqlite3 {file} 'UPDATE company_access_now SET change_id = NULL'"
  ) { _ in
    """
    SELECT 'change ' || change_id FROM company_access_now WHERE change_id IS NOT NULL
    """
  }
}
