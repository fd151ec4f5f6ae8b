internal import CompanyAccess
internal import Formats
internal import TerminalUI

/// `restore FILE`: makes the database what a backup holds.
struct RestoreCommand: Command {
  @Argument(.file, help: "A backup of this database.") var source: String
  let options = WriteOptions()

  let info = CommandInfo(
    abstract: "replace the content of the database by that of a backup, while it is in use",
    discussion: [
      """
      The backup is checked, and a copy of the present file is kept beside it. Then the backup \
      is written into the file in one transaction: programs that have the file open see the \
      restored rows and go on. The record stays: what the restoration adds and removes is one \
      change, which names the copy and can be undone, and what was true before it can still be \
      looked up.
      """,
      """
      If the present file cannot be read, or is another database, the record of the backup takes \
      its place, and the change says so. If there is no file at the path of the database, it is \
      created, and only its owner can read it.
      """,
    ],
    examples: [
      CommandExample(
        purpose: "show what would be lost", call: "--db hrm.db restore hrm-monday.db --dry-run"),
      CommandExample(
        purpose: "restore the backup of Monday", call: "--db hrm.db restore hrm-monday.db --yes"),
    ], writes: true)

  func run(_ context: CommandContext) throws -> ExitCode {
    guard let path = context.options.database else { throw UsageProblem.missingDatabase }
    let plan = try AccessStore.planRestore(of: path, from: source)
    if options.dryRun {
      try CancellableRun.run(context.console) {
        try AccessStore.rehearseRestore(plan, reason: options.reason, work: $0)
      }
      for line in RestoreMessages.lines(plan) { context.sayIfTable(line) }
      try report(plan, nil, context)
      return .done
    }
    if !options.isConfirmed {
      try Confirmation(console: context.console).ask(
        CommandMessages.restoring(path), RestoreMessages.lines(plan))
    }
    let done = try CancellableRun.run(context.console) {
      try AccessStore.restore(plan, origin: .command, reason: options.reason, work: $0)
    }
    for line in RestoreMessages.done(plan, done) { context.sayIfTable(line) }
    try report(plan, done, context)
    return .done
  }

  private func report(
    _ plan: RestorePlan, _ done: Restoration?, _ context: CommandContext
  ) throws(OutputError) {
    let alone = done == nil ? plan.onlyInPresent : done?.onlyInKept
    // Another program may have taken the name that the plan gave.
    let kept = done == nil ? plan.keptAs : done?.kept?.path
    try SummaryOutput(context: context).write([
      ("change", Cell(done?.change)), ("from", .text(plan.source)), ("kept", Cell(kept)),
      ("only_in_kept", alone.map { Cell($0) } ?? .null),
    ])
  }
}
