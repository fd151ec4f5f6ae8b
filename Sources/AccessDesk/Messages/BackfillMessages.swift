internal import CompanyAccess
internal import TerminalUI

/// What `backfill` says.
enum BackfillMessages {
  /// What users of a role get.
  static func gets(_ role: BackfillRole) -> String {
    role.isForAllCompanies ? "every company" : "home company"
  }

  static let unreadable = "who gets nothing can't be read now; `backfill --dry-run` lists them"

  static func leftOut(_ count: Int) -> String { "\(AdoptionMessages.get(count)) nothing" }

  static func differences(_ counts: RuleDifferenceCounts) -> String {
    counts.isEmpty
      ? "every user has exactly what the rule gives"
      : """
      missing \(Digits.grouped(counts.missing)), beyond the rule \(Digits.grouped(counts.beyond)), \
      of users who moved \(Digits.grouped(counts.moved))
      """
  }

  // MARK: - Rows without a company

  /// What is confirmed.
  static func lines(_ plan: NullCompanyPlan, default standard: Company?) -> [String] {
    var lines = plan.tables.map { table in
      "\(table.table): \(rows(table.rows)) without a company, \(Digits.grouped(table.resolvable)) "
        + "would be filled in"
    }
    if let standard { lines.append("where the user has none: \(Messages.name(standard))") }
    if let change = plan.resumes { lines.append("this goes on with change \(change)") }
    return lines + ["there is no undo of this"]
  }

  /// What a dry run would do.
  static func wouldFill(_ plan: NullCompanyPlan) -> String {
    let filled =
      plan.resolvable == 0
      ? "nothing can be filled in" : "\(rows(plan.resolvable)) would be filled in"
    return filled + left(plan) + "; nothing was done"
  }

  static func filled(_ result: NullCompanyResult, of plan: NullCompanyPlan) -> String {
    let done = "\(rows(result.total)) filled in"
    let change = result.change.map { "; change \($0)" } ?? ""
    return result.isComplete
      ? done + left(plan) + change
      : "stopped: \(done), and that stays\(change); the same command goes on from there"
  }

  private static func left(_ plan: NullCompanyPlan) -> String {
    plan.unresolved > 0 ? "; \(rows(plan.unresolved)) stay without" : ""
  }

  private static func rows(_ count: Int) -> String { Digits.counted(count, "row") }
}
