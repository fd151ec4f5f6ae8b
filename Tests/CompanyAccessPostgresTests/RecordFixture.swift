import Database
import DatabasePostgres
import TestSupport

@testable import CompanyAccess

/// A database of an application with the record, and sessions of its owner and of the application.
final class RecordFixture {
  let database: PostgresDatabase
  /// A session of a superuser, who owns the tables and is the desk.
  let owner: PostgresConnection
  let record: PostgresRecord

  static let companies = (1...7).map { "00000000-0000-0000-0000-00000000000\($0)" }
  static let mapping = SchemaMapping(
    name: "test",
    users: .init(
      table: "users", key: "id", username: "username", fullName: ["full_name"], role: .none,
      active: .flag("is_active")),
    companies: .init(
      table: "companies", key: "id", keys: .dashed, name: "name", active: .flag("is_active")),
    access: .init(table: "access"))

  /// Makes the tables as the application makes them, and the record.
  ///
  /// Foreign keys are checked at COMMIT where they shall be deferrable, as Django makes them. Nine users and
  /// two companies are there unless it shall be empty.
  init(isDeferrable: Bool = false, isRecorded: Bool = true, isFilled: Bool = true) throws {
    database = try PostgresDatabase()
    owner = try database.open()
    let later = isDeferrable ? "DEFERRABLE INITIALLY DEFERRED" : ""
    try owner.run(
      """
      GRANT ALL ON SCHEMA public TO app; SET ROLE app;
      CREATE TABLE users (id integer PRIMARY KEY, username varchar(80) NOT NULL, full_name text,
        is_active boolean NOT NULL DEFAULT TRUE, last_login timestamptz, profile json);
      CREATE TABLE companies (id uuid PRIMARY KEY, name text NOT NULL,
        is_active boolean NOT NULL DEFAULT TRUE);
      CREATE TABLE access (id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        user_id integer NOT NULL REFERENCES users ON DELETE CASCADE ON UPDATE CASCADE \(later),
        company_id uuid NOT NULL REFERENCES companies ON DELETE CASCADE \(later),
        created_at timestamptz NOT NULL DEFAULT now(), modified_at timestamptz NOT NULL DEFAULT now(),
        UNIQUE (user_id, company_id));
      CREATE INDEX ON access (company_id, user_id); RESET ROLE
      """)
    record = try PostgresRecord(Self.mapping, try owner.catalog())
    if isRecorded { try record.install(owner, owner: "record_owner") }
    if isFilled {
      try owner.run(
        """
        INSERT INTO users (id, username) SELECT g, 'u' || g FROM generate_series(1, 9) AS g;
        INSERT INTO companies (id, name) VALUES ('\(Self.companies[0])', 'A'), ('\(Self.companies[1])', 'B')
        """)
    }
  }

  /// A session of the application, which has no rights on the record.
  func application(_ name: String = "shop") throws -> PostgresConnection {
    var options = PostgresOptions()
    options.applicationName = name
    return try database.open(user: "app", options)
  }

  /// A session that writes as the desk does.
  func desk() throws -> PostgresConnection {
    let desk = try database.open()
    desk.beforeWriting = PostgresRecord.beforeWriting
    return desk
  }

  /// Grants one company, as the application does.
  static func grant(_ user: Int, _ company: Int = 0) -> String {
    "INSERT INTO access (user_id, company_id) VALUES (\(user), '\(companies[company])')"
  }

  // MARK: - What there is

  /// The newest change: its number, where it came from, and who made it.
  func newest() throws -> (number: Int64, origin: String, actor: String) {
    try owner.first(
      "SELECT id, origin, actor FROM company_access.change ORDER BY id DESC LIMIT 1"
    ) { ($0.integer(0), $0.text(1), $0.text(2)) } ?? (0, "", "")
  }

  /// Whether the record says of its newest change what the tables say, and holds together.
  func agrees() throws -> Bool {
    try Self.moment(try newest().number, owner) == Self.present(owner) && faults().isEmpty
  }

  /// What the tables of the application say now.
  static func present(_ session: any DatabaseSession) throws -> Set<String> {
    try lines(
      """
      SELECT 'user ' || id || ' ' || username || ' ' || coalesce(full_name, '-') || ' ' || is_active
      FROM users
      UNION ALL SELECT 'company ' || id || ' ' || name || ' ' || is_active FROM companies
      UNION ALL SELECT 'grant ' || user_id || ' ' || company_id FROM access
      """, session)
  }

  /// What the record says of a moment.
  static func moment(_ change: Int64, _ session: any DatabaseSession) throws -> Set<String> {
    let n = Value.integer(change)
    return try lines(
      """
      SELECT 'user ' || x.key || ' ' || x.name || ' ' || coalesce(x.full_name, '-') || ' ' || x.active
      FROM (\(states("user", ["name", "full_name", "active"], n))) AS x
      UNION ALL
      SELECT 'company ' || x.key || ' ' || x.name || ' ' || x.active
      FROM (\(states("company", ["name", "active"], n))) AS x
      UNION ALL
      SELECT 'grant ' || u.key || ' ' || k.key FROM (
        SELECT user_lifetime, company_lifetime FROM company_access.current_grant
        WHERE coalesce(began_change, 0) <= \(n)::bigint
        UNION ALL
        SELECT user_lifetime, company_lifetime FROM company_access.ended_grant
        WHERE coalesce(began_change, 0) <= \(n)::bigint AND ended_change > \(n)::bigint) AS g
      JOIN company_access.user_lifetime AS u ON u.lifetime = g.user_lifetime
      JOIN company_access.company_lifetime AS k ON k.lifetime = g.company_lifetime
      """, session)
  }

  /// What the record says of users, or of companies: the columns of a query.
  private static func states(_ kind: String, _ names: [String], _ n: Value) -> SQLRelation {
    func then(_ name: String) -> String {
      "CASE WHEN f.lifetime IS NULL THEN l.\(name) ELSE f.\(name) END"
    }
    let columns = SQLRelation(
      stringLiteral: (names.map { "\(then($0)) AS \($0)" }).joined(separator: ", "))
    let (lifetimes, former) = (
      SQLRelation(stringLiteral: "company_access.\(kind)_lifetime"),
      SQLRelation(stringLiteral: "company_access.former_\(kind)")
    )
    return """
      SELECT l.key, \(columns) FROM \(lifetimes) AS l
      LEFT JOIN LATERAL (SELECT * FROM \(former) AS w
        WHERE w.lifetime = l.lifetime AND w.ended_change > \(n)::bigint
        ORDER BY w.ended_change LIMIT 1) AS f ON TRUE
      WHERE coalesce(l.began_change, 0) <= \(n)::bigint
        AND (l.ended_change IS NULL OR l.ended_change > \(n)::bigint)
        AND \(SQLRelation(stringLiteral: then("present")))
      """
  }

  private static func lines(
    _ query: SQLStatement, _ session: any DatabaseSession
  ) throws -> Set<String> {
    let lines = try session.rows(query) { $0.text(0) }
    let set = Set(lines)
    return set.count == lines.count ? set : set.union(["a row twice"])
  }

  /// What must be true of the record alone; the names of what is not.
  func faults() throws -> [String] {
    let numbers: SQLRelation = """
      SELECT began_change AS n FROM company_access.user_lifetime
      UNION ALL SELECT ended_change FROM company_access.user_lifetime
      UNION ALL SELECT since_change FROM company_access.user_lifetime
      UNION ALL SELECT began_change FROM company_access.company_lifetime
      UNION ALL SELECT ended_change FROM company_access.company_lifetime
      UNION ALL SELECT since_change FROM company_access.company_lifetime
      UNION ALL SELECT began_change FROM company_access.former_user
      UNION ALL SELECT ended_change FROM company_access.former_user
      UNION ALL SELECT began_change FROM company_access.former_company
      UNION ALL SELECT ended_change FROM company_access.former_company
      UNION ALL SELECT began_change FROM company_access.current_grant
      UNION ALL SELECT began_change FROM company_access.ended_grant
      UNION ALL SELECT ended_change FROM company_access.ended_grant
      """
    let lives: SQLRelation = """
      SELECT lifetime, began_change, ended_change FROM company_access.user_lifetime
      UNION ALL SELECT lifetime, began_change, ended_change FROM company_access.company_lifetime
      """
    let grants: SQLRelation = """
      SELECT user_lifetime, company_lifetime FROM company_access.current_grant
      UNION ALL SELECT user_lifetime, company_lifetime FROM company_access.ended_grant
      """
    let commits: SQLRelation = """
      SELECT id, at, transaction, lag(at) OVER (ORDER BY id) AS at_before,
        pg_xact_commit_timestamp(transaction::xid) AS committed,
        lag(pg_xact_commit_timestamp(transaction::xid)) OVER (ORDER BY id) AS committed_before
      FROM company_access.change
      """
    let rules: [(String, SQLStatement)] = [
      (
        "a number that no change has",
        """
        SELECT count(*) FROM (\(numbers)) AS x
        WHERE n IS NOT NULL AND n NOT IN (SELECT id FROM company_access.change)
        """
      ),
      (
        "an end before its begin",
        "SELECT count(*) FROM (\(lives)) AS x WHERE ended_change < began_change"
      ),
      (
        "a grant of no length",
        "SELECT count(*) FROM company_access.ended_grant WHERE ended_change <= began_change"
      ),
      (
        "a grant of no lifetime",
        """
        SELECT count(*) FROM (\(grants)) AS g
        WHERE user_lifetime NOT IN (SELECT lifetime FROM company_access.user_lifetime)
          OR company_lifetime NOT IN (SELECT lifetime FROM company_access.company_lifetime)
        """
      ),
      (
        "a change out of the order of commits",
        "SELECT count(*) FROM (\(commits)) AS x WHERE committed < committed_before"
      ),
      ("a time that goes back", "SELECT count(*) FROM (\(commits)) AS x WHERE at < at_before"),
      (
        "two changes of one transaction",
        "SELECT count(*) - count(DISTINCT transaction) FROM company_access.change"
      ),
      (
        "a change above the last number",
        """
        SELECT count(*) FROM company_access.change
        WHERE id > (SELECT last_value FROM company_access.last_change)
        """
      ),
    ]
    return try rules.filter { try owner.count($0.1) != 0 }.map(\.0)
  }
}

extension PostgresConnection {
  /// Runs statements as the application does; the SQLSTATE of the error, "ok" for none.
  ///
  /// A transaction that has failed is rolled back.
  @discardableResult
  func attempt(_ script: String) -> String {
    do {
      try run(script)
      return "ok"
    } catch {
      if isOpen, !isAutocommit { try? run("ROLLBACK") }
      return error.state ?? "lost"
    }
  }
}
