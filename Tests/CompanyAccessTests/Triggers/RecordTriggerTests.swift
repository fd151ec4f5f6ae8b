import Database
import Testing

@testable import CompanyAccess

/// What other programs can do to the tables of an application, and what the record makes of it.
@Suite struct RecordTriggerTests {
  @Test(
    "The record keeps up with REPLACE, UPSERT and keys that change",
    arguments: TriggerCase.replacing, TriggerSettings.all)
  func replacing(_ tried: TriggerCase, _ settings: TriggerSettings) throws {
    for isMarked in [true, false] { try run(tried, settings, isMarked: isMarked) }
  }

  @Test(
    "The record keeps up with conflicts, savepoints, many rows and rows without keys",
    arguments: TriggerCase.writing)
  func writing(_ tried: TriggerCase) throws { try runAlways(tried) }

  @Test("The record takes keys as the application declares them", arguments: TriggerCase.keys)
  func keys(_ tried: TriggerCase) throws { try runAlways(tried) }

  @Test(
    "The record keeps up with triggers of the application, made before ours or after",
    arguments: TriggerCase.triggers, [true, false])
  func triggers(_ tried: TriggerCase, areFirst: Bool) throws {
    for settings in TriggerSettings.all {
      for isMarked in [true, false] {
        try run(tried, settings, isMarked: isMarked, areTriggersFirst: areFirst)
      }
    }
  }

  @Test("What another program writes is on the record where the mark of this program is deleted")
  func withoutMark() throws {
    let bench = try RecordBench()
    #expect(try bench.step(TriggerCase.usual, isMarked: false) == [])
    try bench.connection.execute("DELETE FROM company_access_now")
    for statement in [
      "INSERT INTO \(grantRow("i3", "1", "'y'"))", "REPLACE INTO \(grantRow("i4", "1", "'y'"))",
      "DELETE FROM hrm_users WHERE id = 1",
    ] {
      #expect(try bench.step([statement], isMarked: false) == [])
    }
    #expect(try bench.differences() == [])
  }

  private func runAlways(_ tried: TriggerCase) throws {
    for settings in TriggerSettings.all {
      for isMarked in [true, false] { try run(tried, settings, isMarked: isMarked) }
    }
  }

  private func run(
    _ tried: TriggerCase, _ settings: TriggerSettings, isMarked: Bool,
    areTriggersFirst: Bool = true
  ) throws {
    let bench = try RecordBench(
      tried.mapping, tried.changes, triggers: tried.triggers, areTriggersFirst: areTriggersFirst)
    bench.pair = tried.pair
    try bench.connection.setForeignKeys(settings.foreignKeys)
    try bench.connection.execute(
      "PRAGMA recursive_triggers = \(settings.recursive ? "ON" : "OFF")")
    let isSilent = tried.isSilent && !settings.recursive
    func comment(_ text: String) -> Comment {
      "\(text) [\(settings.testDescription), \(isMarked ? "marked" : "unmarked")]"
    }
    for (number, statements) in ([tried.start] + tried.steps).enumerated() {
      let isLast = number == tried.steps.count
      let last = try bench.newest
      for fault in try bench.step(statements, isMarked: isMarked) {
        Issue.record(comment(fault))
      }
      guard isSilent, isLast else { continue }
      // What went silently is on the record until the next comparison, and not before.
      let unseen = try bench.unseen()
      #expect(unseen.revoked + unseen.deleted > 0, comment("silent"))
      #expect(unseen.granted + unseen.added + unseen.edited == 0, comment("silent"))
      #expect(try bench.differences(among: [last]) == [], comment("before"))
      bench.forget(from: last + 1)
      try bench.reconcile()
      try bench.note()
    }
    for difference in try bench.differences() { Issue.record(comment(difference)) }
    #expect(try bench.unseen() == RecordDifference(), comment("compared"))
  }
}
