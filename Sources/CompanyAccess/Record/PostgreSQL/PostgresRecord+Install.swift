internal import Database

extension PostgresRecord {
  /// Everything that makes the record, in order.
  ///
  /// - Parameter owner: The role that shall own it: one that may read the application's three
  ///   tables, and nothing else, so that the triggers cannot do more. Nil for the login itself.
  /// - Returns: The statements.
  func statements(owner: SQLName? = nil) -> [String] {
    tables + functions + filling + rights(owner) + triggers
  }

  /// The functions that the triggers call.
  var functions: [String] {
    changeFunctions + kinds.flatMap(entityFunctions) + grantFunctions
  }

  /// Makes the record in a database whose tables the application has already, in one transaction.
  ///
  /// The application's writes wait until it has ended, its readings do not.
  ///
  /// - Parameters:
  ///   - session: A session of the owner of the tables, or of a superuser.
  ///   - owner: The role that shall own the record; nil for the login.
  /// - Throws: What the database answers; nothing is made then. `busy` where the application holds
  ///   a lock for longer than a second.
  func install(_ session: any DatabaseSession, owner: SQLName? = nil) throws {
    try session.inTransaction { try make(session, owner: owner) }
  }

  /// Makes the record in the transaction that is open.
  ///
  /// - Parameters:
  ///   - session: As for `install`.
  ///   - owner: The role that shall own the record; nil for the login.
  ///   - fill: Fills the tables while there is no trigger, not even the one that numbers changes; nil to
  ///     write down what stands in the application's tables.
  /// - Throws: As `install`.
  func make(
    _ session: any DatabaseSession, owner: SQLName? = nil, filledBy fill: (() throws -> Void)? = nil
  ) throws {
    func run(_ statements: [String]) throws {
      for statement in statements {
        try session.execute(SQLStatement(stringLiteral: statement))
      }
    }
    try session.execute("SET LOCAL lock_timeout = '1s'")
    // A lock needs no snapshot: what was committed while it was waited for is seen.
    let locked = [users.table, companies.table, accessTable].map(\.sql).joined(separator: ", ")
    try session.execute(
      SQLStatement(stringLiteral: "LOCK TABLE \(locked) IN SHARE ROW EXCLUSIVE MODE"))
    try run(tables)
    try fill?()
    try run(functions + (fill == nil ? filling : []) + rights(owner) + triggers)
  }

  /// The statements that every transaction of this program which writes begins with.
  ///
  /// It waits for its turn, and then gives way: an application that holds a row and commits waits
  /// for the turn itself.
  static let beforeWriting: [SQLStatement] = [
    "SET LOCAL lock_timeout = '5s'",
    "LOCK TABLE company_access.write_order IN EXCLUSIVE MODE",
    "SET LOCAL lock_timeout = '100ms'",
  ]

  /// Begins a change of this program; the transaction has begun with `beforeWriting`.
  ///
  /// - Returns: Its number.
  static func beginChange(
    _ session: any DatabaseSession, actor: String, origin: String, action: String,
    reason: String? = nil, ticket: String? = nil, decidedAt: String? = nil
  ) throws -> Int64 {
    try session.first(
      """
      SELECT company_access.begin_change(
        \(Value.text(actor)), \(Value.text(origin)), \(Value.text(action)),
        \(Value.optional(reason)), \(Value.optional(ticket)), \(Value.optional(decidedAt)))
      """
    ) { $0.integer(0) } ?? 0
  }

  /// What stands in the application's tables as the record begins: it was there before, so it has
  /// no change.
  var filling: [String] {
    kinds.map { "\(filling($0)) ORDER BY x.\($0.keyColumn)" } + grantFilling()
  }

  /// A statement that writes down the rows of a kind, each as a lifetime.
  ///
  /// - Parameters:
  ///   - kind: The kind.
  ///   - condition: Which rows, named x, as the end of a condition; empty for all.
  /// - Returns: The statement, without an order.
  func filling(_ kind: Kind, where condition: String = "") -> String {
    let columns = kind.attributes.map { ", x.\($0.column)" }.joined()
    let time = kind.createdAt.map { "x.\(PostgresRecord.name($0))" } ?? "NULL"
    return """
      INSERT INTO \(kind.lifetimes) (key, present, created_at, \(kind.list()))
      SELECT x.\(kind.keyColumn), TRUE, \(time)\(columns) FROM \(kind.table.sql) AS x
      WHERE x.\(kind.keyColumn) IS NOT NULL\(kind.isOne("x", after: " AND"))\(condition)
      """
  }

  /// Statements that write down the grants, and before them users and companies that are not there: their
  /// lifetimes are not present.
  ///
  /// - Parameter condition: Which rows of the access table, named x, as the end of a condition.
  /// - Returns: The statements.
  func grantFilling(where condition: String = "") -> [String] {
    let rows = "\(countingCondition("x"))\(condition)"
    let missing = [(users, access.user), (companies, access.company)].map { kind, column in
      """
      INSERT INTO \(kind.lifetimes) (key, present)
      SELECT DISTINCT \(comparable(kind, column)), FALSE FROM \(accessTable.sql) AS x
      WHERE \(rows) ON CONFLICT DO NOTHING
      """
    }
    return missing + [
      """
      INSERT INTO company_access.current_grant (user_lifetime, company_lifetime)
      SELECT u.lifetime, k.lifetime FROM \(accessTable.sql) AS x
      JOIN \(users.lifetimes) AS u ON u.key = \(comparable(users, access.user))
      JOIN \(companies.lifetimes) AS k ON k.key = \(comparable(companies, access.company))
      WHERE \(rows) ON CONFLICT DO NOTHING
      """
    ]
  }

  func comparable(_ kind: Kind, _ column: SQLName) -> String {
    kind.keyType.comparable("x.\(PostgresRecord.name(column))")
  }

  func rights(_ owner: SQLName?) -> [String] {
    let revoking = ["REVOKE ALL ON ALL FUNCTIONS IN SCHEMA company_access FROM PUBLIC"]
    guard let owner else { return revoking }
    let schemas = Set([users.table, companies.table, accessTable].map(\.schema)).sorted()
    let tables = [users.table, companies.table, accessTable].map(\.sql).joined(separator: ", ")
    return schemas.map { "GRANT USAGE ON SCHEMA \(SQLName(foreign: $0)) TO \(owner)" } + [
      "GRANT SELECT ON \(tables) TO \(owner)",
      """
      DO $body$
      DECLARE item record;
      BEGIN
        FOR item IN
          SELECT format('ALTER TABLE %s OWNER TO \(owner)', c.oid::regclass) AS change
          FROM pg_class AS c WHERE c.relnamespace = 'company_access'::regnamespace AND c.relkind = 'r'
          UNION ALL
          SELECT format('ALTER SEQUENCE %s OWNER TO \(owner)', c.oid::regclass)
          FROM pg_class AS c WHERE c.relnamespace = 'company_access'::regnamespace AND c.relkind = 'S'
            AND NOT EXISTS (SELECT FROM pg_depend AS d WHERE d.objid = c.oid AND d.deptype = 'i')
          UNION ALL
          SELECT format('ALTER FUNCTION %s OWNER TO \(owner)', p.oid::regprocedure)
          FROM pg_proc AS p WHERE p.pronamespace = 'company_access'::regnamespace
        LOOP
          EXECUTE item.change;
        END LOOP;
      END
      $body$
      """,
      "ALTER SCHEMA company_access OWNER TO \(owner)",
    ] + revoking
  }
}

// MARK: - Large writes

extension PostgresRecord {
  /// Runs statements that write the access table and the record at once; the triggers on grants do
  /// nothing meanwhile.
  static func withoutTriggers(_ session: any DatabaseSession, _ body: () throws -> Void) throws {
    _ = try session.count(
      """
      SELECT length(set_config('company_access.skip', pg_current_xact_id()::text, TRUE))
      """)
    try body()
    _ = try session.count("SELECT length(set_config('company_access.skip', '', TRUE))")
  }

  /// A statement that adds pairs to the table and to the record.
  ///
  /// - Parameters:
  ///   - pairs: A query for the two columns of the access table.
  ///   - change: The change.
  /// - Returns: The statement; it takes pairs that are not there.
  func adding(_ pairs: SQLStatement, _ change: Int64) -> SQLStatement {
    let columns = "\(PostgresRecord.name(access.user)), \(PostgresRecord.name(access.company))"
    let made = (newKey.map { [($0.column, $0.value)] } ?? []) + newTimes
    let insert = SQLStatement(
      stringLiteral: """
        WITH x AS (INSERT INTO \(accessTable.sql) (\((made.map(\.0) + [columns]).joined(separator: ", "))) \
        SELECT \((made.map(\.1) + ["p.*"]).joined(separator: ", ")) FROM (
        """)
    let rest = SQLStatement(
      stringLiteral: """
        ) AS p RETURNING \(columns))
        INSERT INTO company_access.current_grant (user_lifetime, company_lifetime, began_change)
        SELECT u.lifetime, k.lifetime,
        """)
    let joins = SQLStatement(
      stringLiteral: """
         FROM x
        JOIN \(users.lifetimes) AS u ON u.key = \(comparable(users, access.user)) AND u.ended_change IS NULL
        JOIN \(companies.lifetimes) AS k ON k.key = \(comparable(companies, access.company))
          AND k.ended_change IS NULL
        """)
    return "\(insert)\(pairs)\(rest) \(Value.integer(change))::bigint\(joins)"
  }

  /// A statement, in the notation of SQLite, that puts grants which have ended into the table again, as
  /// they were, and on the record.
  ///
  /// - Parameters:
  ///   - condition: Which ended grants, named h.
  ///   - change: The change.
  /// - Returns: The statement.
  func restoring(_ condition: String, _ change: Int64) -> String {
    func name(_ column: SQLName) -> String { PostgresRecord.name(column) }
    var columns = [(name(access.user), "hu.key"), (name(access.company), "hk.key")]
    if let key = access.key.map(name) {
      let isTaken = "EXISTS (SELECT 1 FROM \(accessTable.sql) AS o WHERE o.\(key) = h.id)"
      let new = newKey?.value ?? "h.id"
      columns.append((key, "CASE WHEN h.id IS NULL OR \(isTaken) THEN \(new) ELSE h.id END"))
    }
    for (column, kept) in [(access.createdAt, "created_at"), (access.modifiedAt, "modified_at")] {
      if let column { columns.append((name(column), "coalesce(h.\(kept), now())")) }
    }
    let pair = "\(name(access.user)), \(name(access.company))"
    return """
      WITH x AS (
        INSERT INTO \(accessTable.sql) (\(columns.map(\.0).joined(separator: ", ")))
        SELECT \(columns.map(\.1).joined(separator: ", ")) FROM company_access.ended_grant AS h
        JOIN \(users.lifetimes) AS hu ON hu.lifetime = h.user_lifetime
        JOIN \(companies.lifetimes) AS hk ON hk.lifetime = h.company_lifetime
        WHERE \(condition) RETURNING \(pair))
      INSERT INTO company_access.current_grant (user_lifetime, company_lifetime, began_change)
      SELECT u.lifetime, k.lifetime, \(change) FROM x
      JOIN \(users.lifetimes) AS u ON u.key = \(comparable(users, access.user))
        AND u.ended_change IS NULL
      JOIN \(companies.lifetimes) AS k ON k.key = \(comparable(companies, access.company))
        AND k.ended_change IS NULL
      """
  }

  /// The key of a new row of the access table, where the table gives it none by itself.
  var newKey: (column: String, value: String)? {
    guard let key = access.key else { return nil }
    let name = PostgresRecord.name(key)
    if let value = access.keys.newOnServer { return (name, value) }
    guard access.keys.form == .integer, !filled.contains(key.text) else { return nil }
    let greatest = "(SELECT coalesce(max(o.\(name)), 0) FROM \(accessTable.sql) AS o)"
    return (name, "\(greatest) + row_number() OVER ()")
  }

  /// The times of a new row, where the table gives it none by itself.
  private var newTimes: [(String, String)] {
    [access.createdAt, access.modifiedAt].compactMap(\.self)
      .filter { !filled.contains($0.text) }.map { (PostgresRecord.name($0), "now()") }
  }

  /// A statement that takes pairs from the table, and ends them on the record.
  ///
  /// - Parameters:
  ///   - condition: Which rows of the access table, named x.
  ///   - change: The change.
  /// - Returns: The statement.
  func removing(_ condition: SQLCondition, _ change: Int64) -> SQLStatement {
    let columns = [access.key, access.createdAt, access.modifiedAt].map { told($0, "removed") }
    let named = zip(columns, ["id", "created_at", "modified_at"]).map { "\($0) AS \($1)" }
    let start = SQLStatement(
      stringLiteral: "WITH removed AS (DELETE FROM \(accessTable.sql) AS x WHERE ")
    func key(_ kind: Kind, _ column: SQLName) -> String {
      kind.keyType.comparable("removed.\(PostgresRecord.name(column))")
    }
    let middle = SQLStatement(
      stringLiteral: """
         RETURNING x.*),
        ended AS (DELETE FROM company_access.current_grant AS g
          USING removed, \(users.lifetimes) AS u, \(companies.lifetimes) AS k
          WHERE u.key = \(key(users, access.user)) AND k.key = \(key(companies, access.company))
            AND g.user_lifetime = u.lifetime AND g.company_lifetime = k.lifetime
          RETURNING g.user_lifetime, g.company_lifetime, g.began_change, \(named.joined(separator: ", ")))
        INSERT INTO company_access.ended_grant
          (user_lifetime, company_lifetime, began_change, ended_change, id, created_at, modified_at)
        SELECT user_lifetime, company_lifetime, began_change,
        """)
    return
      "\(start)\(condition)\(middle) \(Value.integer(change))::bigint, id, created_at, modified_at FROM ended"
  }
}
