internal import Database

/// The triggers that keep the record of users, companies and grants, for every program that writes.
///
/// They stand what other programs do to the file, which is why they are written as they are:
///
/// - each names its own table and the tables of the record only, so that the application can rebuild
///   any other table;
/// - values and existence are read from the table, not from NEW and OLD: a trigger of the application
///   may have run before;
/// - a NULL key is let through and not recorded;
/// - a key that changes ends one lifetime and begins another;
/// - `key = NEW.id` goes by the type and the collation of the application's key;
/// - they use no `OF` list, no conflict clause, no JSON, no function of this program, and no syntax
///   that is newer than SQLite 3.8.2, because the application's own library runs them.
extension Schema {
  /// The triggers on the access table.
  var grantTriggers: [Item] { [grantInserted, grantReplaced, grantDeleted, grantMoved] }

  // MARK: - Grants

  /// The usual new grant: its user and its company are known, and it is not on the record.
  var grantInserted: Item {
    trigger(
      "company_access_grant_inserted", "AFTER INSERT", access.table,
      when:
        "\(counts("NEW")) AND \(isKnown) AND NOT EXISTS (SELECT 1 FROM \(ofPair("NEW")))",
      [Schema.ensureChange, began])
  }

  /// A new grant of one who is not known yet, or one that took the place of another (`REPLACE`).
  ///
  /// What the trigger of usual grants has begun, if it ran before, has begun with this change.
  var grantReplaced: Item {
    // Where a pair may have several rows, another one replaces nothing.
    let replaces =
      access.isPairUnique
      ? """
       OR EXISTS (SELECT 1 FROM \(ofPair("NEW")) AND g.began_change IS NOT \(Schema.openChange))
      """ : ""
    return trigger(
      "company_access_grant_replaced", "AFTER INSERT", access.table,
      when: "\(counts("NEW")) AND (NOT (\(isKnown))\(replaces))",
      [Schema.ensureChange] + begins)
  }

  /// A grant that goes.
  var grantDeleted: Item {
    trigger(
      "company_access_grant_deleted", "AFTER DELETE", access.table,
      when: "\(counts("OLD")) AND NOT \(stands("OLD"))", [Schema.ensureChange] + ended)
  }

  /// A grant whose user or company is overwritten, or whose row begins or ceases to count.
  var grantMoved: Item {
    let columns = SQLName.distinct(
      [access.user, access.company] + (access.only.map(\.column))
        + (access.live.map { [$0.column] } ?? []))
    let differs = columns.map { "OLD.\($0) IS NOT NEW.\($0)" }.joined(separator: " OR ")
    let matters = "(\(counts("OLD")) OR \(counts("NEW")))"
    return trigger(
      "company_access_grant_moved", "AFTER UPDATE", access.table,
      when: access.counting("OLD").isEmpty ? differs : "(\(differs)) AND \(matters)",
      [Schema.ensureChange] + ended + begins)
  }

  private var access: SchemaMapping.Access { mapping.access.withoutIndexes }

  /// Whether a row is a grant: it has both keys, and counts.
  private func counts(_ row: String) -> String {
    ([access.user, access.company].map { "\(row).\($0) IS NOT NULL" } + access.counting(row))
      .joined(separator: " AND ")
  }

  private func key(_ kind: RecordedKind, _ row: String) -> String {
    "\(row).\(kind.kind == .user ? access.user : access.company)"
  }

  private var users: RecordedKind { RecordedKind(users: mapping) }
  private var companies: RecordedKind { RecordedKind(companies: mapping) }

  /// Whether both keys of a new row have a lifetime.
  private var isKnown: String {
    [users, companies].map { kind in
      "EXISTS (SELECT 1 FROM \(kind.lifetimes) WHERE key = \(key(kind, "NEW")) AND ended_change IS NULL)"
    }.joined(separator: " AND ")
  }

  /// What stands on the record for the pair of a row, of any holders of its keys.
  private func ofPair(_ row: String) -> String {
    """
    \(users.lifetimes) AS u CROSS JOIN \(companies.lifetimes) AS k
          CROSS JOIN \(RecordTable.currentGrant) AS g
          WHERE u.key = \(key(users, row)) AND k.key = \(key(companies, row))
            AND g.user_lifetime = u.lifetime AND g.company_lifetime = k.lifetime
    """
  }

  /// Whether the table has a row for the pair of a row.
  private func stands(_ row: String) -> String {
    access.stands(user: key(users, row), company: key(companies, row))
  }

  /// Ends what the record has of the pair of a row, where a condition holds.
  ///
  /// At most one grant of a pair stands: what stood before is ended where another one begins. `IN` would
  /// make a table of its own for each row.
  private func end(_ row: String, where isGone: String, _ columns: String, _ values: String)
    -> [String]
  {
    [
      """
      INSERT INTO \(RecordTable.endedGrant)
          (user_lifetime, company_lifetime, began_change, ended_change\(columns))
          SELECT g.user_lifetime, g.company_lifetime, g.began_change, \(Schema.thisChange)\(values)
          FROM \(ofPair(row)) AND \(isGone) LIMIT 1;
      """,
      """
      DELETE FROM \(RecordTable.currentGrant)
          WHERE user_lifetime = (SELECT g.user_lifetime FROM \(ofPair(row)) LIMIT 1)
            AND company_lifetime = (SELECT g.company_lifetime FROM \(ofPair(row)) LIMIT 1)
            AND \(isGone);
      """,
    ]
  }

  private var ended: [String] {
    let columns = [access.key, access.createdAt, access.modifiedAt]
    return end(
      "OLD", where: "NOT \(stands("OLD"))", ", id, created_at, modified_at",
      columns.map { ", \($0.map { "OLD.\($0)" } ?? "NULL")" }.joined())
  }

  /// Begins a grant; where a pair may have several rows, the first of them does.
  private var began: String {
    let isFirst =
      access.isPairUnique ? "" : "\n      AND NOT EXISTS (SELECT 1 FROM \(ofPair("NEW")))"
    return """
      INSERT INTO \(RecordTable.currentGrant) (user_lifetime, company_lifetime, began_change)
          SELECT u.lifetime, k.lifetime, \(Schema.thisChange)
          FROM \(users.lifetimes) AS u CROSS JOIN \(companies.lifetimes) AS k
          WHERE u.key = \(key(users, "NEW")) AND u.ended_change IS NULL
            AND k.key = \(key(companies, "NEW")) AND k.ended_change IS NULL
            AND \(stands("NEW"))\(isFirst);
      """
  }

  private var begins: [String] {
    let unborn = [users, companies].map { kind in
      let key = key(kind, "NEW")
      return """
        INSERT INTO \(kind.lifetimes) (key, began_change, since_change, present)
            SELECT \(key), \(Schema.thisChange), \(Schema.thisChange), 0
            WHERE \(key) IS NOT NULL AND \(stands("NEW")) AND NOT EXISTS (
              SELECT 1 FROM \(kind.lifetimes) WHERE key = \(key) AND ended_change IS NULL);
        """
    }
    let replaced = access.isPairUnique ? end("NEW", where: stands("NEW"), "", "") : []
    return unborn + replaced + [began]
  }

  // MARK: - Users and companies

  static func triggers(of kind: RecordedKind) -> [Item] {
    let prefix = "company_access_\(kind.kind.rawValue)_"
    let (old, new) = ("OLD.\(kind.key)", "NEW.\(kind.key)")
    // Without the collation a change of case is none where the column does not tell cases apart.
    let watched = SQLName.distinct(kind.attributes.map(\.column) + kind.only.map(\.column))
    let differs = watched.map { "OLD.\($0) COLLATE BINARY IS NOT NEW.\($0)" }
      .joined(separator: " OR ")
    func item(_ name: String, _ event: String, when condition: String, _ body: [String]) -> Item {
      trigger(SQLName(stringLiteral: prefix + name), event, kind.table, when: condition, body)
    }
    // A row that says something else than what makes it a user or company leaves the record.
    let left = kind.only.isEmpty ? [] : [leftRow(kind, "NEW")]
    return [
      item(
        "inserted", "AFTER INSERT",
        when: "\(new) IS NOT NULL AND NOT \(isOpen(kind)) AND \(isThere(kind, "NEW"))",
        [ensureChange, came(kind)]),
      item(
        "replaced", "AFTER INSERT",
        when: "\(new) IS NOT NULL AND \(isOpen(kind, otherThanNew: true))",
        [ensureChange] + left + tookRow(kind)),
      item(
        "edited", "AFTER UPDATE",
        when: "\(old) IS \(new) AND \(new) IS NOT NULL AND (\(differs))\(either(kind))",
        [ensureChange] + left + tookRow(kind)),
      item(
        "rekeyed", "AFTER UPDATE", when: "\(old) IS NOT \(new)\(either(kind))",
        [ensureChange, leftRow(kind, "OLD")] + tookRow(kind)),
      item(
        "deleted", "AFTER DELETE",
        when: (["\(old) IS NOT NULL"] + kind.only.map { $0.condition("OLD") })
          .joined(separator: " AND "),
        [ensureChange, leftRow(kind, "OLD")]),
    ]
  }

  /// Conditions for an UPDATE, after others: the row counts before it or after it.
  private static func either(_ kind: RecordedKind) -> String {
    guard !kind.only.isEmpty else { return "" }
    let sides = ["OLD", "NEW"].map { SchemaMapping.condition(kind.only, $0) }
    return " AND (\(sides.joined(separator: " OR ")))"
  }

  private static func isThere(_ kind: RecordedKind, _ row: String) -> String {
    let conditions =
      ["\(kind.key) = \(row).\(kind.key)"] + kind.only.map { $0.condition("\(kind.table)") }
    return "EXISTS (SELECT 1 FROM \(kind.table) WHERE \(conditions.joined(separator: " AND ")))"
  }

  /// Whether the key of a new row has a lifetime, or one whose attributes are not those of the row.
  private static func isOpen(_ kind: RecordedKind, otherThanNew: Bool = false) -> String {
    let differs = kind.attributes.map { "\($0.name) COLLATE BINARY IS NOT NEW.\($0.column)" }
    let left = kind.only.isEmpty ? [] : ["NOT (\(SchemaMapping.condition(kind.only, "NEW")))"]
    let other = (["present = 0"] + left + differs).joined(separator: " OR ")
    let filter = otherThanNew ? " AND (\(other))" : ""
    return """
      EXISTS (SELECT 1 FROM \(kind.lifetimes)
          WHERE key = NEW.\(kind.key) AND ended_change IS NULL\(filter))
      """
  }

  /// Begins the lifetime of the usual new row, whose key has none.
  ///
  /// Its attributes are those of NEW: had a trigger of the application changed them, then the trigger
  /// of edits would have begun the lifetime. It does not look at `created_at`. `VALUES` spares the
  /// table in which SQLite would hold the rows of a query.
  private static func came(_ kind: RecordedKind) -> String {
    let createdAt =
      kind.createdAt.map {
        "(SELECT \($0) FROM \(kind.table) WHERE \(kind.key) = NEW.\(kind.key))"
      } ?? "NULL"
    let values = kind.attributes.map { "NEW.\($0.column)" }.joined(separator: ", ")
    return """
      INSERT INTO \(kind.lifetimes)
          (key, began_change, since_change, present, created_at, \(kind.list()))
          VALUES (NEW.\(kind.key), \(thisChange), \(thisChange), 1, \(createdAt),
            \(values));
      """
  }

  /// Takes what the row of a key says now onto the record: as an edit of its lifetime, or as a new one.
  private static func tookRow(_ kind: RecordedKind) -> [String] {
    let new = "NEW.\(kind.key)"
    let columns = kind.attributes.map { "t.\($0.column)" }.joined(separator: ", ")
    let assignments = kind.attributes.map {
      "\($0.name) = (SELECT \($0.column) FROM \(kind.table) WHERE \(kind.key) = \(new))"
    }.joined(separator: ",\n      ")
    let createdAt = kind.createdAt.map { "t.\($0)" } ?? "NULL"
    return [
      """
      INSERT INTO \(kind.former) (lifetime, began_change, ended_change, present, \(kind.list()))
          SELECT lifetime, since_change, \(thisChange), present, \(kind.list())
          FROM \(kind.lifetimes) WHERE key = \(new) AND ended_change IS NULL
            AND since_change IS NOT \(thisChange) AND \(isThere(kind, "NEW"));
      """,
      """
      UPDATE \(kind.lifetimes) SET since_change = \(thisChange), present = 1,
            \(assignments)
          WHERE key = \(new) AND ended_change IS NULL AND \(isThere(kind, "NEW"));
      """,
      """
      INSERT INTO \(kind.lifetimes)
          (key, began_change, since_change, present, created_at, \(kind.list()))
          SELECT t.\(kind.key), \(thisChange), \(thisChange), 1, \(createdAt), \(columns)
          FROM \(kind.rows("t")) WHERE t.\(kind.key) = \(new)
            AND NOT EXISTS (SELECT 1 FROM \(kind.lifetimes)
              WHERE key = \(new) AND ended_change IS NULL);
      """,
    ]
  }

  /// Ends the lifetime of a key whose row is not there any more.
  private static func leftRow(_ kind: RecordedKind, _ row: String) -> String {
    """
    UPDATE \(kind.lifetimes) SET ended_change = \(thisChange)
        WHERE key = \(row).\(kind.key) AND ended_change IS NULL AND NOT \(isThere(kind, row));
    """
  }

  // MARK: - Changes

  private func trigger(
    _ name: SQLName, _ event: String, _ table: SQLName, when condition: String, _ body: [String]
  ) -> Item {
    Schema.trigger(name, event, table, when: condition, body)
  }

  private static func trigger(
    _ name: SQLName, _ event: String, _ table: SQLName, when condition: String, _ body: [String]
  ) -> Item {
    let statements = body.map { "  \($0)" }.joined(separator: "\n")
    return Item(
      kind: .trigger, name: name,
      sql: """
        CREATE TRIGGER \(name) \(event) ON \(table) WHEN \(condition)
        BEGIN
        \(statements)
        END
        """)
  }

  private static let newest = "(SELECT max(id) FROM \(RecordTable.change))"
  /// The time of SQLite's clock, which stands still while a statement runs.
  ///
  /// A number is made and compared at a third of the cost of a text.
  private static let time = "julianday('now')"
  /// The change of this program, or else the one that `ensureChange` made or found.
  ///
  /// The newest one stands in where the row of `now` has been deleted.
  private static let thisChange = """
    coalesce((SELECT coalesce(change_id, external_change) FROM \(RecordTable.now)), \(newest))
    """
  /// The change that is open before `ensureChange` has made one: -1 for none.
  private static let openChange = """
    coalesce((SELECT coalesce(change_id,
          CASE WHEN external_day = \(time) THEN external_change END)
          FROM \(RecordTable.now)), -1)
    """

  /// Makes a change for a write of another program.
  ///
  /// All rows of a statement, and all that go by cascade, find the change that the first of them made,
  /// because the clock stands still. `now` knows it, so that the table of changes is not read for each
  /// row: SQLite would first write what a query finds in it into a table of its own. What the change
  /// began and ended is counted when it is read.
  private static let ensureChange = """
    INSERT INTO \(RecordTable.change) (at, actor, origin, action, added, removed)
        SELECT strftime('%Y-%m-%d %H:%M:%f', 'now'), 'unknown', 'external', 'external', 0, 0
        WHERE (SELECT change_id FROM \(RecordTable.now)) IS NULL
          AND (SELECT external_day FROM \(RecordTable.now)) IS NOT \(time);
      UPDATE \(RecordTable.now) SET external_change = \(newest), external_day = \(time)
        WHERE change_id IS NULL AND external_day IS NOT \(time);
    """
}
