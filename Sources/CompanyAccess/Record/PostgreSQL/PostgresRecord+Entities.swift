internal import Database

/// The functions that keep users, and those that keep companies.
///
/// The newest lifetime of a key is the one with the highest number, never the one that looks open:
/// in REPEATABLE READ two can look so. It is asked for in place each time, because a function in
/// SQL would be planned again for each row.
extension PostgresRecord {
  /// The statements that make the functions of a kind.
  func entityFunctions(_ kind: Kind) -> [String] {
    let word = kind.word
    let key = kind.keyType.kept
    let values = kind.attributes.map { "new_\($0.name) \($0.type.kept)" }.joined(separator: ", ")
    let row = "of_key \(key), n bigint, created \(kind.createdType.kept), \(values)"
    return [
      function("end_\(word)(of_key \(key), n bigint)", returns: "void", end(kind)),
      function("edit_\(word)(\(row))", returns: "void", edit(kind)),
      function("begin_\(word)(\(row))", returns: "void", begin(kind)),
      function("open_\(word)(of_key \(key), n bigint)", returns: "bigint", open(kind)),
      function("\(word)_written()", returns: "trigger", written(kind), isTrigger: true),
      function("\(word)_truncated()", returns: "trigger", truncated(kind), isTrigger: true),
    ]
  }

  private func end(_ kind: Kind) -> String {
    """
    BEGIN
      UPDATE \(kind.lifetimes) SET ended_change = n WHERE ended_change IS NULL AND lifetime = (
        SELECT l.lifetime FROM \(kind.lifetimes) AS l WHERE l.key = of_key ORDER BY l.lifetime DESC LIMIT 1);
    END
    """
  }

  private func edit(_ kind: Kind) -> String {
    let assignments = kind.attributes.map { "\($0.name) = new_\($0.name)" }.joined(separator: ", ")
    return """
      DECLARE life \(kind.lifetimes);
      BEGIN
        SELECT * INTO life FROM \(kind.lifetimes) AS l WHERE l.key = of_key ORDER BY l.lifetime DESC LIMIT 1;
        IF life.lifetime IS NULL OR life.ended_change IS NOT NULL THEN
          -- Its beginning was not seen.
          INSERT INTO \(kind.lifetimes) (key, began_change, since_change, present, created_at, \(kind.list()))
          VALUES (of_key, n, n, TRUE, created, \(kind.list("new_")));
          RETURN;
        END IF;
        IF life.since_change IS DISTINCT FROM n THEN
          INSERT INTO \(kind.former) (lifetime, began_change, ended_change, present, \(kind.list()))
          VALUES (life.lifetime, life.since_change, n, life.present, \(kind.list("life.")))
          ON CONFLICT DO NOTHING;
        END IF;
        -- What the record says of a row that was there before is sealed.
        UPDATE \(kind.lifetimes) SET since_change = n, present = TRUE,
          created_at = CASE WHEN life.present THEN life.created_at ELSE created END, \(assignments)
        WHERE lifetime = life.lifetime;
      END
      """
  }

  private func begin(_ kind: Kind) -> String {
    """
    BEGIN
      -- INSERT first, and look only after a conflict: an ended lifetime may still look open.
      INSERT INTO \(kind.lifetimes) (key, began_change, since_change, present, created_at, \(kind.list()))
      VALUES (of_key, n, n, TRUE, created, \(kind.list("new_")))
      ON CONFLICT (key) WHERE ended_change IS NULL DO NOTHING;
      IF FOUND THEN RETURN; END IF;
      -- Not present: a grant came before its row. Present: the deletion of the former holder was not seen.
      PERFORM FROM \(kind.lifetimes) AS l WHERE l.key = of_key AND l.ended_change IS NULL AND l.present;
      IF FOUND THEN PERFORM company_access.end_\(kind.word)(of_key, n); END IF;
      PERFORM company_access.edit_\(kind.word)(of_key, n, created, \(kind.list("new_")));
    END
    """
  }

  /// The open lifetime that a grant belongs to, made where its row is not there (yet).
  private func open(_ kind: Kind) -> String {
    """
    BEGIN
      INSERT INTO \(kind.lifetimes) (key, began_change, since_change, present)
      VALUES (of_key, n, n, FALSE) ON CONFLICT (key) WHERE ended_change IS NULL DO NOTHING;
      RETURN (SELECT l.lifetime FROM \(kind.lifetimes) AS l
        WHERE l.key = of_key AND l.ended_change IS NULL ORDER BY l.lifetime DESC LIMIT 1);
    END
    """
  }

  /// The trigger function of the rows.
  ///
  /// Columns are read where an error is caught: the application may drop or rename one, and its
  /// writes go on. Attributes stand in no `WHEN` and no `UPDATE OF`, which would not let it drop
  /// them.
  private func written(_ kind: Kind) -> String {
    let names = ["key"] + kind.attributes.map(\.name)
    let variables = (["old", "new"]).map { row in
      ["\(row)_key \(kind.keyType.kept);"]
        + kind.attributes.map { "\(row)_\($0.name) \($0.type.kept);" }
    }.joined().joined(separator: " ")
    func all(_ row: String) -> String { names.map { "\(row)_\($0)" }.joined(separator: ", ") }
    return """
      DECLARE n bigint; taken boolean := FALSE; is_read boolean := FALSE;
        created \(kind.createdType.kept);
        \(variables)
      BEGIN
        BEGIN
          IF TG_OP <> 'INSERT' THEN \(reads(kind, "old")) END IF;
          IF TG_OP <> 'DELETE' THEN \(reads(kind, "new")) END IF;
          is_read := TRUE;
          IF TG_OP <> 'DELETE' THEN \(readsTime(kind)) END IF;
        EXCEPTION WHEN undefined_column OR data_exception OR datatype_mismatch OR cannot_coerce THEN
          -- Its time comes last: without it the row is still recorded.
          IF NOT is_read THEN RETURN NULL; END IF;
        END;
        IF TG_OP = 'UPDATE' AND ROW(\(all("old"))) IS NOT DISTINCT FROM ROW(\(all("new"))) THEN
          RETURN NULL;
        END IF;
        n := company_access.this_change();
        IF TG_OP = 'UPDATE' AND old_key = new_key THEN
          PERFORM company_access.edit_\(kind.word)(new_key, n, created, \(kind.list("new_")));
          RETURN NULL;
        END IF;
        -- In `SET id = id + 1` another row may hold the old key by now.
        IF TG_OP = 'UPDATE' THEN
          EXECUTE 'SELECT EXISTS (SELECT FROM ' || TG_RELID::regclass || \(
            SQLText.literal(" AS x WHERE \(kind.keyType.comparable("x.\(kind.keyColumn)")) = $1\(kind.isOne("x", after: " AND")))"))
            INTO taken USING old_key;
        END IF;
        IF TG_OP <> 'INSERT' AND old_key IS NOT NULL AND NOT taken THEN
          PERFORM company_access.end_\(kind.word)(old_key, n);
        END IF;
        IF TG_OP <> 'DELETE' AND new_key IS NOT NULL THEN
          PERFORM company_access.begin_\(kind.word)(new_key, n, created, \(kind.list("new_")));
        END IF;
        RETURN NULL;
      END
      """
  }

  private func reads(_ kind: Kind, _ row: String) -> String {
    let values = kind.attributes.map { ($0.name, "\(row.uppercased()).\($0.column)") }
    return ([("key", kind.key(of: row.uppercased()))] + values).map { "\(row)_\($0) := \($1);" }
      .joined(separator: " ")
  }

  private func readsTime(_ kind: Kind) -> String {
    "created := \(kind.createdAt.map { "NEW.\(PostgresRecord.name($0))" } ?? "NULL");"
  }

  private func truncated(_ kind: Kind) -> String {
    """
    BEGIN
      PERFORM company_access.refuse_old_snapshot();
      IF EXISTS (SELECT FROM \(kind.lifetimes) WHERE ended_change IS NULL) THEN
        UPDATE \(kind.lifetimes) SET ended_change = company_access.this_change()
        WHERE ended_change IS NULL;
      END IF;
      RETURN NULL;
    END
    """
  }
}
