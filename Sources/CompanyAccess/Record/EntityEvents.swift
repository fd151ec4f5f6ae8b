internal import Database

extension Relations {
  /// A relation with one row for each thing that happened to users and companies in some changes.
  ///
  /// Its columns are `kind`, `lifetime`, `id`, `change_id`, `event` (`made`, `known`,
  /// `edited` or `gone`), `name` (after it, or the last one), `before` and `after` (what this
  /// program changed, see `RowSnapshot`; NULL for what another program did) and `entry`, the order in
  /// which this program did it.
  ///
  /// - Parameters:
  ///   - kinds: Of users, of companies, or of both.
  ///   - lifetime: A condition for the lifetime `l`.
  ///   - condition: Makes a condition from an expression for the change.
  /// - Returns: The relation.
  func entityEvents(
    _ kinds: [EntityKind] = EntityKind.allCases, lifetime: String = "TRUE",
    where condition: (_ change: String) -> String
  ) -> String {
    let queries = kinds.flatMap { kind in
      events(of: recorded(kind), condition).map { "\($0) AND \(lifetime)" }
    }
    return "(" + queries.joined(separator: " UNION ALL ") + ")"
  }

  private func events(
    of kind: RecordedKind, _ condition: (_ change: String) -> String
  ) -> [String] {
    let name = kind.kind.rawValue
    func columns(_ event: String, _ change: String, image: String = "i.before, i.after, i.entry")
      -> String
    {
      let label = event == "'gone'" ? kind.name(of: "l") : nameAfter(kind, change)
      return """
        SELECT '\(name)' AS kind, l.lifetime, \(keyOfAnyKind("l.key")) AS id, \(change) AS change_id,
          \(event) AS event, \(label) AS name, \(image)
        """
    }
    let images = "\(RecordTable.rowImage) AS i"
    func isImage(_ change: String) -> String {
      "i.change = \(change) AND i.kind = '\(name)' AND i.lifetime = l.lifetime"
    }
    return [
      """
      \(columns(beginning(with: "l.began_change"), "l.began_change"))
      FROM \(kind.lifetimes) AS l
      LEFT JOIN \(images) ON \(isImage("l.began_change")) AND i.before IS NULL
      WHERE \(condition("l.began_change")) AND l.present
        AND NOT EXISTS (SELECT 1 FROM \(kind.former) AS f
          WHERE f.lifetime = l.lifetime AND NOT f.present)
      """,
      """
      \(columns("'gone'", "l.ended_change"))
      FROM \(kind.lifetimes) AS l
      LEFT JOIN \(images) ON \(isImage("l.ended_change")) AND i.before IS NOT NULL
      WHERE \(condition("l.ended_change")) AND l.present
      """,
      """
      \(columns("'edited'", "i.change"))
      FROM \(images) JOIN \(kind.lifetimes) AS l ON l.lifetime = i.lifetime
      WHERE i.kind = '\(name)' AND i.before IS NOT NULL AND i.after IS NOT NULL
        AND \(condition("i.change")) AND l.ended_change IS NOT i.change
      """,
      """
      \(columns("'edited'", "f.ended_change", image: "NULL, NULL, NULL"))
      FROM \(kind.former) AS f JOIN \(kind.lifetimes) AS l ON l.lifetime = f.lifetime
      WHERE \(condition("f.ended_change")) AND f.present
        AND l.ended_change IS NOT f.ended_change
        AND NOT EXISTS (SELECT 1 FROM \(images) WHERE \(isImage("f.ended_change")))
      """,
      // Whose key was granted before the row came.
      """
      \(columns(beginning(with: "f.ended_change"), "f.ended_change"))
      FROM \(kind.former) AS f JOIN \(kind.lifetimes) AS l ON l.lifetime = f.lifetime
      LEFT JOIN \(images) ON \(isImage("f.ended_change")) AND i.before IS NULL
      WHERE \(condition("f.ended_change")) AND f.present = 0
      """,
    ]
  }

  /// An expression: `made` if a change, that of the image `i`, made the row of the lifetime `l` which
  /// begins with it; else `known`.
  ///
  /// This program keeps an image of what it adds or brings back, but not of what an import creates, and
  /// pruning takes images away. The upgrade of a record lets those of whom it knew nothing begin with
  /// the first change after their `created_at`: what an import creates is not older than that.
  private func beginning(with change: String) -> String {
    let seen = [ChangeAction.external, .importFile, .sync, .restore].map { "'\($0.rawValue)'" }
    return """
      CASE WHEN i.entry IS NOT NULL OR l.continues IS NOT NULL
          OR EXISTS (SELECT 1 FROM \(RecordTable.change) AS h WHERE h.id = \(change)
            AND (h.action = '\(ChangeAction.add.rawValue)'
              OR h.action IN (\(seen.joined(separator: ", ")))
                AND (h.id > coalesce((SELECT CAST(s.value AS INTEGER) FROM \(RecordTable.setting) AS s
                    WHERE s.key = '\(SchemaSetting.upgraded)'), 0)
                  OR h.action <> '\(ChangeAction.external.rawValue)'
                    AND \(utc("l.created_at")) >= h.at)))
        THEN 'made' ELSE 'known' END
      """
  }

  /// A key or a number, an expression, beside what is of another type: PostgreSQL has one type in a
  /// column.
  func keyOfAnyKind(_ key: String) -> String {
    mapping.engine == .postgres ? "CAST(\(key) AS TEXT)" : key
  }

  /// An expression: the name of the lifetime `l` after a change.
  private func nameAfter(_ kind: RecordedKind, _ change: String) -> String {
    """
    coalesce((SELECT \(kind.name(of: "n")) FROM \(kind.former) AS n
        WHERE n.lifetime = l.lifetime AND n.ended_change > \(change) AND n.present
        ORDER BY n.ended_change LIMIT 1), \(kind.name(of: "l")))
    """
  }
}
