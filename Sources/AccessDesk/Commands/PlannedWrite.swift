internal import CompanyAccess
internal import TerminalUI

/// Carries out what a command wants to write: plan, confirmation, change, report.
struct PlannedWrite {
  /// From how many pairs on a change has to be confirmed.
  static let confirmedPairs = 1_000

  let context: CommandContext
  let store: AccessStore
  let options: WriteOptions
  /// Whether a table has a line for each pair, where these are not too many.
  var listsPairs = true
  /// Says why a plan is not to be carried out, by throwing.
  var checkLimits: (Plan) throws -> Void = { _ in }
  /// Whether many new pairs have to be confirmed; those of a file were chosen one by one.
  var confirmsAdditions = true
  /// The work that this is part of, if it is part of some.
  var work: Work?
  /// Whether the report has how many pairs were left alone.
  var countsLeftAlone = false
  /// More figures for the report.
  var figures: [(String, Cell)] = []

  /// Does it, or with `--dry-run` only says what would be done.
  ///
  /// - Parameters:
  ///   - intent: What is wanted.
  ///   - what: What has to be confirmed in any case, in words; nil if only the number of pairs
  ///     decides.
  ///   - removals: The same, if anything is revoked.
  /// - Returns: What was done, or would be.
  /// - Throws: `UsageProblem.unconfirmed`, or what the store or the output answers.
  @discardableResult
  func carryOut(
    _ intent: Intent, confirming what: String? = nil, confirmingRemovals removals: String? = nil
  ) throws -> ChangeResult {
    var plan = try store.plan(intent, work: work)
    while true {
      if options.dryRun { return try report(ChangeResult(planned: plan), plan) }
      try checkLimits(plan)
      try confirm(plan, what ?? (plan.removed > 0 ? removals : nil))
      do {
        let result = try apply(plan)
        return try report(result, plan)
      } catch AccessError.planChanged(let newer) {
        // Somebody else was faster: what is asked for is carried out on the state as it is now.
        guard newer != plan else {
          throw AccessError.unexpected(detail: "what was planned cannot be carried out")
        }
        plan = newer
      }
    }
  }

  private func apply(_ plan: Plan) throws -> ChangeResult {
    if let work { return try store.apply(plan, reason: options.reason, work: work) }
    guard plan.changedPairs > PlannedWrite.confirmedPairs else {
      return try store.apply(plan, reason: options.reason)
    }
    return try LongWork.run(context.console) { work in
      try store.apply(plan, reason: options.reason, work: work)
    }
  }

  private func confirm(_ plan: Plan, _ what: String?) throws {
    let many = confirmsAdditions ? plan.changedPairs : plan.removed
    let isLarge = what != nil && !plan.isEmpty || many > PlannedWrite.confirmedPairs
    guard isLarge, !options.isConfirmed else { return }
    let verb =
      switch plan.intent {
      case .undo(let change, _): "undoing change \(change), "
      default: plan.removed > 0 ? "revoking " : "granting "
      }
    let question = what ?? verb + PlannedWrite.pairs(plan.changedPairs)
    try Confirmation(console: context.console).ask(question, PlanWords(plan).lines)
  }

  private func report(_ result: ChangeResult, _ plan: Plan) throws -> ChangeResult {
    if listsPairs || context.options.format != .table {
      let leftAlone = countsLeftAlone ? [("left_alone", Cell(result.leftAlone))] : []
      try ResultWriter(context: context).write(result, more: leftAlone + figures)
    }
    for line in PlanWords(plan).leftAlone { context.sayIfTable(line) }
    context.sayIfTable(PlannedWrite.summary(result, dryRun: options.dryRun))
    return result
  }

  /// What was done, or would be, in a sentence.
  static func summary(_ result: ChangeResult, dryRun: Bool) -> String {
    let verb = { (done: String, planned: String) in dryRun ? "would " + planned : done }
    var parts: [String] = []
    if result.added > 0 { parts.append("\(verb("granted", "grant")) \(pairs(result.added))") }
    if result.removed > 0 { parts.append("\(verb("revoked", "revoke")) \(pairs(result.removed))") }
    if parts.isEmpty { parts.append("nothing to change") }
    if result.unchanged > 0 { parts.append("\(pairs(result.unchanged)) as they were") }
    if result.leftAlone > 0 { parts.append("\(pairs(result.leftAlone)) left alone") }
    let end = dryRun ? "; nothing was done" : result.change.map { "; change \($0)" } ?? ""
    return parts.joined(separator: ", ") + end
  }

  static func pairs(_ count: Int) -> String {
    count == 1 ? "1 pair" : "\(Digits.grouped(count)) pairs"
  }
}

extension ChangeResult {
  /// What a plan would do.
  init(planned plan: Plan) {
    self.init(
      change: nil, added: plan.added, removed: plan.removed, unchanged: plan.unchanged,
      leftAlone: plan.leftAlone, results: plan.pairs)
  }
}
