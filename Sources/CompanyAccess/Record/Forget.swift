internal import Database

/// What forgetting a user did.
public struct ForgetResult: Hashable, Sendable {
  /// The change on the record; nil when nothing was left to forget.
  public let change: ChangeID?
  /// How many rows of the record lost the name.
  public let rows: Int
}

extension AccessStore {
  /// Puts the id in the place of the name that the record has kept of a deleted user.
  ///
  /// With the name go all other texts that were recorded of the user's own row. Reasons of changes
  /// are left as they were written. The row of an existing user is never touched, even if the
  /// id is the same.
  ///
  /// - Parameters:
  ///   - user: Who was deleted.
  ///   - reason: Why, for the record; it should not hold the name.
  ///   - dryRun: Whether everything is done as for real and taken back instead of being committed.
  /// - Returns: What was done.
  /// - Throws: `.userIsThere` for a user who was not deleted, `.noSuchUser` for one of whom the
  ///   record knows nothing, `.readOnly`, `.recordIncomplete`, or what the database answers.
  @discardableResult
  public func forget(
    _ user: UserID, reason: ChangeReason = nil, dryRun: Bool = false
  ) throws(AccessError) -> ForgetResult {
    if let readOnlyReason { throw .readOnly(readOnlyReason) }
    let mapping = mapping
    let header = ChangeHeader(
      actor: actor, origin: origin, action: .forget, reason: reason, added: 0, removed: 0,
      undoes: nil)
    return try using(nil) { connection in
      try connection.inTransaction(commits: !dryRun) {
        try AccessStore.checkRecord(connection, mapping)
        let forgetting = NameErasure(
          connection: connection, relations: Relations(mapping: mapping, moment: .now), user: user)
        try forgetting.checkThatGone()
        guard try forgetting.count() > 0 else { return ForgetResult(change: nil, rows: 0) }
        let change = try header.begin(on: connection)
        let rows = try forgetting.forget()
        try ChangeHeader.end(on: connection)
        return ForgetResult(change: dryRun ? nil : change, rows: rows)
      }
    }
  }
}

/// Takes the name of a deleted user off the record.
private struct NameErasure {
  let connection: Connection
  let relations: Relations
  let user: UserID

  private var arguments: [Value] { [user.value, .text(user.description)] }

  /// Rows about the user until the last deletion; later ones are about the user who has the id now.
  private var rows: String {
    """
    kind = 'user' AND id = ?1 AND change_id <= (SELECT max(g.change_id)
      FROM company_access_entity AS g WHERE g.kind = 'user' AND g.id = ?1 AND g.gone = 1)
    AND (name IS NOT ?2 OR before IS NOT \(forgotten("before"))
      OR after IS NOT \(forgotten("after")))
    """
  }

  func checkThatGone() throws {
    let there = try connection.first(
      """
      SELECT u.id, u.username, u.full_name, u.email, \(relations.roleName("u.role")),
        u.is_active
      FROM \(relations.users()[0]) AS u WHERE u.id = ?
      """, [user.value]
    ) { User($0) }
    let names = try connection.rows(
      "SELECT name FROM company_access_entity WHERE kind = 'user' AND id = ? AND gone = 1",
      [user.value]
    ) { Array($0.text(0).utf8) }
    // Who has come back under the same name has not gone.
    if let there, names.isEmpty || names.contains(Array(there.username.utf8)) {
      throw AccessError.userIsThere(there)
    }
    if names.isEmpty { throw AccessError.noSuchUser(user) }
  }

  func count() throws -> Int {
    try connection.count(
      "SELECT count(*) FROM company_access_entity WHERE \(rows)", arguments)
  }

  func forget() throws -> Int {
    try connection.execute(
      """
      UPDATE company_access_entity SET name = ?2, before = \(forgotten("before")),
        after = \(forgotten("after"))
      WHERE \(rows)
      """, arguments)
    return connection.changes
  }

  /// The JSON of a column with the id as the username, and without all other texts.
  private func forgotten(_ column: String) -> String {
    let json = "company_access_entity.\(column)"
    return """
      CASE WHEN json_valid(\(json)) THEN (SELECT json_group_object(j.key,
        CASE WHEN j.key = \(relations.mapping.users.username.literal) THEN ?2
          WHEN j.type IN ('integer', 'real') THEN j.value
          WHEN j.type IN ('true', 'false') THEN json(j.type) END)
        FROM temp.json_each(\(json)) AS j) END
      """
  }
}
