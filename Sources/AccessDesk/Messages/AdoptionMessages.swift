internal import CompanyAccess
internal import TerminalUI

/// What is said about adopting a file, at the desk and by the command.
enum AdoptionMessages {
  static let heading: DisplayText = "This file does not say yet who may enter which company"
  static let looking: DisplayText = "looking at the file ..."
  static let failed: DisplayText = "This can't be done now; Esc leaves."
  static let problemsFirst = "What is in the way has to be put right first."
  static let notYet: DisplayText = "Nothing can be added yet. Esc leaves."
  static let question: DisplayText = "Adopt this file? y / Esc "
  static let wayOut: DisplayText = "Esc cancels; what has not been done then is not done."

  /// What would be done, and what is to be known.
  static func lines(_ plan: AdoptionPlan) -> [String] {
    var lines = [
      "mapping \(plan.status.mapping ?? "unknown"): \(Messages.users(plan.users)), "
        + Messages.companies(plan.companies)
    ]
    lines += added(plan.status.steps)
    lines += plan.status.notes.flatMap { "note: \($0)".split(separator: "\n").map(String.init) }
    guard let backfill = plan.backfill else { return lines }
    lines += backfill.roles.filter { $0.users > 0 }.map(role)
    if plan.added > 0 { lines.append("\(Messages.pairs(plan.added)) would be granted") }
    return lines + leftOut(backfill, keeping: plan.status.notes)
  }

  static let wayBack = "\"schema downgrade\" takes away again what is added, to the byte"

  /// What the steps add, in one line for each kind.
  static func added(_ steps: [SchemaStep]) -> [String] {
    guard !steps.isEmpty else { return ["the tables are as they should be"] }
    let counts = ["table", "column", "index", "trigger"].compactMap { kind -> String? in
      let made = steps.filter { $0.action != .keep && $0.object.hasPrefix(kind + " ") }.count
      return made > 0 ? Digits.counted(made, kind, kind == "index" ? "indexes" : kind + "s") : nil
    }
    let copy = "a verified copy of the file is made first"
    return ["to be added: " + counts.joined(separator: ", "), copy]
  }

  private static func role(_ role: BackfillRole) -> String {
    let what = role.isForAllCompanies ? "every active company" : "the home company"
    let name = role.role.map { "role \($0)" } ?? "no role"
    return
      "\(name): \(Messages.users(role.users)), \(Messages.pairs(role.expected)) with \(what)"
  }

  /// Who gets nothing, by the reason.
  private static func leftOut(_ summary: BackfillSummary, keeping notes: [SchemaNote]) -> [String] {
    BackfillReason.allCases.compactMap { reason in
      guard let count = summary.leftOut[reason], count > 0 else { return nil }
      return "\(get(count)) \(nothing(notes)): \(words(reason))"
    }
  }

  /// What users get to whom the application's home companies give nothing: where the grants of its
  /// own access table are kept, these are what they have.
  static func nothing(_ notes: [SchemaNote]) -> String {
    keepsGrants(notes) ? "nothing but the grants that are kept" : "nothing"
  }

  /// Whether the application's own access table has grants, which are kept.
  static func keepsGrants(_ notes: [SchemaNote]) -> Bool {
    notes.contains { note in
      if case .keptGrants(_, let count) = note { count > 0 } else { false }
    }
  }

  /// `1 user gets`, or `2 users get`.
  static func get(_ count: Int) -> String {
    Messages.users(count) + (count == 1 ? " gets" : " get")
  }

  static func words(_ reason: BackfillReason) -> String {
    switch reason {
    case .inactive: "inactive"
    case .noHome: "no home company"
    case .homeGone: "the home company is not there"
    case .homeInactive: "the home company is inactive"
    case .otherScope: "the home company is of another organization"
    }
  }

  static func stage(_ stage: AdoptionStage) -> String {
    switch stage {
    case .upgrade: "copying, and adding the tables ..."
    case .backfill: "granting what the application knows ..."
    case .verify: "verifying ..."
    }
  }

  /// What was done, in one sentence.
  static func done(_ adoption: Adoption) -> String {
    var parts: [String] = []
    if let change = adoption.backfill.change {
      parts.append("\(Messages.pairs(adoption.backfill.added)) granted by change \(change)")
    } else {
      parts.append("nothing had to be granted")
    }
    if adoption.summary.leftOutCount > 0 {
      parts.append("\(get(adoption.summary.leftOutCount)) \(nothing(adoption.upgrade.notes))")
    }
    if let copy = adoption.upgrade.backup { parts.append("the file as it was is in \(copy)") }
    return "adopted: " + parts.joined(separator: "; ")
  }
}
