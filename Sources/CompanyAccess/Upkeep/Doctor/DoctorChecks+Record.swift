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
    let places =
      mapping.recordedKinds.flatMap { kind in
        [
          (kind.lifetimes, "began_change"), (kind.lifetimes, "ended_change"),
          (kind.former, "ended_change"),
        ]
      } + [
        (RecordTable.currentGrant, "began_change"), (RecordTable.endedGrant, "began_change"),
        (RecordTable.endedGrant, "ended_change"),
      ]
    return places.map { table, column in
      """
      SELECT '\(column.prefix(5)) with change ' || g.change_id, g.number FROM (
        SELECT \(column) AS change_id, count(*) AS number FROM \(table)
        WHERE \(column) IS NOT NULL GROUP BY \(column)) AS g
      WHERE NOT EXISTS (SELECT 1 FROM company_access_change AS c WHERE c.id = g.change_id)
      """
    }.joined(separator: "\nUNION ALL\n")
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
