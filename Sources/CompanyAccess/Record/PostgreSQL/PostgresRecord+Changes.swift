internal import Database

/// How changes get numbers that grow in the order of their commits.
///
/// - A change of another program takes a preliminary number with its first row, without a lock, so
///   that an application that idles in a transaction holds no other up. At its COMMIT a deferred
///   trigger locks `write_order`; if a higher number may have been committed meanwhile, the change
///   gets a new one, and so do the rows that carry it.
/// - A change of this program locks `write_order` before its snapshot, and its number is final.
/// - The setting `company_access.change` is the number of the change of this transaction. It is not
///   believed but checked: it counts only if this very transaction made that change.
/// - The setting `company_access.skip` is the number of this transaction while a statement of this
///   program writes table and record at once; the triggers on grants then do nothing. One marker
///   would not do: the second row of another program's transaction finds the first one set, too.
extension PostgresRecord {
  /// The statements that make the functions about changes.
  var changeFunctions: [String] {
    [
      function("this_change()", returns: "bigint", PostgresRecord.thisChange),
      function("settle_change()", returns: "trigger", settleChange, isTrigger: true),
      """
      CREATE CONSTRAINT TRIGGER settle AFTER INSERT ON company_access.change
      DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.origin = 'external')
      EXECUTE FUNCTION company_access.settle_change()
      """,
      // Else replication would leave preliminary numbers behind.
      "ALTER TABLE company_access.change ENABLE ALWAYS TRIGGER settle",
      function(
        "begin_change(by text, through text, doing text, because text, of_ticket text, decided text)",
        returns: "bigint", PostgresRecord.beginChange),
      function("refuse_old_snapshot()", returns: "void", PostgresRecord.refuseOldSnapshot),
      PostgresRecord.finds, PostgresRecord.minute,
    ]
  }

  /// A statement that makes a function in PL/pgSQL.
  ///
  /// A trigger function runs with the rights of its owner, so that the application needs none, and
  /// with a fixed path, so that no role puts another table in its way.
  func function(
    _ signature: String, returns type: String, _ body: String, isTrigger: Bool = false
  ) -> String {
    """
    CREATE FUNCTION company_access.\(signature) RETURNS \(type) LANGUAGE plpgsql
    \(isTrigger ? "SECURITY DEFINER " : "")SET search_path = pg_catalog, pg_temp AS $body$
    \(body)
    $body$
    """
  }

  /// Whether each of some words, which are folded, is found in one of some texts.
  private static let finds = """
    CREATE FUNCTION company_access.finds(words text, VARIADIC places text[]) RETURNS boolean
    LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $body$
      SELECT coalesce(bool_and(EXISTS (SELECT FROM unnest(places) AS p
        WHERE strpos(lower(regexp_replace(normalize(p, NFD), '[\\u0300-\\u036f]', '', 'g')), w) > 0)), FALSE)
      FROM unnest(string_to_array(words, ' ')) AS w
    $body$
    """

  /// A time as lists show it.
  private static let minute = """
    CREATE FUNCTION company_access.minute(moment timestamptz) RETURNS text
    LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $body$
      SELECT to_char(moment, 'YYYY-MM-DD HH24:MI')
    $body$
    """

  private static let thisChange = """
    DECLARE n bigint := nullif(current_setting('company_access.change', true), '')::bigint;
    BEGIN
      IF n IS NOT NULL THEN
        PERFORM FROM company_access.change WHERE id = n AND transaction = pg_current_xact_id();
        IF FOUND THEN RETURN n; END IF;
      END IF;
      n := nextval('company_access.change_number');
      PERFORM set_config('company_access.change', n::text, true);
      INSERT INTO company_access.change (id, transaction, at, actor, origin, action)
      VALUES (n, pg_current_xact_id(), date_trunc('milliseconds', clock_timestamp()), session_user
        || coalesce(' with ' || nullif(current_setting('application_name'), ''), ''), 'external', 'external');
      -- After SET CONSTRAINTS ALL IMMEDIATE the INSERT has settled the change, perhaps under another number.
      RETURN current_setting('company_access.change')::bigint;
    END
    """

  private var settleChange: String {
    """
    DECLARE n bigint := NEW.id; attempt integer := 1;
    BEGIN
      LOOP
        BEGIN
          LOCK TABLE company_access.write_order IN EXCLUSIVE MODE;
          EXIT;
        EXCEPTION WHEN deadlock_detected THEN
          -- This program holds the lock and waits for a row of this transaction. It gives up first.
          attempt := attempt + 1;
          IF attempt > 10 THEN RAISE; END IF;
        END;
      END LOOP;
      IF (SELECT last_value FROM company_access.last_change) > n THEN
        n := nextval('company_access.change_number');
    \(kinds.map(renumbering).joined(separator: "\n"))
        UPDATE company_access.current_grant SET began_change = n WHERE began_change = NEW.id;
        -- What began and ended in one transaction is not kept, so its beginning is older.
        UPDATE company_access.ended_grant SET ended_change = n WHERE ended_change = NEW.id;
        -- For triggers of the application that run at COMMIT after this one.
        PERFORM set_config('company_access.change', n::text, true);
      END IF;
      -- The time of the COMMIT, so that it grows with the number.
      UPDATE company_access.change SET id = n, at = date_trunc('milliseconds', clock_timestamp()) WHERE id = NEW.id;
      PERFORM setval('company_access.last_change', n),
        setval('company_access.last_transaction', pg_current_xact_id()::text::bigint);
      RETURN NULL;
    END
    """
  }

  /// Gives the rows of a kind the final number; what `since_change` says is found by the other
  /// columns.
  private func renumbering(_ kind: Kind) -> String {
    """
        UPDATE \(kind.lifetimes) SET since_change = n WHERE since_change = NEW.id AND (
          began_change = NEW.id
          OR lifetime IN (SELECT f.lifetime FROM \(kind.former) AS f WHERE f.ended_change = NEW.id));
        UPDATE \(kind.lifetimes) SET began_change = n WHERE began_change = NEW.id;
        UPDATE \(kind.lifetimes) SET ended_change = n WHERE ended_change = NEW.id;
        UPDATE \(kind.former) SET ended_change = n WHERE ended_change = NEW.id;
    """
  }

  private static let beginChange = """
    DECLARE n bigint := nextval('company_access.change_number');
    BEGIN
      INSERT INTO company_access.change
        (id, transaction, at, actor, origin, action, reason, ticket, decided_at)
      VALUES (n, pg_current_xact_id(), date_trunc('milliseconds', clock_timestamp()), by, through, doing, because, of_ticket, decided);
      PERFORM set_config('company_access.change', n::text, true), setval('company_access.last_change', n),
        setval('company_access.last_transaction', pg_current_xact_id()::text::bigint);
      RETURN n;
    END
    """

  /// TRUNCATE takes rows that an older snapshot does not show, and so cannot put on the record.
  private static let refuseOldSnapshot = """
    DECLARE last xid8 := (SELECT last_value::text::xid8 FROM company_access.last_transaction);
    BEGIN
      IF current_setting('transaction_isolation') <> 'read committed' AND last <> pg_current_xact_id()
          AND NOT pg_visible_in_snapshot(last, pg_current_snapshot()) THEN
        RAISE EXCEPTION 'could not serialize access: rows came after this transaction began'
          USING ERRCODE = 'serialization_failure';
      END IF;
    END
    """
}
