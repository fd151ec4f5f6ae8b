internal import Database

/// Where the users, companies and grants of a moment are found.
///
/// Now they are the rows of the tables. In the past they are those rows of the tables that were
/// there already, and what the record keeps of the rows that have gone since: two *arms*, of
/// which every statement is composed in the same way. The order of events is that of the numbers
/// of their changes.
struct Relations: Hashable, Sendable {
  let shape: Shape
  /// The newest change of the moment; nil for now, which has no later ones to leave out.
  let last: Int64?
  /// The time, as SQL, of a moment before the record began, at which only rows that were found
  /// then and had been made before can have been there.
  private let time: String?
  /// How many grants came after the moment.
  private var later = Later.many

  private enum Later {
    case none
    /// So few that those who came can be written down before looking for the others.
    case few
    case many
  }

  /// Up to how many are few.
  private static let few: Int64 = 100

  /// Whether the moment is now or after some change.
  var isOnRecord: Bool { time == nil }

  /// The relations of a moment, whose change is not checked.
  init(shape: Shape, moment: Moment) {
    self.shape = shape
    (last, time) =
      switch moment {
      case .now: (nil, nil)
      case .after(let change): (change.number, nil)
      case .beforeRecord(let time): (0, "'\(time.text.replacing("'", with: "''"))'")
      }
  }

  /// The relations of a moment that is on the record, and still kept.
  init(shape: Shape, moment: Moment, connection: Connection) throws {
    self.init(shape: shape, moment: moment)
    guard let last else { return }
    let hasColumn = shape.access.hasChangeColumn
    let came = "SELECT 1 FROM \(shape.access.table) WHERE change_id > ?1"
    // One statement, because looking at one pair costs hardly more than that.
    let facts = try connection.first(
      """
      SELECT EXISTS (SELECT 1 FROM company_access_change WHERE id = ?1),
        EXISTS (SELECT 1 FROM company_access_setting
          WHERE key = '\(KeptRecord.changeKey)' AND value > ?1),
        \(hasColumn ? "(SELECT count(*) FROM (\(came) LIMIT \(Relations.few + 1)))" : "NULL")
      """, [.integer(last)]
    ) { (isThere: $0.bool(0), isPruned: $0.bool(1), came: $0.optionalInteger(2)) }
    guard let facts else { return }
    if case .after(let change) = moment, !facts.isThere {
      throw AccessError.noSuchChange(change)
    }
    if facts.isPruned, let kept = try KeptRecord(connection) {
      throw AccessError.notKept(before: kept.time)
    }
    later = facts.came.map { $0 == 0 ? .none : $0 <= Relations.few ? .few : .many } ?? .many
  }
}

// MARK: Grants

extension Relations {
  /// One of the tables that hold the grants of the moment.
  private struct GrantArm {
    let table: String
    /// The change that granted, for a row under the name `a`.
    let change: String
    /// Picks the rows of the moment; nil for all.
    let condition: String?
  }

  private var grantArms: [GrantArm] {
    let live = shape.access.table
    let change = shape.access.change("a")
    guard let last else { return [GrantArm(table: live, change: change, condition: nil)] }
    if let time { return grantArms(before: time) }
    return [
      GrantArm(table: live, change: change, condition: wasGranted(last)),
      GrantArm(
        table: "company_access_history", change: "a.granted_change",
        condition: """
          a.ended_change > \(last) AND (a.granted_change IS NULL OR a.granted_change <= \(last))
          """),
    ]
  }

  /// Whether a row `a` that is there now was granted by then; nil if all were.
  ///
  /// The number of a row stands in every index, its change does not: where few rows came later,
  /// grants are counted along the index as they are now, and no row of the table is read.
  private func wasGranted(_ last: Int64) -> String? {
    let change = shape.access.change("a")
    switch later {
    case .none: return nil
    case .few:
      return """
        a.rowid NOT IN (SELECT n.rowid FROM \(shape.access.table) AS n WHERE n.change_id > \(last))
        """
    case .many: return "coalesce(\(change), 0) <= \(last)"
    }
  }

  /// The grants that were found when the record began, and had been made by a time.
  private func grantArms(before time: String) -> [GrantArm] {
    let live = shape.access.table
    let change = shape.access.change("a")
    return [
      GrantArm(
        table: live, change: change, condition: "\(change) IS NULL AND a.created_at <= \(time)"),
      GrantArm(
        table: "company_access_history", change: "a.granted_change",
        condition: "a.granted_change IS NULL AND a.created_at <= \(time)"),
    ]
  }

  /// Queries of the same form to each table of grants, under the name `a`.
  ///
  /// In the columns, `$change` stands for the change that granted.
  private func eachGrantArm(
    _ columns: String, _ conditions: [String], _ ending: String = ""
  ) -> [String] {
    grantArms.map { arm in
      let all = conditions + (arm.condition.map { [$0] } ?? [])
      let filter = all.isEmpty ? "" : " WHERE " + all.joined(separator: " AND ")
      let selected = columns.replacing("$change", with: arm.change)
      return "SELECT \(selected) FROM \(arm.table) AS a\(filter)\(ending)"
    }
  }

  /// Conditions for the grants of a user or of a company, or for one grant.
  ///
  /// The `+` takes the affinity from a column. Columns of the history have none, and SQLite uses
  /// their indexes only for operands that have none either.
  private func of(user: String?, company: String?) -> [String] {
    [user.map { "a.user_id = +\($0)" }, company.map { "a.company_id = +\($0)" }].compactMap(\.self)
  }

  /// A relation with the columns `user_id`, `company_id`, `created_at` and `change_id`: all grants,
  /// or those of a user or a company, given as expressions.
  func grants(user: String? = nil, company: String? = nil) -> String {
    let columns = "a.user_id, a.company_id, a.created_at, $change AS change_id"
    let arms = eachGrantArm(columns, of(user: user, company: company))
    return "(" + arms.joined(separator: " UNION ALL ") + ")"
  }

  /// A relation with the columns `id` and `n`: how many grants each user has that has any.
  var countsByUser: String { counts(by: "user_id") }

  /// A relation with the columns `id` and `n`: how many grants each company has that has any.
  var countsByCompany: String { counts(by: "company_id") }

  /// Each table is grouped along its index, which is much faster than grouping their union.
  private func counts(by column: String) -> String {
    let arms = eachGrantArm(
      "a.\(column) AS id, count(*) AS n", [], " GROUP BY a.\(column)")
    guard arms.count > 1 else { return "(\(arms[0]))" }
    return """
      (SELECT id, sum(n) AS n FROM (\(arms.joined(separator: " UNION ALL "))) GROUP BY id)
      """
  }

  /// An expression: how many grants there are, for a user or company if one is given.
  func count(user: String? = nil, company: String? = nil) -> String {
    let arms = eachGrantArm("count(*)", of(user: user, company: company))
    return arms.map { "(\($0))" }.joined(separator: " + ")
  }

  /// A condition: whether there is such a grant.
  func exists(user: String? = nil, company: String? = nil) -> String {
    let arms = eachGrantArm("1", of(user: user, company: company))
    return "(" + arms.map { "EXISTS (\($0))" }.joined(separator: " OR ") + ")"
  }

  /// An expression: when the row of a grant was made; NULL if there is no such grant.
  func grantedAt(user: String, company: String) -> String {
    value("a.created_at", of(user: user, company: company))
  }

  /// An expression: the change that made a grant; NULL if there is none.
  func grantedBy(user: String, company: String) -> String {
    value("$change", of(user: user, company: company))
  }

  private func value(_ column: String, _ conditions: [String]) -> String {
    let arms = eachGrantArm(column, conditions).map { "(\($0))" }
    return arms.count > 1 ? "coalesce(\(arms.joined(separator: ", ")))" : arms[0]
  }
}

// MARK: Users and companies

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
  func users(_ path: Path = .free) -> [String] {
    let users = shape.users
    let live = """
      l.\(users.id) AS id, l.\(users.username) AS username, l.\(users.fullName) AS full_name,
      l.\(users.email) AS email, l.\(users.role) AS role_id,
      coalesce(l.\(users.isActive), 1) <> 0 AS is_active
      """
    let gone = """
      e.id AS id, min(e.name) AS username, NULL AS full_name, NULL AS email, NULL AS role_id,
      1 AS is_active
      """
    return arms(
      Entity(
        kind: "user", table: users.table, id: users.id, createdAt: users.createdAt, live: live,
        gone: gone, granted: exists(user: "l.\(users.id)")), path)
  }

  /// The relations that hold the companies, with the columns of `companyColumns`.
  func companies(_ path: Path = .free) -> [String] {
    let companies = shape.companies
    let live = """
      l.\(companies.id) AS id, l.\(companies.name) AS name, l.\(companies.code) AS code,
      coalesce(l.\(companies.isActive), 1) <> 0 AS is_active
      """
    let gone = "e.id AS id, min(e.name) AS name, NULL AS code, 1 AS is_active"
    return arms(
      Entity(
        kind: "company", table: companies.table, id: companies.id,
        createdAt: companies.createdAt, live: live, gone: gone,
        granted: exists(company: "l.\(companies.id)")), path)
  }

  static let userColumns = ["id", "username", "full_name", "email", "role_id", "is_active"]
  static let companyColumns = ["id", "name", "code", "is_active"]

  /// An expression: the name of a role; NULL if there is none.
  func roleName(_ role: String) -> String {
    let roles = shape.roles
    return "(SELECT r.\(roles.name) FROM \(roles.table) AS r WHERE r.\(roles.id) = \(role))"
  }

  private struct Entity {
    let kind: String
    let table: String
    let id: String
    let createdAt: String
    /// The columns of a row that is there, under the name `l`.
    let live: String
    /// The columns of a row that is gone, from the rows `e` of the record about it.
    let gone: String
    /// Whether the row `l` has a grant at the moment.
    let granted: String
  }

  private func arms(_ entity: Entity, _ path: Path) -> [String] {
    let hint = path == .scan ? " NOT INDEXED" : ""
    let table = "SELECT \(entity.live) FROM \(entity.table) AS l\(hint)"
    guard let last else { return ["(\(table))"] }
    return ["(\(table) WHERE \(wasThere(entity, last)))", "(\(gone(entity, last)))"]
  }

  /// A row that is there now was there then unless it came later.
  ///
  /// It came later if the record says so, or if the record tells of another end of the same id
  /// since, which was another row. Else it came before if the record says so or the row does; and
  /// a grant of the moment proves it against any clock.
  private func wasThere(_ entity: Entity, _ last: Int64) -> String {
    let clock = time ?? "(SELECT at FROM company_access_change WHERE id = \(last))"
    return """
      l.\(entity.id) NOT IN (SELECT e.id FROM company_access_entity AS e
        WHERE e.kind = '\(entity.kind)' AND e.change_id > \(last)
          AND (e.gone = 1 OR e.before IS NULL))
      AND (l.\(entity.createdAt) <= \(clock)
        OR l.\(entity.id) IN (SELECT e.id FROM company_access_entity AS e
          WHERE e.kind = '\(entity.kind)' AND e.change_id <= \(last)
            AND e.gone = 0 AND e.before IS NULL)
        OR \(entity.granted))
      """
  }

  /// A row that has gone since was there then unless it came later: unless between the moment and
  /// its end the record tells of its beginning, or of the end of another row with its id.
  private func gone(_ entity: Entity, _ last: Int64) -> String {
    """
    SELECT \(entity.gone) FROM company_access_entity AS e
    WHERE e.kind = '\(entity.kind)' AND e.gone = 1 AND e.change_id > \(last)
      AND NOT EXISTS (SELECT 1 FROM company_access_entity AS b
        WHERE b.kind = e.kind AND b.id = e.id AND b.change_id > \(last)
          AND b.change_id < e.change_id AND (b.gone = 1 OR b.before IS NULL))
    GROUP BY e.id
    """
  }
}
