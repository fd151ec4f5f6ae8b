internal import Database

/// What large writes do otherwise: parents are looked at once, and triggers and indexes made anew.
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
    case .revoke, .edits, .revokeFormer, .undo, .undoTo, .entity, .backfill, .policy, .operators:
      false
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
      (users, mapping.users.table, mapping.users.rows("t"), mapping.users.key),
      (
        companies, mapping.companies.table, mapping.companies.rows("t"), mapping.companies.key
      ),
    ]
    for (picked, table, rows, id) in parents {
      let lost = try connection.count(
        """
        SELECT count(*) FROM \(picked) AS p WHERE p.id IS NOT NULL
          AND NOT EXISTS (SELECT 1 FROM \(rows) WHERE t.\(id) = p.id)
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
