internal import Database

/// The columns of a mapping whose types do not do for what they are named for.
struct ServerTypes {
  private let tables: ApplicationTables
  private let mapping: SchemaMapping

  init(_ tables: ApplicationTables, _ mapping: SchemaMapping) {
    (self.tables, self.mapping) = (tables, mapping)
  }

  /// A column, where the description speaks of it.
  private typealias Column = (place: String, table: SQLName, name: SQLName)

  var problems: [MappingProblem] { keys + references + texts + flags + times }

  private func type(_ table: SQLName, _ name: SQLName) -> String? {
    tables.column(name, of: table)?.type
  }

  private func problem(_ column: Column, _ expected: String) -> MappingProblem {
    MappingProblem(
      column.place,
      .wrongColumn(
        column.name.text, table: column.table.text,
        type: type(column.table, column.name) ?? "missing", expected: expected))
  }

  private func check(
    _ columns: [Column], _ expected: String, _ isRight: (String) -> Bool
  ) -> [MappingProblem] {
    columns.compactMap { column in
      guard let type = type(column.table, column.name), !isRight(type) else { return nil }
      return problem(column, expected)
    }
  }

  private var keys: [MappingProblem] {
    check(
      [
        ("users.key", mapping.users.table, mapping.users.key),
        ("companies.key", mapping.companies.table, mapping.companies.key),
      ], "a whole number, a UUID, a text or bytes"
    ) { ColumnType($0).isKey }
  }

  /// Columns that refer to others: their types must compare.
  private var references: [MappingProblem] {
    let (users, companies) = (mapping.users, mapping.companies)
    var pairs: [(Column, SQLName, SQLName)] = []
    if let home = mapping.home {
      pairs += [
        (("home.user", home.table, home.user), users.table, users.key),
        (("home.company", home.table, home.company), companies.table, companies.key),
      ]
    }
    let access = mapping.access
    let place = access.isDescribed ? "access" : "access_table"
    pairs += [
      (("\(place).user", access.table, access.user), users.table, users.key),
      (("\(place).company", access.table, access.company), companies.table, companies.key),
    ]
    if case .lookup(let column, let roles) = users.role {
      pairs.append((("users.role.column", users.table, column), roles.table, roles.key))
    }
    for (name, table, lookups) in [
      ("users", users.table, users.lookups), ("companies", companies.table, companies.lookups),
    ] {
      for lookup in lookups {
        pairs.append(((name, table, lookup.column), lookup.table, lookup.key))
      }
    }
    return pairs.compactMap { column, table, key in
      guard let own = type(column.table, column.name), let parent = type(table, key),
        ColumnType(own).kept != ColumnType(parent).kept
      else { return nil }
      return problem(column, "\(parent), as what it refers to")
    }
  }

  private var texts: [MappingProblem] {
    let (users, companies) = (mapping.users, mapping.companies)
    var columns: [Column] = [
      ("users.username", users.table, users.username),
      ("companies.name", companies.table, companies.name),
    ]
    columns += users.fullName.map { ("users.full_name", users.table, $0) }
    if let email = users.email { columns.append(("users.email", users.table, email)) }
    if let code = companies.code { columns.append(("companies.code", companies.table, code)) }
    if case .lookup(_, let roles) = users.role {
      columns.append(("users.role.name", roles.table, roles.name))
    }
    columns += (users.lookups + companies.lookups).map { ("name", $0.table, $0.name) }
    return check(columns, "a text") { ColumnType($0).isText }
  }

  private var flags: [MappingProblem] {
    let all = [
      ("users.active", mapping.users.table, mapping.users.active),
      ("companies.active", mapping.companies.table, mapping.companies.active),
    ]
    return check(
      all.compactMap { place, table, active in
        if case .flag(let column) = active { (place, table, column) } else { nil }
      }, "boolean or a whole number"
    ) { ["boolean", "bigint"].contains(ColumnType($0).kept) }
  }

  /// The times that are written.
  private var times: [MappingProblem] {
    let access = mapping.access
    func now(_ values: [SchemaMapping.ColumnValue], _ place: String) -> [Column] {
      values.filter { $0.content == .now }.map { (place, access.table, $0.column) }
    }
    let named: [Column?] = [
      access.createdAt.map { ("access.created_at", access.table, $0) },
      access.modifiedAt.map { ("access.modified_at", access.table, $0) },
    ]
    func isTime(_ type: String) -> Bool {
      ColumnType(type).isTime || ColumnType(type).kept == "bigint"
    }
    return check(named.compactMap(\.self), "a time or a whole number", isTime)
      + check(
        now(access.new, "access.new") + now(access.end, "access.end"), "a time or a whole number"
      ) { isTime($0) || ColumnType($0).isText }
  }
}

extension ColumnType {
  /// Whether it is one of times.
  var isTime: Bool { kept == "date" || kept.hasPrefix("timestamp ") }
  /// Whether rows can be told apart by it.
  var isKey: Bool { ["bigint", "uuid", "bytea"].contains(kept) || isText }
}
