internal import CSQLite

/// The function that runs a statement, by which its code is found.
package struct SQLCaller: Sendable, CustomStringConvertible {
  private let file: StaticString
  private let function: StaticString

  init(_ file: StaticString, _ function: StaticString) {
    self.file = file
    self.function = function
  }

  /// The name of the source file without its folder and ending, and that of the function.
  package var description: String {
    let name = "\(file)".split(separator: "/").last ?? ""
    return "\(name.prefix { $0 != "." }).\("\(function)".prefix { $0 != "(" })"
  }
}

/// The statements that are compiled, and how SQLite means to carry them out; for tests.
package enum QueryPlans {
  /// A statement that a connection has compiled.
  package struct Compiled: Hashable, Sendable {
    package let sql: String
    /// The file and the function that run it.
    package let caller: String
    /// The lines of its query plan.
    package let plan: [String]
  }

  /// Hears of every statement that a connection compiles in the task.
  @TaskLocal package static var listener: (@Sendable (Compiled) -> Void)?
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
