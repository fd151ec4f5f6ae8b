internal import Database

/// The statements that find rows whose company their user may not enter.
struct LeakQueries {
  let place: LeakTable
  let mapping: SchemaMapping
  private let relations: Relations

  init(_ place: LeakTable, _ mapping: SchemaMapping) {
    self.place = place
    self.mapping = mapping
    relations = Relations(mapping: mapping, moment: .now)
  }

  private var table: SQLName { SQLName(foreign: place.table) }
  private var user: SQLName { SQLName(foreign: place.userColumn) }
  private var company: SQLName { SQLName(foreign: place.companyColumn) }

  /// Conditions for a row `x` that belongs to a pair which is not granted.
  ///
  /// Without its `+` a key of another type would keep SQLite from the index of the access table.
  private var isOutside: String {
    let isGranted = mapping.access.stands(user: "+t.\(user)", company: "+t.\(company)")
    return "t.\(user) IS NOT NULL AND t.\(company) IS NOT NULL AND NOT \(isGranted)"
  }

  private func isThere(_ kind: EntityKind, _ id: String) -> String {
    relations.isThere(id, kind == .user ? relations.users() : relations.companies())
  }

  /// An expression: the change that ended the last grant of a pair, whose keys are expressions, while
  /// both were who they are now; 0 where the record has a grant that the table has not; NULL if there
  /// was none.
  private func until(_ user: String, _ company: String) -> String {
    let (users, companies) = (relations.recorded(.user), relations.recorded(.company))
    func grants(_ column: String, _ table: SQLName) -> String {
      """
      (SELECT \(column) FROM \(users.lifetimes) AS lu CROSS JOIN \(companies.lifetimes) AS lk
        CROSS JOIN \(table) AS rg
        WHERE lu.key = \(user) AND lk.key = \(company) AND rg.user_lifetime = lu.lifetime
          AND rg.company_lifetime = lk.lifetime AND NOT \(relations.isFormer(.user))
          AND NOT \(relations.isFormer(.company)))
      """
    }
    return """
      coalesce(\(grants("max(rg.ended_change)", RecordTable.endedGrant)),
        \(grants("min(0)", RecordTable.currentGrant)))
      """
  }

  /// A query for how many rows the table has.
  var rows: String { "SELECT count(*) FROM \(table)" }

  /// A query for how many rows are of pairs that never were granted, of pairs that are no longer, and of
  /// users or companies that are not there.
  ///
  /// - Parameter limit: How many rows of the table are looked at; nil for all.
  /// - Returns: The query, with one row.
  func counts(limit: Int?) -> String {
    let source = limit.map { "(SELECT * FROM \(table) LIMIT \($0))" } ?? "\(table)"
    // Of all rows of a pair the record is asked once.
    return """
      SELECT coalesce(sum(CASE WHEN k = 0 THEN n END), 0), coalesce(sum(CASE WHEN k = 1 THEN n END), 0),
        coalesce(sum(CASE WHEN k = 2 THEN n END), 0)
      FROM (SELECT p.n AS n, CASE
          WHEN NOT (\(isThere(.user, "+p.u")) AND \(isThere(.company, "+p.c"))) THEN 2
          WHEN \(until("+p.u", "+p.c")) IS NOT NULL THEN 1 ELSE 0 END AS k
        FROM (SELECT t.\(user) AS u, t.\(company) AS c, count(*) AS n FROM \(source) AS t
          WHERE \(isOutside) GROUP BY 1, 2) AS p)
      """
  }

  /// The columns by which rows are told apart and ordered.
  private var position: [String] {
    place.hasRowIDs ? ["t.rowid"] : place.key.map { "t.\($0)" }
  }

  /// A query for the rows that are outside of the grants, in order: the columns of their places, the
  /// keys of the row, the user and the company with their names, and the change that ended the grant.
  ///
  /// - Parameters:
  ///   - last: The place of the last row of the page before; nil for the first page.
  ///   - limit: How many rows.
  ///   - arguments: Takes what is bound.
  /// - Returns: The query.
  func list(after last: [Value]?, limit: Int, _ arguments: inout Bindings) -> String {
    var conditions = [
      isOutside, isThere(.user, "+t.\(user)"), isThere(.company, "+t.\(company)"),
    ]
    if let last {
      let values = last.map { arguments.bind($0) }.joined(separator: ", ")
      conditions.append("(\(position.joined(separator: ", "))) > (\(values))")
    }
    let keys = place.key.isEmpty ? position : place.key.map { "t.\($0)" }
    let columns =
      position + keys + [
        "t.\(user)", "t.\(company)", name("username", relations.users(), "+t.\(user)"),
        name("name", relations.companies(), "+t.\(company)"),
        until("+t.\(user)", "+t.\(company)"),
      ]
    return """
      SELECT \(columns.joined(separator: ", ")) FROM \(table) AS t
      WHERE \(conditions.joined(separator: " AND "))
      ORDER BY \(position.joined(separator: ", ")) LIMIT \(arguments.bind(.count(limit)))
      """
  }

  private func name(_ column: String, _ arms: [String], _ id: String) -> String {
    let names = arms.map { "(SELECT o.\(column) FROM \($0) AS o WHERE o.id = \(id))" }
    return names.count > 1 ? "coalesce(\(names.joined(separator: ", ")))" : names[0]
  }

  /// A row of `list`.
  func leak(_ row: borrowing Row) -> Leak {
    let places = position.count
    let keys = max(place.key.count, place.key.isEmpty ? places : 0)
    let next = places + keys
    let until = row.optionalInteger(next + 4)
    return Leak(
      table: place, row: (0..<keys).map { Key(row.value(places + $0)).description },
      user: row.userID(next), username: row.optionalText(next + 2),
      company: row.companyID(next + 1), companyName: row.optionalText(next + 3),
      couldEnter: until != nil, until: until.flatMap { $0 > 0 ? ChangeID($0) : nil },
      place: (0..<places).map { row.value($0) })
  }
}
