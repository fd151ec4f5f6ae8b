internal import Database

/// What stands on the record about a change that is about to be made.
struct ChangeHeader: Hashable, Sendable {
  var actor: String
  var origin: Origin
  var action: ChangeAction
  var reason: ChangeReason
  var added: Int
  var removed: Int
  var undoes: ChangeID?
  /// What the change does, as far as a policy asks for it.
  var actions: Set<Policy.Action> = []

  /// Puts the change on the record; what the transaction writes from here on is its work.
  ///
  /// Every write begins so, and this is where the policy is enforced.
  ///
  /// - Parameter connection: Where a transaction is open.
  /// - Returns: The change.
  /// - Throws: `.ticketRequired`; what the database answers.
  func begin(on connection: any DatabaseSession) throws -> ChangeID {
    try RecordedSetting<Policy>(connection).check(actions, reason)
    guard connection is Connection else { return try beginOnServer(connection) }
    try connection.execute(
      """
      INSERT INTO \(RecordTable.change.itself)
        (at, actor, origin, action, reason, ticket, decided_at, added, removed, undoes)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [
        .text(Timestamp.now.text), .text(actor), .text(origin.rawValue), .text(action.rawValue),
        .optional(reason.text), .optional(reason.ticket), .optional(reason.decidedAt?.text),
        .count(added), .count(removed), .optional(undoes?.number),
      ])
    let change = ChangeID(try connection.file.lastInsertRowID)
    try ChangeHeader.resume(change, on: connection)
    return change
  }

  /// The same on a server, where the change is known by a setting of the transaction.
  private func beginOnServer(_ session: any DatabaseSession) throws -> ChangeID {
    let number = try PostgresRecord.beginChange(
      session, actor: actor, origin: origin.rawValue, action: action.rawValue,
      reason: reason.text, ticket: reason.ticket, decidedAt: reason.decidedAt?.text)
    try session.execute(
      "UPDATE \(RecordTable.change.itself) SET added = ?, removed = ?, undoes = ? WHERE id = ?",
      [.count(added), .count(removed), .optional(undoes?.number), .integer(number)])
    return ChangeID(number)
  }

  /// Makes what the transaction writes from here on the work of a change.
  ///
  /// What another program writes afterwards is a later change, even if it wrote in the same millisecond
  /// before.
  static func resume(_ change: ChangeID, on connection: any DatabaseSession) throws {
    guard connection is Connection else { return }
    try connection.execute(
      """
      INSERT INTO \(RecordTable.now.itself) (one, change_id) VALUES (1, ?)
      ON CONFLICT (one) DO UPDATE SET change_id = excluded.change_id, external_day = NULL
      """, [.integer(change.number)])
  }

  /// Makes what another program writes from here on a later change, even within its millisecond.
  static func closeExternal(on connection: any DatabaseSession) throws {
    // On a server, each of its transactions is a change.
    guard connection is Connection else { return }
    try connection.execute("UPDATE \(RecordTable.now.itself) SET external_day = NULL")
  }

  /// Ends the work of the change, before the transaction is committed.
  static func end(on connection: any DatabaseSession) throws {
    guard connection is Connection else { return }
    try connection.execute("UPDATE \(RecordTable.now.itself) SET change_id = NULL")
  }
}
