internal import Database

/// Where the users, companies and grants of a moment are found.
///
/// Now they are the rows of the tables. In the past they are those rows of the tables that were
/// there already, and what the record keeps of the rows that have gone since: two *arms*, of
/// which every statement is composed in the same way. The order of events is that of the numbers
/// of their changes.
struct Relations: Hashable, Sendable {
  let mapping: SchemaMapping
  /// The newest change of the moment; nil for now, which has no later ones to leave out.
  let last: Int64?
  /// The time, as SQL, of a moment before the record began, at which only rows that were found
  /// then and had been made before can have been there.
  private let time: String?
  /// Whether grants have come after the moment.
  private var hasLater = true
  /// Whether the record tells of edits since, so that rows may have said something else then.
  private(set) var hasEdits = false

  /// The sides on which grants are left out whose user, or whose company, is not there; empty where
  /// it is known that all are there, or does not matter.
  var leavesOut: MissingParents = []

  /// Whether the moment is now or after some change.
  var isOnRecord: Bool { time == nil }

  /// The relations of a moment, whose change is not checked.
  init(mapping: SchemaMapping, moment: Moment) {
    self.mapping = mapping
    (last, time) =
      switch moment {
      case .now: (nil, nil)
      case .after(let change): (change.number, nil)
      case .beforeRecord(let time): (0, "'\(time.text.replacing("'", with: "''"))'")
      }
  }

  /// The relations of a moment that is on the record, and still kept.
  init(mapping: SchemaMapping, moment: Moment, connection: Connection) throws {
    self.init(mapping: mapping, moment: moment)
    guard let last else { return }
    let hasColumn = mapping.access.hasChangeColumn
    let came = "SELECT 1 FROM \(mapping.access.table) WHERE change_id > ?1"
    // One statement, because looking at one pair costs hardly more than that.
    let facts = try connection.first(
      """
      SELECT EXISTS (SELECT 1 FROM company_access_change WHERE id = ?1),
        EXISTS (SELECT 1 FROM company_access_setting
          WHERE key = '\(RetentionStart.changeKey)' AND value > ?1),
        \(hasColumn ? "EXISTS (\(came))" : "1"),
        EXISTS (SELECT 1 FROM company_access_entity WHERE change_id > ?1 AND before IS NOT NULL)
      """, [.integer(last)]
    ) {
      (isThere: $0.bool(0), isPruned: $0.bool(1), hasLater: $0.bool(2), hasEdits: $0.bool(3))
    }
    guard let facts else { return }
    if case .after(let change) = moment, !facts.isThere {
      throw AccessError.noSuchChange(change)
    }
    if facts.isPruned, let kept = try RetentionStart(connection) {
      throw AccessError.notKept(before: kept.time)
    }
    hasLater = facts.hasLater
    hasEdits = facts.hasEdits
  }
}

// MARK: Grants

extension Relations {
  /// One of the tables that hold the grants of the moment.
  private struct GrantSource {
    let table: SQLName
    /// The change that granted, for a row under the name `a`.
    let change: String
    /// Picks the rows of the moment; nil for all.
    let condition: String?
  }

  private var grantArms: [GrantSource] {
    let live = mapping.access.table
    let change = mapping.access.change("a")
    guard let last else { return [GrantSource(table: live, change: change, condition: nil)] }
    if let time { return grantArms(before: time) }
    return [
      GrantSource(table: live, change: change, condition: wasGranted(last)),
      GrantSource(
        table: "company_access_history", change: "a.granted_change",
        condition: """
          a.ended_change > \(last) AND (a.granted_change IS NULL OR a.granted_change <= \(last))
          """),
    ]
  }

  /// Whether a row `a` that is there now was granted by then; nil if all were.
  private func wasGranted(_ last: Int64) -> String? {
    hasLater ? "coalesce(\(mapping.access.change("a")), 0) <= \(last)" : nil
  }

  /// The grants that were found when the record began, and had been made by a time.
  private func grantArms(before time: String) -> [GrantSource] {
    let live = mapping.access.table
    let change = mapping.access.change("a")
    return [
      GrantSource(
        table: live, change: change, condition: "\(change) IS NULL AND a.created_at <= \(time)"),
      GrantSource(
        table: "company_access_history", change: "a.granted_change",
        condition: "a.granted_change IS NULL AND a.created_at <= \(time)"),
    ]
  }

  /// Queries of the same form to each table of grants, under the name `a`.
  private func eachGrantArm(
    _ conditions: [String], _ ending: String = "", columns: (GrantSource) -> String
  ) -> [String] {
    grantArms.map { arm in
      let all = conditions + (arm.condition.map { [$0] } ?? []) + presence
      let filter = all.isEmpty ? "" : " WHERE " + all.joined(separator: " AND ")
      return "SELECT \(columns(arm)) FROM \(arm.table) AS a\(filter)\(ending)"
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
    let arms = eachGrantArm(of(user: user, company: company)) { arm in
      "a.user_id, a.company_id, a.created_at, \(arm.change) AS change_id"
    }
    return "(" + arms.joined(separator: " UNION ALL ") + ")"
  }

  /// A relation with the columns `id` and `n`: how many grants each user has that has any.
  var countsByUser: String { counts(by: "user_id") }

  /// A relation with the columns `id` and `n`: how many grants each company has that has any.
  var countsByCompany: String { counts(by: "company_id") }

  /// Each table is grouped along its index, which is much faster than grouping their union.
  private func counts(by column: String) -> String {
    let arms = eachGrantArm([], " GROUP BY a.\(column)") { _ in
      "a.\(column) AS id, count(*) AS n"
    }
    guard arms.count > 1 else { return "(\(arms[0]))" }
    return """
      (SELECT id, sum(n) AS n FROM (\(arms.joined(separator: " UNION ALL "))) GROUP BY id)
      """
  }

  /// An expression: how many grants there are, for a user or company if one is given.
  func count(user: String? = nil, company: String? = nil) -> String {
    if user == nil, company == nil, let all = countOfAll { return all }
    let arms = eachGrantArm(of(user: user, company: company)) { _ in "count(*)" }
    return arms.map { "(\($0))" }.joined(separator: " + ")
  }

  /// All grants of a moment on the record: those of now, less those that came later, and those that
  /// have ended since.
  ///
  /// SQLite counts a whole table by its pages, and what has changed since along an index: only where
  /// much has changed is this not much faster than looking at every grant. The `+` keeps it from
  /// going to the row of every change, where the index has all that is asked for.
  private var countOfAll: String? {
    guard let last, isOnRecord, mapping.access.hasChangeColumn, leavesOut.isEmpty else {
      return nil
    }
    let access = mapping.access.table
    return """
      (SELECT count(*) FROM \(access)) - (SELECT count(*) FROM \(access) WHERE change_id > \(last))
      + (SELECT count(*) FROM company_access_history AS a WHERE a.ended_change > \(last)
        AND (+a.granted_change IS NULL OR +a.granted_change <= \(last)))
      """
  }

  /// A condition: whether there is such a grant.
  func exists(user: String? = nil, company: String? = nil) -> String {
    let arms = eachGrantArm(of(user: user, company: company)) { _ in "1" }
    return "(" + arms.map { "EXISTS (\($0))" }.joined(separator: " OR ") + ")"
  }

  /// An expression: when the row of a grant was made; NULL if there is no such grant.
  func grantedAt(user: String, company: String) -> String {
    value(of(user: user, company: company)) { _ in "a.created_at" }
  }

  /// An expression: the change that made a grant; NULL if there is none.
  func grantedBy(user: String, company: String) -> String {
    value(of(user: user, company: company), column: \.change)
  }

  private func value(_ conditions: [String], column: (GrantSource) -> String) -> String {
    let arms = eachGrantArm(conditions, columns: column).map { "(\($0))" }
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
    let users = mapping.users
    let scope = scopeOfUsers()
    let live = """
      l.\(users.key) AS id, l.\(users.username) AS username, \(users.fullName("l")) AS full_name,
      \(users.email("l")) AS email, \(users.role("l")) AS role,
      \(users.active.condition("l")) AS is_active\(scope.live)
      """
    let gone = """
      e.id AS id, min(e.name) AS username, NULL AS full_name, NULL AS email, NULL AS role,
      1 AS is_active\(scope.gone)
      """
    return arms(userEntity, live: live, gone: gone, path)
  }

  /// The relations that hold the companies, with the columns of `companyColumns`.
  func companies(_ path: Path = .free) -> [String] {
    let companies = mapping.companies
    let scope = scopeOfCompanies()
    let live = """
      l.\(companies.key) AS id, l.\(companies.name) AS name, \(companies.code("l")) AS code,
      \(companies.active.condition("l")) AS is_active\(scope.live)
      """
    let gone = "e.id AS id, min(e.name) AS name, NULL AS code, 1 AS is_active\(scope.gone)"
    return arms(companyEntity, live: live, gone: gone, path)
  }

  /// An expression: how many users there are.
  var countOfUsers: String { count(of: userEntity) }

  /// An expression: how many companies there are.
  var countOfCompanies: String { count(of: companyEntity) }

  /// An expression: the name of a role, for what a user's row says of it; NULL if there is none.
  func roleName(_ role: String) -> String { mapping.users.roleName(role) }

  /// The users or the companies.
  struct Entity {
    let kind: String
    let table: SQLName
    let id: SQLName
    /// A condition for the row `l`: whether it has a key; nil if every row has one.
    let hasKey: String?
    let createdAt: SQLName?
    /// What people call it.
    let label: SQLName
    let active: SchemaMapping.Active
    /// The columns that lists show, of which the record may know what they were.
    let columns: [SQLName]
    /// The column of the scope, and an expression for one that is gone and of which the record does
    /// not know it.
    let scope: (column: SQLName, gone: String)?
    /// Whether the row `l` has a grant at the moment.
    let granted: String
  }

  private var userEntity: Entity {
    let users = mapping.users
    return Entity(
      kind: "user", table: users.table, id: users.key, hasKey: users.hasKey("l"),
      createdAt: users.createdAt,
      label: users.username, active: users.active, columns: users.columns, scope: goneScopeOfUsers,
      granted: withOrphans.exists(user: "l.\(users.key)"))
  }

  private var companyEntity: Entity {
    let companies = mapping.companies
    return Entity(
      kind: "company", table: companies.table, id: companies.key, hasKey: companies.hasKey("l"),
      createdAt: companies.createdAt,
      label: companies.name, active: companies.active, columns: companies.columns,
      scope: goneScopeOfCompanies,
      granted: withOrphans.exists(company: "l.\(companies.key)"))
  }

  /// The rows `l` that are there, with the columns `live`, and those that have gone, with the columns
  /// `gone` of the rows `e` that the record has of them.
  private func arms(_ entity: Entity, live: String, gone: String, _ path: Path) -> [String] {
    let hint = path == .scan ? " NOT INDEXED" : ""
    guard let last else {
      let filter = entity.hasKey.map { " WHERE \($0)" } ?? ""
      return ["(SELECT \(live) FROM \(entity.table) AS l\(hint)\(filter))"]
    }
    guard hasEdits else {
      return [
        "(SELECT \(live) FROM \(entity.table) AS l\(hint) WHERE \(existedAt(entity, last)))",
        "(\(self.gone(entity, gone, last)))",
      ]
    }
    return [
      "(SELECT \(live) FROM \(edited(entity, last, hint)) AS l WHERE \(existedAt(entity, last)))",
      "(SELECT \(live) FROM (\(self.gone(entity, kept(entity, last), last))) AS l)",
    ]
  }

  /// All that are there now, which SQLite counts by the pages of a table, less those that came later,
  /// and those that have gone since.
  private func count(of entity: Entity) -> String {
    let filter = entity.hasKey.map { " WHERE \($0)" } ?? ""
    let all = "(SELECT count(*) FROM \(entity.table) AS l\(filter))"
    guard let last else { return all }
    let live = "(SELECT count(*) FROM \(entity.table) AS l WHERE"
    let again = "\(live) l.\(entity.id) IN (\(came(entity, last))))"
    let gone = "(SELECT count(*) FROM (\(gone(entity, "1", last))))"
    guard let createdAt = entity.createdAt else { return "\(all) - \(again) + \(gone)" }
    let hasKey = entity.hasKey.map { "\($0) AND " } ?? ""
    let later = """
      \(live) \(hasKey)l.\(createdAt) > \(clock(last)) AND NOT (\(existenceImpliedByGrant(entity, last)))
        AND l.\(entity.id) NOT IN (\(came(entity, last))))
      """
    return "\(all) - \(again) - \(later) + \(gone)"
  }

  private func clock(_ last: Int64) -> String {
    time ?? "(SELECT at FROM company_access_change WHERE id = \(last))"
  }

  /// A row that is there now was there then unless it came later.
  ///
  /// It came later if the record says so, or if the record tells of another end of the same id
  /// since, which was another row. Else it came before if the record says so or the row does, or
  /// if the row says nothing; and a grant of the moment proves it against any clock.
  private func existedAt(_ entity: Entity, _ last: Int64) -> String {
    let hasKey = entity.hasKey.map { "\($0) AND " } ?? ""
    let isThere = "\(hasKey)l.\(entity.id) NOT IN (\(came(entity, last)))"
    guard let createdAt = entity.createdAt else { return isThere }
    // The `+` keeps SQLite from looking for the rows along an index of the time.
    return """
      \(isThere) AND (+l.\(createdAt) <= \(clock(last)) OR +l.\(createdAt) IS NULL
        OR \(existenceImpliedByGrant(entity, last)))
      """
  }

  /// The ids of rows that came after the moment, as the record says.
  private func came(_ entity: Entity, _ last: Int64) -> String {
    """
    SELECT e.id FROM company_access_entity AS e WHERE e.kind = '\(entity.kind)'
      AND e.change_id > \(last) AND (e.gone = 1 OR e.before IS NULL)
    """
  }

  /// Whether the row `l` was there although its own time is later.
  private func existenceImpliedByGrant(_ entity: Entity, _ last: Int64) -> String {
    """
    l.\(entity.id) IN (SELECT e.id FROM company_access_entity AS e
        WHERE e.kind = '\(entity.kind)' AND e.change_id <= \(last)
          AND e.gone = 0 AND e.before IS NULL)
      OR \(entity.granted)
    """
  }

  /// A row that has gone since was there then unless it came later: unless between the moment and
  /// its end the record tells of its beginning, or of the end of another row with its id.
  private func gone(_ entity: Entity, _ columns: String, _ last: Int64) -> String {
    """
    SELECT \(columns) FROM company_access_entity AS e
    WHERE e.kind = '\(entity.kind)' AND e.gone = 1 AND e.change_id > \(last)
      AND NOT EXISTS (SELECT 1 FROM company_access_entity AS b
        WHERE b.kind = e.kind AND b.id = e.id AND b.change_id > \(last)
          AND b.change_id < e.change_id AND (b.gone = 1 OR b.before IS NULL))
    GROUP BY e.id
    """
  }
}
