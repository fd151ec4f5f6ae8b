internal import Database

/// Where the users and companies of a moment are found.
extension Relations {
  /// Which way into a table SQLite may take.
  enum Path {
    /// Any, as when the rows are wanted in the order of an index, or few are.
    case free
    /// The table itself, from end to end.
    ///
    /// For a filter that no index helps with, SQLite would still walk the index that has the
    /// wanted order, and fetch every row of the table by itself: ten times slower.
    case scan
  }

  /// The relations that hold the users, with the columns of `userColumns`.
  func users(_ path: Path = .free) -> [String] { sources(.user, path) }

  /// The relations that hold the companies, with the columns of `companyColumns`.
  func companies(_ path: Path = .free) -> [String] { sources(.company, path) }

  /// An expression: how many users there are.
  var countOfUsers: String { count(of: .user) }

  /// An expression: how many companies there are.
  var countOfCompanies: String { count(of: .company) }

  /// An expression: the name of a role, for what a user's row says of it; NULL if there is none.
  func roleName(_ role: String) -> String { mapping.users.roleName(role) }

  private func sources(_ kind: EntityKind, _ path: Path) -> [String] {
    rows(kind, path == .scan ? " NOT INDEXED" : "").map { "(SELECT \(columns(kind)) \($0))" }
  }

  /// The columns of `userColumns` or of `companyColumns`, of a row `l` with the application's columns.
  private func columns(_ kind: EntityKind) -> String {
    let (users, companies) = (mapping.users, mapping.companies)
    let columns =
      switch kind {
      case .user:
        """
        l.\(users.key) AS id, \(text("l.\(users.username)")) AS username,
        \(text(users.fullName("l"))) AS full_name, \(text(users.email("l"))) AS email,
        \(users.role("l")) AS role, \(users.active.condition("l")) AS is_active
        """
      case .company:
        """
        l.\(companies.key) AS id, \(text("l.\(companies.name)")) AS name,
        \(text(companies.code("l"))) AS code,
        \(companies.active.condition("l")) AS is_active
        """
      }
    let lifetime = last == nil ? "" : ", l.\(RecordedKind.lifetime) AS lifetime"
    guard let scope = mapping.scope else { return columns + lifetime }
    return columns + ", l.\(kind == .user ? scope.user : scope.company) AS scope" + lifetime
  }

  private func text(_ expression: String) -> String { mapping.text(expression) }

  private func count(of kind: EntityKind) -> String {
    if let last, isOnRecord { return countOnRecord(recorded(kind), last) }
    return rows(kind, "").map { "(SELECT count(*) \($0))" }.joined(separator: " + ")
  }

  /// All lifetimes, less those that came later, those that have ended by then, and those whose row was
  /// not there: SQLite counts the first by pages, and the others along their indexes.
  private func countOnRecord(_ kind: RecordedKind, _ last: Int64) -> String {
    func count(_ rows: String) -> String { "(SELECT count(*) FROM \(rows))" }
    let (all, began) = (kind.lifetimes, "coalesce(o.began_change, 0) <= \(last)")
    return """
      \(count("\(all)")) - \(count("\(all) WHERE began_change > \(last)"))
      - \(count("\(all) WHERE ended_change IS NOT NULL AND ended_change <= \(last)"))
      - \(count("""
        \(all) AS o WHERE (o.present = 0 OR o.ended_change IS NOT NULL) AND o.present = 0
          AND \(began) AND (o.ended_change IS NULL OR o.ended_change > \(last))
        """))
      - \(count("""
        \(kind.former) AS f CROSS JOIN \(all) AS o ON o.lifetime = f.lifetime
          WHERE f.present = 0 AND f.ended_change > \(last) AND \(began)
          AND (o.ended_change IS NULL OR o.ended_change > \(last))
        """))
      """
  }

  /// `FROM` and `WHERE` of the rows `l` of the moment, which have the application's columns.
  private func rows(_ kind: EntityKind, _ hint: String) -> [String] {
    let recorded = recorded(kind)
    guard let last else {
      let filter = recorded.hasNullableKey ? " WHERE +l.\(recorded.key) IS NOT NULL" : ""
      return ["FROM \(recorded.rows("l", hint))\(filter)"]
    }
    let before =
      time.map {
        " AND (o.created_at IS NULL OR \(utc("o.created_at")) <= \($0))"
      } ?? ""
    let standing = recorded.asApplicationColumns(key: "o", attributes: "o")
    let former = recorded.asApplicationColumns(key: "o", attributes: "f")
    return [
      """
      FROM (SELECT \(standing) FROM \(recorded.lifetimes) AS o\(hint)
        WHERE o.present AND coalesce(o.since_change, 0) <= \(last)
          AND (o.ended_change IS NULL OR o.ended_change > \(last))\(before)) AS l
      """,
      """
      FROM (SELECT \(former) FROM \(recorded.former) AS f
        CROSS JOIN \(recorded.lifetimes) AS o ON o.lifetime = f.lifetime
        WHERE f.present AND f.ended_change > \(last)
          AND coalesce(f.began_change, 0) <= \(last)\(before)) AS l
      """,
    ]
  }

  /// A relation with the columns of `users` or of `companies`: the last state of lifetimes `o` of the
  /// record that a condition picks.
  func lastStates(_ kind: EntityKind, where condition: String) -> String {
    let recorded = recorded(kind)
    let columns = recorded.asApplicationColumns(key: "o", attributes: "o")
    let rows = """
      FROM (SELECT \(columns) FROM \(recorded.lifetimes) AS o WHERE \(condition)) AS l
      """
    return "(SELECT \(self.columns(kind)) \(rows))"
  }
}
