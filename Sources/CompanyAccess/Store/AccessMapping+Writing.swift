internal import Database

/// Statements that write rows of the access table.
///
/// A row that this program makes has what `new` says in its further columns. Where a deletion mark ends a
/// grant, the row stays, and where the database holds each pair once, granting again takes the mark back.
extension SchemaMapping.Access {
  /// A column and the expression for what is written into it.
  typealias Assignment = (column: SQLName, value: String)

  /// A statement that makes rows.
  ///
  /// - Parameters:
  ///   - id: An expression for the key of a row.
  ///   - one: An expression for the key of the user.
  ///   - other: An expression for the key of the company.
  ///   - times: Expressions for the times of the row, in the form of the columns; nil for the time of
  ///     the change.
  ///   - now: An expression: the time of the change.
  ///   - further: What further columns say, in the place of what new rows do.
  ///   - source: `FROM` and what follows.
  /// - Returns: The statement.
  func insert(
    id: String, user one: String, company other: String,
    times: (created: String, modified: String)? = nil, now: String, further: [Assignment] = [],
    from source: String
  ) -> String {
    let given = Set(further.map(\.column.folded))
    var all: [Assignment] = (key.map { [($0, id)] } ?? []) + [(user, one), (company, other)]
    if let createdAt { all.append((createdAt, times?.created ?? stored(now, in: createdAt))) }
    if let modifiedAt { all.append((modifiedAt, times?.modified ?? stored(now, in: modifiedAt))) }
    all += new.filter { !given.contains($0.column.folded) }.map { ($0.column, value($0, now)) }
    all += further
    return """
      INSERT INTO \(table.itself) (\(all.map(\.column.description).joined(separator: ", ")))
      \(engine == .sqlite ? "" : "OVERRIDING SYSTEM VALUE ")SELECT \(all.map(\.value).joined(separator: ", "))
      \(source)
      """
  }

  /// What keeps a statement from making a row for a pair that has one: the end of a query that has
  /// no condition yet.
  ///
  /// It names the time, an argument, because a table without times does not.
  func unlessThere(user one: String, company other: String, now: String) -> String {
    isDescribed
      ? "WHERE \(now) IS NOT NULL AND NOT \(stands(user: one, company: other))"
      : "WHERE TRUE\nON CONFLICT (\(user), \(company)) DO NOTHING"
  }

  /// Whether granting again takes a mark back instead of making a row.
  var revives: Bool { live != nil && holdsEndedRows }

  /// What makes a row count again.
  ///
  /// - Parameter time: An expression: the time of the change.
  /// - Returns: Assignments for the mark and all that goes with it.
  private func reviving(_ time: String) -> [Assignment] {
    guard let live else { return [] }
    let mark = (live.column, SQLText.literal(live.equals))
    let said = Set((new.map(\.column) + [live.column]).map(\.folded))
    let others = end.filter { !said.contains($0.column.folded) }.map { ($0.column, "NULL") }
    let values = new.filter { $0.column.folded != live.column.folded }
    return [mark] + values.map { ($0.column, value($0, time)) } + others
  }

  /// A statement that makes ended rows of pairs count again, as new rows would.
  ///
  /// - Parameters:
  ///   - pairs: A query with the columns `user_id` and `company_id`.
  ///   - time: An expression: the time of the change.
  /// - Returns: The statement.
  func revive(_ pairs: String, time: String) -> String {
    let modified = modifiedAt.map { [($0, stored(time, in: $0))] } ?? []
    return """
      UPDATE \(table.itself) AS t SET \(Self.list(reviving(time) + modified))
      WHERE t.rowid IN (SELECT \(newest("x")) FROM (\(pairs)) AS w
        CROSS JOIN \(table) AS x ON \(isOf("x", "w.user_id", "w.company_id").joined(separator: " AND "))
        WHERE \(time) IS NOT NULL AND \(isEnded("x"))
          AND NOT \(stands(user: "w.user_id", company: "w.company_id"))
        GROUP BY w.user_id, w.company_id)
      """
  }

  /// An expression: the greatest number of some rows, which have only places on a server.
  private func newest(_ row: String) -> String {
    engine == .sqlite
      ? "max(\(row).rowid)" : "(array_agg(\(row).rowid ORDER BY \(row).rowid DESC))[1]"
  }

  /// A condition: whether a row is one whose grant has ended by a mark.
  private func isEnded(_ row: String) -> String {
    let ended = live.map { "NOT (\($0.condition(row)))" } ?? "FALSE"
    return (only.map { $0.condition(row) } + [ended]).joined(separator: " AND ")
  }

  /// Statements that end the grants of rows, of which the last touches one row for each grant.
  ///
  /// - Parameters:
  ///   - rows: A query for the numbers of the rows.
  ///   - time: An expression: the time of the change.
  /// - Returns: The statements.
  func ending(_ rows: String, time: String) -> [String] {
    let marks = marks(time)
    let action =
      marks.isEmpty
      ? "DELETE FROM \(table.itself)" : "UPDATE \(table.itself) SET \(Self.list(marks))"
    let chosen = "\(action) WHERE rowid IN (\(rows))"
    guard !isPairUnique else { return [chosen] }
    let counting = counting("o").map { " AND \($0)" }.joined()
    let others = """
      \(action) WHERE rowid IN (SELECT o.rowid FROM \(table) AS x CROSS JOIN \(table) AS o
        ON \(isOf("o", "x.\(user)", "x.\(company)").joined(separator: " AND "))
        AND o.rowid <> x.rowid WHERE x.rowid IN (\(rows))\(counting))
      """
    return [others, chosen]
  }

  /// What is written into a row to end its grant; nothing where the row is deleted.
  private func marks(_ time: String) -> [Assignment] {
    guard !end.isEmpty else { return [] }
    let modified =
      modifiedAt.map { [($0, stored(time, in: $0))] }?.filter { column, _ in
        !end.contains { $0.column.folded == column.folded }
      } ?? []
    return end.map { ($0.column, value($0, time)) } + modified
  }

  /// A statement that ends the grants of pairs on a server, with every row of each that counts.
  ///
  /// - Parameters:
  ///   - pairs: A table with the columns `user_id` and `company_id`.
  ///   - time: An expression: the time of the change.
  /// - Returns: The statement.
  func ending(pairs: String, time: String) -> String {
    let marks = marks(time)
    let conditions = isOf("x", "w.user_id", "w.company_id") + counting("x")
    let filter = conditions.joined(separator: " AND ")
    guard !marks.isEmpty else {
      return "DELETE FROM \(table) AS x USING \(pairs) AS w WHERE \(filter)"
    }
    return "UPDATE \(table) AS x SET \(Self.list(marks)) FROM \(pairs) AS w WHERE \(filter)"
  }

  /// Writes values into columns: the end of an UPDATE before its conditions.
  private static func list(_ all: [Assignment]) -> String {
    all.map { "\($0.column) = \($0.value)" }.joined(separator: ", ")
  }

  private func value(_ new: SchemaMapping.ColumnValue, _ time: String) -> String {
    switch new.content {
    case .constant(let value): SQLText.literal(value)
    case .now: stored(time, in: new.column)
    }
  }

  /// An expression: a time in the form of a column.
  func stored(_ time: String, in column: SQLName) -> String {
    let form = times[column.folded] ?? .text
    guard engine == .postgres, case .number(let perSecond) = form else { return form.stored(time) }
    return "CAST(date_part('epoch', \(time)) * \(perSecond) AS bigint)"
  }

  /// An expression: a time that the record keeps, an expression, in the form of a column.
  ///
  /// Of a file it keeps times in that form.
  func recorded(_ time: String, in column: SQLName) -> String {
    engine == .sqlite ? time : stored(time, in: column)
  }

  /// An expression: what a column, an expression, says as a time of the engine.
  func time(_ value: String, in column: SQLName) -> String {
    guard engine == .postgres, case .number(let perSecond)? = times[column.folded] else {
      return value
    }
    return "to_timestamp(\(value) / \(perSecond).0)"
  }
}

// MARK: - Further columns of rows that come back

extension SchemaMapping.Access {
  /// The further columns that the record keeps of rows that this program ends.
  private var kept: [SQLName] {
    further.filter { name in !name.text.utf8.contains { $0 == 0x22 || $0 == 0x5C } }
  }

  /// Whether the record keeps further columns of rows that this program ends.
  var keepsRows: Bool { !kept.isEmpty }

  /// An expression: the further columns of a row as JSON, as the record keeps them; bytes stand as
  /// an object with their hex digits.
  func keptRow(_ row: String) -> String {
    guard engine == .sqlite else {
      let known = [user, company] + [key, createdAt, modifiedAt].compactMap(\.self)
      let names = known.map(\.literal).joined(separator: ", ")
      return "to_jsonb(\(row)) - ARRAY[\(names)]"
    }
    let members = kept.map { column in
      """
      \(column.literal), CASE typeof(\(row).\(column)) WHEN 'blob'
        THEN json_object('bytes', hex(\(row).\(column))) ELSE \(row).\(column) END
      """
    }
    return "json_object(\(members.joined(separator: ", ")))"
  }

  /// What further columns said, for rows of the record with a text of `keptRow`.
  ///
  /// - Parameter json: An expression for the text.
  /// - Returns: The columns and expressions, which need the function `company_access_bytes`.
  func restored(_ json: String) -> [Assignment] {
    kept.map { column in
      guard engine == .sqlite else {
        return (
          column, "(jsonb_populate_record(CAST(NULL AS \(table)), \(json))).\(column)"
        )
      }
      let path = "$.\"\(column.text)\""
      let (one, bytes) = (SQLText.literal(path), SQLText.literal(path + ".bytes"))
      return (
        column,
        """
        CASE json_type(\(json), \(one)) WHEN 'object'
          THEN company_access_bytes(json_extract(\(json), \(bytes)))
          ELSE json_extract(\(json), \(one)) END
        """
      )
    }
  }

  /// A statement that makes rows with a mark count again as they were, for ended grants `h` of users
  /// `hu` and companies `hk`.
  ///
  /// - Parameters:
  ///   - source: `FROM` of the three, and its conditions.
  ///   - time: An expression: the time of the change.
  /// - Returns: The statement; nil where no mark ends grants.
  func reviveEnded(_ source: String, time: String) -> String? {
    guard live != nil, !end.isEmpty else { return nil }
    let kept = Dictionary(
      uniqueKeysWithValues: restored("e.\"row\"").map { ($0.column.folded, $0.value) })
    let marks = reviving(time).map { column, value -> Assignment in
      guard column.folded != live?.column.folded, let was = kept[column.folded] else {
        return (column, value)
      }
      return (column, "CASE WHEN e.\"row\" IS NULL THEN t.\(column) ELSE \(was) END")
    }
    let modified = modifiedAt.map {
      [($0, "coalesce(\(recorded("e.modified_at", in: $0)), \(stored(time, in: $0)))")]
    }
    let rows = """
      SELECT \(newest("y")) FROM \(table) AS y
      WHERE \(isOf("y", "hu.key", "hk.key").joined(separator: " AND ")) AND \(isEnded("y"))
      """
    let ended = key.map { "coalesce((\(rows) AND y.\($0) IS h.id), (\(rows)))" } ?? "(\(rows))"
    return """
      UPDATE \(table.itself) AS t SET \(Self.list(marks + (modified ?? [])))
      FROM (SELECT h.modified_at, h."row", \(ended) AS ended
        \(source) AND NOT \(stands(user: "hu.key", company: "hk.key")) LIMIT -1) AS e
      WHERE t.rowid = e.ended
      """
  }
}
