internal import Database

extension StagedNames {
  /// Looks up names that no row has letter by letter in the other canonical forms of their letters,
  /// because some systems write an accented letter as two characters.
  func resolveOtherForms(_ kind: Staging.Kind, _ columns: [SQLName]) throws {
    let open = "NOT s.is_id AND s.id IS NULL AND s.hits = 0"
    let isFile = connection is Connection
    let bytes = isFile ? "length(CAST(s.name AS BLOB))" : "octet_length(s.name)"
    // Text of ASCII has as many bytes as characters, and one form.
    let names = try connection.rows(
      """
      SELECT s.n, s.name FROM \(kind.table) AS s
      WHERE \(open) AND length(s.name) < \(bytes)
      """
    ) { (number: $0.int(0), name: $0.text(1)) }
    let forms = names.flatMap { row in ExactText(row.name).otherForms.map { (row.number, $0) } }
    guard !forms.isEmpty else { return }
    let table = Staging.formTable.name
    let keys = kind == .user ? mapping.users.keys : mapping.companies.keys
    try Staging.formTable.renew(connection, mapping)
    for (number, form) in forms {
      try connection.execute(
        "INSERT INTO \(table) (name, n) VALUES (?, ?)", [.text(form), .count(number)])
    }
    let (rows, key) =
      kind == .user
      ? (mapping.users.rows("t"), mapping.users.key)
      : (mapping.companies.rows("t"), mapping.companies.key)
    // UNION, so that a row with the same text in two columns counts once.
    let hits = columns.map { column in
      """
      SELECT f.n, t.\(key) AS id FROM \(rows)
        CROSS JOIN \(table) AS f ON f.name = t.\(column) COLLATE BINARY
      """
    }.joined(separator: " UNION ")
    try connection.execute(
      """
      UPDATE \(kind.table) AS s SET id = m.id, hits = m.hits
      FROM (SELECT n, \(keys.smallest("id")) AS id, count(*) AS hits FROM (\(hits)) GROUP BY n) AS m
      WHERE m.n = s.n AND \(open)
      """)
  }
}
