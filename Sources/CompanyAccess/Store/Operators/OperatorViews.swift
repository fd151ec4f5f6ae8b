internal import Database

/// What a session sees of a database when its operator has a part of it only.
///
/// For each table of which statements read users, companies, grants or changes the session has a view of
/// the same name, which SQLite takes before the table. So what is outside does not exist for any
/// statement that reads; those that write name the table itself, and are checked (`OperatorCheck`).
struct OperatorViews {
  /// How many views a session has at least, where users and companies are in one table.
  static let least = 10

  private let mapping: SchemaMapping
  private let scope: OperatorScope

  init(_ mapping: SchemaMapping, _ scope: OperatorScope) {
    self.mapping = mapping
    self.scope = scope
  }

  /// Makes the views of a session.
  func make(on connection: Connection) throws {
    let usersColumns = try connection.rows("PRAGMA main.table_xinfo(\(mapping.users.table))") {
      (name: SQLName(foreign: $0.text(1)), hidden: $0.int(6))
    }
    let columns = usersColumns.filter { $0.hidden != 1 }.map(\.name)
    try connection.definingViews {
      for (table, query) in views(columns) {
        try connection.execute("CREATE TEMP VIEW \(table) AS \(query)")
      }
    }
  }

  /// The tables and what is seen of them; a query may name those before it.
  ///
  /// - Parameter columns: The columns of the users.
  /// - Returns: The names and the queries, in the order in which they are made.
  private func views(_ columns: [SQLName]) -> [(table: SQLName, query: String)] {
    entities(columns) + homes + lifetimes + [
      (
        mapping.access.table,
        "SELECT x.rowid AS rowid, x.* FROM \(mapping.access.table.itself) AS x WHERE \(isInsideAccess("x"))"
      ),
      (RecordTable.currentGrant, grants(RecordTable.currentGrant)),
      (RecordTable.endedGrant, grants(RecordTable.endedGrant)),
      (RecordTable.rowImage, images),
      (RecordTable.change, changes),
    ]
  }

  private var users: RecordedKind { RecordedKind(users: mapping) }
  private var companies: RecordedKind { RecordedKind(companies: mapping) }

  // MARK: - Users and companies of now

  private func entities(_ columns: [SQLName]) -> [(table: SQLName, query: String)] {
    let list = columns.map { column in
      guard let home = mapping.home, home.table == users.table, column.isSame(as: home.company)
      else { return "t.\(column)" }
      return "CASE WHEN \(isInside(companyKey: "t.\(column)")) THEN t.\(column) END AS \(column)"
    }.joined(separator: ", ")
    let parts = [users, companies].map { kind in
      (
        kind.table,
        (kind.only.map { $0.condition("t") } + [isInside(kind, "t")]).joined(separator: " AND ")
      )
    }
    func query(_ table: SQLName, _ condition: String) -> String {
      "SELECT \(table == users.table ? list : "t.*") FROM \(table.itself) AS t WHERE \(condition)"
    }
    guard users.table.isSame(as: companies.table) else {
      return parts.map { ($0, query($0, $1)) }
    }
    return [(users.table, query(users.table, parts.map { "(\($0.1))" }.joined(separator: " OR ")))]
  }

  /// The table that says to which company users belong, where it is not their own: a home outside is
  /// not seen.
  private var homes: [(table: SQLName, query: String)] {
    guard let home = mapping.home,
      ![users.table, companies.table, mapping.access.table].contains(home.table)
    else { return [] }
    return [
      (
        home.table,
        "SELECT h.* FROM \(home.table.itself) AS h WHERE \(isInside(companyKey: "h.\(home.company)"))"
      )
    ]
  }

  /// A condition: whether a key, an expression, is that of a company inside.
  private func isInside(companyKey key: String) -> String {
    if case .companies(let ids) = scope { return "\(key) IN (\(list(ids)))" }
    return """
      EXISTS (SELECT 1 FROM \(companies.table.itself) AS k WHERE k.\(companies.key) = \(key)
        AND \(isInside(companies, "k")))
      """
  }

  /// A condition: whether a row of the application's users or companies is inside.
  private func isInside(_ kind: RecordedKind, _ row: String) -> String {
    switch (scope, kind.kind) {
    case (.everything, _): "TRUE"
    case (.organization(let name), _):
      organizationColumn(kind).map { "\(row).\($0) = \(SQLText.literal(name))" } ?? "FALSE"
    case (.companies(let ids), .company): "\(row).\(kind.key) IN (\(list(ids)))"
    case (.companies(let ids), .user): "\(row).\(kind.key) IN (\(members(list(ids))))"
    }
  }

  private func organizationColumn(_ kind: RecordedKind) -> SQLName? {
    mapping.scope.map { kind.kind == .user ? $0.user : $0.company }
  }

  private func list(_ ids: [CompanyID]) -> String {
    ids.map { SQLText.literal($0.value) }.joined(separator: ", ")
  }

  /// A query for the keys of users of some companies: by their home, or by a grant of now or earlier.
  private func members(_ list: String) -> String {
    let home = mapping.home.map { home in
      "SELECT h.\(home.user) FROM \(home.table.itself) AS h WHERE h.\(home.company) IN (\(list))"
    }
    let access = mapping.access
    let granted =
      "SELECT a.\(access.user) FROM \(access.table.itself) AS a WHERE a.\(access.company) IN (\(list))"
    let earlier = """
      SELECT l.key FROM \(users.lifetimes.itself) AS l WHERE l.ended_change IS NULL
        AND l.lifetime IN (SELECT e.user_lifetime FROM \(RecordTable.endedGrant.itself) AS e
          WHERE e.company_lifetime IN (\(lives(list))))
      """
    return [home, granted, earlier].compactMap(\.self).joined(separator: " UNION ")
  }

  /// A query for all lifetimes of some companies.
  private func lives(_ list: String) -> String {
    "SELECT k.lifetime FROM \(companies.lifetimes.itself) AS k WHERE k.key IN (\(list))"
  }

  /// A condition for a row of the access table.
  private func isInsideAccess(_ row: String) -> String {
    let access = mapping.access
    if case .companies(let ids) = scope { return "\(row).\(access.company) IN (\(list(ids)))" }
    let sides = [(users, access.user), (companies, access.company)].map { kind, column in
      """
      EXISTS (SELECT 1 FROM \(kind.table.itself) AS t WHERE t.\(kind.key) = \(row).\(column)
        AND \(isInside(kind, "t")))
      """
    }
    return sides.joined(separator: " AND ")
  }

  // MARK: - The record

  private var lifetimes: [(table: SQLName, query: String)] {
    [users, companies].flatMap { kind in
      [
        (
          kind.lifetimes,
          "SELECT l.* FROM \(kind.lifetimes.itself) AS l WHERE \(isInsideLife(kind, "l", "l"))"
        ),
        (
          kind.former,
          """
          SELECT f.* FROM \(kind.former.itself) AS f CROSS JOIN \(kind.lifetimes.itself) AS l
            ON l.lifetime = f.lifetime
          WHERE \(isInsideLife(kind, "l", "l"))\(former(kind))
          """
        ),
      ]
    }
  }

  /// Attributes of a time at which a user or company was of another organization are not seen.
  private func former(_ kind: RecordedKind) -> String {
    guard case .organization = scope else { return "" }
    return " AND \(isInsideLife(kind, "f", "l"))"
  }

  /// A condition: whether a lifetime is inside.
  ///
  /// - Parameters:
  ///   - kind: Users or companies.
  ///   - row: The row with the attributes.
  ///   - life: The row of the lifetime.
  /// - Returns: The condition.
  private func isInsideLife(_ kind: RecordedKind, _ row: String, _ life: String) -> String {
    switch (scope, kind.kind) {
    case (.everything, _): return "TRUE"
    case (.organization(let name), _):
      guard let column = organizationColumn(kind),
        let kept = kind.attributes.first(where: { $0.column.isSame(as: column) })
      else { return "FALSE" }
      return "CAST(\(row).\(kept.name) AS TEXT) = \(SQLText.literal(name))"
    case (.companies(let ids), .company): return "\(life).key IN (\(list(ids)))"
    case (.companies(let ids), .user):
      let list = list(ids)
      // The `+` keeps SQLite from trying each of these for a lifetime that is looked up by its key.
      let grants = [RecordTable.currentGrant, RecordTable.endedGrant].map {
        "SELECT g.user_lifetime FROM \($0.itself) AS g WHERE g.company_lifetime IN (\(lives(list)))"
      }
      let home = mapping.home.map { home in
        """
        SELECT o.lifetime FROM \(kind.lifetimes.itself) AS o WHERE o.ended_change IS NULL
          AND o.key IN (SELECT h.\(home.user) FROM \(home.table.itself) AS h
            WHERE h.\(home.company) IN (\(list)))
        """
      }
      return
        "+\(life).lifetime IN (\((grants + [home].compactMap(\.self)).joined(separator: " UNION ")))"
    }
  }

  private func grants(_ table: SQLName) -> String {
    let condition: String
    if case .companies(let ids) = scope {
      condition = "g.company_lifetime IN (\(lives(list(ids))))"
    } else {
      condition = [users, companies].map { kind in
        """
        EXISTS (SELECT 1 FROM \(kind.lifetimes.itself) AS l WHERE l.lifetime = g.\(kind.lifetimeOfGrant)
          AND \(isInsideLife(kind, "l", "l")))
        """
      }.joined(separator: " AND ")
    }
    return "SELECT \(columns(of: table)) FROM \(table.itself) AS g WHERE \(condition)"
  }

  /// The columns of a table with grants.
  ///
  /// The `+` keeps SQLite from looking a change up by its index: those of a bulk change may be a million
  /// outside, where few are of the companies inside.
  private func columns(of table: SQLName) -> String {
    guard case .companies = scope else { return "g.*" }
    let began = "g.user_lifetime, g.company_lifetime, +g.began_change AS began_change"
    guard table.isSame(as: RecordTable.endedGrant) else { return began }
    return """
      g.entry, \(began), +g.ended_change AS ended_change, g.id, g.created_at, g.modified_at, g."row"
      """
  }

  private var images: String {
    let sides = [users, companies].map { kind in
      "(i.kind = '\(kind.kind.rawValue)' AND i.lifetime IN (SELECT l.lifetime FROM \(kind.lifetimes) AS l))"
    }
    return
      "SELECT i.* FROM \(RecordTable.rowImage.itself) AS i WHERE \(sides.joined(separator: " OR "))"
  }

  /// The changes that concern what is inside, with the grants inside that each began and ended.
  ///
  /// They are found by the rows that name them, so that it costs what the scope has, and not what the
  /// database has.
  private var changes: String {
    let grants = [
      (RecordTable.currentGrant, "began_change"), (RecordTable.endedGrant, "began_change"),
      (RecordTable.endedGrant, "ended_change"),
    ]
    let lives = [users, companies].flatMap { kind in
      ["began_change", "ended_change", "since_change"].map { (kind.lifetimes, $0) }
        + [(kind.former, "began_change")]
    }
    let inside = (grants + lives + [(RecordTable.rowImage, "change")])
      .map { "SELECT y.\($1) FROM \($0) AS y" }.joined(separator: " UNION ")
    func count(_ table: SQLName, _ column: String) -> String {
      "(SELECT count(*) FROM \(table) AS g WHERE g.\(column) = c.id)"
    }
    let began =
      "\(count(RecordTable.currentGrant, "began_change")) + \(count(RecordTable.endedGrant, "began_change"))"
    let ended = count(RecordTable.endedGrant, "ended_change")
    let both = ChangeAction.grantAndRevoke.rawValue
    // One that granted and revoked may have done only one of both inside.
    let action = """
      CASE WHEN c.action <> '\(both)' THEN c.action
        WHEN \(ended) = 0 THEN '\(ChangeAction.grant.rawValue)'
        WHEN \(began) = 0 THEN '\(ChangeAction.revoke.rawValue)' ELSE c.action END
      """
    let isCounted = "CASE WHEN c.origin = '\(Origin.external.rawValue)' THEN"
    return """
      SELECT c.id, c.at, c.actor, c.origin, \(action) AS action, c.reason, c.ticket,
        c.decided_at,
        \(isCounted) c.added ELSE \(began) END AS added,
        \(isCounted) c.removed ELSE \(ended) END AS removed,
        CASE WHEN c.undoes IN (\(inside)) THEN c.undoes END AS undoes
      FROM \(RecordTable.change.itself) AS c WHERE c.id IN (\(inside))
      """
  }
}

extension SchemaMapping {
  /// A table as the session sees it, where its plain name means something else in a statement.
  func seen(_ table: SQLName) -> String {
    guard !seesEverything,
      ([users.table, companies.table, access.table] + [home?.table].compactMap(\.self))
        .contains(where: table.isSame)
    else { return table.itself }
    return "temp.\(table)"
  }

  /// As which role of an operator the role of a user ranks; nil if that is not known.
  ///
  /// A user without a role ranks as an employee.
  func rank(of role: String?) -> OperatorRole? {
    guard let role else { return .employee }
    return ranks[role] ?? (allCompaniesRoles.contains(role) ? .systemAdmin : nil)
      ?? OperatorRole(rawValue: role)
  }

  /// A condition for a user, of whom an expression gives what the row says of the role: whether the
  /// operator of the session may act upon that user; nil where upon every user.
  func mayActUpon(role: String) -> String? {
    guard let acting, acting.role != .systemAdmin, users.role != .none else { return nil }
    let names = Set(ranks.keys).union(OperatorRole.allCases.map(\.rawValue)).sorted()
    let below = names.filter { acting.role.mayActUpon(rank(of: $0)) }.map(SQLText.literal)
    return
      "(\(role) IS NULL OR \(users.role(role, passes: "IN (\(below.joined(separator: ", ")))")))"
  }
}
