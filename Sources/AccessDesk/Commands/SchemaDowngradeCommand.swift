internal import CompanyAccess
internal import Formats

/// `schema downgrade`: takes away what upgrades have added.
struct SchemaDowngradeCommand: Command {
  @Flag(
    "accept-loss", help: "Go on although grants and the record are lost; the copy still has them.")
  var acceptsLoss: Bool
  @Flag(.dryRun) var dryRun: Bool

  let info = CommandInfo(
    abstract: "remove what this program has added to a database",
    discussion: [
      """
      The schema is then what it was before, byte for byte, and the application's rows are not \
      touched. A verified copy is made first; its name is shown.
      """
    ],
    examples: [
      CommandExample(
        purpose: "show what would be lost",
        call: "--db app.db schema downgrade --accept-loss --dry-run")
    ],
    writes: true)

  func run(_ context: CommandContext) throws -> ExitCode {
    let path = try context.place()
    let done = try CancellableRun.run(context.console) {
      try AccessStore.downgradeSchema(path, acceptsLoss: acceptsLoss, dryRun: dryRun, work: $0)
    }
    let loss = done.loss
    try SchemaOutput(context: context).write(
      done.steps,
      facts: [
        ("backup", Cell(done.backup)), ("lost_grants", Cell(loss.grants)),
        ("lost_ended", Cell(loss.ended)), ("lost_changes", Cell(loss.changes)),
        ("lost_entities", Cell(loss.entities)),
      ])
    guard !done.steps.isEmpty else {
      context.sayIfTable(SchemaMessages.nothingToTakeAway)
      return .done
    }
    context.sayIfTable(SchemaMessages.downgraded(done, dryRun: dryRun))
    return .done
  }
}
