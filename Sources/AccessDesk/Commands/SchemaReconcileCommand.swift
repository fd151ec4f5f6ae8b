internal import CompanyAccess
internal import Formats

/// `schema reconcile`: puts on the record what the tables say and the record does not.
struct SchemaReconcileCommand: Command {
  let why = ReasonOptions()
  @Flag(.dryRun) var dryRun: Bool

  let info = CommandInfo(
    abstract: "put on the record what no trigger has seen",
    discussion: [
      """
      The record is compared with the tables, which are right. What differs goes on the record as one \
      change "found": it came about between the change before, whose number the reason gives, and now. \
      "schema verify" and "doctor" count the same differences and change nothing.
      """
    ],
    examples: [
      CommandExample(purpose: "see what differs", call: "--db hrm.db schema reconcile --dry-run")
    ],
    writes: true)

  func run(_ context: CommandContext) throws -> ExitCode {
    let path = try context.place()
    let done = try CancellableRun.run(context.console) {
      try AccessStore.reconcileRecord(
        path, dryRun: dryRun, origin: .command, reason: why.reason, work: $0)
    }
    let difference = done.difference
    try SchemaOutput(context: context).write(
      done.steps,
      facts: [
        ("change", Cell(done.change)), ("added", Cell(difference.added)),
        ("deleted", Cell(difference.deleted)), ("edited", Cell(difference.edited)),
        ("granted", Cell(difference.granted)), ("revoked", Cell(difference.revoked)),
      ])
    for line in SchemaMessages.reconciled(done) { context.sayIfTable(line) }
    return .done
  }
}
