internal import Database

/// The companies of a report, as they were at its end, and who made the grants.
final class ReportCompanies {
  /// A company as the tables of the report have it.
  struct Company {
    let facts: [String?]
    /// Its place by name.
    let rank: Int
    let isThere: Bool
  }

  /// A grant of a user.
  struct Grant {
    let id: CompanyID
    let company: Company
    let at: Timestamp?
    let change: ChangeID?
  }

  private let connection: any DatabaseSession
  private let relations: Relations
  private var companies: [CompanyID: Company] = [:]
  /// The companies that are there, by name.
  private var order: [(id: CompanyID, scope: Value?)] = []
  /// Companies that are not there, but for grants.
  private var missing: [CompanyID: Company] = [:]
  private var users: [CompanyID: Int] = [:]
  private var scopes: [Value: Int] = [:]
  private var inactive = 0
  private var actors: [ChangeID: String] = [:]

  /// How many companies there are.
  var count: Int { order.count }

  init(_ writer: ReportWriter) throws {
    connection = writer.reader.connection
    relations = writer.relations
    let scope = relations.scopeColumn.map { "c.\($0)" } ?? "NULL"
    let arms = relations.companies().map { arm in
      "SELECT c.id, c.name, c.code, c.is_active, \(scope) FROM \(arm) AS c"
    }
    try connection.forEach(arms.joined(separator: " UNION ALL ") + " ORDER BY 2, 1") { row in
      let id = row.companyID(0)
      let isActive = row.bool(3)
      if !isActive { inactive += 1 }
      companies[id] = Company(
        facts: [
          id.description, row.optionalText(1), row.optionalText(2), isActive ? "true" : "false",
        ], rank: order.count, isThere: true)
      let scope = relations.scopeColumn.map { _ in row.value(4) }
      if let scope { scopes[scope, default: 0] += 1 }
      order.append((id, scope))
    }
  }

  /// How many companies a user of a scope may be granted.
  func permitted(in scope: Value?) -> Int {
    guard let scope else { return order.count }
    return scopes[scope] ?? 0
  }

  /// Reads a grant: the id of its company, its time and its change.
  func grant(_ row: borrowing Row) throws -> Grant {
    let id = row.companyID(0)
    return Grant(
      id: id, company: try companies[id] ?? absent(id), at: row.optionalTimestamp(1),
      change: row.changeID(2))
  }

  /// A company that is not there, with the last name that the record has.
  private func absent(_ id: CompanyID) throws -> Company {
    if let known = missing[id] { return known }
    let names = LifetimeNames(relations)
    let last = relations.last ?? .max
    let name = try connection.first(
      """
      SELECT \(names.known(.company, names.lifetime(.company, "?1", after: last), after: last))
      """, [id.value]
    ) { $0.optionalText(0) }
    let company = Company(
      facts: [id.description, name ?? nil, nil, nil], rank: order.count + missing.count,
      isThere: false)
    missing[id] = company
    return company
  }

  /// Counts the grant of a user who is there.
  func count(_ grant: Grant) {
    if grant.company.isThere { users[grant.id, default: 0] += 1 }
  }

  /// Who made a change; nil for none.
  func actor(of change: ChangeID?) throws -> String? {
    guard let change else { return nil }
    if let actor = actors[change] { return actor }
    let actor = try connection.first(
      "SELECT actor FROM \(RecordTable.change) WHERE id = ?", [.integer(change.number)]
    ) { $0.text(0) }
    actors[change] = actor
    return actor
  }

  /// Writes the companies, with the number of users of each.
  func write(to folder: inout ReportFolder, _ content: inout ReportContent) throws {
    let file = try folder.create(ReportWriter.companies)
    let scope = relations.scopeColumn.map { [$0] } ?? []
    try file.header(ReportWriter.companyColumns + scope + ["users"])
    for (id, scope) in order {
      try file.row(
        (companies[id]?.facts ?? []) + (scope.map { [StoredValue($0).words] } ?? [])
          + [String(users[id] ?? 0)])
    }
    content.figures.inactiveCompanies = inactive
    content.figures.companiesWithUsers = users.count
    try folder.finish(file, ReportWriter.companies, hasRows: true)
  }
}
