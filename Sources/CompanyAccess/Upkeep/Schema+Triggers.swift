internal import Database

extension Schema {
  /// The triggers that put other programs' writes on the record.
  ///
  /// They name only OLD, NEW, their own table and the tables of the record, and call nothing but
  /// the core of SQLite. A trigger that read another table of the application would make it
  /// impossible to rebuild that table, and one that called JSON or a function of ours would break
  /// the writes of programs that lack it.
  var triggers: [Item] { [grantEnded, grantMoved, grantBegun, userGone, companyGone] }

  /// A grant that goes leaves a row of history.
  var grantEnded: Item {
    trigger(
      "company_access_grant_ended", "AFTER DELETE ON \(mapping.access.table)",
      """
        \(Schema.ensureChange)
        \(Schema.keepOld)
        \(Schema.count("removed = removed + 1"))
      """)
  }

  /// A grant whose user or company is overwritten ends, and another begins in its row.
  var grantMoved: Item {
    trigger(
      "company_access_grant_moved",
      """
      AFTER UPDATE OF user_id, company_id ON \(mapping.access.table)
        WHEN OLD.user_id IS NOT NEW.user_id OR OLD.company_id IS NOT NEW.company_id
      """,
      """
        \(Schema.ensureChange)
        \(Schema.keepOld)
        \(markNew)
        \(Schema.count("added = added + 1, removed = removed + 1"))
      """)
  }

  /// A grant that comes without a change is given one.
  var grantBegun: Item {
    trigger(
      "company_access_grant_begun",
      "AFTER INSERT ON \(mapping.access.table) WHEN NEW.change_id IS NULL",
      """
        \(Schema.ensureChange)
        \(markNew)
        \(Schema.count("added = added + 1"))
      """)
  }

  /// A user who goes leaves the name.
  var userGone: Item {
    let users = mapping.users
    return gone(
      "company_access_user_gone", "user", users.table, users.key, users.username,
      users.hasNullableKey)
  }

  /// A company that goes leaves the name.
  var companyGone: Item {
    let companies = mapping.companies
    return gone(
      "company_access_company_gone", "company", companies.table, companies.key, companies.name,
      companies.hasNullableKey)
  }

  /// Before the row goes: afterwards, when the grants have gone with it, it could not be joined.
  ///
  /// A row without a key is no user or company, and nothing keeps the application from deleting it.
  private func gone(
    _ name: SQLName, _ kind: String, _ table: SQLName, _ id: SQLName, _ label: SQLName,
    _ isNullable: Bool
  ) -> Item {
    trigger(
      name, "BEFORE DELETE ON \(table)" + (isNullable ? " WHEN OLD.\(id) IS NOT NULL" : ""),
      """
        \(Schema.ensureChange)
        INSERT INTO company_access_entity (kind, id, change_id, name, gone)
          VALUES ('\(kind)', OLD.\(id), \(Schema.thisChange), OLD.\(label), 1);
      """)
  }

  private func trigger(_ name: SQLName, _ event: String, _ body: String) -> Item {
    Item(
      kind: .trigger, name: name, sql: "CREATE TRIGGER \(name) \(event)\nBEGIN\n\(body)\nEND")
  }

  /// The newest change is the one that this statement made or joined.
  private static let newest = "(SELECT max(id) FROM company_access_change)"
  private static let ours = "(SELECT change_id FROM company_access_now)"
  private static let thisChange = "coalesce(\(ours), \(newest))"

  /// Makes a change for a write of another program.
  ///
  /// SQLite's clock stands still while a statement runs: all rows of a statement, and all that go
  /// by cascade, find the change that the first of them made.
  private static let ensureChange = """
    INSERT INTO company_access_change (at, actor, origin, action, added, removed)
        SELECT strftime('%Y-%m-%d %H:%M:%f', 'now'), 'unknown', 'external', 'external', 0, 0
        WHERE \(ours) IS NULL AND NOT EXISTS (
          SELECT 1 FROM company_access_change WHERE id = \(newest)
            AND origin = 'external' AND action = 'external'
            AND at = strftime('%Y-%m-%d %H:%M:%f', 'now'));
    """

  private static let keepOld = """
    INSERT INTO company_access_history
        (id, user_id, company_id, created_at, modified_at, granted_change, ended_change)
        VALUES (OLD.id, OLD.user_id, OLD.company_id, OLD.created_at, OLD.modified_at,
          OLD.change_id, \(thisChange));
    """

  private var markNew: String {
    "UPDATE \(mapping.access.table) SET change_id = \(Schema.thisChange) WHERE id = NEW.id;"
  }

  private static func count(_ assignment: String) -> String {
    """
    UPDATE company_access_change SET \(assignment)
        WHERE \(ours) IS NULL AND id = \(newest);
    """
  }
}
