internal import CompanyAccess
internal import TerminalUI

/// What the commands say about the schema, about adoption and about restored files.
enum SchemaMessages {
  static func inTheWay(_ problem: SchemaProblem) -> String { "in the way: \(problem)" }

  static func wrong(_ difference: SchemaDifference) -> String {
    "not as it should be: \(difference.object) \(difference.difference)"
  }

  static let isRight = "the schema is as it should be, and the record says what the tables say"

  static func differences(_ count: Int) -> String {
    Digits.counted(count, "difference")
      + "; \"schema upgrade\" puts back what is missing, \"schema "
      + "reconcile\" tells the record"
  }

  static func version(_ status: SchemaStatus) -> String {
    let mapping = status.mapping.map { ", mapping \($0)" } ?? ""
    return "version \(status.version) of \(SchemaStatus.newest)\(mapping)"
  }

  /// Which command does what `schema status` lists.
  static func remedy(version: Int) -> String {
    version == 0
      ? "\"adopt\" does this, and gives what the application knows already"
      : "\"schema upgrade\" does this"
  }

  static let isNewest = "nothing to do: version \(SchemaStatus.newest)"

  static func copy(_ path: String) -> String { "the file as it was is in \(path)" }

  /// From which change on the record is complete.
  static func record(_ done: SchemaUpgrade, from change: ChangeID) -> String {
    if done.before == 0 { return "the record begins with change \(change)" }
    if done.before < SchemaStatus.newest {
      return "the record was brought over by change \(change)"
    }
    if done.onlyFinds {
      return "\(Digits.counted(done.found, "difference")) went on the record as change \(change)"
    }
    let found =
      done.found > 0
      ? "; \(Digits.counted(done.found, "difference")) went on it as a change of their own" : ""
    return "the record resumes with change \(change)\(found)"
  }

  static func paused(_ steps: [SchemaStep], dryRun: Bool) -> String {
    if steps.isEmpty { return "nothing to do: none of the triggers is there" }
    return dryRun
      ? CommandMessages.nothingDone
      : "nothing can be written until \"schema upgrade\" has brought the triggers back"
  }

  static func reconciled(_ done: SchemaReconciliation) -> [String] {
    guard !done.difference.isEmpty else {
      return ["nothing to do: the record says what the tables say"]
    }
    return done.difference.parts.map { "\(Digits.grouped($0.count)) \($0.what)" }
      + [done.change.map { "on the record as change \($0)" } ?? CommandMessages.nothingDone]
  }

  static let revokingFormer = "revoking the grants of earlier and missing users and companies"

  static let nothingToTakeAway = "nothing to do: the file has none of these tables"

  static func downgraded(_ done: SchemaDowngrade, dryRun: Bool) -> String {
    dryRun
      ? "\(done.loss) would be lost; nothing was done"
      : "taken away, and with it \(done.loss); \(copy(done.backup ?? ""))"
  }
}

/// What `restore` says.
enum RestoreMessages {
  /// What would be done, for the one who decides.
  static func lines(_ plan: RestorePlan) -> [String] {
    let coverage = plan.coverage
    var lines = [
      "\(plan.path) would hold \(Messages.users(coverage.users)), "
        + "\(Messages.companies(coverage.companies)) and \(Messages.grants(coverage.grants)), as "
        + "\(plan.source) does"
    ]
    if let newest = plan.newest {
      lines.append("its newest change is \(newest.id), of \(newest.at.localMinuteAndZone)")
    }
    guard let kept = plan.keptAs else { return lines + ["there is no file at \(plan.path) now"] }
    let present = "the present file would be kept as \(kept)"
    if let gap = plan.gap { return lines + [present, "its record would be lost, because \(gap)"] }
    let since = plan.onlyInPresent.map { Digits.counted($0, "change") } ?? "no change"
    return lines + ["\(present); the record would go on, with \(since) since the backup"]
  }

  static func done(_ plan: RestorePlan, _ done: Restoration) -> [String] {
    var lines = ["\(plan.path) holds what \(plan.source) holds; change \(done.change)"]
    guard let kept = done.kept else { return lines }
    lines.append("kept the file as it was before as \(kept.path)")
    if let gap = done.gap { lines.append("note: its record is in that copy alone, because \(gap)") }
    if let damage = kept.damage { lines.append("note: that copy is damaged: \(damage)") }
    return lines
  }
}
