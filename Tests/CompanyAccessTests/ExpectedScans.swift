/// A scan or a sort that is meant.
struct ExpectedScan: Hashable, Sendable {
  /// What is being done, by the beginning of its name in `QueryPlanWorkload`; empty for everything.
  let work: String
  /// The line of the plan.
  let line: String
  /// Why nothing better is wanted.
  let reason: String

  /// Those of each kind of work.
  static let all = Array(lists) + Array(changes) + Array(exchange)

  static func meant(_ work: String, _ reason: String, _ lines: [String]) -> [ExpectedScan] {
    lines.map { ExpectedScan(work: work, line: $0, reason: reason) }
  }

  /// Tables that stay small in a database of any size, or hold only what a write is about.
  private static let small = [
    "company_access_setting", "company_access_now", "hrm_role", "sqlite_schema", "json_each",
    "pragma_", "temp.", "company_access_staged.", "company_access_edited.",
    "main.company_access_now",
  ]

  /// The lines of a plan that read a whole table or sort, without those on small tables and on what
  /// the statement itself has made.
  static func costly(_ statement: QueryPlanTests.Planned) -> [String] {
    let lines = statement.plan.map { line in String(line.drop { $0 == " " }) }
    return lines.filter { line in
      if line.hasPrefix("USE TEMP B-TREE") { return true }
      // Virtual tables are those of SQLite: pragmas and lists in JSON.
      guard line.hasPrefix("SCAN "), !line.contains("CONSTANT ROW"), !line.contains("VIRTUAL TABLE")
      else { return false }
      let name = String(line.split(separator: " ")[1])
      return !isMade(name, lines)
        && !tables(of: name, statement.sql).allSatisfy { table in
          isMade(table, lines) || small.contains { table.hasPrefix($0) }
        }
    }
  }

  /// Whether it is the result of a query within the statement.
  private static func isMade(_ name: String, _ lines: [String]) -> Bool {
    lines.contains("CO-ROUTINE \(name)") || lines.contains("MATERIALIZE \(name)")
  }

  /// What an alias stands for; each may be used several times in a statement.
  private static func tables(of name: String, _ sql: String) -> [String] {
    let words = sql.split { " \n(),".contains($0) }
    let tables = words.indices.dropFirst(2)
      .filter { words[$0] == name && words[$0 - 1] == "AS" }.map { String(words[$0 - 2]) }
    return tables.isEmpty ? [name] : tables
  }

  func covers(_ line: String, _ statement: QueryPlanTests.Planned) -> Bool {
    line == self.line && statement.work.hasPrefix(work)
  }
}
