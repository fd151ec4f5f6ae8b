import Database
import Glibc
import TestSupport
import Testing

@testable import CompanyAccess

/// Reports beside a script that recomputes every figure from the raw tables, and shares nothing with the
/// program.
@Suite struct ReportRecomputedTests {
  private static let script = #filePath.split(separator: "/").dropLast(2).joined(separator: "/")
  private static let hasPython =
    (try? runProgram("/usr/bin/env", ["python3", "-c", "import sqlite3"]))?.status == 0
  private static let steps = 55
  static let seeds = (0..<2).map { _ in UInt64.random(in: 0..<1_000_000_000) }

  @Test(
    "Every figure of a report of two years of history is what the raw tables give",
    .enabled(if: hasPython), arguments: seeds)
  func recomputed(seed: UInt64) throws {
    let history = try RecordHistory(seed: seed)
    for _ in 1...ReportRecomputedTests.steps { try history.step() }
    let (desk, newest) = (history.desk, try history.newest)
    try desk.other.execute(
      """
      UPDATE company_access_change SET at = strftime('%Y-%m-%d %H:%M:%f', '2024-12-01',
        '+' || (id * 730.0 / \(newest)) || ' days')
      """)
    for (number, period) in [
      ("2024-12-02", "2026-12-31"), ("2025-03-01", "2025-06-30"), ("2026-01-01", "2026-01-31"),
    ].enumerated() {
      let folder = desk.folder.file("report\(number)")
      try desk.store.report(
        from: Timestamp(stored: period.0 + " 00:00:00.000"),
        to: Timestamp(stored: period.1 + " 23:59:59.999"), into: folder, toolVersion: "test")
      let result = try runProgram(
        "/usr/bin/env",
        ["python3", "-B", "/\(Self.script)/Independent/recompute.py", desk.store.path, folder])
      #expect(
        result.status == 0 && result.stdout == "", "seed \(seed): \(result.stdout)\(result.stderr)")
      #expect(try AccessStore.verifyReport(folder) == [], "seed \(seed)")
      #expect(try desk.store.verifyReport(folder) == [], "seed \(seed)")
    }
  }
}
