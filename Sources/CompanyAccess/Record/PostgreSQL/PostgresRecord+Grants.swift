internal import Database

/// The functions that keep grants.
extension PostgresRecord {
  /// The statements that make them.
  var grantFunctions: [String] {
    [
      function("grant_written()", returns: "trigger", written, isTrigger: true),
      function("grant_truncated()", returns: "trigger", truncated, isTrigger: true),
    ]
  }

  private var user: String { PostgresRecord.name(access.user) }
  private var company: String { PostgresRecord.name(access.company) }

  private var keptKey: String { ColumnType(access.key.flatMap { accessTable.types[$0.text] }).kept }

  /// The type in which a time is kept.
  private func kept(_ column: SQLName?) -> String {
    ColumnType.time(column.flatMap { accessTable.types[$0.text] }).kept
  }

  /// An expression: what a column of the access table says; NULL for none.
  func told(_ column: SQLName?, _ row: String) -> String {
    column.map { access.time("\(row).\(PostgresRecord.name($0))", in: $0) } ?? "NULL"
  }

  /// Whether a row is a grant: it has both keys, and counts.
  func countingCondition(_ row: String) -> String {
    let conditions = access.only + (access.live.map { [$0] } ?? [])
    return
      (["\(row).\(user) IS NOT NULL", "\(row).\(company) IS NOT NULL"]
      + (conditions.isEmpty ? [] : [PostgresRecord.condition(conditions, row)]))
      .joined(separator: " AND ")
  }

  /// A value as the text that PostgreSQL makes of it.
  static func text(_ value: Value) -> String {
    switch value {
    case .null: "NULL"
    case .integer(let number): "'\(number)'"
    case .real(let number): "'\(number)'"
    case .text(let text): SQLText.literal(text)
    case .blob(let bytes):
      "'\\x" + bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() + "'"
    }
  }

  /// The pair of a row of the application's table named x, as conditions.
  private func isPair(_ one: String, _ other: String) -> String {
    """
    \(users.keyType.comparable("x.\(user)")) = \(one) \
    AND \(companies.keyType.comparable("x.\(company)")) = \(other)
    """
  }

  private var written: String {
    let stands = SQLText.literal(" AS x WHERE \(isPair("$1", "$2")) AND \(countingCondition("x")))")
    let further = [
      ("id", access.key), ("created", access.createdAt), ("modified", access.modifiedAt),
    ]
    let reads = further.compactMap { name, column in
      column.map { _ in "old_\(name) := \(told(column, "OLD"));" }
    }.joined(separator: " ")
    let mayStand = access.isPairUnique ? "TG_OP = 'UPDATE' AND old_counts" : "old_counts"
    return """
      DECLARE n bigint; u bigint; k bigint; b bigint; taken boolean := FALSE; stood boolean;
        old_user \(users.keyType.kept); old_company \(companies.keyType.kept);
        new_user \(users.keyType.kept); new_company \(companies.keyType.kept);
        old_counts boolean := FALSE; new_counts boolean := FALSE; old_id \(keptKey);
        old_created \(kept(access.createdAt)); old_modified \(kept(access.modifiedAt));
      BEGIN
        BEGIN
          IF TG_OP <> 'INSERT' THEN
            old_user := OLD.\(user); old_company := OLD.\(company); old_counts := \(countingCondition("OLD"));
          END IF;
          IF TG_OP <> 'DELETE' THEN
            new_user := NEW.\(user); new_company := NEW.\(company); new_counts := \(countingCondition("NEW"));
          END IF;
          -- These come last: without them the pair is still recorded.
          IF TG_OP <> 'INSERT' THEN \(reads) END IF;
        EXCEPTION WHEN undefined_column OR data_exception OR datatype_mismatch OR cannot_coerce THEN
          NULL;
        END;
        IF NOT old_counts AND NOT new_counts THEN RETURN NULL; END IF;
        IF TG_OP = 'UPDATE' AND old_counts = new_counts AND old_user = new_user AND old_company = new_company
        THEN RETURN NULL; END IF;
        n := company_access.this_change();
        -- Another row may hold the old pair: after a swap by one statement, or where a pair has several.
        IF \(mayStand) THEN
          EXECUTE 'SELECT EXISTS (SELECT FROM ' || TG_RELID::regclass || \(stands)
            INTO taken USING old_user, old_company;
        END IF;
        IF old_counts AND NOT taken THEN
      \(ending)
        END IF;
        IF new_counts THEN
      \(beginning)
        END IF;
        RETURN NULL;
      END
      """
  }

  private var ending: String {
    """
        u := (SELECT l.lifetime FROM \(users.lifetimes) AS l WHERE l.key = old_user
          ORDER BY l.lifetime DESC LIMIT 1);
        k := (SELECT l.lifetime FROM \(companies.lifetimes) AS l WHERE l.key = old_company
          ORDER BY l.lifetime DESC LIMIT 1);
        DELETE FROM company_access.current_grant AS g
        WHERE g.user_lifetime = u AND g.company_lifetime = k RETURNING g.began_change INTO b;
        stood := FOUND;
        IF NOT stood THEN
          -- One to an earlier holder of a key still stood: the application has no foreign key.
          DELETE FROM company_access.current_grant AS g
          USING \(users.lifetimes) AS l, \(companies.lifetimes) AS m
          WHERE l.key = old_user AND m.key = old_company AND g.user_lifetime = l.lifetime
            AND g.company_lifetime = m.lifetime
          RETURNING g.user_lifetime, g.company_lifetime, g.began_change INTO u, k, b;
          stood := FOUND;
        END IF;
        -- Begun and ended in one transaction: no other saw it.
        IF stood AND b IS DISTINCT FROM n THEN
          INSERT INTO company_access.ended_grant
            (user_lifetime, company_lifetime, began_change, ended_change, id, created_at, modified_at)
          VALUES (u, k, b, n, old_id, old_created, old_modified);
        END IF;
    """
  }

  private var beginning: String {
    """
        u := (SELECT l.lifetime FROM \(users.lifetimes) AS l
          WHERE l.key = new_user AND l.ended_change IS NULL ORDER BY l.lifetime DESC LIMIT 1);
        k := (SELECT l.lifetime FROM \(companies.lifetimes) AS l
          WHERE l.key = new_company AND l.ended_change IS NULL ORDER BY l.lifetime DESC LIMIT 1);
        IF u IS NULL THEN u := company_access.open_user(new_user, n); END IF;
        IF k IS NULL THEN k := company_access.open_company(new_company, n); END IF;
        INSERT INTO company_access.current_grant (user_lifetime, company_lifetime, began_change)
        VALUES (u, k, n) ON CONFLICT DO NOTHING;
    """
  }

  /// TRUNCATE fires no row triggers; before it the rows are still there.
  private var truncated: String {
    let ended = "(user_lifetime, company_lifetime, began_change, ended_change"
    let columns = [
      ("id", access.key), ("created_at", access.createdAt), ("modified_at", access.modifiedAt),
    ].map { name, column in
      "CAST(\(told(column, "x")) AS \(name == "id" ? keptKey : kept(column))) AS \(name)"
    }.joined(separator: ", ")
    let rows = SQLText.literal(
      """
       AS x WHERE \(isPair("u.key", "k.key")) AND \(countingCondition("x")) LIMIT 1) AS x ON TRUE \
      WHERE g.began_change IS DISTINCT FROM $1
      """)
    let from = SQLText.literal(
      """
      INSERT INTO company_access.ended_grant \(ended), id, created_at, modified_at) \
      SELECT g.user_lifetime, g.company_lifetime, g.began_change, $1, x.id, x.created_at, x.modified_at \
      FROM company_access.current_grant AS g \
      JOIN \(users.lifetimes) AS u ON u.lifetime = g.user_lifetime \
      JOIN \(companies.lifetimes) AS k ON k.lifetime = g.company_lifetime \
      LEFT JOIN LATERAL (SELECT \(columns) FROM\u{20}
      """)
    return """
      DECLARE n bigint;
      BEGIN
        PERFORM company_access.refuse_old_snapshot();
        IF NOT EXISTS (SELECT FROM company_access.current_grant) THEN RETURN NULL; END IF;
        n := company_access.this_change();
        BEGIN
          EXECUTE \(from) || TG_RELID::regclass || \(rows) USING n;
        EXCEPTION WHEN undefined_column OR data_exception OR datatype_mismatch OR cannot_coerce THEN
          INSERT INTO company_access.ended_grant \(ended))
          SELECT g.user_lifetime, g.company_lifetime, g.began_change, n
          FROM company_access.current_grant AS g WHERE g.began_change IS DISTINCT FROM n;
        END;
        DELETE FROM company_access.current_grant;
        RETURN NULL;
      END
      """
  }
}
