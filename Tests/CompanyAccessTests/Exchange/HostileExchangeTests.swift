import TestSupport
import Testing

@testable import CompanyAccess

struct HostileExchangeTests {
  private static let databases = Sweep.number(
    "COMPANY_ACCESS_HOSTILE_DATABASES", sample: 40, full: 1_000)

  @Test func whatIsExportedChangesNothingWhenItIsImported() throws {
    var bad: [String] = []
    for number in 0..<Self.databases {
      var numbers = TestSupport.SeededNumbers(Sweep.seed &+ UInt64(number))
      let database = try HostileDatabase(&numbers, isLax: number % 2 == 1)
      for format in ExportFormat.allCases {
        let problems = try problems(of: database, format)
        bad += problems.map { "\($0), \(format), database \(number)" }
      }
    }
    Sweep.figure(
      "hostile databases exported and imported", swept: Self.databases,
      good: Self.databases - bad.count)
    #expect(bad == [], "COMPANY_ACCESS_SEED=\(Sweep.seed)")
  }

  private func problems(
    of database: HostileDatabase, _ format: ExportFormat
  ) throws -> [String] {
    let file = database.folder.file("grants.\(format.rawValue)")
    try database.store.export(.grants, as: format, to: file)
    let before = try database.rows()
    var problems: [String] = []
    do {
      let differences = try database.store.diff(file: file) { _ in }
      if !differences.isEmpty { problems.append("differs: \(differences)") }
      var options = StagedPairs.Options()
      options.isSync = true
      let staged = try database.store.stage(file, options: options)
      let plan = try database.store.plan(.staged(staged))
      if !plan.isEmpty { problems.append("would add \(plan.added), remove \(plan.removed)") }
      let result = try database.store.apply(plan)
      if result.change != nil || result.unchanged != before.count {
        problems.append("changed \(result)")
      }
    } catch {
      problems.append("\(error)")
    }
    if try database.rows() != before { problems.append("the rows are others") }
    return problems
  }

  @Test("Expectations that are written hold, whatever the names are")
  func expectationsOfHostileNamesHold() throws {
    var bad: [String] = []
    for number in 0..<Self.databases {
      var numbers = TestSupport.SeededNumbers(Sweep.seed &+ UInt64(number))
      let database = try HostileDatabase(&numbers, isLax: number % 2 == 1)
      let file = database.folder.file("expected.txt")
      do {
        let written = try database.store.writeExpectations(to: file)
        let counts = try database.store.expect(file: file) {
          bad.append("\($0.expectation): \($0.failure?.description ?? ""), database \(number)")
        }
        if counts.expectations != written { bad.append("\(counts), database \(number)") }
      } catch {
        bad.append("\(error), database \(number)")
      }
    }
    #expect(bad == [], "COMPANY_ACCESS_SEED=\(Sweep.seed)")
  }

  @Test func aReportOfHostileNamesHolds() throws {
    var bad: [String] = []
    for number in 0..<Self.databases / 4 {
      var numbers = TestSupport.SeededNumbers(Sweep.seed &+ UInt64(number))
      let database = try HostileDatabase(&numbers, isLax: number % 2 == 1)
      let folder = database.folder.file("report")
      _ = try database.store.report(
        from: Timestamp(stored: "2026-01-01 00:00:00.000"), to: .now, into: folder,
        toolVersion: "1")
      let differences = try AccessStore.verifyReport(folder)
      bad += differences.map { "\($0), database \(number)" }
    }
    #expect(bad == [], "COMPANY_ACCESS_SEED=\(Sweep.seed)")
  }
}
