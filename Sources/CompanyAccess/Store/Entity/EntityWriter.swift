internal import Database

/// Writes one user or one company, inside the transaction of a change.
struct EntityWriter {
  let connection: any DatabaseSession
  let mapping: SchemaMapping
  let change: ChangeID

  // MARK: - Edits

  /// Adds or edits a row and says its key; a deletion comes after the grants have gone.
  func write(_ planner: EntityPlanner, _ work: EntityPlanner.Work) throws -> Key {
    switch planner.edit.action {
    case .add: return try add(planner, work)
    case .edit(let id), .deactivate(let id), .activate(let id):
      try edit(planner.table, id, work)
      return id.key
    case .delete(let id): return id.key
    }
  }

  private func add(_ planner: EntityPlanner, _ work: EntityPlanner.Work) throws -> Key {
    let table = planner.table
    var row = work.columns
    if let key = table.keys.newValue { row[table.key.text] = StoredValue(key) }
    for (column, value) in planner.newActivity() { row[column] = value }
    let now = StoredValue(.text(Timestamp.now.text))
    for column in [table.createdAt, table.modifiedAt].compactMap({ $0?.text }) { row[column] = now }
    let key = try table.insert(row)
    var kept = RowSnapshot()
    if let company = work.home, company.value != .null {
      try move(EntityID(table.kind, key), to: company, row, &kept)
    }
    kept.columns = try table.row(key, isWhole: true) ?? row
    try record(table, lifetime(table.kind, key), before: nil, after: kept)
    return key
  }

  private func edit(_ table: EntityTable, _ id: EntityID, _ work: EntityPlanner.Work) throws {
    guard let row = work.row else { throw AccessError.noSuchEntity(id) }
    var before = RowSnapshot()
    var after = RowSnapshot()
    for (name, value) in work.columns.columns where row[name] != value {
      before.columns[name] = row[name]
    }
    var values = work.columns
    if let modified = table.modifiedAt {
      values[modified.text] = StoredValue(.text(Timestamp.now.text))
    }
    try table.update(id.key, values)
    // What the column made of a value is what counts: an integer of digits, for one.
    let written = try table.row(id.key) ?? row
    for (name, _) in before.columns.columns { after.columns[name] = written[name] }
    if let company = work.home {
      var moved = RowSnapshot()
      if let homes = try HomeTable(mapping, connection) {
        before.tables = [.init(table: homes.home.table.text, rows: try homes.rows(of: id))]
      }
      try move(id, to: company, written, &moved)
      after.tables = moved.tables
    }
    try record(table, lifetime(table.kind, id.key), before: before, after: after)
  }

  /// Lets another table say to which company a user belongs.
  private func move(
    _ id: EntityID, to company: StoredValue, _ row: RowValues, _ kept: inout RowSnapshot
  ) throws {
    guard let homes = try HomeTable(mapping, connection) else { return }
    let names = mapping.users.fullName.compactMap { row[$0.text]?.words }
    let name =
      names.isEmpty ? row[mapping.users.username.text]?.words ?? "" : names.joined(separator: " ")
    let now = try homes.rows(of: id)
    guard let rows = try homes.rows(of: id.key, in: company, name: name, now: now) else {
      throw AccessError.noHome(table: homes.home.table.text, isEmptied: company.value == .null)
    }
    try homes.exchange(now, for: rows)
    kept.tables = [.init(table: homes.home.table.text, rows: try homes.rows(of: id))]
  }

  // MARK: - Deleting

  /// Takes a row away, when its grants have gone, and keeps what is needed to bring it back.
  ///
  /// - Parameters:
  ///   - table: The table.
  ///   - id: Whose row it is.
  ///   - made: Rows of other tables that came with it and go with it.
  /// - Throws: What the database answers.
  func delete(
    _ table: EntityTable, _ id: EntityID, with made: RowSnapshot = RowSnapshot()
  ) throws {
    guard let row = try table.row(id.key, isWhole: true) else { throw AccessError.noSuchEntity(id) }
    let lifetime = try lifetime(table.kind, id.key)
    var before = RowSnapshot(columns: row)
    var after = RowSnapshot()
    if let homes = try HomeTable(mapping, connection) {
      let name = homes.home.table.text
      let rows = try homes.rows(of: id)
      let others = try homes.rows(rows, without: id, and: made.rows(of: name))
      if !rows.isEmpty {
        before.tables = [.init(table: name, rows: rows)]
        after.tables = [.init(table: name, rows: others)]
        try homes.exchange(rows, for: others)
      }
    }
    if mapping.access.isDescribed {
      // What is left are rows that do not count.
      let column = table.kind == .user ? mapping.access.user : mapping.access.company
      try connection.execute(
        "DELETE FROM \(mapping.access.table.itself) WHERE \(column) = ?", [id.key.value])
    }
    try connection.execute(
      "DELETE FROM \(table.table.itself) WHERE \(table.key) = ?", [id.key.value])
    try record(table, lifetime, before: before, after: after.isEmpty ? nil : after)
  }

  // MARK: - Bringing back

  /// Puts a deleted row back as it was, and what went with it, as another lifetime of the same one.
  func restore(
    _ table: EntityTable, _ key: Key, _ before: RowSnapshot, _ after: RowSnapshot,
    continuing earlier: Int64
  ) throws {
    try EntityTable.insert(before.columns, into: table.table, connection)
    var kept = RowSnapshot(columns: before.columns)
    if let homes = try HomeTable(mapping, connection) {
      let name = homes.home.table.text
      let rows = before.rows(of: name)
      if !rows.isEmpty, try homes.exchange(after.rows(of: name), for: rows) {
        kept.tables = [.init(table: name, rows: rows)]
      }
    }
    let lifetime = try lifetime(table.kind, key)
    try connection.execute(
      """
      UPDATE \(RecordedKind(table.kind, mapping).lifetimes.itself) SET continues = ? WHERE lifetime = ?
      """, [.integer(earlier), .integer(lifetime)])
    try record(table, lifetime, before: nil, after: kept)
  }

  /// Makes an edited row what it was.
  func revert(_ table: EntityTable, _ key: Key, to before: RowSnapshot, from after: RowSnapshot)
    throws
  {
    var values = before.columns
    if let modified = table.modifiedAt {
      values[modified.text] = StoredValue(.text(Timestamp.now.text))
    }
    try table.update(key, values)
    if let homes = try HomeTable(mapping, connection) {
      let name = homes.home.table.text
      guard try homes.exchange(after.rows(of: name), for: before.rows(of: name)) else {
        throw PlanOutdated()
      }
    }
    try record(table, lifetime(table.kind, key), before: after, after: before)
  }

  // MARK: - The record

  /// Writes down what this program changed in a row: `before` is nil for one that was made, and has all
  /// columns for one that was deleted.
  private func record(
    _ table: EntityTable, _ lifetime: Int64, before: RowSnapshot?, after: RowSnapshot?
  ) throws {
    try connection.execute(
      """
      INSERT INTO \(RecordTable.rowImage.itself) (change, kind, lifetime, before, after)
      VALUES (?, ?, ?, ?, ?)
      """,
      [
        .integer(change.number), .text(table.kind.rawValue), .integer(lifetime),
        .optional(before?.json), .optional(after?.json),
      ])
  }

  /// The lifetime of the row that has a key now.
  private func lifetime(_ kind: EntityKind, _ key: Key) throws -> Int64 {
    let recorded = RecordedKind(kind, mapping)
    // One who has just come may not be among those whom the operator sees, until the grants are there.
    let found = try connection.first(
      "SELECT lifetime FROM \(recorded.lifetimes.itself) WHERE key = ? AND ended_change IS NULL",
      [key.value]
    ) { $0.integer(0) }
    guard let found else {
      throw AccessError.notOnRecord(kind, id: "\(key)")
    }
    return found
  }
}

/// Writes the grants that come and go with a user or a company.
protocol EntityGrantWriter {
  var connection: any DatabaseSession { get }
  var relations: Relations { get }
  var plan: Plan { get }
  var change: ChangeID { get }

  /// Adds what the rule gives a user or a company; says how many rows came.
  mutating func grantByRule(_ id: EntityID) throws -> Int

  /// Takes grants away; says how many rows went.
  mutating func revoke(_ users: UserSelection, _ companies: CompanySelection) throws -> Int
}

extension EntityGrantWriter {
  /// Writes what is done to one user or one company, with what hangs on it.
  mutating func writeEntity(_ edit: EntityEdit) throws -> (added: Int, removed: Int) {
    let mapping = relations.mapping
    let planner = try EntityPlanner(connection, relations, edit)
    let work = try planner.work()
    let writer = EntityWriter(connection: connection, mapping: mapping, change: change)
    let key = try writer.write(planner, work)
    let id = EntityID(edit.kind, key)
    var done = (added: 0, removed: 0)
    if plan.added > 0 { done.added = try grantByRule(id) }
    if plan.removed > 0 {
      let (users, companies) = EntityPlanner.everything(of: id)
      done.removed = try revoke(users, companies)
    }
    if case .delete = edit.action { try writer.delete(planner.table, id) }
    return done
  }
}

extension GrantWriter: EntityGrantWriter {
  mutating func grantByRule(_ id: EntityID) throws -> Int {
    try registerIDs(pairs: plan.added)
    let column = id.kind == .user ? "e.user_id" : "e.company_id"
    let expected = BackfillRule(relations.mapping).expected()
    return try withIndexesDropped(adding: plan.added) { writer in
      try writer.add(
        """
        SELECT e.user_id, e.company_id FROM (\(expected)) AS e WHERE \(column) = ?1
        """, [id.key.value])
    }
  }
}
