internal import Database

/// What forgetting a user or a company did.
public struct ForgetResult: Hashable, Sendable {
  /// The change on the record; nil when nothing was left to forget.
  public let change: ChangeID?
  /// How many rows of the record lost the names.
  public let rows: Int
}

extension AccessStore {
  /// Takes the names that the record has kept of a deleted user or company off it.
  ///
  /// Names, full names, email addresses and codes go, and all that was kept for the undo of edits and
  /// deletions. In their place stays a digest, so that seals stay true: it does not say the name, but
  /// a name that is guessed can be compared with it. Roles and states stay, and so do the key and the
  /// reasons of changes. The row of one that exists is never touched, even if the id is the same.
  ///
  /// - Parameters:
  ///   - id: Who or what was deleted.
  ///   - reason: Why, for the record; it should not hold the name.
  ///   - dryRun: Whether everything is done as for real and taken back instead of being committed.
  /// - Returns: What was done.
  /// - Throws: `.userIsThere` or `.companyIsThere` for one that was not deleted, `.noSuchUser` or
  ///   `.noSuchCompany` for one of which the record knows nothing, `.readOnly`, `.recordIncomplete`,
  ///   or what the database answers.
  @discardableResult
  public func forget(
    _ id: EntityID, reason: ChangeReason = nil, dryRun: Bool = false
  ) throws(AccessError) -> ForgetResult {
    if let readOnlyReason { throw .readOnly(readOnlyReason) }
    try requireMaintenance()
    let mapping = mapping
    let header = ChangeHeader(
      actor: actor, origin: origin, action: .forget, reason: reason, added: 0, removed: 0,
      undoes: nil)
    return try using(nil) { connection in
      try connection.inTransaction(commits: !dryRun) {
        try AccessStore.checkRecord(connection, mapping)
        let erasure = NameErasure(connection: connection, mapping: mapping, id: id)
        let rows = try erasure.rows(try erasure.lifetimes())
        guard !rows.isEmpty else { return ForgetResult(change: nil, rows: 0) }
        let change = try header.begin(on: connection)
        for row in rows { try connection.execute(row.sql, row.values) }
        try ChangeHeader.end(on: connection)
        return ForgetResult(change: dryRun ? nil : change, rows: rows.count)
      }
    }
  }

  /// Takes the names that the record has kept of a deleted user off it.
  ///
  /// - Parameters:
  ///   - user: Who was deleted.
  ///   - reason: Why, for the record; it should not hold the name.
  ///   - dryRun: Whether everything is done as for real and taken back instead of being committed.
  /// - Returns: What was done.
  /// - Throws: As `forget` of an `EntityID`.
  @discardableResult
  public func forget(
    _ user: UserID, reason: ChangeReason = nil, dryRun: Bool = false
  ) throws(AccessError) -> ForgetResult {
    try forget(.user(user), reason: reason, dryRun: dryRun)
  }
}

/// Takes the names of a deleted user or company off the record.
private struct NameErasure {
  let connection: any DatabaseSession
  let mapping: SchemaMapping
  let id: EntityID

  private var kind: RecordedKind { RecordedKind(id.kind, mapping) }

  /// One row of the record that loses names, as the statement that takes them.
  struct Row {
    let sql: String
    let values: [Value]
  }

  // MARK: - Whose

  /// The lifetimes that are over for good: those that no later one continues, or only such that are
  /// over too.
  func lifetimes() throws -> [Int64] {
    let all = try connection.rows(
      """
      SELECT lifetime, continues, ended_change IS NULL, present, name FROM \(kind.lifetimes)
      WHERE key = ? ORDER BY lifetime DESC
      """, [id.key.value]
    ) {
      (
        lifetime: $0.integer(0), continues: $0.optionalInteger(1), isOpen: $0.bool(2),
        isPresent: $0.bool(3), name: $0.bytes(4)
      )
    }
    let ended = all.filter { !$0.isOpen }
    // One who was deleted and has come back under the same name has not gone.
    var names: Set<[UInt8]> = []
    var alive: Set<Int64> = []
    for one in all where one.isOpen && one.isPresent || alive.contains(one.lifetime) {
      if one.isOpen { names.insert(one.name) }
      if let former = one.continues { alive.insert(former) }
    }
    let isThere = !names.isEmpty
    let over = ended.filter { !alive.contains($0.lifetime) && !names.contains($0.name) }
    if over.isEmpty || over.count < ended.count, isThere { throw try stillThere() }
    if over.isEmpty { throw unknown }
    return over.map(\.lifetime)
  }

  private var unknown: AccessError {
    switch id {
    case .user(let user): .noSuchUser(user)
    case .company(let company): .noSuchCompany(company)
    }
  }

  private func stillThere() throws -> AccessError {
    let relations = Relations(mapping: mapping, moment: .now)
    switch id {
    case .user(let user):
      let found = try connection.first(
        """
        SELECT u.id, u.username, u.full_name, u.email, \(relations.roleName("u.role")), u.is_active
        FROM \(relations.users()[0]) AS u WHERE u.id = ?
        """, [user.value]
      ) { User($0) }
      return found.map { .userIsThere($0) } ?? unknown
    case .company(let company):
      let found = try connection.first(
        "SELECT c.id, c.name, c.code, c.is_active FROM \(relations.companies()[0]) AS c WHERE c.id = ?",
        [company.value]
      ) {
        Company(
          id: $0.companyID(0), name: $0.text(1), code: $0.optionalText(2), isActive: $0.bool(3))
      }
      return found.map { .companyIsThere($0) } ?? unknown
    }
  }

  // MARK: - What

  /// The rows with names of some lifetimes.
  func rows(_ lifetimes: [Int64]) throws -> [Row] {
    try lifetimes.flatMap { lifetime in
      try states(lifetime, kind.lifetimes, key: "lifetime")
        + states(lifetime, kind.former, key: "ended_change") + images(lifetime)
    }
  }

  /// The rows of a table with the attributes of a lifetime.
  private func states(_ lifetime: Int64, _ table: SQLName, key: String) throws -> [Row] {
    let attributes = SealedAttribute.all(of: kind)
    let names = kind.attributes.map(\.name).filter { name in
      attributes.contains { $0.isName && $0.name == name.text }
    }
    let others = names.filter { $0 != RecordedKind.name }.map { ", \($0) = NULL" }.joined()
    var rows: [Row] = []
    try connection.forEach(
      "SELECT \(key), \(kind.list()) FROM \(table) WHERE lifetime = ? ORDER BY \(key)",
      [.integer(lifetime)]
    ) { row in
      let kept = attributes.indices.filter { attributes[$0].isName && !row.isNull($0 + 1) }
      // The name comes first; where it alone is left, it may be a digest already.
      guard !kept.isEmpty, kept != [0] || !SealText.isForgotten(row.text(1)) else { return }
      let digest = SealText.digest(row, from: 1, attributes)
      rows.append(
        Row(
          sql: """
            UPDATE \(table) SET \(RecordedKind.name) = ?\(others) WHERE lifetime = ? AND \(key) = ?
            """,
          values: [
            .text(SealText.forgotten(digest)), .integer(lifetime), .integer(row.integer(0)),
          ]))
    }
    return rows
  }

  /// What was kept for the undo of edits and deletions.
  private func images(_ lifetime: Int64) throws -> [Row] {
    var rows: [Row] = []
    try connection.forEach(
      """
      SELECT entry, before, after FROM \(RecordTable.rowImage)
      WHERE lifetime = ? AND kind = '\(id.kind.rawValue)' ORDER BY entry
      """, [.integer(lifetime)]
    ) { row in
      let isLeft = (1...2).allSatisfy { row.isNull($0) || SealText.isForgottenImage(row.text($0)) }
      if isLeft { return }
      func left(_ column: Int, _ row: borrowing Database.Row) -> Value {
        if row.isNull(column) { return .null }
        return .text(
          SealText.forgottenImage(SealText.digestOfImage(row.value(column), row.bytes(column))))
      }
      rows.append(
        Row(
          sql: "UPDATE \(RecordTable.rowImage) SET before = ?, after = ? WHERE entry = ?",
          values: [left(1, row), left(2, row), .integer(row.integer(0))]))
    }
    return rows
  }
}
