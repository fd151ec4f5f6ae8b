internal import Database

/// Adds and removes the rows of the access table, inside the transaction of a change.
struct GrantWriter {
  /// From how many pairs on a write is prepared for being large.
  static let large = 20_000
  /// How many rows to remove or put back in one statement: about a twentieth of a second's work.
  static let chunkRows = 5_000

  let connection: any DatabaseSession
  let relations: Relations
  let schema: Schema
  let plan: Plan
  let change: ChangeID
  let work: Work
  var done = 0
  var total = 0
  /// Whether a large write keeps the record itself, with the triggers off: not where grants of former
  /// holders of an id stand, which the triggers tell apart.
  private var mayDropTriggers = false

  init(
    _ connection: any DatabaseSession, _ relations: Relations, _ plan: Plan, _ change: ChangeID,
    _ work: Work
  ) {
    self.connection = connection
    self.relations = relations
    self.schema = Schema(mapping: relations.mapping)
    self.plan = plan
    self.change = change
    self.work = work
  }

  var access: SchemaMapping.Access { relations.mapping.access }
  /// The time of the change; an expression.
  var time: String {
    "(SELECT n.at FROM \(RecordTable.change) AS n WHERE n.id = \(change))"
  }

  /// Writes what the plan is for; says how many rows came and went.
  mutating func write() throws -> (added: Int, removed: Int) {
    mayDropTriggers =
      try plan.changedPairs > GrantWriter.large
      && connection.count("SELECT EXISTS (\(relations.formerGrants))") == 0
    switch plan.intent {
    case .grant(let users, let companies), .bulkGrant(let users, let companies):
      return (try grant(users, companies), 0)
    case .revoke(let users, let companies):
      return (0, try revoke(users, companies))
    case .edits(let edits): return try writeEdits(edits)
    case .revokeFormer: return (0, try revokeFormer())
    case .policy, .operators: return (0, 0)
    case .undo(let change, let overwrite):
      return try undo(.change(change), overwrites: overwrite)
    case .undoTo(let change):
      return try undo(.everythingAfter(change), overwrites: false)
    case .entity(let edit):
      return try writeEntity(edit)
    case .staged(let pairs):
      return try writeStaged(pairs)
    case .backfill(let roles):
      return (try backfill(roles: roles), 0)
    }
  }
}

// MARK: Granting

extension GrantWriter {
  private static let users = "temp.company_access_picked_user"
  private static let companies = "temp.company_access_picked_company"

  /// Adds every pair that is not there.
  ///
  /// The selections are written down first, because they may speak of the grants themselves. The
  /// pairs come in the order of the UNIQUE index, users outside.
  private mutating func grant(_ users: UserSelection, _ companies: CompanySelection) throws -> Int {
    try pick(SelectionSQL(users, relations), .user, into: GrantWriter.users)
    try pick(SelectionSQL(companies, relations), .company, into: GrantWriter.companies)
    try registerIDs(pairs: (plan.selectedUsers ?? 0) * (plan.selectedCompanies ?? 0))
    let permits = relations.permits("u", "c") ?? "TRUE"
    func inOrder(_ table: String) -> String {
      "(SELECT * FROM \(table) ORDER BY lifetime LIMIT -1)"
    }
    let added = try withIndexesDropped(adding: plan.added) { writer in
      try writer.add(
        """
        SELECT u.id AS user_id, c.id AS company_id
        FROM \(GrantWriter.users) AS u CROSS JOIN \(GrantWriter.companies) AS c WHERE \(permits)
        """,
        lifetimes: """
          SELECT u.lifetime AS user_lifetime, c.lifetime AS company_lifetime
          FROM \(inOrder(GrantWriter.users)) AS u CROSS JOIN \(inOrder(GrantWriter.companies)) AS c
          WHERE \(permits)
          """)
    }
    try checkParents(GrantWriter.users, GrantWriter.companies)
    try connection.execute("DROP TABLE \(GrantWriter.users); DROP TABLE \(GrantWriter.companies)")
    return added
  }

  /// Whether a write of so many pairs keeps the record itself.
  func isLarge(_ pairs: Int) -> Bool { mayDropTriggers && pairs > GrantWriter.large }

  /// Adds a row for every pair that is not there, and puts it on the record where no trigger does.
  ///
  /// - Parameters:
  ///   - pairs: A query with the columns `user_id` and `company_id`, in the order in which the ids are to
  ///     be made.
  ///   - lifetimes: The same as `user_lifetime` and `company_lifetime`; nil to look them up.
  ///   - arguments: The arguments of either.
  /// - Returns: How many rows came.
  /// - Throws: `PlanOutdated` if the record would not have what the table has.
  func add(_ pairs: String, lifetimes: String? = nil, _ arguments: [Value] = []) throws -> Int {
    if let reason = access.revokeOnly { throw AccessError.revokeOnly(reason: reason) }
    let now = "?\(arguments.count + 1)"
    let times = [Value.text(Timestamp.now.text)]
    var revived = 0
    if access.revives {
      try connection.execute(access.revive(pairs, time: now), arguments + times)
      revived = connection.changes
    }
    let pair = (user: "w.user_id", company: "w.company_id")
    try connection.execute(
      access.insert(
        id: "company_access_new_id()", user: pair.user, company: pair.company, now: now,
        from: """
          FROM (\(pairs)) AS w \(access.unlessThere(user: pair.user, company: pair.company, now: now))
          """), arguments + times)
    let added = connection.changes
    guard isLarge(plan.added) else { return revived + added }
    try connection.execute(
      """
      INSERT INTO \(RecordTable.currentGrant.itself) (user_lifetime, company_lifetime, began_change)
      SELECT w.user_lifetime, w.company_lifetime, \(change)
      FROM (\(lifetimes ?? self.lifetimes(of: pairs))) AS w WHERE TRUE
      ON CONFLICT (user_lifetime, company_lifetime) DO NOTHING
      """, arguments)
    guard connection.changes == added else { throw PlanOutdated() }
    return revived + added
  }

  /// A query for the lifetimes of pairs of which another query gives the keys.
  private func lifetimes(of pairs: String) -> String {
    """
    SELECT lu.lifetime AS user_lifetime, lk.lifetime AS company_lifetime FROM (\(pairs)) AS w
    CROSS JOIN \(relations.recorded(.user).lifetimes) AS lu
      ON lu.key = w.user_id AND lu.ended_change IS NULL
    CROSS JOIN \(relations.recorded(.company).lifetimes) AS lk
      ON lk.key = w.company_id AND lk.ended_change IS NULL
    """
  }

  private func pick(_ pick: SelectionSQL, _ kind: EntityKind, into table: String) throws {
    let scope = relations.scopeColumn.map { ", \($0)" } ?? ""
    try connection.execute(
      "CREATE TABLE \(table) (id PRIMARY KEY\(scope), lifetime INTEGER) WITHOUT ROWID")
    var arguments = Bindings()
    let rows = pick.from("p", &arguments)
    let columns = relations.scopeColumn.map { "p.id, p.\($0)" } ?? "p.id"
    let lifetime = """
      (SELECT l.lifetime FROM \(relations.recorded(kind).lifetimes) AS l
        WHERE l.key = p.id AND l.ended_change IS NULL)
      """
    try connection.execute(
      "INSERT INTO \(table) SELECT \(columns), \(lifetime) \(rows)", arguments.values)
  }

  /// Makes the function for new ids, which is called for every pair and so knows the progress.
  ///
  /// They are for the access table unless other keys are given. Where its keys are numbers, the new
  /// ones come after those that are there and after those of `others`, a query.
  func registerIDs(
    pairs: Int, _ keys: KeyStorage? = nil, after others: String? = nil
  ) throws {
    let work = work
    var number = keys == nil ? try lastNumber(others) : nil
    let keys = keys ?? relations.mapping.access.keys
    var asked = 0
    try connection.file.register(
      function: "company_access_new_id", arguments: 0, deterministic: false
    ) { _ in
      if asked & 1_023 == 0 { work.report(asked, of: pairs, .writing) }
      asked += 1
      guard let last = number else { return keys.newValue ?? .null }
      // After the greatest number of all there is none, and NOT NULL stops the write.
      guard last < .max else { return .null }
      number = last + 1
      return .integer(last + 1)
    }
  }

  /// The greatest key of the access table and of a query; nil if the keys are no numbers.
  private func lastNumber(_ others: String?) throws -> Int64? {
    guard relations.mapping.access.hasNumbers else { return nil }
    let queries = [
      access.key.map { "SELECT max(a.\($0)) FROM \(access.table) AS a" }, others,
    ].compactMap(\.self)
    let numbers = try connection.rows(queries.joined(separator: " UNION ALL ")) {
      $0.optionalInteger(0)
    }
    return numbers.compactMap(\.self).max() ?? 0
  }
}
