internal import Database

/// The record as version 1 kept it, and the statements that bring it over.
///
/// Version 1 marked each grant with its change in a column of the access table, kept the grants that had
/// ended in `company_access_history`, and what became of users and companies in
/// `company_access_entity`: a row each time one was made (`before` NULL), edited, or had `gone`.
struct VersionOne: Sendable {
  static let number = 1

  let mapping: SchemaMapping
  let objects: SchemaObjects
  /// Whether the application had made the access table.
  let isFound: Bool

  private var access: SQLName { mapping.access.table }
  private static let history: SQLName = "company_access_history"
  private static let entity: SQLName = "company_access_entity"
  /// The changes, while the table of version 2 is made under their name.
  private static let changes: SQLName = "temp.company_access_earlier_change"
  /// One row for each life that version 1 tells of.
  private static let lives: SQLName = "temp.company_access_earlier_life"
  /// Keys that had several lives.
  private static let several: SQLName = "temp.company_access_earlier_several"

  // MARK: - Names

  private static let triggers = [
    "company_access_grant_ended", "company_access_grant_moved", "company_access_grant_begun",
    "company_access_user_gone", "company_access_company_gone",
  ]

  /// The names of the triggers, in lower case.
  static let triggerNames = Set(triggers)

  /// The names of everything that version 1 had made, in lower case.
  var names: Set<String> {
    Set(
      (VersionOne.triggers
        + [
          VersionOne.history.text, VersionOne.entity.text, "ix_company_access_history_ended",
          "ix_company_access_history_user", "ix_company_access_history_company",
          "ix_company_access_entity", "ix_company_access_entity_change",
          mapping.access.companyIndex.text, changeIndex.text, access.text, "company_access_change",
          "company_access_now", "company_access_setting",
        ]).map { $0.lowercased() })
  }

  private var changeIndex: SQLName { access.with(prefix: "ix_", suffix: "_change") }

  // MARK: - Steps

  /// All steps but those that make what version 2 has beside its tables.
  ///
  /// - Parameters:
  ///   - change: The statement that puts the change `upgrade` on the record.
  ///   - make: Makes a step from an object of version 2.
  /// - Returns: The steps.
  func steps(_ change: String, _ make: (Schema.Item) -> SchemaStep) -> [SchemaStep] {
    let schema = Schema(mapping: mapping)
    var steps = dropping
    steps.append(write("the changes", "kept for the new table", takeChanges))
    steps.append(drop("table", RecordTable.now, "it has other columns"))
    steps += schema.recordTables.filter { $0.name != RecordTable.setting }.map(make)
    steps.append(write("the changes", "under the same numbers", [putChanges]))
    steps.append(write(SchemaStep.change, "the record is of version 2", [change]))
    for kind in mapping.recordedKinds {
      steps.append(
        write("all lives of \(kind.kind.plural)", "from what happened to them", lives(kind)))
    }
    steps += schema.lifetimeIndexes.map(make)
    for kind in mapping.recordedKinds {
      steps.append(
        write("what \(kind.kind.plural) were before edits", "from the edits", edits(kind)))
    }
    steps.append(write("all grants", "they go on the record", grants))
    steps += Schema.grantIndexes.map(make)
    steps.append(drop("table", VersionOne.history, "it is on the record"))
    steps.append(drop("table", VersionOne.entity, "it is on the record"))
    steps += droppingIndexes
    steps.append(
      SchemaStep(
        .drop, "column change_id of \(access.text)", "it is on the record",
        [
          "PRAGMA legacy_alter_table = ON", "ALTER TABLE \(access) DROP COLUMN change_id",
          "PRAGMA legacy_alter_table = OFF",
        ]))
    if !isFound { steps.append(make(schema.companyIndex)) }
    return steps + [write("the settings", "what the file says about itself", settings)]
  }

  private func write(_ what: String, _ purpose: String, _ statements: [String]) -> SchemaStep {
    SchemaStep(.write, what, purpose, statements)
  }

  private func drop(_ kind: String, _ name: SQLName, _ purpose: String) -> SchemaStep {
    SchemaStep(.drop, "\(kind) \(name.text)", purpose, ["DROP \(kind.uppercased()) \(name)"])
  }

  private var dropping: [SchemaStep] {
    VersionOne.triggers.filter { objects.named($0)?.kind == "trigger" }
      .map { drop("trigger", SQLName(foreign: $0), "it is of version 1") }
  }

  private var droppingIndexes: [SchemaStep] {
    [mapping.access.companyIndex, changeIndex].filter { objects.named($0.text)?.kind == "index" }
      .map { drop("index", $0, "it is of version 1") }
  }

  // MARK: - Changes and settings

  private var takeChanges: [String] {
    [
      "CREATE TABLE \(VersionOne.changes) AS SELECT * FROM company_access_change",
      "DROP TABLE company_access_change",
    ]
  }

  /// What another program did is counted when it is read.
  private var putChanges: String {
    """
    INSERT INTO \(RecordTable.change) (id, at, actor, origin, action, reason, added, removed, undoes)
    SELECT id, at, actor, origin, action, reason, CASE origin WHEN 'external' THEN 0 ELSE added END,
      CASE origin WHEN 'external' THEN 0 ELSE removed END, undoes
    FROM \(VersionOne.changes) ORDER BY id
    """
  }

  private var settings: [String] {
    [
      "DROP TABLE \(VersionOne.changes)",
      "INSERT INTO company_access_now (one) VALUES (1)",
      """
      UPDATE company_access_setting SET value = \(SchemaStatus.newest)
      WHERE key = '\(SchemaSetting.version)'
      """,
      "UPDATE company_access_setting SET key = '\(SchemaSetting.mapping)' WHERE key = 'shape'",
      """
      INSERT INTO company_access_setting (key, value)
      VALUES ('\(SchemaSetting.database)', \(SQLText.literal(TimeOrderedID.next()))),
        ('\(SchemaSetting.upgraded)', \(VersionOne.upgrade))
      """,
    ]
  }

  /// An expression: the change `upgrade`.
  private static let upgrade = "(SELECT max(id) FROM \(RecordTable.change))"

  // MARK: - Lives

  /// Works out the lives of all keys, and begins a lifetime for each.
  private func lives(_ kind: RecordedKind) -> [String] {
    let (last, columns) = (lastState(kind), kind.list())
    return [
      """
      CREATE TABLE \(VersionOne.lives) (
        life INTEGER PRIMARY KEY, key, began INTEGER, made INTEGER, ended INTEGER, first INTEGER,
        last INTEGER, name)
      """,
      endedLives(kind), openLives(kind),
      """
      INSERT INTO \(kind.lifetimes) (key, began_change, ended_change, since_change, present, continues,
        created_at, \(columns))
      SELECT o.key, o.began,
        CASE WHEN o.ended IS NULL AND t.\(kind.key) IS NULL THEN \(VersionOne.upgrade) ELSE o.ended END,
        o.began, 1, NULL, \(kind.createdAt.map { "t.\($0)" } ?? "NULL"), \(last)
      FROM \(VersionOne.lives) AS o
      LEFT JOIN \(kind.table) AS t ON o.ended IS NULL AND t.\(kind.key) = o.key
      ORDER BY o.key, coalesce(o.ended, 9223372036854775807)
      """,
      "DROP TABLE \(VersionOne.lives)",
    ]
  }

  /// Lives that have ended: each row that has `gone` ends one, which began after the one before.
  private func endedLives(_ kind: RecordedKind) -> String {
    """
    INSERT INTO \(VersionOne.lives) (key, began, made, ended, first, last, name)
    SELECT s.id, coalesce(s.made, s.previous), s.made, s.change_id, s.first, s.n, s.name FROM (
      SELECT g.id, g.change_id, g.name, g.rowid AS n,
        (SELECT m.change_id FROM \(VersionOne.entity) AS m WHERE m.kind = g.kind AND m.id = g.id
          AND m.gone = 0 AND m.before IS NULL AND m.rowid < g.rowid AND m.rowid > p.n
          ORDER BY m.rowid LIMIT 1) AS made, p.change_id AS previous, p.n AS first
      FROM \(VersionOne.entity) AS g JOIN (\(previous(kind, "gone = 1"))) AS p ON p.of = g.rowid
    ) AS s
    """
  }

  /// A query with the columns `of`, `n` and `change_id`: the end of a life before a row; `n` is 0 if
  /// there is none.
  private func previous(_ kind: RecordedKind, _ condition: String) -> String {
    """
    SELECT g.rowid AS of, coalesce(max(p.rowid), 0) AS n, p.change_id
        FROM \(VersionOne.entity) AS g LEFT JOIN \(VersionOne.entity) AS p
          ON p.kind = g.kind AND p.id = g.id AND p.gone = 1 AND p.rowid < g.rowid
        WHERE g.kind = '\(kind.kind.rawValue)' AND g.\(condition) GROUP BY g.rowid
    """
  }

  /// Lives that go on: those of the rows that are there, and of rows that were made and of whose end
  /// nothing is known.
  private func openLives(_ kind: RecordedKind) -> String {
    let name = kind.kind.rawValue
    return """
      INSERT INTO \(VersionOne.lives) (key, began, made, first)
      SELECT s.key, coalesce(s.made, CASE
          WHEN s.previous IS NULL THEN s.unknown
          ELSE max(s.previous, coalesce(s.unknown, 0)) END), s.made, s.first
      FROM (
        SELECT r.key, p.change_id AS previous, coalesce(p.n, 0) AS first, \(unknown(kind)) AS unknown,
          (SELECT m.change_id FROM \(VersionOne.entity) AS m WHERE m.kind = '\(name)' AND m.id = r.key
            AND m.gone = 0 AND m.before IS NULL AND m.rowid > coalesce(p.n, 0)
            ORDER BY m.rowid LIMIT 1) AS made
        FROM (
          SELECT t.\(kind.key) AS key, \(kind.createdAt.map { "t.\($0)" } ?? "NULL") AS created_at
          FROM \(kind.table) AS t WHERE t.\(kind.key) IS NOT NULL
          UNION ALL
          SELECT DISTINCT m.id, NULL FROM \(VersionOne.entity) AS m
          WHERE m.kind = '\(name)' AND m.gone = 0 AND m.before IS NULL
            AND NOT EXISTS (SELECT 1 FROM \(kind.table) AS t WHERE t.\(kind.key) = m.id)
            AND NOT EXISTS (SELECT 1 FROM \(VersionOne.entity) AS x
              WHERE x.kind = m.kind AND x.id = m.id AND x.gone = 1 AND x.rowid > m.rowid)
        ) AS r LEFT JOIN (
          SELECT id, max(rowid) AS n, change_id FROM \(VersionOne.entity)
          WHERE kind = '\(name)' AND gone = 1 GROUP BY id) AS p ON p.id = r.key
      ) AS s
      """
  }

  /// An expression over a row `r`: the first change after which it was there, of whose beginning nothing
  /// is known; NULL if it was there before the record.
  ///
  /// It is the first change whose time is not before that of the row, or the first with which it was
  /// granted, which proves it against any clock.
  private func unknown(_ kind: RecordedKind) -> String {
    let first = "(SELECT min(id) FROM \(RecordTable.change))"
    let byTime = """
      coalesce((SELECT min(h.id) FROM \(RecordTable.change) AS h
        WHERE h.at >= r.created_at AND h.id < \(VersionOne.upgrade)), \(VersionOne.upgrade))
      """
    // The indexes of the grants are gone, but few rows come to this.
    return """
      CASE WHEN r.created_at IS NULL OR r.created_at <= (SELECT at FROM \(RecordTable.change)
          WHERE id = \(first)) THEN NULL
        ELSE min(\(byTime), \(firstGrant(kind))) END
      """
  }

  /// An expression over a row `r`: the first change with which it was granted, or a great number.
  private func firstGrant(_ kind: RecordedKind) -> String {
    func least(_ change: String, _ table: SQLName) -> String {
      """
      coalesce((SELECT min(coalesce(a.\(change), 0)) FROM \(table) AS a
          WHERE a.\(kind.column) = r.key), 9223372036854775807)
      """
    }
    return "min(\(least("change_id", access)), \(least("granted_change", VersionOne.history)))"
  }

  // MARK: - Attributes

  /// Expressions for the last state of a life `o`: what its row `t` says, or what the record kept.
  private func lastState(_ kind: RecordedKind) -> String {
    let active: SchemaMapping.Active =
      kind.kind == .user ? mapping.users.active : mapping.companies.active
    return kind.attributes.map { attribute in
      let column = attribute.column
      var unknown = attribute.name == RecordedKind.name ? "o.name" : "NULL"
      if case .equals(column, let value) = active { unknown = SQLText.literal(value) }
      return """
        CASE WHEN t.\(kind.key) IS NOT NULL THEN t.\(column) ELSE (SELECT v FROM (
            \(json("before", column, kind, "x.rowid = o.last"))
            UNION ALL \(json("after", column, kind, "x.rowid > o.first AND x.rowid IS NOT o.last"))
            UNION ALL SELECT \(unknown), -1) ORDER BY n DESC LIMIT 1) END
        """
    }.joined(separator: ",\n  ")
  }

  /// A query with the columns `v`, what a JSON of a life `o` says of a column, and `n`, its row.
  private func json(
    _ member: String, _ column: SQLName, _ kind: RecordedKind, _ condition: String
  ) -> String {
    """
    SELECT j.value AS v, x.rowid AS n
            FROM \(VersionOne.entity) AS x, temp.json_each(x.\(member)) AS j
            WHERE x.kind = '\(kind.kind.rawValue)' AND x.id = o.key AND \(condition)
              AND x.rowid <= coalesce(o.last, x.rowid)
              AND json_valid(x.\(member)) AND j.key = \(column.literal)
    """
  }

  // MARK: - Edits

  /// What rows were before edits, what this program changed, and what an undo brought back.
  private func edits(_ kind: RecordedKind) -> [String] {
    let name = kind.kind.rawValue
    let columns = kind.attributes.map(\.column.literal).joined(separator: ", ")
    let ofLife = """
      l.key = e.id AND coalesce(l.began_change, 0) <= e.change_id
        AND (l.ended_change IS NULL OR l.ended_change >= e.change_id)
      """
    let isEdit = """
      e.kind = '\(name)' AND e.gone = 0 AND e.before IS NOT NULL AND json_valid(e.before)
        AND EXISTS (SELECT 1 FROM temp.json_each(e.before) AS j WHERE j.key IN (\(columns)))
      """
    let values = kind.attributes.map { former($0, kind) }.joined(separator: ",\n  ")
    return [
      """
      INSERT INTO \(RecordTable.rowImage) (change, kind, lifetime, before, after)
      SELECT change_id, kind, lifetime, before, after FROM (
        SELECT e.change_id, e.kind, l.lifetime, e.before, e.after, e.rowid AS n,
          row_number() OVER (PARTITION BY e.rowid ORDER BY CASE
            WHEN e.gone = 1 THEN l.ended_change IS NOT e.change_id
            WHEN e.before IS NULL THEN l.began_change IS NOT e.change_id
            ELSE l.ended_change IS e.change_id END, l.lifetime) AS place
        FROM \(VersionOne.entity) AS e JOIN \(kind.lifetimes) AS l ON \(ofLife)
        WHERE e.kind = '\(name)' AND (e.before IS NOT NULL OR e.after IS NOT NULL))
      WHERE place = 1 ORDER BY n
      """,
      """
      INSERT INTO \(kind.former) (lifetime, began_change, ended_change, present, \(kind.list()))
      SELECT l.lifetime,
        coalesce(lag(e.change_id) OVER (PARTITION BY l.lifetime ORDER BY e.rowid), l.began_change),
        e.change_id, 1, \(values)
      FROM \(VersionOne.entity) AS e JOIN \(kind.lifetimes) AS l ON \(ofLife)
        AND l.ended_change IS NOT e.change_id AND l.began_change IS NOT e.change_id
      WHERE \(isEdit) ON CONFLICT (lifetime, ended_change) DO NOTHING
      """,
      """
      UPDATE \(kind.lifetimes) AS l SET since_change = (
        SELECT max(f.ended_change) FROM \(kind.former) AS f WHERE f.lifetime = l.lifetime)
      WHERE EXISTS (SELECT 1 FROM \(kind.former) AS f WHERE f.lifetime = l.lifetime)
      """,
      """
      UPDATE \(kind.lifetimes) AS l SET continues = (
        SELECT max(p.lifetime) FROM \(kind.lifetimes) AS p
        WHERE p.key = l.key AND p.lifetime < l.lifetime AND p.ended_change <= l.began_change)
      WHERE l.began_change IN (SELECT id FROM \(RecordTable.change) WHERE undoes IS NOT NULL)
      """,
    ]
  }

  /// An expression: the value of an attribute of the lifetime `l` before the edit `e`.
  private func former(_ attribute: RecordedKind.Attribute, _ kind: RecordedKind) -> String {
    """
    (SELECT v FROM (SELECT j.value AS v, x.rowid AS n
        FROM \(VersionOne.entity) AS x, temp.json_each(x.before) AS j
        WHERE x.kind = '\(kind.kind.rawValue)' AND x.id = l.key AND x.rowid >= e.rowid
          AND x.change_id <= coalesce(l.ended_change, x.change_id)
          AND json_valid(x.before) AND j.key = \(attribute.column.literal)
        UNION ALL SELECT l.\(attribute.name), 9223372036854775807) ORDER BY n LIMIT 1)
    """
  }

  // MARK: - Grants

  /// Statements that put all grants on the record: first those of keys that had one life, along the
  /// users, so that they come in the order of their key.
  private var grants: [String] {
    let (users, companies) = (RecordedKind(users: mapping), RecordedKind(companies: mapping))
    func isSeveral(_ column: String, _ kind: RecordedKind) -> String {
      "EXISTS (SELECT 1 FROM \(VersionOne.several) AS s WHERE s.kind = '\(kind.kind.rawValue)' AND s.key = \(column))"
    }
    let hasSeveral =
      "(\(isSeveral("a.user_id", users)) OR \(isSeveral("a.company_id", companies)))"
    return [
      "CREATE TABLE \(VersionOne.several) (kind, key, PRIMARY KEY (kind, key)) WITHOUT ROWID"
    ] + mapping.recordedKinds.flatMap(withoutRows)
      + mapping.recordedKinds.map { kind in
        """
        INSERT INTO \(VersionOne.several) (kind, key)
        SELECT '\(kind.kind.rawValue)', key FROM \(kind.lifetimes) GROUP BY key HAVING count(*) > 1
        """
      } + [
        """
        INSERT INTO \(RecordTable.currentGrant) (user_lifetime, company_lifetime, began_change)
        SELECT lu.lifetime, lk.lifetime, a.change_id
        FROM \(users.lifetimes) AS lu NOT INDEXED
        CROSS JOIN \(access) AS a ON a.user_id = lu.key
        CROSS JOIN \(companies.lifetimes) AS lk ON lk.key = a.company_id
        WHERE NOT \(hasSeveral)
        """,
        """
        INSERT INTO \(RecordTable.currentGrant) (user_lifetime, company_lifetime, began_change)
        SELECT \(life("a.user_id", "a.change_id", users)), \(life("a.company_id", "a.change_id", companies)),
          a.change_id
        FROM \(access) AS a WHERE \(hasSeveral)
        """,
        """
        INSERT INTO \(RecordTable.endedGrant) (user_lifetime, company_lifetime, began_change, ended_change,
          id, created_at, modified_at)
        SELECT \(life("a.user_id", "a.granted_change", users)),
          \(life("a.company_id", "a.granted_change", companies)),
          a.granted_change, a.ended_change, a.id, a.created_at, a.modified_at
        FROM \(VersionOne.history) AS a ORDER BY a.rowid
        """,
        "DROP TABLE \(VersionOne.several)",
      ]
  }

  /// An expression: the lifetime of a key at a change, else the first after it.
  private func life(_ key: String, _ change: String, _ kind: RecordedKind) -> String {
    """
    (SELECT lifetime FROM (
          SELECT l.lifetime, CASE
            WHEN coalesce(l.ended_change, 9223372036854775807) > coalesce(\(change), 0)
            THEN coalesce(l.began_change, 0)
            ELSE 9223372036854775807 - coalesce(l.began_change, 0) END AS place
          FROM \(kind.lifetimes) AS l WHERE l.key = \(key)) ORDER BY place, lifetime LIMIT 1)
    """
  }

  /// Statements that begin lifetimes for keys that have or had grants and of which nothing else is
  /// known; those without a present grant have ended with their last one.
  private func withoutRows(_ kind: RecordedKind) -> [String] {
    func isUnknown(_ key: String) -> String {
      "NOT EXISTS (SELECT 1 FROM \(kind.lifetimes) AS l WHERE l.key = \(key))"
    }
    return [
      """
      INSERT INTO \(kind.lifetimes) (key, present)
      SELECT a.k, 0 FROM (SELECT DISTINCT \(kind.column) AS k FROM \(access)
        WHERE \(kind.column) IS NOT NULL) AS a WHERE \(isUnknown("a.k"))
      """,
      """
      INSERT INTO \(kind.lifetimes) (key, present, ended_change)
      SELECT a.k, 0, a.ended FROM (SELECT \(kind.column) AS k, max(ended_change) AS ended
        FROM \(VersionOne.history) GROUP BY \(kind.column)) AS a WHERE \(isUnknown("a.k"))
      """,
    ]
  }
}
