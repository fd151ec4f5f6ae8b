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
    let plan: [String]
  }

  /// What the library compiles while a body runs, each statement once.
  private func statements(of body: () throws -> Void) rethrows -> [Planned] {
    let found = Mutex<[Planned]>([])
    try QueryPlans.$listener.withValue(
      { sql, plan in
        let planned = Planned(work: QueryPlanWork.name, sql: sql, plan: plan)
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
      try QueryPlanWork(store, folder).run()
    }
    var unexpected: [String] = []
    var used: Set<MeantPlan> = []
    var printed: Set<[String]> = []
    for statement in all {
      // Of the statements that differ in the columns only, the first one.
      if printed.insert([statement.work] + statement.plan).inserted {
        let plan = statement.plan.map { "    " + $0 }
        print((["\(statement.work): \(statement.sql)"] + plan).joined(separator: "\n"))
      }
      for line in MeantPlan.costly(statement) {
        if let meant = MeantPlan.all.first(where: { $0.covers(line, statement) }) {
          used.insert(meant)
        } else {
          unexpected.append("\(statement.work): \(line)\nin: \(statement.sql)")
        }
      }
    }
    #expect(all.count > 100)
    #expect(unexpected.isEmpty, "\(unexpected.joined(separator: "\n\n"))")
    // What nothing needs any more is taken from the list.
    #expect(MeantPlan.all.filter { !used.contains($0) } == [])
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
      found.map { MeantPlan.costly($0) } == [
        ["SCAN hrm_users"], ["SCAN hrm_users", "USE TEMP B-TREE FOR ORDER BY"], [], [],
      ])
  }
}
