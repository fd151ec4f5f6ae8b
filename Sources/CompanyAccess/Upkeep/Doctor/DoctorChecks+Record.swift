internal import Database

/// What is wrong with the record.
extension DoctorCheck {
  static let record = [
    changeless, largeNumbers, twoLifetimes, lifeless, backward, notOnRecord, unfinished,
  ]

  /// Tables and columns of the record with changes, and whether every one is looked up.
  private static func changes(_ mapping: SchemaMapping) -> [(table: SQLName, column: String)] {
    mapping.recordedKinds.flatMap { kind in
      ["began_change", "ended_change", "since_change"].map { (kind.lifetimes, $0) }
        + ["began_change", "ended_change"].map { (kind.former, $0) }
    } + [
      (RecordTable.currentGrant, "began_change"), (RecordTable.endedGrant, "began_change"),
      (RecordTable.endedGrant, "ended_change"), (RecordTable.rowImage, "change"),
    ]
  }

  static let changeless = DoctorCheck(
    "unknown-change", "facts of a change that is not on the record",
    meaning: """
      Changes have been deleted from the record, or its rows were edited. Since when and by whom what \
      they did stands is not known. Restore a backup of which the record is whole.
      """
  ) { mapping in
    changes(mapping).map { table, column in
      """
      SELECT \(SQLText.literal("\(table) ")) || '\(column.prefix(5)) with change ' || g.change_id, g.number
      FROM (SELECT \(column) AS change_id, count(*) AS number FROM \(table)
        WHERE \(column) IS NOT NULL GROUP BY \(column)) AS g
      WHERE NOT EXISTS (SELECT 1 FROM \(RecordTable.change) AS c WHERE c.id = g.change_id)
      """
    }.joined(separator: "\nUNION ALL\n")
  }

  static let largeNumbers = DoctorCheck(
    "large-number", "changes whose number other programs cannot read",
    meaning: """
      Beyond 9007199254740992 spreadsheets and programs that read JSON round numbers, and one number \
      stands for several changes. Such a number was written by hand. Restore a backup.
      """
  ) { _ in
    "SELECT 'change ' || id FROM \(RecordTable.change) WHERE id > 9007199254740992"
  }

  static let twoLifetimes = DoctorCheck(
    "two-lifetimes", "keys with more than one present holder on the record",
    meaning: """
      The index that forbids it was missing, or the record was edited. What such a user or company had \
      at a moment is told twice. Restore a backup of which the record is whole.
      """
  ) { mapping in
    mapping.recordedKinds.map { kind in
      """
      SELECT '\(kind.kind.rawValue) ' || \(kind.keys.text(of: "key")), count(*) - 1
      FROM \(kind.lifetimes) WHERE ended_change IS NULL GROUP BY key HAVING count(*) > 1
      """
    }.joined(separator: "\nUNION ALL\n")
  }

  static let lifeless = DoctorCheck(
    "unknown-lifetime", "facts of users or companies that the record does not have",
    meaning: """
      Rows were deleted from the record. Whose grants and edits these were is not known. Restore a \
      backup of which the record is whole.
      """
  ) { mapping in
    mapping.recordedKinds.flatMap { kind in
      let name = kind.kind.rawValue
      let places: [(table: SQLName, column: SQLName, filter: String)] = [
        (RecordTable.currentGrant, kind.lifetimeOfGrant, "TRUE"),
        (RecordTable.endedGrant, kind.lifetimeOfGrant, "TRUE"), (kind.former, "lifetime", "TRUE"),
        (RecordTable.rowImage, "lifetime", "kind = '\(name)'"),
      ]
      return places.map { table, column, filter in
        """
        SELECT \(SQLText.literal("\(table): \(name) lifetime ")) || g.l, g.number
        FROM (SELECT \(column) AS l, count(*) AS number FROM \(table) WHERE \(filter)
          GROUP BY \(column)) AS g
        WHERE NOT EXISTS (SELECT 1 FROM \(kind.lifetimes) AS l WHERE l.lifetime = g.l)
        """
      }
    }.joined(separator: "\nUNION ALL\n")
  }

  static let backward = DoctorCheck(
    "backward", "facts of the record that end before they begin",
    meaning: """
      No write makes such rows: the record was edited. What they tell of a moment is not so. Restore a \
      backup of which the record is whole.
      """
  ) { mapping in
    let tables =
      mapping.recordedKinds.flatMap { [$0.lifetimes, $0.former] } + [RecordTable.endedGrant]
    return tables.map { table in
      """
      SELECT \(SQLText.literal("\(table): change ")) || began_change || ' to ' || ended_change
      FROM \(table) WHERE began_change > ended_change
      """
    }.joined(separator: "\nUNION ALL\n")
  }

  static let notOnRecord = DoctorCheck(
    "not-on-record", .rows, "differences between the record and the tables",
    meaning: """
      Something was written that no trigger saw: while triggers were gone, by REPLACE, or in the record \
      itself. The tables are right; the record has to be told, as one change that says "found".
      """,
    remedy: "company-access --db {file} schema reconcile"
  ) { context in
    guard let mapping = context.mapping, context.lacks.missingTables.isEmpty else {
      return CheckResult()
    }
    var found = CheckResult()
    for part in try Reconciliation(mapping: mapping).counts(context.opened()).parts {
      found.add("\(part.what): \(part.count)", times: part.count)
    }
    return found
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
