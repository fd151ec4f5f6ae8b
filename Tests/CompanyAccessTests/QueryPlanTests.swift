import Database
import Synchronization
import TestSupport
import Testing

@testable import CompanyAccess

/// How SQLite means to carry out every statement of the library.
///
/// The test prints all plans. A scan of a whole table, or a sort, must be on the list of those that
/// are meant, with the reason.
@Suite struct QueryPlanTests {
  struct Planned: Hashable, Sendable {
    let work: String
    let sql: String
    let caller: String
    let plan: [String]

    /// What it is for.
    var name: String {
      let parts = work.split(separator: " | ").map(String.init)
      guard parts.count == 2 else { return parts.first ?? "setting up" }
      return switch parts[0].split(separator: ":")[0] {
      case "list", "count", "apply": parts[1]
      case "plan": "plan of \(parts[1])"
      default: parts.joined(separator: ", ")
      }
    }
  }

  /// What the library compiles while a body runs, each statement once.
  private func statements(of body: () throws -> Void) rethrows -> [Planned] {
    let found = Mutex<[Planned]>([])
    try QueryPlans.$listener.withValue(
      { statement in
        let planned = Planned(
          work: QueryPlanWorkload.name, sql: statement.sql, caller: statement.caller,
          plan: statement.plan)
        found.withLock { $0.append(planned) }
      },
      operation: body)
    var seen: Set<Planned> = []
    return found.withLock { $0 }.filter { seen.insert($0).inserted }
  }

  @Test func onlyWhatIsMeantIsScannedOrSorted() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("hrm.db")
    try AccessStore.generate(path, TestData(users: 400, companies: 60, grants: 4_000))
    let store = try AccessStore.open(path)
    let all = try statements {
      try QueryPlanWorkload(store, folder).run()
    }
    try checkStatements(all)
    var unexpected: [String] = []
    var used: Set<ExpectedScan> = []
    var printed: Set<[String]> = []
    for statement in all {
      // Of the statements that differ in the columns only, the first one.
      if printed.insert([statement.work] + statement.plan).inserted {
        let plan = statement.plan.map { "    " + $0 }
        print((["\(statement.work): \(statement.sql)"] + plan).joined(separator: "\n"))
      }
      for line in ExpectedScan.costly(statement) {
        if let meant = ExpectedScan.all.first(where: { $0.covers(line, statement) }) {
          used.insert(meant)
        } else {
          unexpected.append("\(statement.work): \(line)\nin: \(statement.sql)")
        }
      }
    }
    #expect(all.count > 100)
    #expect(unexpected.isEmpty, "\(unexpected.joined(separator: "\n\n"))")
    // What nothing needs any more is taken from the list.
    #expect(ExpectedScan.all.filter { !used.contains($0) } == [])
  }

  /// Every finished statement stands in `docs/statements.sql`; `RECORD_GOLDEN=1` writes it anew.
  private func checkStatements(_ all: [Planned]) throws {
    var seen: Set<String> = []
    var text = StatementFile.heading
    for statement in all where !StatementFile.isVariation(statement.name) {
      let sql = StatementFile.withoutChangeNumbers(statement.sql)
      guard seen.insert(sql).inserted else { continue }
      text += "\n-- \(statement.name)\n-- \(statement.caller)\n" + StatementFile.layout(sql) + ";\n"
    }
    #expect(try Recorded.difference(of: text, from: "docs/statements.sql") == nil)
  }

  @Test func aScanAndASortAreSeen() throws {
    let desk = try Desk()
    let found = try statements {
      try desk.store.connection.withLock { connection in
        try connection.execute("SELECT username FROM hrm_users WHERE full_name > 'x'")
        try connection.execute("SELECT * FROM hrm_users ORDER BY full_name")
        try connection.execute("SELECT * FROM hrm_users WHERE id = 1")
        try connection.execute(
          "SELECT n FROM (SELECT count(*) AS n FROM hrm_role AS r GROUP BY name LIMIT 1) AS s")
      }
    }
    #expect(
      found.map { ExpectedScan.costly($0) } == [
        ["SCAN hrm_users"], ["SCAN hrm_users", "USE TEMP B-TREE FOR ORDER BY"], [], [],
      ])
  }
}
