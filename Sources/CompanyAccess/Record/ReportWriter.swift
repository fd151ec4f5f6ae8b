internal import Database

/// What the page of a report shows.
struct ReportContent {
  var figures = ReportFigures()
  /// What is to be known about the figures, besides what holds for the moment.
  var notices: [String] = []
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
  /// How many users and companies there were at the same steps.
  var population: [(users: Int, companies: Int)] = []
  /// How many grants were made and ended in each month with a change, as `YYYY-MM` on the local clock.
  var months: [String: (granted: Int, ended: Int)] = [:]
  /// Rows of the application's tables outside of the grants.
  var leaks = ReportLeakage()
  /// The seals at both ends.
  var opening: RecordSeal?
  var closing: RecordSeal?
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

  var facts: [String?] {
    [id.description, username, fullName, email, role, isActive.map { $0 ? "true" : "false" }]
  }
}

/// Writes the tables of a report, row by row.
struct ReportWriter {
  static let access = "access.csv"
  static let coverage = "coverage.csv"
  static let companies = "companies.csv"
  static let without = "users-without-access.csv"
  static let inactive = "inactive-with-access.csv"
  static let changes = "changes.csv"
  static let movements = "movements.csv"
  static let people = "users-and-companies-changed.csv"
  static let leaks = "leaks.csv"
  static let former = "grants-of-former.csv"
  static let userColumns = ["user_id", "user", "full_name", "email", "role", "active"]
  static let companyColumns = ["company_id", "company", "code", "company_active"]
  /// The event of a user or company of whom nothing says how it came.
  static let firstKnown = "first known"
  /// How many users of a kind the page names.
  static let named = 20

  let reader: SnapshotReader
  let relations: Relations
  let asOf: ResolvedMoment
  let from: Timestamp
  private let work: Work?
  /// The grants of the user `?1`, a query that is asked for each user along an index.
  private let grantsQuery: String

  init(
    _ reader: SnapshotReader, _ asOf: ResolvedMoment, _ from: Timestamp, _ work: Work?
  ) throws {
    self.reader = reader
    self.asOf = asOf
    self.from = from
    self.work = work
    let relations = try reader.run { try reader.relations(at: asOf.moment) }
    self.relations = relations
    grantsQuery = """
      SELECT g.company_id, g.granted_at, g.change_id
      FROM \(relations.grants(user: "?1", details: true)) AS g
      """
  }

  mutating func write(
    to folder: inout ReportFolder, _ statistics: Statistics
  ) throws -> ReportContent {
    var content = ReportContent()
    content.largest = statistics.largest
    content.empty = statistics.empty
    content.figures.companiesWithUsers = statistics.companiesWithUsers
    let companies = try ReportCompanies(self)
    try writeAccess(to: &folder, &content, companies)
    try companies.write(to: &folder, &content)
    let balance = try ReportBalance(self)
    let seals = try ReportSeals(self, after: balance.opening, work)
    (content.opening, content.closing) = (seals.opening, seals.closing)
    try writeChanges(to: &folder, &content, after: balance.opening, seals)
    try balance.write(to: &folder, &content)
    try ReportFormerGrants(self).write(to: &folder, &content)
    try ReportLeaks(self, work).write(to: &folder, &content)
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
    to folder: inout ReportFolder, _ content: inout ReportContent, _ companies: ReportCompanies
  ) throws {
    let files = UserFiles(
      access: try folder.create(ReportWriter.access),
      coverage: try folder.create(ReportWriter.coverage),
      without: try folder.create(ReportWriter.without),
      inactive: try folder.create(ReportWriter.inactive))
    let scope = relations.scopeColumn.map { [$0] } ?? []
    try files.access.header(
      ReportWriter.userColumns + ReportWriter.companyColumns
        + ["granted_at", "granted_by", "change"])
    try files.coverage.header(
      ReportWriter.userColumns + scope + ["companies", "permitted", "percent"])
    try files.without.header(ReportWriter.userColumns)
    try files.inactive.header(ReportWriter.userColumns + ["companies"])
    let grants = try reader.connection.count("SELECT \(relations.count())")
    var users = 0
    try reader.connection.forEach(usersQuery) { row in
      users += 1
      let user = ReportUser(row)
      if user.isActive == false { content.figures.inactiveUsers += 1 }
      let scope = relations.scopeColumn.map { _ in row.value(6) }
      try write(user, in: scope, files, companies, &content)
      work?.report(files.access.rows, of: grants, .writing)
    }
    if files.access.rows != grants {
      try reader.connection.forEach(unknownQuery) { row in
        content.figures.unknownUsers += 1
        let user = ReportUser(
          id: row.userID(0), username: nil, fullName: nil, email: nil, role: nil, isActive: nil)
        let rows = files.access.rows
        _ = try writeCompanies(user, files, companies, counts: false)
        content.figures.orphans += files.access.rows - rows
      }
    }
    let orphans = content.figures.orphans
    content.figures.coverage = Coverage(
      users: users, companies: companies.count, grants: files.access.rows - orphans,
      orphans: orphans,
      permitted: try relations.permitted(relations.users(), relations.companies()).map {
        try reader.connection.count("SELECT \($0)")
      })
    try folder.finish(files.access, ReportWriter.access, hasRows: true)
    try folder.finish(files.coverage, ReportWriter.coverage, hasRows: true)
    try folder.finish(files.without, ReportWriter.without, hasRows: true)
    try folder.finish(files.inactive, ReportWriter.inactive, hasRows: true)
  }

  /// Writes a user; `scope` is what a grant of the user may not cross, if there is such a thing.
  private func write(
    _ user: ReportUser, in scope: Value?, _ files: UserFiles, _ companies: ReportCompanies,
    _ content: inout ReportContent
  ) throws {
    var user = user
    let facts = user.facts
    let rows = files.access.rows
    user.companies = try writeCompanies(user, files, companies, counts: true)
    content.figures.orphans += files.access.rows - rows - user.companies
    let permitted = companies.permitted(in: scope)
    let share = Percentage.number(user.companies, of: permitted) ?? ""
    try files.coverage.row(
      facts + (scope.map { [$0.words] } ?? []) + [
        String(user.companies), String(permitted), share,
      ])
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

  /// Writes each grant of a user, by name of the company; says how many companies of them are there.
  private func writeCompanies(
    _ user: ReportUser, _ files: UserFiles, _ companies: ReportCompanies, counts: Bool
  ) throws -> Int {
    let facts = user.facts
    let grants = try reader.connection.rows(grantsQuery, [user.id.value]) { row in
      try companies.grant(row)
    }
    var present = 0
    for grant in grants.sorted(by: { $0.company.rank < $1.company.rank }) {
      if grant.company.isThere { present += 1 }
      if counts { companies.count(grant) }
      try files.access.row(
        facts + grant.company.facts + [
          grant.at?.rfc3339, try companies.actor(of: grant.change), grant.change?.description,
        ])
    }
    return present
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
}

extension ReportUser {
  fileprivate init(_ row: borrowing Row) {
    self.init(
      id: row.userID(0), username: row.optionalText(1), fullName: row.optionalText(2),
      email: row.optionalText(3), role: row.optionalText(4), isActive: row.bool(5))
  }
}

extension Value {
  /// The value as a cell has it; nil for NULL.
  fileprivate var words: String? { StoredValue(self).words }
}

// MARK: What changed

extension ReportWriter {
  /// At how many moments of the period the grants are counted.
  static let steps = 60

  /// At which of the steps a time is.
  func step(of time: Timestamp) -> Int {
    let start = from.millisecondsSince1970 ?? 0
    let length = max(1, (asOf.at.millisecondsSince1970 ?? start) - start)
    let passed = (time.millisecondsSince1970 ?? start) - start
    return min(max(0, Int(passed * Int64(ReportWriter.steps) / length)), ReportWriter.steps - 1)
  }

  /// Writes the changes of the period: those after a change, up to the last one of the report.
  private func writeChanges(
    to folder: inout ReportFolder, _ content: inout ReportContent, after opening: Int64,
    _ seals: ReportSeals
  ) throws {
    let file = try folder.create(ReportWriter.changes)
    try file.header([
      "change", "at", "actor", "origin", "action", "reason", "ticket", "decided_at", "granted",
      "revoked", "undoes", "seal",
    ])
    var steps = [Int](repeating: 0, count: ReportWriter.steps)
    try reader.connection.forEach(
      """
      SELECT \(Change.columns) FROM \(RecordTable.change)
      WHERE id > \(opening) AND id <= \(relations.last ?? .max) ORDER BY id
      """
    ) { row in
      let change = Change(row)
      try file.row([
        change.id.description, change.at.rfc3339, change.actor, change.origin.rawValue,
        change.action.rawValue, change.reason, change.ticket, change.decidedAt?.text,
        String(change.added), String(change.removed), change.undoes?.description,
        seals.hex(after: change.id),
      ])
      content.actions[change.action.rawValue, default: ReportTally()].count(change)
      content.actors[change.actor, default: ReportTally()].count(change)
      steps[step(of: change.at)] += change.added - change.removed
    }
    content.figures.changes = file.rows
    content.series = ReportWriter.series(steps, end: content.figures.coverage.grants)
    try folder.finish(file, ReportWriter.changes, hasRows: true)
  }

  /// How many grants there were at the beginning and after each step, reckoned back from the end.
  static func series(_ steps: [Int], end: Int) -> [Int] {
    var grants = end
    var series = [grants]
    for step in steps.reversed() {
      grants -= step
      series.append(grants)
    }
    return series.reversed()
  }
}
