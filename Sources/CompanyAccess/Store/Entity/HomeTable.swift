internal import Database

/// The table that says to which company users belong, where it is not the users' own.
struct HomeTable {
  let home: SchemaMapping.Home
  let columns: [EntityTable.Column]
  private let mapping: SchemaMapping
  private let connection: any DatabaseSession

  /// Nil if the mapping has none.
  init?(_ mapping: SchemaMapping, _ connection: any DatabaseSession) throws {
    guard let home = mapping.home, home.table != mapping.users.table else { return nil }
    self.home = home
    self.mapping = mapping
    self.connection = connection
    columns = try EntityTable.columns(of: home.table, connection)
  }

  /// Its rows about a user or a company.
  func rows(of id: EntityID) throws -> [RowValues] {
    let column = id.kind == .user ? home.user : home.company
    return try EntityTable.rows(
      of: "\(home.table)", columns, "\(column) = ?", [id.key.value], connection)
  }

  /// What becomes of its rows when the user or company goes: they stay without it if the column
  /// allows that, unless the application has it otherwise, or they came with it.
  func rows(
    _ rows: [RowValues], without id: EntityID, and made: [RowValues] = []
  ) throws -> [RowValues] {
    let column = id.kind == .user ? home.user : home.company
    let parent = id.kind == .user ? mapping.users : nil
    let table = parent?.table ?? mapping.companies.table
    let key = parent?.key ?? mapping.companies.key
    let reference = try EntityTable.references(to: table, key: key, connection).first {
      $0.table.text == home.table.text && $0.column.text == column.text
    }
    let isNullable = columns.first { $0.name.text == column.text }?.isNotNull == false
    guard isNullable, reference?.deletion != .cascades else { return [] }
    let made = Set(made.map { self.key($0) })
    return rows.filter { !made.contains(self.key($0)) }.map { row in
      var row = row
      row[column.text] = StoredValue(.null)
      return row
    }
  }

  /// The rows of a user who is to belong to another company.
  ///
  /// - Parameters:
  ///   - user: The user, who may have none yet.
  ///   - company: The key of the company; NULL for none.
  ///   - name: What the row says that the user is called.
  ///   - now: The rows as they are.
  /// - Returns: The rows as they are to be; nil if the table needs what this program cannot know,
  ///   or if a row cannot be without a company.
  /// - Throws: What the database answers.
  func rows(
    of user: Key, in company: StoredValue, name: String, now: [RowValues]
  ) throws -> [RowValues]? {
    let isNullable = columns.first { $0.name.text == home.company.text }?.isNotNull == false
    if !now.isEmpty {
      if company.value == .null, !isNullable { return nil }
      return now.map { row in
        var row = row
        row[home.company.text] = company
        if let modified = column(["modified_at", "updated_at"]) {
          row[modified] = StoredValue(.text(Timestamp.now.text))
        }
        return row
      }
    }
    if company.value == .null { return [] }
    var row = RowValues([
      (home.user.text, StoredValue(user.value)), (home.company.text, company),
    ])
    for column in columns where row[column.name.text] == nil {
      guard column.isNotNull || column.keyPlace > 0, !column.hasDefault else { continue }
      guard let value = new(column, name: name) else {
        if column.keyPlace == 1, column.type.uppercased() == "INTEGER" { continue }
        return nil
      }
      row[column.name.text] = value
    }
    return [row]
  }

  private func column(_ names: [String]) -> String? {
    columns.first { names.contains($0.name.text) }?.name.text
  }

  /// A value for a column of a new row; nil for one of which nothing is known.
  private func new(_ column: EntityTable.Column, name: String) -> StoredValue? {
    switch column.name.text {
    case "created_at", "modified_at", "updated_at": return StoredValue(.text(Timestamp.now.text))
    case "full_name", "name": return StoredValue(.text(name))
    default: break
    }
    guard column.keyPlace == 1 else { return nil }
    switch (column.type.uppercased(), column.length) {
    case ("UUID", _): return KeyStorage.dashed.newValue.map { StoredValue($0) }
    case (_, 32): return KeyStorage.digits.newValue.map { StoredValue($0) }
    case (_, 36): return KeyStorage.dashed.newValue.map { StoredValue($0) }
    default: return nil
    }
  }

  /// The row with a key, see `key(_:)`; nil if there is none.
  func row(_ key: [StoredValue?]) throws -> RowValues? {
    let keys = columns.filter { $0.keyPlace > 0 }
    var arguments = Bindings()
    let conditions = zip(keys.isEmpty ? columns : keys, key).map { column, value in
      condition(column.name, value ?? StoredValue(.null), &arguments)
    }
    return try EntityTable.rows(
      of: "\(home.table)", columns, conditions.joined(separator: " AND "), arguments.values,
      connection
    ).first
  }

  // MARK: - Writing

  /// Makes rows into others.
  ///
  /// - Returns: False if one of them is not there as it is said to be; then nothing is done.
  @discardableResult
  func exchange(_ before: [RowValues], for after: [RowValues]) throws -> Bool {
    for row in before where try count(row) == 0 { return false }
    let keys = columns.filter { $0.keyPlace > 0 }.map(\.name.text)
    func key(_ row: RowValues) -> [StoredValue?] { keys.map { row[$0] } }
    for row in before {
      guard let next = after.first(where: { !keys.isEmpty && key($0) == key(row) }) else {
        try change(row) { "DELETE FROM \(home.table.itself) WHERE \($0(row))" }
        continue
      }
      guard next != row else { continue }
      var arguments = Bindings()
      let assignments = next.columns.filter { row[$0.name] != $0.value }.map { column in
        "\(SQLName(foreign: column.name)) = \(column.value.sql(&arguments, mapping.engine))"
      }
      let condition = condition(row, &arguments)
      try connection.execute(
        "UPDATE \(home.table.itself) SET \(assignments.joined(separator: ", ")) WHERE \(condition)",
        arguments.values)
    }
    for row in after where !before.contains(where: { !keys.isEmpty && key($0) == key(row) }) {
      try EntityTable.insert(row, into: home.table, connection)
    }
    return true
  }

  private func change(
    _ row: RowValues, _ statement: ((RowValues) -> String) -> String
  ) throws {
    var arguments = Bindings()
    let condition = condition(row, &arguments)
    try connection.execute(statement { _ in condition }, arguments.values)
  }

  /// How many rows are exactly like this.
  func count(_ row: RowValues) throws -> Int {
    var arguments = Bindings()
    let condition = condition(row, &arguments)
    return try connection.count(
      "SELECT count(*) FROM \(home.table) WHERE \(condition)", arguments.values)
  }

  private func condition(_ row: RowValues, _ arguments: inout Bindings) -> String {
    row.columns.map { condition(SQLName(foreign: $0.name), $0.value, &arguments) }
      .joined(separator: " AND ")
  }

  /// A condition: whether a column holds a value.
  ///
  /// Not all that a server keeps can be compared, such as JSON; its text can.
  private func condition(
    _ column: SQLName, _ value: StoredValue, _ arguments: inout Bindings
  ) -> String {
    let wanted = value.sql(&arguments, mapping.engine)
    let type = columns.first { $0.name.text == column.text }?.type
    guard mapping.engine == .postgres, ["json", "xml"].contains(type) else {
      return "\(column) IS \(wanted)"
    }
    return "CAST(\(column) AS TEXT) IS \(wanted)"
  }

  // MARK: - What it would take

  /// The rows of a user or company that the table takes again.
  ///
  /// - Parameters:
  ///   - rows: The rows as they were.
  ///   - left: What is left of them, in whose place they come.
  ///   - isThere: Whether there is a row with a value in a column of a table.
  /// - Returns: The rows, without what they refer to where that is gone and may be empty.
  /// - Throws: What the database answers.
  func fitting(
    _ rows: [RowValues], _ left: [RowValues],
    isThere: (StoredValue, SQLName, SQLName) throws -> Bool
  ) throws -> [RowValues] {
    let parents = try EntityTable.parents(of: home.table, connection)
    let unique = try EntityTable.uniqueColumns(of: home.table, connection)
    return try rows.compactMap { row in
      var row = row
      for (column, parent) in parents {
        guard let value = row[column], value.value != .null,
          try !isThere(value, parent.table, parent.column)
        else { continue }
        guard columns.first(where: { $0.name.text == column })?.isNotNull == false else {
          return nil
        }
        row[column] = StoredValue(.null)
      }
      for column in unique {
        guard let value = row[column], value.value != .null else { continue }
        let others = try EntityTable.rows(
          of: "\(home.table)", columns, "\(SQLName(foreign: column)) = ?", [value.value], connection
        )
        if others.contains(where: { !left.contains($0) }) { return nil }
      }
      return row
    }
  }
}
