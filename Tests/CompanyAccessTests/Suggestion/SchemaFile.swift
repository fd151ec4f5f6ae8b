import Database
import TestSupport

@testable import CompanyAccess

/// The schema of a real application as a JSON file: its tables, and under `expected` where users,
/// companies and grants are.
struct SchemaFile {
  private let json: Value
  /// SQLite reads the JSON.
  private let reader: Connection

  init(path: String, _ folder: TemporaryFolder) throws {
    json = .text(String(decoding: try readFile(path), as: UTF8.self))
    reader = try Connection(path: folder.file("reader.db"), mode: .create)
  }

  // MARK: - The tables

  /// Makes the tables in a database.
  func load(into connection: Connection) throws {
    let tables = try reader.rows("SELECT key, value FROM json_each(?1, '$.tables')", [json]) {
      (name: SQLName(foreign: $0.text(0)), text: $0.value(1))
    }
    for table in tables {
      let lines = try columns(table.text) + constraints(table.text)
      try connection.execute("CREATE TABLE \(table.name) (\(lines.joined(separator: ", ")))")
      let partial = try reader.rows(
        """
        SELECT (SELECT group_concat(printf('"%w"', value)) FROM json_each(i.value, '$.columns')),
          i.value ->> '$.columns[0]'
        FROM json_each(?1, '$.partial_or_expression_indexes') AS i WHERE i.value ->> 'unique'
        """, [table.text]
      ) { (all: $0.text(0), first: SQLName(foreign: $0.text(1))) }
      for (number, columns) in partial.enumerated() {
        let index = table.name.with(prefix: "partial_", suffix: "_\(number)")
        try connection.execute(
          """
          CREATE UNIQUE INDEX \(index) ON \(table.name) (\(columns.all))
          WHERE \(columns.first) IS NOT NULL
          """)
      }
    }
  }

  private func key(_ table: Value) throws -> [String] {
    try names("SELECT value FROM json_each(?1, '$.primary_key')", table)
  }

  private func names(_ query: String, _ table: Value) throws -> [String] {
    try reader.rows(query, [table]) { SQLName(foreign: $0.text(0)).description }
  }

  private func columns(_ table: Value) throws -> [String] {
    let key = try key(table)
    return try reader.rows(
      """
      SELECT key, value ->> 'type', value ->> 'nullable', value ->> 'default'
      FROM json_each(?1, '$.columns')
      """, [table]
    ) { row in
      let column = SQLName(foreign: row.text(0)).description
      if key == [column], row.optionalText(3) == "auto" { return column + " INTEGER PRIMARY KEY" }
      let type = row.text(1).prefix { $0 != "(" }.filter { $0.isLetter || $0.isNumber || $0 == " " }
      let value = row.optionalText(3).map { " DEFAULT " + SQLText.literal($0) } ?? ""
      return "\(column) \(type)\(row.bool(2) ? "" : " NOT NULL")\(value)"
    }
  }

  private func constraints(_ table: Value) throws -> [String] {
    let key = try key(table)
    let isDeclared =
      try key.count == 1
      && reader.count(
        """
        SELECT count(*) FROM json_each(?1, '$.columns')
        WHERE key = json_extract(?1, '$.primary_key[0]') AND value ->> 'default' = 'auto'
        """, [table]) > 0
    let lists = try reader.rows("SELECT value FROM json_each(?1, '$.unique')", [table]) {
      $0.value(0)
    }
    let unique = try lists.map {
      "UNIQUE (" + (try names("SELECT value FROM json_each(?1)", $0)).joined(separator: ", ") + ")"
    }
    let references = try reader.rows(
      """
      SELECT value ->> '$.columns[0]', value ->> 'table', value ->> '$.references[0]',
        json_array_length(value, '$.columns')
      FROM json_each(?1, '$.foreign_keys')
      """, [table]
    ) { row in
      row.int(3) > 1
        ? nil
        : """
        FOREIGN KEY (\(SQLName(foreign: row.text(0)))) REFERENCES \
        \(SQLName(foreign: row.text(1))) (\(SQLName(foreign: row.text(2))))
        """
    }.compactMap { $0 }
    let primary = key.isEmpty || isDeclared ? [] : ["PRIMARY KEY (\(key.joined(separator: ", ")))"]
    return primary + unique + references
  }

  // MARK: - What is expected

  /// A text under `expected`; nil for null.
  func expected(_ path: String) throws -> String? {
    try reader.first("SELECT json_extract(?1, '$.expected.' || ?2)", [json, .text(path)]) {
      $0.optionalText(0)
    } ?? nil
  }

  func hardDecoys() throws -> [String] {
    try reader.rows("SELECT value FROM json_each(?1, '$.expected.hard_decoys')", [json]) {
      $0.text(0)
    }
  }

  /// What of a suggestion is not as expected; nil if all is.
  func difference(from suggestion: MappingSuggestion) throws -> String? {
    let access = suggestion.answer == .access ? suggestion.table(for: .access) : nil
    var found: [String: String?] = [
      "access.table": access?.table, "access.user": access?.column("user"),
      "access.company": access?.column("company"),
      "home.column": suggestion.table(for: .home)?.column("company"),
    ]
    if suggestion.answer != .none {
      found["users.table"] = suggestion.table(for: .users)?.table
      found["companies.table"] = suggestion.table(for: .companies)?.table
    } else if try expected("home.column") != nil {
      return "nothing was found"
    }
    if try expected("indirect") != nil, ![.through, .none].contains(suggestion.answer) {
      return "it is through another table"
    }
    for (path, value) in found.sorted(by: { $0.key < $1.key }) {
      let expected = try expected(path)
      if expected != value {
        return "\(path): \(value ?? "none") instead of \(expected ?? "none")"
      }
    }
    return nil
  }
}
