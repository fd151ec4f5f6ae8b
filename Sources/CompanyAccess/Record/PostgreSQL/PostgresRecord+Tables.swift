internal import Database

extension PostgresRecord {
  /// The statements that make the schema and its tables.
  ///
  /// Every table has a primary key: a publication of all tables refuses to change a row of a table
  /// without one, and that would be the application's own COMMIT. No column is called `user`, which
  /// without quotes is the login.
  var tables: [String] {
    [
      "CREATE SCHEMA company_access",
      // The next number of a change. With a cache the order would be lost.
      "CREATE SEQUENCE company_access.change_number CACHE 1",
      // What every session sees at once and no rollback takes back; both are set under the lock:
      // the highest number that may be committed, and the transaction that holds it.
      "CREATE SEQUENCE company_access.last_change MINVALUE 0 START 0",
      "CREATE SEQUENCE company_access.last_transaction MINVALUE 0 START 0",
      // Always empty: it is locked by those who commit a change.
      "CREATE TABLE company_access.write_order (nothing integer PRIMARY KEY)",
      """
      CREATE TABLE company_access.change (
        id bigint PRIMARY KEY, transaction xid8 NOT NULL, at timestamptz NOT NULL, actor text NOT NULL,
        origin text NOT NULL, action text NOT NULL, reason text, ticket text, decided_at text,
        added bigint NOT NULL DEFAULT 0, removed bigint NOT NULL DEFAULT 0, undoes bigint)
      """,
    ] + kinds.flatMap(PostgresRecord.tables) + grantTables
  }

  private static func tables(of kind: Kind) -> [String] {
    let attributes = kind.attributes.map { "\($0.name) \($0.type.kept)" }.joined(separator: ", ")
    let (lifetimes, former, word) = (kind.lifetimes, kind.former, kind.word)
    return [
      """
      CREATE TABLE \(lifetimes) (
        lifetime bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, key \(kind.keyType.kept) NOT NULL,
        began_change bigint, ended_change bigint, since_change bigint, present boolean NOT NULL,
        continues bigint, created_at \(kind.createdType.kept), \(attributes))
      """,
      """
      CREATE TABLE \(former) (
        lifetime bigint, began_change bigint, ended_change bigint, present boolean NOT NULL, \(attributes),
        PRIMARY KEY (lifetime, ended_change))
      """,
      "CREATE UNIQUE INDEX \(word)_lifetime_open ON \(lifetimes) (key) WHERE ended_change IS NULL",
      "CREATE INDEX \(word)_lifetime_key ON \(lifetimes) (key, lifetime)",
      "CREATE INDEX \(word)_lifetime_name ON \(lifetimes) ((\(PostgresRecord.byName)), lifetime)",
      "CREATE INDEX \(word)_lifetime_began ON \(lifetimes) (began_change)",
      """
      CREATE INDEX \(word)_lifetime_ended ON \(lifetimes) (ended_change) WHERE ended_change IS NOT NULL
      """,
      "CREATE INDEX former_\(word)_ended ON \(former) (ended_change)",
      "CREATE INDEX former_\(word)_name ON \(former) ((\(PostgresRecord.byName)), lifetime)",
    ]
  }

  /// The name in the order of its bytes, which is the order of every list.
  private static let byName = "name::text COLLATE \"C\""

  private var grantTables: [String] {
    func time(_ column: SQLName?) -> String {
      ColumnType.time(column.flatMap { accessTable.types[$0.text] }).kept
    }
    let key = ColumnType(access.key.flatMap { accessTable.types[$0.text] }).kept
    return [
      """
      CREATE TABLE company_access.current_grant (
        user_lifetime bigint, company_lifetime bigint, began_change bigint,
        PRIMARY KEY (user_lifetime, company_lifetime))
      """,
      """
      CREATE INDEX current_grant_company
      ON company_access.current_grant (company_lifetime, user_lifetime, began_change)
      """,
      "CREATE INDEX current_grant_began ON company_access.current_grant (began_change)",
      """
      CREATE TABLE company_access.ended_grant (
        entry bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, user_lifetime bigint NOT NULL,
        company_lifetime bigint NOT NULL, began_change bigint, ended_change bigint NOT NULL,
        id \(key), created_at \(time(access.createdAt)),
        modified_at \(time(access.modifiedAt)), "row" jsonb)
      """,
      "CREATE INDEX ended_grant_ended ON company_access.ended_grant (ended_change)",
      // What a change granted is asked for change by change by seals and reports.
      "CREATE INDEX ended_grant_began ON company_access.ended_grant (began_change)",
      """
      CREATE INDEX ended_grant_user ON company_access.ended_grant (user_lifetime, company_lifetime)
      """,
      """
      CREATE INDEX ended_grant_company ON company_access.ended_grant (company_lifetime, user_lifetime)
      """,
      """
      CREATE TABLE company_access.row_image (
        entry bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, change bigint NOT NULL,
        kind text NOT NULL CHECK (kind IN ('user', 'company')), lifetime bigint NOT NULL, before text,
        after text)
      """,
      "CREATE INDEX row_image_change ON company_access.row_image (change)",
      "CREATE INDEX row_image_lifetime ON company_access.row_image (lifetime, kind)",
      "CREATE TABLE company_access.setting (key text COLLATE \"C\" PRIMARY KEY, value text)",
    ]
  }
}
