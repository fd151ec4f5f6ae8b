internal import CompanyAccess
internal import Formats
internal import TerminalUI

/// Carries out what a command wants to write: plan, confirmation, change, report.
struct PlannedWrite {
  /// From how many pairs on a change has to be confirmed.
  static let confirmedPairs = 1_000

  let context: CommandContext
  let store: AccessStore
  let options: WriteSettings
  /// Whether a table has a line for each pair, where these are not too many.
  var listsPairs = true
  /// Says why a plan is not to be carried out, by throwing.
  var checkLimits: @Sendable (Plan) throws -> Void = { _ in }
  /// Whether many new pairs have to be confirmed; those of a file were chosen one by one.
  var confirmsAdditions = true
  /// The work that this is part of, if it is part of some.
  var work: Work?
  /// Whether the report has how many pairs were left alone.
  var countsLeftAlone = false
  /// More figures for the report.
  var figures: [(String, Cell)] = []
  /// Writes the report, where another one than that of pairs is wanted.
  var writeReport: ((ChangeResult, Plan) throws -> Void)?

  /// Does it; with `--dry-run` everything but the commit.
  ///
  /// - Parameters:
  ///   - intent: What is wanted.
  ///   - what: What has to be confirmed in any case, in words; nil if only the number of pairs
  ///     decides.
  ///   - removals: The same, if anything is revoked.
  /// - Returns: What was done, or would be.
  /// - Throws: `UsageProblem.unconfirmed`, or what the store or the output answers.
  @discardableResult
  func perform(
    _ intent: Intent, confirming what: String? = nil, confirmingRemovals removals: String? = nil
  ) throws -> ChangeResult {
    var plan = try store.plan(intent, work: work)
    let questions = Questions(
      options: options, confirmsAdditions: confirmsAdditions, what: what, removals: removals)
    while true {
      try checkLimits(plan)
      // Before anything is asked, for which there would be no use.
      let missing = plan.needsTicket(options.reason)
      if !missing.isEmpty { throw AccessError.ticketRequired(missing) }
      try confirm(plan, questions)
      do {
        let (result, done) = try apply(plan, questions)
        return try report(result, done)
      } catch AccessError.planChanged(let newer) {
        plan = newer
      }
    }
  }

  /// Carries a plan out, or what is asked for on the state as it is by then, if no user has to be
  /// asked about that.
  private func apply(
    _ plan: Plan, _ questions: Questions
  ) throws -> (result: ChangeResult, plan: Plan) {
    let wasAsked = questions.isNeeded(plan)
    let accepts: @Sendable (Plan) -> Bool = { [checkLimits] newer in
      guard !wasAsked, !questions.isNeeded(newer) else { return false }
      return (try? checkLimits(newer)) != nil
    }
    func write(_ work: Work) throws -> (result: ChangeResult, plan: Plan) {
      try store.apply(
        plan, reason: options.reason, dryRun: options.dryRun, work: work, orNewerIf: accepts)
    }
    if let work { return try write(work) }
    guard plan.changedPairs > PlannedWrite.confirmedPairs else { return try write(Work()) }
    return try CancellableRun.run(context.console, write)
  }

  /// What has to be asked before a plan is carried out.
  private struct Questions: Sendable {
    let options: WriteSettings
    let confirmsAdditions: Bool
    let what: String?
    let removals: String?

    func losesAdministrator(_ plan: Plan) -> Bool {
      plan.leavesNoAdministrator && !options.leavesNoAdministrator
    }

    /// What is confirmed in any case, in words.
    func subject(_ plan: Plan) -> String? { what ?? (plan.removed > 0 ? removals : nil) }

    func isNeeded(_ plan: Plan) -> Bool {
      if losesAdministrator(plan) { return true }
      let many = confirmsAdditions ? plan.changedPairs : plan.removed
      let isLarge = subject(plan) != nil && !plan.isEmpty || many > PlannedWrite.confirmedPairs
      return isLarge && !options.isConfirmed
    }
  }

  private func confirm(_ plan: Plan, _ questions: Questions) throws {
    guard questions.isNeeded(plan) else { return }
    if questions.losesAdministrator(plan) {
      if options.dryRun { throw UsageProblem.lastAdministrator }
      return try Confirmation(console: context.console).ask(
        UsageProblem.lastAdministrator, PlanMessages(plan).lines, typing: { plan.isTyped($0) },
        CommandMessages.typeNoAdministrator)
    }
    let what = questions.subject(plan)
    if plan.nameToType != nil {
      return try Confirmation(console: context.console).ask(
        .unconfirmed(what ?? CommandMessages.this), PlanMessages(plan).lines,
        typing: { plan.isTyped($0) },
        CommandMessages.type(plan.textsToType))
    }
    try Confirmation(console: context.console).ask(
      what ?? CommandMessages.many(plan), PlanMessages(plan).lines)
  }

  private func report(_ result: ChangeResult, _ plan: Plan) throws -> ChangeResult {
    if let writeReport {
      try writeReport(result, plan)
      return result
    }
    if listsPairs || context.options.format != .table {
      let leftAlone = countsLeftAlone ? [("left_alone", Cell(result.leftAlone))] : []
      let orphans = plan.notices.compactMap { notice -> (String, Cell)? in
        if case .orphans(let count) = notice { ("orphan_grants", Cell(count)) } else { nil }
      }
      try ResultWriter(context: context).write(result, more: leftAlone + figures + orphans)
    }
    let words = PlanMessages(plan)
    for line in words.remarks + words.leftAlone { context.sayIfTable(line) }
    context.sayIfTable(words.summary(result, dryRun: options.dryRun))
    return result
  }
}
