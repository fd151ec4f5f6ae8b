internal import Database

/// What rows said at a moment, where the record tells of edits since.
extension Relations {
  /// The rows that are there now, with what the edits since had found in them.
  func edited(_ entity: Entity, _ last: Int64, _ hint: String) -> String {
    let edits = """
      SELECT x.id FROM company_access_entity AS x
      WHERE x.kind = '\(entity.kind)' AND x.change_id > \(last) AND x.gone = 0
        AND x.before IS NOT NULL
      """
    let columns = (entity.columns + [entity.scope?.column].compactMap(\.self)).map { column in
      let then = first(column, entity.kind, "t.\(entity.id)", last, orElse: "t.\(column)")
      return """
        CASE WHEN t.\(entity.id) IN (\(edits)) THEN \(then) ELSE t.\(column) END AS \(column)
        """
    }
    let plain = ([entity.id] + [entity.createdAt].compactMap(\.self)).map { "t.\($0) AS \($0)" }
    let list = (plain + columns).joined(separator: ", ")
    return "(SELECT \(list) FROM \(entity.table) AS t\(hint))"
  }

  /// The columns of a row that has gone, from what the record kept of it in a row `e`.
  func kept(_ entity: Entity, _ last: Int64) -> String {
    var columns = ["e.id AS \(entity.id)"]
    for column in entity.columns {
      var then = first(column, entity.kind, "e.id", last, until: "e.change_id")
      if column == entity.label { then = "coalesce(\(then), e.name)" }
      if case .equals(column, let value) = entity.active {
        then = "coalesce(\(then), \(SQLText.literal(value)))"
      }
      columns.append("\(then) AS \(column)")
    }
    if let scope = entity.scope {
      let then = first(scope.column, entity.kind, "e.id", last, until: "e.change_id")
      columns.append("coalesce(\(then), \(scope.gone)) AS \(scope.column)")
    }
    return columns.joined(separator: ", ")
  }

  /// An expression: what the first edit after the moment found in a column.
  private func first(
    _ column: SQLName, _ kind: String, _ id: String, _ last: Int64, until: String? = nil,
    orElse now: String? = nil
  ) -> String {
    let end = until.map { " AND x.change_id <= \($0)" } ?? ""
    let rest = now.map { " UNION ALL SELECT \($0), \(Int64.max)" } ?? ""
    return """
      (SELECT v FROM (SELECT j.value AS v, x.change_id AS n
        FROM company_access_entity AS x, temp.json_each(x.before) AS j
        WHERE x.kind = '\(kind)' AND x.id = \(id) AND x.change_id > \(last)\(end)
          AND json_valid(x.before) AND j.key = \(column.literal)\(rest))
        ORDER BY n LIMIT 1)
      """
  }
}
