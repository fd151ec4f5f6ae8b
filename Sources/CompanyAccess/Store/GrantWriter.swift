internal import Database

/// Adds and removes the rows of the access table, inside the transaction of a change.
struct GrantWriter {
  /// From how many pairs on a write is prepared for being large.
  static let large = 20_000
  /// How many rows to remove or put back in one statement: about a twentieth of a second's work.
  static let chunkRows = 5_000

  let connection: Connection
  let relations: Relations
  private let schema: Schema
  let plan: Plan
  let change: ChangeID
  let work: Work
  private var done = 0
  var total = 0
  /// Whether a large write keeps the record itself, with the triggers off: not where grants of former
  /// holders of an id stand, which the triggers tell apart.
  private var mayDropTriggers = false

  init(
    _ connection: Connection, _ relations: Relations, _ plan: Plan, _ change: ChangeID,
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
    case .revokeFormer: return (0, try revokeFormer())
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
  private func isLarge(_ pairs: Int) -> Bool { mayDropTriggers && pairs > GrantWriter.large }

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
      INSERT INTO \(RecordTable.currentGrant) (user_lifetime, company_lifetime, began_change)
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
    try connection.register(
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

// MARK: Large writes

extension GrantWriter {
  /// Whether the users and companies of new pairs are looked at once instead of for each pair.
  ///
  /// Only where grants come and nothing else does: what goes may take rows of other tables with it,
  /// and who is created may refer to some.
  static func checksParents(of plan: Plan) -> Bool {
    guard plan.removed == 0, plan.added > large else { return false }
    return switch plan.intent {
    case .grant, .bulkGrant: true
    case .staged(let pairs): !pairs.options.createsMissing
    case .revoke, .revokeFormer, .undo, .undoTo, .entity, .backfill: false
    }
  }

  /// Makes sure that the users and companies whose ids two tables hold are there, all of them.
  ///
  /// They were picked in this transaction and no other program can have written since: if one is
  /// not there, nothing at all may be written.
  func checkParents(_ users: String, _ companies: String) throws {
    guard GrantWriter.checksParents(of: plan) else { return }
    let mapping = relations.mapping
    let parents = [
      (users, mapping.users.table, mapping.users.key),
      (companies, mapping.companies.table, mapping.companies.key),
    ]
    for (picked, table, id) in parents {
      let lost = try connection.count(
        """
        SELECT count(*) FROM \(picked) AS p WHERE p.id IS NOT NULL
          AND NOT EXISTS (SELECT 1 FROM \(table) AS t WHERE t.\(id) = p.id)
        """)
      guard lost == 0 else {
        throw AccessError.unexpected(detail: "\(lost) of those granted are not in \(table)")
      }
    }
  }

  /// What would be touched for each row of a large write and is made again afterwards instead,
  /// which is faster: the triggers always, the indexes if much of the table changes.
  private func droppableObjects(adding: Int, removing: Int) throws -> [Schema.Item] {
    var items: [Schema.Item] = []
    if isLarge(max(adding, removing)),
      max(adding, removing) >= plan.before.grants / 4
    {
      items += [schema.companyIndex, Schema.currentCompanyIndex]
      // It grows at its end, so that it is made again only where most of its rows change.
      if removing > 0 || adding > plan.before.grants { items.append(Schema.currentBeganIndex) }
    }
    if isLarge(adding) { items += [schema.grantInserted, schema.grantReplaced] }
    if isLarge(removing) {
      let ended = try connection.count("SELECT count(*) FROM \(RecordTable.endedGrant)")
      if removing >= ended / 4 { items += [Schema.endedCompanyIndex, Schema.endedUserIndex] }
      items.append(schema.grantDeleted)
    }
    return items
  }

  /// Whether an object is there: an access table that the application had made has no index of ours.
  private func isThere(_ item: Schema.Item) throws -> Bool {
    try connection.count(
      "SELECT count(*) FROM sqlite_schema WHERE name = ?", [.text(item.name.text)]) > 0
  }

  /// Runs a body that writes so many rows, without what would burden it.
  mutating func withIndexesDropped<T>(
    adding: Int = 0, removing: Int = 0, _ body: (inout GrantWriter) throws -> T
  ) throws -> T {
    let items = try droppableObjects(adding: adding, removing: removing).filter(isThere)
    for item in items { try connection.execute("DROP \(item.kind.rawValue) \(item.name)") }
    let result = try body(&self)
    if items.contains(where: { $0.kind == .index }) {
      work.report(adding + removing, of: adding + removing, .indexing, always: true)
    }
    for item in items { try connection.execute(item.sql) }
    return result
  }
}

// MARK: Removing and putting back

extension GrantWriter {
  static let rowsToDelete = "temp.company_access_picked_leaving"
  private static let rowsToRestore = "temp.company_access_picked_returning"

  mutating func revoke(_ users: UserSelection, _ companies: CompanySelection) throws -> Int {
    let planner = GrantPlanner(connection, relations, users, companies)
    let counts = GrantPlanner.Counts(
      users: plan.selectedUsers ?? 0, companies: plan.selectedCompanies ?? 0, held: plan.removed,
      before: plan.before)
    var arguments = Bindings()
    let rows = planner.heldRows("a", counts, &arguments)
    total = try collectRowIDs(
      "SELECT a.rowid \(rows)", arguments.values, in: GrantWriter.rowsToDelete)
    return try withIndexesDropped(removing: plan.removed) { try $0.remove() }
  }

  /// Takes away what was granted, and puts back what was ended.
  ///
  /// Both are written down first: what goes now must not look as if it had gone later. Users and
  /// companies come back before their grants do, and go after them.
  private mutating func undo(
    _ target: UndoTarget, overwrites: Bool
  ) throws -> (added: Int, removed: Int) {
    let entities = try EntityUndo(connection, relations, target, overwrites: overwrites)
    let sql = try UndoSQL(
      connection, relations, target, overwrites: overwrites, steps: entities.steps)
    guard entities.possible.count == plan.entities.count else { throw PlanOutdated() }
    total = try collectRowIDs("SELECT a.rowid \(sql.standing)", [], in: GrantWriter.rowsToDelete)
    total += try collectRowIDs(
      "SELECT h.entry \(sql.ended) AND \(sql.isRestorable)", [], in: GrantWriter.rowsToRestore)
    // A number that has gone may have been given again, and not every row is known to the end.
    let unknown = """
      SELECT EXISTS (SELECT 1 FROM \(RecordTable.endedGrant) AS h WHERE h.id IS NULL
        AND h.entry IN (SELECT row FROM \(GrantWriter.rowsToRestore)))
      """
    let frees =
      try overwrites || relations.mapping.access.hasNumbers || connection.count(unknown) > 0
    return try withIndexesDropped(adding: plan.added, removing: plan.removed) { writer in
      let removed = try writer.remove()
      try entities.perform(as: writer.change)
      return (try writer.restoreRows(id: frees ? writer.freeID() : "h.id"), removed)
    }
  }

  /// Writes down the numbers of rows; says how many.
  func collectRowIDs(_ query: String, _ arguments: [Value], in table: String) throws -> Int {
    try connection.execute("CREATE TABLE \(table) (row INTEGER PRIMARY KEY)")
    try connection.execute("INSERT INTO \(table) \(query)", arguments)
    return connection.changes
  }

  /// Takes the rows away, and off the record where no trigger does.
  mutating func remove() throws -> Int {
    let rows = GrantWriter.chunk(of: GrantWriter.rowsToDelete)
    var statements = access.ending(rows, time: time).map { Step($0) }
    statements[statements.count - 1].counts = true
    if isLarge(plan.removed) {
      statements = recordEnds(of: rows).map { Step($0) } + statements
    } else if access.keepsRows {
      statements = [Step(keepRows(rows))] + statements + [Step(recordRows)]
      try connection.execute(
        """
        CREATE TABLE \(GrantWriter.endedRows) (number INTEGER PRIMARY KEY, user_lifetime,
          company_lifetime, "row")
        """)
      defer { try? connection.execute("DROP TABLE \(GrantWriter.endedRows)") }
      return try forEachChunk(of: GrantWriter.rowsToDelete, statements)
    }
    return try forEachChunk(of: GrantWriter.rowsToDelete, statements)
  }

  private static let endedRows = "temp.company_access_ended_row"

  /// Keeps the further columns of rows that are to go, for the trigger cannot.
  private func keepRows(_ rows: String) -> String {
    """
    INSERT INTO \(GrantWriter.endedRows)
    SELECT a.rowid, g.user_lifetime, g.company_lifetime, \(access.keptRow("t")) \(grants(of: rows))
    ON CONFLICT DO NOTHING
    """
  }

  /// Puts them on the record.
  private var recordRows: String {
    let pair = "k.user_lifetime = e.user_lifetime AND k.company_lifetime = e.company_lifetime"
    return """
      UPDATE \(RecordTable.endedGrant) AS e SET "row" = k."row"
      FROM \(GrantWriter.endedRows) AS k WHERE k.number > ?1 AND k.number <= ?2
        AND e.ended_change = \(change) AND \(pair) AND e."row" IS NULL
      """
  }

  /// `FROM` and `WHERE` of the grants `g` on the record of rows `a` that a query gives, with the rows
  /// of the table itself, `t`, where further columns are kept.
  private func grants(of rows: String) -> String {
    let (users, companies) = (relations.recorded(.user), relations.recorded(.company))
    let row = access.keepsRows ? "\nCROSS JOIN \(access.table) AS t ON t.rowid = a.rowid" : ""
    return """
      FROM \(access.grants) AS a CROSS JOIN \(users.lifetimes) AS lu ON lu.key = a.user_id
      CROSS JOIN \(companies.lifetimes) AS lk ON lk.key = a.company_id
      CROSS JOIN \(RecordTable.currentGrant) AS g
        ON g.user_lifetime = lu.lifetime AND g.company_lifetime = lk.lifetime\(row)
      WHERE a.rowid IN (\(rows))
      """
  }

  /// Statements that end on the record the grants of rows that a query gives.
  private func recordEnds(of rows: String) -> [String] {
    let source = grants(of: rows)
    let (column, row) = access.keepsRows ? (", \"row\"", ", " + access.keptRow("t")) : ("", "")
    return [
      """
      INSERT INTO \(RecordTable.endedGrant) (user_lifetime, company_lifetime, began_change,
        ended_change, id, created_at, modified_at\(column))
      SELECT g.user_lifetime, g.company_lifetime, g.began_change, \(change), a.id, a.created_at,
        a.modified_at\(row)
      \(source)
      """,
      """
      DELETE FROM \(RecordTable.currentGrant) WHERE (user_lifetime, company_lifetime) IN (
        SELECT g.user_lifetime, g.company_lifetime \(source))
      """,
    ]
  }

  /// An expression: the id that a row had, or a new one if another row has taken it since.
  private func freeID() throws -> String {
    let returning = "SELECT row FROM \(GrantWriter.rowsToRestore)"
    try registerIDs(
      pairs: total,
      after: "SELECT max(h.id) FROM \(RecordTable.endedGrant) AS h WHERE h.entry IN (\(returning))")
    guard let key = access.key else { return "h.id" }
    return """
      CASE WHEN h.id IS NULL OR EXISTS (SELECT 1 FROM \(access.table) AS o WHERE o.\(key) = h.id)
      THEN company_access_new_id() ELSE h.id END
      """
  }

  private mutating func restoreRows(id: String) throws -> Int {
    let rows = GrantWriter.chunk(of: GrantWriter.rowsToRestore)
    let (users, companies) = (relations.recorded(.user), relations.recorded(.company))
    let source = """
      FROM \(RecordTable.endedGrant) AS h
      CROSS JOIN \(users.lifetimes) AS hu ON hu.lifetime = h.user_lifetime
      CROSS JOIN \(companies.lifetimes) AS hk ON hk.lifetime = h.company_lifetime
      """
    let chosen = "WHERE h.entry IN (\(rows))"
    // What the record does not know of a row is as if it were granted with the change.
    func known(_ stored: String, _ column: SQLName?) -> String {
      guard let column else { return time }
      let isOptional = access.nullable.contains(column.folded)
      return isOptional ? stored : "coalesce(\(stored), \(access.stored(time, in: column)))"
    }
    func restore(_ further: [SchemaMapping.Access.Assignment], _ condition: String) -> Step {
      let missing =
        access.isDescribed ? " AND NOT \(access.stands(user: "hu.key", company: "hk.key"))" : ""
      return Step(
        access.insert(
          id: id, user: "hu.key", company: "hk.key",
          times: (
            known("h.created_at", access.createdAt), known("h.modified_at", access.modifiedAt)
          ),
          now: time, further: further,
          from: "\(source) \(chosen)\(missing)\(condition) ORDER BY hu.key, hk.key"),
        counts: true)
    }
    var statements: [Step] = []
    if let revive = access.reviveEnded("\(source) \(chosen)", time: time) {
      statements.append(Step(revive, counts: true))
    }
    if access.keepsRows {
      try connection.register(
        function: "company_access_bytes", arguments: 1, deterministic: true
      ) { values in
        guard case .text(let digits)? = values.first else { return .null }
        return KeyText.bytes(digits).map { .blob($0) } ?? .null
      }
      statements += [
        restore(access.restored("h.\"row\""), " AND h.\"row\" IS NOT NULL"),
        restore([], " AND h.\"row\" IS NULL"),
      ]
    } else {
      statements.append(restore([], ""))
    }
    if isLarge(plan.added) {
      statements.insert(
        Step(
          """
          INSERT INTO \(RecordTable.currentGrant) (user_lifetime, company_lifetime, began_change)
          SELECT lu.lifetime, lk.lifetime, \(change)
          \(source)
          CROSS JOIN \(users.lifetimes) AS lu ON lu.key = hu.key AND lu.ended_change IS NULL
          CROSS JOIN \(companies.lifetimes) AS lk ON lk.key = hk.key AND lk.ended_change IS NULL
          WHERE h.entry IN (\(rows)) ORDER BY lu.lifetime, lk.lifetime
          """), at: 0)
    }
    return try forEachChunk(of: GrantWriter.rowsToRestore, statements)
  }

  /// A statement for some of the rows.
  private struct Step {
    let sql: String
    /// Whether each row that it changes is one grant.
    var counts: Bool

    init(_ sql: String, counts: Bool = false) {
      self.sql = sql
      self.counts = counts
    }
  }

  /// Runs statements for some of the rows at a time, until they have been run for all; says how many
  /// rows those that count changed.
  private mutating func forEachChunk(of table: String, _ statements: [Step]) throws -> Int {
    var changed = 0
    var last = Int64.min
    while let end = try connection.first(
      """
      SELECT max(row) FROM (SELECT row FROM \(table) WHERE row > ? ORDER BY row LIMIT ?)
      """, [.integer(last), .count(GrantWriter.chunkRows)], { $0.optionalInteger(0) }) ?? nil
    {
      work.report(done, of: total, .writing)
      for statement in statements {
        try connection.execute(statement.sql, [.integer(last), .integer(end)])
        guard statement.counts else { continue }
        changed += connection.changes
        done += connection.changes
      }
      last = end
    }
    try connection.execute("DROP TABLE \(table)")
    return changed
  }

  /// A query for the rows between the two arguments of the statement.
  private static func chunk(of table: String) -> String {
    "SELECT row FROM \(table) WHERE row > ?1 AND row <= ?2"
  }
}
