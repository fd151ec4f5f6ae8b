internal import CSQLite

/// How SQLite means to carry out the statements that are compiled; for tests.
package enum QueryPlans {
  /// Hears of every statement that a connection compiles in the task, with the lines of its plan.
  @TaskLocal package static var listener: (@Sendable (_ sql: String, _ plan: [String]) -> Void)?
}

extension Connection {
  /// The lines of EXPLAIN QUERY PLAN, each behind two spaces for each level; none for what is no
  /// query.
  func queryPlan(_ sql: String) -> [String] {
    var statement: OpaquePointer?
    guard sqlite3_prepare_v2(handle, "EXPLAIN QUERY PLAN " + sql, -1, &statement, nil) == SQLITE_OK
    else { return [] }
    defer { sqlite3_finalize(statement) }
    var levels: [Int32: Int] = [:]
    var lines: [String] = []
    while sqlite3_step(statement) == SQLITE_ROW, let text = sqlite3_column_text(statement, 3) {
      let level = levels[sqlite3_column_int(statement, 1)].map { $0 + 1 } ?? 0
      levels[sqlite3_column_int(statement, 0)] = level
      lines.append(String(repeating: "  ", count: level) + String(cString: text))
    }
    return lines
  }
}
