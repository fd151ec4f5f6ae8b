package import Database

extension PostgresConnection {
  /// What the database says of its tables, in the schemas that are looked into.
  ///
  /// It is read once in a transaction.
  package func catalog() throws -> SchemaCatalog {
    if let keptCatalog { return keptCatalog }
    let catalog = try readCatalog()
    if hasTransaction { keptCatalog = catalog }
    return catalog
  }

  /// Forgets what is known of the tables, unless a statement leaves these as they are.
  func noteStatement(_ text: String) {
    guard keptCatalog != nil else { return }
    let word = text.prefix { $0.isLetter }
    if !["SELECT", "INSERT", "UPDATE", "DELETE", "WITH", "SAVEPOINT", "RELEASE"].contains(word) {
      keptCatalog = nil
    }
  }

  private func readCatalog() throws -> SchemaCatalog {
    try reading {
      let columns = try columns()
      let keys = try keys()
      let indexes = try indexes()
      let triggers = try triggers()
      let tables = try rows(
        """
        SELECT c.oid, n.nspname, c.relname, c.relkind FROM pg_class AS c
        JOIN pg_namespace AS n ON n.oid = c.relnamespace
        WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND n.nspname = ANY (current_schemas(FALSE))
          AND n.nspname <> 'pg_catalog'
        ORDER BY array_position(current_schemas(FALSE), n.nspname), c.relname COLLATE "C"
        """
      ) { (id: $0.integer(0), schema: $0.text(1), name: $0.text(2), kind: $0.text(3)) }
      return SchemaCatalog(
        tables: tables.map { table in
          SchemaCatalog.Table(
            schema: table.schema, name: table.name, kind: .init(letter: table.kind),
            columns: columns[table.id] ?? [], primaryKey: keys[table.id]?.primary ?? [],
            foreignKeys: keys[table.id]?.foreign ?? [], indexes: indexes[table.id] ?? [],
            triggers: triggers[table.id] ?? [])
        })
    }
  }

  private func columns() throws -> [Int64: [SchemaCatalog.Column]] {
    let columns = try rows(
      """
      SELECT a.attrelid, a.attname,
        format_type(coalesce(nullif(t.typbasetype, 0), a.atttypid),
          CASE WHEN t.typbasetype = 0 THEN a.atttypmod ELSE t.typtypmod END),
        NOT a.attnotnull,
        pg_get_expr(d.adbin, d.adrelid), a.attidentity, a.attgenerated,
        CASE WHEN a.attcollation <> t.typcollation THEN l.collname END
      FROM pg_attribute AS a
      JOIN pg_class AS c ON c.oid = a.attrelid
      JOIN pg_namespace AS n ON n.oid = c.relnamespace
      JOIN pg_type AS t ON t.oid = a.atttypid
      LEFT JOIN pg_attrdef AS d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
      LEFT JOIN pg_collation AS l ON l.oid = a.attcollation
      WHERE a.attnum > 0 AND NOT a.attisdropped AND n.nspname = ANY (current_schemas(FALSE))
      ORDER BY a.attrelid, a.attnum
      """
    ) { row in
      let value = row.optionalText(4)
      let isGenerated = !row.text(6).isEmpty
      return (
        table: row.integer(0),
        column: SchemaCatalog.Column(
          name: row.text(1), type: row.text(2), isNullable: row.bool(3),
          defaultValue: isGenerated ? nil : value,
          isIdentity: !row.text(5).isEmpty || value?.hasPrefix("nextval(") == true,
          isGenerated: isGenerated, collation: row.optionalText(7))
      )
    }
    return Dictionary(grouping: columns, by: \.table).mapValues { $0.map(\.column) }
  }

  private typealias Keys = (primary: [String], foreign: [SchemaCatalog.ForeignKey])

  private func keys() throws -> [Int64: Keys] {
    var keys: [Int64: Keys] = [:]
    try forEach(
      """
      SELECT k.conrelid, k.contype, f.relname, k.confdeltype, k.confupdtype, k.condeferrable,
        (SELECT string_agg(encode(convert_to(a.attname, 'UTF8'), 'hex'), ',' ORDER BY p.place)
          FROM unnest(k.conkey) WITH ORDINALITY AS p (number, place)
          JOIN pg_attribute AS a ON a.attrelid = k.conrelid AND a.attnum = p.number),
        (SELECT string_agg(encode(convert_to(a.attname, 'UTF8'), 'hex'), ',' ORDER BY p.place)
          FROM unnest(k.confkey) WITH ORDINALITY AS p (number, place)
          JOIN pg_attribute AS a ON a.attrelid = k.confrelid AND a.attnum = p.number)
      FROM pg_constraint AS k
      JOIN pg_namespace AS n ON n.oid = k.connamespace
      LEFT JOIN pg_class AS f ON f.oid = k.confrelid
      WHERE k.contype IN ('p', 'f') AND n.nspname = ANY (current_schemas(FALSE))
      ORDER BY k.conrelid, k.conname COLLATE "C"
      """
    ) { row in
      let columns = names(row.text(6))
      if row.text(1) == "p" {
        keys[row.integer(0), default: ([], [])].primary = columns
      } else {
        keys[row.integer(0), default: ([], [])].foreign.append(
          SchemaCatalog.ForeignKey(
            columns: columns, table: row.text(2), targets: names(row.text(7)),
            onDelete: .init(letter: row.text(3)), onUpdate: .init(letter: row.text(4)),
            isDeferrable: row.bool(5)))
      }
    }
    return keys
  }

  private func indexes() throws -> [Int64: [SchemaCatalog.Index]] {
    let indexes = try rows(
      """
      SELECT i.indrelid, c.relname, i.indisunique, i.indpred IS NOT NULL,
        (SELECT string_agg(
            CASE WHEN p.number = 0 THEN '' ELSE encode(convert_to(a.attname, 'UTF8'), 'hex') END,
            ',' ORDER BY p.place)
          FROM unnest(i.indkey::int2[]) WITH ORDINALITY AS p (number, place)
          LEFT JOIN pg_attribute AS a ON a.attrelid = i.indrelid AND a.attnum = p.number
          WHERE p.place <= i.indnkeyatts)
      FROM pg_index AS i
      JOIN pg_class AS c ON c.oid = i.indexrelid
      JOIN pg_namespace AS n ON n.oid = c.relnamespace
      WHERE i.indisvalid AND n.nspname = ANY (current_schemas(FALSE))
      ORDER BY i.indrelid, c.relname COLLATE "C"
      """
    ) { row in
      let columns = row.text(4).split(separator: ",", omittingEmptySubsequences: false)
      return (
        table: row.integer(0),
        index: SchemaCatalog.Index(
          name: row.text(1), columns: columns.map { $0.isEmpty ? nil : names(String($0)).first },
          isUnique: row.bool(2), isPartial: row.bool(3))
      )
    }
    return Dictionary(grouping: indexes, by: \.table).mapValues { $0.map(\.index) }
  }

  private func triggers() throws -> [Int64: [SchemaCatalog.Trigger]] {
    let triggers = try rows(
      """
      SELECT t.tgrelid, t.tgname, t.tgenabled FROM pg_trigger AS t
      JOIN pg_class AS c ON c.oid = t.tgrelid
      JOIN pg_namespace AS n ON n.oid = c.relnamespace
      WHERE NOT t.tgisinternal AND n.nspname = ANY (current_schemas(FALSE))
      ORDER BY t.tgrelid, t.tgname COLLATE "C"
      """
    ) { row in
      (
        table: row.integer(0),
        trigger: SchemaCatalog.Trigger(name: row.text(1), firing: .init(letter: row.text(2)))
      )
    }
    return Dictionary(grouping: triggers, by: \.table).mapValues { $0.map(\.trigger) }
  }

  /// Names that came as hexadecimal digits with commas, because a name may hold a comma.
  private func names(_ text: String) -> [String] {
    text.split(separator: ",").map {
      String(decoding: PostgresType.bytes("\\x" + $0), as: UTF8.self)
    }
  }
}

extension SchemaCatalog.Kind {
  /// The kind by its letter in `pg_class`.
  fileprivate init(letter: String) {
    self =
      switch letter {
      case "p": .partitioned
      case "v", "m": .view
      case "f": .foreign
      default: .table
      }
  }
}

extension SchemaCatalog.Action {
  /// The action by its letter in `pg_constraint`.
  fileprivate init(letter: String) {
    self =
      switch letter {
      case "c": .cascade
      case "r": .restrict
      case "n": .setNull
      case "d": .setDefault
      default: .noAction
      }
  }
}

extension SchemaCatalog.Firing {
  /// When a trigger runs, by its letter in `pg_trigger`.
  fileprivate init(letter: String) {
    self =
      switch letter {
      case "A": .always
      case "R": .replica
      case "D": .never
      default: .usual
      }
  }
}
