internal import Database

/// Adds and removes the rows of the access table of a PostgreSQL database, inside the transaction of
/// a change: one statement writes the table and the record at once.
///
/// What `GrantWriter` does row by row for a file, with numbers of rows, functions of its own and
/// triggers that are taken away for a while, a server does otherwise.
struct ServerGrantWriter: EntityGrantWriter {
  let connection: any DatabaseSession
  let relations: Relations
  let plan: Plan
  let change: ChangeID
  private let work: Work
  let record: PostgresRecord

  init(
    _ connection: any DatabaseSession, _ relations: Relations, _ plan: Plan, _ change: ChangeID,
    _ work: Work
  ) throws {
    (self.connection, self.relations, self.plan) = (connection, relations, plan)
    (self.change, self.work) = (change, work)
    record = try PostgresRecord(relations.mapping, connection.catalog())
  }

  /// Writes what the plan is for; says how many rows came and went.
  mutating func write() throws -> (added: Int, removed: Int) {
    try makeTable()
    switch plan.intent {
    case .grant(let users, let companies), .bulkGrant(let users, let companies):
      return (try grant(users, companies), 0)
    case .revoke(let users, let companies):
      return (0, try revoke(users, companies))
    case .revokeFormer: return (0, try revokeFormer())
    case .entity(let edit): return try writeEntity(edit)
    case .policy, .operators: return (0, 0)
    case .undo(let change, let overwrites):
      return try undo(.change(change), overwrites: overwrites)
    case .undoTo(let change):
      return try undo(.everythingAfter(change), overwrites: false)
    case .edits(let edits): return try write(edits)
    case .staged(let pairs): return try writeStaged(pairs)
    case .backfill(let roles): return (try backfill(roles: roles), 0)
    }
  }

  // MARK: - Pairs

  /// The pairs that are written down before anything changes, because what picks them may speak of the
  /// grants themselves.
  static let pairs = "temp.company_access_picked_pair"

  private func makeTable() throws {
    let mapping = relations.mapping
    let types = [mapping.users.keys, mapping.companies.keys].map { $0.serverType ?? "text" }
    try connection.execute("DROP TABLE IF EXISTS \(ServerGrantWriter.pairs)")
    try connection.execute(
      """
      CREATE TABLE \(ServerGrantWriter.pairs) (user_id \(types[0]), company_id \(types[1]))
      """)
  }

  private func grant(_ users: UserSelection, _ companies: CompanySelection) throws -> Int {
    let (users, companies) = (SelectionSQL(users, relations), SelectionSQL(companies, relations))
    var arguments = Bindings()
    let conditions = [
      users.condition?("u", &arguments), companies.condition?("c", &arguments),
      relations.permits("u", "c"),
      "NOT \(relations.withOrphans.exists(user: "u.id", company: "c.id"))",
    ].compactMap(\.self)
    try connection.execute(
      """
      INSERT INTO \(ServerGrantWriter.pairs) (user_id, company_id)
      SELECT u.id, c.id FROM \(users.source) AS u CROSS JOIN \(companies.source) AS c
      WHERE \(conditions.joined(separator: " AND "))
      """, arguments.values)
    return try add()
  }

  func revoke(_ users: UserSelection, _ companies: CompanySelection) throws -> Int {
    let planner = GrantPlanner(connection, relations, users, companies)
    var arguments = Bindings()
    let rows = planner.rows(endedBy: plan, &arguments)
    try connection.execute(
      """
      INSERT INTO \(ServerGrantWriter.pairs) (user_id, company_id)
      SELECT a.user_id, a.company_id \(rows)
      """, arguments.values)
    return try remove()
  }

  func grantByRule(_ id: EntityID) throws -> Int {
    let column = id.kind == .user ? "e.user_id" : "e.company_id"
    return try add(
      """
      SELECT e.user_id, e.company_id FROM (\(BackfillRule(relations.mapping).expected())) AS e
      WHERE \(column) = ?1
      """, [id.key.value])
  }

  /// Adds every pair that the rule gives and that is not there.
  private func backfill(roles: [String]?) throws -> Int {
    let rule = BackfillRule(relations.mapping, roles: roles)
    return try add("SELECT e.user_id, e.company_id FROM (\(rule.expected())) AS e")
  }

  /// Adds every pair that the rule gives to users and companies that are on the record, whoever has come
  /// meanwhile.
  mutating func backfillKnown() throws {
    try makeTable()
    let rule = BackfillRule(relations.mapping)
    _ = try add(
      """
      SELECT e.user_id, e.company_id FROM (\(rule.expected())) AS e
      JOIN \(RecordedKind.lifetimes(of: .user)) AS lu ON lu.key = e.user_id
      JOIN \(RecordedKind.lifetimes(of: .company)) AS lk ON lk.key = e.company_id
      """)
  }

  /// Removes the grants that were given to earlier holders of ids, and those of missing users and
  /// companies.
  private func revokeFormer() throws -> Int {
    try remove(FormerGrantPlanner(connection, relations).pairs)
  }

  /// Removes the pairs that edits take away, and adds those that they grant.
  private func write(_ edits: [PairEdit]) throws -> (added: Int, removed: Int) {
    let edited = EditedPairs(connection, relations, edits)
    _ = try edited.fill()
    let pairs = "SELECT p.user_id, p.company_id FROM \(edited.pairs) AS p WHERE"
    let removed = try remove("\(pairs) NOT p.grants")
    return (try add("\(pairs) p.grants"), removed)
  }

  /// Adds those pairs of a query that are not there.
  func add(_ query: String, _ arguments: [Value] = []) throws -> Int {
    try writeDown(
      """
      SELECT DISTINCT w.user_id, w.company_id FROM (\(query)) AS w
      WHERE NOT \(relations.withOrphans.exists(user: "w.user_id", company: "w.company_id"))
      """, arguments)
    return try add()
  }

  /// Removes the pairs of a query.
  func remove(_ query: String) throws -> Int {
    try writeDown(query)
    return try remove()
  }

  /// Writes down the pairs of a query, and no others.
  private func writeDown(_ query: String, _ arguments: [Value] = []) throws {
    try connection.execute("DELETE FROM \(ServerGrantWriter.pairs)")
    try connection.execute(
      "INSERT INTO \(ServerGrantWriter.pairs) (user_id, company_id) \(query)", arguments)
  }

  /// Takes away what was granted, and puts back what was ended.
  ///
  /// Both are looked up first: what goes now must not look as if it had gone later. Users and
  /// companies come back before their grants do, and go after them.
  private func undo(
    _ target: UndoTarget, overwrites: Bool
  ) throws -> (added: Int, removed: Int) {
    let entities = try EntityUndo(connection, relations, target, overwrites: overwrites)
    let sql = try UndoSQL(
      connection, relations, target, overwrites: overwrites, steps: entities.steps)
    let ended = try connection.rows(
      "SELECT h.entry \(sql.ended) AND \(sql.isRestorable)"
    ) { Key.integer($0.integer(0)) }
    try connection.execute(
      """
      INSERT INTO \(ServerGrantWriter.pairs) (user_id, company_id)
      SELECT a.user_id, a.company_id \(sql.standing)
      """)
    guard entities.possible.count == plan.entities.count else { throw PlanOutdated() }
    let removed = try remove()
    try entities.perform(as: change)
    guard !ended.isEmpty else { return (0, removed) }
    if record.access.isDescribed { return (try restore(ended), removed) }
    var added = 0
    try PostgresRecord.withoutTriggers(connection) {
      var arguments = Bindings()
      let entries = KeyValuesSQL.rows(ended, &arguments, as: "bigint")
      try connection.execute(
        record.restoring("h.entry IN (\(entries))", change.number), arguments.values)
      added = connection.changes
    }
    return (added, removed)
  }

  /// Adds the pairs that are written down.
  private func add() throws -> Int {
    work.report(0, of: plan.added, .writing)
    if record.access.isDescribed { return try addRows() }
    var added = 0
    try PostgresRecord.withoutTriggers(connection) {
      try connection.execute(
        record.adding(
          "SELECT w.user_id, w.company_id FROM pg_temp.company_access_picked_pair AS w",
          change.number))
      added = connection.changes
    }
    return added
  }

  /// Removes the pairs that are written down.
  private func remove() throws -> Int {
    work.report(0, of: plan.removed, .writing)
    if record.access.isDescribed { return try endRows() }
    var removed = 0
    try PostgresRecord.withoutTriggers(connection) {
      let pair = [relations.mapping.access.user, relations.mapping.access.company]
      try connection.execute(
        record.removing(
          """
          (x.\(pair[0]), x.\(pair[1])) IN (
            SELECT w.user_id, w.company_id FROM pg_temp.company_access_picked_pair AS w)
          """, change.number))
      removed = connection.changes
    }
    return removed
  }
}
