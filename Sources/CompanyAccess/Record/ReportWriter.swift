internal import Database

/// What the page of a report shows.
struct ReportContent {
  var figures = ReportFigures()
  /// How many users have how many companies.
  var histogram: [Int: Int] = [:]
  var largest: [CompanySummary] = []
  var empty = Affected<Company>(count: 0, first: [])
  /// The first users without access, and the first inactive ones with it.
  var without: [ReportUser] = []
  var inactive: [ReportUser] = []
  /// How many changes did what, and granted and ended how much.
  var actions: [String: ReportTally] = [:]
  var actors: [String: ReportTally] = [:]
  /// How many grants there were at equal steps through the period.
  var series: [Int] = []
}

/// What some changes did together.
struct ReportTally {
  var changes = 0
  var added = 0
  var removed = 0

  mutating func count(_ change: Change) {
    changes += 1
    added += change.added
    removed += change.removed
  }
}

/// A user, with the number of companies; nil facts are unknown.
struct ReportUser {
  let id: UserID
  let username: String?
  let fullName: String?
  let email: String?
  let role: String?
  let isActive: Bool?
  var companies = 0

  fileprivate var facts: [String?] {
    [id.description, username, fullName, email, role, isActive.map { $0 ? "true" : "false" }]
  }
}

/// Writes the tables of a report, row by row.
struct ReportWriter {
  static let access = "access.csv"
  static let coverage = "coverage.csv"
  static let without = "users-without-access.csv"
  static let inactive = "inactive-with-access.csv"
  static let changes = "changes.csv"
  static let userColumns = ["user_id", "user", "full_name", "email", "role", "active"]
  /// How many users of a kind the page names.
  static let named = 20

  private let reader: SnapshotReader
  private let relations: Relations
  private let asOf: ResolvedMoment
  private let from: Timestamp
  private let work: Work?
  /// Whether some grants have no user or company, and each has to be looked at.
  private var hasOrphans = false

  init(
    _ reader: SnapshotReader, _ asOf: ResolvedMoment, _ from: Timestamp, _ work: Work?
  ) throws {
    self.reader = reader
    self.asOf = asOf
    self.from = from
    self.work = work
    relations = try reader.run { try reader.relations(at: asOf.moment) }
  }

  mutating func write(
    to folder: inout ReportFolder, _ statistics: Statistics
  ) throws -> ReportContent {
    var content = ReportContent()
    content.largest = statistics.largest
    content.empty = statistics.empty
    content.figures.companiesWithUsers = statistics.companiesWithUsers
    hasOrphans = statistics.coverage.orphans > 0
    try writeAccess(to: &folder, &content, companies: statistics.coverage.companies)
    try writeChanges(to: &folder, &content)
    return content
  }
}

// MARK: Who has access to what

/// The files that are written user by user.
private struct UserFiles {
  let access: RecordFile
  let coverage: RecordFile
  let without: RecordFile
  let inactive: RecordFile
}

extension ReportWriter {
  private func writeAccess(
    to folder: inout ReportFolder, _ content: inout ReportContent, companies: Int
  ) throws {
    let files = UserFiles(
      access: try folder.create(ReportWriter.access),
      coverage: try folder.create(ReportWriter.coverage),
      without: try folder.create(ReportWriter.without),
      inactive: try folder.create(ReportWriter.inactive))
    try files.access.header(
      ReportWriter.userColumns + [
        "company_id", "company", "code", "company_active", "granted_at", "granted_by", "change",
      ])
    try files.coverage.header(ReportWriter.userColumns + ["companies", "percent"])
    try files.without.header(ReportWriter.userColumns)
    try files.inactive.header(ReportWriter.userColumns + ["companies"])
    let grants = try reader.connection.count("SELECT \(relations.count())")
    var users = 0
    let permitted = try companiesByScope()
    try reader.connection.forEach(usersQuery) { row in
      users += 1
      let share = permitted.map { $0[row.value(6)] ?? 0 } ?? companies
      try write(ReportUser(row), files, share, &content)
      work?.report(files.access.rows, of: grants, .writing)
    }
    if files.access.rows != grants {
      try reader.connection.forEach(unknownQuery) { row in
        content.figures.unknownUsers += 1
        let user = ReportUser(
          id: row.userID(0), username: nil, fullName: nil, email: nil, role: nil, isActive: nil)
        let rows = files.access.rows
        _ = try writeCompanies(user, files)
        content.figures.orphans += files.access.rows - rows
      }
    }
    let orphans = content.figures.orphans
    content.figures.coverage = Coverage(
      users: users, companies: companies, grants: files.access.rows - orphans, orphans: orphans,
      permitted: try relations.permitted(relations.users(), relations.companies()).map {
        try reader.connection.count("SELECT \($0)")
      })
    try folder.finish(files.access, ReportWriter.access, hasRows: true)
    try folder.finish(files.coverage, ReportWriter.coverage, hasRows: true)
    try folder.finish(files.without, ReportWriter.without, hasRows: true)
    try folder.finish(files.inactive, ReportWriter.inactive, hasRows: true)
  }

  private func write(
    _ user: ReportUser, _ files: UserFiles, _ companies: Int, _ content: inout ReportContent
  ) throws {
    var user = user
    let facts = user.facts
    let rows = files.access.rows
    user.companies = try writeCompanies(user, files)
    content.figures.orphans += files.access.rows - rows - user.companies
    let share = ReportPage.percent(user.companies, of: companies)
    try files.coverage.row(facts + [String(user.companies), share])
    content.histogram[user.companies, default: 0] += 1
    if user.companies == 0 {
      try files.without.row(facts)
      if content.without.count < ReportWriter.named { content.without.append(user) }
    } else {
      content.figures.usersWithAccess += 1
      if user.isActive == false {
        content.figures.inactiveUsersWithAccess += 1
        try files.inactive.row(facts + [String(user.companies)])
        if content.inactive.count < ReportWriter.named { content.inactive.append(user) }
      }
    }
  }

  /// Writes each grant of a user; says how many companies of them are there.
  private func writeCompanies(_ user: ReportUser, _ files: UserFiles) throws -> Int {
    let facts = user.facts
    var companies = 0
    try reader.connection.forEach(companiesQuery, [user.id.value]) { row in
      if row.bool(7) { companies += 1 }
      try files.access.row(
        facts + [
          row.companyID(0).description, row.optionalText(1), row.optionalText(2),
          row.isNull(3) ? nil : row.bool(3) ? "true" : "false",
          row.isNull(4) ? nil : row.timestamp(4).rfc3339, row.optionalText(5),
          row.changeID(6)?.description,
        ])
    }
    return companies
  }

  /// How many companies the users of each scope may be granted; nil if all may be granted all.
  private func companiesByScope() throws -> [Value: Int]? {
    guard let scope = relations.scopeColumn else { return nil }
    var counts: [Value: Int] = [:]
    for arm in relations.companies() {
      try reader.connection.forEach("SELECT \(scope), count(*) FROM \(arm) GROUP BY \(scope)") {
        counts[$0.value(0), default: 0] += $0.int(1)
      }
    }
    return counts
  }

  /// In the order of the index on usernames, so that nothing has to be sorted.
  private var usersQuery: String {
    let role = relations.roleName("u.role")
    let scope = relations.scopeColumn.map { "u.\($0)" } ?? "NULL"
    let arms = relations.users().map { arm in
      """
      SELECT u.id, u.username, u.full_name, u.email, \(role), u.is_active, \(scope) FROM \(arm) AS u
      """
    }
    return arms.joined(separator: " UNION ALL ") + " ORDER BY 2, 1"
  }

  /// Users of grants that stand although the user is not there.
  private var unknownQuery: String {
    let known = relations.users().map { "SELECT k.id FROM \($0) AS k" }
    return """
      SELECT DISTINCT g.user_id FROM \(relations.grants()) AS g
      WHERE g.user_id NOT IN (\(known.joined(separator: " UNION ALL "))) ORDER BY g.user_id
      """
  }

  private var companiesQuery: String {
    let now = Relations(mapping: relations.mapping, moment: .now)
    let names = EntityNames(since: "\(relations.last.map { $0 + 1 } ?? .max)")
    let then = names.then("company", "g.company_id")
    let isThere = hasOrphans ? relations.isThere("g.company_id", relations.companies()) : "1"
    return """
      SELECT g.company_id, coalesce(\(then), c.name) AS name,
        CASE WHEN \(then) IS NULL THEN c.code END,
        CASE WHEN \(then) IS NULL THEN c.is_active END,
        coalesce(x.at, g.created_at), x.actor, g.change_id, \(isThere)
      FROM \(relations.grants(user: "?1")) AS g
      LEFT JOIN \(now.companies()[0]) AS c ON c.id = g.company_id
      LEFT JOIN company_access_change AS x ON x.id = g.change_id
      ORDER BY name, g.company_id
      """
  }
}

extension ReportUser {
  fileprivate init(_ row: borrowing Row) {
    self.init(
      id: row.userID(0), username: row.optionalText(1), fullName: row.optionalText(2),
      email: row.optionalText(3), role: row.optionalText(4), isActive: row.bool(5))
  }
}

// MARK: What changed

extension ReportWriter {
  /// At how many moments of the period the grants are counted.
  private static let steps = 60

  private func writeChanges(
    to folder: inout ReportFolder, _ content: inout ReportContent
  ) throws {
    let file = try folder.create(ReportWriter.changes)
    try file.header([
      "change", "at", "actor", "origin", "action", "reason", "granted", "revoked", "undoes",
    ])
    var steps = [Int](repeating: 0, count: ReportWriter.steps)
    let start = from.millisecondsSince1970 ?? 0
    let length = max(1, (asOf.at.millisecondsSince1970 ?? start) - start)
    try reader.connection.forEach(
      """
      SELECT \(Change.columns) FROM company_access_change
      WHERE id <= \(relations.last ?? .max) AND at >= ?1 AND at <= ?2 ORDER BY id
      """, [.text(from.text), .text(asOf.at.text)]
    ) { row in
      let change = Change(row)
      try file.row([
        change.id.description, change.at.rfc3339, change.actor, change.origin.rawValue,
        change.action.rawValue, change.reason, String(change.added), String(change.removed),
        change.undoes?.description,
      ])
      content.figures.granted += change.added
      content.figures.revoked += change.removed
      content.actions[change.action.rawValue, default: ReportTally()].count(change)
      content.actors[change.actor, default: ReportTally()].count(change)
      let passed = (change.at.millisecondsSince1970 ?? start) - start
      let step = Int(passed * Int64(ReportWriter.steps) / length)
      steps[min(max(0, step), steps.count - 1)] += change.added - change.removed
    }
    content.figures.changes = file.rows
    content.series = ReportWriter.series(steps, end: content.figures.coverage.grants)
    try folder.finish(file, ReportWriter.changes, hasRows: true)
  }

  /// How many grants there were at the beginning and after each step, reckoned back from the end.
  private static func series(_ steps: [Int], end: Int) -> [Int] {
    var grants = end
    var series = [grants]
    for step in steps.reversed() {
      grants -= step
      series.append(grants)
    }
    return series.reversed()
  }
}
